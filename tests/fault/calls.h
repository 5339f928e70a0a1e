/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the system that fail on demand: reads and writes, files opened, closed, renamed, and so on. As
 * allocations.h, by the linker. They must not know who calls. */
#ifndef DDBEXPR_TESTS_CALLS_H
#define DDBEXPR_TESTS_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CALLS_NEVER_FAIL ((size_t)-1)

enum call_fault {
    CALL_FAILS, /* with an error; nothing is done */
    CALL_SHORT, /* a read or write of one byte */
    CALL_ENDS,  /* a read that finds the end */
    CALL_KILLS  /* the process is killed; in the middle of a write */
};

/* From here on calls are counted from 0, and the one with this number goes wrong; with `all` those after it as well.
 * Calls that a fault is nothing for are made as ever. */
void calls_begin(size_t at, bool all, enum call_fault fault, int error);

/* Nothing goes wrong any more, and nothing is counted. Returns the names of the calls, in order, a blank after each. */
const char *calls_end(void);

/* Whether one has gone wrong since the beginning. */
bool calls_failed(void);

/* A stream in place of one of the standard ones, whose reads and writes are calls of these descriptors. The C library
 * makes them in a way that no linker sees. `fd` 2: of those none goes wrong. Writes go to `to`. NULL: no memory. */
FILE *calls_stream(int fd, FILE *to);

#endif
