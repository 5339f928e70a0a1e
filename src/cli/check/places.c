/* SPDX-License-Identifier: Apache-2.0 */
/* Counting lines and characters. A character is what does not continue another: bytes 10xxxxxx do. */
#include "cli/check/places.h"

static void go_to(struct place_walk *w, size_t offset)
{
    if (offset < w->offset)
        *w = place_walk_of(w->text);
    for (; w->offset < offset && w->offset < w->text.len; w->offset++) {
        unsigned char c = (unsigned char)w->text.ptr[w->offset];
        if (c == '\n') {
            w->line++;
            w->column = 1;
        } else {
            w->column += (c & 0xc0) != 0x80;
        }
    }
}

struct place place_at(struct place_walk *w, ddbexpr_span span)
{
    struct place place = {.offset = span.start, .end_offset = span.end};
    go_to(w, span.start);
    place.line = w->line;
    place.column = w->column;
    struct place_walk end = *w; /* what comes next often begins before this one ends */
    go_to(&end, span.end);
    place.end_line = end.line;
    place.end_column = end.column;
    return place;
}
