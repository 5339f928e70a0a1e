/* SPDX-License-Identifier: Apache-2.0 */
/* What suites say: values, items, tables, requests, rows, steps, expectations. What is told about faulty ones is in
 * test_suite_faults.c. */
#include "session.h"

#include <sys/stat.h>

#define HEAD "table: {key: {pk: S}}\n"

/* --- values --- */

/* The item of the first table of the only test, given as `attributes` beside its key. */
static void assert_attribute(const char *written, const char *json)
{
    struct fixture f;
    char text[8192], item[8192];
    open_session(&f);
    snprintf(text, sizeof text,
             HEAD "tests:\n- name: t\n  given:\n    pk: k\n    a: %s\n  request: {op: GetItem, Key: {pk: k}}\n"
                  "  expect: success\n",
             written);
    snprintf(item, sizeof item, "{\"pk\":{\"S\":\"k\"},\"a\":%s}", json);
    read_good(&f, text);
    assert_item_is(&f, next_test(&f)->tables[0].items[0], item);
    close_session(&f);
}

static void plain_values_have_types(void **state)
{
    (void)state;
    assert_attribute("5", "{\"N\":\"5\"}");
    assert_attribute("-0.5e-3", "{\"N\":\"-0.0005\"}");
    assert_attribute("12345678901234567890123456789012345678", "{\"N\":\"12345678901234567890123456789012345678\"}");
    assert_attribute("12.50", "{\"N\":\"12.5\"}");
    static const char *const strings[] = {"01",   "+5",         ".5",    "5.",  "1_000", "0x1F",    "0o7",  ".inf",
                                          "1e",   "1e+",        "1.e5",  "yes", "off",   "True",    "TRUE", "Null",
                                          "NULL", "2026-11-25", "12:30", "a b", "1 2",   "+491234", "--5",  "NaN"};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        char json[64];
        snprintf(json, sizeof json, "{\"S\":\"%s\"}", strings[i]);
        assert_attribute(strings[i], json);
    }
    assert_attribute("true", "{\"BOOL\":true}");
    assert_attribute("false", "{\"BOOL\":false}");
    assert_attribute("null", "{\"NULL\":true}");
    assert_attribute("~", "{\"NULL\":true}");
    assert_attribute("", "{\"NULL\":true}");
}

static void quoted_values_are_strings(void **state)
{
    (void)state;
    static const char *const texts[] = {"5", "true", "null", "~"};
    static const char *const before[] = {"\"", "'", "|-\n      ", ">-\n      "}, *const after[] = {"\"", "'", "", ""};
    for (size_t i = 0; i < 4; i++)
        for (size_t n = 0; n < 4; n++) {
            char written[64], json[64];
            snprintf(written, sizeof written, "%s%s%s", before[i], texts[n], after[i]);
            snprintf(json, sizeof json, "{\"S\":\"%s\"}", texts[n]);
            assert_attribute(written, json);
        }
    assert_attribute("\"\"", "{\"S\":\"\"}");
    assert_attribute("\"q\\\"b\\\\n\\n\\0\\u00e4\"", "{\"S\":\"q\\\"b\\\\n\\n\\u0000\xc3\xa4\"}");
}

static void maps_of_one_type_are_values(void **state)
{
    (void)state;
    assert_attribute("{S: 5}", "{\"S\":\"5\"}");
    assert_attribute("{S: true}", "{\"S\":\"true\"}");
    assert_attribute("{N: 5}", "{\"N\":\"5\"}");
    assert_attribute("{N: \"5\"}", "{\"N\":\"5\"}");
    assert_attribute("{B: YQ==}", "{\"B\":\"YQ==\"}");
    assert_attribute("{BOOL: true}", "{\"BOOL\":true}");
    assert_attribute("{NULL: true}", "{\"NULL\":true}");
    assert_attribute("{SS: [b, a, 5, true]}", "{\"SS\":[\"5\",\"a\",\"b\",\"true\"]}");
    assert_attribute("{NS: [2, \"1\"]}", "{\"NS\":[\"1\",\"2\"]}");
    assert_attribute("{BS: [YQ==]}", "{\"BS\":[\"YQ==\"]}");
    assert_attribute("{L: [1, {N: 2}, x]}", "{\"L\":[{\"N\":\"1\"},{\"N\":\"2\"},{\"S\":\"x\"}]}");
    assert_attribute("{M: {S: x}}", "{\"M\":{\"S\":{\"S\":\"x\"}}}");
    assert_attribute("{M: {a: {S: x}, b: 1}}", "{\"M\":{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}}}");
    assert_attribute("{S: x, N: 1}", "{\"M\":{\"S\":{\"S\":\"x\"},\"N\":{\"N\":\"1\"}}}");
    assert_attribute("{s: x}", "{\"M\":{\"s\":{\"S\":\"x\"}}}");
    assert_attribute("{}", "{\"M\":{}}");
    assert_attribute("[]", "{\"L\":[]}");
    assert_attribute(
        "[1, [a, {N: 1}], {k: [~]}]",
        "{\"L\":[{\"N\":\"1\"},{\"L\":[{\"S\":\"a\"},{\"N\":\"1\"}]},{\"M\":{\"k\":{\"L\":[{\"NULL\":true}]}}}]}");
}

/* An item is a map at the top, whatever its only attribute is called. */
static void items_are_no_values(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(
        &f,
        "table: {key: {S: N}}\ntests:\n- {name: t, given: {S: 5}, request: {op: Scan, Select: COUNT, TableName: t}, "
        "expect: success}\n");
    assert_item_is(&f, next_test(&f)->tables[0].items[0], "{\"S\":{\"N\":\"5\"}}");
    read_good(&f, "table: {key: {Item: S}}\ntests:\n- {name: t, given: {Item: x}, request: {op: Scan, TableName: t}, "
                  "expect: success}\n");
    assert_item_is(&f, next_test(&f)->tables[0].items[0], "{\"Item\":{\"S\":\"x\"}}");
    close_session(&f);
}

/* --- items and tables --- */

static void items_are_named_changed_and_given(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, "tests:\n"
                  "- {name: own, request: scan, expect: success}\n"
                  "- {name: one, given: more, request: scan, expect: success}\n"
                  "- name: many\n"
                  "  given: [{pk: z}, {item: {item: a, set: {pk: y}}, remove: x}, {pk: a}]\n"
                  "  request: scan\n"
                  "  expect: success\n"
                  "- {name: none, given: [], request: scan, expect: success}\n"
                  "- {name: left out, given: , request: scan, expect: success}\n"
                  "items:\n"
                  "  last: {item: more, set: {x: [2], w: 3}, remove: [v]}\n"
                  "  more: {item: a, set: {pk: b, v: 1}}\n"
                  "  a: {pk: a, x: 1}\n"
                  "  same: a\n"
                  "requests: {scan: {op: Scan}}\n"
                  "tables: {T: {items: [same, last], key: {pk: S}}}\n");
    const struct test *t = next_test(&f);
    assert_str_is(t->name, "own");
    assert_int_equal(t->table_count, 1);
    assert_str_is(t->tables[0].name, "T");
    assert_int_equal(t->tables[0].key_count, 1);
    assert_int_equal(t->tables[0].item_count, 2);
    assert_item_is(&f, t->tables[0].items[0], "{\"pk\":{\"S\":\"a\"},\"x\":{\"N\":\"1\"}}");
    assert_item_is(&f, t->tables[0].items[1],
                   "{\"pk\":{\"S\":\"b\"},\"x\":{\"L\":[{\"N\":\"2\"}]},\"w\":{\"N\":\"3\"}}");
    t = next_test(&f); /* in the place of the table's own */
    assert_int_equal(t->tables[0].item_count, 2);
    assert_item_is(&f, t->tables[0].items[1], "{\"pk\":{\"S\":\"b\"},\"x\":{\"N\":\"1\"},\"v\":{\"N\":\"1\"}}");
    t = next_test(&f);
    assert_int_equal(t->tables[0].item_count, 4);
    assert_item_is(&f, t->tables[0].items[0], "{\"pk\":{\"S\":\"a\"}}");
    assert_item_is(&f, t->tables[0].items[2], "{\"pk\":{\"S\":\"z\"}}");
    assert_item_is(&f, t->tables[0].items[3], "{\"pk\":{\"S\":\"y\"}}");
    assert_int_equal(next_test(&f)->tables[0].item_count, 2);
    assert_int_equal(next_test(&f)->tables[0].item_count, 2);
    assert_null(suite_next(f.suite));
    close_session(&f);
}

static void several_tables_are_given_by_name(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, "tables: {A: {key: {pk: S, sk: N}, items: {pk: a, sk: 1}}, B: {key: {id: B}}}\n"
                  "tests:\n"
                  "- name: t\n"
                  "  given: {B: [{id: {B: YQ==}}], A: {pk: a, sk: 1.0, x: 1}}\n"
                  "  request: {op: Scan, TableName: B}\n"
                  "  expect: {tables: {B: [], A: [{pk: a, sk: 1}]}}\n");
    const struct test *t = next_test(&f);
    assert_int_equal(t->table_count, 2);
    assert_int_equal(t->tables[0].key[1].type, DDBEXPR_N);
    assert_int_equal(t->tables[0].item_count, 1);
    assert_int_equal(ddbexpr_value_count(t->tables[0].items[0]), 3);
    assert_int_equal(t->tables[1].item_count, 1);
    assert_int_equal(t->steps[0].expect.table_count, 2);
    assert_str_is(t->steps[0].expect.tables[0].name, "B");
    assert_true(t->steps[0].expect.tables[0].items.given);
    assert_int_equal(t->steps[0].expect.tables[0].items.count, 0);
    assert_int_equal(t->steps[0].expect.tables[1].items.count, 1);
    close_session(&f);
}

/* A chain of changes may be as long as a suite, in whichever order. */
static void long_chains_are_read(void **state)
{
    (void)state;
    enum { LENGTH = 100000 };
    struct fixture f;
    char *text = malloc(LENGTH * 40 + 400), *at = text;
    assert_non_null(text);
    open_session(&f);
    at += sprintf(at, HEAD "items:\n  i0: {pk: k}\n");
    for (int i = LENGTH; i > 0; i--)
        at += sprintf(at, "  i%d: {item: i%d}\n", i, i - 1);
    sprintf(at, "tests:\n- {name: t, given: i%d, request: {op: Scan, TableName: t}, expect: success}\n", LENGTH);
    read_good(&f, text);
    assert_item_is(&f, next_test(&f)->tables[0].items[0], "{\"pk\":{\"S\":\"k\"}}");
    free(text);
    close_session(&f);
}

/* --- requests --- */

/* A text with parts for each of which there is a line of its own. */
#define REQUESTS                                                                                                       \
    "table: {key: {pk: S}}\n"                                                                                          \
    "items: {a: {pk: a, x: 1, y: 2}}\n"                                                                                \
    "requests:\n"                                                                                                      \
    "  pay:\n"                                                                                                         \
    "    Key: {pk: k}\n"                                                                                               \
    "    UpdateExpression: SET \xc3\xa4 = :v\n"                                                                        \
    "    ConditionExpression: \"#n = :c\"\n"                                                                           \
    "    ExpressionAttributeNames: {\"#n\": name}\n"                                                                   \
    "    ExpressionAttributeValues: {\":v\": 1, \":c\": {S: x}}\n"                                                     \
    "    ReturnValues: ALL_NEW\n"                                                                                      \
    "tests:\n"

static const ddbexpr_value *value_of(const ddbexpr_request *r, const char *name)
{
    for (size_t i = 0; i < r->value_count; i++)
        if (r->values[i].placeholder.len == strlen(name) &&
            memcmp(r->values[i].placeholder.ptr, name, strlen(name)) == 0)
            return r->values[i].value;
    return NULL;
}

static const struct test_step *only_step(struct fixture *f)
{
    const struct test *t = next_test(f);
    assert_int_equal(t->step_count, 1);
    assert_false(t->is_sequence);
    return &t->steps[0];
}

static void requests_are_read_and_changed(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, REQUESTS "- {name: plain, request: pay, expect: success}\n"
                           "- name: changed\n"
                           "  request: pay\n"
                           "  with: {\":v\": [x], \":new\": ~, \"#m\": other, ReturnValues: NONE, TableName: T}\n"
                           "  without: [ConditionExpression, \":c\"]\n"
                           "  expect: success\n"
                           "- {name: emptied, request: pay, without: [\":v\", \":c\", \"#n\"], expect: error}\n"
                           "- {name: again, request: pay, expect: success}\n");
    const struct test_step *s = only_step(&f);
    assert_str_is(s->request_name, "pay");
    assert_null(s->refusal);
    assert_int_equal(s->request.operation, DDBEXPR_UPDATE_ITEM);
    assert_str_is(s->request.update_expression, "SET \xc3\xa4 = :v");
    assert_int_equal(s->request.value_count, 2);
    assert_int_equal(ddbexpr_value_type(value_of(&s->request, ":v")), DDBEXPR_N);
    assert_int_equal(ddbexpr_value_type(value_of(&s->request, ":c")), DDBEXPR_S);
    assert_item_is(&f, s->request.key, "{\"pk\":{\"S\":\"k\"}}");
    s = only_step(&f);
    assert_int_equal(s->request.value_count, 2);
    assert_int_equal(ddbexpr_value_type(value_of(&s->request, ":v")), DDBEXPR_L);
    assert_int_equal(ddbexpr_value_type(value_of(&s->request, ":new")), DDBEXPR_NULL);
    assert_null(s->request.condition_expression.ptr);
    assert_str_is(s->request.return_values, "NONE");
    assert_str_is(s->request.table_name, "T");
    assert_int_equal(s->request.name_count, 2);
    s = only_step(&f); /* a map of which nothing is left is not sent */
    assert_false(s->request.values_given);
    assert_false(s->request.names_given);
    s = only_step(&f);
    assert_int_equal(s->request.value_count, 2);
    close_session(&f);
}

/* What the service refuses is no fault of the suite. */
static void requests_may_be_refused(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(
        &f, REQUESTS
        "- {name: bad number, request: pay, with: {\":v\": {N: abc}}, expect: ValidationException}\n"
        "- {name: empty set, request: pay, with: {\":v\": {SS: []}}, expect: ValidationException}\n"
        "- {name: no text, request: pay, with: {UpdateExpression: 5}, expect: SerializationException}\n"
        "- {name: no map, request: pay, with: {Key: [a]}, expect: SerializationException}\n"
        "- {name: no values, request: pay, with: {ExpressionAttributeValues: [a]}, expect: error}\n"
        "- {name: bad item, request: {Item: {item: a, set: {z: {SS: []}, x: 3}, remove: y}, TableName: t}, expect: "
        "ValidationException}\n");
    const struct test_step *s = only_step(&f);
    assert_null(s->refusal);
    assert_true(ddbexpr_value_is_faulty(value_of(&s->request, ":v")));
    s = only_step(&f);
    assert_null(s->refusal);
    assert_true(ddbexpr_value_is_faulty(value_of(&s->request, ":v")));
    for (int i = 0; i < 3; i++) {
        s = only_step(&f);
        assert_non_null(s->refusal);
        assert_string_equal(ddbexpr_diag_service_type(ddbexpr_diags_at(s->refusal, 0)), "SerializationException");
        assert_int_equal(s->request.operation, DDBEXPR_UPDATE_ITEM);
    }
    s = only_step(&f);
    assert_null(s->refusal);
    assert_int_equal(s->request.operation, DDBEXPR_PUT_ITEM);
    assert_int_equal(ddbexpr_value_count(s->request.item), 3);
    assert_true(ddbexpr_value_is_faulty(s->request.item));
    close_session(&f);
}

static void operations_are_found(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, HEAD "tests:\n"
                       "- {name: a, request: {op: get-item, Key: {pk: a}}, expect: success}\n"
                       "- {name: b, request: {operation: PutItem, Item: {pk: a}}, expect: success}\n"
                       "- {name: c, request: {Item: {pk: a}, ConditionExpression: a}, expect: error}\n"
                       "- {name: d, request: {KeyConditionExpression: \"pk = :p\", Limit: 5, ScanIndexForward: false, "
                       "ExclusiveStartKey: {pk: x}}, expect: error}\n"
                       "- {name: e, request: {Key: {pk: a}}, with: {UpdateExpression: SET a = b}, expect: error}\n"
                       "- {name: f, request: {op: Scan}, expect: success}\n"
                       "- {name: g, request: {Item: {pk: a}}, expect: success}\n"
                       "- {name: h, request: {ReturnValues: NONE}, with: {Item: {pk: a}}, expect: success}\n"
                       "- {name: i, request: {op: DeleteItem, Key: {pk: a}, Item: {pk: a}}, expect: success}\n");
    static const ddbexpr_operation operations[] = {DDBEXPR_GET_ITEM, DDBEXPR_PUT_ITEM,    DDBEXPR_PUT_ITEM,
                                                   DDBEXPR_QUERY,    DDBEXPR_UPDATE_ITEM, DDBEXPR_SCAN,
                                                   DDBEXPR_PUT_ITEM, DDBEXPR_PUT_ITEM,    DDBEXPR_DELETE_ITEM};
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        const struct test_step *s = only_step(&f);
        assert_null(s->refusal);
        assert_int_equal(s->request.operation, operations[i]);
        if (s->request.operation == DDBEXPR_QUERY) {
            assert_int_equal(s->request.limit, 5);
            assert_true(s->request.scan_backward);
            assert_item_is(&f, s->request.exclusive_start_key, "{\"pk\":{\"S\":\"x\"}}");
        }
    }
    close_session(&f);
}

static void the_only_table_need_not_be_named(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, "tables: {T: {key: {pk: S}}}\ntests:\n"
                  "- {name: a, request: {op: GetItem, Key: {pk: a}}, expect: success}\n"
                  "- {name: b, request: {op: GetItem, Key: {pk: a}, TableName: U}, expect: error}\n"
                  "- {name: c, request: {op: GetItem, Key: {pk: a}}, without: TableName, expect: error}\n"
                  "- {name: d, request: {TransactItems: [{Put: {Item: {pk: a}}}]}, expect: success}\n");
    assert_str_is(only_step(&f)->request.table_name, "T");
    assert_str_is(only_step(&f)->request.table_name, "U");
    assert_null(only_step(&f)->request.table_name.ptr);
    assert_str_is(only_step(&f)->request.actions[0].table_name, "T");
    close_session(&f);
}

static void tables_may_be_named_by_arns(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, "tables: {T: {key: {pk: S}}, U: {key: {id: S}}}\ntests:\n"
                  "- name: a\n"
                  "  given: {\"arn:aws:dynamodb:us-east-1:123456789012:table/U\": {id: a}}\n"
                  "  request: {op: GetItem, Key: {id: a}, TableName: \"arn:aws:dynamodb:us-east-1:1:table/U\"}\n"
                  "  expect: success\n");
    const struct test *t = next_test(&f);
    assert_int_equal(t->tables[0].item_count, 0);
    assert_int_equal(t->tables[1].item_count, 1);
    assert_ptr_equal(ddbexpr_table_named(t->tables, 2, t->steps[0].request.table_name), &t->tables[1]);
    close_session(&f);
}

static void transactions_have_placeholders_in_actions(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, HEAD
              "tests:\n"
              "- name: t\n"
              "  request:\n"
              "    ClientRequestToken: tok\n"
              "    TransactItems:\n"
              "    - Update: {Key: {pk: a}, UpdateExpression: \"SET a = :v\", ExpressionAttributeValues: {\":v\": 1}}\n"
              "    - Put: {Item: {pk: b}, ConditionExpression: \"#n = :v\", ExpressionAttributeNames: {\"#n\": n}, "
              "ExpressionAttributeValues: {\":v\": 1}}\n"
              "    - ConditionCheck: {Key: {pk: c}, ConditionExpression: \"a = :w\", ExpressionAttributeValues: "
              "{\":w\": 1}}\n"
              "    - Delete: {Key: {pk: d}}\n"
              "  with: {\":v\": two, \"#n\": m}\n"
              "  without: [\":w\"]\n"
              "  expect: success\n");
    const ddbexpr_request *r = &only_step(&f)->request;
    assert_int_equal(r->operation, DDBEXPR_TRANSACT_WRITE_ITEMS);
    assert_int_equal(r->action_count, 4);
    assert_str_is(r->client_request_token, "tok");
    assert_int_equal(r->actions[0].operation, DDBEXPR_UPDATE_ITEM);
    assert_str_is(ddbexpr_value_bytes(value_of(&r->actions[0], ":v")), "two");
    assert_str_is(ddbexpr_value_bytes(value_of(&r->actions[1], ":v")), "two");
    assert_str_is(r->actions[1].names[0].name, "m");
    assert_false(r->actions[2].values_given);
    assert_false(r->actions[3].values_given);
    assert_int_equal(r->actions[3].operation, DDBEXPR_DELETE_ITEM);
    close_session(&f);
}

/* --- requests from files --- */

static void write_file(const char *folder, const char *name, const char *text, char path[256])
{
    snprintf(path, 256, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static const char captured[] = "[{\"op\": \"UpdateItem\", \"request\": {\"TableName\": \"orders\", \"Key\": {\"pk\": "
                               "{\"S\": \"\\ud83d\\ude00\"}},\n"
                               "  \"UpdateExpression\": \"SET a = :v\", \"ExpressionAttributeValues\": {\":v\": "
                               "{\"M\": {\"S\": {\"S\": \"x\"}}}},\n"
                               "  \"SomethingNew\": 1}},\n"
                               " {\"op\": \"Scan\", \"request\": {\"TableName\": \"orders\", \"Limit\": 3}}]";

static const char machine[] =
    "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Task\", \"End\": true, \"Resource\": "
    "\"arn:aws:states:::dynamodb:updateItem\", \"Parameters\": {\"TableName\": \"t\", \"Key\": {\"pk\": {\"S.$\": "
    "\"$.id\"}}, "
    "\"UpdateExpression\": \"SET a = :v\", \"ExpressionAttributeValues\": {\":v\": {\"N.$\": \"$.n\"}}}}}}";

/* The requests that a suite names, by the names of those that can be read. */
static void assert_named(struct fixture *f, size_t count, const char *const *names)
{
    size_t came;
    const struct test_request *requests = suite_requests(f->suite, &came);
    assert_non_null(requests);
    assert_int_equal(came, count);
    for (size_t i = 0; i < count; i++) {
        assert_str_is(requests[i].name, names[i]);
        assert_int_equal(requests[i].table_count, 1);
    }
}

static void suites_tell_their_named_requests(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f,
              HEAD "tests:\n- {name: t, request: used, expect: success}\n"
                   "- {name: c, request: changed, with: {Key: {pk: k}, UpdateExpression: REMOVE a}, expect: success}\n"
                   "- {name: i, request: {op: Scan}, expect: success}\n"
                   "requests:\n"
                   "  used: {op: Scan}\n"
                   "  # nobody knows the operation of the next one, and the one after it is no request\n"
                   "  changed: {ReturnValues: NONE}\n"
                   "  broken: {op: PutItem, Item: 3}\n"
                   "  unused:\n"
                   "    op: DeleteItem\n"
                   "    Key: {pk: k}\n"
                   "    ConditionExpression: attribute_exists(pk)\n");
    assert_named(&f, 2, (const char *const[]){"used", "unused"});
    size_t count;
    const struct test_request *requests = suite_requests(f.suite, &count);
    assert_int_equal(requests[0].request.operation, DDBEXPR_SCAN);
    assert_str_is(requests[1].request.condition_expression, "attribute_exists(pk)");
    assert_int_equal(requests[1].place.line, 11);
    assert_int_equal(requests[1].place.column, 3);
    for (unsigned i = 0; i < 3; i++)
        next_test(&f); /* they are as they were */
    assert_null(suite_next(f.suite));
    read_good(&f, HEAD "tests:\n- {name: t, request: {op: Scan}, expect: success}\n");
    assert_named(&f, 0, NULL);
    close_session(&f);
}

static void requests_come_from_files(void **state)
{
    (void)state;
    struct fixture f;
    char folder[] = "/tmp/ddbexpr-suite-XXXXXX", suite[256], requests[256], states[256];
    assert_non_null(mkdtemp(folder));
    write_file(folder, "r.json", captured, requests);
    write_file(folder, "machine.asl.json", machine, states);
    snprintf(suite, sizeof suite, "%s/s.ddbtest.yaml", folder);
    open_session(&f);
    int exit = read_suite(&f, suite,
                          HEAD "requests: {one: {from: r.json, number: 1}, state: {from: machine.asl.json}}\n"
                               "tests:\n"
                               "- {name: a, request: one, expect: success}\n"
                               "- {name: b, request: {from: r.json, number: 2}, with: {Limit: 4}, expect: success}\n"
                               "- {name: c, request: one, with: {\":v\": {S: y}, TableName: T}, expect: success}\n"
                               "- {name: d, request: state, with: {Key: {pk: k}, \":v\": 3}, expect: success}\n");
    assert_string_equal(f.told, "");
    assert_int_equal(exit, EXIT_TRUE);
    const struct test_step *s = only_step(&f);
    assert_str_is(s->request_name, "one");
    assert_int_equal(s->request.operation, DDBEXPR_UPDATE_ITEM);
    assert_item_is(&f, s->request.key, "{\"pk\":{\"S\":\"\xf0\x9f\x98\x80\"}}");
    assert_int_equal(ddbexpr_value_type(value_of(&s->request, ":v")), DDBEXPR_M); /* as sent, no rule of suites */
    s = only_step(&f);
    assert_str_is(s->request_name, "r.json");
    assert_int_equal(s->request.operation, DDBEXPR_SCAN);
    assert_int_equal(s->request.limit, 4);
    s = only_step(&f);
    assert_str_is(ddbexpr_value_bytes(value_of(&s->request, ":v")), "y");
    assert_str_is(s->request.table_name, "T");
    s = only_step(&f);
    assert_item_is(&f, s->request.key, "{\"pk\":{\"S\":\"k\"}}");
    assert_int_equal(s->request.unknown_value_count, 0);
    assert_int_equal(ddbexpr_value_type(value_of(&s->request, ":v")), DDBEXPR_N);
    size_t count;
    const struct test_request *named = suite_requests(f.suite, &count);
    assert_int_equal(count, 2);
    assert_str_is(named[0].name, "one");
    assert_str_is(named[1].name, "state");
    assert_int_equal(named[1].request.unknown_value_count, 2);
    exit = read_suite(&f, suite,
                      HEAD "tests:\n- {name: a, request: {from: r.json}, expect: success}\n"
                           "- {name: b, request: {from: r.json, number: 3}, expect: success}\n"
                           "- {name: c, request: {from: machine.asl.json}, expect: success}\n"
                           "- {name: d, request: {from: s.none}, expect: success}\n"
                           "- {name: e, request: {from: machine.asl.json}, with: {Key: {pk: k}}, expect: success}\n");
    assert_int_equal(exit, EXIT_UNUSABLE);
    assert_non_null(strstr(f.told, ":3:29: "));
    assert_non_null(strstr(f.told, "r.json has 2 requests: say which, {from: r.json, number: 1}\n"));
    assert_non_null(strstr(f.told, ":4:45: `number` is from 1 to 2, as many requests as there are\n"));
    assert_non_null(
        strstr(f.told, ":5:22: the state machine fills in `pk`: give the Key or Item that it is in by `with`\n"));
    assert_non_null(strstr(f.told, ":7:22: the state machine fills in `:v`: give it by `with`\n"));
    assert_non_null(strstr(f.told, "s.none: No such file or directory\n"));
    close_session(&f);
    unlink(requests);
    unlink(states);
    assert_int_equal(rmdir(folder), 0);
}

/* --- tests --- */

static void rows_lay_over_their_test(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, REQUESTS "- name: bounds\n"
                           "  given: {pk: k}\n"
                           "  request: pay\n"
                           "  with: {\":v\": 10, \":c\": 11}\n"
                           "  expect: ConditionalCheckFailedException\n"
                           "  skip: waits\n"
                           "  rows:\n"
                           "  - {\":v\": 20}\n"
                           "  - {name: second, with: {\":c\": 21}, expect: success, given: []}\n"
                           "  - {without: \":c\", \"#n\": other}\n");
    const struct test *t = next_test(&f);
    assert_str_is(t->name, "bounds › row 1");
    assert_int_equal(t->place.line, 19);
    assert_int_equal(t->place.column, 5);
    assert_str_is(t->skip, "waits");
    assert_int_equal(t->tables[0].item_count, 1);
    assert_int_equal(t->steps[0].request.value_count, 2);
    assert_item_is(&f, t->tables[0].items[0], "{\"pk\":{\"S\":\"k\"}}");
    assert_true(t->steps[0].expect.fails);
    assert_int_equal(t->steps[0].expect.place.line, 16);
    const struct yaml_node *inherited = t->steps[0].expect.node;
    t = next_test(&f);
    assert_str_is(t->name, "bounds › second");
    assert_int_equal(t->tables[0].item_count, 0);
    assert_false(t->steps[0].expect.fails);
    t = next_test(&f);
    assert_str_is(t->name, "bounds › row 3");
    assert_ptr_equal(t->steps[0].expect.node, inherited);
    assert_int_equal(t->steps[0].request.value_count, 1);
    assert_str_is(t->steps[0].request.names[0].name, "other");
    assert_null(suite_next(f.suite));
    close_session(&f);
}

static void steps_follow_each_other(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    read_good(&f, REQUESTS "- name: race\n"
                           "  given: {pk: k}\n"
                           "  steps:\n"
                           "  - {name: reads, request: {op: GetItem, Key: {pk: k}}}\n"
                           "  - {request: pay, with: {\":v\": 2}, expect: {error: error}}\n");
    const struct test *t = next_test(&f);
    assert_true(t->is_sequence);
    assert_int_equal(t->step_count, 2);
    assert_str_is(t->steps[0].name, "reads");
    assert_false(t->steps[0].expect.fails);
    assert_null(t->steps[0].expect.node);
    assert_int_equal(t->steps[0].expect.place.line, 15);
    assert_int_equal(t->steps[1].name.len, 0);
    assert_true(t->steps[1].expect.fails);
    assert_int_equal(t->steps[1].expect.error_type.len, 0);
    assert_int_equal(t->steps[1].request_place.line, 16);
    close_session(&f);
}

/* --- expectations --- */

static const struct expectation *read_expectation(struct fixture *f, const char *written)
{
    char text[2048];
    snprintf(text, sizeof text, REQUESTS "- name: t\n  request: pay\n  expect: %s\n", written);
    read_good(f, text);
    return &only_step(f)->expect;
}

static void expectations_are_read(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    const struct expectation *e = read_expectation(&f, "success");
    assert_false(e->fails);
    assert_non_null(e->node);
    assert_false(e->message.given || e->after.given || e->attributes.given || e->items.given || e->reasons_given);
    e = read_expectation(&f, "error");
    assert_true(e->fails);
    assert_int_equal(e->error_type.len, 0);
    e = read_expectation(&f, "ValidationException");
    assert_str_is(e->error_type, "ValidationException");
    e = read_expectation(&f, "{after: null, table: [a, {pk: b}]}");
    assert_false(e->fails);
    assert_true(e->after.given);
    assert_null(e->after.item);
    assert_int_equal(e->table_count, 1);
    assert_int_equal(e->tables[0].name.len, 0);
    assert_false(e->tables[0].items.ordered);
    assert_int_equal(e->tables[0].items.count, 2);
    e = read_expectation(&f, "{after: {contains: {y: {SS: [a]}}}}");
    assert_true(e->after.is_part);
    assert_item_is(&f, e->after.item, "{\"y\":{\"SS\":[\"a\"]}}");
    e = read_expectation(&f, "{after: {item: a, set: {x: 7}}}");
    assert_false(e->after.is_part);
    assert_item_is(&f, e->after.item, "{\"pk\":{\"S\":\"a\"},\"x\":{\"N\":\"7\"},\"y\":{\"N\":\"2\"}}");
    e = read_expectation(&f, "{after: {contains: here}}"); /* an item with such an attribute */
    assert_false(e->after.is_part);
    assert_int_equal(e->after.place.line, 14);
    assert_int_equal(e->after.place.column, 19);
    close_session(&f);
}

static void expected_errors_are_read(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    const struct expectation *e = read_expectation(&f, "{error: ValidationException, message: \"a: b\"}");
    assert_int_equal(e->message.any_count, 1);
    assert_str_is(e->message.any[0], "a: b");
    assert_false(e->message.prefix_is_optional);
    e = read_expectation(&f, "{error: error, message: {contains: [a, b], matches: \"^x+$\"}}");
    assert_true(e->fails);
    assert_int_equal(e->message.any_count, 0);
    assert_int_equal(e->message.part_count, 2);
    assert_str_is(e->message.parts[1], "b");
    assert_str_is(e->message.pattern, "^x+$");
    e = read_expectation(&f, "{error: error, because: \"#n = :c\"}");
    assert_int_equal(e->blame_count, 1);
    assert_int_equal(e->blames[0].action, 0);
    assert_str_is(e->blames[0].clauses[0], "#n = :c");
    e = read_expectation(&f, "{error: error, because: {1: a = :b, 12: [c, d]}}");
    assert_int_equal(e->blame_count, 2);
    assert_int_equal(e->blames[0].action, 1);
    assert_int_equal(e->blames[1].action, 12);
    assert_int_equal(e->blames[1].clause_count, 2);
    e = read_expectation(&f, "{error: error, returns: {Item: {pk: k}, CancellationReasons: [None, {Code: "
                             "ConditionalCheckFailed, Message: {contains: x}, Item: a}, {Item: null}]}}");
    assert_true(e->reasons_given);
    assert_int_equal(e->reason_count, 3);
    assert_str_is(e->reasons[0].code, "None");
    assert_false(e->reasons[0].item.given);
    assert_str_is(e->reasons[1].message.parts[0], "x");
    assert_non_null(e->reasons[1].item.item);
    assert_int_equal(e->reasons[2].code.len, 0);
    assert_true(e->reasons[2].item.given);
    assert_null(e->reasons[2].item.item);
    assert_true(e->item.given);
    e = read_expectation(&f, "{error: error, returns: {CancellationReasons: [{Message: null}, {Message: \"null\"}]}}");
    assert_true(e->reasons[0].message.given);
    assert_int_equal(e->reasons[0].message.any_count, 1);
    assert_int_equal(e->reasons[0].message.any[0].len, 0);
    assert_str_is(e->reasons[1].message.any[0], "null");
    close_session(&f);
}

static void expected_answers_are_read(void **state)
{
    (void)state;
    struct fixture f;
    open_session(&f);
    const struct expectation *e = read_expectation(
        &f, "{returns: {Attributes: {contains: {x: 1}}, Items: [a, {pk: b}], Count: 2, ScannedCount: 3, "
            "LastEvaluatedKey: {pk: b}}}");
    assert_true(e->attributes.is_part);
    assert_int_equal(e->items.count, 2);
    assert_true(e->items.ordered);
    assert_false(e->items.absent);
    assert_int_equal(e->returned_count.count, 2);
    assert_int_equal(e->scanned_count.count, 3);
    assert_non_null(e->last_evaluated_key.item);
    assert_false(e->item.given);
    e = read_expectation(&f, "{returns: {Attributes: , Item: ~, Items: null, Count: null, LastEvaluatedKey: null, "
                             "CancellationReasons: null}}");
    assert_true(e->attributes.given);
    assert_null(e->attributes.item);
    assert_true(e->items.absent);
    assert_true(e->returned_count.absent);
    assert_false(e->scanned_count.given);
    assert_true(e->reasons_given);
    assert_int_equal(e->reason_count, 0);
    close_session(&f);
}

/* --- files --- */

static void json_suites_are_json(void **state)
{
    (void)state;
    struct fixture f;
    static const char good[] =
        "{\"table\": {\"key\": {\"pk\": \"S\"}}, \"tests\": [{\"name\": \"\\ud83d\\ude00\", \"given\": {\"pk\": \"a\", "
        "\"n\": "
        "1.50, \"s\": \"5\", \"t\": true}, \"request\": {\"op\": \"Scan\"}, \"expect\": \"success\"}]}";
    open_session(&f);
    assert_int_equal(read_suite(&f, "x.ddbtest.json", good), EXIT_TRUE);
    assert_string_equal(f.told, "");
    assert_non_null(suite_text(f.suite).ptr);
    const struct test *t = next_test(&f);
    assert_str_is(t->name, "\xf0\x9f\x98\x80");
    assert_item_is(&f, t->tables[0].items[0],
                   "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1.5\"},\"s\":{\"S\":\"5\"},\"t\":{\"BOOL\":true}}");
    assert_int_equal(read_suite(&f, "x.ddbtest.json", HEAD "tests: []\n"), EXIT_UNUSABLE);
    assert_string_equal(f.told, "ddbexpr: x.ddbtest.json:1:1: no JSON: this is no value\n");
    close_session(&f);
}

static void suites_know_their_text(void **state)
{
    (void)state;
    struct fixture f;
    static const char text[] = HEAD "tests: []\n";
    char wide[2 * sizeof text] = "\xff\xfe"; /* UTF-16, in which nobody knows the bytes of anything */
    for (size_t i = 0; i < sizeof text - 1; i++) {
        wide[2 + 2 * i] = text[i];
        wide[3 + 2 * i] = '\0';
    }
    const struct named_text named = {"w.ddbtest.yaml", {wide, 2 * sizeof text}};
    open_session(&f);
    read_good(&f, text);
    assert_str_is(suite_text(f.suite), text);
    assert_int_equal(listen(&f, open_named, &named), EXIT_TRUE);
    assert_null(suite_text(f.suite).ptr);
    close_session(&f);
}

/* Whatever is done to a text, it is read or refused. Standard error gets some megabytes of complaints: not here. */
static int spoil(struct fixture *f, const void *argument)
{
    const struct named_text *good = argument;
    static const char spoilers[] = "[]{}:,-&*!|>'\"#%@`? \n\t\0\xff\xc3";
    freopen("/dev/null", "w", stderr);
    for (size_t at = 0; at <= good->text.len; at++) {
        struct named_text cut = {good->path, {good->text.ptr, at}};
        int exit = open_named(f, &cut);
        assert_true(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
        for (size_t i = at % 3; at < good->text.len && i < sizeof spoilers - 1; i += 3) {
            char *text = malloc(good->text.len);
            assert_non_null(text);
            memcpy(text, good->text.ptr, good->text.len);
            text[at] = spoilers[i];
            const struct named_text spoilt = {good->path, {text, good->text.len}};
            exit = open_named(f, &spoilt);
            assert_true(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
            free(text);
        }
    }
    return 0;
}

static void spoilt_suites_are_read_or_refused(void **state)
{
    (void)state;
    struct fixture f;
    static const char good[] = REQUESTS
        "- {name: bounds, given: {item: a, set: {z: {SS: [a, b]}}, remove: [x]}, request: pay, rows: [{\":v\": "
        "2, expect: {error: ValidationException, message: {matches: \"a.*\"}}}]}\n"
        "- name: t\n"
        "  steps:\n"
        "  - {request: {TransactItems: [{Put: {Item: {pk: a, b: {B: YQ==}}}}]}, expect: {error: error, returns: "
        "{Items: [a], "
        "CancellationReasons: [None]}}}\n";
    const struct named_text named = {"s.ddbtest.yaml", {good, sizeof good - 1}};
    open_session(&f);
    read_good(&f, good);
    spoil(&f, &named);
    close_session(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_values_have_types),
        cmocka_unit_test(quoted_values_are_strings),
        cmocka_unit_test(maps_of_one_type_are_values),
        cmocka_unit_test(items_are_no_values),
        cmocka_unit_test(items_are_named_changed_and_given),
        cmocka_unit_test(several_tables_are_given_by_name),
        cmocka_unit_test(long_chains_are_read),
        cmocka_unit_test(requests_are_read_and_changed),
        cmocka_unit_test(requests_may_be_refused),
        cmocka_unit_test(operations_are_found),
        cmocka_unit_test(tables_may_be_named_by_arns),
        cmocka_unit_test(the_only_table_need_not_be_named),
        cmocka_unit_test(transactions_have_placeholders_in_actions),
        cmocka_unit_test(suites_tell_their_named_requests),
        cmocka_unit_test(requests_come_from_files),
        cmocka_unit_test(rows_lay_over_their_test),
        cmocka_unit_test(steps_follow_each_other),
        cmocka_unit_test(expectations_are_read),
        cmocka_unit_test(expected_errors_are_read),
        cmocka_unit_test(expected_answers_are_read),
        cmocka_unit_test(json_suites_are_json),
        cmocka_unit_test(suites_know_their_text),
        cmocka_unit_test(spoilt_suites_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
