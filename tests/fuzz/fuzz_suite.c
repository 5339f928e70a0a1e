/* SPDX-License-Identifier: Apache-2.0 */
/* A suite of `ddbexpr test`: read or refused; its tests are run, each passes or says what differs, and twice the same.
 */
#include "fuzz.h"

#include "cli/test/suite.h"
#include "cli/test/test_run.h"

#include <stdlib.h>

static void check_difference(const struct difference *d)
{
    REQUIRE(d->what && d->what[0]);
    REQUIRE(d->place.line >= 1);
}

static void check_result(const struct test *test, const struct test_result *result)
{
    REQUIRE(result->test == test);
    REQUIRE((result->verdict == TEST_SKIPPED) == (test->skip.len > 0));
    REQUIRE((result->verdict == TEST_FAILED) == (result->difference_count > 0));
    REQUIRE(result->difference_count == 0 || result->failed_step < test->step_count);
    for (size_t i = 0; i < result->difference_count; i++)
        check_difference(&result->differences[i]);
}

static void check_test(const struct test *test)
{
    REQUIRE(test->name.len > 0 && test->step_count >= 1 && test->table_count >= 1);
    REQUIRE(test->step_count == 1 || test->is_sequence);
    for (size_t t = 0; t < test->table_count; t++)
        for (size_t i = 0; i < test->tables[t].item_count; i++)
            REQUIRE(!ddbexpr_item_is_faulty(test->tables[t].items[i]));
}

static void run_test(struct runner *runner, const struct test *test)
{
    struct test_result first, second;
    REQUIRE(runner_run(runner, "s.ddbtest.yaml", test, &first) == EXIT_TRUE);
    check_result(test, &first);
    enum test_verdict verdict = first.verdict;
    size_t differences = first.difference_count;
    REQUIRE(runner_run(runner, "s.ddbtest.yaml", test, &second) == EXIT_TRUE);
    REQUIRE(second.verdict == verdict && second.difference_count == differences);
}

static void run_tests(struct session *session, struct suite *suite)
{
    struct runner runner;
    REQUIRE(runner_begin(session, &runner) == EXIT_TRUE);
    for (const struct test *test; (test = suite_next(suite));) {
        check_test(test);
        run_test(&runner, test);
    }
    runner_end(&runner);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    struct options options = {0};
    struct session session;
    struct suite *suite = NULL;
    REQUIRE(session_begin(&session, &options) == EXIT_TRUE);
    fuzz_listen();
    int exit = suite_open_text(&session, "s.ddbtest.yaml", fuzz_rest(&input), &suite);
    char *told = fuzz_told();
    REQUIRE(exit == EXIT_TRUE || exit == EXIT_UNUSABLE);
    REQUIRE((exit == EXIT_TRUE) == (told[0] == '\0'));
    free(told);
    if (exit == EXIT_TRUE)
        run_tests(&session, suite);
    suite_close(suite);
    session_end(&session);
    fuzz_close(&input);
    return 0;
}
