/* SPDX-License-Identifier: Apache-2.0 */
/* A tree of places that grows with what is new in an item, and counts the rest. */
#include "cli/config/config_sample.h"

#include "cli/items/run.h"
#include "cli/limits.h"

#include <string.h>

/* --- the tree --- */

void sample_begin(struct session *s, struct sample *ret) { *ret = (struct sample){.arena = s->arena}; }

static int compare(ddbexpr_str a, ddbexpr_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Where a name is, or belongs. */
static size_t find_place(const struct sample_place *parent, ddbexpr_str name, bool *ret_found)
{
    size_t low = 0, high = parent->inside_count;
    *ret_found = false;
    while (low < high && !*ret_found) {
        size_t middle = low + (high - low) / 2;
        int order = compare(name, parent->inside[middle]->name);
        *ret_found = order == 0;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return *ret_found ? high : low;
}

static bool grow(struct sample *sample, struct sample_place *parent)
{
    if (parent->inside_count < parent->inside_room)
        return true;
    size_t room = parent->inside_room ? parent->inside_room * 2 : 4;
    struct sample_place **inside = ddbexpr_arena_alloc(sample->arena, room * sizeof(struct sample_place *));
    if (!inside)
        return false;
    if (parent->inside_count)
        memcpy(inside, parent->inside, parent->inside_count * sizeof *inside);
    parent->inside = inside;
    parent->inside_room = room;
    return true;
}

/* A new place; its name is copied, as the item will be gone. NULL: no memory. */
static struct sample_place *add_place(struct sample *sample, struct sample_place *parent, ddbexpr_str name, size_t at)
{
    struct sample_place *place = ddbexpr_arena_alloc(sample->arena, sizeof *place);
    char *copy = ddbexpr_arena_alloc(sample->arena, name.len + 1);
    if (!place || !copy || !grow(sample, parent))
        return NULL;
    if (name.len)
        memcpy(copy, name.ptr, name.len);
    *place = (struct sample_place){.name = {copy, name.len}, .parent = parent};
    memmove(parent->inside + at + 1, parent->inside + at, (parent->inside_count - at) * sizeof(struct sample_place *));
    parent->inside[at] = place;
    parent->inside_count++;
    sample->place_count++;
    return place;
}

/* Whether the UTF-8 at `at` is a character that YAML texts cannot hold: controls, byte order marks, U+FFFE, U+FFFF. */
static bool is_unprintable(const unsigned char *at, size_t left)
{
    return at[0] < 0x20 || at[0] == 0x7f || (left > 1 && at[0] == 0xc2 && at[1] < 0xa0) ||
           (left > 2 && at[0] == 0xef && ((at[1] == 0xbb && at[2] == 0xbf) || (at[1] == 0xbf && at[2] >= 0xbe)));
}

/* Whether a path with this name means this name. */
static bool can_be_said(ddbexpr_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (memchr(".[]", name.ptr[i], 3) || is_unprintable((const unsigned char *)name.ptr + i, name.len - i))
            return false;
    return name.len > 0;
}

/* --- values --- */

static ddbexpr_status add_value(struct sample *sample, struct sample_place *place, const ddbexpr_value *value,
                                unsigned steps);

/* One value under a name, or an element: at its place, if that is kept. */
static ddbexpr_status add_inside(struct sample *sample, struct sample_place *parent, ddbexpr_str name,
                                 const ddbexpr_value *value, unsigned steps)
{
    bool found;
    size_t at = find_place(parent, name, &found);
    if (found)
        return add_value(sample, parent->inside[at], value, steps);
    if (parent->parent && parent->inside_count >= LIMIT_SAMPLE_NAMES) {
        parent->varies = true;
        parent->inside_count = 0;
        return DDBEXPR_OK;
    }
    if (sample->place_count >= LIMIT_SAMPLE_PLACES) {
        sample->more++;
        return DDBEXPR_OK;
    }
    struct sample_place *place = add_place(sample, parent, name, at);
    return place ? add_value(sample, place, value, steps) : DDBEXPR_NO_MEMORY;
}

/* INVARIANT: no deeper than LIMIT_SAMPLE_STEPS, whatever the item. */
static ddbexpr_status add_value(struct sample *sample, struct sample_place *place, const ddbexpr_value *value,
                                unsigned steps)
{
    ddbexpr_type type = ddbexpr_value_type(value);
    size_t count = type == DDBEXPR_L || type == DDBEXPR_M ? ddbexpr_value_count(value) : 0;
    place->seen++;
    place->types[type]++;
    if (count && steps == LIMIT_SAMPLE_STEPS) {
        sample->deep += count;
        return DDBEXPR_OK;
    }
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < count && status == DDBEXPR_OK && !place->varies; i++) {
        ddbexpr_str name = type == DDBEXPR_M ? ddbexpr_value_name_at(value, i) : (ddbexpr_str){NULL, 0};
        if (type == DDBEXPR_M && !can_be_said(name))
            sample->unsaid++;
        else
            status = add_inside(sample, place, name, ddbexpr_value_at(value, i), steps + 1);
    }
    return status;
}

/* Read by one thread: a part is the sample itself. */
static void *begin_part(void *sample) { return sample; }

static ddbexpr_status take_item(void *to, const struct items_item *item)
{
    struct sample *sample = to;
    return add_value(sample, &sample->items, item->value, 0);
}

static int merge_part(void *sample, void *part)
{
    (void)sample, (void)part;
    return EXIT_TRUE;
}

static void end_part(void *part) { (void)part; }

int sample_read(struct session *s, struct sample *sample, const char *path)
{
    const struct items_use use = {sample, begin_part, take_item, merge_part, end_part};
    const struct items_options options = {.jobs = 1};
    return items_run(s, path, &options, &use);
}

/* --- what came out --- */

const struct sample_place *sample_next(const struct sample *sample, const struct sample_place *place)
{
    if (place->inside_count)
        return place->inside[0];
    for (; place != &sample->items; place = place->parent) {
        bool found;
        size_t at = find_place(place->parent, place->name, &found) + 1;
        if (at < place->parent->inside_count)
            return place->parent->inside[at];
    }
    return NULL;
}

unsigned sample_types(const struct sample_place *place)
{
    unsigned types = 0;
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (place->types[type])
            types |= 1U << type;
    return types;
}

ddbexpr_status sample_put_path(const struct sample_place *place, const char *elements, ddbexpr_buffer *to)
{
    const struct sample_place *steps[LIMIT_SAMPLE_STEPS];
    size_t count = 0;
    for (; place->parent; place = place->parent)
        steps[count++] = place;
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = count; i-- > 0 && status == DDBEXPR_OK;) {
        if (steps[i]->name.len && i + 1 < count)
            status = ddbexpr_buffer_append(to, ddbexpr_cstr("."));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(to, steps[i]->name.len ? steps[i]->name : ddbexpr_cstr(elements));
    }
    return status;
}

ddbexpr_status sample_attributes(struct session *s, const struct sample *sample, const char *elements,
                                 const struct config_attribute **ret, size_t *ret_count)
{
    struct config_attribute *all = ddbexpr_arena_alloc(s->arena, (sample->place_count + 1) * sizeof *all);
    ddbexpr_buffer *path = NULL;
    ddbexpr_status status = all ? ddbexpr_buffer_new(NULL, &path) : DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (const struct sample_place *p = &sample->items; status == DDBEXPR_OK && (p = sample_next(sample, p));) {
        ddbexpr_buffer_clear(path);
        status = sample_put_path(p, elements, path);
        ddbexpr_str text = ddbexpr_buffer_text(path);
        char *copy = status == DDBEXPR_OK ? ddbexpr_arena_alloc(s->arena, text.len + 1) : NULL;
        if (!copy) {
            status = DDBEXPR_NO_MEMORY;
            break;
        }
        memcpy(copy, text.ptr, text.len + 1);
        all[count++] = (struct config_attribute){{copy, text.len}, sample_types(p)};
    }
    ddbexpr_buffer_free(path);
    *ret = all;
    *ret_count = count;
    return status;
}
