/* SPDX-License-Identifier: Apache-2.0 */
/* What of a configuration holds for a file and its diagnostics. */
#include "cli/config/config.h"
#include "cli/config/config_find.h"
#include "cli/config/config_glob.h"

#include <string.h>

/* The path that patterns are compared with; empty: the file lies elsewhere, or there is none. */
static int path_in_config(struct session *s, const struct config *config, const char *file, ddbexpr_str *ret)
{
    *ret = (ddbexpr_str){"", 0};
    if (!file || config->scope_count == 0)
        return EXIT_TRUE;
    const char *path;
    int status = find_absolute(s->arena, file, &path);
    if (status != EXIT_TRUE)
        return status;
    size_t length = strlen(config->folder);
    if (length == 1) /* the root folder has its slash already */
        length = 0;
    if (strncmp(path, config->folder, length) == 0 && path[length] == '/')
        *ret = ddbexpr_cstr(path + length + 1);
    return EXIT_TRUE;
}

static bool applies(const struct config_scope *scope, ddbexpr_str path)
{
    for (size_t i = 0; i < scope->pattern_count; i++)
        if (glob_matches(scope->patterns[i], path))
            return true;
    return false;
}

int config_settings_of(struct session *s, const struct config *config, const char *file, struct config_settings *ret)
{
    ddbexpr_str path;
    const struct config_scope **scopes = ddbexpr_arena_alloc(s->arena, (config->scope_count + 1) * sizeof *scopes);
    *ret = (struct config_settings){scopes, 0};
    if (!scopes)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = path_in_config(s, config, file, &path);
    for (size_t i = config->scope_count; exit == EXIT_TRUE && path.len && i-- > 0;)
        if (applies(&config->scopes[i], path))
            scopes[ret->scope_count++] = &config->scopes[i];
    scopes[ret->scope_count++] = &config->everywhere;
    return exit;
}

enum config_level config_level_of(const struct config_settings *settings, const char *code)
{
    for (size_t i = 0; i < settings->scope_count; i++) {
        const struct config_scope *scope = settings->scopes[i];
        const struct config_rule *best = NULL;
        for (size_t n = 0; n < scope->rule_count; n++) {
            const struct config_rule *rule = &scope->rules[n];
            if ((!best || rule->code.len > best->code.len) && strncmp(code, rule->code.ptr, rule->code.len) == 0)
                best = rule;
        }
        if (best)
            return best->level;
    }
    return CONFIG_UNSET;
}
