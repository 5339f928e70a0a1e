/* SPDX-License-Identifier: Apache-2.0 */
/* A project's ddbexpr.yaml: read or refused; what was read holds together and can be applied to a request. */
#include "fuzz.h"

#include "cli/config/config.h"

#include <stdlib.h>

static void check_text(str text) { REQUIRE(text.ptr || text.len == 0); }

static void check_table(const struct config_table *t)
{
    REQUIRE(t->name.len > 0 && t->key_count <= 2);
    for (size_t i = 0; i < t->key_count; i++)
        REQUIRE(t->key[i].name.len > 0 && t->key[i].type <= DDBEXPR_B);
    for (size_t i = 0; i < t->attribute_count; i++) {
        REQUIRE(t->attributes[i].path.len > 0);
        REQUIRE(t->attributes[i].types < 1U << DDBEXPR_TYPE_COUNT);
    }
    for (size_t i = 0; i < t->index_count; i++) {
        const struct config_index *index = &t->indexes[i];
        REQUIRE(index->name.len > 0 && index->key_count >= 1 && index->key_count <= 8);
        REQUIRE(index->projected_count == 0 || index->projection == CONFIG_PROJECTION_INCLUDE);
    }
}

static void check_scope(const struct config_scope *scope)
{
    for (size_t i = 0; i < scope->pattern_count; i++)
        check_text(scope->patterns[i]);
    for (size_t i = 0; i < scope->rule_count; i++) {
        REQUIRE(scope->rules[i].code.len >= 2 && memcmp(scope->rules[i].code.ptr, "DX", 2) == 0);
        REQUIRE(scope->rules[i].level > CONFIG_UNSET && scope->rules[i].level <= CONFIG_ERROR);
    }
}

static void check_config(const struct config *config)
{
    for (size_t i = 0; i < config->table_count; i++) {
        check_table(&config->tables[i]);
        const struct config_table *found = config_table_of(config, config->tables[i].name);
        REQUIRE(found);
    }
    check_scope(&config->everywhere);
    for (size_t i = 0; i < config->scope_count; i++)
        check_scope(&config->scopes[i]);
}

/* Levels for some files and codes: any of them is a level. */
static void check_settings(struct session *session, const struct config *config)
{
    static const char *const files[] = {"/project/a.json", "/project/legacy/old/b.gen.json", "/elsewhere/c.json"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct config_settings settings;
        REQUIRE(config_settings_of(session, config, files[i], &settings) == EXIT_TRUE);
        REQUIRE(settings.scope_count <= config->scope_count + 1);
        REQUIRE(config_level_of(&settings, "DX503") <= CONFIG_ERROR);
    }
}

static bool read_once(str text, char **ret_told)
{
    struct options options = {0};
    struct session session;
    struct config config = {.path = "ddbexpr.yaml", .folder = "/project"};
    REQUIRE(session_begin(&session, &options) == EXIT_TRUE);
    fuzz_listen();
    int exit = config_read_text(&session, text, &config);
    *ret_told = fuzz_told();
    REQUIRE(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
    REQUIRE((exit == EXIT_TRUE) == ((*ret_told)[0] == '\0'));
    if (exit == EXIT_TRUE) {
        check_config(&config);
        check_settings(&session, &config);
    }
    session_end(&session);
    return exit == EXIT_TRUE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    str text = fuzz_rest(&input);
    char *told, *again;
    bool read = read_once(text, &told);
    REQUIRE(read == read_once(text, &again));
    REQUIRE(strcmp(told, again) == 0);
    free(told);
    free(again);
    fuzz_close(&input);
    return 0;
}
