/* SPDX-License-Identifier: Apache-2.0 */
/* Updates: sections in any order, targets that do not overlap, operands that are there and of the types that they must
 * be; now and then one that is not, which only the stored item decides. */
#include "cli/generate/generate_draft.h"

#include "cli/generate/generate_names.h"

#define TARGETS_AT_MOST 16

struct update {
    struct draft *d;
    const struct place *targets[TARGETS_AT_MOST];
    uint32_t target_count;
};

/* --- targets --- */

static bool claim(struct update *u, const struct place *place)
{
    if (!place || u->target_count == TARGETS_AT_MOST)
        return false;
    for (uint32_t i = 0; i < u->target_count; i++)
        if (place_overlaps(u->targets[i], place))
            return false;
    u->targets[u->target_count++] = place;
    return true;
}

/* A place that holds one of some types, or an empty one; NULL: there is none that is free. */
static const struct place *claim_target(struct update *u, unsigned types, bool may_be_empty)
{
    struct generator *g = u->d->g;
    for (int tries = 0; tries < 4; tries++) {
        const struct place *place = NULL;
        if (!may_be_empty || throw_percent(g, 60))
            place = places_pick(g, u->d->places, types, false, NULL);
        if (!place && may_be_empty)
            place = places_missing(g, u->d->places, true);
        if (claim(u, place))
            return place;
    }
    return NULL;
}

/* An attribute of a name that nothing else has. */
static const struct place *claim_new(struct update *u)
{
    const struct place *place = place_inside(u->d->g, NULL, keep_format(u->d->g, "u%u", (unsigned)u->target_count));
    return claim(u, place) ? place : NULL;
}

/* --- operands of SET --- */

static void put_comma(struct generator *g)
{
    put(g, ",");
    put(g, g->spelling.space);
}

static const struct place *readable(struct draft *d, unsigned types)
{
    return places_pick(d->g, d->places, types, true, NULL);
}

/* if_not_exists with a default of some type. What is there must be of it, too, if it is to be worked on. */
static void put_default(struct draft *d, const struct place *place, struct doc *value)
{
    put(d->g, "if_not_exists(");
    put_path(d, place);
    put_comma(d->g);
    put_value(d, value);
    put(d->g, ")");
}

static void put_number(struct draft *d)
{
    struct generator *g = d->g;
    const struct place *place = readable(d, TYPE_BIT(DDBEXPR_N));
    uint32_t kind = throw_below(g, 10);
    if (place && !typed_is_small(place->value))
        place = NULL;
    if (place && kind < 5)
        put_path(d, place);
    else if (kind < 7 && (place || (place = places_missing(g, d->places, false))))
        put_default(d, place, typed_make_small(g));
    else
        put_value(d, typed_make_small(g));
}

static void put_sum(struct draft *d)
{
    struct generator *g = d->g;
    bool parentheses = throw_percent(g, 5);
    put(g, parentheses ? "(" : "");
    put_number(d);
    put_sign(g, throw_percent(g, 60) ? "+" : "-");
    put_number(d);
    put(g, parentheses ? ")" : "");
}

static void put_list(struct draft *d)
{
    struct generator *g = d->g;
    const struct place *place = readable(d, TYPE_BIT(DDBEXPR_L));
    uint32_t kind = throw_below(g, 10);
    if (place && kind < 5) {
        put_path(d, place);
        return;
    }
    if (kind < 7 && (place || (place = places_missing(g, d->places, false))))
        put_default(d, place, typed_wrap(g, DDBEXPR_L, doc_array(g)));
    else
        put_value(d, typed_make(g, DDBEXPR_L, 1));
}

static void put_list_append(struct draft *d)
{
    put(d->g, "list_append(");
    put_list(d);
    put_comma(d->g);
    put_list(d);
    put(d->g, ")");
}

/* What the stored item may not have, or not in the type that is needed. */
static void put_risk(struct draft *d)
{
    struct generator *g = d->g;
    const struct place *place = throw_percent(g, 50) ? readable(d, TYPES_ALL) : places_missing(g, d->places, false);
    uint32_t kind = throw_below(g, 3);
    if (!place) {
        put_value(d, typed_make_any(g, 0, 1));
    } else if (kind == 0) {
        put_path(d, place);
    } else if (kind == 1) {
        put_path(d, place);
        put_sign(g, "+");
        put_value(d, typed_make(g, DDBEXPR_N, 0));
    } else {
        put(g, "list_append(");
        put_path(d, place);
        put_comma(g);
        put_list(d);
        put(g, ")");
    }
}

static void put_right_side(struct draft *d)
{
    static const uint8_t kinds[] = {34, 12, 14, 20, 16, 4};
    struct generator *g = d->g;
    const struct place *place = NULL;
    if (g->loose && throw_percent(g, 40)) {
        write_wild_operand(d);
        return;
    }
    switch (dice_weighted(&g->dice, kinds, COUNT(kinds))) {
    case 0:
        break;
    case 1:
        place = readable(d, TYPES_ALL);
        if (place)
            put_path(d, place);
        break;
    case 2:
        place = throw_percent(g, 50) ? readable(d, TYPES_ALL) : places_missing(g, d->places, false);
        if (place)
            put_default(d, place, typed_make_any(g, 0, 2));
        break;
    case 3:
        put_sum(d);
        return;
    case 4:
        put_list_append(d);
        return;
    default:
        put_risk(d);
        return;
    }
    if (!place)
        put_value(d, typed_make_any(g, 0, 3));
}

/* --- actions: each writes one, or nothing where there is no target left --- */

static bool write_set(struct update *u)
{
    struct draft *d = u->d;
    const struct place *target = claim_target(u, TYPES_ALL, true);
    if (!target)
        target = claim_new(u);
    if (!target)
        return false;
    put_path(d, target);
    put_sign(d->g, "=");
    put_right_side(d);
    return true;
}

static bool write_remove(struct update *u)
{
    const struct place *target = claim_target(u, TYPES_ALL, throw_percent(u->d->g, 20));
    if (!target)
        target = claim_new(u);
    if (!target)
        return false;
    put_path(u->d, target);
    return true;
}

/* A set of a type, some of whose members are those of the set that is there. */
static struct doc *set_for(struct generator *g, const struct place *target)
{
    struct doc *set = typed_make(g, typed_type(target->value), 0);
    const struct doc *there = typed_content(target->value);
    struct doc *content = typed_content(set);
    if (throw_percent(g, 50) || !there || !content) /* what lacks memory has no content */
        return typed_equal(g, target->value);
    if (throw_percent(g, 50)) {
        struct doc *one = doc_copy(g, doc_at(there, throw_below(g, (uint32_t)there->count)));
        *content = (struct doc){.kind = DOC_ARRAY, .name = content->name};
        doc_add(g, content, one);
    }
    return set;
}

/* Any target, any operand. */
static bool write_wild_action(struct update *u)
{
    struct draft *d = u->d;
    const struct place *target = claim_target(u, TYPE_BIT(throw_below(d->g, DDBEXPR_TYPE_COUNT)), true);
    if (!target)
        target = claim_new(u);
    if (target) {
        put_path(d, target);
        put_gap(d->g);
        put_value(d, typed_make(d->g, (ddbexpr_type)throw_below(d->g, DDBEXPR_TYPE_COUNT), 1));
    }
    return target != NULL;
}

static bool write_add(struct update *u)
{
    struct draft *d = u->d;
    struct generator *g = d->g;
    if (g->loose && throw_percent(g, 60))
        return write_wild_action(u);
    const struct place *target = claim_target(u, TYPES_SETS | TYPE_BIT(DDBEXPR_N), throw_percent(g, 30));
    if (target && target->value && typed_type(target->value) == DDBEXPR_N && !typed_is_small(target->value))
        target = NULL;
    if (!target)
        target = claim_new(u);
    if (!target)
        return false;
    put_path(d, target);
    put_gap(g);
    if (target->value && typed_type(target->value) != DDBEXPR_N)
        put_value(d, set_for(g, target));
    else if (target->value || throw_percent(g, 50))
        put_value(d, typed_make_small(g));
    else
        put_value(d, typed_make(g, (ddbexpr_type)(DDBEXPR_SS + throw_below(g, 3)), 0));
    return true;
}

static bool write_delete(struct update *u)
{
    struct draft *d = u->d;
    struct generator *g = d->g;
    if (g->loose && throw_percent(g, 70))
        return write_wild_action(u);
    const struct place *target = claim_target(u, TYPES_SETS, throw_percent(g, 20));
    if (!target)
        target = claim_new(u);
    if (!target)
        return false;
    put_path(d, target);
    put_gap(g);
    if (target->value)
        put_value(d, set_for(g, target));
    else
        put_value(d, typed_make(g, (ddbexpr_type)(DDBEXPR_SS + throw_below(g, 3)), 0));
    return true;
}

/* --- sections --- */

static const struct {
    const char *keyword;
    bool (*write)(struct update *u);
} sections[] = {{"SET", write_set}, {"REMOVE", write_remove}, {"ADD", write_add}, {"DELETE", write_delete}};

static void write_section(struct update *u, uint32_t section)
{
    struct generator *g = u->d->g;
    uint32_t count = 1 + throw_below(g, 3);
    put_keyword(g, sections[section].keyword);
    put_gap(g);
    sections[section].write(u);
    for (uint32_t i = 1; i < count && u->target_count + 4 < TARGETS_AT_MOST; i++) {
        put_comma(g);
        sections[section].write(u);
    }
}

void write_update(struct draft *d)
{
    static const uint8_t weights[] = {70, 12, 12, 6}, loose[] = {36, 4, 30, 30};
    struct generator *g = d->g;
    struct update update = {.d = d};
    uint32_t first = dice_weighted(&g->dice, g->loose ? loose : weights, COUNT(weights));
    write_section(&update, first);
    for (uint32_t i = 1; i < COUNT(sections); i++) {
        if (!throw_percent(g, 20))
            continue;
        put_gap(g);
        write_section(&update, (first + i) % COUNT(sections));
    }
}
