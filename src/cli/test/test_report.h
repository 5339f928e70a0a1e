/* SPDX-License-Identifier: Apache-2.0 */
/* What `ddbexpr test` prints of results, in one of several formats: each result as it comes, then the whole. */
#ifndef DDBEXPR_CLI_TEST_TEST_REPORT_H
#define DDBEXPR_CLI_TEST_TEST_REPORT_H

#include "cli/test/test.h"

/* A format at work; reports keep nothing of a result but copies. */
struct test_report;

/* Reads --format, --quiet and --color and begins. EXIT_TRUE, or told. */
int test_report_begin(struct session *session, struct test_report **ret);

/* A file begins; its results follow. EXIT_TRUE, or told, as all that follows. */
int test_report_file(struct test_report *report, const char *path);
int test_report_result(struct test_report *report, const struct test_result *result);

/* A file, or a line of one, could not be used; why was told on standard error, and each path is reported once. */
int test_report_unusable(struct test_report *report, const char *path);

/* A section after the results: coverage, mutants. `text` is for people; `json` (an object; may be empty) becomes the
 * member `name` of --format json. Formats that have no place for it put the text where people see it: comments of TAP,
 * standard error. */
int test_report_section(struct test_report *report, const char *name, ddbexpr_str text, ddbexpr_str json);

/* The end: totals, and all that could not be printed before. Frees the report. */
int test_report_end(struct test_report *report, const struct test_summary *summary);

/* Frees a report that did not come to its end. NULL is fine. */
void test_report_free(struct test_report *report);

/* What test_report_begin reads, besides --color. */
#define OPTION_SPECS_TEST_REPORT                                                                                       \
    {"format", "FORMAT", "text, tap, junit, json or github", OPTION_REPORT_FORMAT},                                    \
        {"quiet", NULL, "text: only failures and the summary", OPTION_QUIET},                                          \
    {                                                                                                                  \
        "times", NULL, "say how long tests took: in text, JUnit and JSON", OPTION_TIMES                                \
    }

#endif
