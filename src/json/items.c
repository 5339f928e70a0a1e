/* SPDX-License-Identifier: Apache-2.0 */
/* Items from texts, one after another: one object, an array, JSON Lines, table exports, answers of Scan and Query. */
#include "json/decode.h"
#include "json/listing.h"
#include "json/pick.h"
#include "json/scan.h"
#include "json/stored.h"

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

/* The node of the item that a document's root is or holds. */
static ddbexpr_status find_item(const struct json_document *d, ddbexpr_json_form form, uint32_t *ret)
{
    if (d->nodes[0].kind != JSON_KIND_OBJECT)
        return json_fault(d, 0, DDBEXPR_INPUT_NOT_ITEM, STR("an item is an object of attributes"), STR(""));
    *ret = is_export(d, form) ? 2 : 0;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_json_read_item(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                      ddbexpr_diags *diags, const ddbexpr_value **ret_item)
{
    struct json_document d;
    uint32_t item = 0;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    if (status == DDBEXPR_OK)
        status = find_item(&d, form, &item);
    return status == DDBEXPR_OK ? json_decode_item(&d, item, form, ret_item) : status;
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

/* Where a text breaks off, a fault near its end may be none: a string, a number or an escape may go on. The longest of
 * what the parser looks at as a whole, and tells the beginning of, is a pair of escapes. */
#define LONGEST_LOOK 16

static bool may_go_on(str text, ddbexpr_span fault) { return text.len - fault.end < LONGEST_LOOK; }

/* The first value of a text that breaks off in it is an item only if it cannot be an answer any more. That is so if it
 * is wrong for sure before an array Items begins: no answer has a fault there. */
static ddbexpr_status find_fault_before_listing(const struct json_document *d, size_t at, bool *ret_found)
{
    ddbexpr_span fault = {0, 0};
    const struct json_document like = {.text = d->text, .arena = d->arena, .fault = &fault};
    struct json_document unused;
    ddbexpr_status status = json_parse_like(&like, at, &unused);
    *ret_found = status == DDBEXPR_INVALID && !may_go_on(d->text, fault);
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

/* Whether the items are those of an answer, whose other members are then in order. If they are not, the answer is read
 * like any object, and the parser finds the fault. */
static ddbexpr_status find_answer(ddbexpr_json_items *items, const struct json_document *d, size_t at, bool *ret_found,
                                  ddbexpr_span *ret_listing)
{
    struct json_document around;
    *ret_found = false;
    if (!stands_at(items->text, at, '{'))
        return DDBEXPR_OK;
    enum json_listing listing = json_find_listing(items->text, at, items->form, ret_listing);
    if (items->partial && listing == JSON_LISTING_CUT) {
        bool wrong = false;
        ddbexpr_status status = find_fault_before_listing(d, at, &wrong);
        items->breaks_off = !wrong;
        return status;
    }
    if (items->partial && (listing == JSON_LISTING_BEGUN || listing == JSON_LISTING_FOUND)) {
        items->breaks_off = true;
        return DDBEXPR_OK;
    }
    if (listing != JSON_LISTING_FOUND)
        return DDBEXPR_OK;
    ddbexpr_status status = json_parse_around(d->arena, items->text, *ret_listing, &around);
    *ret_found = status == DDBEXPR_OK;
    if (status == DDBEXPR_OK)
        return json_expect_end(d, around.nodes[0].span.end);
    return status == DDBEXPR_INVALID ? DDBEXPR_OK : status;
}

/* Finds out how the items stand in the text, and where the first of them may begin. */
static ddbexpr_status begin(ddbexpr_json_items *items, const struct json_document *d, size_t *at)
{
    ddbexpr_span listing;
    bool is_answer;
    ddbexpr_status status = find_answer(items, d, *at, &is_answer, &listing);
    if (status != DDBEXPR_OK || items->breaks_off)
        return status;
    if (is_answer) {
        items->layout = DDBEXPR_JSON_ANSWER;
        *at = listing.start + 1;
    } else if (stands_at(items->text, *at, '[')) {
        items->layout = DDBEXPR_JSON_ARRAY;
        ++*at;
    }
    *at = skip_blanks(items->text, *at);
    return DDBEXPR_OK;
}

/* The end of the text, where a bracket could stand or nothing. Of an array: at the bracket that ends it. */
static ddbexpr_status end(ddbexpr_json_items *items, const struct json_document *d, size_t at)
{
    ddbexpr_status status = items->layout == DDBEXPR_JSON_ARRAY ? json_expect_end(d, at + 1) : DDBEXPR_OK;
    items->ended = status == DDBEXPR_OK && !items->partial;
    items->breaks_off = status == DDBEXPR_OK && items->partial;
    if (items->ended)
        items->offset = items->text.len;
    return status;
}

/* Comes to where the next item begins, or to the end. */
static ddbexpr_status find_next(ddbexpr_json_items *items, const struct json_document *d)
{
    str text = items->text;
    size_t at = skip_blanks(text, items->offset);
    ddbexpr_status status = items->begun ? DDBEXPR_OK : begin(items, d, &at);
    if (status != DDBEXPR_OK || items->breaks_off)
        return status;
    if (items->layout == DDBEXPR_JSON_LINES) {
        if (items->begun && at == items->offset && at < text.len)
            return json_expect_end(d, at); /* something stands right behind the last item */
        if (at == text.len)
            return end(items, d, at);
    } else if (stands_at(text, at, ']')) {
        return end(items, d, at);
    } else if (items->begun) {
        if (!stands_at(text, at, ','))
            return json_fault_at(d, at, DDBEXPR_INPUT_SYNTAX, STR("expected `,` or `]`"));
        at = skip_blanks(text, at + 1);
    }
    items->offset = at;
    return DDBEXPR_OK;
}

/* The item at the offset, by the full reader. */
static ddbexpr_status read_item(ddbexpr_json_items *items, const struct json_document *d, const ddbexpr_value **ret)
{
    struct json_document own;
    uint32_t item = 0;
    ddbexpr_status status = json_parse_like(d, items->offset, &own);
    if (status == DDBEXPR_OK)
        status = find_item(&own, items->form, &item);
    if (status == DDBEXPR_OK)
        status = json_decode_stored(&own, item, items->form, ret);
    if (status == DDBEXPR_OK && items->wanted)
        status = json_pick(d->arena, *ret, items->wanted, ret);
    if (status != DDBEXPR_OK)
        return status;
    items->span = own.nodes[0].span;
    items->exported = item != 0;
    return DDBEXPR_OK;
}

/* The same without building what is not wanted. *ret NULL: the full reader has to look. */
static ddbexpr_status scan_item(ddbexpr_json_items *items, const struct json_document *d, const ddbexpr_value **ret)
{
    struct json_scan scan = {.attributes =
                                 ddbexpr_arena_alloc(d->arena, (items->wanted->count + 1) * sizeof *scan.attributes)};
    if (!scan.attributes)
        return DDBEXPR_NO_MEMORY;
    if (!json_scan_item(d->text, items->offset, items->form, items->wanted, &scan))
        return DDBEXPR_OK;
    items->span = (ddbexpr_span){(uint32_t)items->offset, (uint32_t)scan.end};
    items->exported = scan.exported;
    return json_build_scanned(d, &scan, items->form, ret);
}

static ddbexpr_status next_item(ddbexpr_json_items *items, const struct json_document *d, const ddbexpr_value **ret)
{
    ddbexpr_status status = find_next(items, d);
    *ret = NULL;
    if (status != DDBEXPR_OK || items->ended || items->breaks_off)
        return status;
    if (items->wanted)
        status = scan_item(items, d, ret);
    if (status == DDBEXPR_OK && !*ret)
        status = read_item(items, d, ret);
    if (status != DDBEXPR_OK)
        return status;
    items->offset = items->span.end;
    items->begun = true;
    return DDBEXPR_OK;
}

/* Of a text that goes on a fault is told only if it stays one whatever follows. */
static ddbexpr_status next_of_partial(ddbexpr_json_items *items, const struct json_document *d,
                                      const ddbexpr_value **ret)
{
    ddbexpr_json_items next = *items;
    ddbexpr_span fault = {0, 0};
    struct json_document silent = {.text = d->text, .arena = d->arena, .fault = &fault};
    ddbexpr_status status = next_item(&next, &silent, ret);
    if (status == DDBEXPR_OK)
        *items = next;
    if (status != DDBEXPR_INVALID)
        return status;
    if (may_go_on(d->text, fault)) {
        items->breaks_off = true;
        return DDBEXPR_OK;
    }
    return d->diags ? next_item(items, d, ret) : DDBEXPR_INVALID;
}

ddbexpr_status ddbexpr_json_next_item(ddbexpr_json_items *items, ddbexpr_arena *arena, ddbexpr_diags *diags,
                                      const ddbexpr_value **ret_item)
{
    if (items->size != sizeof *items || items->offset > items->text.len)
        return DDBEXPR_MISUSE;
    if (items->text.len > LIMIT_TEXT_BYTES)
        return DDBEXPR_LIMIT;
    const struct json_document d = {.text = items->text, .arena = arena, .diags = diags};
    ddbexpr_json_items next = *items;
    const ddbexpr_value *item = NULL;
    ddbexpr_status status = DDBEXPR_OK;
    next.breaks_off = false;
    if (!items->ended)
        status = items->partial ? next_of_partial(&next, &d, &item) : next_item(&next, &d, &item);
    if (status != DDBEXPR_OK)
        return status;
    if (next.breaks_off) {
        items->breaks_off = true;
        item = NULL;
    } else {
        *items = next;
    }
    *ret_item = item;
    return DDBEXPR_OK;
}

/* --- all at once --- */

/* Growing arrays; the last copies stay in the arena. */
struct item_list {
    ddbexpr_arena *arena;
    const ddbexpr_value **items;
    ddbexpr_span *places;
    size_t count, size;
};

/* An array of twice the size with what is in the old one, or NULL. */
static void *grow(ddbexpr_arena *arena, const void *old, size_t count, size_t size, size_t element)
{
    void *array = ddbexpr_arena_alloc(arena, size * element);
    if (array && count)
        memcpy(array, old, count * element);
    return array;
}

static ddbexpr_status add_item(struct item_list *list, const ddbexpr_value *item, ddbexpr_span place)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 16;
        list->items = grow(list->arena, list->items, list->count, size, sizeof *list->items);
        list->places = grow(list->arena, list->places, list->count, size, sizeof *list->places);
        list->size = size;
        if (!list->items || !list->places)
            return DDBEXPR_NO_MEMORY;
    }
    list->places[list->count] = place;
    list->items[list->count++] = item;
    return DDBEXPR_OK;
}

static ddbexpr_status read_all(ddbexpr_str text, ddbexpr_json_form form, ddbexpr_diags *diags, struct item_list *list)
{
    ddbexpr_json_items items = {.size = sizeof items, .text = text, .form = form};
    for (;;) {
        const ddbexpr_value *item;
        ddbexpr_status status = ddbexpr_json_next_item(&items, list->arena, diags, &item);
        if (status == DDBEXPR_OK && item)
            status = add_item(list, item, items.span);
        if (status != DDBEXPR_OK || !item)
            return status;
    }
}

ddbexpr_status ddbexpr_json_read_items(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                       ddbexpr_diags *diags, const ddbexpr_value *const **ret_items, size_t *ret_count)
{
    struct item_list list = {.arena = arena};
    ddbexpr_status status = read_all(text, form, diags, &list);
    if (status != DDBEXPR_OK)
        return status;
    *ret_items = list.items;
    *ret_count = list.count;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_json_read_table(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_json_form form,
                                       ddbexpr_diags *diags, ddbexpr_table *table)
{
    if (table->size != sizeof *table || table->key_count < 1 || table->key_count > 2)
        return DDBEXPR_MISUSE;
    for (size_t i = 0; i < table->key_count; i++)
        if (table->key[i].type > DDBEXPR_B)
            return DDBEXPR_MISUSE;
    struct item_list list = {.arena = arena};
    const struct json_document d = {.text = text, .arena = arena, .diags = diags};
    ddbexpr_status status = read_all(text, form, diags, &list);
    ddbexpr_table filled = *table;
    filled.items = list.items;
    filled.item_count = list.count;
    if (status == DDBEXPR_OK)
        status = json_check_stored_keys(&d, &filled, list.places);
    if (status == DDBEXPR_OK)
        *table = filled;
    return status;
}
