/* SPDX-License-Identifier: Apache-2.0 */
/* Syntax errors told apart: which diagnostic of ours each frequent slip is, where it points, how it is mended in one
 * step. Beside each slip stand texts that come near and are none of it. slip.c, extent.c, mend.c. */
#include "support.h"

#include "diagnostic/diagnostic.h"
#include "syntax/extent.h"
#include "syntax/parse.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum mended { NOTHING, SAFE, UNSAFE };

struct row {
    ddbexpr_kind kind;
    const char *text;
    const char *code;  /* "" for a text that is accepted */
    const char *place; /* what the span covers */
    enum mended mended;
    const char *after; /* the text after the fix */
};

/* What a request would give: the names of tests are short, so one placeholder for each will do. */
static str make_placeholder(void *context, ddbexpr_source map, str stands_for, bool *ret_is_new)
{
    (void)context, (void)stands_for;
    *ret_is_new = true;
    return map == DDBEXPR_SOURCE_NAMES ? STR("#new") : STR(":new");
}

static void check_fix_of(const ddbexpr_diag *diag, const struct row *row, const ddbexpr_diags *diags)
{
    ddbexpr_buffer *out;
    size_t count;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_diag_fix_safety(diag), row->mended);
    assert_int_equal(ddbexpr_diag_fix_title(diag).len > 0, row->mended != NOTHING);
    assert_int_equal(
        ddbexpr_fix_text(diags, -1, ddbexpr_diag_source(diag), ddbexpr_cstr(row->text), false, out, NULL, &count),
        DDBEXPR_OK);
    assert_int_equal(count, row->mended == SAFE);
    ddbexpr_buffer_clear(out);
    assert_int_equal(
        ddbexpr_fix_text(diags, -1, ddbexpr_diag_source(diag), ddbexpr_cstr(row->text), true, out, NULL, &count),
        DDBEXPR_OK);
    assert_int_equal(count, row->mended != NOTHING);
    assert_str_is(ddbexpr_buffer_text(out), row->mended == NOTHING ? row->text : row->after);
    ddbexpr_buffer_free(out);
}

static void check_row(const struct row *row)
{
    const struct placeholder_source placeholders = {NULL, make_placeholder};
    ddbexpr_arena *a;
    ddbexpr_diags *diags;
    struct ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    assert_int_equal(ddbexpr_diags_new(NULL, &diags), DDBEXPR_OK);
    ddbexpr_status status =
        expression_parse_for_request(a, row->kind, ddbexpr_cstr(row->text), &placeholders, diags, &expression);
    assert_int_equal(status, row->code[0] ? DDBEXPR_INVALID : DDBEXPR_OK);
    if (status == DDBEXPR_INVALID) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(diags, 0);
        if (strcmp(ddbexpr_diag_code(diag), row->code) != 0)
            fprintf(stderr, "%s\n", row->text);
        assert_string_equal(ddbexpr_diag_code(diag), row->code);
        assert_str_is(str_slice(ddbexpr_diag_text(diag), ddbexpr_diag_span(diag)), row->place);
        check_fix_of(diag, row, diags);
    }
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(a);
}

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_row(&rows[i]);
}
#define CHECK(rows) check_rows((rows), COUNT_OF(rows))

#define C DDBEXPR_CONDITION
#define U DDBEXPR_UPDATE
#define P DDBEXPR_PROJECTION

static void foreign_operators(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {C, "a == :v", "DX103", "==", SAFE, "a = :v"},
        {C, "a===:v", "DX103", "===", SAFE, "a=:v"},
        {U, "SET a == :v", "DX103", "==", SAFE, "SET a = :v"},
        {C, "a != :v", "DX103", "!=", SAFE, "a <> :v"},
        {C, "a !== :v", "DX103", "!==", SAFE, "a <> :v"},
        {C, "a ~= :v", "DX103", "~=", SAFE, "a <> :v"},
        {C, "a =< :v", "DX103", "=<", SAFE, "a <= :v"},
        {C, "a => :v", "DX103", "=>", SAFE, "a >= :v"},
        {C, "a = :v && f(b)", "DX103", "&&", SAFE, "a = :v AND f(b)"},
        {C, "a=:v&&f(b)", "DX103", "&&", SAFE, "a=:v AND f(b)"},
        {C, "a = :v || f(b)", "DX103", "||", SAFE, "a = :v OR f(b)"},
        {C, "a = :v & f(b)", "DX103", "&", SAFE, "a = :v AND f(b)"},
        {C, "a = :v\n&\tf(b)", "DX103", "&", SAFE, "a = :v\nAND\tf(b)"},
        {C, "a = :v\r&\rf(b)", "DX103", "&", SAFE, "a = :v\rAND\rf(b)"},
        {C, "a = :v &", "DX103", "&", SAFE, "a = :v AND"},
        {C, "a = && f(b)", "DX103", "&&", NOTHING, NULL},
        {C, "!f(a)", "DX103", "!", SAFE, "NOT f(a)"},
        {C, "(!(a = :v))", "DX103", "!", SAFE, "(NOT (a = :v))"},
        {C, "!a = :v", "DX103", "!", UNSAFE, "NOT a = :v"},
        {C, "f(b) AND a.b[0] IS NULL", "DX103", "IS NULL", UNSAFE, "f(b) AND attribute_not_exists(a.b[0])"},
        {C, "a is not null", "DX103", "is not null", UNSAFE, "attribute_exists(a)"},
        {C, "a is missing", "DX103", "is missing", UNSAFE, "attribute_not_exists(a)"},
        {C, "a IS :v", "DX103", "IS", NOTHING, NULL},
        {C, "a LIKE :v", "DX103", "LIKE", NOTHING, NULL},
        {C, "size(a) = :v AND b contains :w", "DX103", "contains", UNSAFE, "size(a) = :v AND contains(b, :w)"},
        {C, "a contains b", "DX103", "contains", NOTHING, NULL},
        {C, "size(a) NOT IN (:v)", "DX103", "NOT IN", SAFE, "NOT size(a) IN (:v)"},
        {C, "b = c AND a NOT BETWEEN :v AND :w", "DX103", "NOT BETWEEN", SAFE, "b = c AND NOT a BETWEEN :v AND :w"},
        {U, "SET a.b += :v", "DX103", "+=", UNSAFE, "SET a.b = a.b + :v"},
        {U, "SET a-=:v", "DX103", "-=", UNSAFE, "SET a= a -:v"},
        /* near misses */
        {C, "a = = :v", "DX101", "=", NOTHING, NULL},
        {C, "a = b = :v", "DX101", "=", NOTHING, NULL},
        {C, "a = :v ! b", "DX101", "!", NOTHING, NULL},
        {C, "a NOT", "DX103", "NOT", NOTHING, NULL},
        {C, "a is", "DX103", "is", NOTHING, NULL},
        {C, "is = like", "", NULL, NOTHING, NULL},
        {C, "contains(contains, :v) AND NOT a IN (:v)", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void literals(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {C, "a > 5", "DX104", "5", SAFE, "a > :new"},
        {C, "a > -5.25 AND f(b)", "DX104", "-5.25", SAFE, "a > :new AND f(b)"},
        {C, "a IN (:v, .5)", "DX104", ".5", SAFE, "a IN (:v, :new)"},
        {C, "a > 1e5", "DX104", "1e5", SAFE, "a > :new"},
        {C, "a > +1e+5", "DX104", "+1e+5", SAFE, "a > :new"},
        {C, "a > 5.", "DX104", "5", SAFE, "a > :new."},
        {C, "a > 1E-5)", "DX104", "1E-5", SAFE, "a > :new)"},
        {C, "a = 007", "DX104", "007", SAFE, "a = :new"},
        {U, "ADD a 1", "DX104", "1", SAFE, "ADD a :new"},
        {C, "a = \"x y\"", "DX104", "\"x y\"", UNSAFE, "a = :new"},
        {U, "SET a = 'x', b = :v", "DX104", "'x'", UNSAFE, "SET a = :new, b = :v"},
        {C, "begins_with(a, \u201cx\u201d)", "DX104", "\u201cx\u201d", UNSAFE, "begins_with(a, :new)"},
        {C, "a IN ('x', 'y')", "DX104", "'x'", UNSAFE, "a IN (:new, 'y')"},
        {C, "a = 'x", "DX104", "'", NOTHING, NULL},
        {C, "a = 'x\ty'", "DX104", "'x\ty'", NOTHING, NULL}, /* JSON would need an escape */
        {C, "a = 'x\"y'", "DX104", "'x\"y'", NOTHING, NULL},
        {C, "a = \"x\\\"y\"", "DX104", "\"x\\\"", NOTHING, NULL},
        {U, "SET a = [:v]", "DX104", "[", NOTHING, NULL},
        {U, "SET a = {}", "DX104", "{", NOTHING, NULL},
        /* near misses */
        {C, "\"a\" = :v", "DX101", "\"", NOTHING, NULL},
        {C, "a > 5x", "DX108", "5x", UNSAFE, "a > #new"},
        {C, "a > 1e", "DX108", "1e", UNSAFE, "a > #new"},
        {C, "a > 1e+", "DX108", "1e", UNSAFE, "a > #new+"},
        {C, "a[5] > :v5", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void wildcards(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {P, "a[*].b", "DX105", "[*]", NOTHING, NULL},
        {P, "a.*", "DX105", ".*", NOTHING, NULL},
        {U, "SET a.* = :v", "DX105", ".*", NOTHING, NULL},
        {P, "*", "DX105", "*", NOTHING, NULL},
        {C, "a[-1] = :v", "DX105", "[-1]", NOTHING, NULL},
        {U, "REMOVE a[b]", "DX105", "[b]", NOTHING, NULL},
        {U, "REMOVE a[0:2]", "DX105", "[0:2]", NOTHING, NULL},
        {C, "a[0 + :i] = :v", "DX105", "[0 + :i]", NOTHING, NULL},
        {C, "a[b", "DX105", "[b", NOTHING, NULL},
        /* near misses */
        {P, "a[]", "DX101", "]", NOTHING, NULL},
        {P, "a[01]", "DX101", "1", NOTHING, NULL},
        {P, "a[\"b\"]", "DX101", "\"", NOTHING, NULL},
        {P, "a.0", "DX101", "0", UNSAFE, "a[0]"},
        {U, "SET a = b * :v", "DX306", "*", NOTHING, NULL},
        {P, "a[0]", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void placeholder_indexes(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {P, "a[:i]", "DX106", ":i", NOTHING, NULL},
        {U, "SET a[#i].b = :v", "DX106", "#i", NOTHING, NULL},
        /* near misses */
        {P, "a[:]", "DX105", "[:]", NOTHING, NULL},
        {P, "a[i]", "DX105", "[i]", NOTHING, NULL},
        {P, "a.#i", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void names(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {C, "attribute_exists(movie-id)", "DX108", "movie-id", UNSAFE, "attribute_exists(#new)"},
        {U, "SET a.first-name-2 = :v", "DX108", "first-name-2", UNSAFE, "SET a.#new = :v"},
        {C, "1st = :v", "DX108", "1st", UNSAFE, "#new = :v"},
        {P, "a, 123", "DX108", "123", UNSAFE, "a, #new"},
        {C, "_rev = :v", "DX108", "_rev", UNSAFE, "#new = :v"}, /* refused: aws, nub-pub-010 */
        {P, "__typename", "DX108", "__typename", UNSAFE, "#new"},
        {C, "first name = :v", "DX108", "first name", UNSAFE, "#new = :v"},
        {U, "SET my first name=:v", "DX108", "my first name", UNSAFE, "SET #new=:v"},
        {C, "gr\u00f6\u00dfe = :v", "DX108", "gr\u00f6\u00dfe", UNSAFE, "#new = :v"},
        {P, "\u00fcber", "DX108", "\u00fcber", UNSAFE, "#new"},
        {C, "a$b = :v", "DX108", "a$b", UNSAFE, "#new = :v"},
        {C, "a$b@c~d-e = :v", "DX108", "a$b@c~d-e", UNSAFE, "#new = :v"},
        {C, "a@b$c = :v", "DX108", "a@b$c", UNSAFE, "#new = :v"},
        {C, "a-1 = :v", "DX108", "a-1", UNSAFE, "#new = :v"},
        {C, "a-set = :v", "DX108", "a-set", UNSAFE, "#new = :v"},
        /* keywords */
        {C, "add = :v", "DX107", "add", SAFE, "#new = :v"},
        {U, "SET a.delete = :v", "DX107", "delete", SAFE, "SET a.#new = :v"},
        /* near misses */
        {C, "#a-b = :v", "DX101", "-", NOTHING, NULL},
        {C, "a - b = :v", "DX306", "-", NOTHING, NULL},
        {C, "a b", "DX101", "b", NOTHING, NULL},
        {U, "SET a = b c = :v", "DX101", "c", UNSAFE, "SET a = b, c = :v"},
        {P, "a b", "DX101", "b", UNSAFE, "a, b"},
        {C, "a ? = :v", "DX101", "?", NOTHING, NULL},
        {C, "a = AND b", "DX101", "AND", NOTHING, NULL},
        {U, "SET a = b-c", "", NULL, NOTHING, NULL}, /* a difference */
        {C, "a_1 = #_1", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void bare_operands(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {C, "NOT #flag", "DX121", "#flag", NOTHING, NULL},
        {C, "f(a) AND b.c[0] OR d = :v", "DX121", "b.c[0]", NOTHING, NULL},
        {C, ":v", "DX121", ":v", NOTHING, NULL},
        {C, "(a.b) AND f(c)", "DX121", "(a.b)", NOTHING, NULL},
        /* near misses */
        {C, "a BETWEEN :v OR :w", "DX101", "OR", NOTHING, NULL},
        {C, "a.", "DX101", "", NOTHING, NULL},
        {C, "f(a)", "", NULL, NOTHING, NULL},
        {C, "NOT f(#flag)", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void joined_actions(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {U, "SET a = :v AND b = :w", "DX304", "AND", SAFE, "SET a = :v, b = :w"},
        {U, "SET a = :v and\nb = :w", "DX304", "and", SAFE, "SET a = :v,\nb = :w"},
        {U, "SET a = :v; b = :w", "DX304", ";", SAFE, "SET a = :v, b = :w"},
        {U, "SET a = :v;b = :w", "DX304", ";", SAFE, "SET a = :v, b = :w"},
        {U, "SET a = :v && b = :w", "DX304", "&&", SAFE, "SET a = :v, b = :w"},
        {U, "REMOVE a AND b", "DX304", "AND", SAFE, "REMOVE a, b"},
        {U, "SET a = :v; REMOVE b", "DX304", ";", SAFE, "SET a = :v REMOVE b"},
        /* near misses */
        {U, "SET a = :v;", "DX101", ";", SAFE, "SET a = :v"},
        {U, "SET a = (b AND c)", "DX101", "AND", NOTHING, NULL},
        {U, "SET a AND b", "DX101", "AND", NOTHING, NULL},
        {U, "SET a = :v OR b = :w", "DX101", "OR", NOTHING, NULL},
        {C, "a = :v AND b = :w", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void signs_after_targets(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {U, "ADD n = :one", "DX305", "=", SAFE, "ADD n :one"},
        {U, "ADD n=:one, m :one", "DX305", "=", SAFE, "ADD n :one, m :one"},
        {U, "DELETE s = :t", "DX305", "=", SAFE, "DELETE s :t"},
        {U, "ADD n : one", "DX305", ":", SAFE, "ADD n :one"},
        {U, "ADD n : :one", "DX305", ":", SAFE, "ADD n :one"},
        {U, "ADD n : 1", "DX305", ":", SAFE, "ADD n :1"},
        {U, "ADD n + :one", "DX305", "+", SAFE, "ADD n :one"},
        {U, "ADD n - :one", "DX305", "-", NOTHING, NULL},
        {U, "ADD n = m", "DX305", "=", NOTHING, NULL},
        {U, "REMOVE a = :x", "DX305", "=", UNSAFE, "REMOVE a"},
        {U, "REMOVE a = :x, b", "DX305", "=", UNSAFE, "REMOVE a, b"},
        /* near misses */
        {U, "ADD n", "DX101", "", NOTHING, NULL},
        {U, "SET n :one", "DX101", ":one", NOTHING, NULL},
        {U, "SET n = : one", "DX101", ":", NOTHING, NULL},
        {U, "ADD n :one SET m = :one", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void arithmetic(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {U, "SET a = a * :r", "DX306", "*", NOTHING, NULL},
        {U, "SET a = a / :r", "DX306", "/", NOTHING, NULL},
        {U, "SET a = a + :v - :w", "DX306", "-", NOTHING, NULL},
        {U, "SET a = f(b + :v)", "DX306", "+", NOTHING, NULL},
        {C, "a + :v > :w", "DX306", "+", NOTHING, NULL},
        /* near misses */
        {U, "SET a = b + - c", "DX101", "-", NOTHING, NULL},
        {U, "SET a + :v", "DX101", "+", NOTHING, NULL},
        {U, "SET a = b + :c, d + :v", "DX101", "+", NOTHING, NULL},
        {P, "a + b", "DX101", "+", NOTHING, NULL},
        {U, "SET a = a + :v, b = b - :w", "", NULL, NOTHING, NULL},
    };
    CHECK(rows);
}

static void commas_and_sections(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {U, "SET a = :v,", "DX101", "", SAFE, "SET a = :v"},
        {U, "REMOVE a, b , ", "DX101", "", SAFE, "REMOVE a, b  "},
        {C, "a IN (:v,)", "DX101", ")", SAFE, "a IN (:v)"},
        {P, "a,, b", "DX101", ",", SAFE, "a, b"},
        {U, "SET a = :v, REMOVE b", "DX101", "REMOVE", SAFE, "SET a = :v REMOVE b"},
        {U, "SET a = :v,REMOVE b", "DX101", "REMOVE", SAFE, "SET a = :v REMOVE b"},
        {U, "SET a = :v, SET b = :w", "DX303", "SET", SAFE, "SET a = :v, b = :w"},
        {U, "SET a = f(b, REMOVE c", "DX101", "REMOVE", NOTHING, NULL},
        {U, "SET a = :v b = :w", "DX101", "b", UNSAFE, "SET a = :v, b = :w"},
        {C, "a\u00a0= :v", "DX101", "\u00a0", SAFE, "a = :v"},
        {C, "a\u200b = :v", "DX101", "\u200b", UNSAFE, "a  = :v"},
        {C, "a\u200f = :v", "DX101", "\u200f", UNSAFE, "a  = :v"},
        {C, "a\ufeff = :v", "DX101", "\ufeff", UNSAFE, "a  = :v"},
        {C, "a\v= :v", "DX101", "\v", SAFE, "a = :v"},
        {C, "a\f= :v", "DX101", "\f", SAFE, "a = :v"},
        {C, "a\u2000= :v", "DX101", "\u2000", SAFE, "a = :v"},
        {C, "a\u2028= :v", "DX101", "\u2028", SAFE, "a = :v"},
        {C, "a\u2029= :v", "DX101", "\u2029", SAFE, "a = :v"},
        {C, "a\u202f= :v", "DX101", "\u202f", SAFE, "a = :v"},
        {C, "a\u3000= :v", "DX101", "\u3000", SAFE, "a = :v"},
        {C, "a \u2010 = :v", "DX101", "\u2010", NOTHING, NULL}, /* a hyphen */
        {C, "a = :v;", "DX101", ";", SAFE, "a = :v"},
    };
    CHECK(rows);
}

static void operators_have_meanings(void **state)
{
    (void)state;
    assert_str_is(extent_operator_meaning(STR("=>")), ">=");
    assert_str_is(extent_operator_meaning(STR("|")), "OR");
    assert_str_is(extent_operator_meaning(STR("<<")), "");
    assert_str_is(extent_operator_meaning(STR("")), "");
}

static void mending_may_run_out_of_memory(void **state)
{
    (void)state;
    static char long_name[3000]; /* more than there is room for in what was read before, and given up */
    memset(long_name, 'a', sizeof long_name - 16);
    strcat(long_name, " NOT IN (:v)");
    static const struct {
        ddbexpr_kind kind;
        const char *text;
    } rows[] = {
        {C, long_name},       {C, "a == :v"},       {C, "a = :v && f(b)"},        {C, "!f(a)"},      {C, "a is null"},
        {C, "a contains :v"}, {C, "a NOT IN (:v)"}, {U, "SET a += :v"},           {P, "a.0"},        {C, "a > 5"},
        {C, "a = 'x'"},       {C, "a-b = :v"},      {U, "SET a = :v AND b = :w"}, {U, "ADD n : one"}};
    const struct placeholder_source placeholders = {NULL, make_placeholder};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            ddbexpr_diags *diags = NULL;
            struct ddbexpr_expression *expression = NULL;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = ddbexpr_diags_new(&t.alloc, &diags);
            if (status == DDBEXPR_OK)
                status = expression_parse_for_request(a, rows[i].kind, ddbexpr_cstr(rows[i].text), &placeholders, diags,
                                                      &expression);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID);
            assert_true(t.failed || ddbexpr_diag_edit_count(ddbexpr_diags_at(diags, 0)) > 0);
            ddbexpr_diags_free(diags);
            ddbexpr_arena_free(a);
        }
    }
}

static str make_nothing(void *context, ddbexpr_source map, str stands_for, bool *ret_is_new)
{
    (void)context, (void)map, (void)stands_for, (void)ret_is_new;
    return str_of(NULL, 0);
}

static void placeholders_may_lack_memory(void **state)
{
    (void)state;
    static const char *const texts[] = {"a > 5", "a = 'x'", "a-b = :v"};
    const struct placeholder_source placeholders = {NULL, make_nothing};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        ddbexpr_arena *a;
        ddbexpr_diags *diags;
        struct ddbexpr_expression *expression;
        assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
        assert_int_equal(ddbexpr_diags_new(NULL, &diags), DDBEXPR_OK);
        assert_int_equal(expression_parse_for_request(a, C, ddbexpr_cstr(texts[i]), &placeholders, diags, &expression),
                         DDBEXPR_NO_MEMORY);
        ddbexpr_diags_free(diags);
        ddbexpr_arena_free(a);
    }
}

/* Without a request there are no new placeholders, and so no fix that needs one. */
static void no_placeholders(void **state)
{
    (void)state;
    static const char *const texts[] = {"a > 5", "a-b = :v", "add = :v", "a = 'x'"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        ddbexpr_diags *diags;
        ddbexpr_expression *expression;
        assert_int_equal(ddbexpr_diags_new(NULL, &diags), DDBEXPR_OK);
        assert_int_equal(ddbexpr_parse(C, ddbexpr_cstr(texts[i]), NULL, diags, &expression), DDBEXPR_INVALID);
        assert_int_equal(ddbexpr_diag_fix_safety(ddbexpr_diags_at(diags, 0)), DDBEXPR_FIX_NONE);
        ddbexpr_diags_free(diags);
    }
}

static void messages(void **state)
{
    (void)state;
    static const struct {
        ddbexpr_kind kind;
        const char *text, *message, *title;
    } rows[] = {
        {C, "a !== :v", "there is no operator `!==`", "write `<>`"},
        {C, "a = :v && f(b)", "there is no operator `&&`", "write `AND`"},
        {P, "a[*]", "a path cannot hold `[*]`", ""},
        {U, "ADD n = :one", "`=` has no place in ADD", "drop `=`"},
        {U, "SET a = :v, SET b = :w", "the SET section goes on here, and must not be begun again", "drop `SET`"},
        {C, "NOT (a.b)", "`(a.b)` is no condition by itself", ""},
        {C, "a\xff-b = :v", "unexpected `\ufffd`", ""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ddbexpr_diags *diags;
        ddbexpr_expression *expression;
        assert_int_equal(ddbexpr_diags_new(NULL, &diags), DDBEXPR_OK);
        assert_int_equal(ddbexpr_parse(rows[i].kind, ddbexpr_cstr(rows[i].text), NULL, diags, &expression),
                         DDBEXPR_INVALID);
        assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(diags, 0)), rows[i].message);
        assert_str_is(ddbexpr_diag_fix_title(ddbexpr_diags_at(diags, 0)), rows[i].title);
        ddbexpr_diags_free(diags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_operators),
        cmocka_unit_test(literals),
        cmocka_unit_test(wildcards),
        cmocka_unit_test(placeholder_indexes),
        cmocka_unit_test(names),
        cmocka_unit_test(bare_operands),
        cmocka_unit_test(joined_actions),
        cmocka_unit_test(signs_after_targets),
        cmocka_unit_test(arithmetic),
        cmocka_unit_test(commas_and_sections),
        cmocka_unit_test(operators_have_meanings),
        cmocka_unit_test(mending_may_run_out_of_memory),
        cmocka_unit_test(placeholders_may_lack_memory),
        cmocka_unit_test(no_placeholders),
        cmocka_unit_test(messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
