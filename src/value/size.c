/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes: bytes against the item limit, and what the function size() gives. INVARIANT relied on: values are at most
 * LIMIT_VALUE_HEIGHT_KEPT levels high, so is the recursion. */
#include "base/utf8.h"
#include "value/value.h"

static size_t size_of_members(const value *v)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < v->count; i++)
        sum += value_size(&v->at.elements[i]);
    return sum;
}

/* Names and values of the entries, without what a map costs by itself: an item's size. */
static size_t size_of_entries(const value *map, size_t extra_each)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < map->count; i++)
        sum += map->at.entries[i].name_len + value_size(&map->at.entries[i].value) + extra_each;
    return sum;
}

/* Spec: documentation-dynalite-moto 8 and conformance-suite 12. */
size_t value_size(const value *v)
{
    struct number number;
    switch ((ddbexpr_type)v->type) {
    case DDBEXPR_S:
    case DDBEXPR_B:
        return v->count;
    case DDBEXPR_N:
        number = value_number(v);
        return number_size(&number);
    case DDBEXPR_BOOL:
    case DDBEXPR_NULL:
        return 1;
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        return size_of_members(v);
    case DDBEXPR_L: /* 3 bytes, and 1 for each element */
        return 3 + size_of_members(v) + v->count;
    case DDBEXPR_M:;
    }
    return 3 + size_of_entries(v, 1);
}

size_t value_item_size(const value *item) { return size_of_entries(item, 0); }

size_t ddbexpr_value_size(const ddbexpr_value *v) { return value_size(v); }

size_t ddbexpr_item_size(const ddbexpr_value *item) { return item->type == DDBEXPR_M ? value_item_size(item) : 0; }

bool value_function_size(const value *v, uint64_t *ret_size)
{
    switch ((ddbexpr_type)v->type) {
    case DDBEXPR_S: /* UTF-16 code units (aws; ruling 3) */
        *ret_size = utf8_utf16_units(value_bytes(v));
        return true;
    case DDBEXPR_B:
    case DDBEXPR_L:
    case DDBEXPR_M:
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        *ret_size = v->count;
        return true;
    case DDBEXPR_N:
    case DDBEXPR_BOOL:
    case DDBEXPR_NULL:;
    }
    return false;
}
