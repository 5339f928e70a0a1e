/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr test: runs suites and case files, and says what differed. */
#include "cli/test/test_measure.h"
#include "cli/test/test_report.h"
#include "cli/test/test_run.h"
#include "cli/test/test_update.h"
#include "cli/walk.h"

#include <string.h>
#include <time.h>

/* Everything that a run needs. */
struct plan {
    struct session *session;
    struct path_list paths;
    struct runner runner;
    struct measures measures;
    struct test_report *report;
    struct test_summary summary;
    bool fail_fast, updates;
    size_t updated; /* expectations that were written anew */
};

static int take_unusable(struct plan *p, const char *path)
{
    p->summary.unusable++;
    return test_report_unusable(p->report, path);
}

/* --- which files --- */

static int find_files(struct plan *p)
{
    static const char *const usual[] = {"*.ddbtest.yaml", "*.ddbtest.yml", "*.ddbtest.json", NULL};
    static char here[] = ".";
    struct session *s = p->session;
    char *nothing_given[] = {here};
    char **arguments = s->options->argument_count ? s->options->arguments : nothing_given;
    size_t count = s->options->argument_count ? s->options->argument_count : 1;
    for (size_t i = 0; i < count; i++) {
        size_t before = p->paths.count;
        bool unusable = false;
        int exit = EXIT_TRUE;
        if (is_folder(arguments[i]))
            exit = walk_folder(s, arguments[i], usual, &p->paths, &unusable);
        else if (!path_list_add(s->arena, &p->paths, arguments[i]))
            exit = exit_for_status(DDBEXPR_NO_MEMORY);
        if (exit == EXIT_TRUE && unusable)
            exit = take_unusable(p, arguments[i]);
        if (exit == EXIT_TRUE && p->paths.count == before) {
            complain("%s: no suite: they are called *.ddbtest.yaml, *.ddbtest.yml or *.ddbtest.json", arguments[i]);
            exit = take_unusable(p, arguments[i]);
        }
        if (exit != EXIT_TRUE)
            return exit;
    }
    return path_list_unique(s->arena, &p->paths);
}

/* --- which tests --- */

static bool is_wanted(const struct options *options, const struct test *test)
{
    bool filtered = false;
    for (size_t i = 0; i < options->given_count; i++) {
        if (options->given[i].id != OPTION_FILTER)
            continue;
        if (has_text(test->name, ddbexpr_cstr(options->given[i].value)))
            return true;
        filtered = true;
    }
    return !filtered;
}

/* --- running them --- */

static void count(struct test_summary *summary, enum test_verdict verdict)
{
    summary->passed += verdict == TEST_PASSED;
    summary->failed += verdict == TEST_FAILED;
    summary->skipped += verdict == TEST_SKIPPED;
}

static int run_test(struct plan *p, const char *path, const struct test *test, struct test_update *update)
{
    struct test_result result;
    int exit = runner_run(&p->runner, path, test, &result);
    if (exit != EXIT_TRUE)
        return exit;
    count(&p->summary, result.verdict);
    p->summary.stopped = result.verdict == TEST_FAILED && p->fail_fast;
    exit = test_report_result(p->report, &result);
    return exit == EXIT_TRUE && update ? test_update_add(update, &result) : exit;
}

/* What cannot be read is told and counted, and the rest is run all the same. */
static int run_tests(struct plan *p, struct test_file *file, struct test_update *update)
{
    while (!p->summary.stopped) {
        const struct test *test;
        int exit = test_file_next(file, &test);
        if (exit == EXIT_UNUSABLE)
            exit = take_unusable(p, test_file_path(file));
        else if (exit == EXIT_TRUE && !test)
            return exit;
        else if (exit == EXIT_TRUE && is_wanted(p->session->options, test))
            exit = run_test(p, test_file_path(file), test, update);
        if (exit != EXIT_TRUE)
            return exit;
    }
    return EXIT_TRUE;
}

/* With --update: what differs is written anew once all tests of the file have run. */
static int run_and_update(struct plan *p, struct test_file *file)
{
    struct test_update *update;
    int exit = test_update_begin(p->session, test_file_path(file), test_file_text(file), &update);
    if (exit != EXIT_TRUE)
        return exit;
    exit = run_tests(p, file, update);
    size_t changed = 0;
    if (exit == EXIT_TRUE)
        exit = test_update_end(update, &changed);
    p->updated += changed;
    test_update_free(update);
    return exit;
}

/* What no test ran is not covered: said only where all tests of a file were to be run. */
static int measure_requests(struct plan *p, struct test_file *file)
{
    size_t count;
    if (!p->measures.coverage || p->summary.stopped || options_has(p->session->options, OPTION_FILTER))
        return EXIT_TRUE;
    const struct test_request *requests = test_file_requests(file, &count);
    return requests ? measures_file(&p->measures, test_file_path(file), requests, count)
                    : exit_for_status(DDBEXPR_NO_MEMORY);
}

static int run_file(struct plan *p, const char *path)
{
    struct test_file *file;
    int exit = test_file_open(p->session, path, &file);
    if (exit != EXIT_TRUE)
        return exit == EXIT_UNUSABLE ? take_unusable(p, path) : exit;
    p->summary.files++;
    exit = test_report_file(p->report, path);
    if (exit == EXIT_TRUE)
        exit = p->updates ? run_and_update(p, file) : run_tests(p, file, NULL);
    if (exit == EXIT_TRUE)
        exit = measure_requests(p, file);
    test_file_close(file);
    return exit;
}

static int run_files(struct plan *p)
{
    struct timespec begin, end;
    int exit = EXIT_TRUE;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (size_t i = 0; i < p->paths.count && exit == EXIT_TRUE && !p->summary.stopped; i++)
        exit = run_file(p, p->paths.paths[i]);
    clock_gettime(CLOCK_MONOTONIC, &end);
    p->summary.seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
    return exit;
}

static int exit_of(const struct plan *p)
{
    const struct test_summary *s = &p->summary;
    bool nothing = s->passed + s->failed + s->skipped == 0;
    if (nothing && s->unusable == 0)
        complain(options_has(p->session->options, OPTION_FILTER) ? "no test has a name with --filter in it"
                                                                 : "there are no tests");
    if (nothing || s->unusable)
        return EXIT_UNUSABLE;
    return s->failed ? EXIT_FALSE : EXIT_TRUE;
}

/* The measures need the runner, and it them. */
static int begin(struct plan *p)
{
    int exit = runner_begin(p->session, &p->runner);
    if (exit == EXIT_TRUE)
        exit = measures_begin(p->session, p->runner.style, &p->measures);
    if (exit == EXIT_TRUE)
        exit = test_report_begin(p->session, &p->report);
    if (exit == EXIT_TRUE && measures_anything(&p->measures)) {
        p->runner.explains_all = true;
        p->runner.watch = measures_step;
        p->runner.watch_context = &p->measures;
    }
    return exit;
}

/* What was measured, then the totals. Too little coverage fails a run that would have passed. */
static int report(struct plan *p)
{
    int measured = measures_report(&p->measures, p->report);
    if (measured > EXIT_FALSE)
        return measured;
    int exit = test_report_end(p->report, &p->summary);
    p->report = NULL;
    if (exit == EXIT_TRUE)
        exit = exit_of(p);
    return exit == EXIT_TRUE ? measured : exit;
}

static int test(struct plan *p)
{
    int exit = begin(p);
    if (exit == EXIT_TRUE)
        exit = find_files(p);
    if (exit == EXIT_TRUE)
        exit = run_files(p);
    if (exit == EXIT_TRUE)
        exit = report(p);
    test_report_free(p->report);
    measures_end(&p->measures);
    runner_end(&p->runner);
    return exit;
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    struct plan plan = {.session = &session,
                        .fail_fast = options_has(options, OPTION_FAIL_FAST),
                        .updates = options_has(options, OPTION_UPDATE)};
    exit = test(&plan);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"filter", "TEXT", "only tests with this in their name; several times: any of them", OPTION_FILTER},
    {"fail-fast", NULL, "stop at the first test that fails", OPTION_FAIL_FAST},
    {"update", NULL, "write what came in place of what was expected, into the suites; the changes are shown",
     OPTION_UPDATE},
    {"coverage", NULL, "which clauses have decided, true and false; which actions were applied", OPTION_COVERAGE},
    {"coverage-min", "PERCENT", "fail if less than this of it is covered", OPTION_COVERAGE_MIN},
    {"coverage-json", "FILE", "the same as JSON, into a file", OPTION_COVERAGE_JSON},
    {"mutate", NULL, "whether the tests would notice if conditions were a little different", OPTION_MUTATE},
    {"mutate-time", "SECONDS", "… for at most so long (60)", OPTION_MUTATE_TIME},
    OPTION_SPECS_TEST_REPORT,
    {"include", "GLOB", "in folders: which files (*.ddbtest.yaml, .yml and .json)", OPTION_INCLUDE},
    {"exclude", "GLOB", "in folders: which files and folders not", OPTION_EXCLUDE},
    OPTION_SPEC_MESSAGES,
    OPTION_SPEC_COLOR,
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_test = {
    "test",
    "runs unit tests of conditions and updates, without a table",
    "[OPTION …] [SUITE|CASES.jsonl|FOLDER …]",
    "A suite (*.ddbtest.yaml, .yml or .json) has items, requests, and what should come of them: see docs/testing.md.\n"
    "Without arguments those in this folder and below it. Case files are JSON Lines: see tests/cases/README.md.\n"
    "`-` is standard input: case lines if it begins with {, else a suite in YAML; suites in JSON come from files.\n"
    "Exit status: 0 if all tests passed, 1 if some did not or too little is covered, 3 if a file cannot be used or "
    "there are no tests.",
    "  printf '%s\\n' 'table: {key: {pk: S}}' 'tests:' '  - name: creates what is not there' \\\n"
    "    '    request: {op: PutItem, Item: {pk: a}, ConditionExpression: attribute_not_exists(pk)}' \\\n"
    "    '    expect: success' | ddbexpr test -",
    specs,
    run,
};
