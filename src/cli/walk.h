/* SPDX-License-Identifier: Apache-2.0 */
/* Files in folders, for commands that take both. */
#ifndef DDBEXPR_CLI_WALK_H
#define DDBEXPR_CLI_WALK_H

#include "cli/arguments.h"

/* Paths of files, growing. */
struct path_list {
    const char **paths; /* in the session's arena */
    size_t count, size;
};
bool path_list_add(ddbexpr_arena *arena, struct path_list *list, const char *path); /* false: no memory */

bool is_folder(const char *path);

/* Leaves out what is there already, by whatever path: `a`, `./a`, the folder that it is in. A link in another folder is
 * something else: what a file names beside itself is then other files. EXIT_TRUE, or told. */
int path_list_unique(ddbexpr_arena *arena, struct path_list *list);

/* The files in a folder and those below that --include and --exclude ask for, sorted; without --include those that one
 * of the `usual` patterns (ended by NULL) names. Hidden ones and node_modules are left out, and links to folders not
 * followed. *ret_unusable becomes true where something could not be read (told). EXIT_TRUE, or told. */
int walk_folder(struct session *session, const char *folder, const char *const *usual, struct path_list *list,
                bool *ret_unusable);

#endif
