/* SPDX-License-Identifier: Apache-2.0 */
/* Results as JUnit writes them: a suite a file. The counts stand in front of what they count, so all is kept until the
 * end. An error says that the run was unusable. */
#include "cli/report/report_xml.h"
#include "cli/test/test_report_format.h"
#include "cli/test/test_report_words.h"

#include <stdio.h>
#include <string.h>

/* A result, as it will be written. */
struct junit_case {
    struct junit_case *next;
    enum test_verdict verdict;
    ddbexpr_str name, message, type, details;
    size_t line;
    double seconds;
};

struct junit_suite {
    struct junit_suite *next;
    ddbexpr_str path;
    struct test_summary counts;
    struct junit_case *first, **end;
};

struct junit {
    struct junit_suite *first, **end;
    struct junit_suite *current;
    struct junit_suite inputs; /* what could not be used, as cases without a verdict */
};

/* --- keeping --- */

static void *keep_bytes(struct test_report *report, size_t size)
{
    void *memory = ddbexpr_arena_alloc(report->arena, size);
    if (!memory)
        words_keep(&report->out, DDBEXPR_NO_MEMORY);
    return memory;
}

/* What was appended to some words, which are ended. */
static ddbexpr_str keep_words(struct test_report *report, struct words *words)
{
    ddbexpr_str text = words_last_line_open(words);
    char *copy = text.len ? keep_bytes(report, text.len) : NULL;
    if (copy)
        memcpy(copy, text.ptr, text.len);
    words_end_part(words, &report->out);
    return copy ? (ddbexpr_str){copy, text.len} : ddbexpr_cstr("");
}

static ddbexpr_str keep_visible(struct test_report *report, ddbexpr_str text)
{
    struct words words;
    words_begin(&words);
    words_visible(&words, text);
    return keep_words(report, &words);
}

static void begin(struct test_report *report)
{
    struct junit *junit = keep_bytes(report, sizeof *junit);
    report->state = junit;
    if (!junit)
        return;
    *junit = (struct junit){.first = NULL};
    junit->end = &junit->first;
    junit->inputs.end = &junit->inputs.first;
}

static ddbexpr_str keep_text(struct test_report *report, ddbexpr_str text)
{
    struct words words;
    words_begin(&words);
    words_bytes(&words, text);
    return keep_words(report, &words);
}

static void begin_file(struct test_report *report)
{
    struct junit *junit = report->state;
    struct junit_suite *suite = keep_bytes(report, sizeof *suite);
    if (!suite)
        return;
    *suite = (struct junit_suite){.path = keep_text(report, words_text(&report->path))};
    suite->end = &suite->first;
    *junit->end = suite;
    junit->end = &suite->next;
    junit->current = suite;
}

static void keep_failure(struct test_report *report, const struct test_result *result, struct junit_case *ret)
{
    struct words message, details;
    words_begin(&message);
    words_begin(&details);
    test_words_message(&message, result);
    test_words_details(&details, result, NULL);
    ret->message = keep_words(report, &message);
    ret->details = keep_words(report, &details);
    if (result->difference_count) /* a word of ours */
        ret->type = ddbexpr_cstr(result->differences[0].what);
}

static void keep_result(struct test_report *report, const struct test_result *result)
{
    struct junit *junit = report->state;
    struct junit_case *kept = keep_bytes(report, sizeof *kept);
    if (!kept || !junit->current)
        return;
    *kept = (struct junit_case){.verdict = result->verdict, .line = result->test->place.line};
    kept->seconds = result->seconds;
    kept->name = keep_visible(report, result->test->name);
    if (result->verdict == TEST_FAILED)
        keep_failure(report, result, kept);
    else if (result->verdict == TEST_SKIPPED)
        kept->message = keep_visible(report, result->test->skip);
    *junit->current->end = kept;
    junit->current->end = &kept->next;
}

static void end_file(struct test_report *report)
{
    struct junit *junit = report->state;
    if (junit->current)
        junit->current->counts = report->counts;
}

static void keep_input(struct test_report *report, ddbexpr_str name, ddbexpr_str why)
{
    struct junit *junit = report->state;
    struct junit_case *kept = keep_bytes(report, sizeof *kept);
    if (!kept)
        return;
    *kept = (struct junit_case){.name = keep_visible(report, name), .message = why};
    *junit->inputs.end = kept;
    junit->inputs.end = &kept->next;
    junit->inputs.counts.unusable++;
}

static void keep_unusable(struct test_report *report, ddbexpr_str path)
{
    keep_input(report, path, ddbexpr_cstr(TEST_WORDS_UNUSABLE));
}

/* --- writing --- */

static void put_counts(struct xml *xml, const struct test_summary *counts, size_t errors)
{
    xml_number(xml, "tests", counts->passed + counts->failed + counts->skipped + errors);
    xml_number(xml, "failures", counts->failed);
    xml_number(xml, "errors", errors);
    xml_number(xml, "skipped", counts->skipped);
}

static void put_time(struct xml *xml, const struct test_report *report, double seconds)
{
    char text[64];
    snprintf(text, sizeof text, "%.6f", seconds);
    if (report->timed)
        xml_attribute(xml, "time", ddbexpr_cstr(text));
}

/* The path without what all suites end in: where readers take a point for the end of a package, no suite is one called
 * yaml. */
static ddbexpr_str class_name(ddbexpr_str path)
{
    static const char *const endings[] = {".ddbtest.yaml", ".ddbtest.yml", ".ddbtest.json", ".jsonl"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (path.len > length && memcmp(path.ptr + path.len - length, endings[i], length) == 0)
            return (ddbexpr_str){path.ptr, path.len - length};
    }
    return path;
}

static void put_case(struct xml *xml, const struct test_report *report, ddbexpr_str path, const struct junit_case *kept)
{
    xml_open(xml, "testcase");
    xml_attribute(xml, "name", kept->name);
    xml_attribute(xml, "classname", class_name(path));
    xml_attribute(xml, "file", path);
    if (kept->line)
        xml_number(xml, "line", kept->line);
    put_time(xml, report, kept->seconds);
    switch (kept->verdict) {
    case TEST_PASSED:
        break;
    case TEST_FAILED:
        xml_open(xml, "failure");
        xml_attribute(xml, "message", kept->message);
        xml_attribute(xml, "type", kept->type);
        xml_text(xml, kept->details);
        xml_close(xml);
        break;
    case TEST_SKIPPED:
        xml_open(xml, "skipped");
        xml_attribute(xml, "message", kept->message);
        xml_close(xml);
        break;
    }
    xml_close(xml);
}

static void put_suite(struct xml *xml, const struct test_report *report, const struct junit_suite *suite)
{
    xml_open(xml, "testsuite");
    xml_attribute(xml, "name", suite->path);
    put_counts(xml, &suite->counts, 0);
    put_time(xml, report, suite->counts.seconds);
    for (const struct junit_case *kept = suite->first; kept; kept = kept->next)
        put_case(xml, report, suite->path, kept);
    xml_close(xml);
}

static void put_input(struct xml *xml, const struct junit_case *kept)
{
    xml_open(xml, "testcase");
    xml_attribute(xml, "name", kept->name);
    xml_attribute(xml, "classname", ddbexpr_cstr("inputs"));
    xml_open(xml, "error");
    xml_attribute(xml, "message", kept->message);
    xml_attribute(xml, "type", ddbexpr_cstr("unusable"));
    xml_close(xml);
    xml_close(xml);
}

static void put_inputs(struct xml *xml, const struct junit_suite *inputs)
{
    static const struct test_summary none = {.files = 0};
    if (!inputs->first)
        return;
    xml_open(xml, "testsuite");
    xml_attribute(xml, "name", ddbexpr_cstr("inputs"));
    put_counts(xml, &none, inputs->counts.unusable);
    for (const struct junit_case *kept = inputs->first; kept; kept = kept->next)
        put_input(xml, kept);
    xml_close(xml);
}

static void put_all(struct xml *xml, const struct test_report *report, const struct test_summary *summary)
{
    const struct junit *junit = report->state;
    xml_open(xml, "testsuites");
    xml_attribute(xml, "name", ddbexpr_cstr("ddbexpr test"));
    put_counts(xml, summary, junit->inputs.counts.unusable);
    put_time(xml, report, summary->seconds);
    for (const struct junit_suite *suite = junit->first; suite; suite = suite->next)
        put_suite(xml, report, suite);
    put_inputs(xml, &junit->inputs);
    xml_close(xml);
}

static void end(struct test_report *report, const struct test_summary *summary)
{
    struct xml xml;
    if (report->out.status == DDBEXPR_OK && test_words_is_empty(summary))
        keep_input(report, ddbexpr_cstr("a test"), ddbexpr_cstr(TEST_WORDS_NO_TESTS));
    if (report->out.status != DDBEXPR_OK) /* something could not be kept */
        return;
    xml_begin(&xml);
    put_all(&xml, report, summary);
    words_keep(&report->out, xml_end(&xml, report->out.buffer));
}

const struct test_report_format test_report_junit = {
    .name = "junit",
    .begin = begin,
    .file_begins = begin_file,
    .result = keep_result,
    .file_ends = end_file,
    .unusable = keep_unusable,
    .end = end,
};
