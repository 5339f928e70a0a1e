/* SPDX-License-Identifier: Apache-2.0 */
/* --select, --ignore, --fail-on. Must not know what a rule is about. */
#include "cli/check/select.h"

#include <ddbexpr/lint.h>

#include <string.h>

static bool is_prefix(ddbexpr_str prefix, const char *code)
{
    return strlen(code) >= prefix.len && memcmp(prefix.ptr, code, prefix.len) == 0;
}

/* A rule that nobody has is a slip of the pen, which would otherwise switch nothing off, or everything. */
static bool some_rule_begins(ddbexpr_str prefix)
{
    for (size_t i = 0; i < ddbexpr_rule_count(); i++)
        if (is_prefix(prefix, ddbexpr_rule_at(i).code))
            return true;
    return false;
}

static bool add_item(struct session *s, struct selection *selection, bool wanted, ddbexpr_str prefix)
{
    struct selection_item *item = ddbexpr_arena_alloc(s->arena, sizeof *item);
    if (!item) {
        complain_no_memory(NULL);
        return false;
    }
    *item = (struct selection_item){NULL, wanted, prefix};
    if (selection->last)
        selection->last->next = item;
    else
        selection->first = item;
    selection->last = item;
    selection->named |= wanted;
    return true;
}

bool selection_add(struct session *s, struct selection *selection, bool wanted, const char *codes, const char *option)
{
    for (const char *at = codes;; at++) {
        at += strspn(at, " ");
        ddbexpr_str prefix = {at, strcspn(at, ", ")};
        at += prefix.len;
        at += strspn(at, " ");
        if (*at != ',' && *at != '\0') {
            complain("%s takes codes with commas between them, not '%s'", option, codes);
            return false;
        }
        if (prefix.len < 2 || !some_rule_begins(prefix)) {
            complain("%s: no code begins with '%.*s'", option, (int)(prefix.len < 100 ? prefix.len : 100), prefix.ptr);
            return false;
        }
        if (!add_item(s, selection, wanted, prefix))
            return false;
        if (*at == '\0')
            return true;
    }
}

bool selection_add_options(struct session *s, struct selection *selection)
{
    for (size_t i = 0; i < s->options->given_count; i++) {
        const struct option_given *given = &s->options->given[i];
        if (given->id == OPTION_SELECT_CODES && !selection_add(s, selection, true, given->value, "--select"))
            return false;
        if (given->id == OPTION_IGNORE_CODES && !selection_add(s, selection, false, given->value, "--ignore"))
            return false;
    }
    return true;
}

bool selection_has(const struct selection *selection, const char *code, bool by_default)
{
    bool has = by_default && !selection->named;
    for (const struct selection_item *item = selection->first; item; item = item->next)
        if (is_prefix(item->prefix, code))
            has = item->wanted;
    return has;
}

bool read_fail_on(const struct session *s, ddbexpr_severity *ret)
{
    const char *given = options_value(s->options, OPTION_FAIL_ON);
    const ddbexpr_severity severities[] = {DDBEXPR_ERROR, DDBEXPR_WARNING, DDBEXPR_INFO};
    *ret = DDBEXPR_ERROR;
    if (!given)
        return true;
    for (size_t i = 0; i < sizeof severities / sizeof *severities; i++)
        if (strcmp(given, ddbexpr_severity_name(severities[i])) == 0) {
            *ret = severities[i];
            return true;
        }
    complain("--fail-on is error, warning or info, not '%s'", given);
    return false;
}

bool is_fault(const struct finding *finding) { return ddbexpr_diag_service_type(finding->diag)[0] != '\0'; }

int exit_for_findings(const struct findings *findings, ddbexpr_severity fail_on)
{
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->all[i];
        if (finding->suppressed)
            continue;
        if (is_fault(finding))
            return EXIT_REFUSED;
        if (ddbexpr_diag_severity(finding->diag) <= fail_on)
            exit = EXIT_FALSE;
    }
    return exit;
}
