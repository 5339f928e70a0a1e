/* SPDX-License-Identifier: Apache-2.0 */
/* Where memory comes from: the caller's allocator, arenas (freed as a whole), and growing text buffers. Since 0.1.0. */
#ifndef DDBEXPR_MEMORY_H
#define DDBEXPR_MEMORY_H

#include <ddbexpr/api.h>

DDBEXPR_BEGIN_DECLS

/* A caller's allocator. `resize` allocates (ptr NULL, old_size 0), grows or shrinks, and frees (new_size 0, returns
 * NULL). It returns NULL when it has no memory; the old block then stays as it was. Memory must be aligned for any
 * type (16 bytes). Wherever an allocator is taken, NULL means the C library's. The struct is copied: it need not
 * outlive the call, but `ctx` must outlive all that was made with it. If objects of one allocator are used in several
 * threads, `resize` must be thread-safe. */
typedef struct ddbexpr_alloc {
    void *ctx;
    void *(*resize)(void *ctx, void *ptr, size_t old_size, size_t new_size);
} ddbexpr_alloc;

/* A region of memory in which values are built. Everything in it is freed together. One thread at a time may build in
 * it; what has been built may be read by any number of threads. */
typedef struct ddbexpr_arena ddbexpr_arena;

/* A new, empty arena, owned by the caller. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_arena_new(const ddbexpr_alloc *alloc, ddbexpr_arena **ret_arena);

/* Forgets everything built in the arena but keeps its largest piece of memory for reuse: an arena that is used again
 * and again soon needs no more. Values in it are gone. */
DDBEXPR_API void ddbexpr_arena_reset(ddbexpr_arena *arena);

/* Memory in the arena, aligned to 16 bytes, for what has the same lifetime as its values. NULL: no memory. */
DDBEXPR_API void *ddbexpr_arena_alloc(ddbexpr_arena *arena, size_t size);

/* The allocator that the arena draws from. Borrowed from the arena. */
DDBEXPR_API const ddbexpr_alloc *ddbexpr_arena_allocator(const ddbexpr_arena *arena);

/* Frees the arena and everything in it. NULL is fine. */
DDBEXPR_API void ddbexpr_arena_free(ddbexpr_arena *arena);

/* A growing text, for everything that prints. One thread at a time. */
typedef struct ddbexpr_buffer ddbexpr_buffer;

/* A new, empty buffer, owned by the caller. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_buffer_new(const ddbexpr_alloc *alloc, ddbexpr_buffer **ret_buffer);

/* The text so far. Borrowed: valid until the next call that changes or frees the buffer. A NUL byte follows the text
 * (not counted), so that it can be handed to C functions if it has none inside. */
DDBEXPR_API ddbexpr_str ddbexpr_buffer_text(const ddbexpr_buffer *buffer);

/* Appends bytes. Errors: NO_MEMORY (the text so far stays). */
DDBEXPR_API ddbexpr_status ddbexpr_buffer_append(ddbexpr_buffer *buffer, ddbexpr_str bytes);

/* Appends user data as a terminal may see it: control characters, direction marks and bytes that are not UTF-8 are
 * written as \n, \x1b, \u{202e}. ret_columns (may be NULL): the columns it takes. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_buffer_append_visible(ddbexpr_buffer *buffer, ddbexpr_str bytes,
                                                         size_t *ret_columns);

/* OK if the text is whole: for those who append many pieces and ask once. Errors: NO_MEMORY (something that was to be
 * appended is missing). Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_buffer_status(const ddbexpr_buffer *buffer);

/* Empties the text, keeping the memory. Also clears an earlier failure to grow. */
DDBEXPR_API void ddbexpr_buffer_clear(ddbexpr_buffer *buffer);

/* Frees the buffer. NULL is fine. */
DDBEXPR_API void ddbexpr_buffer_free(ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
