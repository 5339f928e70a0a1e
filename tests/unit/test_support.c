/* SPDX-License-Identifier: Apache-2.0 */
/* The test allocator itself: a judge that lets everyone off is worse than none. */
#include "support.h"

static void *take(struct test_alloc *t, void *ptr, size_t old_size, size_t new_size)
{
    return t->alloc.resize(t->alloc.ctx, ptr, old_size, new_size);
}

static void counts_what_lives(void **state)
{
    (void)state;
    struct test_alloc t;
    test_alloc_init(&t);
    char *a = take(&t, NULL, 0, 10);
    char *b = take(&t, NULL, 0, 20);
    assert_int_equal(t.live, 2);
    assert_int_equal(t.live_bytes, 30);
    take(&t, a, 10, 0);
    assert_int_equal(t.live, 1);
    take(&t, b, 20, 0);
    assert_int_equal(t.live, 0);
    assert_int_equal(t.calls, 2); /* freeing is no call that can fail */
    test_alloc_check_clean(&t);
}

static void keeps_contents_when_growing(void **state)
{
    (void)state;
    struct test_alloc t;
    test_alloc_init(&t);
    char *a = take(&t, NULL, 0, 4);
    assert_non_null(a);
    memcpy(a, "abcd", 4);
    a = take(&t, a, 4, 100);
    assert_non_null(a);
    assert_memory_equal(a, "abcd", 4);
    assert_int_equal((uintptr_t)a % 16, 0);
    a = take(&t, a, 100, 2);
    assert_non_null(a);
    assert_memory_equal(a, "ab", 2);
    assert_int_equal(t.live_bytes, 2);
    take(&t, a, 2, 0);
    test_alloc_check_clean(&t);
}

static void fails_the_chosen_call_only(void **state)
{
    (void)state;
    struct test_alloc t;
    test_alloc_init(&t);
    t.fail_at = 1;
    char *a = take(&t, NULL, 0, 1);
    assert_non_null(a);
    assert_false(t.failed);
    assert_null(take(&t, a, 1, 2)); /* and `a` stays as it was */
    assert_true(t.failed);
    assert_int_equal(t.live_bytes, 1);
    a = take(&t, a, 1, 2);
    assert_non_null(a);
    take(&t, a, 2, 0);
    test_alloc_check_clean(&t);
}

static void refuses_impossible_sizes(void **state)
{
    (void)state;
    struct test_alloc t;
    test_alloc_init(&t);
    assert_null(take(&t, NULL, 0, SIZE_MAX));
    assert_int_equal(t.live, 0);
}

static void notices_a_wrong_old_size(void **state)
{
    (void)state;
    struct test_alloc t;
    test_alloc_init(&t);
    take(&t, take(&t, NULL, 0, 8), 7, 0);
    assert_non_null(t.misuse);
}

static void tries_every_call_once(void **state)
{
    (void)state;
    struct test_alloc t;
    size_t runs = 0, failures = 0;
    FOR_EACH_FAILURE(t)
    {
        void *a = take(&t, NULL, 0, 1);
        void *b = take(&t, NULL, 0, 1);
        runs++;
        failures += (size_t)!a + (size_t)!b;
        assert_true(t.failed == (!a || !b));
        take(&t, a, a ? 1 : 0, 0);
        take(&t, b, b ? 1 : 0, 0);
    }
    assert_int_equal(runs, 3);
    assert_int_equal(failures, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_lives),          cmocka_unit_test(keeps_contents_when_growing),
        cmocka_unit_test(fails_the_chosen_call_only), cmocka_unit_test(refuses_impossible_sizes),
        cmocka_unit_test(notices_a_wrong_old_size),   cmocka_unit_test(tries_every_call_once),
    };
    return cmocka_run_group_tests_name("support", tests, NULL, NULL);
}
