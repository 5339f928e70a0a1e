/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes for the frequent slips. A fix is safe where what was written can have had no other meaning; it need not make
 * the text right at once, as the next fault may stand behind it. */
#include "syntax/mend.h"

#include "base/utf8.h"
#include "syntax/extent.h"
#include "syntax/parse.h"

/* --- making texts and fixes --- */

/* The pieces one behind the other. .ptr NULL: no memory. */
static str joined(const struct scene *s, const str *pieces, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += pieces[i].len;
    char *bytes = arena_alloc(s->p->arena, length);
    size_t at = 0;
    for (size_t i = 0; i < count && bytes; at += pieces[i++].len)
        if (pieces[i].len)
            memcpy(bytes + at, pieces[i].ptr, pieces[i].len);
    return str_of(bytes, length);
}

static void add_edit(struct mending *m, ddbexpr_edit edit)
{
    m->edits[m->fix.edit_count++] = edit;
    m->fix.edits = m->edits;
}

/* Sets what the fix is; `argument` fills its title. */
static void begin(struct mending *m, ddbexpr_fix_safety safety, enum text_id title, str argument)
{
    m->fix = (struct diag_fix){.safety = safety, .title = title, .args = {argument}};
}

static void replace(const struct scene *s, struct mending *m, span where, str text)
{
    add_edit(m, edit_replace(source_of_kind(s->p->kind), where, text));
}

/* A fix that puts pieces in place of a stretch of the text, and is called "write `title`". */
static bool write_pieces(const struct scene *s, struct mending *m, ddbexpr_fix_safety safety, span where,
                         const str *pieces, size_t count, str title)
{
    str text = joined(s, pieces, count);
    if (!text.ptr)
        return false;
    begin(m, safety, TEXT_FIX_WRITE, title.len ? title : text);
    replace(s, m, where, text);
    return true;
}
#define WRITE(s, m, safety, where, title, ...)                                                                         \
    write_pieces((s), (m), (safety), (where), (const str[]){__VA_ARGS__},                                              \
                 sizeof((const str[]){__VA_ARGS__}) / sizeof(str), (title))

static bool drop(const struct scene *s, struct mending *m, ddbexpr_fix_safety safety, span where, str title)
{
    begin(m, safety, TEXT_FIX_DROP, title);
    replace(s, m, where, STR(""));
    return true;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* A blank for where a word would touch what stands at the byte; none at the end of the text and beside blanks. */
static str blank_beside(const struct scene *s, uint32_t at)
{
    str text = s->p->text;
    return at >= text.len || is_blank(text.ptr[at]) ? STR("") : STR(" ");
}

bool mend_none(const struct scene *s, span extent, struct mending *m)
{
    (void)s, (void)extent, (void)m;
    return true;
}

/* --- operators --- */

bool mend_operator(const struct scene *s, span extent, struct mending *m)
{
    str ours = extent_operator_meaning(str_slice(s->p->text, extent));
    return WRITE(s, m, DDBEXPR_FIX_SAFE, extent, ours, ours);
}

static bool write_word(const struct scene *s, struct mending *m, ddbexpr_fix_safety safety, span where, str word)
{
    str before = blank_beside(s, where.start - 1), after = blank_beside(s, where.end);
    return WRITE(s, m, safety, where, word, before, word, after);
}

bool mend_joint(const struct scene *s, span extent, struct mending *m)
{
    if (!(s->p->expected & TOKEN_BIT(TOKEN_AND)))
        return true;
    return write_word(s, m, DDBEXPR_FIX_SAFE, extent, extent_operator_meaning(str_slice(s->p->text, extent)));
}

/* Elsewhere `!` binds more than a comparison, NOT less: only before a function or a parenthesis they agree. */
bool mend_not_sign(const struct scene *s, span extent, struct mending *m)
{
    bool same = s->after == TOKEN_LPAREN || (s->after == TOKEN_WORD && scene_kind(s, 2) == TOKEN_LPAREN);
    str word = STR("NOT"), before = STR("");
    if (extent.start > 0 && s->p->text.ptr[extent.start - 1] != '(')
        before = blank_beside(s, extent.start - 1);
    return WRITE(s, m, same ? DDBEXPR_FIX_SAFE : DDBEXPR_FIX_UNSAFE, extent, word, before, word,
                 blank_beside(s, extent.end));
}

/* Missing or of type NULL: the text does not say which. */
bool mend_is(const struct scene *s, span extent, struct mending *m)
{
    bool exists = s->after == TOKEN_NOT;
    str what = scene_text(s, exists ? 2 : 1);
    span operand = extent_operand(s);
    if (!str_equal_ignoring_case(what, STR("NULL")) && !str_equal_ignoring_case(what, STR("MISSING")))
        return true;
    return WRITE(s, m, DDBEXPR_FIX_UNSAFE, ((span){operand.start, extent.end}), STR(""),
                 exists ? STR("attribute_exists(") : STR("attribute_not_exists("), str_slice(s->p->text, operand),
                 STR(")"));
}

bool mend_function_call(const struct scene *s, span extent, struct mending *m)
{
    span operand = extent_operand(s), value = scene_span(s, 1);
    if (s->after != TOKEN_VALUE)
        return true;
    return WRITE(s, m, DDBEXPR_FIX_UNSAFE, ((span){operand.start, value.end}), STR(""), str_slice(s->p->text, extent),
                 STR("("), str_slice(s->p->text, operand), STR(", "), str_slice(s->p->text, value), STR(")"));
}

bool mend_not_infix(const struct scene *s, span extent, struct mending *m)
{
    (void)extent;
    span operand = extent_operand(s), sign = scene_span(s, 0), next = scene_span(s, 1);
    bool infix = s->after == TOKEN_IN || s->after == TOKEN_BETWEEN || s->after == TOKEN_WORD ||
                 (s->after >= TOKEN_EQ && s->after <= TOKEN_GE);
    if (!infix)
        return true;
    str text = joined(s, (const str[]){STR("NOT "), str_slice(s->p->text, operand)}, 2);
    if (!text.ptr)
        return false;
    begin(m, DDBEXPR_FIX_SAFE, TEXT_FIX_WRITE, text);
    replace(s, m, (span){operand.start, operand.start}, STR("NOT "));
    replace(s, m, (span){sign.start, next.start}, STR(""));
    return true;
}

/* Unsafe: where the attribute is missing, other languages count from nothing, and a SET fails. */
bool mend_compound(const struct scene *s, span extent, struct mending *m)
{
    span path = extent_operand(s);
    return WRITE(s, m, DDBEXPR_FIX_UNSAFE, extent, STR(""), STR("= "), str_slice(s->p->text, path), STR(" "),
                 scene_text(s, 0));
}

/* --- names and values --- */

bool mend_index_after_dot(const struct scene *s, span extent, struct mending *m)
{
    span where = {scene_span(s, -1).start, extent.end};
    return WRITE(s, m, DDBEXPR_FIX_UNSAFE, where, STR(""), STR("["), str_slice(s->p->text, extent), STR("]"));
}

/* Writes a placeholder, and adds it to its map if it is new. */
static bool write_placeholder(const struct scene *s, struct mending *m, ddbexpr_fix_safety safety, span where,
                              ddbexpr_source map, str stands_for)
{
    const struct placeholder_source *source = s->p->placeholders;
    if (!source || !utf8_valid(stands_for))
        return true;
    bool is_new;
    str placeholder = source->make(source->context, map, stands_for, &is_new);
    if (!placeholder.ptr)
        return false;
    begin(m, safety, TEXT_FIX_NAME, placeholder);
    m->fix.args[1] = stands_for;
    replace(s, m, where, placeholder);
    if (is_new)
        add_edit(m, edit_member(DDBEXPR_EDIT_ADD_MEMBER, map, placeholder, stands_for));
    return true;
}

bool mend_name(const struct scene *s, span extent, struct mending *m)
{
    return write_placeholder(s, m, DDBEXPR_FIX_UNSAFE, extent, DDBEXPR_SOURCE_NAMES, str_slice(s->p->text, extent));
}

bool mend_keyword(const struct scene *s, span extent, struct mending *m)
{
    return write_placeholder(s, m, DDBEXPR_FIX_SAFE, extent, DDBEXPR_SOURCE_NAMES, str_slice(s->p->text, extent));
}

bool mend_number(const struct scene *s, span extent, struct mending *m)
{
    if (!extent_is_number(s))
        return true;
    str json = joined(s, (const str[]){STR("{\"N\": \""), str_slice(s->p->text, extent), STR("\"}")}, 3);
    return json.ptr && write_placeholder(s, m, DDBEXPR_FIX_SAFE, extent, DDBEXPR_SOURCE_VALUES, json);
}

/* Whether JSON holds the bytes as they are: escapes and what needs them are not ours to read. */
static bool is_plain(str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        if ((unsigned char)bytes.ptr[i] < ' ' || bytes.ptr[i] == '"' || bytes.ptr[i] == '\\')
            return false;
    return true;
}

/* Unsafe: some languages quote names. */
bool mend_quoted(const struct scene *s, span extent, struct mending *m)
{
    uint32_t quote = scene_span(s, 0).end - scene_span(s, 0).start;
    if (extent.end - extent.start < 2 * quote) /* it stays open */
        return true;
    str inside = str_slice(s->p->text, (span){extent.start + quote, extent.end - quote});
    if (!is_plain(inside))
        return true;
    str json = joined(s, (const str[]){STR("{\"S\": \""), inside, STR("\"}")}, 3);
    return json.ptr && write_placeholder(s, m, DDBEXPR_FIX_UNSAFE, extent, DDBEXPR_SOURCE_VALUES, json);
}

/* --- lists of actions --- */

/* Before another section nothing joins. */
bool mend_joined_actions(const struct scene *s, span extent, struct mending *m)
{
    span where = {scene_span(s, -1).end, extent.end};
    if (!token_is_section(s->after))
        return WRITE(s, m, DDBEXPR_FIX_SAFE, where, STR(","), STR(","), blank_beside(s, extent.end));
    begin(m, DDBEXPR_FIX_SAFE, TEXT_FIX_DROP, str_slice(s->p->text, extent));
    replace(s, m, where, blank_beside(s, extent.end));
    return true;
}

bool mend_drop_token(const struct scene *s, span extent, struct mending *m)
{
    return drop(s, m, DDBEXPR_FIX_SAFE, (span){scene_span(s, -1).end, extent.end}, str_slice(s->p->text, extent));
}

bool mend_drop_keyword(const struct scene *s, span extent, struct mending *m)
{
    return drop(s, m, DDBEXPR_FIX_SAFE, (span){extent.start, scene_span(s, 1).start}, str_slice(s->p->text, extent));
}

/* `n = :v`, `n + :v`, `n : v`. What is subtracted is no value that could be added. */
bool mend_drop_sign(const struct scene *s, span extent, struct mending *m)
{
    span next = scene_span(s, 1);
    if (s->at == TOKEN_BAD && s->after != TOKEN_VALUE)
        return WRITE(s, m, DDBEXPR_FIX_SAFE, ((span){extent.start, next.end}), STR(""), STR(":"),
                     str_slice(s->p->text, next));
    if (s->at == TOKEN_MINUS || s->after != TOKEN_VALUE)
        return true;
    str blank = extent.start == scene_span(s, -1).end ? STR(" ") : STR("");
    begin(m, DDBEXPR_FIX_SAFE, TEXT_FIX_DROP, str_slice(s->p->text, extent));
    replace(s, m, (span){extent.start, next.start}, blank);
    return true;
}

bool mend_drop_comma(const struct scene *s, span extent, struct mending *m)
{
    bool keeps_apart = token_is_section(s->at) && scene_touches(s, 0);
    (void)extent;
    begin(m, DDBEXPR_FIX_SAFE, TEXT_FIX_DROP, STR(","));
    replace(s, m, scene_span(s, -1), keeps_apart ? STR(" ") : STR(""));
    return true;
}

/* Unsafe: perhaps it should have been a SET. */
bool mend_removed_value(const struct scene *s, span extent, struct mending *m)
{
    span where = {scene_span(s, -1).end, scene_span(s, 1).end};
    if (s->after != TOKEN_VALUE)
        return true;
    return drop(s, m, DDBEXPR_FIX_UNSAFE, where, str_slice(s->p->text, (span){extent.start, where.end}));
}

bool mend_insert_comma(const struct scene *s, span extent, struct mending *m)
{
    begin(m, DDBEXPR_FIX_UNSAFE, TEXT_FIX_INSERT, STR(","));
    m->fix.args[1] = str_slice(s->p->text, extent);
    uint32_t end = scene_span(s, -1).end;
    replace(s, m, (span){end, end}, STR(","));
    return true;
}

/* Unsafe where it has no width: nobody has seen it, and it may stand inside a word. */
bool mend_blank(const struct scene *s, span extent, struct mending *m)
{
    str text = str_slice(s->p->text, extent);
    bool no_width = str_equal(text, STR("\ufeff")) ||
                    (str_compare(text, STR("\u200b")) >= 0 && str_compare(text, STR("\u200f")) <= 0);
    begin(m, no_width ? DDBEXPR_FIX_UNSAFE : DDBEXPR_FIX_SAFE, TEXT_FIX_BLANK, STR(""));
    replace(s, m, extent, STR(" "));
    return true;
}
