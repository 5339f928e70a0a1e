/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations: why a condition is true or false of an item, and why an update can or cannot be applied to it. Each
 * clause with its outcome and both operands, and the smallest set of clauses that is to blame; each action with what it
 * read. Evaluating and updating pay nothing for it: an explanation runs the program's tests by themselves.
 * Since 0.1.0. */
#ifndef DDBEXPR_EXPLAIN_H
#define DDBEXPR_EXPLAIN_H

#include <ddbexpr/diagnostic.h>
#include <ddbexpr/program.h>

DDBEXPR_BEGIN_DECLS

/* Immutable; owned by the caller; borrows from the program and the item, which must live as long. */
typedef struct ddbexpr_explanation ddbexpr_explanation;

/* What an operand is in the text. */
typedef enum ddbexpr_operand_kind {
    DDBEXPR_OPERAND_PATH,  /* a document path */
    DDBEXPR_OPERAND_VALUE, /* a :placeholder */
    DDBEXPR_OPERAND_SIZE   /* size(…) of one of them */
} ddbexpr_operand_kind;

/* One operand of a clause, resolved. Strings and values are borrowed from the explanation. */
typedef struct ddbexpr_operand {
    ddbexpr_operand_kind kind;
    ddbexpr_span span;                  /* in the expression */
    ddbexpr_str text;                   /* as written: "#s", ":v", "size(tags)" */
    ddbexpr_str path;                   /* path and size: with names resolved, "status"; else empty */
    const ddbexpr_value *value;         /* what it stands for; NULL: missing, or size() of what has no size */
    const ddbexpr_value *sized;         /* size: what was measured, or NULL if that is missing */
    ddbexpr_str missing_from;           /* the first step that leads nowhere: "profile.city"; else empty */
    bool missing_is_index;              /* that step is an index into a list */
    ddbexpr_str present_until;          /* what is there of the path before that step: "profile"; may be empty */
    const ddbexpr_value *present_value; /* what is stored there; NULL for the item itself */
} ddbexpr_operand;

/* A trap of the language that bites at a clause. */
typedef struct ddbexpr_note {
    const char *code; /* of the rule that warns of it beforehand: "DX511". Static */
    const char *name; /* "cross-type-compare". Static */
    ddbexpr_str text; /* one sentence, lower case, no full stop */
} ddbexpr_note;

/* One leaf clause: a comparison, BETWEEN, IN, or function. */
typedef struct ddbexpr_clause {
    ddbexpr_span span;
    ddbexpr_str text;
    bool outcome;
    bool skipped; /* the service need not look at it: earlier clauses have decided */
    bool blamed;  /* belongs to the (first) smallest set whose flip turns a false condition true; of a true condition:
                     belongs to the clauses that carry it */
    const ddbexpr_operand *operands;
    size_t operand_count;
    ddbexpr_str reason; /* one sentence: "`version` is N 5 where `:current_version` is N 4" */
    ddbexpr_str wanted; /* blamed for a false condition: what would turn the clause: "`version` would have to be N 4" */
    const ddbexpr_note *notes;
    size_t note_count;
} ddbexpr_clause;

/* The tree above the clauses: AND, OR, NOT. Nodes in text order, parents before children. */
typedef enum ddbexpr_branch_kind {
    DDBEXPR_BRANCH_CLAUSE,
    DDBEXPR_BRANCH_AND,
    DDBEXPR_BRANCH_OR,
    DDBEXPR_BRANCH_NOT
} ddbexpr_branch_kind;

typedef struct ddbexpr_branch {
    ddbexpr_branch_kind kind;
    size_t depth;  /* 0 for the whole */
    size_t clause; /* its number, for a clause */
    bool outcome;
    bool last_child; /* nothing follows in its parent */
    ddbexpr_span span;
} ddbexpr_branch;

/* What is known beside the expression and the item. */
typedef struct ddbexpr_explain_options {
    size_t size;              /* sizeof(ddbexpr_explain_options) */
    const ddbexpr_value *key; /* the key attributes of the request, an M; NULL: not known. An update of a missing item
                                 begins with it; notes speak of it */
    bool in_transaction;      /* an update of a transaction: its size is counted in another way */
} ddbexpr_explain_options;

/* Explains a condition, filter or key condition. item NULL: there is no item. options NULL: nothing is known. The blame
 * takes one pass over the tree: linear in its nodes. Errors: MISUSE (no condition; item no map or faulty), NO_MEMORY.
 */
DDBEXPR_API ddbexpr_status ddbexpr_explain(const ddbexpr_program *program, const ddbexpr_value *item,
                                           const ddbexpr_explain_options *options, const ddbexpr_alloc *alloc,
                                           ddbexpr_explanation **ret_explanation);

/* Frees the explanation. NULL is fine. */
DDBEXPR_API void ddbexpr_explanation_free(ddbexpr_explanation *explanation);

/* Getters: borrowed from the explanation. Any thread. */
DDBEXPR_API bool ddbexpr_explanation_matched(const ddbexpr_explanation *explanation);
DDBEXPR_API bool ddbexpr_explanation_has_item(const ddbexpr_explanation *explanation);
/* The item and the key that it was made with, or NULL; not the explanation's own. */
DDBEXPR_API const ddbexpr_value *ddbexpr_explanation_item(const ddbexpr_explanation *explanation);
DDBEXPR_API const ddbexpr_value *ddbexpr_explanation_key(const ddbexpr_explanation *explanation);

/* The condition's kind and text; its clauses in text order, and the branches that join them. NULL past the end. */
DDBEXPR_API ddbexpr_kind ddbexpr_explanation_kind(const ddbexpr_explanation *explanation);
DDBEXPR_API ddbexpr_str ddbexpr_explanation_text(const ddbexpr_explanation *explanation);
DDBEXPR_API size_t ddbexpr_explanation_clause_count(const ddbexpr_explanation *explanation);
DDBEXPR_API const ddbexpr_clause *ddbexpr_explanation_clause_at(const ddbexpr_explanation *explanation, size_t index);
DDBEXPR_API size_t ddbexpr_explanation_branch_count(const ddbexpr_explanation *explanation);
DDBEXPR_API const ddbexpr_branch *ddbexpr_explanation_branch_at(const ddbexpr_explanation *explanation, size_t index);

/* How many smallest blame sets there are besides the one marked; UINT64_MAX means: at least that many. */
DDBEXPR_API uint64_t ddbexpr_explanation_other_blame_sets(const ddbexpr_explanation *explanation);

/* Appends the explanation for people: verdict, the text with the blamed clauses marked, tree with aligned columns and
 * notes, the blame in words. style NULL: plain text of any width. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_explanation_render(const ddbexpr_explanation *explanation,
                                                      const ddbexpr_style *style, ddbexpr_buffer *buffer);

/* --- updates --- */

/* Why an update can or cannot be applied to an item. Immutable; owned by the caller; borrows from the program, the item
 * and the key. */
typedef struct ddbexpr_update_explanation ddbexpr_update_explanation;

/* One action of an update, in text order. Strings and values are borrowed from the explanation. */
typedef struct ddbexpr_update_action {
    const char *section; /* "SET", "REMOVE", "ADD", "DELETE". Static */
    ddbexpr_span span;
    ddbexpr_str text;
    ddbexpr_operand target;
    const ddbexpr_operand *operands; /* what it reads: paths and :placeholders, in text order */
    size_t operand_count;
    const ddbexpr_value *after; /* what the action leaves at the target; NULL: nothing, or the update fails */
    ddbexpr_str after_path;     /* where that stands in the new item: list indexes mean places in the old one, and
                                   what lies past the end is appended; empty if nothing is left */
    const ddbexpr_diag *fault;  /* why it cannot be applied, with the change that would help; or NULL */
    bool told;                  /* its fault is the one that the service tells */
    ddbexpr_str reason;         /* one sentence about what is at the target and what it reads */
    ddbexpr_str effect;         /* `after` in words: "N 5", "missing"; empty if the update fails */
} ddbexpr_update_action;

/* Applies an update to an item (NULL: there is none) and tells what each action read and did. Errors: MISUSE (no
 * update; item no map or faulty), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_explain_update(const ddbexpr_program *program, const ddbexpr_value *item,
                                                  const ddbexpr_explain_options *options, const ddbexpr_alloc *alloc,
                                                  ddbexpr_update_explanation **ret_explanation);

/* Frees the explanation. NULL is fine. */
DDBEXPR_API void ddbexpr_update_explanation_free(ddbexpr_update_explanation *explanation);

/* Whether it can be applied; the item afterwards (NULL: it cannot, or nothing comes to be); its faults, in the
 * service's order (some are of the update as a whole and of no action). Borrowed. Any thread. */
DDBEXPR_API bool ddbexpr_update_explanation_applies(const ddbexpr_update_explanation *explanation);
DDBEXPR_API bool ddbexpr_update_explanation_has_item(const ddbexpr_update_explanation *explanation);
DDBEXPR_API const ddbexpr_value *ddbexpr_update_explanation_item(const ddbexpr_update_explanation *explanation);
DDBEXPR_API const ddbexpr_diags *ddbexpr_update_explanation_diags(const ddbexpr_update_explanation *explanation);
DDBEXPR_API ddbexpr_str ddbexpr_update_explanation_text(const ddbexpr_update_explanation *explanation);
DDBEXPR_API size_t ddbexpr_update_explanation_action_count(const ddbexpr_update_explanation *explanation);
DDBEXPR_API const ddbexpr_update_action *
ddbexpr_update_explanation_action_at(const ddbexpr_update_explanation *explanation, size_t index);

/* Appends it for people: whether it applies, the text with the actions that fail marked, each action with what it
 * read, the faults in words. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_update_explanation_render(const ddbexpr_update_explanation *explanation,
                                                             const ddbexpr_style *style, ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
