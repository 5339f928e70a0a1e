/* SPDX-License-Identifier: Apache-2.0 */
/* The requests found so far: what those that look for them share. */
#ifndef DDBEXPR_JSON_FOUND_H
#define DDBEXPR_JSON_FOUND_H

#include "json/locate.h"

/* Grows in the arena; old copies stay there. */
struct found_list {
    ddbexpr_arena *arena;
    ddbexpr_found_request *found;
    size_t count, size;
};

/* Errors: NO_MEMORY. */
ddbexpr_status json_add_found(struct found_list *list, const struct ddbexpr_json_map *map, str label);

/* The tasks of a document's state machines that call DynamoDB, in the order of the text (states.c). */
ddbexpr_status json_find_tasks(const struct json_document *d, struct found_list *list);

#endif
