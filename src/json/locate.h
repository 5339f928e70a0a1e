/* SPDX-License-Identifier: Apache-2.0 */
/* The map of a request: its nodes, asked for the place of a member when somebody wants to know. */
#ifndef DDBEXPR_JSON_LOCATE_H
#define DDBEXPR_JSON_LOCATE_H

#include "json/document.h"

#include <ddbexpr/located.h>

struct ddbexpr_json_map {
    struct json_document d; /* without diagnostics; spans are those of the text, whatever became of the nodes */
    uint32_t node;          /* the request's object */
    ddbexpr_operation operation;
    bool resolved;             /* of a state machine: the nodes are not quite those of the text */
    bool incomplete;           /* members that may have to be there were left out */
    const str *unknown_values; /* see ddbexpr_request */
    size_t unknown_value_count;
};

/* A member's value also where it is null, and where a state machine fills it in: a node of another kind. 0: none. */
uint32_t json_any_member(const struct json_document *d, uint32_t object, str name);

/* The object that has the members of a transaction's action; of the request itself for -1. False: there is none. */
bool json_map_body(const ddbexpr_json_map *map, int action, uint32_t *ret);

/* The inside of a string as it stands in the text. */
ddbexpr_span json_inside(const struct json_document *d, uint32_t node);

/* A span of what a string stands for, in the text. */
ddbexpr_span json_raw_span(const struct json_document *d, uint32_t node, ddbexpr_span span);

#endif
