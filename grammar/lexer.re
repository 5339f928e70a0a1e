/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to one token: the only file that knows spelling. It must not know what may follow what. Tokens are slices of
 * the text; nothing is unescaped, no number is read.
 *
 * The byte at `limit` is read: it is the NUL of our own copy. A NUL before it is a token like any other. */
#include "base/utf8.h"
#include "syntax/token.h"

/* A character that begins no token stands for itself: whole if it is UTF-8, else one byte. So `_rev` is `_` and `rev`,
 * and the message shows `_` (aws: nub-pub-010). */
static const unsigned char *after_bad_character(const unsigned char *start, const unsigned char *limit)
{
    size_t length = utf8_length(str_of((const char *)start, (size_t)(limit - start)));
    return start + (length ? length : 1);
}

struct token lexer_next(str text, uint32_t at)
{
    const unsigned char *base = (const unsigned char *)text.ptr;
    const unsigned char *cursor = base + at;
    const unsigned char *limit = base + text.len;
    const unsigned char *start;
    enum token_kind kind;

    /*!re2c
        re2c:define:YYCTYPE = "unsigned char";
        re2c:define:YYCURSOR = cursor;
        re2c:yyfill:enable = 0;

        blank = [ \t\r\n]+;
        word = [A-Za-z0-9_]+;
    */
again:
    start = cursor;
    /*!re2c
        blank                { goto again; }

        'AND'                { kind = TOKEN_AND; goto found; }
        'OR'                 { kind = TOKEN_OR; goto found; }
        'NOT'                { kind = TOKEN_NOT; goto found; }
        'BETWEEN'            { kind = TOKEN_BETWEEN; goto found; }
        'IN'                 { kind = TOKEN_IN; goto found; }
        'SET'                { kind = TOKEN_SET; goto found; }
        'REMOVE'             { kind = TOKEN_REMOVE; goto found; }
        'ADD'                { kind = TOKEN_ADD; goto found; }
        'DELETE'             { kind = TOKEN_DELETE; goto found; }

        [A-Za-z] word?       { kind = TOKEN_WORD; goto found; }
        "#" word             { kind = TOKEN_NAME; goto found; }
        ":" word             { kind = TOKEN_VALUE; goto found; }
        "0" | [1-9] [0-9]*   { kind = TOKEN_INTEGER; goto found; }

        "="                  { kind = TOKEN_EQ; goto found; }
        "<>"                 { kind = TOKEN_NE; goto found; }
        "<"                  { kind = TOKEN_LT; goto found; }
        "<="                 { kind = TOKEN_LE; goto found; }
        ">"                  { kind = TOKEN_GT; goto found; }
        ">="                 { kind = TOKEN_GE; goto found; }
        "("                  { kind = TOKEN_LPAREN; goto found; }
        ")"                  { kind = TOKEN_RPAREN; goto found; }
        "["                  { kind = TOKEN_LBRACKET; goto found; }
        "]"                  { kind = TOKEN_RBRACKET; goto found; }
        ","                  { kind = TOKEN_COMMA; goto found; }
        "."                  { kind = TOKEN_DOT; goto found; }
        "+"                  { kind = TOKEN_PLUS; goto found; }
        "-"                  { kind = TOKEN_MINUS; goto found; }

        *
        {
            bool at_end = start == limit;
            kind = at_end ? TOKEN_END : TOKEN_BAD;
            cursor = at_end ? limit : after_bad_character(start, limit);
            goto found;
        }
    */
found:
    return (struct token){kind, {(uint32_t)(start - base), (uint32_t)(cursor - base)}};
}
