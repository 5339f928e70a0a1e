/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage over many tests: what is the same condition, what is printed of it, that the suggestions do what they say,
 * and that ten thousand tests are no matter (cli/test/test_coverage*.c). */
#include "cli/test/test_coverage.h"
#include "cli/test/test_words.h"

#include "run.h"

#include <jansson.h>
#include <time.h>

/* --- a session without a command line --- */

struct fixture {
    struct options options;
    struct session session;
    struct test_coverage *coverage;
    ddbexpr_buffer *text;
};

static void open_fixture(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    assert_int_equal(session_begin(&f->session, &f->options), EXIT_TRUE);
    assert_int_equal(test_coverage_new(&f->session, &f->coverage), EXIT_TRUE);
    assert_int_equal(ddbexpr_buffer_new(NULL, &f->text), DDBEXPR_OK);
}

static void close_fixture(struct fixture *f)
{
    ddbexpr_buffer_free(f->text);
    test_coverage_free(f->coverage);
    session_end(&f->session);
}

static void run_it(struct fixture *f, const struct run *run)
{
    ddbexpr_arena *a = NULL;
    ddbexpr_request request = {.size = sizeof request};
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    fill_bindings(a, run, &request);
    const ddbexpr_value *item = run->item ? value_of(a, run->item) : NULL;
    const ddbexpr_explain_options options = {.size = sizeof options, .key = run->key ? value_of(a, run->key) : NULL};
    if (run->condition) {
        ddbexpr_explanation *e = NULL;
        ddbexpr_program *program = compile(DDBEXPR_CONDITION, run->condition, &request);
        assert_int_equal(ddbexpr_explain(program, item, &options, NULL, &e), DDBEXPR_OK);
        const char *scope = run->scope ? run->scope : "";
        int exit = run->is_only_declared
                       ? test_coverage_declare_condition(f->coverage, scope, run->label, e, &request)
                       : test_coverage_condition(f->coverage, scope, run->label,
                                                 ddbexpr_cstr(run->test ? run->test : ""), e, &request);
        assert_int_equal(exit, EXIT_TRUE);
        ddbexpr_explanation_free(e);
        ddbexpr_program_free(program);
    }
    if (run->update) {
        ddbexpr_update_explanation *e = NULL;
        ddbexpr_program *program = compile(DDBEXPR_UPDATE, run->update, &request);
        assert_int_equal(ddbexpr_explain_update(program, item, &options, NULL, &e), DDBEXPR_OK);
        assert_int_equal((run->is_only_declared ? test_coverage_declare_update : test_coverage_update)(
                             f->coverage, run->scope ? run->scope : "", run->label, e, &request),
                         EXIT_TRUE);
        ddbexpr_update_explanation_free(e);
        ddbexpr_program_free(program);
    }
    ddbexpr_arena_free(a);
}

static void assert_text(struct fixture *f, const ddbexpr_style *style, const char *expected)
{
    ddbexpr_buffer_clear(f->text);
    assert_int_equal(test_coverage_text(f->coverage, style, f->text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(f->text), expected);
}

static json_t *json_of(struct fixture *f)
{
    json_error_t error;
    ddbexpr_buffer_clear(f->text);
    assert_int_equal(test_coverage_json(f->coverage, f->text), DDBEXPR_OK);
    str bytes = ddbexpr_buffer_text(f->text);
    json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(whole);
    return whole;
}

/* --- what is printed --- */

#define TEN_BYTES "0123456789"
#define A_HUNDRED_BYTES                                                                                                \
    TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES TEN_BYTES

#define PAY "version = :current AND (stock >= :qty OR attribute_not_exists(stock))"

static const struct run pay = {.label = "orders.ddbtest.yaml:12: request pay, ConditionExpression",
                               .condition = PAY,
                               .values = "{':current': 3, ':qty': 2}",
                               .item = "{pk: 'o#1', version: 3, stock: 5, tags: <'a'>}",
                               .key = "{pk: 'o#1'}"};

static void run_pay(struct fixture *f, const char *item)
{
    struct run run = pay;
    run.item = item;
    run_it(f, &run);
}

static void what_is_missing_is_shown_with_what_would_do(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    run_it(&f, &pay);
    run_pay(&f, "{pk: 'o#1', version: 4, stock: 1}");
    run_pay(&f, "{pk: 'o#1', version: 3, stock: 1}");
    assert_int_equal(test_coverage_goals(f.coverage), 6);
    assert_int_equal(test_coverage_reached(f.coverage), 4);
    assert_text(&f, NULL,
                "orders.ddbtest.yaml:12: request pay, ConditionExpression\n"
                "  " PAY "\n"
                "  4 of 6 goals: 3 evaluations, 1 true\n"
                "\n"
                "       seen            decided\n"
                "  true   false      true   false\n"
                "     2       1         1       0!  version = :current\n"
                "     1       2         1       1   stock >= :qty\n"
                "     0!      3         0!      1   attribute_not_exists(stock)\n"
                "\n"
                "  - version = :current was false once, but other clauses had settled the\n"
                "    outcome.\n"
                "    It would decide with this change of {pk: \"o#1\", version: 3, stock: 5,\n"
                "    tags: {SS: [\"a\"]}}:\n"
                "      set: {version: 4}\n"
                "      with: {\":current\": 3, \":qty\": 2}\n"
                "\n"
                "  - attribute_not_exists(stock) was never true.\n"
                "    It would decide with this change of {pk: \"o#1\", version: 3, stock: 5,\n"
                "    tags: {SS: [\"a\"]}}:\n"
                "      remove: [stock]\n"
                "      with: {\":current\": 3, \":qty\": 2}\n"
                "\n"
                "Coverage: 4 of 6 goals (66.7 %)\n");
    /* the suggestions, done */
    run_pay(&f, "{pk: 'o#1', version: 4, stock: 5, tags: <'a'>}");
    run_pay(&f, "{pk: 'o#1', version: 3, tags: <'a'>}");
    assert_int_equal(test_coverage_reached(f.coverage), 6);
    assert_true(test_coverage_percent(f.coverage) == 100.0);
    close_fixture(&f);
}

static void where_nothing_is_to_cover_that_is_said(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    assert_int_equal(test_coverage_goals(f.coverage), 0);
    assert_text(&f, NULL, "Coverage: nothing to cover: there was no condition and no update\n");
    json_t *whole = json_of(&f);
    assert_true(json_is_null(json_object_get(whole, "percent")));
    json_decref(whole);
    close_fixture(&f);
}

static void what_is_reached_takes_three_lines(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.label = "a", .condition = "a = :v", .values = "{':v': 1}", .item = "{a: 1}"};
    run_it(&f, &run);
    run.item = NULL;
    run_it(&f, &run);
    assert_text(&f, NULL, "a\n  a = :v\n  2 of 2 goals: 2 evaluations, 1 true\n\nCoverage: 2 of 2 goals (100.0 %)\n");
    close_fixture(&f);
}

static void items_are_given_whole_or_not_at_all(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.label = "put",
                      .condition = "attribute_not_exists(pk) OR n < :n",
                      .values = "{':n': 7}",
                      .key = "{pk: 'k'}",
                      .item = "{pk: 'k', n: 9}"};
    run_it(&f, &run);
    run.label = "none", run.condition = "n > :n AND :n = :n2", run.values = "{':n': 7, ':n2': 8}", run.item = NULL;
    run_it(&f, &run);
    run.label = "new", run.condition = "n < :n", run.values = "{':n': 7}";
    run_it(&f, &run);
    assert_text(&f, NULL,
                "put\n"
                "  attribute_not_exists(pk) OR n < :n\n"
                "  2 of 4 goals: 1 evaluation, 0 true\n"
                "\n"
                "       seen            decided\n"
                "  true   false      true   false\n"
                "     0!      1         0!      1   attribute_not_exists(pk)\n"
                "     0!      1         0!      1   n < :n\n"
                "\n"
                "  - attribute_not_exists(pk) was never true.\n"
                "    It would decide if there were no item:\n"
                "      given: []\n"
                "      with: {\":n\": 7}\n"
                "\n"
                "  - n < :n was never true.\n"
                "    It would decide with this change of {pk: \"k\", n: 9}:\n"
                "      set: {n: 6}\n"
                "      with: {\":n\": 7}\n"
                "\n"
                "none\n"
                "  n > :n AND :n = :n2\n"
                "  0 of 4 goals: 1 evaluation, 0 true\n"
                "\n"
                "       seen            decided\n"
                "  true   false      true   false\n"
                "     0!      1         0!      0!  n > :n\n"
                "     0!      1         0!      0!  :n = :n2\n"
                "\n"
                "  - n > :n was false once, but other clauses had settled the outcome.\n"
                "    No item was found by simple means that would do; there may be none.\n"
                "\n"
                "  - n > :n was never true.\n"
                "    No item was found by simple means that would do; there may be none.\n"
                "\n"
                "  - :n = :n2 was false once, but other clauses had settled the outcome.\n"
                "    It would decide of this item:\n"
                "      given: {pk: \"k\", n: 8}\n"
                "      with: {\":n\": 7, \":n2\": 8}\n"
                "\n"
                "  - :n = :n2 was never true.\n"
                "    No item was found by simple means that would do; there may be none.\n"
                "\n"
                "new\n"
                "  n < :n\n"
                "  1 of 2 goals: 1 evaluation, 0 true\n"
                "\n"
                "       seen            decided\n"
                "  true   false      true   false\n"
                "     0!      1         0!      1   n < :n\n"
                "\n"
                "  - n < :n was never true.\n"
                "    It would decide of this item:\n"
                "      given: {pk: \"k\", n: 6}\n"
                "      with: {\":n\": 7}\n"
                "\n"
                "Coverage: 3 of 10 goals (30.0 %)\n");
    close_fixture(&f);
}

static void large_items_are_told_by_key_and_test(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.label = "put",
                      .test = "somebody holds all of them",
                      .condition = "n < :n",
                      .values = "{':n': 7}",
                      .key = "{pk: 'k'}",
                      .item = "{pk: 'k', n: 9, x: '" A_HUNDRED_BYTES "', y: '" A_HUNDRED_BYTES "'}"};
    run_it(&f, &run);
    assert_text(&f, NULL,
                "put\n"
                "  n < :n\n"
                "  1 of 2 goals: 1 evaluation, 0 true\n"
                "\n"
                "       seen            decided\n"
                "  true   false      true   false\n"
                "     0!      1         0!      1   n < :n\n"
                "\n"
                "  - n < :n was never true.\n"
                "    It would decide with this change of {pk: \"k\", …} in the test \"somebody holds\n"
                "    all of them\":\n"
                "      set: {n: 6}\n"
                "      with: {\":n\": 7}\n"
                "\n"
                "Coverage: 1 of 2 goals (50.0 %)\n");
    close_fixture(&f);
}

static void updates_are_shown(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.label = "orders.ddbtest.yaml:30: request bump, UpdateExpression",
                      .update = "SET #h = if_not_exists(#h, :z) + :z REMOVE tags",
                      .names = "{'#h': 'hits'}",
                      .values = "{':z': 0}",
                      .item = "{pk: 'o#1', hits: 5}",
                      .key = "{pk: 'o#1'}"};
    run_it(&f, &run);
    assert_text(&f, NULL,
                "orders.ddbtest.yaml:30: request bump, UpdateExpression\n"
                "  SET #h = if_not_exists(#h, :z) + :z REMOVE tags\n"
                "  2 of 4 goals: 1 update, 1 applied\n"
                "\n"
                " effect\n"
                "     1   SET #h = if_not_exists(#h, :z) + :z\n"
                "     0!  REMOVE tags\n"
                "\n"
                " there missing\n"
                "     1       0!  if_not_exists(#h, :z)\n"
                "\n"
                "  - REMOVE tags never took anything away: there was nothing to take.\n"
                "  - if_not_exists(#h, :z) was never run on an item without hits.\n"
                "\n"
                "Coverage: 2 of 4 goals (50.0 %)\n");
    run.item = "{pk: 'o#1', tags: 1}";
    run_it(&f, &run);
    assert_int_equal(test_coverage_reached(f.coverage), 4);
    close_fixture(&f);
    open_fixture(&f);
    run.update = "SET a = #h REMOVE tags";
    run_it(&f, &run);
    assert_text(&f, NULL,
                "orders.ddbtest.yaml:30: request bump, UpdateExpression\n"
                "  SET a = #h REMOVE tags\n"
                "  0 of 2 goals: 1 update, 0 applied\n"
                "\n"
                " effect\n"
                "     0!  SET a = #h\n"
                "     0!  REMOVE tags\n"
                "\n"
                "  - SET a = #h was never applied.\n"
                "  - REMOVE tags was never applied.\n"
                "\n"
                "Coverage: 0 of 2 goals (0.0 %)\n");
    close_fixture(&f);
}

static void no_line_is_too_long_or_can_drive_a_terminal(void **state)
{
    (void)state;
    struct fixture f;
    char text[1200] = "", item[1200] = "{";
    for (unsigned i = 0; i < 40; i++) {
        sprintf(text + strlen(text), "%sattribute%u <> :v", i ? " AND " : "", i);
        sprintf(item + strlen(item), "%sattribute%u: %s", i ? ", " : "", i, i % 2 ? "1" : "'one\x1b[2J'");
    }
    strcat(item, "}");
    open_fixture(&f);
    run_it(&f, &(struct run){.label = "evil\x1b[2J label", .condition = text, .values = "{':v': 1}", .item = item});
    ddbexpr_style style = {.size = sizeof style, .width = 60};
    for (int colours = 0; colours < 2; colours++) {
        ddbexpr_buffer_clear(f.text);
        style.colour = colours;
        assert_int_equal(test_coverage_text(f.coverage, &style, f.text), DDBEXPR_OK);
        str out = ddbexpr_buffer_text(f.text);
        size_t escapes = 0, column = 0;
        for (size_t i = 0; i < out.len; i++) {
            escapes += out.ptr[i] == '\x1b';
            column = out.ptr[i] == '\n' ? 0 : column + 1;
            assert_true(colours || column <= 60);
            assert_false(out.ptr[i] == '\n' && i > 0 && out.ptr[i - 1] == ' ');
            assert_false(out.ptr[i] == '\x1b' && strncmp(out.ptr + i, "\x1b[2J", 4) == 0);
        }
        assert_int_equal(escapes > 0, colours);
    }
    close_fixture(&f);
}

/* --- what is one condition --- */

static void texts_and_names_make_a_condition(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.label = "first",
                      .condition = "#a = :v AND #ab = :v",
                      .names = "{'#a': 'x', '#ab': 'y', '#other': 'p'}",
                      .values = "{':v': 1}",
                      .item = "{x: 1, y: 1}"};
    run_it(&f, &run);
    run.label = "second";
    run.values = "{':v': 2}", run.names = "{'#other': 'q', '#ab': 'y', '#a': 'x'}", run.item = "{x: 2, y: 1}";
    run_it(&f, &run);
    assert_int_equal(test_coverage_goals(f.coverage), 4);
    assert_int_equal(test_coverage_reached(f.coverage), 3);
    run.names = "{'#a': 'x', '#ab': 'z'}";
    run.label = "third";
    run_it(&f, &run);
    assert_int_equal(test_coverage_goals(f.coverage), 8);
    run.condition = NULL, run.update = "REMOVE #a";
    run_it(&f, &run);
    assert_int_equal(test_coverage_goals(f.coverage), 9);
    json_t *whole = json_of(&f), *conditions = json_object_get(whole, "conditions");
    assert_int_equal(json_integer_value(json_object_get(whole, "goals")), 9);
    assert_int_equal(json_array_size(conditions), 2);
    assert_int_equal(json_array_size(json_object_get(whole, "updates")), 1);
    json_t *first = json_array_get(conditions, 0);
    assert_string_equal(json_string_value(json_object_get(first, "label")), "first");
    json_t *coverage = json_object_get(first, "coverage"), *missing = json_object_get(coverage, "missing");
    assert_int_equal(json_integer_value(json_object_get(coverage, "evaluations")), 2);
    assert_int_equal(json_array_size(missing), 1);
    /* made of the first evaluation that was true, x 1 and y 1 */
    json_t *item = json_object_get(json_array_get(missing, 0), "item");
    assert_string_equal(json_string_value(json_object_get(json_object_get(item, "x"), "N")), "2");
    json_decref(whole);
    close_fixture(&f);
}

static void scopes_tell_apart_what_is_alike(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.scope = "a", .label = "of a", .condition = "x = :v", .values = "{':v': 1}", .item = "{x: 1}"};
    run.update = "SET x = :v";
    run_it(&f, &run);
    run.scope = "b", run.label = "of b", run.item = "{x: 2}";
    run_it(&f, &run);
    run_it(&f, &run);
    assert_int_equal(test_coverage_goals(f.coverage), 6);
    assert_int_equal(test_coverage_reached(f.coverage), 4); /* no condition has decided both ways */
    json_t *whole = json_of(&f), *conditions = json_object_get(whole, "conditions");
    assert_int_equal(json_array_size(conditions), 2);
    assert_int_equal(json_array_size(json_object_get(whole, "updates")), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(conditions, 1), "label")), "of b");
    json_decref(whole);
    close_fixture(&f);
}

static void what_is_declared_counts_though_nobody_runs_it(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    struct run run = {.label = "put", .condition = "a = :v", .values = "{':v': 1}", .is_only_declared = true};
    run.update = "REMOVE a";
    run_it(&f, &run);
    run_it(&f, &run);
    assert_int_equal(test_coverage_goals(f.coverage), 3);
    assert_int_equal(test_coverage_reached(f.coverage), 0);
    assert_text(&f, NULL,
                "put\n  a = :v\n  0 of 2 goals: never run\n\n"
                "put\n  REMOVE a\n  0 of 1 goal: never run\n\n"
                "Coverage: 0 of 3 goals (0.0 %)\n");
    json_t *whole = json_of(&f), *condition = json_array_get(json_object_get(whole, "conditions"), 0);
    json_t *coverage = json_object_get(condition, "coverage");
    assert_int_equal(json_integer_value(json_object_get(coverage, "evaluations")), 0);
    assert_int_equal(json_array_size(json_object_get(coverage, "missing")), 2);
    assert_null(json_object_get(json_array_get(json_object_get(coverage, "missing"), 0), "found"));
    json_decref(whole);
    /* what is run counts, and declaring it takes nothing away */
    run.is_only_declared = false, run.item = "{a: 1}";
    run_it(&f, &run);
    run.item = "{a: 2}";
    run_it(&f, &run);
    run.is_only_declared = true;
    run_it(&f, &run);
    assert_text(&f, NULL,
                "put\n  a = :v\n  2 of 2 goals: 2 evaluations, 1 true\n\n"
                "put\n  REMOVE a\n  1 of 1 goal: 2 updates, 2 applied\n\n"
                "Coverage: 3 of 3 goals (100.0 %)\n");
    close_fixture(&f);
}

static void ten_thousand_tests_are_no_matter(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f);
    clock_t begin = clock();
    for (unsigned i = 0; i < 10000; i++) {
        char text[64], label[64];
        sprintf(text, "a%u = :v", i / 2);
        sprintf(label, "test %u", i);
        run_it(&f, &(struct run){.label = label, .condition = text, .values = "{':v': 1}", .item = "{a7: 1}"});
    }
    assert_int_equal(test_coverage_goals(f.coverage), 10000);
    assert_int_equal(test_coverage_reached(f.coverage), 5000);
    assert_int_equal(test_coverage_json(f.coverage, f.text), DDBEXPR_OK);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 30); /* some tenths of a second, without sanitizers */
    close_fixture(&f);
}

/* --- the notation --- */

static void values_are_written_as_suites_have_them(void **state)
{
    (void)state;
    static const char *const values[][2] = {
        {"{a: 1, 'a-b': 'x', 'odd name': true, true: null, '1': 1.50}",
         "{a: 1, a-b: \"x\", \"odd name\": true, \"true\": null, \"1\": 1.5}"},
        {"['3', 3, <'a', 'b'>, <1, 2>, b'ab', <b'x'>]",
         "[\"3\", 3, {SS: [\"a\", \"b\"]}, {NS: [1, 2]}, {B: \"YWI=\"}, {BS: [\"eA==\"]}]"},
        {"{S: 'x'}", "{M: {S: \"x\"}}"},
        {"{S: 'x', T: 'y'}", "{S: \"x\", T: \"y\"}"},
        {"{No: 1, '': 2}", "{No: 1, \"\": 2}"},
        {"[[], {}]", "[[], {}]"},
        {"['a\nb\tc', 'q\"s', '\x01']", "[\"a\\nb\\tc\", \"q\\\"s\", \"\\u0001\"]"},
    };
    ddbexpr_arena *a = NULL;
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ddbexpr_buffer_clear(out);
        assert_int_equal(test_put_value(value_of(a, values[i][0]), TEST_YAML, out), DDBEXPR_OK);
        assert_str_is(ddbexpr_buffer_text(out), values[i][1]);
    }
    ddbexpr_buffer_free(out);
    ddbexpr_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_shown_with_what_would_do),
        cmocka_unit_test(where_nothing_is_to_cover_that_is_said),
        cmocka_unit_test(what_is_reached_takes_three_lines),
        cmocka_unit_test(items_are_given_whole_or_not_at_all),
        cmocka_unit_test(large_items_are_told_by_key_and_test),
        cmocka_unit_test(updates_are_shown),
        cmocka_unit_test(no_line_is_too_long_or_can_drive_a_terminal),
        cmocka_unit_test(texts_and_names_make_a_condition),
        cmocka_unit_test(scopes_tell_apart_what_is_alike),
        cmocka_unit_test(what_is_declared_counts_though_nobody_runs_it),
        cmocka_unit_test(ten_thousand_tests_are_no_matter),
        cmocka_unit_test(values_are_written_as_suites_have_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
