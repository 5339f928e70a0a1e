/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a condition when one clause is turned and the others stay: worked out by hand from an explanation's
 * tree, as a judge of what says which clauses decide. */
#ifndef DDBEXPR_TESTS_TURNED_H
#define DDBEXPR_TESTS_TURNED_H

#include <ddbexpr/explain.h>

/* The outcome of the branch at *at, with the outcome of one clause turned; *at is moved behind it. */
static inline bool outcome_with_turned(const ddbexpr_explanation *e, size_t *at, size_t turned)
{
    const ddbexpr_branch *b = ddbexpr_explanation_branch_at(e, (*at)++);
    if (b->kind == DDBEXPR_BRANCH_CLAUSE)
        return ddbexpr_explanation_clause_at(e, b->clause)->outcome != (b->clause == turned);
    bool all = true, any = false;
    for (const ddbexpr_branch *next; (next = ddbexpr_explanation_branch_at(e, *at)) && next->depth > b->depth;) {
        bool outcome = outcome_with_turned(e, at, turned);
        all &= outcome;
        any |= outcome;
    }
    return b->kind == DDBEXPR_BRANCH_AND ? all : b->kind == DDBEXPR_BRANCH_OR ? any : !any;
}

/* Whether turning the clause turns the whole. */
static inline bool turns_the_whole(const ddbexpr_explanation *e, size_t clause)
{
    size_t at = 0;
    return outcome_with_turned(e, &at, clause) != ddbexpr_explanation_matched(e);
}

#endif
