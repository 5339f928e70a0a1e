/* SPDX-License-Identifier: Apache-2.0 */
/* What to do about a syntax error, in a sentence. */
#ifndef DDBEXPR_SYNTAX_HINT_H
#define DDBEXPR_SYNTAX_HINT_H

#include "syntax/parser.h"

/* Appends the sentence for the parser's offender: the frequent slip that it is, or else what would have been
 * accepted. */
void hint_put(buffer *out, const struct parser *parser);

#endif
