/* SPDX-License-Identifier: Apache-2.0 */
/* The one condition that eval and explain are about. */
#ifndef DDBEXPR_CLI_CONDITION_H
#define DDBEXPR_CLI_CONDITION_H

#include "cli/stored.h"

/* Reads the request and finds its condition, filter or key condition: exactly one of --condition-expression,
 * --filter-expression and --key-condition-expression. An update expression beside it is checked, too, so that
 * placeholders that only it uses are fine. The program lives until ddbexpr_program_free. EXIT_TRUE, or told. */
int compile_condition(struct session *session, ddbexpr_program **ret_program);

#define OPTION_SPECS_CONDITION                                                                                         \
    OPTION_SPEC_CONDITION, OPTION_SPEC_FILTER, OPTION_SPEC_KEY_CONDITION, OPTION_SPEC_UPDATE, OPTION_SPEC_NAMES,       \
        OPTION_SPEC_VALUES, {"cli-input-json", "JSON", "a whole request to take them from", OPTION_CLI_INPUT_JSON},    \
        {"key", "JSON", "accepted", OPTION_KEY}, {"table-name", "NAME", "accepted", OPTION_TABLE_NAME},                \
        {"return-values", "X", "accepted", OPTION_RETURN_VALUES},                                                      \
        {"return-values-on-condition-check-failure", "X", "accepted", OPTION_RETURN_VALUES_ON_FAILURE},                \
        {"item", "JSON", "the stored item; without it and --items: there is none", OPTION_ITEM},                       \
        {"items", "FILE", "many stored items: an object, an array, JSON Lines, an export, a scan's answer",            \
         OPTION_ITEMS},                                                                                                \
        {"plain", NULL, "items and values are plain JSON, types inferred", OPTION_PLAIN},                              \
        {"format", "FORMAT", "text or json", OPTION_FORMAT}, OPTION_SPEC_COLOR, OPTION_SPEC_HELP

#endif
