/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong in a file that is read piece by piece, told as if it were there as a whole. */
#ifndef DDBEXPR_CLI_ITEMS_TELL_H
#define DDBEXPR_CLI_ITEMS_TELL_H

#include "cli/arguments.h"
#include "cli/items/chunk.h"

/* The fault behind the chunk's `end`, which is at `place` in the file; reads on as far as the message needs it. What
 * was put out before is flushed. EXIT_UNUSABLE or EXIT_INTERNAL. */
int tell_fault(struct session *session, struct source *source, struct chunk *chunk, const struct place *place);

/* The fault of a source. The same. */
int tell_source(const struct source *source);

#endif
