/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr request --jsonl: a coprocess. One question a line in, one answer a line out, each as soon as it was read.
 * Memory is used again from line to line, so that it can run for days. */
#include "cli/operation.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ddbexpr_status answer(struct session *s, const ddbexpr_question *q)
{
    const ddbexpr_execute_options execute_options = {sizeof execute_options, s->messages, false};
    bool explain = options_has(s->options, OPTION_EXPLAIN);
    ddbexpr_outcome *outcome;
    ddbexpr_status status =
        ddbexpr_execute(&q->request, q->tables, q->table_count, &execute_options, NULL, s->diags, &outcome);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_request_explanation *explanation = NULL;
    if (explain)
        status =
            ddbexpr_explain_request(&q->request, q->tables, q->table_count, &execute_options, NULL, NULL, &explanation);
    const ddbexpr_diags *diags = explain && ddbexpr_diags_count(s->diags) ? s->diags : NULL;
    /* Reads and what is refused at once have none. */
    if (status != DDBEXPR_NO_MEMORY)
        status = ddbexpr_json_write_answer(outcome, q, explanation, diags, 0, s->out);
    ddbexpr_request_explanation_free(explanation);
    ddbexpr_outcome_free(outcome);
    return status;
}

static ddbexpr_status answer_line(struct session *s, ddbexpr_str line)
{
    ddbexpr_question question;
    ddbexpr_arena_reset(s->arena);
    ddbexpr_diags_clear(s->diags);
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status = ddbexpr_json_read_question(s->arena, line, s->diags, &question);
    if (status == DDBEXPR_OK)
        status = answer(s, &question);
    if (status == DDBEXPR_INVALID)
        status = ddbexpr_json_write_refusal(s->diags, s->out);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
    return status;
}

static int answer_all(struct session *s)
{
    char *line = NULL;
    size_t size = 0;
    int exit = EXIT_TRUE;
    errno = 0; /* how getline tells that it has no memory */
    for (ssize_t length; exit == EXIT_TRUE && (length = getline(&line, &size, stdin)) >= 0; errno = 0) {
        size_t end = (size_t)length;
        while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r'))
            end--;
        ddbexpr_status status = answer_line(s, (ddbexpr_str){line, end});
        if (status != DDBEXPR_OK)
            exit = exit_for_status(status);
        else if (!put_out(ddbexpr_buffer_text(s->out)) || !flush_out())
            exit = EXIT_INTERNAL;
    }
    if (exit == EXIT_TRUE && errno == ENOMEM) {
        exit = exit_for_status(DDBEXPR_NO_MEMORY);
    } else if (exit == EXIT_TRUE && ferror(stdin)) {
        complain("standard input: %s", strerror(errno));
        exit = EXIT_UNUSABLE;
    }
    free(line);
    return exit;
}

static int run(const struct options *options)
{
    struct session session;
    if (!options_has(options, OPTION_JSONL)) {
        complain("request reads questions as JSON Lines: say --jsonl");
        return EXIT_UNUSABLE;
    }
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    exit = answer_all(&session);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"jsonl", NULL, "one question a line on stdin, one answer a line on stdout", OPTION_JSONL},
    {"explain", NULL, "answers carry the explanation and all diagnostics", OPTION_EXPLAIN},
    OPTION_SPEC_MESSAGES,
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_request = {
    "request",
    "answers whole requests as a coprocess, in JSON Lines",
    "--jsonl [--explain]",
    "A question is {\"op\", \"key\", \"items\", \"request\"} or {\"op\", \"tables\", \"request\"}; an answer is\n"
    "{\"ok\": true, \"response\", \"items\"} or {\"ok\": false, \"error\"}. See docs/json-output.md.",
    "  printf '%s' '{\"op\": \"GetItem\", \"key\": {\"pk\": \"S\"}, \"items\": [{\"pk\": {\"S\": \"a\"}}], ' \\\n"
    "    '\"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}}}' | ddbexpr request --jsonl",
    specs,
    run,
};
