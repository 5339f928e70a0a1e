/* SPDX-License-Identifier: Apache-2.0 */
/* Values for a place in an item that might turn a clause. Knows clauses one by one, not how they hang together. */
#ifndef DDBEXPR_COVERAGE_PROPOSALS_H
#define DDBEXPR_COVERAGE_PROPOSALS_H

#include "coverage/neighbours.h"
#include "program/program.h"

/* Adds values for the path of the operand with this number, the likeliest first, so that the test has the outcome
 * `want` on the item. The operand must have a path. */
void propose_for(struct proposals *p, const struct test *test, uint32_t operand, bool want, const value *item);

#endif
