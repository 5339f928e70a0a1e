/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a JSON text, byte by byte: strings, and members of objects, in the manner of what stands around them. */
#ifndef DDBEXPR_JSON_EDITS_H
#define DDBEXPR_JSON_EDITS_H

#include "json/document.h"

/* What is put in the place of a stretch of the text. */
struct json_edit {
    ddbexpr_span span;
    str text;
    size_t order; /* of several at one place */
};

/* Changes collected; those of one place come in the order in which they were added. */
struct json_edits {
    ddbexpr_arena *arena;
    const struct json_document *d;
    struct json_edit *edits;
    size_t count, size;
    bool no_memory; /* sticks */
};

/* A member that an object gets. */
struct json_addition {
    str name;
    str value; /* JSON */
};

/* Replaces bytes. The text is borrowed. */
void json_edit_replace(struct json_edits *e, ddbexpr_span span, str text);

/* Drops the members of an object whose names' nodes are listed in the order of the text, and adds others at its end. */
void json_edit_members(struct json_edits *e, uint32_t object, const uint32_t *dropped, size_t dropped_count,
                       const struct json_addition *added, size_t added_count);

/* Adds members behind one that stays; its name's node. Before those around it are dropped. */
void json_edit_insert(struct json_edits *e, uint32_t object, uint32_t name, const struct json_addition *added,
                      size_t added_count);

/* An object with members, as one would be written beside those of `like`. In the arena. */
str json_edit_object(struct json_edits *e, uint32_t like, const struct json_addition *members, size_t count);

/* A text as the inside of a JSON string. In the arena. */
str json_edit_escape(struct json_edits *e, str text);

/* Texts joined. In the arena. */
str json_edit_join(struct json_edits *e, const str *parts, size_t count);

/* Whether people have put a blank behind the colons of an object. */
bool json_edit_has_blanks(const struct json_document *d, uint32_t object);

/* Appends a stretch of the text with the changes, which do not overlap. Errors: NO_MEMORY. */
ddbexpr_status json_edits_write(struct json_edits *e, ddbexpr_span span, ddbexpr_buffer *out);

#endif
