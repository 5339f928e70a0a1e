/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr help: what the tool and its commands do, for people and as JSON. */
#include "cli/arguments.h"
#include "cli/help_json.h"

#include <stdio.h>
#include <string.h>

static const char *const exit_meanings[] = {
    [EXIT_TRUE] = "true, clean, done",
    [EXIT_FALSE] = "false: a condition is not met; check: lints, but no fault; test: a test failed",
    [EXIT_REFUSED] = "refused: the service would answer with an error",
    [EXIT_UNUSABLE] = "unusable: wrong options, an unreadable file, no JSON",
    [EXIT_INTERNAL] = "internal: out of memory, cannot write",
    NULL,
};

static const struct tool_help tool = {
    .summary = "checks, evaluates and explains DynamoDB expressions, offline",
    .values = "Values are given inline or as file://PATH.",
    .exit_meanings = exit_meanings,
    .commands = commands,
};

const struct command *find_command(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

void print_usage(FILE *to)
{
    fprintf(to, "ddbexpr: %s\n\nusage: ddbexpr COMMAND [OPTION …]\n\n", tool.summary);
    for (const struct command *const *c = commands; *c; c++)
        fprintf(to, "  %-22s %s\n", (*c)->name, (*c)->summary);
    fprintf(to,
            "\n%s Exit status: 0 true or clean, 1 false or findings,\n"
            "2 the service would refuse it, 3 unusable input, 4 internal.\n",
            tool.values);
}

void print_command_help(const struct command *command)
{
    printf("ddbexpr %s: %s\n\nusage: ddbexpr %s %s\n\n%s\n\n", command->name, command->summary, command->name,
           command->usage, command->text);
    options_print_help(command->options);
    printf("\nexample:\n%s\n", command->example);
}

static int print(struct session *s)
{
    const struct options *options = s->options;
    if (options->argument_count > 1) {
        complain("help explains one command at a time");
        return EXIT_UNUSABLE;
    }
    const struct command *command = NULL;
    if (options->argument_count) {
        command = find_command(options->arguments[0]);
        if (!command) {
            complain("there is no command '%s' (see ddbexpr help)", options->arguments[0]);
            return EXIT_UNUSABLE;
        }
    }
    if (s->json)
        return session_put_out(s, help_json(&tool, command, s->out));
    if (command)
        print_command_help(command);
    else
        print_usage(stdout);
    return EXIT_TRUE;
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    exit = print(&session);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    {"format", "FORMAT", "text or json", OPTION_FORMAT},
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_help = {
    "help",
    "lists the commands, or explains one",
    "[OPTION …] [COMMAND]",
    "The same as `ddbexpr COMMAND --help`. As JSON it is what other documents are made of: see docs/json-output.md.",
    "  ddbexpr help check",
    specs,
    run,
};
