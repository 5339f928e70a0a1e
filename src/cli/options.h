/* SPDX-License-Identifier: Apache-2.0 */
/* Command-line options as data: one table a command, from which parsing, help and completions are made. */
#ifndef DDBEXPR_CLI_OPTIONS_H
#define DDBEXPR_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* One option. Tables end with an entry without a name. */
struct option_spec {
    const char *name;     /* without the dashes */
    const char *argument; /* what it takes, for help ("JSON"); NULL: nothing */
    const char *help;     /* one line */
    int id;               /* of enum option_id */
};

/* Every option of every command: a command's table names those that it has. */
enum option_id {
    OPTION_HELP = 256, /* above all characters: getopt_long answers with some of them */
    OPTION_CONDITION_EXPRESSION,
    OPTION_UPDATE_EXPRESSION,
    OPTION_FILTER_EXPRESSION,
    OPTION_PROJECTION_EXPRESSION,
    OPTION_KEY_CONDITION_EXPRESSION,
    OPTION_NAMES,
    OPTION_VALUES,
    OPTION_KEY,
    OPTION_ITEM,
    OPTION_ITEMS,
    OPTION_KEY_SCHEMA,
    OPTION_TABLE_NAME,
    OPTION_CLI_INPUT_JSON,
    OPTION_RETURN_VALUES,
    OPTION_RETURN_VALUES_ON_FAILURE,
    OPTION_RETURN_CONSUMED_CAPACITY,
    OPTION_RETURN_ITEM_COLLECTION_METRICS,
    OPTION_SELECT,
    OPTION_LIMIT,
    OPTION_MAX_ITEMS,
    OPTION_EXCLUSIVE_START_KEY,
    OPTION_SCAN_INDEX_FORWARD,
    OPTION_NO_SCAN_INDEX_FORWARD,
    OPTION_CONSISTENT_READ,
    OPTION_NO_CONSISTENT_READ,
    OPTION_TRANSACT_ITEMS,
    OPTION_CLIENT_REQUEST_TOKEN,
    OPTION_OPERATION,
    OPTION_FORMAT,
    OPTION_TREE_FORMAT,
    OPTION_SERVICE_MESSAGES,
    OPTION_PLAIN,
    OPTION_WRITE,
    OPTION_WIDTH,
    OPTION_ONE_LINE,
    OPTION_KIND,
    OPTION_JSONL,
    OPTION_EXPLAIN,
    OPTION_QUIET,
    OPTION_TIMES,
    OPTION_DIFF,
    OPTION_FIX,
    OPTION_UNSAFE_FIXES,
    OPTION_INCLUDE,
    OPTION_EXCLUDE,
    OPTION_STDIN_FILENAME,
    OPTION_EACH,
    OPTION_COUNT,
    OPTION_JOBS,
    OPTION_SEED,
    OPTION_WILD,
    OPTION_COLOR,
    OPTION_FILTER,
    OPTION_FAIL_FAST,
    OPTION_UPDATE,
    OPTION_COVERAGE,
    OPTION_COVERAGE_MIN,
    OPTION_COVERAGE_JSON,
    OPTION_MUTATE,
    OPTION_MUTATE_TIME,
    OPTION_REPORT_FORMAT,
    OPTION_SELECT_CODES,
    OPTION_IGNORE_CODES,
    OPTION_FAIL_ON,
    OPTION_NOTES,
    OPTION_EXIT_ZERO,
    OPTION_BASELINE,
    OPTION_WRITE_BASELINE,
    OPTION_CONFIG,
    OPTION_NO_CONFIG,
    OPTION_TYPES_FROM,
    OPTION_IGNORED /* accepted because the AWS CLI has it; changes nothing offline */
};

/* One option as it was given. */
struct option_given {
    int id;
    const char *value; /* NULL: takes none */
};

struct options {
    struct option_given *given; /* in the order of the command line */
    size_t given_count;
    char **arguments; /* what is no option */
    size_t argument_count;
};

/* Reads a command's options (argv[0] is the command). False: told on stderr. `given` needs room for argc entries. */
bool options_parse(int argc, char **argv, const struct option_spec *specs, struct options *ret);

/* The last value given for an option, or NULL. */
const char *options_value(const struct options *options, int id);
bool options_has(const struct options *options, int id);

/* Prints a table as the options part of a help text. */
void options_print_help(const struct option_spec *specs);

#endif
