/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between the clauses of a condition: its ANDs, ORs, NOTs and parentheses in text order, and what becomes
 * of the whole where one of them is another. Read as a text is, by precedence, so that a changed text needs no tree.
 * Knows outcomes of clauses only. */
#ifndef DDBEXPR_MUTANTS_SKELETON_H
#define DDBEXPR_MUTANTS_SKELETON_H

#include "program/program.h"

#define NO_TOKEN UINT32_MAX

enum joint_kind { JOINT_CLAUSE, JOINT_AND, JOINT_OR, JOINT_NOT, JOINT_OPEN, JOINT_CLOSE };

struct joint {
    enum joint_kind kind;
    uint32_t clause; /* JOINT_CLAUSE */
    span span;
    const struct node *node; /* CLAUSE, NOT: itself; AND, OR: the child before it. Of the tree that it was read from */
};

/* The joints of one AND or OR, without its own parentheses. */
struct group {
    const struct node *node; /* of the tree that it was read from */
    uint32_t first, last;
};

/* What is known of a part of the text that is open. */
struct open_part {
    uint64_t any;  /* of the ORs so far */
    uint64_t all;  /* of the ANDs since */
    uint64_t nots; /* what the NOTs before the next clause or parenthesis make of it: all ones, it is turned */
};

struct skeleton {
    struct joint *joints;
    uint32_t count;
    uint32_t clause_count;
    struct group *groups; /* in text order */
    uint32_t group_count;
    struct open_part *open; /* room for all that may be open at once */
};

/* One change of it; NO_TOKEN where there is none. */
struct skeleton_change {
    uint32_t flipped; /* an AND is an OR, or an OR an AND */
    uint32_t skipped; /* a NOT is not there */
    uint32_t first;   /* the joints from here to `last` come to `forced` */
    uint32_t last;
    uint64_t forced;
};

#define SKELETON_UNCHANGED ((struct skeleton_change){NO_TOKEN, NO_TOKEN, NO_TOKEN, NO_TOKEN, 0})

/* Reads the skeleton of a condition. False: no memory. */
bool skeleton_read(struct skeleton *skeleton, const struct ddbexpr_program *program, arena *a);

/* The whole for outcomes of the clauses: 64 evaluations at once, one a bit. Allocates nothing; one call at a time. */
uint64_t skeleton_fold(const struct skeleton *skeleton, const struct skeleton_change *change, const uint64_t *outcomes);

#endif
