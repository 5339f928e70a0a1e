/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr generate: random cases with our answers. Each case has dice of its own, so that it can be made again by
 * itself, and memory that the next one uses again. The answer is that of the line as it is printed, read back. */
#include "cli/arguments.h"
#include "cli/generate/generate_case.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_COUNT 10
#define DEFAULT_SEED  1

struct plan {
    struct session *session;
    struct generator generator;
    struct generated_case kase;
    ddbexpr_buffer *line;  /* the case up to its answer */
    ddbexpr_arena *answer; /* what is read back */
    uint64_t count, seed;
    bool one_operation;
    ddbexpr_operation operation;
};

/* --- options --- */

static bool read_whole(const char *text, uint64_t *ret)
{
    uint64_t number = 0;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || number > (UINT64_MAX - (uint64_t)(*c - '0')) / 10)
            return false;
        number = number * 10 + (uint64_t)(*c - '0');
    }
    *ret = number;
    return *text != '\0';
}

static int read_options(const struct options *options, struct plan *plan)
{
    const char *count = options_value(options, OPTION_COUNT), *seed = options_value(options, OPTION_SEED);
    const char *operation = options_value(options, OPTION_OPERATION);
    if (options->argument_count) {
        complain("generate takes options only, not '%s'", options->arguments[0]);
        return EXIT_UNUSABLE;
    }
    plan->count = DEFAULT_COUNT;
    plan->seed = DEFAULT_SEED;
    plan->one_operation = operation != NULL;
    plan->generator.wild = options_has(options, OPTION_WILD);
    if (count && !read_whole(count, &plan->count)) {
        complain("--count is a whole number, not '%s'", count);
        return EXIT_UNUSABLE;
    }
    if (seed && !read_whole(seed, &plan->seed)) {
        complain("--seed is a whole number below 2^64, not '%s'", seed);
        return EXIT_UNUSABLE;
    }
    if (operation && !ddbexpr_operation_from_name(ddbexpr_cstr(operation), &plan->operation)) {
        complain("--op is PutItem, UpdateItem, DeleteItem, GetItem, Query, Scan or TransactWriteItems, not '%s'",
                 operation);
        return EXIT_UNUSABLE;
    }
    return EXIT_TRUE;
}

/* --- one case as text --- */

static void add(struct plan *plan, const char *text) { ddbexpr_buffer_append(plan->line, ddbexpr_cstr(text)); }

static void add_member(struct plan *plan, const char *name, ddbexpr_str text)
{
    add(plan, ",\"");
    add(plan, name);
    add(plan, "\":");
    doc_print_string(text, plan->line);
}

/* The options that make the case again, and its number. */
static void add_id(struct plan *plan, uint64_t number)
{
    char id[120];
    snprintf(id, sizeof id, "generate%s%s-%s-%" PRIu64 "-%" PRIu64, plan->generator.wild ? "-wild" : "",
             plan->session->messages == DDBEXPR_MESSAGES_CLASSIC ? "-classic" : "",
             plan->one_operation ? ddbexpr_operation_name(plan->operation) : "all", plan->seed, number);
    add(plan, "{\"id\":");
    doc_print_string(ddbexpr_cstr(id), plan->line);
}

static void make_case(struct plan *plan, uint64_t number)
{
    struct generator *g = &plan->generator;
    ddbexpr_arena_reset(g->arena);
    ddbexpr_buffer_clear(g->about);
    ddbexpr_buffer_clear(plan->line);
    g->dice = dice_of(plan->seed, number);
    ddbexpr_operation any = (ddbexpr_operation)throw_below(g, DDBEXPR_TRANSACT_WRITE_ITEMS + 1);
    g->loose = g->wild && throw_percent(g, 55);
    case_make(g, plan->one_operation ? plan->operation : any, &plan->kase);
    if (g->wild)
        case_spoil(&plan->kase);
    if (ddbexpr_buffer_text(g->about).len == 0)
        note(g, g->loose ? "perhaps ill typed" : "well typed");
    add_id(plan, number);
    add_member(plan, "about", ddbexpr_buffer_text(g->about));
    add(plan, ",");
    case_print(&plan->kase, plan->line);
    add(plan, "}");
}

/* --- its answer --- */

/* A request that cannot even be read: {"ok": false, "error": {…}}. */
static ddbexpr_status write_unreadable(struct session *s)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(s->diags);
    ddbexpr_buffer_append(s->out, STR("{\"ok\":false,\"error\":{\"__type\":\"SerializationException\",\"message\":"));
    doc_print_string(verdict ? ddbexpr_diag_service_message(verdict) : STR(""), s->out);
    ddbexpr_buffer_append(s->out, STR("}}"));
    return ddbexpr_buffer_status(s->out);
}

static ddbexpr_status answer(struct plan *plan)
{
    struct session *s = plan->session;
    const ddbexpr_execute_options options = {sizeof options, s->messages, false};
    ddbexpr_question question;
    ddbexpr_outcome *outcome;
    ddbexpr_arena_reset(plan->answer);
    ddbexpr_diags_clear(s->diags);
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status =
        ddbexpr_json_read_question(plan->answer, ddbexpr_buffer_text(plan->line), s->diags, &question);
    if (status == DDBEXPR_INVALID)
        return write_unreadable(s);
    if (status == DDBEXPR_OK)
        status = ddbexpr_execute(&question.request, question.tables, question.table_count, &options, NULL, s->diags,
                                 &outcome);
    if (status != DDBEXPR_OK)
        return status;
    status = ddbexpr_json_write_answer(outcome, &question, NULL, NULL, 0, s->out);
    ddbexpr_outcome_free(outcome);
    return status;
}

static bool print_case(const struct plan *plan)
{
    ddbexpr_str line = ddbexpr_buffer_text(plan->line);
    line.len--; /* the brace that made it a question */
    return put_out(line) && put_out(STR(",\"expect\":")) && put_out(ddbexpr_buffer_text(plan->session->out)) &&
           put_out(STR(",\"source\":\"ddbexpr generate\",\"evidence\":\"emulator\"}\n"));
}

static int generate_all(struct plan *plan)
{
    for (uint64_t number = 1; number <= plan->count; number++) {
        make_case(plan, number);
        bool whole = !plan->generator.failed && ddbexpr_buffer_status(plan->line) == DDBEXPR_OK;
        ddbexpr_status status = whole ? answer(plan) : DDBEXPR_NO_MEMORY;
        if (status != DDBEXPR_OK)
            return exit_for_status(status);
        if (!print_case(plan))
            return EXIT_INTERNAL;
    }
    return EXIT_TRUE;
}

static int run_plan(struct plan *plan)
{
    int exit = EXIT_INTERNAL;
    if (ddbexpr_arena_new(NULL, &plan->generator.arena) == DDBEXPR_OK &&
        ddbexpr_arena_new(NULL, &plan->answer) == DDBEXPR_OK &&
        ddbexpr_buffer_new(NULL, &plan->generator.text) == DDBEXPR_OK &&
        ddbexpr_buffer_new(NULL, &plan->generator.about) == DDBEXPR_OK &&
        ddbexpr_buffer_new(NULL, &plan->line) == DDBEXPR_OK)
        exit = generate_all(plan);
    else
        exit = exit_for_status(DDBEXPR_NO_MEMORY);
    ddbexpr_buffer_free(plan->line);
    ddbexpr_buffer_free(plan->generator.about);
    ddbexpr_buffer_free(plan->generator.text);
    ddbexpr_arena_free(plan->answer);
    ddbexpr_arena_free(plan->generator.arena);
    return exit;
}

static int run(const struct options *options)
{
    struct session session;
    struct plan *plan = calloc(1, sizeof *plan); /* it holds all places of an item: large for a stack */
    if (!plan)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = read_options(options, plan);
    if (exit == EXIT_TRUE)
        exit = session_begin(&session, options);
    if (exit == EXIT_TRUE) {
        plan->session = &session;
        exit = run_plan(plan);
        session_end(&session);
    }
    free(plan);
    return exit;
}

static const struct option_spec specs[] = {
    {"op", "OPERATION", "PutItem, UpdateItem, …; without it all of them, mixed", OPTION_OPERATION},
    {"count", "N", "how many cases (10)", OPTION_COUNT},
    {"seed", "S", "another seed, other cases (1)", OPTION_SEED},
    {"wild", NULL, "also what is ill typed, malformed, or at a limit and past it", OPTION_WILD},
    OPTION_SPEC_MESSAGES,
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_generate = {
    "generate",
    "prints random cases with their answers, for fuzzing other code",
    "[--op OPERATION] [--count N] [--seed S] [--wild]",
    "One case a line, in the form of tests/cases/README.md: tables, request, and what we answer. The same seed\n"
    "gives the same cases everywhere. Without --wild the service takes every request; conditions are true of\n"
    "about half of the items, updates can mostly be applied. See docs/fuzzing.md.",
    "  ddbexpr generate --op UpdateItem --count 3 --seed 7",
    specs,
    run,
};
