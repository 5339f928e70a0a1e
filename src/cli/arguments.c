/* SPDX-License-Identifier: Apache-2.0 */
/* Options to requests. No rule of the service lives here: what a member may hold is the library's business. */
#include "cli/arguments.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- sessions --- */

static int check_choices(struct session *s)
{
    const char *format = options_value(s->options, OPTION_FORMAT);
    const char *messages = options_value(s->options, OPTION_SERVICE_MESSAGES);
    const char *color = options_value(s->options, OPTION_COLOR);
    if (messages && strcmp(messages, "current") != 0 && strcmp(messages, "classic") != 0) {
        complain("--service-messages is current or classic, not '%s'", messages);
        return EXIT_UNUSABLE;
    }
    if (color && strcmp(color, "always") != 0 && strcmp(color, "never") != 0 && strcmp(color, "auto") != 0) {
        complain("--color is always, never or auto, not '%s'", color);
        return EXIT_UNUSABLE;
    }
    if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0 &&
        !(s->may_be_markdown && strcmp(format, "markdown") == 0)) {
        complain("--format is text%s or json, not '%s'", s->may_be_markdown ? ", markdown" : "", format);
        return EXIT_UNUSABLE;
    }
    s->json = format && strcmp(format, "json") == 0;
    s->markdown = format && strcmp(format, "markdown") == 0;
    s->form = options_has(s->options, OPTION_PLAIN) ? DDBEXPR_JSON_PLAIN : DDBEXPR_JSON_TYPED;
    s->messages = messages && strcmp(messages, "classic") == 0 ? DDBEXPR_MESSAGES_CLASSIC : DDBEXPR_MESSAGES_CURRENT;
    return EXIT_TRUE;
}

int session_begin(struct session *s, const struct options *options) { return session_begin_with(s, options, false); }

int session_begin_with(struct session *s, const struct options *options, bool may_be_markdown)
{
    *s = (struct session){.options = options, .may_be_markdown = may_be_markdown};
    if (ddbexpr_arena_new(NULL, &s->arena) != DDBEXPR_OK || ddbexpr_diags_new(NULL, &s->diags) != DDBEXPR_OK ||
        ddbexpr_buffer_new(NULL, &s->out) != DDBEXPR_OK) {
        session_end(s);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    int status = check_choices(s);
    if (status != EXIT_TRUE)
        session_end(s);
    return status;
}

void session_end(struct session *s)
{
    ddbexpr_buffer_free(s->out);
    ddbexpr_diags_free(s->diags);
    ddbexpr_arena_free(s->arena);
}

int session_put_out(const struct session *s, ddbexpr_status status)
{
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    return put_out(ddbexpr_buffer_text(s->out)) ? EXIT_TRUE : EXIT_INTERNAL;
}

/* A JSON text may be one line of many megabytes: files and pipes get as much of it as can be read. */
#define WIDTH_OF_NO_TERMINAL 240

ddbexpr_style style_for(const struct session *s, int fd)
{
    unsigned width = terminal_width(fd);
    return (ddbexpr_style){.size = sizeof(ddbexpr_style),
                           .colour = wants_colour(fd, options_value(s->options, OPTION_COLOR)),
                           .width = width ? width : WIDTH_OF_NO_TERMINAL};
}

void session_print_diags(const struct session *s)
{
    ddbexpr_style style = style_for(s, STDERR_FILENO);
    ddbexpr_buffer *text;
    if (ddbexpr_buffer_new(NULL, &text) != DDBEXPR_OK) {
        complain_no_memory(NULL);
        return;
    }
    for (size_t i = 0; i < ddbexpr_diags_count(s->diags); i++)
        ddbexpr_diag_render(ddbexpr_diags_at(s->diags, i), &style, text);
    put_err_whole(text);
}

int session_unusable(const struct session *s, ddbexpr_status status, const char *what)
{
    if (status != DDBEXPR_INVALID)
        return exit_for_status(status);
    complain("%s cannot be read", what);
    session_print_diags(s);
    return EXIT_UNUSABLE;
}

/* --- values of options --- */

int read_item_option(struct session *s, int option, const char *name, const ddbexpr_value **ret)
{
    const char *given = options_value(s->options, option);
    ddbexpr_str text;
    if (!given)
        return EXIT_TRUE;
    if (!read_value(s->arena, given, &text))
        return EXIT_UNUSABLE;
    ddbexpr_status status = ddbexpr_json_read_item(s->arena, text, s->form, s->diags, ret);
    return status == DDBEXPR_OK ? EXIT_TRUE : session_unusable(s, status, name);
}

static int read_text_option(struct session *s, int option, ddbexpr_str *ret)
{
    const char *given = options_value(s->options, option);
    if (given && !read_value(s->arena, given, ret))
        return EXIT_UNUSABLE;
    return EXIT_TRUE;
}

static int read_bindings(struct session *s, ddbexpr_request *r)
{
    const char *names = options_value(s->options, OPTION_NAMES), *values = options_value(s->options, OPTION_VALUES);
    ddbexpr_str text;
    if (names) {
        if (!read_value(s->arena, names, &text))
            return EXIT_UNUSABLE;
        ddbexpr_status status = ddbexpr_json_read_names(s->arena, text, s->diags, &r->names, &r->name_count);
        if (status != DDBEXPR_OK)
            return session_unusable(s, status, "--expression-attribute-names");
        r->names_given = true;
    }
    if (values) {
        if (!read_value(s->arena, values, &text))
            return EXIT_UNUSABLE;
        ddbexpr_status status =
            ddbexpr_json_read_values(s->arena, text, s->form, s->diags, &r->values, &r->value_count);
        if (status != DDBEXPR_OK)
            return session_unusable(s, status, "--expression-attribute-values");
        r->values_given = true;
    }
    return EXIT_TRUE;
}

static int read_texts(struct session *s, ddbexpr_request *r)
{
    const struct {
        int option;
        ddbexpr_str *field;
    } texts[] = {
        {OPTION_CONDITION_EXPRESSION, &r->condition_expression},
        {OPTION_UPDATE_EXPRESSION, &r->update_expression},
        {OPTION_FILTER_EXPRESSION, &r->filter_expression},
        {OPTION_PROJECTION_EXPRESSION, &r->projection_expression},
        {OPTION_KEY_CONDITION_EXPRESSION, &r->key_condition_expression},
        {OPTION_TABLE_NAME, &r->table_name},
        {OPTION_RETURN_VALUES, &r->return_values},
        {OPTION_RETURN_VALUES_ON_FAILURE, &r->return_values_on_condition_check_failure},
        {OPTION_RETURN_CONSUMED_CAPACITY, &r->return_consumed_capacity},
        {OPTION_RETURN_ITEM_COLLECTION_METRICS, &r->return_item_collection_metrics},
        {OPTION_SELECT, &r->select},
        {OPTION_CLIENT_REQUEST_TOKEN, &r->client_request_token},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_text_option(s, texts[i].option, texts[i].field) != EXIT_TRUE)
            return EXIT_UNUSABLE;
    return EXIT_TRUE;
}

static int read_limit(struct session *s, ddbexpr_request *r)
{
    const char *limit = options_value(s->options, OPTION_LIMIT);
    if (!limit)
        return EXIT_TRUE;
    char *end;
    r->limit = strtol(limit, &end, 10);
    r->limit_given = true;
    if (*end == '\0' && end != limit)
        return EXIT_TRUE;
    complain("--limit is a whole number, not '%s'", limit);
    return EXIT_UNUSABLE;
}

static int read_transact_items(struct session *s, ddbexpr_request *r)
{
    const char *given = options_value(s->options, OPTION_TRANSACT_ITEMS);
    ddbexpr_str text;
    if (!given)
        return EXIT_TRUE;
    if (!read_value(s->arena, given, &text))
        return EXIT_UNUSABLE;
    ddbexpr_status status = ddbexpr_json_read_actions(s->arena, text, s->diags, &r->actions, &r->action_count);
    if (status != DDBEXPR_OK)
        return session_unusable(s, status, "--transact-items");
    r->actions_given = true;
    r->payload_bytes = text.len;
    return EXIT_TRUE;
}

/* The text of --cli-input-json; untouched without it. */
static int read_input(struct session *s, ddbexpr_str *ret) { return read_text_option(s, OPTION_CLI_INPUT_JSON, ret); }

static int read_body(struct session *s, ddbexpr_operation operation, ddbexpr_str text, ddbexpr_request *ret)
{
    *ret = (ddbexpr_request){.size = sizeof *ret, .operation = operation};
    if (!text.ptr)
        return EXIT_TRUE;
    ddbexpr_status status = ddbexpr_json_read_request(s->arena, operation, text, s->diags, ret);
    return status == DDBEXPR_OK ? EXIT_TRUE : session_unusable(s, status, "--cli-input-json");
}

/* The other options over a request's body. */
static int read_options(struct session *s, ddbexpr_request *r)
{
    int exit = read_texts(s, r);
    if (exit == EXIT_TRUE)
        exit = read_bindings(s, r);
    if (exit == EXIT_TRUE)
        exit = read_item_option(s, OPTION_KEY, "--key", &r->key);
    if (exit == EXIT_TRUE && r->operation == DDBEXPR_PUT_ITEM)
        exit = read_item_option(s, OPTION_ITEM, "--item", &r->item);
    if (exit == EXIT_TRUE)
        exit = read_item_option(s, OPTION_EXCLUSIVE_START_KEY, "--exclusive-start-key", &r->exclusive_start_key);
    if (exit == EXIT_TRUE)
        exit = read_limit(s, r);
    if (exit == EXIT_TRUE)
        exit = read_transact_items(s, r);
    if (options_has(s->options, OPTION_NO_SCAN_INDEX_FORWARD))
        r->scan_backward = true;
    return exit;
}

int read_request(struct session *s, ddbexpr_operation operation, ddbexpr_request *ret)
{
    ddbexpr_str text = {NULL, 0};
    int exit = read_input(s, &text);
    s->input = text;
    if (exit == EXIT_TRUE)
        exit = read_body(s, operation, text, ret);
    return exit == EXIT_TRUE ? read_options(s, ret) : exit;
}

int read_request_of_condition(struct session *s, ddbexpr_request *ret)
{
    ddbexpr_str text = {NULL, 0};
    if (options_has(s->options, OPTION_TRANSACT_ITEMS))
        return read_request(s, DDBEXPR_TRANSACT_WRITE_ITEMS, ret);
    int exit = read_input(s, &text);
    if (exit == EXIT_TRUE)
        exit = read_body(s, DDBEXPR_UPDATE_ITEM, text, ret);
    bool other = exit == EXIT_TRUE && text.ptr && !ret->condition_expression.ptr && !ret->update_expression.ptr;
    if (other)
        exit = read_body(s, DDBEXPR_TRANSACT_WRITE_ITEMS, text, ret);
    if (other && exit == EXIT_TRUE && !ret->actions_given)
        exit = read_body(s, DDBEXPR_QUERY, text, ret);
    return exit == EXIT_TRUE ? read_options(s, ret) : exit;
}
