/* SPDX-License-Identifier: Apache-2.0 */
/* Mending what was given by options: they are written as the text of a file, a member a line, which is mended like any
 * other, and read off its lines again. */
#include "cli/check/fixes.h"

#include "cli/check/requests.h"
#include "cli/patch.h"
#include "cli/stored.h"

#include <string.h>
#include <unistd.h>

/* Options that are members; those that are JSON go into the text as they are. */
static const struct {
    int option;
    const char *name;   /* of the option */
    const char *member; /* of the request */
    bool json;
    bool printed; /* a fix may change it */
} members[] = {
    {OPTION_UPDATE_EXPRESSION, "update-expression", "UpdateExpression", false, true},
    {OPTION_CONDITION_EXPRESSION, "condition-expression", "ConditionExpression", false, true},
    {OPTION_KEY_CONDITION_EXPRESSION, "key-condition-expression", "KeyConditionExpression", false, true},
    {OPTION_FILTER_EXPRESSION, "filter-expression", "FilterExpression", false, true},
    {OPTION_PROJECTION_EXPRESSION, "projection-expression", "ProjectionExpression", false, true},
    {OPTION_TRANSACT_ITEMS, "transact-items", "TransactItems", true, true},
    {OPTION_KEY, "key", "Key", true, false},
    {OPTION_ITEM, "item", "Item", true, false},
    {OPTION_RETURN_VALUES, "return-values", "ReturnValues", false, false},
    {OPTION_NAMES, "expression-attribute-names", "ExpressionAttributeNames", true, true},
    {OPTION_VALUES, "expression-attribute-values", "ExpressionAttributeValues", true, true},
};

#define MEMBER_COUNT (sizeof members / sizeof *members)

static ddbexpr_status put(ddbexpr_buffer *out, const char *text)
{
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

/* --- options to a text --- */

/* JSON on one line: line ends, and blanks behind them, stand between its tokens only. */
static ddbexpr_status put_on_one_line(ddbexpr_str text, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    while (text.len && status == DDBEXPR_OK) {
        size_t length = 0;
        while (length < text.len && text.ptr[length] != '\n' && text.ptr[length] != '\r')
            length++;
        status = ddbexpr_buffer_append(out, (ddbexpr_str){text.ptr, length});
        if (length < text.len && status == DDBEXPR_OK) {
            status = put(out, " ");
            while (length < text.len && memchr(" \t\r\n", text.ptr[length], 4))
                length++;
        }
        text.ptr += length;
        text.len -= length;
    }
    return status;
}

static ddbexpr_status put_string(struct session *s, ddbexpr_str text, ddbexpr_buffer *out)
{
    const ddbexpr_value *value = ddbexpr_value_string(s->arena, text);
    return value ? ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, out) : DDBEXPR_NO_MEMORY;
}

static int put_member(struct session *s, size_t i, bool first, ddbexpr_buffer *out)
{
    ddbexpr_str text;
    if (!read_value(s->arena, options_value(s->options, members[i].option), &text))
        return EXIT_UNUSABLE;
    const char *const parts[] = {first ? "\n\"" : ",\n\"", members[i].member, "\": "};
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t n = 0; n < sizeof parts / sizeof *parts && status == DDBEXPR_OK; n++)
        status = put(out, parts[n]);
    if (status == DDBEXPR_OK)
        status = members[i].json ? put_on_one_line(text, out) : put_string(s, text, out);
    return exit_for_status(status);
}

/* The request as the text of a file. */
static int write_request(struct session *s, ddbexpr_str *ret)
{
    ddbexpr_buffer *out;
    if (ddbexpr_buffer_new(NULL, &out) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    int exit = exit_for_status(put(out, "{"));
    bool first = true;
    for (size_t i = 0; i < MEMBER_COUNT && exit == EXIT_TRUE; i++) {
        if (!options_has(s->options, members[i].option))
            continue;
        exit = put_member(s, i, first, out);
        first = false;
    }
    if (exit == EXIT_TRUE)
        exit = exit_for_status(put(out, "\n}\n"));
    ddbexpr_str text = ddbexpr_buffer_text(out);
    char *copy = ddbexpr_arena_alloc(s->arena, text.len + 1);
    if (copy)
        memcpy(copy, text.ptr, text.len + 1);
    else if (exit == EXIT_TRUE)
        exit = exit_for_status(DDBEXPR_NO_MEMORY);
    *ret = (ddbexpr_str){copy, text.len};
    ddbexpr_buffer_free(out);
    return exit;
}

/* --- and back --- */

/* In quotes as shells have them. */
static ddbexpr_status put_quoted(ddbexpr_str text, ddbexpr_buffer *out)
{
    ddbexpr_status status = put(out, "'");
    for (size_t i = 0; i < text.len && status == DDBEXPR_OK; i++)
        status = text.ptr[i] == '\'' ? put(out, "'\\''") : ddbexpr_buffer_append(out, (ddbexpr_str){text.ptr + i, 1});
    return status == DDBEXPR_OK ? put(out, "'\n") : status;
}

/* The text that a JSON string stands for, or JSON as it is. */
static ddbexpr_status read_member(struct session *s, ddbexpr_str json, bool is_json, ddbexpr_str *ret)
{
    const ddbexpr_value *value;
    ddbexpr_str whole[] = {ddbexpr_cstr("{\"text\": "), json, ddbexpr_cstr("}")};
    size_t length = whole[0].len + json.len + whole[2].len, at = 0;
    *ret = json;
    if (is_json)
        return DDBEXPR_OK;
    char *text = ddbexpr_arena_alloc(s->arena, length);
    if (!text)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < 3; i++) {
        memcpy(text + at, whole[i].ptr, whole[i].len);
        at += whole[i].len;
    }
    ddbexpr_status status =
        ddbexpr_json_read_item(s->arena, (ddbexpr_str){text, length}, DDBEXPR_JSON_PLAIN, NULL, &value);
    if (status == DDBEXPR_OK)
        *ret = ddbexpr_value_bytes(ddbexpr_value_at(value, 0));
    return status;
}

/* A line `"Member": …` or `"Member": …,` as an option. */
static ddbexpr_status put_option(struct session *s, ddbexpr_str line, ddbexpr_buffer *out)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        size_t length = strlen(members[i].member) + 4;
        if (line.len < length || memcmp(line.ptr + 1, members[i].member, length - 4) != 0 ||
            line.ptr[length - 3] != '"' || !members[i].printed)
            continue;
        ddbexpr_str text = {line.ptr + length, line.len - length};
        if (text.ptr[text.len - 1] == ',')
            text.len--;
        ddbexpr_status status = read_member(s, text, members[i].json, &text);
        const char *const parts[] = {"--", members[i].name, " "};
        for (size_t n = 0; n < 3 && status == DDBEXPR_OK; n++)
            status = put(out, parts[n]);
        return status == DDBEXPR_OK ? put_quoted(text, out) : status;
    }
    return DDBEXPR_OK;
}

/* The options that expressions and placeholders come from. */
static ddbexpr_status put_options(struct session *s, ddbexpr_str text, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    while (text.len && status == DDBEXPR_OK) {
        const char *newline = memchr(text.ptr, '\n', text.len);
        size_t length = newline ? (size_t)(newline - text.ptr) : text.len;
        if (length && text.ptr[0] == '"')
            status = put_option(s, (ddbexpr_str){text.ptr, length}, out);
        length += newline != NULL;
        text.ptr += length;
        text.len -= length;
    }
    return status;
}

/* --- all of it --- */

/* Tells what is left on standard error. */
static int tell_rest(struct session *s, const struct input_file *file)
{
    struct unit_list list = {.count = 0};
    struct schemas schemas = {.session = s};
    bool unusable;
    const ddbexpr_style style = style_for(s, STDERR_FILENO);
    ddbexpr_buffer_clear(s->out);
    int exit = read_schemas(s, &schemas.tables, &schemas.count);
    if (exit == EXIT_TRUE)
        exit = units_of_file(s, file, &list, &unusable);
    for (size_t i = 0; i < list.count && exit == EXIT_TRUE; i++) {
        exit = unit_check(s, &schemas, &list.units[i]);
        for (size_t n = 0; n < ddbexpr_diags_count(list.units[i].diags) && exit == EXIT_TRUE; n++) {
            const ddbexpr_diag *diag = ddbexpr_diags_at(list.units[i].diags, n);
            if (ddbexpr_diag_severity(diag) != DDBEXPR_INFO || options_has(s->options, OPTION_NOTES))
                exit = exit_for_status(ddbexpr_diag_render(diag, &style, s->out));
        }
        if (exit == EXIT_TRUE && ddbexpr_diags_verdict(list.units[i].diags))
            exit = EXIT_REFUSED;
    }
    put_err(ddbexpr_buffer_text(s->out));
    unit_list_free(&list);
    return exit;
}

static int print_fixed(struct session *s, const struct input_file *given, ddbexpr_str fixed)
{
    struct input_file rest = *given;
    int exit = exit_for_status(put_options(s, fixed, s->out));
    if (exit != EXIT_TRUE)
        return exit;
    if (!put_out(ddbexpr_buffer_text(s->out)))
        return EXIT_INTERNAL;
    rest.text = fixed;
    return tell_rest(s, &rest);
}

static int print_difference(struct session *s, ddbexpr_str given, ddbexpr_str fixed)
{
    ddbexpr_buffer *texts[2] = {NULL, NULL};
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &texts[0]);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(NULL, &texts[1]);
    if (status == DDBEXPR_OK)
        status = put_options(s, given, texts[0]);
    if (status == DDBEXPR_OK)
        status = put_options(s, fixed, texts[1]);
    if (status == DDBEXPR_OK)
        status = put_patch("options", ddbexpr_buffer_text(texts[0]), ddbexpr_buffer_text(texts[1]), s->out);
    ddbexpr_buffer_free(texts[0]);
    ddbexpr_buffer_free(texts[1]);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    ddbexpr_str patch = ddbexpr_buffer_text(s->out);
    if (!put_out(patch))
        return EXIT_INTERNAL;
    return patch.len ? EXIT_FALSE : EXIT_TRUE;
}

int fix_options(struct session *s)
{
    struct unit_list list = {.count = 0};
    struct input_file given = {.path = NULL};
    ddbexpr_str fixed;
    size_t count;
    if (options_has(s->options, OPTION_PLAIN) || options_has(s->options, OPTION_CLI_INPUT_JSON)) {
        complain("--fix and --diff take expressions with DynamoDB JSON, or files: ddbexpr check --fix FILE");
        return EXIT_UNUSABLE;
    }
    int exit = unit_of_options(s, &list); /* tells what cannot be read in terms of the options */
    unit_list_free(&list);
    if (exit == EXIT_TRUE)
        exit = write_request(s, &given.text);
    if (exit == EXIT_TRUE)
        exit = fix_text(s, &given, &fixed, &count);
    if (exit != EXIT_TRUE)
        return exit;
    return options_has(s->options, OPTION_DIFF) ? print_difference(s, given.text, fixed)
                                                : print_fixed(s, &given, fixed);
}
