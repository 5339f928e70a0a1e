/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of an expression's text that know no grammar: tokens and characters dropped, doubled, swapped, put in. */
#include "cli/generate/generate_case.h"

#include "cli/generate/generate_names.h"

/* --- tokens: about those of the language --- */

#define TOKENS_AT_MOST 400

struct tokens {
    ddbexpr_str text;
    struct {
        uint32_t start, end;
    } list[TOKENS_AT_MOST];
    uint32_t count;
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '#' ||
           c == ':' || (unsigned char)c >= 0x80;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static void read_tokens(struct tokens *tokens, ddbexpr_str text)
{
    tokens->text = text;
    tokens->count = 0;
    for (uint32_t i = 0; i < text.len && tokens->count < TOKENS_AT_MOST;) {
        uint32_t start = i;
        if (is_blank(text.ptr[i])) {
            i++;
            continue;
        }
        while (i < text.len && is_word(text.ptr[i]))
            i++;
        bool two = i == start && i + 1 < text.len && (text.ptr[i] == '<' || text.ptr[i] == '>') &&
                   (text.ptr[i + 1] == '=' || text.ptr[i + 1] == '>');
        if (i == start)
            i += two ? 2 : 1;
        tokens->list[tokens->count].start = start;
        tokens->list[tokens->count++].end = i;
    }
}

static ddbexpr_str slice(const struct tokens *tokens, uint32_t start, uint32_t end)
{
    return (ddbexpr_str){tokens->text.ptr + start, end - start};
}

static ddbexpr_str token_at(const struct tokens *tokens, uint32_t i)
{
    return slice(tokens, tokens->list[i].start, tokens->list[i].end);
}

/* The text with `middle` in place of the bytes from start to end. */
static ddbexpr_str spliced(struct generator *g, const struct tokens *tokens, uint32_t start, uint32_t end,
                           ddbexpr_str middle)
{
    ddbexpr_str head = keep_joined(g, slice(tokens, 0, start), middle);
    return keep_joined(g, head, slice(tokens, end, (uint32_t)tokens->text.len));
}

/* Tokens that come in: of this language and of those that people know from elsewhere. */
static const char *const strangers[] = {
    "AND",
    "OR",
    "NOT",
    "BETWEEN",
    "IN",
    "SET",
    "REMOVE",
    "ADD",
    "DELETE",
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    "+",
    "-",
    "a",
    "#n9",
    ":v9",
    "0",
    "00",
    "[0]",
    "[*]",
    "[-1]",
    ".*",
    "==",
    "!=",
    "=>",
    "=<",
    "!",
    "&&",
    "||",
    ";",
    "IS NULL",
    "LIKE",
    "*",
    "/",
    "%",
    "5",
    "-5",
    "1.5",
    "'x'",
    "\"x\"",
    "`a`",
    "[1,2]",
    "{}",
    "null",
    "true",
    "#",
    ":",
    "+=",
    "-=",
    "WHERE",
    "size",
    "exists",
    "_a",
    "2b",
    "first-name",
    "..",
    ",,",
    "()",
    "[:v]",
    "[#n]",
    "[01]",
    "NOT IN",
    "é",
    "\xc2\xa0",
    "\xe2\x80\x8b",
    "\xef\xbb\xbf",
    "“x”",
    "<>:",
    "@",
    "?",
    "\\",
    "$a",
    "a b",
    "#a-b",
};

/* Characters that come in. */
static const char *const characters[] = {" ",  "a",    "0", "_",  "#",        ":",           ".",  "(",
                                         ")",  "=",    "<", "\"", "'",        "-",           "\t", "\n",
                                         "\1", "\x7f", "é", "😀",  "\xc2\xa0", "\xe2\x80\xae"};

static ddbexpr_str stranger(struct generator *g)
{
    return throw_percent(g, 15) ? names_reserved(g) : ddbexpr_cstr(PICK(g, strangers));
}

static ddbexpr_str padded(struct generator *g, ddbexpr_str token)
{
    return throw_percent(g, 80) ? keep_format(g, " %.*s ", (int)token.len, token.ptr) : token;
}

/* --- changes --- */

static ddbexpr_str drop_token(struct generator *g, const struct tokens *t)
{
    uint32_t i = throw_below(g, t->count);
    note(g, "a token dropped");
    return spliced(g, t, t->list[i].start, t->list[i].end, STR(""));
}

static ddbexpr_str double_token(struct generator *g, const struct tokens *t)
{
    uint32_t i = throw_below(g, t->count);
    note(g, "a token twice");
    return spliced(g, t, t->list[i].end, t->list[i].end, padded(g, token_at(t, i)));
}

static ddbexpr_str swap_tokens(struct generator *g, const struct tokens *t)
{
    if (t->count < 2)
        return drop_token(g, t);
    uint32_t i = throw_below(g, t->count - 1), k = i + 1;
    if (throw_percent(g, 30))
        k = i + 1 + throw_below(g, t->count - i - 1);
    note(g, "two tokens swapped");
    ddbexpr_str middle = slice(t, t->list[i].end, t->list[k].start);
    ddbexpr_str first = keep_joined(g, token_at(t, k), middle);
    return spliced(g, t, t->list[i].start, t->list[k].end, keep_joined(g, first, token_at(t, i)));
}

static ddbexpr_str insert_token(struct generator *g, const struct tokens *t)
{
    uint32_t i = throw_below(g, t->count + 1);
    uint32_t at = i < t->count ? t->list[i].start : (uint32_t)t->text.len;
    note(g, "a token put in");
    ddbexpr_str token = stranger(g);
    return spliced(g, t, at, at, padded(g, token));
}

static ddbexpr_str replace_token(struct generator *g, const struct tokens *t)
{
    uint32_t i = throw_below(g, t->count);
    note(g, "a token replaced");
    ddbexpr_str token = stranger(g);
    return spliced(g, t, t->list[i].start, t->list[i].end, padded(g, token));
}

/* A name becomes a reserved word: names are what stands neither before `(` nor behind a sign. */
static ddbexpr_str reserve_name(struct generator *g, const struct tokens *t)
{
    for (uint32_t tries = 0; tries < 6; tries++) {
        uint32_t i = throw_below(g, t->count);
        char first = token_at(t, i).ptr[0];
        bool is_call = i + 1 < t->count && token_at(t, i + 1).ptr[0] == '(';
        bool is_name = (first >= 'a' && first <= 'z') || first == '#';
        if (!is_name || is_call)
            continue;
        note(g, "a reserved word as a name");
        ddbexpr_str word = names_reserved(g);
        return spliced(g, t, t->list[i].start, t->list[i].end, word);
    }
    return replace_token(g, t);
}

static bool is_boundary(ddbexpr_str text, uint32_t at)
{
    return at >= text.len || ((unsigned char)text.ptr[at] & 0xc0) != 0x80;
}

static uint32_t boundary_from(ddbexpr_str text, uint32_t at)
{
    while (!is_boundary(text, at))
        at++; /* UNREACHABLE: expressions are made of ASCII as yet */
    return at;
}

static ddbexpr_str insert_character(struct generator *g, const struct tokens *t)
{
    uint32_t at = boundary_from(t->text, throw_below(g, (uint32_t)t->text.len + 1));
    note(g, "a character put in");
    return spliced(g, t, at, at, ddbexpr_cstr(PICK(g, characters)));
}

static ddbexpr_str drop_character(struct generator *g, const struct tokens *t)
{
    uint32_t at = boundary_from(t->text, throw_below(g, (uint32_t)t->text.len + 1));
    if (at == t->text.len)
        return drop_token(g, t);
    note(g, "a character dropped");
    return spliced(g, t, at, boundary_from(t->text, at + 1), STR(""));
}

static ddbexpr_str cut_off(struct generator *g, const struct tokens *t)
{
    uint32_t at = boundary_from(t->text, throw_below(g, (uint32_t)t->text.len + 1));
    note(g, "the end of an expression cut off");
    return slice(t, 0, at);
}

static ddbexpr_str drop_blanks(struct generator *g, const struct tokens *t)
{
    ddbexpr_str text = STR("");
    for (uint32_t i = 0; i < t->count; i++)
        text = keep_joined(g, text, token_at(t, i));
    note(g, "no blanks");
    return text;
}

static ddbexpr_str make_empty(struct generator *g, const struct tokens *t)
{
    (void)t;
    note(g, "an empty expression");
    return throw_percent(g, 70) ? STR("") : STR(" \n");
}

static ddbexpr_str (*const changes[])(struct generator *g, const struct tokens *t) = {
    drop_token,       double_token,   swap_tokens, insert_token, replace_token, reserve_name,
    insert_character, drop_character, cut_off,     drop_blanks,  make_empty,
};
static const uint8_t weights[COUNT(changes)] = {15, 8, 12, 20, 20, 10, 8, 6, 5, 2, 3};

bool spoil_text(struct generated_case *c)
{
    struct generator *g = c->g;
    struct tokens tokens;
    struct doc *expression = spoil_expression(c, spoil_body(c), "Expression");
    if (!expression)
        return false;
    read_tokens(&tokens, expression->text);
    if (tokens.count == 0)
        return false;
    expression->text = changes[dice_weighted(&g->dice, weights, COUNT(weights))](g, &tokens);
    return true;
}
