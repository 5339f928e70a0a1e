/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr version. */
#include "cli/command.h"

#include <stdio.h>

static int run(const struct options *options)
{
    if (options->argument_count) {
        complain("version takes no argument: %s", options->arguments[0]);
        return EXIT_UNUSABLE;
    }
    printf("ddbexpr %s\n", ddbexpr_version());
    return EXIT_TRUE;
}

static const struct option_spec specs[] = {
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_version = {
    "version",
    "prints the version",
    "[--help]",
    "One line: the name and the version. `ddbexpr --version` is the same.",
    "  ddbexpr version",
    specs,
    run,
};
