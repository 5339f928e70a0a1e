/* SPDX-License-Identifier: Apache-2.0 */
/* Text to tree within an arena of the caller's: for the rooms above, which put more into the same arena. */
#ifndef DDBEXPR_SYNTAX_PARSE_H
#define DDBEXPR_SYNTAX_PARSE_H

#include "diagnostic/diagnostic.h"
#include "syntax/ast.h"

/* Where new placeholders for suggested fixes come from: the maps of a request are above this room. */
struct placeholder_source {
    void *context;
    /* The placeholder to write for what it stands for: an attribute name, or a value as DynamoDB JSON; `map` says which
     * (DDBEXPR_SOURCE_NAMES or VALUES). *ret_is_new: the map has to get it first. .ptr NULL: no memory. */
    str (*make)(void *context, ddbexpr_source map, str stands_for, bool *ret_is_new);
};

/* Parses a text, which is copied. The expression lives in `a` and does not own it. Errors: INVALID (told in `diags`),
 * NO_MEMORY; what was built until then stays in the arena, unused. */
ddbexpr_status expression_parse_into(arena *a, ddbexpr_kind kind, str text, ddbexpr_diags *diags,
                                     struct ddbexpr_expression **ret_expression);

/* The same for those who want the tree even of a text that the service refuses for redundant parentheses and nothing
 * else: these are told in `diags` all the same, but the status is OK, and the expression's `redundant_parentheses` is
 * set. */
ddbexpr_status expression_parse_lenient_into(arena *a, ddbexpr_kind kind, str text, ddbexpr_diags *diags,
                                             struct ddbexpr_expression **ret_expression);

/* The same as part of a request: fixes may need new placeholders. `placeholders` NULL: there are none. */
ddbexpr_status expression_parse_for_request(arena *a, ddbexpr_kind kind, str text,
                                            const struct placeholder_source *placeholders, ddbexpr_diags *diags,
                                            struct ddbexpr_expression **ret_expression);

#endif
