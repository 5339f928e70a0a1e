/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the tests pin the conditions that they run: which mutants (ddbexpr/mutants.h) they tell from them, and items
 * that would tell the others. Knows no test and no runner: evaluations come in, one after another, and nothing of them
 * is borrowed. */
#ifndef DDBEXPR_CLI_TEST_TEST_MUTANTS_H
#define DDBEXPR_CLI_TEST_TEST_MUTANTS_H

#include "cli/arguments.h"

struct test_mutants;

/* Nothing has been run yet. When all that is done here has taken `seconds_at_most` (0: no bound), mutants are no longer
 * run: those that are alive then and were not run in all that followed are undecided, which is no survivor. EXIT_TRUE,
 * or told. */
int test_mutants_new(struct session *session, double seconds_at_most, struct test_mutants **ret);

/* Runs the mutants of a condition (filter, key condition) that are alive in one evaluation. What is one condition,
 * `scope`, `label`, `test` and `request` are as in test_coverage.h. `pinned`: the test would notice another outcome;
 * only then is a mutant killed. EXIT_TRUE, or told. */
int test_mutants_condition(struct test_mutants *mutants, const char *scope, const char *label, ddbexpr_str test,
                           const ddbexpr_explanation *explanation, const ddbexpr_request *request, bool pinned);

/* How many there are of all conditions, and what became of them. */
struct test_mutants_counts {
    size_t conditions;
    size_t mutants, killed, survived, undecided;
    double score; /* how many in a hundred are killed; where some are undecided, so many at least; 0 of none */
};
struct test_mutants_counts test_mutants_count(const struct test_mutants *mutants);

/* Appends it for people: each condition that mutants survive, with the place of each, what it would be, and how to tell
 * it; and the total. style NULL: plain, 80 columns. Errors: NO_MEMORY. */
ddbexpr_status test_mutants_text(struct test_mutants *mutants, const ddbexpr_style *style, ddbexpr_buffer *out);

/* Appends it as one JSON object, documented in docs/json-output.md. Errors: NO_MEMORY. */
ddbexpr_status test_mutants_json(struct test_mutants *mutants, ddbexpr_buffer *out);

/* NULL is fine. */
void test_mutants_free(struct test_mutants *mutants);

#endif
