/* SPDX-License-Identifier: Apache-2.0 */
/* User data for terminals: what is escaped, how, and how wide it is. */
#include "prng.h"
#include "support.h"

#include "base/utf8.h"
#include "base/visible.h"

static void check(str text, const char *expected, const char *file, int line)
{
    struct test_alloc t;
    test_alloc_init(&t);
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_buffer_new(&t.alloc, &out), DDBEXPR_OK);
    size_t columns = 0;
    assert_int_equal(ddbexpr_buffer_append_visible(out, text, &columns), DDBEXPR_OK);
    test_str_equal(ddbexpr_buffer_text(out), ddbexpr_cstr(expected), file, line);
    assert_int_equal(columns, utf8_characters(ddbexpr_buffer_text(out), SIZE_MAX));
    assert_int_equal(visible_put(NULL, text), columns); /* measuring alone says the same */
    ddbexpr_buffer_free(out);
    test_alloc_check_clean(&t);
}

#define assert_visible(text, expected) check((text), (expected), __FILE__, __LINE__)

static void ordinary_text_is_left_alone(void **state)
{
    (void)state;
    assert_visible(STR(""), "");
    assert_visible(STR("a b ~\\\"'`"), "a b ~\\\"'`");
    assert_visible(STR("\xc3\xa9 \xf0\x9f\x98\x80 \xc2\xa0"), "\xc3\xa9 \xf0\x9f\x98\x80 \xc2\xa0");
}

static void controls_are_escaped(void **state)
{
    (void)state;
    assert_visible(STR("a\nb\rc\td"), "a\\nb\\rc\\td");
    assert_visible(STR("\x1b[31m"), "\\x1b[31m");
    assert_visible(str_of("\0", 1), "\\x00");
    assert_visible(STR("\x7f"), "\\x7f");
    assert_visible(STR("\xc2\x9b"), "\\x9b"); /* CSI in one character */
}

static void direction_marks_are_escaped(void **state)
{
    (void)state;
    assert_visible(STR("\xe2\x80\xae"), "\\u{202e}");
    assert_visible(STR("\xe2\x81\xa6x\xe2\x81\xa9"), "\\u{2066}x\\u{2069}");
    assert_visible(STR("\xe2\x80\x8e\xe2\x80\x8f"), "\\u{200e}\\u{200f}");
    assert_visible(STR("\xd8\x9c"), "\\u{061c}");
    assert_visible(STR("\xef\xbb\xbf"), "\\u{feff}");
}

static void bytes_that_are_no_utf8_are_escaped(void **state)
{
    (void)state;
    assert_visible(STR("a\xff"), "a\\xff");
    assert_visible(STR("\xe2\x82"), "\\xe2\\x82");
    assert_visible(STR("\xed\xa0\x80"), "\\xed\\xa0\\x80");
}

/* Whatever comes in: what goes out is UTF-8 without anything that drives a terminal. */
static void nothing_dangerous_comes_out(void **state)
{
    (void)state;
    struct prng random = {1};
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    for (int round = 0; round < 20000; round++) {
        char bytes[12];
        size_t length = prng_below(&random, sizeof bytes + 1);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)(prng_once_in(&random, 2) ? 0xc0 | prng_next(&random) : prng_next(&random));
        ddbexpr_buffer_clear(out);
        size_t columns = visible_put(out, str_of(bytes, length));
        str text = ddbexpr_buffer_text(out);
        assert_true(utf8_valid(text));
        assert_int_equal(columns, utf8_characters(text, text.len));
        for (size_t i = 0; i < text.len;) {
            size_t width = utf8_length(str_of(text.ptr + i, text.len - i));
            uint32_t code = utf8_decode(text.ptr + i, width);
            assert_true(code >= 0x20 && !(code >= 0x7f && code < 0xa0) && !(code >= 0x202a && code <= 0x202e));
            i += width;
        }
    }
    ddbexpr_buffer_free(out);
}

static void columns_need_not_be_asked_for(void **state)
{
    (void)state;
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_buffer_append_visible(out, STR("\n"), NULL), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(out), "\\n");
    ddbexpr_buffer_free(out);
}

static void a_failure_is_told(void **state)
{
    (void)state;
    struct test_alloc t;
    char text[500];
    memset(text, '\n', sizeof text);
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_buffer *out = NULL;
        if (ddbexpr_buffer_new(&t.alloc, &out) != DDBEXPR_OK)
            continue;
        ddbexpr_status status = ddbexpr_buffer_append_visible(out, str_of(text, sizeof text), NULL);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        ddbexpr_buffer_free(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_is_left_alone), cmocka_unit_test(controls_are_escaped),
        cmocka_unit_test(direction_marks_are_escaped), cmocka_unit_test(bytes_that_are_no_utf8_are_escaped),
        cmocka_unit_test(nothing_dangerous_comes_out), cmocka_unit_test(columns_need_not_be_asked_for),
        cmocka_unit_test(a_failure_is_told),
    };
    return cmocka_run_group_tests_name("visible", tests, NULL, NULL);
}
