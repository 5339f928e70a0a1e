/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr eval: whether a condition is true, for one item or many. */
#include "cli/condition.h"
#include "cli/items/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct evaluation {
    struct session *session;
    const ddbexpr_program *program;
    uint64_t count, true_count;
};

static int put_text(const char *text) { return put_out(ddbexpr_cstr(text)) ? EXIT_TRUE : EXIT_INTERNAL; }

/* One item's answer, written at once: there may be more of them than memory holds. */
static int answer(struct evaluation *e, bool matched)
{
    bool first = e->count++ == 0;
    e->true_count += matched;
    if (e->session->json && put_text(first ? "{\"results\": [" : ", ") != EXIT_TRUE)
        return EXIT_INTERNAL;
    if (e->session->json)
        return put_text(matched ? "true" : "false");
    return options_has(e->session->options, OPTION_COUNT) ? EXIT_TRUE : put_text(matched ? "true\n" : "false\n");
}

/* --- many --- */

/* The answers to a part of the items, in order. */
struct part {
    const ddbexpr_program *program;
    ddbexpr_buffer *answers; /* a byte each */
};

static void end_part(void *part)
{
    ddbexpr_buffer_free(((struct part *)part)->answers);
    free(part);
}

static void *begin_part(void *evaluation)
{
    struct part *part = calloc(1, sizeof *part);
    if (part && ddbexpr_buffer_new(NULL, &part->answers) != DDBEXPR_OK) {
        free(part);
        return NULL;
    }
    if (part)
        part->program = ((const struct evaluation *)evaluation)->program;
    return part;
}

static ddbexpr_status take_item(void *to, const struct items_item *item)
{
    struct part *part = to;
    bool matched;
    ddbexpr_status status = ddbexpr_evaluate(part->program, item->value, &matched);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(part->answers, ddbexpr_cstr(matched ? "1" : "0")) : status;
}

static int merge_part(void *to, void *part)
{
    struct evaluation *e = to;
    ddbexpr_str answers = ddbexpr_buffer_text(((struct part *)part)->answers);
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < answers.len && exit == EXIT_TRUE; i++)
        exit = answer(e, answers.ptr[i] == '1');
    return exit;
}

static int answer_file(struct evaluation *e)
{
    struct session *s = e->session;
    const struct items_use use = {e, begin_part, take_item, merge_part, end_part};
    bool scrolls = !options_has(s->options, OPTION_COUNT) && isatty(STDOUT_FILENO);
    struct items_options options = {.silent = scrolls};
    int exit = items_jobs(s, &options.jobs);
    if (exit == EXIT_TRUE)
        exit = condition_attributes(s, e->program, &options.wanted);
    return exit == EXIT_TRUE ? items_run(s, options_value(s->options, OPTION_ITEMS), &options, &use) : exit;
}

/* --- one --- */

static int answer_item(struct evaluation *e)
{
    const ddbexpr_value *item;
    bool matched;
    int exit = read_stored_item(e->session, &item);
    if (exit != EXIT_TRUE)
        return exit;
    ddbexpr_status status = ddbexpr_evaluate(e->program, item, &matched);
    return status == DDBEXPR_OK ? answer(e, matched) : exit_for_status(status);
}

/* What follows the answers. If they broke off, what was begun is brought to an end and says so. */
static int put_end(const struct evaluation *e, bool complete)
{
    char text[128];
    unsigned long long true_count = e->true_count, false_count = e->count - e->true_count;
    if (e->session->json && (complete || e->count))
        snprintf(text, sizeof text, "%s], \"true\": %llu, \"false\": %llu%s}\n", e->count ? "" : "{\"results\": [",
                 true_count, false_count, complete ? "" : ", \"incomplete\": true");
    else if (!e->session->json && complete && options_has(e->session->options, OPTION_COUNT))
        snprintf(text, sizeof text, "%llu true, %llu false\n", true_count, false_count);
    else
        return EXIT_TRUE;
    return put_text(text);
}

static int evaluate_all(struct evaluation *e)
{
    int exit = options_has(e->session->options, OPTION_ITEMS) ? answer_file(e) : answer_item(e);
    if (exit == EXIT_INTERNAL || put_end(e, exit == EXIT_TRUE) != EXIT_TRUE)
        return EXIT_INTERNAL;
    if (exit != EXIT_TRUE)
        return exit;
    return e->true_count == e->count ? EXIT_TRUE : EXIT_FALSE;
}

static int run(const struct options *options)
{
    struct session session;
    ddbexpr_program *program;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    exit = compile_condition(&session, &program);
    if (exit == EXIT_TRUE) {
        struct evaluation e = {.session = &session, .program = program};
        exit = evaluate_all(&e);
        ddbexpr_program_free(program);
    }
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"count", NULL, "print only how many are true and false", OPTION_COUNT},
    OPTION_SPEC_JOBS,
    OPTION_SPECS_CONDITION,
    {NULL, NULL, NULL, 0},
};

const struct command command_eval = {
    "eval",
    "says whether a condition is true of an item, or of each of many",
    "--condition-expression TEXT [--item JSON | --items FILE] [OPTION …]",
    "Prints true or false, one line an item. Exit status 0 if all are true, 1 if any is false. A file of items may be\n"
    "of any size, and packed with gzip or zstd.",
    "  ddbexpr eval --condition-expression 'hits > :n' --expression-attribute-values '{\":n\": {\"N\": \"3\"}}' \\\n"
    "    --item '{\"pk\": {\"S\": \"a\"}, \"hits\": {\"N\": \"4\"}}'",
    specs,
    run,
};
