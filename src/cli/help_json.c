/* SPDX-License-Identifier: Apache-2.0 */
/* Commands and their option tables as JSON, for what is made of them: manual pages, completions, docs/commands.md. */
#include "cli/help_json.h"

#include "cli/report/report_tree.h"

static void set(struct tree *tree, json_t *object, const char *name, const char *text)
{
    tree_set_text(tree, object, name, ddbexpr_cstr(text));
}

static void add_option(struct tree *tree, json_t *options, const struct option_spec *spec)
{
    json_t *option = tree_append(tree, options, json_object());
    set(tree, option, "name", spec->name);
    if (spec->argument)
        set(tree, option, "argument", spec->argument);
    set(tree, option, "help", spec->help);
    if (spec->id == OPTION_IGNORED)
        tree_set(tree, option, "ignored", json_true());
}

static void add_command(struct tree *tree, json_t *list, const struct command *command)
{
    json_t *object = tree_append(tree, list, json_object());
    set(tree, object, "name", command->name);
    set(tree, object, "summary", command->summary);
    set(tree, object, "usage", command->usage);
    set(tree, object, "text", command->text);
    set(tree, object, "example", command->example);
    json_t *options = tree_set(tree, object, "options", json_array());
    for (const struct option_spec *spec = command->options; spec->name; spec++)
        add_option(tree, options, spec);
}

static void add_exit_statuses(struct tree *tree, json_t *root, const char *const *meanings)
{
    json_t *list = tree_set(tree, root, "exit_statuses", json_array());
    for (size_t i = 0; meanings[i]; i++) {
        json_t *object = tree_append(tree, list, json_object());
        tree_set_number(tree, object, "status", i);
        set(tree, object, "meaning", meanings[i]);
    }
}

ddbexpr_status help_json(const struct tool_help *tool, const struct command *only, ddbexpr_buffer *out)
{
    struct tree tree = {false};
    json_t *root = json_object();
    set(&tree, root, "name", "ddbexpr");
    set(&tree, root, "version", ddbexpr_version());
    set(&tree, root, "summary", tool->summary);
    set(&tree, root, "values", tool->values);
    add_exit_statuses(&tree, root, tool->exit_meanings);
    json_t *list = tree_set(&tree, root, "commands", json_array());
    for (const struct command *const *c = tool->commands; *c; c++)
        if (!only || only == *c)
            add_command(&tree, list, *c);
    ddbexpr_status status = tree_print(&tree, root, 2, out);
    json_decref(root);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr("\n")) : status;
}
