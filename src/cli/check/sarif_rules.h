/* SPDX-License-Identifier: Apache-2.0 */
/* The rules array of a SARIF run. */
#ifndef DDBEXPR_CLI_CHECK_SARIF_RULES_H
#define DDBEXPR_CLI_CHECK_SARIF_RULES_H

#include "cli/check/findings.h"
#include "cli/report/report_tree.h"

/* Fills `rules` (an array) with the rules that findings have, by code, and `indexes` (an object) with the place of each
 * by its code. */
void sarif_rules(struct tree *tree, const struct findings *findings, json_t *rules, json_t *indexes);

/* "error", "warning", "note". Static. */
const char *sarif_level(ddbexpr_severity severity);

#endif
