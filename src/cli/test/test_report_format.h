/* SPDX-License-Identifier: Apache-2.0 */
/* What a format of `ddbexpr test` is: functions that append to what is printed next. Only formats and test_report.c
 * include this. */
#ifndef DDBEXPR_CLI_TEST_TEST_REPORT_FORMAT_H
#define DDBEXPR_CLI_TEST_TEST_REPORT_FORMAT_H

#include "cli/progress.h"
#include "cli/report/words.h"
#include "cli/test/test_report.h"

struct test_report {
    struct session *session;
    const struct test_report_format *format;
    struct words out, err;      /* what is printed next; what fails in a format fails here */
    struct words path;          /* of the file whose results come now */
    bool in_file;               /* whether one has begun */
    struct test_summary counts; /* of its results */
    ddbexpr_style style;        /* of standard output */
    bool quiet;                 /* --quiet */
    bool timed;                 /* --times */
    struct progress progress;
    size_t results, sections; /* so far */
    size_t unusable;          /* paths that were reported so */
    struct words last_unusable;
    ddbexpr_arena *arena; /* what formats keep until the end */
    void *state;          /* the same */
};

/* All but `name`, `result` and `end` may be NULL. */
struct test_report_format {
    const char *name;
    void (*begin)(struct test_report *report);
    void (*file_begins)(struct test_report *report);
    void (*result)(struct test_report *report, const struct test_result *result);
    void (*file_ends)(struct test_report *report);
    void (*unusable)(struct test_report *report, ddbexpr_str path);
    /* False, or NULL: this format has no place for it. */
    bool (*section)(struct test_report *report, const char *name, ddbexpr_str text, ddbexpr_str json);
    void (*end)(struct test_report *report, const struct test_summary *summary);
    void (*drop)(struct test_report *report); /* frees what the state holds outside of the arena */
};

extern const struct test_report_format test_report_text, test_report_tap, test_report_junit, test_report_json,
    test_report_github;

#endif
