/* SPDX-License-Identifier: Apache-2.0 */
/* DX307, DX309, DX310: how an update is written, whatever the item is. */
#include "lint/rules.h"

#include "lint/names.h"

/* --- DX307 --- */

/* Both read what the other one writes: a swap, which lives on the old values. */
static bool is_swap(const struct lint *l, const struct action *one, const struct action *other)
{
    for (uint32_t i = 0; i < l->effects.count; i++)
        if (l->effects.needs[i].action == other && l->effects.needs[i].kind != NEED_PARENT &&
            paths_overlap(&l->effects.needs[i].path, one->target))
            return true;
    return false;
}

/* An action that stands earlier in the text and writes what is read. */
static const struct action *written_before(const struct lint *l, const struct need *need)
{
    for (const struct action *other = l->update->actions; other != need->action; other++)
        if ((other->section == SECTION_SET || other->section == SECTION_ADD) &&
            paths_overlap(other->target, &need->path))
            return other;
    return NULL;
}

void rule_reads_old_value(struct lint *l)
{
    const struct action *told = NULL;
    for (uint32_t i = 0; l->update && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (need->kind == NEED_PARENT || need->kind == NEED_STORED || need->action == told ||
            path_equal(&need->path, need->action->target))
            continue;
        const struct action *writer = written_before(l, need);
        if (!writer || is_swap(l, need->action, writer) || names_the_past(path_last_name(need->action->target)))
            continue;
        told = need->action;
        const struct checked *c = l->update->checked;
        struct diag_draft draft = check_draft(c, LINT_READS_OLD, need->node);
        draft.args[0] = lint_text(c, need->node);
        draft.args[1] = lint_action(l, writer);
        draft.labels[0] = (ddbexpr_label){writer->node->first_child->span, ddbexpr_cstr(diag_text(TEXT_WRITTEN_HERE))};
        draft.label_count = 1;
        lint_report(l, &draft);
    }
}

/* --- DX309 --- */

/* A value that an index cannot have as a key. The draft says whose it is. */
static void check_index_value(struct lint *l, str attribute, const value *v, struct diag_draft *draft)
{
    for (size_t i = 0; i < l->options->index_key_count; i++) {
        const ddbexpr_index_key *key = &l->options->index_keys[i];
        if (!lint_is_of_table(l, key->table) || !str_equal(key->attribute, attribute))
            continue;
        bool empty = v->type == key->type && v->type != DDBEXPR_N && v->count == 0;
        if (v->type == key->type && !empty)
            continue;
        draft->id = empty ? LINT_INDEX_KEY_EMPTY : LINT_INDEX_KEY_TYPE;
        draft->args[0] = attribute;
        draft->args[1] = key->index;
        draft->args[2] = ddbexpr_cstr(ddbexpr_type_name(key->type));
        draft->args[3] = lint_value(l, v);
        lint_report(l, draft);
        return;
    }
}

/* The constant that a SET may write: its operand, or a default. */
static const struct node *written_constant(const struct checked *c, const struct action *action)
{
    const struct node *operand = action->node->first_child->next;
    while (operand->kind == NODE_CALL && checked_at(c, operand)->function == FUNCTION_IF_NOT_EXISTS)
        operand = operand->first_child->next;
    return operand->kind == NODE_VALUE ? operand : NULL;
}

void rule_index_key_type(struct lint *l)
{
    for (uint32_t i = 0; l->update && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        const struct checked *c = l->update->checked;
        const struct node *constant = action->section == SECTION_SET   ? written_constant(c, action)
                                      : action->section == SECTION_ADD ? action->node->first_child->next
                                                                       : NULL;
        const value *v = constant ? lint_constant(l, c, constant) : NULL;
        if (!v || action->target->count > 1)
            continue;
        struct diag_draft draft = check_draft(c, LINT_INDEX_KEY_TYPE, constant);
        check_index_value(l, action->target->steps[0].name, v, &draft);
    }
    for (size_t i = 0; l->item && i < l->options->index_key_count; i++) {
        str attribute = l->options->index_keys[i].attribute;
        const value *v = lint_attribute(l, l->item, attribute);
        struct diag_draft draft = {.source = DDBEXPR_SOURCE_ITEM, .member = attribute};
        bool again = false; /* the attribute may be a key of several indexes */
        for (size_t j = 0; j < i; j++)
            again |= str_equal(l->options->index_keys[j].attribute, attribute);
        if (v && !again)
            check_index_value(l, attribute, v, &draft);
    }
}

/* --- DX310 --- */

static bool is_target(const struct lint *l, const struct action *action, const struct node *node)
{
    return node->kind == NODE_PATH && path_equal(&checked_at(l->update->checked, node)->path, action->target);
}

/* Of an operand that is a number, or a list, if it is a constant. */
static bool is_idle_constant(const struct lint *l, const struct node *node, ddbexpr_type type)
{
    const value *v = node->kind == NODE_VALUE ? lint_constant(l, l->update->checked, node) : NULL;
    return v && (type == DDBEXPR_N ? v->more.coefficient == 0 : v->count == 0);
}

/* `a = a`, `a = a + :zero`, `a = list_append(a, :empty)`. ADD of zero is none of them: it makes a missing number 0. */
static bool is_idle(const struct lint *l, const struct action *action)
{
    if (action->section != SECTION_SET)
        return false;
    const struct node *operand = action->node->first_child->next;
    if (is_target(l, action, operand))
        return true;
    bool sum = operand->kind == NODE_ARITHMETIC;
    bool append =
        operand->kind == NODE_CALL && checked_at(l->update->checked, operand)->function == FUNCTION_LIST_APPEND;
    if (!sum && !append)
        return false;
    const struct node *a = operand->first_child, *b = a->next;
    ddbexpr_type type = sum ? DDBEXPR_N : DDBEXPR_L;
    return (is_target(l, action, a) && is_idle_constant(l, b, type)) ||
           (operand->op != OP_MINUS && is_target(l, action, b) && is_idle_constant(l, a, type));
}

void rule_noop_update(struct lint *l)
{
    for (uint32_t i = 0; l->update && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        if (!is_idle(l, action))
            continue;
        struct diag_draft draft = check_draft(l->update->checked, LINT_NOOP_UPDATE, action->node);
        draft.args[0] = lint_text(l->update->checked, action->node);
        lint_report(l, &draft);
    }
}
