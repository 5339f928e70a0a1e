/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations of whole writes: for PutItem, UpdateItem, DeleteItem, and each action of TransactWriteItems, which items
 * were looked at, why the condition is true or false of them, why the update can or cannot be applied, what changes.
 * Since 0.1.0. */
#ifndef DDBEXPR_EXPLAIN_REQUEST_H
#define DDBEXPR_EXPLAIN_REQUEST_H

#include <ddbexpr/explain.h>
#include <ddbexpr/request.h>

DDBEXPR_BEGIN_DECLS

/* Immutable; owned by the caller; borrows from the request and the tables, which must live as long. */
typedef struct ddbexpr_request_explanation ddbexpr_request_explanation;

typedef enum ddbexpr_action_verdict {
    DDBEXPR_ACTION_PASSES,
    DDBEXPR_ACTION_CONDITION_FALSE,
    DDBEXPR_ACTION_REFUSED /* it cannot be run: the update does not apply, a key has a wrong type, … */
} ddbexpr_action_verdict;

/* One write. Everything is borrowed from the explanation. */
typedef struct ddbexpr_action_explanation {
    ddbexpr_operation operation;
    ddbexpr_str table_name;                   /* may be empty */
    const ddbexpr_value *key;                 /* the key attributes, an M */
    ddbexpr_str key_text;                     /* the same in words: `pk` S "a", `sk` N 1 */
    ddbexpr_action_verdict verdict;           /* of this action by itself, whatever becomes of the others */
    const ddbexpr_explanation *condition;     /* NULL: there is none, or it was not come to */
    const ddbexpr_update_explanation *update; /* of an update whose condition is true; else NULL */
    const ddbexpr_diags *diags;               /* REFUSED: why, first what the service says */
    const ddbexpr_value *old_item;            /* NULL: there is none */
    const ddbexpr_value *new_item;            /* what this action makes of it; NULL: none is left */
} ddbexpr_action_explanation;

/* Explains a write. Errors: INVALID (the service refuses the request before it looks at any item: the faults were
 * added to `diags`, which may be NULL), NO_MEMORY, MISUSE (as ddbexpr_execute; a read). */
DDBEXPR_API ddbexpr_status ddbexpr_explain_request(const ddbexpr_request *request, const ddbexpr_table *tables,
                                                   size_t table_count, const ddbexpr_execute_options *options,
                                                   const ddbexpr_alloc *alloc, ddbexpr_diags *diags,
                                                   ddbexpr_request_explanation **ret_explanation);

/* Frees the explanation. NULL is fine. */
DDBEXPR_API void ddbexpr_request_explanation_free(ddbexpr_request_explanation *explanation);

/* Getters: borrowed from the explanation. Any thread. A request that is no transaction is one action; NULL past the
 * end. */
DDBEXPR_API bool ddbexpr_request_explanation_passes(const ddbexpr_request_explanation *explanation);
DDBEXPR_API bool ddbexpr_request_explanation_is_transaction(const ddbexpr_request_explanation *explanation);
DDBEXPR_API size_t ddbexpr_request_explanation_action_count(const ddbexpr_request_explanation *explanation);
DDBEXPR_API const ddbexpr_action_explanation *
ddbexpr_request_explanation_action_at(const ddbexpr_request_explanation *explanation, size_t index);

/* Appends it for people: of a transaction first who is to blame, then every action by position, table and key. Errors:
 * NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_request_explanation_render(const ddbexpr_request_explanation *explanation,
                                                              const ddbexpr_style *style, ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
