/* SPDX-License-Identifier: Apache-2.0 */
/* Which clauses are to blame for the outcome of a condition, worked out for one item after another: memory is taken
 * once for a program. Knows outcomes only, no items. */
#ifndef DDBEXPR_EXPLAIN_BLAME_H
#define DDBEXPR_EXPLAIN_BLAME_H

#include "program/program.h"

struct node_cost;

struct blame {
    const struct node **nodes; /* the tree of ANDs, ORs, NOTs and clauses in text order: parents before children */
    uint32_t node_count;
    uint32_t clause_count;
    struct node_cost *costs; /* by node id, as is the next */
    signed char *wanted;     /* the outcome that a node is asked for, or -1 */
};

/* Memory for the blame of a condition's outcomes. False: no memory. */
bool blame_init(struct blame *blame, const struct ddbexpr_program *program, arena *a);

/* Sets `blamed` for each clause: of a false condition those of the (first) smallest set whose flip makes it true, of a
 * true one those that carry it. `outcomes` are those of all clauses. Gives how many other smallest sets there are
 * (UINT64_MAX: at least that many), 0 for a true condition. Allocates nothing. */
uint64_t blame_find(const struct blame *blame, const bool *outcomes, bool *blamed);

#endif
