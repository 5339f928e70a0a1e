/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluations that outlive the test that they are of, and expressions that are the same wherever they come from. For
 * what is told at the end of a run. Knows nothing of what is told. */
#ifndef DDBEXPR_CLI_TEST_KEPT_H
#define DDBEXPR_CLI_TEST_KEPT_H

#include "cli/limits.h"

#include <ddbexpr/json.h>

/* --- which expression it is --- */

/* Expressions by where they belong, kind, text, and what their name placeholders stand for; numbered from 0 as they
 * come. */
struct kept_expressions;

/* Errors: NO_MEMORY. */
ddbexpr_status kept_expressions_new(struct kept_expressions **ret);
void kept_expressions_free(struct kept_expressions *expressions);

/* The number of an expression of a request, of a transaction's action. `scope` is any text that tells apart what is
 * alike and belongs elsewhere. One that was not there gets the next number. Takes the same time however many there are.
 * Errors: NO_MEMORY. */
ddbexpr_status kept_expressions_find(struct kept_expressions *expressions, const char *scope, ddbexpr_kind kind,
                                     ddbexpr_str text, const ddbexpr_request *request, size_t *ret_number);

/* A copy of where an expression is from. False: no memory. */
bool kept_label(ddbexpr_arena *arena, const char *label, ddbexpr_str *ret);

/* --- an evaluation --- */

/* What it was made with, as JSON, in an arena of one's own. */
struct kept_evaluation {
    ddbexpr_str item, key; /* empty: there is none; not known */
    ddbexpr_str names, values;
    ddbexpr_str test; /* that it is of; may be empty */
    bool matched;
};

/* The evaluations of a condition that are kept. */
struct kept_evaluations {
    struct kept_evaluation all[BUDGET_KEPT];
    size_t count;
};

/* Copies an evaluation of a condition of a request in a test, if another one of its outcome is wanted. Errors:
 * NO_MEMORY. */
ddbexpr_status kept_evaluations_add(struct kept_evaluations *kept, ddbexpr_arena *arena, ddbexpr_str test,
                                    const ddbexpr_explanation *explanation, const ddbexpr_request *request);

/* An evaluation that can be made again. */
struct revived {
    ddbexpr_program *program; /* to be freed */
    const ddbexpr_value *item, *key;
    const ddbexpr_value *values; /* of the placeholders that the text has, an M */
};

/* Reads what was kept; it lives in the arena. Errors: NO_MEMORY, INVALID (it cannot be compiled). */
ddbexpr_status kept_evaluation_revive(const struct kept_evaluation *kept, ddbexpr_kind kind, ddbexpr_str text,
                                      ddbexpr_arena *arena, struct revived *ret);

#endif
