/* SPDX-License-Identifier: Apache-2.0 */
/* Members of a request by themselves: enums, lengths, least values, members that must be there. The service tells
 * several at once ("2 validation errors detected: …; …"), UpdateItem only the first (case nub-msg-027). */
#include "request/run.h"

struct constraint_list {
    struct run *run;
    buffer *joined; /* NULL before the first; one buffer, as a hundred actions may each quote a long text */
    uint32_t count;
    bool first_only;
};

static void add_constraint(struct constraint_list *list, enum diag_id id, str a, str b, str c)
{
    if (list->count && list->first_only)
        return;
    if (!list->joined && ddbexpr_buffer_new(arena_allocator(list->run->arena), &list->joined) != DDBEXPR_OK) {
        list->joined = NULL;
        list->run->broken = DDBEXPR_NO_MEMORY;
        return;
    }
    if (list->count++)
        buffer_text_literal(list->joined, "; ");
    diag_fill(list->joined, diag_service_template(id), DDBEXPR_CONDITION, (str[DIAG_ARGS]){a, b, c});
}

static bool is_one_of(str text, const str *allowed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(text, allowed[i]))
            return true;
    return false;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void check_enum(struct constraint_list *list, str given, const str *allowed, size_t count, str member,
                       str service_list)
{
    if (text_given(given) && !is_one_of(given, allowed, count))
        add_constraint(list, DIAG_ENUM, given, member, service_list);
}

static void check_consumed_capacity(struct constraint_list *list)
{
    static const str allowed[] = {{"INDEXES", 7}, {"TOTAL", 5}, {"NONE", 4}};
    check_enum(list, list->run->request->return_consumed_capacity, allowed, COUNT(allowed),
               STR("returnConsumedCapacity"), STR("INDEXES, TOTAL, NONE"));
}

/* The list that the service prints differs with the epoch, misspelling included (case nub-msg-026). */
static void check_return_values_enum(struct constraint_list *list)
{
    static const str allowed[] = {
        {"NONE", 4}, {"ALL_OLD", 7}, {"ALL_NEW", 7}, {"UPDATED_OLD", 11}, {"UPDATED_NEW", 11}};
    str given = list->run->request->return_values;
    if (!text_given(given) || is_one_of(given, allowed, COUNT(allowed)))
        return;
    if (list->run->layer == LAYER_ENVELOPED)
        add_constraint(list, DIAG_ENUM_CURRENT, given, STR("returnValues"),
                       STR("ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE"));
    else
        add_constraint(list, DIAG_ENUM, given, STR("returnValues"),
                       STR("ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW"));
}

static void check_collection_metrics(struct constraint_list *list)
{
    static const str allowed[] = {{"SIZE", 4}, {"NONE", 4}};
    check_enum(list, list->run->request->return_item_collection_metrics, allowed, COUNT(allowed),
               STR("returnItemCollectionMetrics"), STR("SIZE, NONE"));
}

static void check_on_failure(struct constraint_list *list, str given, str member)
{
    static const str allowed[] = {{"ALL_OLD", 7}, {"NONE", 4}};
    check_enum(list, given, allowed, COUNT(allowed), member, STR("ALL_OLD, NONE"));
}

static void check_select_enum(struct constraint_list *list)
{
    static const str allowed[] = {
        {"SPECIFIC_ATTRIBUTES", 19}, {"COUNT", 5}, {"ALL_ATTRIBUTES", 14}, {"ALL_PROJECTED_ATTRIBUTES", 24}};
    check_enum(list, list->run->request->select, allowed, COUNT(allowed), STR("select"),
               STR("SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES"));
}

/* Query writes the member with a capital and without the value since 2026, Scan as before (cases nub-msg-019, -020). */
static void check_limit(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    if (!r->limit_given || r->limit >= 1)
        return;
    if (list->run->layer == LAYER_CURRENT)
        add_constraint(list, DIAG_VALUE_MIN_CURRENT, STR(""), STR("Limit"), STR("1"));
    else
        add_constraint(
            list, DIAG_VALUE_MIN,
            r->limit < 0 ? run_fill(list->run, "-{0}", run_decimal(list->run, 0 - (uint64_t)r->limit), STR(""), STR(""))
                         : STR("0"),
            STR("limit"), STR("1"));
}

/* --- transactions --- */

static void check_action_count(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    bool current = list->run->messages == DDBEXPR_MESSAGES_CURRENT; /* case nub-tx-011 */
    str member = current ? STR("TransactItems") : STR("transactItems");
    if (!r->actions_given)
        add_constraint(list, DIAG_MEMBER_NULL, STR("transactItems"), STR(""), STR(""));
    else if (r->action_count == 0)
        add_constraint(list, current ? DIAG_LENGTH_MIN_CURRENT : DIAG_LENGTH_MIN, STR("[]"), member, STR("1"));
    else if (r->action_count > LIMIT_TRANSACT_ACTIONS)
        add_constraint(list, current ? DIAG_LENGTH_MAX_CURRENT : DIAG_LENGTH_MAX, STR("[…]"), member, STR("100"));
}

static const char *member_of_action(ddbexpr_operation operation)
{
    switch (operation) {
    case DDBEXPR_PUT_ITEM:
        return "put";
    case DDBEXPR_UPDATE_ITEM:
        return "update";
    case DDBEXPR_DELETE_ITEM:
        return "delete";
    case DDBEXPR_CONDITION_CHECK:
        return "conditionCheck";
    case DDBEXPR_GET_ITEM:
    case DDBEXPR_QUERY:
    case DDBEXPR_SCAN:
    case DDBEXPR_TRANSACT_WRITE_ITEMS:
        break;
    }
    return "";
}

/* transactItems.1.member.update.returnValuesOnConditionCheckFailure */
static str action_member(struct constraint_list *list, size_t index, const char *name)
{
    return run_fill(list->run, "transactItems.{0}.member.{1}.{2}", run_decimal(list->run, index + 1),
                    ddbexpr_cstr(member_of_action(list->run->request->actions[index].operation)), ddbexpr_cstr(name));
}

static void check_actions(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    for (size_t i = 0; i < r->action_count && i < LIMIT_TRANSACT_ACTIONS; i++) {
        const ddbexpr_request *action = &r->actions[i];
        if (action->action_malformed)
            continue;
        bool put = action->operation == DDBEXPR_PUT_ITEM;
        if (put ? !action->item : !action->key)
            add_constraint(list, DIAG_MEMBER_NULL, action_member(list, i, put ? "item" : "key"), STR(""), STR(""));
        if (action->operation == DDBEXPR_UPDATE_ITEM && !text_given(action->update_expression))
            add_constraint(list, DIAG_MEMBER_NULL, action_member(list, i, "updateExpression"), STR(""), STR(""));
        if (action->operation == DDBEXPR_CONDITION_CHECK && !text_given(action->condition_expression))
            add_constraint(list, DIAG_MEMBER_NULL, action_member(list, i, "conditionExpression"), STR(""), STR(""));
        check_on_failure(list, action->return_values_on_condition_check_failure,
                         action_member(list, i, "returnValuesOnConditionCheckFailure"));
    }
}

static void check_token(struct constraint_list *list)
{
    str token = list->run->request->client_request_token;
    if (!text_given(token))
        return;
    if (token.len < 1)
        add_constraint(list, DIAG_LENGTH_MIN, token, STR("clientRequestToken"), STR("1"));
    else if (token.len > LIMIT_TOKEN_BYTES)
        add_constraint(list, DIAG_LENGTH_MAX, token, STR("clientRequestToken"), STR("36"));
}

/* --- all --- */

static void check_required(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    if (list->run->partial)
        return;
    switch (r->operation) {
    case DDBEXPR_PUT_ITEM:
        if (!r->item)
            add_constraint(list, DIAG_MEMBER_NULL, STR("item"), STR(""), STR(""));
        break;
    case DDBEXPR_UPDATE_ITEM:
    case DDBEXPR_DELETE_ITEM:
    case DDBEXPR_GET_ITEM:
    case DDBEXPR_CONDITION_CHECK:
        if (!r->key)
            add_constraint(list, DIAG_MEMBER_NULL, STR("key"), STR(""), STR(""));
        break;
    case DDBEXPR_QUERY:
    case DDBEXPR_SCAN:
    case DDBEXPR_TRANSACT_WRITE_ITEMS:
        break;
    }
}

void check_constraints(struct run *run)
{
    const ddbexpr_request *r = run->request;
    struct constraint_list list = {.run = run, .first_only = r->operation == DDBEXPR_UPDATE_ITEM};
    check_required(&list);
    if (list.first_only)
        check_return_values_enum(&list);
    check_consumed_capacity(&list);
    if (!list.first_only)
        check_return_values_enum(&list);
    check_collection_metrics(&list);
    if (r->operation == DDBEXPR_TRANSACT_WRITE_ITEMS) {
        check_token(&list);
        check_action_count(&list);
        check_actions(&list);
    } else {
        check_on_failure(&list, r->return_values_on_condition_check_failure,
                         STR("returnValuesOnConditionCheckFailure"));
        check_select_enum(&list);
        check_limit(&list);
    }
    if (!list.joined)
        return;
    str joined = run_keep(run, list.joined);
    run_report(
        run, &(struct diag_draft){.id = DIAG_CONSTRAINTS,
                                  .source = DDBEXPR_SOURCE_REQUEST,
                                  .args = {run_decimal(run, list.count), list.count > 1 ? STR("s") : STR(""), joined}});
}
