/* SPDX-License-Identifier: Apache-2.0 */
/* Building the tree of paths. */
#include "check/path_tree.h"

struct path_branch *path_tree_new(arena *a)
{
    struct path_branch *root = ARENA_NEW(a, struct path_branch);
    if (root)
        root->path = root->newest_path = root->any_path = PATH_TREE_NONE;
    return root;
}

static struct path_branch *find_child(const struct path_branch *branch, const struct document_step *step)
{
    for (struct path_branch *child = branch->first; child; child = child->next)
        if (child->step.is_index == step->is_index && child->step.index == step->index &&
            child->step.hash == step->hash && str_equal(child->step.name, step->name))
            return child;
    return NULL;
}

static void append_child(struct path_branch *branch, struct path_branch *child)
{
    child->previous = branch->last;
    child->next = NULL;
    if (branch->last)
        branch->last->next = child;
    else
        branch->first = child;
    branch->last = child;
    branch->child_count++;
}

bool path_tree_add(arena *a, struct path_branch *root, const struct document_path *path, uint32_t id)
{
    struct path_branch *branch = root;
    branch->any_path = id;
    for (uint32_t i = 0; i < path->count; i++) {
        struct path_branch *child = find_child(branch, &path->steps[i]);
        if (!child) {
            child = path_tree_new(a);
            if (!child)
                return false;
            child->step = path->steps[i];
            append_child(branch, child);
        }
        child->any_path = id;
        branch = child;
    }
    if (branch->path == PATH_TREE_NONE)
        branch->path = id;
    branch->newest_path = id;
    return true;
}

/* Insertion sort: targets are mostly written in order, and at most some hundred fit in a text. */
static void sort_children(struct path_branch *branch)
{
    struct path_branch *unsorted = branch->first;
    branch->first = branch->last = NULL;
    branch->child_count = 0;
    while (unsorted) {
        struct path_branch *child = unsorted, *after = branch->last;
        unsorted = unsorted->next;
        while (after && child->step.is_index && after->step.is_index && after->step.index > child->step.index)
            after = after->previous;
        if (after == branch->last) {
            append_child(branch, child);
            continue;
        }
        child->previous = after;
        child->next = after ? after->next : branch->first;
        child->next->previous = child;
        if (after)
            after->next = child;
        else
            branch->first = child;
        branch->child_count++;
    }
}

void path_tree_sort(struct path_branch *root)
{
    sort_children(root);
    for (struct path_branch *child = root->first; child; child = child->next)
        path_tree_sort(child);
}
