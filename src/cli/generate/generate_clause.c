/* SPDX-License-Identifier: Apache-2.0 */
/* Clauses about the places of an item, aimed at being true or false: the value that a place is compared with stands
 * beside the one that is there. */
#include "cli/generate/generate_draft.h"

#include "cli/generate/generate_names.h"

/* --- comparators --- */

/* In pairs: the other of a pair is what the sign becomes when the operands change places. */
static const char *const ordered_signs[] = {"<", ">", "<=", ">="};
enum { LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL };

/* -1, 0 or 1: where a value must stand, seen from the place's, for `place sign value` to be as it shall. */
static int order_for(struct generator *g, uint32_t sign, bool aim)
{
    bool up = sign == LESS || sign == LESS_OR_EQUAL, or_equal = sign >= LESS_OR_EQUAL;
    int away = up == aim ? 1 : -1;
    bool equal_does = or_equal == aim;
    return equal_does && throw_percent(g, 50) ? 0 : away;
}

static void put_operand(struct draft *d, const struct place *place)
{
    bool parentheses = throw_percent(d->g, 3);
    put(d->g, parentheses ? "(" : "");
    put_path(d, place);
    put(d->g, parentheses ? ")" : "");
}

static void put_ordered(struct draft *d, const struct place *place, bool aim)
{
    struct generator *g = d->g;
    uint32_t sign = throw_below(g, COUNT(ordered_signs));
    int order = order_for(g, sign, aim);
    struct doc *value = typed_beside(g, place->value, order);
    if (throw_percent(g, 80)) {
        put_operand(d, place);
        put_sign(g, ordered_signs[sign]);
        put_value(d, value);
    } else {
        put_value(d, value);
        put_sign(g, ordered_signs[sign ^ 1]);
        put_operand(d, place);
    }
}

static void put_equality(struct draft *d, const struct place *place, bool aim)
{
    struct generator *g = d->g;
    bool equals = throw_percent(g, 65);
    struct doc *value;
    if (equals == aim)
        value = typed_equal(g, place->value);
    else if (throw_percent(g, 75))
        value = typed_other(g, place->value);
    else
        value = typed_make_any(g, TYPE_BIT(typed_type(place->value)), 2);
    bool place_first = throw_percent(g, 85);
    if (place_first)
        put_operand(d, place);
    else
        put_value(d, value);
    put_sign(g, equals ? "=" : "<>");
    if (place_first)
        put_value(d, value);
    else
        put_operand(d, place);
}

static bool write_comparison(struct draft *d, bool aim)
{
    bool ordered = throw_percent(d->g, 50);
    const struct place *place = places_pick(d->g, d->places, ordered ? TYPES_ORDERED : TYPES_ALL, d->keys, NULL);
    if (!place)
        return false;
    if (ordered)
        put_ordered(d, place, aim);
    else
        put_equality(d, place, aim);
    return true;
}

static bool write_pair(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *a = places_pick(g, d->places, TYPES_ALL, d->keys, NULL);
    if (!a)
        return false;
    unsigned types = throw_percent(g, 85) ? TYPE_BIT(typed_type(a->value)) : TYPES_ALL;
    const struct place *b = places_pick(g, d->places, types, d->keys, a);
    if (!b)
        return false;
    put_operand(d, a);
    if (throw_percent(g, 25))
        put_sign(g, PICK(g, ordered_signs));
    else
        put_sign(g, doc_same(a->value, b->value) == aim ? "=" : "<>");
    put_operand(d, b);
    return true;
}

static bool write_constants(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    struct doc *a = typed_make_any(g, 0, 1);
    put_value(d, a);
    put_sign(g, "=");
    put_value(d, aim ? typed_equal(g, a) : typed_other(g, a));
    return true;
}

/* --- BETWEEN and IN --- */

static bool write_between(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *place = places_pick(g, d->places, TYPES_ORDERED, d->keys, NULL);
    if (!place)
        return false;
    int low_order = !aim ? 1 : throw_percent(g, 70) ? -1 : 0;
    struct doc *low = typed_beside(g, place->value, low_order);
    struct doc *high = typed_beside(g, aim ? place->value : low, throw_percent(g, 70) ? 1 : 0);
    put_operand(d, place);
    put_joint(d->g, "BETWEEN");
    put_value(d, low);
    put_joint(g, "AND");
    put_value(d, high);
    return true;
}

/* A value between two places. */
static bool write_between_places(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *a = places_pick(g, d->places, TYPES_ORDERED, d->keys, NULL);
    const struct place *b = a ? places_pick(g, d->places, TYPE_BIT(typed_type(a->value)), d->keys, a) : NULL;
    if (!b)
        return false;
    put_value(d, typed_beside(g, a->value, aim ? 1 : -1));
    put_joint(d->g, "BETWEEN");
    put_path(d, a);
    put_joint(g, "AND");
    put_path(d, b);
    return true;
}

static bool write_in(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *place = places_pick(g, d->places, TYPES_ALL, d->keys, NULL);
    if (!place)
        return false;
    uint32_t count = 1 + throw_below(g, 4), equal = throw_below(g, count);
    put_operand(d, place);
    put_joint(g, "IN");
    put(g, "(");
    for (uint32_t i = 0; i < count; i++) {
        put(g, i ? "," : "");
        put(g, i ? g->spelling.space : "");
        const struct place *other =
            throw_percent(g, 8) && !aim ? places_pick(g, d->places, TYPES_ALL, d->keys, place) : NULL;
        if (other)
            put_path(d, other);
        else
            put_value(d, aim && i == equal ? typed_equal(g, place->value) : typed_other(g, place->value));
    }
    put(g, ")");
    return true;
}

/* --- functions --- */

static void put_call(struct draft *d, const char *function, const struct place *place)
{
    put(d->g, function);
    put(d->g, throw_percent(d->g, 5) ? " (" : "(");
    put_path(d, place);
}

static void put_second(struct draft *d, struct doc *value)
{
    put(d->g, ",");
    put(d->g, d->g->spelling.space);
    put_value(d, value);
    put(d->g, ")");
}

static bool write_exists(struct draft *d, bool aim)
{
    bool exists = throw_percent(d->g, 50);
    const struct place *place = NULL;
    if (exists == aim)
        place = places_pick(d->g, d->places, TYPES_ALL, d->keys, NULL);
    else
        place = places_missing(d->g, d->places, false);
    if (!place)
        return false;
    put_call(d, exists ? "attribute_exists" : "attribute_not_exists", place);
    put(d->g, ")");
    return true;
}

static bool write_type(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *place = places_pick(g, d->places, TYPES_ALL, d->keys, NULL);
    if (!place)
        return false;
    ddbexpr_type type = typed_type(place->value);
    if (!aim)
        type = (ddbexpr_type)(((uint32_t)type + 1 + throw_below(g, DDBEXPR_TYPE_COUNT - 1)) % DDBEXPR_TYPE_COUNT);
    put_call(d, "attribute_type", place);
    put_second(d, typed_text(g, DDBEXPR_S, ddbexpr_cstr(ddbexpr_type_name(type))));
    return true;
}

static bool write_begins_with(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *place = places_pick(g, d->places, TYPE_BIT(DDBEXPR_S) | TYPE_BIT(DDBEXPR_B), d->keys, NULL);
    if (!place)
        return false;
    put_call(d, "begins_with", place);
    if (throw_percent(g, 10))
        put_second(d, typed_make(g, typed_type(place->value), 0));
    else
        put_second(d, typed_beside(g, place->value, aim ? -1 : 1));
    return true;
}

/* What a container holds, or something else. */
static struct doc *part_of(struct generator *g, const struct doc *value, bool aim)
{
    ddbexpr_type type = typed_type(value);
    const struct doc *content = typed_content(value);
    const struct doc *member = content->count ? doc_at(content, throw_below(g, (uint32_t)content->count)) : NULL;
    if (type == DDBEXPR_S || type == DDBEXPR_B)
        return typed_beside(g, value, aim ? -1 : 1);
    if (type == DDBEXPR_L)
        return aim && member ? typed_equal(g, member) : typed_make_any(g, 0, 1);
    ddbexpr_type of = (ddbexpr_type)(type - DDBEXPR_SS);
    if (!aim || !member)
        return typed_make(g, of, 0);
    return of == DDBEXPR_B ? typed_binary(g, member->bytes) : typed_text(g, of, member->text);
}

static bool write_contains(struct draft *d, bool aim)
{
    const struct place *place = places_pick(d->g, d->places, TYPES_SIZED & ~TYPE_BIT(DDBEXPR_M), d->keys, NULL);
    if (!place)
        return false;
    put_call(d, "contains", place);
    put_second(d, part_of(d->g, place->value, aim));
    return true;
}

static uint32_t size_of(const struct doc *value)
{
    ddbexpr_type type = typed_type(value);
    const struct doc *content = typed_content(value);
    return (uint32_t)(type == DDBEXPR_S ? content->text.len : type == DDBEXPR_B ? content->bytes.len : content->count);
}

static void put_size(struct draft *d, const struct place *place)
{
    put_call(d, "size", place);
    put(d->g, ")");
}

static bool write_size(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *place = places_pick(g, d->places, TYPES_SIZED, d->keys, NULL);
    if (!place)
        return false;
    struct doc *size = typed_number(g, (int32_t)size_of(place->value));
    uint32_t kind = throw_below(g, 10), sign = throw_below(g, COUNT(ordered_signs));
    const struct place *other = kind == 0 ? places_pick(g, d->places, TYPES_SIZED, d->keys, place) : NULL;
    if (kind == 1) { /* the size of a value */
        put(g, "size(");
        put_value(d, typed_equal(g, place->value));
        put(g, ")");
    } else {
        put_size(d, place);
    }
    if (other) {
        put_sign(g, (size_of(place->value) == size_of(other->value)) == aim ? "=" : "<>");
        put_size(d, other);
    } else if (kind == 2) {
        int order = aim ? -1 : 1;
        put_joint(d->g, "BETWEEN");
        put_value(d, typed_beside(g, size, order));
        put_joint(g, "AND");
        put_value(d, typed_number(g, (int32_t)size_of(place->value) + 9));
    } else if (kind == 3) {
        put_joint(g, "IN");
        put(g, "(");
        put_value(d, aim ? size : typed_beside(g, size, 1));
        put(g, ")");
    } else if (kind < 7) {
        put_sign(g, aim ? "=" : "<>");
        put_value(d, size);
    } else {
        int order = order_for(g, sign, aim);
        put_sign(g, ordered_signs[sign]);
        put_value(d, typed_beside(g, size, order));
    }
    return true;
}

/* --- what is not there: only `<>` and attribute_not_exists are true of it --- */

static bool write_missing(struct draft *d, bool aim)
{
    struct generator *g = d->g;
    const struct place *place = places_missing(g, d->places, false);
    if (!place)
        return false;
    struct doc *value = typed_make(g, (ddbexpr_type)throw_below(g, DDBEXPR_B + 1), 0);
    uint32_t kind = throw_below(g, 4);
    if (aim && kind < 2) {
        put_call(d, "attribute_not_exists", place);
        put(g, ")");
    } else if (!aim && kind == 0) {
        put_call(d, "contains", place);
        put_second(d, value);
    } else if (!aim && kind == 1) {
        put_path(d, place);
        put_sign(g, PICK(g, ordered_signs));
        put_value(d, value);
    } else {
        put_path(d, place);
        put_sign(g, aim ? "<>" : "=");
        put_value(d, value);
    }
    return true;
}

static bool (*const writers[])(struct draft *d, bool aim) = {
    write_comparison, write_pair, write_constants,   write_between,  write_between_places, write_in,
    write_exists,     write_type, write_begins_with, write_contains, write_size,           write_missing,
};
static const uint8_t weights[COUNT(writers)] = {30, 8, 1, 7, 2, 7, 10, 6, 7, 8, 9, 5};

void write_clause(struct draft *d, bool aim)
{
    if (d->g->loose && throw_percent(d->g, 26)) {
        write_wild_clause(d);
        return;
    }
    uint32_t kind = dice_weighted(&d->g->dice, weights, COUNT(writers));
    if (!writers[kind](d, aim) && !write_missing(d, aim))
        put(d->g, "a"); /* no memory */
}
