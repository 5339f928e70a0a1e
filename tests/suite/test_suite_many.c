/* SPDX-License-Identifier: Apache-2.0 */
/* Suites of very many parts. Each would run into the test's time limit if its time grew with the square of their
 * number: then it would take minutes, and takes less than a second. */
#include "session.h"

#include "cli/test/suite_names.h"

#define TABLE "table: {key: {pk: S}}\n"

struct text {
    char *ptr;
    size_t len, size;
};

static void add(struct text *t, const char *text)
{
    size_t length = strlen(text);
    if (t->size - t->len < length + 1) {
        t->size = 2 * t->size + length + 1;
        t->ptr = realloc(t->ptr, t->size);
        assert_non_null(t->ptr);
    }
    memcpy(t->ptr + t->len, text, length + 1);
    t->len += length;
}

/* Lines that differ in a number. */
static void add_many(struct text *t, const char *before, size_t count, const char *after)
{
    for (size_t i = 0; i < count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i);
        add(t, before);
        add(t, number);
        add(t, after);
    }
}

/* Reads the suite, and frees it. */
static void read_as(struct text *t, int exit, const char *told)
{
    struct fixture f;
    open_session(&f);
    assert_int_equal(read_suite(&f, "s.ddbtest.yaml", t->ptr), exit);
    if (!strstr(f.told, told))
        print_message("%s", f.told);
    assert_non_null(strstr(f.told, told));
    close_session(&f);
    free(t->ptr);
}

static void items_with_one_key(void **state)
{
    (void)state;
    struct text t = {0};
    add(&t, "table:\n  key: {pk: S}\n  items:\n");
    add_many(&t, "  - {pk: a} # ", 300000, "\n");
    add(&t, "tests: []\n");
    read_as(&t, EXIT_UNUSABLE, "ddbexpr: s.ddbtest.yaml: 299979 more faults\n");
}

static void tables_that_are_not_there(void **state)
{
    (void)state;
    struct text t = {0};
    add(&t, "tables:\n");
    add_many(&t, "  orders", 40000, ": {key: {pk: S}}\n");
    add(&t, "tests:\n  - name: t\n    request: {op: Scan, TableName: orders0}\n    expect: success\n    given:\n");
    add_many(&t, "      ordres", 40000, ": []\n");
    read_as(&t, EXIT_UNUSABLE, "there is no table `ordres0`; did you mean `orders0`?\n");
}

static void attributes_that_are_not_there(void **state)
{
    (void)state;
    struct text t = {0};
    add(&t, TABLE "items:\n  b:\n    pk: a\n");
    add_many(&t, "    amount", 50000, ": 1\n");
    add(&t, "  c:\n    item: b\n    remove:\n");
    add_many(&t, "    - amuont", 50000, "\n");
    add(&t, "tests: []\n");
    read_as(&t, EXIT_UNUSABLE, "the item has no `amuont0` to remove; did you mean `amount0`?\n");
}

static void placeholders_that_are_changed(void **state)
{
    (void)state;
    struct text t = {0};
    add(&t, TABLE
        "tests:\n  - name: t\n    request: {op: Scan, FilterExpression: 'a = :a'}\n    expect: error\n    with:\n");
    add_many(&t, "      ':a", 300000, "': 1\n");
    read_as(&t, EXIT_TRUE, "");
}

static void placeholders_that_are_taken_out(void **state)
{
    (void)state;
    struct text t = {0};
    add(&t,
        TABLE "tests:\n  - name: t\n    expect: error\n    request:\n      op: Scan\n      FilterExpression: a = :a\n");
    add(&t, "      ExpressionAttributeValues:\n");
    add_many(&t, "        ':a", 200000, "': 1\n");
    add(&t, "    without:\n");
    add_many(&t, "    - ':a", 200000, "'\n");
    read_as(&t, EXIT_TRUE, "");
}

/* --- names --- */

#define NAMES 200000

/* Names of one length, in some order: a tree that is not balanced would be a list. */
static void names_in(size_t (*place)(size_t i))
{
    static char texts[NAMES][8];
    struct yaml_reader r = {.arena = NULL};
    struct suite_names names = {0};
    assert_int_equal(ddbexpr_arena_new(NULL, &r.arena), DDBEXPR_OK);
    assert_null(suite_names_get(&names, ddbexpr_cstr("000000")));
    for (size_t i = 0; i < NAMES; i++) {
        snprintf(texts[i], sizeof texts[i], "%06zu", place(i));
        assert_true(suite_names_put(&r, &names, ddbexpr_cstr(texts[i]), texts[i]));
    }
    for (size_t i = 0; i < NAMES; i++)
        assert_ptr_equal(suite_names_get(&names, ddbexpr_cstr(texts[i])), texts[i]);
    assert_null(suite_names_get(&names, ddbexpr_cstr("")));
    assert_null(suite_names_get(&names, ddbexpr_cstr("00000")));
    assert_null(suite_names_get(&names, ddbexpr_cstr("00000x")));
    ddbexpr_arena_free(r.arena);
}

static size_t ascending(size_t i) { return i; }
static size_t descending(size_t i) { return NAMES - 1 - i; }
static size_t outside_in(size_t i) { return i % 2 ? NAMES - 1 - i / 2 : i / 2; }

static void names_in_any_order(void **state)
{
    (void)state;
    names_in(ascending);
    names_in(descending);
    names_in(outside_in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_with_one_key),
        cmocka_unit_test(tables_that_are_not_there),
        cmocka_unit_test(attributes_that_are_not_there),
        cmocka_unit_test(placeholders_that_are_changed),
        cmocka_unit_test(placeholders_that_are_taken_out),
        cmocka_unit_test(names_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
