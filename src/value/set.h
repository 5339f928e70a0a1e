/* SPDX-License-Identifier: Apache-2.0 */
/* What can be done with sets that are there. Both operands must be of one set type. */
#ifndef DDBEXPR_VALUE_SET_H
#define DDBEXPR_VALUE_SET_H

#include "value/value.h"

/* Whether a value is a member; false for values of another type. log n. */
bool value_set_has(const value *set, const value *member);

/* All members of either; those of `a` where both have one. False: no memory. */
bool value_set_union(arena *memory, const value *a, const value *b, value *ret);

/* Members of `a` that are not in `b`; may be left without any. False: no memory. */
bool value_set_difference(arena *memory, const value *a, const value *b, value *ret);

#endif
