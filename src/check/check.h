/* SPDX-License-Identifier: Apache-2.0 */
/* Checking: an expression's tree against the scope of its request, as the service checks it and in its order. Knows no
 * stored item. What it finds out on the way (resolved paths, functions, values) is kept for compiling and explaining.
 */
#ifndef DDBEXPR_CHECK_CHECK_H
#define DDBEXPR_CHECK_CHECK_H

#include "check/functions.h"
#include "check/path_tree.h"
#include "check/scope.h"
#include "syntax/ast.h"
#include "value/path.h"

/* What checking found out about a node. */
struct checked_node {
    struct document_path path; /* NODE_PATH: names resolved; count 0 if one is not defined */
    enum function_id function; /* NODE_CALL */
    uint32_t value_position;   /* NODE_VALUE: in the scope, or SCOPE_NONE */
    bool faulty;               /* something about this node was reported */
};

/* An expression with what is known about its nodes. Lives in the arena it was checked with. */
struct checked {
    const ddbexpr_expression *expression;
    struct scope *scope;
    struct checked_node *nodes; /* by node id */
    struct path_branch *paths;  /* the target paths, or what is projected: see path_tree.h */
    bool any_call;
    bool any_unresolved; /* a path or a value: to be told in its turn */
    ddbexpr_diags *diags;
    arena *arena;
    size_t faults;
    bool no_memory;
};

/* Checks all but what needs a key schema. Errors: INVALID (faults were added to diags), NO_MEMORY. *ret is set also
 * for INVALID, for those who go on looking. */
ddbexpr_status check_expression(const ddbexpr_expression *expression, struct scope *scope, arena *a,
                                ddbexpr_diags *diags, struct checked **ret);

/* Parses and checks: what a request does with each of its texts. *ret is NULL if there is no tree to look at. Errors
 * as above. */
ddbexpr_status check_text(ddbexpr_kind kind, str text, struct scope *scope, arena *a, ddbexpr_diags *diags,
                          struct checked **ret);

static inline struct checked_node *checked_at(const struct checked *c, const struct node *node)
{
    return &c->nodes[node->id];
}

/* The constant a :placeholder stands for, or NULL (not defined, or another kind of node). */
const value *checked_constant(const struct checked *c, const struct node *node);

/* --- shared by the files of this folder --- */

/* A draft with kind, source, text and the span of `node` filled in. */
struct diag_draft check_draft(const struct checked *c, enum diag_id id, const struct node *node);

/* Counts the fault and adds it. */
void check_report(struct checked *c, const struct diag_draft *draft);

/* Gives a draft the fix that its edits make; `argument` fills its title. The edits are borrowed until it is reported.
 */
void check_fix(struct diag_draft *draft, ddbexpr_fix_safety safety, enum text_id title, str argument,
               const ddbexpr_edit *edits, size_t count);

/* Texts for messages, in the arena of the check; empty if there is no memory (which sticks in c->no_memory). */
str check_decimal(struct checked *c, uint64_t n);
str check_bracketed(struct checked *c, const struct document_path *path);
str check_fill(struct checked *c, enum text_id text, str argument);
str check_fill_two(struct checked *c, enum text_id text, str first, str second);

/* How many operators an expression has, as the service counts them. */
uint64_t check_count_operators(struct node *root);

/* Reports a reserved word as a bare name of a path; see check_words.c. */
void check_word(struct checked *c, const struct node *path, const struct path_step *step);

/* The number of an index as written; UINT32_MAX if it is larger than the service allows. */
uint32_t check_list_index(str digits);

/* Resolve a path and a :placeholder, and say nothing: what cannot be is noted in c->any_unresolved. */
void check_resolve_path(struct checked *c, const struct node *path);
void check_resolve_value(struct checked *c, const struct node *node);

/* Report what of a path is not resolved: names that are not defined, too many steps; and a :placeholder that is not
 * defined. Only where something is not resolved is there any need to. */
void check_path_names(struct checked *c, const struct node *path);
void check_value(struct checked *c, const struct node *node);

/* Operands: counts, the same operand twice, types of constants; see check_operands.c. */
void check_clause(struct checked *c, const struct node *clause);
void check_action_operands(struct checked *c, const struct node *action);

/* Sections, target paths; see check_update.c. */
void check_update(struct checked *c);

/* Paths that overlap or conflict, among `count` path nodes in text order, whose number they get in c->paths; see
 * check_overlap.c. */
void check_overlap(struct checked *c, const struct node *const *paths, size_t count);

/* --- what needs a key schema --- */

struct key_attribute {
    str name;
    ddbexpr_type type; /* S, N or B */
};

struct key_schema {
    const struct key_attribute *attributes; /* partition key first */
    uint32_t count;                         /* 1 or 2; 0: not known */
};

/* Paths below a key attribute, which are refused everywhere; in a Query's filter also the key attributes themselves.
 * The two come at different places in the service's order. Return the number of faults. */
size_t check_key_paths(struct checked *c, const struct key_schema *schema);
size_t check_filter_keys(struct checked *c, const struct key_schema *schema);

/* The key schema that a request's Key names by itself: all of the key attributes, in its order. NULL: none. */
struct key_schema schema_named_by(const value *key, struct key_attribute attributes[2]);

/* Targets of an update that are key attributes. */
size_t check_update_keys(struct checked *c, const struct key_schema *schema);

#endif
