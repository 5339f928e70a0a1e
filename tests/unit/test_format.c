/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical form: spacing, case, line breaks; that formatting keeps the tree, and twice is as good as once. */
#include "support.h"

#include "base/limits.h"

#include <ddbexpr/expression.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* --- helpers --- */

static ddbexpr_expression *parse(ddbexpr_kind kind, str text)
{
    ddbexpr_expression *expression = NULL;
    ddbexpr_status status = ddbexpr_parse_lenient(kind, text, NULL, NULL, &expression);
    if (status != DDBEXPR_OK)
        test_print_str("refused:  ", text);
    assert_int_equal(status, DDBEXPR_OK);
    return expression;
}

static ddbexpr_buffer *formatted(ddbexpr_kind kind, str text, const ddbexpr_format_options *options)
{
    ddbexpr_expression *expression = parse(kind, text);
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_expression_format(expression, options, out), DDBEXPR_OK);
    ddbexpr_expression_free(expression);
    return out;
}

static void check_width(ddbexpr_kind kind, unsigned width, const char *text, const char *expected)
{
    const ddbexpr_format_options options = {sizeof options, width, false};
    ddbexpr_buffer *out = formatted(kind, ddbexpr_cstr(text), &options);
    assert_str_is(ddbexpr_buffer_text(out), expected);
    ddbexpr_buffer_free(out);
}

static void check_line(ddbexpr_kind kind, const char *text, const char *expected)
{
    check_width(kind, 0, text, expected);
}

static ddbexpr_buffer *tree_of(ddbexpr_kind kind, str text)
{
    ddbexpr_expression *expression = parse(kind, text);
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_expression_print(expression, DDBEXPR_TREE_SEXPR, out), DDBEXPR_OK);
    ddbexpr_expression_free(expression);
    return out;
}

/* Equal but for blanks: no token is lost, parentheses included. `keywords` must already be in upper case in `a`. */
static void check_same_tokens(str a, str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && strchr(" \n\r\t", a.ptr[i]))
            i++;
        while (k < b.len && strchr(" \n\r\t", b.ptr[k]))
            k++;
        if (i == a.len || k == b.len)
            break;
        assert_int_equal(a.ptr[i++], b.ptr[k++]);
    }
    assert_int_equal(i, a.len);
    assert_int_equal(k, b.len);
}

/* At every width: the same tokens, the same tree, and nothing changes the second time. */
static void check_properties(ddbexpr_kind kind, str text)
{
    ddbexpr_buffer *tree = tree_of(kind, text);
    for (unsigned width = 1; width <= 121; width += 6) {
        const ddbexpr_format_options options = {sizeof options, width, width == 121};
        ddbexpr_buffer *once = formatted(kind, text, &options);
        str once_text = ddbexpr_buffer_text(once);
        check_same_tokens(text, once_text);
        ddbexpr_buffer *once_tree = tree_of(kind, once_text);
        assert_str_equal(ddbexpr_buffer_text(once_tree), ddbexpr_buffer_text(tree));
        ddbexpr_buffer *twice = formatted(kind, once_text, &options);
        assert_str_equal(ddbexpr_buffer_text(twice), once_text);
        if (options.one_line && text.len < LIMIT_EXPRESSION_BYTES / 2)
            assert_null(memchr(once_text.ptr, '\n', once_text.len));
        ddbexpr_buffer_free(twice);
        ddbexpr_buffer_free(once_tree);
        ddbexpr_buffer_free(once);
    }
    ddbexpr_buffer_free(tree);
}

/* --- one line --- */

static void spacing(void **state)
{
    (void)state;
    check_line(DDBEXPR_CONDITION, "a=:v", "a = :v");
    check_line(DDBEXPR_CONDITION, "  a . b [ 0 ] . #c<>:v\n", "a.b[0].#c <> :v");
    check_line(DDBEXPR_CONDITION, "f( a,b )", "f(a, b)");
    check_line(DDBEXPR_CONDITION, "contains (a,:v)", "contains(a, :v)");
    check_line(DDBEXPR_CONDITION, "a\nBETWEEN\n:x\nAND\n:y", "a BETWEEN :x AND :y");
    check_line(DDBEXPR_CONDITION, "a IN(:x,:y ,b)", "a IN (:x, :y, b)");
    check_line(DDBEXPR_CONDITION, "NOT(a<b)AND(c>=d)OR(e)<=f", "NOT (a < b) AND (c >= d) OR (e) <= f");
    check_line(DDBEXPR_UPDATE, "SET a=b+:v,c=(d-e)REMOVE f,g ADD h:v DELETE i:w",
               "SET a = b + :v, c = (d - e) REMOVE f, g ADD h :v DELETE i :w");
    check_line(DDBEXPR_PROJECTION, "a,b.c,#d[1]", "a, b.c, #d[1]");
}

static void letter_case(void **state)
{
    (void)state;
    check_line(DDBEXPR_CONDITION, "not a in (:x) and b between :x and :y or c = :z",
               "NOT a IN (:x) AND b BETWEEN :x AND :y OR c = :z");
    check_line(DDBEXPR_UPDATE, "set a = :v remove b add c :v delete d :w", "SET a = :v REMOVE b ADD c :v DELETE d :w");
    check_line(DDBEXPR_CONDITION, "SIZE(Size) > :V AND Attribute_Exists(A)", "size(Size) > :V AND attribute_exists(A)");
    check_line(DDBEXPR_UPDATE, "SET a = List_Append(IF_NOT_EXISTS(a, :E), :v)",
               "SET a = list_append(if_not_exists(a, :E), :v)");
    check_line(DDBEXPR_CONDITION, "My_Function(a)", "My_Function(a)");
}

/* Parentheses are the writer's, redundant ones too. */
static void parentheses_are_kept(void **state)
{
    (void)state;
    check_line(DDBEXPR_CONDITION, "( ( a=:v ) and (b) = ( f( (c) ) ) )", "((a = :v) AND (b) = (f((c))))");
    check_line(DDBEXPR_CONDITION, "(((a = :v)))", "(((a = :v)))");
    check_line(DDBEXPR_CONDITION, "NOT ((f(a)))", "NOT ((f(a)))");
}

/* --- several lines --- */

static void chains(void **state)
{
    (void)state;
    check_width(DDBEXPR_CONDITION, 17, "a = :v AND b = :w", "a = :v AND b = :w");
    check_width(DDBEXPR_CONDITION, 16, "a = :v AND b = :w",
                "a = :v\n"
                "AND b = :w");
    check_width(DDBEXPR_CONDITION, 20, "a = :v AND b = :w OR c = :x AND d = :y",
                "a = :v AND b = :w\n"
                "OR c = :x AND d = :y");
    check_width(DDBEXPR_CONDITION, 16, "a = :v AND b = :w OR c = :x AND d = :y",
                "a = :v\n"
                "    AND b = :w\n"
                "OR c = :x\n"
                "    AND d = :y");
}

static void chains_in_parentheses(void **state)
{
    (void)state;
    check_width(DDBEXPR_CONDITION, 30, "f(a) AND (b = :v OR NOT (c = :w OR d = :x))",
                "f(a)\n"
                "AND (\n"
                "    b = :v\n"
                "    OR NOT (c = :w OR d = :x)\n"
                ")");
    check_width(DDBEXPR_CONDITION, 28, "f(a) AND (b = :v OR NOT (c = :w OR d = :x))",
                "f(a)\n"
                "AND (\n"
                "    b = :v\n"
                "    OR NOT (\n"
                "        c = :w\n"
                "        OR d = :x\n"
                "    )\n"
                ")");
    check_width(DDBEXPR_CONDITION, 20, "(aa = :v AND bb = :w) AND cc = :x OR dd = :y",
                "(\n"
                "    aa = :v\n"
                "    AND bb = :w\n"
                ")\n"
                "    AND cc = :x\n"
                "OR dd = :y");
}

static void lists(void **state)
{
    (void)state;
    check_width(DDBEXPR_CONDITION, 20, "a = :v AND NOT bb IN (:xxx, :yyy)",
                "a = :v\n"
                "AND NOT bb IN (\n"
                "    :xxx,\n"
                "    :yyy\n"
                ")");
    check_width(DDBEXPR_CONDITION, 20, "(size(b.c) IN (:xxx, :yyy))",
                "(size(b.c) IN (\n"
                "    :xxx,\n"
                "    :yyy\n"
                "))");
    check_width(DDBEXPR_CONDITION, 24, "begins_with(aaaaaa, :bbbbbb) = :v",
                "begins_with(\n"
                "    aaaaaa,\n"
                "    :bbbbbb\n"
                ") = :v");
    check_width(DDBEXPR_PROJECTION, 8, "aa, bb, cc",
                "aa,\n"
                "bb,\n"
                "cc");
}

static void updates(void **state)
{
    (void)state;
    check_width(DDBEXPR_UPDATE, 30, "SET a = :v, b = :w REMOVE c ADD d :x",
                "SET a = :v, b = :w\n"
                "REMOVE c\n"
                "ADD d :x");
    check_width(DDBEXPR_UPDATE, 12, "SET a = :v, b = :w REMOVE c ADD d :x",
                "SET\n"
                "    a = :v,\n"
                "    b = :w\n"
                "REMOVE c\n"
                "ADD d :x");
    check_width(DDBEXPR_UPDATE, 40, "SET events = list_append(if_not_exists(events, :e), :new), v = v + :one",
                "SET\n"
                "    events = list_append(\n"
                "        if_not_exists(events, :e),\n"
                "        :new\n"
                "    ),\n"
                "    v = v + :one");
    /* the comma counts */
    check_width(DDBEXPR_UPDATE, 18, "SET a = f(b, :cc), d = :e",
                "SET\n"
                "    a = f(b, :cc),\n"
                "    d = :e");
    check_width(DDBEXPR_UPDATE, 17, "SET a = f(b, :cc), d = :e",
                "SET\n"
                "    a = f(\n"
                "        b,\n"
                "        :cc\n"
                "    ),\n"
                "    d = :e");
}

static void widths(void **state)
{
    (void)state;
    /* 80 columns, which is what 0 and no options stand for, and one more */
    char text[96] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = :v AND bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb = :w";
    assert_int_equal(strlen(text), 80);
    ddbexpr_buffer *out = formatted(DDBEXPR_CONDITION, ddbexpr_cstr(text), NULL);
    assert_str_is(ddbexpr_buffer_text(out), text);
    ddbexpr_buffer_free(out);
    text[80] = 'w';
    const ddbexpr_format_options wide = {sizeof wide, 0, false}, line = {sizeof line, 10, true};
    out = formatted(DDBEXPR_CONDITION, ddbexpr_cstr(text), &wide);
    assert_non_null(memchr(ddbexpr_buffer_text(out).ptr, '\n', ddbexpr_buffer_text(out).len));
    ddbexpr_buffer_free(out);
    out = formatted(DDBEXPR_CONDITION, ddbexpr_cstr(text), &line);
    assert_str_is(ddbexpr_buffer_text(out), text);
    ddbexpr_buffer_free(out);
}

/* --- properties --- */

static const struct {
    ddbexpr_kind kind;
    const char *text;
} samples[] = {
    {DDBEXPR_CONDITION, "a=:v"},
    {DDBEXPR_CONDITION, "attribute_not_exists(pk)"},
    {DDBEXPR_CONDITION, "attribute_exists(#pk) AND #status = :active"},
    {DDBEXPR_CONDITION, "(attribute_not_exists(pk)AND(version<:next))OR(owner=:me)"},
    {DDBEXPR_CONDITION, "price BETWEEN :low AND :high AND NOT contains(tags, :tag)"},
    {DDBEXPR_CONDITION, "((a = :v) AND (b = :w)) OR ((c = :x) AND (d = :y))"},
    {DDBEXPR_CONDITION, "state IN (:queued, :running, :paused, :failed, :done) OR size(errors) > :none"},
    {DDBEXPR_CONDITION, "NOT NOT (NOT (a = b OR c = d) AND e <> f OR NOT g IN (h, i, (j)))"},
    {DDBEXPR_CONDITION, "f(g(h(a, :b), (i(c))), j(d[0].e)) >= k(:l) AND m(n)"},
    {DDBEXPR_CONDITION, "(size(path.to.some.list)) BETWEEN (:low) AND (size(path.to.another.list))"},
    {DDBEXPR_CONDITION, "((((a = :v))))"},
    {DDBEXPR_FILTER, "#a.#b[0].c[12][3] <> :v AND begins_with(name, :prefix)"},
    {DDBEXPR_FILTER, "a = :v OR (b = :w AND (c = :x OR (d = :y AND (e = :z OR f = :u))))"},
    {DDBEXPR_FILTER, "attribute_type(profile.address, :map) AND (size(profile.address.lines) IN (:one, :two))"},
    {DDBEXPR_KEY_CONDITION, "pk = :pk"},
    {DDBEXPR_KEY_CONDITION, "(#pk = :pk) AND begins_with(#sk, :prefix)"},
    {DDBEXPR_KEY_CONDITION, ":from <= #sk AND #pk = :pk"},
    {DDBEXPR_UPDATE, "SET a=:v"},
    {DDBEXPR_UPDATE, "SET counter = if_not_exists(counter, :zero) + :one, updated = :now"},
    {DDBEXPR_UPDATE, "SET #history = list_append(if_not_exists(#history, :empty), :entries) REMOVE #draft"},
    {DDBEXPR_UPDATE, "REMOVE a, b.c, d[0], d[1], #e.#f"},
    {DDBEXPR_UPDATE, "ADD visits :one, tags :tags DELETE old_tags :tags"},
    {DDBEXPR_UPDATE, "SET a = (b + :v), c = ((d) - (e)) ADD f :g REMOVE h DELETE i :j"},
    {DDBEXPR_UPDATE, "SET a = ((b))SET c = f(g(h, i), (j))"},
    {DDBEXPR_PROJECTION, "a"},
    {DDBEXPR_PROJECTION, "id, #name, address.city, orders[0].total, orders[1].total, profile.#picture.url"},
};

static void samples_keep_their_trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++)
        check_properties(samples[i].kind, ddbexpr_cstr(samples[i].text));
}

static size_t repeat(char *text, const char *piece, size_t count)
{
    size_t length = strlen(piece);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, piece, length);
    return count * length;
}

/* The deepest and longest texts, also those that have no room for blanks or line breaks. */
static void extremes(void **state)
{
    (void)state;
    char text[LIMIT_EXPRESSION_BYTES + 1];
    size_t length = repeat(text, "f(", 1365);
    text[length++] = 'a';
    length += repeat(text + length, ")", 1365);
    check_properties(DDBEXPR_CONDITION, str_of(text, length));

    length = repeat(text, "f(", 300);
    text[length++] = 'a';
    length += repeat(text + length, ",b)", 300);
    check_properties(DDBEXPR_CONDITION, str_of(text, length));

    length = repeat(text, "a<b OR(", 340);
    length += repeat(text + length, "a<b", 1);
    length += repeat(text + length, ")", 340);
    check_properties(DDBEXPR_CONDITION, str_of(text, length));

    length = repeat(text, "a<b AND ", 511);
    length += repeat(text + length, "a<b", 1);
    check_properties(DDBEXPR_CONDITION, str_of(text, length));

    length = repeat(text, "NOT ", 1022);
    length += repeat(text + length, "f(a)", 1);
    check_properties(DDBEXPR_CONDITION, str_of(text, length));

    length = repeat(text, "a,", 2047);
    text[length++] = 'a';
    check_properties(DDBEXPR_PROJECTION, str_of(text, length));
}

/* A text of the greatest size stays one that the service takes. */
static void stays_within_the_size_limit(void **state)
{
    (void)state;
    char text[LIMIT_EXPRESSION_BYTES];
    size_t length = repeat(text, "a<b OR ", 584);
    length += repeat(text + length, "a<b", 1);
    assert_true(length + 2 * 585 > LIMIT_EXPRESSION_BYTES); /* two blanks more for each comparison are too much */
    ddbexpr_buffer *out = formatted(DDBEXPR_CONDITION, str_of(text, length), NULL);
    assert_str_equal(ddbexpr_buffer_text(out), str_of(text, length)); /* left as it was */
    ddbexpr_buffer_free(out);

    length = repeat(text, "aa, ", 1000);
    length += repeat(text + length, "bb", 1);
    const ddbexpr_format_options options = {sizeof options, 20, false};
    out = formatted(DDBEXPR_PROJECTION, str_of(text, length), &options);
    assert_int_equal(ddbexpr_buffer_text(out).len, length);
    ddbexpr_buffer_free(out);

    /* fits on one line, but not with its indentation */
    length = repeat(text, "REMOVE ", 1);
    length += repeat(text + length, "aaaaaaaa, ", 400);
    length += repeat(text + length, "bb", 1);
    out = formatted(DDBEXPR_UPDATE, str_of(text, length), &options);
    assert_str_equal(ddbexpr_buffer_text(out), str_of(text, length));
    ddbexpr_buffer_free(out);
}

/* --- memory --- */

static void failing_allocations(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(samples); i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_expression *expression = NULL;
            ddbexpr_buffer *out = NULL;
            ddbexpr_status status = ddbexpr_buffer_new(&t.alloc, &out);
            if (status == DDBEXPR_OK)
                status =
                    ddbexpr_parse_lenient(samples[i].kind, ddbexpr_cstr(samples[i].text), &t.alloc, NULL, &expression);
            if (status == DDBEXPR_OK)
                status = ddbexpr_expression_format(expression, NULL, out);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            ddbexpr_expression_free(expression);
            ddbexpr_buffer_free(out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spacing),
        cmocka_unit_test(letter_case),
        cmocka_unit_test(parentheses_are_kept),
        cmocka_unit_test(chains),
        cmocka_unit_test(chains_in_parentheses),
        cmocka_unit_test(lists),
        cmocka_unit_test(updates),
        cmocka_unit_test(widths),
        cmocka_unit_test(samples_keep_their_trees),
        cmocka_unit_test(extremes),
        cmocka_unit_test(stays_within_the_size_limit),
        cmocka_unit_test(failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
