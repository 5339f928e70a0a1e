/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr explain: why a condition is true or false of an item. */
#include "cli/condition.h"

#include <stdio.h>
#include <unistd.h>

static ddbexpr_status put_heading(struct session *s, size_t index)
{
    char text[48];
    snprintf(text, sizeof text, "%sitem %zu:\n", index ? "\n" : "", index + 1);
    return ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
}

/* One line a blamed clause. */
static ddbexpr_status put_blame(struct session *s, const ddbexpr_explanation *e)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < ddbexpr_explanation_clause_count(e) && status == DDBEXPR_OK; i++) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, i);
        if (!clause->blamed)
            continue;
        status = ddbexpr_buffer_append_visible(s->out, clause->text, NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(clause->outcome ? " is true: " : " is false: "));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append_visible(s->out, clause->reason, NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
    }
    return status;
}

static ddbexpr_status put_one(struct session *s, const ddbexpr_explanation *e, size_t index, bool many)
{
    const ddbexpr_style style = style_for(s, STDOUT_FILENO);
    ddbexpr_status status = DDBEXPR_OK;
    if (s->json) {
        status = ddbexpr_json_write_explanation(e, many ? 0 : 2, s->out);
        return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
    }
    if (many)
        status = put_heading(s, index);
    if (status != DDBEXPR_OK)
        return status;
    return options_has(s->options, OPTION_QUIET) ? put_blame(s, e) : ddbexpr_explanation_render(e, &style, s->out);
}

static int explain_all(struct session *s, const ddbexpr_program *program)
{
    const ddbexpr_value *const *items;
    size_t count;
    int exit = read_stored_items(s, &items, &count);
    for (size_t i = 0; i < count && exit <= EXIT_FALSE; i++) {
        ddbexpr_explanation *e;
        ddbexpr_status status = ddbexpr_explain(program, items[i], NULL, NULL, &e);
        if (status != DDBEXPR_OK)
            return exit_for_status(status);
        if (!ddbexpr_explanation_matched(e))
            exit = EXIT_FALSE;
        ddbexpr_buffer_clear(s->out);
        status = put_one(s, e, i, count > 1);
        ddbexpr_explanation_free(e);
        if (status != DDBEXPR_OK)
            return exit_for_status(status);
        if (!put_out(ddbexpr_buffer_text(s->out)))
            return EXIT_INTERNAL;
    }
    return exit;
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
        exit = explain_all(&session, program);
        ddbexpr_program_free(program);
    }
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"quiet", NULL, "only the clauses to blame, one a line", OPTION_QUIET},
    OPTION_SPECS_CONDITION,
    {NULL, NULL, NULL, 0},
};

const struct command command_explain = {
    "explain",
    "says why a condition is true or false of an item",
    "--condition-expression TEXT [--item JSON | --items FILE] [OPTION …]",
    "Shows every clause with its outcome and the values on both sides, and names the smallest set of clauses that is "
    "to\n"
    "blame. Exit status 0 if the condition is true, 1 if it is false.",
    "  ddbexpr explain --condition-expression 'version = :v' --expression-attribute-values '{\":v\": {\"N\": \"4\"}}' "
    "\\\n"
    "    --item '{\"pk\": {\"S\": \"a\"}, \"version\": {\"N\": \"5\"}}'",
    specs,
    run,
};
