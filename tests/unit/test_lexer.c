/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: their spelling, spans and order. Knows no grammar. */
#include "support.h"

#include "syntax/token.h"

/* --- helpers --- */

static const char *const kind_names[TOKEN_COUNT] = {
    [TOKEN_END] = "END",     [TOKEN_WORD] = "WORD",     [TOKEN_NAME] = "NAME",
    [TOKEN_VALUE] = "VALUE", [TOKEN_INTEGER] = "INT",   [TOKEN_AND] = "AND",
    [TOKEN_OR] = "OR",       [TOKEN_NOT] = "NOT",       [TOKEN_BETWEEN] = "BETWEEN",
    [TOKEN_IN] = "IN",       [TOKEN_SET] = "SET",       [TOKEN_REMOVE] = "REMOVE",
    [TOKEN_ADD] = "ADD",     [TOKEN_DELETE] = "DELETE", [TOKEN_EQ] = "=",
    [TOKEN_NE] = "<>",       [TOKEN_LT] = "<",          [TOKEN_LE] = "<=",
    [TOKEN_GT] = ">",        [TOKEN_GE] = ">=",         [TOKEN_LPAREN] = "(",
    [TOKEN_RPAREN] = ")",    [TOKEN_LBRACKET] = "[",    [TOKEN_RBRACKET] = "]",
    [TOKEN_COMMA] = ",",     [TOKEN_DOT] = ".",         [TOKEN_PLUS] = "+",
    [TOKEN_MINUS] = "-",     [TOKEN_BAD] = "BAD",
};

/* The tokens of a text as "KIND(text) KIND(text)"; where a kind is its own text, only the kind. */
static void check_tokens(str text, const char *expected)
{
    ddbexpr_arena *a;
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    str copy = arena_copy(a, text);
    assert_non_null(copy.ptr);
    struct token_array all;
    assert_true(tokens_of(a, copy, &all));

    char found[1024] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        str token = str_slice(copy, all.tokens[i].span);
        const char *name = kind_names[all.tokens[i].kind];
        int written = str_equal(token, ddbexpr_cstr(name))
                          ? snprintf(found + length, sizeof found - length, "%s%s", i ? " " : "", name)
                          : snprintf(found + length, sizeof found - length, "%s%s(%.*s)", i ? " " : "", name,
                                     (int)token.len, token.ptr);
        assert_true(written >= 0 && length + (size_t)written < sizeof found);
        length += (size_t)written;
    }
    assert_string_equal(found, expected);
    ddbexpr_arena_free(a);
}

/* Tokens are in order, only blanks lie between them, and the last is an empty END behind the text. */
static void check_tiling(str text)
{
    ddbexpr_arena *a;
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    str copy = arena_copy(a, text);
    assert_non_null(copy.ptr);
    struct token_array all;
    assert_true(tokens_of(a, copy, &all));
    uint32_t at = 0;
    for (uint32_t i = 0; i <= all.count; i++) {
        struct token token = all.tokens[i];
        for (; at < token.span.start; at++)
            assert_non_null(memchr(" \t\r\n", copy.ptr[at], 4));
        assert_int_equal(token.span.start, at);
        assert_true(i == all.count ? token.kind == TOKEN_END && token.span.end == at
                                   : token.kind != TOKEN_END && token.span.end > at);
        at = token.span.end;
    }
    assert_int_equal(at, text.len);
    ddbexpr_arena_free(a);
}

/* --- tests --- */

static void words_and_keywords(void **state)
{
    (void)state;
    check_tokens(STR("a B9 a_b z_"), "WORD(a) WORD(B9) WORD(a_b) WORD(z_)");
    check_tokens(STR("AND or Not bEtWeEn iN set REMOVE Add delete"),
                 "AND OR(or) NOT(Not) BETWEEN(bEtWeEn) IN(iN) SET(set) REMOVE ADD(Add) DELETE(delete)");
    check_tokens(STR("android order nota inn sets an"),
                 "WORD(android) WORD(order) WORD(nota) WORD(inn) WORD(sets) WORD(an)");
    check_tokens(STR("AND_ OR1"), "WORD(AND_) WORD(OR1)");
}

static void placeholders(void **state)
{
    (void)state;
    check_tokens(STR("#a :b #0 :_ #set :AND"), "NAME(#a) VALUE(:b) NAME(#0) VALUE(:_) NAME(#set) VALUE(:AND)");
    check_tokens(STR("#a#b:c"), "NAME(#a) NAME(#b) VALUE(:c)");
    check_tokens(STR("# : #-"), "BAD(#) BAD(:) BAD(#) -");
    check_tokens(STR("#"), "BAD(#)");
    check_tokens(STR("::a"), "BAD(:) VALUE(:a)");
}

static void integers(void **state)
{
    (void)state;
    check_tokens(STR("0 7 10 99999999999999999999"), "INT(0) INT(7) INT(10) INT(99999999999999999999)");
    check_tokens(STR("007"), "INT(0) INT(0) INT(7)");
    check_tokens(STR("1st 0x1"), "INT(1) WORD(st) INT(0) WORD(x1)");
    check_tokens(STR("1.5-2"), "INT(1) . INT(5) - INT(2)");
}

static void signs(void **state)
{
    (void)state;
    check_tokens(STR("= <> < <= > >= ( ) [ ] , . + -"), "= <> < <= > >= ( ) [ ] , . + -");
    check_tokens(STR("<=>=<><<>"), "<= >= <> < <>");
    check_tokens(STR("=="), "= =");
    check_tokens(STR("a.b[0]=f(:c,d)"), "WORD(a) . WORD(b) [ INT(0) ] = WORD(f) ( VALUE(:c) , WORD(d) )");
}

static void blanks(void **state)
{
    (void)state;
    check_tokens(STR(""), "");
    check_tokens(STR(" \t\r\n "), "");
    check_tokens(STR("\n\ta\r\n=\tb "), "WORD(a) = WORD(b)");
    check_tokens(STR("a\vb\fc"), "WORD(a) BAD(\v) WORD(b) BAD(\f) WORD(c)"); /* no blanks */
}

/* A character that begins no token stands alone, whatever follows it. */
static void other_characters(void **state)
{
    (void)state;
    check_tokens(STR("_a __b"), "BAD(_) WORD(a) BAD(_) BAD(_) WORD(b)");
    check_tokens(STR("a!=b"), "WORD(a) BAD(!) = WORD(b)");
    check_tokens(STR("\"x\" $ {"), "BAD(\") WORD(x) BAD(\") BAD($) BAD({)");
    check_tokens(STR("\u00fcx \u20ac \U0001f600"), "BAD(\u00fc) WORD(x) BAD(\u20ac) BAD(\U0001f600)");
}

static void bytes_that_are_not_text(void **state)
{
    (void)state;
    check_tokens(STR("\xff"), "BAD(\xff)");
    check_tokens(STR("\xc3"), "BAD(\xc3)");                                /* cut off */
    check_tokens(STR("\xc3(\xe2\x82"), "BAD(\xc3) ( BAD(\xe2) BAD(\x82)"); /* each byte by itself */
    check_tokens(STR("\xc0\xaf"), "BAD(\xc0) BAD(\xaf)");                  /* overlong */
    check_tokens(STR("\xed\xa0\x80"), "BAD(\xed) BAD(\xa0) BAD(\x80)");    /* surrogate */
    check_tiling(STR("a\0b\0\0 c\0"));
    check_tiling(STR("\0"));
}

static void nul_is_a_token(void **state)
{
    (void)state;
    const char text[] = "a\0b";
    struct token first = lexer_next(str_of(text, 3), 0);
    struct token second = lexer_next(str_of(text, 3), first.span.end);
    struct token third = lexer_next(str_of(text, 3), second.span.end);
    assert_int_equal(first.kind, TOKEN_WORD);
    assert_int_equal(second.kind, TOKEN_BAD);
    assert_int_equal(second.span.start, 1);
    assert_int_equal(second.span.end, 2);
    assert_int_equal(third.kind, TOKEN_WORD);
    assert_int_equal(lexer_next(str_of(text, 3), 3).kind, TOKEN_END);
}

/* Every pair of bytes, so that no byte is read as part of what it does not belong to. */
static void any_bytes_tile(void **state)
{
    (void)state;
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            const char text[4] = {(char)first, (char)second, 'a', (char)first};
            check_tiling(str_of(text, 4));
        }
    }
}

static void failing_allocations(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK) {
            str copy = arena_copy(a, STR("SET a = :b"));
            struct token_array all = {NULL, 77};
            bool done = copy.ptr && tokens_of(a, copy, &all);
            assert_int_equal(done, !t.failed);
            assert_int_equal(all.count, done ? 4 : 77);
        }
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_keywords),
        cmocka_unit_test(placeholders),
        cmocka_unit_test(integers),
        cmocka_unit_test(signs),
        cmocka_unit_test(blanks),
        cmocka_unit_test(other_characters),
        cmocka_unit_test(bytes_that_are_not_text),
        cmocka_unit_test(nul_is_a_token),
        cmocka_unit_test(any_bytes_tile),
        cmocka_unit_test(failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
