/* SPDX-License-Identifier: Apache-2.0 */
/* Results as TAP version 13: https://testanything.org/tap-version-13-specification.html. The harness of Perl in Debian
 * 12 knows no later one, and nothing of a later one is needed. It reads little of YAML: ours is written so that it can.
 */
#include "cli/report/yaml_text.h"
#include "cli/test/test_report_format.h"
#include "cli/test/test_report_words.h"

struct tap {
    size_t count; /* test points so far */
};

static void begin(struct test_report *report)
{
    struct tap *tap = ddbexpr_arena_alloc(report->arena, sizeof *tap);
    report->state = tap;
    if (!tap) {
        words_keep(&report->out, DDBEXPR_NO_MEMORY);
        return;
    }
    *tap = (struct tap){0};
    words_put(&report->out, "TAP version 13\n");
}

static void begin_file(struct test_report *report)
{
    words_put(&report->out, "# ");
    words_visible(&report->out, words_text(&report->path));
    words_put(&report->out, "\n");
}

/* --- test points --- */

/* A description ends at a number sign: with a directive behind it the test would count as something else. */
static void put_description(struct words *out, ddbexpr_str name)
{
    struct words visible;
    words_begin(&visible);
    words_visible(&visible, name);
    ddbexpr_str text = words_text(&visible);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '#' || text.ptr[i] == '\\')
            words_put(out, "\\");
        words_bytes(out, (ddbexpr_str){text.ptr + i, 1});
    }
    words_end_part(&visible, out);
}

static void put_point(struct test_report *report, bool good, ddbexpr_str name)
{
    struct tap *tap = report->state;
    words_put(&report->out, good ? "ok " : "not ok ");
    words_number(&report->out, ++tap->count);
    words_put(&report->out, " - ");
    put_description(&report->out, name);
}

/* --- what is said of a failure, as YAML --- */

static void put_text(struct words *out, const char *member, ddbexpr_str text)
{
    words_put(out, member);
    words_put(out, ": ");
    yaml_quoted(out, text);
    words_put(out, "\n");
}

/* Nothing where it is not known. */
static void put_number(struct words *out, const char *member, size_t number)
{
    if (number == 0)
        return;
    words_put(out, member);
    words_put(out, ": ");
    words_number(out, number);
    words_put(out, "\n");
}

/* Lines that were rendered, if there are any. */
static void put_lines(struct words *out, const char *member, ddbexpr_str text, const char *indent)
{
    struct words plain;
    if (text.len == 0)
        return;
    words_begin(&plain);
    words_rendered(&plain, text, "", false);
    words_put(out, member);
    words_put(out, ": ");
    yaml_lines(out, words_text(&plain), indent);
    words_end_part(&plain, out);
}

static void put_difference(struct words *out, const struct test *test, const struct difference *difference)
{
    put_text(out, "    - what", ddbexpr_cstr(difference->what));
    if (test->is_sequence)
        put_number(out, "      step", difference->step + 1);
    put_number(out, "      line", difference->place.line);
    put_number(out, "      column", difference->place.column);
    put_text(out, "      expected", difference->expected);
    put_text(out, "      actual", difference->actual);
    put_lines(out, "      diff", difference->diff, "        ");
}

static void put_differences(struct words *out, const struct test_result *result)
{
    if (result->difference_count == 0)
        return;
    put_text(out, "  expected", result->differences[0].expected);
    put_text(out, "  actual", result->differences[0].actual);
    words_put(out, "  differences:\n");
    for (size_t i = 0; i < result->difference_count; i++)
        put_difference(out, result->test, &result->differences[i]);
}

static void put_message(struct words *out, const struct test_result *result)
{
    struct words message;
    words_begin(&message);
    test_words_message(&message, result);
    put_text(out, "  message", words_text(&message));
    words_end_part(&message, out);
}

/* Members that harnesses know (message, severity, at, expected, actual) come before ours. */
static void put_diagnostics(struct test_report *report, const struct test_result *result)
{
    struct test_place place = test_words_place_of(result);
    struct words *out = &report->out;
    words_put(out, "  ---\n");
    put_message(out, result);
    words_put(out, "  severity: fail\n  at:\n");
    put_text(out, "    file", words_text(&report->path));
    put_number(out, "    line", place.line);
    put_number(out, "    column", place.column);
    put_differences(out, result);
    if (result->test->is_sequence)
        put_number(out, "  step", result->failed_step + 1);
    put_text(out, "  answer", result->answer);
    put_lines(out, "  explanation", result->explanation, "    ");
    words_put(out, "  ...\n");
}

static void put_result(struct test_report *report, const struct test_result *result)
{
    put_point(report, result->verdict != TEST_FAILED, result->test->name);
    if (result->verdict == TEST_SKIPPED) {
        words_put(&report->out, " # SKIP ");
        words_visible(&report->out, result->test->skip);
    }
    words_put(&report->out, "\n");
    if (result->verdict == TEST_FAILED)
        put_diagnostics(report, result);
}

/* --- sections and the end --- */

/* Each line as a comment. */
static bool put_section(struct test_report *report, const char *name, ddbexpr_str text, ddbexpr_str json)
{
    struct words *out = &report->out, plain;
    ddbexpr_str rest, line;
    (void)json;
    words_begin(&plain);
    words_rendered(&plain, text, "", false);
    words_put(out, "# ");
    words_put(out, name);
    words_put(out, "\n");
    for (rest = words_text(&plain); words_next_line(&rest, &line);) {
        words_put(out, line.len ? "# " : "#");
        words_visible(out, line);
        words_put(out, "\n");
    }
    words_end_part(&plain, out);
    return true;
}

/* Harnesses judge by test points: what makes a run unusable is one that fails. */
static void put_unusable(struct test_report *report, ddbexpr_str path)
{
    struct words what;
    words_begin(&what);
    words_bytes(&what, path);
    words_put(&what, " " TEST_WORDS_UNUSABLE);
    put_point(report, false, words_text(&what));
    words_put(&report->out, "\n");
    words_end_part(&what, &report->out);
}

static void end(struct test_report *report, const struct test_summary *summary)
{
    const struct tap *tap = report->state;
    if (test_words_is_empty(summary)) {
        put_point(report, false, ddbexpr_cstr(TEST_WORDS_NO_TESTS));
        words_put(&report->out, "\n");
    }
    words_put(&report->out, "1..");
    words_number(&report->out, tap->count);
    words_put(&report->out, "\n# ");
    test_words_summary(&report->out, summary, false);
    words_put(&report->out, "\n");
}

const struct test_report_format test_report_tap = {
    .name = "tap",
    .begin = begin,
    .file_begins = begin_file,
    .result = put_result,
    .unusable = put_unusable,
    .section = put_section,
    .end = end,
};
