/* SPDX-License-Identifier: Apache-2.0 */
/* What options, configuration and samples know of the tables of one request, in the form that the library takes. */
#include "cli/config/config.h"
#include "cli/config/config_glob.h"
#include "cli/config/config_sample.h"
#include "cli/limits.h"

#include <string.h>

/* --- tables by name --- */

const struct config_table *config_table_of(const struct config *config, ddbexpr_str name)
{
    name = ddbexpr_table_name_of(name);
    if (name.len == 0)
        return config->table_count == 1 ? config->tables : NULL;
    for (size_t i = 0; i < config->table_count; i++)
        if (same_text(config->tables[i].name, name))
            return &config->tables[i];
    for (size_t i = 0; i < config->table_count; i++)
        if (glob_matches(config->tables[i].name, name))
            return &config->tables[i];
    return NULL;
}

/* --- what is read once --- */

struct loaded_config {
    struct loaded_config *next;
    struct config config;
};

static bool same_file(const struct config *a, const struct config *b)
{
    return a->path && b->path ? strcmp(a->folder, b->folder) == 0 : a->path == b->path;
}

/* Many files have one configuration. */
static int load_once(struct session *s, struct knowledge *k, const char *file, const struct config **ret)
{
    struct config found;
    int exit = config_locate(s, file, &found);
    for (struct loaded_config *l = k->configs; exit == EXIT_TRUE && l; l = l->next)
        if (same_file(&l->config, &found)) {
            *ret = &l->config;
            return EXIT_TRUE;
        }
    if (exit == EXIT_TRUE)
        exit = config_read(s, &found);
    if (exit != EXIT_TRUE)
        return exit;
    struct loaded_config *fresh = ddbexpr_arena_alloc(s->arena, sizeof *fresh);
    if (!fresh)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    *fresh = (struct loaded_config){k->configs, found};
    k->configs = fresh;
    *ret = &fresh->config;
    return EXIT_TRUE;
}

static int sample_once(struct session *s, struct knowledge *k)
{
    const char *items = options_value(s->options, OPTION_TYPES_FROM);
    struct sample sample;
    if (!items || k->is_sampled)
        return EXIT_TRUE;
    sample_begin(s, &sample);
    int exit = sample_read(s, &sample, items);
    if (exit == EXIT_TRUE)
        exit = exit_for_status(sample_attributes(s, &sample, "[*]", &k->sampled, &k->sampled_count));
    k->is_sampled = exit == EXIT_TRUE;
    return exit;
}

/* --- one request --- */

/* The names of its tables, each once: one, unless it is a transaction. */
static bool names_of_tables(struct session *s, const ddbexpr_request *r, ddbexpr_str **ret, size_t *ret_count)
{
    size_t count = r->action_count == 0 ? 1 : r->action_count < ROOM_ACTIONS ? r->action_count : ROOM_ACTIONS;
    ddbexpr_str *names = ddbexpr_arena_alloc(s->arena, count * sizeof *names);
    *ret = names;
    *ret_count = 0;
    for (size_t i = 0; names && i < count; i++) {
        ddbexpr_str name = r->action_count ? r->actions[i].table_name : r->table_name;
        size_t known = 0;
        while (known < *ret_count && !same_text(names[known], name))
            known++;
        if (known == *ret_count)
            names[(*ret_count)++] = name;
    }
    return names != NULL;
}

/* A schema without a name, and one for a request without a name, fit whatever they are for. */
static bool is_given(const ddbexpr_table *tables, size_t count, ddbexpr_str name)
{
    if (name.len == 0 && count)
        return true;
    for (size_t i = 0; i < count; i++)
        if (tables[i].name.len == 0)
            return true;
    return ddbexpr_table_named(tables, count, name) != NULL;
}

/* Room for all that the tables' entries may add. */
struct room {
    ddbexpr_table *tables;
    ddbexpr_known_attribute *attributes;
    ddbexpr_index_key *index_keys;
};

static bool make_room(struct session *s, const struct config_table *const *entries, size_t count, struct known *known,
                      struct room *ret)
{
    size_t attributes = known->lint.attribute_count, index_keys = 0;
    for (size_t i = 0; i < count; i++) {
        attributes += entries[i] ? entries[i]->attribute_count : 0;
        for (size_t n = 0; entries[i] && n < entries[i]->index_count; n++)
            index_keys += entries[i]->indexes[n].key_count;
    }
    ret->tables = ddbexpr_arena_alloc(s->arena, (known->lint.table_count + count + 1) * sizeof *ret->tables);
    ret->attributes = ddbexpr_arena_alloc(s->arena, (attributes + 1) * sizeof *ret->attributes);
    ret->index_keys = ddbexpr_arena_alloc(s->arena, (index_keys + 1) * sizeof *ret->index_keys);
    return ret->tables && ret->attributes && ret->index_keys;
}

static void add_entry(const struct config_table *entry, ddbexpr_str name, struct known *known, struct room *room)
{
    if (entry->key_count && !is_given(room->tables, known->lint.table_count, name))
        room->tables[known->lint.table_count++] = (ddbexpr_table){
            .size = sizeof(ddbexpr_table), .name = name, .key = entry->key, .key_count = entry->key_count};
    for (size_t i = 0; i < entry->attribute_count; i++)
        room->attributes[known->lint.attribute_count++] =
            (ddbexpr_known_attribute){name, entry->attributes[i].path, entry->attributes[i].types};
    for (size_t i = 0; i < entry->index_count; i++) {
        const struct config_index *index = &entry->indexes[i];
        for (size_t k = 0; k < index->key_count; k++)
            room->index_keys[known->lint.index_key_count++] =
                (ddbexpr_index_key){name, index->name, index->key[k].name, index->key[k].type};
    }
}

static int apply(struct session *s, const struct knowledge *k, const struct config *config, const ddbexpr_request *r,
                 const ddbexpr_table *given, struct known *known)
{
    ddbexpr_str *names;
    size_t count;
    struct room room;
    if (!names_of_tables(s, r, &names, &count))
        return exit_for_status(DDBEXPR_NO_MEMORY);
    const struct config_table **entries = ddbexpr_arena_alloc(s->arena, count * sizeof *entries);
    for (size_t i = 0; entries && i < count; i++)
        entries[i] = config_table_of(config, names[i]);
    known->lint.attribute_count = k->sampled_count;
    if (!entries || !make_room(s, entries, count, known, &room))
        return exit_for_status(DDBEXPR_NO_MEMORY);
    if (known->lint.table_count)
        memcpy(room.tables, given, known->lint.table_count * sizeof *given);
    for (size_t i = 0; i < k->sampled_count; i++)
        room.attributes[i] = (ddbexpr_known_attribute){{NULL, 0}, k->sampled[i].path, k->sampled[i].types};
    for (size_t i = 0; i < count; i++)
        if (entries[i])
            add_entry(entries[i], names[i], known, &room);
    known->lint.tables = room.tables;
    known->lint.attributes = room.attributes;
    known->lint.index_keys = room.index_keys;
    return EXIT_TRUE;
}

/* The file that a request on the command line is in: --cli-input-json file://PATH. */
static const char *file_of_request(const struct session *s)
{
    const char *input = options_value(s->options, OPTION_CLI_INPUT_JSON);
    return input && strncmp(input, "file://", 7) == 0 ? input + 7 : NULL;
}

int config_apply(struct session *s, struct knowledge *k, const char *file, const ddbexpr_request *r,
                 const ddbexpr_table *tables, size_t table_count, struct known *ret)
{
    const struct config *config = NULL;
    if (!file)
        file = file_of_request(s);
    *ret = (struct known){.lint = {.size = sizeof ret->lint, .table_count = table_count, .messages = s->messages}};
    int exit = load_once(s, k, file, &config);
    if (exit == EXIT_TRUE)
        exit = sample_once(s, k);
    if (exit == EXIT_TRUE)
        exit = config_settings_of(s, config, file, &ret->settings);
    if (exit == EXIT_TRUE)
        exit = apply(s, k, config, r, tables, ret);
    if (exit != EXIT_TRUE || options_has(s->options, OPTION_SERVICE_MESSAGES))
        return exit;
    for (size_t i = 0; i < ret->settings.scope_count; i++)
        if (ret->settings.scopes[i]->has_messages) {
            ret->lint.messages = ret->settings.scopes[i]->messages;
            break;
        }
    return EXIT_TRUE;
}
