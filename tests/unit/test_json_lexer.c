/* SPDX-License-Identifier: Apache-2.0 */
/* JSON tokens (json_lexer.re): what is one, where it ends, and that nothing is read behind the text. */
#include "support.h"

#include "json/lexer.h"

/* One letter a token, so that a text's tokens can be written down. END is not written. */
static const char letters[] = {
    [JSON_TOKEN_OBJECT] = '{',    [JSON_TOKEN_OBJECT_END] = '}',     [JSON_TOKEN_ARRAY] = '[',
    [JSON_TOKEN_ARRAY_END] = ']', [JSON_TOKEN_COLON] = ':',          [JSON_TOKEN_COMMA] = ',',
    [JSON_TOKEN_STRING] = 's',    [JSON_TOKEN_ESCAPED_STRING] = 'e', [JSON_TOKEN_NUMBER] = '1',
    [JSON_TOKEN_TRUE] = 't',      [JSON_TOKEN_FALSE] = 'f',          [JSON_TOKEN_NULL] = 'n',
    [JSON_TOKEN_END] = '.',       [JSON_TOKEN_BAD_STRING] = 'b',     [JSON_TOKEN_BAD] = '?'};

#define MOST 64

/* The tokens of an exact-length copy, up to the first that is none. Tokens go forward, none is empty but those at the
 * end, and only blanks stand between them. */
static void tokens_of(str text, char out[MOST])
{
    unsigned char *exact = malloc(text.len ? text.len : 1);
    assert_non_null(exact);
    memcpy(exact, text.ptr, text.len);
    struct json_lexer lexer = {exact, exact + text.len, exact};
    size_t count = 0;
    for (enum json_token token;;) {
        const unsigned char *before = lexer.cursor;
        token = json_lexer_next(&lexer);
        assert_true(lexer.token >= before && lexer.cursor >= lexer.token && lexer.cursor <= lexer.limit);
        for (; before < lexer.token; before++)
            assert_non_null(memchr(" \t\r\n", *before, 4));
        if (token == JSON_TOKEN_END) {
            assert_true(lexer.cursor == lexer.limit);
            break;
        }
        assert_true(lexer.cursor > lexer.token);
        assert_true(count < MOST - 1);
        out[count++] = letters[token];
        if (token == JSON_TOKEN_BAD || token == JSON_TOKEN_BAD_STRING)
            break;
    }
    out[count] = '\0';
    free(exact);
}

static void assert_tokens(const char *text, size_t length, const char *expected)
{
    char actual[MOST];
    tokens_of(str_of(text, length), actual);
    if (strcmp(actual, expected) != 0)
        test_print_str("text: ", str_of(text, length));
    assert_string_equal(actual, expected);
}

#define TOKENS(text, expected) assert_tokens(text, sizeof(text) - 1, expected)

static void tokens_are_told_apart(void **state)
{
    (void)state;
    TOKENS("", "");
    TOKENS(" \t\r\n", "");
    TOKENS("{}[]:,", "{}[]:,");
    TOKENS("truefalsenull", "tfn");
    TOKENS("{\"a\":[1, -2.5e+3,\"\\n\"]}", "{s:[1,1,e]}");
    TOKENS("True", "?");
    TOKENS("tru", "?");
    TOKENS("nul\0", "?");
    TOKENS("\xef\xbb\xbf{}", "?"); /* a byte order mark is no blank */
    TOKENS("\v1", "?");
    TOKENS("\xc2\xa0", "?"); /* neither is a no-break space */
}

static void numbers_end_where_the_grammar_ends_them(void **state)
{
    (void)state;
    TOKENS("0", "1");
    TOKENS("-0", "1");
    TOKENS("1234567890123456789012345678901234567890", "1");
    TOKENS("1E5 1e-5 1.5E+05", "111");
    TOKENS("01", "11");
    TOKENS("-", "?");
    TOKENS("--1", "?");
    TOKENS("+1", "?");
    TOKENS(".5", "?");
    TOKENS("1.", "1?");
    TOKENS("1.e5", "1?");
    TOKENS("1e", "1?");
    TOKENS("1e+", "1?");
    TOKENS("0x10", "1?");
}

static void strings_are_utf8_and_well_escaped(void **state)
{
    (void)state;
    TOKENS("\"\"", "s");
    TOKENS("\"\x7f\"", "s"); /* DEL is no control character to JSON */
    TOKENS("\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"", "s");
    TOKENS("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uFFFF\\uabcd\"", "e");
    TOKENS("\"\\ud800\\udc00\\uDBFF\\uDFFF\"", "e");
    static const char *const bad[] = {"\"",
                                      "\"a",
                                      "\"\\",
                                      "\"\\\"",
                                      "\"\\a\"",
                                      "\"\\'\"",
                                      "\"\\u\"",
                                      "\"\\u123\"",
                                      "\"\\u12g4\"",
                                      "\"\\U0041\"",
                                      "\"\\ud800\"",
                                      "\"\\ud800x\"",
                                      "\"\\udc00\"",
                                      "\"\\ud800\\ud800\"",
                                      "\"\\ud800\\u0041\"",
                                      "\"\n\"",
                                      "\"\x1f\"",
                                      "\"\t\"",
                                      "\"\x80\"",
                                      "\"\xc0\x80\"",
                                      "\"\xc1\xbf\"",
                                      "\"\xc2\"",
                                      "\"\xe0\x9f\xbf\"",
                                      "\"\xed\xa0\x80\"",
                                      "\"\xed\xbf\xbf\"",
                                      "\"\xf0\x8f\xbf\xbf\"",
                                      "\"\xf4\x90\x80\x80\"",
                                      "\"\xf8\x88\x80\x80\x80\"",
                                      "\"\xff\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_tokens(bad[i], strlen(bad[i]), "b");
    TOKENS("\"\0\"", "b");
}

/* A bad string ends before the byte that cannot stand there; an escape counts from its backslash. */
static void a_bad_string_ends_before_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t good;
    } strings[] = {{"\"abc", 4},        {"\"ab\nc\"", 3},        {"\"ab\\x\"", 3},
                   {"\"\\n\\u12\"", 3}, {"\"\xc3\xa9\xff\"", 3}, {"\"\\ud83d\\ude0\"", 1},
                   {"\"\xe2\x82\"", 1}};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        const unsigned char *text = (const unsigned char *)strings[i].text;
        struct json_lexer lexer = {text, text + strlen(strings[i].text), text};
        assert_int_equal(json_lexer_next(&lexer), JSON_TOKEN_BAD_STRING);
        assert_int_equal(lexer.cursor - text, strings[i].good);
    }
}

/* Cut off at every byte: the copy has exactly that length, so that reading behind it is found by the sanitizer. */
static void every_beginning_of_a_text_can_be_read(void **state)
{
    (void)state;
    static const char text[] =
        "{\"\\u00e9\\ud83d\\ude00\xe2\x82\xac\xf0\x9f\x98\x80\": [true, false, null, -12.5e-30, \"x\\\\\"], \"\": {}}";
    for (size_t length = 0; length < sizeof text; length++) {
        char tokens[MOST];
        tokens_of(str_of(text, length), tokens);
    }
}

/* Every byte by itself, and after the beginning of each kind of token. */
static void every_byte_can_follow(void **state)
{
    (void)state;
    static const char *const beginnings[] = {"",  "\"", "\"\\", "\"\\u00", "\"\\ud83d", "\"\xe2",
                                             "1", "1.", "1e",   "tru",     "-"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        for (int byte = 0; byte < 256; byte++) {
            char text[16], tokens[MOST];
            size_t length = strlen(beginnings[i]);
            memcpy(text, beginnings[i], length);
            text[length] = (char)byte;
            tokens_of(str_of(text, length + 1), tokens);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_told_apart),
        cmocka_unit_test(numbers_end_where_the_grammar_ends_them),
        cmocka_unit_test(strings_are_utf8_and_well_escaped),
        cmocka_unit_test(a_bad_string_ends_before_what_is_wrong),
        cmocka_unit_test(every_beginning_of_a_text_can_be_read),
        cmocka_unit_test(every_byte_can_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
