/* SPDX-License-Identifier: Apache-2.0 */
/* Members of a request by themselves: enums, lengths, least values, members that must be there. The service tells
 * several at once ("2 validation errors detected: …; …"), UpdateItem only the first (case nub-msg-027). */
#include "request/run.h"

/* One constraint that is not met: in the service's words, then in ours. */
struct constraint {
    enum diag_id id;
    str value, member, limit;
    str parameter; /* as the request has it: "ReturnValues" */
    str allowed;
};

struct constraint_list {
    struct run *run;
    buffer *joined, *messages, *hints; /* NULL before the first; one each, as a hundred actions may quote long texts */
    uint32_t count;
    bool first_only;
};

static bool begin_texts(struct constraint_list *list)
{
    buffer **texts[] = {&list->joined, &list->messages, &list->hints};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!*texts[i] && ddbexpr_buffer_new(arena_allocator(list->run->arena), texts[i]) != DDBEXPR_OK) {
            *texts[i] = NULL;
            list->run->broken = DDBEXPR_NO_MEMORY;
            return false;
        }
    return true;
}

static void add_constraint(struct constraint_list *list, struct constraint c)
{
    if ((list->count && list->first_only) || !begin_texts(list))
        return;
    const str args[DIAG_ARGS] = {c.value, c.member, c.limit, c.parameter, c.allowed};
    const struct {
        buffer *out;
        const char *template;
    } texts[] = {{list->joined, diag_service_template(c.id)},
                 {list->messages, diag_message_template(c.id)},
                 {list->hints, diag_hint_template(c.id)}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (list->count)
            buffer_text_literal(texts[i].out, "; ");
        diag_fill(texts[i].out, texts[i].template, DDBEXPR_CONDITION, args);
    }
    list->count++;
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
                       str parameter, str service_list)
{
    if (text_given(given) && !is_one_of(given, allowed, count))
        add_constraint(list, (struct constraint){DIAG_ENUM, given, member, service_list, parameter, service_list});
}

static void check_consumed_capacity(struct constraint_list *list)
{
    static const str allowed[] = {{"INDEXES", 7}, {"TOTAL", 5}, {"NONE", 4}};
    check_enum(list, list->run->request->return_consumed_capacity, allowed, COUNT(allowed),
               STR("returnConsumedCapacity"), STR("ReturnConsumedCapacity"), STR("INDEXES, TOTAL, NONE"));
}

/* The list that the service prints differs with the epoch, misspelling included (case nub-msg-026). */
static void check_return_values_enum(struct constraint_list *list)
{
    static const str allowed[] = {
        {"NONE", 4}, {"ALL_OLD", 7}, {"ALL_NEW", 7}, {"UPDATED_OLD", 11}, {"UPDATED_NEW", 11}};
    str given = list->run->request->return_values;
    if (!text_given(given) || is_one_of(given, allowed, COUNT(allowed)))
        return;
    bool update = list->run->request->operation == DDBEXPR_UPDATE_ITEM;
    struct constraint c = {.id = DIAG_ENUM,
                           .value = given,
                           .member = STR("returnValues"),
                           .limit = STR("ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW"),
                           .parameter = STR("ReturnValues"),
                           .allowed =
                               update ? STR("NONE, ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATED_NEW") : STR("NONE, ALL_OLD")};
    if (list->run->layer == LAYER_ENVELOPED) {
        c.id = DIAG_ENUM_CURRENT;
        c.limit = STR("ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE");
    }
    add_constraint(list, c);
}

static void check_collection_metrics(struct constraint_list *list)
{
    static const str allowed[] = {{"SIZE", 4}, {"NONE", 4}};
    check_enum(list, list->run->request->return_item_collection_metrics, allowed, COUNT(allowed),
               STR("returnItemCollectionMetrics"), STR("ReturnItemCollectionMetrics"), STR("SIZE, NONE"));
}

static void check_on_failure(struct constraint_list *list, str given, str member, str parameter)
{
    static const str allowed[] = {{"ALL_OLD", 7}, {"NONE", 4}};
    check_enum(list, given, allowed, COUNT(allowed), member, parameter, STR("ALL_OLD, NONE"));
}

static void check_select_enum(struct constraint_list *list)
{
    static const str allowed[] = {
        {"SPECIFIC_ATTRIBUTES", 19}, {"COUNT", 5}, {"ALL_ATTRIBUTES", 14}, {"ALL_PROJECTED_ATTRIBUTES", 24}};
    check_enum(list, list->run->request->select, allowed, COUNT(allowed), STR("select"), STR("Select"),
               STR("SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES"));
}

/* Query writes the member with a capital and without the value since 2026, Scan as before (cases nub-msg-019, -020). */
static void check_limit(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    if (!r->limit_given || r->limit >= 1)
        return;
    struct constraint c = {DIAG_VALUE_MIN_CURRENT, STR(""), STR("Limit"), STR("1"), STR("Limit"), STR("")};
    if (list->run->layer != LAYER_CURRENT) {
        c.id = DIAG_VALUE_MIN;
        c.member = STR("limit");
        c.value = r->limit < 0
                      ? run_fill(list->run, "-{0}", run_decimal(list->run, 0 - (uint64_t)r->limit), STR(""), STR(""))
                      : STR("0");
    }
    add_constraint(list, c);
}

/* --- transactions --- */

static void check_action_count(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    bool current = list->run->messages == DDBEXPR_MESSAGES_CURRENT; /* case nub-tx-011 */
    struct constraint c = {.member = current ? STR("TransactItems") : STR("transactItems"),
                           .parameter = STR("TransactItems"),
                           .allowed = ddbexpr_cstr(diag_text(TEXT_TRANSACTION_LENGTH))};
    if (!r->actions_given) {
        c.id = DIAG_MEMBER_NULL;
        c.member = STR("transactItems");
    } else if (r->action_count == 0) {
        c.id = current ? DIAG_LENGTH_MIN_CURRENT : DIAG_LENGTH_MIN;
        c.value = STR("[]");
        c.limit = STR("1");
    } else if (r->action_count > LIMIT_TRANSACT_ACTIONS) {
        c.id = current ? DIAG_LENGTH_MAX_CURRENT : DIAG_LENGTH_MAX;
        c.value = STR("[…]");
        c.limit = STR("100");
    } else {
        return;
    }
    add_constraint(list, c);
}

static const char *member_of_action(ddbexpr_operation operation)
{
    static const char *const members[] = {[DDBEXPR_PUT_ITEM] = "put",
                                          [DDBEXPR_UPDATE_ITEM] = "update",
                                          [DDBEXPR_DELETE_ITEM] = "delete",
                                          [DDBEXPR_CONDITION_CHECK] = "conditionCheck"};
    return members[operation];
}

/* transactItems.1.member.update.returnValuesOnConditionCheckFailure */
static str action_member(struct constraint_list *list, size_t index, const char *name)
{
    return run_fill(list->run, "transactItems.{0}.member.{1}.{2}", run_decimal(list->run, index + 1),
                    ddbexpr_cstr(member_of_action(list->run->request->actions[index].operation)), ddbexpr_cstr(name));
}

/* ReturnValuesOnConditionCheckFailure of action 1 */
static str action_parameter(struct constraint_list *list, size_t index, str name)
{
    return run_fill(list->run, diag_text(TEXT_PARAMETER_OF_ACTION), name, run_decimal(list->run, index + 1), STR(""));
}

static void require_in_action(struct constraint_list *list, size_t index, bool given, const char *member, str name)
{
    if (!given && !list->run->request->actions[index].incomplete)
        add_constraint(list, (struct constraint){.id = DIAG_MEMBER_NULL,
                                                 .member = action_member(list, index, member),
                                                 .parameter = action_parameter(list, index, name)});
}

static void check_actions(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    for (size_t i = 0; i < r->action_count && i < LIMIT_TRANSACT_ACTIONS; i++) {
        const ddbexpr_request *action = &r->actions[i];
        if (action->action_malformed)
            continue;
        bool put = action->operation == DDBEXPR_PUT_ITEM;
        if (put)
            require_in_action(list, i, action->item, "item", STR("Item"));
        else
            require_in_action(list, i, action->key, "key", STR("Key"));
        if (action->operation == DDBEXPR_UPDATE_ITEM)
            require_in_action(list, i, text_given(action->update_expression), "updateExpression",
                              STR("UpdateExpression"));
        if (action->operation == DDBEXPR_CONDITION_CHECK)
            require_in_action(list, i, text_given(action->condition_expression), "conditionExpression",
                              STR("ConditionExpression"));
        check_on_failure(list, action->return_values_on_condition_check_failure,
                         action_member(list, i, "returnValuesOnConditionCheckFailure"),
                         action_parameter(list, i, STR("ReturnValuesOnConditionCheckFailure")));
    }
}

static void check_token(struct constraint_list *list)
{
    str token = list->run->request->client_request_token;
    if (!text_given(token))
        return;
    struct constraint c = {.value = token,
                           .member = STR("clientRequestToken"),
                           .parameter = STR("ClientRequestToken"),
                           .allowed = ddbexpr_cstr(diag_text(TEXT_TOKEN_LENGTH))};
    if (token.len < 1) {
        c.id = DIAG_LENGTH_MIN;
        c.limit = STR("1");
    } else if (token.len > LIMIT_TOKEN_BYTES) {
        c.id = DIAG_LENGTH_MAX;
        c.limit = STR("36");
    } else {
        return;
    }
    add_constraint(list, c);
}

/* --- all --- */

static void require(struct constraint_list *list, bool given, str member, str parameter)
{
    if (!given)
        add_constraint(list, (struct constraint){.id = DIAG_MEMBER_NULL, .member = member, .parameter = parameter});
}

static void check_required(struct constraint_list *list)
{
    const ddbexpr_request *r = list->run->request;
    if (list->run->partial)
        return;
    if (r->operation == DDBEXPR_PUT_ITEM)
        require(list, r->item, STR("item"), STR("Item"));
    else if (r->operation != DDBEXPR_QUERY && r->operation != DDBEXPR_SCAN &&
             r->operation != DDBEXPR_TRANSACT_WRITE_ITEMS)
        require(list, r->key, STR("key"), STR("Key"));
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
        check_on_failure(&list, r->return_values_on_condition_check_failure, STR("returnValuesOnConditionCheckFailure"),
                         STR("ReturnValuesOnConditionCheckFailure"));
        check_select_enum(&list);
        check_limit(&list);
    }
    if (list.count == 0) {
        ddbexpr_buffer_free(list.joined);
        ddbexpr_buffer_free(list.messages);
        ddbexpr_buffer_free(list.hints);
        return;
    }
    run_report(run, &(struct diag_draft){.id = DIAG_CONSTRAINTS,
                                         .source = DDBEXPR_SOURCE_REQUEST,
                                         .args = {run_decimal(run, list.count), list.count > 1 ? STR("s") : STR(""),
                                                  run_keep(run, list.joined), run_keep(run, list.messages),
                                                  run_keep(run, list.hints)}});
}
