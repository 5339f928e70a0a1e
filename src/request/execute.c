/* SPDX-License-Identifier: Apache-2.0 */
/* The way in: sets a request up, has it checked and run, and hands the outcome out. */
#include "request/transaction.h"

#include "check/key_condition.h"

const char *ddbexpr_operation_name(ddbexpr_operation operation)
{
    static const char *const names[] = {
        [DDBEXPR_PUT_ITEM] = "PutItem",
        [DDBEXPR_UPDATE_ITEM] = "UpdateItem",
        [DDBEXPR_DELETE_ITEM] = "DeleteItem",
        [DDBEXPR_GET_ITEM] = "GetItem",
        [DDBEXPR_QUERY] = "Query",
        [DDBEXPR_SCAN] = "Scan",
        [DDBEXPR_TRANSACT_WRITE_ITEMS] = "TransactWriteItems",
        [DDBEXPR_CONDITION_CHECK] = "ConditionCheck",
    };
    return names[operation];
}

bool ddbexpr_operation_from_name(ddbexpr_str name, ddbexpr_operation *ret_operation)
{
    for (int i = DDBEXPR_PUT_ITEM; i <= DDBEXPR_TRANSACT_WRITE_ITEMS; i++)
        if (str_equal(name, ddbexpr_cstr(ddbexpr_operation_name((ddbexpr_operation)i)))) {
            *ret_operation = (ddbexpr_operation)i;
            return true;
        }
    return false;
}

/* Items that were deleted leave holes while the request runs. */
static void close_holes(struct ddbexpr_outcome *outcome)
{
    for (size_t t = 0; t < outcome->table_count; t++) {
        struct table_after *after = &outcome->tables[t];
        size_t count = 0;
        for (size_t i = 0; i < after->count; i++)
            if (after->items[i])
                after->items[count++] = after->items[i];
        after->count = count;
    }
}

/* The key schema that a request is about. An index has one of its own, which is not known. */
static const struct key_schema *known_schema(const struct run *run, const struct table *table)
{
    return table && !text_given(run->request->index_name) ? &table->schema : NULL;
}

static void execute_one(struct run *run, struct table *tables, size_t table_count, struct ddbexpr_outcome *outcome)
{
    struct table *table = table_named(tables, table_count, run->request->table_name);
    run->schema = known_schema(run, table);
    check_request(run);
    if (!table)
        report_missing_table(run, run->request);
    if (run->broken)
        return;
    if (run->faults) {
        outcome_refuse(outcome, run);
        return;
    }
    ddbexpr_operation operation = run->request->operation;
    if (operation == DDBEXPR_GET_ITEM)
        execute_get(run, table, outcome);
    else if (operation == DDBEXPR_QUERY || operation == DDBEXPR_SCAN)
        execute_query(run, table, outcome);
    else
        execute_write(run, table, outcome);
}

static ddbexpr_status execute_in(arena *a, const ddbexpr_request *request, const ddbexpr_table *given, size_t count,
                                 const ddbexpr_execute_options *options, ddbexpr_diags *diags,
                                 struct ddbexpr_outcome **ret)
{
    struct ddbexpr_outcome *outcome = ARENA_NEW(a, struct ddbexpr_outcome);
    struct table *tables = ARENA_ARRAY(a, struct table, count);
    struct table_after *after = ARENA_ARRAY(a, struct table_after, count);
    if (!outcome || !tables || !after)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = set_up_full_tables(given, count, a, tables, after);
    if (status != DDBEXPR_OK)
        return status;
    *outcome = (struct ddbexpr_outcome){.arena = a, .ok = true, .tables = after, .table_count = count};
    struct run run = run_begin(request, options, a, diags);
    if (request->operation == DDBEXPR_TRANSACT_WRITE_ITEMS)
        execute_transaction(&run, tables, count, outcome);
    else
        execute_one(&run, tables, count, outcome);
    diags_set_layer(diags, LAYER_CLASSIC);
    diags_set_action(diags, -1);
    if (run.broken)
        return run.broken;
    close_holes(outcome);
    *ret = outcome;
    return DDBEXPR_OK;
}

/* The outcome is read off the diagnostics: without a collector of the caller's there is one of our own. */
ddbexpr_status ddbexpr_execute(const ddbexpr_request *request, const ddbexpr_table *tables, size_t table_count,
                               const ddbexpr_execute_options *options, const ddbexpr_alloc *alloc, ddbexpr_diags *diags,
                               ddbexpr_outcome **ret_outcome)
{
    if (!usable_request(request) || request->operation == DDBEXPR_CONDITION_CHECK || table_count == 0)
        return DDBEXPR_MISUSE;
    ddbexpr_diags *own = NULL;
    arena *a;
    if ((!diags || ddbexpr_diags_count(diags) > 0) && ddbexpr_diags_new(alloc, &own) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK) {
        ddbexpr_diags_free(own);
        return DDBEXPR_NO_MEMORY;
    }
    ddbexpr_diags *used = own ? own : diags;
    struct ddbexpr_outcome *outcome;
    ddbexpr_status status = execute_in(a, request, tables, table_count, options, used, &outcome);
    if (status == DDBEXPR_OK && diags_status(used) != DDBEXPR_OK)
        status = DDBEXPR_NO_MEMORY;
    ddbexpr_diags_free(own);
    if (status != DDBEXPR_OK) {
        ddbexpr_arena_free(a);
        return status;
    }
    *ret_outcome = outcome;
    return DDBEXPR_OK;
}

/* --- checking without items --- */

/* What running the request finds whatever the item is: in a transaction it cancels. */
static void check_before_running(struct run *run)
{
    if (run->in_transaction)
        check_key_types(run);
    struct key_attribute attributes[2];
    const value *key = run->request->key;
    const struct key_schema named = schema_named_by(key && !(key->flags & VALUE_FAULTY) ? key : NULL, attributes);
    if (run->update) /* without a key schema Key says which attributes are part of it */
        run->faults += check_update_keys(run->update, run->schema ? run->schema : &named);
}

static void check_alone(struct run *run, struct table *tables, size_t count)
{
    if (run->request->operation == DDBEXPR_TRANSACT_WRITE_ITEMS) {
        struct transaction t = {.run = run, .tables = tables, .table_count = count, .tables_unknown = true};
        transaction_check(&t);
        bool refused = run->faults > 0;
        for (size_t i = 0; i < t.count && !refused && !run->broken; i++) {
            struct action_run *a = &t.actions[i];
            a->run.faults = 0;
            diags_set_action(run->diags, (int)i);
            check_before_running(&a->run);
            run->faults += a->run.faults;
            run->broken = a->run.broken;
        }
        return;
    }
    struct table *table = table_named(tables, count, run->request->table_name);
    run->schema = known_schema(run, table);
    check_request(run);
    check_before_running(run);
}

ddbexpr_status ddbexpr_request_check(const ddbexpr_request *request, const ddbexpr_table *given, size_t count,
                                     const ddbexpr_execute_options *options, const ddbexpr_alloc *alloc,
                                     ddbexpr_diags *diags)
{
    arena *a;
    if (!usable_request(request))
        return DDBEXPR_MISUSE;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct table *tables = ARENA_ARRAY(a, struct table, count);
    ddbexpr_status status = tables ? set_up_tables(given, count, a, tables) : DDBEXPR_NO_MEMORY;
    if (status == DDBEXPR_OK) {
        struct run run = run_begin(request, options, a, diags);
        run.alone = true;
        check_alone(&run, tables, count);
        diags_set_layer(diags, LAYER_CLASSIC);
        diags_set_action(diags, -1);
        status = run.broken                          ? run.broken
                 : diags_status(diags) != DDBEXPR_OK ? DDBEXPR_NO_MEMORY
                 : run.faults                        ? DDBEXPR_INVALID
                                                     : DDBEXPR_OK;
    }
    ddbexpr_arena_free(a);
    return status;
}
