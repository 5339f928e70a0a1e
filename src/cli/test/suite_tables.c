/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a suite: their keys, and what they hold before a test. */
#include "cli/test/suite_reader.h"

#include "cli/input.h"
#include "cli/limits.h"

#include <stdlib.h>
#include <string.h>

/* An item by its key. */
struct suite_key {
    const ddbexpr_value *parts[2];
    size_t item;
};

/* --- keys --- */

static bool read_key_attribute(struct suite_reader *r, const struct yaml_node *e, ddbexpr_key_attribute *ret)
{
    static const char *const types[] = {"S", "N", "B", NULL};
    size_t type = 0;
    if (!yaml_choose(&r->yaml, e, "the type of a key attribute", types, &type))
        return false;
    *ret = (ddbexpr_key_attribute){e->key->text, (ddbexpr_type)type};
    return true;
}

static void read_key(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    struct suite_reader *r = (struct suite_reader *)yaml;
    struct suite_table *table = to;
    if (node->kind != YAML_KIND_MAP || node->count < 1 || node->count > 2) {
        yaml_fault(yaml, node, "a key is a map of one or two attributes, partition key first: {pk: S, sk: N}");
        return;
    }
    ddbexpr_key_attribute *key = yaml_is_map(yaml, node, "a key") ? yaml_alloc(yaml, 2, sizeof *key) : NULL;
    for (const struct yaml_node *e = node->first; key && e; e = e->next)
        table->key_count += read_key_attribute(r, e, &key[table->key_count]);
    table->key = key;
}

static bool find_key(struct suite_reader *r, const struct suite_table *table, const ddbexpr_value *item,
                     const struct yaml_node *place, struct suite_key *ret)
{
    for (size_t i = 0; i < table->key_count; i++) {
        const ddbexpr_key_attribute *key = &table->key[i];
        ret->parts[i] = ddbexpr_value_get(item, key->name);
        if (ret->parts[i] && ddbexpr_value_type(ret->parts[i]) == key->type)
            continue;
        yaml_fault(&r->yaml, place, "the item has no key attribute `%.*s` of type %s%s", (int)key->name.len,
                   key->name.ptr, ddbexpr_type_name(key->type),
                   place->kind == YAML_KIND_MAP && yaml_entry(place, "item")
                       ? "; a change has the members `item`, `set` and `remove` only"
                       : "");
        return false;
    }
    return true;
}

/* Keys of one table have the same types. */
static int compare_keys(const struct suite_key *a, const struct suite_key *b)
{
    int order = 0;
    for (size_t i = 0; i < 2 && order == 0 && a->parts[i]; i++)
        ddbexpr_value_compare(a->parts[i], b->parts[i], &order);
    return order;
}

static int compare(const void *a, const void *b)
{
    const struct suite_key *x = a, *y = b;
    int order = compare_keys(x, y);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static int compare_key_only(const void *a, const void *b) { return compare_keys(a, b); }

/* The keys of items that one node gives, sorted; no two may be equal. NULL: told. */
static struct suite_key *sort_keys(struct suite_reader *r, const struct suite_table *table,
                                   const struct yaml_node *node, const ddbexpr_value *const *items, size_t count)
{
    struct suite_key *keys = yaml_alloc(&r->yaml, count, sizeof *keys);
    const struct yaml_node **places = yaml_alloc(&r->yaml, count, sizeof *places);
    const struct yaml_node *e = node->kind == YAML_KIND_LIST ? node->first : node;
    size_t faults = r->yaml.faults;
    for (size_t i = 0; keys && places && i < count; i++, e = e->next) {
        places[i] = e;
        keys[i].item = i;
        find_key(r, table, items[i], e, &keys[i]);
    }
    if (!keys || !places || r->yaml.faults > faults)
        return NULL;
    qsort(keys, count, sizeof *keys, compare);
    for (size_t i = 1; i < count; i++)
        if (compare_keys(&keys[i - 1], &keys[i]) == 0)
            yaml_fault(&r->yaml, places[keys[i].item],
                       "an item with this key is already there, in line %zu: a table holds one item a key",
                       places[keys[i - 1].item]->line);
    return r->yaml.faults > faults ? NULL : keys;
}

/* --- tables --- */

struct read_table {
    struct suite_table *table;
    const struct yaml_node *items; /* read when the key is known, whichever comes first */
};

static void read_table_key(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    read_key(yaml, node, ((struct read_table *)to)->table);
}

static void keep_items(struct yaml_reader *yaml, const struct yaml_node *node, void *to)
{
    (void)yaml;
    ((struct read_table *)to)->items = node;
}

static void read_table(struct suite_reader *r, const struct yaml_node *node, struct suite_table *table)
{
    static const struct yaml_member members[] = {{"key", read_table_key}, {"items", keep_items}, {NULL, NULL}};
    struct read_table to = {table, NULL};
    size_t faults = r->yaml.faults;
    yaml_read_members(&r->yaml, node, "a table", members, &to);
    if (!table->key && r->yaml.faults == faults)
        yaml_fault(&r->yaml, node, "a table needs its key: {key: {pk: S, sk: N}}");
    const ddbexpr_value *const *items;
    size_t count;
    if (r->yaml.faults > faults || !to.items || !suite_read_items(r, to.items, &items, &count))
        return;
    table->sorted = sort_keys(r, table, to.items, items, count);
    table->items = items;
    table->item_count = table->sorted ? count : 0;
}

static void finish_tables(struct suite_reader *r)
{
    ddbexpr_table *stored = yaml_alloc(&r->yaml, r->table_count, sizeof *stored);
    for (size_t i = 0; stored && i < r->table_count; i++) {
        const struct suite_table *t = &r->tables[i];
        stored[i] = (ddbexpr_table){.size = sizeof *stored,
                                    .name = t->name,
                                    .key = t->key,
                                    .key_count = t->key_count,
                                    .items = t->items,
                                    .item_count = t->item_count};
    }
    r->stored = stored;
}

void suite_read_tables(struct suite_reader *r, const struct yaml_node *map)
{
    if (!yaml_is_map(&r->yaml, map, "tables"))
        return;
    struct suite_table *all = yaml_alloc(&r->yaml, map->count, sizeof *all);
    for (const struct yaml_node *e = map->first; all && e; e = e->next) {
        struct suite_table *table = &all[r->table_count++];
        table->name = e->key->text;
        if (!suite_names_get(&r->table_names, table->name))
            suite_names_put(&r->yaml, &r->table_names, table->name, table);
        if (table->name.len == 0)
            yaml_fault(&r->yaml, e->key, "a table without a name: the only one may be written as `table`");
        read_table(r, e, table);
    }
    r->tables = all;
    finish_tables(r);
}

void suite_read_only_table(struct suite_reader *r, const struct yaml_node *node)
{
    r->tables = yaml_alloc(&r->yaml, 1, sizeof *r->tables);
    if (!r->tables)
        return;
    r->table_count = 1;
    suite_names_put(&r->yaml, &r->table_names, r->tables->name, r->tables);
    read_table(r, node, r->tables);
    finish_tables(r);
}

/* --- what a test gives --- */

/* Items of a test take the places of the table's own that have their keys. */
static bool lay_over(struct suite_reader *r, const struct suite_table *own, const struct yaml_node *node,
                     ddbexpr_table *table)
{
    const ddbexpr_value *const *items;
    size_t count;
    if (!suite_read_items(r, node, &items, &count))
        return false;
    const struct suite_key *keys = sort_keys(r, own, node, items, count);
    const ddbexpr_value **all = keys ? yaml_alloc(&r->yaml, own->item_count + count, sizeof *all) : NULL;
    bool *placed = all ? yaml_alloc(&r->yaml, count, sizeof *placed) : NULL;
    if (!placed)
        return false;
    if (own->item_count)
        memcpy(all, own->items, own->item_count * sizeof *all);
    for (size_t i = 0; own->item_count && i < count; i++) {
        const struct suite_key *same =
            bsearch(&keys[i], own->sorted, own->item_count, sizeof *own->sorted, compare_key_only);
        if (same) {
            all[same->item] = items[keys[i].item];
            placed[keys[i].item] = true;
        }
    }
    table->items = all;
    for (size_t i = 0; i < count; i++)
        if (!placed[i])
            all[table->item_count++] = items[i];
    return true;
}

const struct suite_table *suite_table_named(struct suite_reader *r, const struct yaml_node *name)
{
    ddbexpr_str bare = ddbexpr_table_name_of(name->text);
    const struct suite_table *table = suite_names_get(&r->table_names, name->text);
    if (!table)
        table = suite_names_get(&r->table_names, bare);
    if (table)
        return table;
    yaml_fault_no_such(&r->yaml, name, "table", suite_names_nearest(&r->yaml, &r->table_names, bare), "");
    return NULL;
}

/* A table may have two names: its own, and its ARN. */
static bool lay_over_each(struct suite_reader *r, const struct yaml_node *given, ddbexpr_table *tables)
{
    bool *is_given = yaml_alloc(&r->yaml, r->table_count, sizeof *is_given), good = is_given != NULL;
    for (const struct yaml_node *e = is_given ? given->first : NULL; e; e = e->next) {
        const struct suite_table *table = suite_table_named(r, e->key);
        size_t index = table ? (size_t)(table - r->tables) : 0;
        if (table && is_given[index])
            yaml_fault(&r->yaml, e->key, "the table `%.*s` is given twice", (int)table->name.len, table->name.ptr);
        good = table && !is_given[index] && lay_over(r, table, e, &tables[index]) && good;
        if (table)
            is_given[index] = true;
    }
    return good;
}

bool suite_read_given(struct suite_reader *r, const struct yaml_node *given, const ddbexpr_table **ret)
{
    *ret = r->stored;
    if (!given || given->is_null)
        return true;
    ddbexpr_table *tables = yaml_alloc(&r->yaml, r->table_count, sizeof *tables);
    if (!tables)
        return false;
    *ret = tables;
    if (r->table_count)
        memcpy(tables, r->stored, r->table_count * sizeof *tables);
    if (r->table_count == 1)
        return lay_over(r, r->tables, given, tables);
    if (r->table_count == 0) /* told where there is a request */
        return true;
    if (given->kind != YAML_KIND_MAP) {
        yaml_fault(&r->yaml, given, "with several tables `given` is a map of tables and their items");
        return false;
    }
    return yaml_is_map(&r->yaml, given, "given") && lay_over_each(r, given, tables);
}
