/* SPDX-License-Identifier: Apache-2.0 */
/* Any text as an expression: a byte for the kind, then the text. Its tokens tile it, both parsers read the same, trees
 * are sound, and what is refused is told with its place. */
#include "fuzz.h"

#include "base/limits.h"
#include "syntax/parse.h"

#include "../unit/readings.h"

/* --- tokens --- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static void check_gap(str text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        REQUIRE(is_blank(text.ptr[i]));
}

/* Tokens and blanks make up the text, and what is no token stands alone. */
static void check_tokens(str text)
{
    arena *a = fuzz_arena();
    struct token_array all;
    uint32_t at = 0;
    str copy = arena_copy(a, text);
    REQUIRE(tokens_of(a, copy, &all));
    for (uint32_t i = 0; i < all.count; i++) {
        const struct token *t = &all.tokens[i];
        REQUIRE(t->kind >= TOKEN_WORD && t->kind < TOKEN_COUNT);
        REQUIRE(t->span.start >= at && t->span.start < t->span.end && t->span.end <= text.len);
        REQUIRE(t->kind != TOKEN_BAD || t->span.end - t->span.start <= 4);
        check_gap(text, at, t->span.start);
        at = t->span.end;
    }
    REQUIRE(all.tokens[all.count].kind == TOKEN_END);
    check_gap(text, at, (uint32_t)text.len);
    ddbexpr_arena_free(a);
}

/* --- two parsers --- */

static void check_both_parsers(ddbexpr_kind kind, str text)
{
    struct reading quick, grammar;
    read_quickly(&quick, kind, text);
    read_by_grammar(&grammar, kind, text);
    if (quick.accepted) {
        REQUIRE(grammar.accepted);
        REQUIRE(quick.parser.node_count == grammar.parser.node_count);
        REQUIRE(same_tree(quick.parser.root, grammar.parser.root));
    }
    ddbexpr_arena_free(quick.arena);
    ddbexpr_arena_free(grammar.arena);
}

/* --- trees --- */

static void check_children(const struct node *node)
{
    uint32_t count = 0;
    for (const struct node *child = node->first_child; child; child = child->next, count++) {
        REQUIRE(child->parent == node);
        REQUIRE(!child->next || child->outer.end <= child->next->outer.start);
        REQUIRE(node->span.start <= child->outer.start && child->outer.end <= node->span.end);
    }
    REQUIRE(node->child_count == count);
}

static void check_tree(const ddbexpr_expression *e)
{
    uint32_t id = 0;
    for (struct ast_walk walk = ast_walk_begin(e->root); walk.node; ast_walk_advance(&walk)) {
        const struct node *node = walk.node;
        if (!walk.leaving)
            continue;
        REQUIRE(node->id == id++);
        REQUIRE(node->outer.start <= node->span.start && node->span.start < node->span.end);
        REQUIRE(node->span.end <= node->outer.end && node->outer.end <= e->text.len);
        REQUIRE((node->parens > 0) == (node->outer.start < node->span.start));
        check_children(node);
    }
    REQUIRE(id == e->node_count);
}

static str printed(arena *a, const ddbexpr_expression *e, ddbexpr_tree_form form)
{
    ddbexpr_buffer *out = fuzz_buffer();
    REQUIRE(ddbexpr_expression_print(e, form, out) == DDBEXPR_OK);
    str copy = arena_copy(a, ddbexpr_buffer_text(out));
    REQUIRE(copy.ptr && copy.len > 0);
    ddbexpr_buffer_free(out);
    return copy;
}

static void check_printed(const ddbexpr_expression *e)
{
    arena *a = fuzz_arena();
    REQUIRE(fuzz_is_json(printed(a, e, DDBEXPR_TREE_JSON)));
    fuzz_check_visible(printed(a, e, DDBEXPR_TREE_TEXT));
    ddbexpr_arena_free(a);
}

static void check_same_print(const ddbexpr_expression *x, const ddbexpr_expression *y)
{
    arena *a = fuzz_arena();
    REQUIRE(str_equal(printed(a, x, DDBEXPR_TREE_SEXPR), printed(a, y, DDBEXPR_TREE_SEXPR)));
    ddbexpr_arena_free(a);
}

/* --- parsing --- */

static void check_accepted(ddbexpr_kind kind, str text, const ddbexpr_expression *e)
{
    REQUIRE(ddbexpr_expression_kind(e) == kind);
    REQUIRE(str_equal(ddbexpr_expression_text(e), text));
    REQUIRE(text.len <= LIMIT_EXPRESSION_BYTES);
    check_tree(e);
    check_printed(e);
}

/* The lenient parser reads what the strict one does, and what has redundant parentheses. */
static void check_lenient(ddbexpr_kind kind, str text, const ddbexpr_expression *strict, const ddbexpr_diags *told)
{
    ddbexpr_expression *e = NULL;
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_status status = ddbexpr_parse_lenient(kind, text, NULL, diags, &e);
    REQUIRE(status == DDBEXPR_OK || !strict);
    REQUIRE(ddbexpr_diags_count(diags) == ddbexpr_diags_count(told));
    if (status == DDBEXPR_OK) {
        REQUIRE(e->redundant_parentheses == !strict);
        check_accepted(kind, text, e);
        if (strict)
            check_same_print(strict, e);
    } else {
        REQUIRE(status == DDBEXPR_INVALID);
    }
    ddbexpr_expression_free(e);
    ddbexpr_diags_free(diags);
}

static void check_parse(ddbexpr_kind kind, str text)
{
    ddbexpr_expression *e = NULL, *silent = NULL;
    ddbexpr_diags *diags = fuzz_diags();
    ddbexpr_status status = ddbexpr_parse(kind, text, NULL, diags, &e);
    REQUIRE((status == DDBEXPR_OK) == (e != NULL));
    fuzz_check_told(diags, status);
    REQUIRE(ddbexpr_parse(kind, text, NULL, NULL, &silent) == status);
    if (e)
        check_accepted(kind, text, e);
    check_lenient(kind, text, e, diags);
    ddbexpr_expression_free(silent);
    ddbexpr_expression_free(e);
    ddbexpr_diags_free(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    ddbexpr_kind kind = (ddbexpr_kind)fuzz_choice(&input, 5);
    str text = fuzz_rest(&input);
    check_tokens(text);
    check_both_parsers(kind, text);
    check_parse(kind, text);
    fuzz_close(&input);
    return 0;
}
