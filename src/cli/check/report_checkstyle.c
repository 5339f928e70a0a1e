/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as Checkstyle writes them, which many build servers and editors read. */
#include "cli/check/report.h"
#include "cli/report/report_xml.h"

#include <stdio.h>

static void put_error(struct xml *xml, const struct finding *finding, ddbexpr_buffer *scratch)
{
    char source[32];
    xml_open(xml, "error");
    if (finding->has_place) {
        xml_number(xml, "line", finding->place.line);
        xml_number(xml, "column", finding->place.column);
    }
    xml_attribute(xml, "severity", ddbexpr_cstr(ddbexpr_severity_name(ddbexpr_diag_severity(finding->diag))));
    ddbexpr_buffer_clear(scratch);
    if ((!finding->has_place && (report_append_part(finding, scratch) != DDBEXPR_OK ||
                                 ddbexpr_buffer_append(scratch, ddbexpr_cstr(": ")) != DDBEXPR_OK)) ||
        report_append_message(finding, "; ", scratch) != DDBEXPR_OK)
        xml->failed = true;
    xml_attribute(xml, "message", ddbexpr_buffer_text(scratch));
    snprintf(source, sizeof source, "ddbexpr.%s", ddbexpr_diag_code(finding->diag));
    xml_attribute(xml, "source", ddbexpr_cstr(source));
    xml_close(xml);
}

/* Every file that was checked, also without findings. */
static void put_files(struct xml *xml, const struct findings *findings, ddbexpr_buffer *scratch)
{
    for (size_t unit = 0, next = 0; unit < findings->unit_count;) {
        const struct input_file *file = findings->units[unit].file;
        xml_open(xml, "file");
        xml_attribute(xml, "name", ddbexpr_cstr(file && file->path ? file->path : "command line"));
        for (; unit < findings->unit_count && findings->units[unit].file == file; unit++)
            for (; next < findings->count && findings->all[next].unit == &findings->units[unit]; next++)
                if (!findings->all[next].suppressed)
                    put_error(xml, &findings->all[next], scratch);
        xml_close(xml);
    }
}

ddbexpr_status report_checkstyle(const struct report_input *input, ddbexpr_buffer *out)
{
    struct xml xml;
    ddbexpr_buffer *scratch;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &scratch);
    if (status != DDBEXPR_OK)
        return status;
    xml_begin(&xml);
    xml_open(&xml, "checkstyle");
    xml_attribute(&xml, "version", ddbexpr_cstr("10.0"));
    put_files(&xml, input->findings, scratch);
    xml_close(&xml);
    status = xml_end(&xml, out);
    ddbexpr_buffer_free(scratch);
    return status;
}
