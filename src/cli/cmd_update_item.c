/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr update-item: UpdateItem, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_UPDATE_ITEM); }

static const struct option_spec specs[] = {
    {"key", "JSON", "the Key of the item", OPTION_KEY},
    OPTION_SPEC_UPDATE,
    OPTION_SPECS_WRITE,
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_update_item = {
    "update-item",
    "UpdateItem against items in a file",
    "--key JSON --update-expression TEXT --items FILE [OPTION …]",
    "Takes the options of `aws dynamodb update-item`. The table is the file given by --items; nothing is written to "
    "it\n"
    "without --write. Prints the response and the item after, or the service's error and why.",
    "  echo '{\"pk\": {\"S\": \"a\"}, \"hits\": {\"N\": \"3\"}}' | ddbexpr update-item --key '{\"pk\": {\"S\": "
    "\"a\"}}' \\\n"
    "    --update-expression 'ADD hits :one' --expression-attribute-values '{\":one\": {\"N\": \"1\"}}' \\\n"
    "    --items - --key-schema pk:S",
    specs,
    run,
};
