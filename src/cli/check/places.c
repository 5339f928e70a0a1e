/* SPDX-License-Identifier: Apache-2.0 */
/* Counting lines and characters. A character is what does not continue another: bytes 10xxxxxx do. */
#include "cli/check/places.h"

static bool begins(unsigned char c) { return (c & 0xc0) != 0x80; }

static void go_on(struct place_walk *w, size_t offset)
{
    for (; w->offset < offset && w->offset < w->text.len; w->offset++) {
        unsigned char c = (unsigned char)w->text.ptr[w->offset];
        if (c == '\n') {
            w->line++;
            w->column = 1;
        } else {
            w->column += begins(c);
        }
    }
}

static size_t column_at(ddbexpr_str text, size_t offset)
{
    size_t column = 1;
    for (; offset > 0 && text.ptr[offset - 1] != '\n'; offset--)
        column += begins((unsigned char)text.ptr[offset - 1]);
    return column;
}

/* What is told of one request often goes back, but never far: in a large file, beginning anew would cost much more. */
static void go_back(struct place_walk *w, size_t offset)
{
    size_t line = w->line;
    while (w->offset > offset) {
        unsigned char c = (unsigned char)w->text.ptr[--w->offset];
        if (c == '\n')
            w->line--;
        else
            w->column -= begins(c);
    }
    if (w->line != line)
        w->column = column_at(w->text, offset);
}

static void go_to(struct place_walk *w, size_t offset)
{
    if (offset < w->offset)
        go_back(w, offset);
    else
        go_on(w, offset);
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
