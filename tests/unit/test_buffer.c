/* SPDX-License-Identifier: Apache-2.0 */
/* Growing texts: what is appended, what sticks, what a failure leaves. */
#include "support.h"

#include "base/buffer.h"

static ddbexpr_buffer *open_buffer(struct test_alloc *t)
{
    test_alloc_init(t);
    ddbexpr_buffer *b = NULL;
    assert_int_equal(ddbexpr_buffer_new(&t->alloc, &b), DDBEXPR_OK);
    return b;
}

static void close_buffer(struct test_alloc *t, ddbexpr_buffer *b)
{
    ddbexpr_buffer_free(b);
    test_alloc_check_clean(t);
}

static void begins_empty(void **state)
{
    (void)state;
    ddbexpr_buffer *b = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &b), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(b), "");
    assert_string_equal(ddbexpr_buffer_text(b).ptr, "");
    ddbexpr_buffer_clear(b);
    assert_str_is(ddbexpr_buffer_text(b), "");
    ddbexpr_buffer_free(b);
    ddbexpr_buffer_free(NULL);
}

static void appends_all_kinds(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    buffer_put(b, STR("ab"));
    buffer_put(b, str_of(NULL, 0));
    buffer_char(b, '-');
    buffer_repeat(b, '=', 3);
    buffer_repeat(b, '!', 0);
    buffer_unsigned(b, 0);
    buffer_char(b, ' ');
    buffer_unsigned(b, UINT64_MAX);
    buffer_text_literal(b, " end");
    assert_str_is(ddbexpr_buffer_text(b), "ab-===0 18446744073709551615 end");
    assert_int_equal(buffer_status(b), DDBEXPR_OK);
    close_buffer(&t, b);
}

static void a_nul_follows_whatever_the_length(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    for (size_t i = 1; i <= 1000; i++) {
        buffer_char(b, 'x');
        assert_int_equal(ddbexpr_buffer_text(b).len, i);
        assert_int_equal(ddbexpr_buffer_text(b).ptr[i], '\0');
    }
    close_buffer(&t, b);
}

static void nul_bytes_are_ordinary(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    assert_int_equal(ddbexpr_buffer_append(b, str_of("a\0b", 3)), DDBEXPR_OK);
    assert_str_equal(ddbexpr_buffer_text(b), str_of("a\0b", 3));
    close_buffer(&t, b);
}

static void clear_keeps_the_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    buffer_repeat(b, 'x', 5000);
    size_t calls = t.calls;
    ddbexpr_buffer_clear(b);
    assert_str_is(ddbexpr_buffer_text(b), "");
    assert_string_equal(ddbexpr_buffer_text(b).ptr, "");
    buffer_repeat(b, 'y', 5000);
    assert_int_equal(t.calls, calls);
    assert_int_equal(ddbexpr_buffer_text(b).len, 5000);
    close_buffer(&t, b);
}

/* A writer asks once, at the end: what failed in between must still be known. */
static void a_failure_sticks_until_cleared(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    buffer_put(b, STR("kept"));
    t.fail_at = t.calls;
    buffer_repeat(b, 'x', 1000);
    t.fail_at = TEST_FAIL_NEVER;
    buffer_put(b, STR("no hole in the middle"));
    assert_int_equal(buffer_status(b), DDBEXPR_NO_MEMORY);
    assert_str_is(ddbexpr_buffer_text(b), "kept");
    ddbexpr_buffer_clear(b);
    assert_int_equal(buffer_status(b), DDBEXPR_OK);
    buffer_put(b, STR("again"));
    assert_str_is(ddbexpr_buffer_text(b), "again");
    close_buffer(&t, b);
}

static void public_append_tells_of_itself(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    assert_int_equal(ddbexpr_buffer_append(b, STR("kept")), DDBEXPR_OK);
    char long_text[1000];
    memset(long_text, 'x', sizeof long_text);
    t.fail_at = t.calls;
    assert_int_equal(ddbexpr_buffer_append(b, str_of(long_text, sizeof long_text)), DDBEXPR_NO_MEMORY);
    assert_str_is(ddbexpr_buffer_text(b), "kept");
    assert_int_equal(ddbexpr_buffer_append(b, STR(" and more")), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(b), "kept and more");
    assert_int_equal(ddbexpr_buffer_status(b), DDBEXPR_NO_MEMORY); /* something is missing from the whole */
    ddbexpr_buffer_clear(b);
    assert_int_equal(ddbexpr_buffer_status(b), DDBEXPR_OK);
    close_buffer(&t, b);
}

static void sizes_that_wrap_are_no_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_buffer *b = open_buffer(&t);
    buffer_put(b, STR("kept"));
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 4, SIZE_MAX / 2 + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        buffer_repeat(b, 'x', sizes[i]);
        assert_int_equal(buffer_status(b), DDBEXPR_NO_MEMORY);
        assert_str_is(ddbexpr_buffer_text(b), "kept");
        ddbexpr_buffer_clear(b);
        buffer_put(b, STR("kept"));
    }
    close_buffer(&t, b);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_buffer *b = NULL;
        if (ddbexpr_buffer_new(&t.alloc, &b) != DDBEXPR_OK) {
            assert_true(t.failed);
            assert_null(b);
            continue;
        }
        for (int i = 0; i < 100; i++)
            buffer_put(b, STR("0123456789"));
        assert_int_equal(buffer_status(b), t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        str text = ddbexpr_buffer_text(b);
        assert_true(t.failed ? text.len < 1000 : text.len == 1000);
        for (size_t i = 0; i < text.len; i++)
            assert_int_equal(text.ptr[i], '0' + i % 10);
        ddbexpr_buffer_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_empty),
        cmocka_unit_test(appends_all_kinds),
        cmocka_unit_test(a_nul_follows_whatever_the_length),
        cmocka_unit_test(nul_bytes_are_ordinary),
        cmocka_unit_test(clear_keeps_the_memory),
        cmocka_unit_test(a_failure_sticks_until_cleared),
        cmocka_unit_test(public_append_tells_of_itself),
        cmocka_unit_test(sizes_that_wrap_are_no_memory),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
