/* SPDX-License-Identifier: Apache-2.0 */
/* Constructors: how the grammar makes nodes. Each returns NULL when there is no memory. `where` is the node's text
 * without parentheses of its own, `op` its operator, keyword or function name. */
#ifndef DDBEXPR_SYNTAX_BUILD_H
#define DDBEXPR_SYNTAX_BUILD_H

#include "syntax/parser.h"

/* Any node with children. */
struct node *build_node(struct parser *p, enum node_kind kind, span where, span op, struct node_list children);

/* A comparison or an addition. */
struct node *build_binary(struct parser *p, enum node_kind kind, enum node_op op, span where, span op_span,
                          struct node *left, struct node *right);

/* name(operands); `name` is the function's name as written. */
struct node *build_call(struct parser *p, span where, span name, struct node_list operands);

/* A :placeholder. */
struct node *build_value(struct parser *p, span where);

/* The steps of a path one after another, the first with build_path_begin; then the path. The functions that add a step
 * say false when there is no memory. */
bool build_path_begin(struct parser *p, span name, enum token_kind kind);
bool build_path_name(struct parser *p, span name, enum token_kind kind);
bool build_path_index(struct parser *p, span digits);
struct node *build_path(struct parser *p, span where);

/* A section of an update with its actions, which learn from it what they are. */
struct node *build_section(struct parser *p, enum section_kind section, span where, span keyword,
                           struct node_list actions);

/* A pair of parentheses, `outer`, straight around the node; returns the node. The second pair is reported. */
struct node *build_parentheses(struct parser *p, struct node *node, span outer);

/* Lists of siblings. */
static inline struct node_list build_list(struct node *node) { return (struct node_list){node, node, 1}; }

static inline struct node_list build_list_prepend(struct node *node, struct node_list list)
{
    node->next = list.first;
    return (struct node_list){node, list.last, list.count + 1};
}

static inline struct node_list build_list_append(struct node_list list, struct node *node)
{
    list.last->next = node;
    return (struct node_list){list.first, node, list.count + 1};
}

#endif
