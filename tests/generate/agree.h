/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold of every question, whatever it is: that the parts of the library agree with each other. */
#ifndef DDBEXPR_TESTS_AGREE_H
#define DDBEXPR_TESTS_AGREE_H

#include <ddbexpr/json.h>

struct agreement {
    ddbexpr_buffer *text, *again; /* to print into */
};

/* NULL, or what does not hold. `outcome` is what came of running it. */
const char *agree(struct agreement *a, const ddbexpr_question *q, const ddbexpr_outcome *outcome);

#endif
