/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the tree in three forms. Must not know what a node means. Everything printed of an expression is ASCII
 * letters, digits, `_`, `#` and `:`: the grammar accepts no other names, so nothing needs escaping. */
#include "base/buffer.h"
#include "syntax/ast.h"

static const char *node_name(enum node_kind kind)
{
    static const char *const names[] = {
        [NODE_OR] = "or",           [NODE_AND] = "and",
        [NODE_NOT] = "not",         [NODE_COMPARISON] = "comparison",
        [NODE_BETWEEN] = "between", [NODE_IN] = "in",
        [NODE_CALL] = "call",       [NODE_PATH] = "path",
        [NODE_VALUE] = "value",     [NODE_ARITHMETIC] = "arithmetic",
        [NODE_UPDATE] = "update",   [NODE_SECTION] = "section",
        [NODE_ACTION] = "action",   [NODE_PROJECTION] = "projection",
    };
    return names[kind];
}

static bool has_operator(const struct node *node)
{
    return node->kind == NODE_COMPARISON || node->kind == NODE_ARITHMETIC;
}

static bool has_section(const struct node *node) { return node->kind == NODE_SECTION || node->kind == NODE_ACTION; }

static bool has_name(const struct node *node) { return node->kind == NODE_CALL || node->kind == NODE_VALUE; }

static void put_cstr(buffer *out, const char *text) { buffer_put(out, ddbexpr_cstr(text)); }

/* --- one line of parentheses --- */

static void put_sexpr_path(buffer *out, const struct node *path)
{
    buffer_text_literal(out, "(path");
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        put_cstr(out, step->is_index ? " [" : " ");
        buffer_put(out, step->name);
        put_cstr(out, step->is_index ? "]" : "");
    }
    buffer_char(out, ')');
}

static void put_sexpr_head(buffer *out, const struct node *node)
{
    buffer_char(out, '(');
    if (has_operator(node))
        buffer_put(out, ast_op_text(node->op));
    else if (node->kind == NODE_SECTION)
        buffer_put(out, ast_section_text(node->section));
    else
        put_cstr(out, node_name(node->kind));
    if (node->kind == NODE_CALL) {
        buffer_char(out, ' ');
        buffer_put(out, node->name);
    }
}

static void print_sexpr(buffer *out, struct node *root)
{
    for (struct ast_walk walk = ast_walk_begin(root); walk.node; ast_walk_advance(&walk)) {
        const struct node *node = walk.node;
        bool leaf = node->kind == NODE_PATH || node->kind == NODE_VALUE;
        if (walk.leaving) {
            put_cstr(out, leaf ? "" : ")");
            continue;
        }
        if (node != root)
            buffer_char(out, ' ');
        if (node->kind == NODE_PATH)
            put_sexpr_path(out, node);
        else if (node->kind == NODE_VALUE)
            buffer_put(out, node->name);
        else
            put_sexpr_head(out, node);
    }
}

/* --- JSON --- */

static void put_json_string(buffer *out, const char *key, str value)
{
    buffer_char(out, '"');
    put_cstr(out, key);
    buffer_text_literal(out, "\":\"");
    buffer_put(out, value);
    buffer_text_literal(out, "\",");
}

static void put_json_span(buffer *out, span span_)
{
    buffer_text_literal(out, "\"span\":[");
    buffer_unsigned(out, span_.start);
    buffer_char(out, ',');
    buffer_unsigned(out, span_.end);
    buffer_char(out, ']');
}

static void put_json_steps(buffer *out, const struct node *path)
{
    buffer_text_literal(out, ",\"steps\":[");
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        put_cstr(out, i ? ",{" : "{");
        if (step->is_index) {
            buffer_text_literal(out, "\"index\":"); /* the digits as written: they have no leading zero */
            buffer_put(out, step->name);
            buffer_char(out, ',');
        } else {
            put_json_string(out, step->is_placeholder ? "placeholder" : "name", step->name);
        }
        put_json_span(out, step->span);
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static void put_json_head(buffer *out, const struct node *node)
{
    buffer_char(out, '{');
    put_json_string(out, "node", ddbexpr_cstr(node_name(node->kind)));
    if (has_operator(node))
        put_json_string(out, "operator", ast_op_text(node->op));
    if (has_section(node))
        put_json_string(out, "section", ast_section_text(node->section));
    if (has_name(node))
        put_json_string(out, "name", node->name);
    put_json_span(out, node->span);
    if (node->parens) {
        buffer_text_literal(out, ",\"parentheses\":");
        buffer_unsigned(out, node->parens);
    }
    if (node->kind == NODE_PATH)
        put_json_steps(out, node);
    if (node->first_child)
        buffer_text_literal(out, ",\"children\":[");
}

static void print_json(buffer *out, const struct ddbexpr_expression *expression)
{
    buffer_char(out, '{');
    put_json_string(out, "kind", ddbexpr_cstr(ddbexpr_kind_name(expression->kind)));
    buffer_text_literal(out, "\"tree\":");
    for (struct ast_walk walk = ast_walk_begin(expression->root); walk.node; ast_walk_advance(&walk)) {
        const struct node *node = walk.node;
        if (walk.leaving) {
            put_cstr(out, node->first_child ? "]}" : "}");
            continue;
        }
        if (node->parent && node->parent->first_child != node)
            buffer_char(out, ',');
        put_json_head(out, node);
    }
    buffer_char(out, '}');
}

/* --- for people --- */

static void put_text_path(buffer *out, const struct node *path)
{
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        put_cstr(out, step->is_index ? "[" : i ? "." : "");
        buffer_put(out, step->name);
        put_cstr(out, step->is_index ? "]" : "");
    }
}

static void put_text_line(buffer *out, const struct node *node)
{
    if (node->kind == NODE_SECTION)
        buffer_put(out, ast_section_text(node->section));
    else
        put_cstr(out, node_name(node->kind));
    buffer_char(out, ' ');
    if (has_operator(node))
        buffer_put(out, ast_op_text(node->op));
    else if (has_name(node))
        buffer_put(out, node->name);
    else if (node->kind == NODE_PATH)
        put_text_path(out, node);
    if (has_operator(node) || has_name(node) || node->kind == NODE_PATH)
        buffer_char(out, ' ');
    buffer_char(out, '@');
    buffer_unsigned(out, node->span.start);
    buffer_char(out, '-');
    buffer_unsigned(out, node->span.end);
    if (node->parens)
        buffer_text_literal(out, " in parentheses");
    buffer_char(out, '\n');
}

static void print_text(buffer *out, struct node *root)
{
    size_t depth = 0;
    for (struct ast_walk walk = ast_walk_begin(root); walk.node; ast_walk_advance(&walk)) {
        if (walk.leaving) {
            depth--;
            continue;
        }
        buffer_repeat(out, ' ', 2 * depth++);
        put_text_line(out, walk.node);
    }
}

ddbexpr_status ddbexpr_expression_print(const ddbexpr_expression *expression, ddbexpr_tree_form form,
                                        ddbexpr_buffer *out)
{
    if (form == DDBEXPR_TREE_JSON)
        print_json(out, expression);
    else if (form == DDBEXPR_TREE_SEXPR)
        print_sexpr(out, expression->root);
    else
        print_text(out, expression->root);
    return buffer_status(out);
}
