/* SPDX-License-Identifier: Apache-2.0 */
/* Values as suites write them. Walks with a stack of its own: values are up to 34 levels high (ddbexpr/value.h). */
#include "cli/test/test_words.h"

#include "cli/input.h"
#include "cli/limits.h"
#include "cli/report/report_clean.h"

#include <stdio.h>
#include <string.h>

struct writer {
    ddbexpr_buffer *out;
    enum test_notation notation;
    ddbexpr_status status;
};

static void put(struct writer *w, ddbexpr_str text)
{
    if (w->status == DDBEXPR_OK)
        w->status = ddbexpr_buffer_append(w->out, text);
}

static void put_words(struct writer *w, const char *text) { put(w, ddbexpr_cstr(text)); }

/* --- texts --- */

/* JSON asks for escapes of quotes, backslashes and what is below U+0020; YAML also for DEL and more (YAML 1.1, 5.1);
 * people for what turns text around. The length of the character at `text`, if it needs one; *ret_code says which. */
static size_t needs_escape(ddbexpr_str text, unsigned *ret_code)
{
    unsigned char c = (unsigned char)text.ptr[0];
    bool needs = c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
    *ret_code = needs ? c : clean_unprintable_code(text);
    return needs ? 1 : *ret_code == 0 ? 0 : clean_length(text);
}

static void put_escape(struct writer *w, unsigned code)
{
    char escape[8];
    if (code == '"' || code == '\\')
        snprintf(escape, sizeof escape, "\\%c", (char)code);
    else if (code == '\n')
        snprintf(escape, sizeof escape, "\\n");
    else if (code == '\t')
        snprintf(escape, sizeof escape, "\\t");
    else
        snprintf(escape, sizeof escape, "\\u%04x", code & 0xffffU);
    put_words(w, escape);
}

static void put_quoted(struct writer *w, ddbexpr_str text)
{
    put_words(w, "\"");
    size_t plain = 0;
    for (size_t i = 0; i < text.len;) {
        unsigned code;
        size_t length = needs_escape((ddbexpr_str){text.ptr + i, text.len - i}, &code);
        if (length == 0) {
            i++;
            continue;
        }
        put(w, (ddbexpr_str){text.ptr + plain, i - plain});
        put_escape(w, code);
        plain = i += length;
    }
    put(w, (ddbexpr_str){text.ptr + plain, text.len - plain});
    put_words(w, "\"");
}

/* --- names --- */

static bool is_bare(ddbexpr_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-')))
            return false;
    }
    return name.len > 0;
}

/* What would be no string as a value: a name it is all the same, but it would not look so. */
static bool is_word_of_yaml(ddbexpr_str name)
{
    return same_text(name, ddbexpr_cstr("true")) || same_text(name, ddbexpr_cstr("false")) ||
           same_text(name, ddbexpr_cstr("null"));
}

static void put_name(struct writer *w, ddbexpr_str name)
{
    if (w->notation == TEST_YAML && is_bare(name) && !is_word_of_yaml(name))
        put(w, name);
    else
        put_quoted(w, name);
}

/* "{B: ". */
static void put_type(struct writer *w, ddbexpr_type type)
{
    put_words(w, "{");
    put_name(w, ddbexpr_cstr(ddbexpr_type_name(type)));
    put_words(w, ": ");
}

/* --- values --- */

/* Containers that are open, outermost first. */
struct open_value {
    const ddbexpr_value *value;
    size_t next;         /* the member that comes next */
    const char *closing; /* "]", "}", "]}" */
};

static bool is_type_name(ddbexpr_str name)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (same_text(name, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type))))
            return true;
    return false;
}

/* Members of sets are plain within their form. */
static void put_scalar(struct writer *w, const ddbexpr_value *v, bool in_set)
{
    switch (ddbexpr_value_type(v)) {
    case DDBEXPR_S:
        put_quoted(w, ddbexpr_value_bytes(v));
        break;
    case DDBEXPR_N:
        if (w->status == DDBEXPR_OK)
            w->status = ddbexpr_value_print_number(v, w->out);
        break;
    case DDBEXPR_BOOL:
        put_words(w, ddbexpr_value_truth(v) ? "true" : "false");
        break;
    case DDBEXPR_NULL:
        put_words(w, "null");
        break;
    default: /* B, whose plain form in JSON is its base64 text */
        if (!in_set)
            put_type(w, DDBEXPR_B);
        if (w->status == DDBEXPR_OK)
            w->status = ddbexpr_json_write_value(v, DDBEXPR_JSON_PLAIN, 0, w->out);
        put_words(w, in_set ? "" : "}");
        break;
    }
}

static bool is_set(ddbexpr_type type) { return type == DDBEXPR_SS || type == DDBEXPR_NS || type == DDBEXPR_BS; }

/* Whether it was a container, whose members follow. */
static bool begin(struct writer *w, const ddbexpr_value *v, bool is_item, struct open_value *ret)
{
    ddbexpr_type type = ddbexpr_value_type(v);
    *ret = (struct open_value){v, 0, "]"};
    if (type == DDBEXPR_L) {
        put_words(w, "[");
    } else if (type == DDBEXPR_M) {
        bool looks_typed = !is_item && ddbexpr_value_count(v) == 1 && is_type_name(ddbexpr_value_name_at(v, 0));
        if (looks_typed)
            put_type(w, DDBEXPR_M);
        put_words(w, "{");
        ret->closing = looks_typed ? "}}" : "}";
    } else if (is_set(type)) {
        put_type(w, type);
        put_words(w, "[");
        ret->closing = "]}";
    } else {
        return false;
    }
    return true;
}

static ddbexpr_status put_whole(const ddbexpr_value *value, bool is_item, enum test_notation notation,
                                ddbexpr_buffer *out)
{
    struct writer w = {out, notation, DDBEXPR_OK};
    struct open_value open[ROOM_VALUE_LEVELS];
    size_t depth = 0;
    if (begin(&w, value, is_item, &open[0]))
        depth = 1;
    else
        put_scalar(&w, value, false);
    while (depth > 0) {
        struct open_value *o = &open[depth - 1];
        if (o->next == ddbexpr_value_count(o->value)) {
            put_words(&w, o->closing);
            depth--;
            continue;
        }
        ddbexpr_type type = ddbexpr_value_type(o->value);
        put_words(&w, o->next ? ", " : "");
        if (type == DDBEXPR_M) {
            put_name(&w, ddbexpr_value_name_at(o->value, o->next));
            put_words(&w, ": ");
        }
        const ddbexpr_value *member = ddbexpr_value_at(o->value, o->next++);
        if (depth < ROOM_VALUE_LEVELS && begin(&w, member, false, &open[depth]))
            depth++;
        else
            put_scalar(&w, member, is_set(type));
    }
    return w.status;
}

ddbexpr_status test_put_value(const ddbexpr_value *value, enum test_notation notation, ddbexpr_buffer *out)
{
    return put_whole(value, false, notation, out);
}

ddbexpr_status test_put_item(const ddbexpr_value *item, enum test_notation notation, ddbexpr_buffer *out)
{
    return put_whole(item, true, notation, out);
}

ddbexpr_status test_put_name(ddbexpr_str name, enum test_notation notation, ddbexpr_buffer *out)
{
    struct writer w = {out, notation, DDBEXPR_OK};
    put_name(&w, name);
    return w.status;
}

ddbexpr_status test_put_text(ddbexpr_str text, ddbexpr_buffer *out)
{
    struct writer w = {out, TEST_JSON, DDBEXPR_OK};
    put_quoted(&w, text);
    return w.status;
}

ddbexpr_str test_keep(ddbexpr_arena *arena, const ddbexpr_buffer *text)
{
    ddbexpr_str from = ddbexpr_buffer_text(text);
    char *copy = ddbexpr_arena_alloc(arena, from.len + 1);
    if (!copy)
        return (ddbexpr_str){NULL, 0};
    if (from.len)
        memcpy(copy, from.ptr, from.len);
    copy[from.len] = '\0';
    return (ddbexpr_str){copy, from.len};
}
