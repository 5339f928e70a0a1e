/* SPDX-License-Identifier: Apache-2.0 */
/* What to do about a syntax error, in a sentence. */
#ifndef DDBEXPR_SYNTAX_HINT_H
#define DDBEXPR_SYNTAX_HINT_H

#include "syntax/slip.h"

/* Appends the sentence of the slip, or, without one (NULL), what would have been accepted. */
void hint_put(buffer *out, const struct scene *s, const struct slip *slip, span extent);

/* "SET", …; empty outside the sections of an update. */
str hint_section(const struct scene *s);

#endif
