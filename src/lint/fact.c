/* SPDX-License-Identifier: Apache-2.0 */
/* Facts about one place: meeting and joining them. Must not know where they come from. Every step may forget what it
 * cannot express, and none may claim what does not follow. */
#include "lint/fact.h"

struct fact fact_unknown(void) { return (struct fact){.may_exist = true, .may_miss = true, .types = TYPES_ALL}; }

struct fact fact_exists(type_set types) { return (struct fact){.may_exist = types != 0, .types = types}; }

struct fact fact_missing(void) { return (struct fact){.may_miss = true}; }

bool fact_says_something(const struct fact *fact)
{
    bool bounded = false;
    for (int r = 0; r < RANGE_COUNT; r++)
        bounded |= fact->ranges[r].lower || fact->ranges[r].upper;
    /* lists of values and prefixes come with types */
    return bounded || !fact->may_exist || !fact->may_miss || fact->types != TYPES_ALL;
}

/* --- ranges --- */

static int order_of(const value *a, const value *b)
{
    int order = 0;
    ddbexpr_value_compare(a, b, &order);
    return order;
}

static void bound_below(struct range *range, const value *bound, bool open)
{
    int order = range->lower ? order_of(bound, range->lower) : 1;
    if (order > 0 || (order == 0 && open)) {
        range->lower = bound;
        range->lower_open = open;
    }
}

static void bound_above(struct range *range, const value *bound, bool open)
{
    int order = range->upper ? order_of(bound, range->upper) : -1;
    if (order < 0 || (order == 0 && open)) {
        range->upper = bound;
        range->upper_open = open;
    }
}

void fact_bound_below(struct fact *fact, enum range_of range, const value *bound, bool open)
{
    bound_below(&fact->ranges[range], bound, open);
}

void fact_bound_above(struct fact *fact, enum range_of range, const value *bound, bool open)
{
    bound_above(&fact->ranges[range], bound, open);
}

static bool range_is_empty(const struct range *range)
{
    if (!range->lower || !range->upper)
        return false;
    int order = order_of(range->lower, range->upper);
    return order > 0 || (order == 0 && (range->lower_open || range->upper_open));
}

static bool range_admits(const struct range *range, const value *v)
{
    int below = range->lower ? order_of(range->lower, v) : -1;
    int above = range->upper ? order_of(v, range->upper) : -1;
    return (below < 0 || (below == 0 && !range->lower_open)) && (above < 0 || (above == 0 && !range->upper_open));
}

/* The smallest range around two. */
static struct range range_around(const struct range *a, const struct range *b)
{
    struct range hull = {NULL, NULL, false, false};
    if (a->lower && b->lower) {
        int order = order_of(a->lower, b->lower);
        hull.lower = order <= 0 ? a->lower : b->lower;
        hull.lower_open = order < 0 ? a->lower_open : order > 0 ? b->lower_open : a->lower_open && b->lower_open;
    }
    if (a->upper && b->upper) {
        int order = order_of(a->upper, b->upper);
        hull.upper = order >= 0 ? a->upper : b->upper;
        hull.upper_open = order > 0 ? a->upper_open : order < 0 ? b->upper_open : a->upper_open && b->upper_open;
    }
    return hull;
}

static type_set types_of_range(enum range_of range) { return range == RANGE_SIZE ? TYPES_SIZED : TYPE_BIT(range); }

/* --- values --- */

static bool begins_with(const value *v, const value *prefix)
{
    return v->count >= prefix->count &&
           (prefix->count == 0 || memcmp(v->at.bytes, prefix->at.bytes, prefix->count) == 0);
}

static bool size_is_admitted(const struct range *range, const value *v)
{
    uint64_t size;
    if ((!range->lower && !range->upper) || !value_function_size(v, &size))
        return true;
    struct number number = number_of(size);
    value measured = value_of_number(&number);
    return range_admits(range, &measured);
}

/* By all but the list of values. */
static bool content_is_admitted(const struct fact *fact, const value *v)
{
    if (!(fact->types & TYPE_BIT(v->type)))
        return false;
    if (v->type <= DDBEXPR_B && !range_admits(&fact->ranges[v->type], v))
        return false;
    if (fact->prefix && fact->prefix->type == v->type && !begins_with(v, fact->prefix))
        return false;
    return size_is_admitted(&fact->ranges[RANGE_SIZE], v);
}

static bool is_listed(const struct fact *fact, const value *v)
{
    for (uint32_t i = 0; i < fact->value_count; i++)
        if (fact->values[i] == v || ddbexpr_value_equal(fact->values[i], v))
            return true;
    return false;
}

bool fact_admits(const struct fact *fact, const value *v)
{
    if (!v)
        return fact->may_miss;
    return fact->may_exist && content_is_admitted(fact, v) && (!fact->values || is_listed(fact, v));
}

/* Keeps the values that agree with the rest of the fact and, if `also` has a list, with that. */
static void filter_values(struct fact_memory *memory, struct fact *fact, const struct fact *also)
{
    const value **kept = ARENA_ARRAY(memory->arena, const value *, fact->value_count);
    uint32_t count = 0;
    type_set types = 0;
    if (!kept) {
        memory->failed = true;
        return;
    }
    for (uint32_t i = 0; i < fact->value_count; i++) {
        const value *v = fact->values[i];
        if (!content_is_admitted(fact, v) || (also->values && !is_listed(also, v)))
            continue;
        kept[count++] = v;
        types |= TYPE_BIT(v->type);
    }
    fact->values = kept;
    fact->value_count = count;
    fact->types &= types;
}

/* --- both --- */

static void drop_empty_ranges(struct fact *fact)
{
    for (int r = 0; r < RANGE_COUNT; r++)
        if (range_is_empty(&fact->ranges[r]))
            fact->types &= ~types_of_range((enum range_of)r);
}

static void meet_prefix(struct fact *fact, const value *prefix)
{
    if (!prefix || fact->prefix == prefix)
        return;
    if (!fact->prefix) {
        fact->prefix = prefix;
    } else if (fact->prefix->type == prefix->type) {
        const value *longer = fact->prefix->count >= prefix->count ? fact->prefix : prefix;
        const value *shorter = longer == prefix ? fact->prefix : prefix;
        if (!begins_with(longer, shorter))
            fact->types &= ~TYPE_BIT(prefix->type);
        fact->prefix = longer;
    } /* of two types: the one that is kept says enough */
}

struct fact fact_meet(struct fact_memory *memory, const struct fact *a, const struct fact *b)
{
    struct fact both = *a;
    both.may_exist &= b->may_exist;
    both.may_miss &= b->may_miss;
    if (!both.because)
        both.because = b->because;
    both.types &= b->types;
    for (int r = 0; r < RANGE_COUNT; r++) {
        const struct range *range = &b->ranges[r];
        if (range->lower)
            bound_below(&both.ranges[r], range->lower, range->lower_open);
        if (range->upper)
            bound_above(&both.ranges[r], range->upper, range->upper_open);
    }
    meet_prefix(&both, b->prefix);
    drop_empty_ranges(&both);
    const struct fact *other = b;
    if (!both.values && b->values) {
        both.values = b->values;
        both.value_count = b->value_count;
        other = a;
    }
    if (both.values)
        filter_values(memory, &both, other);
    if (!both.types)
        both.may_exist = false;
    return both;
}

/* --- either --- */

static void join_values(struct fact_memory *memory, const struct fact *a, const struct fact *b, struct fact *ret)
{
    ret->values = NULL;
    ret->value_count = 0;
    if (!a->values || !b->values)
        return;
    const value **all = ARENA_ARRAY(memory->arena, const value *, (size_t)a->value_count + b->value_count);
    if (!all) {
        memory->failed = true;
        return;
    }
    for (uint32_t i = 0; i < a->value_count; i++)
        all[ret->value_count++] = a->values[i];
    for (uint32_t i = 0; i < b->value_count; i++)
        if (!is_listed(a, b->values[i]))
            all[ret->value_count++] = b->values[i];
    ret->values = all;
}

/* A side that cannot have the prefix's type says nothing against it. */
static const value *join_prefix(const struct fact *a, const struct fact *b)
{
    if (a->prefix && !(b->types & TYPE_BIT(a->prefix->type)))
        return a->prefix;
    if (b->prefix && !(a->types & TYPE_BIT(b->prefix->type)))
        return b->prefix;
    bool same = a->prefix && b->prefix && ddbexpr_value_equal(a->prefix, b->prefix);
    return same ? a->prefix : NULL;
}

struct fact fact_join(struct fact_memory *memory, const struct fact *a, const struct fact *b)
{
    struct fact either = a->may_exist ? *a : *b;
    either.may_miss = a->may_miss || b->may_miss;
    either.because = a->because == b->because ? a->because : NULL;
    if (!a->may_exist || !b->may_exist)
        return either;
    either.types = a->types | b->types;
    for (int r = 0; r < RANGE_COUNT; r++) {
        type_set concerned = types_of_range((enum range_of)r);
        either.ranges[r] = !(a->types & concerned)   ? b->ranges[r]
                           : !(b->types & concerned) ? a->ranges[r]
                                                     : range_around(&a->ranges[r], &b->ranges[r]);
    }
    either.prefix = join_prefix(a, b);
    join_values(memory, a, b, &either);
    return either;
}
