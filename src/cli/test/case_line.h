/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a case file as a tree with the place of everything. Knows no member of a case. */
#ifndef DDBEXPR_CLI_TEST_CASE_LINE_H
#define DDBEXPR_CLI_TEST_CASE_LINE_H

#include "cli/test/test.h"

/* A line, where what is read from it lives, and what was wrong so far. */
struct case_line {
    const char *path;
    size_t number;    /* in its file, from 1 */
    ddbexpr_str text; /* without its end */
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    size_t faults;
    bool no_memory;
};

/* A value of the line: what it is, and its bytes in the text. Its value knows 34 levels, which is enough for all but
 * items: those are read from their bytes. */
struct case_node {
    const ddbexpr_value *value; /* of plain JSON: L, M, S, N, BOOL or NULL */
    ddbexpr_str text;
};

/* Tells a fault with its place: a node, or an offset in the line. */
void case_fault(struct case_line *line, const struct case_node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void case_fault_at(struct case_line *line, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells what a reader of the library refused. `offset`: where the text that it read begins in the line. */
void case_tell_refusal(struct case_line *line, size_t offset, const char *what);

struct test_place case_place(const struct case_line *line, const struct case_node *node);

/* Zeroed memory of the line; NULL is remembered. */
void *case_alloc(struct case_line *line, size_t count, size_t size);

/* The object that the line is. False: it is none (told), or there is no memory. */
bool case_read_line(struct case_line *line, struct case_node *ret);

/* The object's member of a name; false: there is none. */
bool case_member(const struct case_node *object, const char *name, struct case_node *ret);

/* The elements of an array or the values of an object's members, one by one. */
struct case_walk {
    const struct case_node *of;
    size_t index;  /* of the next */
    size_t offset; /* where it, or its name, may begin */
};

static inline struct case_walk case_walk_of(const struct case_node *node) { return (struct case_walk){node, 0, 1}; }

/* The next; false: that was all. ret_name may be NULL. */
bool case_next(struct case_walk *walk, ddbexpr_str *ret_name, struct case_node *ret);

/* What the node is. `what` says what it should be: "`id` is a text"; false: told. */
bool case_is(struct case_line *line, const struct case_node *node, ddbexpr_type type, const char *what);
bool case_is_null(const struct case_node *node);

/* An object with no other members than those named; `names` ends with NULL. False: told. */
bool case_has_only(struct case_line *line, const struct case_node *node, const char *what, const char *const *names);

/* A text or, if `may_be_list`, a list of at least one. False: told. */
bool case_texts(struct case_line *line, const struct case_node *node, const char *name, bool may_be_list,
                const ddbexpr_str **ret, size_t *ret_count);

/* An item in DynamoDB's JSON, with nothing in its values that nobody looks at (case_item.c); NULL: told. */
const ddbexpr_value *case_item(struct case_line *line, const struct case_node *node);

#endif
