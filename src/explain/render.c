/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation for people: the verdict, the tree with the outcome of every clause, the blame in words. */
#include "explain/explain.h"

#include "base/visible.h"

static void colour(buffer *out, const ddbexpr_style *style, const char *code)
{
    if (style && style->colour)
        buffer_put(out, ddbexpr_cstr(code));
}

static const char green[] = "\033[32m", red[] = "\033[31m", bold[] = "\033[1m", dim[] = "\033[2m", plain[] = "\033[0m";

static void put_outcome(buffer *out, const ddbexpr_style *style, bool outcome)
{
    colour(out, style, outcome ? green : red);
    buffer_put(out, outcome ? STR("true") : STR("false"));
    colour(out, style, plain);
}

static size_t blamed_count(const struct ddbexpr_explanation *e)
{
    size_t count = 0;
    for (size_t i = 0; i < e->clause_count; i++)
        count += e->clauses[i].blamed;
    return count;
}

static str branch_word(ddbexpr_branch_kind kind)
{
    return kind == DDBEXPR_BRANCH_AND ? STR("AND") : kind == DDBEXPR_BRANCH_OR ? STR("OR") : STR("NOT");
}

/* Depth beyond which the tree is not drawn deeper: thousands of NOTs fit in one text. */
#define DEEPEST 40

static size_t indent_of(const ddbexpr_branch *branch)
{
    return 3 * (branch->depth < DEEPEST ? branch->depth : DEEPEST);
}

static str label_of(const struct ddbexpr_explanation *e, const ddbexpr_branch *branch)
{
    return branch->kind == DDBEXPR_BRANCH_CLAUSE ? e->clauses[branch->clause].text : branch_word(branch->kind);
}

/* Columns of the widest label with its indentation, so that outcomes stand in one column; long ones do not count. */
static size_t label_column(const struct ddbexpr_explanation *e)
{
    size_t widest = 0;
    for (size_t i = 0; i < e->branch_count; i++) {
        size_t columns = indent_of(&e->branches[i]) + visible_put(NULL, label_of(e, &e->branches[i]));
        if (columns > widest && columns <= 60)
            widest = columns;
    }
    return widest;
}

static void put_branch(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e,
                       const ddbexpr_branch *branch, size_t column)
{
    const ddbexpr_clause *clause = branch->kind == DDBEXPR_BRANCH_CLAUSE ? &e->clauses[branch->clause] : NULL;
    bool to_blame = clause && clause->blamed && !e->matched;
    buffer_put(out, to_blame ? STR("> ") : STR("  "));
    size_t columns = indent_of(branch);
    buffer_repeat(out, ' ', columns);
    colour(out, style, to_blame ? bold : clause && clause->skipped ? dim : plain);
    columns += visible_put(out, label_of(e, branch));
    colour(out, style, plain);
    buffer_repeat(out, ' ', columns < column ? column - columns + 2 : 2);
    put_outcome(out, style, branch->outcome);
    if (clause) {
        buffer_repeat(out, ' ', branch->outcome ? 3 : 2);
        visible_put(out, clause->reason);
        if (clause->skipped) {
            colour(out, style, dim);
            buffer_text_literal(out, "  (not needed)");
            colour(out, style, plain);
        }
    }
    buffer_char(out, '\n');
}

static void put_verdict(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e)
{
    buffer_put(out, ddbexpr_cstr(ddbexpr_kind_name(e->program->kind)));
    buffer_text_literal(out, " is ");
    colour(out, style, bold);
    put_outcome(out, style, e->matched);
    buffer_char(out, '\n');
    if (!e->has_item)
        buffer_text_literal(out, "There is no item: every attribute is missing.\n");
}

static void put_blame(buffer *out, const ddbexpr_style *style, const struct ddbexpr_explanation *e)
{
    if (e->matched)
        return;
    size_t count = blamed_count(e);
    buffer_char(out, '\n');
    colour(out, style, bold);
    buffer_put(out, count == 1 ? STR("To blame:") : STR("To blame, together:"));
    colour(out, style, plain);
    buffer_char(out, '\n');
    for (size_t i = 0; i < e->clause_count; i++) {
        const ddbexpr_clause *clause = &e->clauses[i];
        if (!clause->blamed)
            continue;
        buffer_text_literal(out, "  ");
        visible_put(out, clause->text);
        buffer_put(out, clause->outcome ? STR(" is true: ") : STR(" is false: "));
        visible_put(out, clause->reason);
        buffer_char(out, '\n');
    }
    if (e->other_blame_sets == 0)
        return;
    buffer_text_literal(out, "Other sets of the same size: ");
    if (e->other_blame_sets == UINT64_MAX)
        buffer_text_literal(out, "very many");
    else
        buffer_unsigned(out, e->other_blame_sets);
    buffer_char(out, '\n');
}

ddbexpr_status ddbexpr_explanation_render(const ddbexpr_explanation *e, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    put_verdict(out, style, e);
    buffer_char(out, '\n');
    size_t column = label_column(e);
    for (size_t i = 0; i < e->branch_count; i++)
        put_branch(out, style, e, &e->branches[i], column);
    put_blame(out, style, e);
    return buffer_status(out);
}
