/* SPDX-License-Identifier: Apache-2.0 */
/* Items and placeholder maps from texts: one object, an array, JSON Lines, table exports. */
#include "json/decode.h"

#include <string.h>

/* --- items --- */

/* An object of a table export holds its item in a member of that name. An item that has only an attribute called Item
 * looks different: the content of that would be one type tag with a value. */
static uint32_t inside_export(const struct json_document *d, uint32_t node, ddbexpr_json_form form)
{
    const struct json_node *object = &d->nodes[node];
    if (object->kind != JSON_KIND_OBJECT || object->count != 1 || !str_is(d->nodes[node + 1].text, STR("Item")) ||
        d->nodes[node + 2].kind != JSON_KIND_OBJECT)
        return node;
    if (form == DDBEXPR_JSON_PLAIN)
        return node + 2;
    const struct json_node *inner = &d->nodes[node + 2];
    bool one_tag = inner->count == 1 && d->nodes[node + 4].kind != JSON_KIND_OBJECT;
    return one_tag ? node : node + 2;
}

static ddbexpr_status decode_object(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                    const ddbexpr_value **ret)
{
    if (d->nodes[node].kind != JSON_KIND_OBJECT)
        return json_fault(d, node, DDBEXPR_INPUT_NOT_ITEM, STR("an item is an object of attributes"), STR(""));
    return json_decode_item(d, inside_export(d, node, form), form, ret);
}

ddbexpr_status ddbexpr_json_read_item(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                      ddbexpr_diags *diags, const ddbexpr_value **ret_item)
{
    struct json_document d;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    return status == DDBEXPR_OK ? decode_object(&d, 0, form, ret_item) : status;
}

/* A growing array of pointers; the last copy stays in the arena. */
struct item_list {
    ddbexpr_arena *arena;
    const ddbexpr_value **items;
    size_t count, size;
};

static ddbexpr_status add_item(struct item_list *list, const ddbexpr_value *item)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 16;
        const ddbexpr_value **items = ddbexpr_arena_alloc(list->arena, size * sizeof *items);
        if (!items)
            return DDBEXPR_NO_MEMORY;
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->size = size;
    }
    list->items[list->count++] = item;
    return DDBEXPR_OK;
}

static bool is_blank(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr(" \t\r\n", text.ptr[i]) || text.ptr[i] == '\0')
            return false;
    return true;
}

/* Whether the text is JSON Lines: its first line is a whole object, and something follows it. */
static ddbexpr_status looks_like_lines(ddbexpr_arena *arena, str text, bool *ret)
{
    *ret = false;
    size_t start = 0;
    while (start < text.len && strchr(" \t\r\n", text.ptr[start]) && text.ptr[start])
        start++;
    const char *end = start < text.len ? memchr(text.ptr + start, '\n', text.len - start) : NULL;
    if (!end || text.ptr[start] != '{')
        return DDBEXPR_OK;
    size_t line_end = (size_t)(end - text.ptr);
    if (is_blank((str){end, text.len - line_end}))
        return DDBEXPR_OK;
    ddbexpr_arena *scratch;
    ddbexpr_status status = ddbexpr_arena_new(ddbexpr_arena_allocator(arena), &scratch);
    if (status != DDBEXPR_OK)
        return status;
    struct json_document d;
    status = json_parse(scratch, (str){text.ptr + start, line_end - start}, NULL, &d);
    ddbexpr_arena_free(scratch);
    *ret = status == DDBEXPR_OK;
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

/* One line of many: faults are told with their place in the whole text. */
static ddbexpr_status read_line(struct item_list *list, str text, size_t start, size_t end, ddbexpr_json_form form,
                                ddbexpr_diags *diags)
{
    str line = {text.ptr + start, end - start};
    struct json_document d;
    ddbexpr_diags *own;
    ddbexpr_status status = ddbexpr_diags_new(ddbexpr_arena_allocator(list->arena), &own);
    if (status != DDBEXPR_OK)
        return status;
    const ddbexpr_value *item;
    status = json_parse(list->arena, line, own, &d);
    if (status == DDBEXPR_OK)
        status = decode_object(&d, 0, form, &item);
    if (status == DDBEXPR_OK)
        status = add_item(list, item);
    const ddbexpr_diag *fault = status == DDBEXPR_INVALID ? ddbexpr_diags_verdict(own) : NULL;
    if (fault) {
        ddbexpr_span span = ddbexpr_diag_span(fault);
        span.start += (uint32_t)start;
        span.end += (uint32_t)start;
        ddbexpr_diags_report_input(diags, DDBEXPR_INPUT_NOT_ITEM, text, span, ddbexpr_diag_message(fault), STR(""));
    }
    ddbexpr_diags_free(own);
    return status;
}

static ddbexpr_status read_lines(struct item_list *list, str text, ddbexpr_json_form form, ddbexpr_diags *diags)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t start = 0; start < text.len && status == DDBEXPR_OK;) {
        const char *newline = memchr(text.ptr + start, '\n', text.len - start);
        size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
        if (!is_blank((str){text.ptr + start, end - start}))
            status = read_line(list, text, start, end, form, diags);
        start = end + 1;
    }
    return status;
}

static ddbexpr_status read_document(struct item_list *list, str text, ddbexpr_json_form form, ddbexpr_diags *diags)
{
    struct json_document d;
    ddbexpr_status status = json_parse(list->arena, text, diags, &d);
    if (status != DDBEXPR_OK)
        return status;
    const ddbexpr_value *item;
    if (d.nodes[0].kind != JSON_KIND_ARRAY) {
        status = decode_object(&d, 0, form, &item);
        return status == DDBEXPR_OK ? add_item(list, item) : status;
    }
    for (uint32_t at = 1; at < d.nodes[0].next && status == DDBEXPR_OK; at = d.nodes[at].next) {
        status = decode_object(&d, at, form, &item);
        if (status == DDBEXPR_OK)
            status = add_item(list, item);
    }
    return status;
}

ddbexpr_status ddbexpr_json_read_items(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                       ddbexpr_diags *diags, const ddbexpr_value *const **ret_items, size_t *ret_count)
{
    if (text.len > INT32_MAX)
        return DDBEXPR_LIMIT;
    struct item_list list = {.arena = arena};
    bool lines;
    ddbexpr_status status = looks_like_lines(arena, text, &lines);
    if (status == DDBEXPR_OK && !is_blank(text))
        status = lines ? read_lines(&list, text, form, diags) : read_document(&list, text, form, diags);
    if (status != DDBEXPR_OK)
        return status;
    *ret_items = list.items;
    *ret_count = list.count;
    return DDBEXPR_OK;
}
