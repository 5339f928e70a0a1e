/* SPDX-License-Identifier: Apache-2.0 */
/* Arena: memory given out bump by bump, freed as a whole. Not thread-safe; what was built may be read by anyone. */
#ifndef DDBEXPR_BASE_ARENA_H
#define DDBEXPR_BASE_ARENA_H

#include "base/checked.h"
#include "base/str.h"

#include <ddbexpr/memory.h>

typedef ddbexpr_arena arena;

#define ARENA_ALIGNMENT ((size_t)16)

struct chunk;

struct ddbexpr_arena {
    char *next, *end;      /* what is free in the current chunk: a multiple of ARENA_ALIGNMENT */
    struct chunk *current; /* NULL: nothing allocated yet */
    struct chunk *first;
    size_t room; /* of the chunk that came with the arena itself, or 0 */
    ddbexpr_alloc alloc;
};

/* An arena that begins with room for that many bytes, in one piece with it: where it is known what is needed, making
 * and freeing it takes one call of the allocator each. Errors: NO_MEMORY. */
ddbexpr_status arena_new_with_room(const ddbexpr_alloc *alloc, size_t room, arena **ret_arena);

/* What does not fit into the current chunk; only for arena_alloc. */
void *arena_alloc_elsewhere(arena *a, size_t size);

/* `size` bytes aligned to 16, contents undefined; NULL when there is no memory. size 0 gives a valid pointer. */
static inline void *arena_alloc(arena *a, size_t size)
{
    if (size > (size_t)(a->end - a->next))
        return arena_alloc_elsewhere(a, size);
    void *ptr = a->next;
    a->next += (size + ARENA_ALIGNMENT - 1) & ~(ARENA_ALIGNMENT - 1);
    return ptr;
}

/* `count` elements of `size` bytes each, contents undefined; NULL when there is no memory or the product does not fit.
 */
static inline void *arena_alloc_array(arena *a, size_t count, size_t size)
{
    size_t whole;
    return checked_multiply(count, size, &whole) ? arena_alloc(a, whole) : NULL;
}

/* The same, all zero. */
static inline void *arena_alloc_zeroed(arena *a, size_t count, size_t size)
{
    void *ptr = arena_alloc_array(a, count, size);
    return ptr ? memset(ptr, 0, count * size) : NULL;
}

/* One of a size that the compiler knows, all zero. In two pieces: what is larger gcc clears by an instruction that
 * takes as long as twenty stores, however little there is to store. */
__attribute__((always_inline)) static inline void *arena_new_zeroed(arena *a, size_t size)
{
    char *ptr = arena_alloc(a, size);
    size_t piece = size < 64 ? size : 64;
    if (!ptr)
        return NULL;
    memset(ptr, 0, piece);
    memset(ptr + piece, 0, size - piece);
    return ptr;
}

/* A copy of the bytes with a NUL after them; .ptr NULL when there is no memory. */
str arena_copy(arena *a, str bytes);

/* The allocator that the arena draws from: for things with another lifetime than the arena's. */
const ddbexpr_alloc *arena_allocator(const arena *a);

/* Bytes the arena holds from its allocator: for tests and statistics. */
size_t arena_reserved(const arena *a);

/* A point to go back to: everything allocated after the mark is forgotten by arena_rewind. */
struct arena_mark {
    void *chunk;
    size_t used;
};
struct arena_mark arena_mark(const arena *a);
void arena_rewind(arena *a, struct arena_mark mark);

/* One new zeroed struct; zeroed ones in a row; room for ones that are all written before they are read. */
#define ARENA_NEW(a, type)          ((type *)arena_new_zeroed((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc_zeroed((a), (count), sizeof(type)))
#define ARENA_ROOM(a, type, count)  ((type *)arena_alloc_array((a), (count), sizeof(type)))

/* The C library's allocator, used where a caller gives none. */
extern const ddbexpr_alloc default_allocator;

/* Raw memory by an allocator (NULL: the default one). */
void *allocator_resize(const ddbexpr_alloc *alloc, void *ptr, size_t old_size, size_t new_size);

#endif
