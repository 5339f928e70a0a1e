/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as text: as diagnostics are everywhere, behind the place in the file. */
#include "cli/check/findings_text.h"

#include <stdio.h>

/* "orders.json:4:33, state ReserveStock" */
static ddbexpr_status put_place(const struct finding *finding, ddbexpr_buffer *out)
{
    char numbers[64] = "";
    const struct unit *unit = finding->unit;
    if (!unit->file->path)
        return DDBEXPR_OK;
    if (finding->has_place)
        snprintf(numbers, sizeof numbers, ":%zu:%zu", finding->place.line, finding->place.column);
    const char *const parts[] = {unit->file->path, numbers, unit->label ? ", " : "", unit->label ? unit->label : ""};
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == DDBEXPR_OK; i++)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(parts[i]));
    return status;
}

ddbexpr_status findings_put_text(const struct findings *f, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    ddbexpr_buffer *place = NULL;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &place);
    for (size_t i = 0; i < f->count && status == DDBEXPR_OK; i++) {
        if (f->all[i].suppressed)
            continue;
        ddbexpr_buffer_clear(place);
        status = put_place(&f->all[i], place);
        if (status == DDBEXPR_OK)
            status = ddbexpr_diag_render_at(f->all[i].diag, ddbexpr_buffer_text(place), style, out);
    }
    ddbexpr_buffer_free(place);
    return status;
}
