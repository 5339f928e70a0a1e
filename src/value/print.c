/* SPDX-License-Identifier: Apache-2.0 */
/* Values as people read them: the type, then the content, shortened where it is long. Not a format to be read back.
 * INVARIANT relied on: values are at most LIMIT_VALUE_HEIGHT_KEPT levels high, so is the recursion. */
#include "value/print.h"
#include "base/base64.h"
#include "base/visible.h"

/* Room that is left, in bytes of output: near enough to columns for a cut. */
struct room {
    size_t limit; /* length of the buffer not to go far beyond; SIZE_MAX: no limit */
    bool cut;     /* something was left out */
};

static bool is_full(struct room *room, const buffer *out)
{
    if (ddbexpr_buffer_text(out).len < room->limit)
        return false;
    room->cut = true;
    return true;
}

static void print_text(str text, struct room *room, buffer *out)
{
    size_t used = ddbexpr_buffer_text(out).len;
    size_t left = room->limit == SIZE_MAX ? SIZE_MAX : room->limit > used ? room->limit - used : 0;
    buffer_char(out, '"');
    if (text.len > left && text.len > 16) {
        size_t keep = left > 16 ? left : 16;
        while (keep > 0 && ((unsigned char)text.ptr[keep] & 0xc0) == 0x80)
            keep--;
        text.len = keep;
        room->cut = true;
        visible_put(out, text);
        buffer_text_literal(out, "…");
    } else {
        visible_put(out, text);
    }
    buffer_char(out, '"');
}

#define LONG_NUMBER 45 /* digits: more than a coefficient has with its sign and point */

/* A number of very many digits has mostly zeros: 99E124. */
static void print_number(const value *v, struct room *room, buffer *out)
{
    struct number n = value_number(v);
    bool is_long = n.exponent > LONG_NUMBER || n.exponent < -LONG_NUMBER;
    if (room->limit == SIZE_MAX || !is_long) {
        ddbexpr_value_print_number(v, out);
        return;
    }
    value digits = *v;
    digits.exponent = 0;
    ddbexpr_value_print_number(&digits, out);
    buffer_put(out, n.exponent < 0 ? STR("E-") : STR("E"));
    buffer_unsigned(out, (uint64_t)(n.exponent < 0 ? -n.exponent : n.exponent));
}

static void print_bytes(str bytes, struct room *room, buffer *out)
{
    bool is_long = room->limit != SIZE_MAX && bytes.len > 24;
    base64_print(is_long ? str_of(bytes.ptr, 24) : bytes, out);
    if (is_long)
        buffer_text_literal(out, "…");
    room->cut |= is_long;
}

static void print_bool(const value *v, buffer *out)
{
    buffer_put(out, v->flags & VALUE_TRUE ? STR("true") : STR("false"));
}

static void print_content(const value *v, struct room *room, buffer *out);

/* Of what the service refuses there is nothing to show: not even the type is always known. */
static void print_typed(const value *v, struct room *room, buffer *out)
{
    if (value_is_fault(v)) {
        buffer_text_literal(out, "(refused)");
        return;
    }
    buffer_put(out, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)v->type)));
    buffer_char(out, ' ');
    print_content(v, room, out);
}

static void print_members(const value *v, struct room *room, buffer *out)
{
    bool list = v->type == DDBEXPR_L, map = v->type == DDBEXPR_M;
    buffer_char(out, list ? '[' : '{');
    for (uint32_t i = 0; i < v->count; i++) {
        if (i)
            buffer_text_literal(out, ", ");
        if (i && is_full(room, out)) {
            buffer_text_literal(out, "…");
            break;
        }
        if (map) {
            visible_put(out, str_of(v->at.entries[i].name, v->at.entries[i].name_len));
            buffer_text_literal(out, ": ");
            print_typed(&v->at.entries[i].value, room, out);
        } else if (list) {
            print_typed(&v->at.elements[i], room, out);
        } else {
            print_content(&v->at.elements[i], room, out);
        }
    }
    buffer_char(out, list ? ']' : '}');
}

static void print_content(const value *v, struct room *room, buffer *out)
{
    switch ((ddbexpr_type)v->type) {
    case DDBEXPR_S:
        print_text(value_bytes(v), room, out);
        return;
    case DDBEXPR_N:
        print_number(v, room, out);
        return;
    case DDBEXPR_B:
        print_bytes(value_bytes(v), room, out);
        return;
    case DDBEXPR_BOOL:
        print_bool(v, out);
        return;
    case DDBEXPR_L:
    case DDBEXPR_M:
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        print_members(v, room, out);
        return;
    case DDBEXPR_NULL:;
    }
    buffer_text_literal(out, "true");
}

/* What a shortened value is measured in. A text of one byte is never shortened. */
static str unit_of(const value *v)
{
    bool one = v->count == 1;
    return v->type == DDBEXPR_S || v->type == DDBEXPR_B ? STR(" bytes)")
           : v->type == DDBEXPR_M                       ? (one ? STR(" entry)") : STR(" entries)"))
           : v->type == DDBEXPR_L                       ? (one ? STR(" element)") : STR(" elements)"))
           : one                                        ? STR(" member)")
                                                        : STR(" members)");
}

static struct room room_of(size_t width, const buffer *out)
{
    return (struct room){width ? ddbexpr_buffer_text(out).len + width : SIZE_MAX, false};
}

void value_print(const value *v, size_t width, buffer *out)
{
    struct room room = room_of(width, out);
    print_typed(v, &room, out);
    if (!room.cut)
        return;
    buffer_text_literal(out, " (");
    buffer_unsigned(out, v->count);
    buffer_put(out, unit_of(v));
}

void value_print_content(const value *v, size_t width, buffer *out)
{
    struct room room = room_of(width, out);
    print_content(v, &room, out);
}

ddbexpr_status ddbexpr_value_print(const ddbexpr_value *v, size_t width, ddbexpr_buffer *out)
{
    value_print(v, width, out);
    return buffer_status(out);
}
