/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON text as a flat array of nodes in document order. */
#ifndef DDBEXPR_JSON_DOCUMENT_H
#define DDBEXPR_JSON_DOCUMENT_H

#include "base/limits.h"

#include <ddbexpr/json.h>

typedef ddbexpr_str str;
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})

enum json_kind {
    JSON_KIND_OBJECT,
    JSON_KIND_ARRAY,
    JSON_KIND_STRING,
    JSON_KIND_NUMBER,
    JSON_KIND_TRUE,
    JSON_KIND_FALSE,
    JSON_KIND_NULL
};

struct json_node {
    enum json_kind kind;
    uint32_t next;     /* the node after everything inside this one */
    uint32_t count;    /* members of an object, elements of an array */
    ddbexpr_span span; /* of the value in the text, quotes included */
    str text;          /* string: unescaped; number: as written */
};

struct json_document {
    str text;
    const struct json_node *nodes; /* root at 0; a member is its name's string node, then its value */
    uint32_t count;
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    ddbexpr_span *fault; /* not NULL: gets the place of a fault, which is not told then */
};

/* Parses a whole text. Errors: INVALID (told), NO_MEMORY, LIMIT. */
ddbexpr_status json_parse(ddbexpr_arena *arena, str text, ddbexpr_diags *diags, struct json_document *ret);

/* Parses the one value that begins at `offset`; more may follow where it ends (nodes[0].span.end). */
ddbexpr_status json_parse_at(ddbexpr_arena *arena, str text, size_t offset, ddbexpr_diags *diags,
                             struct json_document *ret);

/* The same with the text and the arena of another document, and faults told where it has them told. */
ddbexpr_status json_parse_like(const struct json_document *like, size_t offset, struct json_document *ret);

/* Parses the first value of a text with an empty array in the place of `hole`, where one stands that is read otherwise.
 * Faults are not told. */
ddbexpr_status json_parse_around(ddbexpr_arena *arena, str text, ddbexpr_span hole, struct json_document *ret);

/* INVALID, told, if there is anything but blanks from `offset` on. */
ddbexpr_status json_expect_end(const struct json_document *d, size_t offset);

static inline bool str_is(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (a.ptr[i] != b.ptr[i])
            return false;
    return true;
}

/* The value of an object's member: its node number, or 0 if there is none or it is null (0 is the root). */
uint32_t json_member(const struct json_document *d, uint32_t object, str name);

/* Walks an object's members: `at` is the first name (object + 1), then json_next_member of it until it reaches the
 * object's next. The value of a name is at + 1. */
static inline uint32_t json_next_member(const struct json_document *d, uint32_t at) { return d->nodes[at + 1].next; }

/* Reports a fault with a node's span; returns INVALID or NO_MEMORY. */
ddbexpr_status json_fault(const struct json_document *d, uint32_t node, ddbexpr_input_fault fault, str a, str b);

/* Reports a fault with what stands at a byte of the text (a token, or the end). */
ddbexpr_status json_fault_at(const struct json_document *d, size_t offset, ddbexpr_input_fault fault, str argument);

/* A member's string in *ret (untouched if there is none). A wrong type is told as the service tells it. */
ddbexpr_status json_string_member(const struct json_document *d, uint32_t object, str name, str *ret);

/* INVALID, told as the service tells it: the node should be a scalar of another type, "String", "Boolean", "Integer".
 */
ddbexpr_status json_not_scalar(const struct json_document *d, uint32_t node, str type);

/* INVALID, told, if the node is no string, object, … */
ddbexpr_status json_expect_string(const struct json_document *d, uint32_t node);
ddbexpr_status json_expect(const struct json_document *d, uint32_t node, enum json_kind kind);

#endif
