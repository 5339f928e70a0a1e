/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests have shown of the conditions and updates they ran, over all of them: which goals are reached
 * (ddbexpr/coverage.h), and items that would reach the others. Knows no test and no runner: evaluations come in, one
 * after another, and nothing of them is borrowed. */
#ifndef DDBEXPR_CLI_TEST_TEST_COVERAGE_H
#define DDBEXPR_CLI_TEST_TEST_COVERAGE_H

#include "cli/arguments.h"

struct test_coverage;

/* Nothing has been run yet. EXIT_TRUE, or told. */
int test_coverage_new(struct session *session, struct test_coverage **ret);

/* Counts an evaluation of a condition (filter, key condition). Evaluations of one scope, kind and text whose name
 * placeholders stand for the same names are of one condition. `scope` tells apart what is alike and of different
 * requests; `label` says where it is from ("orders.ddbtest.yaml:12: request pay, ConditionExpression"): the first one
 * is kept. `test` is the name of the test. `request` is the one whose member the expression is, of a transaction its
 * action. EXIT_TRUE, or told. */
int test_coverage_condition(struct test_coverage *coverage, const char *scope, const char *label, ddbexpr_str test,
                            const ddbexpr_explanation *explanation, const ddbexpr_request *request);

/* The same for an update; one that could not be applied is counted as well. */
int test_coverage_update(struct test_coverage *coverage, const char *scope, const char *label,
                         const ddbexpr_update_explanation *explanation, const ddbexpr_request *request);

/* Says that there is a condition or an update, whether or not it is ever evaluated: its goals count. The explanation is
 * only for its shape, and is not counted. Nothing changes where it is known. */
int test_coverage_declare_condition(struct test_coverage *coverage, const char *scope, const char *label,
                                    const ddbexpr_explanation *explanation, const ddbexpr_request *request);
int test_coverage_declare_update(struct test_coverage *coverage, const char *scope, const char *label,
                                 const ddbexpr_update_explanation *explanation, const ddbexpr_request *request);

/* Goals of all conditions and updates, those that are reached, and how many that are in a hundred: 0 where there are no
 * goals. */
size_t test_coverage_goals(const struct test_coverage *coverage);
size_t test_coverage_reached(const struct test_coverage *coverage);
double test_coverage_percent(const struct test_coverage *coverage);

/* Appends it for people: each condition and update with what is missing and how to have it, and the total. style NULL:
 * plain, 80 columns. Errors: NO_MEMORY. */
ddbexpr_status test_coverage_text(struct test_coverage *coverage, const ddbexpr_style *style, ddbexpr_buffer *out);

/* Appends it as one JSON object, documented in docs/json-output.md. Errors: NO_MEMORY. */
ddbexpr_status test_coverage_json(struct test_coverage *coverage, ddbexpr_buffer *out);

/* NULL is fine. */
void test_coverage_free(struct test_coverage *coverage);

#endif
