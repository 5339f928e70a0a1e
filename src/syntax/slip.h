/* SPDX-License-Identifier: Apache-2.0 */
/* The frequent slips behind syntax errors: see hints.def. */
#ifndef DDBEXPR_SYNTAX_SLIP_H
#define DDBEXPR_SYNTAX_SLIP_H

#include "syntax/mend.h"

struct slip {
    bool (*applies)(const struct scene *s);
    enum diag_id id;
    span (*extent)(const struct scene *s); /* what is wrong as a whole: see extent.h */
    mend_function *mend;
    const char *sentence;
};

/* The first slip of hints.def that the scene shows, or NULL. */
const struct slip *slip_find(const struct scene *s);

#endif
