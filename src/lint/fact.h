/* SPDX-License-Identifier: Apache-2.0 */
/* A fact: what is known about the place that one document path leads to, without knowing the item. Facts can be true
 * together (meet) or one of two can be (join). It must not know conditions. Everything below the first two members
 * speaks of the value "if there is one", so that "a is missing, or a number above 5" is one fact. */
#ifndef DDBEXPR_LINT_FACT_H
#define DDBEXPR_LINT_FACT_H

#include "value/value.h"

struct node; /* syntax/ast.h: facts point to clauses, and look at none */

/* Bits 1 << ddbexpr_type. */
typedef uint32_t type_set;

#define TYPE_BIT(type) ((type_set)1 << (type))
#define TYPES_ALL      (TYPE_BIT(DDBEXPR_TYPE_COUNT) - 1)
#define TYPES_ORDERED  (TYPE_BIT(DDBEXPR_S) | TYPE_BIT(DDBEXPR_N) | TYPE_BIT(DDBEXPR_B))
#define TYPES_UNSIZED  (TYPE_BIT(DDBEXPR_N) | TYPE_BIT(DDBEXPR_BOOL) | TYPE_BIT(DDBEXPR_NULL))
#define TYPES_SIZED    (TYPES_ALL & ~TYPES_UNSIZED)
#define TYPES_SETS     (TYPE_BIT(DDBEXPR_SS) | TYPE_BIT(DDBEXPR_NS) | TYPE_BIT(DDBEXPR_BS))

/* What a range speaks of: the value, if it has this type; or its size, if it has one. */
enum range_of {
    RANGE_S = DDBEXPR_S,
    RANGE_N = DDBEXPR_N,
    RANGE_B = DDBEXPR_B,
    RANGE_SIZE, /* the bounds are numbers */
    RANGE_COUNT
};

/* NULL: no bound. Open: the bound itself is out. */
struct range {
    const value *lower, *upper;
    bool lower_open, upper_open;
};

struct fact {
    bool may_exist, may_miss; /* neither: there is no such item */
    type_set types;
    struct range ranges[RANGE_COUNT];
    const value *const *values; /* it equals one of these; NULL: nothing is known */
    uint32_t value_count;
    const value *prefix;        /* it begins with this, if it has this one's type; or NULL */
    const struct node *because; /* the clause that decides whether it exists; NULL: none by itself */
};

/* Memory for lists of values; a lack of it sticks. */
struct fact_memory {
    arena *arena;
    bool failed;
};

/* Nothing is known. */
struct fact fact_unknown(void);

/* It is there, and of one of these types. */
struct fact fact_exists(type_set types);

/* It is not there. */
struct fact fact_missing(void);

static inline bool fact_is_impossible(const struct fact *fact) { return !fact->may_exist && !fact->may_miss; }
static inline bool fact_proves_existence(const struct fact *fact) { return fact->may_exist && !fact->may_miss; }
static inline bool fact_proves_absence(const struct fact *fact) { return !fact->may_exist && fact->may_miss; }

/* Whether it says anything at all. */
bool fact_says_something(const struct fact *fact);

/* Narrows one range. */
void fact_bound_below(struct fact *fact, enum range_of range, const value *bound, bool open);
void fact_bound_above(struct fact *fact, enum range_of range, const value *bound, bool open);

/* Both are true; what contradicts itself is found as far as types, ranges, values and prefixes can tell. */
struct fact fact_meet(struct fact_memory *memory, const struct fact *a, const struct fact *b);

/* One of the two is true: the strongest fact that follows from either. */
struct fact fact_join(struct fact_memory *memory, const struct fact *a, const struct fact *b);

/* Whether a value that is there agrees with the fact; NULL: it is missing. For tests, and to judge known values. */
bool fact_admits(const struct fact *fact, const value *v);

#endif
