/* SPDX-License-Identifier: Apache-2.0 */
/* What was expected of a step beside what came: the differences. */
#ifndef DDBEXPR_CLI_TEST_TEST_COMPARE_H
#define DDBEXPR_CLI_TEST_TEST_COMPARE_H

#include "cli/test/test.h"

/* Differences, growing; everything lives in the arena. */
struct differences {
    ddbexpr_arena *arena;
    ddbexpr_buffer *text; /* to build texts in */
    ddbexpr_style style;  /* of item diffs */
    size_t step;          /* that is looked at, from 0 */
    struct difference *all;
    size_t count, size;
    struct difference spare; /* written to where there is no memory */
    bool no_memory;
};

/* What came of a step. */
struct answer {
    bool ok;
    ddbexpr_str type, message;                      /* of an error */
    const ddbexpr_outcome *outcome;                 /* NULL: the request could not even be read */
    const ddbexpr_request_explanation *explanation; /* NULL: it only reads, or is refused before any item is read */
    const ddbexpr_table *tables;                    /* after the step */
    size_t table_count;
};

/* Adds what differs. */
void compare_step(struct differences *differences, const struct test_step *step, const struct answer *answer);

/* The answer in one line: "success", "ConditionalCheckFailedException: The conditional request failed". NULL pointer:
 * no memory. */
ddbexpr_str answer_words(struct differences *differences, const struct answer *answer);

/* --- for those who compare: compare.c, compare_items.c, compare_blame.c --- */

/* A new one, all but `what` and the place empty; a spare one where there is no memory. */
struct difference *add_difference(struct differences *differences, const char *what, struct test_place place,
                                  const struct yaml_node *node);

/* The text built so far, kept; and the buffer is empty again. */
ddbexpr_str said(struct differences *differences);
void say_words(struct differences *differences, const char *words);
void say_text(struct differences *differences, ddbexpr_str text);          /* as it is */
void say_quoted(struct differences *differences, ddbexpr_str text);        /* as a suite has it */
void say_item(struct differences *differences, const ddbexpr_value *item); /* an item; NULL: "null" */

void compare_text(struct differences *differences, const char *what, const struct expected_text *expected,
                  ddbexpr_str actual);
bool text_is_expected(struct differences *differences, const struct expected_text *expected, ddbexpr_str actual);

/* compare_items.c: one item, many, and tables. */
void compare_item(struct differences *differences, const char *what, const struct expected_item *expected,
                  const ddbexpr_value *actual);
bool item_is_expected(struct differences *differences, const struct expected_item *expected,
                      const ddbexpr_value *actual);
void compare_items(struct differences *differences, const char *what, const struct expected_items *expected,
                   bool is_there, const ddbexpr_value *const *actual, size_t count);
void compare_tables(struct differences *differences, const struct test_step *step, const struct answer *answer);

/* Appends the members `after` and `table` or `tables` of an expectation that has them, as they came, `lead` first. */
void say_tables(struct differences *differences, const struct test_step *step, const struct answer *answer,
                const char *lead);

/* compare_blame.c: the clauses that are to blame. */
void compare_blames(struct differences *differences, const struct test_step *step, const struct answer *answer);

/* Appends the clauses to blame of an action as a suite writes them: one text, or a list. */
void say_blamed(struct differences *differences, const ddbexpr_explanation *condition);

#endif
