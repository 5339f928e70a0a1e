/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of test mutants: what those who print them read. */
#ifndef DDBEXPR_CLI_TEST_TEST_MUTANTS_ENTRY_H
#define DDBEXPR_CLI_TEST_TEST_MUTANTS_ENTRY_H

#include "cli/progress.h"
#include "cli/test/kept.h"
#include "cli/test/test_mutants.h"

/* What an example is made of. */
struct mutant_base {
    const ddbexpr_value *item; /* NULL: there was none */
    const ddbexpr_value *key;  /* NULL: not known */
    ddbexpr_str test;          /* that it is from */
};

/* A condition. */
struct mutants_entry {
    ddbexpr_str label;
    ddbexpr_mutants *mutants;
    size_t evaluations, pinned; /* how many there were; of these, how many whose outcome a test looks at */
    size_t left_out;            /* of these, in how many the mutants were not run */
    struct kept_evaluations kept;
    ddbexpr_mutant_example *examples; /* by mutant; made by mutants_find_examples */
    struct mutant_base *made_of;      /* likewise */
};

struct test_mutants {
    struct session *session;
    ddbexpr_arena *arena; /* owns all that is not to be freed by itself */
    struct kept_expressions *expressions;
    struct mutants_entry *entries; /* by number of the expression */
    size_t count, room;
    double seconds_at_most, seconds; /* spent */
    uint64_t runs;                   /* evaluations in which mutants were run, for the progress */
    struct progress progress;
};

/* Whether time is left, and what was spent since `began`. */
bool mutants_have_time(const struct test_mutants *mutants);
double mutants_clock(void);

/* Mutants of a condition that are alive: survivors, unless some evaluation was left out. */
size_t mutants_entry_alive(const struct mutants_entry *entry);

/* Looks for items that tell the survivors of all conditions, once, while there is time. */
ddbexpr_status mutants_find_examples(struct test_mutants *mutants);

#endif
