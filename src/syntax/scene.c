/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around an offending token. Knows no slip. */
#include "syntax/scene.h"

enum token_kind scene_kind(const struct scene *s, int offset)
{
    int64_t index = (int64_t)s->p->offender + offset;
    if (index < 0)
        return TOKEN_START_CONDITION;
    return index < s->p->tokens.count ? s->p->tokens.tokens[index].kind : TOKEN_END;
}

span scene_span(const struct scene *s, int offset)
{
    int64_t index = (int64_t)s->p->offender + offset;
    const struct token *tokens = s->p->tokens.tokens;
    uint32_t count = s->p->tokens.count;
    if (index < 0 || count == 0)
        return (span){0, 0};
    return index < count ? tokens[index].span : (span){tokens[count - 1].span.end, tokens[count - 1].span.end};
}

str scene_text(const struct scene *s, int offset) { return str_slice(s->p->text, scene_span(s, offset)); }

bool scene_touches(const struct scene *s, int offset)
{
    int64_t index = (int64_t)s->p->offender + offset;
    const struct token *tokens = s->p->tokens.tokens;
    return index >= 1 && index < s->p->tokens.count && tokens[index].span.start == tokens[index - 1].span.end;
}

struct scene scene_of(const struct parser *p)
{
    struct scene s = {.p = p, .section = TOKEN_END};
    s.before = scene_kind(&s, -1);
    s.at = scene_kind(&s, 0);
    s.after = scene_kind(&s, 1);
    uint32_t open_calls = 0; /* as if a call's parentheses were closed before others: enough for a hint */
    for (uint32_t i = 0; i < p->offender; i++) {
        enum token_kind kind = p->tokens.tokens[i].kind;
        if (p->kind == DDBEXPR_UPDATE && token_is_section(kind)) {
            s.section = kind;
            s.section_index = i;
        } else if (kind == TOKEN_LPAREN) {
            s.open++;
            open_calls += i > 0 && p->tokens.tokens[i - 1].kind == TOKEN_WORD;
        } else if (kind == TOKEN_RPAREN) {
            s.open--; /* cannot wrap: what stands before the offender was accepted */
            open_calls -= open_calls > 0;
        }
    }
    s.open_call = open_calls > 0;
    return s;
}
