/* SPDX-License-Identifier: Apache-2.0 */
/* libddbexpr-json: requests where they stand in texts. Finds the requests of a file, reads them, knows the place of
 * their members, and writes suggested fixes into the text. Since 0.1.0. */
#ifndef DDBEXPR_LOCATED_H
#define DDBEXPR_LOCATED_H

#include <ddbexpr/diagnostic.h>
#include <ddbexpr/request.h>

DDBEXPR_BEGIN_DECLS

/* Where a request stands in a text, and its members. Lives in the arena that it was found with; immutable. */
typedef struct ddbexpr_json_map ddbexpr_json_map;

/* What to take for a request where it does not say so itself. Zero-initialise and set `size`. */
typedef struct ddbexpr_json_search {
    size_t size;           /* sizeof(ddbexpr_json_search) */
    ddbexpr_str file_name; /* may name the operation: put-item.json, UpdateItem.json; folders before it are ignored */
    bool operation_given;  /* `operation` is that of every request without a member that names one */
    ddbexpr_operation operation;
    bool filled_in; /* the text is what a task of a state machine sends, alone; with `operation_given` */
} ddbexpr_json_search;

/* A request that was found; it is not read yet. */
typedef struct ddbexpr_found_request {
    ddbexpr_operation operation;
    ddbexpr_str label; /* which of several it is: "[3]", "state ReserveStock"; empty: the text is this request */
    bool filled_in;    /* a state machine's: some of it may be filled in when that runs */
    const ddbexpr_json_map *map;
} ddbexpr_found_request;

/* Finds the requests of a JSON text: a request, an array of them, or one after another (JSON Lines); each with its
 * members as sent on the wire, or as {"op": "PutItem", "request": {…}}; or the tasks of a state machine in Amazon
 * States Language that call DynamoDB, on all levels, also inside another document. The operation of a request is that
 * of its member op, operation, Operation or eventName; else the search's; else that which has its members; else the one
 * that the file is named after. *ret_others (may be NULL) counts objects of an array and lines that are no request. The
 * text is borrowed as by the other readers and must live as long as what was found. Errors: INVALID (no JSON; told),
 * NO_MEMORY, LIMIT, MISUSE (size). */
DDBEXPR_API ddbexpr_status ddbexpr_json_find_requests(ddbexpr_arena *arena, ddbexpr_str text,
                                                      const ddbexpr_json_search *search, ddbexpr_diags *diags,
                                                      const ddbexpr_found_request **ret_found, size_t *ret_count,
                                                      size_t *ret_others);

/* Reads a request that was found. What a state machine fills in when it runs is listed in its `unknown_values`, with
 * values of the right type in their place; expressions that are filled in are left out, and so are placeholders that
 * nothing else uses; it is `incomplete` where that leaves out what may have to be there.
 * Errors: INVALID (told, with the place in the request's own text: that of its object), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_json_read_found(ddbexpr_arena *arena, const ddbexpr_found_request *found,
                                                   ddbexpr_diags *diags, ddbexpr_request *ret_request);

/* The place in the text of what a diagnostic of the request is about: of `span` of the expression, of the member
 * `member` of a map, else of the request or its action (-1: none). Of strings: of the characters between the quotes,
 * escapes counted as they stand. False: there is no such place. Any thread. */
DDBEXPR_API bool ddbexpr_json_map_locate(const ddbexpr_json_map *map, int action, ddbexpr_source source,
                                         ddbexpr_str member, bool has_span, ddbexpr_span span, ddbexpr_span *ret);

/* The request's object in the text. Any thread. */
DDBEXPR_API ddbexpr_span ddbexpr_json_map_span(const ddbexpr_json_map *map);

/* Appends the text of the request's object with the fixes that its diagnostics suggest, as many as go together; all
 * other bytes stay as they are. What comes out is to be checked again: a mended fault uncovers others. *ret_count: how
 * many diagnostics were fixed. Errors: NO_MEMORY. Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_json_fix_request(const ddbexpr_json_map *map, const ddbexpr_diags *diags,
                                                    bool include_unsafe, ddbexpr_buffer *buffer, size_t *ret_count);

/* The same with the fix of one diagnostic only, `diags`' `index`-th: for editors and reports that offer fixes one by
 * one. *ret_fixed: false where it suggests none, or one that cannot be made in this text. Errors: NO_MEMORY. Any
 * thread. */
DDBEXPR_API ddbexpr_status ddbexpr_json_fix_one(const ddbexpr_json_map *map, const ddbexpr_diags *diags, size_t index,
                                                ddbexpr_buffer *buffer, bool *ret_fixed);

DDBEXPR_END_DECLS

#endif
