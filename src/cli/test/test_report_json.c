/* SPDX-License-Identifier: Apache-2.0 */
/* Results as one JSON object, whose tests are printed as they come. Documented in docs/test-output.md: members may be
 * added, and none taken away. */
#include "cli/report/report_tree.h"
#include "cli/test/test_report_format.h"
#include "cli/test/test_report_words.h"

struct report_json {
    struct tree tree;
    json_t *files;    /* an array */
    json_t *unusable; /* an array of paths */
    json_t *sections; /* an object */
    bool has_tests;
};

static void begin(struct test_report *report)
{
    struct report_json *json = ddbexpr_arena_alloc(report->arena, sizeof *json);
    report->state = json;
    if (!json) {
        words_keep(&report->out, DDBEXPR_NO_MEMORY);
        return;
    }
    *json = (struct report_json){.files = json_array(), .unusable = json_array(), .sections = json_object()};
    words_put(&report->out, "{\n  \"version\": 1,\n  \"tests\": [");
}

static void drop(struct test_report *report)
{
    struct report_json *json = report->state;
    json_decref(json->files);
    json_decref(json->unusable);
    json_decref(json->sections);
}

/* A tree (taken over), each of its lines but the first behind an indent. */
static void put_tree(struct test_report *report, const struct tree *tree, json_t *root, const char *indent)
{
    struct words text;
    words_begin(&text);
    if (text.status == DDBEXPR_OK)
        text.status = tree_print(tree, root, 2, text.buffer);
    json_decref(root);
    bool first = true;
    for (ddbexpr_str rest = words_text(&text), line; words_next_line(&rest, &line); first = false) {
        words_put(&report->out, first ? "" : "\n");
        words_put(&report->out, first ? "" : indent);
        words_bytes(&report->out, line);
    }
    words_end_part(&text, &report->out);
}

/* --- tests --- */

static void set_known_number(struct tree *tree, json_t *object, const char *name, size_t number)
{
    if (number)
        tree_set_number(tree, object, name, number);
}

/* A rendered text, without colours; nothing if there is none. */
static void set_rendered(struct test_report *report, struct tree *tree, json_t *object, const char *name,
                         ddbexpr_str text)
{
    struct words plain;
    if (text.len == 0)
        return;
    words_begin(&plain);
    words_rendered(&plain, text, "", false);
    tree_set_text(tree, object, name, words_text(&plain));
    words_end_part(&plain, &report->out);
}

static void set_differences(struct test_report *report, struct tree *tree, json_t *object,
                            const struct test_result *result)
{
    json_t *array = tree_set(tree, object, "differences", json_array());
    for (size_t i = 0; i < result->difference_count; i++) {
        const struct difference *difference = &result->differences[i];
        json_t *element = tree_append(tree, array, json_object());
        tree_set_text(tree, element, "what", ddbexpr_cstr(difference->what));
        if (result->test->is_sequence)
            tree_set_number(tree, element, "step", difference->step + 1);
        set_known_number(tree, element, "line", difference->place.line);
        set_known_number(tree, element, "column", difference->place.column);
        tree_set_text(tree, element, "expected", difference->expected);
        tree_set_text(tree, element, "actual", difference->actual);
        set_rendered(report, tree, element, "diff", difference->diff);
    }
}

static void set_failure(struct test_report *report, struct tree *tree, json_t *object, const struct test_result *result)
{
    if (result->test->is_sequence)
        tree_set_number(tree, object, "step", result->failed_step + 1);
    tree_set_text(tree, object, "answer", result->answer);
    set_differences(report, tree, object, result);
    set_rendered(report, tree, object, "explanation", result->explanation);
}

static json_t *test_object(struct test_report *report, struct tree *tree, const struct test_result *result)
{
    static const char *const verdicts[] = {
        [TEST_PASSED] = "passed", [TEST_FAILED] = "failed", [TEST_SKIPPED] = "skipped"};
    const struct test *test = result->test;
    json_t *object = json_object();
    tree_set_text(tree, object, "file", words_text(&report->path));
    set_known_number(tree, object, "line", test->place.line);
    set_known_number(tree, object, "column", test->place.column);
    tree_set_text(tree, object, "name", test->name);
    if (test->about.len)
        tree_set_text(tree, object, "about", test->about);
    tree_set_text(tree, object, "verdict", ddbexpr_cstr(verdicts[result->verdict]));
    if (result->verdict == TEST_SKIPPED)
        tree_set_text(tree, object, "reason", test->skip);
    if (result->verdict == TEST_FAILED)
        set_failure(report, tree, object, result);
    if (report->timed)
        tree_set(tree, object, "seconds", json_real(result->seconds));
    return object;
}

static void put_result(struct test_report *report, const struct test_result *result)
{
    struct report_json *json = report->state;
    struct tree tree = {false};
    json_t *object = test_object(report, &tree, result);
    words_put(&report->out, json->has_tests ? ",\n    " : "\n    ");
    json->has_tests = true;
    put_tree(report, &tree, object, "    ");
}

/* --- files, sections, the end --- */

static void set_counts(struct tree *tree, json_t *object, const struct test_summary *counts)
{
    tree_set_number(tree, object, "passed", counts->passed);
    tree_set_number(tree, object, "failed", counts->failed);
    tree_set_number(tree, object, "skipped", counts->skipped);
}

static void end_file(struct test_report *report)
{
    struct report_json *json = report->state;
    json_t *file = tree_append(&json->tree, json->files, json_object());
    tree_set_text(&json->tree, file, "file", words_text(&report->path));
    set_counts(&json->tree, file, &report->counts);
}

static void keep_unusable(struct test_report *report, ddbexpr_str path)
{
    struct report_json *json = report->state;
    tree_append(&json->tree, json->unusable, tree_text(path));
}

static bool keep_section(struct test_report *report, const char *name, ddbexpr_str text, ddbexpr_str json_text)
{
    struct report_json *json = report->state;
    json_t *section;
    json_error_t error;
    (void)text;
    if (json_text.len == 0)
        return false;
    tree_load(json_text, JSON_ALLOW_NUL, &section, &error);
    tree_set(&json->tree, json->sections, name, section);
    return true;
}

static void put_member(struct test_report *report, const char *name, json_t *value)
{
    const struct report_json *json = report->state;
    words_put(&report->out, ",\n  \"");
    words_put(&report->out, name);
    words_put(&report->out, "\": ");
    put_tree(report, &json->tree, value, "  ");
}

static void end(struct test_report *report, const struct test_summary *summary)
{
    struct report_json *json = report->state;
    const char *name;
    json_t *totals = json_object(), *section;
    tree_set_number(&json->tree, totals, "files", summary->files);
    set_counts(&json->tree, totals, summary);
    tree_set_number(&json->tree, totals, "unusable", summary->unusable);
    tree_set(&json->tree, totals, "stopped", json_boolean(summary->stopped));
    if (report->timed)
        tree_set(&json->tree, totals, "seconds", json_real(summary->seconds));
    words_put(&report->out, json->has_tests ? "\n  ]" : "]");
    put_member(report, "files", json_incref(json->files));
    put_member(report, "unusable", json_incref(json->unusable));
    put_member(report, "summary", totals);
    json_object_foreach(json->sections, name, section) put_member(report, name, json_incref(section));
    words_put(&report->out, "\n}\n");
}

const struct test_report_format test_report_json = {
    .name = "json",
    .begin = begin,
    .result = put_result,
    .file_ends = end_file,
    .unusable = keep_unusable,
    .section = keep_section,
    .end = end,
    .drop = drop,
};
