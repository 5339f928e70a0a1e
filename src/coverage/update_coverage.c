/* SPDX-License-Identifier: Apache-2.0 */
/* Counting what updates have shown: which actions had an effect, and which ways each if_not_exists went. */
#include "explain/explain_update.h"

#include <ddbexpr/coverage.h>

struct ddbexpr_update_coverage {
    arena *arena; /* owns all */
    str text;
    ddbexpr_action_coverage *actions;
    size_t action_count;
    ddbexpr_default_coverage *defaults; /* in text order, which is that of the code */
    size_t default_count;
    uint64_t total, applied;
};

/* --- making --- */

static size_t count_defaults(const struct ddbexpr_program *program)
{
    size_t count = 0;
    for (uint32_t i = 0; i < program->action_count; i++)
        for (uint32_t j = 0; j < program->actions[i].code_count; j++)
            count += program->actions[i].code[j].kind == CODE_IF_EXISTS;
    return count;
}

static bool make_default(struct ddbexpr_update_coverage *c, const struct code *code, size_t action, buffer *text)
{
    ddbexpr_buffer_clear(text);
    path_print(code->path, code->path->count, text);
    str path = buffer_status(text) == DDBEXPR_OK ? arena_copy(c->arena, ddbexpr_buffer_text(text)) : str_of(NULL, 0);
    c->defaults[c->default_count++] = (ddbexpr_default_coverage){
        .span = code->node->span, .text = str_slice(c->text, code->node->span), .path = path, .action = action};
    return path.ptr != NULL;
}

static bool make_defaults(struct ddbexpr_update_coverage *c, const struct ddbexpr_program *program)
{
    buffer *text;
    c->defaults = ARENA_ARRAY(c->arena, ddbexpr_default_coverage, count_defaults(program));
    if (!c->defaults || ddbexpr_buffer_new(arena_allocator(c->arena), &text) != DDBEXPR_OK)
        return false;
    bool done = true;
    for (uint32_t i = 0; i < program->action_count; i++)
        for (uint32_t j = 0; j < program->actions[i].code_count && done; j++)
            if (program->actions[i].code[j].kind == CODE_IF_EXISTS)
                done = make_default(c, &program->actions[i].code[j], i, text);
    ddbexpr_buffer_free(text);
    return done;
}

static bool fill(struct ddbexpr_update_coverage *c, const struct ddbexpr_update_explanation *e)
{
    c->text = arena_copy(c->arena, e->program->checked->expression->text);
    c->actions = ARENA_ARRAY(c->arena, ddbexpr_action_coverage, e->action_count);
    c->action_count = e->action_count;
    if (!c->text.ptr || !c->actions)
        return false;
    for (size_t i = 0; i < e->action_count; i++)
        c->actions[i] = (ddbexpr_action_coverage){.section = e->actions[i].section,
                                                  .span = e->actions[i].span,
                                                  .text = str_slice(c->text, e->actions[i].span)};
    return make_defaults(c, e->program);
}

ddbexpr_status ddbexpr_update_coverage_new(const ddbexpr_update_explanation *shape, const ddbexpr_alloc *alloc,
                                           ddbexpr_update_coverage **ret_coverage)
{
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_update_coverage *c = ARENA_NEW(a, struct ddbexpr_update_coverage);
    if (c)
        c->arena = a;
    if (!c || !fill(c, shape)) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *ret_coverage = c;
    return DDBEXPR_OK;
}

/* --- adding --- */

static bool has_effect(const struct action *a, const ddbexpr_update_action *action)
{
    if (a->section == SECTION_SET || a->section == SECTION_ADD)
        return true;
    const value *before = action->target.value;
    return before && !(action->after && ddbexpr_value_equal(before, action->after));
}

/* The ways that the code goes: what is inside the default of a path that is there is not looked at. */
static void add_defaults(ddbexpr_default_coverage *next, const struct action *action, const value *item)
{
    uint32_t resume = 0;
    for (uint32_t i = 0; i < action->code_count; i++) {
        const struct code *code = &action->code[i];
        if (code->kind != CODE_IF_EXISTS)
            continue;
        if (i >= resume) {
            bool there = path_find(code->path, item) != NULL;
            next->found[there]++;
            if (there)
                resume = code->target;
        }
        next++;
    }
}

ddbexpr_status ddbexpr_update_coverage_add(ddbexpr_update_coverage *c, const ddbexpr_update_explanation *e)
{
    if (!str_equal(e->program->checked->expression->text, c->text))
        return DDBEXPR_MISUSE;
    c->total++;
    if (!e->applies)
        return DDBEXPR_OK;
    c->applied++;
    size_t at = 0;
    for (size_t i = 0; i < c->action_count; i++) {
        const struct action *action = &e->program->actions[i];
        c->actions[i].effective += has_effect(action, &e->actions[i]);
        add_defaults(c->defaults + at, action, e->base);
        while (at < c->default_count && c->defaults[at].action == i)
            at++;
    }
    return DDBEXPR_OK;
}

void ddbexpr_update_coverage_free(ddbexpr_update_coverage *c)
{
    if (c)
        ddbexpr_arena_free(c->arena);
}

/* --- reading --- */

ddbexpr_str ddbexpr_update_coverage_text(const ddbexpr_update_coverage *c) { return c->text; }
uint64_t ddbexpr_update_coverage_total_count(const ddbexpr_update_coverage *c) { return c->total; }
uint64_t ddbexpr_update_coverage_applied_count(const ddbexpr_update_coverage *c) { return c->applied; }
size_t ddbexpr_update_coverage_action_count(const ddbexpr_update_coverage *c) { return c->action_count; }
size_t ddbexpr_update_coverage_default_count(const ddbexpr_update_coverage *c) { return c->default_count; }

ddbexpr_action_coverage ddbexpr_update_coverage_action_at(const ddbexpr_update_coverage *c, size_t index)
{
    return index < c->action_count ? c->actions[index] : (ddbexpr_action_coverage){0};
}

ddbexpr_default_coverage ddbexpr_update_coverage_default_at(const ddbexpr_update_coverage *c, size_t index)
{
    return index < c->default_count ? c->defaults[index] : (ddbexpr_default_coverage){0};
}

size_t ddbexpr_update_coverage_goal_count(const ddbexpr_update_coverage *c)
{
    return c->action_count + 2 * c->default_count;
}

size_t ddbexpr_update_coverage_reached_count(const ddbexpr_update_coverage *c)
{
    size_t reached = 0;
    for (size_t i = 0; i < c->action_count; i++)
        reached += c->actions[i].effective > 0;
    for (size_t i = 0; i < c->default_count; i++)
        reached += (size_t)(c->defaults[i].found[false] > 0) + (c->defaults[i].found[true] > 0);
    return reached;
}
