/* SPDX-License-Identifier: Apache-2.0 */
/* A suite: its text becomes a tree, and its parts are read in the order in which they need each other, wherever they
 * stand. All faults are told before it is given up. */
#include "cli/test/suite.h"

#include "cli/input.h"
#include "cli/limits.h"
#include "cli/test/suite_reader.h"

#include <string.h>

struct suite {
    struct suite_reader reader;
    ddbexpr_str text;
    size_t next;
};

/* Its members, before they are read. */
struct parts {
    const struct yaml_node *tables, *table, *items, *requests, *tests;
};

#define KEEP(member)                                                                                                   \
    static void keep_##member(struct yaml_reader *yaml, const struct yaml_node *node, void *to)                        \
    {                                                                                                                  \
        (void)yaml;                                                                                                    \
        ((struct parts *)to)->member = node;                                                                           \
    }
KEEP(tables)
KEEP(table)
KEEP(items)
KEEP(requests)
KEEP(tests)

static void read_root(struct suite_reader *r, const struct yaml_node *root)
{
    static const struct yaml_member members[] = {{"tables", keep_tables}, {"table", keep_table},
                                                 {"items", keep_items},   {"requests", keep_requests},
                                                 {"tests", keep_tests},   {NULL, NULL}};
    struct parts parts = {.tables = NULL};
    yaml_read_members(&r->yaml, root, "a suite", members, &parts);
    if (parts.tables && parts.table)
        yaml_fault(&r->yaml, parts.table->key, "`table` is for a single table, and there are `tables`");
    if (parts.items)
        suite_read_named_items(r, parts.items);
    if (parts.tables)
        suite_read_tables(r, parts.tables);
    else if (parts.table)
        suite_read_only_table(r, parts.table);
    if (r->yaml.no_memory)
        return;
    if (parts.requests)
        suite_read_named_requests(r, parts.requests);
    if (parts.tests)
        suite_read_tests(r, parts.tests);
    if (r->yaml.faults || r->yaml.no_memory)
        return;
    if (r->table_count == 0)
        yaml_fault(&r->yaml, root, "a suite needs its tables with their keys: write tables: {orders: {key: {pk: S}}}");
    if (!parts.tests)
        yaml_fault(&r->yaml, root, "a suite needs `tests`");
}

/* Everything up to the last slash. */
static const char *folder_of(struct yaml_reader *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    char *folder = yaml_alloc(r, length, 1);
    if (folder)
        memcpy(folder, path, length);
    return folder;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static int read_suite(struct session *session, const char *path, struct suite *suite)
{
    struct suite_reader *r = &suite->reader;
    r->session = session;
    r->yaml.name = path;
    r->yaml.what = "a suite";
    r->yaml.largest = LIMIT_SUITE_BYTES;
    r->yaml.levels = LIMIT_SUITE_LEVELS;
    r->yaml.is_json = ends_with(path, ".json");
    r->yaml.nul_is_text = true;
    r->folder = folder_of(&r->yaml, path);
    const struct yaml_node *root = r->folder ? yaml_read(&r->yaml, suite->text) : NULL;
    if (!r->yaml.has_no_offsets)
        r->text = suite->text;
    if (root)
        read_root(r, root);
    else if (!r->yaml.faults && !r->yaml.no_memory)
        yaml_fault_at(&r->yaml, 1, 1, "a suite needs `tests`, and there is nothing here");
    return yaml_exit(&r->yaml);
}

/* One without a text yet. */
static struct suite *new_suite(void)
{
    ddbexpr_arena *arena;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return NULL;
    struct suite *suite = ddbexpr_arena_alloc(arena, sizeof *suite);
    if (!suite) {
        ddbexpr_arena_free(arena);
        return NULL;
    }
    *suite = (struct suite){.reader = {.yaml = {.arena = arena}}};
    if (ddbexpr_buffer_new(NULL, &suite->reader.json) == DDBEXPR_OK &&
        ddbexpr_builder_new(arena, &suite->reader.builder) == DDBEXPR_OK &&
        ddbexpr_diags_new(NULL, &suite->reader.diags) == DDBEXPR_OK)
        return suite;
    suite_close(suite);
    return NULL;
}

static int finish(int exit, struct suite *suite, struct suite **ret)
{
    if (exit == EXIT_TRUE)
        *ret = suite;
    else
        suite_close(suite);
    return exit;
}

int suite_open_text(struct session *session, const char *path, ddbexpr_str text, struct suite **ret)
{
    struct suite *suite = new_suite();
    if (!suite)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    suite->text = text;
    return finish(read_suite(session, path, suite), suite, ret);
}

int suite_open(struct session *session, const char *path, struct suite **ret)
{
    struct suite *suite = new_suite();
    if (!suite)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = read_file(suite->reader.yaml.arena, path, &suite->text) ? EXIT_TRUE : EXIT_UNUSABLE;
    return finish(exit == EXIT_TRUE ? read_suite(session, path, suite) : exit, suite, ret);
}

const struct test *suite_next(struct suite *suite)
{
    return suite->next < suite->reader.test_count ? &suite->reader.tests[suite->next++] : NULL;
}

const struct test_request *suite_requests(struct suite *suite, size_t *ret_count)
{
    return suite_read_unchanged(&suite->reader, ret_count);
}

ddbexpr_str suite_text(const struct suite *suite)
{
    return suite->reader.yaml.has_no_offsets ? (ddbexpr_str){NULL, 0} : suite->text;
}

void suite_close(struct suite *suite)
{
    if (!suite)
        return;
    for (size_t i = 0; i < suite->reader.refusal_count; i++)
        ddbexpr_diags_free(suite->reader.refusals[i]);
    ddbexpr_diags_free(suite->reader.diags);
    ddbexpr_buffer_free(suite->reader.json);
    ddbexpr_builder_free(suite->reader.builder);
    ddbexpr_arena_free(suite->reader.yaml.arena); /* and the suite */
}
