/* SPDX-License-Identifier: Apache-2.0 */
/* The parser that is tried first. For parse.c only. */
#ifndef DDBEXPR_SYNTAX_QUICK_H
#define DDBEXPR_SYNTAX_QUICK_H

#include "syntax/parser.h"

enum quick_result { QUICK_ACCEPTED, QUICK_GIVES_UP, QUICK_NO_MEMORY };

/* Reads the text of a parser that is set up, but for its tokens. Having given up it has said nothing; what it built
 * stays in the arena, and the parser must be set up anew. */
enum quick_result quick_run(struct parser *parser);

#endif
