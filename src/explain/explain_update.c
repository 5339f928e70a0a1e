/* SPDX-License-Identifier: Apache-2.0 */
/* Explaining an update: it is applied as ever, and then each action is asked what it read, what stood at its target,
 * and whether one of the faults is its own. */
#include "explain/explain_update.h"

#include "program/apply.h"
#include "value/print.h"

/* --- what an action reads --- */

static bool add_operand(struct explainer *x, ddbexpr_update_action *action, ddbexpr_operand *operands,
                        const struct operand *operand)
{
    return operand_resolve(x, operand, &operands[action->operand_count++]);
}

static bool read_code(struct explainer *x, const struct action *a, ddbexpr_update_action *action,
                      ddbexpr_operand *operands)
{
    for (uint32_t i = 0; i < a->code_count; i++) {
        const struct code *code = &a->code[i];
        struct operand operand = {.path = code->path, .constant = code->constant, .node = code->node};
        switch (code->kind) { /* UNREACHABLE: another code */
        case CODE_CONSTANT:
            operand.kind = OPERAND_CONSTANT;
            break;
        case CODE_IF_EXISTS: /* the node is the call */
            operand.node = code->node->first_child;
            operand.kind = OPERAND_PATH;
            break;
        case CODE_PATH:
            operand.kind = OPERAND_PATH;
            break;
        case CODE_LIST_APPEND:
        case CODE_PLUS:
        case CODE_MINUS:
            continue;
        }
        if (!add_operand(x, action, operands, &operand))
            return false;
    }
    return true;
}

static bool read_operands(struct explainer *x, const struct action *a, ddbexpr_update_action *action)
{
    ddbexpr_operand *operands = ARENA_ARRAY(x->arena, ddbexpr_operand, (size_t)a->code_count + 1);
    action->operands = operands;
    if (!operands)
        return false;
    if (a->section == SECTION_SET)
        return read_code(x, a, action, operands);
    if (!a->operand)
        return true;
    const struct operand operand = {
        .kind = OPERAND_CONSTANT, .constant = a->operand, .node = a->node->first_child->next};
    return add_operand(x, action, operands, &operand);
}

/* --- in words --- */

/* What stood at the target, then what was read: a path that is its own target is not told twice. */
static bool word_reason(struct explainer *x, ddbexpr_update_action *action)
{
    put_operand(x, &action->target, x->text);
    size_t told = 0;
    for (size_t i = 0; i < action->operand_count; i++) {
        const ddbexpr_operand *o = &action->operands[i];
        bool is_target = o->kind == DDBEXPR_OPERAND_PATH && str_equal(o->path, action->target.path);
        if (is_target)
            continue;
        buffer_put(x->text, told++ ? STR(", ") : STR(" where "));
        put_operand(x, o, x->text);
    }
    action->reason = explainer_keep(x);
    return action->reason.ptr != NULL;
}

static bool word_effect(struct explainer *x, const struct action *a, ddbexpr_update_action *action)
{
    bool in_list = a->target->steps[a->target->count - 1].is_index;
    if (action->after) {
        value_print(action->after, VALUE_WIDTH, x->text);
        if (!str_equal(action->after_path, action->target.path)) {
            buffer_put(x->text, action->target.value ? STR(", now as ") : STR(", appended as "));
            put_quoted(x->text, action->after_path);
        }
    } else if (action->target.value && in_list) {
        buffer_text_literal(x->text, "removed; what follows it in the list moves up");
    } else {
        buffer_text_literal(x->text, "missing");
    }
    action->effect = explainer_keep(x);
    return action->effect.ptr != NULL;
}

/* --- where it stands afterwards --- */

/* The place of an element after the update: removed ones before it are gone, new ones stand in order of index. */
static uint32_t moved_index(const struct path_branch *list, const struct effect *effects, const value *old,
                            uint32_t index)
{
    uint32_t removed_before = 0, removed = 0, added_before = 0;
    for (const struct path_branch *child = list->first; child; child = child->next) {
        if (child->path == PATH_TREE_NONE)
            continue;
        uint32_t at = child->step.index;
        enum effect_kind kind = effects[child->path].kind;
        bool is_old = at < old->count;
        removed += is_old && kind == EFFECT_REMOVE;
        removed_before += is_old && kind == EFFECT_REMOVE && at < index;
        added_before += !is_old && kind == EFFECT_WRITE && at < index;
    }
    return index < old->count ? index - removed_before : old->count - removed + added_before;
}

static bool goes_through_list(const struct document_path *path)
{
    for (uint32_t i = 0; i < path->count; i++)
        if (path->steps[i].is_index)
            return true;
    return false;
}

/* Only elements of lists move. There is something afterwards: so the lists on the way to it were there before. */
static bool find_after_path(struct explainer *x, const struct action *a, const struct path_branch *targets,
                            const struct effect *effects, ddbexpr_update_action *action)
{
    action->after_path = action->target.path;
    if (!goes_through_list(a->target))
        return true;
    struct document_step *steps = ARENA_ARRAY(x->arena, struct document_step, a->target->count);
    if (!steps)
        return false;
    const struct path_branch *branch = targets;
    const value *old = x->item;
    for (uint32_t i = 0; i < a->target->count; i++) {
        const struct document_step *step = &a->target->steps[i];
        steps[i] = *step;
        if (step->is_index)
            steps[i].index = moved_index(branch, effects, old, step->index);
        branch = path_tree_child(branch, step);
        old = path_step_into(old, step);
    }
    const struct document_path path = {steps, a->target->count};
    path_print(&path, path.count, x->text);
    action->after_path = explainer_keep(x);
    return action->after_path.ptr != NULL;
}

static const value *value_after(const struct effect *effect, const value *before)
{
    if (effect->kind == EFFECT_WRITE)
        return effect->value;
    return effect->kind == EFFECT_REMOVE ? NULL : before;
}

/* The first fault that stands in the action; for the only action also one of the update as a whole. */
static const ddbexpr_diag *fault_of(const ddbexpr_diags *diags, ddbexpr_span within, bool only_action)
{
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(diags, i);
        ddbexpr_span at = ddbexpr_diag_span(diag);
        bool inside = ddbexpr_diag_has_span(diag) && at.start >= within.start && at.end <= within.end;
        if (inside || only_action)
            return diag;
    }
    return NULL;
}

static bool explain_action(struct ddbexpr_update_explanation *e, struct explainer *x, uint32_t index,
                           const struct update_result *result)
{
    const struct action *a = &e->program->actions[index];
    ddbexpr_update_action *action = &e->actions[index];
    *action = (ddbexpr_update_action){.section = ast_section_text(a->section).ptr,
                                      .span = a->node->span,
                                      .text = str_slice(x->checked->expression->text, a->node->span)};
    action->fault = fault_of(e->diags, action->span, e->action_count == 1);
    action->told = action->fault && ddbexpr_diag_is_verdict(action->fault);
    if (!operand_resolve_path(x, a->target, a->node->first_child, &action->target) || !read_operands(x, a, action))
        return false;
    if (action->fault)
        e->fault_spans[e->fault_count++] = action->span;
    if (e->applies)
        action->after = value_after(&result->effects[index], action->target.value);
    if (action->after && !find_after_path(x, a, e->program->targets, result->effects, action))
        return false;
    return word_reason(x, action) && (!e->applies || word_effect(x, a, action));
}

/* --- the whole --- */

/* Targets that are part of the key: told before what the item has to say (spec: conformance-suite 4, #38). */
static size_t check_keys(struct ddbexpr_update_explanation *e, const value *key)
{
    struct key_attribute attributes[2];
    const struct key_schema schema = schema_named_by(key, attributes);
    struct checked checked = *e->program->checked; /* a copy: programs are immutable */
    checked.diags = e->diags;
    return check_update_keys(&checked, &schema);
}

static bool fits(struct ddbexpr_update_explanation *e, const value *item, bool in_transaction)
{
    size_t size = update_counted_size(e->program, item, in_transaction);
    if (size <= LIMIT_ITEM_BYTES)
        return true;
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(e->arena), &text) != DDBEXPR_OK) {
        diags_fail(e->diags);
        return false;
    }
    buffer_unsigned(text, size);
    if (buffer_status(text) != DDBEXPR_OK)
        diags_fail(e->diags);
    diags_add(e->diags, &(struct diag_draft){.id = DIAG_UPDATED_ITEM_SIZE,
                                             .source = DDBEXPR_SOURCE_UPDATE,
                                             .args = {ddbexpr_buffer_text(text)}});
    ddbexpr_buffer_free(text);
    return false;
}

static ddbexpr_status apply(struct ddbexpr_update_explanation *e, const value *item,
                            const ddbexpr_explain_options *options, struct update_result *result)
{
    const value *key = options ? options->key : NULL;
    static const value nothing = {.type = DDBEXPR_M, .more.box = {.height = 1}};
    const value *base = item ? item : key ? key : &nothing;
    e->base = base;
    size_t key_faults = check_keys(e, key);
    ddbexpr_status status = update_apply(e->program, base, item != NULL, e->arena, e->diags, result);
    if (status == DDBEXPR_INVALID || (status == DDBEXPR_OK && key_faults))
        return DDBEXPR_OK;
    if (status != DDBEXPR_OK)
        return status;
    e->applies = !result->creates || fits(e, &result->item, options && options->in_transaction);
    if (!result->creates || !e->applies)
        return DDBEXPR_OK;
    value *after = ARENA_NEW(e->arena, value);
    if (!after)
        return DDBEXPR_NO_MEMORY;
    *after = result->item;
    e->item = after;
    return DDBEXPR_OK;
}

static ddbexpr_status explain_in(struct ddbexpr_update_explanation *e, const value *item,
                                 const ddbexpr_explain_options *options)
{
    struct update_result result;
    ddbexpr_status status = apply(e, item, options, &result);
    struct explainer x = {.arena = e->arena, .checked = e->program->checked, .item = item};
    if (status != DDBEXPR_OK || ddbexpr_buffer_new(arena_allocator(e->arena), &x.text) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    e->actions = ARENA_ARRAY(e->arena, ddbexpr_update_action, e->program->action_count);
    e->action_count = e->program->action_count;
    e->fault_spans = ARENA_ARRAY(e->arena, ddbexpr_span, e->program->action_count);
    bool done = e->actions && e->fault_spans;
    for (uint32_t i = 0; i < e->action_count && done; i++)
        done = explain_action(e, &x, i, &result);
    ddbexpr_buffer_free(x.text);
    return done && diags_status(e->diags) == DDBEXPR_OK ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}

ddbexpr_status ddbexpr_explain_update(const ddbexpr_program *program, const ddbexpr_value *item,
                                      const ddbexpr_explain_options *options, const ddbexpr_alloc *alloc,
                                      ddbexpr_update_explanation **ret_explanation)
{
    if (program->kind != DDBEXPR_UPDATE || !explain_usable(item, options))
        return DDBEXPR_MISUSE;
    arena *a;
    ddbexpr_diags *diags;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_update_explanation *e = ARENA_NEW(a, struct ddbexpr_update_explanation);
    if (!e || ddbexpr_diags_new(alloc, &diags) != DDBEXPR_OK) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *e = (struct ddbexpr_update_explanation){.arena = a, .diags = diags, .program = program, .has_item = item != NULL};
    ddbexpr_status status = explain_in(e, item, options);
    if (status == DDBEXPR_OK)
        *ret_explanation = e;
    else
        ddbexpr_update_explanation_free(e);
    return status;
}

void ddbexpr_update_explanation_free(ddbexpr_update_explanation *e)
{
    if (!e)
        return;
    ddbexpr_diags_free(e->diags);
    ddbexpr_arena_free(e->arena);
}

bool ddbexpr_update_explanation_applies(const ddbexpr_update_explanation *e) { return e->applies; }
bool ddbexpr_update_explanation_has_item(const ddbexpr_update_explanation *e) { return e->has_item; }
const ddbexpr_value *ddbexpr_update_explanation_item(const ddbexpr_update_explanation *e) { return e->item; }
const ddbexpr_diags *ddbexpr_update_explanation_diags(const ddbexpr_update_explanation *e) { return e->diags; }
size_t ddbexpr_update_explanation_action_count(const ddbexpr_update_explanation *e) { return e->action_count; }

ddbexpr_str ddbexpr_update_explanation_text(const ddbexpr_update_explanation *e)
{
    return e->program->checked->expression->text;
}

const ddbexpr_update_action *ddbexpr_update_explanation_action_at(const ddbexpr_update_explanation *e, size_t index)
{
    return index < e->action_count ? &e->actions[index] : NULL;
}
