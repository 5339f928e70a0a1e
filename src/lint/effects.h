/* SPDX-License-Identifier: Apache-2.0 */
/* What an update needs of the item so that it can be applied, read off its actions. Whether a condition proves it is
 * asked with facts. It must not know rules. */
#ifndef DDBEXPR_LINT_EFFECTS_H
#define DDBEXPR_LINT_EFFECTS_H

#include "lint/facts.h"

enum need_kind {
    NEED_COPIED, /* SET: an attribute that is read as it is */
    NEED_NUMBER, /* SET: an operand of + or - */
    NEED_LIST,   /* SET: an operand of list_append */
    NEED_PARENT, /* what the last step of a target goes into */
    NEED_STORED  /* ADD, DELETE: what is stored at the target, if anything, has the operand's type */
};

struct need {
    enum need_kind kind;
    struct document_path path;
    type_set types;            /* it must be one of these */
    bool may_miss;             /* only its type matters */
    bool item_may_miss;        /* REMOVE, DELETE: without an item there is nothing to do, and no fault */
    const struct node *unless; /* the if_not_exists whose default it stands in, or NULL: needed in any case */
    const struct node *node;   /* the path, or the target it is part of */
    const struct action *action;
};

struct effects {
    const struct ddbexpr_program *update;
    struct need *needs; /* in text order of their actions */
    uint32_t count;
};

/* False: no memory. The needs live in `a`. */
bool effects_of_update(const struct ddbexpr_program *update, arena *a, struct effects *ret);

/* How the facts of a condition answer a need. */
enum need_state {
    NEED_MET,    /* it is proven, or never comes up */
    NEED_OPEN,   /* the item decides */
    NEED_DOOMED, /* the opposite is proven: the update fails whenever the condition is true */
    NEED_IDLE    /* only as an unproven default of something that may exist: it may fail, seldom does */
};
enum need_state need_state_of(const struct effects *effects, const struct need *need, const struct facts_given *given,
                              const struct facts *facts);

/* Whether some action writes this place, something inside it, or something around it. */
const struct action *effects_writer(const struct effects *effects, const struct document_path *path);

/* One of two paths is the beginning of the other, or both are the same. */
bool paths_overlap(const struct document_path *a, const struct document_path *b);

/* By how much an action changes the number at its own target: `n = n + :x`, `n = :x + n`, `n = n - :x`, `ADD n :x`;
 * also with if_not_exists(n, …) for n. False: it does something else. */
struct change {
    const struct node *amount;     /* NODE_VALUE */
    bool lowers;                   /* by the operator: a negative amount turns it round */
    const struct node *by_default; /* the if_not_exists, or NULL */
};
bool effects_change(const struct effects *effects, const struct action *action, struct change *ret);

#endif
