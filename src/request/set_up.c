/* SPDX-License-Identifier: Apache-2.0 */
/* From what the caller gave to what the stages work on: tables with their key schemas and items, and a run. */
#include "request/outcome.h"

/* --- tables --- */

static bool set_up_schema(const ddbexpr_key_attribute *key, size_t count, arena *a, struct key_schema *ret)
{
    struct key_attribute *attributes = ARENA_ARRAY(a, struct key_attribute, count);
    for (size_t i = 0; i < count && attributes; i++)
        attributes[i] = (struct key_attribute){key[i].name, key[i].type};
    *ret = (struct key_schema){attributes, (uint32_t)count};
    return attributes != NULL;
}

static bool usable_key(const ddbexpr_key_attribute *key, size_t count)
{
    if (count < 1 || count > 2)
        return false;
    for (size_t i = 0; i < count; i++)
        if (key[i].type > DDBEXPR_B || key[i].name.len == 0)
            return false;
    return true;
}

static bool usable_item(const value *item, const struct key_schema *schema)
{
    if (item->type != DDBEXPR_M || (item->flags & VALUE_FAULTY))
        return false;
    for (uint32_t i = 0; i < schema->count; i++) {
        str name = schema->attributes[i].name;
        const value *v = value_map_get(item, name, str_hash(name));
        if (!v || v->type != schema->attributes[i].type)
            return false;
    }
    return true;
}

ddbexpr_status set_up_tables(const ddbexpr_table *given, size_t count, arena *a, struct table *tables)
{
    for (size_t t = 0; t < count; t++) {
        if (given[t].size != sizeof(ddbexpr_table) || !usable_key(given[t].key, given[t].key_count))
            return DDBEXPR_MISUSE;
        tables[t] = (struct table){.given = &given[t]};
        if (!set_up_schema(given[t].key, given[t].key_count, a, &tables[t].schema))
            return DDBEXPR_NO_MEMORY;
    }
    return DDBEXPR_OK;
}

static ddbexpr_status set_up_items(struct table *table, arena *a, struct table_after *after)
{
    const ddbexpr_table *given = table->given;
    *after = (struct table_after){ARENA_ARRAY(a, const value *, given->item_count), given->item_count};
    table->after = after;
    if (!after->items)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < given->item_count; i++) {
        if (!usable_item(given->items[i], &table->schema))
            return DDBEXPR_MISUSE;
        after->items[i] = given->items[i];
    }
    return DDBEXPR_OK;
}

ddbexpr_status set_up_full_tables(const ddbexpr_table *given, size_t count, arena *a, struct table *tables,
                                  struct table_after *after)
{
    ddbexpr_status status = set_up_tables(given, count, a, tables);
    for (size_t t = 0; t < count && status == DDBEXPR_OK; t++)
        status = set_up_items(&tables[t], a, &after[t]);
    return status;
}

/* --- runs --- */

static bool usable_action(const ddbexpr_request *action)
{
    ddbexpr_operation operation = action->operation;
    return action->action_malformed || operation == DDBEXPR_PUT_ITEM || operation == DDBEXPR_UPDATE_ITEM ||
           operation == DDBEXPR_DELETE_ITEM || operation == DDBEXPR_CONDITION_CHECK;
}

bool usable_request(const ddbexpr_request *request)
{
    if (request->size != sizeof *request || request->operation > DDBEXPR_CONDITION_CHECK)
        return false;
    if (request->operation != DDBEXPR_TRANSACT_WRITE_ITEMS)
        return true;
    for (size_t i = 0; i < request->action_count; i++)
        if (!usable_action(&request->actions[i]))
            return false;
    return true;
}

/* Which operations have the new wording, and which of them envelope it (ruling 2). */
static enum diag_layer layer_of(ddbexpr_operation operation, ddbexpr_messages messages)
{
    if (messages == DDBEXPR_MESSAGES_CLASSIC)
        return LAYER_CLASSIC;
    static const enum diag_layer layers[] = {
        [DDBEXPR_PUT_ITEM] = LAYER_ENVELOPED,
        [DDBEXPR_UPDATE_ITEM] = LAYER_ENVELOPED,
        [DDBEXPR_DELETE_ITEM] = LAYER_ENVELOPED,
        [DDBEXPR_GET_ITEM] = LAYER_CURRENT,
        [DDBEXPR_QUERY] = LAYER_CURRENT,
        [DDBEXPR_SCAN] = LAYER_CLASSIC,
        [DDBEXPR_TRANSACT_WRITE_ITEMS] = LAYER_CLASSIC,
        [DDBEXPR_CONDITION_CHECK] = LAYER_CLASSIC,
    };
    return layers[operation];
}

struct run run_begin(const ddbexpr_request *request, const ddbexpr_execute_options *options, arena *a,
                     ddbexpr_diags *diags)
{
    ddbexpr_messages messages = options ? options->messages : DDBEXPR_MESSAGES_CURRENT;
    struct run run = {.request = request,
                      .arena = a,
                      .diags = diags,
                      .messages = messages,
                      .partial = request->incomplete || (options && options->partial),
                      .layer = layer_of(request->operation, messages)};
    diags_set_layer(diags, run.layer);
    diags_set_action(diags, -1);
    return run;
}
