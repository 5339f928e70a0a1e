/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr check: all faults of a request at once, without a table. */
#include "cli/config.h"
#include "cli/stored.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --op, or what the expressions that are there belong to. */
static bool find_operation(struct session *s, ddbexpr_operation *ret)
{
    const char *named = options_value(s->options, OPTION_OPERATION);
    if (named) {
        if (ddbexpr_operation_from_name(ddbexpr_cstr(named), ret))
            return true;
        complain("--op names an operation such as UpdateItem, not '%s'", named);
        return false;
    }
    if (options_has(s->options, OPTION_TRANSACT_ITEMS))
        *ret = DDBEXPR_TRANSACT_WRITE_ITEMS;
    else if (options_has(s->options, OPTION_UPDATE_EXPRESSION))
        *ret = DDBEXPR_UPDATE_ITEM;
    else if (options_has(s->options, OPTION_KEY_CONDITION_EXPRESSION))
        *ret = DDBEXPR_QUERY;
    else if (options_has(s->options, OPTION_FILTER_EXPRESSION))
        *ret = DDBEXPR_SCAN;
    else if (options_has(s->options, OPTION_ITEM))
        *ret = DDBEXPR_PUT_ITEM;
    else if (options_has(s->options, OPTION_CONDITION_EXPRESSION))
        *ret = DDBEXPR_DELETE_ITEM;
    else if (options_has(s->options, OPTION_PROJECTION_EXPRESSION))
        *ret = DDBEXPR_GET_ITEM;
    else {
        complain("nothing to check: give an expression, or --op with --cli-input-json");
        return false;
    }
    return true;
}

static int print_result(struct session *s)
{
    size_t count = ddbexpr_diags_count(s->diags);
    int exit = count ? EXIT_REFUSED : EXIT_TRUE;
    if (s->json) {
        ddbexpr_status status = ddbexpr_json_write_diags(s->diags, 2, s->out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
        if (status != DDBEXPR_OK)
            return exit_for_status(status);
    } else {
        const ddbexpr_style style = style_for(s, STDOUT_FILENO);
        for (size_t i = 0; i < count; i++)
            if (ddbexpr_diag_render(ddbexpr_diags_at(s->diags, i), &style, s->out) != DDBEXPR_OK)
                return exit_for_status(DDBEXPR_NO_MEMORY);
        char summary[64];
        snprintf(summary, sizeof summary, count == 1 ? "1 fault\n" : "%zu faults\n", count);
        if (ddbexpr_buffer_append(s->out, ddbexpr_cstr(count ? summary : "no faults\n")) != DDBEXPR_OK)
            return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    return put_out(ddbexpr_buffer_text(s->out)) ? exit : EXIT_INTERNAL;
}

/* Whether all actions of a transaction are on one table. */
static bool one_table(const ddbexpr_request *r)
{
    for (size_t i = 1; i < r->action_count; i++) {
        ddbexpr_str first = r->actions[0].table_name, other = r->actions[i].table_name;
        if (first.len != other.len || (first.len && memcmp(first.ptr, other.ptr, first.len) != 0))
            return false;
    }
    return true;
}

static int check(struct session *s)
{
    ddbexpr_operation operation;
    ddbexpr_request r;
    ddbexpr_table *tables;
    size_t table_count;
    if (!find_operation(s, &operation))
        return EXIT_UNUSABLE;
    int exit = read_request(s, operation, &r);
    if (exit == EXIT_TRUE)
        exit = read_schemas(s, &tables, &table_count);
    if (exit == EXIT_TRUE && table_count == 1 && tables[0].name.len == 0 && !one_table(&r)) {
        complain("the actions are on several tables: say whose key schema it is, --key-schema TABLE=pk:S");
        exit = EXIT_UNUSABLE;
    }
    struct knowledge knowledge = {0};
    struct known known;
    if (exit == EXIT_TRUE)
        exit = config_apply(s, &knowledge, NULL, &r, tables, table_count, &known);
    if (exit != EXIT_TRUE)
        return exit;
    /* Expressions given by themselves are no whole request. */
    const ddbexpr_execute_options options = {sizeof options, known.lint.messages,
                                             !options_has(s->options, OPTION_CLI_INPUT_JSON)};
    ddbexpr_status status =
        ddbexpr_request_check(&r, known.lint.tables, known.lint.table_count, &options, NULL, s->diags);
    if (status != DDBEXPR_OK && status != DDBEXPR_INVALID)
        return exit_for_status(status);
    return print_result(s);
}

static int run(const struct options *options)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    if (options->argument_count) {
        complain("check takes a request by --cli-input-json file://%s", options->arguments[0]);
        exit = EXIT_UNUSABLE;
    } else {
        exit = check(&session);
    }
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
    {"op", "OPERATION", "PutItem, UpdateItem, …; guessed from the expressions", OPTION_OPERATION},
    OPTION_SPEC_KEY_SCHEMA,
    OPTION_SPEC_MESSAGES,
    OPTION_SPECS_CONFIG,
    {"table-name", "NAME", "TableName", OPTION_TABLE_NAME},
    {"plain", NULL, "values are plain JSON, types inferred", OPTION_PLAIN},
    {"format", "FORMAT", "text or json", OPTION_FORMAT},
    OPTION_SPEC_COLOR,
    OPTION_SPEC_HELP,
    {NULL, NULL, NULL, 0},
};

const struct command command_check = {
    "check",
    "finds everything that the service would refuse in a request",
    "[--condition-expression TEXT] [--update-expression TEXT] … [OPTION …]",
    "Needs no table. All faults are shown at once, with a caret, a hint and the service's own words; the one that the\n"
    "service would tell is marked.",
    "  ddbexpr check --update-expression 'SET status = :s' --expression-attribute-values '{\":s\": {\"S\": \"done\"}}'",
    specs,
    run,
};
