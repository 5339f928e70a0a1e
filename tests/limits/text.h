/* SPDX-License-Identifier: Apache-2.0 */
/* Long texts, put together piece by piece, for inputs at a limit and beyond. Knows nothing of what is in them. */
#ifndef DDBEXPR_TESTS_LIMITS_TEXT_H
#define DDBEXPR_TESTS_LIMITS_TEXT_H

#include <ddbexpr/api.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct text {
    FILE *file;
    char *bytes; /* valid after text_end; freed by text_free */
    size_t length;
};

static inline void text_begin(struct text *t)
{
    *t = (struct text){0};
    if (!(t->file = open_memstream(&t->bytes, &t->length)))
        abort();
}

__attribute__((format(printf, 2, 3))) static inline void text_put(struct text *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (vfprintf(t->file, format, arguments) < 0)
        abort();
    va_end(arguments);
}

/* The same text several times. */
static inline void text_repeat(struct text *t, size_t count, const char *piece)
{
    while (count--)
        if (fputs(piece, t->file) < 0)
            abort();
}

static inline ddbexpr_str text_end(struct text *t)
{
    if (fclose(t->file) != 0)
        abort();
    return (ddbexpr_str){t->bytes, t->length};
}

static inline void text_free(struct text *t) { free(t->bytes); }

#endif
