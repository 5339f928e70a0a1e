/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of an explanation. */
#ifndef DDBEXPR_EXPLAIN_EXPLAIN_H
#define DDBEXPR_EXPLAIN_EXPLAIN_H

#include "explain/operand.h"

struct ddbexpr_explanation {
    arena *arena; /* owns all */
    const struct ddbexpr_program *program;
    const value *item, *key; /* NULL: there is none; not known */
    bool matched;
    bool has_item;
    ddbexpr_clause *clauses; /* by test */
    size_t clause_count;
    bool *outcomes;           /* by node id */
    ddbexpr_branch *branches; /* text order */
    size_t branch_count;
    uint64_t other_blame_sets;
    ddbexpr_span *blamed_spans; /* of the blamed clauses, in text order */
    size_t blamed_count;
};

/* Marks the clauses to blame, or that carry the outcome, and counts the other smallest sets (blame.c). False: no
 * memory. */
bool explain_blame(struct ddbexpr_explanation *explanation);

/* Resolves the operands of a clause and words its reason (clause.c). False: no memory. */
bool explain_clause(struct explainer *x, const struct test *test, ddbexpr_clause *clause);

/* Adds the traps that bite at a clause (traps.c). `key` as in ddbexpr_explain_options; outcomes by node id. False: no
 * memory. */
bool explain_traps(struct explainer *x, const struct test *test, const value *key, const bool *outcomes,
                   ddbexpr_clause *clause);

/* Says what would turn a clause (wanted.c). False: no memory. */
bool explain_wanted(struct explainer *x, const struct test *test, const value *key, ddbexpr_clause *clause);

/* Whether an explanation can be made of these. */
bool explain_usable(const value *item, const ddbexpr_explain_options *options);

/* Whether a node is a leaf of the tree of ANDs, ORs and NOTs. */
static inline bool is_leaf(const struct node *node)
{
    return node->kind != NODE_AND && node->kind != NODE_OR && node->kind != NODE_NOT;
}

/* What a node is to those who draw the tree. */
static inline ddbexpr_branch_kind branch_kind(const struct node *node)
{
    return node->kind == NODE_AND   ? DDBEXPR_BRANCH_AND
           : node->kind == NODE_OR  ? DDBEXPR_BRANCH_OR
           : node->kind == NODE_NOT ? DDBEXPR_BRANCH_NOT
                                    : DDBEXPR_BRANCH_CLAUSE;
}

/* The next node of the tree of ANDs, ORs and NOTs in text order, not going into clauses; NULL at the end. */
struct node *explain_next(const struct node *root, struct node *node);

#endif
