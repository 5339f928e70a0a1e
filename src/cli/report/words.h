/* SPDX-License-Identifier: Apache-2.0 */
/* Texts put together of many pieces. Once a piece could not be appended nothing more is, and the status stays: it is
 * enough to look at it at the end. */
#ifndef DDBEXPR_CLI_REPORT_WORDS_H
#define DDBEXPR_CLI_REPORT_WORDS_H

#include <ddbexpr/ddbexpr.h>

struct words {
    ddbexpr_buffer *buffer; /* NULL: there was no memory for one */
    ddbexpr_status status;
};

/* An empty text. Always to be ended. */
void words_begin(struct words *words);
void words_end(struct words *words);

/* Ends a text that another was made from: what has failed for the one has failed for the other. */
void words_end_part(struct words *part, struct words *whole);

/* The text so far. Borrowed: until the next piece. */
ddbexpr_str words_text(const struct words *words);

/* The same without the last line's end, if it has one. */
ddbexpr_str words_last_line_open(const struct words *words);

/* Empties the text; a failure stays. */
void words_clear(struct words *words);

/* Pieces: ours, a number, bytes as they are, user data on one line with all made visible that a terminal may obey. */
void words_put(struct words *words, const char *text);
void words_number(struct words *words, size_t number);
void words_bytes(struct words *words, ddbexpr_str bytes);
void words_visible(struct words *words, ddbexpr_str text);

/* Keeps the status of a function that appends to the buffer. */
void words_keep(struct words *words, ddbexpr_status status);

/* The next line of a text, without its end; the text becomes what follows. False: there is no more. */
bool words_next_line(ddbexpr_str *text, ddbexpr_str *ret_line);

/* Lines that the library has rendered (a diff, an explanation), each ended and, if not empty, behind an indent. Without
 * `colours` those that are there are left out. */
void words_rendered(struct words *words, ddbexpr_str text, const char *indent, bool colours);

/* Colours, if the style has them; NULL has none. */
#define WORDS_RED    "\033[1;31m"
#define WORDS_GREEN  "\033[32m"
#define WORDS_YELLOW "\033[33m"
#define WORDS_BOLD   "\033[1m"
#define WORDS_DIM    "\033[2m"
void words_coloured(struct words *words, const ddbexpr_style *style, const char *colour, const char *text);
void words_colour(struct words *words, const ddbexpr_style *style, const char *colour);
void words_plain(struct words *words, const ddbexpr_style *style);

#endif
