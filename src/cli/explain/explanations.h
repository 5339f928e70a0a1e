/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations on the command line: made of what the options give, printed in the form that they ask for. */
#ifndef DDBEXPR_CLI_EXPLAIN_EXPLANATIONS_H
#define DDBEXPR_CLI_EXPLAIN_EXPLANATIONS_H

#include "cli/condition.h"

/* What explain has to say about one item. */
struct explanations {
    ddbexpr_explanation *key_condition; /* of a query; NULL: none was given */
    ddbexpr_explanation *condition;     /* or filter; NULL: none was given */
    ddbexpr_update_explanation *update; /* NULL: none was given, or the condition is false */
    const ddbexpr_value *item;          /* NULL: there is none */
    ddbexpr_arena *arena;               /* for what is needed as long as they are */
};

/* `key`: the key attributes, or NULL. */
ddbexpr_status explanations_make(const struct expressions *expressions, ddbexpr_arena *arena, const ddbexpr_value *item,
                                 const ddbexpr_value *key, struct explanations *ret);
void explanations_free(struct explanations *e);

/* EXIT_TRUE, EXIT_FALSE for a false condition, EXIT_REFUSED for an update that cannot be applied. */
int explanations_exit(const struct explanations *e);

/* Appends them to s->out; of many items with a heading, or as one line of JSON. */
ddbexpr_status explanations_put(struct session *s, const struct explanations *e, size_t index, bool many);

/* Reads the items of --items and prints what there is to say of each. An exit status as explain's: the worst. */
int explain_each(struct session *s, const struct expressions *expressions);

/* The same for a request. */
int request_explanation_exit(const ddbexpr_request_explanation *e);
ddbexpr_status request_explanation_put(struct session *s, const ddbexpr_request_explanation *e);

#endif
