/* SPDX-License-Identifier: Apache-2.0 */
/* Appending, with one status for all. Must not know what is told. */
#include "cli/report/words.h"

#include <stdio.h>
#include <string.h>

void words_begin(struct words *words)
{
    *words = (struct words){NULL, DDBEXPR_OK};
    words->status = ddbexpr_buffer_new(NULL, &words->buffer);
}

void words_end(struct words *words)
{
    ddbexpr_buffer_free(words->buffer);
    words->buffer = NULL;
}

void words_end_part(struct words *part, struct words *whole)
{
    words_keep(whole, part->status);
    words_end(part);
}

ddbexpr_str words_text(const struct words *words)
{
    return words->buffer ? ddbexpr_buffer_text(words->buffer) : ddbexpr_cstr("");
}

ddbexpr_str words_last_line_open(const struct words *words)
{
    ddbexpr_str text = words_text(words);
    bool ended = text.len && text.ptr[text.len - 1] == '\n';
    return (ddbexpr_str){text.ptr, text.len - (ended ? 1 : 0)};
}

void words_clear(struct words *words)
{
    if (words->buffer)
        ddbexpr_buffer_clear(words->buffer);
}

void words_keep(struct words *words, ddbexpr_status status)
{
    if (words->status == DDBEXPR_OK)
        words->status = status;
}

void words_bytes(struct words *words, ddbexpr_str bytes)
{
    if (words->status == DDBEXPR_OK)
        words->status = ddbexpr_buffer_append(words->buffer, bytes);
}

void words_put(struct words *words, const char *text) { words_bytes(words, ddbexpr_cstr(text)); }

void words_number(struct words *words, size_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%zu", number);
    words_put(words, text);
}

void words_visible(struct words *words, ddbexpr_str text)
{
    if (words->status == DDBEXPR_OK)
        words->status = ddbexpr_buffer_append_visible(words->buffer, text, NULL);
}

/* --- colours --- */

void words_colour(struct words *words, const ddbexpr_style *style, const char *colour)
{
    if (style && style->colour)
        words_put(words, colour);
}

void words_plain(struct words *words, const ddbexpr_style *style) { words_colour(words, style, "\033[0m"); }

void words_coloured(struct words *words, const ddbexpr_style *style, const char *colour, const char *text)
{
    words_colour(words, style, colour);
    words_put(words, text);
    words_plain(words, style);
}

/* --- lines --- */

bool words_next_line(ddbexpr_str *text, ddbexpr_str *ret_line)
{
    if (text->len == 0)
        return false;
    const char *end = memchr(text->ptr, '\n', text->len);
    size_t length = end ? (size_t)(end - text->ptr) : text->len, taken = end ? length + 1 : length;
    *ret_line = (ddbexpr_str){text->ptr, length};
    *text = (ddbexpr_str){text->ptr + taken, text->len - taken};
    return true;
}

/* Bytes of the colour at the start of a text, or 0: user data in what is rendered cannot look like one. */
static size_t colour_length(ddbexpr_str text)
{
    size_t i = 2;
    if (text.len < 3 || text.ptr[0] != '\033' || text.ptr[1] != '[')
        return 0;
    while (i < text.len && ((text.ptr[i] >= '0' && text.ptr[i] <= '9') || text.ptr[i] == ';'))
        i++;
    return i < text.len && text.ptr[i] == 'm' ? i + 1 : 0;
}

static void put_without_colours(struct words *words, ddbexpr_str line)
{
    size_t start = 0;
    for (size_t i = 0; i < line.len;) {
        size_t length = colour_length((ddbexpr_str){line.ptr + i, line.len - i});
        if (length) {
            words_bytes(words, (ddbexpr_str){line.ptr + start, i - start});
            start = i + length;
        }
        i += length ? length : 1;
    }
    words_bytes(words, (ddbexpr_str){line.ptr + start, line.len - start});
}

void words_rendered(struct words *words, ddbexpr_str text, const char *indent, bool colours)
{
    ddbexpr_str line;
    while (words_next_line(&text, &line)) {
        if (line.len)
            words_put(words, indent);
        if (colours)
            words_bytes(words, line);
        else
            put_without_colours(words, line);
        words_put(words, "\n");
    }
}
