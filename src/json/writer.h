/* SPDX-License-Identifier: Apache-2.0 */
/* Writing JSON: commas, indentation and escapes, so that nobody else thinks of them. */
#ifndef DDBEXPR_JSON_WRITER_H
#define DDBEXPR_JSON_WRITER_H

#include <ddbexpr/json.h>

typedef ddbexpr_str str;
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})

struct json_writer {
    ddbexpr_buffer *out;
    unsigned indent; /* blanks a level; 0: one line */
    unsigned depth;
    bool empty;      /* nothing stands in the innermost container yet */
    bool after_name; /* the next value follows a member's name */
    ddbexpr_status status;
};

static inline struct json_writer json_writer_on(ddbexpr_buffer *out, unsigned indent)
{
    return (struct json_writer){.out = out, .indent = indent, .empty = true};
}

void json_begin(struct json_writer *w, char bracket); /* { or [ */
void json_end(struct json_writer *w, char bracket);
void json_name(struct json_writer *w, str name);
void json_put_string(struct json_writer *w, str text);
void json_raw(struct json_writer *w, str text);  /* a number, true, false, null */
void json_more(struct json_writer *w, str text); /* goes on with what json_raw began */
void json_bool(struct json_writer *w, bool truth);
void json_unsigned(struct json_writer *w, uint64_t n);

void json_open_tag(struct json_writer *w, str type);
void json_close_tag(struct json_writer *w);

/* A value, with the type tag or without; an item or map's entries. INVARIANT: values are at most 34 levels high,
 * so is the recursion. */
void json_value(struct json_writer *w, const ddbexpr_value *value, ddbexpr_json_form form);
void json_entries(struct json_writer *w, const ddbexpr_value *map, ddbexpr_json_form form);

/* A member with a string; nothing where the string is empty. */
void json_string_field(struct json_writer *w, const char *name, str text);

/* A member that is an item; nothing where it is NULL. */
void json_item_field(struct json_writer *w, const char *name, const ddbexpr_value *item);

#endif
