/* SPDX-License-Identifier: Apache-2.0 */
/* What all parts of the generator work with: the dice, the memory of the case at hand, and the expression being
 * written. Nothing here fails: without memory `failed` is set, what is built goes nowhere, and the case is not printed.
 */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_H
#define DDBEXPR_CLI_GENERATE_GENERATE_H

#include "cli/generate/generate_dice.h"
#include "cli/generate/generate_doc.h"

#include <ddbexpr/ddbexpr.h>

/* How an expression is spelled, the same all through it. */
struct spelling {
    const char *gap;     /* where a blank must stand */
    const char *space;   /* where one may */
    uint8_t letter_case; /* of keywords: 0 upper, 1 lower, 2 as in a title */
};

struct generator {
    struct dice dice;
    ddbexpr_arena *arena;  /* everything of one case */
    ddbexpr_buffer *text;  /* the expression being written */
    ddbexpr_buffer *about; /* what was done to the case */
    struct spelling spelling;
    struct doc nowhere; /* stands for all that there was no memory for */
    bool failed;
    bool wild;  /* also what the service refuses */
    bool loose; /* the case at hand: clauses and operands need not be well typed */
};

#define STR(literal) ((ddbexpr_str){"" literal, sizeof(literal) - 1})
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One of an array's elements. */
#define PICK(g, array) ((array)[dice_below(&(g)->dice, (uint32_t)COUNT(array))])

static inline bool str_same(ddbexpr_str a, ddbexpr_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_is(ddbexpr_str a, const char *b) { return str_same(a, ddbexpr_cstr(b)); }

static inline bool throw_percent(struct generator *g, uint32_t percent) { return dice_percent(&g->dice, percent); }
static inline uint32_t throw_below(struct generator *g, uint32_t n) { return dice_below(&g->dice, n); }

/* A text in the case's memory: formatted (up to 200 bytes), copied, repeated, joined. */
ddbexpr_str keep_format(struct generator *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
ddbexpr_str keep(struct generator *g, ddbexpr_str text);
ddbexpr_str keep_repeated(struct generator *g, ddbexpr_str text, size_t times);
ddbexpr_str keep_joined(struct generator *g, ddbexpr_str a, ddbexpr_str b);

/* --- the expression being written --- */

void text_begin(struct generator *g); /* with a spelling of its own */
ddbexpr_str text_end(struct generator *g);
void put(struct generator *g, const char *text);
void put_str(struct generator *g, ddbexpr_str text);
void put_keyword(struct generator *g, const char *upper); /* AND */
void put_joint(struct generator *g, const char *upper);   /* a keyword with blanks around it */
void put_sign(struct generator *g, const char *sign);     /* a sign, perhaps with blanks around it */
static inline void put_gap(struct generator *g) { put(g, g->spelling.gap); }

/* Adds to what is said about the case. */
void note(struct generator *g, const char *what);

#endif
