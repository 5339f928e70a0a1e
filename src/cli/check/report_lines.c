/* SPDX-License-Identifier: Apache-2.0 */
/* One line a finding, for programs that read logs: workflow commands of GitHub Actions, and what gcc prints. */
#include "cli/check/report.h"
#include "cli/report/workflow_command.h"

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

/* Columns may be given only for what stands on one line. */
static ddbexpr_status append_github_place(ddbexpr_buffer *out, const struct finding *finding)
{
    const char *path = path_of(finding);
    if (!path)
        return DDBEXPR_OK;
    ddbexpr_status status = workflow_append_property(out, "file", ddbexpr_cstr(path));
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
static ddbexpr_status append_title(ddbexpr_buffer *out, const struct finding *finding)
{
    char title[128];
    snprintf(title, sizeof title, "%s %s", ddbexpr_diag_code(finding->diag), ddbexpr_diag_name(finding->diag));
    return workflow_append_property(out, "title", ddbexpr_cstr(title));
}

/* Where there is no file, the message says where it is. */
static ddbexpr_status append_github_message(ddbexpr_buffer *out, const struct finding *finding, ddbexpr_buffer *message)
{
    ddbexpr_status status = DDBEXPR_OK;
    ddbexpr_buffer_clear(message);
    if (!path_of(finding) || !finding->has_place) {
        status = report_append_part(finding, message);
        if (status == DDBEXPR_OK)
            status = append(message, ": ");
    }
    if (status == DDBEXPR_OK)
        status = report_append_message(finding, "\nhelp: ", message);
    return status == DDBEXPR_OK ? workflow_append_message(out, ddbexpr_buffer_text(message)) : status;
}

static ddbexpr_status put_github(ddbexpr_buffer *out, const struct finding *finding, ddbexpr_buffer *message)
{
    static const char *const words[] = {
        [DDBEXPR_ERROR] = "::error ", [DDBEXPR_WARNING] = "::warning ", [DDBEXPR_INFO] = "::notice "};
    ddbexpr_status status = append(out, words[ddbexpr_diag_severity(finding->diag)]);
    if (status == DDBEXPR_OK)
        status = append_github_place(out, finding);
    if (status == DDBEXPR_OK)
        status = append_title(out, finding);
    if (status == DDBEXPR_OK)
        status = append_github_message(out, finding, message);
    return status == DDBEXPR_OK ? append(out, "\n") : status;
}

ddbexpr_status report_github(const struct report_input *input, ddbexpr_buffer *out)
{
    ddbexpr_buffer *message;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &message);
    if (status != DDBEXPR_OK)
        return status;
    for (size_t i = 0; status == DDBEXPR_OK && i < input->findings->count; i++)
        if (!input->findings->all[i].suppressed)
            status = put_github(out, &input->findings->all[i], message);
    ddbexpr_buffer_free(message);
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
