/* SPDX-License-Identifier: Apache-2.0 */
/* The places of a request's members in its text (json/locate.c): strings with escapes, members, actions. */
#include "found.h"

#include "json/text.h"

/* --- offsets in strings --- */

/* Each byte of a text comes from where its character or escape begins. */
static void assert_offsets(const char *inside, const size_t *offsets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(json_raw_offset(ddbexpr_cstr(inside), i), offsets[i]);
}

#define OFFSETS(inside, ...)                                                                                           \
    assert_offsets(inside, (const size_t[]){__VA_ARGS__}, sizeof((const size_t[]){__VA_ARGS__}) / sizeof(size_t))

static void offsets_count_escapes_as_they_stand(void **state)
{
    (void)state;
    OFFSETS("", 0);
    OFFSETS("abc", 0, 1, 2, 3);
    OFFSETS("abc", 0, 1, 2, 3, 3); /* past the end */
    OFFSETS("a\\nb", 0, 1, 3, 4);
    OFFSETS("\\\"\\\\\\/", 0, 2, 4, 6);
    OFFSETS("\\u0041b", 0, 6, 7);
    OFFSETS("\\u00e9b", 0, 0, 6, 7);                /* two bytes */
    OFFSETS("\\u20acb", 0, 0, 0, 6, 7);             /* three */
    OFFSETS("\\ud83d\\ude00b", 0, 0, 0, 0, 12, 13); /* four, of a pair */
    OFFSETS("\xc3\xa9\\u0041", 0, 1, 2, 8);         /* as it is, then an escape */
    OFFSETS("\xf0\x9f\x98\x80\\t", 0, 1, 2, 3, 4, 6);
}

/* --- diagnostics --- */

/* The place of the first diagnostic of the only request. */
static void assert_place(const char *text, const char *code, const char *expected)
{
    struct found f;
    found_open(&f, text, NULL);
    assert_int_equal(f.count, 1);
    found_check(&f, 0);
    assert_string_equal(ddbexpr_diag_code(ddbexpr_diags_at(f.kit.diags, 0)), code);
    assert_str_is(found_at(&f, 0, 0), expected);
    found_close(&f);
}

#define KEY "\"Key\": {\"id\": {\"S\": \"1\"}}"

static void expressions_are_found_between_the_quotes(void **state)
{
    (void)state;
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE status\"}", "DX107", "status");
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE a,\\n\\t\\\"\"}", "DX101", "\\\"");
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE a, \\u0073tatus\"}", "DX107", "\\u0073tatus");
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE \\ud83d\\ude00\"}", "DX101", "\\ud83d\\ude00");
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE \xf0\x9f\x98\x80 a\"}", "DX101", "\xf0\x9f\x98\x80");
    assert_place("{" KEY ", \"ConditionExpression\": \"\"}", "DX102", "");
}

static void members_are_found_by_their_names(void **state)
{
    (void)state;
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE a\", \"ExpressionAttributeNames\": {\"#a\": \"b\"}}",
                 "DX111", "#a");
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE a\", \"ExpressionAttributeNames\": {}}", "DX113",
                 "ExpressionAttributeNames");
    assert_place("{" KEY ", \"UpdateExpression\": \"REMOVE a\", \"ExpressionAttributeValues\": "
                 "{\":a\": {\"N\": \"1\"}, \":\\u0062\": {\"NS\": []}}}",
                 "DX209", ":\\u0062");
    assert_place("{\"Item\": {\"id\": {\"S\": \"1\"}, \"a\": {\"N\": \"x\"}}, \"ConditionExpression\": \"b = a\"}",
                 "DX210", "a");
}

static void what_is_missing_is_the_request(void **state)
{
    (void)state;
    assert_place("  {\"UpdateExpression\": \"REMOVE a\"}", "DX821", "{");
    assert_place("{\"op\": \"GetItem\", \"request\": {\"ProjectionExpression\": \"a\"}}", "DX821", "{");
}

static void actions_have_places_of_their_own(void **state)
{
    (void)state;
    static const char text[] =
        "{\"TransactItems\": ["
        "{\"Put\": {\"Item\": {\"id\": {\"S\": \"1\"}}, \"ConditionExpression\": \"attribute_exists(id)\"}},"
        "{\"Delete\": {" KEY ", \"ConditionExpression\": \"\\u0061 = :v AND b = :v\", "
        "\"ExpressionAttributeValues\": {\":v\": {\"N\": \"1\"}, \":w\": {\"N\": \"1\"}}}},"
        "{\"Update\": {\"Key\": {\"id\": {\"S\": \"2\"}}, \"UpdateExpression\": \"SET a = :v\"}},"
        "{}]}";
    struct found f;
    found_open(&f, text, NULL);
    assert_int_equal(f.count, 1);
    assert_int_equal(f.requests[0].operation, DDBEXPR_TRANSACT_WRITE_ITEMS);
    ddbexpr_span span;
    const ddbexpr_span of_b = {11, 12};
    const ddbexpr_json_map *map = f.requests[0].map;
    assert_true(ddbexpr_json_map_locate(map, 1, DDBEXPR_SOURCE_CONDITION, STR(""), true, of_b, &span));
    assert_str_is(str_slice(f.text, (ddbexpr_span){span.start, span.start + 6}), "b = :v");
    assert_true(ddbexpr_json_map_locate(map, 1, DDBEXPR_SOURCE_VALUES, STR(":w"), false, of_b, &span));
    assert_str_is(str_slice(f.text, span), ":w");
    assert_true(ddbexpr_json_map_locate(map, 2, DDBEXPR_SOURCE_KEY, STR("id"), false, of_b, &span));
    assert_str_is(str_slice(f.text, (ddbexpr_span){span.start, span.end + 12}), "id\": {\"S\": \"2\"");
    assert_true(ddbexpr_json_map_locate(map, 2, DDBEXPR_SOURCE_VALUES, STR(":v"), false, of_b, &span));
    assert_str_is(str_slice(f.text, (ddbexpr_span){span.start, span.start + 7}), "{\"Key\":");
    assert_true(ddbexpr_json_map_locate(map, 3, DDBEXPR_SOURCE_REQUEST, STR(""), false, of_b, &span));
    assert_str_is(str_slice(f.text, (ddbexpr_span){span.start, span.start + 2}), "{}");
    assert_false(ddbexpr_json_map_locate(map, 4, DDBEXPR_SOURCE_REQUEST, STR(""), false, of_b, &span));
    found_close(&f);
}

/* What has no shape is told in the request's own text; its place is one of the whole. */
static void faults_of_shape_are_found(void **state)
{
    (void)state;
    struct found f;
    found_open(&f,
               "[{" KEY ", \"UpdateExpression\": \"REMOVE a\"}, {\"Key\": {\"id\": {\"S\": 1}}, "
               "\"UpdateExpression\": \"REMOVE a\"}]",
               NULL);
    assert_int_equal(f.count, 2);
    assert_int_equal(ddbexpr_json_read_found(f.kit.arena, &f.requests[1], f.kit.diags, &f.request), DDBEXPR_INVALID);
    assert_codes(&f.kit, "DX904");
    assert_str_is(found_at(&f, 1, 0), "1");
    const ddbexpr_diag *d = ddbexpr_diags_at(f.kit.diags, 0);
    ddbexpr_span whole = ddbexpr_json_map_span(f.requests[1].map);
    assert_str_equal(ddbexpr_diag_text(d), str_slice(f.text, whole));
    assert_int_equal(ddbexpr_json_read_found(f.kit.arena, &f.requests[1], NULL, &f.request), DDBEXPR_INVALID);
    found_close(&f);
}

/* Where a member has not the shape that it should have, its place is all the same. */
static void odd_members_have_places(void **state)
{
    (void)state;
    static const char text[] =
        "{\"op\": \"TransactWriteItems\", \"ConditionExpression\": 5, \"ExpressionAttributeNames\": [\"#a\"], "
        "\"ExpressionAttributeValues\": null, \"Key\": {\"id\": 1}, \"TransactItems\": [7, {\"Put\": 5}, {\"Put\": {}, "
        "\"Delete\": {}}]}";
    static const struct {
        int action;
        ddbexpr_source source;
        const char *member, *place;
    } rows[] = {
        {-1, DDBEXPR_SOURCE_CONDITION, "", "ConditionExpression"},
        {-1, DDBEXPR_SOURCE_NAMES, "#a", "ExpressionAttributeNames"},
        {-1, DDBEXPR_SOURCE_VALUES, ":v", "ExpressionAttributeValues"},
        {-1, DDBEXPR_SOURCE_KEY, "id", "id"},
        {-1, DDBEXPR_SOURCE_KEY, "", "Key"},
        {-1, DDBEXPR_SOURCE_UPDATE, "", "{"},
        {0, DDBEXPR_SOURCE_UPDATE, "", "7"},
        {1, DDBEXPR_SOURCE_UPDATE, "", "{"},
        {2, DDBEXPR_SOURCE_UPDATE, "", "{"},
        {3, DDBEXPR_SOURCE_UPDATE, "", NULL},
    };
    struct found f;
    ddbexpr_span span;
    const ddbexpr_span two = {1, 3};
    found_open(&f, text, NULL);
    assert_int_equal(f.count, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool found = ddbexpr_json_map_locate(f.requests[0].map, rows[i].action, rows[i].source,
                                             ddbexpr_cstr(rows[i].member), true, two, &span);
        assert_int_equal(found, rows[i].place != NULL);
        if (found)
            assert_str_is(str_slice(f.text, span), rows[i].place);
    }
    found_close(&f);
    static const char *const without[] = {"{" KEY ", \"UpdateExpression\": \"REMOVE a\"}",
                                          "{" KEY ", \"UpdateExpression\": \"REMOVE a\", \"TransactItems\": {}}"};
    for (size_t i = 0; i < 2; i++) {
        found_open(&f, without[i], NULL);
        assert_false(ddbexpr_json_map_locate(f.requests[0].map, 0, DDBEXPR_SOURCE_UPDATE, STR(""), false, two, &span));
        found_close(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_count_escapes_as_they_stand),
        cmocka_unit_test(expressions_are_found_between_the_quotes),
        cmocka_unit_test(members_are_found_by_their_names),
        cmocka_unit_test(what_is_missing_is_the_request),
        cmocka_unit_test(actions_have_places_of_their_own),
        cmocka_unit_test(faults_of_shape_are_found),
        cmocka_unit_test(odd_members_have_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
