/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a file or of standard input from the beginning to the end, unpacked if they are gzip's or zstd's, which
 * is seen from the first of them. Knows nothing of what they mean. One thread at a time. */
#ifndef DDBEXPR_CLI_ITEMS_SOURCE_H
#define DDBEXPR_CLI_ITEMS_SOURCE_H

#include "cli/input.h"

#define SOURCE_BLOCK ((size_t)1 << 16) /* what is read of packed bytes at once */

struct source;

/* A format that bytes may be packed in. */
struct source_format {
    const char *name; /* "gzip" */
    unsigned char mark[4];
    size_t mark_length;
    /* NULL: this tool was built without the library */
    bool (*begin)(struct source *source);
    bool (*read)(struct source *source, char *to, size_t room, size_t *ret);
    void (*end)(struct source *source);
};
extern const struct source_format source_gzip, source_zstd;

struct source {
    int fd;
    const char *name;                   /* for messages */
    uint64_t size;                      /* bytes of the file; 0: not known */
    uint64_t taken;                     /* of them that have been read */
    char fault[256];                    /* what was wrong; "": nothing */
    bool no_memory;                     /* it was that */
    const struct source_format *format; /* NULL: as they are */
    void *unpacker;
    unsigned char *block; /* bytes of the file that are read but not handed on: [used, held) */
    size_t used, held;
};

/* Opens a file; "-" is standard input. False: `fault` says why. To be closed in any case. */
bool source_open(struct source *ret, const char *path);
void source_close(struct source *source);

/* Up to `room` bytes; fewer at the end only, where a file that is cut off or damaged is none. False: `fault` says why,
 * and *ret how many there were before. */
bool source_read(struct source *source, char *to, size_t room, size_t *ret);

/* For formats: fills the block once it is used up; it stays empty at the end. False: fault. */
bool source_refill(struct source *source);
bool source_fail(struct source *source, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool source_no_memory(struct source *source);

#endif
