/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation of a condition for people: the verdict, the text with the clauses to blame marked, the tree with the
 * outcome of every clause and the traps at it, the blame in words. */
#include "explain/render.h"

#include "base/visible.h"
#include "base/wrap.h"
#include "explain/excerpt.h"

#define LEAST_ROOM 30 /* columns for a sentence beside something */

void put_beside(buffer *out, const ddbexpr_style *style, size_t used, size_t column, str text, str remark)
{
    size_t width = width_of(style);
    if (used >= column)
        column = used + 2;
    if (width && column + LEAST_ROOM > width) {
        buffer_char(out, '\n');
        used = 0;
        column = 8;
    }
    buffer_repeat(out, ' ', column - used);
    used = wrap_put(out, text, column, column, width);
    if (remark.len) {
        put_colour(out, style, ANSI_DIM);
        wrap_put(out, remark, used, column, width);
        put_colour(out, style, ANSI_PLAIN);
    }
    buffer_char(out, '\n');
}

void put_under(buffer *out, const ddbexpr_style *style, size_t column, str lead, str text)
{
    size_t width = width_of(style);
    if (width && column + LEAST_ROOM > width)
        column = 8;
    buffer_repeat(out, ' ', column);
    put_colour(out, style, ANSI_BOLD);
    size_t used = column + visible_put(out, lead);
    put_colour(out, style, ANSI_PLAIN);
    wrap_put(out, text, used, column + 2, width);
    buffer_char(out, '\n');
}

void put_in_headline(buffer *out, const ddbexpr_style *style, str text)
{
    if (!is_markdown(style)) {
        visible_put(out, text);
        return;
    }
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!memchr("\\`*_{}[]<>()#+-.!|@~&", text.ptr[i], 22))
            continue;
        visible_put(out, str_of(text.ptr + start, i - start));
        buffer_char(out, '\\');
        start = i;
    }
    visible_put(out, str_of(text.ptr + start, text.len - start));
}

static void put_outcome(buffer *out, const ddbexpr_style *style, bool outcome)
{
    put_colour(out, style, outcome ? ANSI_GREEN : ANSI_RED);
    buffer_put(out, outcome ? STR("true") : STR("false"));
    put_colour(out, style, ANSI_PLAIN);
}

/* --- the tree --- */

static str branch_word(ddbexpr_branch_kind kind)
{
    return kind == DDBEXPR_BRANCH_AND ? STR("AND") : kind == DDBEXPR_BRANCH_OR ? STR("OR") : STR("NOT");
}

/* Labels that are wider do not widen the column of the outcomes. */
#define WIDEST_LABEL 60

static size_t indent_of(const ddbexpr_branch *branch)
{
    return 2 + 3 * (branch->depth < LIMIT_DEPTH_DRAWN ? branch->depth : LIMIT_DEPTH_DRAWN);
}

static str label_of(const struct ddbexpr_explanation *e, const ddbexpr_branch *branch)
{
    return branch->kind == DDBEXPR_BRANCH_CLAUSE ? e->clauses[branch->clause].text : branch_word(branch->kind);
}

/* The column of the outcomes: after the widest label, and two blanks. */
static size_t outcome_column(const struct ddbexpr_explanation *e)
{
    size_t widest = 0;
    for (size_t i = 0; i < e->branch_count; i++) {
        size_t columns = indent_of(&e->branches[i]) + visible_put(NULL, label_of(e, &e->branches[i]));
        if (columns > widest && columns <= WIDEST_LABEL)
            widest = columns;
    }
    return widest + 2;
}

static void put_notes(buffer *out, const ddbexpr_style *style, const ddbexpr_clause *clause, size_t column)
{
    for (size_t i = 0; i < clause->note_count; i++) {
        str code = ddbexpr_cstr(clause->notes[i].code);
        char lead[32] = "note ";
        memcpy(lead + 5, code.ptr, code.len);
        memcpy(lead + 5 + code.len, ": ", 3);
        put_under(out, style, column, ddbexpr_cstr(lead), clause->notes[i].text);
    }
}

static void put_branch(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e,
                       const ddbexpr_branch *branch, size_t column)
{
    const ddbexpr_clause *clause = branch->kind == DDBEXPR_BRANCH_CLAUSE ? &e->clauses[branch->clause] : NULL;
    bool marked = clause && clause->blamed && e->clause_count > 1;
    bool to_blame = clause && clause->blamed && !e->matched;
    size_t used = indent_of(branch);
    buffer_put(out, to_blame ? STR("> ") : marked ? STR("* ") : STR("  "));
    buffer_repeat(out, ' ', used - 2);
    put_colour(out, style, to_blame ? ANSI_BOLD : clause && clause->skipped ? ANSI_DIM : ANSI_PLAIN);
    used += visible_put(out, label_of(e, branch));
    put_colour(out, style, ANSI_PLAIN);
    buffer_repeat(out, ' ', used < column ? column - used : 2);
    used = used < column ? column : used + 2;
    put_outcome(out, style, branch->outcome);
    used += branch->outcome ? 4 : 5;
    if (!clause) {
        buffer_char(out, '\n');
        return;
    }
    put_beside(out, style, used, column + 7, clause->reason, clause->skipped ? STR("  (not looked at)") : STR(""));
    put_notes(out, style, clause, column + 7);
}

/* --- around it --- */

static void put_headline(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e)
{
    buffer_put(out, ddbexpr_cstr(ddbexpr_kind_name(e->program->kind)));
    buffer_text_literal(out, " is ");
    put_colour(out, style, ANSI_BOLD);
    put_outcome(out, style, e->matched);
    if (!e->has_item)
        buffer_text_literal(out, ": there is no item, so every attribute is missing");
}

/* Only where there is a choice: a single clause is its own excerpt. */
static void put_marked_text(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e)
{
    if (e->matched || e->clause_count < 2)
        return;
    put_excerpt(out, style, e->program->checked->expression->text, e->blamed_spans, e->blamed_count);
    buffer_char(out, '\n');
}

static void put_other_sets(buffer *out, const struct ddbexpr_explanation *e)
{
    if (e->other_blame_sets == 0)
        return;
    if (e->other_blame_sets == UINT64_MAX)
        buffer_text_literal(out, "very many");
    else
        buffer_unsigned(out, e->other_blame_sets);
    buffer_put(out, e->other_blame_sets == 1 ? STR(" other set of clauses, as small, would do as well\n")
                                             : STR(" other sets of clauses, as small, would do as well\n"));
}

static void put_blame(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e)
{
    buffer_char(out, '\n');
    put_colour(out, style, ANSI_BOLD);
    buffer_put(out, e->blamed_count == 1 ? STR("To blame:") : STR("To blame, together:"));
    put_colour(out, style, ANSI_PLAIN);
    buffer_char(out, '\n');
    for (size_t i = 0; i < e->clause_count; i++) {
        const ddbexpr_clause *clause = &e->clauses[i];
        if (!clause->blamed)
            continue;
        buffer_text_literal(out, "  ");
        size_t used = wrap_put(out, clause->text, 2, 4, width_of(style));
        used = wrap_put(out, clause->outcome ? STR(" is true: ") : STR(" is false: "), used, 4, width_of(style));
        wrap_put(out, clause->reason, used, 4, width_of(style));
        buffer_char(out, '\n');
        put_under(out, style, 4, STR("needed: "), clause->wanted);
    }
    put_other_sets(out, e);
}

static void put_body(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e)
{
    put_marked_text(out, style, e);
    size_t column = outcome_column(e);
    for (size_t i = 0; i < e->branch_count; i++)
        put_branch(out, style, e, &e->branches[i], column);
    if (!e->matched)
        put_blame(out, style, e);
}

ddbexpr_status ddbexpr_explanation_render(const ddbexpr_explanation *e, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    begin_headline(out, style);
    put_headline(out, style, e);
    begin_body(out, style);
    put_body(out, style, e);
    end_body(out, style);
    return buffer_status(out);
}
