/* SPDX-License-Identifier: Apache-2.0 */
/* Values that might do, collected: those beside a value, of a size, of a type, with a part and without. Knows no
 * expressions. Whether one does is for others to find out, so too many are no harm. */
#ifndef DDBEXPR_COVERAGE_NEIGHBOURS_H
#define DDBEXPR_COVERAGE_NEIGHBOURS_H

#include "value/value.h"

struct proposals {
    arena *arena;
    const value **values; /* NULL: that there is none */
    size_t count, room;
    size_t bytes;   /* that all of them took */
    bool no_memory; /* sticks */
};

/* A value as it is; NULL: that there is none. */
void propose(struct proposals *p, const value *v);

/* The next larger or smaller one: a number by 1, a text by a character. Nothing for other types. */
void propose_above(struct proposals *p, const value *v);
void propose_below(struct proposals *p, const value *v);

/* A number by a half: between two that are whole. */
void propose_halves(struct proposals *p, const value *v);

/* Another value of its type. */
void propose_other(struct proposals *p, const value *v);

/* Values of a type, and of all types but one. */
void propose_type(struct proposals *p, ddbexpr_type type);
void propose_other_types(struct proposals *p, ddbexpr_type type);

/* Values for which size() gives this number (an N), first one made of `v` (may be NULL). */
void propose_sized(struct proposals *p, const value *v, const value *size);

/* Values that contain a part, or do not, made of `v` (may be NULL). */
void propose_with(struct proposals *p, const value *v, const value *part);
void propose_without(struct proposals *p, const value *v, const value *part);

#endif
