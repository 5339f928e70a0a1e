/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes to JSON, as the service answers. The shapes are documented in docs/json-output.md and stable. */
#include "json/report.h"

static void write_response(struct json_writer *w, const ddbexpr_outcome *o)
{
    json_begin(w, '{');
    json_item_field(w, "Attributes", ddbexpr_outcome_attributes(o));
    json_item_field(w, "Item", ddbexpr_outcome_item(o));
    if (ddbexpr_outcome_has_items(o)) {
        json_name(w, STR("Items"));
        json_begin(w, '[');
        for (size_t i = 0; i < ddbexpr_outcome_count(o); i++)
            json_entries(w, ddbexpr_outcome_item_at(o, i), DDBEXPR_JSON_TYPED);
        json_end(w, ']');
    }
    if (ddbexpr_outcome_has_counts(o)) {
        json_name(w, STR("Count"));
        json_unsigned(w, ddbexpr_outcome_count(o));
        json_name(w, STR("ScannedCount"));
        json_unsigned(w, ddbexpr_outcome_scanned_count(o));
    }
    json_item_field(w, "LastEvaluatedKey", ddbexpr_outcome_last_evaluated_key(o));
    json_end(w, '}');
}

static void write_reasons(struct json_writer *w, const ddbexpr_outcome *o)
{
    if (ddbexpr_outcome_reason_count(o) == 0)
        return;
    json_name(w, STR("CancellationReasons"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_outcome_reason_count(o); i++) {
        ddbexpr_reason reason = ddbexpr_outcome_reason_at(o, i);
        json_begin(w, '{');
        json_string_field(w, "Code", ddbexpr_cstr(reason.code));
        json_string_field(w, "Message", reason.message);
        json_item_field(w, "Item", reason.item);
        json_end(w, '}');
    }
    json_end(w, ']');
}

static void write_error(struct json_writer *w, const ddbexpr_outcome *o)
{
    json_begin(w, '{');
    json_name(w, STR("__type"));
    json_put_string(w, ddbexpr_cstr(ddbexpr_outcome_error_type(o)));
    json_name(w, STR("message"));
    json_put_string(w, ddbexpr_outcome_error_message(o));
    json_item_field(w, "Item", ddbexpr_outcome_error_item(o));
    write_reasons(w, o);
    json_end(w, '}');
}

static void write_table_items(struct json_writer *w, const ddbexpr_outcome *o, size_t table)
{
    json_name(w, STR("items"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_outcome_table_item_count(o, table); i++)
        json_entries(w, ddbexpr_outcome_table_item_at(o, table, i), DDBEXPR_JSON_TYPED);
    json_end(w, ']');
}

static void write_tables(struct json_writer *w, const ddbexpr_outcome *o, const ddbexpr_question *q)
{
    if (!q->tables_named) {
        write_table_items(w, o, 0);
        return;
    }
    json_name(w, STR("tables"));
    json_begin(w, '{');
    for (size_t i = 0; i < q->table_count; i++) {
        json_name(w, q->tables[i].name);
        json_begin(w, '{');
        write_table_items(w, o, i);
        json_end(w, '}');
    }
    json_end(w, '}');
}

ddbexpr_status ddbexpr_json_write_answer(const ddbexpr_outcome *outcome, const ddbexpr_question *question,
                                         const ddbexpr_request_explanation *explanation, const ddbexpr_diags *diags,
                                         unsigned indent, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    bool ok = ddbexpr_outcome_ok(outcome);
    json_begin(&w, '{');
    json_name(&w, STR("ok"));
    json_bool(&w, ok);
    if (ok) {
        json_name(&w, STR("response"));
        write_response(&w, outcome);
        write_tables(&w, outcome, question);
    } else {
        json_name(&w, STR("error"));
        write_error(&w, outcome);
    }
    if (explanation) {
        json_name(&w, STR("explanation"));
        json_request_explanation(&w, explanation);
    }
    if (diags) {
        json_name(&w, STR("diagnostics"));
        json_diags(&w, diags);
    }
    json_end(&w, '}');
    return w.status;
}

/* The service's words, or ours of what it never sees. */
static str message_of(const ddbexpr_diag *diag)
{
    str message = ddbexpr_diag_service_message(diag);
    return message.len ? message : ddbexpr_diag_message(diag);
}

ddbexpr_status ddbexpr_json_write_refusal(const ddbexpr_diags *diags, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, 0);
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    json_begin(&w, '{');
    json_name(&w, STR("ok"));
    json_bool(&w, false);
    json_name(&w, STR("error"));
    json_begin(&w, '{');
    json_name(&w, STR("__type"));
    json_put_string(&w, STR("SerializationException"));
    json_name(&w, STR("message"));
    json_put_string(&w, verdict ? message_of(verdict) : STR("no question"));
    json_end(&w, '}');
    if (verdict) {
        json_name(&w, STR("diagnostics"));
        json_diags(&w, diags);
    }
    json_end(&w, '}');
    return w.status;
}
