/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a configuration: its file is found, its text becomes a tree, and its members what the tool works with. All
 * faults are told, each with its place, before the tool gives up. */
#include "cli/config/config.h"

#include "cli/config/config_find.h"
#include "cli/config/config_tables.h"
#include "cli/limits.h"
#include "cli/yaml/yaml_members.h"

#include <string.h>

/* --- rules --- */

/* DX503, or how some codes begin. A code that nobody has is a slip of the pen: it would switch nothing off. */
static bool some_code_begins(ddbexpr_str text)
{
    for (size_t i = 0; text.len >= 2 && i < ddbexpr_rule_count(); i++)
        if (strncmp(ddbexpr_rule_at(i).code, text.ptr, text.len) == 0)
            return true;
    return false;
}

static void read_rules(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    static const char *const levels[] = {"off", "info", "warning", "error", NULL};
    struct config_scope *scope = to;
    if (!yaml_is_map(r, node, "rules"))
        return;
    struct config_rule *all = yaml_alloc(r, node->count, sizeof *all);
    for (const struct yaml_node *e = node->first; all && e; e = e->next) {
        size_t level = 0;
        if (!some_code_begins(e->key->text))
            yaml_fault(r, e->key, "no code begins with `%.*s`", (int)e->key->text.len, e->key->text.ptr);
        if (yaml_choose(r, e, "a level", levels, &level))
            all[scope->rule_count++] = (struct config_rule){e->key->text, (enum config_level)(level + CONFIG_OFF)};
    }
    scope->rules = all;
}

static void read_messages(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    static const char *const choices[] = {"current", "classic", NULL};
    struct config_scope *scope = to;
    size_t choice;
    if (!yaml_choose(r, node, "messages", choices, &choice))
        return;
    scope->has_messages = true;
    scope->messages = choice ? DDBEXPR_MESSAGES_CLASSIC : DDBEXPR_MESSAGES_CURRENT;
}

/* --- paths --- */

static void read_match(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    struct config_scope *scope = to;
    size_t count = 0;
    const struct yaml_node *e = yaml_elements(r, node, "match", &count);
    ddbexpr_str *all = yaml_alloc(r, count, sizeof *all);
    for (size_t i = 0; e && all && i < count; i++, e = e->next) {
        if (!yaml_is_text(r, e, "a pattern"))
            continue;
        if (e->text.len > LIMIT_CONFIG_PATTERN)
            yaml_fault(r, e, "a pattern has %d bytes at most", LIMIT_CONFIG_PATTERN);
        if (e->text.ptr[0] == '/' || (e->text.len > 1 && memcmp(e->text.ptr, "..", 2) == 0))
            yaml_fault(r, e, "patterns begin in the folder of the configuration, and never with / or ..");
        all[scope->pattern_count++] = e->text;
    }
    scope->patterns = all;
}

static void read_paths(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    static const struct yaml_member members[] = {
        {"match", read_match}, {"rules", read_rules}, {"messages", read_messages}, {NULL, NULL}};
    struct config *config = to;
    if (node->kind != YAML_KIND_LIST && !node->is_null) {
        yaml_fault(r, node, "paths is a list: - match: \"legacy/**\"");
        return;
    }
    struct config_scope *all = yaml_alloc(r, node->count, sizeof *all);
    for (const struct yaml_node *e = node->first; all && e; e = e->next) {
        struct config_scope *scope = &all[config->scope_count++];
        size_t faults = r->faults;
        yaml_read_members(r, e, "an entry of paths", members, scope);
        if (!scope->patterns && r->faults == faults)
            yaml_fault(r, e, "an entry of paths needs `match`");
    }
    config->scopes = all;
}

/* --- the whole --- */

static void read_rules_everywhere(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    read_rules(r, node, &((struct config *)to)->everywhere);
}

static void read_messages_everywhere(struct yaml_reader *r, const struct yaml_node *node, void *to)
{
    read_messages(r, node, &((struct config *)to)->everywhere);
}

int config_locate(struct session *s, const char *start_path, struct config *ret)
{
    const char *given = options_value(s->options, OPTION_CONFIG);
    *ret = (struct config){.path = given};
    if (options_has(s->options, OPTION_NO_CONFIG)) {
        if (!given)
            return EXIT_TRUE;
        complain("give one of --config and --no-config");
        return EXIT_UNUSABLE;
    }
    int status = find_folder(s->arena, given ? given : start_path, &ret->folder);
    if (status != EXIT_TRUE || given)
        return status;
    return find_config(s->arena, ret->folder, &ret->path, &ret->folder);
}

int config_read_text(struct session *s, ddbexpr_str text, struct config *config)
{
    static const struct yaml_member members[] = {{"tables", config_read_tables},
                                                 {"rules", read_rules_everywhere},
                                                 {"paths", read_paths},
                                                 {"messages", read_messages_everywhere},
                                                 {NULL, NULL}};
    struct yaml_reader reader = {.arena = s->arena,
                                 .name = config->path,
                                 .what = "a configuration",
                                 .largest = LIMIT_CONFIG_BYTES,
                                 .levels = LIMIT_CONFIG_LEVELS};
    const struct yaml_node *root = yaml_read(&reader, text);
    if (root)
        yaml_read_members(&reader, root, "a configuration", members, config);
    return yaml_exit(&reader);
}

int config_read(struct session *s, struct config *config)
{
    ddbexpr_str text;
    if (!config->path)
        return EXIT_TRUE;
    return read_file(s->arena, config->path, &text) ? config_read_text(s, text, config) : EXIT_UNUSABLE;
}
