/* SPDX-License-Identifier: Apache-2.0 */
/* What a stream of questions has reached: shapes of the grammar, types that met, paths, values, diagnostics. Counts
 * only; it must not know how many are enough. */
#ifndef DDBEXPR_TESTS_SEEN_H
#define DDBEXPR_TESTS_SEEN_H

#include "check/functions.h"
#include "diagnostic/diagnostic.h"
#include "syntax/ast.h"

#include <ddbexpr/json.h>

/* Productions of grammar/expression.y, and what they can be made of. */
#define SHAPES(X)                                                                                                      \
    X(OR, "OR")                                                                                                        \
    X(OR_OF_THREE, "three parts joined by OR")                                                                         \
    X(AND, "AND")                                                                                                      \
    X(AND_OF_THREE, "three parts joined by AND")                                                                       \
    X(NOT, "NOT")                                                                                                      \
    X(NOT_NOT, "NOT NOT")                                                                                              \
    X(EQ, "=")                                                                                                         \
    X(NE, "<>")                                                                                                        \
    X(LT, "<")                                                                                                         \
    X(LE, "<=")                                                                                                        \
    X(GT, ">")                                                                                                         \
    X(GE, ">=")                                                                                                        \
    X(PLUS, "+")                                                                                                       \
    X(MINUS, "-")                                                                                                      \
    X(BETWEEN, "BETWEEN")                                                                                              \
    X(IN_ONE, "IN with one operand")                                                                                   \
    X(IN_SEVERAL, "IN with several operands")                                                                          \
    X(CALL_AS_CONDITION, "a function as a condition")                                                                  \
    X(CALL_AS_OPERAND, "a function as an operand of a comparison")                                                     \
    X(CALL_IN_CALL, "a function as an operand of a function")                                                          \
    X(CALL_AS_RIGHT_SIDE, "a function as the right side of SET")                                                       \
    X(CALL_IN_SUM, "a function in a sum")                                                                              \
    X(PARENTHESES_AROUND_CONDITION, "parentheses around a condition")                                                  \
    X(PARENTHESES_AROUND_CALL, "parentheses around a function")                                                        \
    X(PARENTHESES_AROUND_PATH, "parentheses around a path")                                                            \
    X(PARENTHESES_AROUND_VALUE, "parentheses around a value")                                                          \
    X(PARENTHESES_AROUND_SUM, "parentheses around a sum")                                                              \
    X(SET, "SET")                                                                                                      \
    X(REMOVE, "REMOVE")                                                                                                \
    X(ADD, "ADD")                                                                                                      \
    X(DELETE, "DELETE")                                                                                                \
    X(SEVERAL_ACTIONS, "several actions in a section")                                                                 \
    X(FOUR_SECTIONS, "four sections")                                                                                  \
    X(RIGHT_SIDE_PATH, "a path as the right side of SET")                                                              \
    X(RIGHT_SIDE_VALUE, "a value as the right side of SET")                                                            \
    X(ONE_PATH, "a projection of one path")                                                                            \
    X(SEVERAL_PATHS, "a projection of several paths")                                                                  \
    X(PATH_OF_WORD, "a path that is a name")                                                                           \
    X(PATH_OF_PLACEHOLDER, "a path that is a #placeholder")                                                            \
    X(PATH_WITH_MEMBER, "a path with .name")                                                                           \
    X(PATH_WITH_PLACEHOLDER, "a path with .#placeholder")                                                              \
    X(PATH_WITH_INDEX, "a path with [0]")                                                                              \
    X(PATH_OF_THREE, "a path of three steps")                                                                          \
    X(PATH_MIXED, "a path with names and indexes")                                                                     \
    X(PATH_AT_LIMIT, "a path of 32 steps")

enum shape {
#define X(id, words) SHAPE_##id,
    SHAPES(X)
#undef X
        SHAPE_COUNT
};
const char *shape_words(enum shape shape);

/* Where the types of two operands meet. */
enum meeting {
    MEETING_EQ, /* the comparators in the order of enum node_op */
    MEETING_NE,
    MEETING_LT,
    MEETING_LE,
    MEETING_GT,
    MEETING_GE,
    MEETING_PLUS,
    MEETING_MINUS,
    MEETING_BETWEEN, /* the operand and its lower bound */
    MEETING_BOUNDS,
    MEETING_IN,
    MEETING_BEGINS_WITH,
    MEETING_CONTAINS,
    MEETING_LIST_APPEND,
    MEETING_IF_NOT_EXISTS,
    MEETING_ADD, /* what is stored and the operand */
    MEETING_DELETE,
    MEETING_COUNT
};
const char *meeting_words(enum meeting meeting);

#define SEEN_MISSING DDBEXPR_TYPE_COUNT /* the type of what is not there */
#define SEEN_TYPES   (DDBEXPR_TYPE_COUNT + 1)

struct seen {
    uint64_t shapes[SHAPE_COUNT];
    uint64_t functions[FUNCTION_COUNT];
    uint64_t meetings[MEETING_COUNT][SEEN_TYPES][SEEN_TYPES];
    uint64_t values[DDBEXPR_TYPE_COUNT]; /* in requests */
    uint64_t diagnostics[DIAG_COUNT];
    uint64_t parsed, unparsed;
};

/* Counts the expressions and values of a question. */
void seen_question(struct seen *seen, const ddbexpr_question *q);

/* Counts diagnostics, each as every entry of diagnostics.def that it may have been made from. */
void seen_diags(struct seen *seen, const ddbexpr_diags *diags);

/* An entry's name in diagnostics.def and its code; whether it is a lint. */
const char *seen_diag_id(size_t id);
int seen_diag_code(size_t id);
bool seen_diag_is_lint(size_t id);

#endif
