/* SPDX-License-Identifier: Apache-2.0 */
/* Looking into a JSON document and telling what is wrong in it (document.c), and parsing a part of a text (parse.c). */
#include "kit.h"
#include "prng.h"

#include "json/document.h"

static struct json_document document_of(struct kit *k, str text)
{
    struct json_document d;
    assert_int_equal(json_parse(k->arena, text, k->diags, &d), DDBEXPR_OK);
    return d;
}

static void members_are_found_by_name(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct json_document d =
        document_of(&k, STR("{\"a\": {\"c\": 1}, \"b\": null, \"\": [2], \"a\\u0000b\": true, \"c\": \"x\"}"));
    assert_int_equal(d.nodes[0].count, 5);
    assert_int_equal(d.nodes[json_member(&d, 0, STR("a"))].kind, JSON_KIND_OBJECT);
    assert_int_equal(json_member(&d, 0, STR("b")), 0); /* null is not there */
    assert_int_equal(d.nodes[json_member(&d, 0, STR(""))].kind, JSON_KIND_ARRAY);
    assert_int_equal(d.nodes[json_member(&d, 0, STR("a\0b"))].kind, JSON_KIND_TRUE);
    assert_int_equal(d.nodes[json_member(&d, 0, STR("c"))].kind, JSON_KIND_STRING); /* not the one inside a */
    assert_int_equal(json_member(&d, 0, STR("A")), 0);
    assert_int_equal(json_member(&d, json_member(&d, 0, STR("a")), STR("b")), 0);
    kit_close(&k);
}

static void string_members_are_strings(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct json_document d = document_of(&k, STR("{\"s\": \"\\u0041\", \"n\": 5, \"o\": {}, \"z\": null}"));
    str text = STR("untouched");
    assert_int_equal(json_string_member(&d, 0, STR("none"), &text), DDBEXPR_OK);
    assert_int_equal(json_string_member(&d, 0, STR("z"), &text), DDBEXPR_OK);
    assert_str_is(text, "untouched");
    assert_int_equal(json_string_member(&d, 0, STR("n"), &text), DDBEXPR_INVALID);
    assert_int_equal(json_string_member(&d, 0, STR("o"), &text), DDBEXPR_INVALID);
    assert_str_is(text, "untouched");
    assert_codes(&k, "DX904 DX904");
    assert_spanned(&k, 0, "5");
    assert_spanned(&k, 1, "{}");
    assert_int_equal(json_string_member(&d, 0, STR("s"), &text), DDBEXPR_OK);
    assert_str_is(text, "A");
    kit_close(&k);
}

/* What stands there and what should, in the service's words. */
static void assert_expected(const char *text, enum json_kind kind, const char *message)
{
    struct kit k;
    kit_open(&k);
    struct json_document d = document_of(&k, ddbexpr_cstr(text));
    ddbexpr_status status = kind == JSON_KIND_STRING ? json_expect_string(&d, 0) : json_expect(&d, 0, kind);
    assert_int_equal(status, message ? DDBEXPR_INVALID : DDBEXPR_OK);
    assert_verdict(&k, message ? message : "(accepted)");
    if (message)
        assert_spanned(&k, 0, text);
    kit_close(&k);
}

static void wrong_kinds_are_told_as_the_service_tells_them(void **state)
{
    (void)state;
    static const char start[] = "Start of structure or map found where not expected";
    static const char token[] = "Unexpected token received from parser";
    assert_expected("\"x\"", JSON_KIND_STRING, NULL);
    assert_expected("5", JSON_KIND_STRING, "NUMBER_VALUE cannot be converted to String");
    assert_expected("true", JSON_KIND_STRING, "TRUE_VALUE cannot be converted to String");
    assert_expected("false", JSON_KIND_STRING, "FALSE_VALUE cannot be converted to String");
    assert_expected("null", JSON_KIND_STRING, "NULL_VALUE cannot be converted to String");
    assert_expected("{}", JSON_KIND_STRING, start);
    assert_expected("[]", JSON_KIND_STRING, start);
    assert_expected("{}", JSON_KIND_OBJECT, NULL);
    assert_expected("[]", JSON_KIND_OBJECT, start);
    assert_expected("5", JSON_KIND_OBJECT, token);
    assert_expected("[]", JSON_KIND_ARRAY, NULL);
    assert_expected("{}", JSON_KIND_ARRAY, start);
    assert_expected("\"x\"", JSON_KIND_ARRAY, token);
    assert_expected("null", JSON_KIND_ARRAY, token);
}

static void one_value_of_several_can_be_parsed(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": 1} [2,3] \"x\" ]";
    struct kit k;
    kit_open(&k);
    struct json_document d;
    size_t at = 0;
    static const char *const values[] = {"{\"a\": 1}", "[2,3]", "\"x\""};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(json_parse_at(k.arena, ddbexpr_cstr(text), at, k.diags, &d), DDBEXPR_OK);
        assert_str_is(str_slice(d.text, d.nodes[0].span), values[i]); /* places are those in the whole text */
        at = d.nodes[0].span.end;
        assert_int_equal(json_expect_end(&d, at), DDBEXPR_INVALID);
    }
    assert_codes(&k, "DX901 DX901 DX901");
    ddbexpr_diags_clear(k.diags);
    assert_int_equal(json_parse_at(k.arena, ddbexpr_cstr(text), at, k.diags, &d), DDBEXPR_INVALID);
    assert_spanned(&k, 0, "]");
    assert_int_equal(ddbexpr_diag_span(ddbexpr_diags_at(k.diags, 0)).start, sizeof text - 2);
    kit_close(&k);
}

/* An empty text may come without a pointer. */
static void nothing_is_no_json(void **state)
{
    (void)state;
    struct kit k;
    struct json_document d;
    kit_open(&k);
    assert_int_equal(json_parse(k.arena, str_of(NULL, 0), k.diags, &d), DDBEXPR_INVALID);
    assert_codes(&k, "DX901");
    assert_int_equal(json_parse(k.arena, str_of(NULL, 0), NULL, &d), DDBEXPR_INVALID);
    kit_close(&k);
}

static void a_text_that_is_too_long_is_not_looked_at(void **state)
{
    (void)state;
    struct kit k;
    struct json_document d;
    kit_open(&k);
    assert_int_equal(json_parse(k.arena, str_of("[]", (size_t)INT32_MAX + 1), k.diags, &d), DDBEXPR_LIMIT);
    assert_int_equal(ddbexpr_diags_count(k.diags), 0);
    kit_close(&k);
}

/* The nodes of a document tile it: each ends where the next begins or inside its container, counts add up, spans lie
 * inside their container's span, and what a span holds parses to the same. */
static uint32_t check_node(const struct json_document *d, uint32_t at, uint32_t limit)
{
    const struct json_node *node = &d->nodes[at];
    assert_true(node->next > at && node->next <= limit);
    assert_true(node->span.start < node->span.end && node->span.end <= d->text.len);
    bool object = node->kind == JSON_KIND_OBJECT;
    if (!object && node->kind != JSON_KIND_ARRAY) {
        assert_int_equal(node->next, at + 1);
        return node->next;
    }
    uint32_t child = at + 1, place = node->span.start + 1;
    for (uint32_t i = 0; i < node->count; i++) {
        for (int part = object ? 0 : 1; part < 2; part++) {
            assert_true(d->nodes[child].span.start >= place);
            assert_true(part == 1 || d->nodes[child].kind == JSON_KIND_STRING);
            place = d->nodes[child].span.end;
            child = check_node(d, child, node->next);
        }
    }
    assert_int_equal(child, node->next);
    assert_true(place < node->span.end);
    return child;
}

static size_t put_random(struct prng *p, char *out, unsigned depth)
{
    static const char *const scalars[] = {"0",    "-1.5e9", "\"\"", "\"\\n\\u00e9\"",
                                          "true", "false",  "null", "\"\xf0\x9f\x98\x80\""};
    static const char *const blanks[] = {"", " ", "\n\t", ""};
    unsigned kind = prng_below(p, depth ? 4 : 2), count = prng_below(p, 4);
    if (kind < 2)
        return (size_t)sprintf(out, "%s", scalars[prng_below(p, 8)]);
    size_t n = (size_t)sprintf(out, kind == 2 ? "[" : "{");
    for (unsigned i = 0; i < count; i++) {
        n += (size_t)sprintf(out + n, "%s%s", i ? "," : "", blanks[prng_below(p, 4)]);
        if (kind == 3)
            n += (size_t)sprintf(out + n, "\"k%u\"%s:", i, blanks[prng_below(p, 4)]);
        n += put_random(p, out + n, depth - 1);
        n += (size_t)sprintf(out + n, "%s", blanks[prng_below(p, 4)]);
    }
    return n + (size_t)sprintf(out + n, kind == 2 ? "]" : "}");
}

static void nodes_tile_the_text(void **state)
{
    (void)state;
    struct prng p = {21};
    char text[16384];
    for (int round = 0; round < 5000; round++) {
        struct kit k;
        kit_open(&k);
        size_t length = put_random(&p, text, 5);
        char *exact = malloc(length);
        assert_non_null(exact);
        memcpy(exact, text, length);
        struct json_document d = document_of(&k, str_of(exact, length));
        assert_int_equal(check_node(&d, 0, d.count), d.count);
        assert_int_equal(d.nodes[0].span.end - d.nodes[0].span.start, length);
        free(exact);
        kit_close(&k);
    }
}

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
    static const char text[] = "[{\"\\u0061\": 1, \"b\": \"\\\\\"}, {\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,"
                               "\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":11,\"l\":12,\"m\":13,\"n\":14,\"o\":15,\"p\":16,"
                               "\"q\":17,\"r\":18,\"s\":19,\"t\":20}, [[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]]]";
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        struct json_document d;
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = json_parse(a, ddbexpr_cstr(text), NULL, &d);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        if (status == DDBEXPR_OK)
            assert_int_equal(d.nodes[0].count, 3);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_found_by_name),
        cmocka_unit_test(string_members_are_strings),
        cmocka_unit_test(wrong_kinds_are_told_as_the_service_tells_them),
        cmocka_unit_test(one_value_of_several_can_be_parsed),
        cmocka_unit_test(nothing_is_no_json),
        cmocka_unit_test(a_text_that_is_too_long_is_not_looked_at),
        cmocka_unit_test(nodes_tile_the_text),
        cmocka_unit_test(every_failed_allocation_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
