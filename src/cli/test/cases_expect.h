/* SPDX-License-Identifier: Apache-2.0 */
/* What a case expects, as tests/cases/README.md has it. */
#ifndef DDBEXPR_CLI_TEST_CASES_EXPECT_H
#define DDBEXPR_CLI_TEST_CASES_EXPECT_H

#include "cli/test/case_line.h"

/* Reads the member `expect`; what is wrong is told, and the line counts it. */
void cases_read_expect(struct case_line *line, const struct case_node *expect, ddbexpr_messages messages,
                       struct expectation *ret);

/* Whether the tables that are expected are those of the question; what is not, is told. */
void cases_check_tables(struct case_line *line, const struct expectation *expect, const ddbexpr_question *question);

#endif
