/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr eval: whether a condition is true, for one item or many. */
#include "cli/condition.h"

#include <stdio.h>

struct tally {
    size_t count, true_count;
};

static int put_text(const char *text) { return put_out(ddbexpr_cstr(text)) ? EXIT_TRUE : EXIT_INTERNAL; }

/* One item's answer, written at once: there may be more of them than memory holds. */
static int answer(struct session *s, const ddbexpr_program *program, const ddbexpr_value *item, struct tally *tally)
{
    bool matched;
    ddbexpr_status status = ddbexpr_evaluate(program, item, &matched);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    bool first = tally->count++ == 0;
    tally->true_count += matched;
    if (s->json && put_text(first ? "{\"results\": [" : ", ") != EXIT_TRUE)
        return EXIT_INTERNAL;
    if (s->json)
        return put_text(matched ? "true" : "false");
    return options_has(s->options, OPTION_COUNT) ? EXIT_TRUE : put_text(matched ? "true\n" : "false\n");
}

static int answer_file(struct session *s, const ddbexpr_program *program, struct tally *tally)
{
    struct stored_walk walk;
    int exit = stored_begin(s, options_value(s->options, OPTION_ITEMS), &walk);
    if (exit != EXIT_TRUE)
        return exit;
    for (const ddbexpr_value *item; exit == EXIT_TRUE;) {
        exit = stored_next(s, &walk, &item);
        if (exit != EXIT_TRUE || !item)
            break;
        exit = answer(s, program, item, tally);
    }
    stored_end(&walk);
    return exit;
}

static int answer_item(struct session *s, const ddbexpr_program *program, struct tally *tally)
{
    const ddbexpr_value *const *items;
    size_t count;
    int exit = read_stored_items(s, &items, &count);
    return exit == EXIT_TRUE ? answer(s, program, items[0], tally) : exit;
}

/* What follows the answers. If they broke off, what was begun is brought to an end and says so. */
static int put_end(const struct session *s, const struct tally *tally, bool complete)
{
    char text[128];
    size_t false_count = tally->count - tally->true_count;
    if (s->json && (complete || tally->count))
        snprintf(text, sizeof text, "%s], \"true\": %zu, \"false\": %zu%s}\n", tally->count ? "" : "{\"results\": [",
                 tally->true_count, false_count, complete ? "" : ", \"incomplete\": true");
    else if (!s->json && complete && options_has(s->options, OPTION_COUNT))
        snprintf(text, sizeof text, "%zu true, %zu false\n", tally->true_count, false_count);
    else
        return EXIT_TRUE;
    return put_text(text);
}

static int evaluate_all(struct session *s, const ddbexpr_program *program)
{
    struct tally tally = {0, 0};
    int exit =
        options_has(s->options, OPTION_ITEMS) ? answer_file(s, program, &tally) : answer_item(s, program, &tally);
    if (exit == EXIT_INTERNAL || put_end(s, &tally, exit == EXIT_TRUE) != EXIT_TRUE)
        return EXIT_INTERNAL;
    if (exit != EXIT_TRUE)
        return exit;
    return tally.true_count == tally.count ? EXIT_TRUE : EXIT_FALSE;
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
