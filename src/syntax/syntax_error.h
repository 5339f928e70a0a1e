/* SPDX-License-Identifier: Apache-2.0 */
/* A syntax error as a diagnostic. */
#ifndef DDBEXPR_SYNTAX_SYNTAX_ERROR_H
#define DDBEXPR_SYNTAX_SYNTAX_ERROR_H

#include "syntax/parser.h"

/* Adds the diagnostic for the parser's offender. Errors: NO_MEMORY. */
ddbexpr_status syntax_error_report(const struct parser *parser);

/* Appends text for a message: bytes that are not UTF-8 become U+FFFD, one each. */
void syntax_error_show(buffer *out, str text);

#endif
