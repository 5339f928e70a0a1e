/* SPDX-License-Identifier: Apache-2.0 */
/* From options to the items and tables that a request is run against. */
#ifndef DDBEXPR_CLI_STORED_H
#define DDBEXPR_CLI_STORED_H

#include "cli/arguments.h"

/* --item of eval and explain: the stored item, NULL without it. EXIT_TRUE, or told, as all that follows. */
int read_stored_item(struct session *session, const ddbexpr_value **ret);

/* The tables of --items FILE or TABLE=FILE and --key-schema SCHEMA or TABLE=SCHEMA, but not what they hold; without a
 * key schema where none was given. */
int read_schemas(struct session *session, ddbexpr_table **ret, size_t *ret_count);

/* The same with their items, one table at least; a schema that is not given is taken from the request's Key, with a
 * warning. */
int read_tables(struct session *session, const ddbexpr_request *request, ddbexpr_table **ret, size_t *ret_count);

#endif
