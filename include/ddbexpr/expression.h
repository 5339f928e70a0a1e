/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions as text and tree: parsing, printing, formatting. No placeholders' values and no items are needed.
 * Since 0.1.0. */
#ifndef DDBEXPR_EXPRESSION_H
#define DDBEXPR_EXPRESSION_H

#include <ddbexpr/diagnostic.h>
#include <ddbexpr/memory.h>

DDBEXPR_BEGIN_DECLS

/* A parsed expression: immutable, may be shared between threads. */
typedef struct ddbexpr_expression ddbexpr_expression;

/* Parses a text. Any bytes are a legal input. The text is copied. Errors: INVALID (too long, empty, syntax error,
 * redundant parentheses: the diagnostics hold the service's message with token and near window, the span, and what
 * would have been accepted there), NO_MEMORY. `diags` may be NULL. */
DDBEXPR_API ddbexpr_status ddbexpr_parse(ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_alloc *alloc,
                                         ddbexpr_diags *diags, ddbexpr_expression **ret_expression);

/* The same for those who show or format what people wrote: a text whose only fault is redundant parentheses is parsed,
 * and status OK, though they are told in `diags`. The service would refuse it. Errors: as ddbexpr_parse. */
DDBEXPR_API ddbexpr_status ddbexpr_parse_lenient(ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_alloc *alloc,
                                                 ddbexpr_diags *diags, ddbexpr_expression **ret_expression);

/* Frees the expression. NULL is fine. */
DDBEXPR_API void ddbexpr_expression_free(ddbexpr_expression *expression);

/* The expression's kind and text (borrowed). Any thread. */
DDBEXPR_API ddbexpr_kind ddbexpr_expression_kind(const ddbexpr_expression *expression);
DDBEXPR_API ddbexpr_str ddbexpr_expression_text(const ddbexpr_expression *expression);

/* Ways to print the tree. */
typedef enum ddbexpr_tree_form {
    DDBEXPR_TREE_TEXT, /* indented, one node a line, with spans: for people */
    DDBEXPR_TREE_JSON, /* one JSON object; documented in docs/json-output.md, stable */
    DDBEXPR_TREE_SEXPR /* one line of parentheses, without spans: equal for equal trees */
} ddbexpr_tree_form;

/* Appends the tree. Errors: NO_MEMORY. Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_expression_print(const ddbexpr_expression *expression, ddbexpr_tree_form form,
                                                    ddbexpr_buffer *buffer);

/* How to format. */
typedef struct ddbexpr_format_options {
    size_t size;    /* sizeof(ddbexpr_format_options) */
    unsigned width; /* lines longer than this are broken; 0: 80 */
    bool one_line;  /* never break */
} ddbexpr_format_options;

/* Appends the expression in canonical form: one blank between tokens, keywords in upper case, line breaks where it is
 * longer than the width. What the service accepts keeps its meaning (function names,
 * which it wants in lower case, are put so), and formatting twice changes nothing. Where the breaks would make
 * it longer than the service takes (4096 bytes) it stays on one line; where that is too long as well it is left as it
 * was written. options NULL: defaults. Errors: NO_MEMORY. Any thread. */
DDBEXPR_API ddbexpr_status ddbexpr_expression_format(const ddbexpr_expression *expression,
                                                     const ddbexpr_format_options *options, ddbexpr_buffer *buffer);

DDBEXPR_END_DECLS

#endif
