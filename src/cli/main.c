/* SPDX-License-Identifier: Apache-2.0 */
/* The tool: finds the command and hands over. No rule and no semantics live in this folder: whatever it can do, a
 * program can do with the public headers. */
#include "cli/command.h"
#include "cli/report/tree_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct command *const commands[] = {
    &command_check,
    &command_eval,
    &command_explain,
    &command_test,
    &command_put_item,
    &command_update_item,
    &command_delete_item,
    &command_get_item,
    &command_query,
    &command_scan,
    &command_transact_write_items,
    &command_request,
    &command_fmt,
    &command_ast,
    &command_types,
    &command_rule,
    &command_rules,
    &command_generate,
    &command_help,
    &command_version,
    NULL,
};

int command_main(const struct command *command, int argc, char **argv)
{
    struct options options;
    int status = EXIT_UNUSABLE;
    memory_begin();
    tree_memory_begin();
    if (options_parse(argc, argv, command->options, &options)) {
        if (options_has(&options, OPTION_HELP)) {
            print_command_help(command);
            status = EXIT_TRUE;
        } else {
            status = command->run(&options);
        }
    }
    free(options.given);
    if (memory_ran_out())
        status = EXIT_INTERNAL;
    if (status == EXIT_INTERNAL) /* it was told why: perhaps that nothing can be written */
        return status;
    return flush_out() ? status : EXIT_INTERNAL;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_UNUSABLE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = command_help.name;
    else if (strcmp(name, "--version") == 0)
        name = command_version.name;
    const struct command *command = find_command(name);
    if (!command) {
        complain("there is no command '%s' (see ddbexpr help)", name);
        return EXIT_UNUSABLE;
    }
    return command_main(command, argc - 1, argv + 1);
}
