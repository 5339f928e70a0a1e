/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr rules: the list of every code there is. */
#include "cli/arguments.h"
#include "cli/rule_pages.h"

#include <stdio.h>
#include <string.h>

static ddbexpr_status append_json(struct session *s)
{
    size_t count = rule_page_count();
    const ddbexpr_value **objects = ddbexpr_arena_alloc(s->arena, count * sizeof *objects);
    for (size_t i = 0; objects && i < count; i++) {
        struct rule_and_page found = rule_page_at(i);
        objects[i] = rule_page_value(s->arena, &found.rule, NULL);
        if (!objects[i])
            return DDBEXPR_NO_MEMORY;
    }
    const ddbexpr_value *list = objects ? ddbexpr_value_list(s->arena, objects, count) : NULL;
    ddbexpr_status status = list ? ddbexpr_json_write_value(list, DDBEXPR_JSON_PLAIN, 2, s->out) : DDBEXPR_NO_MEMORY;
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static ddbexpr_status append_text(struct session *s)
{
    size_t longest = 0;
    for (size_t i = 0; i < rule_page_count(); i++) {
        size_t length = strlen(rule_page_at(i).rule.name);
        longest = length > longest ? length : longest;
    }
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < rule_page_count() && status == DDBEXPR_OK; i++) {
        const ddbexpr_rule rule = rule_page_at(i).rule;
        char line[256];
        snprintf(line, sizeof line, "%s  %-7s  %-*s  %s\n", rule.code, ddbexpr_severity_name(rule.severity),
                 (int)longest, rule.name, rule.summary);
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(line));
    }
    return status;
}

static int print(struct session *s)
{
    if (s->options->argument_count) {
        complain("rules lists them all; for one, write ddbexpr rule %s", s->options->arguments[0]);
        return EXIT_UNUSABLE;
    }
    return session_put_out(s, s->json ? append_json(s) : append_text(s));
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    exit = print(&session);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"format", "FORMAT", "text or json", OPTION_FORMAT},
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_rules = {
    "rules",
    "lists every code there is, with its severity and name",
    "[OPTION …]",
    "Errors are refused by the service, or can never do what they say; the others are accepted by the service, but\n"
    "probably not meant. `ddbexpr rule CODE` shows the page of one.",
    "  ddbexpr rules",
    specs,
    run,
};
