/* SPDX-License-Identifier: Apache-2.0 */
/* Reports at work: options, which format, what is printed when. Must not know how a format looks. */
#include "cli/test/test_report_format.h"

#include "cli/report/xml_library.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct test_report_format *const formats[] = {
    &test_report_text, &test_report_tap, &test_report_junit, &test_report_json, &test_report_github,
};

/* --- beginning --- */

static bool read_format(const struct session *session, const struct test_report_format **ret)
{
    const char *given = options_value(session->options, OPTION_REPORT_FORMAT);
    *ret = formats[0];
    for (size_t i = 0; given && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, given) == 0) {
            *ret = formats[i];
            return *ret != &test_report_junit || xml_library_is_there(given);
        }
    if (given)
        complain("--format is text, tap, junit, json or github, not '%s'", given);
    return !given;
}

/* Prints what a format has appended, and says how all that went. */
static int print(struct test_report *report)
{
    ddbexpr_str out = words_text(&report->out), err = words_text(&report->err);
    words_keep(&report->out, report->err.status);
    if (report->out.status != DDBEXPR_OK)
        return exit_for_status(report->out.status);
    if (out.len || err.len)
        progress_hide(&report->progress);
    if (!put_out(out))
        return EXIT_INTERNAL;
    if (err.len) {
        if (!flush_out()) /* both may go into one log */
            return EXIT_INTERNAL;
        put_err(err);
    }
    words_clear(&report->out);
    words_clear(&report->err);
    return EXIT_TRUE;
}

static int begin(struct test_report *report)
{
    words_begin(&report->out);
    words_begin(&report->err);
    words_begin(&report->path);
    words_begin(&report->last_unusable);
    words_keep(&report->out, report->path.status);
    words_keep(&report->out, report->last_unusable.status);
    words_keep(&report->out, ddbexpr_arena_new(NULL, &report->arena));
    report->style = style_for(report->session, STDOUT_FILENO);
    report->quiet = options_has(report->session->options, OPTION_QUIET);
    report->timed = options_has(report->session->options, OPTION_TIMES);
    progress_begin(&report->progress, "tests");
    if (report->out.status == DDBEXPR_OK && report->format->begin)
        report->format->begin(report);
    return print(report);
}

int test_report_begin(struct session *session, struct test_report **ret)
{
    const struct test_report_format *format;
    *ret = NULL;
    if (!read_format(session, &format))
        return EXIT_UNUSABLE;
    struct test_report *report = calloc(1, sizeof *report);
    if (!report)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    report->session = session;
    report->format = format;
    int exit = begin(report);
    if (exit == EXIT_TRUE)
        *ret = report;
    else
        test_report_free(report);
    return exit;
}

/* --- files and results --- */

static void end_file(struct test_report *report)
{
    if (report->in_file && report->format->file_ends)
        report->format->file_ends(report);
    report->in_file = false;
}

int test_report_file(struct test_report *report, const char *path)
{
    end_file(report);
    words_clear(&report->path);
    words_put(&report->path, path);
    words_keep(&report->out, report->path.status);
    report->in_file = true;
    report->counts = (struct test_summary){.files = 1};
    if (report->format->file_begins)
        report->format->file_begins(report);
    return print(report);
}

static void count(struct test_summary *counts, const struct test_result *result)
{
    switch (result->verdict) {
    case TEST_PASSED:
        counts->passed++;
        break;
    case TEST_FAILED:
        counts->failed++;
        break;
    case TEST_SKIPPED:
        counts->skipped++;
        break;
    }
    counts->seconds += result->seconds;
}

int test_report_result(struct test_report *report, const struct test_result *result)
{
    count(&report->counts, result);
    report->results++;
    report->format->result(report, result);
    int exit = print(report);
    if (report->progress.terminal && !report->quiet)
        progress_step(&report->progress, report->results);
    return exit;
}

/* Lines of one file come one after another. */
int test_report_unusable(struct test_report *report, const char *path)
{
    ddbexpr_str last = words_text(&report->last_unusable);
    if (report->unusable && last.len == strlen(path) && memcmp(last.ptr, path, last.len) == 0)
        return EXIT_TRUE;
    report->unusable++;
    words_clear(&report->last_unusable);
    words_put(&report->last_unusable, path);
    words_keep(&report->out, report->last_unusable.status);
    if (report->format->unusable)
        report->format->unusable(report, words_text(&report->last_unusable));
    return print(report);
}

/* --- sections and the end --- */

int test_report_section(struct test_report *report, const char *name, ddbexpr_str text, ddbexpr_str json)
{
    end_file(report);
    report->sections++;
    if (!report->format->section || !report->format->section(report, name, text, json)) {
        const char *wanted = options_value(report->session->options, OPTION_COLOR);
        words_rendered(&report->err, text, "", wants_colour(STDERR_FILENO, wanted));
    }
    return print(report);
}

int test_report_end(struct test_report *report, const struct test_summary *summary)
{
    end_file(report);
    report->format->end(report, summary);
    int exit = print(report);
    if (exit == EXIT_TRUE && !flush_out())
        exit = EXIT_INTERNAL;
    test_report_free(report);
    return exit;
}

void test_report_free(struct test_report *report)
{
    if (!report)
        return;
    progress_hide(&report->progress);
    if (report->state && report->format->drop)
        report->format->drop(report);
    words_end(&report->last_unusable);
    words_end(&report->path);
    words_end(&report->err);
    words_end(&report->out);
    ddbexpr_arena_free(report->arena);
    free(report);
}
