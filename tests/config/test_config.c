/* SPDX-License-Identifier: Apache-2.0 */
/* Configurations from their text to what is known of a request, and texts that are cut off or spoilt anywhere: these
 * may be refused, and nothing else. What is said about faulty ones stands in tests/golden. */
#include "cli/config/config.h"
#include "cli/config/config_glob.h"
#include "cli/limits.h"

#include "../unit/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char good[] = "# all that there is\n"
                           "messages: classic\n"
                           "tables:\n"
                           "  Orders:\n"
                           "    key: id:S,sk:N\n"
                           "    attributes:\n"
                           "      status: S\n"
                           "      profile.city: [S, NULL]\n"
                           "      lines[].qty: N\n"
                           "      tags[0]: \"S\"\n"
                           "    indexes:\n"
                           "      byStatus: {key: \"status:S, at:N\", projection: [a, b]}\n"
                           "      byDate: {key: 'id:S,date:S', local: true, projection: KEYS_ONLY}\n"
                           "  Users-*: {key: pk:B}\n"
                           "  \"*\":\n"
                           "rules: {DX5: warning, DX503: off}\n"
                           "paths:\n"
                           "  - match: \"legacy/**\"\n"
                           "    rules: {DX503: error, DX: info}\n"
                           "  - match: [\"*.gen.json\", old/*.json]\n"
                           "    messages: current\n"
                           "    rules:\n"
                           "      DX60: |-\n"
                           "        off\n";

/* --- a session without a command line --- */

struct fixture {
    struct options options;
    struct option_given given[4];
    struct session session;
};

static void open_session(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    f->options.given = f->given;
    assert_int_equal(session_begin(&f->session, &f->options), EXIT_TRUE);
}

static void give(struct fixture *f, int id, const char *value)
{
    f->given[f->options.given_count++] = (struct option_given){id, value};
}

static int read_text(struct fixture *f, const char *text, size_t length, struct config *ret)
{
    char *exact = malloc(length ? length : 1); /* so that reading past the end is seen */
    assert_non_null(exact);
    memcpy(exact, text, length);
    *ret = (struct config){.path = "c.yaml", .folder = "/project"};
    int exit = config_read_text(&f->session, (ddbexpr_str){exact, length}, ret);
    free(exact); /* nothing may point into it */
    return exit;
}

static struct config good_config(struct fixture *f)
{
    struct config config;
    assert_int_equal(read_text(f, good, sizeof good - 1, &config), EXIT_TRUE);
    return config;
}

/* --- reading --- */

static void everything_is_read(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    struct config c = good_config(&f);
    assert_int_equal(c.table_count, 3);
    const struct config_table *t = &c.tables[0];
    assert_str_is(t->name, "Orders");
    assert_int_equal(t->key_count, 2);
    assert_str_is(t->key[1].name, "sk");
    assert_int_equal(t->key[1].type, DDBEXPR_N);
    assert_int_equal(t->attribute_count, 4);
    assert_str_is(t->attributes[1].path, "profile.city");
    assert_int_equal(t->attributes[1].types, 1U << DDBEXPR_S | 1U << DDBEXPR_NULL);
    assert_str_is(t->attributes[2].path, "lines[*].qty");
    assert_str_is(t->attributes[3].path, "tags[0]");
    assert_int_equal(t->index_count, 2);
    assert_int_equal(t->indexes[0].key_count, 2);
    assert_str_is(t->indexes[0].key[1].name, "at");
    assert_int_equal(t->indexes[0].projection, CONFIG_PROJECTION_INCLUDE);
    assert_int_equal(t->indexes[0].projected_count, 2);
    assert_false(t->indexes[0].is_local);
    assert_true(t->indexes[1].is_local);
    assert_int_equal(t->indexes[1].projection, CONFIG_PROJECTION_KEYS_ONLY);
    assert_int_equal(c.everywhere.rule_count, 2);
    assert_int_equal(c.scope_count, 2);
    assert_int_equal(c.scopes[1].pattern_count, 2);
    session_end(&f.session);
}

/* Whatever is done to a text, it is read or refused. Standard error gets some megabytes of complaints: not here. */
static void spoilt_texts_are_read_or_refused(void **state)
{
    (void)state;
    static const char spoilers[] = "[]{}:,-&*!|>'\"#%@`? \n\t\0\xff\xc3";
    int kept = dup(STDERR_FILENO);
    assert_non_null(freopen("/dev/null", "w", stderr));
    for (size_t at = 0; at <= sizeof good - 1; at++) {
        struct fixture f;
        struct config c;
        open_session(&f);
        int exit = read_text(&f, good, at, &c);
        assert_true(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
        for (size_t i = 0; at < sizeof good - 1 && i < sizeof spoilers - 1; i++) {
            char text[sizeof good];
            memcpy(text, good, sizeof text);
            text[at] = spoilers[i];
            exit = read_text(&f, text, sizeof good - 1, &c);
            assert_true(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
        }
        session_end(&f.session);
    }
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
}

/* --- patterns --- */

static bool matches(const char *pattern, const char *path)
{
    return glob_matches(ddbexpr_cstr(pattern), ddbexpr_cstr(path));
}

static void patterns_name_paths(void **state)
{
    (void)state;
    assert_true(matches("legacy/**", "legacy/a.json"));
    assert_true(matches("legacy/**", "legacy/a/b.json"));
    assert_false(matches("legacy/**", "legacy"));
    assert_false(matches("legacy/**", "src/legacy/a.json"));
    assert_true(matches("**/legacy/**", "src/legacy/a.json"));
    assert_true(matches("**/legacy/**", "legacy/a.json"));
    assert_true(matches("a/**/b", "a/b"));
    assert_true(matches("a/**/b", "a/x/y/b"));
    assert_false(matches("a/**/b", "a/xb"));
    assert_true(matches("a/*.json", "a/b.json"));
    assert_false(matches("a/*.json", "a/b/c.json"));
    assert_true(matches("*.json", "a/b/c.json"));
    assert_false(matches("*.json", "a/b/c.jsonl"));
    assert_true(matches("a", "x/a"));
    assert_true(matches("Users-*", "Users-dev"));
    assert_true(matches("*", "Users"));
    assert_false(matches("", "a"));
    assert_true(matches("a/[id].json", "a/[id].json"));
    assert_true(matches("a/***", "a/b/c"));
}

/* One that a matcher which tries again would not come to an end with. */
static void patterns_take_no_time(void **state)
{
    (void)state;
    char pattern[LIMIT_CONFIG_PATTERN + 1], path[4097];
    for (size_t i = 0; i < LIMIT_CONFIG_PATTERN; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[LIMIT_CONFIG_PATTERN - 1] = 'b';
    pattern[LIMIT_CONFIG_PATTERN] = '\0';
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    assert_false(matches(pattern, path));
    path[sizeof path - 2] = 'b';
    assert_true(matches(pattern, path));
}

/* --- what holds for a file --- */

static void files_have_their_levels(void **state)
{
    (void)state;
    struct fixture f;
    struct config_settings s;
    open_session(&f);
    struct config c = good_config(&f);
    assert_int_equal(config_settings_of(&f.session, &c, NULL, &s), EXIT_TRUE);
    assert_int_equal(config_level_of(&s, "DX503"), CONFIG_OFF);
    assert_int_equal(config_level_of(&s, "DX501"), CONFIG_WARNING);
    assert_int_equal(config_level_of(&s, "DX601"), CONFIG_UNSET);
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    c.folder = here;
    assert_int_equal(config_settings_of(&f.session, &c, "a.json", &s), EXIT_TRUE);
    assert_int_equal(s.scope_count, 1);
    assert_int_equal(config_settings_of(&f.session, &c, "a.gen.json", &s), EXIT_TRUE);
    assert_int_equal(config_level_of(&s, "DX601"), CONFIG_OFF);
    assert_int_equal(config_level_of(&s, "DX503"), CONFIG_OFF);
    c.folder = "/";
    c.everywhere = (struct config_scope){.rule_count = 0};
    assert_int_equal(config_settings_of(&f.session, &c, "a.json", &s), EXIT_TRUE);
    assert_int_equal(config_level_of(&s, "DX503"), CONFIG_UNSET);
    session_end(&f.session);
}

/* --- tables --- */

static ddbexpr_str name_of(const struct config *c, const char *table)
{
    const struct config_table *t = config_table_of(c, ddbexpr_cstr(table));
    return t ? t->name : (ddbexpr_str){NULL, 0};
}

static void tables_are_found_by_name_and_pattern(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    struct config c = good_config(&f);
    assert_str_is(name_of(&c, "Orders"), "Orders");
    assert_str_is(name_of(&c, "Users-dev"), "Users-*");
    assert_str_is(name_of(&c, "Other"), "*");
    assert_str_is(name_of(&c, "arn:aws:dynamodb:eu-central-1:123456789012:table/Orders"), "Orders");
    assert_str_is(name_of(&c, ""), "");
    c.table_count = 1;
    assert_str_is(name_of(&c, ""), "Orders");
    assert_str_is(name_of(&c, "Other"), "");
    session_end(&f.session);
}

/* Writes a file into a folder of its own, and goes there. */
static void go_to_file(char *folder, const char *name, const char *text)
{
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void leave_file(const char *folder, const char *name)
{
    assert_int_equal(unlink(name), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void requests_get_what_is_known(void **state)
{
    (void)state;
    struct fixture f;
    struct knowledge k = {0};
    struct known known;
    char folder[] = "/tmp/ddbexpr-config-XXXXXX";
    go_to_file(folder, "ddbexpr.yaml", good);
    open_session(&f);
    ddbexpr_request actions[] = {{.size = sizeof *actions, .table_name = ddbexpr_cstr("Orders")},
                                 {.size = sizeof *actions, .table_name = ddbexpr_cstr("Users-x")},
                                 {.size = sizeof *actions, .table_name = ddbexpr_cstr("Orders")}};
    const ddbexpr_request r = {
        .size = sizeof r, .operation = DDBEXPR_TRANSACT_WRITE_ITEMS, .actions = actions, .action_count = 3};
    assert_int_equal(config_apply(&f.session, &k, NULL, &r, NULL, 0, &known), EXIT_TRUE);
    assert_int_equal(known.lint.table_count, 2);
    assert_str_is(known.lint.tables[1].name, "Users-x");
    assert_int_equal(known.lint.tables[1].key[0].type, DDBEXPR_B);
    assert_int_equal(known.lint.attribute_count, 4);
    assert_str_is(known.lint.attributes[3].table, "Orders");
    assert_int_equal(known.lint.index_key_count, 4);
    assert_str_is(known.lint.index_keys[1].attribute, "at");
    assert_int_equal(known.lint.messages, DDBEXPR_MESSAGES_CLASSIC);
    assert_int_equal(ddbexpr_lint(&r, &known.lint, NULL, f.session.diags), DDBEXPR_OK);
    assert_int_equal(config_apply(&f.session, &k, "a.gen.json", &r, NULL, 0, &known), EXIT_TRUE);
    assert_int_equal(known.lint.messages, DDBEXPR_MESSAGES_CURRENT);

    /* what options say wins */
    const ddbexpr_key_attribute key = {ddbexpr_cstr("other"), DDBEXPR_S};
    ddbexpr_table given = {.size = sizeof given, .name = ddbexpr_cstr("Orders"), .key = &key, .key_count = 1};
    assert_int_equal(config_apply(&f.session, &k, NULL, &r, &given, 1, &known), EXIT_TRUE);
    assert_int_equal(known.lint.table_count, 2);
    assert_str_is(known.lint.tables[0].key[0].name, "other");
    given.name.len = 0;
    assert_int_equal(config_apply(&f.session, &k, NULL, &r, &given, 1, &known), EXIT_TRUE);
    assert_int_equal(known.lint.table_count, 1);
    give(&f, OPTION_SERVICE_MESSAGES, "current");
    assert_int_equal(config_apply(&f.session, &k, NULL, &r, NULL, 0, &known), EXIT_TRUE);
    assert_int_equal(known.lint.messages, DDBEXPR_MESSAGES_CURRENT);
    session_end(&f.session);
    leave_file(folder, "ddbexpr.yaml");
}

static void sample_items_give_types(void **state)
{
    (void)state;
    struct fixture f;
    struct knowledge k = {0};
    struct known known;
    char folder[] = "/tmp/ddbexpr-config-XXXXXX";
    go_to_file(
        folder, "items",
        "{\"pk\": {\"S\": \"a\"}, \"lines\": {\"L\": [{\"M\": {\"qty\": {\"N\": \"1\"}}}]}, \"n\": {\"S\": \"\"}}\n"
        "{\"pk\": {\"S\": \"b\"}, \"n\": {\"NULL\": true}}");
    open_session(&f);
    give(&f, OPTION_TYPES_FROM, "items");
    give(&f, OPTION_NO_CONFIG, NULL);
    const ddbexpr_request r = {.size = sizeof r, .operation = DDBEXPR_UPDATE_ITEM, .table_name = ddbexpr_cstr("T")};
    for (int i = 0; i < 2; i++) { /* the second time from memory */
        assert_int_equal(config_apply(&f.session, &k, NULL, &r, NULL, 0, &known), EXIT_TRUE);
        assert_int_equal(known.lint.attribute_count, 5);
        assert_str_is(known.lint.attributes[0].path, "lines");
        assert_str_is(known.lint.attributes[1].path, "lines[*]");
        assert_str_is(known.lint.attributes[2].path, "lines[*].qty");
        assert_str_is(known.lint.attributes[3].path, "n");
        assert_int_equal(known.lint.attributes[3].types, 1U << DDBEXPR_S | 1U << DDBEXPR_NULL);
        assert_int_equal(known.lint.attributes[3].table.len, 0);
    }
    session_end(&f.session);
    leave_file(folder, "items");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),         cmocka_unit_test(spoilt_texts_are_read_or_refused),
        cmocka_unit_test(patterns_name_paths),        cmocka_unit_test(patterns_take_no_time),
        cmocka_unit_test(files_have_their_levels),    cmocka_unit_test(tables_are_found_by_name_and_pattern),
        cmocka_unit_test(requests_get_what_is_known), cmocka_unit_test(sample_items_give_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
