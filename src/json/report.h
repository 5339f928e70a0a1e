/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of what is reported that several writers share. */
#ifndef DDBEXPR_JSON_REPORT_H
#define DDBEXPR_JSON_REPORT_H

#include "json/writer.h"

/* A member "span" with start and end. */
void json_span_field(struct json_writer *w, ddbexpr_span span);

void json_diag(struct json_writer *w, const ddbexpr_diag *diag);
void json_diags(struct json_writer *w, const ddbexpr_diags *diags);
void json_request_explanation(struct json_writer *w, const ddbexpr_request_explanation *explanation);

#endif
