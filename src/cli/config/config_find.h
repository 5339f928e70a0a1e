/* SPDX-License-Identifier: Apache-2.0 */
/* Folders: where a file lies, and where the configuration above it. Reads no configuration. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_FIND_H
#define DDBEXPR_CLI_CONFIG_CONFIG_FIND_H

#include "cli/arguments.h"

#define CONFIG_NAME "ddbexpr.yaml"

/* Paths live in the arena. All return EXIT_TRUE, or told and an exit status. */

/* The absolute folder of a file; NULL for the working directory, which is also taken where the file's folder is none.
 */
int find_folder(ddbexpr_arena *arena, const char *file, const char **ret);

/* The absolute path of a file, whether it is there or not. */
int find_absolute(ddbexpr_arena *arena, const char *file, const char **ret);

/* The nearest configuration in a folder or above it. *ret_path is how messages show it: seen from the working directory
 * where that is short; NULL: there is none. */
int find_config(ddbexpr_arena *arena, const char *folder, const char **ret_path, const char **ret_folder);

#endif
