/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks in a list, newest first: a reader that gets no memory is left by a jump, and what it had is freed. One thread.
 */
#include "cli/report/tree_memory.h"

#include <setjmp.h>
#include <stdlib.h>

struct block {
    struct block *newer, *older;
};

_Static_assert(sizeof(struct block) % 16 == 0, "what follows must be aligned");

static struct block *newest;
static bool ran_out;
static jmp_buf *reading; /* NULL: it builds or prints, which it may go on with */

static void *allocate(size_t size)
{
    struct block *b = size < SIZE_MAX - sizeof *b ? malloc(sizeof *b + size) : NULL;
    if (!b) {
        ran_out = true;
        if (reading)
            longjmp(*reading, 1);
        return NULL;
    }
    *b = (struct block){.older = newest};
    if (newest)
        newest->newer = b;
    newest = b;
    return b + 1;
}

/* Never of NULL, which jansson lets be. */
static void release(void *memory)
{
    struct block *b = (struct block *)memory - 1;
    if (b->older)
        b->older->newer = b->newer;
    *(b->newer ? &b->newer->older : &newest) = b->older;
    free(b);
}

void tree_memory_begin(void)
{
    ran_out = false;
    json_set_alloc_funcs(allocate, release);
}

bool tree_memory_ran_out(void) { return ran_out; }

ddbexpr_status tree_load(ddbexpr_str text, size_t flags, json_t **ret, json_error_t *ret_error)
{
    struct block *const before = newest;
    jmp_buf here;
    *ret = NULL;
    reading = &here;
    if (setjmp(here) == 0)
        *ret = json_loadb(text.ptr, text.len, flags, ret_error);
    else
        while (newest != before)
            release(newest + 1);
    reading = NULL;
    return *ret ? DDBEXPR_OK : ran_out ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID;
}
