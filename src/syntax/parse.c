/* SPDX-License-Identifier: Apache-2.0 */
/* The driver: text to tokens to tree. Knows the order size, emptiness, syntax (ruling 13); it must not know the
 * grammar. */
#include "syntax/parse.h"

#include "base/limits.h"
#include "syntax/parser.h"
#include "syntax/quick.h"
#include "syntax/syntax_error.h"

/* Reports a fault of the text as a whole, with a number to show. */
static ddbexpr_status refuse(enum diag_id id, ddbexpr_kind kind, size_t number, ddbexpr_diags *diags)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    diags_add(diags, &(struct diag_draft){.id = id,
                                          .source = source_of_kind(kind),
                                          .kind = kind,
                                          .args = {str_of(digits + at, sizeof digits - at)}});
    return diags_status(diags) == DDBEXPR_OK ? DDBEXPR_INVALID : DDBEXPR_NO_MEMORY;
}

/* The parser that the grammar is made to: it tells what it found. */
static ddbexpr_status run_grammar(struct parser *p)
{
    if (!tokens_of(p->arena, p->text, &p->tokens))
        return DDBEXPR_NO_MEMORY;
    enum parser_result result = parser_run(p);
    if (result == PARSER_NO_MEMORY || (p->failed && syntax_error_report(p) != DDBEXPR_OK))
        return DDBEXPR_NO_MEMORY;
    if ((p->failed || p->redundant_parentheses) && diags_status(p->diags) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    return result == PARSER_ACCEPTED ? DDBEXPR_OK : DDBEXPR_INVALID;
}

static ddbexpr_status run(struct parser *p)
{
    struct arena_mark start = arena_mark(p->arena);
    enum quick_result result = quick_run(p);
    if (result != QUICK_GIVES_UP)
        return result == QUICK_ACCEPTED ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
    arena_rewind(p->arena, start);
    p->node_count = 0;
    return run_grammar(p);
}

ddbexpr_status expression_parse_for_request(arena *a, ddbexpr_kind kind, str text,
                                            const struct placeholder_source *placeholders, ddbexpr_diags *diags,
                                            struct ddbexpr_expression **ret_expression)
{
    if (text.len > LIMIT_EXPRESSION_BYTES)
        return refuse(kind == DDBEXPR_UPDATE ? DIAG_UPDATE_SIZE : DIAG_EXPRESSION_SIZE, kind, text.len, diags);
    if (text.len == 0)
        return refuse(DIAG_EMPTY_EXPRESSION, kind, 0, diags);

    struct ddbexpr_expression *expression = ARENA_ROOM(a, struct ddbexpr_expression, 1);
    struct parser p = {
        .arena = a, .kind = kind, .text = arena_copy(a, text), .diags = diags, .placeholders = placeholders};
    if (!expression || !p.text.ptr)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = run(&p);
    if (status != DDBEXPR_OK)
        return status;
    *expression = (struct ddbexpr_expression){.kind = kind,
                                              .arena = a,
                                              .text = p.text,
                                              .root = p.root,
                                              .node_count = p.node_count,
                                              .redundant_parentheses = p.redundant_parentheses};
    *ret_expression = expression;
    return DDBEXPR_OK;
}

ddbexpr_status expression_parse_lenient_into(arena *a, ddbexpr_kind kind, str text, ddbexpr_diags *diags,
                                             struct ddbexpr_expression **ret_expression)
{
    return expression_parse_for_request(a, kind, text, NULL, diags, ret_expression);
}

ddbexpr_status expression_parse_into(arena *a, ddbexpr_kind kind, str text, ddbexpr_diags *diags,
                                     struct ddbexpr_expression **ret_expression)
{
    struct ddbexpr_expression *expression;
    ddbexpr_status status = expression_parse_lenient_into(a, kind, text, diags, &expression);
    if (status != DDBEXPR_OK)
        return status;
    if (expression->redundant_parentheses)
        return DDBEXPR_INVALID;
    *ret_expression = expression;
    return DDBEXPR_OK;
}

/* --- expressions with an arena of their own --- */

typedef ddbexpr_status parse_function(arena *a, ddbexpr_kind kind, str text, ddbexpr_diags *diags,
                                      struct ddbexpr_expression **ret_expression);

static ddbexpr_status parse_alone(parse_function *parse, ddbexpr_kind kind, str text, const ddbexpr_alloc *alloc,
                                  ddbexpr_diags *diags, struct ddbexpr_expression **ret_expression)
{
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_expression *expression;
    ddbexpr_status status = parse(a, kind, text, diags, &expression);
    if (status != DDBEXPR_OK) {
        ddbexpr_arena_free(a);
        return status;
    }
    expression->owns_arena = true;
    *ret_expression = expression;
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_parse(ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_alloc *alloc, ddbexpr_diags *diags,
                             ddbexpr_expression **ret_expression)
{
    return parse_alone(expression_parse_into, kind, text, alloc, diags, ret_expression);
}

ddbexpr_status ddbexpr_parse_lenient(ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_alloc *alloc,
                                     ddbexpr_diags *diags, ddbexpr_expression **ret_expression)
{
    return parse_alone(expression_parse_lenient_into, kind, text, alloc, diags, ret_expression);
}

void ddbexpr_expression_free(ddbexpr_expression *expression)
{
    if (expression && expression->owns_arena)
        ddbexpr_arena_free(expression->arena);
}

ddbexpr_kind ddbexpr_expression_kind(const ddbexpr_expression *expression) { return expression->kind; }

ddbexpr_str ddbexpr_expression_text(const ddbexpr_expression *expression) { return expression->text; }
