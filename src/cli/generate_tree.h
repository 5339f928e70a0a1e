/* SPDX-License-Identifier: Apache-2.0 */
/* JSON as a tree that can be changed: what a case is made of until it is printed. Knows no DynamoDB. */
#ifndef DDBEXPR_CLI_GENERATE_TREE_H
#define DDBEXPR_CLI_GENERATE_TREE_H

#include <ddbexpr/memory.h>

#include <string.h>

struct generator;

enum tree_kind {
    TREE_OBJECT,
    TREE_ARRAY,
    TREE_STRING,
    TREE_WORD /* written as it is: true, 5, null */
};

struct tree {
    enum tree_kind kind;
    ddbexpr_str name;  /* of a member */
    ddbexpr_str text;  /* of a string or word */
    ddbexpr_str bytes; /* what a base64 text stands for */
    struct tree *first, *last, *next;
    size_t count;
};

struct tree *tree_object(struct generator *g);
struct tree *tree_array(struct generator *g);
struct tree *tree_string(struct generator *g, ddbexpr_str text);
struct tree *tree_word(struct generator *g, const char *word);
struct tree *tree_copy(struct generator *g, const struct tree *tree);

/* Appends an element, or a member: one with the same name is replaced where it stands. Both give the child. */
struct tree *tree_add(struct generator *g, struct tree *array, struct tree *child);
struct tree *tree_put(struct generator *g, struct tree *object, ddbexpr_str name, struct tree *child);

/* A member, or NULL; the child at an index, or NULL. */
struct tree *tree_get(const struct tree *object, ddbexpr_str name);
struct tree *tree_at(const struct tree *tree, size_t index);

/* Takes a child out; the tree keeps the order of the others. */
void tree_drop(struct tree *tree, const struct tree *child);

/* A tree becomes what another is, but keeps name and place. */
void tree_become(struct tree *tree, const struct tree *other);

/* The same kind and content; of objects also the same order. */
bool tree_same(const struct tree *a, const struct tree *b);

/* Appends the tree as JSON on one line. */
void tree_print(const struct tree *tree, ddbexpr_buffer *out);
void tree_print_string(ddbexpr_str text, ddbexpr_buffer *out);

#endif
