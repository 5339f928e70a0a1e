/* SPDX-License-Identifier: Apache-2.0 */
/* Which clauses decide: outcomes from the leaves up, with the number of true children of each node; then from the top
 * down a node decides if its parent does and no sibling has settled the parent. */
#include "coverage/shape.h"

#include "explain/explain.h"

bool shape_init(struct shape *s, const struct ddbexpr_program *program, arena *a)
{
    struct node *root = program->checked->expression->root;
    uint32_t room = program->checked->expression->node_count;
    uint32_t *numbers = ARENA_ARRAY(a, uint32_t, room); /* by node id */
    *s = (struct shape){.nodes = ARENA_ARRAY(a, struct shape_node, room)};
    if (!numbers || !s->nodes)
        return false;
    for (struct node *node = root; node; node = explain_next(root, node)) {
        uint32_t number = s->node_count++;
        numbers[node->id] = number;
        s->nodes[number] = (struct shape_node){
            .kind = branch_kind(node),
            .parent = node == root ? 0 : numbers[node->parent->id],
            .child_count = is_leaf(node) ? 0 : node->child_count,
            .clause = s->clause_count,
        };
        s->clause_count += is_leaf(node);
    }
    return true;
}

static bool outcome_of(const struct shape_node *node, const bool *outcomes)
{
    if (node->kind == DDBEXPR_BRANCH_CLAUSE)
        return outcomes[node->clause];
    if (node->kind == DDBEXPR_BRANCH_AND)
        return node->true_children == node->child_count;
    return (node->true_children > 0) == (node->kind == DDBEXPR_BRANCH_OR); /* or NOT, which has one */
}

/* Whether the parent is as the child is, or always the opposite, as long as the other children stay. */
static bool passes(const struct shape_node *parent, const struct shape_node *child)
{
    uint32_t others_true = parent->true_children - child->outcome;
    if (parent->kind == DDBEXPR_BRANCH_AND)
        return others_true + 1 == parent->child_count;
    return others_true == 0;
}

void shape_decide(struct shape *s, const bool *outcomes)
{
    for (uint32_t i = 0; i < s->node_count; i++)
        s->nodes[i].true_children = 0;
    for (uint32_t i = s->node_count; i-- > 0;) {
        struct shape_node *node = &s->nodes[i];
        node->outcome = outcome_of(node, outcomes);
        if (i > 0)
            s->nodes[node->parent].true_children += node->outcome;
    }
    s->nodes[0].decides = true;
    for (uint32_t i = 1; i < s->node_count; i++) {
        struct shape_node *node = &s->nodes[i];
        const struct shape_node *parent = &s->nodes[node->parent];
        node->decides = parent->decides && passes(parent, node);
    }
}
