/* SPDX-License-Identifier: Apache-2.0 */
/* JSON to attribute values (decode.c): which fault a value has, what is told at once, what is borrowed. */
#include "kit.h"

#include "json/decode.h"

/* The value of a text, read from an exact-length copy that lives as long as the kit's arena. */
static ddbexpr_status decode(struct kit *k, const char *text, ddbexpr_json_form form, const ddbexpr_value **ret)
{
    size_t length = strlen(text);
    char *copy = ddbexpr_arena_alloc(k->arena, length + 1);
    assert_non_null(copy);
    memcpy(copy, text, length);
    struct json_document d;
    ddbexpr_diags_clear(k->diags);
    ddbexpr_status status = json_parse(k->arena, str_of(copy, length), k->diags, &d);
    return status == DDBEXPR_OK ? json_decode_value(&d, 0, form, ret) : status;
}

static void assert_typed(const char *text, const char *expected)
{
    struct kit k;
    const ddbexpr_value *v = NULL;
    kit_open(&k);
    assert_int_equal(decode(&k, text, DDBEXPR_JSON_TYPED, &v), DDBEXPR_OK);
    assert_value_is(v, expected);
    assert_false(ddbexpr_value_is_faulty(v));
    kit_close(&k);
}

static void every_type_is_read(void **state)
{
    (void)state;
    assert_typed("{\"S\": \"\"}", "''");
    assert_typed("{\"S\": \"a\\u0000b\"}", "'a\\0b'");
    assert_typed("{\"N\": \"1e2\"}", "100");
    assert_typed("{\"B\": \"\"}", "b''");
    assert_typed("{\"BOOL\": true}", "true");
    assert_typed("{\"NULL\": true}", "null");
    assert_typed("{\"L\": []}", "[]");
    assert_typed("{\"M\": {\"\\u0053\": {\"\\u0053\": \"x\"}}}", "{S: 'x'}"); /* escapes in names and tags */
    assert_typed("{\"SS\": [\"b\", \"\", \"a\"]}", "<'', 'a', 'b'>");
    assert_typed("{\"NS\": [\"10\", \"9\"]}", "<9, 10>");
    assert_typed("{\"BS\": [\"Yg==\", \"YQ==\"]}", "<b'a', b'b'>");
}

/* null is a member that was not sent, and a member that is no type counts as none. */
static void members_that_do_not_count(void **state)
{
    (void)state;
    assert_typed("{\"S\": \"x\", \"N\": null}", "'x'");
    assert_typed("{\"s\": 5, \"S\": \"x\", \"Ss\": {}}", "'x'");
    assert_typed("{\"M\": {\"a\": null, \"b\": {\"N\": \"1\"}}}", "{b: 1}");
}

/* The fault of a value, as a condition that uses it is refused. */
static void assert_fault(const char *text, ddbexpr_json_form form, const char *message)
{
    struct kit k;
    const ddbexpr_value *v = NULL;
    kit_open(&k);
    assert_int_equal(decode(&k, text, form, &v), DDBEXPR_OK);
    const ddbexpr_value_binding binding = {STR(":v"), v};
    const ddbexpr_bindings b = {.size = sizeof b, .values = &binding, .value_count = 1};
    ddbexpr_program *program = NULL;
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR("a = :v"), &b, &k.memory.alloc, k.diags, &program),
                     DDBEXPR_INVALID);
    static const char before[] = "ExpressionAttributeValues contains invalid value: ", after[] = " for key :v";
    str actual = ddbexpr_diag_service_message(ddbexpr_diags_verdict(k.diags));
    assert_true(actual.len > sizeof before - 1 + sizeof after - 1);
    assert_str_is(str_of(actual.ptr + sizeof before - 1, actual.len - (sizeof before - 1) - (sizeof after - 1)),
                  message);
    kit_close(&k);
}

static const char no_type[] = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
static const char several[] =
    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
    "supported datatypes";
static const char not_numeric[] = "The parameter cannot be converted to a numeric value";
static const char too_deep[] = "Nesting Levels have exceeded supported limits: Attributes in the item have nested "
                               "levels beyond supported limit";

static void typed_fault(const char *text, const char *message) { assert_fault(text, DDBEXPR_JSON_TYPED, message); }

static void every_faulty_value_has_its_fault(void **state)
{
    (void)state;
    typed_fault("{}", no_type);
    typed_fault("{\"S\": null}", no_type);
    typed_fault("{\"s\": \"x\"}", no_type);
    typed_fault("{\"L\": [{}]}", no_type);
    typed_fault("{\"NULL\": false}",
                "One or more parameter values were invalid: Null attribute value types must have the value of true");
    typed_fault("{\"SS\": []}", "One or more parameter values were invalid: An string set  may not be empty");
    typed_fault("{\"NS\": []}", "One or more parameter values were invalid: An number set  may not be empty");
    typed_fault("{\"BS\": []}", "One or more parameter values were invalid: Binary sets should not be empty");
    typed_fault("{\"SS\": [\"b\", \"a\", \"b\"]}",
                "One or more parameter values were invalid: Input collection [b, a, b] contains duplicates.");
    typed_fault("{\"NS\": [\"1\", \"1.0\"]}", "Input collection contains duplicates");
    typed_fault("{\"N\": \"\"}", not_numeric);
    typed_fault("{\"N\": \" 1\"}", "The parameter cannot be converted to a numeric value:  1");
    typed_fault("{\"N\": \"0x1\"}", "The parameter cannot be converted to a numeric value: 0x1");
    typed_fault("{\"N\": \"123456789012345678901234567890123456789\"}",
                "Attempting to store more than 38 significant digits in a Number");
    typed_fault("{\"N\": \"1e126\"}",
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
    typed_fault("{\"N\": \"1e-131\"}",
                "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    typed_fault("{\"M\": {\"a\": {\"L\": [{\"N\": \"x\"}]}}}",
                "The parameter cannot be converted to a numeric value: x");
}

/* Several types at once, one of them faulty by itself: the faulty one is told first (dyl-bad-014, dyl-bad-035). */
static void the_faulty_one_of_several_types_is_told(void **state)
{
    (void)state;
    typed_fault("{\"S\": \"a\", \"N\": \"1\"}", several);
    typed_fault("{\"S\": \"\", \"M\": {}, \"L\": []}", several);
    typed_fault("{\"S\": \"a\", \"N\": null, \"x\": \"\", \"BOOL\": true}", several);
    typed_fault("{\"S\": \"a\", \"N\": \"\"}", not_numeric);
    typed_fault("{\"N\": \"b\", \"S\": \"a\"}", "The parameter cannot be converted to a numeric value: b");
    typed_fault("{\"S\": \"a\", \"SS\": []}",
                "One or more parameter values were invalid: An string set  may not be empty");
    typed_fault("{\"M\": {}, \"L\": [{\"S\": \"x\"}]}", several);
    typed_fault("{\"N\": \"b\", \"SS\": []}", "The parameter cannot be converted to a numeric value: b");
}

static void plain_numbers_may_be_faulty(void **state)
{
    (void)state;
    assert_fault("123456789012345678901234567890123456789", DDBEXPR_JSON_PLAIN,
                 "Attempting to store more than 38 significant digits in a Number");
    assert_fault("[{\"a\": 1e999999999999}]", DDBEXPR_JSON_PLAIN,
                 "Number overflow. Attempting to store a number with magnitude larger than supported range");
}

/* 31 levels are a value; more is one fault, also where it is so deep that nobody looks there. */
static void depth(ddbexpr_json_form form, const char *open, const char *close, int levels)
{
    static char text[40000];
    char *end = text;
    for (int i = 0; i < levels; i++)
        end += sprintf(end, "%s", open);
    end += sprintf(end, "%s", form == DDBEXPR_JSON_TYPED ? "{\"N\": \"1\"}" : "1");
    for (int i = 0; i < levels; i++)
        end += sprintf(end, "%s", close);
    if (levels > 31) {
        assert_fault(text, form, too_deep);
        return;
    }
    struct kit k;
    const ddbexpr_value *v = NULL;
    kit_open(&k);
    assert_int_equal(decode(&k, text, form, &v), DDBEXPR_OK);
    assert_false(ddbexpr_value_is_faulty(v));
    for (int i = 0; i < levels; i++)
        v = ddbexpr_value_at(v, 0);
    assert_value_is(v, "1");
    kit_close(&k);
}

static void depth_is_limited_in_every_form(void **state)
{
    (void)state;
    static const int levels[] = {1, 31, 32, 35, 36, 37, 38, 340};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        depth(DDBEXPR_JSON_TYPED, "{\"L\": [", "]}", levels[i]);
        depth(DDBEXPR_JSON_TYPED, "{\"M\": {\"a\": ", "}}", levels[i]);
        depth(DDBEXPR_JSON_PLAIN, "[", "]", levels[i]);
        depth(DDBEXPR_JSON_PLAIN, "{\"a\": ", "}", levels[i]);
    }
}

/* What has the wrong shape is told at once, however deep, with its place. */
static void assert_serialization(const char *text, const char *message, const char *spanned)
{
    struct kit k;
    const ddbexpr_value *v = NULL;
    kit_open(&k);
    assert_int_equal(decode(&k, text, DDBEXPR_JSON_TYPED, &v), DDBEXPR_INVALID);
    assert_null(v);
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    assert_verdict(&k, message);
    assert_spanned(&k, 0, spanned);
    kit_close(&k);
}

static void wrong_shapes_are_told_at_once(void **state)
{
    (void)state;
    static const char start[] = "Start of structure or map found where not expected";
    static const char token[] = "Unexpected token received from parser";
    assert_serialization("\"x\"", token, "\"x\"");
    assert_serialization("[]", start, "[]");
    assert_serialization("{\"S\": 1}", "NUMBER_VALUE cannot be converted to String", "1");
    assert_serialization("{\"S\": []}", start, "[]");
    assert_serialization("{\"N\": 1}", "NUMBER_VALUE cannot be converted to String", "1");
    assert_serialization("{\"N\": false}", "FALSE_VALUE cannot be converted to String", "false");
    assert_serialization("{\"B\": 1}", "NUMBER_VALUE cannot be converted to String", "1");
    assert_serialization("{\"BOOL\": 1}", "NUMBER_VALUE cannot be converted to Boolean", "1");
    assert_serialization("{\"BOOL\": \"true\"}", "STRING_VALUE cannot be converted to Boolean", "\"true\"");
    assert_serialization("{\"BOOL\": {}}", start, "{}");
    assert_serialization("{\"NULL\": \"\"}", "STRING_VALUE cannot be converted to Boolean", "\"\"");
    assert_serialization("{\"L\": {}}", start, "{}");
    assert_serialization("{\"L\": [5]}", token, "5");
    assert_serialization("{\"L\": [null]}", token, "null");
    assert_serialization("{\"M\": []}", start, "[]");
    assert_serialization("{\"M\": {\"a\": 5}}", token, "5");
    assert_serialization("{\"SS\": \"x\"}", token, "\"x\"");
    assert_serialization("{\"SS\": {}}", start, "{}");
    assert_serialization("{\"SS\": [\"a\", null]}", "NULL_VALUE cannot be converted to String", "null");
    assert_serialization("{\"NS\": [1]}", "NUMBER_VALUE cannot be converted to String", "1");
    assert_serialization("{\"M\": {\"a\": {\"L\": [{\"S\": \"x\"}, {\"BS\": [\"*\"]}]}}}",
                         "Base64 encoded length is expected a multiple of 4 bytes, with the standard alphabet",
                         "\"*\"");
    assert_serialization("{\"S\": \"a\", \"N\": 1}", "NUMBER_VALUE cannot be converted to String", "1");
}

/* Strings without escapes point into the text; others are copies. */
static void strings_are_borrowed_where_they_can_be(void **state)
{
    (void)state;
    static const char text[] = "{\"name\": {\"L\": [{\"S\": \"borrowed\"}, {\"S\": \"copied\\n\"}]}}";
    struct kit k;
    struct json_document d;
    const ddbexpr_value *item = NULL;
    kit_open(&k);
    assert_int_equal(json_parse(k.arena, ddbexpr_cstr(text), k.diags, &d), DDBEXPR_OK);
    assert_int_equal(json_decode_item(&d, 0, DDBEXPR_JSON_TYPED, &item), DDBEXPR_OK);
    const ddbexpr_value *list = ddbexpr_value_at(item, 0);
    assert_ptr_equal(ddbexpr_value_name_at(item, 0).ptr, strstr(text, "name"));
    assert_ptr_equal(ddbexpr_value_bytes(ddbexpr_value_at(list, 0)).ptr, strstr(text, "borrowed"));
    const char *copy = ddbexpr_value_bytes(ddbexpr_value_at(list, 1)).ptr;
    assert_true(copy < text || copy >= text + sizeof text);
    kit_close(&k);
}

static void tags_are_found_by_their_whole_name(void **state)
{
    (void)state;
    ddbexpr_type type;
    for (int i = 0; i < DDBEXPR_TYPE_COUNT; i++) {
        assert_true(json_find_type(ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)i)), &type));
        assert_int_equal(type, i);
    }
    static const char *const others[] = {"", "s", "SSS", "BOO", "BOOLE", "NUL", "X", "LS", "MS", "null", "bool"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(json_find_type(ddbexpr_cstr(others[i]), &type));
    assert_false(json_find_type(STR("S\0"), &type));
}

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"a\": {\"L\": [{\"M\": {\"b\\n\": {\"S\": \"\\u0041\"}}}, {\"B\": \"YWI=\"}]}, \"c\": {\"NS\": [\"2\", "
        "\"1\"]}}",
        "{\"a\": {\"S\": \"x\", \"N\": \"\"}, \"b\": {\"S\": \"x\", \"M\": {\"y\": {}}}, \"c\": {\"SS\": [\"a\", "
        "\"a\"]}}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            struct json_document d;
            const ddbexpr_value *item = NULL;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = json_parse(a, ddbexpr_cstr(texts[i]), NULL, &d);
            if (status == DDBEXPR_OK)
                status = json_decode_item(&d, 0, DDBEXPR_JSON_TYPED, &item);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(item != NULL, !t.failed);
            if (item)
                assert_int_equal(ddbexpr_value_is_faulty(item), i == 1);
            ddbexpr_arena_free(a);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_read),
        cmocka_unit_test(members_that_do_not_count),
        cmocka_unit_test(every_faulty_value_has_its_fault),
        cmocka_unit_test(the_faulty_one_of_several_types_is_told),
        cmocka_unit_test(plain_numbers_may_be_faulty),
        cmocka_unit_test(depth_is_limited_in_every_form),
        cmocka_unit_test(wrong_shapes_are_told_at_once),
        cmocka_unit_test(strings_are_borrowed_where_they_can_be),
        cmocka_unit_test(tags_are_found_by_their_whole_name),
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
