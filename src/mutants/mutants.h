/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of mutants: what each of them changes. */
#ifndef DDBEXPR_MUTANTS_MUTANTS_H
#define DDBEXPR_MUTANTS_MUTANTS_H

#include "mutants/skeleton.h"

#include <ddbexpr/mutants.h>

/* What a mutant makes of the test of its clause. */
enum test_change {
    CHANGE_NOTHING, /* it is the skeleton that changes */
    CHANGE_OUTCOME, /* turned */
    CHANGE_KIND,    /* another test of the same operands */
    CHANGE_BESIDE,  /* the number of an operand is its neighbour */
    CHANGE_EXCLUDE, /* BETWEEN: a bound does not belong to what lies between */
    CHANGE_UNBOUND, /* BETWEEN: a bound is not there */
    CHANGE_WITHOUT  /* IN: an operand is not there */
};

struct mutant {
    ddbexpr_mutant seen;
    struct skeleton_change change; /* of a changed test `first` is its clause, and `forced` is filled in */
    enum test_change test;
    enum test_kind kind; /* CHANGE_KIND */
    uint32_t operand;    /* BESIDE, EXCLUDE, UNBOUND, WITHOUT: its number */
    bool above;          /* CHANGE_BESIDE: one more */
};

struct ddbexpr_mutants {
    arena *arena; /* owns all */
    ddbexpr_kind kind;
    str text;
    struct skeleton skeleton;
    struct mutant *mutants;
    uint32_t count, room;
    uint32_t killed;
    uint64_t *outcomes; /* by clause, of the evaluation at hand */
    uint64_t operators; /* of the condition */
    bool no_memory;     /* while they are listed */
};

/* Lists the mutants of a program (list.c); those that are the same as another are still among them. False: no memory.
 */
bool mutants_list(struct ddbexpr_mutants *m, const struct ddbexpr_program *program);

/* Takes out what is the same as the condition or as an earlier mutant (same.c). False: no memory. */
bool mutants_drop_same(struct ddbexpr_mutants *m, const struct ddbexpr_program *program);

/* Whether two operands are the same in the text (same.c). */
bool operand_same(const struct operand *a, const struct operand *b);

/* The outcome of a mutant's changed test, where that of the test as it is is `outcome` (changed.c). */
bool mutant_test_holds(const struct mutant *mutant, const struct test *test, const value *item, bool outcome);

/* Whether a program is of the condition that the mutants are of, and whether a mutant and the condition have different
 * outcomes on an item (mutants.c). */
bool mutants_are_of(const struct ddbexpr_mutants *m, const struct ddbexpr_program *program);
bool mutant_differs(struct ddbexpr_mutants *m, const struct mutant *mutant, const struct ddbexpr_program *program,
                    const value *item);

/* Says how a mutant that drops a clause or part, of which this is the topmost NOT or itself, is written (words.c).
 * Errors are told by m->no_memory. */
void mutant_write_drop(struct ddbexpr_mutants *m, const struct node *part, ddbexpr_mutant *mutant);

/* Describes a mutant of which all else is known, and says how it is written, but for those that drop (words.c). Errors
 * are told by m->no_memory. */
void mutant_word(struct ddbexpr_mutants *m, const struct ddbexpr_program *program, struct mutant *mutant);

/* "=", "<>", …, "contains": what a test is called in a text (words.c). */
str test_text(enum test_kind kind);

#endif
