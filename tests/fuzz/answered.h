/* SPDX-License-Identifier: Apache-2.0 */
/* A question answered, and everything that must hold of the answer. */
#ifndef DDBEXPR_TESTS_FUZZ_ANSWERED_H
#define DDBEXPR_TESTS_FUZZ_ANSWERED_H

#include "fuzz.h"

/* Runs, checks, explains and lints the question: all must agree. Appends the answer as one line. */
void check_question(const ddbexpr_question *question, ddbexpr_buffer *answer);

#endif
