/* SPDX-License-Identifier: Apache-2.0 */
/* A piece of a text of items that is read at once. */
#ifndef DDBEXPR_CLI_ITEMS_CHUNK_H
#define DDBEXPR_CLI_ITEMS_CHUNK_H

#include "cli/items/place.h"
#include "cli/items/source.h"

#include <ddbexpr/json.h>

/* Bytes of a chunk: few enough for a core's cache, many enough that handing them over costs nothing. */
#define CHUNK_SIZE ((size_t)1 << 18)

/* What has been read is kept behind so many bytes: messages show what stands before a fault in its line. */
#define CHUNK_PAST ((size_t)1 << 13)

struct chunk {
    char *bytes;
    size_t room, length;
    size_t begin;               /* where reading begins */
    size_t cut;                 /* the items before it are to be read; what follows belongs to the next chunk */
    bool last;                  /* nothing follows `length` */
    bool begun;                 /* items were read before */
    ddbexpr_json_layout layout; /* then */

    /* set by reading: */
    size_t end; /* where it came to */
    bool ended, breaks_off;
    ddbexpr_status status;  /* of the reader, or of those who were given the items: then */
    bool stopped;           /* is set */
    uint64_t count;         /* items */
    ddbexpr_str first;      /* of them, in the bytes */
    struct place_step step; /* from `begin` to `end` */
    void *part;             /* what has been gathered of them */
};

enum chunk_filled { CHUNK_FILLED, CHUNK_NO_MEMORY, CHUNK_BAD_SOURCE };

/* The bytes from `from`'s end on (with some before; NULL: there were none) and more of the source, `size` of them in
 * all where there are so many. `from` may be the chunk itself. After CHUNK_BAD_SOURCE it has those that could be
 * read. */
enum chunk_filled chunk_fill(struct chunk *chunk, const struct chunk *from, struct source *source, size_t size);

/* Adds bytes to the end. False: no memory. */
bool chunk_append(struct chunk *chunk, const char *bytes, size_t count);

/* A place near the end of the bytes behind which an item ends: 0 if none is known. Of items one after another: behind a
 * bracket that ends a line. */
size_t chunk_find_cut(const struct chunk *chunk);

/* The same of items in an array, where it is only a guess: what follows looks as the first of them did at its
 * `opening`, the bracket and the first name. */
size_t chunk_guess_cut(const struct chunk *chunk, ddbexpr_str opening);

#define CHUNK_OPENING ((size_t)80)

/* That opening of an item. Empty if it is longer than CHUNK_OPENING. */
ddbexpr_str chunk_opening(ddbexpr_str item);

#endif
