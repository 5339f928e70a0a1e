/* SPDX-License-Identifier: Apache-2.0 */
/* Makes nodes and links them. It must not know the grammar, nor judge what it is given, but for parentheses: the
 * service refuses two pairs straight around the same thing as soon as it has read the outer one, before a later syntax
 * error (spec: local-engine; claimed: dyl-fpar-002).
 *
 * Invariant: a node is made after its children and after everything to the left of it, so ids are in post-order. */
#include "syntax/build.h"

/* --- nodes --- */

static struct node *new_node(struct parser *p, enum node_kind kind, span where, span op)
{
    struct node *node = ARENA_NEW(p->arena, struct node);
    if (!node)
        return NULL;
    node->kind = kind;
    node->id = p->node_count++;
    node->span = node->outer = where;
    node->op_span = op;
    return node;
}

struct node *build_node(struct parser *p, enum node_kind kind, span where, span op, struct node_list children)
{
    struct node *node = new_node(p, kind, where, op);
    if (!node)
        return NULL;
    node->first_child = children.first;
    node->child_count = children.count;
    for (struct node *child = children.first; child; child = child->next)
        child->parent = node;
    return node;
}

struct node *build_binary(struct parser *p, enum node_kind kind, enum node_op op, span where, span op_span,
                          struct node *left, struct node *right)
{
    struct node *node = build_node(p, kind, where, op_span, build_list_append(build_list(left), right));
    if (node)
        node->op = op;
    return node;
}

struct node *build_call(struct parser *p, span where, span name, struct node_list operands)
{
    struct node *node = build_node(p, NODE_CALL, where, name, operands);
    if (node)
        node->name = str_slice(p->text, name);
    return node;
}

struct node *build_value(struct parser *p, span where)
{
    struct node *node = new_node(p, NODE_VALUE, where, where);
    if (node)
        node->name = str_slice(p->text, where);
    return node;
}

struct node *build_section(struct parser *p, enum section_kind section, span where, span keyword,
                           struct node_list actions)
{
    struct node *node = build_node(p, NODE_SECTION, where, keyword, actions);
    if (!node)
        return NULL;
    node->section = section;
    for (struct node *action = actions.first; action; action = action->next) {
        action->section = section;
        if (section != SECTION_SET) /* only SET has a sign of its own in each action */
            action->op_span = keyword;
    }
    return node;
}

/* --- paths --- */

_Static_assert(sizeof(struct path_step) % ARENA_ALIGNMENT == 0, "steps that are allocated in a row are an array");

/* Nothing else is allocated while a path is read: so its steps follow each other, but where a chunk of the arena ends.
 * There they all move. */
static struct path_step *room_for_step(struct parser *p)
{
    struct path_step *room = ARENA_ROOM(p->arena, struct path_step, 1);
    if (p->step_count == 0) {
        p->steps = room;
    } else if (room != p->steps + p->step_count) {
        struct path_step *steps = ARENA_ROOM(p->arena, struct path_step, p->step_count + 1);
        if (!room || !steps)
            return NULL;
        memcpy(steps, p->steps, p->step_count * sizeof *steps);
        p->steps = steps;
        room = steps + p->step_count;
    }
    return room;
}

static bool add_step(struct parser *p, span where, bool is_index, bool is_placeholder)
{
    struct path_step *step = room_for_step(p);
    if (!step)
        return false;
    *step = (struct path_step){str_slice(p->text, where), where, is_index, is_placeholder};
    p->step_count++;
    return true;
}

bool build_path_begin(struct parser *p, span name, enum token_kind kind)
{
    p->step_count = 0;
    return build_path_name(p, name, kind);
}

bool build_path_name(struct parser *p, span name, enum token_kind kind)
{
    return add_step(p, name, false, kind == TOKEN_NAME);
}

bool build_path_index(struct parser *p, span digits) { return add_step(p, digits, true, false); }

struct node *build_path(struct parser *p, span where)
{
    struct node *node = new_node(p, NODE_PATH, where, where);
    if (!node)
        return NULL;
    node->steps = p->steps;
    node->step_count = p->step_count;
    return node;
}

/* --- parentheses --- */

static void report_redundant(struct parser *p, span outer)
{
    ddbexpr_source source = source_of_kind(p->kind);
    const ddbexpr_edit edits[] = {edit_replace(source, (span){outer.start, outer.start + 1}, STR("")),
                                  edit_replace(source, (span){outer.end - 1, outer.end}, STR(""))};
    diags_add(p->diags,
              &(struct diag_draft){
                  .id = DIAG_REDUNDANT_PARENTHESES,
                  .source = source,
                  .kind = p->kind,
                  .text = p->text,
                  .has_span = true,
                  .span = outer,
                  .fix = {.safety = DDBEXPR_FIX_SAFE, .title = TEXT_FIX_PARENTHESES, .edits = edits, .edit_count = 2}});
}

struct node *build_parentheses(struct parser *p, struct node *node, span outer)
{
    node->outer = outer;
    if (++node->parens == 2) {
        p->redundant_parentheses = true;
        report_redundant(p, outer);
    }
    return node;
}
