/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a test coverage: what those who print it read. */
#ifndef DDBEXPR_CLI_TEST_TEST_COVERAGE_ENTRY_H
#define DDBEXPR_CLI_TEST_TEST_COVERAGE_ENTRY_H

#include "cli/test/kept.h"
#include "cli/test/test_coverage.h"

/* A goal of a condition that is not reached, as far as something was found. */
struct coverage_example {
    const ddbexpr_value *before; /* the item that it is made of; NULL: there was none */
    const ddbexpr_value *key;    /* of that; NULL: not known */
    const ddbexpr_value *values; /* of the placeholders, an M */
    ddbexpr_str test;            /* that it is from */
};

/* A condition or an update. */
struct coverage_entry {
    ddbexpr_str label;
    ddbexpr_coverage *condition;
    ddbexpr_update_coverage *update; /* one of these two is there */
    struct kept_evaluations kept;
    ddbexpr_coverage_example *found; /* by goal, 2 * clause + outcome; made by coverage_find_examples */
    struct coverage_example *examples;
};

struct test_coverage {
    struct session *session;
    ddbexpr_arena *arena; /* owns all that is not to be freed by itself */
    struct kept_expressions *expressions;
    struct coverage_entry *entries; /* by number of the expression */
    size_t count, room;
};

/* Evaluations, or updates, that were counted. */
uint64_t coverage_entry_runs(const struct coverage_entry *entry);

size_t coverage_entry_goals(const struct coverage_entry *entry);
size_t coverage_entry_reached(const struct coverage_entry *entry);

/* Looks for items that reach the goals of a condition that are not reached, once; of one that was never run there is
 * nothing to make them of. */
ddbexpr_status coverage_find_examples(struct test_coverage *coverage, struct coverage_entry *entry);

#endif
