/* SPDX-License-Identifier: Apache-2.0 */
/* Case files from their lines to tests: every member of `expect`, every fault with its place, and the case files of the
 * project, all of which must be read. */
#include "cli/test/cases.h"

#include "told.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- a file in a folder of its own --- */

struct fixture {
    struct options options;
    struct option_given given[1];
    struct session session;
    char folder[32];
    struct cases *cases;
};

static void open_file(struct fixture *f, const char *text, size_t length, bool classic)
{
    memset(f, 0, sizeof *f);
    f->options.given = f->given;
    if (classic)
        f->given[f->options.given_count++] = (struct option_given){OPTION_SERVICE_MESSAGES, "classic"};
    assert_int_equal(session_begin(&f->session, &f->options), EXIT_TRUE);
    strcpy(f->folder, "/tmp/ddbexpr-cases-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    assert_int_equal(chdir(f->folder), 0);
    FILE *file = fopen("c.jsonl", "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(cases_open(&f->session, "c.jsonl", &f->cases), EXIT_TRUE);
}

static void close_file(struct fixture *f)
{
    cases_close(f->cases);
    session_end(&f->session);
    assert_int_equal(unlink("c.jsonl"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(f->folder), 0);
}

static const struct test *next(struct fixture *f)
{
    const struct test *test;
    assert_int_equal(cases_next(f->cases, &test), EXIT_TRUE);
    return test;
}

#define QUESTION "\"op\": \"GetItem\", \"key\": {\"pk\": \"S\"}, \"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}}"

/* The expectation of a case that has but that; of the file's first line. */
static const struct expectation *expect_with(struct fixture *f, const char *expect, bool classic)
{
    char text[2048];
    int length = snprintf(text, sizeof text, "{" QUESTION ", \"expect\": %s}", expect);
    open_file(f, text, (size_t)length, classic);
    const struct test *test = next(f);
    assert_non_null(test);
    assert_int_equal(test->step_count, 1);
    return &test->steps[0].expect;
}

static const struct expectation *expect_of(struct fixture *f, const char *expect)
{
    return expect_with(f, expect, false);
}

static void assert_string_item(const ddbexpr_value *item, const char *name, const char *text)
{
    const ddbexpr_value *value = ddbexpr_value_get(item, ddbexpr_cstr(name));
    assert_non_null(value);
    assert_int_equal(ddbexpr_value_type(value), DDBEXPR_S);
    assert_str_is(ddbexpr_value_bytes(value), text);
}

/* --- cases --- */

static void lines_are_tests(void **state)
{
    (void)state;
    static const char text[] =
        "{\"id\": \"one\", \"about\": \"\\u00e9\", \"tags\": [\"x\"], \"source\": \"s\", \"evidence\": \"aws\", "
        "\"op\": \"PutItem\", \"key\": {\"pk\": \"S\", \"sk\": \"N\"}, \"items\": [{\"pk\": {\"S\": \"a\"}, \"sk\": "
        "{\"N\": \"1\"}}], \"request\": {\"Item\": {\"pk\": {\"S\": \"b\"}}}, \"expect\": {\"ok\": true}}\r\n"
        "\n"
        "  \t\r\n"
        "  {" QUESTION ", \"expect\": {\"ok\": true}}";
    struct fixture f;
    open_file(&f, text, sizeof text - 1, false);
    const struct test *t = next(&f);
    assert_str_is(t->name, "one");
    assert_str_is(t->about, "\xc3\xa9");
    assert_int_equal(t->place.line, 1);
    assert_int_equal(t->table_count, 1);
    assert_int_equal(t->tables[0].key_count, 2);
    assert_int_equal(t->tables[0].item_count, 1);
    assert_int_equal(t->skip.len, 0);
    assert_false(t->is_sequence);
    assert_int_equal(t->steps[0].request.operation, DDBEXPR_PUT_ITEM);
    assert_string_item(t->steps[0].request.item, "pk", "b");
    assert_null(t->steps[0].refusal);
    assert_null(t->steps[0].expect.node);
    assert_false(t->steps[0].expect.fails);
    assert_int_equal(t->steps[0].expect.table_count, 0);
    t = next(&f);
    assert_str_is(t->name, "line 4");
    assert_int_equal(t->place.line, 4);
    assert_int_equal(t->steps[0].expect.place.line, 4);
    assert_int_equal(t->steps[0].expect.place.column, 91);
    assert_null(next(&f));
    assert_null(next(&f));
    close_file(&f);
}

/* --- what is expected of a success --- */

static void members_of_a_response_are_read(void **state)
{
    (void)state;
    struct fixture f;
    const struct expectation *e = expect_of(
        &f, "{\"ok\": true, \"response\": {\"Attributes\": {\"Item\": {\"M\": {\"S\": {\"S\": \"x\"}}}}, \"Item\": "
            "null, \"Items\": [{\"a\": {\"S\": \"[{\\\"}\"}}, {\"a\": {\"S\": \"2\"}}], \"Count\": 12, "
            "\"ScannedCount\": null, \"LastEvaluatedKey\": {\"pk\": {\"S\": \"z\"}}}}");
    assert_false(e->fails);
    assert_true(e->attributes.given);
    assert_false(e->attributes.is_part);
    assert_int_equal(ddbexpr_value_type(ddbexpr_value_get(e->attributes.item, ddbexpr_cstr("Item"))), DDBEXPR_M);
    assert_true(e->item.given);
    assert_null(e->item.item);
    assert_true(e->items.given);
    assert_false(e->items.absent);
    assert_false(e->items.ordered);
    assert_int_equal(e->items.count, 2);
    assert_string_item(e->items.items[0], "a", "[{\"}");
    assert_string_item(e->items.items[1], "a", "2");
    assert_true(e->returned_count.given);
    assert_false(e->returned_count.absent);
    assert_int_equal(e->returned_count.count, 12);
    assert_true(e->scanned_count.given);
    assert_true(e->scanned_count.absent);
    assert_string_item(e->last_evaluated_key.item, "pk", "z");
    assert_false(e->after.given);
    assert_int_equal(e->table_count, 0);
    close_file(&f);
}

static void what_is_not_said_is_not_given(void **state)
{
    (void)state;
    struct fixture f;
    const struct expectation *e = expect_of(&f, "{\"ok\": true, \"response\": null}");
    assert_false(e->attributes.given || e->item.given || e->items.given || e->returned_count.given ||
                 e->scanned_count.given || e->last_evaluated_key.given || e->message.given || e->reasons_given);
    close_file(&f);
    e = expect_of(&f, "{\"ok\": true, \"response\": {\"Items\": null}, \"items\": []}");
    assert_true(e->items.given && e->items.absent);
    assert_int_equal(e->table_count, 1);
    assert_int_equal(e->tables[0].name.len, 0);
    assert_true(e->tables[0].items.given);
    assert_false(e->tables[0].items.absent);
    assert_int_equal(e->tables[0].items.count, 0);
    close_file(&f);
}

/* A typed item of 31 levels has 62 of JSON. */
static void deep_items_are_read(void **state)
{
    (void)state;
    struct fixture f;
    char expect[1024] = "{\"ok\": true, \"response\": {\"Item\": {\"a\": ";
    for (int i = 0; i < 31; i++)
        strcat(expect, "{\"L\": [");
    strcat(expect, "{\"S\": \"x\"}");
    for (int i = 0; i < 31; i++)
        strcat(expect, "]}");
    strcat(expect, "}}}");
    const struct expectation *e = expect_of(&f, expect);
    const ddbexpr_value *v = ddbexpr_value_get(e->item.item, ddbexpr_cstr("a"));
    for (int i = 0; i < 31; i++)
        v = ddbexpr_value_at(v, 0);
    assert_str_is(ddbexpr_value_bytes(v), "x");
    close_file(&f);
}

#define TABLES                                                                                                         \
    "{\"op\": \"GetItem\", \"tables\": {\"A\": {\"key\": {\"pk\": \"S\"}}, \"B\": {\"key\": {\"pk\": \"S\"}}}, "       \
    "\"request\": {\"TableName\": \"A\", \"Key\": {\"pk\": {\"S\": \"a\"}}}, \"expect\": "

static void tables_are_read(void **state)
{
    (void)state;
    static const char text[] = TABLES
        "{\"ok\": false, \"error\": {}, \"tables\": {\"B\": {\"items\": [{\"pk\": {\"S\": \"b\"}}]}, \"A\": []}}}";
    struct fixture f;
    open_file(&f, text, sizeof text - 1, false);
    const struct test *t = next(&f);
    assert_int_equal(t->table_count, 2);
    const struct expectation *e = &t->steps[0].expect;
    assert_true(e->fails);
    assert_int_equal(e->error_type.len, 0);
    assert_int_equal(e->table_count, 2);
    assert_str_is(e->tables[0].name, "B");
    assert_int_equal(e->tables[0].items.count, 1);
    assert_string_item(e->tables[0].items.items[0], "pk", "b");
    assert_str_is(e->tables[1].name, "A");
    assert_true(e->tables[1].items.given);
    assert_int_equal(e->tables[1].items.count, 0);
    close_file(&f);
}

/* --- … and of a failure --- */

static void errors_are_read(void **state)
{
    (void)state;
    struct fixture f;
    const struct expectation *e =
        expect_of(&f, "{\"ok\": false, \"error\": {\"__type\": \"ValidationException\", \"message\": \"1 validation "
                      "error detected: X\", \"Item\": {\"pk\": {\"S\": \"a\"}}}}");
    assert_true(e->fails);
    assert_str_is(e->error_type, "ValidationException");
    assert_true(e->message.given);
    assert_true(e->message.prefix_is_optional);
    assert_int_equal(e->message.any_count, 1);
    assert_str_is(e->message.any[0], "X");
    assert_string_item(e->item.item, "pk", "a");
    assert_false(e->reasons_given);
    close_file(&f);
    e = expect_of(&f, "{\"ok\": false, \"error\": {\"__type\": null, \"message\": [\"one\", \"\"], "
                      "\"message_contains\": [\"a\", \"b\"], \"Item\": null}}");
    assert_int_equal(e->error_type.len, 0);
    assert_int_equal(e->message.any_count, 2);
    assert_str_is(e->message.any[0], "one");
    assert_str_is(e->message.any[1], "");
    assert_int_equal(e->message.part_count, 2);
    assert_str_is(e->message.parts[1], "b");
    assert_true(e->item.given);
    assert_null(e->item.item);
    close_file(&f);
    e = expect_of(&f, "{\"ok\": false, \"error\": {\"message_contains\": \"part\"}}");
    assert_int_equal(e->message.any_count, 0);
    assert_int_equal(e->message.part_count, 1);
    assert_str_is(e->message.parts[0], "part");
    close_file(&f);
}

static void todays_message_wins_today(void **state)
{
    (void)state;
    static const char expect[] = "{\"ok\": false, \"error\": {\"message\": \"old\", \"message_current\": \"new\"}}";
    static const char alone[] = "{\"ok\": false, \"error\": {\"message_current\": \"new\"}}";
    struct fixture f;
    const struct expectation *e = expect_of(&f, expect);
    assert_int_equal(e->message.any_count, 1);
    assert_str_is(e->message.any[0], "new");
    assert_false(e->message.prefix_is_optional);
    close_file(&f);
    e = expect_with(&f, expect, true);
    assert_int_equal(e->message.any_count, 1);
    assert_str_is(e->message.any[0], "old");
    assert_true(e->message.prefix_is_optional);
    close_file(&f);
    e = expect_with(&f, alone, true);
    assert_false(e->message.given);
    close_file(&f);
}

static void reasons_are_read(void **state)
{
    (void)state;
    struct fixture f;
    const struct expectation *e =
        expect_of(&f, "{\"ok\": false, \"error\": {\"CancellationReasons\": [{\"Code\": \"None\", \"Message\": null}, "
                      "{\"Code\": \"ConditionalCheckFailed\", \"Message\": \"The\", \"Item\": {\"pk\": {\"S\": "
                      "\"a\"}}}, {\"Item\": null}, {}]}}");
    assert_true(e->reasons_given);
    assert_int_equal(e->reason_count, 4);
    assert_str_is(e->reasons[0].code, "None");
    assert_int_equal(e->reasons[0].message.any_count, 1);
    assert_int_equal(e->reasons[0].message.any[0].len, 0);
    assert_false(e->reasons[0].item.given);
    assert_str_is(e->reasons[1].message.any[0], "The");
    assert_false(e->reasons[1].message.prefix_is_optional);
    assert_string_item(e->reasons[1].item.item, "pk", "a");
    assert_int_equal(e->reasons[2].code.len, 0);
    assert_true(e->reasons[2].item.given);
    assert_null(e->reasons[2].item.item);
    assert_false(e->reasons[3].message.given || e->reasons[3].item.given);
    close_file(&f);
    e = expect_of(&f, "{\"ok\": false, \"error\": {\"CancellationReasons\": null}}");
    assert_true(e->reasons_given);
    assert_int_equal(e->reason_count, 0);
    close_file(&f);
}

/* --- requests that cannot be read --- */

static void what_the_reader_refuses_is_a_test(void **state)
{
    (void)state;
    static const char text[] =
        "{\"op\": \"GetItem\", \"key\": {\"pk\": \"S\"}, \"request\": {\"Key\": {\"pk\": {\"S\": "
        "5}}}, \"expect\": {\"ok\": false, \"error\": {\"__type\": "
        "\"SerializationException\"}}}\n"
        "{" QUESTION ", \"expect\": {\"ok\": true}}";
    struct fixture f;
    open_file(&f, text, sizeof text - 1, false);
    const struct test *t = next(&f);
    assert_non_null(t);
    const ddbexpr_diags *refusal = t->steps[0].refusal;
    assert_non_null(refusal);
    assert_int_equal(ddbexpr_diags_count(refusal), 1);
    assert_str_is(ddbexpr_diag_service_message(ddbexpr_diags_verdict(refusal)),
                  "NUMBER_VALUE cannot be converted to String");
    assert_true(t->steps[0].expect.fails);
    t = next(&f);
    assert_null(t->steps[0].refusal);
    close_file(&f);
}

/* --- faults --- */

/* The place of the fault is marked by an @, which is not in the file. */
static void assert_told(const char *line, const char *told)
{
    struct fixture f;
    struct told t;
    const struct test *test;
    char text[4096], wanted[1024];
    const char *mark = strchr(line, '@');
    assert_non_null(mark);
    int length = snprintf(text, sizeof text, "\n%.*s%s\n{" QUESTION ", \"expect\": {\"ok\": true}}\n",
                          (int)(mark - line), line, mark + 1);
    open_file(&f, text, (size_t)length, false);
    told_begin(&t, stderr);
    int exit = cases_next(f.cases, &test);
    told_end(&t);
    snprintf(wanted, sizeof wanted, "ddbexpr: c.jsonl:2:%zu: %s\n", (size_t)(mark - line) + 1, told);
    assert_string_equal(t.text, wanted);
    assert_int_equal(exit, EXIT_UNUSABLE);
    assert_null(test);
    test = next(&f); /* reading goes on */
    assert_non_null(test);
    assert_int_equal(test->place.line, 3);
    assert_null(next(&f));
    close_file(&f);
}

static void assert_expect_told(const char *expect, const char *told)
{
    char text[2048];
    snprintf(text, sizeof text, "{\"expect\": %s, " QUESTION "}", expect);
    assert_told(text, told);
}

static void lines_that_are_no_cases_are_told(void **state)
{
    (void)state;
    assert_told("@nonsense", "no JSON: expected a value");
    assert_told("{\"a\": 1} @x", "no JSON: nothing may follow the value");
    assert_told("{\"a\": 1, @\"a\": 2}", "no JSON: the member `a` stands here a second time");
    assert_told(" @[1]", "a case is an object");
    assert_told("@{" QUESTION "}", "the member `expect` is missing");
    assert_told("{\"id\": @5, " QUESTION ", \"expect\": {\"ok\": true}}", "`id` is a text");
    assert_told("{\"about\": @null, " QUESTION ", \"expect\": {\"ok\": true}}", "`about` is a text");
    assert_told("{\"itmes\": @[], " QUESTION ", \"expect\": {\"ok\": true}}",
                "a case has no `itmes`; it may have id, about, tags, op, key, items, tables, request, expect, "
                "source, evidence");
    assert_told("{\"op\": @\"Get\", \"key\": {\"pk\": \"S\"}, \"request\": {}, \"expect\": {\"ok\": true}}",
                "the member \"op\" must name an operation such as \"UpdateItem\"");
    assert_told("@{\"op\": \"GetItem\", \"key\": {\"pk\": \"S\"}, \"expect\": {\"ok\": true}}",
                "the member \"request\" is missing");
    assert_told("{\"op\": \"GetItem\", \"key\": {\"pk\": @\"X\"}, \"request\": {}, \"expect\": {\"ok\": true}}",
                "a key attribute's type is \"S\", \"N\" or \"B\"");
    assert_told("{\"items\": [{\"pk\": {\"S\": @5}}], " QUESTION ", \"expect\": {\"ok\": true}}",
                "a String belongs here");
    assert_told("{\"items\": [{\"pk\": {\"S\": \"a\"}}, @{\"pk\": {\"S\": \"a\"}}], " QUESTION
                ", \"expect\": {\"ok\": true}}",
                "item 1 of the table has the same key");
}

/* Columns count characters, and every fault of a line is told. */
static void many_faults_are_told_at_once(void **state)
{
    (void)state;
    static const char text[] = "{\"about\": \"\xc3\xa9\xe2\x82\xac\", \"id\": 1, " QUESTION
                               ", \"expect\": {\"ok\": true, \"items\": 1, \"response\": {\"Count\": true}}}";
    struct fixture f;
    struct told t;
    const struct test *test;
    open_file(&f, text, sizeof text - 1, false);
    told_begin(&t, stderr);
    assert_int_equal(cases_next(f.cases, &test), EXIT_UNUSABLE);
    told_end(&t);
    assert_string_equal(t.text, "ddbexpr: c.jsonl:1:23: `id` is a text\n"
                                "ddbexpr: c.jsonl:1:160: `Count` is a whole number or null\n"
                                "ddbexpr: c.jsonl:1:135: `items` is the list of all items afterwards\n");
    close_file(&f);
}

#define NO_MEMBER(name) "an attribute value has no `" name "`; it may have S, N, B, BOOL, NULL, L, M, SS, NS, BS"

/* The service does not mind them, but nobody would compare them. */
static void unknown_members_of_values_are_told(void **state)
{
    (void)state;
    assert_expect_told("{\"ok\": true, \"items\": [{\"pk\": {\"S\": \"a\", @\"zzz\": 1}}]}", NO_MEMBER("zzz"));
    assert_expect_told("{\"ok\": true, \"response\": {\"Item\": {\"a\": {@\"s\": {\"S\": [1]}, \"S\": \"x\"}}}}",
                       NO_MEMBER("s"));
    assert_expect_told("{\"ok\": true, \"response\": {\"Attributes\": {\"a\": {\"L\": [{\"M\": {\"k\" : {\"N\": \"1\", "
                       "@\"n\" : {}}}}]}}}}",
                       NO_MEMBER("n"));
    assert_expect_told(
        "{\"ok\": true, \"response\": {\"Items\": [{}, {\"L\": {\"L\": [{\"L\": []}, {\"SS\": [\"L\"], @\"\": 1}]}}]}}",
        NO_MEMBER(""));
    struct fixture f;
    const struct expectation *e = expect_of(&f, "{\"ok\": true, \"response\": {\"Item\": {\"zzz\": {\"M\": {\"zzz\": "
                                                "{\"L\": [{\"S\": \"\\\"zzz\\\":\"}, {\"\\u0053\": \":\"}]}, "
                                                "\"S\": {\"SS\": [\"a:\", \"b\"]}}}}}}");
    assert_int_equal(ddbexpr_value_count(e->item.item), 1);
    close_file(&f);
}

static void faults_of_expectations_are_told(void **state)
{
    (void)state;
    assert_expect_told("@true", "`expect` is an object");
    assert_expect_told("@{}", "`expect` has no `ok`, true or false");
    assert_expect_told("{\"ok\": @1}", "`ok` is true or false");
    assert_expect_told("{\"ok\": true, \"reponse\": @{}}",
                       "`expect` has no `reponse`; it may have ok, response, error, items, tables");
    assert_expect_told("{\"ok\": true, \"error\": @{}}", "a success has no `error`");
    assert_expect_told("{\"ok\": false, \"error\": {}, \"response\": @{}}", "a failure has no `response`");
    assert_expect_told("@{\"ok\": false}", "a failure has an `error`; {\"__type\": null} is any");
    assert_expect_told("{\"ok\": true, \"response\": @[]}", "`response` is an object");
    assert_expect_told("{\"ok\": true, \"response\": {\"Responses\": @{}}}",
                       "`response` has no `Responses`; it may have Attributes, Item, Items, Count, ScannedCount, "
                       "LastEvaluatedKey");
    assert_expect_told("{\"ok\": true, \"response\": {\"Item\": @5}}", "an item is an object of attributes");
    assert_expect_told("{\"ok\": true, \"response\": {\"Item\": {\"a\": {\"S\": @5}}}}", "a String belongs here");
    assert_expect_told("{\"ok\": true, \"response\": {\"Item\": @{\"a\": {\"SS\": []}}}}",
                       "no table can hold this item: the service refuses a value in it");
    assert_expect_told("{\"ok\": true, \"response\": {\"Items\": @{}}}", "`Items` is a list of items or null");
    assert_expect_told("{\"ok\": true, \"response\": {\"Items\": [@null]}}", "an item is an object of attributes");
    assert_expect_told("{\"ok\": true, \"response\": {\"Count\": @1.5}}", "`Count` is a whole number or null");
    assert_expect_told("{\"ok\": true, \"response\": {\"Count\": @\"1\"}}", "`Count` is a whole number or null");
    assert_expect_told("{\"ok\": true, \"response\": {\"Count\": @1111111111111111111}}",
                       "`Count` is a whole number or null");
    assert_expect_told("{\"ok\": true, \"response\": {\"ScannedCount\": @-1}}",
                       "`ScannedCount` is a whole number or null");
    assert_expect_told("{\"ok\": true, \"items\": @null}", "`items` is the list of all items afterwards");
    assert_expect_told("{\"ok\": true, \"tables\": @[]}", "`tables` is an object of tables");
    assert_expect_told("{\"ok\": true, \"tables\": {\"A\": @[]}}", "the case has no table `A`");
    assert_expect_told("{\"ok\": false, \"error\": @[]}", "`error` is an object");
    assert_expect_told("{\"ok\": false, \"error\": {\"type\": @\"X\"}}",
                       "`error` has no `type`; it may have __type, message, message_current, message_contains, "
                       "Item, CancellationReasons");
    assert_expect_told("{\"ok\": false, \"error\": {\"__type\": @1}}", "`__type` is a text, or null for any error");
    assert_expect_told("{\"ok\": false, \"error\": {\"message\": @null}}", "`message` is a text or a list of texts");
    assert_expect_told("{\"ok\": false, \"error\": {\"message\": @[]}}", "`message` is a text or a list of texts");
    assert_expect_told("{\"ok\": false, \"error\": {\"message\": @[1]}}", "`message` is a text or a list of texts");
    assert_expect_told("{\"ok\": false, \"error\": {\"message_current\": @[\"x\"]}}", "`message_current` is a text");
    assert_expect_told("{\"ok\": false, \"error\": {\"message_contains\": @1}}",
                       "`message_contains` is a text or a list of texts");
    assert_expect_told("{\"ok\": false, \"error\": {\"CancellationReasons\": @{}}}",
                       "`CancellationReasons` is a list of objects with Code, Message, Item");
    assert_expect_told("{\"ok\": false, \"error\": {\"CancellationReasons\": [@\"None\"]}}", "a reason is an object");
    assert_expect_told("{\"ok\": false, \"error\": {\"CancellationReasons\": [{\"code\": @1}]}}",
                       "a reason has no `code`; it may have Code, Message, Item");
    assert_expect_told("{\"ok\": false, \"error\": {\"CancellationReasons\": [{\"Code\": @null}]}}",
                       "`Code` is a text");
}

static void faults_of_tables_are_told(void **state)
{
    (void)state;
    assert_told(TABLES "{\"ok\": true, \"items\": @[]}}", "the case has several tables: say which, with `tables`");
    assert_told(TABLES "{\"ok\": true, \"tables\": {\"C\": @[]}}}", "the case has no table `C`");
    assert_told(TABLES "{\"ok\": true, \"tables\": {\"A\": @{}}}}", "an expected table has `items`");
    assert_told(TABLES "{\"ok\": true, \"tables\": {\"A\": {\"key\": @{}, \"items\": []}}}}",
                "an expected table has no `key`; it may have items");
    assert_told(TABLES "{\"ok\": true, \"tables\": {\"A\": @null}}}",
                "a table afterwards is a list of items, or an object with `items`");
}

static void files_that_cannot_be_read_are_told(void **state)
{
    (void)state;
    struct fixture f;
    struct told t;
    struct cases *cases;
    const struct test *test;
    open_file(&f, "", 0, false);
    assert_null(next(&f));
    told_begin(&t, stderr);
    assert_int_equal(cases_open(&f.session, "none.jsonl", &cases), EXIT_UNUSABLE);
    assert_int_equal(cases_open(&f.session, ".", &cases), EXIT_TRUE);
    assert_int_equal(cases_next(cases, &test), EXIT_UNUSABLE);
    told_end(&t);
    assert_string_equal(t.text, "ddbexpr: none.jsonl: No such file or directory\nddbexpr: .: Is a directory\n");
    assert_int_equal(cases_next(cases, &test), EXIT_TRUE);
    assert_null(test);
    cases_close(cases);
    cases_close(NULL);
    close_file(&f);
}

/* Whatever is done to a line, it is a case, or told. */
static void spoilt_lines_are_cases_or_told(void **state)
{
    (void)state;
    static const char good[] =
        "{" QUESTION ", \"items\": [], \"expect\": {\"ok\": false, \"error\": {\"__type\": \"X\", "
        "\"message\": [\"a\\\"]\"], \"CancellationReasons\": [{\"Item\": null}]}, \"items\": "
        "[{\"pk\": {\"S\": \"\\u00e9\"}}]}}";
    static const char spoilers[] = "[]{}:,\"\\ 0nt\n\0\xff\xc3";
    int kept = dup(STDERR_FILENO);
    assert_non_null(freopen("/dev/null", "w", stderr));
    struct fixture f;
    static char text[sizeof good * sizeof good * 2];
    size_t length = 0;
    for (size_t i = 0; i < sizeof good - 1; i++) {
        memcpy(text + length, good, i);
        length += i;
        text[length++] = '\n';
    }
    open_file(&f, text, length, false);
    const struct test *test;
    for (size_t i = 0; i < sizeof good - 2; i++)
        assert_int_equal(cases_next(f.cases, &test), EXIT_UNUSABLE);
    assert_null(next(&f));
    close_file(&f);
    for (size_t s = 0; s < sizeof spoilers - 1; s++) {
        length = 0;
        for (size_t i = 0; i < sizeof good - 1; i++) {
            memcpy(text + length, good, sizeof good - 1);
            text[length + i] = spoilers[s];
            length += sizeof good - 1;
            text[length++] = '\n';
        }
        open_file(&f, text, length, false);
        size_t lines = 0;
        int exit;
        while ((exit = cases_next(f.cases, &test)) == EXIT_UNUSABLE || test)
            lines++;
        assert_int_equal(exit, EXIT_TRUE);
        assert_true(lines >= sizeof good - 1);
        close_file(&f);
    }
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
}

/* --- the project's own --- */

static size_t count_lines(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t count = 0;
    assert_non_null(file);
    for (int c; (c = fgetc(file)) != EOF;)
        count += c == '\n';
    fclose(file);
    return count;
}

static void all_cases_of_the_project_are_read(void **state)
{
    (void)state;
    char folder[1024], path[2048];
    struct fixture f;
    size_t files = 0;
    snprintf(folder, sizeof folder, "%s/tests/cases", getenv("DDBEXPR_SOURCE_DIR"));
    open_file(&f, "", 0, false);
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    for (struct dirent *entry; (entry = readdir(stream));) {
        struct cases *cases;
        const struct test *test;
        size_t count = 0;
        if (!strstr(entry->d_name, ".jsonl"))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        assert_int_equal(cases_open(&f.session, path, &cases), EXIT_TRUE);
        while (cases_next(cases, &test) == EXIT_TRUE && test)
            count++;
        assert_int_equal(count, count_lines(path));
        cases_close(cases);
        files++;
    }
    assert_true(files >= 10);
    closedir(stream);
    close_file(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_tests),
        cmocka_unit_test(members_of_a_response_are_read),
        cmocka_unit_test(what_is_not_said_is_not_given),
        cmocka_unit_test(deep_items_are_read),
        cmocka_unit_test(tables_are_read),
        cmocka_unit_test(errors_are_read),
        cmocka_unit_test(todays_message_wins_today),
        cmocka_unit_test(reasons_are_read),
        cmocka_unit_test(what_the_reader_refuses_is_a_test),
        cmocka_unit_test(lines_that_are_no_cases_are_told),
        cmocka_unit_test(many_faults_are_told_at_once),
        cmocka_unit_test(unknown_members_of_values_are_told),
        cmocka_unit_test(faults_of_expectations_are_told),
        cmocka_unit_test(faults_of_tables_are_told),
        cmocka_unit_test(files_that_cannot_be_read_are_told),
        cmocka_unit_test(spoilt_lines_are_cases_or_told),
        cmocka_unit_test(all_cases_of_the_project_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
