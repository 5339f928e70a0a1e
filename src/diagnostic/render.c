/* SPDX-License-Identifier: Apache-2.0 */
/* A diagnostic as text for people: what, where, the line with a caret, how to mend it, the service's words. Columns are
 * computed here and only here, from byte offsets. */
#include "diagnostic/diagnostic.h"

#include "base/utf8.h"
#include "base/visible.h"

static const char *const severity_colours[] = {
    [DDBEXPR_ERROR] = "\033[1;31m", [DDBEXPR_WARNING] = "\033[1;33m", [DDBEXPR_INFO] = "\033[1;36m"};
static const char bold[] = "\033[1m", dim[] = "\033[2m", plain[] = "\033[0m";

static void colour(buffer *out, const ddbexpr_style *style, const char *code)
{
    if (style && style->colour && !style->markdown)
        buffer_put(out, ddbexpr_cstr(code));
}

/* The line of a text that holds a byte. */
struct line {
    size_t number;     /* from 1 */
    size_t start, end; /* without the line's end */
};

static struct line line_at(str text, size_t offset)
{
    struct line line = {1, 0, text.len};
    for (size_t i = 0; i < offset; i++)
        if (text.ptr[i] == '\n') {
            line.number++;
            line.start = i + 1;
        }
    for (size_t i = line.start; i < text.len; i++)
        if (text.ptr[i] == '\n') {
            line.end = i;
            break;
        }
    return line;
}

static void put_place(buffer *out, const ddbexpr_diag *diag, str text, ddbexpr_span span)
{
    if (ddbexpr_diag_action(diag) >= 0) {
        buffer_text_literal(out, "action ");
        buffer_unsigned(out, (uint64_t)ddbexpr_diag_action(diag) + 1);
        buffer_text_literal(out, ", ");
    }
    buffer_put(out, ddbexpr_cstr(ddbexpr_source_name(ddbexpr_diag_source(diag))));
    str member = ddbexpr_diag_member(diag);
    if (member.len) {
        buffer_char(out, ' ');
        visible_put(out, member);
    }
    if (!ddbexpr_diag_has_span(diag) || !text.ptr)
        return;
    struct line line = line_at(text, span.start);
    if (memchr(text.ptr, '\n', text.len)) {
        buffer_text_literal(out, ", line ");
        buffer_unsigned(out, line.number);
    }
    buffer_text_literal(out, ", column ");
    buffer_unsigned(out,
                    utf8_characters(str_of(text.ptr + line.start, text.len - line.start), span.start - line.start) + 1);
}

/* Back to where a character begins, which has four bytes at most, and not beyond `least`. */
static size_t character_start(str text, size_t at, size_t least)
{
    for (int i = 0; i < 3 && at > least && ((unsigned char)text.ptr[at] & 0xc0) == 0x80; i++)
        at--;
    return at;
}

/* What of the line is shown: all of it, or a window around the span where the line is wider than the terminal. */
static struct line shown_part(str text, struct line line, ddbexpr_span span, unsigned width)
{
    size_t room = width > 24 ? width - 8 : 0;
    if (!room || line.end - line.start <= room)
        return line;
    size_t lead = room / 3;
    size_t start = span.start > line.start + lead ? span.start - lead : line.start;
    if (line.end - start < room)
        start = line.end - room;
    line.start = character_start(text, start, line.start);
    if (line.end > line.start + room)
        line.end = character_start(text, line.start + room, line.start);
    return line;
}

/* A row of marks under the shown part. */
static void put_marks(buffer *out, const ddbexpr_style *style, str text, struct line shown, size_t indent,
                      ddbexpr_span span, char mark, const char *code, str label)
{
    size_t start = span.start > shown.start ? span.start : shown.start;
    size_t end = span.end < shown.end ? span.end : shown.end;
    colour(out, style, dim);
    buffer_text_literal(out, "   | ");
    colour(out, style, plain);
    buffer_repeat(out, ' ', indent + visible_put(NULL, str_of(text.ptr + shown.start, start - shown.start)));
    colour(out, style, code);
    buffer_repeat(out, mark, end > start ? visible_put(NULL, str_of(text.ptr + start, end - start)) : 1);
    if (label.len) {
        buffer_char(out, ' ');
        visible_put(out, label);
    }
    colour(out, style, plain);
    buffer_char(out, '\n');
}

static void put_line(buffer *out, const ddbexpr_style *style, const ddbexpr_diag *diag, str text, ddbexpr_span span)
{
    struct line line = line_at(text, span.start);
    struct line shown = shown_part(text, line, span, style ? style->width : 0);
    bool cut_before = shown.start > line.start, cut_after = shown.end < line.end;
    colour(out, style, dim);
    buffer_text_literal(out, "   |\n   | ");
    colour(out, style, plain);
    if (cut_before)
        buffer_text_literal(out, "…");
    visible_put(out, str_of(text.ptr + shown.start, shown.end - shown.start));
    if (cut_after)
        buffer_text_literal(out, "…");
    buffer_char(out, '\n');
    put_marks(out, style, text, shown, cut_before, span, '^', severity_colours[ddbexpr_diag_severity(diag)], STR(""));
    for (size_t i = 0; i < ddbexpr_diag_label_count(diag); i++) {
        ddbexpr_label label = ddbexpr_diag_label_at(diag, i);
        if (label.span.start >= shown.start && label.span.end <= shown.end)
            put_marks(out, style, text, shown, cut_before, label.span, '-', bold, label.text);
    }
}

static void put_note(buffer *out, const ddbexpr_style *style, const char *word, str text)
{
    colour(out, style, dim);
    buffer_text_literal(out, "   = ");
    colour(out, style, plain);
    colour(out, style, bold);
    buffer_put(out, ddbexpr_cstr(word));
    colour(out, style, plain);
    buffer_text_literal(out, ": ");
    visible_put(out, text);
    buffer_char(out, '\n');
}

/* Not what only this library refuses: the service never says that. */
static bool is_of_service(const ddbexpr_diag *diag)
{
    return ddbexpr_diag_service_message(diag).len &&
           strcmp(ddbexpr_diag_service_type(diag), "UnsupportedByDdbexpr") != 0;
}

/* Of a fault of the file itself its place says all. */
static void put_places(buffer *out, const ddbexpr_diag *diag, str place)
{
    visible_put(out, place);
    if (place.len && ddbexpr_diag_source(diag) == DDBEXPR_SOURCE_JSON)
        return;
    if (place.len)
        buffer_text_literal(out, " (");
    put_place(out, diag, ddbexpr_diag_text(diag), ddbexpr_diag_span(diag));
    if (place.len)
        buffer_char(out, ')');
}

ddbexpr_status ddbexpr_diag_render(const ddbexpr_diag *diag, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    return ddbexpr_diag_render_at(diag, STR(""), style, out);
}

ddbexpr_status ddbexpr_diag_render_at(const ddbexpr_diag *diag, ddbexpr_str place, const ddbexpr_style *style,
                                      ddbexpr_buffer *out)
{
    str text = ddbexpr_diag_text(diag);
    ddbexpr_span span = ddbexpr_diag_span(diag);
    colour(out, style, severity_colours[ddbexpr_diag_severity(diag)]);
    buffer_put(out, ddbexpr_cstr(ddbexpr_severity_name(ddbexpr_diag_severity(diag))));
    buffer_char(out, '[');
    buffer_put(out, ddbexpr_cstr(ddbexpr_diag_code(diag)));
    buffer_char(out, ']');
    colour(out, style, plain);
    colour(out, style, bold);
    buffer_text_literal(out, ": ");
    visible_put(out, ddbexpr_diag_message(diag));
    colour(out, style, plain);
    buffer_text_literal(out, "\n  --> ");
    put_places(out, diag, place);
    buffer_char(out, '\n');
    if (ddbexpr_diag_has_span(diag) && text.ptr)
        put_line(out, style, diag, text, span);
    if (ddbexpr_diag_hint(diag).len)
        put_note(out, style, "help", ddbexpr_diag_hint(diag));
    if (is_of_service(diag)) {
        colour(out, style, dim);
        buffer_text_literal(out, "   = ");
        colour(out, style, plain);
        colour(out, style, bold);
        buffer_put(out, ddbexpr_diag_is_verdict(diag) ? STR("the service says")
                                                      : STR("the service, once the above is mended"));
        colour(out, style, plain);
        buffer_text_literal(out, ": ");
        buffer_put(out, ddbexpr_cstr(ddbexpr_diag_service_type(diag)));
        buffer_text_literal(out, ": ");
        visible_put(out, ddbexpr_diag_service_message(diag));
        buffer_char(out, '\n');
    }
    return buffer_status(out);
}
