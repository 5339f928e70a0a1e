/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and parsing the texts of fmt and ast. */
#include "cli/syntax.h"

#include <string.h>

typedef ddbexpr_status print_function(struct session *session, const ddbexpr_expression *expression);

static int print_text(struct session *s, ddbexpr_kind kind, ddbexpr_str text, print_function *print)
{
    ddbexpr_expression *expression;
    ddbexpr_diags_clear(s->diags);
    ddbexpr_buffer_clear(s->out);
    ddbexpr_status status = ddbexpr_parse_lenient(kind, text, NULL, s->diags, &expression);
    if (status == DDBEXPR_INVALID)
        session_print_diags(s);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    status = print(s, expression);
    ddbexpr_expression_free(expression);
    return session_put_out(s, status);
}

static bool find_kind(const char *name, ddbexpr_kind *ret)
{
    static const char *const names[] = {
        [DDBEXPR_CONDITION] = "condition",         [DDBEXPR_FILTER] = "filter",
        [DDBEXPR_KEY_CONDITION] = "key-condition", [DDBEXPR_UPDATE] = "update",
        [DDBEXPR_PROJECTION] = "projection",
    };
    *ret = DDBEXPR_CONDITION;
    if (!name)
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *ret = (ddbexpr_kind)i;
            return true;
        }
    complain("--kind is condition, update, projection, filter or key-condition, not '%s'", name);
    return false;
}

static int print_files(struct session *s, print_function *print)
{
    ddbexpr_kind kind;
    if (!find_kind(options_value(s->options, OPTION_KIND), &kind))
        return EXIT_UNUSABLE;
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < s->options->argument_count && exit == EXIT_TRUE; i++) {
        ddbexpr_str text;
        exit = read_file(s->arena, s->options->arguments[i], &text) ? EXIT_TRUE : EXIT_UNUSABLE;
        while (exit == EXIT_TRUE && text.len && strchr("\r\n", text.ptr[text.len - 1]))
            text.len--;
        if (exit == EXIT_TRUE)
            exit = print_text(s, kind, text, print);
    }
    return exit;
}

static int print_given(struct session *s, print_function *print, size_t *ret_count)
{
    static const struct {
        int option;
        ddbexpr_kind kind;
    } given[] = {{OPTION_UPDATE_EXPRESSION, DDBEXPR_UPDATE},
                 {OPTION_CONDITION_EXPRESSION, DDBEXPR_CONDITION},
                 {OPTION_KEY_CONDITION_EXPRESSION, DDBEXPR_KEY_CONDITION},
                 {OPTION_FILTER_EXPRESSION, DDBEXPR_FILTER},
                 {OPTION_PROJECTION_EXPRESSION, DDBEXPR_PROJECTION}};
    int exit = EXIT_TRUE;
    for (size_t i = 0; i < sizeof given / sizeof *given && exit == EXIT_TRUE; i++) {
        const char *value = options_value(s->options, given[i].option);
        ddbexpr_str text;
        if (!value)
            continue;
        ++*ret_count;
        exit = read_value(s->arena, value, &text) ? print_text(s, given[i].kind, text, print) : EXIT_UNUSABLE;
    }
    return exit;
}

int for_each_expression(const struct options *options, print_function *print)
{
    struct session session;
    size_t count = 0;
    int exit = session_begin(&session, options);
    if (exit != EXIT_TRUE)
        return exit;
    exit = print_given(&session, print, &count);
    if (exit == EXIT_TRUE)
        exit = print_files(&session, print);
    if (exit == EXIT_TRUE && count + options->argument_count == 0) {
        complain("give an expression, as an option or in a file (- for standard input)");
        exit = EXIT_UNUSABLE;
    }
    session_end(&session);
    return exit;
}
