/* SPDX-License-Identifier: Apache-2.0 */
/* Case files: one test a line, in the form of tests/cases/README.md. */
#ifndef DDBEXPR_CLI_TEST_CASES_H
#define DDBEXPR_CLI_TEST_CASES_H

#include "cli/test/test.h"

/* A case file while it is read, line by line. */
struct cases;

/* Opens one. EXIT_TRUE, or told. */
int cases_open(struct session *session, const char *path, struct cases **ret);

/* The next test, which lives until the next call; *ret_test NULL at the end. A line that is no case is told:
 * EXIT_UNUSABLE, and one may go on. */
int cases_next(struct cases *cases, const struct test **ret_test);

/* NULL is fine. */
void cases_close(struct cases *cases);

#endif
