/* SPDX-License-Identifier: Apache-2.0 */
/* The help of the tool as data. */
#ifndef DDBEXPR_CLI_HELP_JSON_H
#define DDBEXPR_CLI_HELP_JSON_H

#include "cli/command.h"

/* What the help says of the tool as a whole. */
struct tool_help {
    const char *summary;
    const char *values;                    /* how values are given */
    const char *const *exit_meanings;      /* by exit status; ends with NULL */
    const struct command *const *commands; /* ends with NULL */
};

/* The tool and its commands as one JSON object; of the commands only one, if `only` is not NULL. */
ddbexpr_status help_json(const struct tool_help *tool, const struct command *only, ddbexpr_buffer *out);

#endif
