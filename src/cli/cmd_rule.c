/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr rule: the page of a rule. */
#include "cli/arguments.h"
#include "cli/rule_pages.h"

static ddbexpr_status append(struct session *s, const struct rule_and_page *found)
{
    if (s->markdown)
        return ddbexpr_buffer_append(s->out, ddbexpr_cstr(found->page));
    if (!s->json)
        return rule_page_append_text(found->page, s->out);
    const ddbexpr_value *object = rule_page_value(s->arena, &found->rule, found->page);
    ddbexpr_status status =
        object ? ddbexpr_json_write_value(object, DDBEXPR_JSON_PLAIN, 2, s->out) : DDBEXPR_NO_MEMORY;
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static int print(struct session *s)
{
    struct rule_and_page found;
    if (s->options->argument_count != 1) {
        complain("rule takes one code, such as DX107");
        return EXIT_UNUSABLE;
    }
    if (!rule_page_find(s->options->arguments[0], &found)) {
        complain("there is no rule '%s' (see ddbexpr rules)", s->options->arguments[0]);
        return EXIT_UNUSABLE;
    }
    return session_put_out(s, append(s, &found));
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin_with(&session, options, true);
    if (exit != EXIT_TRUE)
        return exit;
    exit = print(&session);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"format", "FORMAT", "text, markdown or json", OPTION_FORMAT},
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_rule = {
    "rule",
    "shows what a code means, why it matters, and what to write instead",
    "[OPTION …] CODE",
    "Takes a code or a name: DX107, 107, reserved-word.",
    "  ddbexpr rule DX107",
    specs,
    run,
};
