/* SPDX-License-Identifier: Apache-2.0 */
/* Items from texts, one after another: one object, an array, JSON Lines, table exports. */
#include "json/decode.h"

#include <string.h>

/* --- what is an item --- */

static bool holds_objects_only(const struct json_document *d, uint32_t object)
{
    for (uint32_t at = object + 1; at < d->nodes[object].next; at = json_next_member(d, at))
        if (d->nodes[at + 1].kind != JSON_KIND_OBJECT)
            return false;
    return true;
}

/* Whether an object is an attribute value: one member, named as a type is, with content that the type can have. */
static bool is_attribute_value(const struct json_document *d, uint32_t object)
{
    ddbexpr_type type;
    if (d->nodes[object].count != 1 || !json_find_type(d->nodes[object + 1].text, &type))
        return false;
    if (d->nodes[object + 2].kind != JSON_KIND_OBJECT)
        return true;
    return type == DDBEXPR_M && holds_objects_only(d, object + 2);
}

/* An object of a table export has nothing but a member Item that holds the item. An item whose only attribute is called
 * Item looks different: there the member is an attribute value. Plain JSON is never exported. */
static bool is_export(const struct json_document *d, ddbexpr_json_form form)
{
    return form == DDBEXPR_JSON_TYPED && d->nodes[0].count == 1 && str_is(d->nodes[1].text, STR("Item")) &&
           d->nodes[2].kind == JSON_KIND_OBJECT && !is_attribute_value(d, 2);
}

static ddbexpr_status decode_root(const struct json_document *d, ddbexpr_json_form form, const ddbexpr_value **ret)
{
    if (d->nodes[0].kind != JSON_KIND_OBJECT)
        return json_fault(d, 0, DDBEXPR_INPUT_NOT_ITEM, STR("an item is an object of attributes"), STR(""));
    return json_decode_item(d, is_export(d, form) ? 2 : 0, form, ret);
}

ddbexpr_status ddbexpr_json_read_item(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                      ddbexpr_diags *diags, const ddbexpr_value **ret_item)
{
    struct json_document d;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    return status == DDBEXPR_OK ? decode_root(&d, form, ret_item) : status;
}

/* --- one after another --- */

static size_t skip_blanks(str text, size_t at)
{
    while (at < text.len &&
           (text.ptr[at] == ' ' || text.ptr[at] == '\t' || text.ptr[at] == '\r' || text.ptr[at] == '\n'))
        at++;
    return at;
}

static bool stands_at(str text, size_t at, char c) { return at < text.len && text.ptr[at] == c; }

/* Comes to where the next item begins, or to the end of the text. */
static ddbexpr_status find_next(ddbexpr_json_items *items, const struct json_document *d)
{
    str text = items->text;
    size_t at = skip_blanks(text, items->offset);
    bool first_of_array = false;
    if (items->offset == 0 && stands_at(text, at, '[')) {
        items->in_array = first_of_array = true;
        at = skip_blanks(text, at + 1);
    }
    if (items->in_array) {
        if (stands_at(text, at, ']')) {
            items->in_array = false;
            items->offset = text.len;
            return json_expect_end(d, at + 1);
        }
        if (!first_of_array && !stands_at(text, at, ','))
            return json_fault_at(d, at, DDBEXPR_INPUT_SYNTAX, STR("expected `,` or `]`"));
        at = skip_blanks(text, at + !first_of_array);
    } else if (items->offset > 0 && at == items->offset && at < text.len) {
        return json_expect_end(d, at); /* something stands right behind the last item */
    }
    items->offset = at;
    return DDBEXPR_OK;
}

static ddbexpr_status next_item(ddbexpr_json_items *items, ddbexpr_arena *arena, ddbexpr_diags *diags,
                                const ddbexpr_value **ret)
{
    struct json_document d = {.text = items->text, .arena = arena, .diags = diags};
    ddbexpr_status status = find_next(items, &d);
    *ret = NULL;
    if (status != DDBEXPR_OK || (items->offset == items->text.len && !items->in_array))
        return status;
    status = json_parse_at(arena, items->text, items->offset, diags, &d);
    if (status == DDBEXPR_OK)
        status = decode_root(&d, items->form, ret);
    if (status != DDBEXPR_OK)
        return status;
    items->span = d.nodes[0].span;
    items->exported = is_export(&d, items->form);
    items->offset = items->span.end;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_json_next_item(ddbexpr_json_items *items, ddbexpr_arena *arena, ddbexpr_diags *diags,
                                      const ddbexpr_value **ret_item)
{
    if (items->size != sizeof *items || items->offset > items->text.len)
        return DDBEXPR_MISUSE;
    if (items->text.len > INT32_MAX)
        return DDBEXPR_LIMIT;
    ddbexpr_json_items next = *items;
    const ddbexpr_value *item;
    ddbexpr_status status = next_item(&next, arena, diags, &item);
    if (status != DDBEXPR_OK)
        return status;
    *items = next;
    *ret_item = item;
    return DDBEXPR_OK;
}

/* --- all at once --- */

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

ddbexpr_status ddbexpr_json_read_items(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                       ddbexpr_diags *diags, const ddbexpr_value *const **ret_items, size_t *ret_count)
{
    ddbexpr_json_items items = {.size = sizeof items, .text = text, .form = form};
    struct item_list list = {.arena = arena};
    for (;;) {
        const ddbexpr_value *item;
        ddbexpr_status status = ddbexpr_json_next_item(&items, arena, diags, &item);
        if (status == DDBEXPR_OK && item)
            status = add_item(&list, item);
        if (status != DDBEXPR_OK)
            return status;
        if (!item)
            break;
    }
    *ret_items = list.items;
    *ret_count = list.count;
    return DDBEXPR_OK;
}
