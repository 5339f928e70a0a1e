/* SPDX-License-Identifier: Apache-2.0 */
/* Members of one object with the same name. */
#ifndef DDBEXPR_JSON_DUPLICATES_H
#define DDBEXPR_JSON_DUPLICATES_H

#include "json/document.h"

/* The first member (its name's node) whose name an earlier one of the object has; 0: there is none. Linear for names
 * as they come, n log n for names that were made to collide. Errors: NO_MEMORY. */
ddbexpr_status json_find_duplicate(ddbexpr_arena *arena, const struct json_node *nodes, uint32_t object, uint32_t *ret);

#endif
