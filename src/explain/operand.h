/* SPDX-License-Identifier: Apache-2.0 */
/* Operands of clauses and actions: what they stand for, and how they are spoken of. */
#ifndef DDBEXPR_EXPLAIN_OPERAND_H
#define DDBEXPR_EXPLAIN_OPERAND_H

#include "program/program.h"

#include <ddbexpr/explain.h>

/* Columns of a value in a sentence. */
#define VALUE_WIDTH 60

/* What explanations are made with: an arena that owns the result, a text to build sentences in. */
struct explainer {
    arena *arena;
    buffer *text;
    const struct checked *checked;
    const value *item; /* NULL: there is none */
};

/* The text built so far, kept in the arena; empties it. NULL text: no memory. */
str explainer_keep(struct explainer *x);

/* Resolves an operand. False: no memory. */
bool operand_resolve(struct explainer *x, const struct operand *operand, ddbexpr_operand *ret);

/* Resolves a path, which stands at `node` in the text. False: no memory. */
bool operand_resolve_path(struct explainer *x, const struct document_path *path, const struct node *node,
                          ddbexpr_operand *ret);

/* Appends `text` in backticks. */
void put_quoted(buffer *out, str text);

/* Appends the attributes of a key: `pk` S "a", `sk` N 1 */
void put_key(const value *key, buffer *out);

/* Appends "`version` is N 5", "`#s` (`status`) is missing", … */
void put_operand(const struct explainer *x, const ddbexpr_operand *o, buffer *out);

/* Appends all of them: "`a` is N 1 where `:v` is N 2 and `:w` is N 3"; of many only the first. */
void put_operands(const struct explainer *x, const ddbexpr_operand *operands, size_t count, buffer *out);

#endif
