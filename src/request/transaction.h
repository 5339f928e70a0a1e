/* SPDX-License-Identifier: Apache-2.0 */
/* TransactWriteItems on its way: its actions, each a request of its own. */
#ifndef DDBEXPR_REQUEST_TRANSACTION_H
#define DDBEXPR_REQUEST_TRANSACTION_H

#include "request/outcome.h"

struct action_run {
    struct run run;
    struct table *table; /* NULL: not known */
    size_t position;     /* of the stored item in its table */
    struct write write;
};

struct transaction {
    struct run *run;
    struct table *tables;
    size_t table_count;
    bool tables_unknown; /* a table that is not among `tables` may exist all the same */
    struct action_run *actions;
    size_t count;
};

/* The map that holds an action's key: Item of a Put, Key of the others. */
static inline const value *target_of(const ddbexpr_request *action)
{
    return action->item ? action->item : action->key;
}

/* Makes the actions and finds every fault that refuses the whole request: they go to t->run, by action. */
void transaction_check(struct transaction *t);

#endif
