/* SPDX-License-Identifier: Apache-2.0 */
/* What is measured of a condition over many items: a byte for the kind, one for the JSON form, then text, names, values
 * and some items with a NUL byte between. Survey, coverage and mutants must agree with evaluating and explaining. */
#include "fuzz.h"

#include <ddbexpr/coverage.h>
#include <ddbexpr/mutants.h>
#include <ddbexpr/survey.h>

#include <string.h>

#define ITEMS   (FUZZ_PARTS - 3)
#define MUTANTS 24 /* of them, written and looked for: the time of an input is bounded */

struct measuring {
    arena *arena;
    ddbexpr_kind kind;
    str text;
    ddbexpr_bindings bindings;
    const ddbexpr_value *items[ITEMS + 1]; /* the last: there is none */
    size_t item_count;
    ddbexpr_program *program;
};

/* --- reading --- */

static void read_items(struct measuring *m, struct fuzz_input *input, ddbexpr_json_form form)
{
    for (size_t i = 0; i < ITEMS && input->size; i++) {
        const ddbexpr_value *item = NULL;
        if (ddbexpr_json_read_item(m->arena, fuzz_part(input), form, NULL, &item) == DDBEXPR_OK &&
            !ddbexpr_item_is_faulty(item))
            m->items[m->item_count++] = item;
    }
    m->items[m->item_count++] = NULL;
}

static bool read_parts(struct measuring *m, struct fuzz_input *input)
{
    ddbexpr_json_form form = fuzz_choice(input, 2) ? DDBEXPR_JSON_TYPED : DDBEXPR_JSON_PLAIN;
    m->text = fuzz_part(input);
    str names = fuzz_part(input), values = fuzz_part(input);
    ddbexpr_bindings *b = &m->bindings;
    b->size = sizeof *b;
    b->allow_unused = true; /* a mutant may */
    if (names.len && ddbexpr_json_read_names(m->arena, names, NULL, &b->names, &b->name_count) != DDBEXPR_OK)
        return false;
    if (values.len && ddbexpr_json_read_values(m->arena, values, form, NULL, &b->values, &b->value_count) != DDBEXPR_OK)
        return false;
    read_items(m, input, form);
    return true;
}

static ddbexpr_explanation *explain(const struct measuring *m, const ddbexpr_value *item)
{
    ddbexpr_explanation *e;
    REQUIRE(ddbexpr_explain(m->program, item, NULL, NULL, &e) == DDBEXPR_OK);
    return e;
}

/* --- surveys --- */

static void check_set(const ddbexpr_survey_set *set, const ddbexpr_explanation *e)
{
    size_t at = 0;
    for (size_t i = 0; i < ddbexpr_explanation_clause_count(e); i++) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, i);
        if (!clause->blamed)
            continue;
        REQUIRE(at < set->clause_count && set->clauses[at] == i);
        REQUIRE(set->outcomes[at] == clause->outcome);
        at++;
    }
    REQUIRE(at == set->clause_count);
}

static void check_counts(const ddbexpr_survey *survey)
{
    uint64_t sum = ddbexpr_survey_matched_count(survey);
    for (size_t i = 0; i < ddbexpr_survey_set_count(survey); i++)
        sum += ddbexpr_survey_set_at(survey, i).count;
    REQUIRE(sum == ddbexpr_survey_total_count(survey));
}

/* Each item's set is whom explaining blames; two halves merged are the whole. */
static void check_survey(const struct measuring *m)
{
    ddbexpr_survey *whole, *halves[2];
    size_t sets[ITEMS + 1], numbers[ITEMS + 1];
    REQUIRE(ddbexpr_survey_new(m->program, NULL, &whole) == DDBEXPR_OK);
    for (size_t i = 0; i < 2; i++)
        REQUIRE(ddbexpr_survey_new(m->program, NULL, &halves[i]) == DDBEXPR_OK);
    for (size_t i = 0; i < m->item_count; i++) {
        ddbexpr_explanation *e = explain(m, m->items[i]);
        REQUIRE(ddbexpr_survey_add(whole, m->items[i], &sets[i]) == DDBEXPR_OK);
        REQUIRE(ddbexpr_survey_add(halves[i >= m->item_count / 2], m->items[i], NULL) == DDBEXPR_OK);
        REQUIRE((sets[i] == SIZE_MAX) == ddbexpr_explanation_matched(e));
        if (sets[i] != SIZE_MAX) {
            ddbexpr_survey_set set = ddbexpr_survey_set_at(whole, sets[i]);
            check_set(&set, e);
        }
        ddbexpr_explanation_free(e);
    }
    REQUIRE(ddbexpr_survey_merge(halves[0], halves[1], numbers) == DDBEXPR_OK);
    REQUIRE(ddbexpr_survey_set_count(halves[0]) == ddbexpr_survey_set_count(whole));
    for (size_t i = 0; i < ddbexpr_survey_set_count(whole); i++)
        REQUIRE(ddbexpr_survey_set_at(whole, i).count == ddbexpr_survey_set_at(halves[0], i).count);
    check_counts(whole);
    check_counts(halves[0]);
    REQUIRE(ddbexpr_survey_total_count(halves[0]) == m->item_count);
    ddbexpr_survey_free(halves[1]);
    ddbexpr_survey_free(halves[0]);
    ddbexpr_survey_free(whole);
}

/* --- coverage --- */

/* Of each clause one outcome an item, and what it decided is among that. */
static void check_clauses(const struct measuring *m, const ddbexpr_coverage *coverage)
{
    size_t reached = 0;
    for (size_t i = 0; i < ddbexpr_coverage_clause_count(coverage); i++) {
        ddbexpr_clause_coverage clause = ddbexpr_coverage_clause_at(coverage, i);
        REQUIRE(clause.seen[false] + clause.seen[true] == m->item_count);
        for (int outcome = 0; outcome < 2; outcome++) {
            REQUIRE(clause.decided[outcome] <= clause.seen[outcome]);
            reached += clause.decided[outcome] > 0;
        }
    }
    REQUIRE(reached == ddbexpr_coverage_reached_count(coverage));
    REQUIRE(ddbexpr_coverage_goal_count(coverage) == 2 * ddbexpr_coverage_clause_count(coverage));
}

static void check_coverage(const struct measuring *m)
{
    ddbexpr_coverage *coverage = NULL;
    size_t matched = 0;
    for (size_t i = 0; i < m->item_count; i++) {
        ddbexpr_explanation *e = explain(m, m->items[i]);
        if (i == 0)
            REQUIRE(ddbexpr_coverage_new(e, NULL, &coverage) == DDBEXPR_OK);
        REQUIRE(ddbexpr_coverage_add(coverage, e) == DDBEXPR_OK);
        matched += ddbexpr_explanation_matched(e);
        ddbexpr_explanation_free(e);
    }
    REQUIRE(ddbexpr_coverage_total_count(coverage) == m->item_count);
    REQUIRE(ddbexpr_coverage_matched_count(coverage) == matched);
    check_clauses(m, coverage);
    ddbexpr_coverage_free(coverage);
}

/* --- mutants --- */

static bool evaluate_mutant(const struct measuring *m, ddbexpr_mutants *mutants, size_t index,
                            const ddbexpr_value *item)
{
    bool matched = false;
    REQUIRE(ddbexpr_mutants_evaluate(mutants, index, m->program, item, &matched) == DDBEXPR_OK);
    return matched;
}

/* A text may be too long for the service, have too many operators, or its bounds in the wrong order. */
static bool may_be_refused(const ddbexpr_diags *diags, str text)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    REQUIRE(verdict);
    return strcmp(ddbexpr_diag_name(verdict), "between-bounds") == 0 || text.len > 4096 ||
           strncmp(ddbexpr_diag_name(verdict), "too-many", 8) == 0;
}

/* Compiled from its text it is true of the same items. */
static void check_text(const struct measuring *m, ddbexpr_mutants *mutants, size_t index)
{
    ddbexpr_buffer *text = fuzz_buffer();
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_program *changed = NULL;
    REQUIRE(ddbexpr_mutants_write(mutants, index, text) == DDBEXPR_OK);
    ddbexpr_status status = ddbexpr_compile(m->kind, ddbexpr_buffer_text(text), &m->bindings, NULL, diags, &changed);
    fuzz_check_told(diags, status);
    REQUIRE(status == DDBEXPR_OK || may_be_refused(diags, ddbexpr_buffer_text(text)));
    for (size_t i = 0; changed && i < m->item_count; i++)
        REQUIRE(fuzz_evaluate(changed, m->items[i]) == evaluate_mutant(m, mutants, index, m->items[i]));
    ddbexpr_program_free(changed);
    ddbexpr_diags_free(diags);
    ddbexpr_buffer_free(text);
}

static void check_witness(const struct measuring *m, ddbexpr_mutants *mutants, size_t index)
{
    bool found;
    const ddbexpr_value *item = NULL;
    REQUIRE(ddbexpr_mutants_witness(mutants, index, m->program, m->items[0], NULL, m->arena, &found, &item) ==
            DDBEXPR_OK);
    if (!found)
        return;
    REQUIRE(!item || !ddbexpr_item_is_faulty(item));
    REQUIRE(fuzz_evaluate(m->program, item) != evaluate_mutant(m, mutants, index, item));
}

/* An item kills those that it tells from the condition, once. */
static void check_kills(const struct measuring *m, ddbexpr_mutants *mutants, const ddbexpr_value *item)
{
    size_t expected = 0, killed = 0;
    bool matched = fuzz_evaluate(m->program, item);
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants); i++)
        expected += !ddbexpr_mutants_at(mutants, i)->killed && evaluate_mutant(m, mutants, i, item) != matched;
    ddbexpr_explanation *e = explain(m, item);
    REQUIRE(ddbexpr_mutants_kill(mutants, e, &killed) == DDBEXPR_OK);
    REQUIRE(killed == expected);
    REQUIRE(ddbexpr_mutants_kill(mutants, e, &killed) == DDBEXPR_OK && killed == 0);
    ddbexpr_explanation_free(e);
}

static void check_mutants(const struct measuring *m)
{
    ddbexpr_mutants *mutants;
    ddbexpr_explanation *e = explain(m, m->items[0]);
    REQUIRE(ddbexpr_mutants_new(e, NULL, &mutants) == DDBEXPR_OK);
    ddbexpr_explanation_free(e);
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants) && i < MUTANTS; i++) {
        if (ddbexpr_mutants_at(mutants, i)->has_text)
            check_text(m, mutants, i);
        check_witness(m, mutants, i);
    }
    for (size_t i = 0; i < m->item_count; i++)
        check_kills(m, mutants, m->items[i]);
    ddbexpr_mutants_free(mutants);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    struct measuring m = {.arena = fuzz_arena(), .kind = (ddbexpr_kind)fuzz_choice(&input, 3)};
    if (read_parts(&m, &input) && ddbexpr_compile(m.kind, m.text, &m.bindings, NULL, NULL, &m.program) == DDBEXPR_OK) {
        check_survey(&m);
        check_coverage(&m);
        check_mutants(&m);
    }
    ddbexpr_program_free(m.program);
    ddbexpr_arena_free(m.arena);
    fuzz_close(&input);
    return 0;
}
