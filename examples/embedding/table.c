/* SPDX-License-Identifier: Apache-2.0 */
/* A whole request against a table in memory, for emulators and fakes: what the service would answer, and the table
 * afterwards. */
#include <ddbexpr/json.h>

#include <stdio.h>

static const char items[] = "{\"id\": {\"S\": \"a\"}, \"version\": {\"N\": \"5\"}}\n";
static const char request_text[] =
    "{\"TableName\": \"orders\", \"Key\": {\"id\": {\"S\": \"a\"}}, \"UpdateExpression\": \"SET version = :new\","
    " \"ConditionExpression\": \"version = :read\", \"ReturnValuesOnConditionCheckFailure\": \"ALL_OLD\","
    " \"ExpressionAttributeValues\": {\":new\": {\"N\": \"6\"}, \":read\": {\"N\": \"4\"}}}";

/* [answer] */
static void print_outcome(const ddbexpr_outcome *outcome)
{
    if (ddbexpr_outcome_ok(outcome)) {
        puts("done");
        return;
    }
    ddbexpr_str message = ddbexpr_outcome_error_message(outcome);
    printf("%s: %.*s\n", ddbexpr_outcome_error_type(outcome), (int)message.len, message.ptr);
    const ddbexpr_value *item = ddbexpr_outcome_error_item(outcome);
    ddbexpr_buffer *out;
    if (item && ddbexpr_buffer_new(NULL, &out) == DDBEXPR_OK) {
        if (ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 0, out) == DDBEXPR_OK)
            puts(ddbexpr_buffer_text(out).ptr);
        ddbexpr_buffer_free(out);
    }
}
/* [end] */

int main(void)
{
    ddbexpr_arena *arena;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return 1;
    /* [execute] */
    ddbexpr_key_attribute key = {ddbexpr_cstr("id"), DDBEXPR_S};
    ddbexpr_table table = {.size = sizeof table, .name = ddbexpr_cstr("orders"), .key = &key, .key_count = 1};
    ddbexpr_request request = {.size = sizeof request};
    ddbexpr_outcome *outcome;
    ddbexpr_status status = ddbexpr_json_read_table(arena, ddbexpr_cstr(items), DDBEXPR_JSON_TYPED, NULL, &table);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_request(arena, DDBEXPR_UPDATE_ITEM, ddbexpr_cstr(request_text), NULL, &request);
    if (status == DDBEXPR_OK)
        status = ddbexpr_execute(&request, &table, 1, NULL, NULL, NULL, &outcome);
    if (status == DDBEXPR_OK) {
        print_outcome(outcome);
        ddbexpr_outcome_free(outcome);
    }
    /* [end] */
    ddbexpr_arena_free(arena);
    return status != DDBEXPR_OK;
}
