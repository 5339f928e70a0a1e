/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a file, anew or for the first time. */
#ifndef DDBEXPR_CLI_REPLACE_FILE_H
#define DDBEXPR_CLI_REPLACE_FILE_H

#include <ddbexpr/api.h>

/* Puts a text into a file that is there. Atomic: a new file beside it, synced, renamed; its mode stays, and its owner
 * where that may be, and a link stays a link. A file that does not hold `old` any more, the text that the new one is
 * made from, or that another process is about to replace, is left as it is, even if it holds the new text by now: of
 * two that add one to the same number, one has added nothing. EXIT_TRUE, or told. */
int replace_file(const char *path, ddbexpr_str old, ddbexpr_str text);

/* The same of a change that is no other one if it is made twice: a file that holds the new text already is as wanted.
 */
int mend_file(const char *path, ddbexpr_str old, ddbexpr_str text);

/* Likewise whatever is in the file, and also if there is none; what is no plain file is written to. EXIT_TRUE, or told.
 */
int put_file(const char *path, ddbexpr_str text);

#endif
