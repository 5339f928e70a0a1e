/* SPDX-License-Identifier: Apache-2.0 */
/* Requests in which some values are filled in when a state machine runs. */
#ifndef DDBEXPR_JSON_DYNAMIC_H
#define DDBEXPR_JSON_DYNAMIC_H

#include "json/locate.h"

/* Whether a string is filled in: {% JSONata %}, or ${…}, which templates replace. */
bool json_is_dynamic(str text);

/* A map of the request whose body a node is, with its own nodes: members that are filled in have a value of their type,
 * or are null where nothing can be said of them. False for *ret_any: there is nothing to check in it. Errors:
 * NO_MEMORY. */
ddbexpr_status json_resolve(ddbexpr_arena *arena, const struct json_document *d, uint32_t node,
                            ddbexpr_operation operation, struct ddbexpr_json_map *ret, bool *ret_any);

#endif
