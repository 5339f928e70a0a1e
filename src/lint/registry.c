/* SPDX-License-Identifier: Apache-2.0 */
/* The table of rules, and the public list of every code there is. Must not know what a rule does. */
#include "lint/registry.h"

static const struct lint_rule rules[] = {
#define LINT_RULE(code, function) {"DX" #code, function},
#include "lint/rules.def"
#undef LINT_RULE
};

size_t lint_rule_count(void) { return sizeof rules / sizeof *rules; }

const struct lint_rule *lint_rule_at(size_t index) { return &rules[index]; }

size_t ddbexpr_rule_count(void) { return diag_rule_count(); }

ddbexpr_rule ddbexpr_rule_at(size_t index)
{
    if (index >= diag_rule_count())
        return (ddbexpr_rule){NULL, NULL, NULL, DDBEXPR_INFO, false};
    struct diag_rule rule = diag_rule_at(index);
    return (ddbexpr_rule){rule.code, rule.name, rule.summary, rule.severity, rule.is_lint};
}
