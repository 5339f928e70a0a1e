/* SPDX-License-Identifier: Apache-2.0 */
/* State machines (json/states.c, json/dynamic.c): which tasks are requests, and what becomes of what is filled in. */
#include "found.h"

#define TASK(name, action, arguments)                                                                                  \
    "\"" name "\": {\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::" action "\", \"Parameters\": " arguments "}"
#define MACHINE(states) "{\"StartAt\": \"A\", \"States\": {" states "}}"

static str labels_of(struct found *f)
{
    ddbexpr_buffer_clear(f->kit.text);
    for (size_t i = 0; i < f->count; i++) {
        ddbexpr_buffer_append(f->kit.text, f->requests[i].label);
        notation_put(f->kit.text, "=");
        notation_put(f->kit.text, ddbexpr_operation_name(f->requests[i].operation));
        notation_put(f->kit.text, ";");
    }
    return ddbexpr_buffer_text(f->kit.text);
}

static void assert_tasks(const char *text, const char *expected)
{
    struct found f;
    found_open(&f, text, NULL);
    assert_str_is(labels_of(&f), expected);
    found_close(&f);
}

static void tasks_are_found_by_their_resource(void **state)
{
    (void)state;
    assert_tasks(MACHINE(TASK("A", "dynamodb:putItem", "{}")), "state A=PutItem;");
    assert_tasks(MACHINE(TASK("A", "aws-sdk:dynamodb:query", "{}")), "state A=Query;");
    assert_tasks(MACHINE(TASK("A", "aws-sdk:dynamodb:transactWriteItems.waitForTaskToken", "{}")),
                 "state A=TransactWriteItems;");
    assert_tasks("{\"States\": {\"A b\": {\"Resource\": \"arn:aws-cn:states:::dynamodb:getItem\", \"Arguments\": {}}}}",
                 "state A b=GetItem;");
    assert_tasks(MACHINE(TASK("", "dynamodb:putItem", "{}")), "state =PutItem;");
    assert_tasks(MACHINE(TASK("A", "aws-sdk:dynamodb:batchGetItem", "{}")), "");
    assert_tasks(MACHINE(TASK("A", "sqs:sendMessage", "{}")), "");
    assert_tasks(MACHINE(TASK("A", "dynamodb:putItem", "\"{% $all %}\"")), "");
    assert_tasks(MACHINE("\"A\": {\"Resource\": \"arn:aws:states:::dynamodb:putItem\"}"), "");
    assert_tasks(MACHINE("\"A\": {\"Resource\": 7, \"Parameters\": {}}, \"B\": 7"), "");
}

static void machines_are_found_in_machines(void **state)
{
    (void)state;
    assert_tasks(
        MACHINE("\"P\": {\"Type\": \"Parallel\", \"Branches\": [" MACHINE(TASK(
            "B1", "dynamodb:getItem",
            "{}")) ", " MACHINE(TASK("B2", "dynamodb:putItem",
                                     "{}")) "]}, \"M\": {\"Type\": \"Map\", "
                                            "\"ItemProcessor\": " MACHINE(TASK(
                                                "I", "dynamodb:updateItem",
                                                "{}")) "}, "
                                                       "\"O\": "
                                                       "{\"Type\": "
                                                       "\"Map\", "
                                                       "\"Iterator\":"
                                                       " " MACHINE(TASK("J",
                                                                        "dynamodb:"
                                                                        "deleteItem",
                                                                        "{}")) "},"
                                                                               " " TASK("Z", "dynamodb:getItem", "{}")),
        "state B1=GetItem;state B2=PutItem;state I=UpdateItem;state J=DeleteItem;state Z=GetItem;");
    assert_tasks("{\"Resources\": {\"Machine\": {\"Properties\": {\"Definition\": " MACHINE(
                     TASK("A", "dynamodb:putItem", "{}")) "}}}}",
                 "state A=PutItem;");
}

/* --- what is filled in --- */

#define UPDATE(members) MACHINE(TASK("A", "dynamodb:updateItem", "{" members "}"))
#define KEY             "\"Key\": {\"id\": {\"S\": \"1\"}}"

/* The values of a task's request in the notation, and what of it is unknown. */
static void assert_values(const char *text, const char *values, const char *unknown)
{
    struct found f;
    found_open(&f, text, NULL);
    found_check(&f, 0);
    ddbexpr_buffer_clear(f.kit.text);
    for (size_t i = 0; i < f.request.value_count; i++) {
        ddbexpr_buffer_append(f.kit.text, f.request.values[i].placeholder);
        notation_put(f.kit.text, "=");
        ddbexpr_value_print(f.request.values[i].value, 0, f.kit.text);
        notation_put(f.kit.text, ";");
    }
    assert_str_is(ddbexpr_buffer_text(f.kit.text), values);
    ddbexpr_buffer_clear(f.kit.text);
    for (size_t i = 0; i < f.request.unknown_value_count; i++) {
        ddbexpr_buffer_append(f.kit.text, f.request.unknown_values[i]);
        notation_put(f.kit.text, ";");
    }
    assert_str_is(ddbexpr_buffer_text(f.kit.text), unknown);
    found_close(&f);
}

#define VALUES(condition, values)                                                                                      \
    UPDATE(KEY ", \"ConditionExpression\": \"" condition "\", \"ExpressionAttributeValues\": {" values "}")

static void values_have_the_type_that_is_told(void **state)
{
    (void)state;
    assert_values(VALUES("a = :v", "\":v\": {\"S.$\": \"$.v\"}"), ":v=S \"$.v\";", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"S\": \"{% $v %}\"}"), ":v=S \"{% $v %}\";", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"S\": \"${Version}\"}"), ":v=S \"${Version}\";", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"S\": \"$.v\"}"), ":v=S \"$.v\";", "");         /* just a text */
    assert_values(VALUES("a = :v", "\":v\": {\"S\": \"{% $v }\"}"), ":v=S \"{% $v }\";", ""); /* not closed */
    assert_values(VALUES("a = :v", "\":v\": {\"S\": \"x\", \"Unknown\": 1, \"~\": 1}"), ":v=S \"x\";", "");
    assert_values(VALUES("a = :v", "\":v\": {\"BOOL.$\": \"$.v\"}"), ":v=BOOL true;", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"Bool\": true}"), ":v=BOOL true;", "");
    assert_values(VALUES("a = :v", "\":v\": {\"Nul.$\": \"$.v\"}"), ":v=NULL true;", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"L.$\": \"$.v\"}"), ":v=L [];", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"M.$\": \"$.v\"}"), ":v=M {};", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"Ss.$\": \"$.v\"}"), ":v=SS {\"$.v\"};", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"SS\": [\"a\", \"{% $b %}\", \"{% $c %}\"]}"), ":v=SS {\"a\"};", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"SS\": [\"{% $b %}\", \"{% $c %}\"]}"), ":v=SS {\"{% $b %}\"};", ":v;");
    assert_values(
        VALUES("a = :v", "\":v\": {\"M\": {\"a\": {\"S.$\": \"$.a\"}, \"b.$\": \"$.b\", \"c\": {\"S\": \"c\"}}}"),
        ":v=M {a: S \"$.a\", c: S \"c\"};", ":v;");
    assert_values(VALUES("a = :v", "\":v\": {\"L\": [{\"S\": \"a\"}, \"{% $b %}\", {\"S.$\": \"$.c\"}]}"),
                  ":v=L [S \"a\", S \"$.c\"];", ":v;");
}

/* A text of which a key could not be made has a short one in its place. */
static void strange_texts_have_stand_ins(void **state)
{
    (void)state;
    struct found f;
    found_open(&f,
               VALUES("a = :a AND b = :b AND c = :c",
                      "\":a\": {\"S.$\": \"\"}, \":b\": {\"S.$\": "
                      "\"$.0123456789012345678901234567890123456789012345678901234567890123456789\"}, "
                      "\":c\": {\"SS.$\": \"\"}"),
               NULL);
    found_check(&f, 0);
    assert_codes(&f.kit, "");
    const ddbexpr_value_binding *v = f.request.values;
    const ddbexpr_value *texts[] = {v[0].value, v[1].value, ddbexpr_value_at(v[2].value, 0)};
    for (size_t i = 0; i < 3; i++) {
        str text = ddbexpr_value_bytes(texts[i]);
        assert_int_equal(ddbexpr_value_type(texts[i]), DDBEXPR_S);
        assert_int_equal(text.len, 12);
        assert_int_equal(text.ptr[0], '7');
        for (size_t at = 0; at < text.len; at++)
            assert_true(text.ptr[at] >= '0' && text.ptr[at] <= '9');
    }
    assert_false(ddbexpr_value_equal(texts[0], texts[1]));
    assert_true(ddbexpr_value_equal(texts[0], texts[2]));
    found_close(&f);
}

/* The values that are left where an expression is filled in, which may use any: those that the other one names. */
static void only_whole_placeholders_are_mentioned(void **state)
{
    (void)state;
#define LEFT(condition, values)                                                                                        \
    UPDATE(KEY ", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"" condition                              \
               "\", \"ExpressionAttributeValues\": {" values "}")
#define ONE(name) "\"" name "\": {\"S\": \"x\"}"
    assert_values(LEFT("a = :v", ONE(":v") ", " ONE(":w") ", " ONE("")), ":v=S \"x\";", "");
    static const char *const word[] = {"x", "X", "1", "_"}, *const other[] = {" ", "{", "[", ":", "!"};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        char text[512];
        snprintf(text, sizeof text, LEFT("a = :v%s AND b = :w", ONE(":v") ", " ONE(":w")), word[i]);
        assert_values(text, ":w=S \"x\";", "");
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        char text[512];
        snprintf(text, sizeof text, LEFT("a = :v%s", ONE(":v") ", " ONE(":w")), other[i]);
        assert_values(text, ":v=S \"x\";", "");
    }
}

static void numbers_and_binaries_stand_in_alike_for_alike(void **state)
{
    (void)state;
    struct found f;
    found_open(&f,
               VALUES("a = :a AND b = :b AND c = :c AND d = :d",
                      "\":a\": {\"N.$\": \"$.x\"}, \":b\": {\"N.$\": \"$.y\"}, \":c\": {\"N.$\": \"$.x\"}, "
                      "\":d\": {\"B.$\": \"$.x\"}"),
               NULL);
    found_check(&f, 0);
    assert_codes(&f.kit, "");
    const ddbexpr_value_binding *v = f.request.values;
    assert_int_equal(ddbexpr_value_type(v[0].value), DDBEXPR_N);
    assert_int_equal(ddbexpr_value_type(v[3].value), DDBEXPR_B);
    for (size_t i = 0; i < 4; i++)
        assert_false(ddbexpr_value_is_faulty(v[i].value));
    assert_true(ddbexpr_value_equal(v[0].value, v[2].value));
    assert_false(ddbexpr_value_equal(v[0].value, v[1].value));
    found_close(&f);
}

/* The codes that a task's request has. */
static void assert_codes_of(const char *text, const char *codes)
{
    struct found f;
    found_open(&f, text, NULL);
    assert_int_equal(f.count, 1);
    found_check(&f, 0);
    assert_codes(&f.kit, codes);
    found_close(&f);
}

static void what_depends_on_content_is_not_told(void **state)
{
    (void)state;
    assert_codes_of(VALUES("a BETWEEN :a AND :b", "\":a\": {\"N\": \"9\"}, \":b\": {\"N\": \"1\"}"), "DX203");
    assert_codes_of(VALUES("a BETWEEN :a AND :b", "\":a\": {\"N.$\": \"$.a\"}, \":b\": {\"N\": \"1\"}"), "");
    assert_codes_of(VALUES("a BETWEEN :a AND :b", "\":a\": {\"N\": \"9999999999999\"}, \":b\": {\"N.$\": \"$.b\"}"),
                    "");
    assert_codes_of(VALUES("a BETWEEN :a AND :b", "\":a\": {\"S.$\": \"$.a\"}, \":b\": {\"N\": \"1\"}"), "DX203");
    assert_codes_of(VALUES("attribute_type(a, :t)", "\":t\": {\"S.$\": \"$.t\"}"), "");
    assert_codes_of(VALUES("attribute_type(a, :t)", "\":t\": {\"N.$\": \"$.t\"}"), "DX204");
    assert_codes_of(VALUES("a = :v", "\":v\": {\"S.$\": \"$.v\"}, \":w\": {\"S.$\": \"$.w\"}"), "DX112");
}

/* What is no content of a type is told as it would be anywhere. */
static void wrong_contents_are_told(void **state)
{
    (void)state;
    static const char *const values[] = {"{\"S\": {\"x\": 1}}", "{\"N\": [\"{% $n %}\"]}"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[512];
        struct found f;
        snprintf(text, sizeof text, VALUES("a = :v", "\":v\": %s"), values[i]);
        found_open(&f, text, NULL);
        assert_int_equal(ddbexpr_json_read_found(f.kit.arena, &f.requests[0], f.kit.diags, &f.request),
                         DDBEXPR_INVALID);
        assert_verdict(&f.kit, "Start of structure or map found where not expected");
        found_close(&f);
    }
}

static void what_is_not_there_yet_is_not_missed(void **state)
{
    (void)state;
    assert_codes_of(UPDATE("\"UpdateExpression\": \"REMOVE a\""), "DX821");
    assert_codes_of(UPDATE("\"Key.$\": \"$.key\", \"UpdateExpression\": \"REMOVE a\""), "");
    assert_codes_of(UPDATE("\"Key\": {\"id.$\": \"$.id\"}, \"UpdateExpression\": \"REMOVE a\""), "");
    assert_codes_of(UPDATE("\"TableName.$\": \"$.t\", \"UpdateExpression\": \"REMOVE a\""), "DX821");
    assert_codes_of(UPDATE("\"TableName\": \"${Table}\", " KEY ", \"UpdateExpression\": \"REMOVE name\""), "DX107");
    assert_codes_of(MACHINE(TASK("A", "dynamodb:putItem", "{\"Item\": {\"a\": \"{% $a %}\"}}")), "");
}

/* What is filled in may use any placeholder; what is there is checked. */
static void expressions_may_be_filled_in(void **state)
{
    (void)state;
    assert_codes_of(UPDATE(KEY ", \"UpdateExpression.$\": \"$.u\", \"ConditionExpression\": \"#n = :v AND name = :v\", "
                               "\"ExpressionAttributeNames\": {\"#n\": \"a\", \"#m\": \"b\"}, "
                               "\"ExpressionAttributeValues\": {\":v\": {\"N\": \"1\"}, \":vv\": {\"N\": \"1\"}}"),
                    "DX107");
    assert_codes_of(UPDATE(KEY ", \"UpdateExpression\": \"{% $u %}\", \"ExpressionAttributeNames\": {\"#n\": \"a\"}, "
                               "\"ExpressionAttributeValues\": {\":v\": {\"N\": \"1\"}}"),
                    "");
    assert_codes_of(UPDATE(KEY ", \"UpdateExpression\": \"SET name = :v\", \"ExpressionAttributeValues.$\": \"$.v\""),
                    "");
    assert_codes_of(UPDATE(KEY ", \"UpdateExpression\": \"REMOVE name\", \"ExpressionAttributeNames.$\": \"$.n\""), "");
    assert_codes_of(
        UPDATE(KEY ", \"UpdateExpression\": \"SET #n = :v\", \"ExpressionAttributeNames\": {\"#n.$\": \"$.n\"}, "
                   "\"ExpressionAttributeValues\": {\":v\": {\"N\": \"1\"}}"),
        "");
    /* of a type that is not known: what uses it is left out, and the rest is checked */
    assert_codes_of(UPDATE(KEY ", \"UpdateExpression\": \"SET name = :v\", \"ConditionExpression\": \"year = :y\", "
                               "\"ExpressionAttributeValues\": {\":v.$\": \"$.v\", \":y\": {\"N\": \"1\"}}"),
                    "DX107");
}

#define TRANSACTION(actions)                                                                                           \
    MACHINE(TASK("A", "aws-sdk:dynamodb:transactWriteItems", "{\"TransactItems\": " actions "}"))
#define DELETE(key) "{\"Delete\": {\"TableName\": \"T\", \"Key\": {\"id\": " key "}}}"

static void transactions_are_filled_in_by_action(void **state)
{
    (void)state;
    assert_codes_of(TRANSACTION("[" DELETE("{\"S.$\": \"$.a\"}") ", " DELETE("{\"S.$\": \"$.b\"}") "]"), "");
    assert_codes_of(TRANSACTION("[" DELETE("{\"N.$\": \"$.a\"}") ", " DELETE("{\"N.$\": \"$.b\"}") "]"), "");
    assert_codes_of(TRANSACTION("[{\"Update\": {\"Key.$\": \"$.k\", \"UpdateExpression.$\": \"$.u\"}}, "
                                "{\"Delete\": {\"ConditionExpression\": \"name = :v\"}}]"),
                    "DX107 DX110");
    assert_tasks(TRANSACTION("\"{% $all %}\""), "");
    assert_tasks(TRANSACTION("[\"{% $one %}\"]"), "");
    assert_tasks(TRANSACTION("[{\"Put.$\": \"$.put\"}]"), "");
    assert_tasks(MACHINE(TASK("A", "aws-sdk:dynamodb:transactWriteItems", "{\"TransactItems.$\": \"$.all\"}")), "");
}

static void places_are_those_of_the_text(void **state)
{
    (void)state;
    struct found f;
    found_open(&f,
               UPDATE("\"Key\": {\"id\": {\"S.$\": \"$.id\"}}, \"UpdateExpression\": \"SET a = :v\", "
                      "\"ExpressionAttributeValues\": {\":v\": {\"N.$\": \"$.v\"}, \":w\": {\"SS.$\": \"$.w\"}}"),
               NULL);
    found_check(&f, 0);
    assert_codes(&f.kit, "DX112");
    assert_str_is(found_at(&f, 0, 0), ":w");
    found_close(&f);
}

/* Odd shapes are read to their end, and no deeper than a document is. */
static void odd_shapes_do_no_harm(void **state)
{
    (void)state;
    static const char *const arguments[] = {
        "{\"ExpressionAttributeValues\": [\"{% $a %}\"], \"ExpressionAttributeNames\": \"x\"}",
        "{\"Key\": [{\"S.$\": \"$.a\"}], \"TransactItems\": {\"a\": [{\"b\": \"{% $c %}\"}]}}",
        "{\".$\": \"$.a\", \"UpdateExpression\": \"SET a = :a\", \"UpdateExpression.$\": \"$.u\"}",
        "{\"UpdateExpression\": \"\", \"UpdateExpression.$\": \"\", \"ConditionExpression\": \"\", "
        "\"ConditionExpression.$\": \"\", \"FilterExpression\": \"\", \"FilterExpression.$\": \"\", "
        "\"KeyConditionExpression\": \"\", \"KeyConditionExpression.$\": \"\", \"ProjectionExpression\": \"\", "
        "\"ProjectionExpression.$\": \"\"}",
        "{\"Key\": {\"\": {\"\": \"\"}}, \"ExpressionAttributeValues\": {\"\": {\".$\": \"\"}, \".$\": \"\"}}"};
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        char text[1024];
        struct found f;
        snprintf(text, sizeof text,
                 "{\"States\": {\"A\": {\"Resource\": \"arn:aws:states:::dynamodb:updateItem\", \"Parameters\": %s}}}",
                 arguments[i]);
        found_open(&f, text, NULL);
        for (size_t n = 0; n < f.count; n++)
            ddbexpr_json_read_found(f.kit.arena, &f.requests[n], f.kit.diags, &f.request);
        found_close(&f);
    }
    enum { DEPTH = 1000 };
    static char deep[16 * DEPTH];
    size_t at = (size_t)snprintf(deep, sizeof deep,
                                 "{\"States\": {\"A\": {\"Resource\": \"arn:aws:states:::dynamodb:updateItem\", "
                                 "\"Parameters\": {\"Key\": {\"a\": ");
    for (int i = 0; i < DEPTH; i++)
        at += (size_t)snprintf(deep + at, sizeof deep - at, i % 2 ? "{\"M\": " : "{\"a\": ");
    at += (size_t)snprintf(deep + at, sizeof deep - at, "1");
    for (int i = 0; i < DEPTH + 5; i++)
        deep[at++] = '}';
    deep[at] = '\0';
    struct found f;
    found_open(&f, deep, NULL);
    assert_int_equal(f.count, 1);
    found_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_are_found_by_their_resource),
        cmocka_unit_test(machines_are_found_in_machines),
        cmocka_unit_test(values_have_the_type_that_is_told),
        cmocka_unit_test(strange_texts_have_stand_ins),
        cmocka_unit_test(only_whole_placeholders_are_mentioned),
        cmocka_unit_test(numbers_and_binaries_stand_in_alike_for_alike),
        cmocka_unit_test(what_depends_on_content_is_not_told),
        cmocka_unit_test(wrong_contents_are_told),
        cmocka_unit_test(what_is_not_there_yet_is_not_missed),
        cmocka_unit_test(expressions_may_be_filled_in),
        cmocka_unit_test(transactions_are_filled_in_by_action),
        cmocka_unit_test(places_are_those_of_the_text),
        cmocka_unit_test(odd_shapes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
