/* SPDX-License-Identifier: Apache-2.0 */
/* Arena: memory given out bump by bump, freed as a whole. Not thread-safe; what was built may be read by anyone. */
#ifndef DDBEXPR_BASE_ARENA_H
#define DDBEXPR_BASE_ARENA_H

#include "base/str.h"

#include <ddbexpr/memory.h>

typedef ddbexpr_arena arena;

/* `size` bytes aligned to 16, contents undefined; NULL when there is no memory. size 0 gives a valid pointer. */
void *arena_alloc(arena *a, size_t size);

/* `count` elements of `size` bytes each, all zero; NULL when there is no memory or the product does not fit. */
void *arena_alloc_zeroed(arena *a, size_t count, size_t size);

/* The same with contents undefined. */
void *arena_alloc_array(arena *a, size_t count, size_t size);

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
#define ARENA_NEW(a, type)          ((type *)arena_alloc_zeroed((a), 1, sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc_zeroed((a), (count), sizeof(type)))
#define ARENA_ROOM(a, type, count)  ((type *)arena_alloc_array((a), (count), sizeof(type)))

/* The C library's allocator, used where a caller gives none. */
extern const ddbexpr_alloc default_allocator;

/* Raw memory by an allocator (NULL: the default one). */
void *allocator_resize(const ddbexpr_alloc *alloc, void *ptr, size_t old_size, size_t new_size);

#endif
