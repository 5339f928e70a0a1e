/* SPDX-License-Identifier: Apache-2.0 */
/* Workflow commands, the lines of a log that GitHub Actions turns into annotations: their texts escaped. */
#ifndef DDBEXPR_CLI_REPORT_WORKFLOW_COMMAND_H
#define DDBEXPR_CLI_REPORT_WORKFLOW_COMMAND_H

#include <ddbexpr/ddbexpr.h>

/* Appends a property, NAME=TEXT; the name is taken as it is. Errors: NO_MEMORY. */
ddbexpr_status workflow_append_property(ddbexpr_buffer *out, const char *name, ddbexpr_str text);

/* Appends the message, which ends the command but for its line end. Errors: NO_MEMORY. */
ddbexpr_status workflow_append_message(ddbexpr_buffer *out, ddbexpr_str text);

#endif
