/* SPDX-License-Identifier: Apache-2.0 */
/* What tests and rows change of a request: later ones win. */
#include "cli/test/suite_reader.h"

#include "cli/input.h"

#include <string.h>

struct suite_change *suite_overlay_find(const struct suite_overlay *overlay, ddbexpr_str name)
{
    uintptr_t place = (uintptr_t)suite_names_get(&overlay->places, name);
    return place ? &overlay->changes[place - 1] : NULL;
}

static bool reserve(struct suite_reader *r, struct suite_overlay *overlay, size_t more)
{
    if (overlay->count + more <= overlay->size)
        return true;
    size_t size = (overlay->count + more) * 2;
    struct suite_change *changes = yaml_alloc(&r->yaml, size, sizeof *changes);
    if (!changes)
        return false;
    if (overlay->count)
        memcpy(changes, overlay->changes, overlay->count * sizeof *changes);
    overlay->changes = changes;
    overlay->size = size;
    return true;
}

/* Without memory the reader knows it, and nobody looks for the change. */
static void put_change(struct suite_reader *r, struct suite_overlay *overlay, const struct yaml_node *place,
                       const struct yaml_node *value, const struct yaml_node *with)
{
    struct suite_change *change = suite_overlay_find(overlay, place->text);
    if (!change) {
        change = &overlay->changes[overlay->count++];
        suite_names_put(&r->yaml, &overlay->places, place->text, (void *)(uintptr_t)overlay->count);
    }
    *change = (struct suite_change){place->text, place, value, with, false};
}

bool suite_is_placeholder(ddbexpr_str name) { return name.len > 0 && (name.ptr[0] == ':' || name.ptr[0] == '#'); }

static bool take_out(struct suite_reader *r, struct suite_overlay *overlay, const struct yaml_node *without)
{
    size_t count = 0, faults = r->yaml.faults;
    if (without->is_null || (without->kind == YAML_KIND_LIST && without->count == 0))
        return true;
    const struct yaml_node *e = yaml_elements(&r->yaml, without, "without", &count);
    if (!e || !reserve(r, overlay, count))
        return false;
    for (size_t i = 0; i < count; i++, e = e->next)
        if (yaml_is_text(&r->yaml, e, "what is taken out of a request"))
            put_change(r, overlay, e, NULL, NULL);
    return r->yaml.faults == faults && !r->yaml.no_memory;
}

bool suite_overlay_add(struct suite_reader *r, struct suite_overlay *overlay, const struct yaml_node *without,
                       const struct yaml_node *with, const struct yaml_node *row)
{
    size_t faults = r->yaml.faults;
    if (without && !take_out(r, overlay, without))
        return false;
    if (with && (!yaml_is_map(&r->yaml, with, "with") || !reserve(r, overlay, with->count)))
        return false;
    for (const struct yaml_node *e = with ? with->first : NULL; e; e = e->next)
        put_change(r, overlay, e->key, e, with);
    if (row && !reserve(r, overlay, row->count))
        return false;
    for (const struct yaml_node *e = row ? row->first : NULL; e; e = e->next) {
        struct suite_change *same =
            suite_is_placeholder(e->key->text) ? suite_overlay_find(overlay, e->key->text) : NULL;
        if (same && with && same->with == with)
            yaml_fault(&r->yaml, e->key, "`%.*s` stands in `with`, too", (int)e->key->text.len, e->key->text.ptr);
        else if (suite_is_placeholder(e->key->text))
            put_change(r, overlay, e->key, e, NULL);
    }
    return r->yaml.faults == faults && !r->yaml.no_memory;
}

bool suite_overlay_copy(struct suite_reader *r, const struct suite_overlay *from, struct suite_overlay *ret)
{
    *ret = (struct suite_overlay){0};
    if (!reserve(r, ret, from->count))
        return false;
    if (from->count)
        memcpy(ret->changes, from->changes, from->count * sizeof *ret->changes);
    ret->count = from->count;
    for (size_t i = 0; i < ret->count; i++)
        if (!suite_names_put(&r->yaml, &ret->places, ret->changes[i].name, (void *)(uintptr_t)(i + 1)))
            return false;
    return true;
}
