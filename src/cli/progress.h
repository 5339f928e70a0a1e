/* SPDX-License-Identifier: Apache-2.0 */
/* Telling on standard error how far a long run is. */
#ifndef DDBEXPR_CLI_PROGRESS_H
#define DDBEXPR_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct progress {
    const char *what; /* that is counted */
    bool terminal;
    time_t begun, last_told;
    bool shown; /* a line stands on the terminal that is not finished */
};

/* `what` in plural: "items". Static. */
void progress_begin(struct progress *p, const char *what);

/* After each item: `count` so far. On a terminal it is told every second, elsewhere every ten. */
void progress_step(struct progress *p, uint64_t count);

/* Takes a line that was begun away, so that something else can be written where it stands. */
void progress_hide(struct progress *p);

/* The same for steps that are long: each time looks at the clock. */
void progress_look(struct progress *p, uint64_t count);

/* The same of a file: how many bytes of text they were, and `done` of the file's `size` (0: not known), which may be
 * packed. The rate and the time that is left are told as well. */
void progress_look_at(struct progress *p, uint64_t count, uint64_t bytes, uint64_t done, uint64_t size);

/* At the end: a line that was begun is finished. */
void progress_end(struct progress *p, uint64_t count);

#endif
