/* SPDX-License-Identifier: Apache-2.0 */
/* DX501, DX502, DX506: conditions, and parts of them, that are never or always true. What facts cannot tell is left to
 * a decision procedure, which would report with the same codes. */
#include "lint/rules.h"

static const struct test *test_of(const struct lint_condition *condition, const struct node *node)
{
    for (uint32_t i = 0; i < condition->program->test_count; i++)
        if (condition->program->tests[i].node == node)
            return &condition->program->tests[i];
    return NULL;
}

static bool is_clause(const struct node *node)
{
    return node->kind != NODE_AND && node->kind != NODE_OR && node->kind != NODE_NOT;
}

/* A part cannot have this outcome. */
static bool cannot_be(const struct lint_condition *condition, const struct node *node, bool outcome)
{
    return outcome ? condition->facts.never_true[node->id] : condition->facts.never_false[node->id];
}

/* The smallest part that keeps the whole from having this outcome, which becomes that of the part. */
static const struct node *culprit_of(const struct lint_condition *condition, const struct node *node, bool *outcome)
{
    for (;;) {
        const struct node *next = NULL;
        if (node->kind == NODE_NOT) {
            *outcome = !*outcome;
            next = node->first_child;
        } else if (!is_clause(node) && *outcome == (node->kind == NODE_AND)) {
            for (const struct node *child = node->first_child; child && !next; child = child->next)
                if (cannot_be(condition, child, *outcome))
                    next = child;
        }
        if (!next)
            return node;
        node = next;
    }
}

/* The clause compares a key attribute with a constant of another type. */
static bool contradicts_key(const struct lint_condition *condition, const struct test *test)
{
    bool other_type = false;
    const struct key_attribute *key = NULL;
    for (uint32_t i = 0; i < test->operand_count && !key; i++)
        if (test->operands[i].kind == OPERAND_PATH)
            key = facts_key_attribute(condition->given.key, test->operands[i].path);
    for (uint32_t i = 0; i < test->operand_count && key; i++)
        other_type |= test->operands[i].kind == OPERAND_CONSTANT && test->operands[i].constant->type != key->type;
    return other_type && test->kind != TEST_TYPE && test->kind != TEST_CONTAINS;
}

/* DX513 or DX511 says more of it. */
static bool is_told_by_type(const struct lint_condition *condition, const struct node *node)
{
    const struct test *test = test_of(condition, node);
    return test && (lint_compares_size(test) || contradicts_key(condition, test));
}

/* --- DX501 --- */

/* A clause, perhaps with NOTs before it: what is proven when the whole of it is true. False: it is no clause. */
static bool facts_of_part(struct lint_condition *condition, const struct node *part, struct facts *ret)
{
    bool truth = true;
    for (; part->kind == NODE_NOT; part = part->first_child)
        truth = !truth;
    if (!is_clause(part))
        return false;
    *ret = facts_of_clause(&condition->given, test_of(condition, part), truth);
    return true;
}

/* Two clauses of an AND that contradict each other; false: it takes more than two. */
static bool find_pair(struct lint_condition *condition, const struct node *all, const struct node **ret_a,
                      const struct node **ret_b)
{
    for (const struct node *b = all->first_child; b; b = b->next)
        for (const struct node *a = all->first_child; a != b; a = a->next) {
            struct facts of_a, of_b;
            if (!facts_of_part(condition, a, &of_a) || !facts_of_part(condition, b, &of_b))
                continue;
            facts_meet(&condition->given, &of_a, &of_b);
            if (!of_a.impossible)
                continue;
            *ret_a = a;
            *ret_b = b;
            return true;
        }
    return false;
}

static void report_never(struct lint *l, struct lint_condition *condition)
{
    const struct checked *c = condition->checked;
    bool outcome = true;
    const struct node *culprit = culprit_of(condition, c->expression->root, &outcome), *a, *b;
    if (is_told_by_type(condition, culprit))
        return;
    struct diag_draft draft = check_draft(c, LINT_NEVER_TRUE, culprit);
    if (culprit->kind == NODE_AND && outcome && find_pair(condition, culprit, &a, &b)) {
        draft.id = LINT_NEVER_BOTH;
        draft.span = b->span;
        draft.args[0] = lint_text(c, a);
        draft.args[1] = lint_text(c, b);
        draft.labels[0] = (ddbexpr_label){a->span, ddbexpr_cstr(diag_text(TEXT_THE_OTHER))};
        draft.label_count = 1;
    }
    lint_report(l, &draft);
}

/* The next part that is not inside `node`, or inside it if `deeper`. */
static struct node *next_part(const struct node *root, struct node *node, bool deeper)
{
    if (deeper && !is_clause(node))
        return node->first_child;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static bool whole_is_decided(const struct lint_condition *condition)
{
    const struct node *root = condition->checked->expression->root;
    return cannot_be(condition, root, true) || cannot_be(condition, root, false);
}

static bool is_or_of_inequalities(struct lint *l, const struct lint_condition *condition, const struct node *node,
                                  const struct test **ret_a, const struct test **ret_b);

/* Parts by themselves that cannot have this outcome, the largest ones. */
static void report_parts(struct lint *l, struct lint_condition *condition, bool outcome, enum diag_id id)
{
    const struct test *a, *b;
    struct node *root = condition->checked->expression->root;
    bool deeper = true;
    for (struct node *node = root; node; node = next_part(root, node, deeper)) {
        deeper = !cannot_be(condition, node, true) && !cannot_be(condition, node, false);
        if (!cannot_be(condition, node, outcome) || is_told_by_type(condition, node) ||
            (!outcome && is_or_of_inequalities(l, condition, node, &a, &b)))
            continue;
        struct diag_draft draft = check_draft(condition->checked, id, node);
        lint_report(l, &draft);
    }
}

void rule_never_true(struct lint *l)
{
    for (size_t i = 0; i < LINT_CONDITIONS; i++) {
        struct lint_condition *condition = &l->conditions[i];
        if (!condition->program)
            continue;
        if (cannot_be(condition, condition->checked->expression->root, true))
            report_never(l, condition);
        else if (!whole_is_decided(condition))
            report_parts(l, condition, true, LINT_PART_NEVER_TRUE);
    }
}

/* --- DX502 --- */

void rule_always_true(struct lint *l)
{
    for (size_t i = 0; i < LINT_CONDITIONS; i++) {
        struct lint_condition *condition = &l->conditions[i];
        if (!condition->program)
            continue;
        const struct node *root = condition->checked->expression->root;
        if (!whole_is_decided(condition)) {
            report_parts(l, condition, false, LINT_PART_ALWAYS_TRUE);
        } else if (cannot_be(condition, root, false)) {
            const struct test *a, *b;
            bool outcome = false;
            const struct node *culprit = culprit_of(condition, root, &outcome);
            struct diag_draft draft = check_draft(condition->checked, LINT_ALWAYS_TRUE, culprit);
            if (!is_or_of_inequalities(l, condition, culprit, &a, &b) && !is_told_by_type(condition, culprit))
                lint_report(l, &draft);
        }
    }
}

/* --- DX506 --- */

/* The constant that a path is said not to equal, or NULL. */
static const value *unequal_to(const struct lint *l, const struct checked *c, const struct test *test)
{
    if (!test || test->kind != TEST_NE || test->operands[0].kind != OPERAND_PATH ||
        test->operands[1].kind != OPERAND_CONSTANT)
        return NULL;
    return lint_constant(l, c, test->operands[1].node);
}

static bool is_or_of_inequalities(struct lint *l, const struct lint_condition *condition, const struct node *node,
                                  const struct test **ret_a, const struct test **ret_b)
{
    if (node->kind != NODE_OR)
        return false;
    for (const struct node *b = node->first_child; b; b = b->next) {
        const struct test *test_b = test_of(condition, b);
        const value *value_b = unequal_to(l, condition->checked, test_b);
        for (const struct node *a = node->first_child; a != b && value_b; a = a->next) {
            const struct test *test_a = test_of(condition, a);
            const value *value_a = unequal_to(l, condition->checked, test_a);
            if (!value_a || !path_equal(test_a->operands[0].path, test_b->operands[0].path) ||
                ddbexpr_value_equal(value_a, value_b))
                continue;
            *ret_a = test_a;
            *ret_b = test_b;
            return true;
        }
    }
    return false;
}

void rule_or_of_inequalities(struct lint *l)
{
    for (size_t i = 0; i < LINT_CONDITIONS; i++) {
        const struct lint_condition *condition = &l->conditions[i];
        const struct checked *c = condition->checked;
        for (struct node *node = condition->program ? c->expression->root : NULL; node;
             node = next_part(c->expression->root, node, true)) {
            const struct test *a, *b;
            if (!is_or_of_inequalities(l, condition, node, &a, &b))
                continue;
            struct diag_draft draft = check_draft(c, LINT_OR_OF_INEQUALITIES, b->node);
            draft.args[0] = lint_text(c, b->operands[0].node);
            draft.args[1] = lint_placeholder(l, c, a->operands[1].node);
            draft.args[2] = lint_placeholder(l, c, b->operands[1].node);
            draft.labels[0] = (ddbexpr_label){a->node->span, ddbexpr_cstr(diag_text(TEXT_THE_OTHER))};
            draft.label_count = 1;
            lint_report(l, &draft);
        }
    }
}
