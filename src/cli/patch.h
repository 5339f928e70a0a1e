/* SPDX-License-Identifier: Apache-2.0 */
/* What changed in a text, as patch and git apply read it. */
#ifndef DDBEXPR_CLI_PATCH_H
#define DDBEXPR_CLI_PATCH_H

#include <ddbexpr/memory.h>

/* Appends a unified patch from one text to another; nothing where they are equal. For a standard output that is a
 * terminal control characters are made visible. Errors: NO_MEMORY. */
ddbexpr_status put_patch(const char *path, ddbexpr_str before, ddbexpr_str after, ddbexpr_buffer *out);

#endif
