/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the rules' pages, and taking the Markdown out of them. */
#include "cli/rule_pages.h"

#include <string.h>
#include <strings.h>

struct rule_page {
    const char *code, *name, *summary;
    ddbexpr_severity severity;
    const char *text;
};

#include "rule_pages.inc"

size_t rule_page_count(void) { return sizeof rule_pages / sizeof *rule_pages; }

struct rule_and_page rule_page_at(size_t index)
{
    const struct rule_page *page = &rule_pages[index];
    for (size_t i = 0; i < ddbexpr_rule_count(); i++) {
        ddbexpr_rule rule = ddbexpr_rule_at(i);
        if (strcmp(rule.code, page->code) == 0)
            return (struct rule_and_page){rule, page->text};
    }
    return (struct rule_and_page){{page->code, page->name, page->summary, page->severity, false}, page->text};
}

bool rule_page_find(const char *what, struct rule_and_page *ret)
{
    for (size_t i = 0; i < rule_page_count(); i++) {
        *ret = rule_page_at(i);
        if (strcasecmp(what, ret->rule.code) == 0 || strcmp(what, ret->rule.code + 2) == 0 ||
            strcmp(what, ret->rule.name) == 0)
            return true;
    }
    return false;
}

const ddbexpr_value *rule_page_value(ddbexpr_arena *arena, const ddbexpr_rule *rule, const char *page)
{
    const ddbexpr_str names[] = {ddbexpr_cstr("code"),     ddbexpr_cstr("name"),    ddbexpr_cstr("summary"),
                                 ddbexpr_cstr("severity"), ddbexpr_cstr("is_lint"), ddbexpr_cstr("page")};
    const ddbexpr_value *values[] = {
        ddbexpr_value_string(arena, ddbexpr_cstr(rule->code)),
        ddbexpr_value_string(arena, ddbexpr_cstr(rule->name)),
        ddbexpr_value_string(arena, ddbexpr_cstr(rule->summary)),
        ddbexpr_value_string(arena, ddbexpr_cstr(ddbexpr_severity_name(rule->severity))),
        ddbexpr_value_bool(arena, rule->is_lint),
        ddbexpr_value_string(arena, ddbexpr_cstr(page ? page : "")),
    };
    size_t count = page ? 6 : 5;
    for (size_t i = 0; i < count; i++)
        if (!values[i])
            return NULL;
    return ddbexpr_value_map(arena, names, values, count);
}

/* --- Markdown to text --- */

/* The heading's text, or NULL for a line that is none. */
static const char *heading(const char *line)
{
    size_t marks = strspn(line, "#");
    return marks && line[marks] == ' ' ? line + marks + 1 : NULL;
}

static ddbexpr_status append_line(const char *margin, const char *line, size_t length, ddbexpr_buffer *out)
{
    ddbexpr_status status = length ? ddbexpr_buffer_append(out, ddbexpr_cstr(margin)) : DDBEXPR_OK;
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, (ddbexpr_str){line, length});
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr("\n")) : status;
}

ddbexpr_status rule_page_append_text(const char *page, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    bool in_example = false;
    for (const char *line = page, *end; *line && status == DDBEXPR_OK; line = end + (*end == '\n')) {
        const char *title = in_example ? NULL : heading(line);
        end = line + strcspn(line, "\n");
        size_t length = (size_t)(end - line);
        if (strncmp(line, "```", 3) == 0)
            in_example = !in_example;
        else if (title)
            status = append_line("", title, (size_t)(end - title), out);
        else if (!in_example && length > 2 && line[0] == '*' && end[-1] == '*')
            status = append_line("  ", line + 1, length - 2, out);
        else
            status = append_line(in_example ? "      " : "  ", line, length, out);
    }
    return status;
}
