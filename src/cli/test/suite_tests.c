/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of a suite: single ones, one for each of many rows, and sequences of steps. */
#include "cli/test/suite_reader.h"

#include "cli/input.h"

#include <stdio.h>
#include <string.h>

/* The members of a test, a row or a step, before they are read: what they mean depends on each other. */
struct parts {
    const struct yaml_node *node;
    const struct yaml_node *name, *given, *request, *with, *without, *expect, *rows, *steps, *skip;
};

/* What the rows of a test share. */
struct shared {
    const struct parts *parts;
    ddbexpr_str name, skip;
    const ddbexpr_table *tables;
    struct suite_request *request;
    struct suite_overlay overlay;
    struct expectation expect; /* its node is NULL where there is none */
    bool is_bad;               /* there are tests only to tell what else is wrong in them */
};

struct builder {
    struct suite_reader *r;
    struct test *tests;
    size_t count, size;
};

/* --- members --- */

#define KEEP(member)                                                                                                   \
    static void keep_##member(struct yaml_reader *yaml, const struct yaml_node *node, void *to)                        \
    {                                                                                                                  \
        (void)yaml;                                                                                                    \
        ((struct parts *)to)->member = node;                                                                           \
    }
KEEP(name)
KEEP(given)
KEEP(request)
KEEP(with)
KEEP(without)
KEEP(expect)
KEEP(rows)
KEEP(steps)
KEEP(skip)

static const struct yaml_member test_members[] = {{"name", keep_name},       {"given", keep_given},
                                                  {"request", keep_request}, {"with", keep_with},
                                                  {"without", keep_without}, {"expect", keep_expect},
                                                  {"rows", keep_rows},       {"steps", keep_steps},
                                                  {"skip", keep_skip},       {NULL, NULL}};
static const struct yaml_member row_members[] = {{"name", keep_name},     {"given", keep_given},
                                                 {"with", keep_with},     {"without", keep_without},
                                                 {"expect", keep_expect}, {NULL, NULL}};
static const struct yaml_member step_members[] = {{"name", keep_name},     {"request", keep_request},
                                                  {"with", keep_with},     {"without", keep_without},
                                                  {"expect", keep_expect}, {NULL, NULL}};

static bool read_parts(struct suite_reader *r, const struct yaml_node *node, const char *what,
                       const struct yaml_member *members, struct parts *ret)
{
    size_t faults = r->yaml.faults;
    *ret = (struct parts){.node = node};
    if (node->kind != YAML_KIND_MAP)
        yaml_fault(&r->yaml, node, "%s is a map of names and values", what);
    else
        yaml_read_members(&r->yaml, node, what, members, ret);
    return r->yaml.faults == faults;
}

/* The members of a row but for its placeholders, which have any name. */
static bool read_row_parts(struct suite_reader *r, const struct yaml_node *node, struct parts *ret)
{
    size_t faults = r->yaml.faults;
    uint32_t read = 0;
    *ret = (struct parts){.node = node};
    if (node->kind != YAML_KIND_MAP) {
        yaml_fault(&r->yaml, node, "a row is a map: {\":qty\": 1, expect: success}");
        return false;
    }
    yaml_is_map(&r->yaml, node, "a row");
    for (const struct yaml_node *e = node->first; e; e = e->next)
        if (!suite_is_placeholder(e->key->text))
            yaml_read_member(&r->yaml, e, "a row", row_members, ret, &read);
    return r->yaml.faults == faults;
}

static bool read_title(struct suite_reader *r, const struct yaml_node *name, const char *what, ddbexpr_str *ret)
{
    if (!name)
        return true;
    *ret = name->text;
    return yaml_is_text(&r->yaml, name, what);
}

/* --- tests that are finished --- */

static struct test *add_test(struct builder *b)
{
    if (b->count == b->size) {
        size_t size = b->size ? b->size * 2 : 64;
        struct test *grown = yaml_alloc(&b->r->yaml, size, sizeof *grown);
        if (!grown)
            return NULL;
        if (b->count)
            memcpy(grown, b->tests, b->count * sizeof *grown);
        b->tests = grown;
        b->size = size;
    }
    return &b->tests[b->count++];
}

/* "the test › the row"; unique. */
static bool name_test(struct suite_reader *r, const struct yaml_node *place, ddbexpr_str name)
{
    const struct yaml_node *same = suite_names_get(&r->titles, name);
    if (same) {
        yaml_fault(&r->yaml, place, "a test `%.*s` is already there, in line %zu", (int)name.len, name.ptr, same->line);
        return false;
    }
    return suite_names_put(&r->yaml, &r->titles, name, (void *)(uintptr_t)place);
}

static bool join_names(struct suite_reader *r, ddbexpr_str test, ddbexpr_str row, ddbexpr_str *ret)
{
    static const char between[] = " › ";
    size_t length = sizeof between - 1;
    char *text = yaml_alloc(&r->yaml, test.len + length + row.len, 1);
    if (!text)
        return false;
    memcpy(text, test.ptr, test.len);
    memcpy(text + test.len, between, length);
    memcpy(text + test.len + length, row.ptr, row.len);
    *ret = (ddbexpr_str){text, test.len + length + row.len};
    return true;
}

static bool need(struct suite_reader *r, const struct yaml_node *node, const struct yaml_node *member, const char *what)
{
    if (!member)
        yaml_fault(&r->yaml, node, "%s", what);
    return member != NULL;
}

static void finish(struct builder *b, const struct shared *shared, const struct yaml_node *node, ddbexpr_str name,
                   const ddbexpr_table *tables, const struct test_step *steps, size_t step_count, bool is_sequence)
{
    struct test *test = shared->is_bad ? NULL : add_test(b);
    if (!test)
        return;
    *test = (struct test){.name = name,
                          .place = suite_place(node),
                          .skip = shared->skip,
                          .tables = tables,
                          .table_count = b->r->table_count,
                          .steps = steps,
                          .step_count = step_count,
                          .is_sequence = is_sequence};
}

/* --- single tests and rows --- */

static bool read_expect(struct suite_reader *r, const struct yaml_node *node, const struct expectation *otherwise,
                        struct expectation *ret)
{
    *ret = *otherwise;
    return !node || suite_read_expect(r, node, ret);
}

/* A test whose request and expectation are known. */
static void add_single(struct builder *b, const struct shared *shared, const struct parts *parts, ddbexpr_str name,
                       const ddbexpr_table *tables, struct suite_overlay *overlay, const struct expectation *expect)
{
    struct test_step *step = yaml_alloc(&b->r->yaml, 1, sizeof *step);
    if (!step)
        return;
    step->place = suite_place(parts->node);
    step->expect = *expect;
    if (suite_make_request(b->r, shared->request, shared->parts->request, overlay, step))
        finish(b, shared, parts->node, name, tables, step, 1, false);
}

static void read_row(struct builder *b, const struct shared *shared, const struct yaml_node *node, size_t number)
{
    struct suite_reader *r = b->r;
    struct parts parts;
    struct suite_overlay overlay;
    struct expectation expect;
    char numbered[32];
    const ddbexpr_table *tables = shared->tables;
    if (!read_row_parts(r, node, &parts))
        return;
    parts.node = node;
    snprintf(numbered, sizeof numbered, "row %zu", number);
    ddbexpr_str name = ddbexpr_cstr(numbered);
    bool good = read_title(r, parts.name, "the name of a row", &name) && join_names(r, shared->name, name, &name) &&
                name_test(r, node, name);
    good &= !parts.given || suite_read_given(r, parts.given, &tables);
    good &= read_expect(r, parts.expect, &shared->expect, &expect);
    good &= parts.expect || need(r, node, shared->expect.node, "a row needs `expect`, as the test has none");
    good &= suite_overlay_copy(r, &shared->overlay, &overlay) &&
            suite_overlay_add(r, &overlay, parts.without, parts.with, node);
    if (good && shared->request)
        add_single(b, shared, &parts, name, tables, &overlay, &expect);
}

static void read_rows(struct builder *b, const struct shared *shared)
{
    const struct yaml_node *rows = shared->parts->rows;
    size_t number = 0;
    if (rows->kind != YAML_KIND_LIST || rows->count == 0) {
        yaml_fault(&b->r->yaml, rows, "rows is a list: - {\":qty\": 1, expect: success}");
        return;
    }
    for (const struct yaml_node *e = rows->first; e; e = e->next)
        read_row(b, shared, e, ++number);
}

/* A test that is no sequence. */
static void read_single(struct builder *b, struct shared *shared)
{
    struct suite_reader *r = b->r;
    const struct parts *p = shared->parts;
    bool good = suite_overlay_add(r, &shared->overlay, p->without, p->with, NULL);
    if (p->expect)
        good &= suite_read_expect(r, p->expect, &shared->expect);
    else if (!p->rows)
        good &= need(r, p->node, NULL, "a test needs `expect`: success, an error, or a map of what is expected");
    if (need(r, p->node, p->request, "a test needs `request`: a name of `requests`, or its members"))
        shared->request = suite_find_request(r, p->request);
    if (!good) /* of rows nothing more can be said */
        return;
    if (p->rows)
        read_rows(b, shared);
    else if (shared->request)
        add_single(b, shared, p, shared->name, shared->tables, &shared->overlay, &shared->expect);
}

/* --- sequences --- */

static bool read_step(struct suite_reader *r, const struct yaml_node *node, struct test_step *ret)
{
    struct parts parts;
    struct suite_overlay overlay = {0};
    if (!read_parts(r, node, "a step", step_members, &parts))
        return false;
    ret->place = suite_place(node);
    bool good = read_title(r, parts.name, "the name of a step", &ret->name);
    good &= !parts.expect || suite_read_expect(r, parts.expect, &ret->expect);
    if (!parts.expect)
        ret->expect.place = suite_place(node);
    good &= suite_overlay_add(r, &overlay, parts.without, parts.with, NULL);
    if (!need(r, node, parts.request, "a step needs `request`: a name of `requests`, or its members"))
        return false;
    struct suite_request *request = suite_find_request(r, parts.request);
    return request && good && suite_make_request(r, request, parts.request, &overlay, ret);
}

static void read_steps(struct builder *b, const struct shared *shared)
{
    struct suite_reader *r = b->r;
    const struct parts *p = shared->parts;
    const struct yaml_node *others[] = {p->rows, p->request, p->with, p->without, p->expect};
    size_t count = 0, faults = r->yaml.faults;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i])
            yaml_fault(&r->yaml, others[i]->key, "`%.*s` does not go together with `steps`%s",
                       (int)others[i]->key->text.len, others[i]->key->text.ptr,
                       others[i] == p->rows ? "" : ": each step has its own");
    if (p->steps->kind != YAML_KIND_LIST || p->steps->count == 0)
        yaml_fault(&r->yaml, p->steps, "steps is a list: - {request: read, expect: success}");
    if (r->yaml.faults > faults)
        return;
    struct test_step *steps = yaml_alloc(&r->yaml, p->steps->count, sizeof *steps);
    bool good = steps != NULL;
    for (const struct yaml_node *e = steps ? p->steps->first : NULL; e; e = e->next)
        good &= read_step(r, e, &steps[count++]);
    if (good)
        finish(b, shared, p->node, shared->name, shared->tables, steps, count, true);
}

/* --- tests --- */

static bool read_skip(struct suite_reader *r, const struct yaml_node *node, ddbexpr_str *ret)
{
    bool is_word =
        node->is_plain && (node->is_null || yaml_text_is(node->text, "true") || yaml_text_is(node->text, "false"));
    *ret = node->text;
    if (node->kind == YAML_KIND_SCALAR && node->text.len && !is_word)
        return true;
    yaml_fault(&r->yaml, node, "skip says why: skip: \"waits for issue 12\"");
    return false;
}

static void read_test(struct builder *b, const struct yaml_node *node)
{
    struct suite_reader *r = b->r;
    struct parts parts;
    struct shared shared = {.parts = &parts};
    if (!read_parts(r, node, "a test", test_members, &parts))
        return;
    if (!need(r, node, parts.name, "a test needs `name`") || !read_title(r, parts.name, "a name", &shared.name))
        return;
    if (parts.skip && !read_skip(r, parts.skip, &shared.skip))
        return;
    if (!parts.rows && !name_test(r, parts.name, shared.name))
        return;
    size_t faults = r->yaml.faults;
    suite_read_given(r, parts.given, &shared.tables);
    shared.is_bad = r->yaml.faults > faults || r->yaml.no_memory;
    if (parts.steps)
        read_steps(b, &shared);
    else
        read_single(b, &shared);
}

void suite_read_tests(struct suite_reader *r, const struct yaml_node *list)
{
    struct builder b = {.r = r};
    if (list->kind != YAML_KIND_LIST) {
        yaml_fault(&r->yaml, list, "tests is a list: - {name: …, request: …, expect: success}");
        return;
    }
    for (const struct yaml_node *e = list->first; e; e = e->next)
        read_test(&b, e);
    r->tests = b.tests;
    r->test_count = b.count;
}
