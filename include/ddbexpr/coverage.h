/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage: what a set of tests has seen of a condition's clauses and of an update's actions, and items that would show
 * what was never seen.
 *
 * A clause *decides* an evaluation if turning it alone, with all other clauses as they are, turns the whole condition:
 * every sibling under an AND above it is true, every sibling under an OR above it is false. A clause has two goals: to
 * decide once while it is true, and to decide once while it is false.
 *
 * This is masking MC/DC. That asks, for each clause, for a pair of evaluations in which the clause and the whole differ
 * and every other clause is masked or has no say. Conditions are made of AND, OR and NOT alone, and each clause stands
 * in one place of the tree, under an even or an odd number of NOTs: where a clause decides, its outcome fixes that of
 * the whole, always in the same way. So any evaluation in which it decides while true makes a pair with any in which it
 * decides while false, and no pairs need be kept: two counters a clause are enough.
 *
 * A clause that is written twice is two clauses, each with goals of its own, turned by itself as if the other could
 * stay. No item may be able to reach some of them: of `a = :v OR a = :v` neither can decide while true. Since 0.1.0. */
#ifndef DDBEXPR_COVERAGE_H
#define DDBEXPR_COVERAGE_H

#include <ddbexpr/explain.h>

DDBEXPR_BEGIN_DECLS

/* --- conditions --- */

/* What has been counted so far, owned by the caller; borrows nothing. One thread at a time; getters alone may be
 * called by any number of threads. */
typedef struct ddbexpr_coverage ddbexpr_coverage;

/* One clause; arrays by outcome, [false] and [true]. Strings are borrowed from the coverage. */
typedef struct ddbexpr_clause_coverage {
    ddbexpr_span span; /* in the condition */
    ddbexpr_str text;
    uint64_t seen[2];    /* evaluations in which it had this outcome, whether or not the service would have looked */
    uint64_t decided[2]; /* those of them that it decided */
} ddbexpr_clause_coverage;

/* The coverage of a condition, filter or key condition by no evaluation yet: also the given one is not counted. Text
 * and tree are copied; explanation, program and item are not needed any more afterwards. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_coverage_new(const ddbexpr_explanation *shape, const ddbexpr_alloc *alloc,
                                                ddbexpr_coverage **ret_coverage);

/* Counts an evaluation of the same text, with whatever values, names and item. Linear in the tree; allocates nothing.
 * Errors: MISUSE (another kind or text); nothing is counted then. */
DDBEXPR_API ddbexpr_status ddbexpr_coverage_add(ddbexpr_coverage *coverage, const ddbexpr_explanation *explanation);

/* Frees the coverage. NULL is fine. */
DDBEXPR_API void ddbexpr_coverage_free(ddbexpr_coverage *coverage);

/* The condition's kind and text (borrowed). Any thread. */
DDBEXPR_API ddbexpr_kind ddbexpr_coverage_kind(const ddbexpr_coverage *coverage);
DDBEXPR_API ddbexpr_str ddbexpr_coverage_text(const ddbexpr_coverage *coverage);

/* Evaluations counted, and those of them in which the condition was true. */
DDBEXPR_API uint64_t ddbexpr_coverage_total_count(const ddbexpr_coverage *coverage);
DDBEXPR_API uint64_t ddbexpr_coverage_matched_count(const ddbexpr_coverage *coverage);

/* The clauses, in text order; all zero past the end. */
DDBEXPR_API size_t ddbexpr_coverage_clause_count(const ddbexpr_coverage *coverage);
DDBEXPR_API ddbexpr_clause_coverage ddbexpr_coverage_clause_at(const ddbexpr_coverage *coverage, size_t index);

/* Two goals a clause, and how many of them are reached. */
DDBEXPR_API size_t ddbexpr_coverage_goal_count(const ddbexpr_coverage *coverage);
DDBEXPR_API size_t ddbexpr_coverage_reached_count(const ddbexpr_coverage *coverage);

/* --- items that reach a goal --- */

typedef struct ddbexpr_witness_options {
    size_t size;              /* sizeof(ddbexpr_witness_options) */
    const ddbexpr_value *key; /* the key attributes, an M: they stay as they are; NULL: not known */
} ddbexpr_witness_options;

/* Looks for an item on which the clause with this number decides with this outcome, by simple means: `item` (NULL:
 * there is none) is changed in what the clauses that have a say are about, a few choices are tried, and each result is
 * evaluated. *ret_found says whether one was found; then *ret_item is the item, or NULL: that there is no item (with
 * the key, or with any attribute, where no key is known). An item that is found does it, holds nothing that a table
 * could not, and has the key's attributes where `item` had them; it is as close to `item` as simple means come. That
 * none is found proves nothing: some goals cannot be reached, as clauses contradict each other or are about constants
 * alone, and others only by items that are not simple. options NULL: no key is known.
 *
 * The item lives in `arena` and shares with `item`, the key, and the values that the program was bound to: those must
 * live as long; the program need not. Bounded
 * time and memory, whatever the condition. Errors: MISUSE (no condition; no such clause; item or key no map or faulty;
 * size), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_coverage_witness(const ddbexpr_program *program, const ddbexpr_value *item,
                                                    size_t clause, bool outcome, const ddbexpr_witness_options *options,
                                                    ddbexpr_arena *arena, bool *ret_found,
                                                    const ddbexpr_value **ret_item);

/* --- updates --- */

/* What has been counted so far; as ddbexpr_coverage. */
typedef struct ddbexpr_update_coverage ddbexpr_update_coverage;

/* One action. Its goal: to have an effect once. A SET or ADD has one whenever the update is applied; a REMOVE or DELETE
 * where something is taken away. Strings are borrowed from the coverage. */
typedef struct ddbexpr_action_coverage {
    const char *section; /* "SET", "REMOVE", "ADD", "DELETE". Static */
    ddbexpr_span span;
    ddbexpr_str text;
    uint64_t effective; /* updates in which it had an effect */
} ddbexpr_action_coverage;

/* One if_not_exists(path, default). Its goals: to find the path there once, and missing once. One inside the default of
 * another is looked at only where the other's path is missing. */
typedef struct ddbexpr_default_coverage {
    ddbexpr_span span;
    ddbexpr_str text;  /* "if_not_exists(#h, :zero)" */
    ddbexpr_str path;  /* with names resolved, those of the explanation that the coverage was made from: "hits" */
    size_t action;     /* number of the action that it stands in */
    uint64_t found[2]; /* updates in which the path was [0] missing, [1] there */
} ddbexpr_default_coverage;

/* As ddbexpr_coverage_new and ddbexpr_coverage_add. Of an update that could not be applied only that is counted.
 * Errors: NO_MEMORY (new); MISUSE (add: another text). */
DDBEXPR_API ddbexpr_status ddbexpr_update_coverage_new(const ddbexpr_update_explanation *shape,
                                                       const ddbexpr_alloc *alloc,
                                                       ddbexpr_update_coverage **ret_coverage);
DDBEXPR_API ddbexpr_status ddbexpr_update_coverage_add(ddbexpr_update_coverage *coverage,
                                                       const ddbexpr_update_explanation *explanation);

/* Frees the coverage. NULL is fine. */
DDBEXPR_API void ddbexpr_update_coverage_free(ddbexpr_update_coverage *coverage);

/* The update's text (borrowed). Any thread. */
DDBEXPR_API ddbexpr_str ddbexpr_update_coverage_text(const ddbexpr_update_coverage *coverage);

/* Updates counted, and those of them that were applied. */
DDBEXPR_API uint64_t ddbexpr_update_coverage_total_count(const ddbexpr_update_coverage *coverage);
DDBEXPR_API uint64_t ddbexpr_update_coverage_applied_count(const ddbexpr_update_coverage *coverage);

/* Actions and if_not_exists, each in text order; all zero past the end. */
DDBEXPR_API size_t ddbexpr_update_coverage_action_count(const ddbexpr_update_coverage *coverage);
DDBEXPR_API ddbexpr_action_coverage ddbexpr_update_coverage_action_at(const ddbexpr_update_coverage *coverage,
                                                                      size_t index);
DDBEXPR_API size_t ddbexpr_update_coverage_default_count(const ddbexpr_update_coverage *coverage);
DDBEXPR_API ddbexpr_default_coverage ddbexpr_update_coverage_default_at(const ddbexpr_update_coverage *coverage,
                                                                        size_t index);

/* One goal an action and two an if_not_exists, and how many of them are reached. */
DDBEXPR_API size_t ddbexpr_update_coverage_goal_count(const ddbexpr_update_coverage *coverage);
DDBEXPR_API size_t ddbexpr_update_coverage_reached_count(const ddbexpr_update_coverage *coverage);

DDBEXPR_END_DECLS

#endif
