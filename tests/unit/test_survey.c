/* SPDX-License-Identifier: Apache-2.0 */
/* Surveys: sets and counts against the explanations of the same items, and what they cost; survey.c of src/explain. */
#include "conditions.h"
#include "kit.h"

#include <ddbexpr/explain.h>
#include <ddbexpr/survey.h>

static ddbexpr_survey *survey_of(struct kit *k, const char *text)
{
    ddbexpr_survey *s = NULL;
    const ddbexpr_program *program = kit_compile(k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}");
    assert_int_equal(ddbexpr_survey_new(program, &k->memory.alloc, &s), DDBEXPR_OK);
    return s;
}

static size_t add(ddbexpr_survey *s, const ddbexpr_value *item)
{
    size_t set = 12345;
    assert_int_equal(ddbexpr_survey_add(s, item, &set), DDBEXPR_OK);
    return set;
}

static void sets_are_counted_in_the_order_they_appear(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_survey *s = survey_of(&k, "a = :v AND NOT (b = :v OR c = :v)");
    assert_int_equal(add(s, value_of(k.arena, "{a: 1}")), SIZE_MAX);
    assert_int_equal(add(s, value_of(k.arena, "{a: 1, c: 1}")), 0);
    assert_int_equal(add(s, value_of(k.arena, "{b: 1}")), 1);
    assert_int_equal(add(s, NULL), 2);
    assert_int_equal(add(s, value_of(k.arena, "{c: 1, a: 1}")), 0);
    assert_int_equal(ddbexpr_survey_add(s, value_of(k.arena, "{a: 2}"), NULL), DDBEXPR_OK);
    assert_int_equal(ddbexpr_survey_total_count(s), 6);
    assert_int_equal(ddbexpr_survey_matched_count(s), 1);
    assert_int_equal(ddbexpr_survey_set_count(s), 3);
    ddbexpr_survey_set first = ddbexpr_survey_set_at(s, 0), second = ddbexpr_survey_set_at(s, 1);
    assert_int_equal(first.count, 2);
    assert_int_equal(first.clause_count, 1);
    assert_int_equal(first.clauses[0], 2);
    assert_true(first.outcomes[0]);
    assert_int_equal(second.count, 1);
    assert_int_equal(second.clause_count, 2);
    assert_int_equal(second.clauses[0], 0);
    assert_int_equal(second.clauses[1], 1);
    assert_true(!second.outcomes[0] && second.outcomes[1]);
    assert_int_equal(ddbexpr_survey_set_at(s, 2).count, 2);
    assert_int_equal(ddbexpr_survey_set_at(s, 3).clause_count, 0);
    assert_int_equal(ddbexpr_survey_clause_count(s), 3);
    assert_str_is(ddbexpr_survey_clause_text(s, 2), "c = :v");
    assert_str_is(ddbexpr_survey_clause_text(s, 3), "");
    ddbexpr_survey_free(s);
    ddbexpr_survey_free(NULL);
    kit_close(&k);
}

static void only_conditions_and_items_can_be_surveyed(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_survey *s = NULL;
    assert_int_equal(ddbexpr_survey_new(kit_compile(&k, DDBEXPR_UPDATE, "REMOVE a", NULL, NULL), &k.memory.alloc, &s),
                     DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_survey_new(kit_compile(&k, DDBEXPR_PROJECTION, "a", NULL, NULL), &k.memory.alloc, &s),
                     DDBEXPR_MISUSE);
    assert_null(s);
    const ddbexpr_program *filter = kit_compile(&k, DDBEXPR_FILTER, "attribute_exists(a)", NULL, NULL);
    assert_int_equal(ddbexpr_survey_new(filter, &k.memory.alloc, &s), DDBEXPR_OK);
    size_t set = 12345;
    assert_int_equal(ddbexpr_survey_add(s, value_of(k.arena, "1"), &set), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_survey_add(s, value_of(k.arena, "{a: SS<>}"), &set), DDBEXPR_MISUSE);
    assert_int_equal(set, 12345);
    assert_int_equal(ddbexpr_survey_total_count(s), 0);
    ddbexpr_survey_free(s);
    kit_close(&k);
}

/* --- properties --- */

/* {x0: 1, x1: 0, …}: each 1 once in `once_in`, else 0. */
static const ddbexpr_value *random_item(struct prng *p, ddbexpr_arena *a, uint32_t attributes, uint32_t once_in)
{
    char item[4096] = "{";
    size_t n = 1;
    for (uint32_t x = 0; x < attributes; x++)
        n += (size_t)sprintf(item + n, "%sx%u: %d", x ? ", " : "", x, prng_once_in(p, once_in));
    sprintf(item + n, "}");
    return value_of(a, item);
}

static void assert_as_explained(struct kit *k, ddbexpr_survey *s, const ddbexpr_program *program,
                                const ddbexpr_value *item)
{
    ddbexpr_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain(program, item, NULL, &k->memory.alloc, &e), DDBEXPR_OK);
    size_t number = add(s, item);
    assert_int_equal(number == SIZE_MAX, ddbexpr_explanation_matched(e));
    if (number != SIZE_MAX) {
        ddbexpr_survey_set set = ddbexpr_survey_set_at(s, number);
        size_t at = 0;
        for (size_t i = 0; i < ddbexpr_explanation_clause_count(e); i++) {
            const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, i);
            assert_str_equal(ddbexpr_survey_clause_text(s, i), clause->text);
            if (!clause->blamed)
                continue;
            assert_true(at < set.clause_count);
            assert_int_equal(set.clauses[at], i);
            assert_int_equal(set.outcomes[at++], clause->outcome);
        }
        assert_int_equal(at, set.clause_count);
    }
    ddbexpr_explanation_free(e);
}

/* No set is there twice, and none is empty; together they are all items. */
static void assert_sound(ddbexpr_survey *s)
{
    uint64_t sum = ddbexpr_survey_matched_count(s);
    for (size_t i = 0; i < ddbexpr_survey_set_count(s); i++) {
        ddbexpr_survey_set set = ddbexpr_survey_set_at(s, i);
        assert_true(set.count > 0 && set.clause_count > 0);
        sum += set.count;
        for (size_t j = 0; j < i; j++) {
            ddbexpr_survey_set other = ddbexpr_survey_set_at(s, j);
            assert_false(other.clause_count == set.clause_count &&
                         memcmp(other.clauses, set.clauses, set.clause_count * sizeof *set.clauses) == 0);
        }
    }
    assert_int_equal(sum, ddbexpr_survey_total_count(s));
}

static void sets_are_what_explanations_blame(void **state)
{
    (void)state;
    struct prng p = {6};
    unsigned surveyed = 0;
    for (int round = 0; round < 600; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096];
        unsigned leaves = 0;
        put_condition(&p, text, 3, &leaves);
        const ddbexpr_program *program = kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}");
        ddbexpr_survey *s = NULL;
        if (program)
            assert_int_equal(ddbexpr_survey_new(program, &k.memory.alloc, &s), DDBEXPR_OK);
        for (int i = 0; program && i < 20; i++)
            assert_as_explained(&k, s, program, i == 0 ? NULL : random_item(&p, k.arena, 12, 2));
        if (program)
            assert_sound(s);
        surveyed += program != NULL;
        ddbexpr_survey_free(s);
        kit_close(&k);
    }
    assert_true(surveyed > 200);
}

/* x0 = :v AND x1 = :v AND … */
static ddbexpr_survey *survey_of_many(struct kit *k, unsigned clauses)
{
    char text[4096];
    size_t n = 0;
    for (unsigned i = 0; i < clauses; i++)
        n += (size_t)sprintf(text + n, "%sx%u = :v", i ? " AND " : "", i);
    return survey_of(k, text);
}

static void many_clauses_have_many_sets(void **state)
{
    (void)state;
    struct prng p = {7};
    struct kit k;
    kit_open(&k);
    ddbexpr_survey *s = survey_of_many(&k, 150);
    for (int i = 0; i < 150; i++) {
        const ddbexpr_value *item = random_item(&p, k.arena, 150, 2);
        assert_as_explained(&k, s, k.programs[0], item);
        assert_as_explained(&k, s, k.programs[0], item);
    }
    for (unsigned without = 0; without < 150; without++) {
        char item[4096] = "{";
        size_t n = 1;
        for (unsigned x = 0; x < 150; x++)
            n += (size_t)sprintf(item + n, "%sx%u: %d", x ? ", " : "", x, x != without);
        sprintf(item + n, "}");
        assert_as_explained(&k, s, k.programs[0], value_of(k.arena, item));
    }
    assert_sound(s);
    assert_int_equal(ddbexpr_survey_set_count(s), 300);
    ddbexpr_survey_free(s);
    kit_close(&k);
}

/* --- adding up --- */

static void assert_same_survey(const ddbexpr_survey *a, const ddbexpr_survey *b)
{
    assert_int_equal(ddbexpr_survey_total_count(a), ddbexpr_survey_total_count(b));
    assert_int_equal(ddbexpr_survey_matched_count(a), ddbexpr_survey_matched_count(b));
    assert_int_equal(ddbexpr_survey_set_count(a), ddbexpr_survey_set_count(b));
    for (size_t i = 0; i < ddbexpr_survey_set_count(a); i++) {
        ddbexpr_survey_set x = ddbexpr_survey_set_at(a, i), y = ddbexpr_survey_set_at(b, i);
        assert_int_equal(x.count, y.count);
        assert_int_equal(x.clause_count, y.clause_count);
        assert_memory_equal(x.clauses, y.clauses, x.clause_count * sizeof *x.clauses);
        assert_memory_equal(x.outcomes, y.outcomes, x.clause_count * sizeof *x.outcomes);
    }
}

/* Parts of any size, put together, are what one survey of all items is: counts, sets, and their order. */
static void parts_add_up_to_the_whole(void **state)
{
    (void)state;
    struct prng p = {9};
    for (int round = 0; round < 60; round++) {
        struct kit k;
        kit_open(&k);
        ddbexpr_survey *whole = survey_of_many(&k, 70), *sum = NULL;
        const ddbexpr_program *program = k.programs[0];
        assert_int_equal(ddbexpr_survey_new(program, &k.memory.alloc, &sum), DDBEXPR_OK);
        for (int part = 0; part < 4; part++) {
            ddbexpr_survey *own = NULL;
            size_t numbers[64];
            assert_int_equal(ddbexpr_survey_new(program, &k.memory.alloc, &own), DDBEXPR_OK);
            for (uint32_t i = prng_below(&p, 30); i-- > 0;) {
                const ddbexpr_value *item = random_item(&p, k.arena, prng_once_in(&p, 2) ? 3 : 70, 9);
                assert_int_equal(add(own, item) == SIZE_MAX, add(whole, item) == SIZE_MAX);
            }
            assert_int_equal(ddbexpr_survey_merge(sum, own, numbers), DDBEXPR_OK);
            for (size_t i = 0; i < ddbexpr_survey_set_count(own); i++) {
                ddbexpr_survey_set x = ddbexpr_survey_set_at(own, i), y = ddbexpr_survey_set_at(sum, numbers[i]);
                assert_int_equal(x.clause_count, y.clause_count);
                assert_memory_equal(x.clauses, y.clauses, x.clause_count * sizeof *x.clauses);
            }
            ddbexpr_survey_free(own);
        }
        assert_same_survey(whole, sum);
        assert_sound(sum);
        ddbexpr_survey_free(whole);
        ddbexpr_survey_free(sum);
        kit_close(&k);
    }
}

static void surveys_of_other_programs_are_not_added(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_survey *a = survey_of(&k, "a = :v"), *b = survey_of(&k, "a = :v");
    assert_int_equal(ddbexpr_survey_merge(a, b, NULL), DDBEXPR_MISUSE);
    ddbexpr_survey_free(a);
    ddbexpr_survey_free(b);
    kit_close(&k);
}

/* A part that could not be added was not added at all, and can be added again. */
static void adding_up_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct prng p = {10};
    ddbexpr_survey *part = survey_of_many(&k, 20);
    for (int i = 0; i < 50; i++)
        add(part, random_item(&p, k.arena, 20, 2));
    const ddbexpr_value *other = value_of(k.arena, "{x0: 1}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_survey *s = NULL;
        ddbexpr_status status = ddbexpr_survey_new(k.programs[0], &t.alloc, &s);
        if (status == DDBEXPR_OK && ddbexpr_survey_add(s, other, NULL) == DDBEXPR_OK) {
            if (ddbexpr_survey_merge(s, part, NULL) != DDBEXPR_OK) {
                assert_true(t.failed);
                assert_int_equal(ddbexpr_survey_total_count(s), 1);
                assert_int_equal(ddbexpr_survey_set_count(s), 1);
                assert_sound(s);
                assert_int_equal(ddbexpr_survey_merge(s, part, NULL), DDBEXPR_OK);
            }
            assert_int_equal(ddbexpr_survey_total_count(s), 51);
            assert_sound(s);
        }
        ddbexpr_survey_free(s);
    }
    ddbexpr_survey_free(part);
    kit_close(&k);
}

/* --- memory --- */

static void only_new_sets_take_memory(void **state)
{
    (void)state;
    struct prng p = {8};
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *items[64];
    for (int i = 0; i < 64; i++)
        items[i] = random_item(&p, k.arena, 6, 2);
    ddbexpr_survey *s = survey_of_many(&k, 6);
    for (int i = 0; i < 64; i++) {
        size_t sets = ddbexpr_survey_set_count(s), calls = k.memory.calls, bytes = k.memory.live_bytes;
        add(s, items[i]);
        assert_true(ddbexpr_survey_set_count(s) > sets || k.memory.calls == calls);
        for (int j = 0; j <= i; j++)
            add(s, items[j]);
        assert_true(ddbexpr_survey_set_count(s) > sets || k.memory.live_bytes == bytes);
    }
    assert_true(ddbexpr_survey_set_count(s) > 16);
    size_t calls = k.memory.calls;
    for (int i = 0; i < 10000; i++)
        add(s, items[i % 64]);
    assert_int_equal(k.memory.calls, calls);
    ddbexpr_survey_free(s);
    kit_close(&k);
}

/* An item that failed to be counted was not counted at all, and can be added again. */
static bool add_twice(struct test_alloc *t, ddbexpr_survey *s, const ddbexpr_value *item)
{
    uint64_t total = ddbexpr_survey_total_count(s);
    size_t sets = ddbexpr_survey_set_count(s), number = 12345;
    if (ddbexpr_survey_add(s, item, &number) == DDBEXPR_OK)
        return true;
    assert_true(t->failed);
    assert_int_equal(number, 12345);
    assert_int_equal(ddbexpr_survey_total_count(s), total);
    assert_int_equal(ddbexpr_survey_set_count(s), sets);
    return ddbexpr_survey_add(s, item, &number) == DDBEXPR_OK && number <= sets;
}

static void surveys_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *items[32];
    for (unsigned i = 0; i < 32; i++) {
        char item[128];
        sprintf(item, "{x0: %u, x1: %u, x2: %u, x3: %u, x4: %u}", i & 1, i >> 1 & 1, i >> 2 & 1, i >> 3 & 1, i >> 4);
        items[i] = value_of(k.arena, item);
    }
    const ddbexpr_program *program = kit_compile(
        &k, DDBEXPR_CONDITION, "x0 = :v AND x1 = :v AND x2 = :v AND x3 = :v AND x4 = :v", NULL, "{':v': 1}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_survey *s = NULL;
        ddbexpr_status status = ddbexpr_survey_new(program, &t.alloc, &s);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(s != NULL, status == DDBEXPR_OK);
        for (int i = 0; s && i < 64; i++)
            assert_true(add_twice(&t, s, items[i % 32]));
        if (s) {
            assert_int_equal(ddbexpr_survey_total_count(s), 64);
            assert_int_equal(ddbexpr_survey_matched_count(s), 2);
            assert_int_equal(ddbexpr_survey_set_count(s), 31);
            assert_sound(s);
        }
        ddbexpr_survey_free(s);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_counted_in_the_order_they_appear),
        cmocka_unit_test(only_conditions_and_items_can_be_surveyed),
        cmocka_unit_test(sets_are_what_explanations_blame),
        cmocka_unit_test(many_clauses_have_many_sets),
        cmocka_unit_test(parts_add_up_to_the_whole),
        cmocka_unit_test(surveys_of_other_programs_are_not_added),
        cmocka_unit_test(adding_up_may_run_out_of_memory),
        cmocka_unit_test(only_new_sets_take_memory),
        cmocka_unit_test(surveys_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
