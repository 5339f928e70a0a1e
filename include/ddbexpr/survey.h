/* SPDX-License-Identifier: Apache-2.0 */
/* Surveys: of how many items a condition is true, and which clauses are to blame for the others, counted. For a filter
 * that finds nothing, or a condition that fails more often than it should. Since 0.1.0. */
#ifndef DDBEXPR_SURVEY_H
#define DDBEXPR_SURVEY_H

#include <ddbexpr/program.h>

DDBEXPR_BEGIN_DECLS

/* What has been counted so far, owned by the caller; borrows from the program, which must live as long. One thread at a
 * time. */
typedef struct ddbexpr_survey ddbexpr_survey;

/* Clauses that were to blame together, as ddbexpr_explanation_clause_at has them `blamed` for one item. A clause is
 * always to blame for the same outcome: false, or true where it stands under an odd number of NOTs. Arrays are borrowed
 * from the survey. */
typedef struct ddbexpr_survey_set {
    uint64_t count;        /* items */
    const size_t *clauses; /* numbers, ascending */
    const bool *outcomes;  /* of those clauses, where they are to blame */
    size_t clause_count;
} ddbexpr_survey_set;

/* A survey of no items yet. Errors: MISUSE (no condition, filter or key condition), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_survey_new(const ddbexpr_program *program, const ddbexpr_alloc *alloc,
                                              ddbexpr_survey **ret_survey);

/* Counts one item, or (NULL) that there is none. *ret_set (may be NULL) is the number of its set, SIZE_MAX if the
 * condition is true of it. The item is not needed any more afterwards. Linear in the number of clauses; allocates
 * only when a set appears that was not there, so that memory grows with the number of different sets: at most as many
 * as there are items, and as a condition has sets of clauses. Errors: MISUSE (the item is no map or is faulty),
 * NO_MEMORY; nothing is counted then. */
DDBEXPR_API ddbexpr_status ddbexpr_survey_add(ddbexpr_survey *survey, const ddbexpr_value *item, size_t *ret_set);

/* Adds what another survey has counted of the same program: sets that were not there come after those that were, in
 * their order, as if its items had been added one by one. `from` stays as it is. ret_sets (may be NULL) has room for as
 * many numbers as `from` has sets: the number of each in `survey`. Errors: MISUSE (another program), NO_MEMORY; nothing
 * is counted then. */
DDBEXPR_API ddbexpr_status ddbexpr_survey_merge(ddbexpr_survey *survey, const ddbexpr_survey *from, size_t *ret_sets);

/* Frees the survey. NULL is fine. */
DDBEXPR_API void ddbexpr_survey_free(ddbexpr_survey *survey);

/* Items counted, and those of them of which the condition is true. */
DDBEXPR_API uint64_t ddbexpr_survey_total_count(const ddbexpr_survey *survey);
DDBEXPR_API uint64_t ddbexpr_survey_matched_count(const ddbexpr_survey *survey);

/* The sets, in the order in which they first appeared; the number of a set never changes. Their counts are those of
 * all items of which the condition is false. All zero past the end. */
DDBEXPR_API size_t ddbexpr_survey_set_count(const ddbexpr_survey *survey);
DDBEXPR_API ddbexpr_survey_set ddbexpr_survey_set_at(const ddbexpr_survey *survey, size_t index);

/* The clauses of the condition, in text order, and one as it is written: "#s = :v"; empty past the end. */
DDBEXPR_API size_t ddbexpr_survey_clause_count(const ddbexpr_survey *survey);
DDBEXPR_API ddbexpr_str ddbexpr_survey_clause_text(const ddbexpr_survey *survey, size_t clause);

DDBEXPR_END_DECLS

#endif
