/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: what a checked expression is compiled to. Flat arrays in one arena, immutable, shared freely between
 * threads. A condition is an array of tests, each with the number of the test to go to when it is true and when it is
 * false: AND, OR, NOT and parentheses are gone. An update is an array of actions, each with a little stack code. */
#ifndef DDBEXPR_PROGRAM_PROGRAM_H
#define DDBEXPR_PROGRAM_PROGRAM_H

#include "check/check.h"
#include "check/path_tree.h"

#include <ddbexpr/program.h>

/* --- conditions --- */

enum operand_kind { OPERAND_CONSTANT, OPERAND_PATH, OPERAND_SIZE_OF_CONSTANT, OPERAND_SIZE_OF_PATH };

struct operand {
    enum operand_kind kind;
    uint32_t path_number;             /* operands with one number have equal paths; 0: none */
    const struct document_path *path; /* of the path, or of what size() measures */
    const value *constant;            /* likewise; in the scope, so that rebinding reaches it */
    const struct node *node;
};

enum test_kind {
    TEST_EQ,
    TEST_NE,
    TEST_LT,
    TEST_LE,
    TEST_GT,
    TEST_GE,
    TEST_BETWEEN,
    TEST_IN,
    TEST_EXISTS,
    TEST_NOT_EXISTS,
    TEST_TYPE,
    TEST_BEGINS_WITH,
    TEST_CONTAINS
};

#define GO_TRUE  (-1)
#define GO_FALSE (-2)

struct test {
    enum test_kind kind;
    int32_t on_true, on_false; /* number of a later test, or GO_TRUE, GO_FALSE */
    uint32_t operand_count;
    const struct operand *operands;
    const struct node *node; /* the clause */
};

/* --- updates --- */

enum code_kind {
    CODE_CONSTANT,  /* push a constant */
    CODE_PATH,      /* push what the path leads to */
    CODE_IF_EXISTS, /* push what the path leads to and skip to `target`, or go on if there is nothing */
    CODE_LIST_APPEND,
    CODE_PLUS,
    CODE_MINUS
};

struct code {
    enum code_kind kind;
    uint32_t target; /* CODE_IF_EXISTS: number of the code to go on with */
    const struct document_path *path;
    const value *constant;
    const struct node *node;
};

struct action {
    enum section_kind section;
    uint32_t section_number; /* of the section in the text, from 0 */
    const struct document_path *target;
    const struct code *code; /* SET */
    uint32_t code_count;
    const value *operand; /* ADD, DELETE */
    const struct node *node;
};

/* --- all --- */

struct ddbexpr_program {
    arena *arena; /* of a program that was compiled by itself: its own */
    ddbexpr_kind kind;
    const struct checked *checked;
    struct scope *scope;
    const struct test *tests; /* conditions; the first one is number 0 */
    uint32_t test_count;
    const struct action *actions; /* updates, in text order */
    uint32_t action_count;
    uint32_t stack_size;               /* largest stack of any action */
    const struct path_branch *targets; /* updates: target paths; projections: the paths */
};

/* Compiles what was checked without faults, into the arena of the check. Errors: NO_MEMORY. */
ddbexpr_status program_compile(struct checked *checked, struct ddbexpr_program **ret);

/* The same comparison seen from its other side: `a < b` is `b > a`. Other tests have none and stay. */
enum test_kind test_mirrored(enum test_kind kind);

/* Evaluates one test by itself. item NULL: none. */
bool test_holds(const struct test *test, const value *item);

/* Runs the tests from the first one on. */
bool program_matches(const struct ddbexpr_program *program, const value *item);

/* What an operand stands for: a stored value, a constant, or a size, which is written to *scratch. NULL: missing. */
const value *operand_value(const struct operand *operand, const value *item, value *scratch);

/* The part of a value that the tree names. False: nothing was found (and *ret is untouched). Errors are told by
 * *no_memory. */
bool project_branch(const struct path_branch *branch, const value *v, arena *a, value *ret, bool *no_memory);

/* What an update makes of an item. */
struct update_result {
    value item;
    bool creates;                 /* with `existed` false: whether an item comes to be */
    const struct effect *effects; /* by action: see apply.h */
};

/* Applies an update to `base`: the item, or, where there is none (`existed` false), what a new one begins with (its
 * key, or nothing). Errors: INVALID, NO_MEMORY. */
ddbexpr_status update_apply(const struct ddbexpr_program *program, const value *base, bool existed, arena *a,
                            ddbexpr_diags *diags, struct update_result *ret);

/* Bytes that an updated item counts: its own, or, outside of transactions, those of the statement if they are more. */
size_t update_counted_size(const struct ddbexpr_program *program, const value *item, bool in_transaction);

#endif
