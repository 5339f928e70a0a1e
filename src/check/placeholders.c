/* SPDX-License-Identifier: Apache-2.0 */
/* Resolving what an expression names: placeholders, list indexes, paths. What is not defined is told with the nearest
 * placeholder that is. Knows no pass and no order. */
#include "check/check.h"

#include "check/suggest.h"

/* How many edits a suggestion may be away: one letter is no hint of another. */
static unsigned farthest(str placeholder)
{
    size_t letters = placeholder.len - 1;
    return letters < 2 ? 0 : letters < 4 ? 1 : 2;
}

/* The nearest key of a map, the case of letters aside; of several the one that no text holds. Or SCOPE_NONE. */
static uint32_t nearest_key(const value *map, const bool *mentioned, str placeholder)
{
    uint32_t found = SCOPE_NONE;
    unsigned least = 2 * farthest(placeholder) + 2;
    for (uint32_t i = 0; i < map->count && i < LIMIT_ASKED_ENTRIES; i++) {
        str key = scope_key_at(map, i);
        unsigned distance = edit_distance(key, placeholder);
        if (distance > farthest(placeholder) || !scope_key_is_well_formed(key, placeholder.ptr[0]))
            continue;
        unsigned rank = 2 * distance + mentioned[i];
        if (rank < least) {
            least = rank;
            found = i;
        }
    }
    return found;
}

/* Suggests the nearest placeholder in a draft: the end of the hint ({1}), and a fix. */
static void suggest(struct checked *c, struct diag_draft *draft, bool name, ddbexpr_edit *edit)
{
    const value *map = name ? &c->scope->names : &c->scope->values;
    str placeholder = draft->args[0];
    if (!c->diags || !scope_find_mentioned(c->scope))
        return;
    uint32_t position = nearest_key(map, name ? c->scope->name_mentioned : c->scope->value_mentioned, placeholder);
    if (position == SCOPE_NONE)
        return;
    str key = scope_key_at(map, position);
    str *wanted = name ? c->scope->name_wanted : c->scope->value_wanted;
    wanted[position] = placeholder;
    draft->args[1] = check_fill(c, TEXT_DID_YOU_MEAN, key);
    *edit = edit_replace(draft->source, draft->span, key);
    check_fix(draft, DDBEXPR_FIX_UNSAFE, TEXT_FIX_WRITE, key, edit, 1);
}

uint32_t check_list_index(str digits)
{
    uint64_t index = 0;
    for (size_t i = 0; i < digits.len && index <= LIMIT_LIST_INDEX; i++)
        index = index * 10 + (uint64_t)(digits.ptr[i] - '0');
    return index > LIMIT_LIST_INDEX ? UINT32_MAX : (uint32_t)index;
}

/* --- resolving --- */

/* What a step names, or .ptr NULL if that is not defined. */
static str resolve_name(struct checked *c, const struct path_step *step)
{
    if (!step->is_placeholder)
        return step->name;
    uint32_t position = scope_use_name(c->scope, step->name);
    return position == SCOPE_NONE ? str_of(NULL, 0) : scope_name(c->scope, position);
}

void check_resolve_path(struct checked *c, const struct node *path)
{
    struct checked_node *known = checked_at(c, path);
    struct document_step *steps = ARENA_ROOM(c->arena, struct document_step, path->step_count);
    if (!steps) {
        c->no_memory = true;
        return;
    }
    bool resolved = path->step_count <= LIMIT_PATH_STEPS;
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        if (step->is_index) {
            steps[i] = (struct document_step){.is_index = true, .index = check_list_index(step->name)};
            continue;
        }
        str name = resolve_name(c, step);
        resolved &= name.ptr != NULL;
        steps[i] = (struct document_step){.name = name, .hash = str_hash(name)};
    }
    if (resolved && !known->faulty)
        known->path = (struct document_path){steps, path->step_count};
    c->any_unresolved |= !resolved;
}

void check_resolve_value(struct checked *c, const struct node *node)
{
    uint32_t position = scope_use_value(c->scope, node->name);
    checked_at(c, node)->value_position = position;
    c->any_unresolved |= position == SCOPE_NONE;
}

/* --- reporting --- */

void check_path_names(struct checked *c, const struct node *path)
{
    struct checked_node *known = checked_at(c, path);
    if (path->step_count > LIMIT_PATH_STEPS && !known->faulty) {
        struct diag_draft draft = check_draft(c, DIAG_PATH_TOO_DEEP, path);
        draft.args[0] = check_decimal(c, path->step_count);
        check_report(c, &draft);
        known->faulty = true;
    }
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        if (!step->is_placeholder || scope_use_name(c->scope, step->name) != SCOPE_NONE)
            continue;
        struct diag_draft draft = check_draft(c, DIAG_UNDEFINED_NAME, path);
        draft.span = step->span;
        draft.args[0] = step->name;
        ddbexpr_edit edit;
        suggest(c, &draft, true, &edit);
        check_report(c, &draft);
        known->faulty = true;
    }
}

void check_value(struct checked *c, const struct node *node)
{
    struct checked_node *known = checked_at(c, node);
    if (known->value_position != SCOPE_NONE)
        return;
    struct diag_draft draft = check_draft(c, DIAG_UNDEFINED_VALUE, node);
    draft.args[0] = node->name;
    ddbexpr_edit edit;
    suggest(c, &draft, false, &edit);
    check_report(c, &draft);
    known->faulty = true;
}
