/* SPDX-License-Identifier: Apache-2.0 */
/* Findings for people, in full, and their count. */
#include "cli/check/findings_text.h"
#include "cli/check/report.h"

#include <unistd.h>

ddbexpr_status report_text(const struct report_input *input, ddbexpr_buffer *out)
{
    const ddbexpr_style style = style_for(input->session, STDOUT_FILENO);
    ddbexpr_status status = findings_put_text(input->findings, &style, out);
    return status == DDBEXPR_OK ? report_summary(input->findings, out) : status;
}
