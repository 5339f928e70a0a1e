/* SPDX-License-Identifier: Apache-2.0 */
/* What several formats of `ddbexpr test` say in the same words: where a test stands, what differs, totals. User data is
 * made visible. */
#ifndef DDBEXPR_CLI_TEST_TEST_REPORT_WORDS_H
#define DDBEXPR_CLI_TEST_TEST_REPORT_WORDS_H

#include "cli/report/words.h"
#include "cli/test/test.h"

/* "orders.ddbtest.yaml:12:5"; what is not known (0) is left out. */
void test_words_place(struct words *out, ddbexpr_str path, struct test_place place);

/* Where a result is shown: at the first expectation that was not met, else at the test. */
struct test_place test_words_place_of(const struct test_result *result);

/* The first difference on one line: "error: expected ConditionalCheckFailedException, came success". */
void test_words_message(struct words *out, const struct test_result *result);

/* All that is to say about a test that failed, as lines: differences by step, the answer, the explanation. With the
 * style's colours, and shortened to its width; NULL: plain and in full. */
void test_words_details(struct words *out, const struct test_result *result, const ddbexpr_style *style);

/* "12 passed, 2 failed, 1 skipped in 0.01 s". */
void test_words_summary(struct words *out, const struct test_summary *summary, bool timed);

/* Of a file that could not be used; of a run without any test. */
#define TEST_WORDS_UNUSABLE "cannot be used: standard error says why"
#define TEST_WORDS_NO_TESTS "there are no tests"

/* Whether a run is good for nothing although no test has failed, and whether that is because there was none at all. */
bool test_words_is_unusable(const struct test_summary *summary);
bool test_words_is_empty(const struct test_summary *summary);

#endif
