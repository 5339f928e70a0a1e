/* SPDX-License-Identifier: Apache-2.0 */
/* Copying the containers on the way to each target, once each, with their members changed. INVARIANT relied on: the
 * tree has at most LIMIT_PATH_STEPS levels, so has the recursion. */
#include "program/apply.h"

static bool apply_branch(const struct path_branch *branch, const struct effect *effects, const value *old, arena *a,
                         value *ret);

/* What becomes of one member of a container. */
static bool member_effect(const struct path_branch *child, const struct effect *effects, const value *stored, arena *a,
                          struct effect *ret, value *changed)
{
    if (child->path != PATH_TREE_NONE) {
        *ret = effects[child->path];
        return true;
    }
    *ret = (struct effect){.kind = EFFECT_NONE};
    if (!stored)
        return true; /* only where there is no item and nothing below is written */
    if (!apply_branch(child, effects, stored, a, changed))
        return false;
    *ret = (struct effect){.kind = EFFECT_WRITE, .value = changed};
    return true;
}

static struct map_entry new_entry(const struct path_branch *child, const value *v)
{
    return (struct map_entry){.name = child->step.name.ptr,
                              .name_len = (uint32_t)child->step.name.len,
                              .hash = child->step.hash,
                              .value = *v};
}

static struct map_entry *entry_of(struct map_entry *copy, const value *old, const value *stored)
{
    const char *first = (const char *)&old->at.entries[0].value;
    return &copy[(size_t)((const char *)stored - first) / sizeof *copy];
}

/* A map's entries on their way to a new map. */
struct changed_map {
    struct map_entry *entries;
    uint32_t count;
    bool *removed; /* by old entry; NULL: none */
    struct map_changes changes;
};

static void write_entry(struct changed_map *map, const struct path_branch *child, const value *v, const value *old,
                        const value *stored)
{
    if (stored)
        entry_of(map->entries, old, stored)->value = *v;
    else
        map->entries[map->count++] = new_entry(child, v);
    uint32_t height = value_height(v);
    map->changes.flags |= v->flags;
    map->changes.lower |= stored && value_height(stored) > height;
    if (height > map->changes.height)
        map->changes.height = height;
}

static bool remove_entry(struct changed_map *map, arena *a, const value *old, const value *stored)
{
    if (!map->removed)
        map->removed = ARENA_ARRAY(a, bool, old->count);
    if (map->removed)
        map->removed[entry_of(map->entries, old, stored) - map->entries] = true;
    return map->removed;
}

static bool finish_map(struct changed_map *map, arena *a, const value *old, value *ret)
{
    if (!map->removed)
        return value_map_from_changed(a, old, map->entries, map->count, &map->changes, ret);
    uint32_t count = 0;
    for (uint32_t i = 0; i < map->count; i++)
        if (i >= old->count || !map->removed[i])
            map->entries[count++] = map->entries[i];
    return value_map_from_distinct(a, map->entries, count, ret);
}

static bool apply_to_map(const struct path_branch *branch, const struct effect *effects, const value *old, arena *a,
                         value *ret)
{
    struct changed_map map = {
        .entries = ARENA_ROOM(a, struct map_entry, (size_t)old->count + branch->child_count),
        .count = old->count,
    };
    if (!map.entries)
        return false;
    if (old->count)
        memcpy(map.entries, old->at.entries, old->count * sizeof *map.entries);
    for (const struct path_branch *child = branch->first; child; child = child->next) {
        const value *stored = value_map_get(old, child->step.name, child->step.hash);
        struct effect effect;
        value changed;
        if (!member_effect(child, effects, stored, a, &effect, &changed))
            return false;
        if (effect.kind == EFFECT_WRITE)
            write_entry(&map, child, effect.value, old, stored);
        else if (effect.kind == EFFECT_REMOVE && !remove_entry(&map, a, old, stored))
            return false;
    }
    return finish_map(&map, a, old, ret);
}

static bool apply_to_list(const struct path_branch *branch, const struct effect *effects, const value *old, arena *a,
                          value *ret)
{
    value *elements = ARENA_ROOM(a, value, (size_t)old->count + branch->child_count);
    bool *removed = ARENA_ARRAY(a, bool, old->count);
    if (!elements || !removed)
        return false;
    if (old->count)
        memcpy(elements, old->at.elements, old->count * sizeof *elements);
    uint32_t added = old->count;
    for (const struct path_branch *child = branch->first; child; child = child->next) {
        uint32_t index = child->step.index;
        const value *stored = index < old->count ? &old->at.elements[index] : NULL;
        struct effect effect;
        value changed;
        if (!member_effect(child, effects, stored, a, &effect, &changed))
            return false;
        if (effect.kind == EFFECT_WRITE)
            elements[stored ? index : added++] = *effect.value;
        else if (effect.kind == EFFECT_REMOVE)
            removed[index] = true;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < added; i++)
        if (i >= old->count || !removed[i])
            elements[count++] = elements[i];
    *ret = value_of_list(elements, count);
    return true;
}

static bool apply_branch(const struct path_branch *branch, const struct effect *effects, const value *old, arena *a,
                         value *ret)
{
    return old->type == DDBEXPR_L ? apply_to_list(branch, effects, old, a, ret)
                                  : apply_to_map(branch, effects, old, a, ret);
}

bool apply_effects(const struct path_branch *targets, const struct effect *effects, const value *item, arena *a,
                   value *ret)
{
    return apply_to_map(targets, effects, item, a, ret);
}
