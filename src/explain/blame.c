/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest set of clauses whose flip turns the whole around, in one pass over the tree. For each node: how many
 * flips make it true, how many make it false, and in how many ways at the least. To make an AND true all children must
 * be; to make it false the cheapest one is enough; OR the other way round; NOT swaps. Leaves are independent (a clause
 * that is written twice counts twice), so costs add and ways multiply; the bound is one visit a node and one an edge.
 */
#include "explain/blame.h"

#include "explain/explain.h"

struct cost {
    uint64_t flips;
    uint64_t ways; /* saturates at UINT64_MAX */
};

struct node_cost {
    struct cost to[2]; /* [false], [true] */
};

/* An outcome that costs nothing is the one that is there. */
static bool holds(const struct node *node, const struct node_cost *costs)
{
    return costs[node->id].to[true].flips == 0;
}

static uint64_t add(uint64_t a, uint64_t b)
{
    uint64_t sum;
    bool over = __builtin_add_overflow(a, b, &sum);
    return over ? UINT64_MAX : sum; /* UNREACHABLE: for a sum so large it takes 160 clauses, and 150 are allowed */
}

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

static struct node_cost cost_of_clause(bool outcome)
{
    struct node_cost cost;
    cost.to[outcome] = (struct cost){0, 1};
    cost.to[!outcome] = (struct cost){1, 1};
    return cost;
}

static struct node_cost cost_of_inner(const struct node *node, const struct node_cost *costs)
{
    struct node_cost cost;
    if (node->kind == NODE_NOT) {
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
static void pass_down_carrying(const struct node *node, const struct node_cost *costs, signed char *wanted)
{
    bool outcome = holds(node, costs);
    bool all = node->kind == NODE_NOT || outcome == (node->kind == NODE_AND);
    for (const struct node *child = node->first_child; child; child = child->next) {
        if (!all && holds(child, costs) != outcome)
            continue;
        wanted[child->id] = holds(child, costs);
        if (!all)
            return;
    }
}

bool blame_init(struct blame *b, const struct ddbexpr_program *program, arena *a)
{
    struct node *root = program->checked->expression->root;
    uint32_t count = program->checked->expression->node_count;
    *b = (struct blame){.nodes = ARENA_ARRAY(a, const struct node *, count),
                        .clause_count = program->test_count,
                        .costs = ARENA_ARRAY(a, struct node_cost, count),
                        .wanted = ARENA_ARRAY(a, signed char, count)};
    if (!b->nodes || !b->costs || !b->wanted)
        return false;
    for (struct node *node = root; node; node = explain_next(root, node))
        b->nodes[b->node_count++] = node;
    return true;
}

/* From the end of the text to its beginning: children before their parents. */
static void find_costs(const struct blame *b, const bool *outcomes)
{
    uint32_t clause = b->clause_count;
    for (uint32_t i = b->node_count; i-- > 0;) {
        const struct node *node = b->nodes[i];
        b->costs[node->id] = is_leaf(node) ? cost_of_clause(outcomes[--clause]) : cost_of_inner(node, b->costs);
        b->wanted[node->id] = -1;
    }
}

uint64_t blame_find(const struct blame *b, const bool *outcomes, bool *blamed)
{
    find_costs(b, outcomes);
    const struct node *root = b->nodes[0];
    bool matched = holds(root, b->costs);
    b->wanted[root->id] = true;
    uint32_t clause = 0;
    for (uint32_t i = 0; i < b->node_count; i++) {
        const struct node *node = b->nodes[i];
        signed char wanted = b->wanted[node->id];
        if (is_leaf(node)) {
            blamed[clause] = wanted >= 0 && (matched || outcomes[clause] != wanted);
            clause++;
        } else if (wanted >= 0 && matched) {
            pass_down_carrying(node, b->costs, b->wanted);
        } else if (wanted >= 0) {
            pass_down(node, b->costs, b->wanted);
        }
    }
    uint64_t ways = b->costs[root->id].to[true].ways;
    return matched ? 0 : ways == UINT64_MAX ? ways : ways - 1;
}

bool explain_blame(struct ddbexpr_explanation *e)
{
    struct blame b;
    bool *outcomes = ARENA_ARRAY(e->arena, bool, e->clause_count);
    bool *blamed = ARENA_ARRAY(e->arena, bool, e->clause_count);
    if (!outcomes || !blamed || !blame_init(&b, e->program, e->arena))
        return false;
    for (size_t i = 0; i < e->clause_count; i++)
        outcomes[i] = e->clauses[i].outcome;
    e->other_blame_sets = blame_find(&b, outcomes, blamed);
    for (size_t i = 0; i < e->clause_count; i++)
        e->clauses[i].blamed = blamed[i];
    return true;
}
