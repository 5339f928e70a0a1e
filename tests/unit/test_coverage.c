/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage: what is counted of conditions, against turning each clause by hand; what is counted of updates;
 * coverage.c, shape.c and update_coverage.c of src/coverage. */
#include "conditions.h"
#include "kit.h"
#include "turned.h"

#include <ddbexpr/coverage.h>

static ddbexpr_explanation *explain(struct kit *k, const ddbexpr_program *program, const ddbexpr_value *item)
{
    ddbexpr_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain(program, item, NULL, &k->memory.alloc, &e), DDBEXPR_OK);
    return e;
}

static ddbexpr_coverage *coverage_of(struct kit *k, const ddbexpr_program *program)
{
    ddbexpr_coverage *c = NULL;
    ddbexpr_explanation *e = explain(k, program, NULL);
    assert_int_equal(ddbexpr_coverage_new(e, &k->memory.alloc, &c), DDBEXPR_OK);
    ddbexpr_explanation_free(e);
    return c;
}

static void add(struct kit *k, ddbexpr_coverage *c, const ddbexpr_program *program, const char *item)
{
    ddbexpr_explanation *e = explain(k, program, item ? value_of(k->arena, item) : NULL);
    assert_int_equal(ddbexpr_coverage_add(c, e), DDBEXPR_OK);
    ddbexpr_explanation_free(e);
}

/* "2/1 0/1": how often seen false/true, and then how often decided. */
static void assert_counts(const ddbexpr_coverage *c, size_t clause, uint64_t seen_false, uint64_t seen_true,
                          uint64_t decided_false, uint64_t decided_true)
{
    ddbexpr_clause_coverage got = ddbexpr_coverage_clause_at(c, clause);
    assert_int_equal(got.seen[false], seen_false);
    assert_int_equal(got.seen[true], seen_true);
    assert_int_equal(got.decided[false], decided_false);
    assert_int_equal(got.decided[true], decided_true);
}

/* --- conditions --- */

static void clauses_are_counted_and_where_they_decide(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "a = :v AND (NOT b = :v OR c = :v)", NULL, "{':v': 1}");
    ddbexpr_coverage *c = coverage_of(&k, p);
    assert_int_equal(ddbexpr_coverage_total_count(c), 0);
    assert_int_equal(ddbexpr_coverage_clause_count(c), 3);
    assert_int_equal(ddbexpr_coverage_goal_count(c), 6);
    assert_int_equal(ddbexpr_coverage_reached_count(c), 0);
    assert_int_equal(ddbexpr_coverage_kind(c), DDBEXPR_CONDITION);

    add(&k, c, p, "{a: 1, b: 0, c: 0}"); /* true: by a, and by b, which is false under NOT */
    assert_counts(c, 0, 0, 1, 0, 1);
    assert_counts(c, 1, 1, 0, 1, 0);
    assert_counts(c, 2, 1, 0, 0, 0);
    add(&k, c, p, "{a: 1, b: 1, c: 0}"); /* false: by b and by c */
    assert_counts(c, 0, 0, 2, 0, 1);
    assert_counts(c, 1, 1, 1, 1, 1);
    assert_counts(c, 2, 2, 0, 1, 0);
    add(&k, c, p, "{a: 0, b: 1, c: 0}"); /* false, whatever one of them is */
    assert_counts(c, 0, 1, 2, 0, 1);
    add(&k, c, p, "{a: 0, b: 0, c: 1}"); /* false by a alone; neither of the others can turn it */
    assert_counts(c, 0, 2, 2, 1, 1);
    assert_counts(c, 1, 2, 2, 1, 1);
    assert_counts(c, 2, 3, 1, 1, 0);
    assert_int_equal(ddbexpr_coverage_reached_count(c), 5);
    assert_int_equal(ddbexpr_coverage_total_count(c), 4);
    assert_int_equal(ddbexpr_coverage_matched_count(c), 1);

    kit_free_programs(&k); /* nothing is borrowed */
    assert_str_is(ddbexpr_coverage_text(c), "a = :v AND (NOT b = :v OR c = :v)");
    assert_str_is(ddbexpr_coverage_clause_at(c, 1).text, "b = :v");
    assert_int_equal(ddbexpr_coverage_clause_at(c, 1).span.start, 16);
    assert_str_is(ddbexpr_coverage_clause_at(c, 3).text, "");
    ddbexpr_coverage_free(c);
    ddbexpr_coverage_free(NULL);
    kit_close(&k);
}

static void a_clause_alone_always_decides(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_FILTER, "NOT attribute_exists(a)", NULL, NULL);
    ddbexpr_coverage *c = coverage_of(&k, p);
    add(&k, c, p, NULL);
    add(&k, c, p, "{a: 1}");
    assert_counts(c, 0, 1, 1, 1, 1);
    assert_int_equal(ddbexpr_coverage_reached_count(c), 2);
    ddbexpr_coverage_free(c);
    kit_close(&k);
}

static void a_clause_that_stands_twice_is_two(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "a = :v OR a = :v", NULL, "{':v': 1}");
    ddbexpr_coverage *c = coverage_of(&k, p);
    add(&k, c, p, "{a: 1}");
    add(&k, c, p, "{a: 0}");
    assert_counts(c, 0, 1, 1, 1, 0);
    assert_counts(c, 1, 1, 1, 1, 0);
    ddbexpr_coverage_free(c);
    kit_close(&k);
}

static void other_values_and_names_are_the_same_condition_and_other_texts_are_not(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "#a = :v", "{'#a': 'a'}", "{':v': 1}");
    ddbexpr_program *other_values = kit_compile(&k, DDBEXPR_CONDITION, "#a = :v", "{'#a': 'b'}", "{':v': 2}");
    ddbexpr_program *other_kind = kit_compile(&k, DDBEXPR_FILTER, "#a = :v", "{'#a': 'a'}", "{':v': 1}");
    ddbexpr_program *other_text = kit_compile(&k, DDBEXPR_CONDITION, "#a  = :v", "{'#a': 'a'}", "{':v': 1}");
    ddbexpr_coverage *c = coverage_of(&k, p);
    add(&k, c, p, "{a: 1}");
    add(&k, c, other_values, "{a: 1}");
    ddbexpr_explanation *e = explain(&k, other_kind, NULL);
    assert_int_equal(ddbexpr_coverage_add(c, e), DDBEXPR_MISUSE);
    ddbexpr_explanation_free(e);
    e = explain(&k, other_text, NULL);
    assert_int_equal(ddbexpr_coverage_add(c, e), DDBEXPR_MISUSE);
    ddbexpr_explanation_free(e);
    assert_int_equal(ddbexpr_coverage_total_count(c), 2);
    assert_counts(c, 0, 1, 1, 1, 1);
    ddbexpr_coverage_free(c);
    kit_close(&k);
}

/* --- against turning clauses by hand --- */

struct tally {
    uint64_t seen[2], decided[2];
};

static const ddbexpr_value *random_item(struct prng *p, ddbexpr_arena *a)
{
    char item[512] = "{";
    size_t n = 1;
    for (unsigned x = 0; x < 12; x++)
        n += (size_t)sprintf(item + n, "%sx%u: %d", x ? ", " : "", x, prng_once_in(p, 2));
    sprintf(item + n, "}");
    return value_of(a, item);
}

static void compare(struct kit *k, struct prng *p, const ddbexpr_program *program)
{
    struct tally tallies[32] = {{{0}, {0}}};
    ddbexpr_coverage *c = coverage_of(k, program);
    size_t count = ddbexpr_coverage_clause_count(c), reached = 0;
    assert_true(count <= 32);
    for (int i = 0; i < 12; i++) {
        ddbexpr_explanation *e = explain(k, program, random_item(p, k->arena));
        assert_int_equal(ddbexpr_coverage_add(c, e), DDBEXPR_OK);
        for (size_t clause = 0; clause < count; clause++) {
            bool outcome = ddbexpr_explanation_clause_at(e, clause)->outcome;
            tallies[clause].seen[outcome]++;
            tallies[clause].decided[outcome] += turns_the_whole(e, clause);
        }
        ddbexpr_explanation_free(e);
    }
    for (size_t clause = 0; clause < count; clause++) {
        const struct tally *t = &tallies[clause];
        assert_counts(c, clause, t->seen[0], t->seen[1], t->decided[0], t->decided[1]);
        reached += (size_t)(t->decided[0] > 0) + (t->decided[1] > 0);
    }
    assert_int_equal(ddbexpr_coverage_reached_count(c), reached);
    ddbexpr_coverage_free(c);
}

static void deciding_is_what_turning_by_hand_shows(void **state)
{
    (void)state;
    struct prng p = {21};
    unsigned compared = 0;
    for (int round = 0; round < 800; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096];
        unsigned leaves = 0;
        put_condition(&p, text, 3, &leaves);
        const ddbexpr_program *program = kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}");
        if (program)
            compare(&k, &p, program);
        compared += program != NULL;
        kit_close(&k);
    }
    assert_true(compared > 250);
}

static void adding_takes_no_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "a = :v AND (b = :v OR c = :v)", NULL, "{':v': 1}");
    ddbexpr_coverage *c = coverage_of(&k, p);
    ddbexpr_explanation *e = explain(&k, p, NULL);
    size_t calls = k.memory.calls;
    for (int i = 0; i < 1000; i++)
        assert_int_equal(ddbexpr_coverage_add(c, e), DDBEXPR_OK);
    assert_int_equal(k.memory.calls, calls);
    ddbexpr_explanation_free(e);
    ddbexpr_coverage_free(c);
    kit_close(&k);
}

/* --- updates --- */

static void update(struct kit *k, ddbexpr_update_coverage **c, const ddbexpr_program *program, const char *item,
                   const char *key)
{
    ddbexpr_update_explanation *e = NULL;
    const ddbexpr_explain_options options = {.size = sizeof options, .key = key ? value_of(k->arena, key) : NULL};
    assert_int_equal(
        ddbexpr_explain_update(program, item ? value_of(k->arena, item) : NULL, &options, &k->memory.alloc, &e),
        DDBEXPR_OK);
    if (!*c)
        assert_int_equal(ddbexpr_update_coverage_new(e, &k->memory.alloc, c), DDBEXPR_OK);
    assert_int_equal(ddbexpr_update_coverage_add(*c, e), DDBEXPR_OK);
    ddbexpr_update_explanation_free(e);
}

static void assert_found(const ddbexpr_update_coverage *c, size_t index, uint64_t missing, uint64_t there)
{
    ddbexpr_default_coverage got = ddbexpr_update_coverage_default_at(c, index);
    assert_int_equal(got.found[false], missing);
    assert_int_equal(got.found[true], there);
}

static void defaults_go_both_ways(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_UPDATE,
                                     "SET a = if_not_exists(#h, :z) + :z, b = if_not_exists(pk, :z), "
                                     "c = if_not_exists(c, if_not_exists(d.e, :z)) REMOVE x",
                                     "{'#h': 'hits'}", "{':z': 0}");
    ddbexpr_update_coverage *c = NULL;
    update(&k, &c, p, NULL, "{pk: 'k'}");
    assert_int_equal(ddbexpr_update_coverage_default_count(c), 4);
    assert_found(c, 0, 1, 0);
    assert_found(c, 1, 0, 1); /* a new item begins with its key */
    assert_found(c, 2, 1, 0);
    assert_found(c, 3, 1, 0);
    update(&k, &c, p, "{pk: 'k', hits: 5, c: 1}", "{pk: 'k'}");
    assert_found(c, 0, 1, 1);
    assert_found(c, 2, 1, 1);
    assert_found(c, 3, 1, 0);                                             /* not looked at */
    update(&k, &c, p, "{pk: 'k', hits: 'five', d: {e: 1}}", "{pk: 'k'}"); /* cannot be applied */
    assert_found(c, 0, 1, 1);
    assert_found(c, 3, 1, 0);
    assert_int_equal(ddbexpr_update_coverage_total_count(c), 3);
    assert_int_equal(ddbexpr_update_coverage_applied_count(c), 2);
    assert_int_equal(ddbexpr_update_coverage_action_count(c), 4);
    assert_int_equal(ddbexpr_update_coverage_goal_count(c), 12);
    /* three SETs; hits both, pk one, c both, d.e one */
    assert_int_equal(ddbexpr_update_coverage_reached_count(c), 9);
    kit_free_programs(&k);
    ddbexpr_default_coverage first = ddbexpr_update_coverage_default_at(c, 0);
    assert_str_is(first.text, "if_not_exists(#h, :z)");
    assert_str_is(first.path, "hits");
    assert_int_equal(first.action, 0);
    assert_int_equal(ddbexpr_update_coverage_default_at(c, 3).action, 2);
    assert_str_is(ddbexpr_update_coverage_default_at(c, 3).path, "d.e");
    assert_str_is(ddbexpr_update_coverage_default_at(c, 4).text, "");
    ddbexpr_update_coverage_free(c);
    kit_close(&k);
}

static void assert_effective(const ddbexpr_update_coverage *c, size_t index, const char *text, uint64_t effective)
{
    ddbexpr_action_coverage got = ddbexpr_update_coverage_action_at(c, index);
    assert_str_is(got.text, text);
    assert_int_equal(got.effective, effective);
}

static void actions_count_where_they_have_an_effect(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p =
        kit_compile(&k, DDBEXPR_UPDATE, "SET a = :n REMOVE b ADD n :n DELETE s :s", NULL, "{':n': 1, ':s': <'x'>}");
    ddbexpr_update_coverage *c = NULL;
    update(&k, &c, p, "{a: 1, s: <'y'>}", NULL);
    assert_effective(c, 0, "a = :n", 1);
    assert_effective(c, 1, "b", 0);
    assert_effective(c, 2, "n :n", 1);
    assert_effective(c, 3, "s :s", 0);
    update(&k, &c, p, "{b: 1, s: <'x'>}", NULL);
    assert_effective(c, 1, "b", 1);
    assert_effective(c, 3, "s :s", 1);
    update(&k, &c, p, "{s: <'x', 'y'>}", NULL);
    assert_effective(c, 0, "a = :n", 3);
    assert_effective(c, 1, "b", 1);
    assert_effective(c, 3, "s :s", 2);
    assert_string_equal(ddbexpr_update_coverage_action_at(c, 3).section, "DELETE");
    assert_str_is(ddbexpr_update_coverage_action_at(c, 4).text, "");
    assert_str_is(ddbexpr_update_coverage_text(c), "SET a = :n REMOVE b ADD n :n DELETE s :s");

    ddbexpr_update_explanation *e = NULL;
    ddbexpr_program *other = kit_compile(&k, DDBEXPR_UPDATE, "REMOVE b", NULL, NULL);
    assert_int_equal(ddbexpr_explain_update(other, NULL, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_update_coverage_add(c, e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_update_coverage_total_count(c), 3);
    ddbexpr_update_explanation_free(e);
    ddbexpr_update_coverage_free(c);
    ddbexpr_update_coverage_free(NULL);
    kit_close(&k);
}

/* --- memory --- */

static void coverage_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *condition = kit_compile(&k, DDBEXPR_CONDITION, "a = :v OR NOT b = :v", NULL, "{':v': 1}");
    ddbexpr_program *update = kit_compile(&k, DDBEXPR_UPDATE, "SET a = if_not_exists(a, :v)", NULL, "{':v': 1}");
    ddbexpr_explanation *e = explain(&k, condition, NULL);
    ddbexpr_update_explanation *u = NULL;
    assert_int_equal(ddbexpr_explain_update(update, NULL, NULL, &k.memory.alloc, &u), DDBEXPR_OK);
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_coverage *c = NULL;
        ddbexpr_update_coverage *uc = NULL;
        ddbexpr_status status = ddbexpr_coverage_new(e, &t.alloc, &c);
        if (status == DDBEXPR_OK)
            status = ddbexpr_update_coverage_new(u, &t.alloc, &uc);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(uc != NULL, status == DDBEXPR_OK);
        ddbexpr_update_coverage_free(uc);
        ddbexpr_coverage_free(c);
    }
    ddbexpr_update_explanation_free(u);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_are_counted_and_where_they_decide),
        cmocka_unit_test(a_clause_alone_always_decides),
        cmocka_unit_test(a_clause_that_stands_twice_is_two),
        cmocka_unit_test(other_values_and_names_are_the_same_condition_and_other_texts_are_not),
        cmocka_unit_test(deciding_is_what_turning_by_hand_shows),
        cmocka_unit_test(adding_takes_no_memory),
        cmocka_unit_test(defaults_go_both_ways),
        cmocka_unit_test(actions_count_where_they_have_an_effect),
        cmocka_unit_test(coverage_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
