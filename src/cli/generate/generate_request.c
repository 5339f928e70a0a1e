/* SPDX-License-Identifier: Apache-2.0 */
/* Well-typed requests: bodies as they are sent on the wire. Where an answer would depend on the order in which a table
 * hands out its items, which only Query has, the request does not ask. */
#include "cli/generate/generate_case.h"

/* --- members --- */

static void put_text(struct generated_case *c, struct doc *body, const char *name, ddbexpr_str text)
{
    doc_put(c->g, body, ddbexpr_cstr(name), doc_string(c->g, text));
}

/* One of a list that ends with NULL, sometimes. */
static void put_choice(struct generated_case *c, struct doc *body, const char *name, const char *const *choices,
                       uint32_t percent)
{
    uint32_t count = 0;
    if (!throw_percent(c->g, percent))
        return;
    while (choices[count])
        count++;
    put_text(c, body, name, ddbexpr_cstr(choices[throw_below(c->g, count)]));
}

static void put_bool(struct generated_case *c, struct doc *body, const char *name, uint32_t percent)
{
    if (throw_percent(c->g, percent))
        doc_put(c->g, body, ddbexpr_cstr(name), doc_word(c->g, throw_percent(c->g, 50) ? "true" : "false"));
}

static const char *const all_old[] = {"ALL_OLD", "NONE", NULL};
static const char *const every_return[] = {"ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW", "NONE", NULL};
static const char *const capacities[] = {"TOTAL", "INDEXES", "NONE", NULL};
static const char *const metrics[] = {"SIZE", "NONE", NULL};

/* --- expressions --- */

static struct draft begin_draft(struct generated_case *c, const struct generated_table *table, const struct doc *item)
{
    places_collect(&c->places, item, table->key);
    return (struct draft){c->g, doc_object(c->g), doc_object(c->g), &c->places, true};
}

static void put_placeholders(struct generated_case *c, const struct draft *d, struct doc *body)
{
    if (d->names->count)
        doc_put(c->g, body, STR("ExpressionAttributeNames"), d->names);
    if (d->values->count)
        doc_put(c->g, body, STR("ExpressionAttributeValues"), d->values);
}

static void put_condition(struct generated_case *c, struct draft *d, struct doc *body, const char *name, bool aim)
{
    text_begin(c->g);
    write_condition(d, aim);
    put_text(c, body, name, text_end(c->g));
}

static void put_update(struct generated_case *c, struct draft *d, struct doc *body)
{
    text_begin(c->g);
    write_update(d);
    put_text(c, body, "UpdateExpression", text_end(c->g));
}

static void put_projection(struct generated_case *c, struct draft *d, struct doc *body)
{
    text_begin(c->g);
    write_projection(d);
    put_text(c, body, "ProjectionExpression", text_end(c->g));
}

/* --- one item --- */

void case_write_action(struct generated_case *c, struct doc *body, ddbexpr_operation operation,
                       const struct generated_table *table, const struct doc *item, struct doc *key, bool aim)
{
    struct generator *g = c->g;
    struct draft draft = begin_draft(c, table, item);
    bool action = c->operation == DDBEXPR_TRANSACT_WRITE_ITEMS;
    if (c->named)
        put_text(c, body, "TableName", table->name);
    if (operation == DDBEXPR_PUT_ITEM)
        doc_put(g, body, STR("Item"), table_item_like(g, key, item));
    else
        doc_put(g, body, STR("Key"), key);
    if (operation == DDBEXPR_UPDATE_ITEM && (action || throw_percent(g, 96)))
        put_update(c, &draft, body);
    bool needed = operation == DDBEXPR_CONDITION_CHECK || (action && !aim);
    if (needed || throw_percent(g, 65))
        put_condition(c, &draft, body, "ConditionExpression", aim);
    put_placeholders(c, &draft, body);
    put_choice(c, body, "ReturnValuesOnConditionCheckFailure", all_old, 40);
}

/* An item of the table three times out of four, else a key that no item has. */
static const struct doc *choose(struct generated_case *c, struct doc **ret_key)
{
    const struct doc *item = throw_percent(c->g, 78) ? table_pick(c->g, &c->tables[0]) : NULL;
    *ret_key = item ? table_key_of(c->g, &c->tables[0], item) : table_new_key(c->g, &c->tables[0]);
    return item;
}

static void make_write(struct generated_case *c)
{
    struct doc *key;
    const struct doc *item = choose(c, &key);
    bool aim = throw_percent(c->g, 50);
    case_write_action(c, c->request, c->operation, &c->tables[0], item, key, aim);
    put_choice(c, c->request, "ReturnValues", c->operation == DDBEXPR_UPDATE_ITEM ? every_return : all_old, 50);
    put_choice(c, c->request, "ReturnConsumedCapacity", capacities, 8);
    put_choice(c, c->request, "ReturnItemCollectionMetrics", metrics, 5);
}

static void make_get(struct generated_case *c)
{
    struct doc *key;
    const struct doc *item = choose(c, &key);
    struct draft draft = begin_draft(c, &c->tables[0], item);
    doc_put(c->g, c->request, STR("Key"), key);
    if (throw_percent(c->g, 75))
        put_projection(c, &draft, c->request);
    put_placeholders(c, &draft, c->request);
    put_bool(c, c->request, "ConsistentRead", 20);
    put_choice(c, c->request, "ReturnConsumedCapacity", capacities, 8);
}

/* --- many items --- */

static void put_selection(struct generated_case *c, struct draft *d)
{
    static const char *const without[] = {"ALL_ATTRIBUTES", "COUNT", NULL};
    static const char *const with[] = {"SPECIFIC_ATTRIBUTES", NULL};
    bool projection = throw_percent(c->g, 45);
    if (projection) {
        d->keys = true;
        put_projection(c, d, c->request);
    }
    put_choice(c, c->request, "Select", projection ? with : without, 25);
    put_bool(c, c->request, "ConsistentRead", 10);
    put_choice(c, c->request, "ReturnConsumedCapacity", capacities, 5);
}

static void put_limit(struct generated_case *c, uint32_t low, uint32_t high)
{
    uint32_t limit = low + throw_below(c->g, high - low + 1);
    ddbexpr_str text = keep_format(c->g, "%u", (unsigned)limit);
    struct doc *word = doc_word(c->g, "");
    word->text = text;
    doc_put(c->g, c->request, STR("Limit"), word);
}

static void make_query(struct generated_case *c)
{
    struct generator *g = c->g;
    const struct generated_table *table = &c->tables[0];
    struct doc *key;
    const struct doc *item = choose(c, &key);
    struct draft draft = begin_draft(c, table, item);
    bool with_start = throw_percent(g, 12); /* it must lie within what is asked for */
    text_begin(g);
    write_key_condition(&draft, table->key, item ? item : key, with_start);
    put_text(c, c->request, "KeyConditionExpression", text_end(g));
    draft.keys = false;
    if (throw_percent(g, 55))
        put_condition(c, &draft, c->request, "FilterExpression", throw_percent(g, 50));
    put_selection(c, &draft);
    put_placeholders(c, &draft, c->request);
    put_bool(c, c->request, "ScanIndexForward", 40);
    if (throw_percent(g, 25))
        put_limit(c, 1, 4);
    if (with_start)
        doc_put(g, c->request, STR("ExclusiveStartKey"), doc_copy(g, key));
}

static void make_scan(struct generated_case *c)
{
    struct generator *g = c->g;
    const struct generated_table *table = &c->tables[0];
    const struct doc *item = table_pick(g, table);
    struct draft draft = begin_draft(c, table, item);
    if (throw_percent(g, 75))
        put_condition(c, &draft, c->request, "FilterExpression", throw_percent(g, 50));
    put_selection(c, &draft);
    put_placeholders(c, &draft, c->request);
    if (throw_percent(g, 15))
        put_limit(c, (uint32_t)table->items->count + 1, (uint32_t)table->items->count + 5);
    if (item && table->items->count == 1 && throw_percent(g, 10))
        doc_put(g, c->request, STR("ExclusiveStartKey"), table_key_of(g, table, item));
}

/* --- all --- */

void case_make(struct generator *g, ddbexpr_operation operation, struct generated_case *ret)
{
    struct generated_case *c = ret;
    c->g = g;
    c->operation = operation;
    c->request = doc_object(g);
    c->table_count = 1;
    c->named = false;
    table_make(g, &c->tables[0]);
    switch (operation) {
    case DDBEXPR_GET_ITEM:
        make_get(c);
        break;
    case DDBEXPR_QUERY:
        make_query(c);
        break;
    case DDBEXPR_SCAN:
        make_scan(c);
        break;
    case DDBEXPR_TRANSACT_WRITE_ITEMS:
        case_write_transaction(c);
        break;
    case DDBEXPR_PUT_ITEM:
    case DDBEXPR_UPDATE_ITEM:
    case DDBEXPR_DELETE_ITEM:
    case DDBEXPR_CONDITION_CHECK:
        make_write(c);
        break;
    }
}
