/* SPDX-License-Identifier: Apache-2.0 */
/* Requests from JSON nodes. */
#ifndef DDBEXPR_JSON_REQUEST_H
#define DDBEXPR_JSON_REQUEST_H

#include "json/document.h"

/* The request whose body a node is. Errors: INVALID (told), NO_MEMORY. */
ddbexpr_status json_read_request(const struct json_document *d, uint32_t node, ddbexpr_operation operation,
                                 ddbexpr_request *ret);

/* The body of a transaction's action (an object), and how many bodies it has: only one is right. 0: none; the operation
 * is then left as it is. */
uint32_t json_find_action(const struct json_document *d, uint32_t node, ddbexpr_operation *ret_operation,
                          uint32_t *ret_count);

#endif
