/* SPDX-License-Identifier: Apache-2.0 */
/* Random conditions: clauses `x0 = :v` to `x11 = :v` under ANDs, ORs and NOTs. The service may refuse one (redundant
 * parentheses); knows nothing of what they are used for. */
#ifndef DDBEXPR_TESTS_CONDITIONS_H
#define DDBEXPR_TESTS_CONDITIONS_H

#include "prng.h"

#include <stddef.h>
#include <stdio.h>

/* Writes a condition, a few hundred bytes long at a depth of 3, and gives its length; adds the number of its clauses,
 * about 10 at the most, to *leaves. */
static inline size_t put_condition(struct prng *p, char *out, unsigned depth, unsigned *leaves)
{
    if (depth == 0 || *leaves >= 10 || prng_once_in(p, 4)) {
        ++*leaves;
        return (size_t)sprintf(out, "x%u = :v", prng_below(p, 12));
    }
    if (prng_once_in(p, 4)) {
        size_t n = (size_t)sprintf(out, "NOT (");
        n += put_condition(p, out + n, depth - 1, leaves);
        return n + (size_t)sprintf(out + n, ")");
    }
    size_t n = 0;
    unsigned children = 2 + prng_below(p, 2);
    const char *word = prng_once_in(p, 2) ? " AND " : " OR ";
    for (unsigned i = 0; i < children; i++) {
        n += (size_t)sprintf(out + n, "%s(", i ? word : "");
        n += put_condition(p, out + n, depth - 1, leaves);
        n += (size_t)sprintf(out + n, ")");
    }
    return n;
}

#endif
