/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of JSON strings (text.c): runs without anything special, escapes, hashes. */
#include "kit.h"
#include "prng.h"

#include "json/lexer.h"
#include "json/text.h"

/* Every byte at every place of a run, in memory of exact length: found there, and nothing before it. */
static void a_special_byte_is_found_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t length = 0; length <= 20; length++)
        for (size_t at = 0; at < length; at++)
            for (unsigned byte = 0; byte < 256; byte++) {
                unsigned char *run = malloc(length);
                assert_non_null(run);
                memset(run, 'x', length);
                run[at] = (unsigned char)byte;
                bool special = byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\';
                size_t found = (size_t)(json_skip_plain(run, run + length) - run);
                free(run);
                assert_int_equal(found, special ? at : length);
            }
}

/* What follows the first special byte must not move it: eight bytes are looked at together. */
static void the_first_of_several_is_found(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {0x00, 0x1f, 0x20, 0x21, '"', 0x23, 0x5b, '\\', 0x5d, 0x7f, 0x80, 0xa2, 0xff};
    struct prng p = {3};
    for (int round = 0; round < 200000; round++) {
        unsigned char run[24];
        size_t expected = sizeof run;
        for (size_t i = sizeof run; i-- > 0;) {
            run[i] = bytes[prng_below(&p, sizeof bytes)];
            if (prng_once_in(&p, 2))
                run[i] = 'a';
            if (json_is_special(run[i]))
                expected = i;
        }
        assert_int_equal(json_skip_plain_words(run, run + sizeof run) - run, expected);
        assert_int_equal(json_skip_plain(run, run + sizeof run) - run, expected);
        const unsigned char *near = json_skip_plain_near(run, run + sizeof run);
        if (near)
            assert_true((size_t)(near - run) == expected || (expected > 16 && near - run == 16));
    }
}

/* The same of what looks for strings that are short, with the bytes that it may read and no more. */
static void a_short_string_ends_where_it_does(void **state)
{
    (void)state;
    for (size_t length = 1; length <= 40; length++)
        for (size_t at = 0; at < length; at++) {
            unsigned char *run = malloc(length);
            assert_non_null(run);
            memset(run, 'x', length);
            run[at] = '"';
            const unsigned char *near = json_skip_plain_near(run, run + length);
            size_t found = near ? (size_t)(near - run) : at;
            free(run);
            assert_true(found == at || (found == 16 && at > 16));
        }
}

/* Every byte behind digits, in memory of exact length, with every kind of byte behind it. */
static void digits_end_where_another_byte_stands(void **state)
{
    (void)state;
    static const unsigned char behind[] = {0x00, '0', '9', ':', 0x7f, 0x80, 0xff};
    for (size_t length = 0; length <= 20; length++)
        for (size_t at = 0; at <= length; at++)
            for (unsigned byte = 0; byte < 256; byte++) {
                if (byte >= '0' && byte <= '9')
                    continue;
                unsigned char *run = malloc(length + 1);
                assert_non_null(run);
                for (size_t i = 0; i < length; i++)
                    run[i] = i < at ? (unsigned char)('0' + (i + byte) % 10) : behind[(i + byte) % sizeof behind];
                if (at < length)
                    run[at] = (unsigned char)byte;
                size_t found = (size_t)(json_skip_digits(run, run + length) - run);
                free(run);
                assert_int_equal(found, at);
            }
}

static void assert_unescaped(const char *inside, const char *expected, size_t length)
{
    struct kit k;
    str text;
    kit_open(&k);
    assert_int_equal(json_unescape(k.arena, ddbexpr_cstr(inside), &text), DDBEXPR_OK);
    assert_str_equal(text, str_of(expected, length));
    kit_close(&k);
}

#define UNESCAPED(inside, expected) assert_unescaped(inside, "" expected, sizeof(expected) - 1)

static void escapes_are_resolved(void **state)
{
    (void)state;
    UNESCAPED("", "");
    UNESCAPED("no escapes", "no escapes");
    UNESCAPED("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t");
    UNESCAPED("a\\u0000b", "a\0b");
    UNESCAPED("\\u0041\\u007f\\u0080\\u07FF", "A\x7f\xc2\x80\xdf\xbf");
    UNESCAPED("\\u0800\\uD7ff\\ue000\\uFFFF", "\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf");
    UNESCAPED("\\ud800\\udc00\\uDBFF\\uDFFF\\ud83d\\ude00", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xf0\x9f\x98\x80");
    UNESCAPED("\\\\u0041", "\\u0041");
}

/* --- skipping: the lexer is the judge --- */

/* What stands in quotes is skipped as a string where the lexer sees one, and nowhere else. */
static void assert_skipped_as_lexed(const unsigned char *inside, size_t length)
{
    unsigned char *text = malloc(length + 2);
    assert_non_null(text);
    text[0] = text[length + 1] = '"';
    memcpy(text + 1, inside, length);
    struct json_lexer lexer = {text, text + length + 2, text};
    enum json_token token = json_lexer_next(&lexer);
    bool good = token == JSON_TOKEN_STRING || token == JSON_TOKEN_ESCAPED_STRING;
    const unsigned char *p = text + 1, *limit = text + length + 2;
    while ((p = json_skip_plain(p, limit)) && p < limit && *p != '"') {
        p = *p == '\\' ? json_skip_escape(p + 1, limit) : json_skip_encoded(p, limit);
        if (!p)
            break;
    }
    assert_int_equal(good, p && p < limit);
    if (good)
        assert_ptr_equal(p + 1, lexer.cursor);
    free(text);
}

static void strings_are_skipped_as_the_lexer_reads_them(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\\",
                                         "\\u",
                                         "\\ud83d",
                                         "\\ude00",
                                         "\\uD7ff",
                                         "\\u00e9",
                                         "\\n",
                                         "\\/",
                                         "\\x",
                                         "a",
                                         "0",
                                         "d8",
                                         "\xc3",
                                         "\xa9",
                                         "\xe2\x82",
                                         "\xac",
                                         "\xed\xa0\x80",
                                         "\xf0\x9f\x98",
                                         "\x80",
                                         "\xf4\x90",
                                         "\xf4\x90\x80\x80",
                                         "\xf4\x8f\xbf\xbf",
                                         "\xe0\x9f",
                                         "\xff",
                                         "\x1f",
                                         "\t",
                                         "\"",
                                         "\xf0\x8f\xbf\xbf",
                                         "\xc1\x81"};
    struct prng p = {17};
    for (int round = 0; round < 200000; round++) {
        unsigned char inside[64];
        size_t length = 0;
        for (uint32_t count = prng_below(&p, 6); count-- > 0;) {
            const char *piece = pieces[prng_below(&p, sizeof pieces / sizeof *pieces)];
            memcpy(inside + length, piece, strlen(piece));
            length += strlen(piece);
        }
        assert_skipped_as_lexed(inside, length);
    }
    for (unsigned first = 0; first < 256; first++) /* every two bytes, and a third behind them */
        for (unsigned second = 0; second < 256; second++) {
            const unsigned char three[] = {(unsigned char)first, (unsigned char)second, 0x80};
            assert_skipped_as_lexed(three, 2);
            assert_skipped_as_lexed(three, 3);
        }
}

static void equal_names_have_equal_hashes(void **state)
{
    (void)state;
    char name[64], copy[65];
    for (size_t length = 0; length < sizeof name; length++) {
        for (size_t i = 0; i < length; i++)
            name[i] = (char)('a' + i % 26);
        memset(copy, '#', sizeof copy);
        memcpy(copy + 1, name, length); /* elsewhere, and with other bytes behind it */
        uint32_t hash = json_hash(str_of(name, length));
        assert_int_equal(hash, json_hash(str_of(copy + 1, length)));
        for (size_t behind = 0; length + behind < sizeof copy; behind++)
            assert_int_equal(hash,
                             json_hash_in(str_of(copy + 1, length), (const unsigned char *)copy + 1 + length + behind));
    }
}

/* Every byte counts: else names that differ only there would all be one to the table. */
static void a_byte_more_or_other_changes_the_hash(void **state)
{
    (void)state;
    char name[40];
    memset(name, 'a', sizeof name);
    for (size_t length = 1; length < sizeof name; length++) {
        uint32_t hash = json_hash(str_of(name, length));
        assert_int_not_equal(hash, json_hash(str_of(name, length - 1)));
        for (size_t at = 0; at < length; at++) {
            name[at] = 'b';
            assert_int_not_equal(hash, json_hash(str_of(name, length)));
            name[at] = 'a';
        }
    }
}

/* Tables take the low bits of hashes: names such as attr0001, attr0002 differ there. */
static void names_with_other_ends_are_spread_over_tables(void **state)
{
    (void)state;
    char name[40];
    memset(name, 'a', sizeof name);
    for (size_t length = 1; length < sizeof name; length++) {
        bool taken[64] = {false};
        size_t count = 0;
        for (char c = 'a'; c <= 'z'; c++) {
            name[length - 1] = c;
            bool *slot = &taken[json_hash(str_of(name, length)) % 64];
            count += !*slot;
            *slot = true;
        }
        name[length - 1] = 'a';
        assert_true(count > 13); /* of 26: by chance 21 or 22 */
    }
}

static void unescaping_may_lack_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        str text = STR("untouched");
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = json_unescape(a, STR("\\n"), &text);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_str_is(text, t.failed ? "untouched" : "\n");
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_special_byte_is_found_wherever_it_stands),
        cmocka_unit_test(the_first_of_several_is_found),
        cmocka_unit_test(a_short_string_ends_where_it_does),
        cmocka_unit_test(digits_end_where_another_byte_stands),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(strings_are_skipped_as_the_lexer_reads_them),
        cmocka_unit_test(equal_names_have_equal_hashes),
        cmocka_unit_test(a_byte_more_or_other_changes_the_hash),
        cmocka_unit_test(names_with_other_ends_are_spread_over_tables),
        cmocka_unit_test(unescaping_may_lack_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
