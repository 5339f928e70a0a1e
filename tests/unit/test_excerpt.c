/* SPDX-License-Identifier: Apache-2.0 */
/* Marks under parts of a text, and running text broken at blanks; excerpt.c of src/explain, wrap.c of src/base. */
#include "kit.h"

#include "base/wrap.h"
#include "explain/excerpt.h"

#include <string.h>

/* Marks every occurrence of `part`. */
static void assert_excerpt(const char *text, const char *part, unsigned width, const char *expected)
{
    ddbexpr_buffer *out;
    ddbexpr_span spans[16];
    size_t count = 0;
    for (const char *p = text; part && (p = strstr(p, part)); p += strlen(part))
        spans[count++] = (ddbexpr_span){(uint32_t)(p - text), (uint32_t)(p - text + (long)strlen(part))};
    const ddbexpr_style style = {.size = sizeof style, .width = width};
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    put_excerpt(out, &style, ddbexpr_cstr(text), spans, count);
    assert_str_is(ddbexpr_buffer_text(out), expected);
    ddbexpr_buffer_free(out);
}

static void marks_stand_under_their_parts(void **state)
{
    (void)state;
    assert_excerpt("a = :v AND b = :v", "b = :v", 0, "  a = :v AND b = :v\n             ^^^^^^\n");
    assert_excerpt("a = :v AND b = :v", ":v", 0, "  a = :v AND b = :v\n      ^^         ^^\n");
    assert_excerpt("\xc3\xa4\xc3\xb6 = :v", ":v", 0, "  \xc3\xa4\xc3\xb6 = :v\n       ^^\n");
    assert_excerpt("a = :v\nAND b = :v", "b = :v", 0, "  a = :v\n  AND b = :v\n      ^^^^^^\n");
    assert_excerpt("a\x1b[m = :v", ":v", 0, "  a\\x1b[m = :v\n            ^^\n"); /* as it is shown */
}

static void long_texts_are_broken_and_cut(void **state)
{
    (void)state;
    assert_excerpt("aaaaaaaaaa bbbbbbbbbb cccccccccc", "cccccccccc", 26,
                   "  aaaaaaaaaa bbbbbbbbbb\n  cccccccccc\n  ^^^^^^^^^^\n");
    assert_excerpt("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL, 26,
                   "  aaaaaaaaaaaaaaaaaaaaaaaa\n  aaaaaaaaaaaaaaaa\n");
    /* a mark over the break goes on in the next row */
    assert_excerpt("x aaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb y", "aaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb", 26,
                   "  x aaaaaaaaaaaaaaa\n    ^^^^^^^^^^^^^^^\n  bbbbbbbbbbbbbbbb y\n  ^^^^^^^^^^^^^^^^\n");
    assert_excerpt("a\nb\nc\nd\ne\nf\ng\nh\nMARK\ni\nj\nk", "MARK", 0, "  …\n  h\n  MARK\n  ^^^^\n  i\n  …\n");
}

static void assert_wrapped(const char *text, size_t column, size_t indent, size_t width, const char *expected)
{
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    size_t end = wrap_put(out, ddbexpr_cstr(text), column, indent, width);
    assert_str_is(ddbexpr_buffer_text(out), expected);
    const char *newline = strrchr(expected, '\n');
    assert_int_equal(end, newline ? strlen(newline + 1) : column + strlen(expected));
    ddbexpr_buffer_free(out);
}

static void text_is_wrapped_at_blanks(void **state)
{
    (void)state;
    assert_wrapped("one two three", 0, 2, 0, "one two three");
    assert_wrapped("one two three", 0, 2, 8, "one two\n  three");
    assert_wrapped("one two three", 4, 2, 8, "one\n  two\n  three");
    assert_wrapped("averylongword x", 0, 2, 4, "averylongword\n  x"); /* is not broken */
    assert_wrapped("a  b", 0, 0, 80, "a  b");
    assert_wrapped("a\tb c", 0, 0, 4, "a\\tb\nc");
    assert_wrapped("", 3, 0, 4, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stand_under_their_parts),
        cmocka_unit_test(long_texts_are_broken_and_cut),
        cmocka_unit_test(text_is_wrapped_at_blanks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
