/* SPDX-License-Identifier: Apache-2.0 */
/* One text read by the parser by hand and by the grammar's, and trees held against each other in every member. Used by
 * unit tests and by fuzzing; needs no test library.
 */
#ifndef DDBEXPR_TESTS_READINGS_H
#define DDBEXPR_TESTS_READINGS_H

#include "syntax/parser.h"
#include "syntax/quick.h"

#include <stdlib.h>

/* What to do then: there is nothing to compare. A unit test fails. */
#ifndef READING_HAS_NO_MEMORY
#define READING_HAS_NO_MEMORY() abort()
#endif

struct reading {
    arena *arena;
    struct parser parser;
    bool accepted;
};

static inline void set_up_reading(struct reading *r, ddbexpr_kind kind, str text)
{
    if (ddbexpr_arena_new(NULL, &r->arena) != DDBEXPR_OK)
        READING_HAS_NO_MEMORY();
    r->parser = (struct parser){.arena = r->arena, .kind = kind, .text = arena_copy(r->arena, text)};
    if (!r->parser.text.ptr)
        READING_HAS_NO_MEMORY();
}

static inline void read_quickly(struct reading *r, ddbexpr_kind kind, str text)
{
    set_up_reading(r, kind, text);
    r->accepted = quick_run(&r->parser) == QUICK_ACCEPTED;
}

static inline void read_by_grammar(struct reading *r, ddbexpr_kind kind, str text)
{
    set_up_reading(r, kind, text);
    if (!tokens_of(r->arena, r->parser.text, &r->parser.tokens))
        READING_HAS_NO_MEMORY();
    r->accepted = parser_run(&r->parser) == PARSER_ACCEPTED && !r->parser.redundant_parentheses;
}

/* --- trees --- */

static inline bool same_span(span a, span b) { return a.start == b.start && a.end == b.end; }

static inline bool same_steps(const struct node *a, const struct node *b)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        const struct path_step *x = &a->steps[i], *y = &b->steps[i];
        if (!str_equal(x->name, y->name) || !same_span(x->span, y->span) || x->is_index != y->is_index ||
            x->is_placeholder != y->is_placeholder)
            return false;
    }
    return true;
}

static inline bool both_or_none(const struct node *a, const struct node *b)
{
    return a && b ? a->id == b->id : !a && !b;
}

static inline bool same_node(const struct node *a, const struct node *b)
{
    return a->kind == b->kind && a->op == b->op && a->section == b->section && a->id == b->id &&
           a->parens == b->parens && a->child_count == b->child_count && a->step_count == b->step_count &&
           same_span(a->span, b->span) && same_span(a->outer, b->outer) && same_span(a->op_span, b->op_span) &&
           str_equal(a->name, b->name) && same_steps(a, b) && both_or_none(a->parent, b->parent) &&
           both_or_none(a->first_child, b->first_child) && both_or_none(a->next, b->next);
}

static inline bool same_tree(struct node *a_root, struct node *b_root)
{
    struct node *a = a_root, *b = b_root;
    for (; a && b; a = ast_next(a_root, a), b = ast_next(b_root, b))
        if (!same_node(a, b))
            return false;
    return !a && !b;
}

#endif
