/* SPDX-License-Identifier: Apache-2.0 */
/* Mutants over many tests: what is the same condition, what kills, what is printed of survivors, that the suggestions
 * do what they say, that the time ends it, and that ten thousand tests are no matter (cli/test/test_mutants*.c). */
#include "cli/test/test_mutants.h"

#include "run.h"

#include <jansson.h>
#include <time.h>

struct fixture {
    struct options options;
    struct session session;
    struct test_mutants *mutants;
    ddbexpr_buffer *text;
};

static void open_fixture(struct fixture *f, double seconds)
{
    memset(f, 0, sizeof *f);
    assert_int_equal(session_begin(&f->session, &f->options), EXIT_TRUE);
    assert_int_equal(test_mutants_new(&f->session, seconds, &f->mutants), EXIT_TRUE);
    assert_int_equal(ddbexpr_buffer_new(NULL, &f->text), DDBEXPR_OK);
}

static void close_fixture(struct fixture *f)
{
    ddbexpr_buffer_free(f->text);
    test_mutants_free(f->mutants);
    session_end(&f->session);
}

static void run_it(struct fixture *f, const struct run *run, bool pinned)
{
    ddbexpr_arena *a = NULL;
    ddbexpr_explanation *e = NULL;
    ddbexpr_request request = {.size = sizeof request};
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    fill_bindings(a, run, &request);
    const ddbexpr_value *item = run->item ? value_of(a, run->item) : NULL;
    const ddbexpr_explain_options options = {.size = sizeof options, .key = run->key ? value_of(a, run->key) : NULL};
    ddbexpr_program *program = compile(DDBEXPR_CONDITION, run->condition, &request);
    assert_int_equal(ddbexpr_explain(program, item, &options, NULL, &e), DDBEXPR_OK);
    assert_int_equal(test_mutants_condition(f->mutants, run->scope ? run->scope : "", run->label,
                                            ddbexpr_cstr(run->test ? run->test : ""), e, &request, pinned),
                     EXIT_TRUE);
    ddbexpr_explanation_free(e);
    ddbexpr_program_free(program);
    ddbexpr_arena_free(a);
}

static void assert_counts(const struct fixture *f, size_t mutants, size_t killed, size_t survived, size_t undecided)
{
    struct test_mutants_counts counts = test_mutants_count(f->mutants);
    assert_int_equal(counts.mutants, mutants);
    assert_int_equal(counts.killed, killed);
    assert_int_equal(counts.survived, survived);
    assert_int_equal(counts.undecided, undecided);
}

static void assert_text(struct fixture *f, const char *expected)
{
    ddbexpr_buffer_clear(f->text);
    assert_int_equal(test_mutants_text(f->mutants, NULL, f->text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(f->text), expected);
}

static json_t *json_of(struct fixture *f)
{
    json_error_t error;
    ddbexpr_buffer_clear(f->text);
    assert_int_equal(test_mutants_json(f->mutants, f->text), DDBEXPR_OK);
    str bytes = ddbexpr_buffer_text(f->text);
    json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(whole);
    return whole;
}

/* --- what is printed --- */

static const struct run pay = {.label = "orders.ddbtest.yaml:12: request pay, ConditionExpression",
                               .condition = "#s = :paid AND price >= :min",
                               .names = "{'#s': 'status'}",
                               .values = "{':paid': 'paid', ':min': 5, ':other': 1}",
                               .item = "{pk: 'o#1', status: 'paid', price: 7}",
                               .key = "{pk: 'o#1'}"};

static void run_pay(struct fixture *f, const char *item)
{
    struct run run = pay;
    run.item = item;
    run_it(f, &run, true);
}

static void survivors_are_shown_with_what_would_tell_them(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 0);
    run_it(&f, &pay, true);
    run_pay(&f, "{pk: 'o#1', status: 'open', price: 7}");
    run_pay(&f, "{pk: 'o#1', status: 'paid', price: 4}");
    assert_text(&f, "orders.ddbtest.yaml:12: request pay, ConditionExpression\n"
                    "  8 of 9 mutants killed by 3 evaluations\n"
                    "\n"
                    "  #s = :paid AND price >= :min\n"
                    "                       ^^\n"
                    "  - `>=` becomes `>`\n"
                    "    With this change of {pk: \"o#1\", status: \"paid\", price: 7} the condition is\n"
                    "    true and the mutant false:\n"
                    "      set: {price: 5}\n"
                    "      with: {\":paid\": \"paid\", \":min\": 5}\n"
                    "\n"
                    "9 mutants, 8 killed, 1 survived (score 88.9 %)\n");
    run_pay(&f, "{pk: 'o#1', status: 'paid', price: 5}");
    assert_text(&f, "9 mutants, 9 killed, 0 survived (score 100.0 %)\n");
    close_fixture(&f);
}

static void where_there_is_no_condition_that_is_said(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 0);
    assert_text(&f, "No mutants: the tests evaluate no condition\n");
    json_t *whole = json_of(&f);
    assert_true(json_is_null(json_object_get(whole, "score")));
    json_decref(whole);
    close_fixture(&f);
}

static void items_may_be_missing(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 0);
    struct run run = {.label = "put", .condition = "attribute_not_exists(pk)", .key = "{pk: 1}", .item = "{pk: 1}"};
    run_it(&f, &run, true);
    assert_text(&f, "put\n"
                    "  2 of 3 mutants killed by 1 evaluation\n"
                    "\n"
                    "  attribute_not_exists(pk)\n"
                    "  ^^^^^^^^^^^^^^^^^^^^^^^^\n"
                    "  - always false\n"
                    "    If there were no item, the condition is true and the mutant false:\n"
                    "      given: []\n"
                    "\n"
                    "3 mutants, 2 killed, 1 survived (score 66.7 %)\n");
    run.item = NULL;
    run_it(&f, &run, false);
    assert_text(&f, "put\n"
                    "  2 of 3 mutants killed by 1 evaluation; of 1 more no test looks at the outcome\n"
                    "\n"
                    "  attribute_not_exists(pk)\n"
                    "  ^^^^^^^^^^^^^^^^^^^^^^^^\n"
                    "  - always false\n"
                    "    If there were no item, the condition is true and the mutant false:\n"
                    "      given: []\n"
                    "\n"
                    "3 mutants, 2 killed, 1 survived (score 66.7 %)\n");
    run_it(&f, &run, true);
    assert_text(&f, "3 mutants, 3 killed, 0 survived (score 100.0 %)\n");
    run.condition = "a = :v";
    run.values = "{':v': 'x'}";
    run_it(&f, &run, true);
    assert_text(&f, "put\n"
                    "  2 of 3 mutants killed by 1 evaluation\n"
                    "\n"
                    "  a = :v\n"
                    "  ^^^^^^\n"
                    "  - always false\n"
                    "    Of this item the condition is true and the mutant false:\n"
                    "      given: {pk: 1, a: \"x\"}\n"
                    "      with: {\":v\": \"x\"}\n"
                    "\n"
                    "6 mutants, 5 killed, 1 survived (score 83.3 %)\n");
    close_fixture(&f);
}

static void places_are_found_in_long_texts(void **state)
{
    (void)state;
    struct fixture f;
    char text[3000] = "";
    for (unsigned i = 0; i < 60; i++)
        sprintf(text + strlen(text), "%sx%u = :v", i == 0 ? "" : i == 30 ? " AND\n " : " AND ", i);
    sprintf(text + strlen(text), " AND\ty = :v");
    open_fixture(&f, 0);
    struct run run = {.label = "long\x1b[2J", .condition = text, .values = "{':v': 'one'}", .item = "{y: 'one'}"};
    char item[3000] = "{y: 'one'";
    for (unsigned i = 0; i < 60; i++)
        sprintf(item + strlen(item), ", x%u: 'one'", i);
    strcat(item, "}");
    run.item = item;
    run_it(&f, &run, true);
    for (unsigned i = 0; i < 61; i++) {
        if (i == 0 || i == 29 || i == 31)
            continue;
        char other[3000], name[16];
        sprintf(name, i < 60 ? " x%u: 'one" : "{y: 'one", i);
        strcpy(other, item);
        char *at = strstr(other, name);
        at[strlen(name) - 1] = 'E';
        run.item = other;
        run_it(&f, &run, true);
    }
    ddbexpr_style style = {.size = sizeof style, .width = 60};
    for (int colours = 0; colours < 2; colours++) {
        ddbexpr_buffer_clear(f.text);
        style.colour = colours;
        assert_int_equal(test_mutants_text(f.mutants, &style, f.text), DDBEXPR_OK);
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
        if (colours)
            continue;
        /* the clauses that nothing killed: the first of the text, and the ones around the line break */
        assert_non_null(strstr(out.ptr, "\n  x0 = :v AND x1 = :v"));
        assert_non_null(strstr(out.ptr, " x29 = :v AND\n"));
        assert_non_null(strstr(out.ptr, "\n   x30 = :v AND x31 = :v AND"));
    }
    close_fixture(&f);
}

/* --- what kills, and what is one condition --- */

static void texts_and_names_make_a_condition(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 0);
    struct run run = {.label = "first",
                      .condition = "#a < :v",
                      .names = "{'#a': 'x', '#other': 'p'}",
                      .values = "{':v': 5}",
                      .item = "{x: 3}"};
    run_it(&f, &run, false); /* nobody looks at the outcome */
    assert_counts(&f, 6, 0, 6, 0);
    run_it(&f, &run, true);
    assert_counts(&f, 6, 2, 4, 0);
    run.label = "second", run.names = "{'#a': 'x'}", run.values = "{':v': 3}";
    run_it(&f, &run, true);
    assert_counts(&f, 6, 4, 2, 0);
    run.names = "{'#a': 'y'}";
    run_it(&f, &run, true);
    assert_counts(&f, 12, 7, 5, 0);
    assert_int_equal(test_mutants_count(f.mutants).conditions, 2);
    json_t *whole = json_of(&f);
    assert_int_equal(json_integer_value(json_object_get(whole, "mutants")), 12);
    assert_int_equal(json_integer_value(json_object_get(whole, "killed")), 7);
    assert_int_equal(json_integer_value(json_object_get(whole, "survived")), 5);
    assert_int_equal(json_integer_value(json_object_get(whole, "undecided")), 0);
    assert_true(json_real_value(json_object_get(whole, "score")) > 58.3);
    assert_true(json_real_value(json_object_get(whole, "score")) < 58.4);
    json_t *first = json_array_get(json_object_get(whole, "conditions"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "label")), "first");
    assert_int_equal(json_integer_value(json_object_get(first, "evaluations")), 3);
    assert_int_equal(json_integer_value(json_object_get(first, "pinned")), 2);
    json_t *mutation = json_object_get(first, "mutation");
    assert_string_equal(json_string_value(json_object_get(mutation, "kind")), "ConditionExpression");
    assert_string_equal(json_string_value(json_object_get(mutation, "text")), "#a < :v");
    assert_int_equal(json_array_size(json_object_get(mutation, "alive")), 2);
    json_t *alive = json_array_get(json_object_get(mutation, "alive"), 0);
    assert_string_equal(json_string_value(json_object_get(alive, "mutation")), "comparator");
    assert_string_equal(json_string_value(json_object_get(alive, "description")), "`<` becomes `<>`");
    assert_int_equal(json_integer_value(json_object_get(alive, "clause")), 0);
    assert_string_equal(json_string_value(json_object_get(json_object_get(alive, "edit"), "text")), "<>");
    assert_true(json_is_true(json_object_get(alive, "found")));
    assert_true(json_is_false(json_object_get(alive, "matched")));
    assert_true(json_is_object(json_object_get(alive, "item")));
    alive = json_array_get(json_object_get(mutation, "alive"), 1);
    assert_true(json_is_null(json_object_get(alive, "edit")));
    json_decref(whole);
    close_fixture(&f);
}

static void scopes_tell_apart_what_is_alike(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 0);
    struct run run = {.scope = "a", .label = "x", .condition = "x < :v", .values = "{':v': 5}", .item = "{x: 3}"};
    run_it(&f, &run, true);
    assert_counts(&f, 6, 2, 4, 0);
    run.scope = "b";
    run_it(&f, &run, true);
    assert_counts(&f, 12, 4, 8, 0);
    run_it(&f, &run, true);
    assert_counts(&f, 12, 4, 8, 0);
    close_fixture(&f);
}

/* --- what is suggested does what is said: as JSON, run again --- */

static void suggestions_kill(void **state)
{
    (void)state;
    static const char *const conditions[] = {
        "version = :n AND (stock >= :n OR attribute_not_exists(stock))",
        "NOT (a BETWEEN :n AND :m OR b IN (:n, :s)) AND begins_with(c, :s)",
        "size(a) < :m AND attribute_type(b, :type) OR contains(c, :s)",
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct fixture f, again;
        open_fixture(&f, 0);
        open_fixture(&again, 0);
        struct run run = {.label = "x",
                          .condition = conditions[i],
                          .values = "{':n': 3, ':m': 7, ':s': 'ab', ':type': 'SS'}",
                          .item = "{pk: 1, a: 3, version: 3, c: 'abc'}",
                          .key = "{pk: 1}"};
        run_it(&f, &run, true);
        run_it(&again, &run, true);
        json_t *whole = json_of(&f), *alive = NULL;
        size_t at;
        json_array_foreach(
            json_object_get(json_object_get(json_array_get(json_object_get(whole, "conditions"), 0), "mutation"),
                            "alive"),
            at, alive)
        {
            ddbexpr_arena *a = NULL;
            const ddbexpr_value *item = NULL;
            assert_true(json_is_true(json_object_get(alive, "found")));
            assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
            ddbexpr_buffer_clear(f.text);
            char *text = json_dumps(json_object_get(alive, "item"), JSON_ENCODE_ANY);
            if (strcmp(text, "null") != 0) {
                assert_int_equal(ddbexpr_json_read_item(a, ddbexpr_cstr(text), DDBEXPR_JSON_TYPED, NULL, &item),
                                 DDBEXPR_OK);
                notation_write(item, f.text);
            }
            run.item = item ? ddbexpr_buffer_text(f.text).ptr : NULL;
            run_it(&again, &run, true);
            free(text);
            ddbexpr_arena_free(a);
        }
        assert_true(at > 3);
        assert_int_equal(test_mutants_count(again.mutants).survived, 0);
        json_decref(whole);
        close_fixture(&f);
        close_fixture(&again);
    }
}

/* --- time --- */

static void what_was_not_looked_at_is_no_survivor(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 1e-12);
    struct run run = {.label = "x", .condition = "a < :v", .values = "{':v': 5}", .item = "{a: 3}"};
    run_it(&f, &run, true); /* the time is up when this is done */
    assert_counts(&f, 6, 2, 4, 0);
    assert_text(&f, "x\n"
                    "  2 of 6 mutants killed by 1 evaluation\n"
                    "\n"
                    "  a < :v\n"
                    "  ^^^^^^\n"
                    "  - always true\n"
                    "    No item was looked for that tells it: the time was up.\n"
                    "\n"
                    "  a < :v\n"
                    "    ^\n"
                    "  - `<` becomes `<=`\n"
                    "    No item was looked for that tells it: the time was up.\n"
                    "  - `<` becomes `<>`\n"
                    "    No item was looked for that tells it: the time was up.\n"
                    "\n"
                    "  a < :v\n"
                    "      ^^\n"
                    "  - `:v` is one less\n"
                    "    No item was looked for that tells it: the time was up.\n"
                    "\n"
                    "6 mutants, 2 killed, 4 survived (score 33.3 %)\n");
    run_it(&f, &run, false); /* it would not be looked at in any case */
    assert_counts(&f, 6, 2, 4, 0);
    run.item = "{a: 5}";
    run_it(&f, &run, true);
    assert_counts(&f, 6, 2, 0, 4);
    run.condition = "a = :v";
    run_it(&f, &run, true);
    assert_counts(&f, 11, 2, 0, 9);
    assert_text(&f, "x\n"
                    "  2 of 6 mutants killed by 2 evaluations, of which 1 was not looked at: the time\n"
                    "  was up; of 1 more no test looks at the outcome\n"
                    "  a < :v\n"
                    "\n"
                    "x\n"
                    "  0 of 5 mutants killed by 1 evaluation, of which 1 was not looked at: the time\n"
                    "  was up\n"
                    "  a = :v\n"
                    "\n"
                    "11 mutants, 2 killed, 0 survived, 9 undecided as the time was up (score at least\n"
                    "18.2 %)\n");
    json_t *whole = json_of(&f);
    assert_int_equal(json_integer_value(json_object_get(whole, "undecided")), 9);
    json_decref(whole);
    close_fixture(&f);
}

static void ten_thousand_tests_are_no_matter(void **state)
{
    (void)state;
    struct fixture f;
    open_fixture(&f, 0);
    clock_t begin = clock();
    for (unsigned i = 0; i < 10000; i++) {
        char text[128], label[64];
        sprintf(text, "a%u = :v AND (b < :v OR c <> :v)", i / 4);
        sprintf(label, "test %u", i);
        run_it(&f,
               &(struct run){.label = label, .condition = text, .values = "{':v': 1}", .item = "{a7: 1, b: 2, c: 1}"},
               true);
    }
    assert_int_equal(test_mutants_count(f.mutants).conditions, 2500);
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 30); /* some tenths of a second, without sanitizers */
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survivors_are_shown_with_what_would_tell_them),
        cmocka_unit_test(where_there_is_no_condition_that_is_said),
        cmocka_unit_test(items_may_be_missing),
        cmocka_unit_test(places_are_found_in_long_texts),
        cmocka_unit_test(texts_and_names_make_a_condition),
        cmocka_unit_test(scopes_tell_apart_what_is_alike),
        cmocka_unit_test(suggestions_kill),
        cmocka_unit_test(what_was_not_looked_at_is_no_survivor),
        cmocka_unit_test(ten_thousand_tests_are_no_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
