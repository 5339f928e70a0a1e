/* SPDX-License-Identifier: Apache-2.0 */
/* Making values near other values. */
#include "coverage/neighbours.h"

#include "value/set.h"

/* --- collecting --- */

/* Zeroed memory, or NULL: there is none, or enough has been made. */
static void *from_arena(struct proposals *p, size_t count, size_t size)
{
    if (p->bytes > BUDGET_BYTES)
        return NULL;
    p->bytes += count * size;
    void *memory = arena_alloc_zeroed(p->arena, count, size);
    p->no_memory |= !memory;
    return memory;
}

void propose(struct proposals *p, const value *v)
{
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : 32;
        const value **values = from_arena(p, room, sizeof *values);
        if (!values)
            return;
        if (p->count)
            memcpy(values, p->values, p->count * sizeof *values);
        p->values = values;
        p->room = room;
    }
    p->values[p->count++] = v;
}

static void propose_made(struct proposals *p, value v)
{
    value *kept = from_arena(p, 1, sizeof *kept);
    if (!kept)
        return;
    *kept = v;
    propose(p, kept);
}

/* --- texts --- */

static bool is_text(const value *v) { return v->type == DDBEXPR_S || v->type == DDBEXPR_B; }

static value text_value(ddbexpr_type type, str text)
{
    return type == DDBEXPR_S ? value_of_string(text) : value_of_binary(text);
}

/* `kept` bytes of `text`, then `more`. */
static void propose_text(struct proposals *p, ddbexpr_type type, str text, size_t kept, str more)
{
    if (more.len > LIMIT_ITEM_BYTES || kept > LIMIT_ITEM_BYTES)
        return;
    char *bytes = from_arena(p, kept + more.len, 1);
    if (!bytes)
        return;
    if (kept)
        memcpy(bytes, text.ptr, kept);
    if (more.len)
        memcpy(bytes + kept, more.ptr, more.len);
    propose_made(p, text_value(type, str_of(bytes, kept + more.len)));
}

/* Bytes up to the last character. */
static size_t without_last(str text, bool characters)
{
    size_t length = text.len - 1;
    while (characters && length > 0 && ((unsigned char)text.ptr[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* --- beside --- */

static void propose_sum(struct proposals *p, const value *v, struct number difference)
{
    struct number number = value_number(v), sum;
    if (number_add(&number, &difference, &sum) == NUMBER_OK)
        propose_made(p, value_of_number(&sum));
}

void propose_above(struct proposals *p, const value *v)
{
    if (v->type == DDBEXPR_N)
        propose_sum(p, v, number_of(1));
    else if (is_text(v))
        propose_text(p, (ddbexpr_type)v->type, value_bytes(v), v->count, STR("x"));
}

void propose_below(struct proposals *p, const value *v)
{
    struct number one = number_of(1);
    one.negative = true;
    if (v->type == DDBEXPR_N)
        propose_sum(p, v, one);
    else if (is_text(v) && v->count > 0)
        propose_text(p, (ddbexpr_type)v->type, value_bytes(v), without_last(value_bytes(v), v->type == DDBEXPR_S),
                     STR(""));
}

void propose_halves(struct proposals *p, const value *v)
{
    if (v->type != DDBEXPR_N)
        return;
    struct number half = {.coefficient = 5, .exponent = -1};
    propose_sum(p, v, half);
    half.negative = true;
    propose_sum(p, v, half);
}

/* --- of a size --- */

/* The nth made-up member: x1, x2, …, or 1, 2, … False: it cannot be had. */
static bool member_of(struct proposals *p, ddbexpr_type set_type, uint32_t n, value *ret)
{
    struct number number = number_of(n);
    char digits[NUMBER_TEXT_MAX];
    size_t length = number_print(&number, digits);
    char *bytes = from_arena(p, length + 1, 1);
    if (!bytes)
        return false;
    bytes[0] = 'x';
    memcpy(bytes + 1, digits, length);
    *ret = set_type == DDBEXPR_NS
               ? value_of_number(&number)
               : text_value(set_type == DDBEXPR_SS ? DDBEXPR_S : DDBEXPR_B, str_of(bytes, length + 1));
    return true;
}

/* A set of `size` members, first those of `v` if it is such a set. */
static void propose_set(struct proposals *p, const value *v, ddbexpr_type type, uint32_t size)
{
    const value *old = v && v->type == type ? v : NULL;
    uint32_t kept = !old ? 0 : old->count < size ? old->count : size;
    value *members = from_arena(p, size, sizeof *members), set;
    if (!members || size == 0)
        return;
    if (kept)
        memcpy(members, old->at.elements, kept * sizeof *members);
    for (uint32_t n = 1; kept < size; n++) {
        value member;
        if (!member_of(p, type, n, &member))
            return;
        if (!old || !value_set_has(old, &member))
            members[kept++] = member;
    }
    if (value_set_from(p->arena, type, members, size, &set))
        propose_made(p, set);
    else
        p->no_memory = true;
}

static void propose_list(struct proposals *p, const value *v, uint32_t size)
{
    value *elements = from_arena(p, size, sizeof *elements);
    for (uint32_t i = 0; elements && i < size; i++)
        elements[i] = v && v->type == DDBEXPR_L && i < v->count ? v->at.elements[i] : value_of_null();
    if (elements)
        propose_made(p, value_of_list(elements, size));
}

static void propose_map(struct proposals *p, const value *v, uint32_t size)
{
    const value *old = v && v->type == DDBEXPR_M ? v : NULL;
    uint32_t kept = !old ? 0 : old->count < size ? old->count : size;
    struct map_entry *entries = from_arena(p, size, sizeof *entries);
    if (!entries)
        return;
    if (kept)
        memcpy(entries, old->at.entries, kept * sizeof *entries);
    for (uint32_t n = 1; kept < size; n++) {
        value text;
        if (!member_of(p, DDBEXPR_SS, n, &text))
            return;
        str name = value_bytes(&text);
        if (!old || !value_map_get(old, name, str_hash(name)))
            entries[kept++] = (struct map_entry){name.ptr, (uint32_t)name.len, str_hash(name), value_of_null()};
    }
    value map;
    if (value_map_from_distinct(p->arena, entries, size, &map))
        propose_made(p, map);
    else
        p->no_memory = true;
}

static bool is_ascii(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

/* size() counts UTF-16 units of an S: only of ASCII are these its bytes. */
static void propose_long_text(struct proposals *p, const value *v, ddbexpr_type type, uint32_t size)
{
    str old = v && v->type == type && (type == DDBEXPR_B || is_ascii(value_bytes(v))) ? value_bytes(v) : STR("");
    size_t kept = old.len < size ? old.len : size;
    char *padding = from_arena(p, size - kept, 1);
    if (!padding)
        return;
    memset(padding, 'x', size - kept);
    propose_text(p, type, old, kept, str_of(padding, size - kept));
}

static void propose_of_size(struct proposals *p, const value *v, ddbexpr_type type, uint32_t size)
{
    if (type != DDBEXPR_S && type != DDBEXPR_B && size > BUDGET_MEMBERS)
        return;
    switch (type) { /* UNREACHABLE: another type */
    case DDBEXPR_S:
    case DDBEXPR_B:
        propose_long_text(p, v, type, size);
        break;
    case DDBEXPR_L:
        propose_list(p, v, size);
        break;
    case DDBEXPR_M:
        propose_map(p, v, size);
        break;
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        propose_set(p, v, type, size);
        break;
    case DDBEXPR_N:
    case DDBEXPR_BOOL:
    case DDBEXPR_NULL:
        break;
    }
}

/* A number that some value can have as its size. */
static bool read_size(const value *v, uint32_t *ret)
{
    struct number number = value_number(v);
    coefficient size = number.coefficient;
    if (v->type != DDBEXPR_N || number.negative || number.exponent < 0)
        return false;
    for (int i = 0; i < number.exponent && size <= LIMIT_ITEM_BYTES; i++)
        size *= 10;
    if (size > LIMIT_ITEM_BYTES)
        return false;
    *ret = (uint32_t)size;
    return true;
}

void propose_sized(struct proposals *p, const value *v, const value *size)
{
    static const ddbexpr_type types[] = {DDBEXPR_S, DDBEXPR_L, DDBEXPR_SS, DDBEXPR_NS,
                                         DDBEXPR_M, DDBEXPR_B, DDBEXPR_BS};
    uint32_t n;
    if (!read_size(size, &n))
        return;
    if (v)
        propose_of_size(p, v, (ddbexpr_type)v->type, n);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!v || types[i] != (ddbexpr_type)v->type)
            propose_of_size(p, v, types[i], n);
}

/* --- types --- */

void propose_type(struct proposals *p, ddbexpr_type type)
{
    struct number one = number_of(1);
    switch (type) { /* UNREACHABLE: another type */
    case DDBEXPR_S:
    case DDBEXPR_B:
        propose_made(p, text_value(type, STR("x")));
        break;
    case DDBEXPR_N:
        propose_made(p, value_of_number(&one));
        break;
    case DDBEXPR_BOOL:
        propose_made(p, value_of_bool(true));
        break;
    case DDBEXPR_NULL:
        propose_made(p, value_of_null());
        break;
    case DDBEXPR_L:
    case DDBEXPR_M:
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        propose_of_size(p, NULL, type, type == DDBEXPR_L || type == DDBEXPR_M ? 0 : 1);
        break;
    }
}

void propose_other_types(struct proposals *p, ddbexpr_type type)
{
    for (unsigned other = 0; other < DDBEXPR_TYPE_COUNT; other++)
        if (other != (unsigned)type)
            propose_type(p, (ddbexpr_type)other);
}

void propose_other(struct proposals *p, const value *v)
{
    if (v->type == DDBEXPR_N || is_text(v))
        propose_above(p, v);
    else if (v->type == DDBEXPR_BOOL)
        propose_made(p, value_of_bool(!(v->flags & VALUE_TRUE)));
    else if (v->type != DDBEXPR_NULL)
        propose_of_size(p, v, (ddbexpr_type)v->type, v->count + 1);
}

/* --- parts --- */

static ddbexpr_type set_type_of(const value *member)
{
    return member->type == DDBEXPR_S   ? DDBEXPR_SS
           : member->type == DDBEXPR_N ? DDBEXPR_NS
           : member->type == DDBEXPR_B ? DDBEXPR_BS
                                       : DDBEXPR_NULL;
}

static bool set_of(struct proposals *p, const value *member, value *ret)
{
    value *members = from_arena(p, 1, sizeof *members);
    if (!members || set_type_of(member) == DDBEXPR_NULL)
        return false;
    *members = *member;
    bool made = value_set_from(p->arena, set_type_of(member), members, 1, ret);
    p->no_memory |= !made;
    return made;
}

/* `list` (NULL: an empty one) with the part at its end. */
static void propose_appended(struct proposals *p, const value *list, const value *part)
{
    uint32_t count = list ? list->count : 0;
    value *elements = from_arena(p, (size_t)count + 1, sizeof *elements);
    if (!elements)
        return;
    if (count)
        memcpy(elements, list->at.elements, count * sizeof *elements);
    elements[count] = *part;
    propose_made(p, value_of_list(elements, count + 1));
}

void propose_with(struct proposals *p, const value *v, const value *part)
{
    value single, all;
    bool has_set = set_of(p, part, &single);
    if (v && is_text(v) && v->type == part->type)
        propose_text(p, (ddbexpr_type)v->type, value_bytes(v), v->count, value_bytes(part));
    if (v && v->type == DDBEXPR_L)
        propose_appended(p, v, part);
    if (v && has_set && v->type == single.type) {
        if (value_set_union(p->arena, v, &single, &all))
            propose_made(p, all);
        else
            p->no_memory = true;
    }
    if (has_set)
        propose_made(p, single);
    if (is_text(part))
        propose(p, part);
    propose_appended(p, NULL, part);
}

static void propose_filtered(struct proposals *p, const value *list, const value *part)
{
    value *elements = from_arena(p, list->count, sizeof *elements);
    uint32_t count = 0;
    for (uint32_t i = 0; elements && i < list->count; i++)
        if (!ddbexpr_value_equal(&list->at.elements[i], part))
            elements[count++] = list->at.elements[i];
    if (elements)
        propose_made(p, value_of_list(elements, count));
}

void propose_without(struct proposals *p, const value *v, const value *part)
{
    value single, rest;
    if (v && v->type == DDBEXPR_L)
        propose_filtered(p, v, part);
    if (v && set_of(p, part, &single) && v->type == single.type) {
        if (!value_set_difference(p->arena, v, &single, &rest))
            p->no_memory = true;
        else if (rest.count)
            propose_made(p, rest);
    }
    if (v && is_text(v) && part->count > 0 && part->type == v->type)
        propose_below(p, part);
    propose(p, NULL);
    for (unsigned type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        propose_type(p, (ddbexpr_type)type);
}
