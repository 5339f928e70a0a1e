/* SPDX-License-Identifier: Apache-2.0 */
/* Updates, second phase: writing what the actions came to into a copy of the item. */
#ifndef DDBEXPR_PROGRAM_APPLY_H
#define DDBEXPR_PROGRAM_APPLY_H

#include "check/path_tree.h"

enum effect_kind {
    EFFECT_NONE,
    EFFECT_WRITE,
    EFFECT_REMOVE /* INVARIANT: only of what is stored */
};

struct effect {
    enum effect_kind kind;
    const value *value; /* EFFECT_WRITE */
};

/* The item with the effects (by number of the path in the tree) applied. What no effect touches is shared with the old
 * item, which stays as it was. Indexes mean positions in the old lists; what lies past the end is appended in the order
 * of the indexes (aws; ruling 21). False: no memory. */
bool apply_effects(const struct path_branch *targets, const struct effect *effects, const value *item, arena *a,
                   value *ret);

#endif
