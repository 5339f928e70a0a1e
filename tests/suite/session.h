/* SPDX-License-Identifier: Apache-2.0 */
/* What tests of suites share: a session without a command line, and what was told on standard error meanwhile. */
#ifndef DDBEXPR_TESTS_SUITE_SESSION_H
#define DDBEXPR_TESTS_SUITE_SESSION_H

#include "cli/test/suite.h"

#include "../unit/support.h"

#include <unistd.h>

struct fixture {
    struct options options;
    struct option_given given[4];
    struct session session;
    struct suite *suite;
    char *text; /* of the suite, exactly as long as it is, so that reading past the end is seen */
    char told[8192];
};

static inline void open_session(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    f->options.given = f->given;
    assert_int_equal(session_begin(&f->session, &f->options), EXIT_TRUE);
}

static inline void close_session(struct fixture *f)
{
    suite_close(f->suite);
    free(f->text);
    session_end(&f->session);
}

/* Standard error into `told`, while a function runs. */
static inline int listen(struct fixture *f, int (*run)(struct fixture *f, const void *argument), const void *argument)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
    int result = run(f, argument);
    fflush(stderr);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    close(kept);
    rewind(file);
    size_t length = fread(f->told, 1, sizeof f->told - 1, file);
    f->told[length] = '\0';
    fclose(file);
    return result;
}

struct named_text {
    const char *path;
    ddbexpr_str text;
};

static inline int open_named(struct fixture *f, const void *argument)
{
    const struct named_text *named = argument;
    suite_close(f->suite);
    free(f->text);
    f->suite = NULL;
    f->text = malloc(named->text.len ? named->text.len : 1);
    assert_non_null(f->text);
    memcpy(f->text, named->text.ptr, named->text.len);
    return suite_open_text(&f->session, named->path, (ddbexpr_str){f->text, named->text.len}, &f->suite);
}

/* Reads a suite; what is told is in `told`. */
static inline int read_suite(struct fixture *f, const char *path, const char *text)
{
    const struct named_text named = {path, ddbexpr_cstr(text)};
    return listen(f, open_named, &named);
}

/* Reads one that is good. */
static inline void read_good(struct fixture *f, const char *text)
{
    int exit = read_suite(f, "s.ddbtest.yaml", text);
    assert_string_equal(f->told, "");
    assert_int_equal(exit, EXIT_TRUE);
}

static inline const struct test *next_test(struct fixture *f)
{
    const struct test *test = suite_next(f->suite);
    assert_non_null(test);
    return test;
}

/* An item as DynamoDB JSON. */
static inline void assert_item_is(struct fixture *f, const ddbexpr_value *item, const char *json)
{
    ddbexpr_buffer_clear(f->session.out);
    assert_non_null(item);
    assert_int_equal(ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 0, f->session.out), DDBEXPR_OK);
    assert_string_equal(ddbexpr_buffer_text(f->session.out).ptr, json);
}

#endif
