/* SPDX-License-Identifier: Apache-2.0 */
/* Whole requests through the C interface: outcomes and their getters, tables after, misuse; what cases cannot show
 * (tests/cases has the service's behaviour). All of src/request. */
#include "kit.h"

#include <ddbexpr/explain_request.h>
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

/* Requests that no reader makes, but a caller can. */
static void misuse_of_requests(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_key_attribute key[] = {{STR("pk"), DDBEXPR_S}};
    const ddbexpr_table table = {.size = sizeof table, .key = key, .key_count = 1};
    ddbexpr_request action = {.size = sizeof action, .operation = DDBEXPR_QUERY, .key = value_of(k.arena, "{pk: 'a'}")};
    ddbexpr_request requests[] = {
        {.size = 1, .operation = DDBEXPR_SCAN},
        {.size = sizeof action, .operation = (ddbexpr_operation)(DDBEXPR_CONDITION_CHECK + 1)},
        {.size = sizeof action,
         .operation = DDBEXPR_TRANSACT_WRITE_ITEMS,
         .actions_given = true,
         .actions = &action,
         .action_count = 1},
    };
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        ddbexpr_outcome *outcome = NULL;
        ddbexpr_request_explanation *e = NULL;
        assert_int_equal(ddbexpr_execute(&requests[i], &table, 1, NULL, NULL, k.diags, &outcome), DDBEXPR_MISUSE);
        assert_int_equal(ddbexpr_request_check(&requests[i], &table, 1, NULL, NULL, k.diags), DDBEXPR_MISUSE);
        assert_int_equal(ddbexpr_explain_request(&requests[i], &table, 1, NULL, NULL, k.diags, &e), DDBEXPR_MISUSE);
        assert_true(!outcome && !e);
    }
    assert_codes(&k, "");
    action.operation = DDBEXPR_CONDITION_CHECK; /* by itself it can be checked only */
    action.condition_expression = STR("attribute_exists(pk)");
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_request_explanation *e = NULL;
    assert_int_equal(ddbexpr_execute(&action, &table, 1, NULL, NULL, k.diags, &outcome), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_request_check(&action, &table, 1, NULL, NULL, k.diags), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explain_request(&requests[2], NULL, 0, NULL, NULL, k.diags, &e), DDBEXPR_MISUSE);
    action.operation = DDBEXPR_DELETE_ITEM;
    assert_int_equal(ddbexpr_explain_request(&requests[2], NULL, 0, NULL, NULL, k.diags, &e), DDBEXPR_MISUSE);
    kit_close(&k);
}

static void misuse_of_tables(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_request scan = {.size = sizeof scan, .operation = DDBEXPR_SCAN};
    const ddbexpr_key_attribute good[] = {{STR("pk"), DDBEXPR_S}}, typeless[] = {{STR("pk"), DDBEXPR_M}},
                                nameless[] = {{STR(""), DDBEXPR_S}};
    const ddbexpr_table tables[] = {{.size = 1, .key = good, .key_count = 1},
                                    {.size = sizeof *tables, .key = good, .key_count = 0},
                                    {.size = sizeof *tables, .key = typeless, .key_count = 1},
                                    {.size = sizeof *tables, .key = nameless, .key_count = 1}};
    static const char *const items[] = {"[1]", "{pk: 'a', x: SS<>}", "{x: 'a'}", "{pk: 5}"};
    for (size_t i = 0; i < 8; i++) {
        const ddbexpr_value *item = value_of(k.arena, items[i % 4]);
        const ddbexpr_table unfit = {
            .size = sizeof unfit, .key = good, .key_count = 1, .items = &item, .item_count = 1};
        ddbexpr_outcome *outcome = NULL;
        assert_int_equal(ddbexpr_execute(&scan, i < 4 ? &tables[i] : &unfit, 1, NULL, NULL, k.diags, &outcome),
                         DDBEXPR_MISUSE);
        assert_null(outcome);
    }
    kit_close(&k);
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

/* The codes of a request that is checked alone, without tables. */
static void assert_checked(const ddbexpr_request *r, ddbexpr_messages messages, const char *codes)
{
    struct kit k;
    kit_open(&k);
    const ddbexpr_execute_options options = {sizeof options, messages, false};
    ddbexpr_status status = ddbexpr_request_check(r, NULL, 0, &options, &k.memory.alloc, k.diags);
    assert_codes(&k, codes);
    assert_int_equal(status, *codes ? DDBEXPR_INVALID : DDBEXPR_OK);
    kit_close(&k);
}

static void names_and_depths_have_limits(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static char long_name[65536];
    memset(long_name, 'n', sizeof long_name);
    const ddbexpr_value *one = value_of(k.arena, "1");
    for (size_t length = sizeof long_name - 1; length <= sizeof long_name; length++) {
        const ddbexpr_str name = str_of(long_name, length);
        const ddbexpr_request put = {
            .size = sizeof put, .operation = DDBEXPR_PUT_ITEM, .item = ddbexpr_value_map(k.arena, &name, &one, 1)};
        assert_checked(&put, DDBEXPR_MESSAGES_CURRENT, length == sizeof long_name ? "DX212" : "");
    }
    const ddbexpr_value *deep =
        value_of(k.arena, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    const ddbexpr_str name = STR("a");
    const ddbexpr_value *item = ddbexpr_value_map(k.arena, &name, &deep, 1);
    item = ddbexpr_value_map(k.arena, &name, &item, 1);
    const ddbexpr_request put = {.size = sizeof put, .operation = DDBEXPR_PUT_ITEM, .item = item};
    assert_checked(&put, DDBEXPR_MESSAGES_CURRENT, "DX212");
    kit_close(&k);
}

static void select_goes_with_an_index(void **state)
{
    (void)state;
    ddbexpr_request r = {.size = sizeof r, .operation = DDBEXPR_SCAN, .select = STR("ALL_PROJECTED_ATTRIBUTES")};
    assert_checked(&r, DDBEXPR_MESSAGES_CURRENT, "DX834");
    r.index_name = STR("by");
    assert_checked(&r, DDBEXPR_MESSAGES_CURRENT, "");
}

/* What is told in other words than now. */
static void classic_messages_of_constraints(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"PutItem\", " TABLE ", \"request\": {\"Item\": {\"pk\": {\"S\": \"a\"}}, "
                         "\"ReturnValues\": \"ALL\"}}",
                         DDBEXPR_MESSAGES_CLASSIC),
                     DDBEXPR_OK);
    assert_str_is(
        ddbexpr_outcome_error_message(b.outcome),
        "1 validation error detected: Value 'ALL' at 'returnValues' failed to satisfy constraint: Member must "
        "satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]");
    finish(&b);
    static ddbexpr_request actions[101];
    for (int i = 0; i < 101; i++)
        actions[i] = (ddbexpr_request){.size = sizeof *actions, .operation = DDBEXPR_PUT_ITEM, .incomplete = true};
    for (size_t count = 0; count <= 101; count += 101) {
        struct kit k;
        kit_open(&k);
        const ddbexpr_execute_options options = {sizeof options, DDBEXPR_MESSAGES_CLASSIC, false};
        const ddbexpr_request transaction = {.size = sizeof transaction,
                                             .operation = DDBEXPR_TRANSACT_WRITE_ITEMS,
                                             .actions_given = true,
                                             .actions = actions,
                                             .action_count = count};
        assert_int_equal(ddbexpr_request_check(&transaction, NULL, 0, &options, NULL, k.diags), DDBEXPR_INVALID);
        assert_verdict(&k, count ? "1 validation error detected: Value '[…]' at 'transactItems' failed to satisfy "
                                   "constraint: Member must have length less than or equal to 100"
                                 : "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy "
                                   "constraint: Member must have length greater than or equal to 1");
        kit_close(&k);
    }
}

/* Without a key schema two Keys of one table can be compared, and nothing else. */
static void same_items_without_a_schema(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *a = value_of(k.arena, "{pk: 'a'}"), *b = value_of(k.arena, "{pk: 'b'}");
    const ddbexpr_request delete_a = {
        .size = sizeof delete_a, .operation = DDBEXPR_DELETE_ITEM, .table_name = STR("t"), .key = a};
    ddbexpr_request put = delete_a, delete_b = delete_a, elsewhere = delete_a, keyless = delete_a;
    put.operation = DDBEXPR_PUT_ITEM;
    put.key = NULL;
    put.item = a;
    delete_b.key = b;
    elsewhere.table_name = STR("u");
    keyless.key = NULL;
    keyless.incomplete = true;
    const ddbexpr_request pairs[][2] = {{delete_a, delete_a}, {delete_a, put},       {put, delete_a},
                                        {delete_a, delete_b}, {delete_a, elsewhere}, {delete_a, keyless},
                                        {keyless, delete_a}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const ddbexpr_request transaction = {.size = sizeof transaction,
                                             .operation = DDBEXPR_TRANSACT_WRITE_ITEMS,
                                             .actions_given = true,
                                             .actions = pairs[i],
                                             .action_count = 2};
        assert_checked(&transaction, DDBEXPR_MESSAGES_CURRENT, i == 0 ? "DX612" : "");
    }
    kit_close(&k);
}

/* A start key without the sort key is nowhere in the order: the query begins anew. */
static void start_keys_may_be_of_no_use(void **state)
{
    (void)state;
    struct bench b;
    assert_int_equal(run(&b,
                         "{\"op\": \"Query\", \"key\": {\"p\": \"S\", \"s\": \"N\"}, \"items\": [{\"p\": {\"S\": "
                         "\"a\"}, \"s\": {\"N\": \"1\"}}], \"request\": {\"KeyConditionExpression\": \"p = :p\", "
                         "\"ExpressionAttributeValues\": {\":p\": {\"S\": \"a\"}}, \"ExclusiveStartKey\": {\"p\": "
                         "{\"S\": \"a\"}}}}",
                         DDBEXPR_MESSAGES_CURRENT),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_outcome_count(b.outcome), 1);
    assert_null(ddbexpr_outcome_last_evaluated_key(b.outcome));
    assert_string_equal(ddbexpr_outcome_reason_at(b.outcome, 0).code, "None"); /* there are none */
    finish(&b);
    assert_int_equal(
        run(&b, "{\"op\": \"Scan\", " TABLE ", \"request\": {\"Select\": \"COUNT\"}}", DDBEXPR_MESSAGES_CURRENT),
        DDBEXPR_OK);
    assert_int_equal(ddbexpr_outcome_count(b.outcome), 2);
    assert_null(ddbexpr_outcome_item_at(b.outcome, 0)); /* counted, not shown */
    finish(&b);
}

static const char *const walked[] = {
    "{\"op\": \"Query\", \"key\": {\"p\": \"S\", \"s\": \"N\"}, \"items\": [{\"p\": {\"S\": \"a\"}, \"s\": {\"N\": "
    "\"10\"}}, {\"p\": {\"S\": \"a\"}, \"s\": {\"N\": \"9\"}}], \"request\": {\"KeyConditionExpression\": \"p = :p\", "
    "\"ProjectionExpression\": \"s, x.y\", \"ExpressionAttributeValues\": {\":p\": {\"S\": \"a\"}}, \"Limit\": 1}}",
    "{\"op\": \"TransactWriteItems\", " TABLE
    ", \"request\": {\"TransactItems\": [{\"Put\": {\"Item\": {\"pk\": {\"S\": "
    "\"c\"}}}}, {\"Update\": {\"Key\": {\"pk\": {\"S\": \"a\"}}, \"UpdateExpression\": \"SET m = n\"}}, {\"Delete\": "
    "{\"Key\": {\"pk\": {\"S\": \"b\"}}}}, {\"Put\": {\"Item\": {\"pk\": {\"S\": \"d\"}}}}]}}",
    "{\"op\": \"TransactWriteItems\", " TABLE ", \"request\": {\"TransactItems\": [{\"Update\": {\"Key\": {\"pk\": "
    "{\"S\": \"b\"}}, \"UpdateExpression\": \"SET m.x = q, n = n - q\"}}, {\"Update\": {\"Key\": {\"pk\": {\"S\": "
    "\"a\"}}, \"UpdateExpression\": \"SET pk = n\"}}]}}",
    "{\"op\": \"UpdateItem\", " TABLE
    ", \"request\": {\"Key\": {\"pk\": {\"N\": \"1\"}}, \"UpdateExpression\": \"SET a "
    "= :x, pk = :v\", \"ConditionExpression\": \"status = :v\", \"ExpressionAttributeValues\": {\":v\": {\"S\": "
    "\"x\"}}}}",
};

/* Executed without a collector, executed and explained with one, and checked alone. */
static void requests_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof walked / sizeof *walked; i++)
        for (int way = 0; way < 4; way++) {
            ddbexpr_question q;
            struct test_alloc t;
            assert_int_equal(ddbexpr_json_read_question(k.arena, ddbexpr_cstr(walked[i]), k.diags, &q), DDBEXPR_OK);
            if (way == 2 && i == 0) /* a read has no explanation */
                continue;
            FOR_EACH_FAILURE(t)
            {
                ddbexpr_outcome *outcome = NULL;
                ddbexpr_request_explanation *e = NULL;
                ddbexpr_diags *diags = NULL;
                ddbexpr_status status = way ? ddbexpr_diags_new(&t.alloc, &diags) : DDBEXPR_OK;
                if (status == DDBEXPR_OK)
                    status = way < 2    ? ddbexpr_execute(&q.request, q.tables, 1, NULL, &t.alloc, diags, &outcome)
                             : way == 2 ? ddbexpr_explain_request(&q.request, q.tables, 1, NULL, &t.alloc, diags, &e)
                                        : ddbexpr_request_check(&q.request, q.tables, 1, NULL, &t.alloc, diags);
                if (t.failed)
                    assert_int_equal(status, DDBEXPR_NO_MEMORY);
                else
                    assert_true(status == DDBEXPR_OK || (way >= 2 && status == DDBEXPR_INVALID));
                assert_int_equal(outcome != NULL, way < 2 && status == DDBEXPR_OK);
                assert_int_equal(e != NULL, way == 2 && status == DDBEXPR_OK);
                ddbexpr_request_explanation_free(e);
                ddbexpr_outcome_free(outcome);
                ddbexpr_diags_free(diags);
            }
        }
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_give_old_and_new),
        cmocka_unit_test(deleting_closes_the_gap),
        cmocka_unit_test(false_conditions_are_outcomes),
        cmocka_unit_test(refusals_have_all_diagnostics),
        cmocka_unit_test(queries_have_counts_and_pages),
        cmocka_unit_test(transactions_have_reasons),
        cmocka_unit_test(misuse_is_no_outcome),
        cmocka_unit_test(misuse_of_requests),
        cmocka_unit_test(misuse_of_tables),
        cmocka_unit_test(names_and_depths_have_limits),
        cmocka_unit_test(select_goes_with_an_index),
        cmocka_unit_test(classic_messages_of_constraints),
        cmocka_unit_test(same_items_without_a_schema),
        cmocka_unit_test(start_keys_may_be_of_no_use),
        cmocka_unit_test(requests_may_run_out_of_memory),
        cmocka_unit_test(diagnostics_need_no_collector),
        cmocka_unit_test(checking_needs_no_table),
        cmocka_unit_test(key_conditions_may_have_operands_too_many),
        cmocka_unit_test(operations_have_names),
        cmocka_unit_test(arns_name_tables),
        cmocka_unit_test(tables_are_found_by_name),
        cmocka_unit_test(requests_may_name_arns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
