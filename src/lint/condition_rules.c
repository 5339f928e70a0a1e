/* SPDX-License-Identifier: Apache-2.0 */
/* DX503 to DX505, DX515: how a condition is written. The first three live on what the service does with what is missing
 * (aws; ruling 6): `<>` and a NOT round an order are true of it. */
#include "lint/rules.h"

/* --- what several rules look for --- */

/* The operand of a comparison that is a plain path, when the other is a constant; NULL: it has another form. */
static const struct operand *compared_path(const struct test *test, const struct operand **ret_constant)
{
    const struct operand *a = &test->operands[0], *b = &test->operands[1];
    *ret_constant = a->kind == OPERAND_CONSTANT ? a : b;
    const struct operand *path = a->kind == OPERAND_CONSTANT ? b : a;
    return path->kind == OPERAND_PATH && (*ret_constant)->kind == OPERAND_CONSTANT ? path : NULL;
}

/* A `<>` between a path and a constant, or `=` under NOT. */
static const struct operand *unequal_path(const struct test *test, const struct operand **ret_constant)
{
    bool negated = lint_is_negated(test->node);
    return test->kind == (negated ? TEST_EQ : TEST_NE) ? compared_path(test, ret_constant) : NULL;
}

/* The update itself reckons with a missing attribute: it counts from a default. */
static bool update_starts_from_nothing(const struct lint *l, const struct document_path *path)
{
    for (uint32_t i = 0; l->update && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        bool adds = need->kind == NEED_STORED && need->action->section == SECTION_ADD;
        bool defaults = need->may_miss && need->kind != NEED_STORED;
        if ((adds || defaults) && path_equal(&need->path, path))
            return true;
    }
    return false;
}

/* Whether the condition speaks of the existence of a path. */
static bool speaks_of_existence(const struct lint_condition *condition, const struct document_path *path)
{
    for (uint32_t i = 0; i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        if ((test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS) && path_equal(test->operands[0].path, path))
            return true;
    }
    return false;
}

/* --- DX503 --- */

/* Runs the condition without an item; with `inequalities` false those of constants are taken for false. */
static bool passes_without_item(const struct ddbexpr_program *program, bool inequalities)
{
    int32_t at = 0;
    while (at >= 0) {
        const struct test *test = &program->tests[at];
        const struct operand *constant;
        bool negated = lint_is_negated(test->node);
        bool holds = !inequalities && unequal_path(test, &constant) ? negated : test_holds(test, NULL);
        at = holds ? test->on_true : test->on_false;
    }
    return at == GO_TRUE;
}

/* Only where a missing item matters: a Put makes one anyway, a Delete of nothing does nothing, filters see none, and an
 * update that reads what is missing is refused. */
static bool wants_item(const struct lint *l)
{
    return l->request->operation == DDBEXPR_CONDITION_CHECK ||
           (l->request->operation == DDBEXPR_UPDATE_ITEM && l->update && !lint_update_needs_item(l));
}

void rule_ne_accepts_missing(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    if (!condition->program || !wants_item(l) || !passes_without_item(condition->program, true) ||
        passes_without_item(condition->program, false))
        return;
    for (uint32_t i = 0; i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        const struct operand *constant, *path = unequal_path(test, &constant);
        /* `pk <> :id` is a way to say that there must be no item (aws: spec alternator-suite 1) */
        if (!path || lint_is_negated(test->node) || facts_key_attribute(&l->key, path->path) ||
            update_starts_from_nothing(l, path->path))
            continue;
        const struct checked *c = condition->checked;
        struct diag_draft draft =
            check_draft(c, l->update ? LINT_NE_ACCEPTS_MISSING : LINT_NE_CHECKS_NOTHING, test->node);
        draft.args[0] = lint_text(c, test->node);
        draft.args[1] = lint_text(c, path->node);
        draft.args[2] = lint_key_name(l);
        lint_report(l, &draft);
        return; /* one guard mends all of them */
    }
}

/* --- DX504 --- */

static bool is_order(const struct test *test)
{
    return test->kind == TEST_LT || test->kind == TEST_LE || test->kind == TEST_GT || test->kind == TEST_GE;
}

static enum node_op opposite(enum node_op op)
{
    return op == OP_LT ? OP_GE : op == OP_LE ? OP_GT : op == OP_GT ? OP_LE : OP_LT;
}

static str advice(struct lint *l, const struct checked *c, const struct test *test)
{
    if (test->kind == TEST_BETWEEN)
        return ddbexpr_cstr(diag_text(TEXT_COMPARE_OUTSIDE));
    return lint_fill(l, TEXT_COMPARE_ITSELF, lint_text(c, test->operands[0].node),
                     ast_op_text(opposite(test->node->op)), lint_text(c, test->operands[1].node));
}

/* A path in an order that NOT turns round, and that nothing proves to exist. */
static const struct operand *path_that_may_miss(const struct lint_condition *condition, const struct test *test)
{
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind != OPERAND_PATH || speaks_of_existence(condition, o->path))
            continue;
        struct fact fact = facts_at(&condition->given, &condition->facts.when_true, o->path);
        if (fact.may_miss)
            return o;
    }
    return NULL;
}

void rule_not_accepts_missing(struct lint *l)
{
    for (size_t n = 0; n < LINT_CONDITIONS; n++) {
        const struct lint_condition *condition = &l->conditions[n];
        for (uint32_t i = 0; condition->program && i < condition->program->test_count; i++) {
            const struct test *test = &condition->program->tests[i];
            if (!(is_order(test) || test->kind == TEST_BETWEEN) || !lint_is_negated(test->node))
                continue;
            const struct operand *path = path_that_may_miss(condition, test);
            if (!path)
                continue;
            const struct checked *c = condition->checked;
            struct diag_draft draft = check_draft(c, LINT_NOT_ACCEPTS_MISSING, test->node);
            draft.args[0] = lint_text(c, test->node);
            draft.args[1] = lint_text(c, path->node);
            draft.args[2] = advice(l, c, test);
            lint_report(l, &draft);
        }
    }
}

/* --- DX505 --- */

/* The change that the update makes to a number, and whether it goes down; false: none, or not known which way. */
static bool counts(const struct lint *l, const struct document_path *path, bool *ret_lowers)
{
    for (uint32_t i = 0; l->update && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        struct change change;
        if (!path_equal(action->target, path) || !effects_change(&l->effects, action, &change))
            continue;
        const value *amount = lint_constant(l, l->update->checked, change.amount);
        *ret_lowers = change.lowers != (amount && (amount->flags & VALUE_NEGATIVE) != 0);
        return true;
    }
    return false;
}

void rule_ne_as_bound(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    for (uint32_t i = 0; condition->program && i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        const struct operand *constant, *path = unequal_path(test, &constant);
        bool lowers;
        if (!path || constant->constant->type != DDBEXPR_N || !counts(l, path->path, &lowers))
            continue;
        struct fact fact = facts_at(&condition->given, &condition->facts.when_true, path->path);
        if (fact.ranges[RANGE_N].lower || fact.ranges[RANGE_N].upper)
            continue;
        const struct checked *c = condition->checked;
        struct diag_draft draft = check_draft(c, LINT_NE_AS_BOUND, test->node);
        draft.args[0] = lint_text(c, test->node);
        draft.args[1] = lint_text(c, path->node);
        draft.args[2] = lint_text(c, constant->node);
        draft.args[3] = lowers ? STR(">") : STR("<");
        lint_report(l, &draft);
    }
}

/* --- DX515 --- */

void rule_mixed_and_or(struct lint *l)
{
    for (size_t i = 0; i < LINT_CONDITIONS; i++) {
        const struct checked *c = l->conditions[i].checked;
        for (struct node *node = l->conditions[i].program ? c->expression->root : NULL; node;
             node = ast_next(c->expression->root, node)) {
            if (node->kind != NODE_AND || node->parens || !node->parent) /* without parentheses it is in an OR */
                continue;
            struct diag_draft draft = check_draft(c, LINT_MIXED_AND_OR, node);
            draft.args[0] = lint_text(c, node);
            lint_report(l, &draft);
            break; /* who knows it here knows it there */
        }
    }
}
