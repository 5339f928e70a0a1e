/* SPDX-License-Identifier: Apache-2.0 */
/* Trees of jansson: building and printing. Must not know what they mean. */
#include "cli/report/report_tree.h"

#include "cli/report/report_clean.h"

#include <stdio.h>

json_t *tree_text(ddbexpr_str text)
{
    if (text.len == 0)
        return json_string("");
    json_t *string = json_stringn(text.ptr, text.len); /* NULL for what is no UTF-8, too */
    ddbexpr_buffer *clean;
    if (string || ddbexpr_buffer_new(NULL, &clean) != DDBEXPR_OK)
        return string;
    if (clean_append(clean, text, CLEAN_FOR_JSON) == DDBEXPR_OK) {
        ddbexpr_str valid = ddbexpr_buffer_text(clean);
        string = json_stringn(valid.ptr, valid.len);
    }
    ddbexpr_buffer_free(clean);
    return string;
}

json_t *tree_set(struct tree *tree, json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) == 0)
        return value;
    tree->failed = true;
    return NULL;
}

json_t *tree_append(struct tree *tree, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) == 0)
        return value;
    tree->failed = true;
    return NULL;
}

void tree_set_text(struct tree *tree, json_t *object, const char *name, ddbexpr_str text)
{
    tree_set(tree, object, name, tree_text(text));
}

void tree_set_number(struct tree *tree, json_t *object, const char *name, size_t number)
{
    tree_set(tree, object, name, json_integer((json_int_t)number));
}

/* A text that is being printed. That a piece of it could not be appended has to be kept: jansson does not look at what
 * came of names. */
struct printed {
    ddbexpr_buffer *buffer;
    ddbexpr_status status;
};

static void append(struct printed *printed, ddbexpr_str piece)
{
    if (printed->status == DDBEXPR_OK)
        printed->status = ddbexpr_buffer_append(printed->buffer, piece);
}

/* jansson hands over whole characters, and those beyond ASCII only inside of strings: there unsafe ones become escapes,
 * as the JSON library writes them. */
static int put_piece(const char *piece, size_t length, void *context)
{
    struct printed *printed = context;
    size_t start = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned code = clean_unsafe_code((ddbexpr_str){piece + i, length - i});
        if (!code)
            continue;
        char escape[16];
        snprintf(escape, sizeof escape, "\\u%04x", code);
        append(printed, (ddbexpr_str){piece + start, i - start});
        append(printed, ddbexpr_cstr(escape));
        start = i + (code < 0x800 ? 2 : 3);
    }
    append(printed, (ddbexpr_str){piece + start, length - start});
    return printed->status == DDBEXPR_OK ? 0 : -1;
}

ddbexpr_status tree_print(const struct tree *tree, const json_t *root, unsigned indent, ddbexpr_buffer *buffer)
{
    struct printed printed = {buffer, DDBEXPR_OK};
    size_t flags = (indent ? JSON_INDENT(indent) : JSON_COMPACT) | JSON_REAL_PRECISION(6);
    bool done = root && !tree->failed && json_dump_callback(root, put_piece, &printed, flags) == 0;
    return done && !tree_memory_ran_out() && printed.status == DDBEXPR_OK ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}
