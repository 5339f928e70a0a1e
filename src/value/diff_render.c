/* SPDX-License-Identifier: Apache-2.0 */
/* Changes for people: one a line, aligned; of sets the members that came and went. */
#include "base/visible.h"
#include "value/print.h"
#include "value/set.h"

#include <ddbexpr/diff.h>

#define WIDEST_COLUMN 40 /* columns of a path that others are aligned with */
#define VALUE_WIDTH   60 /* columns of a value where the style has no width */
#define LEAST_WIDTH   16 /* and where it has next to none */

static const char green[] = "\033[32m", red[] = "\033[31m", yellow[] = "\033[33m", plain[] = "\033[0m";

static void put_coloured(buffer *out, const ddbexpr_style *style, const char *colour, str text)
{
    bool coloured = style && style->colour;
    if (coloured)
        buffer_put(out, ddbexpr_cstr(colour));
    visible_put(out, text);
    if (coloured)
        buffer_put(out, ddbexpr_cstr(plain));
}

/* Columns of the widest path; long ones do not count. */
static size_t path_column(const ddbexpr_change *changes, size_t count)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t columns = visible_put(NULL, changes[i].path);
        if (columns > widest && columns <= WIDEST_COLUMN)
            widest = columns;
    }
    return widest;
}

/* Columns for each of `parts` values that share what a line has left. */
static size_t value_width(const ddbexpr_style *style, size_t used, size_t parts)
{
    if (!style || style->width == 0)
        return VALUE_WIDTH;
    size_t left = style->width > used ? (style->width - used) / parts : 0;
    return left > LEAST_WIDTH ? left : LEAST_WIDTH;
}

/* The members of a set that another lacks: + "c", "d" and 3 more. Whether there are any. */
static bool put_only_in(const value *set, const value *other, str sign, const char *colour, const ddbexpr_style *style,
                        size_t width, buffer *out)
{
    size_t printed = 0, left_out = 0, limit = 0; /* length of the buffer not to go far beyond */
    for (uint32_t i = 0; i < set->count; i++) {
        if (value_set_has(other, &set->at.elements[i]))
            continue;
        if (printed && ddbexpr_buffer_text(out).len >= limit) {
            left_out++;
            continue;
        }
        if (printed++) {
            buffer_text_literal(out, ", ");
        } else {
            put_coloured(out, style, colour, sign);
            buffer_char(out, ' ');
            limit = ddbexpr_buffer_text(out).len + width;
        }
        size_t length = ddbexpr_buffer_text(out).len;
        value_print_content(&set->at.elements[i], length < limit ? limit - length : 1, out);
    }
    if (left_out) {
        buffer_text_literal(out, " and ");
        buffer_unsigned(out, left_out);
        buffer_text_literal(out, " more");
    }
    return printed > 0;
}

static void put_set_change(const value *before, const value *after, const ddbexpr_style *style, size_t width,
                           buffer *out)
{
    buffer_put(out, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)before->type)));
    buffer_text_literal(out, ": ");
    bool came = put_only_in(after, before, STR("+"), green, style, width, out);
    put_only_in(before, after, came ? STR("  -") : STR("-"), red, style, width, out);
}

static void put_change(const ddbexpr_change *change, const ddbexpr_style *style, size_t column, buffer *out)
{
    const value *before = change->before, *after = change->after;
    const char *colour = !before ? green : !after ? red : yellow;
    put_coloured(out, style, colour, !before ? STR("+") : !after ? STR("-") : STR("~"));
    buffer_char(out, ' ');
    put_coloured(out, style, colour, change->path);
    size_t columns = visible_put(NULL, change->path);
    size_t padding = columns < column ? column - columns + 2 : 2;
    buffer_repeat(out, ' ', padding);
    size_t used = 2 + columns + padding + 4; /* the sign; and what is between two values */
    if (!before || !after) {
        value_print(before ? before : after, value_width(style, used, 1), out);
    } else if (before->type == after->type && value_is_set(before)) {
        put_set_change(before, after, style, value_width(style, used, 2), out);
    } else {
        size_t width = value_width(style, used, 2);
        value_print(before, width, out);
        buffer_text_literal(out, " -> ");
        value_print(after, width, out);
    }
    buffer_char(out, '\n');
}

ddbexpr_status ddbexpr_diff_render(const ddbexpr_change *changes, size_t count, const ddbexpr_style *style,
                                   ddbexpr_buffer *out)
{
    size_t column = path_column(changes, count);
    for (size_t i = 0; i < count; i++)
        put_change(&changes[i], style, column, out);
    return buffer_status(out);
}
