/* SPDX-License-Identifier: Apache-2.0 */
/* One operand: resolved against the item, and put into words. */
#include "explain/operand.h"

#include "value/print.h"

str explainer_keep(struct explainer *x)
{
    str text = ddbexpr_buffer_text(x->text);
    str copy = buffer_status(x->text) == DDBEXPR_OK ? arena_copy(x->arena, text) : str_of(NULL, 0);
    ddbexpr_buffer_clear(x->text);
    return copy;
}

/* --- resolving --- */

static bool resolve_steps(struct explainer *x, const struct document_path *path, ddbexpr_operand *ret)
{
    path_print(path, path->count, x->text);
    ret->path = explainer_keep(x);
    const value *last = NULL;
    uint32_t reached = x->item ? path_reach(path, x->item, &last) : 0;
    if (reached == path->count)
        return ret->path.ptr != NULL;
    path_print(path, reached + 1, x->text);
    ret->missing_from = explainer_keep(x);
    ret->missing_is_index = path->steps[reached].is_index;
    path_print(path, reached, x->text);
    ret->present_until = explainer_keep(x);
    ret->present_value = reached ? last : NULL;
    return ret->path.ptr && ret->missing_from.ptr && ret->present_until.ptr;
}

bool operand_resolve_path(struct explainer *x, const struct document_path *path, const struct node *node,
                          ddbexpr_operand *ret)
{
    *ret = (ddbexpr_operand){.kind = DDBEXPR_OPERAND_PATH,
                             .span = node->span,
                             .text = str_slice(x->checked->expression->text, node->span),
                             .value = path_find(path, x->item)};
    return resolve_steps(x, path, ret);
}

bool operand_resolve(struct explainer *x, const struct operand *operand, ddbexpr_operand *ret)
{
    bool size = operand->kind == OPERAND_SIZE_OF_PATH || operand->kind == OPERAND_SIZE_OF_CONSTANT;
    *ret = (ddbexpr_operand){
        .kind = size                            ? DDBEXPR_OPERAND_SIZE
                : operand->kind == OPERAND_PATH ? DDBEXPR_OPERAND_PATH
                                                : DDBEXPR_OPERAND_VALUE,
        .span = operand->node->span,
        .text = str_slice(x->checked->expression->text, operand->node->span),
    };
    value scratch;
    const value *v = operand_value(operand, x->item, &scratch);
    if (v == &scratch) {
        value *copy = ARENA_NEW(x->arena, value);
        if (!copy)
            return false;
        *copy = scratch;
        v = copy;
    }
    ret->value = v;
    if (size)
        ret->sized = operand->path ? path_find(operand->path, x->item) : operand->constant;
    return !operand->path || resolve_steps(x, operand->path, ret);
}

/* --- words --- */

void put_quoted(buffer *out, str text)
{
    buffer_char(out, '`');
    buffer_put(out, text);
    buffer_char(out, '`');
}

void put_key(const value *key, buffer *out)
{
    for (uint32_t i = 0; i < key->count; i++) {
        const struct map_entry *e = &key->at.entries[i];
        if (i)
            buffer_text_literal(out, ", ");
        put_quoted(out, str_of(e->name, e->name_len));
        buffer_char(out, ' ');
        value_print(&e->value, VALUE_WIDTH, out);
    }
}

/* From which step of the path on there is nothing, and what is there instead. */
static void put_missing(const struct explainer *x, const ddbexpr_operand *o, buffer *out)
{
    const value *there = o->present_value;
    buffer_text_literal(out, " is missing");
    if (!x->item) {
        buffer_text_literal(out, ": there is no item");
        return;
    }
    if (!there)
        return;
    bool fits = there->type == (o->missing_is_index ? DDBEXPR_L : DDBEXPR_M);
    if (!str_equal(o->missing_from, o->path) && fits) {
        buffer_text_literal(out, ": ");
        put_quoted(out, o->missing_from);
        buffer_text_literal(out, " is not");
    } else if (!fits) {
        buffer_text_literal(out, ":");
    }
    if (fits) {
        buffer_text_literal(out, " in ");
        put_quoted(out, o->present_until);
        buffer_char(out, ' ');
    } else {
        buffer_char(out, ' ');
        put_quoted(out, o->present_until);
        buffer_put(out, o->missing_is_index ? STR(" is no list but ") : STR(" is no map but "));
    }
    value_print(there, VALUE_WIDTH, out);
}

void put_operand(const struct explainer *x, const ddbexpr_operand *o, buffer *out)
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
        put_missing(x, o, out);
    }
}

void put_operands(const struct explainer *x, const ddbexpr_operand *operands, size_t count, buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i == 1)
            buffer_put(out, operands[0].value ? STR(" where ") : STR(", while "));
        else if (i > 1)
            buffer_put(out, i + 1 == count ? STR(" and ") : STR(", "));
        if (i > LIMIT_LISTED) {
            buffer_unsigned(out, count - i);
            buffer_text_literal(out, " more");
            return;
        }
        put_operand(x, &operands[i], out);
    }
}
