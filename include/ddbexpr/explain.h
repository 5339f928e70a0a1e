/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations: why a condition is true or false of an item. Each clause with its outcome and both operands, and the
 * smallest set of clauses that is to blame. Evaluating pays nothing for it: an explanation runs the program's tests by
 * themselves. */
#ifndef DDBEXPR_EXPLAIN_H
#define DDBEXPR_EXPLAIN_H

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
    ddbexpr_str present_until;          /* what is there of the path before that step: "profile"; may be empty */
    const ddbexpr_value *present_value; /* what is stored there; NULL for the item itself */
} ddbexpr_operand;

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

/* Explains a condition, filter or key condition. item NULL: there is no item. Linear in the number of clauses. Errors:
 * MISUSE (no condition; item no map or faulty), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_explain(const ddbexpr_program *program, const ddbexpr_value *item,
                                           const ddbexpr_alloc *alloc, ddbexpr_explanation **ret_explanation);

DDBEXPR_API void ddbexpr_explanation_free(ddbexpr_explanation *explanation);

/* Getters: borrowed from the explanation. Any thread. */
DDBEXPR_API bool ddbexpr_explanation_matched(const ddbexpr_explanation *explanation);
DDBEXPR_API bool ddbexpr_explanation_has_item(const ddbexpr_explanation *explanation);
DDBEXPR_API ddbexpr_kind ddbexpr_explanation_kind(const ddbexpr_explanation *explanation);
DDBEXPR_API ddbexpr_str ddbexpr_explanation_text(const ddbexpr_explanation *explanation);
DDBEXPR_API size_t ddbexpr_explanation_clause_count(const ddbexpr_explanation *explanation);
DDBEXPR_API const ddbexpr_clause *ddbexpr_explanation_clause_at(const ddbexpr_explanation *explanation, size_t index);
DDBEXPR_API size_t ddbexpr_explanation_branch_count(const ddbexpr_explanation *explanation);
DDBEXPR_API const ddbexpr_branch *ddbexpr_explanation_branch_at(const ddbexpr_explanation *explanation, size_t index);

/* How many smallest blame sets there are besides the one marked; UINT64_MAX means: at least that many. */
DDBEXPR_API uint64_t ddbexpr_explanation_other_blame_sets(const ddbexpr_explanation *explanation);

/* Appends the explanation for people: verdict, tree with aligned columns, the blame in words. style NULL: plain. */
DDBEXPR_API ddbexpr_status ddbexpr_explanation_render(const ddbexpr_explanation *explanation,
                                                      const ddbexpr_style *style, ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
