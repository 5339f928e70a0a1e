/* SPDX-License-Identifier: Apache-2.0 */
/* The expressions of a request: placeholder maps first, then each text in the service's order, then what no text
 * used. One names map and one values map serve all of them. */
#include "request/run.h"

#include "check/key_condition.h"

static bool has_any_expression(const ddbexpr_request *r)
{
    return text_given(r->condition_expression) || text_given(r->update_expression) ||
           text_given(r->filter_expression) || text_given(r->projection_expression) ||
           text_given(r->key_condition_expression);
}

static void report_empty_map(struct run *run, enum diag_id id, ddbexpr_source map)
{
    const ddbexpr_edit edit = edit_member(DDBEXPR_EDIT_REMOVE_MEMBER, map, STR(""), STR(""));
    run_report(run, &(struct diag_draft){.id = id,
                                         .source = map,
                                         .fix = {.safety = DDBEXPR_FIX_SAFE,
                                                 .title = TEXT_FIX_MAP,
                                                 .args = {ddbexpr_cstr(ddbexpr_source_name(map))},
                                                 .edits = &edit,
                                                 .edit_count = 1}});
}

void check_maps(struct run *run)
{
    const ddbexpr_request *r = run->request;
    const ddbexpr_bindings bindings = {.size = sizeof bindings,
                                       .names = r->names,
                                       .name_count = r->name_count,
                                       .values = r->values,
                                       .value_count = r->value_count};
    ddbexpr_status status = scope_init(&run->scope, run->arena, &bindings);
    if (status != DDBEXPR_OK) {
        run->broken = status;
        return;
    }
    const str texts[] = {r->condition_expression, r->update_expression, r->filter_expression, r->projection_expression,
                         r->key_condition_expression};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        scope_add_text(&run->scope, texts[i]);
    run->scope.unknown_values = r->unknown_values;
    run->scope.unknown_value_count = r->unknown_value_count;
    /* The classic layer does not look at the levels of a transaction's values: one that only a condition uses may have
     * any number of them, one that an update writes cancels it (aws; spec: conformance-suite 3). What has more than
     * LIMIT_VALUE_HEIGHT_KEPT is refused all the same, as no value is made of it. */
    run->scope.any_height = run->in_transaction;
    if (!has_any_expression(r))
        return;
    if (r->names_given && r->name_count == 0)
        report_empty_map(run, DIAG_EMPTY_NAMES, DDBEXPR_SOURCE_NAMES);
    run->faults += scope_check_names(&run->scope, run->diags);
    if (r->values_given && r->value_count == 0)
        report_empty_map(run, DIAG_EMPTY_VALUES, DDBEXPR_SOURCE_VALUES);
    run->faults += scope_check_values(&run->scope, run->diags);
    if (run->scope.no_memory)
        run->broken = DDBEXPR_NO_MEMORY;
}

static void check_one(struct run *run, ddbexpr_kind kind, str text, struct checked **ret)
{
    if (!text_given(text) || run->broken)
        return;
    ddbexpr_status status = check_text(kind, text, &run->scope, run->arena, run->diags, ret);
    if (status == DDBEXPR_INVALID)
        run->faults++;
    else if (status != DDBEXPR_OK)
        run->broken = status;
}

/* An empty key condition is told before the filter, any other fault of it after filter and projection (cases
 * dyl-req-049, dyl-req-050; spec: local-engine, passes). */
static void check_query_texts(struct run *run)
{
    const ddbexpr_request *r = run->request;
    bool empty_key_condition = text_given(r->key_condition_expression) && r->key_condition_expression.len == 0;
    if (empty_key_condition)
        check_one(run, DDBEXPR_KEY_CONDITION, r->key_condition_expression, &run->key_condition);
    check_one(run, DDBEXPR_FILTER, r->filter_expression, &run->filter);
    check_one(run, DDBEXPR_PROJECTION, r->projection_expression, &run->projection);
    check_select(run);
    if (!text_given(r->key_condition_expression) && !r->legacy_in_effect && !run->partial)
        run_report(run, &(struct diag_draft){.id = DIAG_NO_KEY_CONDITION, .source = DDBEXPR_SOURCE_REQUEST});
    if (!empty_key_condition)
        check_one(run, DDBEXPR_KEY_CONDITION, r->key_condition_expression, &run->key_condition);
}

void check_texts(struct run *run)
{
    const ddbexpr_request *r = run->request;
    if (run->broken)
        return;
    if (r->operation == DDBEXPR_QUERY) {
        check_query_texts(run);
    } else if (r->operation == DDBEXPR_SCAN) {
        check_one(run, DDBEXPR_FILTER, r->filter_expression, &run->filter);
        check_one(run, DDBEXPR_PROJECTION, r->projection_expression, &run->projection);
        check_select(run);
    } else if (r->operation == DDBEXPR_GET_ITEM) {
        check_one(run, DDBEXPR_PROJECTION, r->projection_expression, &run->projection);
    } else { /* An empty text is told before the other one is read. */
        if (r->operation == DDBEXPR_UPDATE_ITEM)
            check_one(run, DDBEXPR_UPDATE, r->update_expression, &run->update);
        check_one(run, DDBEXPR_CONDITION, r->condition_expression, &run->condition);
    }
}

/* What was not parsed may have used anything: then nothing is said about unused placeholders. */
void check_unused_placeholders(struct run *run)
{
    const ddbexpr_request *r = run->request;
    bool all_parsed = (!text_given(r->condition_expression) || run->condition) &&
                      (!text_given(r->update_expression) || run->update) &&
                      (!text_given(r->filter_expression) || run->filter) &&
                      (!text_given(r->projection_expression) || run->projection) &&
                      (!text_given(r->key_condition_expression) || run->key_condition);
    if (run->broken || !all_parsed || !has_any_expression(r))
        return;
    run->faults += scope_check_unused(&run->scope, run->diags);
    if (run->scope.no_memory)
        run->broken = DDBEXPR_NO_MEMORY;
}

void check_key_uses(struct run *run)
{
    if (run->broken)
        return;
    struct checked *const all[] = {run->update, run->condition, run->filter, run->projection};
    bool query = run->request->operation == DDBEXPR_QUERY;
    if (run->key_condition) {
        run->faults += check_key_condition(run->key_condition, run->schema);
        if (run->key_condition->no_memory)
            run->broken = DDBEXPR_NO_MEMORY;
    }
    if (!run->schema)
        return;
    if (query && run->filter)
        run->faults += check_filter_keys(run->filter, run->schema);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] && !(query && all[i] == run->filter))
            run->faults += check_key_paths(all[i], run->schema);
}
