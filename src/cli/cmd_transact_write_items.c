/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr transact-write-items: TransactWriteItems, answered as the service answers it. */
#include "cli/operation.h"

static int run(const struct options *options) { return run_operation(options, DDBEXPR_TRANSACT_WRITE_ITEMS); }

static const struct option_spec specs[] = {
    {"transact-items", "JSON", "the actions", OPTION_TRANSACT_ITEMS},
    {"client-request-token", "X", "ClientRequestToken", OPTION_CLIENT_REQUEST_TOKEN},
    {"return-item-collection-metrics", "X", "accepted", OPTION_RETURN_ITEM_COLLECTION_METRICS},
    {"write", NULL, "put the tables after a success back into their files", OPTION_WRITE},
    OPTION_SPECS_TABLE,
    OPTION_SPECS_COMMON,
    {NULL, NULL, NULL, 0},
};

const struct command command_transact_write_items = {
    "transact-write-items",
    "TransactWriteItems against items in a file",
    "--transact-items JSON --items TABLE=FILE --key-schema TABLE=SCHEMA [OPTION …]",
    "Takes the options of `aws dynamodb transact-write-items`. A file for each table; nothing is written to them\n"
    "without --write.",
    "  echo '{\"pk\": {\"S\": \"a\"}}' | ddbexpr transact-write-items --transact-items \\\n"
    "    '[{\"Delete\": {\"TableName\": \"T\", \"Key\": {\"pk\": {\"S\": \"a\"}}}}]' --items T=- --key-schema T=pk:S",
    specs,
    run,
};
