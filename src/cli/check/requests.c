/* SPDX-License-Identifier: Apache-2.0 */
/* Files and options as units to check. Which objects of a file are requests is the library's to say. */
#include "cli/check/requests.h"

#include "cli/stored.h"

#include <ddbexpr/lint.h>

#include <string.h>

/* --- units --- */

static struct unit *add_unit(struct session *s, struct unit_list *list, const struct input_file *file)
{
    if (list->count == list->size) {
        size_t size = list->size ? list->size * 2 : 16;
        struct unit *grown = ddbexpr_arena_alloc(s->arena, size * sizeof *grown);
        if (!grown)
            return NULL;
        if (list->count)
            memcpy(grown, list->units, list->count * sizeof *grown);
        list->units = grown;
        list->size = size;
    }
    struct unit *unit = &list->units[list->count];
    *unit = (struct unit){.file = file};
    if (ddbexpr_diags_new(NULL, &unit->diags) != DDBEXPR_OK)
        return NULL;
    list->count++;
    return unit;
}

void unit_list_free(struct unit_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        ddbexpr_diags_free(list->units[i].diags);
    list->count = 0;
}

/* --- operations --- */

/* --op. False: told. */
static bool find_named_operation(const struct session *s, bool *ret_given, ddbexpr_operation *ret)
{
    const char *named = options_value(s->options, OPTION_OPERATION);
    *ret_given = named != NULL;
    if (!named || ddbexpr_operation_from_name(ddbexpr_cstr(named), ret))
        return true;
    complain("--op names an operation such as UpdateItem, not '%s'", named);
    return false;
}

/* What the expressions that are there belong to. */
static bool find_operation(const struct session *s, ddbexpr_operation *ret)
{
    bool given;
    if (!find_named_operation(s, &given, ret))
        return false;
    if (given)
        return true;
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
        complain("nothing to check: give an expression, a file, or --op with --cli-input-json");
        return false;
    }
    return true;
}

/* What a file's requests are searched by; of the command line as a file that is known. */
static bool find_search(const struct session *s, const struct input_file *file, ddbexpr_json_search *search)
{
    if (file->path)
        return find_named_operation(s, &search->operation_given, &search->operation);
    search->operation_given = true;
    return find_operation(s, &search->operation);
}

/* --- files --- */

/* Whether somebody who keeps requests in a file that was found would want to know that it is broken. */
static bool looks_like_requests(ddbexpr_str text)
{
    static const char *const words[] = {"Expression\"", "\"TransactItems\"", ":states:::"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(text.ptr, words[i])) /* a NUL follows the text of a file */
            return true;
    return false;
}

/* A file that is no JSON. */
static int broken_file(struct session *s, const struct input_file *file, struct unit_list *list, bool *ret_unusable)
{
    if (!file->named && !looks_like_requests(file->text))
        return EXIT_TRUE;
    struct unit *unit = add_unit(s, list, file);
    if (!unit)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    const ddbexpr_found_request *found;
    size_t count;
    const ddbexpr_json_search search = {.size = sizeof search};
    *ret_unusable = true;
    ddbexpr_status status =
        ddbexpr_json_find_requests(s->arena, file->text, &search, unit->diags, &found, &count, NULL);
    return status == DDBEXPR_INVALID ? EXIT_TRUE : exit_for_status(status);
}

/* Expressions given by themselves are no whole request. */
static bool is_partial(const struct session *s, const struct input_file *file)
{
    return !file->path && !options_has(s->options, OPTION_CLI_INPUT_JSON);
}

static int add_found(struct session *s, const struct input_file *file, const ddbexpr_found_request *found,
                     struct unit_list *list)
{
    struct unit *unit = add_unit(s, list, file);
    if (!unit)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    unit->label = found->label.len ? found->label.ptr : NULL;
    unit->map = found->map;
    unit->filled_in = found->filled_in;
    ddbexpr_status status = ddbexpr_json_read_found(s->arena, found, unit->diags, &unit->request);
    unit->partial = is_partial(s, file);
    return status == DDBEXPR_INVALID ? EXIT_TRUE : exit_for_status(status);
}

int units_of_file(struct session *s, const struct input_file *file, struct unit_list *list, bool *ret_unusable)
{
    ddbexpr_json_search search = {.size = sizeof search, .file_name = ddbexpr_cstr(file->path ? file->path : "")};
    const ddbexpr_found_request *found;
    size_t count = 0, others = 0;
    if (!find_search(s, file, &search))
        return EXIT_UNUSABLE;
    ddbexpr_status status = ddbexpr_json_find_requests(s->arena, file->text, &search, NULL, &found, &count, &others);
    if (status == DDBEXPR_INVALID)
        return broken_file(s, file, list, ret_unusable);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    if (count == 0 && file->named) {
        complain("%s: there is no request in it (--op says which operation its objects are for)", file->path);
        *ret_unusable = true;
    } else if (others && file->named) {
        complain("warning: %s: %zu of %zu entries are no request", file->path, others, others + count);
    }
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < count && exit == EXIT_TRUE; i++)
        exit = add_found(s, file, &found[i], list);
    return exit;
}

/* --- options --- */

int unit_of_options(struct session *s, struct unit_list *list)
{
    struct input_file *command_line = ddbexpr_arena_alloc(s->arena, sizeof *command_line);
    ddbexpr_operation operation;
    ddbexpr_request request;
    if (!find_operation(s, &operation))
        return EXIT_UNUSABLE;
    int exit = read_request(s, operation, &request);
    if (exit != EXIT_TRUE)
        return exit;
    struct unit *unit = command_line ? add_unit(s, list, command_line) : NULL;
    if (!unit)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    *command_line = (struct input_file){.text = s->input, .named = true}; /* where codes to ignore may stand */
    unit->request = request;
    unit->partial = is_partial(s, command_line);
    return EXIT_TRUE;
}

/* --- checking --- */

/* Whether all actions of a transaction are on one table. */
static bool one_table(const ddbexpr_request *r)
{
    for (size_t i = 1; i < r->action_count; i++)
        if (!same_text(r->actions[0].table_name, r->actions[i].table_name))
            return false;
    return true;
}

/* What is filled in later, of a request and of all its actions: lint takes them together. False: no memory. */
static bool join_unknown(struct session *s, const ddbexpr_request *r, const ddbexpr_str **ret, size_t *ret_count)
{
    size_t count = r->unknown_value_count, at = 0;
    for (size_t i = 0; i < r->action_count; i++)
        count += r->actions[i].unknown_value_count;
    ddbexpr_str *all = ddbexpr_arena_alloc(s->arena, (count + 1) * sizeof *all);
    if (!all)
        return false;
    for (size_t n = 0; n < r->unknown_value_count; n++)
        all[at++] = r->unknown_values[n];
    for (size_t i = 0; i < r->action_count; i++)
        for (size_t n = 0; n < r->actions[i].unknown_value_count; n++)
            all[at++] = r->actions[i].unknown_values[n];
    *ret = all;
    *ret_count = count;
    return true;
}

static int find_faults(const struct known *known, struct unit *unit)
{
    const ddbexpr_execute_options options = {
        .size = sizeof options, .messages = known->lint.messages, .partial = unit->partial};
    ddbexpr_status status =
        ddbexpr_request_check(&unit->request, known->lint.tables, known->lint.table_count, &options, NULL, unit->diags);
    return status == DDBEXPR_INVALID ? EXIT_TRUE : exit_for_status(status);
}

static int find_lints(struct session *s, const struct known *known, struct unit *unit)
{
    ddbexpr_lint_options options = known->lint;
    if (!join_unknown(s, &unit->request, &options.unknown_values, &options.unknown_value_count))
        return exit_for_status(DDBEXPR_NO_MEMORY);
    return exit_for_status(ddbexpr_lint(&unit->request, &options, NULL, unit->diags));
}

int unit_check(struct session *s, struct schemas *schemas, struct unit *unit)
{
    struct known known;
    int exit = config_apply(schemas->session, &schemas->knowledge, unit->file->path, &unit->request, schemas->tables,
                            schemas->count, &known);
    if (exit != EXIT_TRUE)
        return exit;
    unit->settings = known.settings;
    if (unit->request.size == 0)
        return EXIT_TRUE;
    if (schemas->count == 1 && schemas->tables[0].name.len == 0 && !one_table(&unit->request)) {
        complain("the actions are on several tables: say whose key schema it is, --key-schema TABLE=pk:S");
        return EXIT_UNUSABLE;
    }
    exit = find_faults(&known, unit);
    return exit == EXIT_TRUE ? find_lints(s, &known, unit) : exit;
}
