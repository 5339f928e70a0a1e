/* SPDX-License-Identifier: Apache-2.0 */
/* Failures as workflow commands, which GitHub Actions turns into annotations; the summary on standard error. */
#include "cli/report/workflow_command.h"
#include "cli/test/test_report_format.h"
#include "cli/test/test_report_words.h"

/* file=orders.ddbtest.yaml,line=34,col=13 */
static void put_place(struct test_report *report, const struct test_result *result)
{
    struct test_place place = test_words_place_of(result);
    struct words *out = &report->out;
    words_keep(out, workflow_append_property(out->buffer, "file", words_text(&report->path)));
    if (place.line) {
        words_put(out, ",line=");
        words_number(out, place.line);
    }
    if (place.line && place.column) {
        words_put(out, ",col=");
        words_number(out, place.column);
    }
}

static void put_result(struct test_report *report, const struct test_result *result)
{
    struct words *out = &report->out, name, details;
    if (result->verdict != TEST_FAILED)
        return;
    words_begin(&name);
    words_begin(&details);
    words_visible(&name, result->test->name);
    test_words_details(&details, result, NULL);
    words_put(out, "::error ");
    put_place(report, result);
    words_put(out, ",");
    words_keep(out, workflow_append_property(out->buffer, "title", words_text(&name)));
    words_keep(out, workflow_append_message(out->buffer, words_last_line_open(&details)));
    words_put(out, "\n");
    words_end_part(&details, out);
    words_end_part(&name, out);
}

static void put_unusable(struct test_report *report, ddbexpr_str path)
{
    struct words *out = &report->out;
    words_put(out, "::error ");
    words_keep(out, workflow_append_property(out->buffer, "file", path));
    words_put(out, ",title=ddbexpr test");
    words_keep(out, workflow_append_message(out->buffer, ddbexpr_cstr(TEST_WORDS_UNUSABLE)));
    words_put(out, "\n");
}

static void end(struct test_report *report, const struct test_summary *summary)
{
    if (test_words_is_empty(summary))
        words_put(&report->out, "::error title=ddbexpr test::" TEST_WORDS_NO_TESTS "\n");
    test_words_summary(&report->err, summary, report->timed);
    words_put(&report->err, "\n");
}

const struct test_report_format test_report_github = {
    .name = "github", .result = put_result, .unusable = put_unusable, .end = end};
