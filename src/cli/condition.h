/* SPDX-License-Identifier: Apache-2.0 */
/* The one condition that eval and explain are about, and the update beside it. */
#ifndef DDBEXPR_CLI_CONDITION_H
#define DDBEXPR_CLI_CONDITION_H

#include "cli/stored.h"

struct expressions {
    ddbexpr_program *key_condition; /* beside a filter; NULL: none was given, as for the next */
    ddbexpr_program *condition;     /* or filter, or key condition without a filter */
    ddbexpr_program *update;
    const ddbexpr_value *key; /* the request's Key */
};

/* Compiles a request's condition, or filter and key condition, and its update. What only one of them uses is fine.
 * EXIT_TRUE, or told. */
int compile_expressions(struct session *session, const ddbexpr_request *request, struct expressions *ret);
void expressions_free(struct expressions *expressions);

/* The same for those who need exactly one condition. */
int compile_condition(struct session *session, ddbexpr_program **ret_program);

/* The attributes of items that a condition looks at. */
int condition_attributes(struct session *session, const ddbexpr_program *condition, const ddbexpr_json_wanted **ret);

#define OPTION_SPECS_CONDITION                                                                                         \
    OPTION_SPEC_CONDITION, OPTION_SPEC_FILTER, OPTION_SPEC_KEY_CONDITION, OPTION_SPEC_UPDATE, OPTION_SPEC_NAMES,       \
        OPTION_SPEC_VALUES, {"cli-input-json", "JSON", "a whole request to take them from", OPTION_CLI_INPUT_JSON},    \
        {"key", "JSON", "the request's Key: what a missing item starts from", OPTION_KEY},                             \
        {"table-name", "NAME", "accepted", OPTION_TABLE_NAME},                                                         \
        {"return-values", "X", "accepted", OPTION_RETURN_VALUES},                                                      \
        {"return-values-on-condition-check-failure", "X", "accepted", OPTION_RETURN_VALUES_ON_FAILURE},                \
        {"item", "JSON", "the stored item; without it and --items: there is none", OPTION_ITEM},                       \
        {"items", "FILE", "many stored items: an object, an array, JSON Lines, an export, a scan's answer",            \
         OPTION_ITEMS},                                                                                                \
        {"plain", NULL, "items and values are plain JSON, types inferred", OPTION_PLAIN},                              \
        {"format", "FORMAT", "text or json (explain: or markdown)", OPTION_FORMAT}, OPTION_SPEC_COLOR,                 \
        OPTION_SPEC_HELP

#endif
