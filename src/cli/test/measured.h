/* SPDX-License-Identifier: Apache-2.0 */
/* Which condition or update is measured: where it stands, what a report calls it, and what tells it from others that
 * are alike. */
#ifndef DDBEXPR_CLI_TEST_MEASURED_H
#define DDBEXPR_CLI_TEST_MEASURED_H

#include "cli/test/test.h"

/* Where one stands. */
struct measured {
    const char *path;    /* of the suite or case file */
    size_t line;         /* of the request there */
    ddbexpr_str request; /* its name, or the file that it is from; empty: it is written into the test */
    size_t action;       /* of a transaction, from 1; 0: it is none */
    ddbexpr_kind kind;
};

/* Its scope and its label, for test_coverage.h and test_mutants.h: two named requests are different things even if
 * their conditions are alike, while what is written into tests is the same wherever it stands in a file. Both are
 * borrowed from the session's buffer. EXIT_TRUE, or told. */
int measured_words(struct session *session, const struct measured *measured, const char **ret_scope,
                   const char **ret_label);

/* An expression of a request, compiled by itself; *ret NULL: the request has none. Errors: INVALID, NO_MEMORY. */
ddbexpr_status measured_compile(const ddbexpr_request *request, ddbexpr_kind kind, ddbexpr_str text,
                                ddbexpr_program **ret);

#endif
