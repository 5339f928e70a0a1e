/* SPDX-License-Identifier: Apache-2.0 */
/* Marking what files suppress, file by file, and finding the suppressions that nobody needs. */
#include "cli/check/suppressions.h"

#include "cli/check/ignore_members.h"
#include "cli/check/places.h"
#include "cli/check/select.h"

#include <string.h>

static const char unused_code[] = "DX708";

/* A list that grows in the arena. */
struct list {
    ddbexpr_arena *arena;
    struct finding *all;
    size_t count, room;
};

static ddbexpr_status list_add(struct list *list, struct finding finding)
{
    if (list->count == list->room) {
        size_t room = 2 * list->room + 16;
        struct finding *all = ddbexpr_arena_alloc(list->arena, room * sizeof *all);
        if (!all)
            return DDBEXPR_NO_MEMORY;
        if (list->count)
            memcpy(all, list->all, list->count * sizeof *all);
        list->all = all;
        list->room = room;
    }
    list->all[list->count++] = finding;
    return DDBEXPR_OK;
}

static ddbexpr_status add_unused(struct list *list, const struct unit *unit, struct ignored_code code, bool suppressed)
{
    ddbexpr_str text = unit->file->text;
    ddbexpr_span span = {(uint32_t)code.start, (uint32_t)code.end};
    ddbexpr_str name = {text.ptr + code.start, code.end - code.start};
    ddbexpr_status status =
        ddbexpr_diags_report_input(unit->diags, DDBEXPR_INPUT_UNUSED_IGNORE, text, span, name, (ddbexpr_str){NULL, 0});
    if (status != DDBEXPR_OK)
        return status;
    struct finding finding = {.unit = unit,
                              .diag = ddbexpr_diags_at(unit->diags, ddbexpr_diags_count(unit->diags) - 1),
                              .has_place = unit->file->path != NULL,
                              .suppressed = suppressed ? SUPPRESSED_IN_SOURCE : SUPPRESSED_NOT};
    if (finding.has_place) {
        struct place_walk walk = place_walk_of(text);
        finding.place = place_at(&walk, span);
    }
    finding_apply_level(&finding, ddbexpr_diags_count(unit->diags) - 1);
    return list_add(list, finding);
}

/* Whether there is a fault in the object of a code: then lints that it is about may only not have been looked for. */
static bool is_beside_fault(const struct ignored_code *code, const struct finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_fault(&findings[i]) && (!findings[i].has_place || (code->object_start <= findings[i].place.offset &&
                                                                  findings[i].place.offset < code->object_end)))
            return true;
    return false;
}

/* The units of one file and their findings. */
struct group {
    const struct unit *units;
    size_t unit_count;
    const struct finding *findings;
    size_t count;
};

/* The request that a code stands in; the last one for what stands around several. */
static const struct unit *unit_of_code(const struct group *group, const struct ignored_code *code)
{
    for (size_t i = 0; i < group->unit_count; i++) {
        const struct unit *unit = &group->units[i];
        ddbexpr_span span = unit->map ? ddbexpr_json_map_span(unit->map) : (ddbexpr_span){0, 0};
        if (span.start <= code->start && code->start < span.end)
            return unit;
    }
    return &group->units[group->unit_count - 1];
}

/* Codes of a unit that suppress nothing. That can be suppressed in its turn: so the codes that may do this come last.
 */
static ddbexpr_status add_all_unused(struct list *list, const struct group *group, const struct unit *unit,
                                     struct ignored_codes *codes)
{
    ddbexpr_str text = unit->file->text;
    ddbexpr_status status = DDBEXPR_OK;
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; status == DDBEXPR_OK && i < codes->count; i++) {
            const struct ignored_code *code = &codes->all[i];
            if (code->used || ignored_code_covers(code, text, unused_code) != (last == 1) ||
                unit_of_code(group, code) != unit || is_beside_fault(code, group->findings, group->count))
                continue;
            bool suppressed = !last && ignored_codes_match(codes, text, unused_code, true, code->start);
            status = add_unused(list, unit, *code, suppressed);
        }
    return status;
}

/* Marks first, as any finding of the file may be what a code is for. */
static ddbexpr_status mark_file(struct list *list, const struct group *group)
{
    const struct input_file *file = group->units->file;
    ddbexpr_str text = file ? file->text : (ddbexpr_str){NULL, 0};
    struct ignored_codes codes;
    struct finding *marked = ddbexpr_arena_alloc(list->arena, (group->count + 1) * sizeof *marked);
    ddbexpr_status status = marked ? ignored_codes_find(list->arena, text, &codes) : DDBEXPR_NO_MEMORY;
    for (size_t i = 0; status == DDBEXPR_OK && i < group->count; i++) {
        marked[i] = group->findings[i];
        if (!marked[i].suppressed && ignored_codes_match(&codes, text, ddbexpr_diag_code(marked[i].diag),
                                                         marked[i].has_place, marked[i].place.offset))
            marked[i].suppressed = SUPPRESSED_IN_SOURCE;
    }
    for (size_t unit = 0, next = 0; status == DDBEXPR_OK && unit < group->unit_count; unit++) {
        while (status == DDBEXPR_OK && next < group->count && marked[next].unit == &group->units[unit])
            status = list_add(list, marked[next++]);
        if (status == DDBEXPR_OK && codes.count)
            status = add_all_unused(list, group, &group->units[unit], &codes);
    }
    return status;
}

ddbexpr_status mark_suppressed_in_source(ddbexpr_arena *arena, const struct findings *findings, struct finding **ret,
                                         size_t *ret_count)
{
    struct list list = {.arena = arena};
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t unit = 0, next = 0; status == DDBEXPR_OK && unit < findings->unit_count;) {
        size_t first = unit, start = next;
        while (unit < findings->unit_count && findings->units[unit].file == findings->units[first].file)
            unit++;
        while (next < findings->count && findings->all[next].unit < findings->units + unit)
            next++;
        const struct group group = {&findings->units[first], unit - first, next > start ? &findings->all[start] : NULL,
                                    next - start};
        status = mark_file(&list, &group);
    }
    if (status != DDBEXPR_OK)
        return status;
    *ret = list.all;
    *ret_count = list.count;
    return DDBEXPR_OK;
}
