/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations: outcomes, operands, sentences, and the blame against trying every set of clauses; explain.c, clause.c,
 * blame.c, render.c of src/explain. */
#include "conditions.h"
#include "kit.h"

#include <ddbexpr/explain.h>

static ddbexpr_explanation *explained(struct kit *k, const char *text, const char *values, const char *item)
{
    ddbexpr_explanation *e = NULL;
    ddbexpr_program *program = kit_compile(k, DDBEXPR_CONDITION, text, "{'#p': 'profile'}", values);
    assert_int_equal(ddbexpr_explain(program, item ? value_of(k->arena, item) : NULL, NULL, &k->memory.alloc, &e),
                     DDBEXPR_OK);
    return e;
}

static void assert_reason(const char *text, const char *values, const char *item, const char *reason)
{
    struct kit k;
    kit_open(&k);
    char whole[512];
    snprintf(whole, sizeof whole, "%s AND attribute_not_exists(#p.x)", text); /* uses #p whatever the text is */
    ddbexpr_explanation *e = explained(&k, whole, values, item);
    assert_str_is(ddbexpr_explanation_clause_at(e, 0)->reason, reason);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

static void reasons_name_both_sides(void **state)
{
    (void)state;
    assert_reason("version = :v", "{':v': 4}", "{version: 5}", "`version` is N 5 where `:v` is N 4");
    assert_reason("#p.city = :v", "{':v': 'Ulm'}", "{profile: {zip: 1}}",
                  "`#p.city` (`profile.city`) is missing in `profile` M {zip: N 1}, while `:v` is S \"Ulm\"");
    assert_reason("#p.city = :v", "{':v': 'Ulm'}", "{profile: 'x'}",
                  "`#p.city` (`profile.city`) is missing: `profile` is no map but S \"x\", while `:v` is S \"Ulm\"");
    assert_reason("a = :v", "{':v': 1}", NULL, "`a` is missing: there is no item, while `:v` is N 1");
    assert_reason("size(a) > :v", "{':v': 1}", "{a: 5}", "`size(a)` has no value: N 5 has no size, while `:v` is N 1");
    assert_reason("size(a) > :v", "{':v': 1}", "{a: 'xyz'}", "`size(a)` is N 3 where `:v` is N 1");
    assert_reason("a BETWEEN :v AND :w", "{':v': 1, ':w': 3}", "{a: 5}",
                  "`a` is N 5 where `:v` is N 1 and `:w` is N 3");
    assert_reason("attribute_exists(a)", NULL, "{}", "`a` is missing");
}

static void operands_are_resolved(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_explanation *e =
        explained(&k, "#p.a[1] = :v AND size(b) = :v", "{':v': 2}", "{profile: {a: [1]}, b: [1, 2]}");
    const ddbexpr_clause *first = ddbexpr_explanation_clause_at(e, 0), *second = ddbexpr_explanation_clause_at(e, 1);
    assert_int_equal(first->operand_count, 2);
    assert_int_equal(first->operands[0].kind, DDBEXPR_OPERAND_PATH);
    assert_str_is(first->operands[0].text, "#p.a[1]");
    assert_str_is(first->operands[0].path, "profile.a[1]");
    assert_str_is(first->operands[0].missing_from, "profile.a[1]");
    assert_str_is(first->operands[0].present_until, "profile.a");
    assert_value_is(first->operands[0].present_value, "[1]");
    assert_null(first->operands[0].value);
    assert_value_is(first->operands[1].value, "2");
    assert_int_equal(second->operands[0].kind, DDBEXPR_OPERAND_SIZE);
    assert_value_is(second->operands[0].value, "2");
    assert_value_is(second->operands[0].sized, "[1, 2]");
    assert_true(second->skipped && second->outcome && !second->blamed);
    assert_true(first->blamed && !first->skipped);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

/* --- blame by brute force --- */

struct tree {
    ddbexpr_explanation *e;
    size_t at;
};

/* The outcome of the branch at tree->at, with the clauses of `flipped` turned around. */
static bool outcome_with(struct tree *tree, unsigned flipped)
{
    const ddbexpr_branch *branch = ddbexpr_explanation_branch_at(tree->e, tree->at++);
    if (branch->kind == DDBEXPR_BRANCH_CLAUSE)
        return ddbexpr_explanation_clause_at(tree->e, branch->clause)->outcome ^ (flipped >> branch->clause & 1u);
    bool all = true, any = false;
    const ddbexpr_branch *next;
    while ((next = ddbexpr_explanation_branch_at(tree->e, tree->at)) && next->depth > branch->depth) {
        bool child = outcome_with(tree, flipped);
        all = all && child;
        any = any || child;
    }
    return branch->kind == DDBEXPR_BRANCH_AND ? all : branch->kind == DDBEXPR_BRANCH_OR ? any : !any;
}

static unsigned bits(unsigned set)
{
    unsigned n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

static void assert_blame_is_smallest(ddbexpr_explanation *e)
{
    size_t count = ddbexpr_explanation_clause_count(e);
    unsigned blamed = 0;
    for (size_t i = 0; i < count; i++)
        blamed |= (unsigned)ddbexpr_explanation_clause_at(e, i)->blamed << i;
    struct tree tree = {e, 0};
    assert_int_equal(outcome_with(&tree, 0), ddbexpr_explanation_matched(e));
    if (ddbexpr_explanation_matched(e)) {
        /* what carries it decides it: whatever the others are, it is true */
        for (unsigned flipped = 0; flipped < 1u << count; flipped++) {
            tree.at = 0;
            if (!(flipped & blamed))
                assert_true(outcome_with(&tree, flipped));
        }
        return;
    }
    tree.at = 0;
    assert_true(outcome_with(&tree, blamed));
    uint64_t same_size = 0;
    for (unsigned flipped = 0; flipped < 1u << count; flipped++) {
        tree.at = 0;
        if (!outcome_with(&tree, flipped))
            continue;
        assert_true(bits(flipped) >= bits(blamed));
        same_size += bits(flipped) == bits(blamed);
    }
    assert_int_equal(ddbexpr_explanation_other_blame_sets(e), same_size - 1);
}

static void blame_is_smallest_and_right(void **state)
{
    (void)state;
    struct prng p = {5};
    unsigned explained_count = 0;
    for (int round = 0; round < 1500; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096], item[256] = "{";
        unsigned leaves = 0;
        put_condition(&p, text, 3, &leaves);
        for (int x = 0; x < 12; x++)
            sprintf(item + strlen(item), "%sx%d: %d", x ? ", " : "", x, (int)prng_below(&p, 2));
        strcat(item, "}");
        ddbexpr_program *program = leaves <= 12 ? kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}") : NULL;
        ddbexpr_explanation *e = NULL;
        bool matched;
        if (program) {
            const ddbexpr_value *v = value_of(k.arena, item);
            assert_int_equal(ddbexpr_explain(program, v, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
            assert_int_equal(ddbexpr_evaluate(program, v, &matched), DDBEXPR_OK);
            assert_int_equal(ddbexpr_explanation_matched(e), matched);
            assert_blame_is_smallest(e);
            explained_count++;
        }
        ddbexpr_explanation_free(e);
        kit_close(&k);
    }
    assert_true(explained_count > 500);
}

static void assert_rendered(const char *text, const char *values, const char *item, const char *expected)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_explanation *e = NULL;
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, values);
    assert_int_equal(ddbexpr_explain(program, value_of(k.arena, item), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explanation_render(e, NULL, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

static void trees_are_drawn_in_columns(void **state)
{
    (void)state;
    assert_rendered("a = :v AND NOT (b = :v OR c = :v)", "{':v': 1}", "{a: 0, b: 1}",
                    "ConditionExpression is false\n\n"
                    "  a = :v AND NOT (b = :v OR c = :v)\n"
                    "  ^^^^^^          ^^^^^^\n\n"
                    "  AND              false\n"
                    ">    a = :v        false  `a` is N 0 where `:v` is N 1\n"
                    "     NOT           false\n"
                    "        OR         true\n"
                    ">          b = :v  true   `b` is N 1 where `:v` is N 1  (not looked at)\n"
                    "           c = :v  false  `c` is missing, while `:v` is N 1  (not looked at)\n\n"
                    "To blame, together:\n"
                    "  a = :v is false: `a` is N 0 where `:v` is N 1\n"
                    "    needed: `a` would have to be N 1\n"
                    "  b = :v is true: `b` is N 1 where `:v` is N 1\n"
                    "    needed: `b` would have to be anything but N 1\n");
    assert_rendered("a = :v", "{':v': 1}", "{a: 1}",
                    "ConditionExpression is true\n\n  a = :v  true   `a` is N 1 where `:v` is N 1\n");
}

/* 45 groups of three false clauses, one of each to blame: there are more sets than 64 bits can count. */
static void blame_sets_may_be_too_many_to_count(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[4096] = "";
    for (int i = 0; i < 45; i++)
        strcat(text, i ? " AND (a = :v OR b = :v OR c = :v)" : "(a = :v OR b = :v OR c = :v)");
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}");
    ddbexpr_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain(program, value_of(k.arena, "{a: 0}"), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_true(ddbexpr_explanation_other_blame_sets(e) == UINT64_MAX);
    assert_int_equal(ddbexpr_explanation_render(e, NULL, k.text), DDBEXPR_OK);
    static const char end[] = "very many other sets of clauses, as small, would do as well\n";
    str rendered = ddbexpr_buffer_text(k.text);
    assert_true(rendered.len > sizeof end);
    assert_str_is(str_of(rendered.ptr + rendered.len - (sizeof end - 1), sizeof end - 1), end);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

/* What would stand beside the tree goes under it. */
static void narrow_terminals_break_lines(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "a <> :v", NULL, "{':v': 1}");
    ddbexpr_explanation *e = NULL;
    const ddbexpr_style narrow = {.size = sizeof narrow, .width = 40};
    assert_int_equal(ddbexpr_explain(program, value_of(k.arena, "{}"), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explanation_render(e, &narrow, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "ConditionExpression is true\n\n"
                                               "  a <> :v  true\n"
                                               "        `a` is missing, while `:v` is N\n"
                                               "        1\n"
                                               "        note DX503: `a` is missing, and\n"
                                               "          <> is true of what is missing;\n"
                                               "          add attribute_exists(a) if it\n"
                                               "          must be there\n");
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

static void misuse_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_explanation *e = NULL;
    ddbexpr_program *projection = kit_compile(&k, DDBEXPR_PROJECTION, "a", NULL, NULL);
    ddbexpr_program *condition = kit_compile(&k, DDBEXPR_CONDITION, "a = b", NULL, NULL);
    const ddbexpr_value *item = value_of(k.arena, "{a: 1}"), *list = value_of(k.arena, "[1]");
    const ddbexpr_value *faulty = value_of(k.arena, "{a: SS<>}");
    const ddbexpr_explain_options unsized = {0}, list_as_key = {sizeof list_as_key, list, false};
    assert_int_equal(ddbexpr_explain(projection, item, NULL, NULL, &e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_explain(condition, list, NULL, NULL, &e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_explain(condition, faulty, NULL, NULL, &e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_explain(condition, item, &unsized, NULL, &e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_explain(condition, item, &list_as_key, NULL, &e), DDBEXPR_MISUSE);
    assert_null(e);
    assert_int_equal(ddbexpr_explain(condition, item, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explanation_clause_count(e), 1);
    assert_non_null(ddbexpr_explanation_clause_at(e, 0));
    assert_null(ddbexpr_explanation_clause_at(e, 1));
    assert_null(ddbexpr_explanation_branch_at(e, ddbexpr_explanation_branch_count(e)));
    ddbexpr_explanation_free(e);
    ddbexpr_explanation_free(NULL);
    kit_close(&k);
}

static void explaining_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program =
        kit_compile(&k, DDBEXPR_CONDITION, "a.b = :v OR NOT size(c) IN (:v, d)", NULL, "{':v': 1}");
    const ddbexpr_value *item = value_of(k.arena, "{a: {}, c: 'x', d: 2}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_explanation *e = NULL;
        ddbexpr_status status = ddbexpr_explain(program, item, NULL, &t.alloc, &e);
        bool failed = t.failed;
        assert_int_equal(status, failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(e != NULL, status == DDBEXPR_OK);
        ddbexpr_explanation_free(e);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_name_both_sides),
        cmocka_unit_test(operands_are_resolved),
        cmocka_unit_test(blame_is_smallest_and_right),
        cmocka_unit_test(trees_are_drawn_in_columns),
        cmocka_unit_test(blame_sets_may_be_too_many_to_count),
        cmocka_unit_test(narrow_terminals_break_lines),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(explaining_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
