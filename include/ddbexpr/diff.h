/* SPDX-License-Identifier: Apache-2.0 */
/* Diffs: what differs between two items, place by place, as deep in their maps and lists as it can be told.
 * Since 0.1.0. */
#ifndef DDBEXPR_DIFF_H
#define DDBEXPR_DIFF_H

#include <ddbexpr/diagnostic.h>
#include <ddbexpr/value.h>

DDBEXPR_BEGIN_DECLS

/* One place where two items differ; at least one of the values is there. The path is for people: "tags[2]",
 * "profile.city", names as they are, without a sign around those that hold a point or a bracket. The index of an
 * element that is gone counts in the list before, that of a new one in the list after; for all others both agree. */
typedef struct ddbexpr_change {
    ddbexpr_str path;
    const ddbexpr_value *before; /* NULL: was not there */
    const ddbexpr_value *after;  /* NULL: is no longer there */
} ddbexpr_change;

/* What must change for one item to become the other; no changes if and only if they are equal as `=` has it (5 and 5.0
 * are). Either may be NULL (no item): then each attribute of the other is a change.
 *
 * Maps are compared by name: first what is in `before`, in its order, then new names in the order of `after`. Of lists
 * the common beginning and the common end are left out, and what is between is paired index by index; what one has more
 * of is added or gone. Maps in the same place and lists in the same place are gone into, all else is compared as a
 * whole; so is what lies under more than 1024 bytes of names, so that paths cannot outgrow the items. Linear in the
 * items' sizes for each level of nesting.
 *
 * The changes (NULL if there are none) live in `arena` and borrow from the items, which must live as long. Any thread
 * that may build in the arena. Errors: MISUSE (an item is no map or is faulty), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_diff(const ddbexpr_value *before, const ddbexpr_value *after, ddbexpr_arena *arena,
                                        const ddbexpr_change **ret_changes, size_t *ret_count);

/* Appends the changes for people, one a line, values in one column: what was added (+), what is gone (-), what is
 * another value now (~); of a set what came and what went. Long values are shortened, to the style's width if it has
 * one. Control characters of user data are made visible. style NULL: plain. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_diff_render(const ddbexpr_change *changes, size_t count, const ddbexpr_style *style,
                                               ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
