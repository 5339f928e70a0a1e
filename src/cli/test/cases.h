/* SPDX-License-Identifier: Apache-2.0 */
/* Case files (*.jsonl) as tests, line by line, in the form of tests/cases/README.md. However long a file is, no more
 * of it is in memory than one line. */
#ifndef DDBEXPR_CLI_TEST_CASES_H
#define DDBEXPR_CLI_TEST_CASES_H

#include "cli/test/test.h"

struct cases;

/* Opens a file, or standard input (`-`), whose lines may be read when they come. EXIT_TRUE, or told. */
int cases_open(struct session *session, const char *path, struct cases **ret);

/* The next case as a test of one step, which lives until the next call; *ret_test NULL at the end. A line that is no
 * case is told (path:line:column): EXIT_UNUSABLE, and one may go on. A file that cannot be read on is told likewise,
 * once, and has no further case. A request that cannot be read is a test whose step has a refusal. */
int cases_next(struct cases *cases, const struct test **ret_test);

/* NULL is fine. */
void cases_close(struct cases *cases);

#endif
