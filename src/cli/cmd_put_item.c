/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr put-item: PutItem, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_PUT_ITEM); }

static const struct option_spec specs[] = {
    {"item", "JSON", "the item to put", OPTION_ITEM},
    OPTION_SPECS_WRITE,
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_put_item = {
    "put-item",
    "PutItem against items in a file",
    "--item JSON --items FILE --key-schema SCHEMA [OPTION …]",
    "Takes the options of `aws dynamodb put-item`. The table is the file given by --items; nothing is written to it\n"
    "without --write. Prints the response and the item after, or the service's error and why.",
    "  echo '{\"pk\": {\"S\": \"b\"}}' | ddbexpr put-item --item '{\"pk\": {\"S\": \"a\"}}' \\\n"
    "    --condition-expression 'attribute_not_exists(pk)' --items - --key-schema pk:S",
    specs,
    run,
};
