/* SPDX-License-Identifier: Apache-2.0 */
/* Items that tell a mutant from its condition: what they can be, and from what they are made; witness.c of src/mutants.
 * That they are found is shown in test_mutants.c. */
#include "kit.h"

#include <ddbexpr/mutants.h>

static ddbexpr_mutants *mutants_of(struct kit *k, const ddbexpr_program *program)
{
    ddbexpr_explanation *e = NULL;
    ddbexpr_mutants *m = NULL;
    assert_int_equal(ddbexpr_explain(program, NULL, NULL, &k->memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_mutants_new(e, &k->memory.alloc, &m), DDBEXPR_OK);
    ddbexpr_explanation_free(e);
    return m;
}

/* Whether an item is found that tells one of the mutants from the condition, and which. */
static bool tell_apart(struct kit *k, const char *text, const char *values, size_t index, const ddbexpr_value *item,
                       const char *key, const ddbexpr_value **ret)
{
    const ddbexpr_program *program = kit_compile(k, DDBEXPR_CONDITION, text, NULL, values);
    const ddbexpr_witness_options options = {.size = sizeof options, .key = key ? value_of(k->arena, key) : NULL};
    ddbexpr_mutants *m = mutants_of(k, program);
    bool found = false, matched = false, mutant_matched = false;
    assert_int_equal(ddbexpr_mutants_witness(m, index, program, item, &options, k->arena, &found, ret), DDBEXPR_OK);
    if (found) {
        assert_int_equal(ddbexpr_evaluate(program, *ret, &matched), DDBEXPR_OK);
        assert_int_equal(ddbexpr_mutants_evaluate(m, index, program, *ret, &mutant_matched), DDBEXPR_OK);
        assert_int_not_equal(matched, mutant_matched);
    }
    ddbexpr_mutants_free(m);
    return found;
}

static void witnesses_are_items_that_can_be(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *witness;
    /* `<` becomes `<=` in all of these */
    assert_true(tell_apart(&k, "a < :v", "{':v': 5}", 3, value_of(k.arena, "{b: 1}"), NULL, &witness));
    assert_value_is(witness, "{b: 1, a: 5}");
    assert_true(tell_apart(&k, "a < :v", "{':v': 5}", 3, NULL, "{pk: 1}", &witness));
    assert_value_is(witness, "{pk: 1, a: 5}");
    assert_false(tell_apart(&k, "a < :v", "{':v': 5}", 3, value_of(k.arena, "{a: 4}"), "{a: 4}", &witness));
    assert_false(tell_apart(&k, "a[2000000] < :v", "{':v': 5}", 3, NULL, NULL, &witness));
    assert_false(tell_apart(&k, "a < b", NULL, 3, NULL, "{a: 1, b: 2}", &witness));
    /* it is always false: an empty item is as none */
    assert_true(tell_apart(&k, "attribute_not_exists(a)", NULL, 0, value_of(k.arena, "{}"), NULL, &witness));
    assert_null(witness);
    /* three places to fill in are too many: from nothing, and from a key alone */
    assert_false(tell_apart(&k, "a BETWEEN b AND c", NULL, 3, NULL, NULL, &witness));
    assert_false(tell_apart(&k, "a BETWEEN b AND c", NULL, 3, NULL, "{pk: 1}", &witness));
    const ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "a BETWEEN b AND c", NULL, NULL);
    ddbexpr_mutants *m = mutants_of(&k, program);
    bool found = true;
    assert_int_equal(ddbexpr_mutants_witness(m, 3, program, NULL, NULL, k.arena, &found, &witness), DDBEXPR_OK);
    assert_false(found);
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

/* What is given may be larger, or deeper, than an item can be: what is found is not. */
static void witnesses_are_no_larger_than_items(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static char large[409600];
    memset(large, 'z', sizeof large);
    const ddbexpr_str name = STR("b");
    const ddbexpr_value *text = ddbexpr_value_string(k.arena, str_of(large, sizeof large)), *witness;
    assert_non_null(text);
    const ddbexpr_value *items[] = {
        ddbexpr_value_map(k.arena, &name, &text, 1),
        value_of(k.arena, "{b: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"),
    };
    for (int i = 0; i < 2; i++) {
        assert_true(tell_apart(&k, "a < :v", "{':v': 5}", 0, items[i], NULL, &witness));
        assert_null(ddbexpr_value_get(witness, name));
        assert_non_null(ddbexpr_value_get(witness, STR("a")));
    }
    kit_close(&k);
}

static void witnesses_are_of_the_same_condition(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "a < :v", NULL, "{':v': 5}");
    const ddbexpr_program *other = kit_compile(&k, DDBEXPR_CONDITION, "a > :v", NULL, "{':v': 5}");
    ddbexpr_mutants *m = mutants_of(&k, program);
    const ddbexpr_value *list = value_of(k.arena, "[1]"), *witness = NULL;
    const ddbexpr_witness_options unsized = {0}, list_as_key = {.size = sizeof list_as_key, .key = list};
    const struct {
        size_t index;
        const ddbexpr_program *program;
        const ddbexpr_value *item;
        const ddbexpr_witness_options *options;
    } wrong[] = {{ddbexpr_mutants_count(m), program, NULL, NULL},
                 {0, other, NULL, NULL},
                 {0, program, list, NULL},
                 {0, program, NULL, &unsized},
                 {0, program, NULL, &list_as_key}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bool found = false;
        assert_int_equal(ddbexpr_mutants_witness(m, wrong[i].index, wrong[i].program, wrong[i].item, wrong[i].options,
                                                 k.arena, &found, &witness),
                         DDBEXPR_MISUSE);
        assert_false(found);
    }
    assert_null(witness);
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

static void witnesses_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_program *program =
        kit_compile(&k, DDBEXPR_CONDITION, "a[1] <= :v AND NOT contains(b, :v)", NULL, "{':v': 5}");
    ddbexpr_mutants *m = mutants_of(&k, program);
    for (size_t i = 0; i < ddbexpr_mutants_count(m); i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            bool found = false;
            const ddbexpr_value *witness = NULL;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = ddbexpr_mutants_witness(m, i, program, NULL, NULL, a, &found, &witness);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(found, status == DDBEXPR_OK);
            ddbexpr_arena_free(a);
        }
    }
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(witnesses_are_items_that_can_be),
        cmocka_unit_test(witnesses_are_no_larger_than_items),
        cmocka_unit_test(witnesses_are_of_the_same_condition),
        cmocka_unit_test(witnesses_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
