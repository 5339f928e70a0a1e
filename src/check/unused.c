/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholders that no expression of a request used: the fault that lists them, whom they may be meant for, and the fix
 * that drops them. All expressions must have been checked before. */
#include "check/key_order.h"
#include "check/scope.h"

/* The fix that drops what is not used, but for what another fix would write. */
static struct diag_fix drop_unused(struct scope *scope, const value *map, const bool *used, const str *wanted,
                                   ddbexpr_source source)
{
    ddbexpr_edit *edits = ARENA_ARRAY(scope->arena, ddbexpr_edit, map->count);
    struct diag_fix fix = {.title = TEXT_FIX_UNUSED, .args = {ddbexpr_cstr(ddbexpr_source_name(source))}};
    scope->no_memory |= !edits;
    for (uint32_t i = 0; i < map->count && edits; i++)
        if (!used[i] && wanted[i].len == 0)
            edits[fix.edit_count++] = edit_member(DDBEXPR_EDIT_REMOVE_MEMBER, source, scope_key_at(map, i), STR(""));
    fix.edits = edits;
    fix.safety = fix.edit_count ? DDBEXPR_FIX_SAFE : DDBEXPR_FIX_NONE;
    return fix;
}

/* Keys joined by ", " in the service's order. False: no memory. */
static bool list_unused(const value *map, const bool *used, const uint32_t *order, buffer *list, uint32_t *ret_first)
{
    for (uint32_t i = map->count; i-- > 0;)
        if (!used[order[i]])
            *ret_first = order[i];
    for (uint32_t i = 0; i < map->count; i++) {
        if (used[order[i]])
            continue;
        if (order[i] != *ret_first)
            buffer_text_literal(list, ", ");
        buffer_put(list, scope_key_at(map, order[i]));
    }
    return buffer_status(list) == DDBEXPR_OK;
}

/* "; did you mean `:zer` by `:zero`, which is not defined?" for the first that was suggested in another's place. */
static str meant(struct scope *scope, const value *map, const bool *used, const str *wanted)
{
    for (uint32_t i = 0; i < map->count; i++) {
        if (used[i] || wanted[i].len == 0 || wanted[i].ptr[0] != scope_key_at(map, i).ptr[0])
            continue;
        buffer *text;
        if (ddbexpr_buffer_new(arena_allocator(scope->arena), &text) != DDBEXPR_OK) {
            scope->no_memory = true;
            return STR("");
        }
        diag_fill(text, diag_text(TEXT_MEANT_BY), DDBEXPR_CONDITION, (str[DIAG_ARGS]){scope_key_at(map, i), wanted[i]});
        str kept = arena_copy(scope->arena, ddbexpr_buffer_text(text));
        scope->no_memory |= !kept.ptr || buffer_status(text) != DDBEXPR_OK;
        ddbexpr_buffer_free(text);
        return kept.ptr ? kept : STR("");
    }
    return STR("");
}

static bool are_all_used(const value *map, const bool *used)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (!used[i])
            return false;
    return true;
}

/* One fault for all of them, as the service tells it: keys: {#a, #b}. */
static size_t report_unused(struct scope *scope, bool names, ddbexpr_diags *diags)
{
    const value *map = names ? &scope->names : &scope->values;
    const bool *used = names ? scope->name_used : scope->value_used;
    const str *wanted = names ? scope->name_wanted : scope->value_wanted;
    ddbexpr_source source = names ? DDBEXPR_SOURCE_NAMES : DDBEXPR_SOURCE_VALUES;
    const uint32_t *order = key_order(scope->arena, map);
    buffer *list;
    if (!order || ddbexpr_buffer_new(arena_allocator(scope->arena), &list) != DDBEXPR_OK) {
        scope->no_memory = true;
        return 0;
    }
    uint32_t first = SCOPE_NONE;
    scope->no_memory |= !list_unused(map, used, order, list, &first);
    if (diags)
        diags_add(diags, &(struct diag_draft){.id = names ? DIAG_UNUSED_NAMES : DIAG_UNUSED_VALUES,
                                              .source = source,
                                              .member = scope_key_at(map, first),
                                              .args = {ddbexpr_buffer_text(list), meant(scope, map, used, wanted)},
                                              .fix = drop_unused(scope, map, used, wanted, source)});
    ddbexpr_buffer_free(list);
    return 1;
}

size_t scope_check_unused(struct scope *scope, ddbexpr_diags *diags)
{
    size_t faults = 0;
    if (!are_all_used(&scope->names, scope->name_used))
        faults += report_unused(scope, true, diags);
    if (!are_all_used(&scope->values, scope->value_used))
        faults += report_unused(scope, false, diags);
    return faults;
}
