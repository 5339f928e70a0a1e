/* SPDX-License-Identifier: Apache-2.0 */
/* Results for people: what failed in full, what was skipped on a line, what passed as a number. */
#include "cli/test/test_report_format.h"
#include "cli/test/test_report_words.h"

#include <unistd.h>

/* orders.ddbtest.yaml:31:5: FAILED bounds › nothing left */
static void put_head(struct test_report *report, const struct test *test, const char *colour, const char *word)
{
    struct words *out = &report->out;
    words_colour(out, &report->style, WORDS_BOLD);
    test_words_place(out, words_text(&report->path), test->place);
    words_put(out, ":");
    words_plain(out, &report->style);
    words_put(out, " ");
    words_coloured(&report->out, &report->style, colour, word);
    words_put(out, " ");
    words_visible(out, test->name);
}

/* With an empty line behind them. */
static void put_details(struct test_report *report, const struct test_result *result)
{
    struct words details;
    words_begin(&details);
    test_words_details(&details, result, &report->style);
    words_rendered(&report->out, words_text(&details), "  ", true);
    words_put(&report->out, "\n");
    words_end_part(&details, &report->out);
}

static void put_result(struct test_report *report, const struct test_result *result)
{
    const struct test *test = result->test;
    struct words *out = &report->out;
    switch (result->verdict) {
    case TEST_PASSED:
        break;
    case TEST_FAILED:
        put_head(report, test, WORDS_RED, "FAILED");
        if (test->about.len) {
            words_put(out, ": ");
            words_visible(out, test->about);
        }
        words_put(out, "\n");
        put_details(report, result);
        break;
    case TEST_SKIPPED:
        if (report->quiet)
            break;
        put_head(report, test, WORDS_YELLOW, "skipped");
        words_put(out, ": ");
        words_visible(out, test->skip);
        words_put(out, "\n");
        break;
    }
}

/* ok orders.ddbtest.yaml (12 tests, 1 skipped) */
static void end_file(struct test_report *report)
{
    const struct test_summary *counts = &report->counts;
    size_t tests = counts->passed + counts->failed + counts->skipped;
    struct words *out = &report->out;
    if (report->quiet)
        return;
    if (counts->failed)
        words_coloured(&report->out, &report->style, WORDS_RED, "FAILED");
    else
        words_coloured(&report->out, &report->style, WORDS_GREEN, "ok");
    words_put(out, " ");
    words_visible(out, words_text(&report->path));
    words_put(out, " (");
    if (counts->failed) {
        words_number(out, counts->failed);
        words_put(out, " of ");
    }
    words_number(out, tests);
    words_put(out, tests == 1 ? " test" : " tests");
    if (counts->skipped) {
        words_put(out, ", ");
        words_number(out, counts->skipped);
        words_put(out, " skipped");
    }
    words_put(out, ")\n");
}

static bool put_section(struct test_report *report, const char *name, ddbexpr_str text, ddbexpr_str json)
{
    (void)name;
    (void)json;
    words_put(&report->out, "\n");
    words_rendered(&report->out, text, "", report->style.colour);
    return true;
}

static void end(struct test_report *report, const struct test_summary *summary)
{
    bool good = summary->failed == 0 && !test_words_is_unusable(summary);
    if (report->sections)
        words_put(&report->out, "\n");
    words_colour(&report->out, &report->style, good ? WORDS_GREEN : WORDS_RED);
    test_words_summary(&report->out, summary, report->timed || isatty(STDOUT_FILENO));
    words_plain(&report->out, &report->style);
    words_put(&report->out, "\n");
}

const struct test_report_format test_report_text = {
    .name = "text",
    .result = put_result,
    .file_ends = end_file,
    .section = put_section,
    .end = end,
};
