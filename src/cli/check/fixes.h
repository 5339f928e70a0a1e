/* SPDX-License-Identifier: Apache-2.0 */
/* Mending what check finds: --fix, --unsafe-fixes and --diff. */
#ifndef DDBEXPR_CLI_CHECK_FIXES_H
#define DDBEXPR_CLI_CHECK_FIXES_H

#include "cli/check/inputs.h"

/* The text of a file with its requests mended, round by round until nothing changes, and how many faults that were.
 * EXIT_TRUE, or told. The text is the file's own where there is nothing to mend. */
int fix_text(struct session *session, const struct input_file *file, ddbexpr_str *ret_text, size_t *ret_count);

/* Mends files, writes them back, and says on standard error how many faults were mended. The inputs then have the new
 * texts. EXIT_TRUE, or told. */
int fix_files(struct session *session, struct inputs *inputs);

/* Prints what --fix would change as a patch. EXIT_FALSE: there is something to change. */
int print_patch(struct session *session);

/* Prints the options of the request on the command line as they should be, or what would change in them. An exit
 * status: that of what cannot be mended. (fix_options.c) */
int fix_options(struct session *session);

#endif
