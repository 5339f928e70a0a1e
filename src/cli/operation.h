/* SPDX-License-Identifier: Apache-2.0 */
/* Running a whole request from the command line: what put-item, update-item and the others share. */
#ifndef DDBEXPR_CLI_OPERATION_H
#define DDBEXPR_CLI_OPERATION_H

#include "cli/stored.h"

/* Reads request and tables from the options, runs the request, prints the answer. An exit status. */
int run_operation(const struct options *options, ddbexpr_operation operation);

/* Puts the items of a table back into its file, in the form that it has: one object, an array, lines, an export, an
 * answer of Scan. Atomic: a new file beside it, synced, renamed. False: told. */
bool write_back(struct session *session, const char *path, const ddbexpr_outcome *outcome, size_t table);

#define OPTION_SPECS_TABLE                                                                                             \
    {"table-name", "NAME", "TableName", OPTION_TABLE_NAME},                                                            \
        {"items", "[TABLE=]FILE", "what the table holds: an object, an array, JSON Lines, an export, a scan's answer", \
         OPTION_ITEMS},                                                                                                \
    {                                                                                                                  \
        "key-schema", "[TABLE=]SCHEMA", "key attributes: pk:S or pk:S,sk:N", OPTION_KEY_SCHEMA                         \
    }

#define OPTION_SPECS_COMMON                                                                                            \
    {"cli-input-json", "JSON", "the request's body; other options are laid over it", OPTION_CLI_INPUT_JSON},           \
        OPTION_SPEC_NAMES, OPTION_SPEC_VALUES, OPTION_SPEC_MESSAGES,                                                   \
        {"format", "FORMAT", "text or json", OPTION_FORMAT},                                                           \
        {"plain", NULL, "items, keys and values are plain JSON, types inferred", OPTION_PLAIN}, OPTION_SPEC_COLOR,     \
        {"return-consumed-capacity", "X", "accepted", OPTION_RETURN_CONSUMED_CAPACITY},                                \
        {"region", "X", "", OPTION_IGNORED}, {"profile", "X", "", OPTION_IGNORED},                                     \
        {"endpoint-url", "X", "", OPTION_IGNORED}, {"output", "X", "", OPTION_IGNORED},                                \
        {"no-cli-pager", NULL, "", OPTION_IGNORED}, OPTION_SPEC_HELP

#define OPTION_SPECS_WRITE                                                                                             \
    OPTION_SPEC_CONDITION, {"return-values", "X", "ReturnValues", OPTION_RETURN_VALUES},                               \
        {"return-values-on-condition-check-failure", "X", "ALL_OLD or NONE", OPTION_RETURN_VALUES_ON_FAILURE},         \
        {"return-item-collection-metrics", "X", "accepted", OPTION_RETURN_ITEM_COLLECTION_METRICS},                    \
        {"diff", NULL, "after a success: what changes in the item, instead of the item", OPTION_DIFF},                 \
    {                                                                                                                  \
        "write", NULL, "put the table after a success back into its file", OPTION_WRITE                                \
    }

#endif
