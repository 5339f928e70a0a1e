/* SPDX-License-Identifier: Apache-2.0 */
/* Making and reading attribute values. Knows no request and no JSON. Invariant: a value is never changed once another
 * value or a caller can see it. */
#include "value/value.h"

/* --- making in place --- */

value value_of_string(str text)
{
    return (value){.type = DDBEXPR_S, .count = (uint32_t)text.len, .at.bytes = text.ptr};
}

value value_of_binary(str bytes)
{
    return (value){.type = DDBEXPR_B, .count = (uint32_t)bytes.len, .at.bytes = bytes.ptr};
}

value value_of_bool(bool truth) { return (value){.type = DDBEXPR_BOOL, .flags = truth ? VALUE_TRUE : 0}; }

value value_of_null(void) { return (value){.type = DDBEXPR_NULL}; }

value value_of_number(const struct number *number)
{
    return (value){.type = DDBEXPR_N,
                   .flags = number->negative ? VALUE_NEGATIVE : 0,
                   .exponent = number->exponent,
                   .more.coefficient = number->coefficient};
}

bool value_of_fault(arena *a, struct value_fault fault, value *ret)
{
    struct value_fault *kept = ARENA_NEW(a, struct value_fault);
    if (!kept)
        return false;
    *kept = fault;
    /* A faulty number is typed NULL inside, so that the coefficient of an N is always one; the fault knows better. */
    ddbexpr_type type = fault.type == DDBEXPR_N ? DDBEXPR_NULL : fault.type;
    *ret = (value){.type = (uint8_t)type, .flags = VALUE_FAULTY, .at.fault = kept, .more.box = {.is_fault = true}};
    return true;
}

bool value_from_number_text(arena *a, str text, value *ret)
{
    static const enum value_fault_kind faults[] = {
        [NUMBER_NOT_NUMERIC] = FAULT_NOT_NUMERIC,
        [NUMBER_TOO_MANY_DIGITS] = FAULT_TOO_MANY_DIGITS,
        [NUMBER_OVERFLOW] = FAULT_OVERFLOW,
        [NUMBER_UNDERFLOW] = FAULT_UNDERFLOW,
    };
    struct number number;
    enum number_fault fault = number_parse(text, &number);
    if (fault != NUMBER_OK)
        return value_of_fault(a, (struct value_fault){.kind = faults[fault], .type = DDBEXPR_N, .text = text}, ret);
    *ret = value_of_number(&number);
    ret->at.bytes = text.ptr;
    ret->count = (uint32_t)text.len;
    return true;
}

value value_of_list(const value *elements, uint32_t count)
{
    value v = {.type = DDBEXPR_L, .count = count, .at.elements = elements, .more.box = {.height = 1}};
    for (uint32_t i = 0; i < count; i++) {
        v.flags |= elements[i].flags & VALUE_FAULTY;
        uint32_t height = value_height(&elements[i]) + 1;
        if (height > v.more.box.height)
            v.more.box.height = height;
    }
    return v;
}

bool value_check_height(arena *a, value *v)
{
    if (value_height(v) <= LIMIT_VALUE_HEIGHT_KEPT)
        return true;
    return value_of_fault(a, (struct value_fault){.kind = FAULT_NESTING, .type = (ddbexpr_type)v->type}, v);
}

/* --- building, public --- */

static const value *keep(arena *a, value v)
{
    value *kept = arena_alloc(a, sizeof *kept);
    if (kept)
        *kept = v;
    return kept;
}

const ddbexpr_value *ddbexpr_value_string(ddbexpr_arena *a, ddbexpr_str text)
{
    str copy = arena_copy(a, text);
    return copy.ptr ? keep(a, value_of_string(copy)) : NULL;
}

const ddbexpr_value *ddbexpr_value_binary(ddbexpr_arena *a, ddbexpr_str bytes)
{
    str copy = arena_copy(a, bytes);
    return copy.ptr ? keep(a, value_of_binary(copy)) : NULL;
}

const ddbexpr_value *ddbexpr_value_number(ddbexpr_arena *a, ddbexpr_str text)
{
    str copy = arena_copy(a, text);
    value v;
    return copy.ptr && value_from_number_text(a, copy, &v) ? keep(a, v) : NULL;
}

const ddbexpr_value *ddbexpr_value_bool(ddbexpr_arena *a, bool truth) { return keep(a, value_of_bool(truth)); }

const ddbexpr_value *ddbexpr_value_null(ddbexpr_arena *a) { return keep(a, value_of_null()); }

static value *copy_elements(arena *a, const ddbexpr_value *const *elements, size_t count)
{
    value *copy = count <= UINT32_MAX ? ARENA_ROOM(a, value, count) : NULL;
    for (size_t i = 0; copy && i < count; i++)
        copy[i] = *elements[i];
    return copy;
}

const ddbexpr_value *ddbexpr_value_list(ddbexpr_arena *a, const ddbexpr_value *const *elements, size_t count)
{
    value *copy = copy_elements(a, elements, count);
    if (!copy)
        return NULL;
    value list = value_of_list(copy, (uint32_t)count);
    return value_check_height(a, &list) ? keep(a, list) : NULL;
}

const ddbexpr_value *ddbexpr_value_map(ddbexpr_arena *a, const ddbexpr_str *names, const ddbexpr_value *const *values,
                                       size_t count)
{
    struct map_entry *entries = count <= UINT32_MAX ? ARENA_ARRAY(a, struct map_entry, count) : NULL;
    if (!entries)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        str name = names[i].len <= UINT32_MAX ? arena_copy(a, names[i]) : str_of(NULL, 0);
        if (!name.ptr)
            return NULL;
        entries[i] = (struct map_entry){.name = name.ptr, .name_len = (uint32_t)name.len, .value = *values[i]};
    }
    value map;
    if (value_map_from(a, entries, (uint32_t)count, &map, NULL) != DDBEXPR_OK || !value_check_height(a, &map))
        return NULL;
    return keep(a, map);
}

const ddbexpr_value *ddbexpr_value_set(ddbexpr_arena *a, ddbexpr_type type, const ddbexpr_value *const *elements,
                                       size_t count)
{
    if (type != DDBEXPR_SS && type != DDBEXPR_NS && type != DDBEXPR_BS)
        return NULL;
    ddbexpr_type member = (ddbexpr_type)(type - DDBEXPR_SS);
    for (size_t i = 0; i < count; i++)
        if (ddbexpr_value_type(elements[i]) != member)
            return NULL;
    value *copy = copy_elements(a, elements, count);
    value set;
    return copy && value_set_from(a, type, copy, (uint32_t)count, &set) ? keep(a, set) : NULL;
}

_Static_assert(DDBEXPR_S == 0 && DDBEXPR_NS - DDBEXPR_SS == DDBEXPR_N && DDBEXPR_BS - DDBEXPR_SS == DDBEXPR_B,
               "a set type's distance from SS is its member's type");

/* --- reading, public --- */

const char *ddbexpr_type_name(ddbexpr_type type)
{
    static const char *const names[DDBEXPR_TYPE_COUNT] = {"S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"};
    return names[type];
}

ddbexpr_type ddbexpr_value_type(const ddbexpr_value *v)
{
    return value_is_fault(v) ? v->at.fault->type : (ddbexpr_type)v->type;
}

bool ddbexpr_value_is_faulty(const ddbexpr_value *v) { return (v->flags & VALUE_FAULTY) != 0; }

bool ddbexpr_item_is_faulty(const ddbexpr_value *item)
{
    return item->type != DDBEXPR_M || (item->flags & VALUE_FAULTY) || value_height(item) > LIMIT_VALUE_HEIGHT + 1;
}

static bool has_type(const value *v, ddbexpr_type type) { return v->type == type && !value_is_fault(v); }

ddbexpr_str ddbexpr_value_bytes(const ddbexpr_value *v)
{
    return has_type(v, DDBEXPR_S) || has_type(v, DDBEXPR_B) ? value_bytes(v) : STR("");
}

bool ddbexpr_value_truth(const ddbexpr_value *v) { return has_type(v, DDBEXPR_BOOL) && (v->flags & VALUE_TRUE); }

static bool has_members(const value *v)
{
    return (v->type == DDBEXPR_L || v->type == DDBEXPR_M || value_is_set(v)) && !value_is_fault(v);
}

size_t ddbexpr_value_count(const ddbexpr_value *v) { return has_members(v) ? v->count : 0; }

const ddbexpr_value *ddbexpr_value_at(const ddbexpr_value *v, size_t index)
{
    if (index >= ddbexpr_value_count(v))
        return NULL;
    return v->type == DDBEXPR_M ? &v->at.entries[index].value : &v->at.elements[index];
}

ddbexpr_str ddbexpr_value_name_at(const ddbexpr_value *v, size_t index)
{
    if (!has_type(v, DDBEXPR_M) || index >= v->count)
        return STR("");
    return str_of(v->at.entries[index].name, v->at.entries[index].name_len);
}

const ddbexpr_value *ddbexpr_value_get(const ddbexpr_value *map, ddbexpr_str name)
{
    return has_type(map, DDBEXPR_M) ? value_map_get(map, name, str_hash(name)) : NULL;
}

ddbexpr_status ddbexpr_value_print_number(const ddbexpr_value *v, ddbexpr_buffer *out)
{
    if (v->type != DDBEXPR_N)
        return DDBEXPR_OK;
    char text[NUMBER_TEXT_MAX];
    struct number number = value_number(v);
    return ddbexpr_buffer_append(out, str_of(text, number_print(&number, text)));
}
