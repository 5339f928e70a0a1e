/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with their keys, the types of attributes, and indexes. Which of them a request is about is not known here. */
#include "cli/config/config_tables.h"

#include "cli/config/config.h"
#include "cli/limits.h"
#include "cli/yaml/yaml_members.h"

#include <string.h>

/* --- keys --- */

/* "pk:S" */
static bool read_key_attribute(ddbexpr_str text, ddbexpr_key_attribute *ret)
{
    static const char types[] = "SNB";
    const char *type = text.len > 2 && text.ptr[text.len - 2] == ':' ? memchr(types, text.ptr[text.len - 1], 3) : NULL;
    if (type)
        *ret = (ddbexpr_key_attribute){{text.ptr, text.len - 2}, (ddbexpr_type)(type - types)};
    return type != NULL;
}

/* "pk:S,sk:N": at most `most` attributes. */
static void read_key(struct yaml_reader *r, const struct yaml_node *node, size_t most,
                     const ddbexpr_key_attribute **ret, size_t *ret_count)
{
    ddbexpr_key_attribute *key = yaml_alloc(r, most, sizeof *key);
    ddbexpr_str rest = node->text;
    size_t count = 0;
    bool good = key && node->kind == YAML_KIND_SCALAR;
    for (bool more = true; good && more; count++) {
        const char *comma = rest.len ? memchr(rest.ptr, ',', rest.len) : NULL;
        ddbexpr_str one = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        more = comma != NULL;
        rest = (ddbexpr_str){rest.ptr + one.len + more, rest.len - one.len - more};
        while (more && rest.len && rest.ptr[0] == ' ')
            rest = (ddbexpr_str){rest.ptr + 1, rest.len - 1};
        good = count < most && read_key_attribute(one, &key[count]);
    }
    if (!good) {
        yaml_fault(r, node, "a key is one text, pk:S or pk:S,sk:N: partition key first, at most %zu attributes", most);
        return;
    }
    *ret = key;
    *ret_count = count;
}

/* --- attributes --- */

static bool find_type(ddbexpr_str text, unsigned *types)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (yaml_text_is(text, ddbexpr_type_name((ddbexpr_type)type))) {
            *types |= 1U << type;
            return true;
        }
    return false;
}

/* S, or [S, N]. */
static unsigned read_types(struct yaml_reader *r, const struct yaml_node *node)
{
    unsigned types = 0;
    size_t count = 0;
    if (node->kind == YAML_KIND_MAP) {
        yaml_fault(r, node, "what is inside an attribute has a line of its own: `%.*s.name: S`",
                   (int)node->key->text.len, node->key->text.ptr);
        return 0;
    }
    const struct yaml_node *element = yaml_elements(r, node, "the type of an attribute", &count);
    for (size_t i = 0; element && i < count; i++, element = element->next) {
        if (element->kind != YAML_KIND_SCALAR)
            yaml_fault(r, element, "a type is a text");
        else if (!find_type(element->text, &types))
            yaml_fault(r, element, "`%.*s` is no type; there are S, N, B, BOOL, NULL, L, M, SS, NS and BS",
                       (int)element->text.len, element->text.ptr);
    }
    return types;
}

/* A name up to the next step: 0 where there is none. */
static size_t name_length(const char *at, const char *end)
{
    size_t length = 0;
    while (at + length < end && at[length] != '.' && at[length] != '[' && at[length] != ']')
        length++;
    return length;
}

/* [] or [3]; 0 for anything else. */
static size_t index_length(const char *at, const char *end)
{
    size_t length = 1;
    while (at + length < end && length < 10 && at[length] >= '0' && at[length] <= '9')
        length++;
    return at + length < end && at[length] == ']' ? length + 1 : 0;
}

/* profile.city and lines[].qty, in which `[]` becomes `[*]`, as lints have it. */
static bool read_path(struct yaml_reader *r, ddbexpr_str text, ddbexpr_str *ret)
{
    char *path = yaml_alloc(r, 2 * text.len, 1); /* every [] is one byte longer */
    size_t used = 0;
    const char *at = text.ptr, *end = text.ptr + text.len;
    bool good = path != NULL;
    for (bool name = true; good && (name || at < end);) {
        size_t length = name ? name_length(at, end) : *at == '[' ? index_length(at, end) : *at == '.';
        good = length > 0;
        name = !name && length && *at == '.';
        if (good && length == 2 && *at == '[') {
            memcpy(path + used, "[*]", 3);
            used += 3;
        } else if (good) {
            memcpy(path + used, at, length);
            used += length;
        }
        at += length;
    }
    *ret = (ddbexpr_str){path, used};
    return good;
}

static void read_attributes(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    struct config_table *table = to;
    if (!yaml_is_map(r, node, "attributes"))
        return;
    struct config_attribute *all = yaml_alloc(r, node->count, sizeof *all);
    for (const struct yaml_node *e = node->first; all && e; e = e->next) {
        struct config_attribute *a = &all[table->attribute_count];
        if (!read_path(r, e->key->text, &a->path))
            yaml_fault(r, e->key, "`%.*s` is no path: write profile.city, lines[].qty or tags[0]",
                       (int)e->key->text.len, e->key->text.ptr);
        a->types = read_types(r, e);
        table->attribute_count++;
    }
    table->attributes = all;
}

/* --- indexes --- */

static void read_index_key(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    struct config_index *index = to;
    read_key(r, node, LIMIT_CONFIG_INDEX_KEY, &index->key, &index->key_count);
}

static void read_local(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    static const char *const choices[] = {"false", "true", NULL};
    struct config_index *index = to;
    size_t choice;
    if (yaml_choose(r, node, "local", choices, &choice))
        index->is_local = choice == 1;
}

static void read_projection(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    static const char *const choices[] = {"ALL", "KEYS_ONLY", NULL};
    struct config_index *index = to;
    size_t choice;
    if (node->kind != YAML_KIND_LIST) {
        if (yaml_choose(r, node, "a projection that is no list", choices, &choice))
            index->projection = (enum config_projection)choice;
        return;
    }
    ddbexpr_str *names = yaml_alloc(r, node->count, sizeof *names);
    for (const struct yaml_node *e = node->first; names && e; e = e->next)
        if (yaml_is_text(r, e, "a projected attribute"))
            names[index->projected_count++] = e->text;
    index->projection = CONFIG_PROJECTION_INCLUDE;
    index->projected = names;
}

static void read_index(struct yaml_reader *r, const struct yaml_node *node, struct config_index *index)
{
    static const struct yaml_member members[] = {
        {"key", read_index_key}, {"local", read_local}, {"projection", read_projection}, {NULL, NULL}};
    index->name = node->key->text;
    yaml_read_members(r, node, "an index", members, index);
    if (index->key_count == 0 && r->faults == 0)
        yaml_fault(r, node->key, "the index `%.*s` needs its key", (int)index->name.len, index->name.ptr);
}

static void read_indexes(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    struct config_table *table = to;
    if (!yaml_is_map(r, node, "indexes"))
        return;
    struct config_index *all = yaml_alloc(r, node->count, sizeof *all);
    for (const struct yaml_node *e = node->first; all && e; e = e->next)
        read_index(r, e, &all[table->index_count++]);
    table->indexes = all;
}

/* --- what must fit together --- */

/* A key attribute has one type, in the key as among the attributes. */
static void compare_key(struct yaml_reader *r, const struct yaml_node *node, const struct config_table *table)
{
    const struct yaml_node *map = yaml_entry(node, "attributes");
    const struct yaml_node *e = map ? map->first : NULL;
    for (size_t i = 0; e && i < table->attribute_count; i++, e = e->next)
        for (size_t k = 0; k < table->key_count; k++)
            if (same_text(table->attributes[i].path, table->key[k].name) &&
                table->attributes[i].types != 1U << table->key[k].type)
                yaml_fault(r, e, "`%.*s` is %s in the table's key", (int)e->key->text.len, e->key->text.ptr,
                           ddbexpr_type_name(table->key[k].type));
}

static void check_local(struct yaml_reader *r, const struct yaml_node *node, const struct config_table *table)
{
    const struct yaml_node *map = yaml_entry(node, "indexes");
    const struct yaml_node *e = map ? map->first : NULL;
    for (size_t i = 0; e && i < table->index_count; i++, e = e->next) {
        const struct config_index *index = &table->indexes[i];
        if (index->is_local && table->key_count &&
            (index->key_count != LIMIT_CONFIG_TABLE_KEY || !same_text(index->key[0].name, table->key[0].name)))
            yaml_fault(r, e, "the key of a local index is the table's partition key, `%.*s`, and a sort key",
                       (int)table->key[0].name.len, table->key[0].name.ptr);
    }
}

/* --- tables --- */

static void read_table_key(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    struct config_table *table = to;
    read_key(r, node, LIMIT_CONFIG_TABLE_KEY, &table->key, &table->key_count);
}

void config_read_tables(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    static const struct yaml_member members[] = {
        {"key", read_table_key}, {"attributes", read_attributes}, {"indexes", read_indexes}, {NULL, NULL}};
    struct config *config = to;
    if (!yaml_is_map(r, node, "tables"))
        return;
    struct config_table *all = yaml_alloc(r, node->count, sizeof *all);
    for (const struct yaml_node *e = node->first; all && e; e = e->next) {
        struct config_table *table = &all[config->table_count++];
        table->name = e->key->text;
        yaml_read_members(r, e, "a table", members, table);
        if (r->faults == 0) {
            compare_key(r, e, table);
            check_local(r, e, table);
        }
    }
    config->tables = all;
}
