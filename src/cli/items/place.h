/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and columns in a text of which only a piece is there. */
#ifndef DDBEXPR_CLI_ITEMS_PLACE_H
#define DDBEXPR_CLI_ITEMS_PLACE_H

#include "cli/input.h"

struct place {
    uint64_t lines;      /* that end before it */
    uint64_t characters; /* of its own line, before it */
};

/* How a piece of text moves a place. */
struct place_step {
    uint64_t lines;
    uint64_t characters; /* after the last line's end in it, or all */
};

/* Of valid UTF-8. Any thread. */
struct place_step place_measure(const char *text, size_t length);
void place_move(struct place *place, struct place_step step);

#endif
