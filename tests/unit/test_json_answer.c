/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes, diagnostics and explanations as JSON (json/answer.c): the shapes of docs/json-output.md, byte for byte, and
 * jansson as the judge of whether it is JSON whatever stands in it. */
#include "kit.h"

#include <ddbexpr/json.h>

#include <jansson.h>

/* The answer to a question, in the kit's text. */
static void answer(struct kit *k, const char *text, unsigned indent)
{
    ddbexpr_question q;
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_diags_clear(k->diags);
    ddbexpr_buffer_clear(k->text);
    assert_int_equal(ddbexpr_json_read_question(k->arena, ddbexpr_cstr(text), k->diags, &q), DDBEXPR_OK);
    assert_int_equal(ddbexpr_execute(&q.request, q.tables, q.table_count, NULL, &k->memory.alloc, k->diags, &outcome),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_json_write_answer(outcome, &q, NULL, NULL, indent, k->text), DDBEXPR_OK);
    ddbexpr_outcome_free(outcome);
}

static void assert_answer(const char *question, const char *expected)
{
    struct kit k;
    kit_open(&k);
    answer(&k, question, 0);
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    kit_close(&k);
}

#define ASK(op, items, request)                                                                                        \
    "{\"op\": \"" op "\", \"key\": {\"pk\": \"S\"}, \"items\": [" items "], \"request\": {" request "}}"
#define A     "{\"pk\":{\"S\":\"a\"}}"
#define B     "{\"pk\":{\"S\":\"b\"},\"n\":{\"N\":\"1\"}}"
#define KEY_A "\"Key\":{\"pk\":{\"S\":\"a\"}}"
#define KEY_B "\"Key\":{\"pk\":{\"S\":\"b\"}}"

static void writes_are_answered_with_the_table(void **state)
{
    (void)state;
    assert_answer(ASK("PutItem", "", "\"Item\":" A), "{\"ok\":true,\"response\":{},\"items\":[" A "]}");
    assert_answer(ASK("DeleteItem", A "," B, KEY_B ",\"ReturnValues\":\"ALL_OLD\""),
                  "{\"ok\":true,\"response\":{\"Attributes\":" B "},\"items\":[" A "]}");
    assert_answer(ASK("UpdateItem", B, KEY_B ",\"UpdateExpression\":\"SET m = n\",\"ReturnValues\":\"UPDATED_NEW\""),
                  "{\"ok\":true,\"response\":{\"Attributes\":{\"m\":{\"N\":\"1\"}}},\"items\":[{\"pk\":{\"S\":\"b\"},"
                  "\"n\":{\"N\":\"1\"},\"m\":{\"N\":\"1\"}}]}");
}

static void reads_are_answered_with_what_was_found(void **state)
{
    (void)state;
    assert_answer(ASK("GetItem", B, KEY_B), "{\"ok\":true,\"response\":{\"Item\":" B "},\"items\":[" B "]}");
    assert_answer(ASK("GetItem", B, KEY_A), "{\"ok\":true,\"response\":{},\"items\":[" B "]}");
    assert_answer(ASK("Scan", A "," B, "\"Limit\":1"),
                  "{\"ok\":true,\"response\":{\"Items\":[" A "],\"Count\":1,\"ScannedCount\":1,\"LastEvaluatedKey\":" A
                  "},\"items\":[" A "," B "]}");
    assert_answer(ASK("Scan", A "," B, "\"Select\":\"COUNT\",\"FilterExpression\":\"attribute_exists(n)\""),
                  "{\"ok\":true,\"response\":{\"Count\":1,\"ScannedCount\":2},\"items\":[" A "," B "]}");
    assert_answer(ASK("Scan", "", ""), "{\"ok\":true,\"response\":{\"Items\":[],\"Count\":0,\"ScannedCount\":0},"
                                       "\"items\":[]}");
}

/* Tables that were named are answered by name, in the question's order; those without items, too. */
static void named_tables_are_answered_by_name(void **state)
{
    (void)state;
    assert_answer("{\"op\":\"PutItem\",\"tables\":{\"B\":{\"key\":{\"pk\":\"S\"}},\"A\":{\"key\":{\"pk\":\"N\"}}},"
                  "\"request\":{\"TableName\":\"B\",\"Item\":" A "}}",
                  "{\"ok\":true,\"response\":{},\"tables\":{\"B\":{\"items\":[" A "]},\"A\":{\"items\":[]}}}");
    assert_answer("{\"op\":\"PutItem\",\"tables\":{\"B\":{\"key\":{\"pk\":\"S\"}}},\"request\":{\"TableName\":\"B\","
                  "\"Item\":" A "}}",
                  "{\"ok\":true,\"response\":{},\"tables\":{\"B\":{\"items\":[" A "]}}}");
}

static void errors_have_the_services_members(void **state)
{
    (void)state;
    assert_answer(
        ASK("DeleteItem", B,
            KEY_B ",\"ConditionExpression\":\"attribute_not_exists(n)\","
                  "\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\""),
        "{\"ok\":false,\"error\":{\"__type\":\"ConditionalCheckFailedException\",\"message\":\"The conditional "
        "request failed\",\"Item\":" B "}}");
    assert_answer(
        ASK("GetItem", B, ""),
        "{\"ok\":false,\"error\":{\"__type\":\"ValidationException\",\"message\":\"1 validation error detected: "
        "Value null at 'key' failed to satisfy constraint: Member must not be null\"}}");
}

static void cancelled_transactions_have_their_reasons(void **state)
{
    (void)state;
    assert_answer(
        ASK("TransactWriteItems", B,
            "\"TransactItems\":[{\"Put\":{\"Item\":" A "}},{\"Delete\":{" KEY_B
            ",\"ConditionExpression\":\"attribute_not_exists(n)\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"}}"
            "]"),
        "{\"ok\":false,\"error\":{\"__type\":\"TransactionCanceledException\",\"message\":\"Transaction cancelled, "
        "please "
        "refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]\",\"CancellationReasons\":"
        "[{\"Code\":\"None\"},{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The conditional request failed\","
        "\"Item\":" B "}]}}");
}

static void indented_answers_have_one_form(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    answer(&k, ASK("GetItem", A, KEY_A), 2);
    assert_str_is(ddbexpr_buffer_text(k.text), "{\n"
                                               "  \"ok\": true,\n"
                                               "  \"response\": {\n"
                                               "    \"Item\": {\n"
                                               "      \"pk\": {\"S\": \"a\"}\n"
                                               "    }\n"
                                               "  },\n"
                                               "  \"items\": [\n"
                                               "    {\n"
                                               "      \"pk\": {\"S\": \"a\"}\n"
                                               "    }\n"
                                               "  ]\n"
                                               "}");
    kit_close(&k);
}

/* --- diagnostics --- */

static void diagnostics_are_objects(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_int_equal(ddbexpr_json_write_diags(k.diags, 0, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "[]");
    kit_try(&k, DDBEXPR_CONDITION, "#a = #a", "{#b: 'x'}", NULL);
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_json_write_diags(k.diags, 0, k.text), DDBEXPR_OK);
    json_error_t error;
    str bytes = ddbexpr_buffer_text(k.text);
    json_t *all = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(all);
    assert_int_equal(json_array_size(all), ddbexpr_diags_count(k.diags));
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *one = json_array_get(all, i);
        const ddbexpr_diag *diag = ddbexpr_diags_at(k.diags, i);
        assert_string_equal(json_string_value(json_object_get(one, "code")), ddbexpr_diag_code(diag));
        assert_string_equal(json_string_value(json_object_get(one, "name")), ddbexpr_diag_name(diag));
        assert_string_equal(json_string_value(json_object_get(one, "severity")), "error");
        assert_int_equal(json_is_true(json_object_get(one, "verdict")), i == 0);
        assert_null(json_object_get(one, "action"));
        assert_int_equal(json_object_get(one, "span") != NULL, ddbexpr_diag_has_span(diag));
    }
    json_decref(all);
    kit_close(&k);
}

/* Any bytes may be the expression: the answer is JSON on one line all the same. */
static void hostile_texts_are_harmless(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (int byte = 0; byte < 256; byte++) {
        char text[] = {'a', ' ', (char)byte, ' ', '"', (char)byte};
        ddbexpr_expression *e = NULL;
        ddbexpr_diags_clear(k.diags);
        ddbexpr_buffer_clear(k.text);
        assert_int_equal(ddbexpr_parse(DDBEXPR_CONDITION, str_of(text, sizeof text), &k.memory.alloc, k.diags, &e),
                         DDBEXPR_INVALID);
        assert_int_equal(ddbexpr_json_write_diags(k.diags, 0, k.text), DDBEXPR_OK);
        json_error_t error;
        str bytes = ddbexpr_buffer_text(k.text);
        for (size_t i = 0; i < bytes.len; i++)
            assert_true((unsigned char)bytes.ptr[i] >= ' ' && bytes.ptr[i] != 0x7f);
        json_t *all = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
        assert_non_null(all);
        json_decref(all);
    }
    kit_close(&k);
}

static void actions_are_numbered_from_zero(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_request *actions = NULL;
    size_t count = 0;
    assert_int_equal(ddbexpr_json_read_actions(k.arena,
                                               STR("[{\"Delete\": {\"TableName\":\"T\"," KEY_A "}}, {\"Delete\": "
                                                   "{\"TableName\":\"T\"," KEY_B ",\"ConditionExpression\": \"(\"}}]"),
                                               k.diags, &actions, &count),
                     DDBEXPR_OK);
    const ddbexpr_request r = {.size = sizeof r,
                               .operation = DDBEXPR_TRANSACT_WRITE_ITEMS,
                               .actions_given = true,
                               .actions = actions,
                               .action_count = count};
    assert_int_equal(ddbexpr_request_check(&r, NULL, 0, NULL, &k.memory.alloc, k.diags), DDBEXPR_INVALID);
    assert_int_equal(ddbexpr_json_write_diags(k.diags, 0, k.text), DDBEXPR_OK);
    assert_non_null(strstr(ddbexpr_buffer_text(k.text).ptr, "\"severity\":\"error\",\"action\":1,\"source\":"));
    kit_close(&k);
}

/* --- explanations --- */

static void explanations_have_clauses_and_tree(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "NOT a = :v OR size(b.c) > :v", NULL, "{:v: 1}");
    const ddbexpr_value *item = value_of(k.arena, "{a: 1, b: {}}");
    ddbexpr_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain(p, item, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_json_write_explanation(e, 0, k.text), DDBEXPR_OK);
    json_error_t error;
    str bytes = ddbexpr_buffer_text(k.text);
    json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error), *clauses, *tree;
    assert_non_null(whole);
    assert_string_equal(json_string_value(json_object_get(whole, "kind")), "ConditionExpression");
    assert_true(json_is_false(json_object_get(whole, "matched")));
    assert_true(json_is_true(json_object_get(whole, "item")));
    clauses = json_object_get(whole, "clauses");
    assert_int_equal(json_array_size(clauses), 2);
    json_t *size = json_array_get(json_object_get(json_array_get(clauses, 1), "operands"), 0);
    assert_string_equal(json_string_value(json_object_get(size, "kind")), "size");
    assert_string_equal(json_string_value(json_object_get(size, "path")), "b.c");
    assert_true(json_is_null(json_object_get(size, "value")));
    assert_null(json_object_get(size, "sized"));
    assert_string_equal(json_string_value(json_object_get(size, "missing_from")), "b.c");
    assert_string_equal(json_string_value(json_object_get(size, "present_until")), "b");
    tree = json_object_get(whole, "tree");
    static const char *const kinds[] = {"or", "not", "clause", "clause"};
    static const int depths[] = {0, 1, 2, 1};
    assert_int_equal(json_array_size(tree), 4);
    for (size_t i = 0; i < 4; i++) {
        json_t *branch = json_array_get(tree, i);
        assert_string_equal(json_string_value(json_object_get(branch, "kind")), kinds[i]);
        assert_int_equal(json_integer_value(json_object_get(branch, "depth")), depths[i]);
        assert_int_equal(json_object_get(branch, "clause") != NULL, i >= 2);
    }
    json_decref(whole);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

/* Of a query the key condition comes first, and the filter in it. */
static void queries_are_explained_in_one(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *key = kit_compile(&k, DDBEXPR_KEY_CONDITION, "a = :v", NULL, "{:v: 1}");
    ddbexpr_program *filter = kit_compile(&k, DDBEXPR_FILTER, "b = :v", NULL, "{:v: 1}");
    const ddbexpr_value *item = value_of(k.arena, "{a: 1, b: 2}");
    ddbexpr_explanation *of_key = NULL, *of_filter = NULL;
    assert_int_equal(ddbexpr_explain(key, item, NULL, &k.memory.alloc, &of_key), DDBEXPR_OK);
    assert_int_equal(ddbexpr_explain(filter, item, NULL, &k.memory.alloc, &of_filter), DDBEXPR_OK);
    for (int both = 0; both < 2; both++) {
        ddbexpr_buffer_clear(k.text);
        assert_int_equal(ddbexpr_json_write_explanations(of_key, both ? of_filter : NULL, NULL, NULL, 0, k.text),
                         DDBEXPR_OK);
        json_error_t error;
        str bytes = ddbexpr_buffer_text(k.text);
        json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
        assert_non_null(whole);
        assert_string_equal(json_string_value(json_object_get(whole, "kind")), "KeyConditionExpression");
        assert_true(json_is_true(json_object_get(whole, "matched")));
        json_t *inner = json_object_get(whole, "filter");
        assert_int_equal(inner != NULL, both);
        if (both) {
            assert_string_equal(json_string_value(json_object_get(inner, "kind")), "FilterExpression");
            assert_true(json_is_false(json_object_get(inner, "matched")));
        }
        json_decref(whole);
    }
    ddbexpr_explanation_free(of_key);
    ddbexpr_explanation_free(of_filter);
    kit_close(&k);
}

static void updates_are_explained_by_themselves(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_UPDATE, "SET a = b + :v", NULL, "{:v: 1}");
    ddbexpr_update_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain_update(p, value_of(k.arena, "{a: 1}"), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_json_write_update_explanation(e, 0, k.text), DDBEXPR_OK);
    json_error_t error;
    str bytes = ddbexpr_buffer_text(k.text);
    json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(whole);
    assert_int_equal(json_array_size(json_object_get(whole, "actions")), 1);
    assert_int_equal(json_array_size(json_object_get(whole, "diagnostics")), 1);
    json_decref(whole);
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

/* 2^64 sets are too many to be counted. */
static void sets_beyond_counting_are_null(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_buffer *text = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
    for (int i = 0; i < 70; i++)
        notation_put(text, i ? " AND (a = :v OR b = :v)" : "(a = :v OR b = :v)");
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, ddbexpr_buffer_text(text).ptr, NULL, "{:v: 1}");
    ddbexpr_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain(p, value_of(k.arena, "{}"), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_json_write_explanation(e, 0, k.text), DDBEXPR_OK);
    json_error_t error;
    str bytes = ddbexpr_buffer_text(k.text);
    json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(whole);
    assert_true(json_is_null(json_object_get(whole, "other_blame_sets")));
    json_decref(whole);
    ddbexpr_explanation_free(e);
    ddbexpr_buffer_free(text);
    kit_close(&k);
}

static void surveys_may_be_incomplete(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (int complete = 0; complete < 2; complete++) {
        ddbexpr_buffer_clear(k.text);
        assert_int_equal(ddbexpr_json_write_survey(NULL, NULL, NULL, 7, complete, 0, k.text), DDBEXPR_OK);
        assert_str_is(ddbexpr_buffer_text(k.text), complete ? "{\"items\":7}" : "{\"items\":7,\"incomplete\":true}");
    }
    kit_close(&k);
}

/* Of each mutant that lives: that no item was looked for, that none was found, and the one that was. */
static void mutants_have_examples(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "a = :v", NULL, "{:v: 1}");
    const ddbexpr_value *item = value_of(k.arena, "{a: 1}");
    ddbexpr_explanation *e = NULL;
    ddbexpr_mutants *mutants = NULL;
    assert_int_equal(ddbexpr_explain(p, item, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_mutants_new(e, &k.memory.alloc, &mutants), DDBEXPR_OK);
    size_t count = ddbexpr_mutants_count(mutants);
    assert_true(count >= 3);
    ddbexpr_mutant_example *examples = arena_alloc_zeroed(k.arena, count, sizeof *examples);
    assert_non_null(examples);
    examples[1] = (ddbexpr_mutant_example){.sought = true};
    examples[2] = (ddbexpr_mutant_example){.sought = true, .found = true, .matched = true, .item = item};
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_json_write_mutants(mutants, examples, 0, k.text), DDBEXPR_OK);
    json_error_t error;
    str bytes = ddbexpr_buffer_text(k.text);
    json_t *whole = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(whole);
    json_t *alive = json_object_get(whole, "alive");
    assert_int_equal(json_array_size(alive), count);
    assert_null(json_object_get(json_array_get(alive, 0), "found"));
    assert_true(json_is_false(json_object_get(json_array_get(alive, 1), "found")));
    assert_null(json_object_get(json_array_get(alive, 1), "matched"));
    assert_true(json_is_true(json_object_get(json_array_get(alive, 2), "found")));
    assert_true(json_is_true(json_object_get(json_array_get(alive, 2), "matched")));
    json_decref(whole);
    ddbexpr_mutants_free(mutants);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

static void coverage_has_clauses_and_what_is_missing(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p = kit_compile(&k, DDBEXPR_CONDITION, "a = :v OR b = :v", NULL, "{:v: 1}");
    ddbexpr_explanation *e = NULL;
    ddbexpr_coverage *c = NULL;
    assert_int_equal(ddbexpr_explain(p, value_of(k.arena, "{a: 1}"), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_coverage_new(e, &k.memory.alloc, &c), DDBEXPR_OK);
    assert_int_equal(ddbexpr_coverage_add(c, e), DDBEXPR_OK);
    const ddbexpr_coverage_example examples[] = {
        {.found = true}, {.found = false}, {.found = false}, {.found = true, .item = value_of(k.arena, "{b: 1}")}};
    assert_int_equal(ddbexpr_json_write_coverage(c, examples, 0, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text),
                  "{\"kind\":\"ConditionExpression\",\"text\":\"a = :v OR b = :v\",\"evaluations\":1,\"matched\":1,"
                  "\"goals\":4,\"reached\":1,\"clauses\":["
                  "{\"text\":\"a = :v\",\"span\":{\"start\":0,\"end\":6},\"seen\":{\"false\":0,\"true\":1},"
                  "\"decided\":{\"false\":0,\"true\":1}},"
                  "{\"text\":\"b = :v\",\"span\":{\"start\":10,\"end\":16},\"seen\":{\"false\":1,\"true\":0},"
                  "\"decided\":{\"false\":0,\"true\":0}}],\"missing\":["
                  "{\"clause\":0,\"outcome\":false,\"found\":true,\"item\":null},"
                  "{\"clause\":1,\"outcome\":false,\"found\":false},"
                  "{\"clause\":1,\"outcome\":true,\"found\":true,\"item\":{\"b\":{\"N\":\"1\"}}}]}");
    ddbexpr_coverage_free(c);
    ddbexpr_explanation_free(e);
    kit_close(&k);
}

static void update_coverage_has_actions_and_defaults(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *p =
        kit_compile(&k, DDBEXPR_UPDATE, "SET a = if_not_exists(#b, :v) REMOVE c", "{#b: 'b'}", "{:v: 1}");
    ddbexpr_update_explanation *e = NULL;
    ddbexpr_update_coverage *c = NULL;
    assert_int_equal(ddbexpr_explain_update(p, NULL, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_update_coverage_new(e, &k.memory.alloc, &c), DDBEXPR_OK);
    assert_int_equal(ddbexpr_update_coverage_add(c, e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_json_write_update_coverage(c, 0, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text),
                  "{\"kind\":\"UpdateExpression\",\"text\":\"SET a = if_not_exists(#b, :v) REMOVE c\","
                  "\"evaluations\":1,\"applied\":1,\"goals\":4,\"reached\":2,\"actions\":["
                  "{\"section\":\"SET\",\"text\":\"a = if_not_exists(#b, :v)\",\"span\":{\"start\":4,\"end\":29},"
                  "\"effective\":1},"
                  "{\"section\":\"REMOVE\",\"text\":\"c\",\"span\":{\"start\":37,\"end\":38},\"effective\":0}],"
                  "\"defaults\":[{\"text\":\"if_not_exists(#b, :v)\",\"span\":{\"start\":8,\"end\":29},\"path\":\"b\","
                  "\"action\":0,\"found\":{\"false\":1,\"true\":0}}]}");
    ddbexpr_update_coverage_free(c);
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

/* --- refusals --- */

static void lines_that_are_no_question_are_refused(void **state)
{
    (void)state;
    struct kit k;
    ddbexpr_question q;
    kit_open(&k);
    assert_int_equal(ddbexpr_json_read_question(k.arena, STR("{\"op\": 1}"), k.diags, &q), DDBEXPR_INVALID);
    assert_int_equal(ddbexpr_json_write_refusal(k.diags, k.text), DDBEXPR_OK);
    assert_str_is(
        ddbexpr_buffer_text(k.text),
        "{\"ok\":false,\"error\":{\"__type\":\"SerializationException\",\"message\":\"Unexpected token received "
        "from parser\"},\"diagnostics\":[{\"code\":\"DX907\",\"name\":\"json-request\",\"severity\":\"error\","
        "\"source\":\"JSON\",\"span\":{\"start\":7,\"end\":8},\"message\":\"the member \\\"op\\\" must name an "
        "operation such as \\\"UpdateItem\\\"\",\"service_type\":\"SerializationException\","
        "\"service_message\":\"Unexpected token received from parser\",\"verdict\":true}]}");
    kit_close(&k);
}

/* Without a diagnostic, or without a collector that could have taken one. */
static void a_refusal_needs_no_diagnostic(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_int_equal(ddbexpr_json_write_refusal(k.diags, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text),
                  "{\"ok\":false,\"error\":{\"__type\":\"SerializationException\",\"message\":\"no question\"}}");
    kit_close(&k);
}

static void a_lack_of_memory_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_question q;
    ddbexpr_outcome *outcome = NULL;
    ddbexpr_request_explanation *e = NULL;
    static const char question[] =
        ASK("DeleteItem", B,
            KEY_B ",\"ConditionExpression\":\"n = m\",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"");
    assert_int_equal(ddbexpr_json_read_question(k.arena, ddbexpr_cstr(question), k.diags, &q), DDBEXPR_OK);
    assert_int_equal(ddbexpr_execute(&q.request, q.tables, q.table_count, NULL, &k.memory.alloc, k.diags, &outcome),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_explain_request(&q.request, q.tables, q.table_count, NULL, &k.memory.alloc, NULL, &e),
                     DDBEXPR_OK);
    ddbexpr_diags_clear(k.diags);
    assert_int_equal(ddbexpr_diags_report_input(k.diags, DDBEXPR_INPUT_NO_REQUEST, STR("x"), (ddbexpr_span){0, 1},
                                                STR("y"), STR("")),
                     DDBEXPR_OK);
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_buffer *out = NULL;
        ddbexpr_status status = ddbexpr_buffer_new(&t.alloc, &out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_write_answer(outcome, &q, e, k.diags, 2, out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_write_refusal(k.diags, out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_write_request_explanation(e, 7, out);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        ddbexpr_buffer_free(out);
    }
    ddbexpr_request_explanation_free(e);
    ddbexpr_outcome_free(outcome);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_are_answered_with_the_table),
        cmocka_unit_test(reads_are_answered_with_what_was_found),
        cmocka_unit_test(named_tables_are_answered_by_name),
        cmocka_unit_test(errors_have_the_services_members),
        cmocka_unit_test(cancelled_transactions_have_their_reasons),
        cmocka_unit_test(indented_answers_have_one_form),
        cmocka_unit_test(diagnostics_are_objects),
        cmocka_unit_test(hostile_texts_are_harmless),
        cmocka_unit_test(actions_are_numbered_from_zero),
        cmocka_unit_test(explanations_have_clauses_and_tree),
        cmocka_unit_test(queries_are_explained_in_one),
        cmocka_unit_test(updates_are_explained_by_themselves),
        cmocka_unit_test(sets_beyond_counting_are_null),
        cmocka_unit_test(surveys_may_be_incomplete),
        cmocka_unit_test(mutants_have_examples),
        cmocka_unit_test(coverage_has_clauses_and_what_is_missing),
        cmocka_unit_test(update_coverage_has_actions_and_defaults),
        cmocka_unit_test(lines_that_are_no_question_are_refused),
        cmocka_unit_test(a_refusal_needs_no_diagnostic),
        cmocka_unit_test(a_lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
