/* SPDX-License-Identifier: Apache-2.0 */
/* Arenas: alignment, zeroing, reuse, going back, running out. */
#include "support.h"

#include "base/arena.h"

static ddbexpr_arena *open_arena(struct test_alloc *t)
{
    test_alloc_init(t);
    ddbexpr_arena *a = NULL;
    assert_int_equal(ddbexpr_arena_new(&t->alloc, &a), DDBEXPR_OK);
    return a;
}

static void works_with_the_c_library(void **state)
{
    (void)state;
    ddbexpr_arena *a = NULL;
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    char *p = arena_alloc(a, 100000);
    assert_non_null(p);
    memset(p, 'x', 100000);
    ddbexpr_arena_free(a);
    ddbexpr_arena_free(NULL);
}

static void blocks_are_aligned_and_apart(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    unsigned char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = arena_alloc(a, i);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        memset(blocks[i], (int)i, i);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_equal(blocks[i][j], i);
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

static void zeroed_blocks_are_zero_also_when_reused(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    for (int round = 0; round < 2; round++) {
        unsigned char *p = arena_alloc_zeroed(a, 25, 40);
        assert_non_null(p);
        for (size_t i = 0; i < 1000; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, 1000);
        ddbexpr_arena_reset(a);
    }
    assert_non_null(arena_alloc_zeroed(a, 0, 8));
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

static void sizes_that_wrap_are_refused(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    size_t calls = t.calls;
    assert_null(arena_alloc(a, SIZE_MAX));
    assert_null(arena_alloc(a, SIZE_MAX - 15));
    assert_null(arena_alloc_zeroed(a, SIZE_MAX / 2, 3));
    assert_null(arena_copy(a, str_of("", SIZE_MAX)).ptr);
    assert_int_equal(t.calls, calls); /* the allocator was not even asked */
    assert_non_null(arena_alloc(a, 1));
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

static void copies_end_in_nul(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    char original[] = "ab\0cd";
    str copy = arena_copy(a, str_of(original, 5));
    memset(original, 'x', 5);
    assert_int_equal(copy.len, 5);
    assert_memory_equal(copy.ptr, "ab\0cd", 6);
    str empty = arena_copy(a, str_of(NULL, 0));
    assert_int_equal(empty.len, 0);
    assert_non_null(empty.ptr);
    assert_int_equal(empty.ptr[0], '\0');
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

/* Some sizes that do not fit into one chunk. */
static void fill(ddbexpr_arena *a)
{
    for (size_t i = 1; i <= 100; i++)
        assert_non_null(arena_alloc(a, i * 37 % 600));
}

#ifdef DDBEXPR_ARENA_PER_REQUEST
#define NOTHING_MORE_IS_ASKED false
#else
#define NOTHING_MORE_IS_ASKED true
#endif

#ifndef DDBEXPR_ARENA_PER_REQUEST /* there every request is a chunk of its own: nothing settles */
/* After some rounds one chunk holds all: then nothing is asked of the allocator any more. */
static void reset_settles_at_one_chunk(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    for (int round = 0; round < 8; round++) {
        fill(a);
        assert_int_equal(arena_reserved(a), t.live_bytes);
        ddbexpr_arena_reset(a);
    }
    size_t reserved = arena_reserved(a), calls = t.calls;
    for (int round = 0; round < 3; round++) {
        fill(a);
        ddbexpr_arena_reset(a);
    }
    assert_int_equal(t.calls, calls);
    assert_int_equal(arena_reserved(a), reserved);
    assert_int_equal(t.live, 2);
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}
#endif

static void reset_arena_takes_larger_blocks(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    fill(a);
    ddbexpr_arena_reset(a);
    for (size_t size = 100; size < 3000000; size *= 3) {
        unsigned char *p = arena_alloc(a, size), *q = arena_alloc(a, 10);
        assert_true(p && q);
        memset(p, 1, size);
        memset(q, 2, 10);
        assert_int_equal(p[0], 1);
        assert_int_equal(p[size - 1], 1);
    }
    assert_int_equal(arena_reserved(a), t.live_bytes);
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

static void rewind_goes_back_to_the_mark(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    struct arena_mark start = arena_mark(a);
    unsigned char *kept = arena_alloc(a, 100);
    assert_non_null(kept);
    memset(kept, 7, 100);
    struct arena_mark mark = arena_mark(a);
    void *first = arena_alloc(a, 50);
    assert_non_null(first);
    fill(a);
    arena_rewind(a, mark);
    assert_ptr_equal(arena_alloc(a, 50), first);
    size_t calls = t.calls;
    arena_rewind(a, mark);
    assert_ptr_equal(arena_alloc(a, 50), first);
    fill(a);
    assert_int_equal(t.calls, calls); /* the chunks were still there */
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(kept[i], 7);
    arena_rewind(a, start);
    assert_ptr_equal(arena_alloc(a, 100), kept);
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

#ifndef DDBEXPR_ARENA_PER_REQUEST
/* Chunks grow up to 4 MB; a larger one is made for what is larger only, and does not make others so. */
static void chunks_are_no_larger_than_need_be(void **state)
{
    (void)state;
    const size_t most = ((size_t)1 << 22) + 64;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    assert_non_null(arena_alloc(a, 3 * most));
    for (int i = 0; i < 3; i++) {
        size_t before = arena_reserved(a);
        while (arena_reserved(a) == before)
            assert_non_null(arena_alloc(a, 1000));
        assert_true(arena_reserved(a) - before <= most);
    }
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

static void small_blocks_share_chunks(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    for (int i = 0; i < 10000; i++)
        assert_non_null(arena_alloc(a, 16));
    assert_true(t.calls < 12);                       /* chunks double */
    assert_true(arena_reserved(a) < 4 * 10000 * 16); /* and waste at most half, twice over */
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}
#endif

/* Room for `room` bytes is there without asking again, aligned, also after a reset; what does not fit goes elsewhere.
 */
static void room_comes_with_the_arena(void **state)
{
    (void)state;
    static const size_t rooms[] = {0, 1, 16, 100, 1000, 5000};
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct test_alloc t;
        test_alloc_init(&t);
        ddbexpr_arena *a = NULL;
        size_t room = rooms[i] & ~(size_t)15;
        assert_int_equal(arena_new_with_room(&t.alloc, rooms[i], &a), DDBEXPR_OK);
        for (int round = 0; round < 5; round++) {
            struct arena_mark start = arena_mark(a);
            for (int again = 0; again < 2; again++, arena_rewind(a, start)) {
                size_t calls = t.calls;
                for (size_t taken = 0; taken < room; taken += 16) {
                    unsigned char *p = arena_alloc(a, 16);
                    assert_non_null(p);
                    assert_int_equal((uintptr_t)p % 16, 0);
                    memset(p, 1, 16);
                }
                if (NOTHING_MORE_IS_ASKED)
                    assert_int_equal(t.calls, calls);
            }
            fill(a);
            assert_int_equal(arena_reserved(a), t.live_bytes);
            ddbexpr_arena_reset(a);
            assert_int_equal(arena_reserved(a), t.live_bytes);
        }
        ddbexpr_arena_free(a);
        test_alloc_check_clean(&t);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        if (ddbexpr_arena_new(&t.alloc, &a) != DDBEXPR_OK) {
            assert_true(t.failed);
            assert_null(a);
            continue;
        }
        bool complete = arena_alloc(a, 5000) && arena_alloc_zeroed(a, 1000, 20) && arena_copy(a, STR("text")).ptr &&
                        arena_alloc(a, 100000);
        bool failed = t.failed;
        assert_true(complete == !failed);
        void *more = arena_alloc(a, 10);
        assert_true(more || !failed); /* one failure does not spoil the arena; this one may be the one that fails */
        ddbexpr_arena_free(a);
    }
}

static void knows_its_allocator(void **state)
{
    (void)state;
    struct test_alloc t;
    ddbexpr_arena *a = open_arena(&t);
    void *p = allocator_resize(arena_allocator(a), NULL, 0, 10);
    assert_int_equal(t.live, 2);
    allocator_resize(arena_allocator(a), p, 10, 0);
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
    p = allocator_resize(NULL, NULL, 0, 10);
    assert_non_null(p);
    p = allocator_resize(NULL, p, 10, 1000);
    assert_non_null(p);
    assert_null(allocator_resize(NULL, p, 1000, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_with_the_c_library),
        cmocka_unit_test(blocks_are_aligned_and_apart),
        cmocka_unit_test(zeroed_blocks_are_zero_also_when_reused),
        cmocka_unit_test(sizes_that_wrap_are_refused),
        cmocka_unit_test(copies_end_in_nul),
#ifndef DDBEXPR_ARENA_PER_REQUEST
        cmocka_unit_test(reset_settles_at_one_chunk),
#endif

        cmocka_unit_test(reset_arena_takes_larger_blocks),
        cmocka_unit_test(rewind_goes_back_to_the_mark),
#ifndef DDBEXPR_ARENA_PER_REQUEST
        cmocka_unit_test(chunks_are_no_larger_than_need_be),
        cmocka_unit_test(small_blocks_share_chunks),
#endif
        cmocka_unit_test(room_comes_with_the_arena),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(knows_its_allocator),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
