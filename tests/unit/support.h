/* SPDX-License-Identifier: Apache-2.0 */
/* What unit tests share: cmocka with the headers it wants, byte-string assertions, and an allocator that counts, fails
 * on demand and finds leaks. It must know nothing of what is tested but allocators and byte strings.
 *
 * A test of failing allocations:
 *
 *     struct test_alloc t;
 *     FOR_EACH_FAILURE(t)
 *     {
 *         ddbexpr_arena *a = NULL;
 *         ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
 *         assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
 *         ddbexpr_arena_free(a);
 *     }
 *
 * The body runs with the first allocation failing, then the second, and so on, until it runs through without a failure;
 * after each run nothing may be left allocated. Do not leave the loop by break, goto or return. */
#ifndef DDBEXPR_TESTS_SUPPORT_H
#define DDBEXPR_TESTS_SUPPORT_H

#include <ddbexpr/memory.h>

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- byte strings --- */

static inline void test_print_str(const char *label, str s)
{
    fprintf(stderr, "%s(%zu bytes) ", label, s.len);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= ' ' && c <= '~')
            fputc(c, stderr);
        else
            fprintf(stderr, "\\x%02x", c);
    }
    fputc('\n', stderr);
}

static inline void test_str_equal(str actual, str expected, const char *file, int line)
{
    if (str_equal(actual, expected))
        return;
    test_print_str("actual:   ", actual);
    test_print_str("expected: ", expected);
    _fail(file, line);
}

/* Both are byte strings; or the second is a literal or another NUL-terminated text. */
#define assert_str_equal(actual, expected) test_str_equal((actual), (expected), __FILE__, __LINE__)
#define assert_str_is(actual, text)        test_str_equal((actual), ddbexpr_cstr(text), __FILE__, __LINE__)

/* --- the allocator --- */

struct test_alloc {
    ddbexpr_alloc alloc; /* hand out &t.alloc */
    size_t calls;        /* allocations, growths and shrinks asked for since the last reset of this count */
    size_t fail_at;      /* the call, from 0, that gets no memory; SIZE_MAX: none */
    size_t live;         /* blocks not yet freed */
    size_t live_bytes;   /* their sizes */
    bool failed;         /* the call `fail_at` has come */
    const char *misuse;  /* what the tested code did wrong with the allocator, or NULL */
    size_t round;        /* FOR_EACH_FAILURE: the `fail_at` of the next run */
};

#define TEST_FAIL_NEVER  SIZE_MAX
#define TEST_MOST_ROUNDS 1000000u /* so that a body that never runs through ends */
#define TEST_BLOCK_MARK  0x5eedb10cu

/* In front of each block; as large as the alignment that is promised, so that the block keeps it. */
union test_block {
    struct {
        size_t size;
        uint32_t mark;
    } head;
    char padding[16];
};

static inline void test_block_free(struct test_alloc *t, union test_block *block)
{
    t->live--;
    t->live_bytes -= block->head.size;
    memset(block, 0x5a, sizeof *block + block->head.size); /* whoever still reads it, reads nonsense */
    free(block);
}

/* Every growth moves, so that pointers into the old block are found out. */
static inline void *test_alloc_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    struct test_alloc *t = ctx;
    union test_block *old = ptr ? (union test_block *)ptr - 1 : NULL;
    if (old && old->head.mark != TEST_BLOCK_MARK) {
        t->misuse = "resized or freed what was never allocated";
        return NULL;
    }
    if ((old ? old->head.size : 0) != old_size)
        t->misuse = "told a wrong old_size";
    if (new_size == 0) {
        if (old)
            test_block_free(t, old);
        return NULL;
    }
    if (t->calls++ == t->fail_at) {
        t->failed = true;
        return NULL;
    }
    if (new_size > SIZE_MAX / 2)
        return NULL;
    union test_block *block = malloc(sizeof *block + new_size);
    if (!block)
        return NULL;
    block->head.size = new_size;
    block->head.mark = TEST_BLOCK_MARK;
    memset(block + 1, 0xa5, new_size); /* whoever counts on zeros is found out */
    t->live++;
    t->live_bytes += new_size;
    if (old) {
        memcpy(block + 1, old + 1, old->head.size < new_size ? old->head.size : new_size);
        test_block_free(t, old);
    }
    return block + 1;
}

/* An allocator that never fails; set `fail_at` for one that does. The struct must stay where it is. */
static inline void test_alloc_init(struct test_alloc *t)
{
    *t = (struct test_alloc){.alloc = {t, test_alloc_resize}, .fail_at = TEST_FAIL_NEVER};
}

static inline void test_alloc_clean_at(const struct test_alloc *t, const char *file, int line)
{
    if (t->misuse)
        fprintf(stderr, "the allocator's user %s\n", t->misuse);
    if (t->live)
        fprintf(stderr, "%zu blocks leaked (%zu bytes); failed call: %s %zu\n", t->live, t->live_bytes,
                t->failed ? "number" : "none of", t->failed ? t->fail_at : t->calls);
    if (t->misuse || t->live)
        _fail(file, line);
}

/* Fails the test where a block is not freed or the allocator was used wrongly. */
#define test_alloc_check_clean(t) test_alloc_clean_at((t), __FILE__, __LINE__)

static inline bool test_alloc_next_round(struct test_alloc *t, const char *file, int line)
{
    bool first = t->round == 0;
    if (!first) {
        test_alloc_clean_at(t, file, line);
        if (!t->failed)
            return false;
    }
    if (t->round == TEST_MOST_ROUNDS) {
        fprintf(stderr, "still failing after %u allocations\n", TEST_MOST_ROUNDS);
        _fail(file, line);
    }
    t->calls = 0;
    t->failed = false;
    t->fail_at = t->round++;
    return true;
}

/* Repeats the statement that follows; see the head of this file. `t` is a struct test_alloc variable. */
#define FOR_EACH_FAILURE(t) for (test_alloc_init(&(t)); test_alloc_next_round(&(t), __FILE__, __LINE__);)

#endif
