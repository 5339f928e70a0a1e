/* SPDX-License-Identifier: Apache-2.0 */
/* What zstd has packed, through libzstd: one frame or several, one after another. */
#include "cli/items/source.h"

#ifdef DDBEXPR_WITH_ZSTD

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct unpacker {
    ZSTD_DStream *stream;
    bool inside; /* of a frame */
};

static bool begin(struct source *s)
{
    struct unpacker *u = calloc(1, sizeof *u);
    if (u)
        u->stream = ZSTD_createDStream();
    if (!u || !u->stream) {
        free(u);
        return source_no_memory(s);
    }
    s->unpacker = u;
    return true;
}

static bool unpack(struct source *s, char *to, size_t room, size_t *ret)
{
    struct unpacker *u = s->unpacker;
    for (*ret = 0; *ret == 0;) {
        if (!source_refill(s))
            return false;
        bool ended = s->held == 0;
        if (ended && !u->inside)
            return true;
        ZSTD_inBuffer in = {s->block, s->held, s->used};
        ZSTD_outBuffer out = {to, room, 0};
        size_t result = ZSTD_decompressStream(u->stream, &out, &in); /* what it still holds comes out without input */
        s->used = in.pos;
        *ret = out.pos;
        if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
            return source_no_memory(s);
        if (ZSTD_isError(result))
            return source_fail(s, "the zstd data is damaged: %s", ZSTD_getErrorName(result));
        u->inside = result != 0;
        if (ended && u->inside && *ret == 0)
            return source_fail(s, "the zstd data breaks off");
    }
    return true;
}

static void end(struct source *s)
{
    struct unpacker *u = s->unpacker;
    ZSTD_freeDStream(u->stream);
    free(u);
}

const struct source_format source_zstd = {"zstd", {0x28, 0xb5, 0x2f, 0xfd}, 4, begin, unpack, end};

#else

const struct source_format source_zstd = {"zstd", {0x28, 0xb5, 0x2f, 0xfd}, 4, NULL, NULL, NULL};

#endif
