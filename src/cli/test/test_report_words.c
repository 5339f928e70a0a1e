/* SPDX-License-Identifier: Apache-2.0 */
/* The words that formats share. Must not know any format. */
#include "cli/test/test_report_words.h"

#include <stdio.h>
#include <string.h>

/* --- places --- */

static void put_line_and_column(struct words *out, struct test_place place)
{
    words_number(out, place.line);
    if (place.column) {
        words_put(out, ":");
        words_number(out, place.column);
    }
}

void test_words_place(struct words *out, ddbexpr_str path, struct test_place place)
{
    words_visible(out, path);
    if (place.line) {
        words_put(out, ":");
        put_line_and_column(out, place);
    }
}

struct test_place test_words_place_of(const struct test_result *result)
{
    bool known = result->difference_count && result->differences[0].place.line;
    return known ? result->differences[0].place : result->test->place;
}

/* --- one test --- */

/* What a message says of a value: its beginning. */
#define MESSAGE_VALUE 120
/* A value is shortened only where a diff beside it says what matters; it keeps this much. */
#define LEAST_VALUE 24
/* Columns in front of a value: the text's indent, ours, the label. */
#define VALUE_INDENT 14

/* The value on one line, its beginning if it is longer than `most` bytes. */
static void put_value(struct words *out, ddbexpr_str value, size_t most)
{
    size_t length = value.len;
    if (length > most)
        for (length = most; length > 0 && ((unsigned char)value.ptr[length] & 0xc0) == 0x80;)
            length--; /* not within a character */
    words_visible(out, (ddbexpr_str){value.ptr, length});
    if (length < value.len)
        words_put(out, "…");
}

static ddbexpr_str or_nothing(ddbexpr_str value) { return value.len ? value : ddbexpr_cstr("(nothing)"); }

void test_words_message(struct words *out, const struct test_result *result)
{
    if (result->difference_count == 0)
        return;
    const struct difference *first = &result->differences[0];
    words_put(out, first->what);
    words_put(out, ": expected ");
    put_value(out, or_nothing(first->expected), MESSAGE_VALUE);
    words_put(out, ", came ");
    put_value(out, or_nothing(first->actual), MESSAGE_VALUE);
}

static void put_labelled(struct words *out, const char *label, ddbexpr_str value, size_t most,
                         const ddbexpr_style *style)
{
    ddbexpr_str rest = or_nothing(value), line;
    words_put(out, "  ");
    words_coloured(out, style, WORDS_DIM, label);
    if (words_next_line(&rest, &line))
        put_value(out, line, most);
    words_put(out, "\n");
    while (words_next_line(&rest, &line)) {
        words_put(out, "            ");
        words_visible(out, line);
        words_put(out, "\n");
    }
}

/* How many bytes of a value are shown beside a diff. */
static size_t width_beside_diff(const ddbexpr_style *style)
{
    if (!style || style->width == 0)
        return SIZE_MAX;
    return style->width > VALUE_INDENT + LEAST_VALUE ? style->width - VALUE_INDENT - 1 : LEAST_VALUE;
}

static void put_difference(struct words *out, const struct difference *difference, const ddbexpr_style *style)
{
    size_t most = difference->diff.len ? width_beside_diff(style) : SIZE_MAX;
    words_coloured(out, style, WORDS_BOLD, difference->what);
    if (difference->place.line) {
        words_put(out, " (");
        put_line_and_column(out, difference->place);
        words_put(out, ")");
    }
    words_put(out, "\n");
    put_labelled(out, "expected: ", difference->expected, most, style);
    put_labelled(out, "came:     ", difference->actual, most, style);
    words_rendered(out, difference->diff, "  ", style && style->colour);
}

/* "step 2, B writes (14:9)" */
static void put_step(struct words *out, const struct test *test, size_t number, const ddbexpr_style *style)
{
    words_colour(out, style, WORDS_BOLD);
    words_put(out, "step ");
    words_number(out, number + 1);
    words_plain(out, style);
    if (number < test->step_count) {
        const struct test_step *step = &test->steps[number];
        if (step->name.len) {
            words_put(out, ", ");
            words_visible(out, step->name);
        }
        if (step->place.line) {
            words_put(out, " (");
            put_line_and_column(out, step->place);
            words_put(out, ")");
        }
    }
    words_put(out, "\n");
}

/* The answer is told where no difference has told it as what came. */
static bool is_told(const struct test_result *result)
{
    for (size_t i = 0; i < result->difference_count; i++) {
        ddbexpr_str actual = result->differences[i].actual;
        if (result->differences[i].step == result->failed_step && actual.len == result->answer.len &&
            (actual.len == 0 || memcmp(actual.ptr, result->answer.ptr, actual.len) == 0))
            return true;
    }
    return result->answer.len == 0;
}

static void put_reasons(struct words *out, const struct test_result *result, const ddbexpr_style *style)
{
    if (!is_told(result)) {
        words_coloured(out, style, WORDS_BOLD, "answer");
        words_put(out, ": ");
        words_visible(out, result->answer);
        words_put(out, "\n");
    }
    if (result->explanation.len) {
        words_coloured(out, style, WORDS_BOLD, "why");
        words_put(out, "\n");
        words_rendered(out, result->explanation, "  ", style && style->colour);
    }
}

void test_words_details(struct words *out, const struct test_result *result, const ddbexpr_style *style)
{
    const struct difference *differences = result->differences;
    bool reasons_put = false;
    for (size_t i = 0; i < result->difference_count; i++) {
        bool first = i == 0 || differences[i].step != differences[i - 1].step;
        if (first && !reasons_put && i && differences[i - 1].step == result->failed_step) {
            put_reasons(out, result, style);
            reasons_put = true;
        }
        if (first && result->test->is_sequence)
            put_step(out, result->test, differences[i].step, style);
        put_difference(out, &differences[i], style);
    }
    if (!reasons_put)
        put_reasons(out, result, style);
}

/* --- the whole --- */

static bool has_no_tests(const struct test_summary *summary)
{
    return summary->passed + summary->failed + summary->skipped == 0;
}

bool test_words_is_unusable(const struct test_summary *summary) { return summary->unusable || has_no_tests(summary); }

bool test_words_is_empty(const struct test_summary *summary) { return !summary->unusable && has_no_tests(summary); }

/* "2 failed", behind a comma if something stands before it. */
static void put_count(struct words *out, size_t *written, size_t number, const char *what)
{
    if (number == 0)
        return;
    words_put(out, (*written)++ ? ", " : "");
    words_number(out, number);
    words_put(out, what);
}

void test_words_summary(struct words *out, const struct test_summary *summary, bool timed)
{
    size_t written = 0;
    put_count(out, &written, summary->passed, " passed");
    put_count(out, &written, summary->failed, " failed");
    put_count(out, &written, summary->skipped, " skipped");
    if (!written)
        words_put(out, "no tests");
    if (summary->unusable) {
        words_put(out, ", ");
        words_number(out, summary->unusable);
        words_put(out, " unusable");
    }
    if (timed) {
        char text[64];
        snprintf(text, sizeof text, " in %.2f s", summary->seconds);
        words_put(out, text);
    }
    if (summary->stopped)
        words_put(out, "; stopped at the first failure");
}
