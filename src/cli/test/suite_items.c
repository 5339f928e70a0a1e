/* SPDX-License-Identifier: Apache-2.0 */
/* Items by name, written out, or as changes of others. A name is read once, in whichever order names refer to each
 * other. */
#include "cli/test/suite_reader.h"

#include "cli/input.h"
#include "cli/limits.h"

#include <string.h>

/* An entry of `items`. */
struct named_item {
    const struct yaml_node *node;
    const ddbexpr_value *item;
    enum { UNREAD, READING, READ } state; /* READ without an item: told */
    struct named_item *below;             /* on the way from one that refers to this one */
};

/* --- changes --- */

bool suite_is_change(const struct yaml_node *node)
{
    if (node->kind != YAML_KIND_MAP || !yaml_entry(node, "item"))
        return false;
    for (const struct yaml_node *e = node->first; e; e = e->next)
        if (!yaml_text_is(e->key->text, "item") && !yaml_text_is(e->key->text, "set") &&
            !yaml_text_is(e->key->text, "remove"))
            return false;
    return true;
}

/* The map of `set`; NULL: there is none, or it is none, which was told. */
static const struct yaml_node *set_of(struct suite_reader *r, const struct yaml_node *change)
{
    const struct yaml_node *set = yaml_entry(change, "set");
    return set && yaml_is_map(&r->yaml, set, "set") ? set : NULL;
}

static void tell_not_there(struct suite_reader *r, const struct yaml_node *name, const ddbexpr_value *item)
{
    struct yaml_nearest nearest = {.name = name->text};
    for (size_t i = 0; r->yaml.faults < LIMIT_YAML_FAULTS_TOLD && i < ddbexpr_value_count(item); i++)
        yaml_nearest_try(&nearest, ddbexpr_value_name_at(item, i));
    if (nearest.best.ptr)
        yaml_fault(&r->yaml, name, "the item has no `%.*s` to remove; did you mean `%.*s`?", (int)name->text.len,
                   name->text.ptr, (int)nearest.best.len, nearest.best.ptr);
    else
        yaml_fault(&r->yaml, name, "the item has no `%.*s` to remove", (int)name->text.len, name->text.ptr);
}

static void put_gone(struct suite_reader *r, struct suite_names *gone, ddbexpr_str name)
{
    static char there;
    if (!suite_names_get(gone, name))
        suite_names_put(&r->yaml, gone, name, &there);
}

/* What of an item stays: `keeps` has a flag for each attribute. */
static bool find_kept(struct suite_reader *r, const struct yaml_node *change, const ddbexpr_value *item, bool *keeps)
{
    size_t removed_count = 0, faults = r->yaml.faults;
    const struct yaml_node *set = set_of(r, change), *remove = yaml_entry(change, "remove");
    struct suite_names gone = {0};
    const struct yaml_node *e = remove ? yaml_elements(&r->yaml, remove, "remove", &removed_count) : NULL;
    for (size_t i = 0; e && i < removed_count; i++, e = e->next) {
        if (e->kind == YAML_KIND_SCALAR && ddbexpr_value_get(item, e->text))
            put_gone(r, &gone, e->text);
        else if (yaml_is_text(&r->yaml, e, "the name of an attribute"))
            tell_not_there(r, e, item);
    }
    for (e = set ? set->first : NULL; e; e = e->next)
        put_gone(r, &gone, e->key->text);
    for (size_t i = 0; i < ddbexpr_value_count(item); i++)
        keeps[i] = !suite_names_get(&gone, ddbexpr_value_name_at(item, i));
    return r->yaml.faults == faults && !r->yaml.no_memory;
}

/* Attributes that are set stand where they stood. */
static bool apply_change(struct suite_reader *r, const struct yaml_node *change, const ddbexpr_value *item,
                         const bool *keeps, const ddbexpr_value **ret)
{
    const struct yaml_node *set = set_of(r, change);
    const ddbexpr_value *added = NULL;
    if (set && set->count && !suite_read_attributes(r, set, &added))
        return false;
    size_t count = ddbexpr_value_count(item), added_count = added ? ddbexpr_value_count(added) : 0, used = 0;
    ddbexpr_str *names = yaml_alloc(&r->yaml, count + added_count, sizeof *names);
    const ddbexpr_value **values = yaml_alloc(&r->yaml, count + added_count, sizeof *values);
    if (!names || !values)
        return false;
    for (size_t i = 0; i < count; i++) {
        ddbexpr_str name = ddbexpr_value_name_at(item, i);
        const ddbexpr_value *value = keeps[i] ? ddbexpr_value_at(item, i)
                                     : added  ? ddbexpr_value_get(added, name)
                                              : NULL;
        if (value) {
            names[used] = name;
            values[used++] = value;
        }
    }
    for (size_t i = 0; i < added_count; i++)
        if (!ddbexpr_value_get(item, ddbexpr_value_name_at(added, i))) {
            names[used] = ddbexpr_value_name_at(added, i);
            values[used++] = ddbexpr_value_at(added, i);
        }
    *ret = ddbexpr_value_map(r->yaml.arena, names, values, used);
    r->yaml.no_memory |= *ret == NULL;
    return *ret != NULL;
}

/* What it takes at least to write an item out: values are not looked into. */
static size_t names_and_marks(const ddbexpr_value *item)
{
    static const char marks[] = "\"\":{\"S\":\"\"},";
    size_t bytes = 0;
    for (size_t i = 0; i < ddbexpr_value_count(item); i++)
        bytes += ddbexpr_value_name_at(item, i).len + sizeof marks - 1;
    return bytes;
}

/* The item that is changed, and what of it stays. */
static bool begin_change(struct suite_reader *r, const struct yaml_node *change, const ddbexpr_value **ret_item,
                         bool **ret_keeps)
{
    if (!yaml_is_map(&r->yaml, change, "a change") || !suite_read_item(r, yaml_entry(change, "item"), ret_item) ||
        !suite_may_make(r, change, names_and_marks(*ret_item)))
        return false;
    *ret_keeps = yaml_alloc(&r->yaml, ddbexpr_value_count(*ret_item), sizeof **ret_keeps);
    return *ret_keeps && find_kept(r, change, *ret_item, *ret_keeps);
}

bool suite_put_change(struct suite_reader *r, const struct yaml_node *change)
{
    const ddbexpr_value *item;
    bool *keeps;
    ddbexpr_buffer *outer = r->json; /* items are read through it, too */
    ddbexpr_buffer *inner;
    if (ddbexpr_buffer_new(NULL, &inner) != DDBEXPR_OK) {
        r->yaml.no_memory = true;
        return false;
    }
    r->json = inner;
    bool good = begin_change(r, change, &item, &keeps);
    r->json = outer;
    ddbexpr_buffer_free(inner);
    if (!good)
        return false;
    const struct yaml_node *set = set_of(r, change);
    size_t before = ddbexpr_buffer_text(r->json).len;
    const char *comma = "{";
    for (size_t i = 0; i < ddbexpr_value_count(item); i++) {
        if (!keeps[i])
            continue;
        suite_put(r, comma);
        suite_put_string(r, ddbexpr_value_name_at(item, i));
        suite_put(r, ":");
        r->yaml.no_memory |=
            ddbexpr_json_write_value(ddbexpr_value_at(item, i), DDBEXPR_JSON_TYPED, 0, r->json) != DDBEXPR_OK;
        comma = ",";
    }
    for (const struct yaml_node *e = set ? set->first : NULL; e; e = e->next) {
        suite_put(r, comma);
        suite_put_string(r, e->key->text);
        suite_put(r, ":");
        suite_put_value(r, e);
        comma = ",";
    }
    suite_put(r, comma[0] == '{' ? "{}" : "}");
    return !r->yaml.no_memory && suite_may_make(r, change, ddbexpr_buffer_text(r->json).len - before);
}

/* --- one item --- */

static const char forms[] = "an item is a name of `items`, a map of attributes, or {item: …, set: {…}, remove: […]}";

static bool read_written_item(struct suite_reader *r, const struct yaml_node *node, const ddbexpr_value **ret)
{
    const ddbexpr_value *item;
    bool *keeps;
    if (node->kind != YAML_KIND_MAP) {
        yaml_fault(&r->yaml, node, "%s", forms);
        return false;
    }
    if (!suite_is_change(node))
        return suite_read_attributes(r, node, ret);
    return begin_change(r, node, &item, &keeps) && apply_change(r, node, item, keeps, ret);
}

/* The name that an item is, or is a change of; NULL: it refers to none. */
static const struct yaml_node *name_in(const struct yaml_node *node)
{
    while (suite_is_change(node))
        node = yaml_entry(node, "item");
    return node->kind == YAML_KIND_SCALAR && !node->is_null ? node : NULL;
}

static struct named_item *item_named(struct suite_reader *r, const struct yaml_node *name)
{
    struct named_item *named = suite_names_get(&r->items, name->text);
    if (named)
        return named;
    ddbexpr_str meant = suite_names_nearest(&r->yaml, &r->items, name->text);
    yaml_fault_no_such(&r->yaml, name, "item", meant, ": `items` names them");
    return NULL;
}

/* Reads what a name needs before the name itself: from the end of the chain to its beginning, in a loop, as a chain may
 * be as long as a suite. */
static void read_chain(struct suite_reader *r, struct named_item *top)
{
    struct named_item *chain = NULL;
    for (struct named_item *at = top; at && at->state != READ;) {
        if (at->state == READING) {
            yaml_fault(&r->yaml, at->node->key, "the item `%.*s` is a change of itself", (int)at->node->key->text.len,
                       at->node->key->text.ptr);
            for (; chain; chain = chain->below)
                chain->state = READ;
            return;
        }
        at->state = READING;
        at->below = chain;
        chain = at;
        const struct yaml_node *name = name_in(at->node);
        at = name ? suite_names_get(&r->items, name->text) : NULL;
    }
    for (; chain; chain = chain->below) {
        const struct yaml_node *node = chain->node;
        chain->state = READ;
        if (!(node->kind == YAML_KIND_SCALAR && !node->is_null ? suite_read_item(r, node, &chain->item)
                                                               : read_written_item(r, node, &chain->item)))
            chain->item = NULL;
    }
}

bool suite_read_item(struct suite_reader *r, const struct yaml_node *node, const ddbexpr_value **ret)
{
    if (node->kind != YAML_KIND_SCALAR || node->is_null)
        return read_written_item(r, node, ret);
    struct named_item *named = item_named(r, node);
    if (!named)
        return false;
    if (named->state == UNREAD)
        read_chain(r, named); /* UNREACHABLE: whoever names an item comes when all of them are read */
    *ret = named->item;
    return named->item != NULL;
}

/* --- many --- */

bool suite_read_items(struct suite_reader *r, const struct yaml_node *node, const ddbexpr_value *const **ret,
                      size_t *ret_count)
{
    bool is_list = node->kind == YAML_KIND_LIST, good = true;
    size_t count = is_list ? node->count : !node->is_null;
    const ddbexpr_value **items = yaml_alloc(&r->yaml, count, sizeof *items);
    const struct yaml_node *e = is_list ? node->first : node;
    for (size_t i = 0; items && i < count; i++, e = e->next)
        good &= suite_read_item(r, e, &items[i]);
    *ret = items;
    *ret_count = count;
    return items && good;
}

void suite_read_named_items(struct suite_reader *r, const struct yaml_node *map)
{
    if (!yaml_is_map(&r->yaml, map, "items"))
        return;
    struct named_item *all = yaml_alloc(&r->yaml, map->count, sizeof *all), *named = all;
    for (const struct yaml_node *e = map->first; all && e; e = e->next, named++) {
        named->node = e;
        if (!suite_names_get(&r->items, e->key->text) && !suite_names_put(&r->yaml, &r->items, e->key->text, named))
            return;
    }
    for (size_t i = 0; all && i < map->count; i++)
        if (all[i].state == UNREAD)
            read_chain(r, &all[i]);
}
