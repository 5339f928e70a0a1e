/* SPDX-License-Identifier: Apache-2.0 */
/* Counting what evaluations have shown of a condition's clauses. */
#include "coverage/shape.h"

#include "explain/explain.h"

#include <ddbexpr/coverage.h>

struct ddbexpr_coverage {
    arena *arena; /* owns all */
    ddbexpr_kind kind;
    str text;
    struct shape shape;
    ddbexpr_clause_coverage *clauses;
    bool *outcomes; /* by clause, of the evaluation that is being added */
    uint64_t total, matched;
};

static bool fill(struct ddbexpr_coverage *c, const struct ddbexpr_explanation *e)
{
    c->kind = e->program->kind;
    c->text = arena_copy(c->arena, e->program->checked->expression->text);
    c->clauses = ARENA_ARRAY(c->arena, ddbexpr_clause_coverage, e->clause_count);
    c->outcomes = ARENA_ARRAY(c->arena, bool, e->clause_count);
    if (!c->text.ptr || !c->clauses || !c->outcomes || !shape_init(&c->shape, e->program, c->arena))
        return false;
    for (size_t i = 0; i < e->clause_count; i++) {
        c->clauses[i].span = e->clauses[i].span;
        c->clauses[i].text = str_slice(c->text, e->clauses[i].span);
    }
    return true;
}

ddbexpr_status ddbexpr_coverage_new(const ddbexpr_explanation *shape, const ddbexpr_alloc *alloc,
                                    ddbexpr_coverage **ret_coverage)
{
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_coverage *c = ARENA_NEW(a, struct ddbexpr_coverage);
    if (c)
        c->arena = a;
    if (!c || !fill(c, shape)) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *ret_coverage = c;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_coverage_add(ddbexpr_coverage *c, const ddbexpr_explanation *e)
{
    if (e->program->kind != c->kind || !str_equal(e->program->checked->expression->text, c->text))
        return DDBEXPR_MISUSE;
    for (size_t i = 0; i < e->clause_count; i++)
        c->outcomes[i] = e->clauses[i].outcome;
    shape_decide(&c->shape, c->outcomes);
    for (uint32_t i = 0; i < c->shape.node_count; i++) {
        const struct shape_node *node = &c->shape.nodes[i];
        if (node->kind != DDBEXPR_BRANCH_CLAUSE)
            continue;
        c->clauses[node->clause].seen[node->outcome]++;
        c->clauses[node->clause].decided[node->outcome] += node->decides;
    }
    c->total++;
    c->matched += e->matched;
    return DDBEXPR_OK;
}

void ddbexpr_coverage_free(ddbexpr_coverage *c)
{
    if (c)
        ddbexpr_arena_free(c->arena);
}

ddbexpr_kind ddbexpr_coverage_kind(const ddbexpr_coverage *c) { return c->kind; }
ddbexpr_str ddbexpr_coverage_text(const ddbexpr_coverage *c) { return c->text; }
uint64_t ddbexpr_coverage_total_count(const ddbexpr_coverage *c) { return c->total; }
uint64_t ddbexpr_coverage_matched_count(const ddbexpr_coverage *c) { return c->matched; }
size_t ddbexpr_coverage_clause_count(const ddbexpr_coverage *c) { return c->shape.clause_count; }

ddbexpr_clause_coverage ddbexpr_coverage_clause_at(const ddbexpr_coverage *c, size_t index)
{
    return index < c->shape.clause_count ? c->clauses[index] : (ddbexpr_clause_coverage){0};
}

size_t ddbexpr_coverage_goal_count(const ddbexpr_coverage *c) { return 2 * (size_t)c->shape.clause_count; }

size_t ddbexpr_coverage_reached_count(const ddbexpr_coverage *c)
{
    size_t reached = 0;
    for (uint32_t i = 0; i < c->shape.clause_count; i++)
        reached += (size_t)(c->clauses[i].decided[false] > 0) + (c->clauses[i].decided[true] > 0);
    return reached;
}
