/* SPDX-License-Identifier: Apache-2.0 */
/* The help of the tool as data. */
#ifndef DDBEXPR_CLI_HELP_JSON_H
#define DDBEXPR_CLI_HELP_JSON_H

#include "cli/command.h"

/* What the help says of the tool as a whole. */
extern const char *const tool_summary, *const tool_values;
extern const char *const exit_meanings[]; /* by exit status; ends with NULL */

/* The tool and its commands, or one of them only, as one JSON object. */
ddbexpr_status help_json(const struct command *only, ddbexpr_buffer *out);

#endif
