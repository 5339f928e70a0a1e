/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting what check finds: inputs to units, units checked, diagnostics with their places. */
#include "cli/check/findings.h"

#include "cli/check/fixes.h"
#include "cli/check/inputs.h"
#include "cli/check/places.h"
#include "cli/check/requests.h"
#include "cli/stored.h"

#include <string.h>

void finding_find_place(struct place_walk *walk, struct finding *finding)
{
    const struct unit *unit = finding->unit;
    const ddbexpr_diag *diag = finding->diag;
    ddbexpr_span span = ddbexpr_diag_span(diag);
    if (!unit->file->path)
        return;
    if (unit->map)
        finding->has_place =
            ddbexpr_json_map_locate(unit->map, ddbexpr_diag_action(diag), ddbexpr_diag_source(diag),
                                    ddbexpr_diag_member(diag), ddbexpr_diag_has_span(diag), span, &span);
    else
        finding->has_place = ddbexpr_diag_has_span(diag); /* no JSON: what is wrong is told of the file */
    if (finding->has_place)
        finding->place = place_at(walk, span);
}

static int make_findings(struct session *s, struct findings *f)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; i < f->unit_count; i++)
        count += ddbexpr_diags_count(f->units[i].diags);
    struct finding *all = ddbexpr_arena_alloc(s->arena, (count + 1) * sizeof *all);
    if (!all)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    struct place_walk walk = {.offset = 0};
    for (size_t i = 0; i < f->unit_count; i++) {
        const struct unit *unit = &f->units[i];
        if (i == 0 || unit->file != f->units[i - 1].file) {
            walk = place_walk_of(unit->file->text);
            f->file_count++;
        }
        for (size_t n = 0; n < ddbexpr_diags_count(unit->diags); n++) {
            all[at] = (struct finding){.unit = unit, .diag = ddbexpr_diags_at(unit->diags, n)};
            finding_find_place(&walk, &all[at]);
            finding_apply_level(&all[at], n);
            at++;
        }
    }
    f->all = all;
    f->count = count;
    return EXIT_TRUE;
}

static int collect_units(struct session *s, struct unit_list *list, bool *ret_unusable)
{
    struct inputs inputs;
    if (s->options->argument_count == 0)
        return unit_of_options(s, list);
    int exit = inputs_collect(s, &inputs);
    if (exit == EXIT_TRUE && options_has(s->options, OPTION_FIX))
        exit = fix_files(s, &inputs);
    *ret_unusable = inputs.unusable;
    for (size_t i = 0; i < inputs.count && exit == EXIT_TRUE; i++)
        exit = units_of_file(s, &inputs.files[i], list, ret_unusable);
    return exit;
}

int findings_collect(struct session *s, struct findings *ret)
{
    struct unit_list list = {.count = 0};
    struct schemas schemas = {.session = s};
    *ret = (struct findings){.count = 0};
    int exit = read_schemas(s, &schemas.tables, &schemas.count);
    if (exit == EXIT_TRUE)
        exit = collect_units(s, &list, &ret->unusable);
    ret->units = list.units;
    ret->unit_count = list.count;
    for (size_t i = 0; i < list.count && exit == EXIT_TRUE; i++) {
        exit = unit_check(s, &schemas, &list.units[i]);
    }
    return exit == EXIT_TRUE ? make_findings(s, ret) : exit;
}

void findings_free(struct findings *f)
{
    for (size_t i = 0; i < f->unit_count; i++)
        ddbexpr_diags_free(f->units[i].diags);
    f->unit_count = 0;
}
