/* SPDX-License-Identifier: Apache-2.0 */
/* How far what is wrong reaches. Each function relies on the slip it belongs to (hints.def) and looks at no more than
 * tokens and bytes. */
#include "syntax/extent.h"

#include "base/utf8.h"

span extent_token(const struct scene *s) { return scene_span(s, 0); }

static span from_to(const struct scene *s, int first, int last)
{
    return (span){scene_span(s, first).start, scene_span(s, last).end};
}

/* --- operators --- */

/* Longer ones before those they begin with. */
static const struct {
    str foreign, ours;
} operators[] = {
    {{"===", 3}, {"=", 1}},  {{"!==", 3}, {"<>", 2}}, {{"==", 2}, {"=", 1}},  {{"!=", 2}, {"<>", 2}},
    {{"~=", 2}, {"<>", 2}},  {{"^=", 2}, {"<>", 2}},  {{"=<", 2}, {"<=", 2}}, {{"=>", 2}, {">=", 2}},
    {{"&&", 2}, {"AND", 3}}, {{"||", 2}, {"OR", 2}},  {{"&", 1}, {"AND", 3}}, {{"|", 1}, {"OR", 2}},
    {{"!", 1}, {"NOT", 3}},  {{"+=", 2}, {"+", 1}},   {{"-=", 2}, {"-", 1}},
};
#define OPERATORS (sizeof operators / sizeof *operators)

str extent_operator_meaning(str foreign)
{
    for (size_t i = 0; i < OPERATORS; i++)
        if (str_equal(operators[i].foreign, foreign))
            return operators[i].ours;
    return STR("");
}

/* The bytes of the operator that is written at a place of the text; 0: none is. */
static uint32_t operator_at(str text, uint32_t from)
{
    for (size_t i = 0; i < OPERATORS; i++) {
        str foreign = operators[i].foreign;
        if (text.len - from >= foreign.len && memcmp(text.ptr + from, foreign.ptr, foreign.len) == 0)
            return (uint32_t)foreign.len;
    }
    return 0;
}

span extent_operator(const struct scene *s)
{
    span token = extent_token(s);
    span before = scene_span(s, -1);
    uint32_t length = s->before == TOKEN_EQ && scene_touches(s, 0) ? operator_at(s->p->text, before.start) : 0;
    if (length > 1)
        return (span){before.start, before.start + length};
    length = operator_at(s->p->text, token.start);
    return length ? (span){token.start, token.start + length} : token;
}

span extent_is(const struct scene *s)
{
    int last = s->after == TOKEN_NOT ? 2 : 1;
    return scene_kind(s, last) == TOKEN_WORD ? from_to(s, 0, last) : extent_token(s);
}

span extent_not_infix(const struct scene *s)
{
    bool known = s->after == TOKEN_IN || s->after == TOKEN_BETWEEN || s->after == TOKEN_WORD;
    return from_to(s, 0, known ? 1 : 0);
}

/* --- paths and names --- */

span extent_index(const struct scene *s)
{
    int first = s->before == TOKEN_LBRACKET ? -1 : -2; /* or behind the digits of an index */
    for (int last = 0; scene_kind(s, last) != TOKEN_END; last++)
        if (scene_kind(s, last) == TOKEN_RBRACKET)
            return from_to(s, first, last);
    return from_to(s, first, 0);
}

span extent_member_all(const struct scene *s) { return from_to(s, -1, 0); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

/* Bytes that people write in names, allowed or not. */
static bool is_name_byte(char c)
{
    return is_word_byte(c) || c == '-' || c == '$' || c == '@' || c == '~' || (unsigned char)c >= 0x80;
}

span extent_name(const struct scene *s)
{
    str text = s->p->text;
    span name = extent_token(s);
    while (name.start > 0 && is_name_byte(text.ptr[name.start - 1]))
        name.start--;
    while (name.end < text.len && is_name_byte(text.ptr[name.end]))
        name.end++;
    return name;
}

span extent_words(const struct scene *s)
{
    int last = 0;
    while (scene_kind(s, last + 1) == TOKEN_WORD)
        last++;
    return from_to(s, -1, last);
}

/* --- literals --- */

static uint32_t digits_end(str text, uint32_t at)
{
    while (at < text.len && is_digit(text.ptr[at]))
        at++;
    return at;
}

static uint32_t sign_end(str text, uint32_t at)
{
    return at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-') ? at + 1 : at;
}

/* The end of [sign] digits [. digits] [e [sign] digits]. There are digits somewhere: the slip saw them. */
static uint32_t number_end(str text, uint32_t from)
{
    uint32_t at = digits_end(text, sign_end(text, from));
    if (at < text.len && text.ptr[at] == '.') {
        uint32_t end = digits_end(text, at + 1);
        if (end > at + 1)
            at = end;
    }
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        uint32_t exponent = sign_end(text, at + 1), end = digits_end(text, exponent);
        if (end > exponent)
            at = end;
    }
    return at;
}

span extent_number(const struct scene *s)
{
    span token = extent_token(s);
    uint32_t end = number_end(s->p->text, token.start);
    return (span){token.start, end > token.end ? end : token.end};
}

bool extent_is_number(const struct scene *s)
{
    uint32_t end = number_end(s->p->text, extent_token(s).start);
    return !(end < s->p->text.len && is_word_byte(s->p->text.ptr[end]));
}

span extent_quoted(const struct scene *s)
{
    static const struct {
        str open, close;
    } pairs[] = {{{"\u2018", 3}, {"\u2019", 3}}, {{"\u201c", 3}, {"\u201d", 3}}};
    str text = s->p->text;
    span token = extent_token(s);
    str close = str_slice(text, token);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_equal(pairs[i].open, close))
            close = pairs[i].close;
    for (uint32_t at = token.end; text.len - at >= close.len; at++)
        if (memcmp(text.ptr + at, close.ptr, close.len) == 0)
            return (span){token.start, at + (uint32_t)close.len};
    return token;
}

/* --- operands --- */

/* INVARIANT: what stands before the offender was accepted, so parentheses match and two operands never touch. */
span extent_operand(const struct scene *s)
{
    int at = -1;
    if (s->before == TOKEN_RPAREN) {
        for (int open = 1; open > 0;) {
            enum token_kind kind = scene_kind(s, --at);
            open += (kind == TOKEN_RPAREN) - (kind == TOKEN_LPAREN);
        }
        at -= scene_kind(s, at - 1) == TOKEN_WORD;
    } else if (s->before != TOKEN_VALUE) {
        const uint64_t of_path = TOKEN_BIT(TOKEN_WORD) | TOKEN_BIT(TOKEN_NAME) | TOKEN_BIT(TOKEN_DOT) |
                                 TOKEN_BIT(TOKEN_LBRACKET) | TOKEN_BIT(TOKEN_RBRACKET) | TOKEN_BIT(TOKEN_INTEGER);
        while (of_path & TOKEN_BIT(scene_kind(s, at - 1)))
            at--;
    }
    return from_to(s, at, -1);
}
