/* SPDX-License-Identifier: Apache-2.0 */
/* Requests in texts (json/find.c, json/naming.c): which objects are some, and of which operation. */
#include "found.h"
#include "prng.h"

#include "json/naming.h"

/* Every request that was found: "UpdateItem", "[1]PutItem [2]Scan"; "" for none. */
static str listing_of(struct found *f)
{
    ddbexpr_buffer_clear(f->kit.text);
    for (size_t i = 0; i < f->count; i++) {
        if (i)
            notation_put(f->kit.text, " ");
        ddbexpr_buffer_append(f->kit.text, f->requests[i].label);
        notation_put(f->kit.text, ddbexpr_operation_name(f->requests[i].operation));
    }
    return ddbexpr_buffer_text(f->kit.text);
}

static void assert_found_in(const char *file_name, const char *text, const char *expected)
{
    struct found f;
    found_open(&f, text, file_name);
    assert_str_is(listing_of(&f), expected);
    found_close(&f);
}

#define assert_found(text, expected) assert_found_in(NULL, text, expected)

static void members_tell_the_operation(void **state)
{
    (void)state;
    assert_found("{\"UpdateExpression\": \"\"}", "UpdateItem");
    assert_found("{\"KeyConditionExpression\": \"a\", \"FilterExpression\": \"b\"}", "Query");
    assert_found("{\"FilterExpression\": \"b\"}", "Scan");
    assert_found("{\"Item\": {}, \"ConditionExpression\": \"b\"}", "PutItem");
    assert_found("{\"Item\": {}, \"TableName\": \"t\"}", "PutItem");
    assert_found("{\"Key\": {}, \"ConditionExpression\": \"b\"}", "DeleteItem");
    assert_found("{\"Key\": {}, \"ProjectionExpression\": \"b\"}", "GetItem");
    assert_found("{\"ProjectionExpression\": \"b\"}", "Scan");
    assert_found("{\"TransactItems\": [{\"Put\": {}}]}", "TransactWriteItems");
    assert_found("{\"request\": {\"UpdateExpression\": \"\"}}", "UpdateItem");
}

static void a_member_names_it(void **state)
{
    (void)state;
    assert_found("{\"op\": \"PutItem\", \"request\": {\"Item\": {}}}", "PutItem");
    assert_found("{\"operation\": \"get-item\", \"Key\": {}}", "GetItem");
    assert_found("{\"Operation\": \"DynamoDB_20120810.DeleteItem\", \"Key\": {}}", "DeleteItem");
    assert_found("{\"eventName\": \"ScanCommand\", \"requestParameters\": {\"TableName\": \"t\"}}", "Scan");
    assert_found("{\"op\": \"PutItem\", \"request\": {\"UpdateExpression\": \"x\"}}", "PutItem"); /* it says so */
    assert_found("{\"op\": \"Scan\", \"ExpressionAttributeNames\": {}}", "Scan");
    assert_found("{\"op\": \"Scan\", \"ExpressionAttributeValues\": {}}", "Scan");
    assert_found("{\"op\": \"PutItem\", \"Item\": {}}", "PutItem");
    assert_found("{\"op\": \"PutItem2\", \"Item\": {}}", "");
    assert_found("{\"op\": \"PutItem{\", \"Item\": {}}", "");
    assert_found("{\"op\": \"PutItemCommands\", \"Item\": {}}", "");
}

static void other_objects_are_none(void **state)
{
    (void)state;
    assert_found("", "");
    assert_found(" \n", "");
    assert_found("{}", "");
    assert_found("[]", "");
    assert_found("7", "");
    assert_found("\"UpdateExpression\"", "");
    assert_found("{\"Item\": {\"id\": {\"S\": \"1\"}}}", ""); /* of a table export */
    assert_found("{\"UpdateExpression\": {\"S\": \"an attribute\"}}", "");
    assert_found("{\"op\": \"scan\", \"path\": \"/tmp\"}", "");
    assert_found("{\"op\": \"BatchWriteItem\", \"request\": {\"TableName\": \"t\"}}", "");
    assert_found("{\"TransactItems\": [{\"Get\": {\"Key\": {}}}]}", "");
    assert_found("{\"TransactItems\": []}", "");
    assert_found("{\"TransactItems\": [1]}", "");
    assert_found("{\"States\": 1, \"StartAt\": \"x\"}", "");
}

static void there_may_be_several(void **state)
{
    (void)state;
    struct found f;
    assert_found("[{\"UpdateExpression\": \"\"}]", "[0]UpdateItem");
    assert_found("[{\"UpdateExpression\": \"\"}, {}, [], {\"FilterExpression\": \"\"}]", "[0]UpdateItem [3]Scan");
    assert_found("{\"UpdateExpression\": \"\"}\n{\"x\": 1}\n{\"FilterExpression\": \"\"}\n", "[0]UpdateItem [2]Scan");
    assert_found("{\"x\": 1} {\"FilterExpression\": \"\"}", "[1]Scan");
    ddbexpr_buffer *text = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
    for (int i = 0; i < 12; i++)
        notation_put(text, i ? ", {\"FilterExpression\": \"\"}" : "[{\"FilterExpression\": \"\"}");
    notation_put(text, "]");
    assert_found(ddbexpr_buffer_text(text).ptr, "[0]Scan [1]Scan [2]Scan [3]Scan [4]Scan [5]Scan [6]Scan [7]Scan "
                                                "[8]Scan [9]Scan [10]Scan [11]Scan");
    ddbexpr_buffer_free(text);
    found_open(&f, "[{\"UpdateExpression\": \"\"}, {}, [], 5]", NULL);
    assert_int_equal(f.others, 3);
    found_close(&f);
}

static void a_file_may_be_named_after_it(void **state)
{
    (void)state;
    static const char text[] = "{\"TableName\": \"t\"}";
    assert_found_in("put-item.json", text, "PutItem");
    assert_found_in("a/Scan/orders-PutItem-3.json", text, "PutItem");
    assert_found_in("update_item.json", text, "UpdateItem");
    assert_found_in("getItem.json", text, "GetItem");
    assert_found_in("deleteitem.json", text, "DeleteItem");
    assert_found_in("transact-write-items.json", text, "TransactWriteItems");
    assert_found_in("scan.json", text, "Scan");
    assert_found_in("ordersQuery.json", text, "Query");
    assert_found_in("targetitem.json", text, "");
    assert_found_in("scanner.json", text, "");
    assert_found_in("query-and-scan.json", text, "");
    assert_found_in("scan-and-scan.json", text, "Scan");
    assert_found_in("put-item/x.json", text, "");
    assert_found_in("put-item.json", "{\"UpdateExpression\": \"x\"}", "UpdateItem"); /* what is in it decides */
    assert_found_in("scan.json", "{\"KeyConditionExpression\": \"x\"}", "Query");
    assert_found_in("query.json", "{\"FilterExpression\": \"x\"}", "Query");
    assert_found_in("put-item.json", "{\"name\": \"x\"}", "");
}

static void the_search_may_say_it(void **state)
{
    (void)state;
    struct found f;
    const ddbexpr_json_search search = {.size = sizeof search, .operation_given = true, .operation = DDBEXPR_QUERY};
    const ddbexpr_json_search no_size = {.size = 0};
    found_open(&f, "{}", NULL);
    free((void *)(uintptr_t)f.text.ptr);
    assert_int_equal(
        found_search(&f, STR("[{\"FilterExpression\": \"x\"}, {\"op\": \"Scan\", \"TableName\": \"t\"}, {}]"), &search),
        DDBEXPR_OK);
    assert_str_is(listing_of(&f), "[0]Query [1]Scan");
    size_t count;
    assert_int_equal(ddbexpr_json_find_requests(f.kit.arena, f.text, &no_size, NULL, &f.requests, &count, NULL),
                     DDBEXPR_MISUSE);
    const ddbexpr_json_search not_whose = {.size = sizeof not_whose, .filled_in = true};
    assert_int_equal(ddbexpr_json_find_requests(f.kit.arena, f.text, &not_whose, NULL, &f.requests, &count, NULL),
                     DDBEXPR_MISUSE);
    const str too_long = str_of("", (size_t)INT32_MAX + 1); /* is not looked at */
    assert_int_equal(ddbexpr_json_find_requests(f.kit.arena, too_long, &search, NULL, &f.requests, &count, NULL),
                     DDBEXPR_LIMIT);
    found_close(&f);
}

static void assert_filled_in(ddbexpr_operation operation, const char *text, const char *expected)
{
    const ddbexpr_json_search search = {
        .size = sizeof search, .operation_given = true, .operation = operation, .filled_in = true};
    struct found f;
    found_open(&f, "{}", NULL);
    free((void *)(uintptr_t)f.text.ptr);
    assert_int_equal(found_search(&f, ddbexpr_cstr(text), &search), DDBEXPR_OK);
    assert_str_is(listing_of(&f), expected);
    found_close(&f);
}

static void the_search_may_say_that_it_is_filled_in(void **state)
{
    (void)state;
    assert_filled_in(DDBEXPR_UPDATE_ITEM, "{\"Key.$\": \"$.k\"}", "UpdateItem");
    assert_filled_in(DDBEXPR_TRANSACT_WRITE_ITEMS, "{\"TransactItems.$\": \"$.all\"}", ""); /* nothing is known */
    assert_filled_in(DDBEXPR_SCAN, "[{\"FilterExpression\": \"x\"}]", "[0]Scan");
    assert_filled_in(DDBEXPR_SCAN, "5", "");
}

static void what_is_no_json_is_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"{",    "[1,]", "{\"UpdateExpression\": \"\"}x", "{} {\"a\": 1,}",
                                        "{}{}", "\xff", "{\"a\": 1, \"a\": 2}",          "[{}]]"};
    const ddbexpr_json_search search = {.size = sizeof search};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct found f;
        found_open(&f, "{}", NULL);
        free((void *)(uintptr_t)f.text.ptr);
        assert_int_equal(found_search(&f, ddbexpr_cstr(texts[i]), &search), DDBEXPR_INVALID);
        assert_int_equal(ddbexpr_diags_count(f.kit.diags), 1);
        found_close(&f);
    }
}

/* Whatever bytes: nothing is read that is not there. */
static void odd_names_are_read_to_their_end(void **state)
{
    (void)state;
    static const char letters[] = "putItemPUT-_./QueryscanGet 0";
    struct prng p = {11};
    for (int round = 0; round < 100000; round++) {
        size_t length = prng_below(&p, 16);
        char *name = malloc(length + !length);
        assert_non_null(name);
        ddbexpr_operation operation;
        for (size_t i = 0; i < length; i++)
            name[i] = letters[prng_below(&p, sizeof letters - 1)];
        json_file_names_operation(str_of(name, length), &operation);
        json_names_operation(str_of(name, length), &operation);
        free(name);
    }
}

static void finding_may_lack_memory(void **state)
{
    (void)state;
    static const char machine[] =
        "{\"States\": {\"A\": {\"Resource\": \"arn:aws:states:::dynamodb:updateItem\", \"Parameters\": "
        "{\"Key\": {\"a\": {\"N.$\": \"$.a\"}}, \"UpdateExpression\": \"REMOVE \\u0061\"}}}}";
    static const char *const texts[] = {
        "{\"Key\": {}, \"UpdateExpression\": \"REMOVE \\u0061\"}",
        "{\"UpdateExpression\": \"\\u0061\"}\n{}\n{\"op\": \"Scan\", \"request\": {\"TableName\": \"\\u0061\"}}",
        "[{\"UpdateExpression\": \"\"}, {\"UpdateExpression\": \"\"}]", machine};
    const ddbexpr_json_search search = {.size = sizeof search};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *place = NULL;
            ddbexpr_diags *diags = NULL;
            const ddbexpr_found_request *found;
            ddbexpr_request request;
            size_t count = 0;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &place);
            if (status == DDBEXPR_OK)
                status = ddbexpr_diags_new(&t.alloc, &diags);
            if (status == DDBEXPR_OK)
                status =
                    ddbexpr_json_find_requests(place, ddbexpr_cstr(texts[i]), &search, diags, &found, &count, NULL);
            for (size_t n = 0; n < count && status == DDBEXPR_OK; n++)
                status = ddbexpr_json_read_found(place, &found[n], diags, &request);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            ddbexpr_diags_free(diags);
            ddbexpr_arena_free(place);
        }
    }
}

/* So may telling what is wrong, and resolving what is filled in. */
static void telling_may_lack_memory(void **state)
{
    (void)state;
    static const struct {
        ddbexpr_operation operation;
        bool filled_in;
        const char *text;
        ddbexpr_status status;
    } rows[] = {
        {DDBEXPR_UPDATE_ITEM, false, "{\"Key\": {\"\\u0061\": {\"S\": 1}}, \"UpdateExpression\": \"\"}",
         DDBEXPR_INVALID},
        {DDBEXPR_UPDATE_ITEM, true, "{\"Key\": {\"a\": {\"S\": 1}}, \"UpdateExpression.$\": \"\"}", DDBEXPR_INVALID},
        {DDBEXPR_TRANSACT_WRITE_ITEMS, true,
         "{\"TransactItems\": [{\"Delete\": {\"Key\": {\"a\": {\"N.$\": \"$.a\"}}}}]}", DDBEXPR_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ddbexpr_json_search search = {.size = sizeof search,
                                            .operation_given = true,
                                            .operation = rows[i].operation,
                                            .filled_in = rows[i].filled_in};
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *place = NULL;
            ddbexpr_diags *diags = NULL;
            const ddbexpr_found_request *found;
            ddbexpr_request request;
            size_t count = 0;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &place);
            if (status == DDBEXPR_OK)
                status = ddbexpr_diags_new(&t.alloc, &diags);
            if (status == DDBEXPR_OK)
                status =
                    ddbexpr_json_find_requests(place, ddbexpr_cstr(rows[i].text), &search, diags, &found, &count, NULL);
            if (status == DDBEXPR_OK) {
                assert_int_equal(count, 1);
                status = ddbexpr_json_read_found(place, &found[0], diags, &request);
            }
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : rows[i].status);
            ddbexpr_diags_free(diags);
            ddbexpr_arena_free(place);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_may_say_that_it_is_filled_in),
        cmocka_unit_test(telling_may_lack_memory),
        cmocka_unit_test(members_tell_the_operation),
        cmocka_unit_test(a_member_names_it),
        cmocka_unit_test(other_objects_are_none),
        cmocka_unit_test(there_may_be_several),
        cmocka_unit_test(a_file_may_be_named_after_it),
        cmocka_unit_test(the_search_may_say_it),
        cmocka_unit_test(what_is_no_json_is_told),
        cmocka_unit_test(odd_names_are_read_to_their_end),
        cmocka_unit_test(finding_may_lack_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
