/* SPDX-License-Identifier: Apache-2.0 */
/* Whole requests from the command line: read, run, print. */
#include "cli/operation.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_condition_failure(const ddbexpr_outcome *outcome)
{
    return strcmp(ddbexpr_outcome_error_type(outcome), "ConditionalCheckFailedException") == 0;
}

/* False conditions are findings, refusals are refusals. A transaction is cancelled by either. */
static int exit_of(const ddbexpr_outcome *outcome)
{
    if (ddbexpr_outcome_ok(outcome))
        return EXIT_TRUE;
    if (is_condition_failure(outcome))
        return EXIT_FALSE;
    for (size_t i = 0; i < ddbexpr_outcome_reason_count(outcome); i++)
        if (strcmp(ddbexpr_outcome_reason_at(outcome, i).code, "ValidationError") == 0)
            return EXIT_REFUSED;
    return ddbexpr_outcome_reason_count(outcome) ? EXIT_FALSE : EXIT_REFUSED;
}

/* --- text --- */

static ddbexpr_status put_item(struct session *s, const char *title, const ddbexpr_value *item)
{
    ddbexpr_status status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(title));
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_write_item(item, s->form, 2, s->out);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static ddbexpr_status put_items(struct session *s, const ddbexpr_outcome *o)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; ddbexpr_outcome_has_items(o) && i < ddbexpr_outcome_count(o) && status == DDBEXPR_OK; i++) {
        status = ddbexpr_json_write_item(ddbexpr_outcome_item_at(o, i), s->form, 0, s->out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
    }
    char counts[80];
    snprintf(counts, sizeof counts, "Count: %zu\nScannedCount: %zu\n", ddbexpr_outcome_count(o),
             ddbexpr_outcome_scanned_count(o));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(counts));
    if (status == DDBEXPR_OK && ddbexpr_outcome_last_evaluated_key(o))
        status = put_item(s, "LastEvaluatedKey: ", ddbexpr_outcome_last_evaluated_key(o));
    return status;
}

static ddbexpr_status put_tables(struct session *s, const ddbexpr_outcome *o, const ddbexpr_table *tables)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t t = 0; t < ddbexpr_outcome_table_count(o) && status == DDBEXPR_OK; t++) {
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("table"));
        if (tables[t].name.len && status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(" "));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append_visible(s->out, tables[t].name, NULL);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(s->out, ddbexpr_cstr(" after:\n"));
        for (size_t i = 0; i < ddbexpr_outcome_table_item_count(o, t) && status == DDBEXPR_OK; i++) {
            status = ddbexpr_json_write_item(ddbexpr_outcome_table_item_at(o, t, i), s->form, 0, s->out);
            if (status == DDBEXPR_OK)
                status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
        }
    }
    return status;
}

static ddbexpr_status put_changes(struct session *s, const ddbexpr_outcome *o)
{
    const ddbexpr_style style = style_for(s, STDOUT_FILENO);
    const ddbexpr_change *changes;
    size_t count;
    ddbexpr_status status =
        ddbexpr_diff(ddbexpr_outcome_old_item(o), ddbexpr_outcome_new_item(o), s->arena, &changes, &count);
    if (status != DDBEXPR_OK)
        return status;
    return count ? ddbexpr_diff_render(changes, count, &style, s->out)
                 : ddbexpr_buffer_append(s->out, ddbexpr_cstr("nothing changes\n"));
}

static ddbexpr_status put_success(struct session *s, ddbexpr_operation operation, const ddbexpr_outcome *o,
                                  const ddbexpr_table *tables)
{
    ddbexpr_status status = DDBEXPR_OK;
    if (operation == DDBEXPR_QUERY || operation == DDBEXPR_SCAN)
        return put_items(s, o);
    if (operation == DDBEXPR_TRANSACT_WRITE_ITEMS)
        return put_tables(s, o, tables);
    if (operation == DDBEXPR_GET_ITEM)
        return ddbexpr_outcome_item(o) ? put_item(s, "", ddbexpr_outcome_item(o))
                                       : ddbexpr_buffer_append(s->out, ddbexpr_cstr("there is no such item\n"));
    if (ddbexpr_outcome_attributes(o))
        status = put_item(s, "Attributes: ", ddbexpr_outcome_attributes(o));
    if (status != DDBEXPR_OK)
        return status;
    if (options_has(s->options, OPTION_DIFF))
        return put_changes(s, o);
    if (ddbexpr_outcome_new_item(o))
        return put_item(s, "item after: ", ddbexpr_outcome_new_item(o));
    return ddbexpr_buffer_append(
        s->out, ddbexpr_cstr(ddbexpr_outcome_old_item(o) ? "the item was deleted\n" : "there is no item\n"));
}

/* The first line is the AWS CLI's. */
static void print_error(const ddbexpr_request *r, const ddbexpr_outcome *o)
{
    ddbexpr_buffer *text;
    if (ddbexpr_buffer_new(NULL, &text) != DDBEXPR_OK) {
        complain_no_memory(NULL);
        return;
    }
    ddbexpr_buffer_append(text, ddbexpr_cstr("An error occurred ("));
    ddbexpr_buffer_append(text, ddbexpr_cstr(ddbexpr_outcome_error_type(o)));
    ddbexpr_buffer_append(text, ddbexpr_cstr(") when calling the "));
    ddbexpr_buffer_append(text, ddbexpr_cstr(ddbexpr_operation_name(r->operation)));
    ddbexpr_buffer_append(text, ddbexpr_cstr(" operation: "));
    ddbexpr_buffer_append_visible(text, ddbexpr_outcome_error_message(o), NULL);
    ddbexpr_buffer_append(text, ddbexpr_cstr("\n"));
    if (ddbexpr_outcome_error_item(o)) {
        ddbexpr_buffer_append(text, ddbexpr_cstr("Item: "));
        ddbexpr_json_write_item(ddbexpr_outcome_error_item(o), DDBEXPR_JSON_TYPED, 0, text);
        ddbexpr_buffer_append(text, ddbexpr_cstr("\n"));
    }
    for (size_t i = 0; i < ddbexpr_outcome_reason_count(o); i++) {
        ddbexpr_reason reason = ddbexpr_outcome_reason_at(o, i);
        char number[40];
        snprintf(number, sizeof number, "action %zu: ", i + 1);
        ddbexpr_buffer_append(text, ddbexpr_cstr(number));
        ddbexpr_buffer_append(text, ddbexpr_cstr(reason.code));
        if (reason.message.len) {
            ddbexpr_buffer_append(text, ddbexpr_cstr(": "));
            ddbexpr_buffer_append_visible(text, reason.message, NULL);
        }
        if (reason.item) {
            ddbexpr_buffer_append(text, ddbexpr_cstr("; Item: "));
            ddbexpr_json_write_item(reason.item, DDBEXPR_JSON_TYPED, 0, text);
        }
        ddbexpr_buffer_append(text, ddbexpr_cstr("\n"));
    }
    put_err_whole(text);
}

static void print_explanation(const struct session *s, const ddbexpr_request_explanation *explanation)
{
    ddbexpr_style style = style_for(s, STDERR_FILENO);
    ddbexpr_buffer *text;
    if (ddbexpr_buffer_new(NULL, &text) != DDBEXPR_OK) {
        complain_no_memory(NULL);
        return;
    }
    ddbexpr_buffer_append(text, ddbexpr_cstr("\n"));
    ddbexpr_request_explanation_render(explanation, &style, text);
    put_err_whole(text);
}

static int print_text(struct session *s, const ddbexpr_request *r, const ddbexpr_outcome *o,
                      const ddbexpr_table *tables, const ddbexpr_request_explanation *explanation)
{
    if (ddbexpr_outcome_ok(o))
        return session_put_out(s, put_success(s, r->operation, o, tables));
    print_error(r, o);
    if (explanation) {
        print_explanation(s, explanation);
    } else if (ddbexpr_diags_count(s->diags) > 0) {
        put_err(ddbexpr_cstr("\n"));
        session_print_diags(s);
    }
    return exit_of(o);
}

static int print_json(struct session *s, const ddbexpr_request *r, const ddbexpr_outcome *o,
                      const ddbexpr_table *tables, size_t table_count, const ddbexpr_request_explanation *explanation)
{
    const ddbexpr_question question = {sizeof question, *r, tables, table_count, tables[0].name.len > 0};
    const ddbexpr_diags *diags = ddbexpr_diags_count(s->diags) ? s->diags : NULL;
    ddbexpr_status status = ddbexpr_json_write_answer(o, &question, explanation, diags, 2, s->out);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n"));
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    return put_out(ddbexpr_buffer_text(s->out)) ? exit_of(o) : EXIT_INTERNAL;
}

/* --- writing back --- */

/* The file of an --items, and which table it holds. */
static const char *file_of(const char *given, const ddbexpr_table *tables, size_t count, size_t *ret_table)
{
    *ret_table = 0;
    for (size_t t = 0; t < count; t++)
        if (tables[t].name.len && strncmp(given, tables[t].name.ptr, tables[t].name.len) == 0 &&
            given[tables[t].name.len] == '=') {
            *ret_table = t;
            return given + tables[t].name.len + 1;
        }
    return given;
}

static int write_tables(struct session *s, const ddbexpr_outcome *o, const ddbexpr_table *tables, size_t count)
{
    size_t table;
    if (!options_has(s->options, OPTION_WRITE) || !ddbexpr_outcome_ok(o))
        return EXIT_TRUE;
    for (size_t i = 0; i < s->options->given_count; i++) {
        const struct option_given *given = &s->options->given[i];
        if (given->id != OPTION_ITEMS)
            continue;
        const char *path = file_of(given->value, tables, count, &table);
        if (!write_back(s, path, o, table))
            return EXIT_INTERNAL;
    }
    return EXIT_TRUE;
}

/* Of two tables in one file the second would take away what the first has written: one of them has to go elsewhere. */
static int check_files(struct session *s, const ddbexpr_table *tables, size_t count)
{
    size_t known = 0, table;
    if (!options_has(s->options, OPTION_WRITE))
        return EXIT_TRUE;
    struct stat *entries = ddbexpr_arena_alloc(s->arena, count * sizeof *entries);
    if (!entries)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    for (size_t i = 0; i < s->options->given_count && known < count; i++) {
        if (s->options->given[i].id != OPTION_ITEMS)
            continue;
        const char *path = file_of(s->options->given[i].value, tables, count, &table);
        if (stat(without_scheme(path), &entries[known]) != 0)
            continue; /* told where it is written */
        for (size_t k = 0; k < known; k++)
            if (entries[k].st_dev == entries[known].st_dev && entries[k].st_ino == entries[known].st_ino) {
                complain("--write needs a file for each table: %s holds two", path);
                return EXIT_UNUSABLE;
            }
        known++;
    }
    return EXIT_TRUE;
}

/* Said before anything is done: --write needs files to write to. */
static int check_write(const struct options *options)
{
    bool has_items = false;
    if (!options_has(options, OPTION_WRITE))
        return EXIT_TRUE;
    for (size_t i = 0; i < options->given_count; i++) {
        const char *value = options->given[i].id == OPTION_ITEMS ? options->given[i].value : NULL;
        size_t length = value ? strlen(value) : 0;
        bool is_stdin = value && (strcmp(value, "-") == 0 || (length > 1 && strcmp(value + length - 2, "=-") == 0));
        has_items |= value && !is_stdin;
        if (is_stdin) {
            complain("--write needs a file, not standard input");
            return EXIT_UNUSABLE;
        }
    }
    if (has_items)
        return EXIT_TRUE;
    complain("--write needs the file to write to: --items FILE");
    return EXIT_UNUSABLE;
}

/* NULL: it only reads, or is refused before any item is looked at, of which the diagnostics say all. */
static ddbexpr_request_explanation *explain_request(const ddbexpr_request *r, const ddbexpr_table *tables, size_t count,
                                                    const ddbexpr_execute_options *options)
{
    ddbexpr_request_explanation *explanation = NULL;
    if (ddbexpr_explain_request(r, tables, count, options, NULL, NULL, &explanation) == DDBEXPR_NO_MEMORY)
        complain_no_memory(NULL);
    return explanation;
}

static int run_request(struct session *s, ddbexpr_operation operation)
{
    ddbexpr_request r;
    ddbexpr_table *tables;
    size_t table_count;
    int exit = check_write(s->options);
    if (exit == EXIT_TRUE)
        exit = read_request(s, operation, &r);
    if (exit == EXIT_TRUE)
        exit = read_tables(s, &r, &tables, &table_count);
    if (exit == EXIT_TRUE)
        exit = check_files(s, tables, table_count);
    if (exit != EXIT_TRUE)
        return exit;
    const ddbexpr_execute_options execute_options = {sizeof execute_options, s->messages, false};
    ddbexpr_outcome *outcome;
    ddbexpr_status status = ddbexpr_execute(&r, tables, table_count, &execute_options, NULL, s->diags, &outcome);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    ddbexpr_request_explanation *explanation = NULL;
    if (!ddbexpr_outcome_ok(outcome))
        explanation = explain_request(&r, tables, table_count, &execute_options);
    exit = write_tables(s, outcome, tables, table_count);
    if (exit == EXIT_TRUE)
        exit = s->json ? print_json(s, &r, outcome, tables, table_count, explanation)
                       : print_text(s, &r, outcome, tables, explanation);
    ddbexpr_request_explanation_free(explanation);
    ddbexpr_outcome_free(outcome);
    return exit;
}

int run_operation(const struct options *options, ddbexpr_operation operation)
{
    struct session session;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    if (options->argument_count) {
        complain("what is '%s'? Everything is given by options (see --help)", options->arguments[0]);
        exit = EXIT_UNUSABLE;
    } else {
        exit = run_request(&session, operation);
    }
    session_end(&session);
    return exit;
}
