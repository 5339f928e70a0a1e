/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a file anew. */
#ifndef DDBEXPR_CLI_REPLACE_FILE_H
#define DDBEXPR_CLI_REPLACE_FILE_H

#include <ddbexpr/api.h>

/* Puts a text into a file that is there. Atomic: a new file beside it, synced, renamed; its mode stays, and a link
 * stays a link. False: told. */
bool replace_file(const char *path, ddbexpr_str text);

#endif
