/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr scan: Scan, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_SCAN); }

static const struct option_spec specs[] = {
    OPTION_SPEC_FILTER,
    OPTION_SPEC_PROJECTION,
    {"select", "X", "Select", OPTION_SELECT},
    {"limit", "N", "Limit", OPTION_LIMIT},
    {"exclusive-start-key", "JSON", "ExclusiveStartKey", OPTION_EXCLUSIVE_START_KEY},
    {"consistent-read", NULL, "accepted", OPTION_CONSISTENT_READ},
    {"no-consistent-read", NULL, "accepted", OPTION_NO_CONSISTENT_READ},
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_scan = {
    "scan",
    "Scan against items in a file",
    "--items FILE --key-schema SCHEMA [OPTION …]",
    "Takes the options of `aws dynamodb scan`. The table is the file given by --items. One page only.",
    "  echo '{\"pk\": {\"S\": \"a\"}, \"hits\": {\"N\": \"4\"}}' | ddbexpr scan --filter-expression 'hits > :n' \\\n"
    "    --expression-attribute-values '{\":n\": {\"N\": \"3\"}}' --items - --key-schema pk:S",
    specs,
    run,
};
