/* SPDX-License-Identifier: Apache-2.0 */
/* The arena: a list of chunks, each twice the last. It must not know what is built in it. Invariant: `used` of the
 * current chunk is a multiple of ALIGNMENT. */
#include "base/arena.h"

#include "base/checked.h"

#include <stdlib.h>

#define ALIGNMENT    ((size_t)16)
#define FIRST_CHUNK  ((size_t)2048)    /* a small expression with its program fits */
#define LARGEST_STEP ((size_t)1 << 20) /* chunks double up to this */

struct chunk {
    struct chunk *next; /* towards newer chunks */
    size_t size;        /* usable bytes after the header */
    size_t used;
    size_t unused_padding; /* keeps the header a multiple of ALIGNMENT */
};

struct ddbexpr_arena {
    ddbexpr_alloc alloc;
    struct chunk *first;
    struct chunk *current; /* NULL: nothing allocated yet */
};

_Static_assert(sizeof(struct chunk) % 16 == 0, "what follows the header must be aligned");

static void *c_library_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    (void)ctx, (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

const ddbexpr_alloc default_allocator = {NULL, c_library_resize};

void *allocator_resize(const ddbexpr_alloc *alloc, void *ptr, size_t old_size, size_t new_size)
{
    if (!alloc)
        alloc = &default_allocator;
    return alloc->resize(alloc->ctx, ptr, old_size, new_size);
}

ddbexpr_status ddbexpr_arena_new(const ddbexpr_alloc *alloc, ddbexpr_arena **ret_arena)
{
    if (!alloc)
        alloc = &default_allocator;
    arena *a = alloc->resize(alloc->ctx, NULL, 0, sizeof *a);
    if (!a)
        return DDBEXPR_NO_MEMORY;
    *a = (arena){.alloc = *alloc};
    *ret_arena = a;
    return DDBEXPR_OK;
}

/* Keeps the largest chunk only: the next round fits into it or adds one of twice its size, so that an arena that is
 * used again and again settles at one chunk and never grows by fragments. */
void ddbexpr_arena_reset(ddbexpr_arena *a)
{
    struct chunk *largest = a->first;
    for (struct chunk *c = a->first; c; c = c->next)
        if (c->size > largest->size)
            largest = c;
    for (struct chunk *c = a->first, *next; c; c = next) {
        next = c->next;
        if (c != largest)
            a->alloc.resize(a->alloc.ctx, c, sizeof *c + c->size, 0);
    }
    if (largest) {
        largest->next = NULL;
        largest->used = 0;
    }
    a->first = a->current = largest;
}

void ddbexpr_arena_free(ddbexpr_arena *a)
{
    if (!a)
        return;
    ddbexpr_alloc alloc = a->alloc;
    for (struct chunk *c = a->first, *next; c; c = next) {
        next = c->next;
        alloc.resize(alloc.ctx, c, sizeof *c + c->size, 0);
    }
    alloc.resize(alloc.ctx, a, sizeof *a, 0);
}

/* The size of the next chunk for a request of `size` bytes. Under fault injection each request gets a chunk of its
 * own, so that every allocation site can be made to fail. */
static size_t chunk_size(const arena *a, size_t size)
{
#ifdef DDBEXPR_ARENA_PER_REQUEST
    (void)a;
    return size;
#else
    size_t wanted = a->current ? a->current->size * 2 : FIRST_CHUNK;
    if (wanted > LARGEST_STEP)
        wanted = LARGEST_STEP;
    return size > wanted ? size : wanted;
#endif
}

static struct chunk *add_chunk(arena *a, size_t size)
{
    size_t usable = chunk_size(a, size), whole;
    if (!checked_add(sizeof(struct chunk), usable, &whole))
        return NULL;
    struct chunk *c = a->alloc.resize(a->alloc.ctx, NULL, 0, whole);
    if (!c)
        return NULL;
    *c = (struct chunk){.size = usable};
    if (a->current) {
        c->next = a->current->next;
        a->current->next = c;
    } else {
        c->next = a->first;
        a->first = c;
    }
    a->current = c;
    return c;
}

void *arena_alloc(arena *a, size_t size)
{
    size_t rounded;
    if (!checked_add(size, ALIGNMENT - 1, &rounded))
        return NULL;
    rounded &= ~(ALIGNMENT - 1);
    struct chunk *c = a->current;
    if (!c || c->size - c->used < rounded) {
        /* After going back to a mark the next chunk may be an old one that is large enough. */
        struct chunk *next = c ? c->next : a->first;
        if (next && next->size >= rounded) {
            next->used = 0;
            a->current = c = next;
        } else {
            c = add_chunk(a, rounded);
            if (!c)
                return NULL;
        }
    }
    void *ptr = (char *)(c + 1) + c->used;
    c->used += rounded;
    return ptr;
}

void *arena_alloc_array(arena *a, size_t count, size_t size)
{
    size_t whole;
    return checked_multiply(count, size, &whole) ? arena_alloc(a, whole) : NULL;
}

void *arena_alloc_zeroed(arena *a, size_t count, size_t size)
{
    void *ptr = arena_alloc_array(a, count, size);
    return ptr ? memset(ptr, 0, count * size) : NULL;
}

str arena_copy(arena *a, str bytes)
{
    size_t whole;
    char *ptr = checked_add(bytes.len, 1, &whole) ? arena_alloc(a, whole) : NULL;
    if (!ptr)
        return str_of(NULL, 0);
    if (bytes.len)
        memcpy(ptr, bytes.ptr, bytes.len);
    ptr[bytes.len] = '\0';
    return str_of(ptr, bytes.len);
}

void *ddbexpr_arena_alloc(ddbexpr_arena *a, size_t size) { return arena_alloc(a, size); }

const ddbexpr_alloc *arena_allocator(const arena *a) { return &a->alloc; }

const ddbexpr_alloc *ddbexpr_arena_allocator(const ddbexpr_arena *a) { return &a->alloc; }

size_t arena_reserved(const arena *a)
{
    size_t sum = sizeof *a;
    for (const struct chunk *c = a->first; c; c = c->next)
        sum += sizeof *c + c->size;
    return sum;
}

struct arena_mark arena_mark(const arena *a)
{
    return (struct arena_mark){a->current, a->current ? a->current->used : 0};
}

void arena_rewind(arena *a, struct arena_mark mark)
{
    a->current = mark.chunk;
    if (a->current)
        a->current->used = mark.used;
}
