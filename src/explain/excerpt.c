/* SPDX-License-Identifier: Apache-2.0 */
/* Marking parts of an expression. The text is cut into rows that fit the width, at blanks where it can be. */
#include "explain/excerpt.h"

#include "base/visible.h"
#include "explain/render.h"

#define INDENT      2
#define USUAL_WIDTH 100
#define LEAST_WIDTH 24
#define ROWS_KEPT   6 /* rows without a mark are shown in texts of so few rows, and next to a mark */

/* The end of the row that starts at `start`: a line's end, or the last blank that fits. */
static size_t row_end(str text, size_t start, size_t room)
{
    size_t columns = 0, blank = 0;
    for (size_t i = start; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            return i;
        if (((unsigned char)text.ptr[i] & 0xc0) != 0x80 && columns++ >= room)
            return blank > start ? blank : i;
        if (text.ptr[i] == ' ')
            blank = i;
    }
    return text.len;
}

static size_t next_row(str text, size_t end)
{
    return end < text.len && (text.ptr[end] == '\n' || text.ptr[end] == ' ') ? end + 1 : end;
}

static bool row_has_mark(size_t start, size_t end, const ddbexpr_span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (spans[i].start < end && spans[i].end > start)
            return true;
    return false;
}

static void put_marks(buffer *out, const ddbexpr_style *style, str text, size_t start, size_t end,
                      const ddbexpr_span *spans, size_t count)
{
    buffer_repeat(out, ' ', INDENT);
    put_colour(out, style, ANSI_RED);
    size_t at = start;
    for (size_t i = 0; i < count; i++) {
        size_t from = spans[i].start > start ? spans[i].start : start, to = spans[i].end < end ? spans[i].end : end;
        if (from >= to)
            continue;
        buffer_repeat(out, ' ', visible_put(NULL, str_of(text.ptr + at, from - at)));
        buffer_repeat(out, '^', visible_put(NULL, str_of(text.ptr + from, to - from)));
        at = to;
    }
    put_colour(out, style, ANSI_PLAIN);
    buffer_char(out, '\n');
}

void put_excerpt(buffer *out, const ddbexpr_style *style, str text, const ddbexpr_span *spans, size_t count)
{
    size_t width = !style || style->width == 0 ? USUAL_WIDTH : style->width < LEAST_WIDTH ? LEAST_WIDTH : style->width;
    size_t room = width - INDENT, rows = 0;
    for (size_t at = 0; at < text.len; at = next_row(text, row_end(text, at, room)))
        rows++;
    bool left_out = false, marked_before = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = row_end(text, at, room), next = next_row(text, end);
        bool marked = row_has_mark(at, end, spans, count);
        bool near_mark =
            marked || marked_before || (next < text.len && row_has_mark(next, row_end(text, next, room), spans, count));
        if (near_mark || rows <= ROWS_KEPT) {
            if (left_out)
                buffer_text_literal(out, "  …\n");
            left_out = false;
            buffer_repeat(out, ' ', INDENT);
            visible_put(out, str_of(text.ptr + at, end - at));
            buffer_char(out, '\n');
            if (marked)
                put_marks(out, style, text, at, end, spans, count);
        } else {
            left_out = true;
        }
        marked_before = marked;
        at = next;
    }
    if (left_out)
        buffer_text_literal(out, "  …\n");
}
