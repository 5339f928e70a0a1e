/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to JSON tokens (RFC 8259). The only file that knows JSON's spelling. Reading past the end is impossible: every
 * look at a byte goes through YYPEEK, which gives NUL at the end, and NUL can stand nowhere in JSON. */
#include "json/lexer.h"

#define YYCTYPE     unsigned char
#define YYPEEK()    (lexer->cursor < lexer->limit ? *lexer->cursor : 0)
#define YYSKIP()    (lexer->cursor += lexer->cursor < lexer->limit)
#define YYBACKUP()  (marker = lexer->cursor)
#define YYRESTORE() (lexer->cursor = marker)

enum json_token json_lexer_next(struct json_lexer *lexer)
{
    const unsigned char *marker;
next:
    lexer->token = lexer->cursor;
    /*!re2c
        re2c:api = custom;
        re2c:yyfill:enable = 0;
        re2c:encoding:utf8 = 1;

        blank     = [ \t\r\n]+;
        plain     = [\x20-\x21\x23-\x5b\x5d-\uD7FF\uE000-\U0010FFFF];
        hex       = [0-9a-fA-F];
        scalar    = [0-9a-cA-CeEfF] hex{3} | [dD] [0-7] hex{2};
        pair      = [dD] [89abAB] hex{2} "\\u" [dD] [c-fC-F] hex{2};
        escape    = "\\" ( ["\\/bfnrt] | "u" scalar | "u" pair );
        number    = "-"? ( "0" | [1-9] [0-9]* ) ( "." [0-9]+ )? ( [eE] [+-]? [0-9]+ )?;

        blank                        { goto next; }
        "{"                          { return JSON_TOKEN_OBJECT; }
        "}"                          { return JSON_TOKEN_OBJECT_END; }
        "["                          { return JSON_TOKEN_ARRAY; }
        "]"                          { return JSON_TOKEN_ARRAY_END; }
        ":"                          { return JSON_TOKEN_COLON; }
        ","                          { return JSON_TOKEN_COMMA; }
        "true"                       { return JSON_TOKEN_TRUE; }
        "false"                      { return JSON_TOKEN_FALSE; }
        "null"                       { return JSON_TOKEN_NULL; }
        number                       { return JSON_TOKEN_NUMBER; }
        "\"" plain* "\""             { return JSON_TOKEN_STRING; }
        "\"" (plain | escape)* "\""  { return JSON_TOKEN_ESCAPED_STRING; }
        "\"" (plain | escape)*       { return JSON_TOKEN_BAD_STRING; }
        *                            {
            if (lexer->token >= lexer->limit) {
                lexer->cursor = lexer->limit;
                return JSON_TOKEN_END;
            }
            return JSON_TOKEN_BAD;
        }
    */
}
