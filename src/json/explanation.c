/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations to JSON: enough to draw them elsewhere. The shapes are documented in docs/json-output.md and stable. */
#include "json/report.h"

/* --- conditions --- */

static void write_operand(struct json_writer *w, const ddbexpr_operand *operand)
{
    static const char *const kinds[] = {
        [DDBEXPR_OPERAND_PATH] = "path", [DDBEXPR_OPERAND_VALUE] = "value", [DDBEXPR_OPERAND_SIZE] = "size"};
    json_begin(w, '{');
    json_string_field(w, "kind", ddbexpr_cstr(kinds[operand->kind]));
    json_string_field(w, "text", operand->text);
    json_span_field(w, operand->span);
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
    if (operand->missing_from.len) {
        json_name(w, STR("missing_is_index"));
        json_bool(w, operand->missing_is_index);
    }
    json_string_field(w, "present_until", operand->present_until);
    if (operand->present_value) {
        json_name(w, STR("present_value"));
        json_value(w, operand->present_value, DDBEXPR_JSON_TYPED);
    }
    json_end(w, '}');
}

static void write_operands(struct json_writer *w, const ddbexpr_operand *operands, size_t count)
{
    json_name(w, STR("operands"));
    json_begin(w, '[');
    for (size_t i = 0; i < count; i++)
        write_operand(w, &operands[i]);
    json_end(w, ']');
}

static void write_notes(struct json_writer *w, const ddbexpr_clause *clause)
{
    json_name(w, STR("notes"));
    json_begin(w, '[');
    for (size_t i = 0; i < clause->note_count; i++) {
        json_begin(w, '{');
        json_string_field(w, "code", ddbexpr_cstr(clause->notes[i].code));
        json_string_field(w, "name", ddbexpr_cstr(clause->notes[i].name));
        json_string_field(w, "text", clause->notes[i].text);
        json_end(w, '}');
    }
    json_end(w, ']');
}

static void write_clause(struct json_writer *w, const ddbexpr_clause *clause)
{
    json_begin(w, '{');
    json_string_field(w, "text", clause->text);
    json_span_field(w, clause->span);
    json_name(w, STR("outcome"));
    json_bool(w, clause->outcome);
    json_name(w, STR("skipped"));
    json_bool(w, clause->skipped);
    json_name(w, STR("blamed"));
    json_bool(w, clause->blamed);
    write_operands(w, clause->operands, clause->operand_count);
    json_string_field(w, "reason", clause->reason);
    json_string_field(w, "wanted", clause->wanted);
    write_notes(w, clause);
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
    json_span_field(w, branch->span);
    json_end(w, '}');
}

static void write_condition_members(struct json_writer *w, const ddbexpr_explanation *e)
{
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
    if (ddbexpr_explanation_other_blame_sets(e) == UINT64_MAX)
        json_raw(w, STR("null"));
    else
        json_unsigned(w, ddbexpr_explanation_other_blame_sets(e));
}

static void write_explanation(struct json_writer *w, const ddbexpr_explanation *e)
{
    json_begin(w, '{');
    write_condition_members(w, e);
    json_end(w, '}');
}

ddbexpr_status ddbexpr_json_write_explanation(const ddbexpr_explanation *explanation, unsigned indent,
                                              ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    write_explanation(&w, explanation);
    return w.status;
}

/* --- updates --- */

static void write_value_field(struct json_writer *w, const char *name, const ddbexpr_value *value)
{
    json_name(w, ddbexpr_cstr(name));
    if (value)
        json_value(w, value, DDBEXPR_JSON_TYPED);
    else
        json_raw(w, STR("null"));
}

static void write_action(struct json_writer *w, const ddbexpr_update_action *action, bool applies)
{
    json_begin(w, '{');
    json_string_field(w, "section", ddbexpr_cstr(action->section));
    json_string_field(w, "text", action->text);
    json_span_field(w, action->span);
    json_name(w, STR("target"));
    write_operand(w, &action->target);
    write_operands(w, action->operands, action->operand_count);
    if (applies)
        write_value_field(w, "after", action->after);
    json_string_field(w, "after_path", action->after_path);
    if (action->fault) {
        json_name(w, STR("fault"));
        json_diag(w, action->fault);
    }
    json_string_field(w, "reason", action->reason);
    json_string_field(w, "effect", action->effect);
    json_end(w, '}');
}

static void write_update(struct json_writer *w, const ddbexpr_update_explanation *e)
{
    bool applies = ddbexpr_update_explanation_applies(e);
    json_begin(w, '{');
    json_string_field(w, "kind", ddbexpr_cstr(ddbexpr_kind_name(DDBEXPR_UPDATE)));
    json_string_field(w, "text", ddbexpr_update_explanation_text(e));
    json_name(w, STR("applies"));
    json_bool(w, applies);
    json_name(w, STR("item"));
    json_bool(w, ddbexpr_update_explanation_has_item(e));
    json_name(w, STR("actions"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_update_explanation_action_count(e); i++)
        write_action(w, ddbexpr_update_explanation_action_at(e, i), applies);
    json_end(w, ']');
    json_name(w, STR("diagnostics"));
    json_diags(w, ddbexpr_update_explanation_diags(e));
    json_end(w, '}');
}

ddbexpr_status ddbexpr_json_write_update_explanation(const ddbexpr_update_explanation *explanation, unsigned indent,
                                                     ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    write_update(&w, explanation);
    return w.status;
}

static void write_changes(struct json_writer *w, const ddbexpr_change *changes, size_t count)
{
    json_name(w, STR("changes"));
    json_begin(w, '[');
    for (size_t i = 0; i < count; i++) {
        json_begin(w, '{');
        json_string_field(w, "path", changes[i].path);
        write_value_field(w, "before", changes[i].before);
        write_value_field(w, "after", changes[i].after);
        json_end(w, '}');
    }
    json_end(w, ']');
}

ddbexpr_status ddbexpr_json_write_explanations(const ddbexpr_explanation *key_condition,
                                               const ddbexpr_explanation *condition,
                                               const ddbexpr_update_explanation *update, const ddbexpr_changes *changes,
                                               unsigned indent, ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_begin(&w, '{');
    if (key_condition)
        write_condition_members(&w, key_condition);
    if (condition && key_condition) {
        json_name(&w, STR("filter"));
        write_explanation(&w, condition);
    } else if (condition) {
        write_condition_members(&w, condition);
    }
    if (update) {
        json_name(&w, STR("update"));
        write_update(&w, update);
    }
    if (changes)
        write_changes(&w, changes->list, changes->count);
    json_end(&w, '}');
    return w.status;
}

/* --- requests --- */

static void write_action_explanation(struct json_writer *w, const ddbexpr_action_explanation *action)
{
    static const char *const verdicts[] = {[DDBEXPR_ACTION_PASSES] = "passes",
                                           [DDBEXPR_ACTION_CONDITION_FALSE] = "condition_false",
                                           [DDBEXPR_ACTION_REFUSED] = "refused"};
    json_begin(w, '{');
    json_string_field(w, "operation", ddbexpr_cstr(ddbexpr_operation_name(action->operation)));
    json_string_field(w, "table", action->table_name);
    json_item_field(w, "key", action->key);
    json_string_field(w, "verdict", ddbexpr_cstr(verdicts[action->verdict]));
    if (action->condition) {
        json_name(w, STR("condition"));
        write_explanation(w, action->condition);
    }
    if (action->update) {
        json_name(w, STR("update"));
        write_update(w, action->update);
    }
    if (action->verdict == DDBEXPR_ACTION_REFUSED) {
        json_name(w, STR("diagnostics"));
        json_diags(w, action->diags);
    }
    json_item_field(w, "old_item", action->old_item);
    if (action->verdict == DDBEXPR_ACTION_PASSES)
        json_item_field(w, "new_item", action->new_item);
    json_end(w, '}');
}

void json_request_explanation(struct json_writer *w, const ddbexpr_request_explanation *e)
{
    json_begin(w, '{');
    json_name(w, STR("transaction"));
    json_bool(w, ddbexpr_request_explanation_is_transaction(e));
    json_name(w, STR("passes"));
    json_bool(w, ddbexpr_request_explanation_passes(e));
    json_name(w, STR("actions"));
    json_begin(w, '[');
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(e); i++)
        write_action_explanation(w, ddbexpr_request_explanation_action_at(e, i));
    json_end(w, ']');
    json_end(w, '}');
}

ddbexpr_status ddbexpr_json_write_request_explanation(const ddbexpr_request_explanation *explanation, unsigned indent,
                                                      ddbexpr_buffer *buffer)
{
    struct json_writer w = json_writer_on(buffer, indent);
    json_request_explanation(&w, explanation);
    return w.status;
}
