/* SPDX-License-Identifier: Apache-2.0 */
/* JSON tokens. The buffer is the caller's: of exact length, with nothing promised after its end. */
#ifndef DDBEXPR_JSON_LEXER_H
#define DDBEXPR_JSON_LEXER_H

#include <ddbexpr/api.h>

enum json_token {
    JSON_TOKEN_OBJECT, /* { */
    JSON_TOKEN_OBJECT_END,
    JSON_TOKEN_ARRAY, /* [ */
    JSON_TOKEN_ARRAY_END,
    JSON_TOKEN_COLON,
    JSON_TOKEN_COMMA,
    JSON_TOKEN_STRING,         /* without escapes */
    JSON_TOKEN_ESCAPED_STRING, /* with some */
    JSON_TOKEN_NUMBER,
    JSON_TOKEN_TRUE,
    JSON_TOKEN_FALSE,
    JSON_TOKEN_NULL,
    JSON_TOKEN_END,
    JSON_TOKEN_BAD_STRING, /* ends before the byte that cannot stand there */
    JSON_TOKEN_BAD         /* one byte that begins no token */
};

struct json_lexer {
    const unsigned char *cursor;
    const unsigned char *limit;
    const unsigned char *token; /* start of the last token */
};

/* The next token; its text is [token, cursor). */
enum json_token json_lexer_next(struct json_lexer *lexer);

#endif
