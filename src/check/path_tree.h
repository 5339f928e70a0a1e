/* SPDX-License-Identifier: Apache-2.0 */
/* Document paths as a tree: what several of them have in common is one branch. Finds clashes between paths, and is what
 * updates and projections walk along with an item. */
#ifndef DDBEXPR_CHECK_PATH_TREE_H
#define DDBEXPR_CHECK_PATH_TREE_H

#include "base/arena.h"
#include "value/path.h"

#define PATH_TREE_NONE UINT32_MAX

struct path_branch {
    struct document_step step; /* unused at the root */
    uint32_t path;             /* the first path that ends here, or PATH_TREE_NONE */
    uint32_t newest_path;      /* the last path that ends here */
    uint32_t any_path;         /* the last path that goes through here or ends here */
    uint32_t child_count;
    uint32_t slot_count;              /* of `slots`: a power of two, or 0 */
    struct path_branch **slots;       /* many children by hash of their step, with free slots between */
    struct path_branch *first, *last; /* children, oldest first */
    struct path_branch *next, *previous;
    struct path_branch *other_kind; /* the last sibling before this one that is a name where this is an index, or the
                                       other way round */
};

/* Adds a path to the tree under `root`. False: no memory. INVARIANT: paths have at most LIMIT_PATH_STEPS steps, so has
 * the tree levels, and walks over it may recurse. */
bool path_tree_add(arena *a, struct path_branch *root, const struct document_path *path, uint32_t id);

/* A new, empty root. NULL: no memory. */
struct path_branch *path_tree_new(arena *a);

/* The child with that step, or NULL. */
struct path_branch *path_tree_child(const struct path_branch *branch, const struct document_step *step);

/* Sorts the children of every branch: indexes ascending; names stay in text order. */
void path_tree_sort(struct path_branch *root);

#endif
