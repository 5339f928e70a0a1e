/* SPDX-License-Identifier: Apache-2.0 */
/* One request, or one action of a transaction, as the rules see it: its checked expressions, what the condition proves,
 * what the update needs, and what the caller knows of the table. Rules read this and report; they change nothing. */
#ifndef DDBEXPR_LINT_LINT_H
#define DDBEXPR_LINT_LINT_H

#include "lint/effects.h"
#include "request/run.h"

#include <ddbexpr/lint.h>

/* A condition or a filter with what it proves. */
struct lint_condition {
    const struct ddbexpr_program *program; /* NULL: not given, or faulty */
    const struct checked *checked;
    struct facts_given given;
    struct condition_facts facts;
};

#define LINT_CONDITIONS 2

struct lint {
    const ddbexpr_request *request;
    const ddbexpr_lint_options *options;
    struct run run;
    arena *arena;
    ddbexpr_diags *diags;
    bool in_transaction;
    bool no_memory; /* sticks */

    bool key_order_known;    /* the first attribute of `key` is the partition key */
    struct key_schema key;   /* from the table or the request's Key; count 0: not known */
    const value *key_values; /* the M that holds the key: Key, or the Item of a Put; NULL: none */
    const value *item;       /* of a Put, if it is not faulty */

    struct lint_condition conditions[LINT_CONDITIONS]; /* the condition, then the filter */
    const struct ddbexpr_program *projection, *update; /* NULL: not given, or faulty */
    struct effects effects;

    /* What a write may rely on: the facts of its true condition; without one, none. */
    const struct facts_given *given;
    const struct facts *facts; /* NULL: not known, as the condition is faulty or can never be true */
    bool guarded;              /* the condition cannot be passed twice (guard.c) */
};

/* --- asking (context.c) --- */

/* The constant of a :placeholder with its content known, or NULL. */
const value *lint_constant(const struct lint *l, const struct checked *c, const struct node *node);

/* An attribute of Key or Item whose content is known, or NULL. */
const value *lint_attribute(const struct lint *l, const value *map, str name);

/* What is proven of a path where an update runs. */
struct fact lint_fact(const struct lint *l, const struct document_path *path);

/* Whether a true condition pins down something that the update changes (guard.c): a demanded value, an absence, an
 * element that is not there yet. */
bool lint_condition_guards(struct lint *l);

/* Whether the update, run where there is no item, is refused in any case. */
bool lint_update_needs_item(const struct lint *l);

/* Whether the item is proven to exist, or not to. */
bool lint_item_exists(const struct lint *l);
bool lint_item_is_new(const struct lint *l);

/* The types that the caller or the key schema knows of a path; TYPES_ALL: nothing is known. */
type_set lint_known_types(const struct lint *l, const struct document_path *path);

/* Whether an entry of the caller's is about this request's table. */
bool lint_is_of_table(const struct lint *l, str table);

/* The nth expression that can be looked at, and NULL after the last. */
const struct checked *lint_expression(const struct lint *l, size_t n);

/* Whether a clause must be true, or false (*ret_truth), for the condition to be true; false: it need be neither. */
bool lint_is_required(const struct node *clause, bool *ret_truth);

/* A size is compared with something that is no number, and is never so. */
bool lint_compares_size(const struct test *test);

/* Whether an odd number of NOTs stands around the clause. */
bool lint_is_negated(const struct node *clause);

/* --- saying --- */

void lint_report(struct lint *l, const struct diag_draft *draft);

/* Texts for messages, in the arena; empty if there is no memory, which sticks. */
str lint_fill(struct lint *l, enum text_id text, str a, str b, str c);
str lint_value(struct lint *l, const value *v);                  /* N 5 */
str lint_types(struct lint *l, type_set types);                  /* N, or S or NULL */
str lint_text(const struct checked *c, const struct node *node); /* as written */

/* An action of the update as written, with ADD, REMOVE or DELETE before it. */
str lint_action(struct lint *l, const struct action *action);

/* The first steps of a path as written. */
str lint_path_start(const struct checked *c, const struct node *path, uint32_t steps);

/* A placeholder with what it stands for, if that is known: `:q` (N 5). */
str lint_placeholder(struct lint *l, const struct checked *c, const struct node *node);

/* The key attribute whose existence is the item's, as an expression of the request would write it. */
str lint_key_name(struct lint *l);

#endif
