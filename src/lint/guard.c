/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a condition guards its update against being done twice: being true it pins down something that the update
 * changes, so that neither the same request nor another one that read the same can pass afterwards. It must not know
 * rules. What the update writes is not evaluated: that a value is written at all is taken for a change. */
#include "lint/lint.h"

/* Whether a clause with this outcome cannot be counted on to have it again once its path has been written. */
static bool is_used_up(enum test_kind kind, bool truth)
{
    switch (kind) { /* UNREACHABLE: another test */
    case TEST_EQ:
    case TEST_NOT_EXISTS:
        return truth;
    case TEST_NE: /* also `last <> :id` with last = :id in the update */
        return true;
    case TEST_EXISTS:
    case TEST_CONTAINS:
    case TEST_IN:
        return !truth;
    case TEST_LT:
    case TEST_LE:
    case TEST_GT:
    case TEST_GE:
    case TEST_BETWEEN:
    case TEST_TYPE:
    case TEST_BEGINS_WITH:
        break;
    }
    return false;
}

static bool is_written(const struct lint *l, const struct test *test)
{
    for (uint32_t i = 0; i < test->operand_count; i++)
        if (test->operands[i].path && effects_writer(&l->effects, test->operands[i].path))
            return true;
    return false;
}

/* By outcome, of a node: [false], [true]. */
struct guarded {
    bool by[2];
};

/* An outcome that all children share is guarded if one of them is; one that any child may bring about, if each is. */
static struct guarded fold(const struct node *node, const struct guarded *nodes)
{
    if (node->kind == NODE_NOT)
        return (struct guarded){{nodes[node->first_child->id].by[true], nodes[node->first_child->id].by[false]}};
    bool shared = node->kind == NODE_AND;
    struct guarded own;
    own.by[shared] = false;
    own.by[!shared] = true;
    for (const struct node *child = node->first_child; child; child = child->next) {
        own.by[shared] |= nodes[child->id].by[shared];
        own.by[!shared] &= nodes[child->id].by[!shared];
    }
    return own;
}

bool lint_condition_guards(struct lint *l)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    if (!condition || !l->update)
        return false;
    const struct ddbexpr_expression *expression = condition->checked->expression;
    struct guarded *nodes = ARENA_ARRAY(l->arena, struct guarded, expression->node_count);
    const struct node **inner = ARENA_ARRAY(l->arena, const struct node *, expression->node_count);
    if (!nodes || !inner) {
        l->no_memory = true;
        return false;
    }
    for (uint32_t i = 0; i < condition->test_count; i++) {
        const struct test *test = &condition->tests[i];
        bool written = is_written(l, test);
        nodes[test->node->id].by[false] = written && is_used_up(test->kind, false);
        nodes[test->node->id].by[true] = written && is_used_up(test->kind, true);
        for (const struct node *parent = test->node->parent; parent && !inner[parent->id]; parent = parent->parent)
            inner[parent->id] = parent;
    }
    for (uint32_t id = 0; id < expression->node_count; id++) /* children have smaller ids */
        if (inner[id])
            nodes[id] = fold(inner[id], nodes);
    return nodes[expression->root->id].by[true];
}
