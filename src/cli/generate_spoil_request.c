/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of a request's members: keys that do not fit the key schema, parameters that do not go together or are none,
 * legacy parameters, transactions that are none. */
#include "cli/generate_case.h"

#include "cli/generate_names.h"

static void put_text(struct generator *g, struct tree *body, const char *name, const char *text)
{
    tree_put(g, body, ddbexpr_cstr(name), tree_string(g, ddbexpr_cstr(text)));
}

/* --- keys --- */

static struct tree *value_for_key(struct generator *g, bool partition)
{
    uint32_t limit = partition ? 2048 : 1024, kind = throw_below(g, 3);
    ddbexpr_str text = kind == 0 ? STR("") : keep_repeated(g, STR("k"), limit - 1 + throw_below(g, 3));
    return throw_percent(g, 70) ? typed_text(g, DDBEXPR_S, text) : typed_binary(g, text);
}

bool spoil_key(struct generated_case *c)
{
    struct generator *g = c->g;
    struct tree *body = spoil_body(c);
    struct tree *key = tree_get(body, STR("Key"));
    if (!key)
        key = tree_get(body, STR("Item"));
    if (!key || !key->first)
        return false;
    const struct generated_table *table = spoil_table(c, body);
    bool partition = throw_percent(g, 50);
    struct tree *attribute = tree_get(key, partition ? table->key->first->name : table->key->last->name);
    uint32_t kind = throw_below(g, 5);
    if (!attribute)
        return false;
    if (kind == 0) {
        note(g, "a key attribute missing");
        tree_drop(key, attribute);
    } else if (kind == 1) {
        note(g, "an attribute that is no key");
        ddbexpr_str name = names_attribute(g);
        tree_put(g, key, name, typed_make_any(g, 0, 1));
    } else if (kind == 2) {
        note(g, "a key of another type");
        unsigned except = TYPE_BIT(typed_type(attribute));
        tree_become(attribute, typed_make_any(g, except, 1));
    } else {
        note(g, "a key that is empty or long");
        tree_become(attribute, value_for_key(g, partition));
    }
    return true;
}

/* --- parameters --- */

static bool drop_member(struct generated_case *c, struct tree *body)
{
    static const char *const members[] = {"Key", "Item", "UpdateExpression", "KeyConditionExpression",
                                          "ConditionExpression"};
    struct tree *member = tree_get(body, ddbexpr_cstr(PICK(c->g, members)));
    if (!member)
        return false;
    note(c->g, "a member missing");
    tree_drop(body, member);
    return true;
}

static bool wrong_choice(struct generated_case *c, struct tree *body)
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

static bool wrong_select(struct generated_case *c, struct tree *body)
{
    static const char *const choices[] = {"ALL_ATTRIBUTES", "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_PROJECTED_ATTRIBUTES"};
    if (c->operation != DDBEXPR_QUERY && c->operation != DDBEXPR_SCAN)
        return false;
    note(c->g, "another Select");
    put_text(c->g, body, "Select", PICK(c->g, choices));
    return true;
}

static bool wrong_limit(struct generated_case *c, struct tree *body)
{
    static const char *const limits[] = {"0", "-1", "-100", "\"1\"", "1.5", "true"};
    if (c->operation != DDBEXPR_QUERY && c->operation != DDBEXPR_SCAN)
        return false;
    note(c->g, "a Limit that is none");
    tree_put(c->g, body, STR("Limit"), tree_word(c->g, PICK(c->g, limits)));
    return true;
}

/* Alone, empty, or beside expressions. */
static bool legacy(struct generated_case *c, struct tree *body)
{
    static const char *const members[] = {"AttributeUpdates", "Expected",    "ConditionalOperator", "AttributesToGet",
                                          "ScanFilter",       "QueryFilter", "KeyConditions"};
    struct generator *g = c->g;
    const char *name = PICK(g, members);
    struct tree *content = tree_object(g);
    if (strcmp(name, "ConditionalOperator") == 0)
        content = tree_string(g, STR("AND"));
    else if (strcmp(name, "AttributesToGet") == 0)
        tree_add(g, content = tree_array(g), tree_string(g, STR("a")));
    else if (throw_percent(g, 70))
        tree_put(g, content, STR("a"), tree_object(g));
    note(g, "a legacy parameter");
    tree_put(g, body, ddbexpr_cstr(name), content);
    if (throw_percent(g, 40)) {
        static const char *const gone[] = {
            "UpdateExpression",       "ConditionExpression",      "FilterExpression",         "ProjectionExpression",
            "KeyConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"};
        for (size_t i = 0; i < COUNT(gone); i++) {
            const struct tree *member = tree_get(body, ddbexpr_cstr(gone[i]));
            if (member)
                tree_drop(body, member);
        }
    }
    return true;
}

static bool index_name(struct generated_case *c, struct tree *body)
{
    if (c->operation != DDBEXPR_QUERY && c->operation != DDBEXPR_SCAN)
        return false;
    note(c->g, "an index");
    put_text(c->g, body, "IndexName", "by-status");
    return true;
}

/* A member that is another operation's, or nobody's. */
static bool foreign_member(struct generated_case *c, struct tree *body)
{
    static const char *const members[] = {
        "Foo",          "FilterExpression", "ProjectionExpression", "UpdateExpression", "Select",
        "ReturnValues", "IndexName",        "ConditionExpression"};
    const char *name = PICK(c->g, members);
    if (tree_get(body, ddbexpr_cstr(name)))
        return false;
    note(c->g, "a member of another operation");
    put_text(c->g, body, name, "a");
    return true;
}

static bool wrong_member(struct generated_case *c, struct tree *body)
{
    static const char *const contents[] = {"5", "true", "[]", "{}", "null", "\"x\""};
    if (!body->first)
        return false;
    struct tree *member = tree_at(body, throw_below(c->g, (uint32_t)body->count));
    note(c->g, "a member of another JSON type");
    tree_become(member, tree_word(c->g, PICK(c->g, contents)));
    return true;
}

static bool wrong_table(struct generated_case *c, struct tree *body)
{
    note(c->g, "a table that is not there");
    c->named = true;
    put_text(c->g, body, "TableName", "Nowhere");
    return true;
}

bool spoil_parameter(struct generated_case *c)
{
    static bool (*const changes[])(struct generated_case * c, struct tree * body) = {
        drop_member, wrong_choice,   wrong_select, wrong_limit, legacy,
        index_name,  foreign_member, wrong_member, wrong_table};
    static const uint8_t weights[COUNT(changes)] = {16, 20, 14, 8, 16, 5, 8, 8, 5};
    struct tree *body = throw_percent(c->g, 75) ? spoil_body(c) : c->request;
    return changes[dice_weighted(&c->g->dice, weights, COUNT(weights))](c, body);
}

/* --- transactions --- */

static void many_actions(struct generated_case *c, struct tree *actions)
{
    struct generator *g = c->g;
    const struct generated_table *table = &c->tables[0];
    uint32_t count = throw_percent(g, 50) ? 99 + throw_below(g, 3) : 20;
    ddbexpr_type type = str_is(table->key->first->text, "N") ? DDBEXPR_N : DDBEXPR_S;
    note(g, "many actions");
    for (uint32_t i = (uint32_t)actions->count; i < count; i++) {
        struct tree *body = tree_object(g), *item = tree_object(g), *action = tree_object(g);
        for (const struct tree *a = table->key->first; a; a = a->next) {
            ddbexpr_str text = keep_format(g, "%u", 5000u + (unsigned)i);
            tree_put(g, item, a->name,
                     str_is(a->text, "B") ? typed_binary(g, text)
                                          : typed_text(g, str_is(a->text, "N") ? DDBEXPR_N : type, text));
        }
        tree_put(g, body, STR("Item"), item);
        if (c->named)
            tree_put(g, body, STR("TableName"), tree_string(g, table->name));
        tree_put(g, action, STR("Put"), body);
        tree_add(g, actions, action);
    }
}

static void spoil_action(struct generated_case *c, struct tree *actions)
{
    static const char *const kinds[] = {"Put", "Update", "Delete", "ConditionCheck", "Get", "put"};
    struct generator *g = c->g;
    struct tree *action = tree_at(actions, throw_below(g, (uint32_t)actions->count));
    uint32_t kind = throw_below(g, 4);
    ddbexpr_str name = ddbexpr_cstr(PICK(g, kinds));
    if (kind == 0) {
        note(g, "an action of nothing");
        action->first = action->last = NULL;
        action->count = 0;
    } else if (kind == 1) {
        note(g, "an action of several operations");
        tree_put(g, action, name, tree_object(g));
    } else if (kind == 2 && action->first) {
        note(g, "an action of another operation");
        action->first->name = name;
    } else {
        note(g, "two actions on one item");
        tree_add(g, actions, tree_copy(g, action));
    }
}

bool spoil_transaction(struct generated_case *c)
{
    static const char *const tokens[] = {"", "123456789012345678901234567890123456",
                                         "1234567890123456789012345678901234567"};
    struct generator *g = c->g;
    struct tree *actions = tree_get(c->request, STR("TransactItems"));
    if (!actions || actions->count == 0)
        return false;
    uint32_t kind = throw_below(g, 10);
    if (kind == 0) {
        note(g, "a token of another length");
        put_text(g, c->request, "ClientRequestToken", PICK(g, tokens));
    } else if (kind == 1) {
        note(g, "no actions");
        tree_become(actions, tree_array(g));
    } else if (kind == 2) {
        note(g, "no TransactItems");
        tree_drop(c->request, actions);
    } else if (kind < 5) {
        many_actions(c, actions);
    } else {
        spoil_action(c, actions);
    }
    return true;
}
