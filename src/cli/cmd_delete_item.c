/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr delete-item: DeleteItem, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_DELETE_ITEM); }

static const struct option_spec specs[] = {
    {"key", "JSON", "the Key of the item", OPTION_KEY},
    OPTION_SPECS_WRITE,
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_delete_item = {
    "delete-item",
    "DeleteItem against items in a file",
    "--key JSON --items FILE [OPTION …]",
    "Takes the options of `aws dynamodb delete-item`. The table is the file given by --items; nothing is written to "
    "it\n"
    "without --write.",
    "  echo '{\"pk\": {\"S\": \"a\"}}' | ddbexpr delete-item --key '{\"pk\": {\"S\": \"a\"}}' \\\n"
    "    --condition-expression 'attribute_exists(pk)' --items - --key-schema pk:S",
    specs,
    run,
};
