/* SPDX-License-Identifier: Apache-2.0 */
/* JSON documents as trees that can be changed: what a case is made of until it is printed. Knows no DynamoDB. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_DOC_H
#define DDBEXPR_CLI_GENERATE_GENERATE_DOC_H

#include <ddbexpr/memory.h>

#include <string.h>

struct generator;

enum doc_kind {
    DOC_OBJECT,
    DOC_ARRAY,
    DOC_STRING,
    DOC_WORD /* written as it is: true, 5, null */
};

struct doc {
    enum doc_kind kind;
    ddbexpr_str name;  /* of a member */
    ddbexpr_str text;  /* of a string or word */
    ddbexpr_str bytes; /* what a base64 text stands for */
    struct doc *first, *last, *next;
    size_t count;
};

struct doc *doc_object(struct generator *g);
struct doc *doc_array(struct generator *g);
struct doc *doc_string(struct generator *g, ddbexpr_str text);
struct doc *doc_word(struct generator *g, const char *word);
struct doc *doc_copy(struct generator *g, const struct doc *doc);

/* Appends an element, or a member: one with the same name is replaced where it stands. Both give the child. */
struct doc *doc_add(struct generator *g, struct doc *array, struct doc *child);
struct doc *doc_put(struct generator *g, struct doc *object, ddbexpr_str name, struct doc *child);

/* A member, or NULL; the child at an index, or NULL. */
struct doc *doc_get(const struct doc *object, ddbexpr_str name);
struct doc *doc_at(const struct doc *doc, size_t index);

/* Takes a child out; the rest keeps the order of the others. */
void doc_drop(struct doc *doc, const struct doc *child);

/* A document becomes what another is, but keeps name and place. */
void doc_become(struct doc *doc, const struct doc *other);

/* The same kind and content; of objects also the same order. */
bool doc_same(const struct doc *a, const struct doc *b);

/* Appends it as JSON on one line. */
void doc_print(const struct doc *doc, ddbexpr_buffer *out);
void doc_print_string(ddbexpr_str text, ddbexpr_buffer *out);

#endif
