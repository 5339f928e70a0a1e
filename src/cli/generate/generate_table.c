/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: items that mostly have the same attributes with the same types, and values near each other, as in a table
 * that one program writes. */
#include "cli/generate/generate_case.h"

#include "cli/generate/generate_names.h"

static struct doc *make_key_value(struct generator *g, ddbexpr_type type)
{
    static const char *const bytes[] = {"a", "b", "ab", "\1\2", "\377", "key"};
    switch (type) {
    case DDBEXPR_N:
        return typed_number(g, dice_between(&g->dice, -3, 60));
    case DDBEXPR_B:
        return typed_binary(g, ddbexpr_cstr(PICK(g, bytes)));
    default:
        if (throw_percent(g, 50))
            return typed_text(g, DDBEXPR_S, keep_format(g, "k-%u", (unsigned)throw_below(g, 50)));
        return typed_text(g, DDBEXPR_S, typed_word(g));
    }
}

static ddbexpr_type type_of_key(const struct doc *attribute)
{
    return str_is(attribute->text, "N") ? DDBEXPR_N : str_is(attribute->text, "B") ? DDBEXPR_B : DDBEXPR_S;
}

static void make_schema(struct generator *g, struct generated_table *table)
{
    static const char *const types[] = {"S", "S", "S", "S", "S", "S", "N", "N", "B"};
    table->key = doc_object(g);
    ddbexpr_str partition = names_partition(g), sort = names_sort(g);
    doc_put(g, table->key, partition, doc_string(g, ddbexpr_cstr(PICK(g, types))));
    if (throw_percent(g, 55))
        doc_put(g, table->key, sort, doc_string(g, ddbexpr_cstr(PICK(g, types))));
}

static bool has_key(const struct doc *item, const struct doc *key)
{
    for (const struct doc *attribute = key->first; attribute; attribute = attribute->next) {
        const struct doc *value = doc_get(item, attribute->name);
        if (!value || !doc_same(value, attribute))
            return false;
    }
    return true;
}

static bool is_taken(const struct generated_table *table, const struct doc *key)
{
    for (const struct doc *item = table->items->first; item; item = item->next)
        if (has_key(item, key))
            return true;
    return false;
}

/* Half of the keys are of the first item's partition, so that a Query finds something. NULL: all tries were taken. */
static struct doc *try_key(struct generator *g, const struct generated_table *table)
{
    for (int tries = 0; tries < 8; tries++) {
        struct doc *key = doc_object(g);
        bool same = table->items->first && table->key->count > 1 && throw_percent(g, 60);
        for (const struct doc *a = table->key->first; a; a = a->next) {
            const struct doc *first = same && a == table->key->first ? doc_get(table->items->first, a->name) : NULL;
            doc_put(g, key, a->name, first ? doc_copy(g, first) : make_key_value(g, type_of_key(a)));
        }
        if (!is_taken(table, key))
            return key;
    }
    return NULL;
}

static struct doc *key_of_number(struct generator *g, const struct generated_table *table, unsigned number)
{
    struct doc *key = doc_object(g);
    ddbexpr_str text = keep_format(g, "%u", number);
    for (const struct doc *a = table->key->first; a; a = a->next) {
        ddbexpr_type type = type_of_key(a);
        doc_put(g, key, a->name, type == DDBEXPR_B ? typed_binary(g, text) : typed_text(g, type, text));
    }
    return key;
}

/* Numbers above those that are thrown, or their text, are taken by few. */
struct doc *table_new_key(struct generator *g, const struct generated_table *table)
{
    struct doc *key = try_key(g, table);
    if (key)
        return key;
    unsigned number = 1000 + (unsigned)throw_below(g, 1000);
    do
        key = key_of_number(g, table, number++);
    while (!g->failed && is_taken(table, key));
    return key;
}

struct doc *table_key_of(struct generator *g, const struct generated_table *table, const struct doc *item)
{
    struct doc *key = doc_object(g);
    for (const struct doc *a = table->key->first; a; a = a->next) {
        const struct doc *value = doc_get(item, a->name);
        if (value)
            doc_put(g, key, a->name, doc_copy(g, value));
    }
    return key;
}

const struct doc *table_pick(struct generator *g, const struct generated_table *table)
{
    return table->items->count ? doc_at(table->items, throw_below(g, (uint32_t)table->items->count)) : NULL;
}

/* --- items --- */

static struct doc *make_attributes(struct generator *g)
{
    struct doc *item = doc_object(g);
    uint32_t count = 3 + throw_below(g, 7);
    bool every_type = throw_percent(g, g->wild ? 60 : 20);
    for (uint32_t i = 0; i < count || (every_type && i < DDBEXPR_TYPE_COUNT); i++) {
        ddbexpr_str name = names_attribute(g);
        while (doc_get(item, name))
            name = names_attribute(g);
        doc_put(g, item, name,
                every_type && i < DDBEXPR_TYPE_COUNT ? typed_make(g, (ddbexpr_type)i, 2) : typed_make_any(g, 0, 2));
    }
    return item;
}

struct doc *table_item_like(struct generator *g, const struct doc *key, const struct doc *model)
{
    struct doc *item = doc_copy(g, key);
    if (!model)
        model = make_attributes(g);
    for (const struct doc *a = model->first; a; a = a->next) {
        if (doc_get(item, a->name) || throw_percent(g, 12))
            continue;
        uint32_t kind = throw_below(g, 10);
        struct doc *value;
        if (kind < 4)
            value = doc_copy(g, a);
        else if (kind < 9)
            value = typed_other(g, a);
        else
            value = typed_make_any(g, 0, 2);
        doc_put(g, item, a->name, value);
    }
    return item;
}

void table_make(struct generator *g, struct generated_table *table)
{
    static const uint8_t counts[] = {1, 5, 5, 3, 2, 1};
    table->name = names_table(g);
    table->items = doc_array(g);
    make_schema(g, table);
    struct doc *model = make_attributes(g);
    uint32_t count = dice_weighted(&g->dice, counts, COUNT(counts));
    for (uint32_t i = 0; i < count; i++) {
        struct doc *key = table_new_key(g, table);
        doc_add(g, table->items, table_item_like(g, key, model));
    }
}
