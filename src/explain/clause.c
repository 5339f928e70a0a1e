/* SPDX-License-Identifier: Apache-2.0 */
/* One clause: its operands resolved against the item, and the reason for its outcome in one sentence. */
#include "explain/explain.h"

#include "value/print.h"

#define VALUE_WIDTH 60 /* columns of a value in a sentence */

static str kept(struct ddbexpr_explanation *e, buffer *text)
{
    str copy = buffer_status(text) == DDBEXPR_OK ? arena_copy(e->arena, ddbexpr_buffer_text(text)) : str_of(NULL, 0);
    ddbexpr_buffer_clear(text);
    return copy;
}

/* --- operands --- */

static bool resolve_path(struct ddbexpr_explanation *e, const struct document_path *path, const value *item,
                         buffer *text, ddbexpr_operand *ret)
{
    path_print(path, path->count, text);
    ret->path = kept(e, text);
    const value *last = NULL;
    uint32_t reached = item ? path_reach(path, item, &last) : 0;
    if (reached == path->count)
        return ret->path.ptr != NULL;
    path_print(path, reached + 1, text);
    ret->missing_from = kept(e, text);
    path_print(path, reached, text);
    ret->present_until = kept(e, text);
    ret->present_value = reached ? last : NULL;
    return ret->path.ptr && ret->missing_from.ptr && ret->present_until.ptr;
}

static bool resolve_operand(struct ddbexpr_explanation *e, const struct operand *operand, const value *item,
                            buffer *text, ddbexpr_operand *ret)
{
    bool size = operand->kind == OPERAND_SIZE_OF_PATH || operand->kind == OPERAND_SIZE_OF_CONSTANT;
    *ret = (ddbexpr_operand){
        .kind = size                            ? DDBEXPR_OPERAND_SIZE
                : operand->kind == OPERAND_PATH ? DDBEXPR_OPERAND_PATH
                                                : DDBEXPR_OPERAND_VALUE,
        .span = operand->node->span,
        .text = str_slice(e->program->checked->expression->text, operand->node->span),
    };
    value scratch;
    const value *v = operand_value(operand, item, &scratch);
    if (v == &scratch) {
        value *copy = ARENA_NEW(e->arena, value);
        if (!copy)
            return false;
        *copy = scratch;
        v = copy;
    }
    ret->value = v;
    if (size)
        ret->sized = operand->path ? path_find(operand->path, item) : operand->constant;
    return !operand->path || resolve_path(e, operand->path, item, text, ret);
}

/* --- the sentence --- */

static void put_quoted(buffer *out, str text)
{
    buffer_char(out, '`');
    buffer_put(out, text);
    buffer_char(out, '`');
}

/* Where the path breaks off: "is missing", "is missing: the item does not exist", "… `profile` is L, not a map". */
static void put_missing(const struct ddbexpr_explanation *e, const ddbexpr_operand *o, buffer *out)
{
    if (!e->has_item) {
        buffer_text_literal(out, " is missing: there is no item");
        return;
    }
    buffer_text_literal(out, " is missing");
    if (!o->present_value)
        return;
    if (o->present_value->type == DDBEXPR_M || o->present_value->type == DDBEXPR_L) {
        buffer_text_literal(out, " in ");
        put_quoted(out, o->present_until);
        buffer_char(out, ' ');
    } else {
        buffer_text_literal(out, ": ");
        put_quoted(out, o->present_until);
        buffer_text_literal(out, " is ");
    }
    value_print(o->present_value, VALUE_WIDTH, out);
}

/* "`version` is N 5", "`#s` (`status`) is missing", "size(`tags`) …" */
static void put_operand(const struct ddbexpr_explanation *e, const ddbexpr_operand *o, buffer *out)
{
    put_quoted(out, o->text);
    if (o->path.len && o->kind == DDBEXPR_OPERAND_PATH && !str_equal(o->path, o->text)) {
        buffer_text_literal(out, " (");
        put_quoted(out, o->path);
        buffer_char(out, ')');
    }
    if (o->value) {
        buffer_text_literal(out, " is ");
        value_print(o->value, VALUE_WIDTH, out);
    } else if (o->kind == DDBEXPR_OPERAND_SIZE && o->sized) {
        buffer_text_literal(out, " has no value: ");
        value_print(o->sized, VALUE_WIDTH, out);
        buffer_text_literal(out, " has no size");
    } else {
        put_missing(e, o, out);
    }
}

#define MOST_LISTED 6 /* operands of an IN in a sentence */

static void put_reason(const struct ddbexpr_explanation *e, const ddbexpr_clause *clause, buffer *out)
{
    for (size_t i = 0; i < clause->operand_count; i++) {
        if (i == 1)
            buffer_text_literal(out, " where ");
        else if (i > 1)
            buffer_put(out, i + 1 == clause->operand_count ? STR(" and ") : STR(", "));
        if (i > MOST_LISTED) {
            buffer_unsigned(out, clause->operand_count - i);
            buffer_text_literal(out, " more");
            return;
        }
        put_operand(e, &clause->operands[i], out);
    }
}

bool explain_clause(struct ddbexpr_explanation *e, const struct test *test, const value *item, ddbexpr_clause *clause)
{
    ddbexpr_operand *operands = ARENA_ARRAY(e->arena, ddbexpr_operand, test->operand_count);
    buffer *text;
    if (!operands || ddbexpr_buffer_new(arena_allocator(e->arena), &text) != DDBEXPR_OK)
        return false;
    *clause = (ddbexpr_clause){
        .span = test->node->span,
        .text = str_slice(e->program->checked->expression->text, test->node->span),
        .outcome = test_holds(test, item),
        .operands = operands,
        .operand_count = test->operand_count,
    };
    bool done = true;
    for (uint32_t i = 0; i < test->operand_count && done; i++)
        done = resolve_operand(e, &test->operands[i], item, text, &operands[i]);
    if (done) {
        put_reason(e, clause, text);
        clause->reason = kept(e, text);
        done = clause->reason.ptr != NULL;
    }
    ddbexpr_buffer_free(text);
    return done;
}
