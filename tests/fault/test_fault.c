/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation fails once, over the case files: a question is read, run and answered with the first allocation
 * failing, then the second, and so on, until it runs through. Each failed run must say NO_MEMORY and lose nothing.
 *
 * usage: test_fault STRIDE FILE...      every STRIDE-th case; prints TAP, one test a file */
#include "../unit/support.h"

#include <ddbexpr/coverage.h>
#include <ddbexpr/json.h>
#include <ddbexpr/lint.h>
#include <ddbexpr/mutants.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An explanation of a write; what is refused at once and what only reads has none. */
static ddbexpr_status explain(const ddbexpr_alloc *alloc, const ddbexpr_question *q, ddbexpr_request_explanation **ret)
{
    ddbexpr_status status = ddbexpr_explain_request(&q->request, q->tables, q->table_count, NULL, alloc, NULL, ret);
    return status == DDBEXPR_INVALID || status == DDBEXPR_MISUSE ? DDBEXPR_OK : status;
}

static ddbexpr_status lint(const ddbexpr_alloc *alloc, const ddbexpr_question *q, ddbexpr_diags *diags)
{
    const ddbexpr_lint_options options = {.size = sizeof options, .tables = q->tables, .table_count = q->table_count};
    return ddbexpr_lint(&q->request, &options, alloc, diags);
}

/* An item on which the first clause of a condition decides while true. */
static ddbexpr_status find_mutant_witness(ddbexpr_mutants *mutants, const ddbexpr_program *program,
                                          const ddbexpr_witness_options *options,
                                          const ddbexpr_action_explanation *action, ddbexpr_arena *arena)
{
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants); i++) {
        const ddbexpr_value *item;
        bool found;
        if (!ddbexpr_mutants_at(mutants, i)->killed)
            return ddbexpr_mutants_witness(mutants, i, program, action->old_item, options, arena, &found, &item);
    }
    return DDBEXPR_OK;
}

static ddbexpr_status write_mutants(const ddbexpr_alloc *alloc, const ddbexpr_mutants *mutants)
{
    ddbexpr_buffer *out = NULL;
    ddbexpr_status status = ddbexpr_buffer_new(alloc, &out);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_mutants(mutants, NULL, 0, out);
    for (size_t i = 0; i < ddbexpr_mutants_count(mutants) && status == DDBEXPR_OK; i++)
        status = ddbexpr_mutants_write(mutants, i, out);
    ddbexpr_buffer_free(out);
    return status;
}

static ddbexpr_status mutate(const ddbexpr_alloc *alloc, const ddbexpr_program *program,
                             const ddbexpr_witness_options *options, const ddbexpr_action_explanation *action,
                             ddbexpr_arena *arena)
{
    ddbexpr_mutants *mutants = NULL;
    ddbexpr_status status = ddbexpr_mutants_new(action->condition, alloc, &mutants);
    if (status == DDBEXPR_OK)
        status = ddbexpr_mutants_kill(mutants, action->condition, NULL);
    if (status == DDBEXPR_OK)
        status = write_mutants(alloc, mutants);
    if (status == DDBEXPR_OK)
        status = find_mutant_witness(mutants, program, options, action, arena);
    ddbexpr_mutants_free(mutants);
    return status;
}

static ddbexpr_status find_witness(const ddbexpr_alloc *alloc, const ddbexpr_request *request,
                                   const ddbexpr_action_explanation *action)
{
    const ddbexpr_bindings bindings = {.size = sizeof bindings,
                                       .names = request->names,
                                       .name_count = request->name_count,
                                       .values = request->values,
                                       .value_count = request->value_count,
                                       .allow_unused = true};
    const ddbexpr_witness_options options = {.size = sizeof options, .key = action->key};
    ddbexpr_program *program = NULL;
    ddbexpr_arena *arena = NULL;
    const ddbexpr_value *item;
    bool found;
    ddbexpr_status status =
        ddbexpr_compile(DDBEXPR_CONDITION, request->condition_expression, &bindings, alloc, NULL, &program);
    if (status == DDBEXPR_OK)
        status = ddbexpr_arena_new(alloc, &arena);
    if (status == DDBEXPR_OK)
        status = ddbexpr_coverage_witness(program, action->old_item, 0, true, &options, arena, &found, &item);
    if (status == DDBEXPR_OK)
        status = mutate(alloc, program, &options, action, arena);
    ddbexpr_arena_free(arena);
    ddbexpr_program_free(program);
    return status;
}

static ddbexpr_status cover_condition(const ddbexpr_alloc *alloc, const ddbexpr_request *request,
                                      const ddbexpr_action_explanation *action, ddbexpr_buffer *out)
{
    ddbexpr_coverage *coverage = NULL;
    ddbexpr_status status = ddbexpr_coverage_new(action->condition, alloc, &coverage);
    if (status == DDBEXPR_OK)
        status = ddbexpr_coverage_add(coverage, action->condition);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_coverage(coverage, NULL, 0, out);
    if (status == DDBEXPR_OK)
        status = find_witness(alloc, request, action);
    ddbexpr_coverage_free(coverage);
    return status;
}

static ddbexpr_status cover_update(const ddbexpr_alloc *alloc, const ddbexpr_update_explanation *update,
                                   ddbexpr_buffer *out)
{
    ddbexpr_update_coverage *coverage = NULL;
    ddbexpr_status status = ddbexpr_update_coverage_new(update, alloc, &coverage);
    if (status == DDBEXPR_OK)
        status = ddbexpr_update_coverage_add(coverage, update);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_update_coverage(coverage, 0, out);
    ddbexpr_update_coverage_free(coverage);
    return status;
}

/* The coverage of what was explained. */
static ddbexpr_status cover(const ddbexpr_alloc *alloc, const ddbexpr_question *q,
                            const ddbexpr_request_explanation *explanation, ddbexpr_buffer *out)
{
    bool many = ddbexpr_request_explanation_is_transaction(explanation);
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(explanation) && status == DDBEXPR_OK; i++) {
        const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(explanation, i);
        if (action->condition)
            status = cover_condition(alloc, many ? &q->request.actions[i] : &q->request, action, out);
        if (status == DDBEXPR_OK && action->update)
            status = cover_update(alloc, action->update, out);
    }
    return status;
}

/* Reads, runs, explains, lints and answers one question with one allocator. */
static ddbexpr_status answer(const ddbexpr_alloc *alloc, str line)
{
    ddbexpr_arena *arena = NULL;
    ddbexpr_diags *diags = NULL;
    ddbexpr_buffer *out = NULL;
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_request_explanation *explanation = NULL;
    ddbexpr_question question;
    ddbexpr_status status = ddbexpr_arena_new(alloc, &arena);
    if (status == DDBEXPR_OK)
        status = ddbexpr_diags_new(alloc, &diags);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(alloc, &out);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_question(arena, line, diags, &question);
    if (status == DDBEXPR_OK)
        status =
            ddbexpr_execute(&question.request, question.tables, question.table_count, NULL, alloc, diags, &outcome);
    if (status == DDBEXPR_OK)
        status = explain(alloc, &question, &explanation);
    if (status == DDBEXPR_OK)
        status = lint(alloc, &question, diags);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_answer(outcome, &question, explanation, diags, 0, out);
    if (status == DDBEXPR_OK && explanation)
        status = ddbexpr_request_explanation_render(explanation, NULL, out);
    if (status == DDBEXPR_OK && explanation)
        status = cover(alloc, &question, explanation, out);
    for (size_t i = 0; status == DDBEXPR_OK && i < ddbexpr_diags_count(diags); i++)
        status = ddbexpr_diag_render(ddbexpr_diags_at(diags, i), NULL, out);
    if (status == DDBEXPR_INVALID)
        status = ddbexpr_json_write_refusal(diags, out);
    ddbexpr_request_explanation_free(explanation);
    ddbexpr_outcome_free(outcome);
    ddbexpr_buffer_free(out);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(arena);
    return status;
}

/* How many runs one question took, or 0 with a message if one went wrong. */
static size_t walk(str line, const char *file)
{
    for (size_t fail_at = 0;; fail_at++) {
        struct test_alloc t;
        test_alloc_init(&t);
        t.fail_at = fail_at;
        ddbexpr_status status = answer(&t.alloc, line);
        const char *wrong = t.live                                    ? "leaked"
                            : t.misuse                                ? t.misuse
                            : t.failed && status != DDBEXPR_NO_MEMORY ? "a failed allocation was not told"
                            : !t.failed && status != DDBEXPR_OK       ? "failed without reason"
                                                                      : NULL;
        if (wrong) {
            printf("# %s: allocation %zu: %s (%s): %.200s\n", file, fail_at, wrong, ddbexpr_status_name(status),
                   line.ptr);
            return 0;
        }
        if (!t.failed)
            return fail_at + 1;
    }
}

static void walk_file(int number, const char *path, unsigned stride)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t size = 0, cases = 0, points = 0, wrong = 0, at = 0;
    for (ssize_t length; f && (length = getline(&line, &size, f)) > 0;) {
        if (at++ % stride)
            continue;
        line[length - 1] = '\0';
        size_t runs = walk(str_of(line, (size_t)length - 1), path);
        cases++;
        points += runs;
        wrong += runs == 0;
    }
    if (f)
        fclose(f);
    free(line);
    printf("%s %d - %s: every allocation fails once\n", f && cases && !wrong ? "ok" : "not ok", number,
           strrchr(path, '/') + 1);
    printf("# %zu cases, %zu fault points\n", cases, points);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    unsigned stride = argc > 2 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    if (stride == 0) {
        fprintf(stderr, "usage: test_fault STRIDE FILE...\n");
        return 2;
    }
    printf("1..%d\n", argc - 2);
    for (int i = 2; i < argc; i++)
        walk_file(i - 1, argv[i], stride);
    return 0;
}
