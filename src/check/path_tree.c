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

/* --- children --- */

#define FEW_CHILDREN 8 /* up to here looking at each is as fast as a table */

static bool is_at(const struct path_branch *child, const struct document_step *step)
{
    if (step->is_index || child->step.is_index)
        return step->is_index == child->step.is_index && step->index == child->step.index;
    return step->hash == child->step.hash && str_equal(step->name, child->step.name);
}

/* Where a child with that step is in the table, or would be put. */
static struct path_branch **slot_of(const struct path_branch *branch, const struct document_step *step)
{
    uint32_t mask = branch->slot_count - 1;
    uint32_t at = (step->is_index ? step->index : step->hash) * 2654435769u >> 16; /* also where they go by thousands */
    while (branch->slots[at & mask] && !is_at(branch->slots[at & mask], step))
        at++;
    return &branch->slots[at & mask];
}

static struct path_branch *look_at_each(const struct path_branch *branch, const struct document_step *step)
{
    for (struct path_branch *child = branch->first; child; child = child->next)
        if (is_at(child, step))
            return child;
    return NULL;
}

struct path_branch *path_tree_child(const struct path_branch *branch, const struct document_step *step)
{
    return branch->slots ? *slot_of(branch, step) : look_at_each(branch, step);
}

/* Makes the table twice as large when it is half full. False: no memory. */
static bool make_slots(arena *a, struct path_branch *branch)
{
    if (branch->child_count <= FEW_CHILDREN || branch->child_count * 2 <= branch->slot_count)
        return true;
    branch->slot_count = branch->slot_count ? branch->slot_count * 2 : 8 * FEW_CHILDREN;
    branch->slots = ARENA_ARRAY(a, struct path_branch *, branch->slot_count);
    for (struct path_branch *child = branch->first; child && branch->slots; child = child->next)
        *slot_of(branch, &child->step) = child;
    return branch->slots;
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

/* `slot` is where it goes in the table, NULL without one. */
static struct path_branch *add_child(arena *a, struct path_branch *branch, struct path_branch **slot,
                                     const struct document_step *step)
{
    struct path_branch *child = path_tree_new(a), *before = branch->last;
    if (!child)
        return NULL;
    child->step = *step;
    if (before)
        child->other_kind = before->step.is_index == step->is_index ? before->other_kind : before;
    append_child(branch, child);
    if (slot)
        *slot = child;
    return make_slots(a, branch) ? child : NULL;
}

bool path_tree_add(arena *a, struct path_branch *root, const struct document_path *path, uint32_t id)
{
    struct path_branch *branch = root;
    branch->any_path = id;
    for (uint32_t i = 0; i < path->count; i++) {
        const struct document_step *step = &path->steps[i];
        struct path_branch **slot = branch->slots ? slot_of(branch, step) : NULL;
        struct path_branch *child = slot ? *slot : look_at_each(branch, step);
        if (!child)
            child = add_child(a, branch, slot, step);
        if (!child)
            return false;
        child->any_path = id;
        branch = child;
    }
    if (branch->path == PATH_TREE_NONE)
        branch->path = id;
    branch->newest_path = id;
    return true;
}

/* --- order --- */

/* Two lists, each by index, as one; linked by `next` alone. */
static struct path_branch *merge(struct path_branch *a, struct path_branch *b)
{
    struct path_branch *first = NULL, **end = &first;
    while (a && b) {
        struct path_branch **lower = a->step.index <= b->step.index ? &a : &b;
        *end = *lower;
        end = &(*end)->next;
        *lower = *end;
    }
    *end = a ? a : b;
    return first;
}

/* Lists of 1, 2, 4 … children are merged as the bits of a counter carry. */
static struct path_branch *sorted_by_index(struct path_branch *child)
{
    struct path_branch *lists[32] = {NULL}, *all = NULL;
    while (child) {
        struct path_branch *list = child;
        child = child->next;
        list->next = NULL;
        size_t i = 0;
        for (; lists[i]; i++) {
            list = merge(lists[i], list);
            lists[i] = NULL;
        }
        lists[i] = list;
    }
    for (size_t i = 0; i < 32; i++)
        all = merge(lists[i], all);
    return all;
}

/* Names and indexes do not stand side by side: that is a conflict. */
static void sort_children(struct path_branch *branch)
{
    if (branch->child_count < 2 || !branch->first->step.is_index)
        return;
    struct path_branch *child = sorted_by_index(branch->first), *previous = NULL;
    for (branch->first = child; child; child = child->next) {
        child->previous = previous;
        previous = child;
    }
    branch->last = previous;
}

void path_tree_sort(struct path_branch *root)
{
    sort_children(root);
    for (struct path_branch *child = root->first; child; child = child->next)
        path_tree_sort(child);
}
