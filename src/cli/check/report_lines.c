/* SPDX-License-Identifier: Apache-2.0 */
/* One line a finding, for programs that read logs: workflow commands of GitHub Actions, and what gcc prints. */
#include "cli/check/report.h"
#include "cli/check/report_clean.h"

#include <stdio.h>
#include <string.h>

static ddbexpr_status append(ddbexpr_buffer *out, const char *text)
{
    return ddbexpr_buffer_append(out, ddbexpr_cstr(text));
}

/* The path of the file, or NULL. */
static const char *path_of(const struct finding *finding)
{
    return finding->unit->file ? finding->unit->file->path : NULL;
}

/* --- github --- */

/* A percent sign and line ends are escaped everywhere, and in properties what ends them. */
static ddbexpr_status append_escaped(ddbexpr_buffer *out, ddbexpr_str text, bool property)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; status == DDBEXPR_OK && i < text.len; i++) {
        char c = text.ptr[i], escape[4];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
            snprintf(escape, sizeof escape, "%%%02X", (unsigned)c);
            status = append(out, escape);
        } else {
            status = ddbexpr_buffer_append(out, (ddbexpr_str){&c, 1});
        }
    }
    return status;
}

static ddbexpr_status append_property(ddbexpr_buffer *out, const char *name, ddbexpr_str text, ddbexpr_buffer *scratch)
{
    ddbexpr_buffer_clear(scratch);
    ddbexpr_status status = clean_append(scratch, text, CLEAN_FOR_XML); /* a log is as particular about controls */
    if (status == DDBEXPR_OK)
        status = append(out, name);
    return status == DDBEXPR_OK ? append_escaped(out, ddbexpr_buffer_text(scratch), true) : status;
}

/* Columns may be given only for what stands on one line. */
static ddbexpr_status append_github_place(ddbexpr_buffer *out, const struct finding *finding, ddbexpr_buffer *scratch)
{
    const char *path = path_of(finding);
    if (!path)
        return DDBEXPR_OK;
    ddbexpr_status status = append_property(out, "file=", ddbexpr_cstr(path), scratch);
    if (status == DDBEXPR_OK && finding->has_place) {
        const struct place *place = &finding->place;
        char text[128];
        if (place->end_line == place->line)
            snprintf(text, sizeof text, ",line=%zu,col=%zu,endColumn=%zu", place->line, place->column,
                     place->end_column);
        else
            snprintf(text, sizeof text, ",line=%zu,endLine=%zu", place->line, place->end_line);
        status = append(out, text);
    }
    return status == DDBEXPR_OK ? append(out, ",") : status;
}

/* DX107 reserved-word */
static ddbexpr_status append_title(ddbexpr_buffer *out, const struct finding *finding, ddbexpr_buffer *scratch)
{
    char title[128];
    snprintf(title, sizeof title, "%s %s", ddbexpr_diag_code(finding->diag), ddbexpr_diag_name(finding->diag));
    return append_property(out, "title=", ddbexpr_cstr(title), scratch);
}

/* Where there is no file, the message says where it is. */
static ddbexpr_status append_github_message(ddbexpr_buffer *out, const struct finding *finding, ddbexpr_buffer *scratch)
{
    ddbexpr_buffer *message;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &message);
    if (status != DDBEXPR_OK)
        return status;
    if (!path_of(finding) || !finding->has_place) {
        status = report_append_part(finding, message);
        if (status == DDBEXPR_OK)
            status = append(message, ": ");
    }
    if (status == DDBEXPR_OK)
        status = report_append_message(finding, "\nhelp: ", message);
    ddbexpr_buffer_clear(scratch);
    if (status == DDBEXPR_OK)
        status = clean_append(scratch, ddbexpr_buffer_text(message), CLEAN_FOR_XML);
    if (status == DDBEXPR_OK)
        status = append_escaped(out, ddbexpr_buffer_text(scratch), false);
    ddbexpr_buffer_free(message);
    return status;
}

static ddbexpr_status put_github(ddbexpr_buffer *out, const struct finding *finding, ddbexpr_buffer *scratch)
{
    static const char *const words[] = {
        [DDBEXPR_ERROR] = "::error ", [DDBEXPR_WARNING] = "::warning ", [DDBEXPR_INFO] = "::notice "};
    ddbexpr_status status = append(out, words[ddbexpr_diag_severity(finding->diag)]);
    if (status == DDBEXPR_OK)
        status = append_github_place(out, finding, scratch);
    if (status == DDBEXPR_OK)
        status = append_title(out, finding, scratch);
    if (status == DDBEXPR_OK)
        status = append(out, "::");
    if (status == DDBEXPR_OK)
        status = append_github_message(out, finding, scratch);
    return status == DDBEXPR_OK ? append(out, "\n") : status;
}

ddbexpr_status report_github(const struct report_input *input, ddbexpr_buffer *out)
{
    ddbexpr_buffer *scratch;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &scratch);
    if (status != DDBEXPR_OK)
        return status;
    for (size_t i = 0; status == DDBEXPR_OK && i < input->findings->count; i++)
        if (!input->findings->all[i].suppressed)
            status = put_github(out, &input->findings->all[i], scratch);
    ddbexpr_buffer_free(scratch);
    return status;
}

/* --- gcc --- */

/* The file with line and column; for the command line the part of the request, so that it can be told from a file. */
static ddbexpr_status append_gcc_place(ddbexpr_buffer *out, const struct finding *finding)
{
    const char *path = path_of(finding);
    if (!path) {
        ddbexpr_status status = append(out, "<");
        if (status == DDBEXPR_OK)
            status = report_append_part(finding, out);
        return status == DDBEXPR_OK ? append(out, ">") : status;
    }
    ddbexpr_status status = ddbexpr_buffer_append_visible(out, ddbexpr_cstr(path), NULL);
    if (status != DDBEXPR_OK || !finding->has_place)
        return status;
    char place[64];
    snprintf(place, sizeof place, ":%zu:%zu", finding->place.line, finding->place.column);
    return append(out, place);
}

/* Without the hint: a line of a compiler is short. */
static ddbexpr_status put_gcc(ddbexpr_buffer *out, const struct finding *finding)
{
    static const char *const words[] = {
        [DDBEXPR_ERROR] = ": error: ", [DDBEXPR_WARNING] = ": warning: ", [DDBEXPR_INFO] = ": note: "};
    char code[32];
    ddbexpr_status status = append_gcc_place(out, finding);
    if (status == DDBEXPR_OK)
        status = append(out, words[ddbexpr_diag_severity(finding->diag)]);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append_visible(out, ddbexpr_diag_message(finding->diag), NULL);
    snprintf(code, sizeof code, " [%s]\n", ddbexpr_diag_code(finding->diag));
    return status == DDBEXPR_OK ? append(out, code) : status;
}

ddbexpr_status report_gcc(const struct report_input *input, ddbexpr_buffer *out)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; status == DDBEXPR_OK && i < input->findings->count; i++)
        if (!input->findings->all[i].suppressed)
            status = put_gcc(out, &input->findings->all[i]);
    return status;
}
