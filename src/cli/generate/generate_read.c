/* SPDX-License-Identifier: Apache-2.0 */
/* Projections and key conditions. */
#include "cli/generate/generate_draft.h"

void write_projection(struct draft *d)
{
    const struct place *chosen[6];
    struct generator *g = d->g;
    uint32_t wanted = 1 + throw_below(g, COUNT(chosen)), count = 0;
    for (uint32_t i = 0; i < 2 * wanted && count < wanted; i++) {
        const struct place *place = NULL;
        if (throw_percent(g, 85))
            place = places_pick(g, d->places, TYPES_ALL, true, NULL);
        if (!place)
            place = places_missing(g, d->places, true);
        bool free = place != NULL;
        for (uint32_t k = 0; k < count && free; k++)
            free = !place_overlaps(chosen[k], place);
        if (!free)
            continue;
        if (count)
            put_sign(g, ",");
        put_path(d, place);
        chosen[count++] = place;
    }
}

/* --- key conditions --- */

static void put_key_equals(struct draft *d, ddbexpr_str name, struct doc *value)
{
    bool name_first = throw_percent(d->g, 90);
    if (name_first)
        put_name(d, name);
    else
        put_value(d, value);
    put_sign(d->g, "=");
    if (name_first)
        put_value(d, value);
    else
        put_name(d, name);
}

static void put_key_range(struct draft *d, ddbexpr_str name, const struct doc *value)
{
    static const char *const signs[] = {"<", "<=", ">", ">="};
    struct generator *g = d->g;
    struct doc *low = typed_beside(g, value, throw_percent(g, 50) ? 0 : -1);
    ddbexpr_type type = typed_type(value);
    bool empty = type != DDBEXPR_N && low->first && (type == DDBEXPR_B ? low->first->bytes : low->first->text).len == 0;
    if (empty) /* no key is */
        low = typed_equal(g, value);
    uint32_t kind = throw_below(g, 10);
    if (kind == 0 && type != DDBEXPR_N) {
        put(g, "begins_with(");
        put_name(d, name);
        put_sign(g, ",");
        put_value(d, low);
        put(g, ")");
    } else if (kind < 3) {
        put_name(d, name);
        put_joint(g, "BETWEEN");
        put_value(d, low);
        put_joint(g, "AND");
        put_value(d, typed_beside(g, value, 1));
    } else if (kind < 6) {
        put_key_equals(d, name, typed_equal(g, value));
    } else {
        put_name(d, name);
        put_sign(g, PICK(g, signs));
        put_value(d, low);
    }
}

static void put_clause(struct draft *d, ddbexpr_str name, const struct doc *value, bool partition)
{
    bool parentheses = throw_percent(d->g, 12);
    put(d->g, parentheses ? "(" : "");
    if (partition)
        put_key_equals(d, name, typed_equal(d->g, value));
    else
        put_key_range(d, name, value);
    put(d->g, parentheses ? ")" : "");
}

void write_key_condition(struct draft *d, const struct doc *key, const struct doc *item, bool whole)
{
    struct generator *g = d->g;
    if (g->loose && throw_percent(g, 25)) {
        write_wild_key_condition(d, key, item);
        return;
    }
    const struct doc *names[2] = {key->first, key->count > 1 ? key->last : NULL};
    bool with_sort = names[1] && !whole && throw_percent(g, 60), sort_first = with_sort && throw_percent(g, 20);
    for (uint32_t i = 0; i < 2; i++) {
        bool partition = (i == 0) != sort_first;
        const struct doc *name = names[partition ? 0 : 1];
        if (!partition && !with_sort)
            continue;
        if (i)
            put_joint(g, "AND");
        const struct doc *value = doc_get(item, name->name);
        if (value)
            put_clause(d, name->name, value, partition);
    }
}
