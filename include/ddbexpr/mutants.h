/* SPDX-License-Identifier: Apache-2.0 */
/* Mutants: conditions that differ from a given one in one small thing, as a slip would make them: `<` for `<=`, an OR
 * for an AND, a clause that is not there. Tests that pin a condition see an outcome of each mutant that is not the
 * condition's; a mutant that none of them tells from it shows what they leave open.
 *
 * The mutants are a small set that is enough: whatever tests tell these from the condition also tell the ones from it
 * that are left out.
 *
 * - Each clause is dropped, with the operator beside it; a part that ANDs join under an OR, or ORs under an AND, is
 *   dropped as a whole; and the whole is always true or always false. Whoever kills these has reached all goals of
 *   ddbexpr/coverage.h.
 * - Each clause is negated (`=` becomes `<>`, attribute_exists becomes attribute_not_exists), or where a NOT stands
 *   before it or before a part, that is dropped.
 * - Of relational operators three outcomes matter: less, equal, greater. For each operator two others and a constant
 *   are enough to kill all that could stand in its place (Kaminski, Ammann, Offutt: Improving logic-based testing):
 *   `<`: `<=`, `<>`; `<=`: `<`, `=`; `>`: `>=`, `<>`; `>=`: `>`, `=`; `=`: `<=`, `>=`; `<>`: `<`, `>`. The constant is
 *   the clause dropped, or its part. `=` and `<>` get these only where numbers are compared: what else is equal has
 *   seldom an order that matters.
 * - A number as a bound is one less or one more, but only where that is no easier to tell than the change of the
 *   operator: `< 5` becomes `< 4`, not `< 6`, as every test that tells `<= 5` from it tells `< 6` as well. Where one
 *   more takes more than 38 digits (1E50) the 38th digit of the number is one more.
 * - BETWEEN loses each of its bounds: it is excluded; of numbers one less or one more; of others dropped. IN loses each
 *   of its operands. begins_with becomes contains and `=`, contains begins_with, attribute_type attribute_exists.
 * - Each AND becomes an OR, each OR an AND, one operator of the text at a time: the others bind as they then do.
 *
 * Left out is what is the same for every outcome of the clauses as the condition or as another mutant, as far as at
 * most ten different clauses tell (dropping one of two equal clauses), and of key conditions what the service would
 * not take for one. Since 0.1.0. */
#ifndef DDBEXPR_MUTANTS_H
#define DDBEXPR_MUTANTS_H

#include <ddbexpr/coverage.h>

DDBEXPR_BEGIN_DECLS

/* All mutants of one condition, and which of them have been killed; owned by the caller; borrows nothing. One thread at
 * a time; getters alone may be called by any number of threads. */
typedef struct ddbexpr_mutants ddbexpr_mutants;

typedef enum ddbexpr_mutation {
    DDBEXPR_MUTATION_CONSTANT,   /* the whole is always true, or always false */
    DDBEXPR_MUTATION_DROP,       /* a clause or part is not there */
    DDBEXPR_MUTATION_NEGATE,     /* a clause is negated, or a NOT dropped */
    DDBEXPR_MUTATION_CONNECTIVE, /* an AND is an OR, or an OR an AND */
    DDBEXPR_MUTATION_COMPARATOR, /* another comparator */
    DDBEXPR_MUTATION_BOUND,      /* a number is one more or one less; a bound of BETWEEN is excluded or dropped */
    DDBEXPR_MUTATION_FUNCTION,   /* another function, or a comparator in its place */
    DDBEXPR_MUTATION_OPERAND     /* IN without one of its operands */
} ddbexpr_mutation;

/* "constant", "drop", "negate", "connective", "comparator", "bound", "function", "operand". Static. Any thread. */
DDBEXPR_API const char *ddbexpr_mutation_name(ddbexpr_mutation mutation);

/* One mutant. Strings are borrowed from the mutants. */
typedef struct ddbexpr_mutant {
    ddbexpr_mutation mutation;
    ddbexpr_span span;       /* of the condition: what is changed or dropped */
    size_t clause;           /* the number of the clause that it is about; SIZE_MAX: of several */
    ddbexpr_str description; /* "`<` becomes `<=`", "dropped", "`:min` is one less" */
    bool has_text;           /* it can be written as a text that the service takes: `replaced` by `replacement` */
    ddbexpr_span replaced;
    ddbexpr_str replacement;
    bool killed; /* by an evaluation given to ddbexpr_mutants_kill */
} ddbexpr_mutant;

/* All mutants of a condition, filter or key condition, in text order. What `first` is an explanation of only says what
 * its text, clauses and placeholders are: nothing is killed yet. Explanation, program and item are not needed any more
 * afterwards. Errors: NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_mutants_new(const ddbexpr_explanation *first, const ddbexpr_alloc *alloc,
                                               ddbexpr_mutants **ret_mutants);

/* Frees the mutants. NULL is fine. */
DDBEXPR_API void ddbexpr_mutants_free(ddbexpr_mutants *mutants);

/* The condition's kind and text (borrowed). Any thread. */
DDBEXPR_API ddbexpr_kind ddbexpr_mutants_kind(const ddbexpr_mutants *mutants);
DDBEXPR_API ddbexpr_str ddbexpr_mutants_text(const ddbexpr_mutants *mutants);

/* The mutants; NULL past the end. */
DDBEXPR_API size_t ddbexpr_mutants_count(const ddbexpr_mutants *mutants);
DDBEXPR_API const ddbexpr_mutant *ddbexpr_mutants_at(const ddbexpr_mutants *mutants, size_t index);

/* How many of them have been killed. */
DDBEXPR_API size_t ddbexpr_mutants_killed_count(const ddbexpr_mutants *mutants);

/* Appends the text of a mutant; nothing if it has none. It may leave placeholders unused. Errors: MISUSE (no such
 * mutant), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_mutants_write(const ddbexpr_mutants *mutants, size_t index, ddbexpr_buffer *buffer);

/* Whether a mutant is true of an item (NULL: there is none) with the values of a program of the same text: nothing is
 * compiled, only the one change is made to its tests. Allocates nothing. Errors: MISUSE (no such mutant; the program is
 * of another kind or text; the item is no map or is faulty). */
DDBEXPR_API ddbexpr_status ddbexpr_mutants_evaluate(ddbexpr_mutants *mutants, size_t index,
                                                    const ddbexpr_program *program, const ddbexpr_value *item,
                                                    bool *ret_matched);

/* Kills all mutants that an evaluation of the same text, with whatever values and item, tells from the condition. Those
 * killed before are not looked at again: the time is that of the others. Allocates nothing. *ret_killed (may be NULL):
 * how many are dead now that were not. Errors: MISUSE (of another kind or text). */
DDBEXPR_API ddbexpr_status ddbexpr_mutants_kill(ddbexpr_mutants *mutants, const ddbexpr_explanation *explanation,
                                                size_t *ret_killed);

/* Looks for an item that tells a mutant from the condition, with the values of a program of the same text, by the
 * simple means of ddbexpr_coverage_witness and with its promises: *ret_found says whether one was found; then *ret_item
 * is the item, or NULL: that there is none. That none is found proves nothing: some mutants are the condition in other
 * words. Errors: MISUSE (no such mutant; the program is of another kind or text; item or key no map or faulty; size),
 * NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_mutants_witness(ddbexpr_mutants *mutants, size_t index,
                                                   const ddbexpr_program *program, const ddbexpr_value *item,
                                                   const ddbexpr_witness_options *options, ddbexpr_arena *arena,
                                                   bool *ret_found, const ddbexpr_value **ret_item);

DDBEXPR_END_DECLS

#endif
