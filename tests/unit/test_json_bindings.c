/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholder maps from JSON (bindings.c). */
#include "kit.h"

#include <ddbexpr/json.h>

static void names_are_read_in_their_order(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_name_binding *names = NULL;
    size_t count = 99;
    assert_int_equal(ddbexpr_json_read_names(k.arena,
                                             STR("{\"#b\": \"x\\n\", \"#gone\": null, \"\": \"\", \"#a\": \"y\"}"),
                                             k.diags, &names, &count),
                     DDBEXPR_OK);
    assert_int_equal(count, 3); /* a null member is one that was not sent */
    assert_str_is(names[0].placeholder, "#b");
    assert_str_is(names[0].name, "x\n");
    assert_int_equal(names[1].placeholder.len, 0); /* what a placeholder may look like is not our business */
    assert_str_is(names[2].placeholder, "#a");
    assert_str_is(names[2].name, "y");
    assert_int_equal(ddbexpr_json_read_names(k.arena, STR("{}"), k.diags, &names, &count), DDBEXPR_OK);
    assert_int_equal(count, 0);
    kit_close(&k);
}

static void values_are_read_in_both_forms(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value_binding *values = NULL;
    size_t count = 99;
    assert_int_equal(ddbexpr_json_read_values(k.arena,
                                              STR("{\":b\": {\"N\": \"1.0\"}, \":gone\": null, \":a\": {\"L\": []}}"),
                                              DDBEXPR_JSON_TYPED, k.diags, &values, &count),
                     DDBEXPR_OK);
    assert_int_equal(count, 2);
    assert_str_is(values[0].placeholder, ":b");
    assert_value_is(values[0].value, "1");
    assert_value_is(values[1].value, "[]");
    assert_int_equal(ddbexpr_json_read_values(k.arena, STR("{\":b\": null, \":a\": {\"N\": 1}}"), DDBEXPR_JSON_PLAIN,
                                              k.diags, &values, &count),
                     DDBEXPR_OK);
    assert_int_equal(count, 2); /* here null is a value */
    assert_value_is(values[0].value, "null");
    assert_value_is(values[1].value, "{N: 1}");
    kit_close(&k);
}

static void assert_refused_maps(const char *text, const char *message, const char *spanned)
{
    struct kit k;
    kit_open(&k);
    const ddbexpr_name_binding *names = NULL;
    const ddbexpr_value_binding *values = NULL;
    size_t count = 99;
    assert_int_equal(ddbexpr_json_read_names(k.arena, ddbexpr_cstr(text), k.diags, &names, &count), DDBEXPR_INVALID);
    assert_verdict(&k, message);
    assert_spanned(&k, 0, spanned);
    assert_int_equal(ddbexpr_json_read_values(k.arena, ddbexpr_cstr(text), DDBEXPR_JSON_TYPED, NULL, &values, &count),
                     DDBEXPR_INVALID);
    assert_null(names);
    assert_null(values);
    assert_int_equal(count, 99);
    kit_close(&k);
}

/* A target that is no string refuses the whole request before anything else (aws: scy-trn-034). */
static void what_is_no_map_of_strings_is_refused(void **state)
{
    (void)state;
    assert_refused_maps("{\"#a\": \"x\", \"#b\": 7}", "NUMBER_VALUE cannot be converted to String", "7");
    assert_refused_maps("{\"#a\": true}", "TRUE_VALUE cannot be converted to String", "true");
    assert_refused_maps("{\"#a\": false}", "FALSE_VALUE cannot be converted to String", "false");
    assert_refused_maps("{\"#a\": [{}]}", "Start of structure or map found where not expected", "[{}]");
    assert_refused_maps("[]", "Start of structure or map found where not expected", "[]");
    assert_refused_maps("\"#a\"", "Unexpected token received from parser", "\"#a\"");
    assert_refused_maps("{\"#a\": \"x\",}", "Unexpected token received from parser", "}");
}

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        const ddbexpr_name_binding *names = NULL;
        const ddbexpr_value_binding *values = NULL;
        size_t count = 99;
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_read_names(a, STR("{\"#a\": \"x\\n\"}"), NULL, &names, &count);
        assert_int_equal(status == DDBEXPR_OK, names != NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_read_values(a, STR("{\":a\": {\"M\": {\"\\n\": {\"B\": \"YWI=\"}}}}"),
                                              DDBEXPR_JSON_TYPED, NULL, &values, &count);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(status == DDBEXPR_OK, values != NULL);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_in_their_order),
        cmocka_unit_test(values_are_read_in_both_forms),
        cmocka_unit_test(what_is_no_map_of_strings_is_refused),
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
