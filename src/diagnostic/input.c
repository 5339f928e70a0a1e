/* SPDX-License-Identifier: Apache-2.0 */
/* Reporting for readers of other formats, which see only the public headers. */
#include "diagnostic/diagnostic.h"

ddbexpr_status ddbexpr_diags_report_input(ddbexpr_diags *diags, ddbexpr_input_fault fault, ddbexpr_str text,
                                          ddbexpr_span span, ddbexpr_str argument0, ddbexpr_str argument1)
{
    static const enum diag_id ids[] = {
        [DDBEXPR_INPUT_SYNTAX] = DIAG_INPUT_SYNTAX,
        [DDBEXPR_INPUT_STRING] = DIAG_INPUT_STRING,
        [DDBEXPR_INPUT_ENCODING] = DIAG_INPUT_ENCODING,
        [DDBEXPR_INPUT_DEPTH] = DIAG_INPUT_DEPTH,
        [DDBEXPR_INPUT_DUPLICATE_MEMBER] = DIAG_INPUT_DUPLICATE_MEMBER,
        [DDBEXPR_INPUT_TRAILING] = DIAG_INPUT_TRAILING,
        [DDBEXPR_INPUT_NOT_STRING] = DIAG_INPUT_NOT_STRING,
        [DDBEXPR_INPUT_UNEXPECTED_START] = DIAG_INPUT_UNEXPECTED_START,
        [DDBEXPR_INPUT_NOT_CONTAINER] = DIAG_INPUT_NOT_CONTAINER,
        [DDBEXPR_INPUT_BASE64] = DIAG_INPUT_BASE64,
        [DDBEXPR_INPUT_NOT_ITEM] = DIAG_INPUT_NOT_ITEM,
        [DDBEXPR_INPUT_NO_REQUEST] = DIAG_INPUT_NO_REQUEST,
        [DDBEXPR_INPUT_STORED_VALUE] = DIAG_INPUT_STORED_VALUE,
        [DDBEXPR_INPUT_STORED_KEY] = DIAG_INPUT_STORED_KEY,
        [DDBEXPR_INPUT_SAME_KEY] = DIAG_INPUT_SAME_KEY,
        [DDBEXPR_INPUT_UNUSED_IGNORE] = LINT_UNUSED_SUPPRESSION,
    };
    if (span.end > text.len) /* what is shown lies in the text */
        span.end = (uint32_t)text.len;
    if (span.start > span.end)
        span.start = span.end;
    diags_add(diags, &(struct diag_draft){.id = ids[fault],
                                          .source = DDBEXPR_SOURCE_JSON,
                                          .text = text,
                                          .has_span = true,
                                          .span = span,
                                          .args = {argument0, argument1}});
    return diags_status(diags);
}
