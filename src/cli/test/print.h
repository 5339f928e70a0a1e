/* SPDX-License-Identifier: Apache-2.0 */
/* What sections of a test run are printed with: running text broken to a width, colours, items and values in the
 * notation of suites. Knows nothing of what is told. */
#ifndef DDBEXPR_CLI_TEST_PRINT_H
#define DDBEXPR_CLI_TEST_PRINT_H

#include <ddbexpr/ddbexpr.h>

#define GREEN "\033[32m"
#define RED   "\033[31m"
#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

/* Where the text goes. A failure sticks in the status, which all below look at. */
struct printer {
    ddbexpr_buffer *out;
    ddbexpr_buffer *text; /* to build parts in, which may have to begin a new line */
    ddbexpr_arena *arena;
    ddbexpr_status status;
    bool colour;
    size_t width;
    size_t column;
    bool blank; /* one is to come before what follows, unless that begins a new line */
};

/* style NULL: plain, 80 columns. */
ddbexpr_status printer_begin(struct printer *p, const ddbexpr_style *style, ddbexpr_arena *arena, ddbexpr_buffer *out);
ddbexpr_status printer_end(struct printer *p);

/* Appends a text as it is. */
void print_str(struct printer *p, ddbexpr_str text);
void print_text(struct printer *p, const char *text);
void print_number(struct printer *p, uint64_t n, int width);
void print_plural(struct printer *p, uint64_t n, const char *one, const char *many);

/* One of the codes above, if there are colours. */
void print_colour(struct printer *p, const char *code);

void print_line(struct printer *p, size_t indent);

/* Appends running text, broken at blanks; what users wrote is made visible. */
void print_words(struct printer *p, ddbexpr_str text, size_t indent);
void print_user_words(struct printer *p, ddbexpr_str text, size_t indent);

/* An item that is spoken of: whole if it is short, else by its key (NULL: not known) with `…` for the rest, and
 * the test that it is of (empty: not known). */
void print_item_name(struct printer *p, const ddbexpr_value *item, const ddbexpr_value *key, ddbexpr_str test,
                     size_t indent);

/* On lines of their own: `given: {…}`; `set: {…}` and `remove: […]` as the change of an item; `with: {…}`. */
void print_given(struct printer *p, const ddbexpr_value *item);
void print_change(struct printer *p, const ddbexpr_value *before, const ddbexpr_value *after);
void print_values(struct printer *p, const ddbexpr_value *values);

#endif
