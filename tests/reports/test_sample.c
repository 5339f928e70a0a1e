/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a report of `ddbexpr test` about results that are made up: those that docs/test-output.md shows (plain), those
 * that no repository should hold, full of what formats have to escape (odd), or none (none). The allocation with the
 * number that is given fails; with 0 their number is told on standard error.
 *
 * usage: test-report-sample plain|odd|none [NUMBER] [OPTION of test's reports …] */
#include "cli/test/test_report.h"

#include <jansson.h>
#include <libxml/xmlmemory.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define S(text)                                                                                                        \
    {                                                                                                                  \
        text, sizeof text - 1                                                                                          \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- allocations: the linker puts these in front of the C library's (--wrap) --- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static size_t allocations, failing_allocation; /* the latter from 1 */

static bool fails(void) { return ++allocations == failing_allocation; }

void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return fails() ? NULL : __real_calloc(count, size); }
void *__wrap_realloc(void *old, size_t size) { return fails() ? NULL : __real_realloc(old, size); }

static char *copy(const char *text)
{
    char *made = malloc(strlen(text) + 1);
    return made ? strcpy(made, text) : NULL;
}

/* --- what is reported --- */

struct sample {
    const char *path; /* NULL: that of the one before */
    struct test test;
    struct test_result result;
};

#define AT(line, column)                                                                                               \
    {                                                                                                                  \
        line, column                                                                                                   \
    }

static const struct difference wrong_outcome[] = {
    {.place = AT(31, 17), .what = "outcome", .expected = S("ConditionalCheckFailedException"), .actual = S("success")},
    {.place = AT(32, 14),
     .what = "item after",
     .expected = S("{\"pk\": {\"S\": \"s#1\"}, \"stock\": {\"N\": \"1\"}}"),
     .actual = S("{\"pk\": {\"S\": \"s#1\"}, \"stock\": {\"N\": \"0\"}}"),
     .diff = S("~ stock  N 1 -> N 0\n")},
};

static const struct test_step race[] = {
    {.name = S("A writes"), .place = AT(36, 9)},
    {.name = S("B writes"), .place = AT(37, 9)},
};

static const struct difference wrong_blame[] = {
    {.step = 1,
     .place = AT(37, 88),
     .what = "because",
     .expected = S("stock >= :qty"),
     .actual = S("version = :current")},
};

static const struct sample plain[] = {
    {"orders.ddbtest.yaml", {.name = S("pays once"), .place = AT(12, 5)}, {.verdict = TEST_PASSED, .seconds = 0.00025}},
    {NULL, {.name = S("another version is stored"), .place = AT(16, 5)}, {.verdict = TEST_PASSED, .seconds = 0.00025}},
    {"stock.ddbtest.yaml",
     {.name = S("bounds › the last one"), .place = AT(27, 9)},
     {.verdict = TEST_PASSED, .seconds = 0.00025}},
    {NULL,
     {.name = S("bounds › nothing is left"), .place = AT(30, 9), .step_count = 1},
     {.verdict = TEST_FAILED,
      .differences = wrong_outcome,
      .difference_count = 2,
      .answer = S("success"),
      .explanation = S("ConditionExpression is true\n"
                       "\n"
                       "  stock >= :qty  true   `stock` is N 1 where `:qty` is N 1\n"),
      .seconds = 0.0005}},
    {NULL,
     {.name = S("the race"), .place = AT(34, 5), .steps = race, .step_count = 2, .is_sequence = true},
     {.verdict = TEST_FAILED,
      .differences = wrong_blame,
      .difference_count = 1,
      .failed_step = 1,
      .answer = S("ConditionalCheckFailedException: The conditional request failed"),
      .explanation = S("ConditionExpression is false\n"
                       "\n"
                       "> version = :current  false  `version` is N 4 where `:current` is N 3\n"
                       "\n"
                       "To blame:\n"
                       "  version = :current is false: `version` is N 4 where `:current` is N 3\n"
                       "    needed: `version` would have to be N 3, or `:current` N 4\n"),
      .seconds = 0.0005}},
    {NULL,
     {.name = S("two stores"), .place = AT(40, 5), .skip = S("waits for the second table")},
     {.verdict = TEST_SKIPPED}},
};

/* Everything that could end a line, a string, a comment, an element, a command, or drive a terminal. */
#define ODD                                                                                                            \
    "# TO"                                                                                                             \
    "DO \\# SKIP \\ \"'<&>]]>%0A::,\n...\n---\n\r\t\x1b[31m\xff\xe2\x80\xae\xc2\x85\xe2\x80\xa8\xef\xbf\xbf\x7f "      \
    "é 😀"

static const struct test_step odd_steps[] = {
    {.name = S("first " ODD), .place = AT(5, 7)}, {.name = S("")}, {.name = S("third"), .place = AT(9, 7)}};

static const struct difference odd_differences[] = {
    {.step = 0, .place = AT(6, 1), .what = "message", .expected = S(ODD), .actual = S("")},
    {.step = 1,
     .what = "Attributes",
     .expected = S(" blank in front"),
     .actual = S("ends in a blank "),
     .diff = S("\033[32m+ a\033[0m  S \"\\x1b\"\n\n\033[31m- b\033[0m  N 1")},
    {.step = 1,
     .place = AT(7, 0),
     .what = "table",
     .expected = S("~"),
     .actual = S("null"),
     .diff = S("  blanks first\n")},
    {.step = 2, .place = AT(9, 9), .what = "message", .expected = S("\n"), .actual = S("\\"), .diff = S("~ a  S \"\n")},
};

static const struct sample odd[] = {
    {"dir/empty.ddbtest.json", {.name = {NULL, 0}}, {.verdict = TEST_PASSED}}, /* no test: see print */
    {"odd :,%,\n\"<&>'::.ddbtest.yaml", {.name = S("passes " ODD)}, {.verdict = TEST_PASSED}},
    {NULL,
     {.name = S("fails " ODD),
      .about = S(ODD),
      .place = AT(4, 3),
      .steps = odd_steps,
      .step_count = 3,
      .is_sequence = true},
     {.verdict = TEST_FAILED,
      .differences = odd_differences,
      .difference_count = 4,
      .failed_step = 1,
      .answer = S("ValidationException: " ODD),
      .explanation = S("\033[1mCondition\033[0mExpression is false\n\n> \033[2ma\033[0m  `\\x1b` \"é\"\n")}},
    {NULL, {.name = S("skipped " ODD), .skip = S(ODD)}, {.verdict = TEST_SKIPPED}},
    {"bad\xff\x1b[31m.jsonl", {.name = S("5 is a number"), .place = AT(1, 0)}, {.verdict = TEST_PASSED}},
    {NULL, {.name = S("- "), .place = AT(2, 0)}, {.verdict = TEST_FAILED}},
};

static const ddbexpr_str coverage_text = S("\033[1mcondition\033[0m  \\x1b\n\nok 1 - no test point\n"),
                         coverage_json = S("{\"percent\": 50, \"clauses\": [\"\\u202e\", {}]}"), no_text = S("");

/* --- reporting it --- */

static void count(struct test_summary *summary, const struct test_result *result)
{
    summary->passed += result->verdict == TEST_PASSED;
    summary->failed += result->verdict == TEST_FAILED;
    summary->skipped += result->verdict == TEST_SKIPPED;
    summary->seconds += result->seconds;
}

static int report_samples(struct test_report *report, const struct sample *samples, size_t number,
                          struct test_summary *summary)
{
    int exit = EXIT_TRUE;
    for (size_t i = 0; exit == EXIT_TRUE && i < number; i++) {
        struct test_result result = samples[i].result;
        result.test = &samples[i].test;
        if (samples[i].path) {
            exit = test_report_file(report, samples[i].path);
            summary->files++;
        }
        if (exit == EXIT_TRUE && result.test->name.ptr) {
            count(summary, &result);
            exit = test_report_result(report, &result);
        }
    }
    return exit;
}

/* Two lines of one file, and another file. */
static int report_unusable(struct test_report *report)
{
    static const char *const paths[] = {"bad\xff\x1b[31m.jsonl", "bad\xff\x1b[31m.jsonl",
                                        "odd :,%,\n\"<&>'::.ddbtest.yaml"};
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < COUNT(paths) && exit == EXIT_TRUE; i++)
        exit = test_report_unusable(report, paths[i]);
    return exit;
}

static int report_set(struct test_report *report, const char *set)
{
    struct test_summary summary = {.files = 0};
    bool is_odd = strcmp(set, "odd") == 0;
    int exit = EXIT_TRUE;
    if (is_odd)
        exit = report_samples(report, odd, COUNT(odd), &summary);
    else if (strcmp(set, "plain") == 0)
        exit = report_samples(report, plain, COUNT(plain), &summary);
    if (is_odd && exit == EXIT_TRUE)
        exit = report_unusable(report);
    if (is_odd && exit == EXIT_TRUE)
        exit = test_report_section(report, "coverage", coverage_text, coverage_json);
    if (is_odd && exit == EXIT_TRUE)
        exit = test_report_section(report, "mutants", coverage_text, no_text);
    if (exit != EXIT_TRUE) {
        test_report_free(report);
        return exit;
    }
    summary.unusable = is_odd ? 3 : 0;
    summary.stopped = is_odd;
    exit = test_report_end(report, &summary);
    return exit == EXIT_TRUE && summary.failed ? EXIT_FALSE : exit;
}

static const struct option_spec specs[] = {OPTION_SPECS_TEST_REPORT, OPTION_SPEC_COLOR, {NULL, NULL, NULL, 0}};

static int run(const struct options *options)
{
    struct session session;
    struct test_report *report;
    const char *number = options->argument_count > 1 ? options->arguments[1] : NULL;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    allocations = 0;
    failing_allocation = number ? strtoul(number, NULL, 10) : 0;
    exit = test_report_begin(&session, &report);
    if (exit == EXIT_TRUE)
        exit = report_set(report, options->arguments[0]);
    if (number && !failing_allocation)
        fprintf(stderr, "%zu\n", allocations);
    session_end(&session);
    return exit;
}

int main(int argc, char **argv)
{
    struct options options;
    json_set_alloc_funcs(malloc, free);
    xmlMemSetup(free, malloc, realloc, copy);
    int exit = options_parse(argc, argv, specs, &options) && options.argument_count ? run(&options) : EXIT_UNUSABLE;
    free(options.given);
    return exit;
}
