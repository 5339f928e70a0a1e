/* SPDX-License-Identifier: Apache-2.0 */
/* Whole requests through the C interface: outcomes and their getters, tables after, misuse; what cases cannot show
 * (tests/cases has the service's behaviour). All of src/request. */
#include "kit.h"

#include <ddbexpr/json.h>

struct bench {
    struct kit kit;
    ddbexpr_question question;
    ddbexpr_outcome *outcome;
};

static ddbexpr_status run(struct bench *b, const char *text, ddbexpr_messages messages)
{
    kit_open(&b->kit);
    b->outcome = NULL;
    assert_int_equal(ddbexpr_json_read_question(b->kit.arena, ddbexpr_cstr(text), b->kit.diags, &b->question),
                     DDBEXPR_OK);
    const ddbexpr_execute_options options = {sizeof options, messages, false};
    return ddbexpr_execute(&b->question.request, b->question.tables, b->question.table_count, &options,
                           &b->kit.memory.alloc, b->kit.diags, &b->outcome);
}

static void finish(struct bench *b)
{
    ddbexpr_outcome_free(b->outcome);
    kit_close(&b->kit);
}

#define TABLE                                                                                                          \
    "\"key\": {\"pk\": \"S\"}, \"items\": [{\"pk\": {\"S\": \"a\"}, \"n\": {\"N\": \"1\"}}, {\"pk\": {\"S\": \"b\"}}]"

static void writes_give_old_and_new(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"UpdateItem\", " TABLE ", \"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}, "
                         "\"UpdateExpression\": \"SET n = n + n\", \"ReturnValues\": \"UPDATED_NEW\"}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_true(ddbexpr_outcome_ok(b.outcome));
    assert_string_equal(ddbexpr_outcome_error_type(b.outcome), "");
    assert_value_is(ddbexpr_outcome_old_item(b.outcome), "{pk: 'a', n: 1}");
    assert_value_is(ddbexpr_outcome_new_item(b.outcome), "{pk: 'a', n: 2}");
    assert_value_is(ddbexpr_outcome_attributes(b.outcome), "{n: 2}");
    assert_null(ddbexpr_outcome_item(b.outcome));
    assert_false(ddbexpr_outcome_has_counts(b.outcome) || ddbexpr_outcome_has_items(b.outcome));
    assert_int_equal(ddbexpr_outcome_table_count(b.outcome), 1);
    assert_int_equal(ddbexpr_outcome_table_item_count(b.outcome, 0), 2);
    assert_value_is(ddbexpr_outcome_table_item_at(b.outcome, 0, 0), "{pk: 'a', n: 2}"); /* keeps its place */
    assert_value_is(ddbexpr_outcome_table_item_at(b.outcome, 0, 1), "{pk: 'b'}");
    assert_null(ddbexpr_outcome_table_item_at(b.outcome, 0, 2));
    assert_null(ddbexpr_outcome_table_item_at(b.outcome, 1, 0));
    finish(&b);
}

static void deleting_closes_the_gap(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b, "{\"op\": \"DeleteItem\", " TABLE ", \"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_outcome_table_item_count(b.outcome, 0), 1);
    assert_value_is(ddbexpr_outcome_table_item_at(b.outcome, 0, 0), "{pk: 'b'}");
    assert_null(ddbexpr_outcome_new_item(b.outcome));
    assert_null(ddbexpr_outcome_attributes(b.outcome));
    finish(&b);
}

static void false_conditions_are_outcomes(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"DeleteItem\", " TABLE
                         ", \"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}, \"ConditionExpression\": "
                         "\"attribute_not_exists(n)\", \"ReturnValuesOnConditionCheckFailure\": \"ALL_OLD\"}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_false(ddbexpr_outcome_ok(b.outcome));
    assert_string_equal(ddbexpr_outcome_error_type(b.outcome), "ConditionalCheckFailedException");
    assert_str_is(ddbexpr_outcome_error_message(b.outcome), "The conditional request failed");
    assert_value_is(ddbexpr_outcome_error_item(b.outcome), "{pk: 'a', n: 1}");
    assert_int_equal(ddbexpr_diags_count(b.kit.diags), 0);
    assert_int_equal(ddbexpr_outcome_table_item_count(b.outcome, 0), 2);
    finish(&b);
}

static void refusals_have_all_diagnostics(void **state)
{
    (void)state;
    static const char question[] =
        "{\"op\": \"UpdateItem\", " TABLE
        ", \"request\": {\"Key\": {\"pk\": {\"N\": \"1\"}}, \"UpdateExpression\": \"SET a = :x, pk "
        "= :v\", \"ConditionExpression\": \"status = :v\", \"ExpressionAttributeValues\": {\":v\": {\"S\": \"x\"}}}}";
    struct bench b;
    assert_int_equal(run(&b, question, DDBEXPR_MESSAGES_CURRENT), DDBEXPR_OK);
    assert_str_is(ddbexpr_outcome_error_message(b.outcome),
                  "1 validation error detected: Invalid UpdateExpression: An expression attribute value used in "
                  "expression is not defined; attribute value: :x");
    assert_codes(&b.kit, "DX110 DX107 DX812");
    assert_int_equal(ddbexpr_diag_action(ddbexpr_diags_at(b.kit.diags, 0)), -1);
    finish(&b);
    assert_int_equal(run(&b, question, DDBEXPR_MESSAGES_CLASSIC), DDBEXPR_OK);
    assert_str_is(
        ddbexpr_outcome_error_message(b.outcome),
        "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute "
        "value: :x");
    finish(&b);
}

static void queries_have_counts_and_pages(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"Query\", \"key\": {\"p\": \"S\", \"s\": \"N\"}, \"items\": [{\"p\": {\"S\": "
                         "\"a\"}, \"s\": {\"N\": \"10\"}}, "
                         "{\"p\": {\"S\": \"a\"}, \"s\": {\"N\": \"9\"}}, {\"p\": {\"S\": \"a\"}, \"s\": {\"N\": "
                         "\"2\"}}, {\"p\": {\"S\": \"b\"}, "
                         "\"s\": {\"N\": \"1\"}}], \"request\": {\"KeyConditionExpression\": \"p = :p\", "
                         "\"FilterExpression\": \"x <> :p\", "
                         "\"ExpressionAttributeValues\": {\":p\": {\"S\": \"a\"}}, \"Limit\": 2, "
                         "\"ExclusiveStartKey\": {\"p\": {\"S\": "
                         "\"a\"}, \"s\": {\"N\": \"2.0\"}}}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_true(ddbexpr_outcome_has_counts(b.outcome) && ddbexpr_outcome_has_items(b.outcome));
    assert_int_equal(ddbexpr_outcome_count(b.outcome), 2);
    assert_int_equal(ddbexpr_outcome_scanned_count(b.outcome), 2);
    assert_value_is(ddbexpr_outcome_item_at(b.outcome, 0), "{p: 'a', s: 9}");
    assert_value_is(ddbexpr_outcome_item_at(b.outcome, 1), "{p: 'a', s: 10}");
    assert_null(ddbexpr_outcome_item_at(b.outcome, 2));
    assert_value_is(ddbexpr_outcome_last_evaluated_key(b.outcome), "{p: 'a', s: 10}");
    finish(&b);
}

static void transactions_have_reasons(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"TransactWriteItems\", " TABLE
                         ", \"request\": {\"TransactItems\": [{\"Put\": {\"Item\": {\"pk\": {\"S\": "
                         "\"c\"}}}}, {\"Update\": {\"Key\": {\"pk\": {\"S\": \"a\"}}, \"UpdateExpression\": \"SET m = "
                         "q\"}}, {\"Delete\": "
                         "{\"Key\": {\"pk\": {\"S\": \"b\"}}, \"ConditionExpression\": \"attribute_exists(n)\"}}]}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_string_equal(ddbexpr_outcome_error_type(b.outcome), "TransactionCanceledException");
    assert_str_is(
        ddbexpr_outcome_error_message(b.outcome),
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError, "
        "ConditionalCheckFailed]");
    assert_int_equal(ddbexpr_outcome_reason_count(b.outcome), 3);
    assert_string_equal(ddbexpr_outcome_reason_at(b.outcome, 0).code, "None");
    assert_str_is(ddbexpr_outcome_reason_at(b.outcome, 1).message,
                  "The provided expression refers to an attribute that does not exist in the item");
    assert_string_equal(ddbexpr_outcome_reason_at(b.outcome, 2).code, "ConditionalCheckFailed");
    assert_null(ddbexpr_outcome_reason_at(b.outcome, 2).item);
    assert_int_equal(ddbexpr_diag_action(ddbexpr_diags_at(b.kit.diags, 0)), 1);
    assert_int_equal(ddbexpr_outcome_table_item_count(b.outcome, 0), 2); /* nothing was written */
    finish(&b);
}

static void misuse_is_no_outcome(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b, "{\"op\": \"Scan\", " TABLE ", \"request\": {}}", DDBEXPR_MESSAGES_CURRENT), DDBEXPR_OK);
    ddbexpr_outcome_free(b.outcome);
    b.outcome = NULL;
    ddbexpr_request request = b.question.request;
    /* a stored item without its key */
    const ddbexpr_value *const keyless = value_of(b.kit.arena, "{x: 'a'}");
    ddbexpr_table unfit = b.question.tables[0];
    unfit.items = &keyless;
    unfit.item_count = 1;
    assert_int_equal(ddbexpr_execute(&request, &unfit, 1, NULL, NULL, NULL, &b.outcome), DDBEXPR_MISUSE);
    assert_null(b.outcome);
    request.size = 1;
    assert_int_equal(ddbexpr_execute(&request, b.question.tables, 1, NULL, NULL, NULL, &b.outcome), DDBEXPR_MISUSE);
    request.size = sizeof request;
    assert_int_equal(ddbexpr_execute(&request, NULL, 0, NULL, NULL, NULL, &b.outcome), DDBEXPR_MISUSE);
    ddbexpr_table three_keys = b.question.tables[0];
    three_keys.key_count = 3;
    assert_int_equal(ddbexpr_request_check(&request, &three_keys, 1, NULL, NULL, NULL), DDBEXPR_MISUSE);
    finish(&b);
}

static void diagnostics_need_no_collector(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b, "{\"op\": \"Scan\", " TABLE ", \"request\": {\"FilterExpression\": \"a = = b\"}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    ddbexpr_outcome *second = NULL;
    assert_int_equal(
        ddbexpr_execute(&b.question.request, b.question.tables, 1, NULL, &b.kit.memory.alloc, NULL, &second),
        DDBEXPR_OK);
    assert_str_is(ddbexpr_outcome_error_message(second),
                  "Invalid FilterExpression: Syntax error; token: \"=\", near: \"= = b\"");
    ddbexpr_outcome_free(second);
    finish(&b);
}

static void checking_needs_no_table(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_request r = {
        .size = sizeof r, .operation = DDBEXPR_UPDATE_ITEM, .update_expression = STR("SET pk = a, b = a.c")};
    const ddbexpr_key_attribute key[] = {{STR("pk"), DDBEXPR_S}};
    const ddbexpr_table table = {.size = sizeof table, .key = key, .key_count = 1};
    ddbexpr_execute_options options = {sizeof options, DDBEXPR_MESSAGES_CURRENT, true};
    assert_int_equal(ddbexpr_request_check(&r, NULL, 0, &options, NULL, k.diags), DDBEXPR_OK);
    assert_int_equal(ddbexpr_request_check(&r, &table, 1, &options, NULL, k.diags), DDBEXPR_INVALID);
    assert_codes(&k, "DX308");
    ddbexpr_diags_clear(k.diags);
    options.partial = false;
    assert_int_equal(ddbexpr_request_check(&r, NULL, 0, &options, NULL, k.diags), DDBEXPR_INVALID);
    assert_verdict(&k,
                   "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be "
                   "null");
    kit_close(&k);
}

/* A key condition is looked at whatever else is wrong with it. */
static void key_conditions_may_have_operands_too_many(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_bindings *b = bindings_of(k.arena, NULL, "{':v': 'a', ':w': 'b', ':x': 'c', ':y': 'd'}");
    const ddbexpr_request r = {.size = sizeof r,
                               .operation = DDBEXPR_QUERY,
                               .key_condition_expression = STR("pk = :v AND begins_with(sk, :w, :x, :y)"),
                               .values_given = true,
                               .values = b->values,
                               .value_count = b->value_count};
    const ddbexpr_key_attribute key[] = {{STR("pk"), DDBEXPR_S}, {STR("sk"), DDBEXPR_S}};
    const ddbexpr_table table = {.size = sizeof table, .key = key, .key_count = 2};
    const ddbexpr_execute_options options = {sizeof options, DDBEXPR_MESSAGES_CURRENT, false};
    assert_int_equal(ddbexpr_request_check(&r, &table, 1, &options, NULL, k.diags), DDBEXPR_INVALID);
    assert_verdict(&k,
                   "Invalid KeyConditionExpression: Incorrect number of operands for operator or function; operator or "
                   "function: begins_with, number of operands: 4");
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    kit_close(&k);
}

#define ARN "arn:aws:dynamodb:us-east-1:123456789012:table/"

static void arns_name_tables(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {ARN "acc", "acc"},
        {"arn:aws-cn:dynamodb:cn-north-1:123456789012:table/a.b-c_d", "a.b-c_d"},
        {"arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/acc", "acc"},
        {"arn:aws:dynamodb:::table/a", "a"},
        {ARN, ARN},
        {ARN "acc/index/by", ARN "acc/index/by"},
        {ARN "acc/", ARN "acc/"},
        {"arn:aws:glue:us-east-1:123456789012:table/acc", "arn:aws:glue:us-east-1:123456789012:table/acc"},
        {"arn:aws:dynamodb:us-east-1:123456789012:acc", "arn:aws:dynamodb:us-east-1:123456789012:acc"},
        {"x" ARN "acc", "x" ARN "acc"},
        {"arn:table/acc", "arn:table/acc"},
        {"acc", "acc"},
        {"arn", "arn"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_str_is(ddbexpr_table_name_of(ddbexpr_cstr(names[i][0])), names[i][1]);
    assert_null(ddbexpr_table_name_of((ddbexpr_str){NULL, 0}).ptr);
}

static void tables_are_found_by_name(void **state)
{
    (void)state;
    const ddbexpr_table tables[] = {{.size = sizeof *tables, .name = STR("acc")},
                                    {.size = sizeof *tables, .name = STR("other")},
                                    {.size = sizeof *tables, .name = STR(ARN "acc")}};
    const ddbexpr_table nameless = {.size = sizeof nameless};
    assert_ptr_equal(ddbexpr_table_named(tables, 3, STR("other")), &tables[1]);
    assert_ptr_equal(ddbexpr_table_named(tables, 3, STR(ARN "other")), &tables[1]);
    assert_ptr_equal(ddbexpr_table_named(tables, 3, STR(ARN "acc")), &tables[2]); /* exactly */
    assert_ptr_equal(ddbexpr_table_named(tables, 2, STR(ARN "acc")), &tables[0]);
    assert_null(ddbexpr_table_named(tables, 3, STR(ARN "none")));
    assert_null(ddbexpr_table_named(tables, 3, STR("")));
    assert_null(ddbexpr_table_named(tables, 1, STR("other")));
    assert_null(ddbexpr_table_named(NULL, 0, STR("acc")));
    assert_ptr_equal(ddbexpr_table_named(tables, 1, STR("")), &tables[0]);
    assert_ptr_equal(ddbexpr_table_named(&nameless, 1, STR("acc")), &nameless);
}

#define TWO_TABLES                                                                                                     \
    "\"tables\": {\"acc\": {\"key\": {\"pk\": \"S\"}, \"items\": []}, \"log\": {\"key\": {\"id\": \"N\"}, \"items\": " \
    "[]}}"

/* As a request, in a transaction (with the same item by its other name), and checked alone. */
static void requests_may_name_arns(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"PutItem\", " TWO_TABLES ", \"request\": {\"TableName\": \"" ARN
                         "log\", \"Item\": {\"id\": {\"N\": \"1\"}}}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_true(ddbexpr_outcome_ok(b.outcome));
    assert_int_equal(ddbexpr_outcome_table_item_count(b.outcome, 0), 0);
    assert_int_equal(ddbexpr_outcome_table_item_count(b.outcome, 1), 1);
    finish(&b);
    assert_int_equal(run(&b,
                         "{\"op\": \"TransactWriteItems\", " TWO_TABLES
                         ", \"request\": {\"TransactItems\": [{\"Delete\": {\"TableName\": \"acc\", \"Key\": {\"pk\": "
                         "{\"S\": \"a\"}}}}, {\"Put\": {\"TableName\": \"" ARN
                         "acc\", \"Item\": {\"pk\": {\"S\": \"a\"}}}}]}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_str_is(ddbexpr_outcome_error_message(b.outcome),
                  "Transaction request cannot include multiple operations on one item");
    finish(&b);
    assert_int_equal(run(&b,
                         "{\"op\": \"DeleteItem\", " TWO_TABLES ", \"request\": {\"TableName\": \"" ARN
                         "log\", \"Key\": {\"id\": {\"S\": \"1\"}}}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_codes(&b.kit, "DX812");
    ddbexpr_diags_clear(b.kit.diags);
    assert_int_equal(ddbexpr_request_check(&b.question.request, b.question.tables, 2, NULL, NULL, b.kit.diags),
                     DDBEXPR_INVALID);
    assert_codes(&b.kit, "DX812");
    finish(&b);
}

static void operations_have_names(void **state)
{
    (void)state;
    for (int i = DDBEXPR_PUT_ITEM; i <= DDBEXPR_TRANSACT_WRITE_ITEMS; i++) {
        ddbexpr_operation operation;
        assert_true(
            ddbexpr_operation_from_name(ddbexpr_cstr(ddbexpr_operation_name((ddbexpr_operation)i)), &operation));
        assert_int_equal(operation, i);
    }
    ddbexpr_operation operation;
    assert_false(ddbexpr_operation_from_name(STR("ConditionCheck"), &operation)); /* no request of its own */
    assert_false(ddbexpr_operation_from_name(STR("putItem"), &operation));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_give_old_and_new),       cmocka_unit_test(deleting_closes_the_gap),
        cmocka_unit_test(false_conditions_are_outcomes), cmocka_unit_test(refusals_have_all_diagnostics),
        cmocka_unit_test(queries_have_counts_and_pages), cmocka_unit_test(transactions_have_reasons),
        cmocka_unit_test(misuse_is_no_outcome),          cmocka_unit_test(diagnostics_need_no_collector),
        cmocka_unit_test(checking_needs_no_table),       cmocka_unit_test(key_conditions_may_have_operands_too_many),
        cmocka_unit_test(operations_have_names),         cmocka_unit_test(arns_name_tables),
        cmocka_unit_test(tables_are_found_by_name),      cmocka_unit_test(requests_may_name_arns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
