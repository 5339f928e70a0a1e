/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: what the scanner finds and the parser reads. Knows no grammar. */
#ifndef DDBEXPR_SYNTAX_TOKEN_H
#define DDBEXPR_SYNTAX_TOKEN_H

#include "base/arena.h"

/* The grammar's token codes are made from these by adding a constant (grammar/expression.y checks each). */
enum token_kind {
    TOKEN_END, /* end of the text; empty span there */
    /* one for each kind of expression, in the order of ddbexpr_kind: the parser's entries; never in a text */
    TOKEN_START_CONDITION,
    TOKEN_START_FILTER,
    TOKEN_START_KEY_CONDITION,
    TOKEN_START_UPDATE,
    TOKEN_START_PROJECTION,
    /* words */
    TOKEN_WORD,    /* attribute or function name */
    TOKEN_NAME,    /* #name */
    TOKEN_VALUE,   /* :value */
    TOKEN_INTEGER, /* 0, or digits that do not begin with 0 */
    /* keywords, in any case */
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_BETWEEN,
    TOKEN_IN,
    TOKEN_SET, /* these four in the order of enum section_kind */
    TOKEN_REMOVE,
    TOKEN_ADD,
    TOKEN_DELETE,
    /* signs */
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_LPAREN,
    TOKEN_RPAREN,
    TOKEN_LBRACKET,
    TOKEN_RBRACKET,
    TOKEN_COMMA,
    TOKEN_DOT,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_BAD, /* one character that begins no token, or one byte that is not UTF-8 */
    TOKEN_COUNT
};

struct token {
    enum token_kind kind;
    ddbexpr_span span;
};

/* A whole text as tokens; a TOKEN_END follows the last one (at index `count`). */
struct token_array {
    struct token *tokens;
    uint32_t count;
};

/* The token at or behind byte `at`, blanks skipped. A NUL must follow the text; its length must fit in 32 bits. Made
 * from grammar/lexer.re. */
struct token lexer_next(str text, uint32_t at);

/* All tokens of a text (the same demands). False: no memory. */
bool tokens_of(arena *a, str text, struct token_array *ret_tokens);

static inline bool token_is_section(enum token_kind kind) { return kind >= TOKEN_SET && kind <= TOKEN_DELETE; }
static inline bool token_is_keyword(enum token_kind kind) { return kind >= TOKEN_AND && kind <= TOKEN_DELETE; }

#endif
