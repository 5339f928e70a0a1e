/* SPDX-License-Identifier: Apache-2.0 */
/* What gzip has packed, through zlib: one member or several, one after another. */
#include "cli/items/source.h"

#ifdef DDBEXPR_WITH_ZLIB

#include <stdlib.h>
#include <zlib.h>

struct unpacker {
    z_stream stream;
    bool inside; /* of a member */
};

#define AS_GZIP (15 + 16) /* the largest window, and a header and a checksum as gzip has them */

static bool begin(struct source *s)
{
    struct unpacker *u = calloc(1, sizeof *u);
    if (!u || inflateInit2(&u->stream, AS_GZIP) != Z_OK) {
        free(u);
        return source_no_memory(s);
    }
    u->inside = true;
    s->unpacker = u;
    return true;
}

static bool damaged(struct source *s, const char *why) { return source_fail(s, "the gzip data is damaged: %s", why); }

/* Between two members: whether another one begins. */
static bool next_member(struct source *s, struct unpacker *u)
{
    if (s->held == 0)
        return true;
    if (s->block[s->used] != source_gzip.mark[0])
        return damaged(s, "something else follows it");
    u->inside = inflateReset(&u->stream) == Z_OK;
    return u->inside || damaged(s, "the next part cannot be read");
}

static bool unpack(struct source *s, char *to, size_t room, size_t *ret)
{
    struct unpacker *u = s->unpacker;
    for (*ret = 0; *ret == 0;) {
        if (!source_refill(s) || (!u->inside && !next_member(s, u)))
            return false;
        if (!u->inside)
            return true;
        if (s->held == 0)
            return source_fail(s, "the gzip data breaks off");
        unsigned asked = room < 1u << 30 ? (unsigned)room : 1u << 30;
        u->stream.next_in = s->block + s->used;
        u->stream.avail_in = (unsigned)(s->held - s->used);
        u->stream.next_out = (unsigned char *)to;
        u->stream.avail_out = asked;
        int result = inflate(&u->stream, Z_NO_FLUSH);
        s->used = s->held - u->stream.avail_in;
        *ret = asked - u->stream.avail_out;
        if (result == Z_STREAM_END)
            u->inside = false;
        else if (result == Z_MEM_ERROR)
            return source_no_memory(s);
        else if (result != Z_OK && result != Z_BUF_ERROR)
            return damaged(s, u->stream.msg ? u->stream.msg : "unknown");
    }
    return true;
}

static void end(struct source *s)
{
    struct unpacker *u = s->unpacker;
    inflateEnd(&u->stream);
    free(u);
}

const struct source_format source_gzip = {"gzip", {0x1f, 0x8b}, 2, begin, unpack, end};

#else

const struct source_format source_gzip = {"gzip", {0x1f, 0x8b}, 2, NULL, NULL, NULL};

#endif
