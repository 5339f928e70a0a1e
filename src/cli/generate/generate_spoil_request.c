/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a request's members: keys that do not fit the key schema, parameters that do not go together or are none,
 * legacy parameters, transactions that are none. */
#include "cli/generate/generate_case.h"

#include "cli/generate/generate_names.h"

static void put_text(struct generator *g, struct doc *body, const char *name, const char *text)
{
    doc_put(g, body, ddbexpr_cstr(name), doc_string(g, ddbexpr_cstr(text)));
}

/* --- keys --- */

static struct doc *value_for_key(struct generator *g, bool partition)
{
    uint32_t limit = partition ? 2048 : 1024, kind = throw_below(g, 3);
    ddbexpr_str text = kind == 0 ? STR("") : keep_repeated(g, STR("k"), limit - 1 + throw_below(g, 3));
    return throw_percent(g, 70) ? typed_text(g, DDBEXPR_S, text) : typed_binary(g, text);
}

bool spoil_key(struct generated_case *c)
{
    struct generator *g = c->g;
    struct doc *body = spoil_body(c);
    struct doc *key = doc_get(body, STR("Key"));
    if (!key)
        key = doc_get(body, STR("Item"));
    if (!key || !key->first)
        return false;
    const struct generated_table *table = spoil_table(c, body);
    bool partition = throw_percent(g, 50);
    struct doc *attribute = doc_get(key, partition ? table->key->first->name : table->key->last->name);
    uint32_t kind = throw_below(g, 5);
    if (!attribute)
        return false;
    if (kind == 0) {
        note(g, "a key attribute missing");
        doc_drop(key, attribute);
    } else if (kind == 1) {
        note(g, "an attribute that is no key");
        ddbexpr_str name = names_attribute(g);
        doc_put(g, key, name, typed_make_any(g, 0, 1));
    } else if (kind == 2) {
        note(g, "a key of another type");
        unsigned except = TYPE_BIT(typed_type(attribute));
        doc_become(attribute, typed_make_any(g, except, 1));
    } else {
        note(g, "a key that is empty or long");
        doc_become(attribute, value_for_key(g, partition));
    }
    return true;
}

/* --- parameters --- */

static bool drop_member(struct generated_case *c, struct doc *body)
{
    static const char *const members[] = {"Key", "Item", "UpdateExpression", "KeyConditionExpression",
                                          "ConditionExpression"};
    struct doc *member = doc_get(body, ddbexpr_cstr(PICK(c->g, members)));
    if (!member)
        return false;
    note(c->g, "a member missing");
    doc_drop(body, member);
    return true;
}

static bool wrong_choice(struct generated_case *c, struct doc *body)
{
    static const char *const members[] = {"ReturnValues",
                                          "ReturnValues",
                                          "ReturnValuesOnConditionCheckFailure",
                                          "ReturnConsumedCapacity",
                                          "ReturnItemCollectionMetrics",
                                          "Select"};
    static const char *const choices[] = {"ALL_NEW", "UPDATED_OLD", "UPDATED_NEW", "all_old",
                                          "",        "MAYBE",       "ALL",         "TOTALS"};
    const char *member = PICK(c->g, members);
    const char *choice = PICK(c->g, choices);
    note(c->g, "a value that a parameter does not have");
    put_text(c->g, body, member, choice);
    return true;
}

static bool wrong_select(struct generated_case *c, struct doc *body)
{
    static const char *const choices[] = {"ALL_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_PROJECTED_ATTRIBUTES"};
    if (c->operation != DDBEXPR_QUERY && c->operation != DDBEXPR_SCAN)
        return false;
    note(c->g, "another Select");
    put_text(c->g, body, "Select", PICK(c->g, choices));
    return true;
}

static bool wrong_limit(struct generated_case *c, struct doc *body)
{
    static const char *const limits[] = {"0", "-1", "-100", "\"1\"", "1.5", "true"};
    if (c->operation != DDBEXPR_QUERY && c->operation != DDBEXPR_SCAN)
        return false;
    note(c->g, "a Limit that is none");
    doc_put(c->g, body, STR("Limit"), doc_word(c->g, PICK(c->g, limits)));
    return true;
}

/* Alone, empty, or beside expressions. */
static bool legacy(struct generated_case *c, struct doc *body)
{
    static const char *const members[] = {"AttributeUpdates", "Expected",    "ConditionalOperator", "AttributesToGet",
                                          "ScanFilter",       "QueryFilter", "KeyConditions"};
    struct generator *g = c->g;
    const char *name = PICK(g, members);
    struct doc *content = doc_object(g);
    if (strcmp(name, "ConditionalOperator") == 0)
        content = doc_string(g, STR("AND"));
    else if (strcmp(name, "AttributesToGet") == 0)
        doc_add(g, content = doc_array(g), doc_string(g, STR("a")));
    else if (throw_percent(g, 70))
        doc_put(g, content, STR("a"), doc_object(g));
    note(g, "a legacy parameter");
    doc_put(g, body, ddbexpr_cstr(name), content);
    if (throw_percent(g, 40)) {
        static const char *const gone[] = {
            "UpdateExpression",       "ConditionExpression",      "FilterExpression",         "ProjectionExpression",
            "KeyConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"};
        for (size_t i = 0; i < COUNT(gone); i++) {
            const struct doc *member = doc_get(body, ddbexpr_cstr(gone[i]));
            if (member)
                doc_drop(body, member);
        }
    }
    return true;
}

static bool index_name(struct generated_case *c, struct doc *body)
{
    if (c->operation != DDBEXPR_QUERY && c->operation != DDBEXPR_SCAN)
        return false;
    note(c->g, "an index");
    put_text(c->g, body, "IndexName", "by-status");
    return true;
}

/* A member that is another operation's, or nobody's. */
static bool foreign_member(struct generated_case *c, struct doc *body)
{
    static const char *const members[] = {
        "Foo",          "FilterExpression", "ProjectionExpression", "UpdateExpression", "Select",
        "ReturnValues", "IndexName",        "ConditionExpression"};
    const char *name = PICK(c->g, members);
    if (doc_get(body, ddbexpr_cstr(name)))
        return false;
    note(c->g, "a member of another operation");
    put_text(c->g, body, name, "a");
    return true;
}

static bool wrong_member(struct generated_case *c, struct doc *body)
{
    static const char *const contents[] = {"5", "true", "[]", "{}", "null", "\"x\""};
    if (!body->first)
        return false;
    struct doc *member = doc_at(body, throw_below(c->g, (uint32_t)body->count));
    note(c->g, "a member of another JSON type");
    doc_become(member, doc_word(c->g, PICK(c->g, contents)));
    return true;
}

static bool wrong_table(struct generated_case *c, struct doc *body)
{
    note(c->g, "a table that is not there");
    c->named = true;
    put_text(c->g, body, "TableName", "Nowhere");
    return true;
}

bool spoil_parameter(struct generated_case *c)
{
    static bool (*const changes[])(struct generated_case * c,
                                   struct doc * body) = {drop_member, wrong_choice,   wrong_select, wrong_limit, legacy,
                                                         index_name,  foreign_member, wrong_member, wrong_table};
    static const uint8_t weights[COUNT(changes)] = {16, 20, 14, 8, 16, 5, 8, 8, 5};
    struct doc *body = throw_percent(c->g, 75) ? spoil_body(c) : c->request;
    return changes[dice_weighted(&c->g->dice, weights, COUNT(weights))](c, body);
}

/* --- transactions --- */

static void many_actions(struct generated_case *c, struct doc *actions)
{
    struct generator *g = c->g;
    const struct generated_table *table = &c->tables[0];
    uint32_t count = throw_percent(g, 50) ? 99 + throw_below(g, 3) : 20;
    ddbexpr_type type = str_is(table->key->first->text, "N") ? DDBEXPR_N : DDBEXPR_S;
    note(g, "many actions");
    for (uint32_t i = (uint32_t)actions->count; i < count; i++) {
        struct doc *body = doc_object(g), *item = doc_object(g), *action = doc_object(g);
        for (const struct doc *a = table->key->first; a; a = a->next) {
            ddbexpr_str text = keep_format(g, "%u", 5000u + (unsigned)i);
            doc_put(g, item, a->name,
                    str_is(a->text, "B") ? typed_binary(g, text)
                                         : typed_text(g, str_is(a->text, "N") ? DDBEXPR_N : type, text));
        }
        doc_put(g, body, STR("Item"), item);
        if (c->named)
            doc_put(g, body, STR("TableName"), doc_string(g, table->name));
        doc_put(g, action, STR("Put"), body);
        doc_add(g, actions, action);
    }
}

static void spoil_action(struct generated_case *c, struct doc *actions)
{
    static const char *const kinds[] = {"Put", "Update", "Delete", "ConditionCheck", "Get", "put"};
    struct generator *g = c->g;
    struct doc *action = doc_at(actions, throw_below(g, (uint32_t)actions->count));
    uint32_t kind = throw_below(g, 4);
    ddbexpr_str name = ddbexpr_cstr(PICK(g, kinds));
    if (kind == 0) {
        note(g, "an action of nothing");
        action->first = action->last = NULL;
        action->count = 0;
    } else if (kind == 1) {
        note(g, "an action of several operations");
        doc_put(g, action, name, doc_object(g));
    } else if (kind == 2 && action->first) {
        note(g, "an action of another operation");
        action->first->name = name;
    } else {
        note(g, "two actions on one item");
        doc_add(g, actions, doc_copy(g, action));
    }
}

bool spoil_transaction(struct generated_case *c)
{
    static const char *const tokens[] = {"", "123456789012345678901234567890123456",
                                         "1234567890123456789012345678901234567"};
    struct generator *g = c->g;
    struct doc *actions = doc_get(c->request, STR("TransactItems"));
    if (!actions || actions->count == 0)
        return false;
    uint32_t kind = throw_below(g, 10);
    if (kind == 0) {
        note(g, "a token of another length");
        put_text(g, c->request, "ClientRequestToken", PICK(g, tokens));
    } else if (kind == 1) {
        note(g, "no actions");
        doc_become(actions, doc_array(g));
    } else if (kind == 2) {
        note(g, "no TransactItems");
        doc_drop(c->request, actions);
    } else if (kind < 5) {
        many_actions(c, actions);
    } else {
        spoil_action(c, actions);
    }
    return true;
}
