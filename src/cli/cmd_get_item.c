/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr get-item: GetItem, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_GET_ITEM); }

static const struct option_spec specs[] = {
    {"key", "JSON", "the Key of the item", OPTION_KEY},
    OPTION_SPEC_PROJECTION,
    {"consistent-read", NULL, "accepted", OPTION_CONSISTENT_READ},
    {"no-consistent-read", NULL, "accepted", OPTION_NO_CONSISTENT_READ},
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_get_item = {
    "get-item",
    "GetItem against items in a file",
    "--key JSON --items FILE [OPTION …]",
    "Takes the options of `aws dynamodb get-item`. The table is the file given by --items.",
    "  echo '{\"pk\": {\"S\": \"a\"}, \"tags\": {\"L\": [{\"S\": \"x\"}]}}' | ddbexpr get-item \\\n"
    "    --key '{\"pk\": {\"S\": \"a\"}}' --projection-expression 'pk, tags[0]' --items - --key-schema pk:S",
    specs,
    run,
};
