/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as text for people. */
#ifndef DDBEXPR_CLI_CHECK_FINDINGS_TEXT_H
#define DDBEXPR_CLI_CHECK_FINDINGS_TEXT_H

#include "cli/check/findings.h"

/* Appends each finding that is shown, with its place. Errors: NO_MEMORY. */
ddbexpr_status findings_put_text(const struct findings *findings, const ddbexpr_style *style, ddbexpr_buffer *out);

#endif
