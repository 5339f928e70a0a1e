/* SPDX-License-Identifier: Apache-2.0 */
/* Requests and questions: from JSON to the structs of <ddbexpr/request.h>. Only shapes are checked here; what a member
 * may hold is the request layer's business. */
#include "json/request.h"

#include "json/bindings.h"
#include "json/decode.h"
#include "json/stored.h"

#include <stddef.h>
#include <string.h>

/* --- which members an operation has: the service ignores those that are not in its model of the operation --- */

/* A bit for each operation, and another for each that is an action of a transaction. */
enum operations {
    PUT = 1 << DDBEXPR_PUT_ITEM,
    UPDATE = 1 << DDBEXPR_UPDATE_ITEM,
    DELETE = 1 << DDBEXPR_DELETE_ITEM,
    GET = 1 << DDBEXPR_GET_ITEM,
    QUERY = 1 << DDBEXPR_QUERY,
    SCAN = 1 << DDBEXPR_SCAN,
    TRANSACT = 1 << DDBEXPR_TRANSACT_WRITE_ITEMS,
    CHECK = 1 << DDBEXPR_CONDITION_CHECK,
    TO_ACTION = 8, /* how far a bit is shifted for an action */
    WRITES = PUT | UPDATE | DELETE,
    MANY = QUERY | SCAN,
    ACTIONS = (WRITES | CHECK) << TO_ACTION,
    OF_ITEM = PUT | PUT << TO_ACTION,
    OF_UPDATE = UPDATE | UPDATE << TO_ACTION,
    OF_KEY = UPDATE | DELETE | GET | (UPDATE | DELETE | CHECK) << TO_ACTION
};

static unsigned bit_of(ddbexpr_operation operation, bool is_action)
{
    return is_action || operation == DDBEXPR_CONDITION_CHECK ? 1u << operation << TO_ACTION : 1u << operation;
}

/* Where a string member of the request's body goes, and whose it is. */
struct string_member {
    str name;
    size_t offset;
    unsigned operations;
};

#define MEMBER(name, field, operations)                                                                                \
    {                                                                                                                  \
        {name, sizeof(name) - 1}, offsetof(ddbexpr_request, field), (operations)                                       \
    }

static const struct string_member string_members[] = {
    MEMBER("TableName", table_name, WRITES | GET | MANY | ACTIONS),
    MEMBER("IndexName", index_name, MANY),
    MEMBER("ConditionExpression", condition_expression, WRITES | ACTIONS),
    MEMBER("UpdateExpression", update_expression, OF_UPDATE),
    MEMBER("FilterExpression", filter_expression, MANY),
    MEMBER("ProjectionExpression", projection_expression, GET | MANY),
    MEMBER("KeyConditionExpression", key_condition_expression, QUERY),
    MEMBER("ReturnValues", return_values, WRITES),
    MEMBER("ReturnValuesOnConditionCheckFailure", return_values_on_condition_check_failure, WRITES | ACTIONS),
    MEMBER("ReturnConsumedCapacity", return_consumed_capacity, WRITES | GET | MANY | TRANSACT),
    MEMBER("ReturnItemCollectionMetrics", return_item_collection_metrics, WRITES | TRANSACT),
    MEMBER("Select", select, MANY),
    MEMBER("ClientRequestToken", client_request_token, TRANSACT),
};

static const struct {
    str name;
    unsigned operations;
} legacy_members[] = {
    {{"AttributeUpdates", 16}, UPDATE},    {{"Expected", 8}, WRITES},  {{"ConditionalOperator", 19}, WRITES | MANY},
    {{"AttributesToGet", 15}, GET | MANY}, {{"ScanFilter", 10}, SCAN}, {{"QueryFilter", 11}, QUERY},
    {{"KeyConditions", 13}, QUERY}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One request's body, or an action's. */
struct body {
    const struct json_document *d;
    uint32_t node;
    unsigned operation; /* of enum operations: a single one */
};

/* A member's value, or 0 where there is none or the operation does not know it. */
static uint32_t member_of(const struct body *b, str name, unsigned operations)
{
    return b->operation & operations ? json_member(b->d, b->node, name) : 0;
}

static ddbexpr_status read_strings(const struct body *b, ddbexpr_request *r)
{
    for (size_t i = 0; i < COUNT(string_members); i++) {
        const struct string_member *member = &string_members[i];
        str *field = (str *)(void *)((char *)r + member->offset);
        ddbexpr_status status =
            b->operation & member->operations ? json_string_member(b->d, b->node, member->name, field) : DDBEXPR_OK;
        if (status != DDBEXPR_OK)
            return status;
    }
    return DDBEXPR_OK;
}

static ddbexpr_status read_item_member(const struct body *b, str name, unsigned operations, const ddbexpr_value **ret)
{
    uint32_t member = member_of(b, name, operations);
    return member ? json_decode_item(b->d, member, DDBEXPR_JSON_TYPED, ret) : DDBEXPR_OK;
}

static ddbexpr_status read_placeholders(const struct body *b, ddbexpr_request *r)
{
    ddbexpr_status status = DDBEXPR_OK;
    uint32_t names = member_of(b, STR("ExpressionAttributeNames"), WRITES | GET | MANY | ACTIONS);
    uint32_t values = member_of(b, STR("ExpressionAttributeValues"), WRITES | MANY | ACTIONS);
    r->names_given = names != 0;
    r->values_given = values != 0;
    if (names)
        status = json_decode_names(b->d, names, &r->names, &r->name_count);
    if (values && status == DDBEXPR_OK)
        status = json_decode_values(b->d, values, DDBEXPR_JSON_TYPED, &r->values, &r->value_count);
    return status;
}

/* A whole number; one with a fraction or beyond 18 digits is none. */
static bool read_integer(str text, int64_t *ret)
{
    bool negative = text.ptr[0] == '-'; /* of a JSON number: there is a digit */
    int64_t n = 0;
    if (text.len - negative > 18)
        return false;
    for (size_t i = negative; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        n = n * 10 + (text.ptr[i] - '0');
    }
    *ret = negative ? -n : n;
    return true;
}

static ddbexpr_status read_scalars(const struct body *b, ddbexpr_request *r)
{
    const struct json_document *d = b->d;
    uint32_t limit = member_of(b, STR("Limit"), MANY);
    if (limit) {
        if (d->nodes[limit].kind != JSON_KIND_NUMBER || !read_integer(d->nodes[limit].text, &r->limit))
            return json_not_scalar(d, limit, STR("Integer"));
        r->limit_given = true;
    }
    uint32_t forward = member_of(b, STR("ScanIndexForward"), QUERY);
    if (forward) {
        enum json_kind kind = d->nodes[forward].kind;
        if (kind != JSON_KIND_TRUE && kind != JSON_KIND_FALSE)
            return json_not_scalar(d, forward, STR("Boolean"));
        r->scan_backward = kind == JSON_KIND_FALSE;
    }
    return DDBEXPR_OK;
}

static ddbexpr_status read_legacy(const struct body *b, ddbexpr_request *r)
{
    str *legacy = ddbexpr_arena_alloc(b->d->arena, COUNT(legacy_members) * sizeof *legacy);
    if (!legacy)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < COUNT(legacy_members); i++) {
        uint32_t member = member_of(b, legacy_members[i].name, legacy_members[i].operations);
        if (!member)
            continue;
        legacy[r->legacy_count++] = legacy_members[i].name;
        r->legacy_in_effect |= b->d->nodes[member].kind != JSON_KIND_OBJECT || b->d->nodes[member].count > 0;
    }
    r->legacy = legacy;
    return DDBEXPR_OK;
}

/* --- transactions --- */

static const struct {
    str name;
    ddbexpr_operation operation;
} action_members[] = {{{"ConditionCheck", 14}, DDBEXPR_CONDITION_CHECK},
                      {{"Put", 3}, DDBEXPR_PUT_ITEM},
                      {{"Delete", 6}, DDBEXPR_DELETE_ITEM},
                      {{"Update", 6}, DDBEXPR_UPDATE_ITEM}};

static ddbexpr_status read_body(const struct json_document *d, uint32_t node, ddbexpr_operation operation,
                                bool is_action, ddbexpr_request *ret);

uint32_t json_find_action(const struct json_document *d, uint32_t node, ddbexpr_operation *ret_operation,
                          uint32_t *ret_count)
{
    uint32_t found = 0;
    *ret_count = 0;
    for (size_t i = 0; i < COUNT(action_members); i++) {
        uint32_t member = json_member(d, node, action_members[i].name);
        if (!member)
            continue;
        found = member;
        *ret_operation = action_members[i].operation;
        ++*ret_count;
    }
    return found;
}

static ddbexpr_status read_action(const struct json_document *d, uint32_t node, ddbexpr_request *ret)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_OBJECT);
    if (status != DDBEXPR_OK)
        return status;
    uint32_t count;
    ddbexpr_operation operation = DDBEXPR_PUT_ITEM;
    uint32_t found = json_find_action(d, node, &operation, &count);
    if (count == 1)
        return read_body(d, found, operation, true, ret);
    *ret = (ddbexpr_request){.size = sizeof *ret, .action_malformed = true, .action_ambiguous = count > 1};
    return DDBEXPR_OK;
}

static ddbexpr_status read_actions(const struct json_document *d, uint32_t node, const ddbexpr_request **ret,
                                   size_t *ret_count)
{
    ddbexpr_status status = json_expect(d, node, JSON_KIND_ARRAY);
    if (status != DDBEXPR_OK)
        return status;
    ddbexpr_request *actions = ddbexpr_arena_alloc(d->arena, (size_t)d->nodes[node].count * sizeof *actions);
    if (!actions)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (uint32_t at = node + 1; at < d->nodes[node].next; at = d->nodes[at].next) {
        status = read_action(d, at, &actions[count++]);
        if (status != DDBEXPR_OK)
            return status;
    }
    *ret = actions;
    *ret_count = count;
    return DDBEXPR_OK;
}

/* --- one body; actions are bodies, too, but have no actions: the recursion has one level --- */

static ddbexpr_status read_transaction(const struct body *b, ddbexpr_request *r)
{
    uint32_t actions = member_of(b, STR("TransactItems"), TRANSACT);
    ddbexpr_span span = b->d->nodes[b->node].span;
    r->actions_given = actions != 0;
    r->payload_bytes = span.end - span.start;
    return actions ? read_actions(b->d, actions, &r->actions, &r->action_count) : DDBEXPR_OK;
}

static ddbexpr_status read_body(const struct json_document *d, uint32_t node, ddbexpr_operation operation,
                                bool is_action, ddbexpr_request *ret)
{
    const struct body body = {d, node, bit_of(operation, is_action)};
    ddbexpr_request r = {.size = sizeof r, .operation = operation};
    ddbexpr_status status = json_expect(d, node, JSON_KIND_OBJECT);
    if (status == DDBEXPR_OK)
        status = read_strings(&body, &r);
    if (status == DDBEXPR_OK)
        status = read_item_member(&body, STR("Item"), OF_ITEM, &r.item);
    if (status == DDBEXPR_OK)
        status = read_item_member(&body, STR("Key"), OF_KEY, &r.key);
    if (status == DDBEXPR_OK)
        status = read_item_member(&body, STR("ExclusiveStartKey"), MANY, &r.exclusive_start_key);
    if (status == DDBEXPR_OK)
        status = read_placeholders(&body, &r);
    if (status == DDBEXPR_OK)
        status = read_scalars(&body, &r);
    if (status == DDBEXPR_OK)
        status = read_legacy(&body, &r);
    if (status == DDBEXPR_OK && operation == DDBEXPR_TRANSACT_WRITE_ITEMS)
        status = read_transaction(&body, &r);
    if (status == DDBEXPR_OK)
        *ret = r;
    return status;
}

ddbexpr_status json_read_request(const struct json_document *d, uint32_t node, ddbexpr_operation operation,
                                 ddbexpr_request *ret)
{
    return read_body(d, node, operation, false, ret);
}

ddbexpr_status ddbexpr_json_read_request(ddbexpr_arena *arena, ddbexpr_operation operation, ddbexpr_str text,
                                         ddbexpr_diags *diags, ddbexpr_request *ret_request)
{
    struct json_document d;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    return status == DDBEXPR_OK ? read_body(&d, 0, operation, false, ret_request) : status;
}

ddbexpr_status ddbexpr_json_read_actions(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_diags *diags,
                                         const ddbexpr_request **ret_actions, size_t *ret_count)
{
    struct json_document d;
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    return status == DDBEXPR_OK ? read_actions(&d, 0, ret_actions, ret_count) : status;
}

/* --- questions --- */

static ddbexpr_status no_request(const struct json_document *d, uint32_t node, str what)
{
    return json_fault(d, node, DDBEXPR_INPUT_NO_REQUEST, what, STR(""));
}

static bool key_type(str name, ddbexpr_type *ret)
{
    for (int type = DDBEXPR_S; type <= DDBEXPR_B; type++)
        if (str_is(name, ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type)))) {
            *ret = (ddbexpr_type)type;
            return true;
        }
    return false;
}

/* {"pk": "S", "sk": "N"}: partition key first. */
static ddbexpr_status read_key_schema(const struct json_document *d, uint32_t node, ddbexpr_table *table)
{
    const struct json_node *object = &d->nodes[node];
    if (object->kind != JSON_KIND_OBJECT || object->count < 1 || object->count > 2)
        return no_request(d, node, STR("a key schema has one or two attributes"));
    ddbexpr_key_attribute *key = ddbexpr_arena_alloc(d->arena, 2 * sizeof *key);
    if (!key)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (uint32_t at = node + 1; at < object->next; at = json_next_member(d, at)) {
        key[count].name = d->nodes[at].text;
        if (d->nodes[at + 1].kind != JSON_KIND_STRING || !key_type(d->nodes[at + 1].text, &key[count].type) ||
            d->nodes[at].text.len == 0)
            return no_request(d, at + 1, STR("a key attribute's type is \"S\", \"N\" or \"B\""));
        count++;
    }
    table->key = key;
    table->key_count = count;
    return DDBEXPR_OK;
}

static ddbexpr_status read_table_items(const struct json_document *d, uint32_t node, ddbexpr_table *table)
{
    if (d->nodes[node].kind != JSON_KIND_ARRAY)
        return no_request(d, node, STR("items are an array of items"));
    size_t most = d->nodes[node].count;
    const ddbexpr_value **items = ddbexpr_arena_alloc(d->arena, most * sizeof *items);
    ddbexpr_span *places = ddbexpr_arena_alloc(d->arena, most * sizeof *places);
    if (!items || !places)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (uint32_t at = node + 1; at < d->nodes[node].next; at = d->nodes[at].next) {
        places[count] = d->nodes[at].span;
        ddbexpr_status status = json_decode_stored(d, at, DDBEXPR_JSON_TYPED, &items[count++]);
        if (status != DDBEXPR_OK)
            return status;
    }
    table->items = items;
    table->item_count = count;
    return json_check_stored_keys(d, table, places);
}

static ddbexpr_status read_table(const struct json_document *d, uint32_t node, str name, ddbexpr_table *table)
{
    *table = (ddbexpr_table){.size = sizeof *table, .name = name};
    if (d->nodes[node].kind != JSON_KIND_OBJECT)
        return no_request(d, node, STR("a table has \"key\" and \"items\""));
    uint32_t key = json_member(d, node, STR("key")), items = json_member(d, node, STR("items"));
    if (!key)
        return no_request(d, node, STR("the member \"key\" is missing: the key schema"));
    ddbexpr_status status = read_key_schema(d, key, table);
    return status == DDBEXPR_OK && items ? read_table_items(d, items, table) : status;
}

static ddbexpr_status read_tables(const struct json_document *d, uint32_t node, ddbexpr_question *q)
{
    const struct json_node *object = &d->nodes[node];
    if (object->kind != JSON_KIND_OBJECT || object->count == 0)
        return no_request(d, node, STR("tables are an object of tables"));
    ddbexpr_table *tables = ddbexpr_arena_alloc(d->arena, object->count * sizeof *tables);
    if (!tables)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    for (uint32_t at = node + 1; at < object->next; at = json_next_member(d, at)) {
        ddbexpr_status status = read_table(d, at + 1, d->nodes[at].text, &tables[count++]);
        if (status != DDBEXPR_OK)
            return status;
    }
    q->tables = tables;
    q->table_count = count;
    q->tables_named = true;
    return DDBEXPR_OK;
}

static ddbexpr_status read_only_table(const struct json_document *d, ddbexpr_question *q)
{
    ddbexpr_table *table = ddbexpr_arena_alloc(d->arena, sizeof *table);
    if (!table)
        return DDBEXPR_NO_MEMORY;
    q->tables = table;
    q->table_count = 1;
    return read_table(d, 0, (str){NULL, 0}, table);
}

static ddbexpr_status read_question(const struct json_document *d, ddbexpr_question *q)
{
    if (d->nodes[0].kind != JSON_KIND_OBJECT)
        return no_request(d, 0, STR("a question is an object"));
    uint32_t op = json_member(d, 0, STR("op")), request = json_member(d, 0, STR("request"));
    uint32_t tables = json_member(d, 0, STR("tables"));
    ddbexpr_operation operation;
    if (!op || d->nodes[op].kind != JSON_KIND_STRING || !ddbexpr_operation_from_name(d->nodes[op].text, &operation))
        return no_request(d, op, STR("the member \"op\" must name an operation such as \"UpdateItem\""));
    if (!request)
        return no_request(d, 0, STR("the member \"request\" is missing"));
    ddbexpr_status status = tables ? read_tables(d, tables, q) : read_only_table(d, q);
    return status == DDBEXPR_OK ? read_body(d, request, operation, false, &q->request) : status;
}

ddbexpr_status ddbexpr_json_read_question(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_diags *diags,
                                          ddbexpr_question *ret_question)
{
    struct json_document d;
    ddbexpr_question question = {.size = sizeof question};
    ddbexpr_status status = json_parse(arena, text, diags, &d);
    if (status == DDBEXPR_OK)
        status = read_question(&d, &question);
    if (status == DDBEXPR_OK)
        *ret_question = question;
    return status;
}
