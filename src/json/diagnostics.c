/* SPDX-License-Identifier: Apache-2.0 */
/* Diagnostics to JSON. */
#include "json/report.h"

void json_span_field(struct json_writer *w, ddbexpr_span span)
{
    json_name(w, STR("span"));
    json_begin(w, '{');
    json_name(w, STR("start"));
    json_unsigned(w, span.start);
    json_name(w, STR("end"));
    json_unsigned(w, span.end);
    json_end(w, '}');
}

static void write_labels(struct json_writer *w, const ddbexpr_diag *diag)
{
    if (ddbexpr_diag_label_count(diag) == 0)
        return;
    json_name(w, STR("labels"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_diag_label_count(diag); i++) {
        ddbexpr_label label = ddbexpr_diag_label_at(diag, i);
        json_begin(w, '{');
        json_span_field(w, label.span);
        json_string_field(w, "text", label.text);
        json_end(w, '}');
    }
    json_end(w, ']');
}

void json_diag(struct json_writer *w, const ddbexpr_diag *diag)
{
    json_begin(w, '{');
    json_string_field(w, "code", ddbexpr_cstr(ddbexpr_diag_code(diag)));
    json_string_field(w, "name", ddbexpr_cstr(ddbexpr_diag_name(diag)));
    json_string_field(w, "severity", ddbexpr_cstr(ddbexpr_severity_name(ddbexpr_diag_severity(diag))));
    if (ddbexpr_diag_action(diag) >= 0) {
        json_name(w, STR("action"));
        json_unsigned(w, (uint64_t)ddbexpr_diag_action(diag));
    }
    json_string_field(w, "source", ddbexpr_cstr(ddbexpr_source_name(ddbexpr_diag_source(diag))));
    json_string_field(w, "member", ddbexpr_diag_member(diag));
    if (ddbexpr_diag_has_span(diag))
        json_span_field(w, ddbexpr_diag_span(diag));
    write_labels(w, diag);
    json_string_field(w, "message", ddbexpr_diag_message(diag));
    json_string_field(w, "hint", ddbexpr_diag_hint(diag));
    json_string_field(w, "service_type", ddbexpr_cstr(ddbexpr_diag_service_type(diag)));
    json_string_field(w, "service_message", ddbexpr_diag_service_message(diag));
    json_name(w, STR("verdict"));
    json_bool(w, ddbexpr_diag_is_verdict(diag));
    json_end(w, '}');
}

void json_diags(struct json_writer *w, const ddbexpr_diags *diags)
{
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        json_diag(w, ddbexpr_diags_at(diags, i));
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_diags(const ddbexpr_diags *diags, unsigned indent, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_diags(&w, diags);
    return w.status;
}
