/* SPDX-License-Identifier: Apache-2.0 */
/* ddbexpr ast: the syntax tree of expressions. */
#include "cli/syntax.h"

#include <string.h>

static bool find_form(const char *name, ddbexpr_tree_form *ret)
{
    if (!name || strcmp(name, "tree") == 0)
        *ret = DDBEXPR_TREE_TEXT;
    else if (strcmp(name, "json") == 0)
        *ret = DDBEXPR_TREE_JSON;
    else if (strcmp(name, "sexpr") == 0)
        *ret = DDBEXPR_TREE_SEXPR;
    else
        return false;
    return true;
}

static ddbexpr_status print(struct session *s, const ddbexpr_expression *expression)
{
    ddbexpr_tree_form form = DDBEXPR_TREE_TEXT;
    find_form(options_value(s->options, OPTION_TREE_FORMAT), &form);
    ddbexpr_status status = ddbexpr_expression_print(expression, form, s->out);
    ddbexpr_str text = ddbexpr_buffer_text(s->out);
    bool ended = text.len && text.ptr[text.len - 1] == '\n';
    return status == DDBEXPR_OK && !ended ? ddbexpr_buffer_append(s->out, ddbexpr_cstr("\n")) : status;
}

static int run(const struct options *options)
{
    ddbexpr_tree_form form;
    if (find_form(options_value(options, OPTION_TREE_FORMAT), &form))
        return for_each_expression(options, print);
    complain("--format is tree, json or sexpr, not '%s'", options_value(options, OPTION_TREE_FORMAT));
    return EXIT_UNUSABLE;
}

static const struct option_spec specs[] = {
    {"format", "FORMAT", "tree, json or sexpr", OPTION_TREE_FORMAT},
    OPTION_SPECS_SYNTAX,
    {NULL, NULL, NULL, 0},
};

const struct command command_ast = {
    "ast",
    "prints the syntax tree of expressions",
    "[--condition-expression TEXT] … [FILE …]",
    "Every node with its place in the text. No placeholder maps are needed.",
    "  ddbexpr ast --condition-expression 'a = :a AND NOT contains(tags, :t)'",
    specs,
    run,
};
