/* SPDX-License-Identifier: Apache-2.0 */
/* The rules: which function looks for what. Their names, severities and words stand in diagnostics.def. */
#ifndef DDBEXPR_LINT_REGISTRY_H
#define DDBEXPR_LINT_REGISTRY_H

#include "lint/rules.h"

struct lint_rule {
    const char *code;
    void (*run)(struct lint *l);
};

size_t lint_rule_count(void);
const struct lint_rule *lint_rule_at(size_t index);

#endif
