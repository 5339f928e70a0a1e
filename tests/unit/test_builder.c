/* SPDX-License-Identifier: Apache-2.0 */
/* Builders: what is built, what is too deep, and what each wrong use gives; builder.c of src/value. */
#include "kit.h"

#include "value/value.h"

static ddbexpr_builder *builder_of(struct kit *k)
{
    ddbexpr_builder *b = NULL;
    assert_int_equal(ddbexpr_builder_new(k->arena, &b), DDBEXPR_OK);
    return b;
}

static void assert_finished(ddbexpr_builder *b, const char *expected)
{
    const ddbexpr_value *v = NULL;
    assert_int_equal(ddbexpr_builder_finish(b, &v), DDBEXPR_OK);
    assert_value_is(v, expected);
}

static void assert_misused(ddbexpr_builder *b)
{
    const ddbexpr_value *v = NULL;
    assert_int_equal(ddbexpr_builder_finish(b, &v), DDBEXPR_MISUSE);
    assert_null(v);
    ddbexpr_builder_bool(b, true); /* and the next is in nobody's way */
    assert_finished(b, "true");
}

static void one_builder_builds_one_value_after_another(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_builder *b = builder_of(&k);
    ddbexpr_builder_begin(b, DDBEXPR_M);
    ddbexpr_builder_name(b, STR("list"));
    ddbexpr_builder_begin(b, DDBEXPR_L);
    ddbexpr_builder_null(b);
    ddbexpr_builder_binary(b, STR("bytes"));
    ddbexpr_builder_end(b);
    ddbexpr_builder_name(b, STR("set"));
    ddbexpr_builder_begin(b, DDBEXPR_NS);
    ddbexpr_builder_number(b, STR("2"));
    ddbexpr_builder_number(b, STR("1.0"));
    ddbexpr_builder_end(b);
    ddbexpr_builder_end(b);
    assert_finished(b, "{list: [null, b'bytes'], set: <1, 2>}");
    ddbexpr_builder_begin(b, DDBEXPR_L);
    for (int i = 0; i < 100; i++)
        ddbexpr_builder_string(b, STR("x"));
    ddbexpr_builder_end(b);
    const ddbexpr_value *v = NULL;
    assert_int_equal(ddbexpr_builder_finish(b, &v), DDBEXPR_OK);
    assert_int_equal(ddbexpr_value_count(v), 100);
    assert_value_is(ddbexpr_value_at(v, 99), "'x'");
    ddbexpr_builder_free(b);
    ddbexpr_builder_free(NULL);
    kit_close(&k);
}

/* A name that is no text is an empty one, which the service refuses. */
static void a_name_may_be_missing(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_builder *b = builder_of(&k);
    ddbexpr_builder_begin(b, DDBEXPR_M);
    ddbexpr_builder_name(b, (ddbexpr_str){NULL, 0});
    ddbexpr_builder_null(b);
    ddbexpr_builder_end(b);
    const ddbexpr_value *v = NULL;
    assert_int_equal(ddbexpr_builder_finish(b, &v), DDBEXPR_OK);
    assert_true(ddbexpr_value_is_faulty(v));
    assert_int_equal(ddbexpr_value_name_at(v, 0).len, 0);
    assert_value_is(ddbexpr_value_get(v, STR("")), "null");
    ddbexpr_builder_free(b);
    kit_close(&k);
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_builder *b = builder_of(&k);
    assert_misused(b); /* nothing */
    ddbexpr_builder_null(b);
    ddbexpr_builder_null(b); /* two values */
    assert_misused(b);
    ddbexpr_builder_begin(b, DDBEXPR_L); /* stays open */
    assert_misused(b);
    ddbexpr_builder_end(b); /* never opened */
    assert_misused(b);
    static const ddbexpr_type no_containers[] = {DDBEXPR_S, DDBEXPR_N, DDBEXPR_B, DDBEXPR_BOOL, DDBEXPR_NULL};
    for (size_t i = 0; i < sizeof no_containers / sizeof *no_containers; i++) {
        ddbexpr_builder_begin(b, no_containers[i]);
        ddbexpr_builder_end(b);
        assert_misused(b);
    }
    ddbexpr_builder_begin(b, DDBEXPR_SS);
    ddbexpr_builder_string(b, STR("a"));
    ddbexpr_builder_number(b, STR("1")); /* among texts */
    ddbexpr_builder_end(b);
    assert_misused(b);
    ddbexpr_builder_begin(b, DDBEXPR_M);
    for (int i = 0; i < 2; i++) { /* one name twice */
        ddbexpr_builder_name(b, STR("a"));
        ddbexpr_builder_null(b);
    }
    ddbexpr_builder_end(b);
    assert_misused(b);
    const size_t too_long = (size_t)UINT32_MAX + 1; /* none of its bytes are looked at */
    ddbexpr_builder_string(b, str_of("", too_long));
    assert_misused(b);
    ddbexpr_builder_binary(b, str_of("", too_long));
    assert_misused(b);
    ddbexpr_builder_begin(b, DDBEXPR_L);
    ddbexpr_builder_name(b, str_of("", too_long));
    ddbexpr_builder_end(b);
    assert_misused(b);
    ddbexpr_builder_free(b);
    kit_close(&k);
}

/* Deeper than is kept a container is a fault, and what is in it is passed over, however deep that goes. */
static void what_is_too_deep_is_a_fault(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_builder *b = builder_of(&k);
    for (int levels = LIMIT_VALUE_HEIGHT_KEPT; levels < LIMIT_VALUE_HEIGHT_KEPT + 3; levels++) {
        for (int i = 0; i < levels; i++)
            ddbexpr_builder_begin(b, DDBEXPR_L);
        ddbexpr_builder_string(b, STR("x"));
        for (int i = 0; i < levels; i++)
            ddbexpr_builder_end(b);
        const ddbexpr_value *v = NULL;
        assert_int_equal(ddbexpr_builder_finish(b, &v), DDBEXPR_OK);
        assert_int_equal(ddbexpr_value_is_faulty(v), levels > LIMIT_VALUE_HEIGHT_KEPT);
        struct fault_place place;
        if (levels > LIMIT_VALUE_HEIGHT_KEPT) {
            assert_true(value_first_fault(v, &place));
            assert_int_equal(place.fault->kind, FAULT_NESTING);
        }
    }
    for (int i = 0; i < 100; i++) /* all stay open */
        ddbexpr_builder_begin(b, DDBEXPR_L);
    for (int i = 0; i < LIMIT_VALUE_HEIGHT_KEPT + 1; i++)
        ddbexpr_builder_end(b);
    assert_misused(b);
    ddbexpr_builder_free(b);
    kit_close(&k);
}

static void building_may_fail_anywhere(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        ddbexpr_builder *b = NULL;
        const ddbexpr_value *v = NULL;
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = ddbexpr_builder_new(a, &b);
        if (status == DDBEXPR_OK) {
            ddbexpr_builder_begin(b, DDBEXPR_M);
            ddbexpr_builder_name(b, STR("a"));
            ddbexpr_builder_number(b, STR("no number"));
            ddbexpr_builder_name(b, STR("b"));
            ddbexpr_builder_begin(b, DDBEXPR_SS);
            ddbexpr_builder_string(b, STR("y"));
            ddbexpr_builder_string(b, STR("x"));
            ddbexpr_builder_end(b);
            for (int i = 0; i < 100; i++)
                ddbexpr_builder_begin(b, DDBEXPR_L);
            for (int i = 0; i < 100; i++)
                ddbexpr_builder_end(b);
            ddbexpr_builder_fault(b, DDBEXPR_VALUE_NO_TYPE);
            ddbexpr_builder_end(b);
            status = ddbexpr_builder_finish(b, &v);
        }
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_MISUSE); /* two entries have no name */
        assert_null(v);
        ddbexpr_builder_free(b);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_builder_builds_one_value_after_another),
        cmocka_unit_test(a_name_may_be_missing),
        cmocka_unit_test(wrong_use_is_told),
        cmocka_unit_test(what_is_too_deep_is_a_fault),
        cmocka_unit_test(building_may_fail_anywhere),
    };
    return cmocka_run_group_tests_name("builder", tests, NULL, NULL);
}
