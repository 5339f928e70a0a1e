/* SPDX-License-Identifier: Apache-2.0 */
/* A syntax error with what stands around it, for those who guess what was meant. */
#ifndef DDBEXPR_SYNTAX_SCENE_H
#define DDBEXPR_SYNTAX_SCENE_H

#include "syntax/parser.h"

/* Offsets count tokens from the offender: -1 is the one before it. */
struct scene {
    const struct parser *p;
    enum token_kind before, at, after; /* kinds at -1, 0 and 1 */
    enum token_kind section;           /* of an update: the keyword last seen before the offender, or TOKEN_END */
    uint32_t section_index;            /* its token */
    uint32_t open;                     /* parentheses open before the offender */
    bool open_call;                    /* one of them is a function's */
};

struct scene scene_of(const struct parser *parser);

/* Before the first token there is a start token, after the last one the end. */
enum token_kind scene_kind(const struct scene *s, int offset);

/* The token's bytes; none where there is no token. */
str scene_text(const struct scene *s, int offset);

/* Its place; before the first token the start of the text, at its end the place behind the last token. */
span scene_span(const struct scene *s, int offset);

/* Whether the token follows the one before it without a blank. */
bool scene_touches(const struct scene *s, int offset);

#endif
