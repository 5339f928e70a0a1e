/* SPDX-License-Identifier: Apache-2.0 */
/* Suites: tests that people write in YAML or JSON. docs/suites.md is for those who do. */
#ifndef DDBEXPR_CLI_TEST_SUITE_H
#define DDBEXPR_CLI_TEST_SUITE_H

#include "cli/test/test.h"

/* A suite that has been read; it owns all that its tests are made of. */
struct suite;

/* Reads a suite. All faults are told, each with its place: EXIT_UNUSABLE. */
int suite_open(struct session *session, const char *path, struct suite **ret);

/* The same of a text, which is borrowed; files that it names lie beside `path`. */
int suite_open_text(struct session *session, const char *path, ddbexpr_str text, struct suite **ret);

/* The next test, or NULL. */
const struct test *suite_next(struct suite *suite);

/* Its named requests: as test_file_requests. */
const struct test_request *suite_requests(struct suite *suite, size_t *ret_count);

/* Its text; NULL pointer: the places of its nodes are not known in bytes. */
ddbexpr_str suite_text(const struct suite *suite);

/* NULL is fine. */
void suite_close(struct suite *suite);

#endif
