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

#endif
