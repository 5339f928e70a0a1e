/* SPDX-License-Identifier: Apache-2.0 */
/* From --item, --items and --key-schema to items and tables. */
#include "cli/stored.h"

#include <string.h>
#include <unistd.h>

/* --- items --- */

static const char *name_of(const char *path) { return strcmp(path, "-") == 0 ? "standard input" : path; }

int read_stored_item(struct session *s, const ddbexpr_value **ret)
{
    const char *given = options_value(s->options, OPTION_ITEM);
    const ddbexpr_value *const *items;
    ddbexpr_str text;
    size_t count = 0;
    *ret = NULL;
    if (!given)
        return EXIT_TRUE;
    if (!read_value(s->arena, given, &text))
        return EXIT_UNUSABLE;
    ddbexpr_status status = ddbexpr_json_read_items(s->arena, text, s->form, s->diags, &items, &count);
    if (status != DDBEXPR_OK)
        return session_unusable(s, status, "--item");
    if (count != 1) {
        complain("--item is one item, not %zu; --items takes many", count);
        return EXIT_UNUSABLE;
    }
    *ret = items[0];
    return EXIT_TRUE;
}

/* --- tables --- */

/* "pk:S,sk:N". False: told. */
static bool read_key_schema(struct session *s, const char *text, const ddbexpr_key_attribute **ret, size_t *ret_count)
{
    ddbexpr_key_attribute *key = ddbexpr_arena_alloc(s->arena, 2 * sizeof *key);
    size_t count = 0;
    for (const char *p = text; key && count < 2;) {
        const char *end = strchr(p, ',');
        size_t length = end ? (size_t)(end - p) : strlen(p);
        const char types[] = "SNB";
        const char *type = length > 2 && p[length - 2] == ':' ? memchr(types, p[length - 1], 3) : NULL;
        if (!type)
            break;
        key[count].name = (ddbexpr_str){p, length - 2};
        key[count++].type = (ddbexpr_type)(type - types);
        if (!end) {
            *ret = key;
            *ret_count = count;
            return true;
        }
        p = end + 1;
    }
    if (key)
        complain("'%s' is no key schema: write pk:S or pk:S,sk:N", text);
    else
        complain_no_memory(NULL);
    return false;
}

/* "Accounts=x": the table's name and what follows. A name has the characters that the service allows, so most paths
 * are none; a file of the whole name comes first. */
static ddbexpr_str split_table(const char *given, const char **rest, bool is_file)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
    size_t length = strspn(given, allowed);
    *rest = given;
    if (given[length] != '=' || length == 0 || (is_file && access(given, F_OK) == 0))
        return (ddbexpr_str){NULL, 0};
    *rest = given + length + 1;
    return (ddbexpr_str){given, length};
}

/* Whether a TableName means a table. */
static bool names_table(ddbexpr_str name, ddbexpr_str table)
{
    return same_text(name, table) || same_text(ddbexpr_table_name_of(name), table);
}

static bool infer_from_key(struct session *s, const ddbexpr_value *key, ddbexpr_table *table)
{
    size_t count = key ? ddbexpr_value_count(key) : 0;
    if (count < 1 || count > 2)
        return false;
    ddbexpr_key_attribute *schema = ddbexpr_arena_alloc(s->arena, count * sizeof *schema);
    if (!schema) {
        complain_no_memory(NULL);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        schema[i].name = ddbexpr_value_name_at(key, i);
        schema[i].type = ddbexpr_value_type(ddbexpr_value_at(key, i));
        if (schema[i].type > DDBEXPR_B || schema[i].name.len == 0)
            return false;
    }
    table->key = schema;
    table->key_count = count;
    return true;
}

/* The key schema of a table that none was given for: from the Key of the request or of an action on the table. */
static bool infer_schema(struct session *s, const ddbexpr_request *r, ddbexpr_table *table)
{
    bool found = infer_from_key(s, r->key, table);
    for (size_t i = 0; !found && i < r->action_count; i++)
        if (table->name.len == 0 || names_table(r->actions[i].table_name, table->name))
            found = infer_from_key(s, r->actions[i].key, table);
    if (memory_ran_out())
        return false;
    if (!found) {
        complain("give the key schema: --key-schema pk:S or pk:S,sk:N%s", table->name.len ? " (TABLE=pk:S)" : "");
        return false;
    }
    complain("warning: the key schema was taken from the Key of the request (%.*s%s); --key-schema says it for sure",
             (int)table->key[0].name.len, table->key[0].name.ptr, table->key_count > 1 ? ", …" : "");
    return true;
}

static ddbexpr_table *table_of_name(ddbexpr_table *tables, size_t *count, ddbexpr_str name)
{
    for (size_t i = 0; i < *count; i++)
        if (same_text(tables[i].name, name))
            return &tables[i];
    tables[*count] = (ddbexpr_table){.size = sizeof(ddbexpr_table), .name = name};
    return &tables[(*count)++];
}

/* The tables that the options name, and the path of what each holds, or NULL. */
static int name_tables(struct session *s, ddbexpr_table *tables, const char **paths, size_t *count)
{
    for (size_t i = 0; i < s->options->given_count; i++) {
        const struct option_given *o = &s->options->given[i];
        const char *rest;
        if (o->id == OPTION_ITEMS) {
            ddbexpr_table *table = table_of_name(tables, count, split_table(o->value, &rest, true));
            if (paths[table - tables]) {
                complain("--items names two files for one table: '%s' and '%s'", paths[table - tables], rest);
                return EXIT_UNUSABLE;
            }
            paths[table - tables] = rest;
        } else if (o->id == OPTION_KEY_SCHEMA) {
            ddbexpr_table *table = table_of_name(tables, count, split_table(o->value, &rest, false));
            if (!read_key_schema(s, rest, &table->key, &table->key_count))
                return EXIT_UNUSABLE;
        }
    }
    return EXIT_TRUE;
}

static int read_table_file(struct session *s, const char *path, ddbexpr_str *text, ddbexpr_table *table)
{
    path = without_scheme(path);
    if (!read_file(s->arena, path, text))
        return EXIT_UNUSABLE;
    ddbexpr_status status = ddbexpr_json_read_table(s->arena, *text, s->form, s->diags, table);
    return status == DDBEXPR_OK ? EXIT_TRUE : session_unusable(s, status, name_of(path));
}

static int given_tables(struct session *s, ddbexpr_table **ret, const char ***ret_paths, size_t *ret_count)
{
    size_t most = s->options->given_count + 1; /* one more: where none was given */
    *ret = ddbexpr_arena_alloc(s->arena, most * sizeof **ret);
    *ret_paths = ddbexpr_arena_alloc(s->arena, most * sizeof **ret_paths);
    *ret_count = 0;
    if (!*ret || !*ret_paths)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    memset(*ret_paths, 0, most * sizeof **ret_paths);
    return name_tables(s, *ret, *ret_paths, ret_count);
}

int read_schemas(struct session *s, ddbexpr_table **ret, size_t *ret_count)
{
    const char **paths;
    return given_tables(s, ret, &paths, ret_count);
}

int read_tables(struct session *s, const ddbexpr_request *request, ddbexpr_table **ret, size_t *ret_count)
{
    const char **paths;
    int exit = given_tables(s, ret, &paths, ret_count);
    if (exit == EXIT_TRUE && *ret_count == 0)
        table_of_name(*ret, ret_count, (ddbexpr_str){NULL, 0});
    ddbexpr_str *texts = ddbexpr_arena_alloc(s->arena, (*ret_count + 1) * sizeof *texts);
    if (!texts)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    s->stored = texts;
    for (size_t i = 0; exit == EXIT_TRUE && i < *ret_count; i++) {
        if ((*ret)[i].key_count == 0 && !infer_schema(s, request, &(*ret)[i]))
            exit = EXIT_UNUSABLE;
        else if (paths[i])
            exit = read_table_file(s, paths[i], &texts[i], &(*ret)[i]);
    }
    return exit;
}
