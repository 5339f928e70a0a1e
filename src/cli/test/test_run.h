/* SPDX-License-Identifier: Apache-2.0 */
/* Running one test: its steps one after another against tables of its own. */
#ifndef DDBEXPR_CLI_TEST_TEST_RUN_H
#define DDBEXPR_CLI_TEST_TEST_RUN_H

#include "cli/test/test_compare.h"

/* A step that was run, for those who measure what tests exercise. Everything is borrowed for the call. */
struct step_run {
    const char *path; /* of the file */
    const struct test *test;
    const struct test_step *step;
    const struct answer *answer;
    const ddbexpr_table *tables; /* before the step */
    size_t table_count;
    bool passed;
};

/* Who runs tests. Memory is used again from test to test. */
struct runner {
    struct session *session;
    ddbexpr_arena *arena; /* of one test */
    ddbexpr_diags *diags;
    ddbexpr_buffer *text;
    ddbexpr_style style;                                     /* of explanations and diffs */
    bool explains_all;                                       /* `watch` wants the explanation of every step */
    int (*watch)(void *context, const struct step_run *run); /* NULL: nobody measures. EXIT_TRUE, or told */
    void *watch_context;
};

int runner_begin(struct session *session, struct runner *ret);
void runner_end(struct runner *runner);

/* Runs a test. The result lives until the next one. EXIT_TRUE, or told. */
int runner_run(struct runner *runner, const char *path, const struct test *test, struct test_result *ret);

#endif
