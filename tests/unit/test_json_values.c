/* SPDX-License-Identifier: Apache-2.0 */
/* DynamoDB JSON and plain JSON to values and back: decode.c, base64.c, bindings.c, items.c, encode.c, writer.c. */
#include "kit.h"
#include "prng.h"

#include <ddbexpr/json.h>

static void assert_item(const char *text, ddbexpr_json_form form, const char *expected)
{
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = NULL;
    ddbexpr_status status = ddbexpr_json_read_item(k.arena, ddbexpr_cstr(text), form, k.diags, &item);
    if (status != DDBEXPR_OK)
        kit_print_diags(k.diags);
    assert_int_equal(status, DDBEXPR_OK);
    assert_value_is(item, expected);
    kit_close(&k);
}

static void typed_items_are_read(void **state)
{
    (void)state;
    assert_item(
        "{\"a\": {\"S\": \"x\"}, \"b\": {\"N\": \"-0015.789e2\"}, \"c\": {\"B\": \"YWI=\"}, \"d\": {\"BOOL\": false},"
        "\"e\": {\"NULL\": true}, \"f\": {\"L\": [{\"N\": \"1\"}]}, \"g\": {\"M\": {\"h\": {\"SS\": [\"b\", \"a\"]}}},"
        "\"i\": {\"NS\": [\"2\", \"1.0\"]}, \"j\": {\"BS\": [\"YQ==\"]}}",
        DDBEXPR_JSON_TYPED,
        "{a: 'x', b: -1578.9, c: b'ab', d: false, e: null, f: [1], g: {h: <'a', 'b'>}, i: <1, 2>, j: <b'a'>}");
    assert_item("{\"Item\": {\"a\": {\"S\": \"x\"}}}", DDBEXPR_JSON_TYPED, "{a: 'x'}"); /* a table export */
    assert_item("{\"Item\": {\"S\": \"x\"}}", DDBEXPR_JSON_TYPED, "{Item: 'x'}");       /* an attribute called Item */
    assert_item("{\"a\": null, \"b\": {\"S\": \"x\", \"N\": null}}", DDBEXPR_JSON_TYPED, "{b: 'x'}");
}

static void plain_items_are_read(void **state)
{
    (void)state;
    assert_item("{\"a\": \"x\", \"b\": 12345678901234567890.5, \"c\": true, \"d\": null, \"e\": [1, {\"f\": []}]}",
                DDBEXPR_JSON_PLAIN, "{a: 'x', b: 12345678901234567890.5, c: true, d: null, e: [1, {f: []}]}");
}

static void assert_serialization(const char *text, const char *message, const char *spanned)
{
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = NULL;
    assert_int_equal(ddbexpr_json_read_item(k.arena, ddbexpr_cstr(text), DDBEXPR_JSON_TYPED, k.diags, &item),
                     DDBEXPR_INVALID);
    assert_null(item);
    assert_verdict(&k, message);
    assert_string_equal(ddbexpr_diag_service_type(ddbexpr_diags_verdict(k.diags)), "SerializationException");
    assert_spanned(&k, 0, spanned);
    kit_close(&k);
}

static void wrong_shapes_are_serialization_exceptions(void **state)
{
    (void)state;
    assert_serialization("{\"a\": {\"N\": 5}}", "NUMBER_VALUE cannot be converted to String", "5");
    assert_serialization("{\"a\": {\"S\": true}}", "TRUE_VALUE cannot be converted to String", "true");
    assert_serialization("{\"a\": {\"S\": {\"x\": 1}}}", "Start of structure or map found where not expected",
                         "{\"x\": 1}");
    assert_serialization("{\"a\": {\"BOOL\": \"true\"}}", "STRING_VALUE cannot be converted to Boolean", "\"true\"");
    assert_serialization("{\"a\": {\"L\": \"x\"}}", "Unexpected token received from parser", "\"x\"");
    assert_serialization("{\"a\": \"x\"}", "Unexpected token received from parser", "\"x\"");
    assert_serialization("{\"a\": {\"SS\": [1]}}", "NUMBER_VALUE cannot be converted to String", "1");
    static const char *const no_base64[] = {
        "bW9zcw", "bW9zcw=!", "bW9z cw==", "bW9zcw=", "=AAA", "AA=A", "bW9zcw==AAAA"};
    for (size_t i = 0; i < sizeof no_base64 / sizeof *no_base64; i++) {
        char text[64], spanned[32];
        sprintf(text, "{\"a\": {\"B\": \"%s\"}}", no_base64[i]);
        sprintf(spanned, "\"%s\"", no_base64[i]);
        assert_serialization(
            text, "Base64 encoded length is expected a multiple of 4 bytes, with the standard alphabet", spanned);
    }
}

static void assert_value_fault(const char *attribute, const char *message)
{
    struct kit k;
    kit_open(&k);
    char text[512];
    snprintf(text, sizeof text, "{\":v\": %s}", attribute);
    const ddbexpr_value_binding *values = NULL;
    size_t count = 0;
    assert_int_equal(
        ddbexpr_json_read_values(k.arena, ddbexpr_cstr(text), DDBEXPR_JSON_TYPED, k.diags, &values, &count),
        DDBEXPR_OK);
    assert_int_equal(count, 1);
    const ddbexpr_bindings b = {.size = sizeof b, .values = values, .value_count = count};
    ddbexpr_program *program = NULL;
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR("a = :v"), &b, NULL, k.diags, &program), DDBEXPR_INVALID);
    char expected[512];
    snprintf(expected, sizeof expected, "ExpressionAttributeValues contains invalid value: %s for key :v", message);
    assert_verdict(&k, expected);
    kit_close(&k);
}

static void what_the_service_refuses_is_told_later(void **state)
{
    (void)state;
    assert_value_fault("{}", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    assert_value_fault("{\"dog\": \"cat\"}",
                       "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    assert_value_fault("{\"S\": \"a\", \"N\": \"1\"}", "Supplied AttributeValue has more than one datatypes set, must "
                                                       "contain exactly one of the supported datatypes");
    assert_value_fault("{\"S\": \"a\", \"N\": \"\"}", "The parameter cannot be converted to a numeric value");
    assert_value_fault("{\"NULL\": false}",
                       "One or more parameter values were invalid: Null attribute value types must "
                       "have the value of true");
    assert_value_fault("{\"L\": [{\"BS\": []}]}",
                       "One or more parameter values were invalid: Binary sets should not be empty");
    assert_value_fault("{\"NS\": [\"1\", \"b\"]}", "The parameter cannot be converted to a numeric value: b");
}

/* {":v": {"L": [{"L": [ … {"S": "x"} … ]}]}} with so many lists, in the kit's buffer. */
static str nested_lists(struct kit *k, int levels)
{
    notation_put(k->text, "{\":v\": ");
    for (int i = 0; i < levels; i++)
        notation_put(k->text, "{\"L\": [");
    notation_put(k->text, "{\"S\": \"x\"}");
    for (int i = 0; i < levels; i++)
        notation_put(k->text, "]}");
    notation_put(k->text, "}");
    return ddbexpr_buffer_text(k->text);
}

static void depth_becomes_a_fault(void **state)
{
    (void)state;
    for (int levels = 31; levels <= 500; levels = levels == 31 ? 32 : levels * 4) {
        struct kit k;
        kit_open(&k);
        const ddbexpr_value_binding *values = NULL;
        size_t count = 0;
        assert_int_equal(
            ddbexpr_json_read_values(k.arena, nested_lists(&k, levels), DDBEXPR_JSON_TYPED, k.diags, &values, &count),
            DDBEXPR_OK);
        const ddbexpr_bindings b = {.size = sizeof b, .values = values, .value_count = count};
        ddbexpr_program *program = NULL;
        ddbexpr_status status = ddbexpr_compile(DDBEXPR_CONDITION, STR("a = :v"), &b, NULL, NULL, &program);
        assert_int_equal(status, levels == 31 ? DDBEXPR_OK : DDBEXPR_INVALID);
        ddbexpr_program_free(program);
        kit_close(&k);
    }
}

static void assert_items(const char *text, ddbexpr_json_form form, size_t count, const char *last)
{
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *const *items = NULL;
    size_t got = 99;
    assert_int_equal(ddbexpr_json_read_items(k.arena, ddbexpr_cstr(text), form, k.diags, &items, &got), DDBEXPR_OK);
    assert_int_equal(got, count);
    if (count)
        assert_value_is(items[count - 1], last);
    kit_close(&k);
}

static void items_come_in_four_shapes(void **state)
{
    (void)state;
    assert_items("", DDBEXPR_JSON_TYPED, 0, NULL);
    assert_items(" \n ", DDBEXPR_JSON_TYPED, 0, NULL);
    assert_items("{\n\"a\":\n{\"S\": \"x\"}}\n", DDBEXPR_JSON_TYPED, 1, "{a: 'x'}");
    assert_items("[{\"a\": 1}, {\"a\": 2}]", DDBEXPR_JSON_PLAIN, 2, "{a: 2}");
    assert_items("[]", DDBEXPR_JSON_PLAIN, 0, NULL);
    assert_items("{\"a\": 1}\n\n{\"a\": 2}\n{\"a\": 3}", DDBEXPR_JSON_PLAIN, 3, "{a: 3}");
    assert_items("{\"Item\":{\"a\":{\"N\":\"1\"}}}\n{\"Item\":{\"a\":{\"N\":\"2\"}}}\n", DDBEXPR_JSON_TYPED, 2,
                 "{a: 2}");
}

static void a_bad_line_is_told_with_its_place(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *const *items = NULL;
    size_t count = 7;
    static const char text[] = "{\"a\": 1}\n{\"a\": 2,}\n{\"a\": 3}\n";
    assert_int_equal(ddbexpr_json_read_items(k.arena, STR("{\"a\": 1}\n{\"a\": 2,}\n{\"a\": 3}\n"), DDBEXPR_JSON_PLAIN,
                                             k.diags, &items, &count),
                     DDBEXPR_INVALID);
    assert_int_equal(count, 7);
    assert_int_equal(ddbexpr_diag_span(ddbexpr_diags_verdict(k.diags)).start, strchr(text, ',') + 1 - text);
    kit_close(&k);
}

/* --- writing --- */

static void assert_written(const char *notation, ddbexpr_json_form form, unsigned indent, const char *expected)
{
    struct kit k;
    kit_open(&k);
    assert_int_equal(ddbexpr_json_write_value(value_of(k.arena, notation), form, indent, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    kit_close(&k);
}

static void values_are_written(void **state)
{
    (void)state;
    assert_written("{a: [1, 'x', null], b: b'ab', c: <2, 1>, d: true}", DDBEXPR_JSON_TYPED, 0,
                   "{\"M\":{\"a\":{\"L\":[{\"N\":\"1\"},{\"S\":\"x\"},{\"NULL\":true}]},\"b\":{\"B\":\"YWI=\"},"
                   "\"c\":{\"NS\":[\"1\",\"2\"]},\"d\":{\"BOOL\":true}}}");
    assert_written("{a: [1, 'x', null], b: b'abcd', c: <2, 1>}", DDBEXPR_JSON_PLAIN, 0,
                   "{\"a\":[1,\"x\",null],\"b\":\"YWJjZA==\",\"c\":[1,2]}");
    assert_written("{a: {b: [1]}, c: {}}", DDBEXPR_JSON_TYPED, 2,
                   "{\"M\": {\n  \"a\": {\"M\": {\n    \"b\": {\"L\": [\n      {\"N\": \"1\"}\n    ]}\n  }},\n  \"c\": "
                   "{\"M\": {}}\n}}");
    assert_written("'a\"\\\\\n\x01\x7f\xc2\x85\xe2\x80\xa8\xff'", DDBEXPR_JSON_TYPED, 0,
                   "{\"S\":\"a\\\"\\\\\\n\\u0001\\u007f\\u0085\\u2028\xef\xbf\xbd\"}");
}

static void random_value(struct prng *p, char *out, unsigned depth)
{
    unsigned kind = prng_below(p, depth ? 8 : 5);
    if (kind == 0)
        sprintf(out, "'t%u\xc3\xa9'", prng_below(p, 1000));
    else if (kind == 1)
        sprintf(out, "%d.%u", (int)prng_below(p, 2000) - 1000, prng_below(p, 1000));
    else if (kind == 2)
        sprintf(out, "b'%u'", prng_below(p, 100000));
    else if (kind == 3)
        sprintf(out, "%s", prng_once_in(p, 2) ? "null" : prng_once_in(p, 2) ? "true" : "false");
    else if (kind == 4)
        sprintf(out, "<%u, %u.5>", prng_below(p, 10), prng_below(p, 10));
    else {
        unsigned count = prng_below(p, 4);
        out += sprintf(out, kind == 5 ? "[" : "{");
        for (unsigned i = 0; i < count; i++) {
            out += kind == 5 ? sprintf(out, "%s", i ? ", " : "") : sprintf(out, "%sk%u: ", i ? ", " : "", i);
            random_value(p, out, depth - 1);
            out += strlen(out);
        }
        sprintf(out, kind == 5 ? "]" : "}");
    }
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    struct prng p = {7};
    for (int i = 0; i < 3000; i++) {
        struct kit k;
        kit_open(&k);
        char inner[16384], notation[16400];
        random_value(&p, inner, 4);
        sprintf(notation, "{v: %s}", inner);
        const ddbexpr_value *item = value_of(k.arena, notation), *again = NULL;
        assert_int_equal(ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, (unsigned)i % 3, k.text), DDBEXPR_OK);
        assert_int_equal(
            ddbexpr_json_read_item(k.arena, ddbexpr_buffer_text(k.text), DDBEXPR_JSON_TYPED, k.diags, &again),
            DDBEXPR_OK);
        assert_true(ddbexpr_value_equal(item, again));
        kit_close(&k);
    }
}

static void questions_must_be_whole(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "5",
        "{}",
        "{\"op\": 1}",
        "{\"op\": \"Nothing\", \"request\": {}}",
        "{\"op\": \"GetItem\"}",
        "{\"op\": \"GetItem\", \"request\": {}}",
        "{\"op\": \"GetItem\", \"key\": {}, \"request\": {}}",
        "{\"op\": \"GetItem\", \"key\": {\"a\": \"L\"}, \"request\": {}}",
        "{\"op\": \"GetItem\", \"key\": {\"a\": \"S\"}, \"items\": {}, \"request\": {}}",
        "{\"op\": \"GetItem\", \"key\": {\"a\": \"S\"}, \"items\": [{\"a\": {\"SS\": []}}], \"request\": {}}",
        "{\"op\": \"GetItem\", \"tables\": {}, \"request\": {}}",
        "{\"op\": \"GetItem\", \"tables\": {\"T\": 5}, \"request\": {}}",
        "{\"op\": \"Query\", \"key\": {\"a\": \"S\"}, \"request\": {\"Limit\": \"5\"}}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct kit k;
        ddbexpr_question q = {.size = 77};
        kit_open(&k);
        assert_int_equal(ddbexpr_json_read_question(k.arena, ddbexpr_cstr(bad[i]), k.diags, &q), DDBEXPR_INVALID);
        assert_int_equal(q.size, 77);
        assert_non_null(ddbexpr_diags_verdict(k.diags));
        kit_close(&k);
    }
}

static void requests_are_read(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_request r;
    assert_int_equal(
        ddbexpr_json_read_request(
            k.arena, DDBEXPR_QUERY,
            STR("{\"TableName\": \"T\", \"KeyConditionExpression\": \"\", \"Limit\": 3, \"ScanIndexForward\": false,"
                "\"ExpressionAttributeNames\": {}, \"KeyConditions\": {}, \"Unknown\": [1]}"),
            k.diags, &r),
        DDBEXPR_OK);
    assert_str_is(r.table_name, "T");
    assert_non_null(r.key_condition_expression.ptr);
    assert_int_equal(r.key_condition_expression.len, 0);
    assert_null(r.filter_expression.ptr);
    assert_true(r.limit_given && r.limit == 3 && r.scan_backward && r.names_given && !r.values_given);
    assert_int_equal(r.legacy_count, 1);
    assert_false(r.legacy_in_effect);
    const ddbexpr_request *actions = NULL;
    size_t count = 0;
    assert_int_equal(ddbexpr_json_read_actions(k.arena,
                                               STR("[{\"Put\": {\"Item\": {}}}, {\"Delete\": {}, \"Put\": {}}, {}]"),
                                               k.diags, &actions, &count),
                     DDBEXPR_OK);
    assert_int_equal(count, 3);
    assert_int_equal(actions[0].operation, DDBEXPR_PUT_ITEM);
    assert_true(actions[1].action_malformed && actions[1].action_ambiguous);
    assert_true(actions[2].action_malformed && !actions[2].action_ambiguous);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_items_are_read),
        cmocka_unit_test(plain_items_are_read),
        cmocka_unit_test(wrong_shapes_are_serialization_exceptions),
        cmocka_unit_test(what_the_service_refuses_is_told_later),
        cmocka_unit_test(depth_becomes_a_fault),
        cmocka_unit_test(items_come_in_four_shapes),
        cmocka_unit_test(a_bad_line_is_told_with_its_place),
        cmocka_unit_test(values_are_written),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(questions_must_be_whole),
        cmocka_unit_test(requests_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
