/* SPDX-License-Identifier: Apache-2.0 */
/* Escaping for workflow commands. Must not know what is told. */
#include "cli/report/workflow_command.h"

#include "cli/report/report_clean.h"

#include <stdio.h>

/* A percent sign and line ends are escaped everywhere, and in properties what ends them. */
static ddbexpr_status append_escaped(ddbexpr_buffer *out, ddbexpr_str text, bool property)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; status == DDBEXPR_OK && i < text.len; i++) {
        char c = text.ptr[i], escape[4];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
            snprintf(escape, sizeof escape, "%%%02X", (unsigned)c);
            status = ddbexpr_buffer_append(out, ddbexpr_cstr(escape));
        } else {
            status = ddbexpr_buffer_append(out, (ddbexpr_str){&c, 1});
        }
    }
    return status;
}

/* A log is as particular about control characters as XML. */
static ddbexpr_status append(ddbexpr_buffer *out, ddbexpr_str text, bool property)
{
    ddbexpr_buffer *clean;
    ddbexpr_status status = ddbexpr_buffer_new(NULL, &clean);
    if (status != DDBEXPR_OK)
        return status;
    status = clean_append(clean, text, CLEAN_FOR_XML);
    if (status == DDBEXPR_OK)
        status = append_escaped(out, ddbexpr_buffer_text(clean), property);
    ddbexpr_buffer_free(clean);
    return status;
}

ddbexpr_status workflow_append_property(ddbexpr_buffer *out, const char *name, ddbexpr_str text)
{
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_cstr(name));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(out, ddbexpr_cstr("="));
    return status == DDBEXPR_OK ? append(out, text, true) : status;
}

ddbexpr_status workflow_append_message(ddbexpr_buffer *out, ddbexpr_str text)
{
    ddbexpr_status status = ddbexpr_buffer_append(out, ddbexpr_cstr("::"));
    return status == DDBEXPR_OK ? append(out, text, false) : status;
}
