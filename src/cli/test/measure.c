/* SPDX-License-Identifier: Apache-2.0 */
/* From steps to what is measured: which conditions a step evaluated, of which items, and whether its expectation would
 * have noticed another outcome. */
#include "cli/limits.h"
#include "cli/test/measured.h"
#include "cli/test/test_coverage.h"
#include "cli/test/test_measure.h"
#include "cli/test/test_mutants.h"

#include "cli/replace_file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- options --- */

static int read_number(const struct session *s, int option, const char *name, double most, double *ret)
{
    const char *given = options_value(s->options, option);
    char *end;
    if (!given)
        return EXIT_TRUE;
    *ret = strtod(given, &end);
    if (end != given && *end == '\0' && isfinite(*ret) && *ret >= 0 && *ret <= most)
        return EXIT_TRUE;
    complain("%s is a number from 0 to %.0f, not '%s'", name, most, given);
    return EXIT_UNUSABLE;
}

int measures_begin(struct session *s, ddbexpr_style style, struct measures *ret)
{
    double seconds = BUDGET_MUTATION;
    *ret = (struct measures){.session = s, .style = style, .least_coverage = -1};
    int exit = read_number(s, OPTION_COVERAGE_MIN, "--coverage-min", 100, &ret->least_coverage);
    if (exit == EXIT_TRUE)
        exit = read_number(s, OPTION_MUTATE_TIME, "--mutate-time", 1e6, &seconds);
    if (exit == EXIT_TRUE &&
        (options_has(s->options, OPTION_COVERAGE) || options_has(s->options, OPTION_COVERAGE_MIN) ||
         options_has(s->options, OPTION_COVERAGE_JSON)))
        exit = test_coverage_new(s, &ret->coverage);
    if (exit == EXIT_TRUE && (options_has(s->options, OPTION_MUTATE) || options_has(s->options, OPTION_MUTATE_TIME)))
        exit = test_mutants_new(s, seconds, &ret->mutants);
    if (exit != EXIT_TRUE)
        measures_end(ret);
    return exit;
}

void measures_end(struct measures *m)
{
    test_coverage_free(m->coverage);
    test_mutants_free(m->mutants);
    m->coverage = NULL;
    m->mutants = NULL;
}

bool measures_anything(const struct measures *m) { return m->coverage || m->mutants; }

/* --- one evaluation --- */

static int put_words(const struct measures *m, const struct step_run *run, size_t action, ddbexpr_kind kind,
                     const char **ret_scope, const char **ret_label)
{
    const struct measured measured = {run->path, run->step->request_place.line, run->step->request_name, action, kind};
    return measured_words(m->session, &measured, ret_scope, ret_label);
}

static int take_condition(struct measures *m, const struct step_run *run, size_t action,
                          const ddbexpr_explanation *explanation, const ddbexpr_request *request, bool pinned)
{
    const char *scope, *label;
    int exit = put_words(m, run, action, ddbexpr_explanation_kind(explanation), &scope, &label);
    if (exit == EXIT_TRUE && m->coverage)
        exit = test_coverage_condition(m->coverage, scope, label, run->test->name, explanation, request);
    if (exit == EXIT_TRUE && m->mutants)
        exit = test_mutants_condition(m->mutants, scope, label, run->test->name, explanation, request, pinned);
    return exit;
}

static int take_update(struct measures *m, const struct step_run *run, size_t action,
                       const ddbexpr_update_explanation *explanation, const ddbexpr_request *request)
{
    const char *scope, *label;
    if (!m->coverage)
        return EXIT_TRUE;
    int exit = put_words(m, run, action, DDBEXPR_UPDATE, &scope, &label);
    return exit == EXIT_TRUE ? test_coverage_update(m->coverage, scope, label, explanation, request) : exit;
}

/* --- writes --- */

/* Whether an action would go through if its false condition were true: if its update can be applied. */
static bool would_pass(const ddbexpr_action_explanation *action, const ddbexpr_request *request)
{
    const ddbexpr_explain_options options = {.size = sizeof options, .key = action->key};
    ddbexpr_program *update = NULL;
    ddbexpr_update_explanation *explanation = NULL;
    ddbexpr_status status = measured_compile(request, DDBEXPR_UPDATE, request->update_expression, &update);
    if (status == DDBEXPR_OK && update)
        status = ddbexpr_explain_update(update, action->old_item, &options, NULL, &explanation);
    exit_for_status(status); /* a lack of memory is told, and is no answer */
    bool passes = status == DDBEXPR_OK && (!update || ddbexpr_update_explanation_applies(explanation));
    ddbexpr_update_explanation_free(explanation);
    ddbexpr_program_free(update);
    return passes;
}

/* Whether the expectation would have noticed that the condition of this action came to the opposite. Where success is
 * expected any failure is noticed, and where a type of error is, another type. Whatever fails in any case is not: what
 * another action of the transaction cancels, or what could not be applied; unless the reasons are named. */
static bool is_pinned(const struct step_run *run, const ddbexpr_request_explanation *e, size_t index,
                      const ddbexpr_request *request)
{
    const struct expectation *expect = &run->step->expect;
    const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(e, index);
    bool is_transaction = ddbexpr_request_explanation_is_transaction(e);
    if (!run->passed)
        return false;
    if (!expect->fails || expect->reasons_given || (!is_transaction && expect->error_type.len))
        return true;
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(e); i++)
        if (i != index && ddbexpr_request_explanation_action_at(e, i)->verdict != DDBEXPR_ACTION_PASSES)
            return false;
    return action->verdict == DDBEXPR_ACTION_CONDITION_FALSE && would_pass(action, request);
}

static int take_write(struct measures *m, const struct step_run *run)
{
    const ddbexpr_request_explanation *e = run->answer->explanation;
    bool is_transaction = ddbexpr_request_explanation_is_transaction(e);
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(e) && exit == EXIT_TRUE; i++) {
        const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(e, i);
        const ddbexpr_request *request = is_transaction ? &run->step->request.actions[i] : &run->step->request;
        size_t number = is_transaction ? i + 1 : 0;
        if (action->condition)
            exit =
                take_condition(m, run, number, action->condition, request, m->mutants && is_pinned(run, e, i, request));
        if (exit == EXIT_TRUE && action->update)
            exit = take_update(m, run, number, action->update, request);
    }
    return exit;
}

/* --- reads --- */

static const ddbexpr_table *table_of(const struct step_run *run)
{
    ddbexpr_str name = run->step->request.table_name;
    const ddbexpr_table *named = ddbexpr_table_named(run->tables, run->table_count, name);
    return named || !run->table_count ? named : &run->tables[0];
}

/* Items that are listed are told apart one by one; of a count alone two changes may make up for each other. */
static bool is_filter_pinned(const struct step_run *run)
{
    const struct expectation *expect = &run->step->expect;
    bool is_alone = ddbexpr_outcome_scanned_count(run->answer->outcome) == 1;
    return run->passed &&
           ((expect->items.given && !expect->items.absent) || (expect->returned_count.given && is_alone));
}

static int take_filter_of(struct measures *m, const struct step_run *run, const ddbexpr_program *filter,
                          const ddbexpr_value *item)
{
    ddbexpr_explanation *explanation;
    ddbexpr_status status = ddbexpr_explain(filter, item, NULL, NULL, &explanation);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    int exit = take_condition(m, run, 0, explanation, &run->step->request, is_filter_pinned(run));
    ddbexpr_explanation_free(explanation);
    return exit;
}

/* Whether an item is one that the filter saw: of the key condition, if there is one. */
static bool is_seen(const ddbexpr_program *key_condition, const ddbexpr_value *item)
{
    bool matched = true;
    return !key_condition || (ddbexpr_evaluate(key_condition, item, &matched) == DDBEXPR_OK && matched);
}

/* Where a limit or a start key leaves some items out it is not known which, and none is counted. */
static int take_filtered(struct measures *m, const struct step_run *run, const ddbexpr_program *key_condition,
                         const ddbexpr_program *filter)
{
    const ddbexpr_table *table = table_of(run);
    size_t count = table ? table->item_count : 0, seen = 0;
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < count; i++)
        seen += is_seen(key_condition, table->items[i]);
    if (seen != ddbexpr_outcome_scanned_count(run->answer->outcome))
        return EXIT_TRUE;
    for (size_t i = 0; i < count && exit == EXIT_TRUE; i++)
        if (is_seen(key_condition, table->items[i]))
            exit = take_filter_of(m, run, filter, table->items[i]);
    return exit;
}

static int take_read(struct measures *m, const struct step_run *run)
{
    const ddbexpr_request *r = &run->step->request;
    ddbexpr_program *key_condition = NULL, *filter = NULL;
    ddbexpr_status status = measured_compile(r, DDBEXPR_KEY_CONDITION, r->key_condition_expression, &key_condition);
    if (status == DDBEXPR_OK)
        status = measured_compile(r, DDBEXPR_FILTER, r->filter_expression, &filter);
    int exit = status == DDBEXPR_OK ? EXIT_TRUE : exit_for_status(status);
    if (exit == EXIT_TRUE && filter)
        exit = take_filtered(m, run, key_condition, filter);
    ddbexpr_program_free(key_condition);
    ddbexpr_program_free(filter);
    return exit;
}

int measures_step(void *measures, const struct step_run *run)
{
    struct measures *m = measures;
    ddbexpr_operation operation = run->step->request.operation;
    bool reads = operation == DDBEXPR_QUERY || operation == DDBEXPR_SCAN;
    if (run->answer->explanation)
        return take_write(m, run);
    return reads && run->answer->ok ? take_read(m, run) : EXIT_TRUE;
}

/* --- what came of it --- */

/* Prints a section, and puts its JSON into a file if there is one. */
static int report_section(const struct measures *m, struct test_report *report, const char *name,
                          const ddbexpr_buffer *text, ddbexpr_buffer *json, const char *path)
{
    int exit = EXIT_TRUE;
    if (!path || options_has(m->session->options, OPTION_COVERAGE))
        exit = test_report_section(report, name, ddbexpr_buffer_text(text), ddbexpr_buffer_text(json));
    if (exit != EXIT_TRUE || !path)
        return exit;
    ddbexpr_status status = ddbexpr_buffer_append(json, ddbexpr_cstr("\n"));
    return status == DDBEXPR_OK ? put_file(path, ddbexpr_buffer_text(json)) : exit_for_status(status);
}

static int report_texts(struct measures *m, struct test_report *report, ddbexpr_buffer *text, ddbexpr_buffer *json)
{
    /* Where memory ran out some file was not tested. */
    const char *path = memory_ran_out() ? NULL : options_value(m->session->options, OPTION_COVERAGE_JSON);
    int exit = EXIT_TRUE;
    ddbexpr_status status = DDBEXPR_OK;
    if (m->coverage) {
        status = test_coverage_text(m->coverage, &m->style, text);
        if (status == DDBEXPR_OK)
            status = test_coverage_json(m->coverage, json);
        exit = status == DDBEXPR_OK ? report_section(m, report, "coverage", text, json, path) : exit_for_status(status);
    }
    if (exit != EXIT_TRUE || !m->mutants)
        return exit;
    ddbexpr_buffer_clear(text);
    ddbexpr_buffer_clear(json);
    status = test_mutants_text(m->mutants, &m->style, text);
    if (status == DDBEXPR_OK)
        status = test_mutants_json(m->mutants, json);
    return status == DDBEXPR_OK ? report_section(m, report, "mutants", text, json, NULL) : exit_for_status(status);
}

static int report_sections(struct measures *m, struct test_report *report)
{
    ddbexpr_buffer *text = NULL, *json = NULL;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &text);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(NULL, &json);
    int exit = status == DDBEXPR_OK ? report_texts(m, report, text, json) : exit_for_status(status);
    ddbexpr_buffer_free(text);
    ddbexpr_buffer_free(json);
    return exit;
}

int measures_report(struct measures *m, struct test_report *report)
{
    int exit = report_sections(m, report);
    if (exit != EXIT_TRUE || !m->coverage || m->least_coverage < 0)
        return exit;
    if (!test_coverage_goals(m->coverage)) {
        complain("there is nothing to cover, no condition and no update, so --coverage-min %g is not reached",
                 m->least_coverage);
        return EXIT_FALSE;
    }
    double percent = test_coverage_percent(m->coverage);
    if (percent >= m->least_coverage)
        return EXIT_TRUE;
    complain("coverage is %.1f %%, which is less than the %g %% of --coverage-min", percent, m->least_coverage);
    return EXIT_FALSE;
}
