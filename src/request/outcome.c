/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes and tables: getters, and the few ways in which they change. */
#include "request/outcome.h"

void outcome_refuse(struct ddbexpr_outcome *outcome, struct run *run)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(run->diags);
    outcome->ok = false;
    str message = verdict ? arena_copy(outcome->arena, ddbexpr_diag_service_message(verdict)) : str_of(NULL, 0);
    if (!message.ptr) { /* faults without a diagnostic: there was no memory for it */
        run->broken = DDBEXPR_NO_MEMORY;
        return;
    }
    outcome->error_type = ddbexpr_diag_service_type(verdict);
    outcome->error_message = message;
}

void outcome_condition_failed(struct ddbexpr_outcome *outcome, const ddbexpr_request *request, const value *stored)
{
    outcome->ok = false;
    outcome->error_type = "ConditionalCheckFailedException";
    outcome->error_message = ddbexpr_cstr(diag_text(TEXT_CONDITION_FAILED));
    if (str_equal(request->return_values_on_condition_check_failure, STR("ALL_OLD")))
        outcome->error_item = stored;
}

size_t table_find(const struct table *table, const value *key)
{
    size_t i = 0;
    while (i < table->given->item_count && !item_has_key(table->given->items[i], key, &table->schema))
        i++;
    return i;
}

bool table_put(struct table *table, size_t position, const value *new_item, arena *a)
{
    struct table_after *after = table->after;
    if (position < after->count) {
        after->items[position] = new_item; /* NULL leaves a hole: see outcome_close_holes */
        return true;
    }
    if (!new_item)
        return true;
    const value **items = ARENA_ARRAY(a, const value *, after->count + 1);
    if (!items)
        return false;
    if (after->count)
        memcpy(items, after->items, after->count * sizeof *items);
    items[after->count++] = new_item;
    after->items = items;
    return true;
}

void report_missing_table(struct run *run, const ddbexpr_request *request)
{
    run_report(run, &(struct diag_draft){
                        .id = DIAG_TABLE_MISSING, .source = DDBEXPR_SOURCE_REQUEST, .args = {request->table_name}});
}

/* --- reading --- */

void ddbexpr_outcome_free(ddbexpr_outcome *outcome)
{
    if (outcome)
        ddbexpr_arena_free(outcome->arena);
}

bool ddbexpr_outcome_ok(const ddbexpr_outcome *o) { return o->ok; }
const char *ddbexpr_outcome_error_type(const ddbexpr_outcome *o) { return o->error_type ? o->error_type : ""; }
ddbexpr_str ddbexpr_outcome_error_message(const ddbexpr_outcome *o) { return o->error_message; }
const ddbexpr_value *ddbexpr_outcome_error_item(const ddbexpr_outcome *o) { return o->error_item; }
size_t ddbexpr_outcome_reason_count(const ddbexpr_outcome *o) { return o->reason_count; }

ddbexpr_reason ddbexpr_outcome_reason_at(const ddbexpr_outcome *o, size_t index)
{
    return index < o->reason_count ? o->reasons[index] : (ddbexpr_reason){"None", {NULL, 0}, NULL};
}

const ddbexpr_value *ddbexpr_outcome_attributes(const ddbexpr_outcome *o) { return o->attributes; }
const ddbexpr_value *ddbexpr_outcome_item(const ddbexpr_outcome *o) { return o->item; }
bool ddbexpr_outcome_has_counts(const ddbexpr_outcome *o) { return o->has_counts; }
bool ddbexpr_outcome_has_items(const ddbexpr_outcome *o) { return o->has_items; }
size_t ddbexpr_outcome_count(const ddbexpr_outcome *o) { return o->count; }
size_t ddbexpr_outcome_scanned_count(const ddbexpr_outcome *o) { return o->scanned_count; }

const ddbexpr_value *ddbexpr_outcome_item_at(const ddbexpr_outcome *o, size_t index)
{
    return o->has_items && index < o->count ? o->items[index] : NULL;
}

const ddbexpr_value *ddbexpr_outcome_last_evaluated_key(const ddbexpr_outcome *o) { return o->last_evaluated_key; }
size_t ddbexpr_outcome_table_count(const ddbexpr_outcome *o) { return o->table_count; }

size_t ddbexpr_outcome_table_item_count(const ddbexpr_outcome *o, size_t table)
{
    return table < o->table_count ? o->tables[table].count : 0;
}

const ddbexpr_value *ddbexpr_outcome_table_item_at(const ddbexpr_outcome *o, size_t table, size_t index)
{
    return index < ddbexpr_outcome_table_item_count(o, table) ? o->tables[table].items[index] : NULL;
}

const ddbexpr_value *ddbexpr_outcome_old_item(const ddbexpr_outcome *o) { return o->old_item; }
const ddbexpr_value *ddbexpr_outcome_new_item(const ddbexpr_outcome *o) { return o->new_item; }
