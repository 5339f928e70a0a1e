/* SPDX-License-Identifier: Apache-2.0 */
/* Marking what files suppress, file by file, and finding the suppressions that nobody needs. */
#include "cli/check/suppressions.h"

#include "cli/check/ignore_members.h"
#include "cli/check/places.h"
#include "cli/check/select.h"

#include <stdlib.h>
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

#define SHOWN_BYTES ((size_t)1000) /* of the line, before a code and behind it: more than terminals are wide */

static bool continues(ddbexpr_str text, size_t at) { return ((unsigned char)text.ptr[at] & 0xc0) == 0x80; }

/* What of a file is shown with a code: the whole would be copied for each. Of characters all bytes or none. */
static ddbexpr_span part_around(ddbexpr_str text, struct ignored_code code)
{
    const size_t code_end = code.start + code.text.len;
    size_t start = code.start, end = code_end;
    while (start > 0 && text.ptr[start - 1] != '\n' && (code.start - start < SHOWN_BYTES || continues(text, start)))
        start--;
    while (end < text.len && text.ptr[end] != '\n' && (end - code_end < SHOWN_BYTES || continues(text, end)))
        end++;
    return (ddbexpr_span){(uint32_t)start, (uint32_t)end};
}

static ddbexpr_status add_unused(struct list *list, const struct unit *unit, struct ignored_code code, bool suppressed,
                                 struct place_walk *walk)
{
    ddbexpr_str text = unit->file->text;
    ddbexpr_span span = {(uint32_t)code.start, (uint32_t)(code.start + code.text.len)}, part = {0, (uint32_t)text.len};
    if (unit->file->path) /* the place says where the part is */
        part = part_around(text, code);
    const ddbexpr_str shown = {text.ptr + part.start, part.end - part.start};
    const ddbexpr_span inside = {span.start - part.start, span.end - part.start};
    ddbexpr_status status = ddbexpr_diags_report_input(unit->diags, DDBEXPR_INPUT_UNUSED_IGNORE, shown, inside,
                                                       code.text, (ddbexpr_str){NULL, 0});
    if (status != DDBEXPR_OK)
        return status;
    struct finding finding = {.unit = unit,
                              .diag = ddbexpr_diags_at(unit->diags, ddbexpr_diags_count(unit->diags) - 1),
                              .has_place = unit->file->path != NULL,
                              .shows_part = unit->file->path != NULL,
                              .suppressed = suppressed ? SUPPRESSED_IN_SOURCE : SUPPRESSED_NOT};
    if (finding.has_place)
        finding.place = place_at(walk, span);
    finding_apply_level(&finding, ddbexpr_diags_count(unit->diags) - 1);
    return list_add(list, finding);
}

/* The units of one file and their findings. */
struct group {
    const struct unit *units;
    size_t unit_count;
    const struct finding *findings;
    size_t count;
};

/* --- faults --- */

/* Where the faults of a file are. */
struct faults {
    bool anywhere;   /* one has no place */
    size_t *offsets; /* of the others, sorted */
    size_t count;
};

static int compare_offsets(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static bool find_faults(ddbexpr_arena *arena, const struct group *group, struct faults *ret)
{
    *ret = (struct faults){false, ddbexpr_arena_alloc(arena, (group->count + 1) * sizeof(size_t)), 0};
    for (size_t i = 0; ret->offsets && i < group->count; i++) {
        const struct finding *finding = &group->findings[i];
        ret->anywhere |= is_fault(finding) && !finding->has_place;
        if (is_fault(finding) && finding->has_place)
            ret->offsets[ret->count++] = finding->place.offset;
    }
    if (ret->offsets)
        qsort(ret->offsets, ret->count, sizeof *ret->offsets, compare_offsets);
    return ret->offsets;
}

/* Whether there is a fault in the object of a code: then lints that it is about may only not have been looked for. */
static bool is_beside_fault(const struct ignored_code *code, const struct faults *faults)
{
    size_t low = 0, high = faults->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (faults->offsets[middle] < code->object_start)
            low = middle + 1;
        else
            high = middle;
    }
    return faults->anywhere || (low < faults->count && faults->offsets[low] < code->object_end);
}

/* --- codes that suppress nothing --- */

/* The codes of each unit of a file, in the order of the text: the first of a unit, and what comes after each; none is
 * the number of them. */
struct codes_by_unit {
    size_t *first, *next;
};

struct unit_place {
    size_t start, end, index;
};

static int compare_unit_places(const void *a, const void *b)
{
    const struct unit_place *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* Where the requests of a file stand, sorted: none is in another. */
static struct unit_place *places_of_units(ddbexpr_arena *arena, const struct group *group, size_t *ret_count)
{
    struct unit_place *places = ddbexpr_arena_alloc(arena, group->unit_count * sizeof *places);
    *ret_count = 0;
    for (size_t i = 0; places && i < group->unit_count; i++) {
        if (!group->units[i].map)
            continue;
        ddbexpr_span span = ddbexpr_json_map_span(group->units[i].map);
        places[(*ret_count)++] = (struct unit_place){span.start, span.end, i};
    }
    if (places)
        qsort(places, *ret_count, sizeof *places, compare_unit_places);
    return places;
}

/* Each belongs to the request that it stands in; to the last one what stands around several. */
static bool share_out(ddbexpr_arena *arena, const struct group *group, const struct ignored_codes *codes,
                      struct codes_by_unit *ret)
{
    size_t at;
    const struct unit_place *places = places_of_units(arena, group, &at);
    ret->first = ddbexpr_arena_alloc(arena, group->unit_count * sizeof *ret->first);
    ret->next = ddbexpr_arena_alloc(arena, codes->count * sizeof *ret->next);
    if (!places || !ret->first || !ret->next)
        return false;
    for (size_t unit = 0; unit < group->unit_count; unit++)
        ret->first[unit] = codes->count;
    for (size_t i = codes->count; i-- > 0;) { /* from the end, as each is put in front of those behind it */
        while (at > 0 && places[at - 1].start > codes->all[i].start)
            at--;
        bool inside = at > 0 && codes->all[i].start < places[at - 1].end;
        size_t unit = inside ? places[at - 1].index : group->unit_count - 1;
        ret->next[i] = ret->first[unit];
        ret->first[unit] = i;
    }
    return true;
}

/* What a file suppresses, and what is asked to tell what of it suppresses nothing. */
struct file_codes {
    struct ignored_codes codes;
    struct codes_by_unit by_unit;
    struct faults faults;
    struct place_walk walk;
};

/* Codes of a unit that suppress nothing. That can be suppressed in its turn: so the codes that may do this come last.
 */
static ddbexpr_status add_all_unused(struct list *list, const struct unit *unit, size_t first, struct file_codes *f)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (int last = 0; last < 2; last++)
        for (size_t i = first; status == DDBEXPR_OK && i < f->codes.count; i = f->by_unit.next[i]) {
            const struct ignored_code *code = &f->codes.all[i];
            if (code->used || ignored_code_covers(code, unused_code) != (last == 1) ||
                is_beside_fault(code, &f->faults))
                continue;
            bool suppressed = !last && ignored_codes_match(&f->codes, unused_code, true, code->start);
            status = add_unused(list, unit, *code, suppressed, &f->walk);
        }
    return status;
}

/* --- a file --- */

/* Most files have no codes: nothing else is asked of them. */
static ddbexpr_status read_codes(ddbexpr_arena *arena, const struct group *group, ddbexpr_str text,
                                 struct file_codes *ret)
{
    *ret = (struct file_codes){.walk = place_walk_of(text)};
    ddbexpr_status status = ignored_codes_find(arena, text, &ret->codes);
    if (status != DDBEXPR_OK || ret->codes.count == 0)
        return status;
    return share_out(arena, group, &ret->codes, &ret->by_unit) && find_faults(arena, group, &ret->faults)
               ? DDBEXPR_OK
               : DDBEXPR_NO_MEMORY;
}

/* Marks first, as any finding of the file may be what a code is for. */
static ddbexpr_status mark_file(struct list *list, const struct group *group)
{
    const struct input_file *file = group->units->file;
    ddbexpr_str text = file ? file->text : (ddbexpr_str){NULL, 0};
    struct file_codes f;
    struct finding *marked = ddbexpr_arena_alloc(list->arena, (group->count + 1) * sizeof *marked);
    ddbexpr_status status = marked ? read_codes(list->arena, group, text, &f) : DDBEXPR_NO_MEMORY;
    for (size_t i = 0; status == DDBEXPR_OK && i < group->count; i++) {
        marked[i] = group->findings[i];
        if (!marked[i].suppressed && ignored_codes_match(&f.codes, ddbexpr_diag_code(marked[i].diag),
                                                         marked[i].has_place, marked[i].place.offset))
            marked[i].suppressed = SUPPRESSED_IN_SOURCE;
    }
    for (size_t unit = 0, next = 0; status == DDBEXPR_OK && unit < group->unit_count; unit++) {
        while (status == DDBEXPR_OK && next < group->count && marked[next].unit == &group->units[unit])
            status = list_add(list, marked[next++]);
        if (status == DDBEXPR_OK && f.codes.count)
            status = add_all_unused(list, &group->units[unit], f.by_unit.first[unit], &f);
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
