/* SPDX-License-Identifier: Apache-2.0 */
/* A file of tests by its kind: lines of cases, or a suite. */
#include "cli/test/cases.h"
#include "cli/test/suite.h"

#include <stdlib.h>
#include <string.h>

struct test_file {
    const char *path;
    struct suite *suite; /* one of the two */
    struct cases *cases;
};

static bool is_case_file(const char *path)
{
    static const char end[] = ".jsonl";
    size_t length = strlen(path);
    return length >= sizeof end - 1 && strcmp(path + length - (sizeof end - 1), end) == 0;
}

int test_file_open(struct session *session, const char *path, struct test_file **ret)
{
    struct test_file *file = calloc(1, sizeof *file);
    if (!file)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    file->path = path;
    int exit = is_case_file(path) ? cases_open(session, path, &file->cases) : suite_open(session, path, &file->suite);
    if (exit == EXIT_TRUE)
        *ret = file;
    else
        free(file);
    return exit;
}

int test_file_next(struct test_file *file, const struct test **ret_test)
{
    if (file->cases)
        return cases_next(file->cases, ret_test);
    *ret_test = suite_next(file->suite);
    return EXIT_TRUE;
}

const struct test_request *test_file_requests(struct test_file *file, size_t *ret_count)
{
    static const struct test_request none = {.name = {NULL, 0}};
    *ret_count = 0;
    return file->suite ? suite_requests(file->suite, ret_count) : &none;
}

ddbexpr_str test_file_text(const struct test_file *file)
{
    return file->suite ? suite_text(file->suite) : (ddbexpr_str){NULL, 0};
}

const char *test_file_path(const struct test_file *file) { return file->path; }

void test_file_close(struct test_file *file)
{
    if (!file)
        return;
    suite_close(file->suite);
    cases_close(file->cases);
    free(file);
}
