/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr query: Query, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_QUERY); }

static const struct option_spec specs[] = {
    OPTION_SPEC_KEY_CONDITION,
    OPTION_SPEC_FILTER,
    OPTION_SPEC_PROJECTION,
    {"select", "X", "Select", OPTION_SELECT},
    {"limit", "N", "Limit", OPTION_LIMIT},
    {"exclusive-start-key", "JSON", "ExclusiveStartKey", OPTION_EXCLUSIVE_START_KEY},
    {"scan-index-forward", NULL, "ascending order (the default)", OPTION_SCAN_INDEX_FORWARD},
    {"no-scan-index-forward", NULL, "descending order", OPTION_NO_SCAN_INDEX_FORWARD},
    {"consistent-read", NULL, "accepted", OPTION_CONSISTENT_READ},
    {"no-consistent-read", NULL, "accepted", OPTION_NO_CONSISTENT_READ},
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_query = {
    "query",
    "Query against items in a file",
    "--key-condition-expression TEXT --items FILE --key-schema SCHEMA [OPTION …]",
    "Takes the options of `aws dynamodb query`. The table is the file given by --items. One page only.",
    "  echo '{\"pk\": {\"S\": \"a\"}, \"sk\": {\"N\": \"1\"}}' | ddbexpr query \\\n"
    "    --key-condition-expression 'pk = :p AND sk > :n' \\\n"
    "    --expression-attribute-values '{\":p\": {\"S\": \"a\"}, \":n\": {\"N\": \"0\"}}' --items - --key-schema "
    "pk:S,sk:N",
    specs,
    run,
};
