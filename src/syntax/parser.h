/* SPDX-License-Identifier: Apache-2.0 */
/* What the grammar, the constructors and the driver share while one text is parsed. For src/syntax and
 * grammar/expression.y only. */
#ifndef DDBEXPR_SYNTAX_PARSER_H
#define DDBEXPR_SYNTAX_PARSER_H

#include "diagnostic/diagnostic.h"
#include "syntax/ast.h"
#include "syntax/token.h"

/* Siblings that have no parent yet. */
struct node_list {
    struct node *first, *last;
    uint32_t count;
};

/* Conditions joined by AND or by OR so far; `op` is the first of the operators. */
struct chain {
    struct node_list conditions;
    span op;
};

struct parser {
    /* set by the driver */
    arena *arena;
    ddbexpr_kind kind;
    str text; /* our copy, NUL after it */
    struct token_array tokens;
    ddbexpr_diags *diags;
    const struct placeholder_source *placeholders; /* for fixes, or NULL: see parse.h */

    /* kept by the grammar and the constructors */
    bool started;            /* the start token was handed out */
    uint32_t next;           /* index of the token to be handed out next */
    uint32_t node_count;     /* ids are below this */
    struct path_step *steps; /* the one path that is being read: paths cannot stand inside paths */
    uint32_t step_count;

    /* the outcome */
    struct node *root;
    bool redundant_parentheses; /* were reported */
    bool failed;                /* a syntax error: `offender` and `expected` say more */
    uint32_t offender;          /* index of the token at which the grammar fails */
    uint64_t expected;          /* a bit for each token kind that could have stood there */
};

#define TOKEN_BIT(kind) ((uint64_t)1 << (kind))

enum parser_result { PARSER_ACCEPTED = 0, PARSER_REFUSED = 1, PARSER_NO_MEMORY = 2 };

/* Runs the grammar over the tokens; sets the outcome. Made from grammar/expression.y. */
enum parser_result parser_run(struct parser *parser);

#endif
