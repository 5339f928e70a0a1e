/* SPDX-License-Identifier: Apache-2.0 */
/* A command of the tool: its name, its help, its options, and the function that does it. */
#ifndef DDBEXPR_CLI_COMMAND_H
#define DDBEXPR_CLI_COMMAND_H

#include "cli/input.h"
#include "cli/options.h"
#include "cli/output.h"

#include <stdio.h>

struct command {
    const char *name;
    const char *summary; /* one line */
    const char *usage;   /* after "ddbexpr NAME" */
    const char *text;    /* some lines of help */
    const char *example; /* can be pasted; runs in the tests */
    const struct option_spec *options;
    int (*run)(const struct options *options); /* an exit status */
};

extern const struct command command_check, command_eval, command_explain, command_put_item, command_update_item,
    command_delete_item, command_get_item, command_query, command_scan, command_transact_write_items, command_request,
    command_fmt, command_ast, command_types, command_rule, command_rules, command_generate, command_test, command_help,
    command_version;

/* All of them, in the order of the help text; ends with NULL. */
extern const struct command *const commands[];

/* Runs with the options of one command: help, wrong options, then the command itself. */
int command_main(const struct command *command, int argc, char **argv);

/* The command of a name, or NULL. */
const struct command *find_command(const char *name);

/* Prints a command's help; what all commands are. */
void print_command_help(const struct command *command);
void print_usage(FILE *to);

/* Options that several commands have. */
#define OPTION_SPEC_HELP                                                                                               \
    {                                                                                                                  \
        "help", NULL, "show this help", OPTION_HELP                                                                    \
    }
#define OPTION_SPEC_COLOR                                                                                              \
    {                                                                                                                  \
        "color", "WHEN", "always, never or auto (a terminal, and no NO_COLOR)", OPTION_COLOR                           \
    }
#define OPTION_SPEC_CONDITION                                                                                          \
    {                                                                                                                  \
        "condition-expression", "TEXT", "ConditionExpression", OPTION_CONDITION_EXPRESSION                             \
    }
#define OPTION_SPEC_UPDATE                                                                                             \
    {                                                                                                                  \
        "update-expression", "TEXT", "UpdateExpression", OPTION_UPDATE_EXPRESSION                                      \
    }
#define OPTION_SPEC_FILTER                                                                                             \
    {                                                                                                                  \
        "filter-expression", "TEXT", "FilterExpression", OPTION_FILTER_EXPRESSION                                      \
    }
#define OPTION_SPEC_PROJECTION                                                                                         \
    {                                                                                                                  \
        "projection-expression", "TEXT", "ProjectionExpression", OPTION_PROJECTION_EXPRESSION                          \
    }
#define OPTION_SPEC_KEY_CONDITION                                                                                      \
    {                                                                                                                  \
        "key-condition-expression", "TEXT", "KeyConditionExpression", OPTION_KEY_CONDITION_EXPRESSION                  \
    }
#define OPTION_SPEC_NAMES                                                                                              \
    {                                                                                                                  \
        "expression-attribute-names", "JSON", "what #placeholders stand for", OPTION_NAMES                             \
    }
#define OPTION_SPEC_VALUES                                                                                             \
    {                                                                                                                  \
        "expression-attribute-values", "JSON", "what :placeholders stand for", OPTION_VALUES                           \
    }
#define OPTION_SPEC_KEY_SCHEMA                                                                                         \
    {                                                                                                                  \
        "key-schema", "SCHEMA", "key attributes: pk:S or pk:S,sk:N", OPTION_KEY_SCHEMA                                 \
    }
#define OPTION_SPEC_MESSAGES                                                                                           \
    {                                                                                                                  \
        "service-messages", "EPOCH", "current (since 2026, the default) or classic wording", OPTION_SERVICE_MESSAGES   \
    }

#endif
