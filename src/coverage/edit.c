/* SPDX-License-Identifier: Apache-2.0 */
/* Changing one place: the containers on the way to it are copied from the innermost one outwards. */
#include "coverage/edit.h"

/* --- one container --- */

/* A map with an entry added, replaced, or (NULL) dropped. */
static bool put_entry(arena *a, const value *map, const struct document_step *step, const value *to, value *ret)
{
    struct map_entry *entries = ARENA_ARRAY(a, struct map_entry, (size_t)map->count + 1);
    if (!entries)
        return false;
    uint32_t count = 0;
    bool placed = false;
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *e = &map->at.entries[i];
        bool here = str_equal(str_of(e->name, e->name_len), step->name);
        if (here && !to)
            continue;
        entries[count] = *e;
        if (here)
            entries[count].value = *to;
        placed |= here;
        count++;
    }
    if (to && !placed) {
        str name = arena_copy(a, step->name); /* paths may go before items do */
        if (!name.ptr)
            return false;
        entries[count++] = (struct map_entry){name.ptr, (uint32_t)name.len, step->hash, *to};
    }
    return value_map_from_distinct(a, entries, count, ret);
}

/* A list with an element replaced or added, or (NULL) cut off before it. */
static bool put_element(arena *a, const value *list, uint32_t index, const value *to, value *ret)
{
    uint32_t count = to && index < list->count ? list->count : to ? index + 1 : index;
    value *elements = ARENA_ARRAY(a, value, count);
    if (!elements)
        return false;
    for (uint32_t i = 0; i < count; i++)
        elements[i] = i < list->count ? list->at.elements[i] : value_of_null();
    if (to)
        elements[index] = *to;
    *ret = value_of_list(elements, count);
    return true;
}

/* --- the way --- */

/* What stands before each step; an empty container of the kind that the step needs where there is none. */
static bool find_way(const value *item, const struct document_path *path, const value **way)
{
    static const value no_map = {.type = DDBEXPR_M, .more.box = {.height = 1}};
    static const value no_list = {.type = DDBEXPR_L, .more.box = {.height = 1}};
    const value *at = item;
    for (uint32_t i = 0; i < path->count; i++) {
        const struct document_step *step = &path->steps[i];
        bool fits = at && at->type == (step->is_index ? DDBEXPR_L : DDBEXPR_M);
        way[i] = fits ? at : step->is_index ? &no_list : &no_map;
        at = path_step_into(way[i], step);
        if (step->is_index && step->index > way[i]->count && step->index - way[i]->count > LIMIT_FILLED)
            return false;
    }
    return true;
}

bool edit_item(arena *a, const value *item, const struct document_path *path, const value *to, const value **ret)
{
    *ret = item;
    if (!to && !path_find(path, item))
        return true;
    const value **way = ARENA_ARRAY(a, const value *, path->count);
    value *made = ARENA_ARRAY(a, value, path->count);
    if (!way || !made)
        return false;
    if (!find_way(item, path, way)) {
        *ret = NULL;
        return true;
    }
    for (uint32_t i = path->count; i-- > 0;) {
        const struct document_step *step = &path->steps[i];
        bool done = step->is_index ? put_element(a, way[i], step->index, to, &made[i])
                                   : put_entry(a, way[i], step, to, &made[i]);
        if (!done || !value_check_height(a, &made[i]))
            return false;
        to = &made[i];
        if (value_is_fault(to)) { /* too deep */
            *ret = NULL;
            return true;
        }
    }
    *ret = to;
    return true;
}
