/* SPDX-License-Identifier: Apache-2.0 */
/* The three forms of a printed tree. Knows nothing of parsing but that it gives trees. */
#include "support.h"

#include <ddbexpr/expression.h>

#include <jansson.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* --- helpers --- */

static ddbexpr_buffer *printed(ddbexpr_kind kind, const char *text, ddbexpr_tree_form form)
{
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(kind, ddbexpr_cstr(text), NULL, NULL, &expression), DDBEXPR_OK);
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_expression_print(expression, form, out), DDBEXPR_OK);
    ddbexpr_expression_free(expression);
    return out;
}

static void check_print(ddbexpr_kind kind, const char *text, ddbexpr_tree_form form, const char *expected)
{
    ddbexpr_buffer *out = printed(kind, text, form);
    assert_str_is(ddbexpr_buffer_text(out), expected);
    ddbexpr_buffer_free(out);
}

/* --- tests --- */

static void sexpr(void **state)
{
    (void)state;
    check_print(DDBEXPR_CONDITION, "a.#b[0] <= :v AND NOT (f(c) OR d IN (:x, e)) AND g BETWEEN :x AND size(h)",
                DDBEXPR_TREE_SEXPR,
                "(and (<= (path a #b [0]) :v) (not (or (call f (path c)) (in (path d) :x (path e)))) "
                "(between (path g) :x (call size (path h))))");
    check_print(DDBEXPR_UPDATE, "SET a = (b - :v), c = :w REMOVE d ADD e :x DELETE f :y", DDBEXPR_TREE_SEXPR,
                "(update (SET (action (path a) (- (path b) :v)) (action (path c) :w)) (REMOVE (action (path d))) "
                "(ADD (action (path e) :x)) (DELETE (action (path f) :y)))");
    check_print(DDBEXPR_PROJECTION, "a, b.c", DDBEXPR_TREE_SEXPR, "(projection (path a) (path b c))");
}

/* Blanks, the case of keywords and parentheses make no difference where the tree is the same. */
static void sexpr_equal_for_equal_trees(void **state)
{
    (void)state;
    static const char expected[] = "(or (not (= (path a) :v)) (call f (path b)))";
    static const char *const texts[] = {"NOT a = :v OR f(b)", "not(a=:v)or f ( b )", "(NOT (a) = :v OR (f((b))))"};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        check_print(DDBEXPR_FILTER, texts[i], DDBEXPR_TREE_SEXPR, expected);
    check_print(DDBEXPR_FILTER, "NOT (a = :v OR f(b))", DDBEXPR_TREE_SEXPR,
                "(not (or (= (path a) :v) (call f (path b))))");
}

static void text(void **state)
{
    (void)state;
    check_print(DDBEXPR_CONDITION, "(a.#b[0] = :v) AND NOT size(c) IN (:x)", DDBEXPR_TREE_TEXT,
                "and @0-38\n"
                "  comparison = @1-13 in parentheses\n"
                "    path a.#b[0] @1-8\n"
                "    value :v @11-13\n"
                "  not @19-38\n"
                "    in @23-38\n"
                "      call size @23-30\n"
                "        path c @28-29\n"
                "      value :x @35-37\n");
    check_print(DDBEXPR_UPDATE, "SET a = b + :v REMOVE c", DDBEXPR_TREE_TEXT,
                "update @0-23\n"
                "  SET @0-14\n"
                "    action @4-14\n"
                "      path a @4-5\n"
                "      arithmetic + @8-14\n"
                "        path b @8-9\n"
                "        value :v @12-14\n"
                "  REMOVE @15-23\n"
                "    action @22-23\n"
                "      path c @22-23\n");
}

static void json(void **state)
{
    (void)state;
    check_print(DDBEXPR_FILTER, "(a.#b[12]=:v)", DDBEXPR_TREE_JSON,
                "{\"kind\":\"FilterExpression\",\"tree\":"
                "{\"node\":\"comparison\",\"operator\":\"=\",\"span\":[1,12],\"parentheses\":1,\"children\":["
                "{\"node\":\"path\",\"span\":[1,9],\"steps\":[{\"name\":\"a\",\"span\":[1,2]},"
                "{\"placeholder\":\"#b\",\"span\":[3,5]},{\"index\":12,\"span\":[6,8]}]},"
                "{\"node\":\"value\",\"name\":\":v\",\"span\":[10,12]}]}}");
    check_print(DDBEXPR_UPDATE, "ADD a :v", DDBEXPR_TREE_JSON,
                "{\"kind\":\"UpdateExpression\",\"tree\":{\"node\":\"update\",\"span\":[0,8],\"children\":["
                "{\"node\":\"section\",\"section\":\"ADD\",\"span\":[0,8],\"children\":["
                "{\"node\":\"action\",\"section\":\"ADD\",\"span\":[4,8],\"children\":["
                "{\"node\":\"path\",\"span\":[4,5],\"steps\":[{\"name\":\"a\",\"span\":[4,5]}]},"
                "{\"node\":\"value\",\"name\":\":v\",\"span\":[6,8]}]}]}]}}");
}

static const struct {
    ddbexpr_kind kind;
    const char *text;
} samples[] = {
    {DDBEXPR_CONDITION, "f(a, g(b)) AND c = :v OR NOT (d BETWEEN :x AND :y) AND e IN (:x, :y)"},
    {DDBEXPR_FILTER, "a <> b OR a < b OR a <= b OR a > b OR a >= b"},
    {DDBEXPR_KEY_CONDITION, "#p = :p AND begins_with(#s, :s)"},
    {DDBEXPR_UPDATE, "SET a = b + :v, c[0] = (d - e) REMOVE f, g ADD h :v DELETE i :w SET j = k"},
    {DDBEXPR_PROJECTION, "a, b.c[99999999999999999999], #d"},
};

static void json_is_json(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        ddbexpr_buffer *out = printed(samples[i].kind, samples[i].text, DDBEXPR_TREE_JSON);
        str printed_json = ddbexpr_buffer_text(out);
        json_error_t error;
        json_t *value =
            json_loadb(printed_json.ptr, printed_json.len, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
        assert_non_null(value);
        assert_string_equal(json_string_value(json_object_get(value, "kind")), ddbexpr_kind_name(samples[i].kind));
        assert_true(json_is_object(json_object_get(value, "tree")));
        json_decref(value);
        ddbexpr_buffer_free(out);
    }
}

/* A tree as high as a text can make it is printed without recursion. */
static void deep(void **state)
{
    (void)state;
    static char nested[4096];
    size_t length = 0;
    for (int i = 0; i < 1365; i++, length += 2)
        memcpy(nested + length, "f(", 2);
    nested[length++] = 'a';
    memset(nested + length, ')', 1365);
    nested[length + 1365 - 1] = ')';
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(DDBEXPR_CONDITION, str_of(nested, length + 1365), NULL, NULL, &expression),
                     DDBEXPR_OK);
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    const ddbexpr_tree_form forms[] = {DDBEXPR_TREE_TEXT, DDBEXPR_TREE_JSON, DDBEXPR_TREE_SEXPR};
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        ddbexpr_buffer_clear(out);
        assert_int_equal(ddbexpr_expression_print(expression, forms[i], out), DDBEXPR_OK);
    }
    str sexpr_text = ddbexpr_buffer_text(out);
    assert_int_equal(sexpr_text.len, 1365 * strlen("(call f )") + strlen("(path a)"));
    ddbexpr_buffer_free(out);
    ddbexpr_expression_free(expression);
}

static void appends(void **state)
{
    (void)state;
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(DDBEXPR_PROJECTION, STR("a"), NULL, NULL, &expression), DDBEXPR_OK);
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_append(out, STR("> ")), DDBEXPR_OK);
    assert_int_equal(ddbexpr_expression_print(expression, DDBEXPR_TREE_SEXPR, out), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(out), "> (projection (path a))");
    ddbexpr_buffer_free(out);
    ddbexpr_expression_free(expression);
}

static void failing_allocations(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        for (int form = DDBEXPR_TREE_TEXT; form <= DDBEXPR_TREE_SEXPR; form++) {
            ddbexpr_expression *expression = NULL;
            assert_int_equal(ddbexpr_parse(samples[i].kind, ddbexpr_cstr(samples[i].text), NULL, NULL, &expression),
                             DDBEXPR_OK);
            struct test_alloc t;
            FOR_EACH_FAILURE(t)
            {
                ddbexpr_buffer *out = NULL;
                ddbexpr_status status = ddbexpr_buffer_new(&t.alloc, &out);
                if (status == DDBEXPR_OK)
                    status = ddbexpr_expression_print(expression, (ddbexpr_tree_form)form, out);
                assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
                ddbexpr_buffer_free(out);
            }
            ddbexpr_expression_free(expression);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sexpr),        cmocka_unit_test(sexpr_equal_for_equal_trees),
        cmocka_unit_test(text),         cmocka_unit_test(json),
        cmocka_unit_test(json_is_json), cmocka_unit_test(deep),
        cmocka_unit_test(appends),      cmocka_unit_test(failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
