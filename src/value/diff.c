/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two items. Knows no output (diff_render.c). INVARIANT relied on: values are at most
 * LIMIT_VALUE_HEIGHT_KEPT levels high, so the recursion into maps and lists is that deep at most, and so long is a
 * path. */
#include "value/path.h"

#include <ddbexpr/diff.h>

struct walk {
    arena *arena;
    struct document_step steps[LIMIT_VALUE_HEIGHT_KEPT]; /* where the walk is */
    uint32_t depth;
    size_t name_bytes; /* of those steps */
    buffer *text;      /* for a path that is being printed */
    ddbexpr_change *changes;
    size_t count, room;
};

/* --- what was found --- */

static bool make_room(struct walk *w)
{
    if (w->count < w->room)
        return true;
    size_t room = w->room ? 2 * w->room : 8;
    ddbexpr_change *changes = ARENA_ARRAY(w->arena, ddbexpr_change, room);
    if (!changes)
        return false;
    if (w->count)
        memcpy(changes, w->changes, w->count * sizeof *changes);
    w->changes = changes;
    w->room = room;
    return true;
}

static bool add_change(struct walk *w, const value *before, const value *after)
{
    const struct document_path path = {w->steps, w->depth};
    ddbexpr_buffer_clear(w->text);
    path_print(&path, path.count, w->text);
    if (buffer_status(w->text) != DDBEXPR_OK || !make_room(w))
        return false;
    ddbexpr_change *change = &w->changes[w->count];
    *change = (ddbexpr_change){arena_copy(w->arena, ddbexpr_buffer_text(w->text)), before, after};
    w->count += change->path.ptr != NULL;
    return change->path.ptr != NULL;
}

/* --- the walk: each function is false when there is no memory --- */

static bool diff_maps(struct walk *w, const value *before, const value *after);
static bool diff_lists(struct walk *w, const value *before, const value *after);

/* Whether a difference is told of what is inside the values and not of themselves. */
static bool goes_into(const struct walk *w, const value *before, const value *after)
{
    return before->type == after->type && (before->type == DDBEXPR_M || before->type == DDBEXPR_L) &&
           w->name_bytes <= LIMIT_DIFF_NAME_BYTES;
}

static bool diff_values(struct walk *w, const value *before, const value *after)
{
    if (!before || !after)
        return add_change(w, before, after);
    if (goes_into(w, before, after))
        return before->type == DDBEXPR_M ? diff_maps(w, before, after) : diff_lists(w, before, after);
    return ddbexpr_value_equal(before, after) || add_change(w, before, after);
}

/* The values one step on, either of which may be missing. */
static bool diff_at(struct walk *w, struct document_step step, const value *before, const value *after)
{
    w->steps[w->depth++] = step;
    w->name_bytes += step.name.len;
    bool done = diff_values(w, before, after);
    w->depth--;
    w->name_bytes -= step.name.len;
    return done;
}

static struct document_step step_to(const struct map_entry *e)
{
    return (struct document_step){.name = str_of(e->name, e->name_len), .hash = e->hash};
}

static bool diff_maps(struct walk *w, const value *before, const value *after)
{
    if (before->at.entries == after->at.entries && before->count == after->count)
        return true; /* shared: an update left it alone */
    for (uint32_t i = 0; i < before->count; i++) {
        const struct map_entry *e = &before->at.entries[i];
        struct document_step step = step_to(e);
        if (!diff_at(w, step, &e->value, path_step_into(after, &step)))
            return false;
    }
    for (uint32_t i = 0; i < after->count; i++) {
        const struct map_entry *e = &after->at.entries[i];
        struct document_step step = step_to(e);
        if (!path_step_into(before, &step) && !diff_at(w, step, NULL, &e->value))
            return false;
    }
    return true;
}

/* Elements at the beginning, or at the end (`from_end`), in which the lists agree; `most` at the most. */
static uint32_t common(const value *a, const value *b, uint32_t most, bool from_end)
{
    for (uint32_t i = 0; i < most; i++) {
        uint32_t x = from_end ? a->count - 1 - i : i, y = from_end ? b->count - 1 - i : i;
        if (!ddbexpr_value_equal(&a->at.elements[x], &b->at.elements[y]))
            return i;
    }
    return most;
}

static bool diff_lists(struct walk *w, const value *before, const value *after)
{
    if (before->at.elements == after->at.elements && before->count == after->count)
        return true;
    uint32_t shorter = before->count < after->count ? before->count : after->count;
    uint32_t head = common(before, after, shorter, false);
    uint32_t tail = common(before, after, shorter - head, true);
    uint32_t end_before = before->count - tail, end_after = after->count - tail;
    for (uint32_t i = head; i < end_before || i < end_after; i++) {
        const struct document_step step = {.index = i, .is_index = true};
        if (!diff_at(w, step, i < end_before ? &before->at.elements[i] : NULL,
                     i < end_after ? &after->at.elements[i] : NULL))
            return false;
    }
    return true;
}

static bool is_item(const value *v) { return !v || (v->type == DDBEXPR_M && !(v->flags & VALUE_FAULTY)); }

ddbexpr_status ddbexpr_diff(const ddbexpr_value *before, const ddbexpr_value *after, ddbexpr_arena *a,
                            const ddbexpr_change **ret_changes, size_t *ret_count)
{
    if (!is_item(before) || !is_item(after))
        return DDBEXPR_MISUSE;
    struct walk w = {.arena = a};
    if (ddbexpr_buffer_new(arena_allocator(a), &w.text) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    const value nothing = {.type = DDBEXPR_M}; /* no item is as one without attributes */
    bool done = diff_maps(&w, before ? before : &nothing, after ? after : &nothing);
    ddbexpr_buffer_free(w.text);
    if (!done)
        return DDBEXPR_NO_MEMORY;
    *ret_changes = w.changes;
    *ret_count = w.count;
    return DDBEXPR_OK;
}
