/* SPDX-License-Identifier: Apache-2.0 */
/* Dropping fixes that nobody wants. */
#include "cli/check/wanted_fixes.h"

#include "cli/check/places.h"
#include "cli/check/suppressions.h"

static bool has_fix(const ddbexpr_diags *diags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ddbexpr_diag_fix_safety(ddbexpr_diags_at(diags, i)) != DDBEXPR_FIX_NONE)
            return true;
    return false;
}

int keep_wanted_fixes(ddbexpr_arena *arena, const struct report_options *options, const struct unit *unit,
                      ddbexpr_str text)
{
    size_t count = ddbexpr_diags_count(unit->diags);
    if (!has_fix(unit->diags, count))
        return EXIT_TRUE;
    struct input_file file = *unit->file;
    struct unit now = *unit;
    struct finding *all = ddbexpr_arena_alloc(arena, (count + 1) * sizeof *all), *marked;
    if (!all)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    file.text = text;
    now.file = &file;
    struct place_walk walk = place_walk_of(text);
    for (size_t i = 0; i < count; i++) {
        all[i] = (struct finding){.unit = &now, .diag = ddbexpr_diags_at(unit->diags, i)};
        finding_find_place(&walk, &all[i]);
        finding_apply_level(&all[i], i);
    }
    const struct findings findings = {.units = &now, .unit_count = 1, .all = all, .count = count};
    size_t marked_count;
    ddbexpr_status status = mark_suppressed_in_source(arena, &findings, &marked, &marked_count);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    for (size_t i = 0; i < marked_count; i++) {
        if (!marked[i].suppressed && report_wants(options, &marked[i]))
            continue;
        for (size_t n = 0; n < count; n++)
            if (marked[i].diag == all[n].diag)
                ddbexpr_diags_drop_fix(unit->diags, n);
    }
    return EXIT_TRUE;
}
