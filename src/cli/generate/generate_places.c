/* SPDX-License-Identifier: Apache-2.0 */
/* Places of an item, collected breadth first, so that all attributes are among them. */
#include "cli/generate/generate_places.h"

#include "cli/generate/generate_names.h"

static void add_children(struct places *places, const struct place *parent, const struct doc *container,
                         const struct doc *key)
{
    uint32_t index = 0;
    for (const struct doc *child = container->first; child && places->count < PLACES_AT_MOST; child = child->next) {
        bool is_key = !parent && doc_get(key, child->name);
        places->list[places->count++] =
            (struct place){parent, child->name, index++, container->kind == DOC_ARRAY, is_key, child};
    }
}

void places_collect(struct places *places, const struct doc *item, const struct doc *key)
{
    places->count = 0;
    if (!item)
        return;
    add_children(places, NULL, item, key);
    for (uint32_t i = 0; i < places->count; i++) {
        const struct place *place = &places->list[i];
        ddbexpr_type type = typed_type(place->value);
        if (type == DDBEXPR_L || type == DDBEXPR_M)
            add_children(places, place, typed_content(place->value), key);
    }
}

static bool matches(const struct place *place, unsigned types, bool keys, const struct place *except)
{
    return place != except && (keys || !place->is_key) && (TYPE_BIT(typed_type(place->value)) & types);
}

const struct place *places_pick(struct generator *g, const struct places *places, unsigned types, bool keys,
                                const struct place *except)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < places->count; i++)
        count += matches(&places->list[i], types, keys, except);
    if (count == 0)
        return NULL;
    uint32_t left = throw_below(g, count), at = 0;
    while (!matches(&places->list[at], types, keys, except) || left-- > 0)
        at++;
    return &places->list[at];
}

static const struct place *make(struct generator *g, struct place place)
{
    struct place *kept = ddbexpr_arena_alloc(g->arena, sizeof *kept);
    if (!kept) {
        g->failed = true;
        return NULL;
    }
    *kept = place;
    return kept;
}

const struct place *place_inside(struct generator *g, const struct place *parent, ddbexpr_str name)
{
    return make(g, (struct place){.parent = parent, .name = name});
}

const struct place *place_element(struct generator *g, const struct place *parent, uint32_t index)
{
    return make(g, (struct place){.parent = parent, .index = index, .is_index = true});
}

/* An attribute that the item does not have. */
static const struct place *missing_attribute(struct generator *g, const struct places *places)
{
    ddbexpr_str name = names_attribute(g);
    for (uint32_t i = 0; i < places->count && !places->list[i].parent; i++)
        if (str_same(places->list[i].name, name)) {
            name = keep_format(g, "new%u", (unsigned)throw_below(g, 100));
            break;
        }
    return place_inside(g, NULL, name);
}

const struct place *places_missing(struct generator *g, const struct places *places, bool writable)
{
    unsigned types = writable ? TYPE_BIT(DDBEXPR_L) | TYPE_BIT(DDBEXPR_M) : TYPES_ALL;
    const struct place *parent = throw_percent(g, 40) ? places_pick(g, places, types, false, NULL) : NULL;
    if (!parent)
        return missing_attribute(g, places);
    const struct doc *content = typed_content(parent->value);
    if (content->kind == DOC_ARRAY && typed_type(parent->value) == DDBEXPR_L)
        return place_element(g, parent, (uint32_t)content->count + throw_below(g, 3));
    ddbexpr_str name = names_attribute(g);
    if (content->kind == DOC_OBJECT && doc_get(content, name))
        name = keep_format(g, "new%u", (unsigned)throw_below(g, 100));
    return place_inside(g, parent, name);
}

static bool same_step(const struct place *a, const struct place *b)
{
    return a->is_index == b->is_index && (a->is_index ? a->index == b->index : str_same(a->name, b->name));
}

static unsigned depth_of(const struct place *place)
{
    unsigned depth = 0;
    for (; place; place = place->parent)
        depth++;
    return depth;
}

static bool same_path(const struct place *a, const struct place *b)
{
    for (; a && b; a = a->parent, b = b->parent)
        if (!same_step(a, b))
            return false;
    return !a && !b;
}

bool place_overlaps(const struct place *a, const struct place *b)
{
    unsigned depth_a = depth_of(a), depth_b = depth_of(b);
    for (; depth_a > depth_b; depth_a--)
        a = a->parent;
    for (; depth_b > depth_a; depth_b--)
        b = b->parent;
    return same_path(a, b);
}
