/* SPDX-License-Identifier: Apache-2.0 */
/* PutItem, UpdateItem, DeleteItem and GetItem: from what became of the item to the response. */
#include "request/outcome.h"

static const value *keep(struct run *run, value v)
{
    value *kept = ARENA_NEW(run->arena, value);
    if (!kept) {
        run->broken = DDBEXPR_NO_MEMORY;
        return NULL;
    }
    *kept = v;
    return kept;
}

/* UPDATED_OLD and UPDATED_NEW: the written paths, as written, in the old or the new item; nothing found, nothing shown
 * (aws; ruling 22). */
static const value *updated_part(struct run *run, const struct write *write, const value *item)
{
    value part;
    bool no_memory = false;
    if (!item || !write->update)
        return NULL;
    bool found = project_branch(write->update->targets, item, run->arena, &part, &no_memory);
    if (no_memory)
        run->broken = DDBEXPR_NO_MEMORY;
    return found ? keep(run, part) : NULL;
}

static const value *returned_attributes(struct run *run, const struct write *write)
{
    str wanted = run->request->return_values;
    if (str_equal(wanted, STR("ALL_OLD")))
        return write->old_item;
    if (str_equal(wanted, STR("ALL_NEW")))
        return write->new_item;
    if (str_equal(wanted, STR("UPDATED_OLD")))
        return updated_part(run, write, write->old_item);
    if (str_equal(wanted, STR("UPDATED_NEW")))
        return updated_part(run, write, write->new_item);
    return NULL;
}

void execute_write(struct run *run, struct table *table, struct ddbexpr_outcome *outcome)
{
    const value *key = run->request->item ? run->request->item : run->request->key;
    size_t position = table_find(table, key);
    const value *stored = position < table->given->item_count ? table->given->items[position] : NULL;
    struct write write;
    run_write(run, stored, &write);
    if (run->broken)
        return;
    outcome->old_item = write.old_item;
    outcome->new_item = write.refused || write.condition_failed ? write.old_item : write.new_item;
    if (write.condition_failed) {
        outcome_condition_failed(outcome, run->request, stored);
        return;
    }
    if (write.refused) {
        outcome_refuse(outcome, run);
        return;
    }
    outcome->attributes = returned_attributes(run, &write);
    if (!table_put(table, position, write.new_item, run->arena))
        run->broken = DDBEXPR_NO_MEMORY;
}

void execute_get(struct run *run, struct table *table, struct ddbexpr_outcome *outcome)
{
    size_t position = table_find(table, run->request->key);
    if (position == table->given->item_count)
        return;
    outcome->item = table->given->items[position];
    struct ddbexpr_program *projection = run_compile(run, run->projection);
    if (projection && ddbexpr_project(projection, outcome->item, run->arena, &outcome->item) != DDBEXPR_OK)
        run->broken = DDBEXPR_NO_MEMORY;
}
