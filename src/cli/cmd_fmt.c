/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr fmt: expressions in canonical form. */
#include "cli/syntax.h"

#include <stdlib.h>

/* {"kind": …, "formatted": …}: a string is written as JSON by being a plain value. */
static ddbexpr_status print_json(struct session *s, const ddbexpr_expression *expression, ddbexpr_str formatted)
{
    const ddbexpr_str names[] = {ddbexpr_cstr("kind"), ddbexpr_cstr("formatted")};
    const ddbexpr_value *values[] = {
        ddbexpr_value_string(s->arena, ddbexpr_cstr(ddbexpr_kind_name(ddbexpr_expression_kind(expression)))),
        ddbexpr_value_string(s->arena, formatted)};
    const ddbexpr_value *object = values[0] && values[1] ? ddbexpr_value_map(s->arena, names, values, 2) : NULL;
    if (!object)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_buffer_clear(s->out);
    return ddbexpr_json_write_item(object, DDBEXPR_JSON_PLAIN, 0, s->out);
}

static ddbexpr_status print(struct session *s, const ddbexpr_expression *expression)
{
    const char *width = options_value(s->options, OPTION_WIDTH);
    const ddbexpr_format_options options = {sizeof options, width ? (unsigned)strtoul(width, NULL, 10) : 0,
                                            options_has(s->options, OPTION_ONE_LINE)};
    ddbexpr_status status = ddbexpr_expression_format(expression, &options, s->out);
    if (status == DDBEXPR_OK && s->json)
        status = print_json(s, expression, ddbexpr_buffer_text(s->out));
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static int run(const struct options *options)
{
    const char *width = options_value(options, OPTION_WIDTH);
    char *end;
    if (width && (strtoul(width, &end, 10) == 0 || *end)) {
        complain("--width is a number of columns, not '%s'", width);
        return EXIT_UNUSABLE;
    }
    return for_each_expression(options, print);
}

static const struct option_spec specs[] = {
    {"width", "N", "break lines longer than this (80)", OPTION_WIDTH},
    {"one-line", NULL, "never break lines", OPTION_ONE_LINE},
    {"format", "FORMAT", "text or json", OPTION_FORMAT},
    OPTION_SPECS_SYNTAX,
    {NULL, NULL, NULL, 0},
};

const struct command command_fmt = {
    "fmt",
    "writes expressions in canonical form",
    "[--condition-expression TEXT] … [FILE …]",
    "One blank between tokens, keywords in upper case, long expressions over several lines. What the "
    "service accepts keeps its meaning (function names, which it wants in lower case, are put so),\n"
    "and formatting twice changes nothing.",
    "  ddbexpr fmt --update-expression 'set a=:a,b = b+:one remove c'",
    specs,
    run,
};
