/* SPDX-License-Identifier: Apache-2.0 */
/* What a test is, whether a suite or a line of a case file says it, and what comes of it. Readers fill these structs,
 * the runner compares, reports print. Must not know how a file or a report looks. */
#ifndef DDBEXPR_CLI_TEST_TEST_H
#define DDBEXPR_CLI_TEST_TEST_H

#include "cli/arguments.h"

struct yaml_node;

/* Where something stands in the file of its test; from 1, columns in characters. */
struct test_place {
    size_t line, column;
};

/* --- what is expected. `given` false: nothing is said about it. `node`: the value's node in the suite, which --update
 * writes anew; NULL in case files. --- */

/* A text: equal to any of some, and with all of some in it, and as a pattern has it. */
struct expected_text {
    bool given;
    const ddbexpr_str *any;
    size_t any_count;
    bool prefix_is_optional; /* "1 validation error detected: " may stand before it (tests/cases/README.md) */
    const ddbexpr_str *parts;
    size_t part_count;
    ddbexpr_str pattern; /* POSIX extended; empty: none */
    struct test_place place;
    const struct yaml_node *node;
};

/* An item, or (NULL) that there is none. */
struct expected_item {
    bool given;
    const ddbexpr_value *item;
    bool is_part; /* it may have more attributes than these */
    struct test_place place;
    const struct yaml_node *node;
};

struct expected_items {
    bool given;
    bool absent; /* there must be no such member */
    const ddbexpr_value *const *items;
    size_t count;
    bool ordered;
    struct test_place place;
    const struct yaml_node *node;
};

struct expected_count {
    bool given;
    bool absent;
    size_t count;
    struct test_place place;
    const struct yaml_node *node;
};

/* All items of a table afterwards. */
struct expected_table {
    ddbexpr_str name; /* empty: the only one */
    struct expected_items items;
};

/* One of CancellationReasons. */
struct expected_reason {
    ddbexpr_str code; /* empty: any */
    struct expected_text message;
    struct expected_item item;
};

/* The clauses that are to blame, all of them, as texts. */
struct expected_blame {
    size_t action; /* of a transaction, from 1; 0: the only one that failed */
    const ddbexpr_str *clauses;
    size_t clause_count;
    struct test_place place;
    const struct yaml_node *node;
};

struct expectation {
    struct test_place place;
    const struct yaml_node *node; /* NULL: nothing is said (a step), which means success; or a case */
    bool fails;                   /* an error is expected */
    ddbexpr_str error_type;       /* empty: any error */
    struct expected_text message;
    const struct expected_blame *blames;
    size_t blame_count;
    struct expected_item after; /* the item at the request's key */
    const struct expected_table *tables;
    size_t table_count;
    /* members of the answer */
    struct expected_item attributes, item, last_evaluated_key; /* item: of GetItem, or of the error */
    struct expected_items items;
    struct expected_count returned_count, scanned_count;
    const struct expected_reason *reasons;
    size_t reason_count;
    bool reasons_given;
    struct test_place reasons_place;
    const struct yaml_node *reasons_node;
};

/* --- tests --- */

/* One request and its expectation. */
struct test_step {
    ddbexpr_str name; /* may be empty */
    struct test_place place;
    ddbexpr_str request_name; /* of the suite's requests, or the file it is from; empty: it has none */
    struct test_place request_place;
    ddbexpr_request request;
    const ddbexpr_diags *refusal; /* the request could not be read: the service answers with a SerializationException
                                     or as the diagnostics say; NULL: it could */
    struct expectation expect;
};

struct test {
    ddbexpr_str name;  /* "the test › the row": unique in its file; a case's id */
    ddbexpr_str about; /* of a case; may be empty */
    struct test_place place;
    ddbexpr_str skip;            /* why it is not run; empty: it is */
    const ddbexpr_table *tables; /* with what is stored before the first step */
    size_t table_count;
    const struct test_step *steps;
    size_t step_count; /* 1 but for sequences */
    bool is_sequence;
};

/* A file of tests while it is read. What it gives lives in its own arena: of a suite until it is closed, of a case file
 * until the next test. */
struct test_file;

/* Opens a file, or a suite whose text is unusable: told, EXIT_UNUSABLE. */
int test_file_open(struct session *session, const char *path, struct test_file **ret);

/* The next test; *ret_test NULL at the end. A line that is no case is told: EXIT_UNUSABLE, and one may go on. */
int test_file_next(struct test_file *file, const struct test **ret_test);

/* A request that a suite names, without the changes of tests. */
struct test_request {
    ddbexpr_str name;
    struct test_place place; /* of its name */
    ddbexpr_request request;
    const ddbexpr_table *tables; /* of the suite */
    size_t table_count;
};

/* The named requests of a suite, each once, whether or not a test uses it; those that cannot be read as they are,
 * without what tests add, are left out. What a state machine fills in is among the request's `unknown_values`. A case
 * file has none. They live until the file is closed. NULL: no memory. */
const struct test_request *test_file_requests(struct test_file *file, size_t *ret_count);

/* The text of a suite, for --update; NULL pointer: a case file, or one that cannot be changed. */
ddbexpr_str test_file_text(const struct test_file *file);
const char *test_file_path(const struct test_file *file);
void test_file_close(struct test_file *file);

/* --- results --- */

/* One expectation that was not met. Texts are as they are: whoever prints makes them visible. */
struct difference {
    size_t step;             /* from 0 */
    struct test_place place; /* of the expectation */
    const char *what;        /* "outcome", "error", "message", "item after", "table", "Attributes", "because", … */
    ddbexpr_str expected;    /* in words, or as a value; may have several lines */
    ddbexpr_str actual;
    ddbexpr_str diff;             /* of items, rendered by ddbexpr_diff_render; may be empty */
    const struct yaml_node *node; /* what --update would replace; NULL: nothing, or it cannot */
    ddbexpr_str replacement;      /* as one line of YAML that is also JSON; empty: take the node out */
};

enum test_verdict { TEST_PASSED, TEST_FAILED, TEST_SKIPPED };

struct test_result {
    const struct test *test;
    enum test_verdict verdict;
    const struct difference *differences; /* at least one of a test that failed */
    size_t difference_count;
    size_t failed_step;      /* from 0: that of the first difference */
    ddbexpr_str answer;      /* of that step, in one line: "success", "ConditionalCheckFailedException: The …" */
    ddbexpr_str explanation; /* of that step, rendered in plain style or with colours as asked; may be empty */
    double seconds;
};

struct test_summary {
    size_t files, passed, failed, skipped;
    size_t unusable; /* files and lines that could not be read */
    double seconds;
    bool stopped; /* by --fail-fast */
};

#endif
