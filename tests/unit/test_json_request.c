/* SPDX-License-Identifier: Apache-2.0 */
/* Requests, actions and questions from JSON (json/request.c): where each member goes, and what is no request. */
#include "kit.h"

#include <ddbexpr/json.h>

static ddbexpr_request request_of(struct kit *k, ddbexpr_operation operation, const char *text)
{
    ddbexpr_request r = {.size = 0};
    ddbexpr_status status = ddbexpr_json_read_request(k->arena, operation, ddbexpr_cstr(text), k->diags, &r);
    if (status != DDBEXPR_OK)
        kit_print_diags(k->diags);
    assert_int_equal(status, DDBEXPR_OK);
    assert_int_equal(r.size, sizeof r);
    assert_int_equal(r.operation, operation);
    return r;
}

/* Every string member of a request, the field that it goes to, and the operations that have it. */
static const struct {
    const char *name;
    size_t offset;
    const char *operations; /* Put Update Delete Get Query Scan Transact, Check */
} strings[] = {
    {"TableName", offsetof(ddbexpr_request, table_name), "PUDGQS C"},
    {"IndexName", offsetof(ddbexpr_request, index_name), "    QS  "},
    {"ConditionExpression", offsetof(ddbexpr_request, condition_expression), "PUD    C"},
    {"UpdateExpression", offsetof(ddbexpr_request, update_expression), " U      "},
    {"FilterExpression", offsetof(ddbexpr_request, filter_expression), "    QS  "},
    {"ProjectionExpression", offsetof(ddbexpr_request, projection_expression), "   GQS  "},
    {"KeyConditionExpression", offsetof(ddbexpr_request, key_condition_expression), "    Q   "},
    {"ReturnValues", offsetof(ddbexpr_request, return_values), "PUD     "},
    {"ReturnValuesOnConditionCheckFailure", offsetof(ddbexpr_request, return_values_on_condition_check_failure),
     "PUD    C"},
    {"ReturnConsumedCapacity", offsetof(ddbexpr_request, return_consumed_capacity), "PUDGQST "},
    {"ReturnItemCollectionMetrics", offsetof(ddbexpr_request, return_item_collection_metrics), "PUD   T "},
    {"Select", offsetof(ddbexpr_request, select), "    QS  "},
    {"ClientRequestToken", offsetof(ddbexpr_request, client_request_token), "      T "},
};

#define STRING_COUNT    (sizeof strings / sizeof *strings)
#define OPERATION_COUNT (DDBEXPR_CONDITION_CHECK + 1)

static str field_of(const ddbexpr_request *r, size_t i)
{
    return *(const str *)(const void *)((const char *)r + strings[i].offset);
}

static bool has_string(size_t i, ddbexpr_operation operation) { return strings[i].operations[operation] != ' '; }

/* ... and to no other; an operation that has no such member ignores it, whatever it holds. */
static void every_string_goes_to_its_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < STRING_COUNT * OPERATION_COUNT; i++) {
        size_t string = i / OPERATION_COUNT;
        ddbexpr_operation operation = (ddbexpr_operation)(i % OPERATION_COUNT);
        struct kit k;
        char text[128];
        kit_open(&k);
        snprintf(text, sizeof text, "{\"%s\": \"\\u0041\"}", strings[string].name);
        ddbexpr_request r = request_of(&k, operation, text);
        for (size_t j = 0; j < STRING_COUNT; j++) {
            if (string == j && has_string(string, operation))
                assert_str_is(field_of(&r, j), "A");
            else
                assert_null(field_of(&r, j).ptr);
        }
        snprintf(text, sizeof text, "{\"%s\": null}", strings[string].name); /* null: not sent */
        r = request_of(&k, operation, text);
        assert_null(field_of(&r, string).ptr);
        snprintf(text, sizeof text, "{\"%s\": \"\"}", strings[string].name); /* sent, though empty */
        r = request_of(&k, operation, text);
        assert_int_equal(field_of(&r, string).ptr != NULL, has_string(string, operation));
        assert_int_equal(field_of(&r, string).len, 0);
        if (!has_string(string, operation)) {
            snprintf(text, sizeof text, "{\"%s\": 7}", strings[string].name);
            r = request_of(&k, operation, text);
        }
        kit_close(&k);
    }
}

/* An action has fewer members than the request of the same name. */
static void actions_have_members_of_their_own(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_request *actions = NULL;
    size_t count = 0;
    assert_int_equal(
        ddbexpr_json_read_actions(k.arena,
                                  STR("[{\"Update\": {\"UpdateExpression\": \"REMOVE a\", "
                                      "\"ReturnValues\": \"ALL_NEW\", \"ConditionExpression\": \"a = b\", "
                                      "\"ReturnValuesOnConditionCheckFailure\": \"ALL_OLD\", "
                                      "\"ReturnConsumedCapacity\": \"TOTAL\", \"Expected\": {\"a\": {}}}}, "
                                      "{\"Delete\": {\"UpdateExpression\": \"REMOVE a\"}}]"),
                                  k.diags, &actions, &count),
        DDBEXPR_OK);
    assert_int_equal(count, 2);
    assert_str_is(actions[0].update_expression, "REMOVE a");
    assert_str_is(actions[0].condition_expression, "a = b");
    assert_str_is(actions[0].return_values_on_condition_check_failure, "ALL_OLD");
    assert_null(actions[0].return_values.ptr);
    assert_null(actions[0].return_consumed_capacity.ptr);
    assert_int_equal(actions[0].legacy_count, 0);
    assert_null(actions[1].update_expression.ptr);
    kit_close(&k);
}

static void assert_no_request(ddbexpr_operation operation, const char *text, const char *message, const char *spanned)
{
    struct kit k;
    ddbexpr_request r = {.size = 77};
    kit_open(&k);
    assert_int_equal(ddbexpr_json_read_request(k.arena, operation, ddbexpr_cstr(text), k.diags, &r), DDBEXPR_INVALID);
    assert_int_equal(r.size, 77);
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    assert_verdict(&k, message);
    assert_spanned(&k, 0, spanned);
    kit_close(&k);
}

static void members_of_a_wrong_type_are_refused(void **state)
{
    (void)state;
    static const char start[] = "Start of structure or map found where not expected";
    static const char token[] = "Unexpected token received from parser";
    for (size_t i = 0; i < STRING_COUNT * OPERATION_COUNT; i++) {
        char text[128];
        snprintf(text, sizeof text, "{\"%s\": 7}", strings[i / OPERATION_COUNT].name);
        ddbexpr_operation operation = (ddbexpr_operation)(i % OPERATION_COUNT);
        if (has_string(i / OPERATION_COUNT, operation))
            assert_no_request(operation, text, "NUMBER_VALUE cannot be converted to String", "7");
    }
    assert_no_request(DDBEXPR_PUT_ITEM, "[]", start, "[]");
    assert_no_request(DDBEXPR_PUT_ITEM, "5", token, "5");
    assert_no_request(DDBEXPR_PUT_ITEM, "{\"Item\": []}", start, "[]");
    assert_no_request(DDBEXPR_PUT_ITEM, "{\"Item\": \"x\"}", token, "\"x\"");
    assert_no_request(DDBEXPR_GET_ITEM, "{\"Key\": {\"pk\": \"a\"}}", token, "\"a\"");
    assert_no_request(DDBEXPR_QUERY, "{\"ExclusiveStartKey\": 5}", token, "5");
    assert_no_request(DDBEXPR_SCAN, "{\"ExpressionAttributeNames\": []}", start, "[]");
    assert_no_request(DDBEXPR_SCAN, "{\"ExpressionAttributeNames\": {\"#a\": {}}}", start, "{}");
    assert_no_request(DDBEXPR_SCAN, "{\"ExpressionAttributeValues\": {\":a\": \"x\"}}", token, "\"x\"");
    assert_no_request(DDBEXPR_TRANSACT_WRITE_ITEMS, "{\"TransactItems\": {}}", start, "{}");
    assert_no_request(DDBEXPR_TRANSACT_WRITE_ITEMS, "{\"TransactItems\": [{\"Put\": {\"Item\": 5}}]}", token, "5");
    assert_no_request(DDBEXPR_QUERY, "{\"Select\": \"COUNT\", \"Select\": \"COUNT\"}", token, "\"Select\"");
}

/* Item belongs to PutItem, Key to the others that are about one item; elsewhere they are unknown members. */
static void item_and_key_belong_to_their_operations(void **state)
{
    (void)state;
    static const struct {
        ddbexpr_operation operation;
        bool item, key, start;
    } operations[] = {{DDBEXPR_PUT_ITEM, true, false, false},       {DDBEXPR_UPDATE_ITEM, false, true, false},
                      {DDBEXPR_DELETE_ITEM, false, true, false},    {DDBEXPR_GET_ITEM, false, true, false},
                      {DDBEXPR_QUERY, false, false, true},          {DDBEXPR_SCAN, false, false, true},
                      {DDBEXPR_CONDITION_CHECK, false, true, false}};
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        ddbexpr_request r = request_of(&k, operations[i].operation,
                                       "{\"Item\": {\"a\": {\"S\": \"x\"}}, \"Key\": {\"a\": {\"S\": \"y\"}}, "
                                       "\"ExclusiveStartKey\": {\"a\": {\"N\": \"1\"}}}");
        assert_value_is(r.item, operations[i].item ? "{a: 'x'}" : "(none)");
        assert_value_is(r.key, operations[i].key ? "{a: 'y'}" : "(none)");
        assert_value_is(r.exclusive_start_key, operations[i].start ? "{a: 1}" : "(none)");
    }
    kit_close(&k);
}

static void faulty_values_are_no_business_of_the_reader(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_request r = request_of(&k, DDBEXPR_PUT_ITEM, "{\"Item\": {\"a\": {\"NS\": []}, \"b\": {}}}");
    assert_true(ddbexpr_value_is_faulty(r.item));
    kit_close(&k);
}

static void placeholders_are_given_or_not(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_request r = request_of(&k, DDBEXPR_SCAN, "{}");
    assert_false(r.names_given || r.values_given);
    r = request_of(&k, DDBEXPR_SCAN, "{\"ExpressionAttributeNames\": null, \"ExpressionAttributeValues\": null}");
    assert_false(r.names_given || r.values_given);
    r = request_of(&k, DDBEXPR_SCAN, "{\"ExpressionAttributeNames\": {}, \"ExpressionAttributeValues\": {}}");
    assert_true(r.names_given && r.values_given && r.name_count == 0 && r.value_count == 0);
    r = request_of(&k, DDBEXPR_SCAN,
                   "{\"ExpressionAttributeNames\": {\"#b\": \"x\", \"#a\": \"y\"}, "
                   "\"ExpressionAttributeValues\": {\":v\": {\"N\": \"1\"}}}");
    assert_int_equal(r.name_count, 2);
    assert_str_is(r.names[0].placeholder, "#b"); /* in the order of the text */
    assert_str_is(r.names[1].name, "y");
    assert_int_equal(r.value_count, 1);
    assert_str_is(r.values[0].placeholder, ":v");
    assert_value_is(r.values[0].value, "1");
    r = request_of(&k, DDBEXPR_GET_ITEM, "{\"ExpressionAttributeNames\": {}, \"ExpressionAttributeValues\": 5}");
    assert_true(r.names_given && !r.values_given); /* GetItem has no values */
    r = request_of(&k, DDBEXPR_TRANSACT_WRITE_ITEMS, "{\"ExpressionAttributeNames\": {}}");
    assert_false(r.names_given); /* its actions have */
    kit_close(&k);
}

static void limits_are_whole_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t limit;
    } good[] = {{"0", 0}, {"-0", 0}, {"1", 1}, {"-5", -5}, {"999999999999999999", 999999999999999999}};
    static const char *const bad[] = {"1.5", "1e2", "1000000000000000000", "\"5\"", "true", "{}", "[5]"};
    struct kit k;
    kit_open(&k);
    char text[64];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        snprintf(text, sizeof text, "{\"Limit\": %s}", good[i].text);
        ddbexpr_request r = request_of(&k, DDBEXPR_SCAN, text);
        assert_true(r.limit_given);
        assert_true(r.limit == good[i].limit);
    }
    assert_false(request_of(&k, DDBEXPR_SCAN, "{\"Limit\": null}").limit_given);
    assert_false(request_of(&k, DDBEXPR_GET_ITEM, "{\"Limit\": \"x\"}").limit_given);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ddbexpr_request r;
        snprintf(text, sizeof text, "{\"Limit\": %s}", bad[i]);
        ddbexpr_diags_clear(k.diags);
        assert_int_equal(ddbexpr_json_read_request(k.arena, DDBEXPR_SCAN, ddbexpr_cstr(text), k.diags, &r),
                         DDBEXPR_INVALID);
        assert_codes(&k, "DX904");
        assert_spanned(&k, 0, bad[i]);
    }
    kit_close(&k);
}

static void directions_are_booleans(void **state)
{
    (void)state;
    struct kit k;
    ddbexpr_request r;
    kit_open(&k);
    assert_false(request_of(&k, DDBEXPR_QUERY, "{}").scan_backward);
    assert_false(request_of(&k, DDBEXPR_QUERY, "{\"ScanIndexForward\": true}").scan_backward);
    assert_true(request_of(&k, DDBEXPR_QUERY, "{\"ScanIndexForward\": false}").scan_backward);
    assert_false(request_of(&k, DDBEXPR_SCAN, "{\"ScanIndexForward\": false}").scan_backward);
    assert_int_equal(
        ddbexpr_json_read_request(k.arena, DDBEXPR_QUERY, STR("{\"ScanIndexForward\": \"false\"}"), k.diags, &r),
        DDBEXPR_INVALID);
    assert_codes(&k, "DX904");
    kit_close(&k);
}

static void legacy_parameters_are_noted(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        ddbexpr_operation operation, foreign; /* one that has it, and one that has not */
    } rows[] = {{"AttributeUpdates", DDBEXPR_UPDATE_ITEM, DDBEXPR_PUT_ITEM},
                {"Expected", DDBEXPR_DELETE_ITEM, DDBEXPR_SCAN},
                {"ConditionalOperator", DDBEXPR_PUT_ITEM, DDBEXPR_GET_ITEM},
                {"AttributesToGet", DDBEXPR_GET_ITEM, DDBEXPR_UPDATE_ITEM},
                {"ScanFilter", DDBEXPR_SCAN, DDBEXPR_QUERY},
                {"QueryFilter", DDBEXPR_QUERY, DDBEXPR_SCAN},
                {"KeyConditions", DDBEXPR_QUERY, DDBEXPR_CONDITION_CHECK}};
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        snprintf(text, sizeof text, "{\"%s\": {}}", rows[i].name);
        ddbexpr_request r = request_of(&k, rows[i].operation, text);
        assert_int_equal(r.legacy_count, 1);
        assert_str_is(r.legacy[0], rows[i].name);
        assert_false(r.legacy_in_effect); /* an empty map does nothing */
        snprintf(text, sizeof text, "{\"%s\": {\"a\": 1}}", rows[i].name);
        assert_true(request_of(&k, rows[i].operation, text).legacy_in_effect);
        assert_int_equal(request_of(&k, rows[i].foreign, text).legacy_count, 0);
        snprintf(text, sizeof text, "{\"%s\": null}", rows[i].name);
        assert_int_equal(request_of(&k, rows[i].operation, text).legacy_count, 0);
    }
    assert_true(request_of(&k, DDBEXPR_GET_ITEM, "{\"AttributesToGet\": []}").legacy_in_effect);
    ddbexpr_request r = request_of(&k, DDBEXPR_QUERY, "{\"AttributesToGet\": [\"a\"], \"KeyConditions\": {}}");
    assert_true(r.legacy_count == 2 && r.legacy_in_effect);
    kit_close(&k);
}

static void transactions_have_actions(void **state)
{
    (void)state;
    static const char text[] =
        "{\"TransactItems\": [{\"Put\": {\"TableName\": \"T\", \"Item\": {\"a\": {\"S\": \"x\"}}}}, {\"Delete\": "
        "{\"Key\": {\"a\": {\"S\": \"y\"}}}}, {\"Update\": {\"UpdateExpression\": \"SET b = c\", \"Put\": 5}}, "
        "{\"ConditionCheck\": {\"ConditionExpression\": \"a = b\"}, \"Unknown\": 1}], \"ClientRequestToken\": \"t\"}";
    struct kit k;
    kit_open(&k);
    char padded[600];
    snprintf(padded, sizeof padded, "  %s  ", text);
    ddbexpr_request r = request_of(&k, DDBEXPR_TRANSACT_WRITE_ITEMS, padded);
    assert_true(r.actions_given);
    assert_int_equal(r.payload_bytes, sizeof text - 1);
    assert_str_is(r.client_request_token, "t");
    assert_int_equal(r.action_count, 4);
    static const ddbexpr_operation operations[] = {DDBEXPR_PUT_ITEM, DDBEXPR_DELETE_ITEM, DDBEXPR_UPDATE_ITEM,
                                                   DDBEXPR_CONDITION_CHECK};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(r.actions[i].operation, operations[i]);
        assert_int_equal(r.actions[i].size, sizeof r);
        assert_false(r.actions[i].action_malformed || r.actions[i].actions_given);
    }
    assert_str_is(r.actions[0].table_name, "T");
    assert_value_is(r.actions[0].item, "{a: 'x'}");
    assert_value_is(r.actions[1].key, "{a: 'y'}");
    assert_str_is(r.actions[2].update_expression, "SET b = c");
    assert_str_is(r.actions[3].condition_expression, "a = b");
    r = request_of(&k, DDBEXPR_TRANSACT_WRITE_ITEMS, "{\"TransactItems\": []}");
    assert_true(r.actions_given && r.action_count == 0);
    r = request_of(&k, DDBEXPR_TRANSACT_WRITE_ITEMS, "{\"TransactItems\": null}");
    assert_false(r.actions_given);
    kit_close(&k);
}

static void actions_by_themselves(void **state)
{
    (void)state;
    static const char *const bad[] = {"{}", "5", "[5]", "[{\"Put\": 5}]", "[{\"Put\": {\"Item\": {\"a\": 1}}}]", "[{}"};
    struct kit k;
    kit_open(&k);
    const ddbexpr_request *actions = NULL;
    size_t count = 99;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(ddbexpr_json_read_actions(k.arena, ddbexpr_cstr(bad[i]), k.diags, &actions, &count),
                         DDBEXPR_INVALID);
        assert_null(actions);
        assert_int_equal(count, 99);
    }
    assert_int_equal(ddbexpr_json_read_actions(k.arena, STR("[]"), NULL, &actions, &count), DDBEXPR_OK);
    assert_int_equal(count, 0);
    kit_close(&k);
}

static void questions_have_one_table_or_named_ones(void **state)
{
    (void)state;
    struct kit k;
    ddbexpr_question q;
    kit_open(&k);
    assert_int_equal(
        ddbexpr_json_read_question(k.arena,
                                   STR("{\"request\": {\"TableName\": \"x\"}, \"op\": \"Scan\", \"id\": 7, "
                                       "\"key\": {\"pk\": \"B\", \"sk\": \"N\"}}"),
                                   k.diags, &q),
        DDBEXPR_OK);
    assert_int_equal(q.size, sizeof q);
    assert_int_equal(q.request.operation, DDBEXPR_SCAN);
    assert_false(q.tables_named);
    assert_int_equal(q.table_count, 1);
    assert_int_equal(q.tables[0].name.len, 0);
    assert_int_equal(q.tables[0].item_count, 0);
    assert_int_equal(q.tables[0].key_count, 2);
    assert_str_is(q.tables[0].key[0].name, "pk");
    assert_int_equal(q.tables[0].key[0].type, DDBEXPR_B);
    assert_str_is(q.tables[0].key[1].name, "sk");
    assert_int_equal(q.tables[0].key[1].type, DDBEXPR_N);
    assert_int_equal(
        ddbexpr_json_read_question(
            k.arena,
            STR("{\"op\": \"GetItem\", \"request\": {}, \"key\": 5, \"tables\": {\"A\": {\"key\": {\"a\": \"S\"}}, "
                "\"B\": {\"key\": {\"b\": \"S\"}, \"items\": [{\"b\": {\"S\": \"1\"}}, {\"b\": {\"S\": \"2\"}}]}}}"),
            k.diags, &q),
        DDBEXPR_OK);
    assert_true(q.tables_named);
    assert_int_equal(q.table_count, 2);
    assert_str_is(q.tables[0].name, "A");
    assert_str_is(q.tables[1].name, "B");
    assert_int_equal(q.tables[1].item_count, 2);
    assert_value_is(q.tables[1].items[1], "{b: '2'}");
    kit_close(&k);
}

static void assert_no_question(const char *text, const char *code, const char *message, const char *spanned)
{
    struct kit k;
    ddbexpr_question q = {.size = 77};
    kit_open(&k);
    assert_int_equal(ddbexpr_json_read_question(k.arena, ddbexpr_cstr(text), k.diags, &q), DDBEXPR_INVALID);
    assert_int_equal(q.size, 77);
    assert_codes(&k, code);
    assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(k.diags, 0)), message);
    assert_spanned(&k, 0, spanned);
    kit_close(&k);
}

static void malformed_questions_are_told_with_their_place(void **state)
{
    (void)state;
    static const char op[] = "the member \"op\" must name an operation such as \"UpdateItem\"";
    static const char type[] = "a key attribute's type is \"S\", \"N\" or \"B\"";
    static const char schema[] = "a key schema has one or two attributes";
    assert_no_question("5", "DX907", "a question is an object", "5");
    assert_no_question("[{}]", "DX907", "a question is an object", "[{}]");
    assert_no_question("{}", "DX907", op, "{}");
    assert_no_question("{\"op\": 1}", "DX907", op, "1");
    assert_no_question("{\"op\": \"getItem\"}", "DX907", op, "\"getItem\"");
    assert_no_question("{\"op\": \"Scan\"}", "DX907", "the member \"request\" is missing", "{\"op\": \"Scan\"}");
    assert_no_question("{\"op\":\"Scan\",\"request\":{}}", "DX907", "the member \"key\" is missing: the key schema",
                       "{\"op\":\"Scan\",\"request\":{}}");
#define SCAN(rest) "{\"op\": \"Scan\", \"request\": {}, " rest "}"
    assert_no_question(SCAN("\"key\": {}"), "DX907", schema, "{}");
    assert_no_question(SCAN("\"key\": \"pk\""), "DX907", schema, "\"pk\"");
    assert_no_question(SCAN("\"key\": {\"a\":\"S\",\"b\":\"S\",\"c\":\"S\"}"), "DX907", schema,
                       "{\"a\":\"S\",\"b\":\"S\",\"c\":\"S\"}");
    assert_no_question(SCAN("\"key\": {\"a\": \"S\", \"b\": \"L\"}"), "DX907", type, "\"L\"");
    assert_no_question(SCAN("\"key\": {\"a\": 1}"), "DX907", type, "1");
    assert_no_question(SCAN("\"key\": {\"\": \"S\"}"), "DX907", type, "\"S\"");
    assert_no_question(SCAN("\"key\": {\"a\": \"S\"}, \"items\": {}"), "DX907", "items are an array of items", "{}");
    assert_no_question(SCAN("\"key\": {\"a\": \"S\"}, \"items\": [{\"a\": {\"NS\": []}}]"), "DX908 DX209",
                       "no table can hold this item: the service refuses a value in it", "{\"a\": {\"NS\": []}}");
    assert_no_question(SCAN("\"key\": {\"a\": \"S\", \"b\": \"N\"}, \"items\": [{\"a\": {\"S\": \"x\"}}]"), "DX908",
                       "this item lacks the key attribute `b` of type N", "{\"a\": {\"S\": \"x\"}}");
    assert_no_question(SCAN("\"key\": {\"a\": \"S\"}, \"items\": [{\"a\": {\"S\": \"x\"}}, {\"a\": {\"S\":\"x\"}}]"),
                       "DX909", "item 1 of the table has the same key", "{\"a\": {\"S\":\"x\"}}");
    assert_no_question(SCAN("\"key\": {\"a\": \"S\"}, \"items\": [5]"), "DX904", "an object or a list belongs here",
                       "5");
    assert_no_question(SCAN("\"tables\": []"), "DX907", "tables are an object of tables", "[]");
    assert_no_question(SCAN("\"tables\": {}"), "DX907", "tables are an object of tables", "{}");
    assert_no_question(SCAN("\"tables\": {\"T\": 5}"), "DX907", "a table has \"key\" and \"items\"", "5");
    assert_no_question(SCAN("\"tables\": {\"T\": {}}"), "DX907", "the member \"key\" is missing: the key schema", "{}");
    assert_no_question(SCAN("\"tables\": {\"T\": {\"key\": {\"a\": \"S\"}}, \"T\": {}}"), "DX903",
                       "the member `T` stands here a second time", "\"T\"");
    assert_no_question("{\"op\": \"Scan\", \"key\": {\"a\": \"S\"}, \"request\": 5}", "DX904",
                       "an object or a list belongs here", "5");
#undef SCAN
}

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
    static const char text[] =
        "{\"op\": \"TransactWriteItems\", \"tables\": {\"T\": {\"key\": {\"pk\": \"S\"}, \"items\": [{\"pk\": {\"S\": "
        "\"a\"}}]}}, \"request\": {\"ExpressionAttributeNames\": {\"#a\": \"b\"}, \"ExpressionAttributeValues\": "
        "{\":v\": {\"L\": [{\"N\": \"1\"}]}}, \"TransactItems\": [{\"Put\": {\"Item\": {\"pk\": {\"S\": \"\\n\"}}}}, "
        "{\"Delete\": {\"Key\": {\"pk\": {\"S\": \"b\"}}, \"ExpressionAttributeNames\": {\"#a\": \"b\"}, "
        "\"ExpressionAttributeValues\": {\":v\": {\"L\": [{\"N\": \"1\"}]}}}}]}}";
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        ddbexpr_question q = {.size = 77};
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_read_question(a, ddbexpr_cstr(text), NULL, &q);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(q.size, t.failed ? 77 : sizeof q);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_string_goes_to_its_field),
        cmocka_unit_test(actions_have_members_of_their_own),
        cmocka_unit_test(members_of_a_wrong_type_are_refused),
        cmocka_unit_test(item_and_key_belong_to_their_operations),
        cmocka_unit_test(faulty_values_are_no_business_of_the_reader),
        cmocka_unit_test(placeholders_are_given_or_not),
        cmocka_unit_test(limits_are_whole_numbers),
        cmocka_unit_test(directions_are_booleans),
        cmocka_unit_test(legacy_parameters_are_noted),
        cmocka_unit_test(transactions_have_actions),
        cmocka_unit_test(actions_by_themselves),
        cmocka_unit_test(questions_have_one_table_or_named_ones),
        cmocka_unit_test(malformed_questions_are_told_with_their_place),
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
