/* SPDX-License-Identifier: Apache-2.0 */
/* Filling chunks and cutting them where items end. */
#define _GNU_SOURCE 1 /* memrchr */
#include "cli/items/chunk.h"

#include <stdlib.h>

static bool make_room(struct chunk *c, size_t room)
{
    if (room <= c->room)
        return true;
    char *bytes = realloc(c->bytes, room);
    if (!bytes)
        return false;
    c->bytes = bytes;
    c->room = room;
    return true;
}

enum chunk_filled chunk_fill(struct chunk *c, const struct chunk *from, struct source *source, size_t size)
{
    size_t past = from && from->end < CHUNK_PAST ? from->end : CHUNK_PAST, kept = 0, got;
    if (from) {
        const size_t start = from->end - past;
        kept = from->length - start;
        if (!make_room(c, past + size > kept ? past + size : kept)) /* `from` itself: its bytes move, too */
            return CHUNK_NO_MEMORY;
        memmove(c->bytes, from->bytes + start, kept);
    } else if (!make_room(c, size)) {
        return CHUNK_NO_MEMORY;
    } else {
        past = 0;
    }
    bool good = source_read(source, c->bytes + kept, c->room - kept, &got);
    c->last = good && got < c->room - kept;
    c->length = kept + got;
    c->begin = past;
    return good ? CHUNK_FILLED : CHUNK_BAD_SOURCE;
}

bool chunk_append(struct chunk *c, const char *bytes, size_t count)
{
    if (!make_room(c, c->length + count))
        return false;
    if (count)
        memcpy(c->bytes + c->length, bytes, count);
    c->length += count;
    return true;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* In JSON a line cannot end in a string, and a bracket that opens follows one that closes only between two values that
 * stand one after another. Of what is no JSON the cut means nothing: whoever reads finds that out. */
size_t chunk_find_cut(const struct chunk *c)
{
    const char *start = c->bytes + c->begin, *line = c->bytes + c->length;
    while (line > start && (line = memrchr(start, '\n', (size_t)(line - start)))) {
        const char *before = line, *after = line + 1, *end = c->bytes + c->length;
        while (before > start && is_blank(before[-1]))
            before--;
        while (after < end && is_blank(*after))
            after++;
        if (before > start && before[-1] == '}' && after < end && *after == '{')
            return (size_t)(before - c->bytes);
    }
    return 0;
}

ddbexpr_str chunk_opening(ddbexpr_str item)
{
    unsigned quotes = 0;
    for (size_t i = 0; i < item.len && i < CHUNK_OPENING; i++) {
        quotes += item.ptr[i] == '"';
        if (quotes == 2)
            return (ddbexpr_str){item.ptr, i + 1};
    }
    return (ddbexpr_str){item.ptr, 0};
}

/* Behind the bracket that ends the value before a comma before `p`; NULL if there is no comma. */
static const char *end_before(const char *start, const char *p)
{
    while (p > start && is_blank(p[-1]))
        p--;
    if (p == start || p[-1] != ',')
        return NULL;
    p--;
    while (p > start && is_blank(p[-1]))
        p--;
    return p > start && p[-1] == '}' ? p : NULL;
}

size_t chunk_guess_cut(const struct chunk *c, ddbexpr_str opening)
{
    const char *start = c->bytes + c->begin, *end = c->bytes + c->length;
    for (const char *p = end; opening.len && p > start;) {
        const char *bracket = memrchr(start, '{', (size_t)(p - start));
        if (!bracket)
            break;
        p = bracket;
        if ((size_t)(end - p) < opening.len || memcmp(p, opening.ptr, opening.len) != 0)
            continue;
        const char *cut = end_before(start, p);
        if (cut)
            return (size_t)(cut - c->bytes);
    }
    return 0;
}
