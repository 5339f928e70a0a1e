/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of the rules, each in the file of its family. */
#ifndef DDBEXPR_LINT_RULES_H
#define DDBEXPR_LINT_RULES_H

#include "lint/lint.h"

#define LINT_RULE(code, function) void function(struct lint *l);
#include "lint/rules.def"
#undef LINT_RULE

#endif
