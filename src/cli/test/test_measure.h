/* SPDX-License-Identifier: Apache-2.0 */
/* What tests exercise, measured while they run: the coverage of conditions and updates, and whether other conditions in
 * their place would have been noticed. */
#ifndef DDBEXPR_CLI_TEST_TEST_MEASURE_H
#define DDBEXPR_CLI_TEST_TEST_MEASURE_H

#include "cli/test/test_report.h"
#include "cli/test/test_run.h"

struct measures {
    struct session *session;
    ddbexpr_style style;            /* of what is printed */
    struct test_coverage *coverage; /* NULL: it is not asked for */
    struct test_mutants *mutants;   /* likewise */
    double least_coverage;          /* percent; below 0: any is fine */
};

/* Reads --coverage, --coverage-min, --coverage-json, --mutate, --mutate-time. EXIT_TRUE, or told, as all that follows.
 */
int measures_begin(struct session *session, ddbexpr_style style, struct measures *ret);
void measures_end(struct measures *measures);

/* Whether anything is measured. */
bool measures_anything(const struct measures *measures);

/* Takes a step that was run: for struct runner. */
int measures_step(void *measures, const struct step_run *run);

/* Takes the named requests of a file whose tests have all been run: what none of them evaluated is not covered. */
int measures_file(struct measures *measures, const char *path, const struct test_request *requests, size_t count);

/* Prints what was measured; EXIT_FALSE: less is covered than was asked for, or there is nothing to cover
 * (told). */
int measures_report(struct measures *measures, struct test_report *report);

#endif
