/* SPDX-License-Identifier: Apache-2.0 */
/* Recognises the frequent slips in what stands around an offending token; what each of them is told as is in hints.def.
 * It must not decide what is an error: that has happened. All predicates only look, so none can fail. */
#include "syntax/slip.h"

#include "base/utf8.h"
#include "syntax/extent.h"

static enum token_kind kind_at(const struct scene *s, int offset) { return scene_kind(s, offset); }
static str text_at(const struct scene *s, int offset) { return scene_text(s, offset); }
static bool touches(const struct scene *s, int offset) { return scene_touches(s, offset); }
static bool expects(const struct scene *s, enum token_kind kind) { return (s->p->expected & TOKEN_BIT(kind)) != 0; }

static bool is_condition(const struct scene *s)
{
    return s->p->kind != DDBEXPR_UPDATE && s->p->kind != DDBEXPR_PROJECTION;
}
static bool is_update(const struct scene *s) { return s->p->kind == DDBEXPR_UPDATE; }
static bool is_projection(const struct scene *s) { return s->p->kind == DDBEXPR_PROJECTION; }

/* Whether the offender is that character. */
static bool is_bad(const struct scene *s, const char *character)
{
    return s->at == TOKEN_BAD && str_equal(text_at(s, 0), ddbexpr_cstr(character));
}

static bool is_word(const struct scene *s, const char *word)
{
    return s->at == TOKEN_WORD && str_equal_ignoring_case(text_at(s, 0), ddbexpr_cstr(word));
}

static bool in_value_section(const struct scene *s) { return s->section == TOKEN_ADD || s->section == TOKEN_DELETE; }

static bool is_sign(enum token_kind kind) { return kind == TOKEN_PLUS || kind == TOKEN_MINUS; }
static bool is_name(enum token_kind kind) { return kind == TOKEN_WORD || kind == TOKEN_NAME; }

/* After an operand of a condition, where a comparison must follow. */
static bool wants_comparison(const struct scene *s) { return expects(s, TOKEN_EQ) && expects(s, TOKEN_IN); }

/* --- signs of other languages --- */

static bool slip_equals_twice(const struct scene *s) { return s->at == TOKEN_EQ && s->before == TOKEN_EQ; }
static bool slip_double_equals(const struct scene *s) { return slip_equals_twice(s) && touches(s, 0); }
static bool slip_equals_first(const struct scene *s)
{
    return (s->at == TOKEN_LT || s->at == TOKEN_GT) && s->before == TOKEN_EQ && touches(s, 0);
}
static bool slip_not_equal(const struct scene *s)
{
    return (is_bad(s, "!") || is_bad(s, "~") || is_bad(s, "^")) && s->after == TOKEN_EQ && touches(s, 1);
}
static bool slip_not_sign(const struct scene *s) { return is_bad(s, "!") && expects(s, TOKEN_NOT); }
static bool slip_and_sign(const struct scene *s) { return is_bad(s, "&") && is_condition(s); }
static bool slip_or_sign(const struct scene *s) { return is_bad(s, "|") && is_condition(s); }
static bool slip_semicolon(const struct scene *s) { return is_bad(s, ";") && s->after == TOKEN_END; }
static bool slip_is(const struct scene *s) { return wants_comparison(s) && is_word(s, "IS"); }
static bool slip_like(const struct scene *s) { return wants_comparison(s) && is_word(s, "LIKE"); }
static bool slip_function_as_operator(const struct scene *s)
{
    static const char *const functions[] = {
        "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"};
    if (wants_comparison(s))
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
            if (is_word(s, functions[i]))
                return true;
    return false;
}
static bool slip_not_as_infix(const struct scene *s) { return wants_comparison(s) && s->at == TOKEN_NOT; }

/* --- list indexes --- */

static bool slip_index_placeholder(const struct scene *s)
{
    return s->before == TOKEN_LBRACKET && (s->at == TOKEN_VALUE || s->at == TOKEN_NAME);
}
static bool slip_index_all(const struct scene *s) { return s->before == TOKEN_LBRACKET && is_bad(s, "*"); }
static bool slip_member_all(const struct scene *s) { return s->before == TOKEN_DOT && is_bad(s, "*"); }
static bool slip_index_negative(const struct scene *s) { return s->before == TOKEN_LBRACKET && s->at == TOKEN_MINUS; }
static bool slip_index_missing(const struct scene *s) { return s->before == TOKEN_LBRACKET && s->at == TOKEN_RBRACKET; }
static bool in_index(const struct scene *s) { return s->before == TOKEN_INTEGER; } /* nowhere else it is accepted */
static bool slip_index_zeros(const struct scene *s) { return in_index(s) && s->at == TOKEN_INTEGER && touches(s, 0); }
static bool slip_index_other(const struct scene *s)
{
    return (s->before == TOKEN_LBRACKET || in_index(s)) && s->at != TOKEN_END;
}
static bool slip_index_after_dot(const struct scene *s)
{
    return s->before == TOKEN_DOT && s->at == TOKEN_INTEGER && !(s->after == TOKEN_WORD && touches(s, 1));
}

/* --- names --- */

/* `1st`; where no value can stand also `123`. But `1e5` is a number. */
static bool slip_name_with_digit(const struct scene *s)
{
    if (s->at != TOKEN_INTEGER || !expects(s, TOKEN_WORD))
        return false;
    if (!expects(s, TOKEN_VALUE) && s->before != TOKEN_DOT)
        return true;
    return s->after == TOKEN_WORD && touches(s, 1) && !extent_is_number(s);
}
static bool slip_name_with_underscore(const struct scene *s) { return is_bad(s, "_") && expects(s, TOKEN_WORD); }
static bool dash_inside(const struct scene *s)
{
    return s->at == TOKEN_MINUS && touches(s, 0) && touches(s, 1) &&
           (is_name(s->after) || s->after == TOKEN_INTEGER || token_is_keyword(s->after));
}
static bool slip_placeholder_with_dash(const struct scene *s)
{
    return dash_inside(s) && (s->before == TOKEN_NAME || s->before == TOKEN_VALUE);
}
static bool slip_name_with_dash(const struct scene *s) { return dash_inside(s) && s->before == TOKEN_WORD; }
/* `first name = :v`: two words or more, and then a sign that follows a path. */
static bool slip_name_with_blank(const struct scene *s)
{
    if (s->before != TOKEN_WORD || s->at != TOKEN_WORD || !expects(s, TOKEN_EQ))
        return false;
    int words = 1;
    while (kind_at(s, words) == TOKEN_WORD)
        words++;
    enum token_kind kind = kind_at(s, words);
    return kind >= TOKEN_EQ && kind <= TOKEN_GE;
}
/* `ADD n : one` */
static bool slip_value_apart(const struct scene *s)
{
    return in_value_section(s) && expects(s, TOKEN_VALUE) && is_bad(s, ":") &&
           (s->after == TOKEN_WORD || s->after == TOKEN_VALUE || s->after == TOKEN_INTEGER);
}
static bool slip_lone_sign(const struct scene *s) { return is_bad(s, "#") || is_bad(s, ":"); }
/* In `a = AND b` an operand is missing; in `add = :v` a keyword was meant as a name, as what follows shows. */
static bool slip_keyword_as_name(const struct scene *s)
{
    if (!token_is_keyword(s->at) || !expects(s, TOKEN_WORD) || token_is_section(s->before) || s->before == TOKEN_COMMA)
        return false;
    return s->before == TOKEN_DOT || (s->after >= TOKEN_EQ && s->after <= TOKEN_GE) || s->after == TOKEN_DOT ||
           s->after == TOKEN_LBRACKET || s->after == TOKEN_RPAREN || s->after == TOKEN_COMMA || s->after == TOKEN_END;
}
static bool slip_double_dot(const struct scene *s) { return s->at == TOKEN_DOT && s->before == TOKEN_DOT; }

/* --- values --- */

static bool slip_number(const struct scene *s)
{
    bool signed_or_fraction = (is_sign(s->at) || s->at == TOKEN_DOT) && s->after == TOKEN_INTEGER && touches(s, 1);
    return (s->at == TOKEN_INTEGER || signed_or_fraction) && expects(s, TOKEN_VALUE);
}
static bool is_quote(const struct scene *s)
{
    static const char *const quotes[] = {"\"", "'", "`", "\u2018", "\u2019", "\u201c", "\u201d"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (is_bad(s, quotes[i]))
            return true;
    return false;
}
/* At the start of a condition's operand a quoted thing may be either; on the right of a sign it is a value. */
static bool slip_quoted_value(const struct scene *s)
{
    return is_quote(s) && expects(s, TOKEN_VALUE) && !expects(s, TOKEN_NOT) &&
           (s->before != TOKEN_LPAREN || kind_at(s, -2) == TOKEN_IN);
}
static bool slip_index_quoted(const struct scene *s) { return s->before == TOKEN_LBRACKET && is_quote(s); }
static bool slip_quoted_name(const struct scene *s) { return is_quote(s) && expects(s, TOKEN_WORD); }
static bool slip_list_or_map(const struct scene *s)
{
    return (s->at == TOKEN_LBRACKET || is_bad(s, "{")) && expects(s, TOKEN_VALUE);
}

/* --- arithmetic --- */

static bool slip_compound_assignment(const struct scene *s)
{
    return is_sign(s->at) && s->after == TOKEN_EQ && touches(s, 1) && is_update(s) && expects(s, TOKEN_EQ);
}
static bool is_product_sign(const struct scene *s) { return is_bad(s, "*") || is_bad(s, "/") || is_bad(s, "%"); }
static bool slip_multiplication(const struct scene *s) { return is_product_sign(s) && is_update(s); }
static bool slip_all_attributes(const struct scene *s) { return is_bad(s, "*") && is_projection(s); }
static bool slip_condition_arithmetic(const struct scene *s)
{
    return (is_sign(s->at) || is_product_sign(s)) && is_condition(s);
}
static bool slip_function_arithmetic(const struct scene *s)
{
    return is_sign(s->at) && is_update(s) && s->open_call && expects(s, TOKEN_COMMA);
}
/* One sign was accepted in this action and no more is: only a third term can be meant. */
static bool slip_third_term(const struct scene *s)
{
    if (!is_sign(s->at) || s->section != TOKEN_SET || expects(s, TOKEN_EQ))
        return false;
    for (uint32_t i = s->p->offender; i-- > s->section_index;) {
        enum token_kind kind = s->p->tokens.tokens[i].kind;
        if (is_sign(kind))
            return !is_sign(s->before);
        if (kind == TOKEN_EQ)
            return false;
    }
    return false;
}

/* --- updates --- */

static bool slip_no_section(const struct scene *s) { return is_update(s) && s->p->offender == 0; }
/* A `;` at the end joins nothing: slip_semicolon comes first. */
static bool slip_and_between_actions(const struct scene *s)
{
    bool joint = s->at == TOKEN_AND || is_bad(s, ";") || is_bad(s, "&");
    return is_update(s) && joint && s->open == 0 && expects(s, TOKEN_COMMA);
}
static bool slip_section_again(const struct scene *s)
{
    return is_update(s) && s->before == TOKEN_COMMA && s->at == s->section;
}
static bool slip_comma_before_section(const struct scene *s)
{
    return is_update(s) && s->before == TOKEN_COMMA && token_is_section(s->at) && s->open == 0;
}
static bool slip_empty_section(const struct scene *s)
{
    return is_update(s) && token_is_section(s->before) && (token_is_section(s->at) || s->at == TOKEN_END);
}
static bool slip_equals_in_value_section(const struct scene *s) { return in_value_section(s) && s->at == TOKEN_EQ; }
static bool slip_sign_in_value_section(const struct scene *s)
{
    return in_value_section(s) && expects(s, TOKEN_VALUE) && is_sign(s->at);
}
static bool slip_equals_in_remove(const struct scene *s) { return s->section == TOKEN_REMOVE && s->at == TOKEN_EQ; }
static bool slip_value_section_operand(const struct scene *s)
{
    return in_value_section(s) && expects(s, TOKEN_VALUE) && (is_name(s->at) || s->at == TOKEN_LPAREN);
}
static bool slip_target(const struct scene *s)
{
    return s->section != TOKEN_END && expects(s, TOKEN_WORD) && !expects(s, TOKEN_VALUE) &&
           (s->at == TOKEN_VALUE || s->at == TOKEN_LPAREN) && s->before != TOKEN_DOT;
}

/* --- lists and parentheses --- */

static bool slip_double_comma(const struct scene *s) { return s->at == TOKEN_COMMA && s->before == TOKEN_COMMA; }
static bool slip_trailing_comma(const struct scene *s)
{
    return s->before == TOKEN_COMMA && (s->at == TOKEN_END || s->at == TOKEN_RPAREN);
}
static bool slip_in_without_parentheses(const struct scene *s) { return s->before == TOKEN_IN; }
static bool slip_empty_in(const struct scene *s)
{
    return s->at == TOKEN_RPAREN && s->before == TOKEN_LPAREN && kind_at(s, -2) == TOKEN_IN;
}
static bool slip_empty_call(const struct scene *s)
{
    return s->at == TOKEN_RPAREN && s->before == TOKEN_LPAREN && kind_at(s, -2) == TOKEN_WORD;
}
static bool slip_empty_parentheses(const struct scene *s) { return s->at == TOKEN_RPAREN && s->before == TOKEN_LPAREN; }
static bool slip_not_open(const struct scene *s) { return s->at == TOKEN_RPAREN && s->open == 0; }
static bool slip_no_path(const struct scene *s)
{
    return (s->at == TOKEN_DOT || s->at == TOKEN_LBRACKET) && (s->before == TOKEN_VALUE || s->before == TOKEN_RPAREN);
}

/* --- conditions --- */

static bool ends_too_early(const struct scene *s)
{
    return wants_comparison(s) &&
           (s->at == TOKEN_END || s->at == TOKEN_AND || s->at == TOKEN_OR || s->at == TOKEN_RPAREN);
}
static bool slip_bare_value(const struct scene *s) { return ends_too_early(s) && s->before == TOKEN_VALUE; }
static bool slip_bare_path(const struct scene *s)
{
    return ends_too_early(s) && (is_name(s->before) || s->before == TOKEN_RBRACKET);
}
static bool slip_bare_operand(const struct scene *s) { return ends_too_early(s); }
/* Of conditions only the bounds of BETWEEN are joined by AND and not by OR. */
static bool slip_between_bounds(const struct scene *s) { return expects(s, TOKEN_AND) && !expects(s, TOKEN_OR); }
static bool slip_unclosed(const struct scene *s) { return s->at == TOKEN_END && expects(s, TOKEN_RPAREN); }
static bool slip_where(const struct scene *s) { return is_update(s) && is_word(s, "WHERE"); }
static bool lacks_comma(const struct scene *s)
{
    return (is_name(s->at) || s->at == TOKEN_VALUE) && expects(s, TOKEN_COMMA);
}
static bool slip_comma_between_actions(const struct scene *s) { return lacks_comma(s) && is_update(s) && s->open == 0; }
static bool slip_comma_between_paths(const struct scene *s) { return lacks_comma(s) && is_projection(s); }
static bool slip_comma_between_operands(const struct scene *s) { return lacks_comma(s); }
static bool slip_projection_path(const struct scene *s)
{
    return is_projection(s) && s->at != TOKEN_BAD && s->at != TOKEN_END;
}

/* --- other characters --- */

static bool slip_blank(const struct scene *s)
{
    if (s->at != TOKEN_BAD)
        return false;
    str text = text_at(s, 0);
    size_t length = utf8_length(text);
    uint32_t code = length ? utf8_decode(text.ptr, length) : 0;
    return code == '\v' || code == '\f' || code == 0xa0 || (code >= 0x2000 && code <= 0x200f) || code == 0x2028 ||
           code == 0x2029 || code == 0x202f || code == 0x3000 || code == 0xfeff;
}
static bool slip_bad_byte(const struct scene *s) { return s->at == TOKEN_BAD && utf8_length(text_at(s, 0)) == 0; }
/* `größe`, `a$b`: a character that people have in names, straight beside what is one. */
static bool slip_name_with_character(const struct scene *s)
{
    bool inside = s->before == TOKEN_WORD && touches(s, 0);
    bool begins = expects(s, TOKEN_WORD) && s->after == TOKEN_WORD && touches(s, 1);
    bool common = s->at == TOKEN_BAD &&
                  ((unsigned char)text_at(s, 0).ptr[0] >= 0x80 || is_bad(s, "$") || is_bad(s, "@") || is_bad(s, "~"));
    return common && (inside || begins);
}
static bool slip_bad_character(const struct scene *s) { return s->at == TOKEN_BAD; }

/* --- telling --- */

static const struct slip slips[] = {
#define SLIP(name, id, extent, mend, sentence) {slip_##name, DIAG_##id, extent_##extent, mend_##mend, sentence},
#define EXPECTED(kinds, words)
#include "syntax/hints.def"
#undef SLIP
#undef EXPECTED
};

const struct slip *slip_find(const struct scene *s)
{
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (slips[i].applies(s))
            return &slips[i];
    return NULL;
}
