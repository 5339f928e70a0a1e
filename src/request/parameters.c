/* SPDX-License-Identifier: Apache-2.0 */
/* Which parameters go together: legacy ones and expressions, placeholder maps and expressions, ReturnValues and Select
 * with the operation. */
#include "request/run.h"

/* Appends ", name" to a list. */
static str join(struct run *run, str list, str name)
{
    return list.len ? run_fill(run, "{0}, {1}", list, name, STR("")) : name;
}

static bool has_legacy(const ddbexpr_request *r, str name)
{
    for (size_t i = 0; i < r->legacy_count; i++)
        if (str_equal(r->legacy[i], name))
            return true;
    return false;
}

/* In the service's order (cases dyl-req-005, dyl-req-006). */
static str list_legacy(struct run *run)
{
    static const str order[] = {{"AttributeUpdates", 16}, {"AttributesToGet", 15}, {"QueryFilter", 11},
                                {"ScanFilter", 10},       {"Expected", 8},         {"ConditionalOperator", 19},
                                {"KeyConditions", 13}};
    str list = STR("");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (has_legacy(run->request, order[i]))
            list = join(run, list, order[i]);
    return list;
}

static str list_expressions(struct run *run)
{
    const ddbexpr_request *r = run->request;
    const struct {
        str text;
        ddbexpr_kind kind;
    } order[] = {{r->projection_expression, DDBEXPR_PROJECTION},
                 {r->filter_expression, DDBEXPR_FILTER},
                 {r->key_condition_expression, DDBEXPR_KEY_CONDITION},
                 {r->update_expression, DDBEXPR_UPDATE},
                 {r->condition_expression, DDBEXPR_CONDITION}};
    str list = STR("");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (text_given(order[i].text))
            list = join(run, list, ddbexpr_cstr(ddbexpr_kind_name(order[i].kind)));
    return list;
}

/* Values belong to conditions and updates: a projection alone has no use for them. */
static bool has_expression_with_values(const ddbexpr_request *r)
{
    return text_given(r->filter_expression) || text_given(r->key_condition_expression) ||
           text_given(r->update_expression) || text_given(r->condition_expression);
}

static void report_values_without_expression(struct run *run)
{
    ddbexpr_operation operation = run->request->operation;
    bool read = operation == DDBEXPR_SCAN || operation == DDBEXPR_QUERY;
    enum text_id tail = operation == DDBEXPR_UPDATE_ITEM ? TEXT_UPDATE_AND_CONDITION_ARE_NULL
                        : operation == DDBEXPR_SCAN      ? TEXT_FILTER_IS_NULL
                        : operation == DDBEXPR_QUERY     ? TEXT_FILTER_AND_KEY_CONDITION_ARE_NULL
                                                         : TEXT_CONDITION_IS_NULL;
    run_report(run,
               &(struct diag_draft){.id = read ? DIAG_VALUES_WITHOUT_EXPRESSION_READ : DIAG_VALUES_WITHOUT_EXPRESSION,
                                    .source = DDBEXPR_SOURCE_VALUES,
                                    .args = {ddbexpr_cstr(diag_text(tail))}});
}

void check_parameters(struct run *run)
{
    const ddbexpr_request *r = run->request;
    str legacy = list_legacy(run), expressions = list_expressions(run);
    if (legacy.len && expressions.len)
        run_report(run, &(struct diag_draft){.id = DIAG_MIXED_PARAMETERS,
                                             .source = DDBEXPR_SOURCE_REQUEST,
                                             .args = {legacy, expressions}});
    if (r->names_given && !expressions.len)
        run_report(run, &(struct diag_draft){.id = DIAG_NAMES_WITHOUT_EXPRESSION, .source = DDBEXPR_SOURCE_NAMES});
    if (r->values_given && !has_expression_with_values(r) && r->operation != DDBEXPR_GET_ITEM)
        report_values_without_expression(run);
}

/* UpdateItem's forms are no matter of PutItem and DeleteItem (case nub-env-017). An unknown one was told before. */
void check_return_values(struct run *run)
{
    const ddbexpr_request *r = run->request;
    if ((r->operation != DDBEXPR_PUT_ITEM && r->operation != DDBEXPR_DELETE_ITEM) || run->in_transaction)
        return;
    if (str_equal(r->return_values, STR("ALL_NEW")) || str_equal(r->return_values, STR("UPDATED_OLD")) ||
        str_equal(r->return_values, STR("UPDATED_NEW")))
        run_report(run, &(struct diag_draft){.id = DIAG_RETURN_VALUES_PUT_DELETE,
                                             .source = DDBEXPR_SOURCE_REQUEST,
                                             .args = {r->return_values}});
}

/* The rule about the projection wins where two apply (spec: conformance-suite 4, #64). */
void check_select(struct run *run)
{
    const ddbexpr_request *r = run->request;
    struct diag_draft draft = {.source = DDBEXPR_SOURCE_REQUEST};
    bool projection = text_given(r->projection_expression);
    if (str_equal(r->select, STR("SPECIFIC_ATTRIBUTES")) && !projection && !has_legacy(r, STR("AttributesToGet")))
        draft.id = DIAG_SELECT_SPECIFIC;
    else if (projection &&
             (str_equal(r->select, STR("ALL_ATTRIBUTES")) || str_equal(r->select, STR("ALL_PROJECTED_ATTRIBUTES")) ||
              str_equal(r->select, STR("COUNT"))))
        draft.id = DIAG_SELECT_PROJECTION;
    else if (str_equal(r->select, STR("ALL_PROJECTED_ATTRIBUTES")) && !text_given(r->index_name))
        draft.id = DIAG_SELECT_INDEX;
    else
        return;
    draft.args[0] = str_equal(r->select, STR("COUNT")) ? ddbexpr_cstr(diag_text(TEXT_ONLY_THE_COUNT)) : r->select;
    run_report(run, &draft);
}

/* Legacy parameters, and indexes where there are items to find by them, are outside of what this library does: it says
 * so rather than answer something else. */
void check_unsupported(struct run *run)
{
    const ddbexpr_request *r = run->request;
    str legacy = list_legacy(run);
    if (legacy.len && r->legacy_in_effect && !list_expressions(run).len)
        run_report(run, &(struct diag_draft){
                            .id = DIAG_LEGACY_UNSUPPORTED, .source = DDBEXPR_SOURCE_REQUEST, .args = {legacy}});
    if (text_given(r->index_name) && !run->alone)
        run_report(run, &(struct diag_draft){.id = DIAG_INDEX_UNSUPPORTED, .source = DDBEXPR_SOURCE_REQUEST});
}
