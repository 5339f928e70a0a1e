/* SPDX-License-Identifier: Apache-2.0 */
/* Folders: where a file lies, and where the configuration above it. Reads no configuration. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_FIND_H
#define DDBEXPR_CLI_CONFIG_CONFIG_FIND_H

#include "cli/arguments.h"

#define CONFIG_NAME "ddbexpr.yaml"

/* The absolute folder of a file; NULL for the working directory, which is also taken where the file's folder is none.
 * Lives in the arena; NULL: out of memory. */
const char *find_folder(ddbexpr_arena *arena, const char *file);

/* The absolute path of a file, whether it is there or not. NULL: out of memory. */
const char *find_absolute(ddbexpr_arena *arena, const char *file);

/* The nearest configuration in a folder or above it. *ret_path is how messages show it: seen from the working directory
 * where that is short; NULL: there is none. False: out of memory. */
bool find_config(ddbexpr_arena *arena, const char *folder, const char **ret_path, const char **ret_folder);

#endif
