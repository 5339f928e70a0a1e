/* SPDX-License-Identifier: Apache-2.0 */
/* A request of a suite as the JSON that is sent: its members with their changes, placeholders of a transaction in its
 * actions. Members that no operation has are told: the service would ignore what is misspelt. */
#include "cli/test/suite_reader.h"

#include "cli/input.h"

#include <string.h>

/* --- members --- */

/* How a member's value is written. */
enum form { AS_JSON, AS_ITEM, AS_KEY, AS_NAMES, AS_VALUES, AS_ACTIONS };

static const struct member {
    const char *name;
    enum form form;
    bool of_request, of_action;
} members[] = {
    {"TableName", AS_JSON, true, true},
    {"Item", AS_ITEM, true, true},
    {"Key", AS_KEY, true, true},
    {"ConditionExpression", AS_JSON, true, true},
    {"UpdateExpression", AS_JSON, true, true},
    {"FilterExpression", AS_JSON, true, false},
    {"ProjectionExpression", AS_JSON, true, false},
    {"KeyConditionExpression", AS_JSON, true, false},
    {"ExpressionAttributeNames", AS_NAMES, true, true},
    {"ExpressionAttributeValues", AS_VALUES, true, true},
    {"ReturnValues", AS_JSON, true, false},
    {"ReturnValuesOnConditionCheckFailure", AS_JSON, true, true},
    {"ReturnConsumedCapacity", AS_JSON, true, false},
    {"ReturnItemCollectionMetrics", AS_JSON, true, false},
    {"IndexName", AS_JSON, true, false},
    {"Limit", AS_JSON, true, false},
    {"Select", AS_JSON, true, false},
    {"ConsistentRead", AS_JSON, true, false},
    {"ScanIndexForward", AS_JSON, true, false},
    {"ExclusiveStartKey", AS_KEY, true, false},
    {"Segment", AS_JSON, true, false},
    {"TotalSegments", AS_JSON, true, false},
    {"TransactItems", AS_ACTIONS, true, false},
    {"ClientRequestToken", AS_JSON, true, false},
    {"Expected", AS_JSON, true, false},
    {"AttributeUpdates", AS_JSON, true, false},
    {"AttributesToGet", AS_JSON, true, false},
    {"ConditionalOperator", AS_JSON, true, false},
    {"KeyConditions", AS_JSON, true, false},
    {"QueryFilter", AS_JSON, true, false},
    {"ScanFilter", AS_JSON, true, false},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One body at work: a request's, or an action's. */
struct body {
    struct suite_reader *r;
    const struct suite_request *request;
    struct suite_overlay *overlay; /* NULL: no member is changed */
    bool is_action;
    bool has_comma; /* the next member needs one */
};

static bool is_of(const struct member *m, bool is_action) { return is_action ? m->of_action : m->of_request; }

static const struct member *member_named(ddbexpr_str name)
{
    for (size_t i = 0; i < COUNT(members); i++)
        if (yaml_text_is(name, members[i].name))
            return &members[i];
    return NULL;
}

static void tell_unknown(struct suite_reader *r, const struct yaml_node *name, bool is_action)
{
    struct yaml_nearest nearest = {.name = name->text};
    for (size_t i = 0; i < COUNT(members); i++)
        if (is_of(&members[i], is_action))
            yaml_nearest_try(&nearest, ddbexpr_cstr(members[i].name));
    const char *what = is_action ? "an action of a transaction" : "a request";
    if (nearest.best.ptr)
        yaml_fault(&r->yaml, name, "%s has no `%.*s`; did you mean `%.*s`?", what, (int)name->text.len, name->text.ptr,
                   (int)nearest.best.len, nearest.best.ptr);
    else
        yaml_fault(&r->yaml, name, "%s has no `%.*s`", what, (int)name->text.len, name->text.ptr);
}

/* A name as a request has it: without the `.$` that a state machine puts behind what it fills in. */
static ddbexpr_str name_of(const struct body *b, const struct yaml_node *e)
{
    ddbexpr_str name = e->key->text;
    if (b->request->is_filled_in && name.len > 2 && memcmp(name.ptr + name.len - 2, ".$", 2) == 0)
        name.len -= 2;
    return name;
}

/* --- placeholders --- */

static void put_name(struct body *b, ddbexpr_str name)
{
    suite_put(b->r, b->has_comma ? "," : "");
    b->has_comma = true;
    suite_put_string(b->r, name);
    suite_put(b->r, ":");
}

static void put_placeholder(struct suite_reader *r, enum form form, const struct yaml_node *node)
{
    if (form == AS_VALUES)
        suite_put_value(r, node);
    else
        suite_put_json(r, node);
}

/* How many entries of a map stay; where none do, how many changes are new. */
static size_t count_placeholders(const struct body *b, char sign, const struct yaml_node *map,
                                 const struct suite_overlay *overlay, bool may_add)
{
    size_t count = 0;
    for (const struct yaml_node *e = map ? map->first : NULL; e; e = e->next) {
        const struct suite_change *c = suite_overlay_find(overlay, name_of(b, e));
        count += !c || c->value;
    }
    for (size_t i = 0; may_add && count == 0 && i < overlay->count; i++) {
        const struct suite_change *c = &overlay->changes[i];
        count += c->value && c->name.len && c->name.ptr[0] == sign;
    }
    return count;
}

/* A map of placeholders with changes. One from which all are taken out is left out. `raw`: its values are as sent. */
static void put_placeholders(struct body *b, enum form form, const struct yaml_node *map, bool raw, bool may_add,
                             struct suite_overlay *overlay)
{
    struct body entries = *b;
    char sign = form == AS_VALUES ? ':' : '#';
    bool is_emptied = count_placeholders(b, sign, map, overlay, may_add) == 0 && (!map || map->count);
    if (!is_emptied) {
        put_name(b, ddbexpr_cstr(form == AS_VALUES ? "ExpressionAttributeValues" : "ExpressionAttributeNames"));
        suite_put(b->r, "{");
    }
    entries.has_comma = false;
    for (const struct yaml_node *e = map ? map->first : NULL; e; e = e->next) {
        struct suite_change *c = suite_overlay_find(overlay, name_of(b, e));
        if (c)
            c->used = true;
        if (c && !c->value)
            continue;
        put_name(&entries, c ? c->name : e->key->text);
        if (raw && !c)
            suite_put_json(b->r, e);
        else
            put_placeholder(b->r, form, c ? c->value : e);
    }
    for (size_t i = 0; may_add && i < overlay->count; i++) {
        struct suite_change *c = &overlay->changes[i];
        if (c->used || !c->value || !c->name.len || c->name.ptr[0] != sign)
            continue;
        put_name(&entries, c->name);
        put_placeholder(b->r, form, c->value);
        c->used = true;
    }
    suite_put(b->r, is_emptied ? "" : "}");
}

/* --- other members --- */

static void put_action(struct body *b, const struct yaml_node *node, bool raw, struct suite_overlay *overlay);

static void put_actions(struct body *b, const struct yaml_node *list, bool raw, struct suite_overlay *overlay)
{
    suite_put(b->r, "[");
    for (const struct yaml_node *e = list->first; e; e = e->next) {
        put_action(b, e, raw, overlay);
        suite_put(b->r, e->next ? "," : "");
    }
    suite_put(b->r, "]");
}

static bool ends_with_expression(ddbexpr_str name)
{
    static const char end[] = "Expression";
    size_t length = sizeof end - 1;
    return name.len > length && memcmp(name.ptr + name.len - length, end, length) == 0;
}

/* What does not have the shape that it should have is sent as it is: the service says so. */
static void put_member(struct body *b, const struct member *m, ddbexpr_str name, const struct yaml_node *node, bool raw,
                       struct suite_overlay *overlay)
{
    bool is_map = node->kind == YAML_KIND_MAP;
    enum form form = m ? m->form : AS_JSON;
    if ((is_map || (node->is_null && overlay->count)) && (form == AS_NAMES || form == AS_VALUES)) {
        if (!raw)
            yaml_is_map(&b->r->yaml, node, m->name);
        put_placeholders(b, form, node, raw, !b->is_action, overlay);
        return;
    }
    if (!raw && ends_with_expression(name))
        suite_check_comment(b->r, node);
    put_name(b, name);
    if (form == AS_ACTIONS && node->kind == YAML_KIND_LIST)
        put_actions(b, node, raw, overlay);
    else if (raw || !is_map || form == AS_JSON)
        suite_put_json(b->r, node);
    else if (form == AS_ITEM && suite_is_change(node))
        suite_put_change(b->r, node);
    else
        suite_put_attributes(b->r, node);
}

/* A table's name may be left out where there is one table. */
static void put_table_name(struct body *b, const struct yaml_node *map, struct suite_change *change)
{
    const struct suite_reader *r = b->r;
    bool has_name = r->table_count == 1 && r->tables[0].name.len;
    for (const struct yaml_node *e = map->first; e; e = e->next)
        if (yaml_text_is(name_of(b, e), "TableName"))
            return;
    if (change && !change->value)
        change->used = has_name;
    if (change || !has_name)
        return;
    put_name(b, ddbexpr_cstr("TableName"));
    suite_put_string(b->r, r->tables[0].name);
}

/* --- bodies --- */

/* An action is a map of one member whose value is a body. */
static void put_action(struct body *b, const struct yaml_node *node, bool raw, struct suite_overlay *overlay)
{
    static const char *const names[] = {"Put", "Update", "Delete", "ConditionCheck"};
    struct suite_reader *r = b->r;
    if (node->kind != YAML_KIND_MAP) {
        suite_put_json(r, node);
        return;
    }
    if (!raw)
        yaml_is_map(&r->yaml, node, "an action");
    suite_put(r, "{");
    for (const struct yaml_node *e = node->first; e; e = e->next) {
        struct yaml_nearest nearest = {.name = e->key->text};
        struct body action = {r, b->request, NULL, true, false};
        bool is_known = false;
        for (size_t i = 0; i < COUNT(names); i++) {
            is_known |= yaml_text_is(e->key->text, names[i]);
            yaml_nearest_try(&nearest, ddbexpr_cstr(names[i]));
        }
        if (!is_known && !raw)
            yaml_fault(&r->yaml, e->key, "an action is Put, Update, Delete or ConditionCheck, not `%.*s`",
                       (int)e->key->text.len, e->key->text.ptr);
        suite_put_string(r, e->key->text);
        suite_put(r, ":");
        if (e->kind != YAML_KIND_MAP || !is_known) {
            suite_put_json(r, e);
        } else {
            if (!raw)
                yaml_is_map(&r->yaml, e, "an action");
            suite_put(r, "{");
            put_table_name(&action, e, NULL);
            for (const struct yaml_node *m = e->first; m; m = m->next) {
                const struct member *known = member_named(name_of(&action, m));
                if (!raw && (!known || !known->of_action))
                    tell_unknown(r, m->key, true);
                put_member(&action, known, m->key->text, m, raw, overlay);
            }
            suite_put(r, "}");
        }
        suite_put(r, e->next ? "," : "");
    }
    suite_put(r, "}");
}

static bool is_operation_name(ddbexpr_str name) { return yaml_text_is(name, "op") || yaml_text_is(name, "operation"); }

/* The value of a member with its change; NULL: there is none, or it is taken out. */
static const struct yaml_node *value_of(const struct body *b, const char *name)
{
    const struct suite_change *c = suite_overlay_find(b->overlay, ddbexpr_cstr(name));
    return c ? c->value : yaml_entry(b->request->body, name);
}

/* Members that stand in the request. */
static void put_own_members(struct body *b)
{
    const struct suite_request *request = b->request;
    for (const struct yaml_node *e = request->body->first; e; e = e->next) {
        ddbexpr_str name = name_of(b, e);
        const struct member *m = member_named(name);
        struct suite_change *c = suite_overlay_find(b->overlay, name);
        if (is_operation_name(name) && !request->is_captured)
            continue;
        if (!m && !request->is_captured)
            tell_unknown(b->r, e->key, false);
        if (c)
            c->used = true;
        if (c && c->value)
            put_member(b, m, name, c->value, false, b->overlay);
        else if (!c)
            put_member(b, m, e->key->text, e, request->is_captured, b->overlay);
    }
}

/* Members that only changes have; then placeholders of maps that nobody wrote. */
static void put_new_members(struct body *b, bool is_transaction)
{
    for (size_t i = 0; i < b->overlay->count; i++) {
        struct suite_change *c = &b->overlay->changes[i];
        const struct member *m = member_named(c->name);
        if (c->used || !c->value || suite_is_placeholder(c->name))
            continue;
        c->used = true;
        if (m)
            put_member(b, m, c->name, c->value, false, b->overlay);
        else
            tell_unknown(b->r, c->place, false);
    }
    if (is_transaction)
        return;
    for (enum form form = AS_NAMES; form <= AS_VALUES; form++)
        if (!value_of(b, form == AS_VALUES ? "ExpressionAttributeValues" : "ExpressionAttributeNames"))
            put_placeholders(b, form, NULL, false, true, b->overlay);
}

bool suite_put_body(struct suite_reader *r, const struct suite_request *request, struct suite_overlay *overlay)
{
    struct body b = {r, request, overlay, false, false};
    size_t faults = r->yaml.faults;
    suite_put(r, "{");
    const struct yaml_node *actions = value_of(&b, "TransactItems");
    if (!actions)
        put_table_name(&b, request->body, suite_overlay_find(overlay, ddbexpr_cstr("TableName")));
    put_own_members(&b);
    put_new_members(&b, actions && actions->kind == YAML_KIND_LIST);
    suite_put(r, "}");
    return r->yaml.faults == faults && !r->yaml.no_memory;
}
