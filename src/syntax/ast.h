/* SPDX-License-Identifier: Apache-2.0 */
/* The syntax tree. Nodes live in the expression's arena, link to parent, first child and next sibling, and can so be
 * walked without recursion: the text decides how high a tree is (a thousand nested calls fit in 4096 bytes), and no
 * text may overflow the C stack. Knows no placeholders' values and no items. */
#ifndef DDBEXPR_SYNTAX_AST_H
#define DDBEXPR_SYNTAX_AST_H

#include "base/arena.h"

#include <ddbexpr/expression.h>

typedef ddbexpr_span span;

enum node_kind {
    /* conditions */
    NODE_OR,         /* two or more children: a chain of ORs without parentheses between is one node */
    NODE_AND,        /* two or more */
    NODE_NOT,        /* one */
    NODE_COMPARISON, /* two operands; op */
    NODE_BETWEEN,    /* three operands: value, lower, upper */
    NODE_IN,         /* first operand, then the list */
    /* operands */
    NODE_CALL,       /* name; one or more operands. Also a condition by itself */
    NODE_PATH,       /* steps */
    NODE_VALUE,      /* a :placeholder; name includes the sign */
    NODE_ARITHMETIC, /* two operands; op: right side of SET only */
    /* updates */
    NODE_UPDATE,  /* sections */
    NODE_SECTION, /* section; actions */
    NODE_ACTION,  /* section; target path, then (SET) an operand, (ADD, DELETE) a value, (REMOVE) nothing */
    /* projections */
    NODE_PROJECTION /* paths */
};

enum node_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_PLUS, OP_MINUS };

enum section_kind { SECTION_SET, SECTION_REMOVE, SECTION_ADD, SECTION_DELETE };

/* One step of a document path as written. */
struct path_step {
    str name;  /* bare name; #placeholder with its sign; index digits as written (no brackets) */
    span span; /* the name or the digits */
    bool is_index;
    bool is_placeholder;
};

struct node {
    enum node_kind kind;
    enum node_op op;           /* NODE_COMPARISON, NODE_ARITHMETIC */
    enum section_kind section; /* NODE_SECTION, NODE_ACTION */
    uint32_t id;               /* in order of creation: children before parents, left before right */
    uint32_t parens;           /* pairs of parentheses straight around the node */
    uint32_t child_count;
    uint32_t step_count; /* NODE_PATH */
    span span;           /* without its own parentheses */
    span outer;          /* with them; equal to span if there are none */
    span op_span;        /* the operator, keyword or function name; of AND/OR chains the first one */
    str name;            /* NODE_CALL: function name as written; NODE_VALUE: placeholder with its sign */
    const struct path_step *steps;
    struct node *parent, *first_child, *next;
};

struct ddbexpr_expression {
    ddbexpr_kind kind;
    arena *arena; /* owns everything here */
    bool owns_arena;
    str text; /* copy, NUL after it */
    struct node *root;
    uint32_t node_count;        /* ids are below this */
    bool redundant_parentheses; /* the service refuses it for these alone: only from a lenient parse */
};

/* What follows all that is under a node in the walk of ast_next, or NULL at the end. */
static inline struct node *ast_next_after(const struct node *root, struct node *node)
{
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* The next node of a walk in text order (parents before children) through the tree under `root`, or NULL at the end.
 * Start with `root` itself. */
static inline struct node *ast_next(const struct node *root, struct node *node)
{
    return node->first_child ? node->first_child : ast_next_after(root, node);
}

/* The nth child, or NULL. */
static inline struct node *ast_child(const struct node *node, uint32_t n)
{
    struct node *child = node->first_child;
    while (child && n--)
        child = child->next;
    return child;
}

/* A walk with two stops at each node: before its children (entering) and after them (leaving; leaves have both). */
struct ast_walk {
    const struct node *root;
    struct node *node; /* NULL at the end */
    bool leaving;
};
struct ast_walk ast_walk_begin(struct node *root);
void ast_walk_advance(struct ast_walk *walk);

/* "=", "<>", …, "+", "-". */
str ast_op_text(enum node_op op);

/* "SET", "REMOVE", "ADD", "DELETE". */
str ast_section_text(enum section_kind section);

#endif
