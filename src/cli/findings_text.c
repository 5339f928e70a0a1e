/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as text: as diagnostics are everywhere, behind the place in the file. */
#include "cli/findings_text.h"

#include <stdio.h>
#include <string.h>

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

/* "3 errors", after what was counted before. */
static ddbexpr_status put_count(size_t count, const char *word, const char *plural, bool *first, ddbexpr_buffer *out)
{
    char text[64];
    if (count == 0)
        return DDBEXPR_OK;
    snprintf(text, sizeof text, "%s%zu %s%s", *first ? "" : ", ", count, word, count == 1 ? "" : plural);
    *first = false;
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

/* How many files something was found in. */
static size_t count_files(const struct findings *f)
{
    const struct input_file *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < f->count; i++) {
        if (f->all[i].suppressed || f->all[i].unit->file == last)
            continue;
        last = f->all[i].unit->file;
        count++;
    }
    return count;
}

/* "3 errors, 1 warning in 2 of 14 files". */
static ddbexpr_status put_summary(const struct findings *f, bool of_files, ddbexpr_buffer *out)
{
    char text[96] = "\n";
    bool first = true;
    if (!of_files && f->warnings + f->infos == 0)
        return put_count(f->errors, f->errors == 1 ? "fault\n" : "faults\n", "", &first, out);
    ddbexpr_status status = put_count(f->errors, "error", "s", &first, out);
    if (status == DDBEXPR_OK)
        status = put_count(f->warnings, "warning", "s", &first, out);
    if (status == DDBEXPR_OK)
        status = put_count(f->infos, "note", "s", &first, out);
    if (of_files)
        snprintf(text, sizeof text, " in %zu of %zu file%s\n", count_files(f), f->file_count,
                 f->file_count == 1 ? "" : "s");
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, ddbexpr_cstr(text)) : status;
}

static ddbexpr_status put_nothing(const struct findings *f, bool of_files, ddbexpr_buffer *out)
{
    char text[64] = "no faults\n";
    if (of_files)
        snprintf(text, sizeof text, "no faults in %zu file%s\n", f->file_count, f->file_count == 1 ? "" : "s");
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

ddbexpr_status findings_put_text(const struct findings *f, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    bool of_files = f->unit_count != 1 || f->units[0].file->path;
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
    if (status == DDBEXPR_OK)
        status = f->errors + f->warnings + f->infos ? put_summary(f, of_files, out) : put_nothing(f, of_files, out);
    ddbexpr_buffer_free(place);
    return status;
}
