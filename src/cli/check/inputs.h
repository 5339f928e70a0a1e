/* SPDX-License-Identifier: Apache-2.0 */
/* The files that check is given: by name, in folders, on standard input. */
#ifndef DDBEXPR_CLI_CHECK_INPUTS_H
#define DDBEXPR_CLI_CHECK_INPUTS_H

#include "cli/check/findings.h"

struct inputs {
    struct input_file *files; /* as named, those of a folder sorted; in the session's arena */
    size_t count;
    bool unusable; /* some could not be read, or there are none (told) */
};

/* Reads what the arguments name. EXIT_TRUE, or told. */
int inputs_collect(struct session *session, struct inputs *ret);

/* Paths of files, growing. */
struct path_list {
    const char **paths; /* in the session's arena */
    size_t count, size;
};
bool path_list_add(ddbexpr_arena *arena, struct path_list *list, const char *path); /* false: no memory */

/* The files in a folder and those below that --include and --exclude ask for, sorted; hidden ones and node_modules are
 * left out, and links to folders not followed. *ret_unusable becomes true where something could not be read (told).
 * EXIT_TRUE, or told (walk.c). */
int walk_folder(struct session *session, const char *folder, struct path_list *list, bool *ret_unusable);

#endif
