/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of jansson. It does not tell in every place that there was none, and its reader goes on with half of a
 * token then, past the end of it (seen with 2.14): so it is kept whether it ran out, and a text is read all or
 * nothing. */
#ifndef DDBEXPR_CLI_REPORT_TREE_MEMORY_H
#define DDBEXPR_CLI_REPORT_TREE_MEMORY_H

#include <ddbexpr/api.h>
#include <jansson.h>

/* For main, before anything of jansson is used. */
void tree_memory_begin(void);

/* Whether some of jansson's allocations since then has failed. */
bool tree_memory_ran_out(void);

/* A text as a tree, of which nothing is left where memory ran out. INVALID: `ret_error` says what and where. */
ddbexpr_status tree_load(ddbexpr_str text, size_t flags, json_t **ret, json_error_t *ret_error);

#endif
