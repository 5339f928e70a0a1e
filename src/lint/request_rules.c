/* SPDX-License-Identifier: Apache-2.0 */
/* DX608 to DX610: what becomes of the request as a whole: whom it creates, what a repetition does, what a failure says.
 * All of it is worth knowing at most: ordinary code is often meant just so. */
#include "lint/rules.h"

#include "lint/names.h"

static bool has_test(const struct lint *l, enum test_kind kind)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    for (uint32_t i = 0; condition && i < condition->test_count; i++)
        if (condition->tests[i].kind == kind)
            return true;
    return false;
}

/* --- DX608 --- */

/* The update writes something, and nothing in it shows that a new item was thought of. */
static bool creates_unawares(const struct lint *l)
{
    bool writes = false;
    for (uint32_t i = 0; i < l->update->action_count; i++) {
        writes |= l->update->actions[i].section == SECTION_SET;
        if (l->update->actions[i].section == SECTION_ADD)
            return false;
    }
    for (uint32_t i = 0; i < l->effects.count; i++)
        if (l->effects.needs[i].may_miss && l->effects.needs[i].kind != NEED_STORED)
            return false; /* a default */
    return writes && !lint_update_needs_item(l);
}

void rule_upsert(struct lint *l)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    if (!l->update || !l->facts || !creates_unawares(l) || has_test(l, TEST_NOT_EXISTS) || has_test(l, TEST_NE) ||
        (condition && !program_matches(condition, NULL)))
        return;
    struct diag_draft draft = check_draft(l->update->checked, LINT_UPSERT, l->update->checked->expression->root);
    draft.args[0] = lint_key_name(l);
    lint_report(l, &draft);
}

/* --- DX609 --- */

/* Doing it twice is not the same as doing it once. */
static bool accumulates(const struct lint *l, const struct action *action)
{
    struct change change;
    if (names_a_version(path_last_name(action->target)))
        return false; /* one more does no harm */
    if (effects_change(&l->effects, action, &change))
        return true;
    const struct node *operand = action->section == SECTION_SET ? action->node->first_child->next : NULL;
    if (!operand || operand->kind != NODE_CALL ||
        checked_at(l->update->checked, operand)->function != FUNCTION_LIST_APPEND)
        return false;
    for (struct node *node = (struct node *)operand; node; node = ast_next(operand, node))
        if (node->kind == NODE_PATH && path_equal(&checked_at(l->update->checked, node)->path, action->target))
            return true;
    return false;
}

void rule_not_retry_safe(struct lint *l)
{
    if (!l->update || !l->facts || l->in_transaction || l->guarded)
        return;
    for (uint32_t i = 0; i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        if (!accumulates(l, action))
            continue;
        struct diag_draft draft = check_draft(l->update->checked, LINT_NOT_RETRY_SAFE, action->node);
        draft.args[0] = lint_action(l, action);
        lint_report(l, &draft);
        return;
    }
}

/* --- DX610 --- */

/* A test of existence says by failing what it found. */
static bool compares_stored_values(const struct ddbexpr_program *condition)
{
    for (uint32_t i = 0; i < condition->test_count; i++)
        if (condition->tests[i].kind != TEST_EXISTS && condition->tests[i].kind != TEST_NOT_EXISTS)
            return true;
    return false;
}

void rule_no_old_item(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    if (!condition->program || text_given(l->request->return_values_on_condition_check_failure) ||
        !compares_stored_values(condition->program))
        return;
    struct diag_draft draft = check_draft(condition->checked, LINT_NO_OLD_ITEM, condition->checked->expression->root);
    lint_report(l, &draft);
}
