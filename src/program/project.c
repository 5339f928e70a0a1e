/* SPDX-License-Identifier: Apache-2.0 */
/* Projections: the part of an item that paths name. INVARIANT relied on: the tree has at most LIMIT_PATH_STEPS levels,
 * so has the recursion. */
#include "program/program.h"

static bool project_step(const struct path_branch *child, const value *v, arena *a, value *ret, bool *no_memory)
{
    const value *found = path_step_into(v, &child->step);
    if (!found)
        return false;
    if (child->path != PATH_TREE_NONE) {
        *ret = *found;
        return true;
    }
    return project_branch(child, found, a, ret, no_memory);
}

/* A map with the entries that were found, in the order of the text. */
static bool project_map(const struct path_branch *branch, const value *v, arena *a, value *ret, bool *no_memory)
{
    struct map_entry *entries = ARENA_ARRAY(a, struct map_entry, branch->child_count);
    uint32_t count = 0;
    for (const struct path_branch *child = branch->first; child && entries; child = child->next) {
        value part;
        if (!project_step(child, v, a, &part, no_memory))
            continue;
        entries[count++] = (struct map_entry){.name = child->step.name.ptr,
                                              .name_len = (uint32_t)child->step.name.len,
                                              .hash = child->step.hash,
                                              .value = part};
    }
    if (!entries || (count && !value_map_from_distinct(a, entries, count, ret)))
        *no_memory = true;
    return count && !*no_memory;
}

/* A list of the elements that were found, packed, in the order of their indexes (aws: spec conformance-suite 10). */
static bool project_list(const struct path_branch *branch, const value *v, arena *a, value *ret, bool *no_memory)
{
    value *elements = ARENA_ARRAY(a, value, branch->child_count);
    uint32_t count = 0;
    for (const struct path_branch *child = branch->first; child && elements; child = child->next)
        count += project_step(child, v, a, &elements[count], no_memory);
    *no_memory |= !elements;
    if (!count || *no_memory)
        return false;
    *ret = value_of_list(elements, count);
    return true;
}

bool project_branch(const struct path_branch *branch, const value *v, arena *a, value *ret, bool *no_memory)
{
    if (v->type == DDBEXPR_M)
        return project_map(branch, v, a, ret, no_memory);
    return v->type == DDBEXPR_L && project_list(branch, v, a, ret, no_memory);
}

ddbexpr_status ddbexpr_project(const ddbexpr_program *program, const ddbexpr_value *item, ddbexpr_arena *a,
                               const ddbexpr_value **ret_item)
{
    if (!program->targets || !item || item->type != DDBEXPR_M || (item->flags & VALUE_FAULTY))
        return DDBEXPR_MISUSE;
    value *part = ARENA_NEW(a, value);
    bool no_memory = !part;
    if (part && !project_branch(program->targets, item, a, part, &no_memory) && !no_memory)
        no_memory = !value_map_from_distinct(a, NULL, 0, part); /* nothing found: an empty item */
    if (no_memory)
        return DDBEXPR_NO_MEMORY;
    *ret_item = part;
    return DDBEXPR_OK;
}
