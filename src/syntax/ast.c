/* SPDX-License-Identifier: Apache-2.0 */
/* The walk with two stops at each node, and the words of operators and sections. Must not know what they mean. */
#include "syntax/ast.h"

struct ast_walk ast_walk_begin(struct node *root) { return (struct ast_walk){root, root, false}; }

void ast_walk_advance(struct ast_walk *walk)
{
    struct node *node = walk->node;
    if (!walk->leaving) {
        if (node->first_child)
            walk->node = node->first_child;
        else
            walk->leaving = true;
    } else if (node == walk->root) {
        walk->node = NULL;
    } else if (node->next) {
        walk->node = node->next;
        walk->leaving = false;
    } else {
        walk->node = node->parent;
    }
}

str ast_op_text(enum node_op op)
{
    static const str texts[] = {
        [OP_EQ] = {"=", 1}, [OP_NE] = {"<>", 2}, [OP_LT] = {"<", 1},   [OP_LE] = {"<=", 2},
        [OP_GT] = {">", 1}, [OP_GE] = {">=", 2}, [OP_PLUS] = {"+", 1}, [OP_MINUS] = {"-", 1},
    };
    return texts[op];
}

str ast_section_text(enum section_kind section)
{
    static const str texts[] = {
        [SECTION_SET] = {"SET", 3},
        [SECTION_REMOVE] = {"REMOVE", 6},
        [SECTION_ADD] = {"ADD", 3},
        [SECTION_DELETE] = {"DELETE", 6},
    };
    return texts[section];
}
