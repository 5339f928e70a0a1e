/* SPDX-License-Identifier: Apache-2.0 */
/* Running a test: each step changes the tables that the next one finds. What comes after a step that differs would only
 * differ because of it, so the test ends there. */
#include "cli/test/test_run.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

int runner_begin(struct session *s, struct runner *ret)
{
    *ret = (struct runner){.session = s, .style = style_for(s, STDOUT_FILENO)};
    const char *format = options_value(s->options, OPTION_REPORT_FORMAT);
    if (format && strcmp(format, "text") != 0)
        ret->style.colour = false; /* what programs read has none */
    if (ddbexpr_arena_new(NULL, &ret->arena) == DDBEXPR_OK && ddbexpr_diags_new(NULL, &ret->diags) == DDBEXPR_OK &&
        ddbexpr_buffer_new(NULL, &ret->text) == DDBEXPR_OK)
        return EXIT_TRUE;
    runner_end(ret);
    return exit_for_status(DDBEXPR_NO_MEMORY);
}

void runner_end(struct runner *r)
{
    ddbexpr_arena_free(r->arena);
    ddbexpr_diags_free(r->diags);
    ddbexpr_buffer_free(r->text);
    *r = (struct runner){.session = r->session};
}

/* --- the tables of a test --- */

/* A test at work. */
struct course {
    struct runner *runner;
    const char *path;
    const struct test *test;
    ddbexpr_table *tables;      /* as they are now */
    ddbexpr_outcome **outcomes; /* of the steps so far, whose values the tables share */
    size_t outcome_count;
    struct differences differences;
    struct test_result *result;
};

static ddbexpr_status begin_course(struct course *c)
{
    const struct test *t = c->test;
    c->tables = ddbexpr_arena_alloc(c->runner->arena, (t->table_count + 1) * sizeof *c->tables);
    c->outcomes = ddbexpr_arena_alloc(c->runner->arena, (t->step_count + 1) * sizeof(ddbexpr_outcome *));
    if (!c->tables || !c->outcomes)
        return DDBEXPR_NO_MEMORY;
    if (t->table_count)
        memcpy(c->tables, t->tables, t->table_count * sizeof *c->tables);
    return DDBEXPR_OK;
}

static void end_course(struct course *c)
{
    for (size_t i = 0; i < c->outcome_count; i++)
        ddbexpr_outcome_free(c->outcomes[i]);
}

/* The tables as a write left them; a read and what failed change nothing. */
static ddbexpr_status take_tables(struct course *c, const ddbexpr_outcome *o, ddbexpr_operation operation)
{
    if (!ddbexpr_outcome_ok(o) || operation == DDBEXPR_GET_ITEM || operation == DDBEXPR_QUERY ||
        operation == DDBEXPR_SCAN)
        return DDBEXPR_OK;
    size_t count = ddbexpr_outcome_table_count(o);
    ddbexpr_table *tables = ddbexpr_arena_alloc(c->runner->arena, (count + 1) * sizeof *tables);
    if (!tables)
        return DDBEXPR_NO_MEMORY;
    for (size_t t = 0; t < count; t++) {
        size_t item_count = ddbexpr_outcome_table_item_count(o, t);
        const ddbexpr_value **items = ddbexpr_arena_alloc(c->runner->arena, (item_count + 1) * sizeof *items);
        if (!items)
            return DDBEXPR_NO_MEMORY;
        for (size_t i = 0; i < item_count; i++)
            items[i] = ddbexpr_outcome_table_item_at(o, t, i);
        tables[t] = c->tables[t];
        tables[t].items = items;
        tables[t].item_count = item_count;
    }
    c->tables = tables;
    return DDBEXPR_OK;
}

/* --- one step --- */

/* A request that cannot be read is refused as `ddbexpr request` refuses it. */
static struct answer refused(const ddbexpr_diags *diags)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    ddbexpr_str message = verdict ? ddbexpr_diag_service_message(verdict) : ddbexpr_cstr("");
    return (struct answer){.type = ddbexpr_cstr("SerializationException"), .message = message};
}

static ddbexpr_status execute(struct course *c, const struct test_step *step, struct answer *ret)
{
    const ddbexpr_execute_options options = {sizeof options, c->runner->session->messages, false};
    ddbexpr_outcome *outcome;
    ddbexpr_diags_clear(c->runner->diags);
    ddbexpr_status status =
        ddbexpr_execute(&step->request, c->tables, c->test->table_count, &options, NULL, c->runner->diags, &outcome);
    if (status != DDBEXPR_OK)
        return status;
    c->outcomes[c->outcome_count++] = outcome;
    *ret = (struct answer){.ok = ddbexpr_outcome_ok(outcome), .outcome = outcome};
    if (!ret->ok) {
        ret->type = ddbexpr_cstr(ddbexpr_outcome_error_type(outcome));
        ret->message = ddbexpr_outcome_error_message(outcome);
    }
    return DDBEXPR_OK;
}

/* Reads have no explanation, nor has what is refused at once. */
static ddbexpr_status explain(const struct course *c, const struct test_step *step,
                              ddbexpr_request_explanation **ret_explanation)
{
    const ddbexpr_execute_options options = {sizeof options, c->runner->session->messages, false};
    *ret_explanation = NULL;
    ddbexpr_operation operation = step->request.operation;
    if (operation == DDBEXPR_GET_ITEM || operation == DDBEXPR_QUERY || operation == DDBEXPR_SCAN)
        return DDBEXPR_OK;
    ddbexpr_status status =
        ddbexpr_explain_request(&step->request, c->tables, c->test->table_count, &options, NULL, NULL, ret_explanation);
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

/* What the explanation of a step says, or, where there is none, what was wrong with it. */
static ddbexpr_str render(struct course *c, const struct answer *a, const ddbexpr_diags *refusal)
{
    const ddbexpr_style *style = &c->differences.style;
    ddbexpr_status status = DDBEXPR_OK;
    const ddbexpr_diags *diags = refusal ? refusal : c->runner->diags;
    if (a->explanation)
        status = ddbexpr_request_explanation_render(a->explanation, style, c->runner->text);
    else if (!a->ok)
        for (size_t i = 0; i < ddbexpr_diags_count(diags) && status == DDBEXPR_OK; i++)
            status = ddbexpr_diag_render(ddbexpr_diags_at(diags, i), style, c->runner->text);
    c->differences.no_memory |= status != DDBEXPR_OK;
    return said(&c->differences);
}

static int watch(struct course *c, const struct test_step *step, const struct answer *a, const ddbexpr_table *before,
                 bool passed)
{
    const struct step_run run = {c->path, c->test, step, a, before, c->test->table_count, passed};
    return c->runner->watch ? c->runner->watch(c->runner->watch_context, &run) : EXIT_TRUE;
}

/* With the explanation, if anyone needs it: it is the dearest part of a test. */
static int compare(struct course *c, const struct test_step *step, struct answer *a)
{
    ddbexpr_request_explanation *explanation = NULL;
    const ddbexpr_table *before = c->tables;
    ddbexpr_status status = DDBEXPR_OK;
    bool surprises = step->expect.fails == a->ok;
    if (!step->refusal && (surprises || step->expect.blame_count || c->runner->explains_all))
        status = explain(c, step, &explanation);
    if (status == DDBEXPR_OK && a->outcome)
        status = take_tables(c, a->outcome, step->request.operation);
    int exit = status == DDBEXPR_OK ? EXIT_TRUE : exit_for_status(status);
    if (exit == EXIT_TRUE) {
        a->explanation = explanation;
        a->tables = c->tables;
        a->table_count = c->test->table_count;
        compare_step(&c->differences, step, a);
        bool passed = c->differences.count == 0;
        if (!passed) {
            c->result->answer = answer_words(&c->differences, a);
            c->result->explanation = render(c, a, step->refusal);
        }
        exit = watch(c, step, a, before, passed);
    }
    ddbexpr_request_explanation_free(explanation);
    return exit;
}

static int run_step(struct course *c, size_t index)
{
    const struct test_step *step = &c->test->steps[index];
    struct answer a;
    c->differences.step = index;
    if (step->refusal) {
        a = refused(step->refusal);
        return compare(c, step, &a);
    }
    ddbexpr_status status = execute(c, step, &a);
    return status == DDBEXPR_OK ? compare(c, step, &a) : exit_for_status(status);
}

/* --- the whole --- */

static double seconds_since(const struct timespec *begin)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) + (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

static int run_steps(struct course *c)
{
    ddbexpr_status status = begin_course(c);
    int exit = status == DDBEXPR_OK ? EXIT_TRUE : exit_for_status(status);
    for (size_t i = 0; i < c->test->step_count && exit == EXIT_TRUE && c->differences.count == 0; i++)
        exit = run_step(c, i);
    return exit == EXIT_TRUE && c->differences.no_memory ? exit_for_status(DDBEXPR_NO_MEMORY) : exit;
}

int runner_run(struct runner *r, const char *path, const struct test *test, struct test_result *ret)
{
    struct timespec begin;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    ddbexpr_arena_reset(r->arena);
    ddbexpr_buffer_clear(r->text);
    *ret = (struct test_result){.test = test, .verdict = TEST_SKIPPED};
    if (test->skip.len)
        return EXIT_TRUE;
    struct course course = {.runner = r, .path = path, .test = test, .result = ret};
    course.differences = (struct differences){.arena = r->arena, .text = r->text, .style = r->style};
    int exit = run_steps(&course);
    end_course(&course);
    ret->differences = course.differences.all;
    ret->difference_count = course.differences.count;
    ret->verdict = ret->difference_count ? TEST_FAILED : TEST_PASSED;
    ret->failed_step = ret->difference_count ? ret->differences[0].step : 0;
    ret->seconds = seconds_since(&begin);
    return exit;
}
