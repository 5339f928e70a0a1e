/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr eval: whether a condition is true, for one item or many. */
#include "cli/condition.h"

#include <stdio.h>

static ddbexpr_status put_line(struct session *s, bool matched)
{
    return ddbexpr_buffer_append(s->out, ddbexpr_cstr(matched ? "true\n" : "false\n"));
}

static ddbexpr_status put_json(struct session *s, const bool *matched, size_t count, size_t true_count)
{
    char text[96];
    ddbexpr_status status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("{\"results\": ["));
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++) {
        snprintf(text, sizeof text, "%s%s", i ? ", " : "", matched[i] ? "true" : "false");
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
    }
    snprintf(text, sizeof text, "], \"true\": %zu, \"false\": %zu}\n", true_count, count - true_count);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr(text)) : status;
}

static int evaluate_all(struct session *s, const ddbexpr_program *program)
{
    const ddbexpr_value *const *items;
    size_t count, true_count = 0;
    int exit = read_stored_items(s, &items, &count);
    if (exit != EXIT_TRUE)
        return exit;
    bool *matched = ddbexpr_arena_alloc(s->arena, count * sizeof *matched);
    ddbexpr_status status = matched ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < count && status == DDBEXPR_OK; i++) {
        status = ddbexpr_evaluate(program, items[i], &matched[i]);
        if (status != DDBEXPR_OK)
            break;
        true_count += matched[i];
        if (!s->json && !options_has(s->options, OPTION_COUNT))
            status = put_line(s, matched[i]);
    }
    if (status == DDBEXPR_OK && s->json) {
        status = put_json(s, matched, count, true_count);
    } else if (status == DDBEXPR_OK && options_has(s->options, OPTION_COUNT)) {
        char text[64];
        snprintf(text, sizeof text, "%zu true, %zu false\n", true_count, count - true_count);
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(text));
    }
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    if (!put_out(ddbexpr_buffer_text(s->out)))
        return EXIT_INTERNAL;
    return true_count == count ? EXIT_TRUE : EXIT_FALSE;
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
        exit = evaluate_all(&session, program);
        ddbexpr_program_free(program);
    }
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"count", NULL, "print only how many are true and false", OPTION_COUNT},
    OPTION_SPECS_CONDITION,
    {NULL, NULL, NULL, 0},
};

const struct command command_eval = {
    "eval",
    "says whether a condition is true of an item, or of each of many",
    "--condition-expression TEXT [--item JSON | --items FILE] [OPTION …]",
    "Prints true or false, one line an item. Exit status 0 if all are true, 1 if any is false.",
    "  ddbexpr eval --condition-expression 'hits > :n' --expression-attribute-values '{\":n\": {\"N\": \"3\"}}' \\\n"
    "    --item '{\"pk\": {\"S\": \"a\"}, \"hits\": {\"N\": \"4\"}}'",
    specs,
    run,
};
