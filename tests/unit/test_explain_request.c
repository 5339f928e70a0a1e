/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations of whole writes: the verdict of every action agrees with what executing does; explain_request.c,
 * render_request.c, set_up.c of src/request. */
#include "kit.h"

#include <ddbexpr/explain_request.h>
#include <ddbexpr/json.h>

#define ACCOUNTS                                                                                                       \
    "\"tables\": {\"Accounts\": {\"key\": {\"id\": \"S\"}, \"items\": [{\"id\": {\"S\": \"a\"}, \"balance\": {\"N\": " \
    "\"50\"}}, {\"id\": {\"S\": \"b\"}}]}}"

static ddbexpr_question question_of(struct kit *k, const char *text)
{
    ddbexpr_question q;
    assert_int_equal(ddbexpr_json_read_question(k->arena, ddbexpr_cstr(text), k->diags, &q), DDBEXPR_OK);
    return q;
}

static ddbexpr_request_explanation *explained(struct kit *k, const ddbexpr_question *q, ddbexpr_status expected)
{
    ddbexpr_request_explanation *e = NULL;
    assert_int_equal(
        ddbexpr_explain_request(&q->request, q->tables, q->table_count, NULL, &k->memory.alloc, k->diags, &e),
        expected);
    assert_int_equal(e != NULL, expected == DDBEXPR_OK);
    return e;
}

static const char transfer[] =
    "{\"op\": \"TransactWriteItems\", " ACCOUNTS ", \"request\": {\"TransactItems\": ["
    "{\"Update\": {\"TableName\": \"Accounts\", \"Key\": {\"id\": {\"S\": \"a\"}}, "
    "\"UpdateExpression\": \"SET balance = balance - :n\", \"ConditionExpression\": \"balance >= :n\", "
    "\"ExpressionAttributeValues\": {\":n\": {\"N\": \"80\"}}}},"
    "{\"Update\": {\"TableName\": \"Accounts\", \"Key\": {\"id\": {\"S\": \"b\"}}, "
    "\"UpdateExpression\": \"SET balance = balance + :n\", "
    "\"ExpressionAttributeValues\": {\":n\": {\"N\": \"80\"}}}},"
    "{\"Put\": {\"TableName\": \"Accounts\", \"Item\": {\"id\": {\"S\": \"c\"}}, "
    "\"ConditionExpression\": \"attribute_not_exists(id)\"}}]}}";

static void every_action_has_its_own_verdict(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_question q = question_of(&k, transfer);
    ddbexpr_request_explanation *e = explained(&k, &q, DDBEXPR_OK);
    assert_true(ddbexpr_request_explanation_is_transaction(e));
    assert_false(ddbexpr_request_explanation_passes(e));
    assert_int_equal(ddbexpr_request_explanation_action_count(e), 3);
    const ddbexpr_action_explanation *take = ddbexpr_request_explanation_action_at(e, 0);
    assert_int_equal(take->verdict, DDBEXPR_ACTION_CONDITION_FALSE);
    assert_int_equal(take->operation, DDBEXPR_UPDATE_ITEM);
    assert_str_is(take->table_name, "Accounts");
    assert_value_is(take->key, "{id: 'a'}");
    assert_str_is(ddbexpr_explanation_clause_at(take->condition, 0)->reason, "`balance` is N 50 where `:n` is N 80");
    assert_null(take->update); /* not come to */
    assert_value_is(take->old_item, "{id: 'a', balance: 50}");
    const ddbexpr_action_explanation *give = ddbexpr_request_explanation_action_at(e, 1);
    assert_int_equal(give->verdict, DDBEXPR_ACTION_REFUSED);
    assert_null(give->condition);
    assert_string_equal(ddbexpr_diag_code(ddbexpr_update_explanation_action_at(give->update, 0)->fault), "DX802");
    assert_int_equal(ddbexpr_diags_count(give->diags), 1);
    const ddbexpr_action_explanation *put = ddbexpr_request_explanation_action_at(e, 2);
    assert_int_equal(put->verdict, DDBEXPR_ACTION_PASSES);
    assert_true(ddbexpr_explanation_matched(put->condition));
    assert_null(put->old_item);
    assert_value_is(put->new_item, "{id: 'c'}");
    assert_null(ddbexpr_request_explanation_action_at(e, 3));
    assert_int_equal(ddbexpr_request_explanation_render(e, NULL, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text),
                  "The transaction is cancelled: to blame are actions 1 and 2 of 3\n\n"
                  "action 1, Update on Accounts, `id` S \"a\": to blame, its condition is false\n\n"
                  "ConditionExpression is false\n\n"
                  "> balance >= :n  false  `balance` is N 50 where `:n` is N 80\n\n"
                  "To blame:\n"
                  "  balance >= :n is false: `balance` is N 50 where `:n` is N 80\n"
                  "    needed: `balance` would have to be at least N 80\n\n"
                  "action 2, Update on Accounts, `id` S \"b\": to blame, it cannot be run\n\n"
                  "UpdateExpression cannot be applied: The provided expression refers to an attribute that does not "
                  "exist in the item\n\n"
                  "> SET balance = balance + :n  fails  `balance` is missing where `:n` is N 80\n\n"
                  "To blame:\n"
                  "  DX802: `balance` is read, but the item has no such attribute\n"
                  "    needed: give a default: if_not_exists(balance, :default)\n\n"
                  "action 3, Put on Accounts, `id` S \"c\": would have passed\n");
    ddbexpr_request_explanation_free(e);
    kit_close(&k);
}

static void wrong_key_types_are_to_blame(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_question q = question_of(&k, "{\"op\": \"TransactWriteItems\", " ACCOUNTS
                                         ", \"request\": {\"TransactItems\": [{\"Delete\": {\"TableName\": "
                                         "\"Accounts\", \"Key\": {\"id\": {\"N\": \"1\"}}, "
                                         "\"ConditionExpression\": \"attribute_exists(id)\"}}]}}");
    ddbexpr_request_explanation *e = explained(&k, &q, DDBEXPR_OK);
    const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(e, 0);
    assert_int_equal(action->verdict, DDBEXPR_ACTION_REFUSED);
    assert_null(action->condition);
    assert_string_equal(ddbexpr_diag_code(ddbexpr_diags_verdict(action->diags)), "DX812");
    assert_int_equal(ddbexpr_request_explanation_render(e, NULL, k.text), DDBEXPR_OK);
    assert_non_null(strstr(ddbexpr_buffer_text(k.text).ptr, "error[DX812]"));
    ddbexpr_request_explanation_free(e);
    kit_close(&k);
}

static void single_writes_are_one_action(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_question q =
        question_of(&k, "{\"op\": \"UpdateItem\", \"key\": {\"pk\": \"S\", \"sk\": \"N\"}, \"items\": [], \"request\": "
                        "{\"Key\": {\"pk\": {\"S\": \"a\"}, \"sk\": {\"N\": \"1\"}}, \"UpdateExpression\": \"SET n = "
                        ":v\", \"ConditionExpression\": \"attribute_not_exists(pk)\", \"ExpressionAttributeValues\": "
                        "{\":v\": {\"N\": \"1\"}}}}");
    ddbexpr_request_explanation *e = explained(&k, &q, DDBEXPR_OK);
    const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(e, 0);
    assert_true(ddbexpr_request_explanation_passes(e));
    assert_false(ddbexpr_request_explanation_is_transaction(e));
    assert_string_equal(ddbexpr_explanation_clause_at(action->condition, 0)->notes[0].code, "DX510");
    assert_value_is(action->new_item, "{pk: 'a', sk: 1, n: 1}");
    assert_value_is(ddbexpr_update_explanation_item(action->update), "{pk: 'a', sk: 1, n: 1}");
    ddbexpr_request_explanation_free(e);
    kit_close(&k);
}

static void refusals_and_reads_have_none(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_question q = question_of(&k, "{\"op\": \"DeleteItem\", \"key\": {\"pk\": \"S\"}, \"items\": [], "
                                         "\"request\": {\"Key\": {\"pk\": {\"S\": \"a\"}}, \"ConditionExpression\": "
                                         "\"size = a\"}}");
    assert_null(explained(&k, &q, DDBEXPR_INVALID));
    assert_codes(&k, "DX107");
    ddbexpr_diags_clear(k.diags);
    q.request.operation = DDBEXPR_SCAN;
    assert_null(explained(&k, &q, DDBEXPR_MISUSE));
    q.request.operation = DDBEXPR_DELETE_ITEM;
    q.request.table_name = STR("Other");
    ddbexpr_table named = q.tables[0];
    named.name = STR("This");
    q.tables = &named;
    q.request.condition_expression = STR("attribute_exists(a)");
    assert_null(explained(&k, &q, DDBEXPR_INVALID));
    kit_close(&k);
}

static void explaining_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_question q = question_of(&k, transfer);
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_request_explanation *e = NULL;
        ddbexpr_status status =
            ddbexpr_explain_request(&q.request, q.tables, q.table_count, NULL, &t.alloc, k.diags, &e);
        bool failed = t.failed;
        assert_int_equal(status, failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_int_equal(e != NULL, status == DDBEXPR_OK);
        ddbexpr_request_explanation_free(e);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_has_its_own_verdict), cmocka_unit_test(wrong_key_types_are_to_blame),
        cmocka_unit_test(single_writes_are_one_action),     cmocka_unit_test(refusals_and_reads_have_none),
        cmocka_unit_test(explaining_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
