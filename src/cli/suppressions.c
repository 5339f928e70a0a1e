/* SPDX-License-Identifier: Apache-2.0 */
/* Marking what files suppress, file by file, and finding the suppressions that nobody needs. */
#include "cli/suppressions.h"

#include "cli/ignore_members.h"
#include "cli/report_clean.h"
#include "cli/select.h"

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

/* Line and column of a byte. */
static void find_line(ddbexpr_str text, size_t offset, size_t *ret_line, size_t *ret_column)
{
    size_t line = 1, start = 0;
    for (size_t i = 0; i < offset; i++)
        if (text.ptr[i] == '\n') {
            line++;
            start = i + 1;
        }
    *ret_line = line;
    *ret_column = clean_characters((ddbexpr_str){text.ptr + start, text.len - start}, offset - start) + 1;
}

static struct place place_of(ddbexpr_str text, size_t start, size_t end)
{
    struct place place = {.offset = start, .end_offset = end};
    find_line(text, start, &place.line, &place.column);
    find_line(text, end, &place.end_line, &place.end_column);
    return place;
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
    if (finding.has_place)
        finding.place = place_of(text, code.start, code.end);
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

/* Codes that suppress nothing. That can be suppressed in its turn: so the codes that may do this come last. */
static ddbexpr_status add_all_unused(struct list *list, const struct unit *unit, struct ignored_codes *codes,
                                     const struct finding *findings, size_t count)
{
    ddbexpr_str text = unit->file->text;
    ddbexpr_status status = DDBEXPR_OK;
    for (int last = 0; last < 2; last++)
        for (size_t i = 0; status == DDBEXPR_OK && i < codes->count; i++) {
            const struct ignored_code *code = &codes->all[i];
            if (code->used || ignored_code_covers(code, text, unused_code) != (last == 1) ||
                is_beside_fault(code, findings, count))
                continue;
            bool suppressed = !last && ignored_codes_match(codes, text, unused_code, true, code->start);
            status = add_unused(list, unit, *code, suppressed);
        }
    return status;
}

/* The findings of one file's units. */
static ddbexpr_status mark_file(struct list *list, const struct unit *last_unit, const struct finding *findings,
                                size_t count)
{
    const struct input_file *file = last_unit->file;
    ddbexpr_str text = file ? file->text : (ddbexpr_str){NULL, 0};
    struct ignored_codes codes;
    ddbexpr_status status = ignored_codes_find(list->arena, text, &codes);
    for (size_t i = 0; status == DDBEXPR_OK && i < count; i++) {
        struct finding finding = findings[i];
        if (!finding.suppressed &&
            ignored_codes_match(&codes, text, ddbexpr_diag_code(finding.diag), finding.has_place, finding.place.offset))
            finding.suppressed = SUPPRESSED_IN_SOURCE;
        status = list_add(list, finding);
    }
    return status == DDBEXPR_OK && codes.count ? add_all_unused(list, last_unit, &codes, findings, count) : status;
}

ddbexpr_status mark_suppressed_in_source(ddbexpr_arena *arena, const struct findings *findings, struct finding **ret,
                                         size_t *ret_count)
{
    struct list list = {.arena = arena};
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t unit = 0, next = 0; status == DDBEXPR_OK && unit < findings->unit_count;) {
        const struct unit *first = &findings->units[unit];
        while (unit < findings->unit_count && findings->units[unit].file == first->file)
            unit++;
        const struct unit *end = &findings->units[unit];
        size_t start = next;
        while (next < findings->count && findings->all[next].unit >= first && findings->all[next].unit < end)
            next++;
        status = mark_file(&list, end - 1, next > start ? &findings->all[start] : NULL, next - start);
    }
    if (status != DDBEXPR_OK)
        return status;
    *ret = list.all;
    *ret_count = list.count;
    return DDBEXPR_OK;
}
