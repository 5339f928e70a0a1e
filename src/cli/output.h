/* SPDX-License-Identifier: Apache-2.0 */
/* What the tool writes: results to standard output, complaints to standard error, and the exit statuses. */
#ifndef DDBEXPR_CLI_OUTPUT_H
#define DDBEXPR_CLI_OUTPUT_H

#include <ddbexpr/ddbexpr.h>

/* Documented in the man page; tested. */
enum exit_status {
    EXIT_TRUE = 0,     /* true, clean, passed */
    EXIT_FALSE = 1,    /* false, findings, failed */
    EXIT_REFUSED = 2,  /* the service would refuse it */
    EXIT_UNUSABLE = 3, /* wrong options, unreadable file, not JSON */
    EXIT_INTERNAL = 4  /* out of memory, cannot write */
};

/* Prints "ddbexpr: …" to standard error, with control characters made visible. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Complains, once in a run, that memory ran out; about `what`, if it is not NULL. Whatever the command makes of it, the
 * exit status of the tool is EXIT_INTERNAL, which is returned. Not for threads. */
int complain_no_memory(const char *what);

/* Complains that a file cannot be opened or read, as errno says. An exit status. */
int cannot_read(const char *path);

/* For main: a run begins; whether its memory ran out. */
void memory_begin(void);
bool memory_ran_out(void);

/* Complains about a status that is no OK and no INVALID, and says which exit status that is. */
int exit_for_status(ddbexpr_status status);

/* Writes bytes to standard output. False: told on stderr (exit with EXIT_INTERNAL). */
bool put_out(ddbexpr_str text);

/* Writes bytes to standard error. */
void put_err(ddbexpr_str text);

/* Writes a buffer to standard error and frees it. If something is missing from it, memory ran out, which is told. */
void put_err_whole(ddbexpr_buffer *text);

/* Flushes standard output; false if anything could not be written (told). */
bool flush_out(void);

/* Whether a stream is a terminal that wants colours: not with NO_COLOR, not for TERM=dumb. `wanted` is the value of
 * --color (always, never, auto or NULL). */
bool wants_colour(int fd, const char *wanted);

/* Columns of the terminal, or 0. */
unsigned terminal_width(int fd);

#endif
