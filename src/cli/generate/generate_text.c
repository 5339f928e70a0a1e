/* SPDX-License-Identifier: Apache-2.0 */
/* Texts: kept in the case's memory, and expressions written token by token in one spelling. */
#include "cli/generate/generate.h"

#include <stdarg.h>
#include <stdio.h>

static char *room(struct generator *g, size_t size)
{
    char *text = ddbexpr_arena_alloc(g->arena, size ? size : 1);
    g->failed |= !text;
    return text;
}

ddbexpr_str keep_format(struct generator *g, const char *format, ...)
{
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t used = length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : sizeof text - 1;
    return keep(g, (ddbexpr_str){text, used});
}

ddbexpr_str keep(struct generator *g, ddbexpr_str text) { return keep_joined(g, text, STR("")); }

ddbexpr_str keep_joined(struct generator *g, ddbexpr_str a, ddbexpr_str b)
{
    char *kept = room(g, a.len + b.len);
    if (!kept)
        return STR("");
    if (a.len)
        memcpy(kept, a.ptr, a.len);
    if (b.len)
        memcpy(kept + a.len, b.ptr, b.len);
    return (ddbexpr_str){kept, a.len + b.len};
}

ddbexpr_str keep_repeated(struct generator *g, ddbexpr_str text, size_t times)
{
    char *kept = room(g, text.len * times);
    if (!kept)
        return STR("");
    for (size_t i = 0; i < times; i++)
        memcpy(kept + i * text.len, text.ptr, text.len);
    return (ddbexpr_str){kept, text.len * times};
}

/* --- the expression being written --- */

void text_begin(struct generator *g)
{
    static const char *const gaps[] = {" ", " ", " ", " ", " ", "  ", "\n", "\t", "\r\n "};
    static const char *const spaces[] = {" ", " ", " ", " ", " ", " ", "", "", "\t"};
    static const uint8_t cases[] = {80, 15, 5};
    g->spelling.gap = PICK(g, gaps);
    g->spelling.space = PICK(g, spaces);
    g->spelling.letter_case = (uint8_t)dice_weighted(&g->dice, cases, COUNT(cases));
    ddbexpr_buffer_clear(g->text);
}

ddbexpr_str text_end(struct generator *g) { return keep(g, ddbexpr_buffer_text(g->text)); }

void put_str(struct generator *g, ddbexpr_str text) { g->failed |= ddbexpr_buffer_append(g->text, text) != DDBEXPR_OK; }

void put(struct generator *g, const char *text) { put_str(g, ddbexpr_cstr(text)); }

void put_keyword(struct generator *g, const char *upper)
{
    char word[16];
    size_t length = 0;
    for (; upper[length] && length < sizeof word; length++) {
        char c = upper[length];
        bool lower = g->spelling.letter_case == 1 || (g->spelling.letter_case == 2 && length > 0);
        word[length] = lower && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    put_str(g, (ddbexpr_str){word, length});
}

void put_joint(struct generator *g, const char *upper)
{
    put_gap(g);
    put_keyword(g, upper);
    put_gap(g);
}

void put_sign(struct generator *g, const char *sign)
{
    put(g, g->spelling.space);
    put(g, sign);
    put(g, g->spelling.space);
}

void note(struct generator *g, const char *what)
{
    if (ddbexpr_buffer_text(g->about).len)
        ddbexpr_buffer_append(g->about, STR("; "));
    g->failed |= ddbexpr_buffer_append(g->about, ddbexpr_cstr(what)) != DDBEXPR_OK;
}
