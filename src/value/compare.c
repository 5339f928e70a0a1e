/* SPDX-License-Identifier: Apache-2.0 */
/* Equality and order between attribute values. INVARIANT relied on: values are at most LIMIT_VALUE_HEIGHT_KEPT levels
 * high (value_check_height, at construction), so the recursion over lists and maps is that deep at most. */
#include "value/value.h"

static bool equal_elements(const value *a, const value *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        if (!ddbexpr_value_equal(&a->at.elements[i], &b->at.elements[i]))
            return false;
    return true;
}

static bool equal_maps(const value *a, const value *b)
{
    for (uint32_t i = 0; i < a->count; i++) {
        const struct map_entry *e = &a->at.entries[i];
        const value *other = value_map_get(b, str_of(e->name, e->name_len), e->hash);
        if (!other || !ddbexpr_value_equal(&e->value, other))
            return false;
    }
    return true;
}

bool ddbexpr_value_equal(const ddbexpr_value *a, const ddbexpr_value *b)
{
    if (a->type != b->type)
        return false;
    switch ((ddbexpr_type)a->type) {
    case DDBEXPR_S:
    case DDBEXPR_B:
        return str_equal(value_bytes(a), value_bytes(b));
    case DDBEXPR_N:
        return value_number_equal(a, b);
    case DDBEXPR_BOOL:
        return (a->flags & VALUE_TRUE) == (b->flags & VALUE_TRUE);
    case DDBEXPR_NULL:
        return true;
    case DDBEXPR_L:
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        return a->count == b->count && equal_elements(a, b);
    case DDBEXPR_M:;
    }
    return a->count == b->count && equal_maps(a, b);
}

bool ddbexpr_value_compare(const ddbexpr_value *a, const ddbexpr_value *b, int *ret_order)
{
    if (a->type != b->type || a->type > DDBEXPR_B)
        return false;
    int order = value_order_members(a, b);
    *ret_order = (order > 0) - (order < 0);
    return true;
}
