/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: every scalar value there and back, every kind of byte that is not UTF-8, and what is counted. */
#include "support.h"

#include "base/utf8.h"

/* An independent judge of well-formedness: the ranges of RFC 3629, row by row. */
static size_t table_length(const unsigned char *p, size_t len)
{
    static const struct {
        unsigned char ranges[4][2];
        size_t length;
    } rows[] = {
        {{{0x00, 0x7f}}, 1},
        {{{0xc2, 0xdf}, {0x80, 0xbf}}, 2},
        {{{0xe0, 0xe0}, {0xa0, 0xbf}, {0x80, 0xbf}}, 3},
        {{{0xe1, 0xec}, {0x80, 0xbf}, {0x80, 0xbf}}, 3},
        {{{0xed, 0xed}, {0x80, 0x9f}, {0x80, 0xbf}}, 3},
        {{{0xee, 0xef}, {0x80, 0xbf}, {0x80, 0xbf}}, 3},
        {{{0xf0, 0xf0}, {0x90, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}, 4},
        {{{0xf1, 0xf3}, {0x80, 0xbf}, {0x80, 0xbf}, {0x80, 0xbf}}, 4},
        {{{0xf4, 0xf4}, {0x80, 0x8f}, {0x80, 0xbf}, {0x80, 0xbf}}, 4},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        bool fits = len >= rows[r].length;
        for (size_t i = 0; i < rows[r].length && fits; i++)
            fits = p[i] >= rows[r].ranges[i][0] && p[i] <= rows[r].ranges[i][1];
        if (fits)
            return rows[r].length;
    }
    return 0;
}

static void length_agrees_with_the_table(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                          0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
    size_t n = sizeof edges;
    for (unsigned lead = 0; lead < 256; lead++)
        for (size_t i = 0; i < n * n * n; i++) {
            unsigned char bytes[4] = {(unsigned char)lead, edges[i % n], edges[i / n % n], edges[i / n / n]};
            for (size_t len = 1; len <= 4; len++)
                if (utf8_length(str_of((char *)bytes, len)) != table_length(bytes, len))
                    fail_msg("%02x %02x %02x %02x of %zu bytes", bytes[0], bytes[1], bytes[2], bytes[3], len);
        }
}

static void every_scalar_value_comes_back(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        if (code >= 0xd800 && code <= 0xdfff)
            continue;
        char bytes[4];
        size_t length = utf8_write(code, bytes);
        size_t wanted = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        if (length != wanted || utf8_length(str_of(bytes, length)) != length || utf8_decode(bytes, length) != code)
            fail_msg("U+%04x", code);
        if (utf8_utf16_units(str_of(bytes, length)) != (code < 0x10000 ? 1u : 2u))
            fail_msg("units of U+%04x", code);
    }
}

static void validity_is_that_of_every_character(void **state)
{
    (void)state;
    assert_true(utf8_valid(STR("")));
    assert_true(utf8_valid(str_of(NULL, 0)));
    assert_true(utf8_valid(str_of("a\0\xc3\xa9\xf0\x9f\x98\x80", 8)));
    assert_false(utf8_valid(STR("a\x80")));
    assert_false(utf8_valid(STR("\xc3")));
    assert_false(utf8_valid(STR("ok\xed\xa0\x80")));   /* a surrogate */
    assert_false(utf8_valid(STR("\xf4\x90\x80\x80"))); /* beyond U+10FFFF */
    assert_false(utf8_valid(STR("\xc0\x80")));         /* overlong */
}

/* size() of a string (aws: spec conformance-suite 8: é and one astral character are 3). */
static void utf16_units_count_astral_characters_twice(void **state)
{
    (void)state;
    assert_int_equal(utf8_utf16_units(STR("")), 0);
    assert_int_equal(utf8_utf16_units(STR("hello")), 5);
    assert_int_equal(utf8_utf16_units(STR("\xc3\xa9\xf0\x9f\x98\x80")), 3);
    assert_int_equal(utf8_utf16_units(STR("\xff\xe2\x82")), 3); /* no UTF-8: a byte counts 1 */
}

static void characters_before_an_offset(void **state)
{
    (void)state;
    str text = STR("a\xc3\xa9\xf0\x9f\x98\x80z");
    assert_int_equal(utf8_characters(text, 0), 0);
    assert_int_equal(utf8_characters(text, 1), 1);
    assert_int_equal(utf8_characters(text, 3), 2);
    assert_int_equal(utf8_characters(text, 7), 3);
    assert_int_equal(utf8_characters(text, 8), 4);
    assert_int_equal(utf8_characters(text, 100), 4);
    assert_int_equal(utf8_characters(STR("\x80\x80\x80"), 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(length_agrees_with_the_table),
        cmocka_unit_test(every_scalar_value_comes_back),
        cmocka_unit_test(validity_is_that_of_every_character),
        cmocka_unit_test(utf16_units_count_astral_characters_twice),
        cmocka_unit_test(characters_before_an_offset),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
