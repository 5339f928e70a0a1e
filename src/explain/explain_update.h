/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of an explanation of an update. */
#ifndef DDBEXPR_EXPLAIN_EXPLAIN_UPDATE_H
#define DDBEXPR_EXPLAIN_EXPLAIN_UPDATE_H

#include "explain/explain.h"

struct ddbexpr_update_explanation {
    arena *arena; /* owns all but the diagnostics */
    ddbexpr_diags *diags;
    const struct ddbexpr_program *program;
    bool applies;
    bool has_item;
    const value *base; /* what it is applied to: the item, the key, or nothing */
    const value *item; /* afterwards */
    ddbexpr_update_action *actions;
    size_t action_count;
    ddbexpr_span *fault_spans; /* of the actions that fail, in text order */
    size_t fault_count;
};

#endif
