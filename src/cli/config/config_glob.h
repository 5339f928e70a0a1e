/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns of paths: * within a folder, ** over folders. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_GLOB_H
#define DDBEXPR_CLI_CONFIG_CONFIG_GLOB_H

#include <ddbexpr/ddbexpr.h>

/* Whether a path is what the pattern names: `*` stands for any characters but `/`, `**` for any at all, and
 * between slashes, or before the first, also for no folder. A pattern without a slash names a file in whatever folder.
 * Longer patterns name nothing. Time is that of both lengths multiplied, whatever the pattern. */
bool glob_matches(ddbexpr_str pattern, ddbexpr_str path);

#endif
