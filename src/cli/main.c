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
    NULL,
};

static const struct command *find_command(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

static void print_usage(FILE *to)
{
    fprintf(to, "ddbexpr: checks, evaluates and explains DynamoDB expressions, offline\n\n"
                "usage: ddbexpr COMMAND [OPTION …]\n\n");
    for (const struct command *const *c = commands; *c; c++)
        fprintf(to, "  %-22s %s\n", (*c)->name, (*c)->summary);
    fprintf(to, "  %-22s %s\n  %-22s %s\n", "help [COMMAND]", "this text, or a command's", "version", "the version");
    fprintf(to, "\nValues are given inline or as file://PATH. Exit status: 0 true or clean, 1 false or findings,\n"
                "2 the service would refuse it, 3 unusable input, 4 internal.\n");
}

void command_help(const struct command *command)
{
    printf("ddbexpr %s: %s\n\nusage: ddbexpr %s %s\n\n%s\n\n", command->name, command->summary, command->name,
           command->usage, command->text);
    options_print_help(command->options);
    printf("\nexample:\n%s\n", command->example);
}

int command_main(const struct command *command, int argc, char **argv)
{
    struct options options;
    int status = EXIT_UNUSABLE;
    memory_begin();
    tree_memory_begin();
    if (options_parse(argc, argv, command->options, &options)) {
        if (options_has(&options, OPTION_HELP)) {
            command_help(command);
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

static int main_help(const char *name)
{
    const struct command *command = name ? find_command(name) : NULL;
    if (name && !command) {
        complain("there is no command '%s' (see ddbexpr help)", name);
        return EXIT_UNUSABLE;
    }
    if (command)
        command_help(command);
    else
        print_usage(stdout);
    return flush_out() ? EXIT_TRUE : EXIT_INTERNAL;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_UNUSABLE;
    }
    const char *name = argv[1];
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return main_help(argc > 2 ? argv[2] : NULL);
    if (strcmp(name, "version") == 0 || strcmp(name, "--version") == 0) {
        printf("ddbexpr %s\n", ddbexpr_version());
        return flush_out() ? EXIT_TRUE : EXIT_INTERNAL;
    }
    const struct command *command = find_command(name);
    if (!command) {
        complain("there is no command '%s' (see ddbexpr help)", name);
        return EXIT_UNUSABLE;
    }
    return command_main(command, argc - 1, argv + 1);
}
