/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of an explanation of a request. */
#ifndef DDBEXPR_REQUEST_EXPLAIN_REQUEST_H
#define DDBEXPR_REQUEST_EXPLAIN_REQUEST_H

#include "request/outcome.h"

#include <ddbexpr/explain_request.h>

struct ddbexpr_request_explanation {
    arena *arena; /* owns all but the collectors and the explanations in the actions */
    ddbexpr_action_explanation *actions;
    size_t action_count;
    bool is_transaction;
};

#endif
