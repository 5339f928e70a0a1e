/* SPDX-License-Identifier: Apache-2.0 */
/* DX602 to DX607, DX614: what the condition proves against what the update does. The other half of each finding stands
 * in another text than its span, so it is told in words. */
#include "lint/rules.h"

#include "lint/names.h"

static bool relates(const struct lint *l) { return l->update && l->facts && l->conditions[0].program; }

/* A clause that must hold, between a plain path and a constant; false for others. */
struct guard {
    const struct operand *path, *constant;
    enum test_kind kind; /* with the path on the left */
};

static bool guard_of(const struct test *test, struct guard *ret)
{
    bool truth;
    if (test->kind > TEST_GE || !lint_is_required(test->node, &truth) || !truth)
        return false;
    const struct operand *a = &test->operands[0], *b = &test->operands[1];
    bool swapped = a->kind == OPERAND_CONSTANT;
    *ret = (struct guard){swapped ? b : a, swapped ? a : b, swapped ? test_mirrored(test->kind) : test->kind};
    return ret->path->kind == OPERAND_PATH && ret->constant->kind == OPERAND_CONSTANT;
}

static str path_text(const struct checked *c, const struct operand *path) { return lint_text(c, path->node); }

/* --- DX602, DX603: versions --- */

static bool is_version(const struct lint *l, const struct document_path *path)
{
    return names_a_version(path_last_name(path)) && !facts_key_attribute(&l->key, path);
}

static bool checks_version(const struct lint *l, const struct test *test, struct guard *ret)
{
    return guard_of(test, ret) && ret->kind == TEST_EQ && is_version(l, ret->path->path);
}

/* What a Put does to a version that its condition checks; DIAG_COUNT: nothing wrong. */
static enum diag_id kept_by_put(const struct lint *l, const struct guard *guard)
{
    if (guard->path->path->count > 1)
        return DIAG_COUNT;
    str name = guard->path->path->steps[0].name;
    if (!value_map_get(l->item, name, str_hash(name)))
        return LINT_VERSION_LOST;
    const value *next = lint_attribute(l, l->item, name);
    const value *checked = lint_constant(l, l->conditions[0].checked, guard->constant->node);
    return next && checked && ddbexpr_value_equal(next, checked) ? LINT_VERSION_KEPT : DIAG_COUNT;
}

/* What an Update does to it. */
static enum diag_id kept_by_update(const struct lint *l, const struct guard *guard)
{
    const struct action *writer = effects_writer(&l->effects, guard->path->path);
    if (!writer)
        return LINT_VERSION_NOT_BUMPED;
    const struct node *operand = writer->section == SECTION_SET ? writer->node->first_child->next : NULL;
    const value *next = operand ? lint_constant(l, l->update->checked, operand) : NULL;
    const value *checked = lint_constant(l, l->conditions[0].checked, guard->constant->node);
    return next && checked && path_equal(writer->target, guard->path->path) && ddbexpr_value_equal(next, checked)
               ? LINT_VERSION_KEPT
               : DIAG_COUNT;
}

void rule_version_not_bumped(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    for (uint32_t i = 0; condition->program && i < condition->program->test_count; i++) {
        struct guard guard;
        enum diag_id id = DIAG_COUNT;
        if (!checks_version(l, &condition->program->tests[i], &guard))
            continue;
        if (l->item)
            id = kept_by_put(l, &guard);
        else if (l->update)
            id = kept_by_update(l, &guard);
        if (id == DIAG_COUNT)
            continue;
        struct diag_draft draft = check_draft(condition->checked, id, condition->program->tests[i].node);
        draft.args[0] = path_text(condition->checked, guard.path);
        lint_report(l, &draft);
    }
}

/* A version goes up: by a step, or to a number that is no first one. */
static bool bumps_version(const struct lint *l, const struct action *action)
{
    struct change change;
    if (!is_version(l, action->target))
        return false;
    if (effects_change(&l->effects, action, &change))
        return !change.by_default && action->section == SECTION_SET;
    const value *v =
        action->section == SECTION_SET ? lint_constant(l, l->update->checked, action->node->first_child->next) : NULL;
    return v && v->type == DDBEXPR_N && !(v->more.coefficient <= 1 && v->exponent == 0);
}

static bool overwrites(const struct lint *l, const struct action *action)
{
    return action->section == SECTION_SET && action->node->first_child->next->kind == NODE_VALUE &&
           !is_version(l, action->target);
}

/* The condition compares something with a known state, or demands that there is no item: a check of another kind. */
static bool checks_state(const struct lint *l)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    for (uint32_t i = 0; condition && i < condition->test_count; i++) {
        struct guard guard;
        if (condition->tests[i].kind == TEST_NOT_EXISTS ||
            (guard_of(&condition->tests[i], &guard) && guard.kind == TEST_EQ))
            return true;
    }
    return false;
}

static bool condition_reads(const struct lint *l, const struct document_path *path)
{
    const struct checked *c = l->conditions[0].checked;
    for (struct node *node = c ? c->expression->root : NULL; node; node = ast_next(c->expression->root, node))
        if (node->kind == NODE_PATH && paths_overlap(&checked_at(c, node)->path, path))
            return true;
    return false;
}

void rule_version_not_checked(struct lint *l)
{
    const struct action *bump = NULL, *overwrite = NULL;
    if (!l->update || !l->facts || checks_state(l))
        return;
    for (uint32_t i = 0; i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        if (bumps_version(l, action) && !condition_reads(l, action->target))
            bump = action;
        else if (overwrites(l, action))
            overwrite = action;
    }
    if (!bump || !overwrite)
        return;
    struct diag_draft draft = check_draft(l->update->checked, LINT_VERSION_NOT_CHECKED, bump->node);
    draft.args[0] = lint_text(l->update->checked, bump->node->first_child);
    lint_report(l, &draft);
}

/* --- DX614 --- */

static bool writes(const struct lint *l, const struct document_path *path)
{
    if (l->update)
        return effects_writer(&l->effects, path) != NULL;
    return l->item && path->count == 1 && value_map_get(l->item, path->steps[0].name, path->steps[0].hash);
}

/* Code that reads an item without a version takes it for 0, and then asks for a 0 that is not there. */
void rule_zero_for_missing(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    for (uint32_t i = 0; condition->program && i < condition->program->test_count; i++) {
        struct guard guard;
        const struct test *test = &condition->program->tests[i];
        if (!checks_version(l, test, &guard) || !writes(l, guard.path->path))
            continue;
        const value *v = lint_constant(l, condition->checked, guard.constant->node);
        if (!v || v->type != DDBEXPR_N || v->more.coefficient != 0)
            continue;
        struct diag_draft draft = check_draft(condition->checked, LINT_ZERO_FOR_MISSING, test->node);
        draft.args[0] = path_text(condition->checked, guard.path);
        draft.args[1] = lint_text(condition->checked, guard.constant->node);
        lint_report(l, &draft);
    }
}

/* --- DX604 --- */

static bool is_order(const struct guard *guard) { return guard->kind >= TEST_LT; }

/* An action that changes another number (nothing writes the guard's own) by just the amount that the guard compares
 * with. */
static const struct action *spends_amount(const struct lint *l, const struct guard *guard)
{
    for (uint32_t i = 0; i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        struct change change;
        if (effects_change(&l->effects, action, &change) && str_equal(change.amount->name, guard->constant->node->name))
            return action;
    }
    return NULL;
}

void rule_guard_not_consumed(struct lint *l)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    for (uint32_t i = 0; relates(l) && i < condition->test_count; i++) {
        struct guard guard;
        if (!guard_of(&condition->tests[i], &guard) || !is_order(&guard) ||
            effects_writer(&l->effects, guard.path->path) || facts_key_attribute(&l->key, guard.path->path) ||
            names_a_limit(path_last_name(guard.path->path)))
            continue;
        const struct action *action = spends_amount(l, &guard);
        if (!action)
            continue;
        const struct checked *c = condition->checked;
        struct diag_draft draft = check_draft(c, LINT_GUARD_NOT_CONSUMED, condition->tests[i].node);
        draft.args[0] = path_text(c, guard.path);
        draft.args[1] = guard.constant->node->name;
        draft.args[2] = lint_text(l->update->checked, action->node->first_child);
        lint_report(l, &draft);
    }
}

/* --- DX605 --- */

struct step {
    struct number amount; /* above zero */
    bool lowers;
};

static bool step_of(const struct lint *l, const struct change *change, struct step *ret)
{
    const value *v = lint_constant(l, l->update->checked, change->amount);
    if (!v || v->more.coefficient == 0)
        return false;
    *ret = (struct step){value_number(v), change->lowers != ((v->flags & VALUE_NEGATIVE) != 0)};
    ret->amount.negative = false;
    return true;
}

static bool is_whole(const struct number *number) { return number->exponent >= 0; }

/* The lowest value that the condition lets through, whole numbers being counted as such; false: below zero, or none. */
static bool lowest_allowed(const struct range *range, const struct step *step, value *ret)
{
    if (!range->lower)
        return false;
    struct number lowest = value_number(range->lower), one = number_of(1), next;
    if (range->lower_open && is_whole(&lowest) && is_whole(&step->amount) &&
        number_add(&lowest, &one, &next) == NUMBER_OK)
        lowest = next;
    *ret = value_of_number(&lowest);
    return !lowest.negative;
}

/* `n <= :q` where the update takes :q away, and nothing bounds n from below. */
static const struct guard *turned_round(const struct lint *l, const struct action *action, const struct change *change,
                                        struct guard *guard)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    for (uint32_t i = 0; i < condition->test_count; i++)
        if (guard_of(&condition->tests[i], guard) && (guard->kind == TEST_LT || guard->kind == TEST_LE) &&
            path_equal(guard->path->path, action->target) &&
            str_equal(guard->constant->node->name, change->amount->name))
            return guard;
    return NULL;
}

static enum diag_id uncovered(const struct lint *l, const struct action *action, const struct change *change,
                              const struct step *step, value *ret_bound)
{
    struct fact fact = lint_fact(l, action->target);
    const struct range *range = &fact.ranges[RANGE_N];
    struct number one = number_of(1);
    struct guard guard;
    if (fact.values || !(fact.types & TYPE_BIT(DDBEXPR_N)))
        return DIAG_COUNT;
    if (step->lowers && lowest_allowed(range, step, ret_bound)) {
        struct number lowest = value_number(ret_bound);
        return number_compare(&lowest, &step->amount) < 0 ? LINT_GUARD_BELOW_ZERO : DIAG_COUNT;
    }
    if (step->lowers && !range->lower && turned_round(l, action, change, &guard)) {
        *ret_bound = *guard.constant->constant;
        return LINT_GUARD_WRONG_SIDE;
    }
    if (step->lowers || !range->upper || !range->upper_open)
        return DIAG_COUNT;
    struct number upper = value_number(range->upper);
    *ret_bound = *range->upper;
    bool whole = is_whole(&upper) && is_whole(&step->amount);
    return whole && number_compare(&step->amount, &one) > 0 ? LINT_GUARD_OVERSHOOT : DIAG_COUNT;
}

void rule_guard_does_not_cover(struct lint *l)
{
    for (uint32_t i = 0; relates(l) && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        struct change change;
        struct step step;
        value bound;
        if (!effects_change(&l->effects, action, &change) || !step_of(l, &change, &step))
            continue;
        enum diag_id id = uncovered(l, action, &change, &step, &bound);
        if (id == DIAG_COUNT)
            continue;
        struct diag_draft draft = check_draft(l->update->checked, id, action->node);
        draft.args[0] = lint_text(l->update->checked, action->node->first_child);
        draft.args[1] = lint_value(l, &bound);
        draft.args[2] = lint_placeholder(l, l->update->checked, change.amount);
        lint_report(l, &draft);
    }
}

/* --- DX606 --- */

static str proof(struct lint *l, const struct fact *fact)
{
    const struct checked *c = l->conditions[0].checked;
    return fact->because ? lint_fill(l, TEXT_BY_CLAUSE, lint_text(c, fact->because), STR(""), STR(""))
                         : ddbexpr_cstr(diag_text(TEXT_THE_CONDITION));
}

void rule_dead_default(struct lint *l)
{
    const struct checked *c = l->update ? l->update->checked : NULL;
    for (struct node *node = relates(l) ? c->expression->root : NULL; node;
         node = ast_next(c->expression->root, node)) {
        if (node->kind != NODE_CALL || checked_at(c, node)->function != FUNCTION_IF_NOT_EXISTS)
            continue;
        struct fact fact = lint_fact(l, &checked_at(c, node->first_child)->path);
        if (!fact_proves_existence(&fact))
            continue;
        struct diag_draft draft = check_draft(c, LINT_DEAD_DEFAULT, node);
        draft.args[0] = lint_text(c, node->first_child);
        draft.args[1] = proof(l, &fact);
        lint_report(l, &draft);
    }
}

/* --- DX607 --- */

static str doom(struct lint *l, const struct need *need)
{
    const struct checked *c = l->update->checked;
    struct fact fact = lint_fact(l, &need->path);
    str path = lint_path_start(c, need->node, need->path.count);
    if (lint_item_is_new(l))
        return lint_fill(l, TEXT_DOOM_NO_ITEM, path, STR(""), STR(""));
    if (!fact.may_exist)
        return lint_fill(l, TEXT_DOOM_MISSING, path, STR(""), STR(""));
    return lint_fill(l, TEXT_DOOM_TYPE, path, lint_types(l, fact.types), lint_types(l, need->types));
}

void rule_doomed_update(struct lint *l)
{
    const struct action *told = NULL;
    for (uint32_t i = 0; relates(l) && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (need->action == told || need_state_of(&l->effects, need, l->given, l->facts) != NEED_DOOMED)
            continue;
        told = need->action;
        struct diag_draft draft = check_draft(l->update->checked, LINT_DOOMED_UPDATE, need->node);
        draft.args[0] = doom(l, need);
        lint_report(l, &draft);
    }
}
