/* SPDX-License-Identifier: Apache-2.0 */
/* Facts by document path: what a condition proves about every item it is true of, and about every item it is false
 * of. It must not know rules, updates or requests.
 *
 * The one promise is soundness: a fact holds of each such item. What cannot be expressed is forgotten, so a fact that
 * is not there says nothing. Clauses over several paths prove that these exist, and no more; a decision procedure that
 * relates paths with each other would put its own facts beside these. */
#ifndef DDBEXPR_LINT_FACTS_H
#define DDBEXPR_LINT_FACTS_H

#include "lint/fact.h"
#include "program/program.h"

/* What is known of the items whatever the condition says. */
struct facts_given {
    const struct key_schema *key; /* an item has all of these or does not exist; NULL: not known */
    bool item_exists;             /* filters see only items that are there */
    const value *const *unknown;  /* constants of which only the type is known */
    size_t unknown_count;
    struct fact_memory memory;
};

struct facts_entry {
    struct document_path path; /* no steps: the item itself */
    struct fact fact;
};

/* A clause that is true, or false, by itself: finds clauses that contradict each other as they stand. */
struct literal {
    const struct test *test;
    bool truth;
};

struct facts {
    bool impossible; /* no item is like this */
    struct facts_entry *entries;
    struct literal *literals;
    uint32_t count, room;
    uint32_t literal_count, literal_room;
};

/* What a condition proves by being true and by being false; and which of its parts cannot be so. */
struct condition_facts {
    struct facts when_true, when_false;
    const bool *never_true, *never_false; /* by node id, each part by itself */
};

/* False: no memory (which also sticks in given->memory). The paths and values are those of the program. */
bool facts_of_condition(struct facts_given *given, const struct ddbexpr_program *condition,
                        struct condition_facts *ret);

/* The same of one clause. */
struct facts facts_of_clause(struct facts_given *given, const struct test *test, bool truth);

/* What is known about a place: also what follows from the places around it. */
struct fact facts_at(const struct facts_given *given, const struct facts *facts, const struct document_path *path);

/* Both are true: `from` into `facts`. */
void facts_meet(struct facts_given *given, struct facts *facts, const struct facts *from);

/* --- for clause_facts.c --- */

/* A place exists, and with it every place on the way to it. */
void facts_add_existence(struct facts_given *given, struct facts *facts, const struct document_path *path,
                         struct fact fact, const struct node *because);

/* A place does not exist. */
void facts_add_absence(struct facts_given *given, struct facts *facts, const struct document_path *path,
                       const struct node *because);

/* Something about a place that may not exist. */
void facts_add(struct facts_given *given, struct facts *facts, const struct document_path *path, struct fact fact);

/* The clause as it stands. */
void facts_add_literal(struct facts_given *given, struct facts *facts, const struct test *test, bool truth);

/* Whether the content of an operand's constant is known, not only its type. */
bool facts_knows_constant(const struct facts_given *given, const struct operand *operand);

/* The attribute of the key schema that a path is, or NULL. */
const struct key_attribute *facts_key_attribute(const struct key_schema *key, const struct document_path *path);

/* The types that can contain something of this type; a negative one stands for any. */
type_set facts_types_containing(int part);

#endif
