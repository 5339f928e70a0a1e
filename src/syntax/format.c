/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the expression in canonical form. It keeps every token and all parentheses: only blanks, line ends and the
 * case of keywords and of known functions change. Must not know what a node means.
 *
 * A first walk measures every node as it would be on one line, another writes and breaks what does not fit. Both put
 * the same pieces through `put`, so that what is measured is what is written. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "syntax/ast.h"

#define DEFAULT_WIDTH 80
#define INDENT        4

/* What is known of a node's place. A line's base is the column at which it begins. */
struct place {
    uint32_t width; /* on one line, with its parentheses */
    uint32_t base;  /* of the line on which it begins */
    uint32_t tail;  /* characters that follow it on the line on which it ends, at most */
    uint32_t rest;  /* of the width: what is not written yet, on one line */
    bool fits;      /* on the line, with its tail */
    bool broken;    /* over several lines */
};

struct formatter {
    buffer *out; /* NULL while measuring */
    size_t size; /* bytes that were put */
    uint32_t column;
    uint32_t max;         /* columns of a line */
    uint32_t max_indent;  /* deeper nesting goes no further right */
    struct place *places; /* by node id */
};

static void put(struct formatter *f, str text)
{
    f->column += (uint32_t)text.len;
    f->size += text.len;
    if (f->out)
        buffer_put(f->out, text);
}

static void put_times(struct formatter *f, str text, uint32_t times)
{
    while (times--)
        put(f, text);
}

static void put_line(struct formatter *f, uint32_t base)
{
    put(f, STR("\n"));
    f->column = 0;
    put_times(f, STR(" "), base);
}

/* --- pieces --- */

static str function_name(str name)
{
    static const str functions[] = {
        {"attribute_exists", 16}, {"attribute_not_exists", 20},
        {"attribute_type", 14},   {"begins_with", 11},
        {"contains", 8},          {"size", 4},
        {"if_not_exists", 13},    {"list_append", 11},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (str_equal_ignoring_case(name, functions[i]))
            return functions[i];
    return name;
}

static void put_path(struct formatter *f, const struct node *path)
{
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        if (step->is_index) {
            put(f, STR("["));
            put(f, step->name);
            put(f, STR("]"));
        } else {
            put(f, i ? STR(".") : STR(""));
            put(f, step->name);
        }
    }
}

/* What a node begins with behind its parentheses. */
static void put_head(struct formatter *f, const struct node *node)
{
    if (node->kind == NODE_NOT) {
        put(f, STR("NOT "));
    } else if (node->kind == NODE_CALL) {
        put(f, function_name(node->name));
        put(f, STR("("));
    } else if (node->kind == NODE_PATH) {
        put_path(f, node);
    } else if (node->kind == NODE_VALUE) {
        put(f, node->name);
    } else if (node->kind == NODE_SECTION) {
        put(f, ast_section_text(node->section));
    }
}

static bool is_first(const struct node *node) { return node->parent->first_child == node; }

static bool is_second(const struct node *node) { return node->parent->first_child->next == node; }

static bool is_chain(const struct node *node) { return node->kind == NODE_OR || node->kind == NODE_AND; }

static void put_blank_op_blank(struct formatter *f, str op)
{
    put(f, STR(" "));
    put(f, op);
    put(f, STR(" "));
}

/* What stands before a child on the same line: the first one, the second, all others. */
static void put_joint(struct formatter *f, const struct node *child)
{
    static const char *const joints[][3] = {
        [NODE_OR] = {"", " OR ", " OR "},
        [NODE_AND] = {"", " AND ", " AND "},
        [NODE_NOT] = {""},
        [NODE_BETWEEN] = {"", " BETWEEN ", " AND "},
        [NODE_IN] = {"", " IN (", ", "},
        [NODE_CALL] = {"", ", ", ", "},
        [NODE_PROJECTION] = {"", ", ", ", "},
        [NODE_UPDATE] = {"", " ", " "},
        [NODE_SECTION] = {" ", ", ", ", "},
    };
    const struct node *parent = child->parent;
    bool has_operator = parent->kind == NODE_COMPARISON || parent->kind == NODE_ARITHMETIC;
    if (has_operator && !is_first(child))
        put_blank_op_blank(f, ast_op_text(parent->op));
    else if (parent->kind == NODE_ACTION && !is_first(child))
        put(f, parent->section == SECTION_SET ? STR(" = ") : STR(" "));
    else if (!has_operator && parent->kind != NODE_ACTION)
        put(f, ddbexpr_cstr(joints[parent->kind][is_first(child) ? 0 : is_second(child) ? 1 : 2]));
}

/* What a node ends with before its parentheses. */
static void put_foot(struct formatter *f, const struct node *node)
{
    if (node->kind == NODE_IN || node->kind == NODE_CALL)
        put(f, STR(")"));
}

/* --- measuring --- */

/* A node's width is complete when the walk leaves it. */
static void measure(struct formatter *f, struct node *root)
{
    for (struct ast_walk walk = ast_walk_begin(root); walk.node; ast_walk_advance(&walk)) {
        const struct node *node = walk.node;
        if (!walk.leaving)
            continue;
        struct place *place = &f->places[node->id];
        f->column = 2 * node->parens;
        put_head(f, node);
        put_foot(f, node);
        place->width += f->column;
        if (node == root)
            continue;
        f->column = 0;
        put_joint(f, node);
        f->places[node->parent->id].width += f->column + place->width;
    }
}

/* --- writing --- */

static uint32_t indented(const struct formatter *f, uint32_t base)
{
    return base + INDENT < f->max_indent ? base + INDENT : f->max_indent;
}

/* The base of the lines within a broken node. A chain without parentheses is indented only within another, to set it
 * off: `a AND b` in `a AND b OR c`. */
static uint32_t inner_base(const struct formatter *f, const struct node *node)
{
    uint32_t base = f->places[node->id].base;
    if (node->kind == NODE_UPDATE || node->kind == NODE_PROJECTION)
        return base;
    if (is_chain(node) && node->parens == 0 && !node->parent) /* without parentheses only chains hold chains */
        return base;
    return indented(f, base);
}

/* What stands before a child of a broken node. */
static void put_broken_joint(struct formatter *f, const struct node *child)
{
    const struct node *parent = child->parent;
    uint32_t base = inner_base(f, parent);
    switch (parent->kind) {
    case NODE_OR:
    case NODE_AND:
        if (!is_first(child)) {
            put_line(f, base);
            put(f, parent->kind == NODE_OR ? STR("OR ") : STR("AND "));
        }
        return;
    case NODE_UPDATE:
        if (!is_first(child))
            put_line(f, base);
        return;
    case NODE_PROJECTION:
        if (!is_first(child)) {
            put(f, STR(","));
            put_line(f, base);
        }
        return;
    case NODE_IN:
        if (!is_first(child)) {
            put(f, is_second(child) ? STR(" IN (") : STR(","));
            put_line(f, base);
        }
        return;
    case NODE_CALL:
    case NODE_SECTION:
    case NODE_NOT: /* this and all below: never broken */
    case NODE_COMPARISON:
    case NODE_BETWEEN:
    case NODE_PATH:
    case NODE_VALUE:
    case NODE_ARITHMETIC:
    case NODE_ACTION:;
    }
    put(f, is_first(child) ? STR("") : STR(","));
    put_line(f, base);
}

static bool can_break(const struct node *node)
{
    switch (node->kind) {
    case NODE_OR:
    case NODE_AND:
    case NODE_IN:
    case NODE_UPDATE:
    case NODE_SECTION:
    case NODE_PROJECTION:
        return true;
    case NODE_CALL:
        return node->child_count > 1;
    case NODE_NOT:
    case NODE_COMPARISON:
    case NODE_BETWEEN:
    case NODE_PATH:
    case NODE_VALUE:
    case NODE_ARITHMETIC:
    case NODE_ACTION:;
    }
    return false;
}

/* The tail of a child of a broken node. Behind the first operand of IN stands ` IN (`. */
static uint32_t tail_in_broken(const struct formatter *f, const struct node *child)
{
    const struct node *parent = child->parent;
    if (is_chain(parent))
        return child->next || parent->parens ? 0 : f->places[parent->id].tail;
    if (parent->kind == NODE_UPDATE)
        return 0;
    if (parent->kind == NODE_IN && is_first(child))
        return (uint32_t)STR(" IN (").len;
    return child->next ? 1 : 0;
}

/* Whether a child begins on the line on which its broken parent begins. */
static bool shares_line(const struct node *child)
{
    const struct node *parent = child->parent;
    return is_first(child) && (parent->kind == NODE_IN || (is_chain(parent) && parent->parens == 0));
}

/* Decides the place of a node that begins at the column, `joint` characters behind the one before it. */
static void settle(struct formatter *f, const struct node *node, uint32_t joint)
{
    struct place *place = &f->places[node->id];
    struct place *outer = node->parent ? &f->places[node->parent->id] : NULL;
    place->base = place->tail = 0;
    if (outer && outer->broken) {
        place->base = shares_line(node) ? outer->base : inner_base(f, node->parent);
        place->tail = tail_in_broken(f, node);
    } else if (outer) {
        outer->rest -= joint + place->width;
        place->base = outer->base;
        place->tail = outer->rest + outer->tail;
    }
    place->fits = (outer && outer->fits) || f->column + place->width + place->tail <= f->max;
    place->broken = can_break(node) && !place->fits;
}

static void enter(struct formatter *f, const struct node *node)
{
    uint32_t column = f->column;
    if (node->parent && f->places[node->parent->id].broken)
        put_broken_joint(f, node);
    else if (node->parent)
        put_joint(f, node);
    settle(f, node, f->column - column);

    struct place *place = &f->places[node->id];
    column = f->column;
    put_times(f, STR("("), node->parens);
    if (node->parens && is_chain(node) && place->broken)
        put_line(f, inner_base(f, node));
    put_head(f, node);
    if (!place->broken)
        place->rest = place->width - (f->column - column);
}

static void leave(struct formatter *f, const struct node *node)
{
    const struct place *place = &f->places[node->id];
    bool closing_line = node->kind == NODE_IN || node->kind == NODE_CALL || (is_chain(node) && node->parens);
    if (place->broken && closing_line)
        put_line(f, place->base);
    put_foot(f, node);
    put_times(f, STR(")"), node->parens);
}

/* Writes the tree with lines of `max` columns to `out`, or nowhere. Returns the bytes. */
static size_t write_tree(struct formatter *f, struct node *root, uint32_t max, buffer *out)
{
    f->out = out;
    f->size = 0;
    f->column = 0;
    f->max = max;
    f->max_indent = max / 2 / INDENT * INDENT;
    for (struct ast_walk walk = ast_walk_begin(root); walk.node; ast_walk_advance(&walk)) {
        if (walk.leaving)
            leave(f, walk.node);
        else
            enter(f, walk.node);
    }
    return f->size;
}

/* A text that the service takes must not become one that it refuses for its size: where blanks would make it too long,
 * it is written on one line, or else left as it is. */
static void write_within_limit(struct formatter *f, const struct ddbexpr_expression *expression, uint32_t max,
                               buffer *out)
{
    if (write_tree(f, expression->root, max, NULL) > LIMIT_EXPRESSION_BYTES)
        max = UINT32_MAX;
    if (write_tree(f, expression->root, max, NULL) > LIMIT_EXPRESSION_BYTES)
        buffer_put(out, expression->text);
    else
        write_tree(f, expression->root, max, out);
}

static uint32_t width_of(const ddbexpr_format_options *options)
{
    if (options && options->one_line)
        return UINT32_MAX;
    return options && options->width ? options->width : DEFAULT_WIDTH;
}

ddbexpr_status ddbexpr_expression_format(const ddbexpr_expression *expression, const ddbexpr_format_options *options,
                                         ddbexpr_buffer *out)
{
    const ddbexpr_alloc *alloc = arena_allocator(expression->arena);
    size_t size = expression->node_count * sizeof(struct place);
    struct place *places = allocator_resize(alloc, NULL, 0, size);
    if (!places)
        return DDBEXPR_NO_MEMORY;
    memset(places, 0, size);
    struct formatter f = {.places = places};
    measure(&f, expression->root);
    write_within_limit(&f, expression, width_of(options), out);
    allocator_resize(alloc, places, size, 0);
    return buffer_status(out);
}
