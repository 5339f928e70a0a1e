/* SPDX-License-Identifier: Apache-2.0 */
/* What several formats say in the same words: the summary, where a finding is, message and hint. */
#include "cli/check/report.h"

#include "cli/report/report_clean.h"

#include <stdio.h>
#include <string.h>

/* ", 2 warnings", without the comma in front. */
static ddbexpr_status append_count(ddbexpr_buffer *out, size_t count, const char *one, const char *many)
{
    char text[64];
    snprintf(text, sizeof text, "%s%zu %s", ddbexpr_buffer_text(out).len ? ", " : "", count, count == 1 ? one : many);
    return count ? ddbexpr_buffer_append(out, ddbexpr_cstr(text)) : DDBEXPR_OK;
}

/* " in 2 of 14 files": those with findings that are shown, of those that were checked. */
static ddbexpr_status append_files(const struct findings *findings, ddbexpr_buffer *line)
{
    const struct input_file *last = NULL;
    size_t count = 0;
    char text[96], of[32] = "";
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->all[i];
        if (finding->suppressed || finding->unit->file == last)
            continue;
        last = finding->unit->file;
        count++;
    }
    if (count)
        snprintf(of, sizeof of, "%zu of ", count);
    snprintf(text, sizeof text, " in %s%zu %s", of, findings->file_count, findings->file_count == 1 ? "file" : "files");
    return ddbexpr_buffer_append(line, ddbexpr_cstr(text));
}

static bool is_of_command_line(const struct findings *findings)
{
    return findings->unit_count == 1 && findings->units[0].file && !findings->units[0].file->path;
}

static ddbexpr_status append_counts(const struct findings *findings, ddbexpr_buffer *line)
{
    ddbexpr_status status = findings->faults ? append_count(line, findings->faults, "fault", "faults")
                                             : ddbexpr_buffer_append(line, ddbexpr_cstr("no faults"));
    if (status == DDBEXPR_OK)
        status = append_count(line, findings->errors, "error", "errors");
    if (status == DDBEXPR_OK)
        status = append_count(line, findings->warnings, "warning", "warnings");
    if (status == DDBEXPR_OK)
        status = append_count(line, findings->infos, "note", "notes");
    if (status == DDBEXPR_OK && !is_of_command_line(findings))
        status = append_files(findings, line);
    if (status == DDBEXPR_OK)
        status = append_count(line, findings->suppressed, "suppressed", "suppressed");
    if (status == DDBEXPR_OK)
        status = append_count(line, findings->notes_left_out, "note left out (--notes)", "notes left out (--notes)");
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(line, ddbexpr_cstr("\n")) : status;
}

ddbexpr_status report_summary(const struct findings *findings, ddbexpr_buffer *out)
{
    ddbexpr_buffer *line;
    if (findings->unusable && findings->file_count == 0)
        return DDBEXPR_OK; /* why there is nothing to count has been told */
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &line);
    if (status != DDBEXPR_OK)
        return status;
    status = append_counts(findings, line);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, ddbexpr_buffer_text(line));
    ddbexpr_buffer_free(line);
    return status;
}

/* Column of the span's start in its line of the expression, from 1, and the line. */
static void find_column(ddbexpr_str text, size_t offset, size_t *ret_line, size_t *ret_column)
{
    size_t start = 0;
    *ret_line = 1;
    for (size_t i = 0; i < offset && i < text.len; i++)
        if (text.ptr[i] == '\n') {
            start = i + 1;
            ++*ret_line;
        }
    *ret_column = clean_characters((ddbexpr_str){text.ptr + start, text.len - start}, offset - start) + 1;
}

static ddbexpr_status append_column(const struct finding *finding, ddbexpr_buffer *out)
{
    const ddbexpr_diag *diag = finding->diag;
    ddbexpr_str text = ddbexpr_diag_text(diag);
    if (!ddbexpr_diag_has_span(diag) || !text.ptr)
        return DDBEXPR_OK;
    size_t line = finding->place.line, column = finding->place.column;
    char words[64];
    if (finding->shows_part)
        text = finding->unit->file->text;
    else
        find_column(text, ddbexpr_diag_span(diag).start, &line, &column);
    if (memchr(text.ptr, '\n', text.len))
        snprintf(words, sizeof words, ", line %zu, column %zu", line, column);
    else
        snprintf(words, sizeof words, ", column %zu", column);
    return ddbexpr_buffer_append(out, ddbexpr_cstr(words));
}

static ddbexpr_status append_member(const ddbexpr_diag *diag, ddbexpr_buffer *out)
{
    ddbexpr_str member = ddbexpr_diag_member(diag);
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_cstr(ddbexpr_source_name(ddbexpr_diag_source(diag))));
    if (status == DDBEXPR_OK && member.len)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(" "));
    return status == DDBEXPR_OK ? ddbexpr_buffer_append_visible(out, member, NULL) : status;
}

ddbexpr_status report_append_part(const struct finding *finding, ddbexpr_buffer *out)
{
    const char *label = finding->unit->label;
    char action[32] = "";
    ddbexpr_status status = DDBEXPR_OK;
    if (label)
        status = ddbexpr_buffer_append_visible(out, ddbexpr_cstr(label), NULL);
    if (label && status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(", "));
    if (ddbexpr_diag_action(finding->diag) >= 0)
        snprintf(action, sizeof action, "action %d, ", ddbexpr_diag_action(finding->diag) + 1);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr(action));
    if (status == DDBEXPR_OK)
        status = append_member(finding->diag, out);
    return status == DDBEXPR_OK ? append_column(finding, out) : status;
}

ddbexpr_status report_append_message(const struct finding *finding, const char *between, ddbexpr_buffer *out)
{
    ddbexpr_str hint = ddbexpr_diag_hint(finding->diag);
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_diag_message(finding->diag));
    if (status != DDBEXPR_OK || hint.len == 0)
        return status;
    status = ddbexpr_buffer_append(out, ddbexpr_cstr(between));
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, hint) : status;
}
