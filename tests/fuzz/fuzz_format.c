/* SPDX-License-Identifier: Apache-2.0 */
/* Formatting: a byte for the kind, one for the width, then the text. What comes out says the same, and formatting it
 * again changes nothing. */
#include "fuzz.h"

#include "base/limits.h"
#include "syntax/ast.h"

static bool same_but_for_case(str a, str b)
{
    for (size_t i = 0; a.len == b.len && i < a.len; i++)
        if (a.ptr[i] != b.ptr[i] && (a.ptr[i] | 0x20) != (b.ptr[i] | 0x20))
            return false;
    return a.len == b.len;
}

static bool same_steps(const struct node *a, const struct node *b)
{
    for (uint32_t i = 0; i < a->step_count; i++)
        if (!str_equal(a->steps[i].name, b->steps[i].name) || a->steps[i].is_index != b->steps[i].is_index ||
            a->steps[i].is_placeholder != b->steps[i].is_placeholder)
            return false;
    return true;
}

/* All but places; of names only functions may be spelled otherwise. */
static bool same_meaning(const struct node *a, const struct node *b)
{
    return a->kind == b->kind && a->op == b->op && a->section == b->section && a->id == b->id &&
           a->child_count == b->child_count && a->step_count == b->step_count &&
           (a->kind == NODE_CALL ? same_but_for_case(a->name, b->name) : str_equal(a->name, b->name)) &&
           same_steps(a, b);
}

static void check_same(const ddbexpr_expression *x, const ddbexpr_expression *y)
{
    struct node *a = x->root, *b = y->root;
    for (; a && b; a = ast_next(x->root, a), b = ast_next(y->root, b))
        REQUIRE(same_meaning(a, b));
    REQUIRE(!a && !b);
}

static ddbexpr_buffer *formatted(const ddbexpr_expression *e, const ddbexpr_format_options *options)
{
    ddbexpr_buffer *out = fuzz_buffer();
    REQUIRE(ddbexpr_expression_format(e, options, out) == DDBEXPR_OK);
    return out;
}

static void check_format(const ddbexpr_expression *e, const ddbexpr_format_options *options)
{
    ddbexpr_expression *again = NULL, *strict = NULL;
    ddbexpr_buffer *once = formatted(e, options);
    str text = ddbexpr_buffer_text(once);
    REQUIRE(text.len <= LIMIT_EXPRESSION_BYTES);
    REQUIRE(ddbexpr_parse_lenient(e->kind, text, NULL, NULL, &again) == DDBEXPR_OK);
    REQUIRE(again->redundant_parentheses == e->redundant_parentheses);
    check_same(e, again);
    ddbexpr_buffer *twice = formatted(again, options);
    REQUIRE(str_equal(text, ddbexpr_buffer_text(twice)));
    if (options && options->one_line && !str_equal(text, e->text))
        REQUIRE(!memchr(text.ptr, '\n', text.len));
    if (!e->redundant_parentheses) /* the service takes it as before */
        REQUIRE(ddbexpr_parse(e->kind, text, NULL, NULL, &strict) == DDBEXPR_OK);
    ddbexpr_expression_free(strict);
    ddbexpr_expression_free(again);
    ddbexpr_buffer_free(twice);
    ddbexpr_buffer_free(once);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = fuzz_open(data, size);
    ddbexpr_expression *e;
    ddbexpr_kind kind = (ddbexpr_kind)fuzz_choice(&input, 5);
    const ddbexpr_format_options narrow = {.size = sizeof narrow, .width = fuzz_choice(&input, 256)};
    const ddbexpr_format_options one_line = {.size = sizeof one_line, .one_line = true};
    if (ddbexpr_parse_lenient(kind, fuzz_rest(&input), NULL, NULL, &e) == DDBEXPR_OK) {
        check_format(e, &narrow);
        check_format(e, &one_line);
        check_format(e, NULL);
        ddbexpr_expression_free(e);
    }
    fuzz_close(&input);
    return 0;
}
