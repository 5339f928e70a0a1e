/* SPDX-License-Identifier: Apache-2.0 */
/* Puts a text's tokens into an array. Knows neither spelling nor grammar. Invariant: spans are in order and do not
 * overlap; only blanks lie between them. */
#include "syntax/token.h"

static uint32_t count_tokens(str text)
{
    uint32_t count = 0;
    for (struct token t = lexer_next(text, 0); t.kind != TOKEN_END; t = lexer_next(text, t.span.end))
        count++;
    return count;
}

bool tokens_of(arena *a, str text, struct token_array *ret_tokens)
{
    uint32_t count = count_tokens(text);
    struct token *tokens = ARENA_ARRAY(a, struct token, (size_t)count + 1);
    if (!tokens)
        return false;
    uint32_t at = 0;
    for (uint32_t i = 0; i <= count; i++) {
        tokens[i] = lexer_next(text, at);
        at = tokens[i].span.end;
    }
    *ret_tokens = (struct token_array){tokens, count};
    return true;
}
