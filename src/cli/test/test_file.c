/* SPDX-License-Identifier: Apache-2.0 */
/* A file of tests by its kind: lines of cases, or a suite. */
#include "cli/test/cases.h"
#include "cli/test/suite.h"

#include "cli/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* --- standard input: what it is, its first byte says --- */

/* False: there is none. */
static bool read_byte(char *ret)
{
    ssize_t got;
    do
        got = read(STDIN_FILENO, ret, 1);
    while (got < 0 && errno == EINTR);
    return got == 1;
}

static int open_input_as_suite(struct session *session, const char *first, struct test_file *file)
{
    ddbexpr_str rest;
    size_t lead = first ? 1 : 0;
    if (!read_file(session->arena, "-", &rest))
        return EXIT_UNUSABLE;
    char *text = ddbexpr_arena_alloc(session->arena, lead + rest.len + 1);
    if (!text)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    if (first)
        text[0] = *first;
    memcpy(text + lead, rest.ptr, rest.len);
    text[lead + rest.len] = '\0';
    return suite_open_text(session, file->path, (ddbexpr_str){text, lead + rest.len}, &file->suite);
}

static int open_input(struct session *session, struct test_file *file)
{
    char first;
    bool has_any = read_byte(&first);
    if (!has_any || first != '{')
        return open_input_as_suite(session, has_any ? &first : NULL, file);
    ungetc(first, stdin); /* nothing else has read from there */
    return cases_open(session, file->path, &file->cases);
}

/* --- any file --- */

static int open_it(struct session *session, struct test_file *file)
{
    if (strcmp(file->path, "-") == 0)
        return open_input(session, file);
    return is_case_file(file->path) ? cases_open(session, file->path, &file->cases)
                                    : suite_open(session, file->path, &file->suite);
}

int test_file_open(struct session *session, const char *path, struct test_file **ret)
{
    struct test_file *file = calloc(1, sizeof *file);
    if (!file)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    file->path = path;
    int exit = open_it(session, file);
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
    bool is_input = strcmp(file->path, "-") == 0;
    return file->suite && !is_input ? suite_text(file->suite) : (ddbexpr_str){NULL, 0};
}

const char *test_file_path(const struct test_file *file) { return file->path; }

void test_file_close(struct test_file *file)
{
    suite_close(file->suite);
    cases_close(file->cases);
    free(file);
}
