/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes, diagnostics and explanations to JSON. The shapes are documented in docs/json-output.md and stable. */
#include "json/writer.h"

/* --- diagnostics --- */

static void write_span(struct json_writer *w, ddbexpr_span span)
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
        write_span(w, label.span);
        json_string_field(w, "text", label.text);
        json_end(w, '}');
    }
    json_end(w, ']');
}

static void write_diag(struct json_writer *w, const ddbexpr_diag *diag)
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
        write_span(w, ddbexpr_diag_span(diag));
    write_labels(w, diag);
    json_string_field(w, "message", ddbexpr_diag_message(diag));
    json_string_field(w, "hint", ddbexpr_diag_hint(diag));
    json_string_field(w, "service_type", ddbexpr_cstr(ddbexpr_diag_service_type(diag)));
    json_string_field(w, "service_message", ddbexpr_diag_service_message(diag));
    json_name(w, STR("verdict"));
    json_bool(w, ddbexpr_diag_is_verdict(diag));
    json_end(w, '}');
}

static void write_diags(struct json_writer *w, const ddbexpr_diags *diags)
{
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++)
        write_diag(w, ddbexpr_diags_at(diags, i));
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_diags(const ddbexpr_diags *diags, unsigned indent, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    write_diags(&w, diags);
    return w.status;
}

/* --- explanations --- */

static void write_operand(struct json_writer *w, const ddbexpr_operand *operand)
{
    static const char *const kinds[] = {
        [DDBEXPR_OPERAND_PATH] = "path", [DDBEXPR_OPERAND_VALUE] = "value", [DDBEXPR_OPERAND_SIZE] = "size"};
    json_begin(w, '{');
    json_string_field(w, "kind", ddbexpr_cstr(kinds[operand->kind]));
    json_string_field(w, "text", operand->text);
    write_span(w, operand->span);
    json_string_field(w, "path", operand->path);
    json_name(w, STR("value"));
    if (operand->value)
        json_value(w, operand->value, DDBEXPR_JSON_TYPED);
    else
        json_raw(w, STR("null"));
    if (operand->sized) {
        json_name(w, STR("sized"));
        json_value(w, operand->sized, DDBEXPR_JSON_TYPED);
    }
    json_string_field(w, "missing_from", operand->missing_from);
    json_string_field(w, "present_until", operand->present_until);
    json_end(w, '}');
}

static void write_clause(struct json_writer *w, const ddbexpr_clause *clause)
{
    json_begin(w, '{');
    json_string_field(w, "text", clause->text);
    write_span(w, clause->span);
    json_name(w, STR("outcome"));
    json_bool(w, clause->outcome);
    json_name(w, STR("skipped"));
    json_bool(w, clause->skipped);
    json_name(w, STR("blamed"));
    json_bool(w, clause->blamed);
    json_name(w, STR("operands"));
    json_begin(w, '[');
    for (size_t i = 0; i < clause->operand_count; i++)
        write_operand(w, &clause->operands[i]);
    json_end(w, ']');
    json_string_field(w, "reason", clause->reason);
    json_end(w, '}');
}

static void write_branch(struct json_writer *w, const ddbexpr_branch *branch)
{
    static const char *const kinds[] = {[DDBEXPR_BRANCH_CLAUSE] = "clause",
                                        [DDBEXPR_BRANCH_AND] = "and",
                                        [DDBEXPR_BRANCH_OR] = "or",
                                        [DDBEXPR_BRANCH_NOT] = "not"};
    json_begin(w, '{');
    json_string_field(w, "kind", ddbexpr_cstr(kinds[branch->kind]));
    json_name(w, STR("depth"));
    json_unsigned(w, branch->depth);
    if (branch->kind == DDBEXPR_BRANCH_CLAUSE) {
        json_name(w, STR("clause"));
        json_unsigned(w, branch->clause);
    }
    json_name(w, STR("outcome"));
    json_bool(w, branch->outcome);
    write_span(w, branch->span);
    json_end(w, '}');
}

static void write_explanation(struct json_writer *w, const ddbexpr_explanation *e)
{
    json_begin(w, '{');
    json_string_field(w, "kind", ddbexpr_cstr(ddbexpr_kind_name(ddbexpr_explanation_kind(e))));
    json_string_field(w, "text", ddbexpr_explanation_text(e));
    json_name(w, STR("matched"));
    json_bool(w, ddbexpr_explanation_matched(e));
    json_name(w, STR("item"));
    json_bool(w, ddbexpr_explanation_has_item(e));
    json_name(w, STR("clauses"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_explanation_clause_count(e); i++)
        write_clause(w, ddbexpr_explanation_clause_at(e, i));
    json_end(w, ']');
    json_name(w, STR("tree"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_explanation_branch_count(e); i++)
        write_branch(w, ddbexpr_explanation_branch_at(e, i));
    json_end(w, ']');
    json_name(w, STR("other_blame_sets"));
    json_unsigned(w, ddbexpr_explanation_other_blame_sets(e));
    json_end(w, '}');
}

ddbexpr_status ddbexpr_json_write_explanation(const ddbexpr_explanation *explanation, unsigned indent,
                                              ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    write_explanation(&w, explanation);
    return w.status;
}

/* --- answers --- */

static void write_item_field(struct json_writer *w, const char *name, const ddbexpr_value *item)
{
    if (!item)
        return;
    json_name(w, ddbexpr_cstr(name));
    json_entries(w, item, DDBEXPR_JSON_TYPED);
}

static void write_response(struct json_writer *w, const ddbexpr_outcome *o)
{
    json_begin(w, '{');
    write_item_field(w, "Attributes", ddbexpr_outcome_attributes(o));
    write_item_field(w, "Item", ddbexpr_outcome_item(o));
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
    write_item_field(w, "LastEvaluatedKey", ddbexpr_outcome_last_evaluated_key(o));
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
        write_item_field(w, "Item", reason.item);
        json_end(w, '}');
    }
    json_end(w, ']');
}

static void write_error(struct json_writer *w, const ddbexpr_outcome *o)
{
    json_begin(w, '{');
    json_name(w, STR("__type"));
    json_string(w, ddbexpr_cstr(ddbexpr_outcome_error_type(o)));
    json_name(w, STR("message"));
    json_string(w, ddbexpr_outcome_error_message(o));
    write_item_field(w, "Item", ddbexpr_outcome_error_item(o));
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
                                         const ddbexpr_explanation *explanation, const ddbexpr_diags *diags,
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
        write_explanation(&w, explanation);
    }
    if (diags) {
        json_name(&w, STR("diagnostics"));
        write_diags(&w, diags);
    }
    json_end(&w, '}');
    return w.status;
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
    json_string(&w, STR("SerializationException"));
    json_name(&w, STR("message"));
    json_string(&w, verdict ? ddbexpr_diag_service_message(verdict) : STR("no question"));
    json_end(&w, '}');
    if (verdict) {
        json_name(&w, STR("diagnostics"));
        write_diags(&w, diags);
    }
    json_end(&w, '}');
    return w.status;
}
