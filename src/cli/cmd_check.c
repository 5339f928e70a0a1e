/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr check: all faults and lints of requests at once, without a table. */
#include "cli/check/fixes.h"
#include "cli/check/report.h"

static int check(struct session *s)
{
    struct report_options options = {.format = NULL};
    struct findings findings;
    if (!report_read_options(s, &options))
        return EXIT_UNUSABLE;
    int exit = findings_collect(s, &findings);
    if (exit == EXIT_TRUE)
        exit = report(s, &options, &findings);
    findings_free(&findings);
    return exit;
}

/* Options that describe a request, and others that make no sense for a file. */
static bool suits_files(const struct options *options)
{
    static const int others[] = {OPTION_CONDITION_EXPRESSION,
                                 OPTION_UPDATE_EXPRESSION,
                                 OPTION_FILTER_EXPRESSION,
                                 OPTION_PROJECTION_EXPRESSION,
                                 OPTION_KEY_CONDITION_EXPRESSION,
                                 OPTION_NAMES,
                                 OPTION_VALUES,
                                 OPTION_KEY,
                                 OPTION_ITEM,
                                 OPTION_TRANSACT_ITEMS,
                                 OPTION_RETURN_VALUES,
                                 OPTION_CLI_INPUT_JSON,
                                 OPTION_PLAIN};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (options_has(options, others[i]))
            return false;
    return true;
}

static int run_with(struct session *s)
{
    bool of_files = s->options->argument_count > 0;
    bool fix = options_has(s->options, OPTION_FIX), diff = options_has(s->options, OPTION_DIFF);
    if (of_files && !suits_files(s->options)) {
        complain("check takes files, or a request by options, not both");
        return EXIT_UNUSABLE;
    }
    if (fix && diff) {
        complain("--fix writes what --diff shows: give one of them");
        return EXIT_UNUSABLE;
    }
    if (options_has(s->options, OPTION_UNSAFE_FIXES) && !fix && !diff) {
        complain("--unsafe-fixes goes with --fix or --diff");
        return EXIT_UNUSABLE;
    }
    if (!of_files && (fix || diff))
        return fix_options(s);
    return diff ? print_patch(s) : check(s);
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    exit = run_with(&session);
    session_end(&session);
    return exit;
}

static const struct option_spec specs[] = {
    OPTION_SPEC_CONDITION,
    OPTION_SPEC_UPDATE,
    OPTION_SPEC_FILTER,
    OPTION_SPEC_PROJECTION,
    OPTION_SPEC_KEY_CONDITION,
    OPTION_SPEC_NAMES,
    OPTION_SPEC_VALUES,
    {"key", "JSON", "the request's Key", OPTION_KEY},
    {"item", "JSON", "the request's Item", OPTION_ITEM},
    {"transact-items", "JSON", "the actions of a transaction", OPTION_TRANSACT_ITEMS},
    {"return-values", "X", "ReturnValues", OPTION_RETURN_VALUES},
    {"cli-input-json", "JSON", "a whole request", OPTION_CLI_INPUT_JSON},
    {"op", "OPERATION", "PutItem, UpdateItem, …; guessed from the members", OPTION_OPERATION},
    {"include", "GLOB", "in folders: which files (*.json, *.jsonl, *.asl.json)", OPTION_INCLUDE},
    {"exclude", "GLOB", "in folders: which files and folders not", OPTION_EXCLUDE},
    {"stdin-filename", "NAME", "what to call the file that - is", OPTION_STDIN_FILENAME},
    {"fix", NULL, "mend what can be mended for sure, in the files", OPTION_FIX},
    {"unsafe-fixes", NULL, "… and what is probably meant", OPTION_UNSAFE_FIXES},
    {"diff", NULL, "print what --fix would change, as a patch", OPTION_DIFF},
    OPTION_SPEC_KEY_SCHEMA,
    OPTION_SPEC_MESSAGES,
    OPTION_SPECS_CONFIG,
    {"table-name", "NAME", "TableName", OPTION_TABLE_NAME},
    {"plain", NULL, "values are plain JSON, types inferred", OPTION_PLAIN},
    OPTION_SPECS_REPORT,
    OPTION_SPEC_COLOR,
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_check = {
    "check",
    "finds everything that the service would refuse in a request, and what is probably not meant",
    "[OPTION …] [FILE|FOLDER|- …]",
    "Takes one request by options, or those in files: requests, arrays and JSON Lines of them, state machines; see\n"
    "docs/check.md. Needs no table. All faults are shown at once, with a caret, a hint and the service's own words; "
    "the\n"
    "one that the service would tell is marked. Lints are what the service accepts. Exit status: 2 if there are "
    "faults,\n"
    "1 if there are lints as severe as --fail-on says, else 0.",
    "  ddbexpr check --update-expression 'SET status = :s' --expression-attribute-values '{\":s\": {\"S\": \"done\"}}'",
    specs,
    run,
};
