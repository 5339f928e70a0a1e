/* SPDX-License-Identifier: Apache-2.0 */
/* Text for people in a width, and items and values as suites have them. */
#include "cli/test/print.h"

#include "cli/test/test_words.h"

#include <stdio.h>
#include <string.h>

#define WIDTH         80
#define LONGEST_VALUE 300 /* bytes of a value that is written out; longer ones are shortened */
#define LONGEST_ITEM                                                                                                   \
    160                 /* bytes of the text of an item that a change is made of; of longer ones only the key is told */
#define LONGEST_NAME 60 /* bytes of an item of which no key is known, and of a key */

ddbexpr_status printer_begin(struct printer *p, const ddbexpr_style *style, ddbexpr_arena *arena, ddbexpr_buffer *out)
{
    *p = (struct printer){.out = out,
                          .arena = arena,
                          .colour = style && style->colour,
                          .width = style && style->width ? style->width : WIDTH};
    return p->status = ddbexpr_buffer_new(NULL, &p->text);
}

ddbexpr_status printer_end(struct printer *p)
{
    ddbexpr_buffer_free(p->text);
    return p->status;
}

/* --- pieces --- */

/* Characters of UTF-8. */
static size_t columns_of(ddbexpr_str text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len; i++)
        columns += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return columns;
}

void print_str(struct printer *p, ddbexpr_str text)
{
    if (p->status == DDBEXPR_OK && p->blank)
        p->status = ddbexpr_buffer_append(p->out, ddbexpr_cstr(" "));
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append(p->out, text);
    p->column += columns_of(text) + p->blank;
    p->blank = false;
}

void print_text(struct printer *p, const char *text) { print_str(p, ddbexpr_cstr(text)); }

void print_colour(struct printer *p, const char *code)
{
    if (p->colour && p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append(p->out, ddbexpr_cstr(code));
}

void print_line(struct printer *p, size_t indent)
{
    p->blank = false;
    print_text(p, "\n");
    p->column = 0;
    for (size_t i = 0; i < indent; i++)
        print_text(p, " ");
}

/* Appends what must stay together; on a new line where it would not fit. */
static void put_piece(struct printer *p, ddbexpr_str piece, size_t indent)
{
    if (p->column > indent && p->column + p->blank + columns_of(piece) > p->width)
        print_line(p, indent);
    print_str(p, piece);
}

/* Appends running text, broken at blanks. */
void print_words(struct printer *p, ddbexpr_str text, size_t indent)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t start = i;
        while (i < text.len && text.ptr[i] != ' ')
            i++;
        if (i > start)
            put_piece(p, (ddbexpr_str){text.ptr + start, i - start}, indent);
        p->blank |= i < text.len;
    }
}

/* The same for what users wrote, made visible. */
void print_user_words(struct printer *p, ddbexpr_str text, size_t indent)
{
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append_visible(p->text, text, NULL);
    print_words(p, ddbexpr_buffer_text(p->text), indent);
}

void print_number(struct printer *p, uint64_t n, int width)
{
    char text[64];
    snprintf(text, sizeof text, "%*llu", width, (unsigned long long)n);
    print_text(p, text);
}

void print_plural(struct printer *p, uint64_t n, const char *one, const char *many)
{
    print_number(p, n, 0);
    print_text(p, n == 1 ? one : many);
}

/* --- items --- */

/* `name: value` in p->text. */
static void build_member(struct printer *p, const ddbexpr_value *item, size_t index)
{
    const ddbexpr_value *value = ddbexpr_value_at(item, index);
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = test_put_name(ddbexpr_value_name_at(item, index), TEST_YAML, p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append(p->text, ddbexpr_cstr(": "));
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_value_size(value) > LONGEST_VALUE ? ddbexpr_value_print(value, 60, p->text)
                                                              : test_put_value(value, TEST_YAML, p->text);
}

/* What ends a member: a comma, if more follow. */
static void put_member_end(struct printer *p, bool first, size_t indent)
{
    ddbexpr_str member = ddbexpr_buffer_text(p->text);
    if (!first) {
        print_text(p, ",");
        if (p->column + 1 + columns_of(member) < p->width)
            print_text(p, " ");
        else
            print_line(p, indent);
    }
    print_str(p, member);
}

static bool is_changed(const ddbexpr_value *before, const ddbexpr_value *after, size_t index)
{
    const ddbexpr_value *old = before ? ddbexpr_value_get(before, ddbexpr_value_name_at(after, index)) : NULL;
    return !old || !ddbexpr_value_equal(old, ddbexpr_value_at(after, index));
}

/* `set: {…}`: what is new or another value; `before` NULL: all of it. */
static void put_set(struct printer *p, const char *lead, const ddbexpr_value *before, const ddbexpr_value *after)
{
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_value_count(after); i++) {
        if (!is_changed(before, after, i))
            continue;
        if (!told) {
            print_line(p, 6);
            print_text(p, lead);
        }
        build_member(p, after, i);
        put_member_end(p, told++ == 0, 8);
    }
    if (told)
        print_text(p, "}");
}

static void put_removed(struct printer *p, const ddbexpr_value *before, const ddbexpr_value *after)
{
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_value_count(before); i++) {
        ddbexpr_str name = ddbexpr_value_name_at(before, i);
        if (ddbexpr_value_get(after, name))
            continue;
        if (!told) {
            print_line(p, 6);
            print_text(p, "remove: [");
        }
        ddbexpr_buffer_clear(p->text);
        if (p->status == DDBEXPR_OK)
            p->status = test_put_name(name, TEST_YAML, p->text);
        put_member_end(p, told++ == 0, 8);
    }
    if (told)
        print_text(p, "]");
}

/* Whether an item may be written out. One that is much larger is not written to find out. */
static bool is_short(struct printer *p, const ddbexpr_value *item)
{
    ddbexpr_buffer_clear(p->text);
    if (p->status != DDBEXPR_OK || ddbexpr_value_size(item) > (size_t)4 * LONGEST_ITEM)
        return false;
    p->status = test_put_item(item, TEST_YAML, p->text);
    return ddbexpr_buffer_text(p->text).len <= LONGEST_ITEM;
}

/* `{name: value, …}`, broken between members. At the end of a line there is room for what closes it, and a sign. */
static void put_members(struct printer *p, const ddbexpr_value *item, bool is_whole, size_t indent)
{
    size_t count = ddbexpr_value_count(item);
    for (size_t i = 0; i < count; i++) {
        bool is_last = i + 1 == count;
        build_member(p, item, i);
        size_t columns = columns_of(ddbexpr_buffer_text(p->text)) + (is_last && !is_whole ? 5 : 2);
        if (p->column > indent && p->column + p->blank + 1 + columns > p->width)
            print_line(p, indent);
        print_text(p, i ? (p->column > indent ? " " : "") : "{");
        print_str(p, ddbexpr_buffer_text(p->text));
        print_text(p, is_last ? "" : ",");
    }
    print_text(p, count == 0 ? "{}" : is_whole ? "}" : ", …}");
}

static void put_shortened(struct printer *p, const ddbexpr_value *item, size_t indent)
{
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_value_print(item, 40, p->text);
    print_words(p, ddbexpr_buffer_text(p->text), indent);
}

/* Several items may have the same key: the text of one says which, or its test. */
void print_item_name(struct printer *p, const ddbexpr_value *item, const ddbexpr_value *key, ddbexpr_str test,
                     size_t indent)
{
    if (is_short(p, item)) {
        put_members(p, item, true, indent);
        return;
    }
    if (key && ddbexpr_value_size(key) <= LONGEST_NAME)
        put_members(p, key, false, indent);
    else
        put_shortened(p, key ? key : item, indent);
    if (!test.len)
        return;
    print_words(p, ddbexpr_cstr(" in the test "), indent);
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = test_put_text(test, p->text);
    print_words(p, ddbexpr_buffer_text(p->text), indent);
}

/* `with: {…}`: the values that it holds for. */
void print_values(struct printer *p, const ddbexpr_value *values)
{
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_value_count(values); i++) {
        if (!told) {
            print_line(p, 6);
            print_text(p, "with: {");
        }
        build_member(p, values, i);
        put_member_end(p, told++ == 0, 8);
    }
    if (told)
        print_text(p, "}");
}

void print_given(struct printer *p, const ddbexpr_value *item) { put_set(p, "given: {", NULL, item); }

void print_change(struct printer *p, const ddbexpr_value *before, const ddbexpr_value *after)
{
    put_set(p, "set: {", before, after);
    put_removed(p, before, after);
}
