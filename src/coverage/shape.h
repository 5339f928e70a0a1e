/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of a condition's clauses by itself, without text and values, and which clauses decide an evaluation. Knows
 * outcomes only, no items. */
#ifndef DDBEXPR_COVERAGE_SHAPE_H
#define DDBEXPR_COVERAGE_SHAPE_H

#include "program/program.h"

#include <ddbexpr/explain.h>

/* Nodes stand in text order: parents before children, the whole first. */
struct shape_node {
    ddbexpr_branch_kind kind;
    uint32_t parent;      /* its number; 0 for the whole itself */
    uint32_t child_count; /* of an AND, OR, NOT */
    uint32_t clause;      /* its number, for a clause */
    /* of the evaluation at hand: */
    uint32_t true_children;
    bool outcome;
    bool decides; /* turning this node alone turns the whole */
};

struct shape {
    struct shape_node *nodes;
    uint32_t node_count;
    uint32_t clause_count;
};

/* The shape of a condition. False: no memory. */
bool shape_init(struct shape *shape, const struct ddbexpr_program *program, arena *a);

/* Fills in an evaluation by the outcomes of its clauses: two visits a node. Allocates nothing. */
void shape_decide(struct shape *shape, const bool *outcomes);

#endif
