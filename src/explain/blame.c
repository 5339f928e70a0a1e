/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest set of clauses whose flip turns the whole around, in one pass over the tree. For each node: how many
 * flips make it true, how many make it false, and in how many ways at the least. To make an AND true all children must
 * be; to make it false the cheapest one is enough; OR the other way round; NOT swaps. Leaves are independent (a clause
 * that is written twice counts twice), so costs add and ways multiply; the bound is one visit a node and one an edge.
 */
#include "explain/explain.h"

struct cost {
    uint64_t flips;
    uint64_t ways; /* saturates at UINT64_MAX */
};

struct node_cost {
    struct cost to[2]; /* [false], [true] */
};

static uint64_t add(uint64_t a, uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }

static uint64_t multiply(uint64_t a, uint64_t b)
{
    uint64_t product;
    return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

/* All children must come to `wanted`. */
static struct cost cost_of_all(const struct node *node, const struct node_cost *costs, bool wanted)
{
    struct cost sum = {0, 1};
    for (const struct node *child = node->first_child; child; child = child->next) {
        const struct cost *c = &costs[child->id].to[wanted];
        sum.flips = add(sum.flips, c->flips);
        sum.ways = multiply(sum.ways, c->ways);
    }
    return sum;
}

/* One child must. If one does already nothing need be flipped, in one way: not at all. */
static struct cost cost_of_any(const struct node *node, const struct node_cost *costs, bool wanted)
{
    struct cost best = {UINT64_MAX, 0};
    for (const struct node *child = node->first_child; child; child = child->next) {
        const struct cost *c = &costs[child->id].to[wanted];
        if (c->flips < best.flips)
            best = *c;
        else if (c->flips == best.flips)
            best.ways = add(best.ways, c->ways);
    }
    if (best.flips == 0)
        best.ways = 1;
    return best;
}

static struct node_cost cost_of_node(const struct node *node, const struct node_cost *costs, bool outcome)
{
    struct node_cost cost;
    if (is_leaf(node)) {
        cost.to[outcome] = (struct cost){0, 1};
        cost.to[!outcome] = (struct cost){1, 1};
    } else if (node->kind == NODE_NOT) {
        cost.to[false] = costs[node->first_child->id].to[true];
        cost.to[true] = costs[node->first_child->id].to[false];
    } else {
        bool all = node->kind == NODE_AND;
        cost.to[all] = cost_of_all(node, costs, all);
        cost.to[!all] = cost_of_any(node, costs, !all);
    }
    return cost;
}

/* Which nodes are asked for what, from the top down: `wanted` by id, -1 for nothing. */
static void pass_down(const struct node *node, const struct node_cost *costs, signed char *wanted)
{
    bool want = wanted[node->id];
    if (node->kind == NODE_NOT) {
        wanted[node->first_child->id] = !want;
        return;
    }
    bool all = want == (node->kind == NODE_AND);
    const struct node *cheapest = node->first_child;
    for (const struct node *child = node->first_child; child; child = child->next) {
        if (all)
            wanted[child->id] = want;
        else if (costs[child->id].to[want].flips < costs[cheapest->id].to[want].flips)
            cheapest = child;
    }
    if (!all)
        wanted[cheapest->id] = want;
}

/* A true condition is carried by the clauses without which nothing is proven: all children of a true AND, the first
 * true child of a true OR, and the same of false ones under NOT. */
static void pass_down_carrying(const struct node *node, const bool *outcomes, signed char *wanted)
{
    bool outcome = outcomes[node->id];
    bool all = node->kind == NODE_NOT || outcome == (node->kind == NODE_AND);
    for (const struct node *child = node->first_child; child; child = child->next) {
        if (!all && outcomes[child->id] != outcome)
            continue;
        wanted[child->id] = outcomes[child->id];
        if (!all)
            return;
    }
}

bool explain_blame(struct ddbexpr_explanation *e, const bool *outcomes, const uint32_t *test_of_node)
{
    struct node *root = e->program->checked->expression->root;
    uint32_t count = e->program->checked->expression->node_count;
    struct node_cost *costs = ARENA_ARRAY(e->arena, struct node_cost, count);
    signed char *wanted = ARENA_ARRAY(e->arena, signed char, count);
    const struct node **by_id = ARENA_ARRAY(e->arena, const struct node *, count);
    if (!costs || !wanted || !by_id)
        return false;
    memset(wanted, -1, count);
    for (struct node *node = root; node; node = explain_next(root, node))
        by_id[node->id] = node;
    for (uint32_t id = 0; id < count; id++) /* children have smaller ids than their parents */
        if (by_id[id])
            costs[id] = cost_of_node(by_id[id], costs, outcomes[id]);
    wanted[root->id] = 1;
    for (struct node *node = root; node; node = explain_next(root, node)) {
        if (wanted[node->id] < 0)
            continue;
        if (is_leaf(node))
            e->clauses[test_of_node[node->id]].blamed = e->matched || outcomes[node->id] != wanted[node->id];
        else if (e->matched)
            pass_down_carrying(node, outcomes, wanted);
        else
            pass_down(node, costs, wanted);
    }
    uint64_t ways = costs[root->id].to[true].ways;
    e->other_blame_sets = e->matched ? 0 : ways == UINT64_MAX ? ways : ways - 1;
    return true;
}
