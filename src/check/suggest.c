/* SPDX-License-Identifier: Apache-2.0 */
/* How far two names are apart. Only short names are compared: a suggestion for a long one is a guess. */
#include "check/suggest.h"

#include "base/limits.h"

#define TOO_FAR 3

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

static bool same_letter(char a, char b) { return str_equal_ignoring_case(str_of(&a, 1), str_of(&b, 1)); }

unsigned edit_distance(str a, str b)
{
    if (a.len > LIMIT_SUGGESTED_BYTES || b.len > LIMIT_SUGGESTED_BYTES || a.len > b.len + 2 || b.len > a.len + 2)
        return TOO_FAR;
    unsigned char rows[3][LIMIT_SUGGESTED_BYTES + 1]; /* this row, the one above, and the one above that */
    unsigned char *above2 = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        above[j] = (unsigned char)j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = (unsigned char)i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = same_letter(a.ptr[i - 1], b.ptr[j - 1]);
            unsigned best = least(above[j] + 1u, row[j - 1] + 1u, above[j - 1] + (same ? 0u : 1u));
            if (i > 1 && j > 1 && same_letter(a.ptr[i - 1], b.ptr[j - 2]) && same_letter(a.ptr[i - 2], b.ptr[j - 1]) &&
                above2[j - 2] + 1u < best)
                best = above2[j - 2] + 1u;
            row[j] = (unsigned char)best;
        }
        unsigned char *spare = above2;
        above2 = above;
        above = row;
        row = spare;
    }
    return above[b.len] < TOO_FAR ? above[b.len] : TOO_FAR;
}
