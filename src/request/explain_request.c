/* SPDX-License-Identifier: Apache-2.0 */
/* Explaining a write: it goes through the same stages as when it is executed; then each action is run by itself, and
 * its condition and its update are explained against the item that it is on. */
#include "request/explain_request.h"

#include "explain/operand.h"
#include "request/transaction.h"

struct explaining {
    struct ddbexpr_request_explanation *e;
    const ddbexpr_alloc *alloc;
};

static const value *stored_item(const struct table *table, const value *key)
{
    size_t position = table_find(table, key);
    return position < table->given->item_count ? table->given->items[position] : NULL;
}

static bool explain_condition(struct explaining *x, struct run *run, const ddbexpr_explain_options *options,
                              ddbexpr_action_explanation *action)
{
    ddbexpr_explanation *explanation;
    struct ddbexpr_program *program = run_compile(run, run->condition);
    if (!program)
        return run->broken == DDBEXPR_OK;
    if (ddbexpr_explain(program, action->old_item, options, x->alloc, &explanation) != DDBEXPR_OK)
        return false; /* no memory: the rest was checked */
    action->condition = explanation;
    return true;
}

static bool explain_update(struct explaining *x, struct run *run, const ddbexpr_explain_options *options,
                           ddbexpr_action_explanation *action)
{
    ddbexpr_update_explanation *explanation;
    if (action->verdict == DDBEXPR_ACTION_CONDITION_FALSE)
        return true;
    struct ddbexpr_program *program = run_compile(run, run->update);
    if (!program)
        return run->broken == DDBEXPR_OK;
    if (ddbexpr_explain_update(program, action->old_item, options, x->alloc, &explanation) != DDBEXPR_OK)
        return false;
    action->update = explanation;
    return true;
}

/* In a transaction a key of a wrong type cancels before anything is run. */
static bool run_alone(struct run *run, ddbexpr_action_explanation *action)
{
    struct write write = {.new_item = action->old_item};
    if (run->in_transaction)
        check_key_types(run);
    if (!run->faults)
        run_write(run, action->old_item, &write);
    action->new_item = write.new_item;
    action->verdict = write.condition_failed ? DDBEXPR_ACTION_CONDITION_FALSE
                      : run->faults          ? DDBEXPR_ACTION_REFUSED
                                             : DDBEXPR_ACTION_PASSES;
    return !run->faults || write.refused; /* there is something to explain */
}

static bool word_key(struct explaining *x, ddbexpr_action_explanation *action)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(x->e->arena), &text) != DDBEXPR_OK)
        return false;
    put_key(action->key, text);
    action->key_text = arena_copy(x->e->arena, ddbexpr_buffer_text(text));
    bool done = buffer_status(text) == DDBEXPR_OK && action->key_text.ptr;
    ddbexpr_buffer_free(text);
    return done;
}

static bool explain_action(struct explaining *x, struct run checked, const struct table *table,
                           ddbexpr_action_explanation *action)
{
    const value *place = checked.request->item ? checked.request->item : checked.request->key;
    ddbexpr_diags *diags;
    value *key = ARENA_NEW(x->e->arena, value);
    if (!key || !key_of_item(place, &table->schema, x->e->arena, key) ||
        ddbexpr_diags_new(x->alloc, &diags) != DDBEXPR_OK)
        return false;
    *action = (ddbexpr_action_explanation){.operation = checked.request->operation,
                                           .table_name = checked.request->table_name,
                                           .key = key,
                                           .diags = diags,
                                           .old_item = stored_item(table, place)};
    struct run run = checked;
    run.diags = diags;
    run.faults = 0;
    const ddbexpr_explain_options options = {sizeof options, key, checked.in_transaction};
    bool done = word_key(x, action);
    if (done && run_alone(&run, action))
        done = explain_condition(x, &run, &options, action) && explain_update(x, &run, &options, action);
    return done && run.broken == DDBEXPR_OK && diags_status(diags) == DDBEXPR_OK;
}

static bool add_action(struct explaining *x, const struct run *run, const struct table *table)
{
    return explain_action(x, *run, table, &x->e->actions[x->e->action_count++]);
}

/* --- the whole request --- */

static ddbexpr_status explain_transaction(struct explaining *x, struct run *run, struct table *tables, size_t count)
{
    struct transaction t = {.run = run, .tables = tables, .table_count = count};
    x->e->is_transaction = true;
    transaction_check(&t);
    x->e->actions = ARENA_ARRAY(run->arena, ddbexpr_action_explanation, t.count);
    if (run->broken || !x->e->actions)
        return run->broken ? run->broken : DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < t.count && !run->faults; i++)
        if (!add_action(x, &t.actions[i].run, t.actions[i].table))
            return DDBEXPR_NO_MEMORY;
    return DDBEXPR_OK;
}

static ddbexpr_status explain_one(struct explaining *x, struct run *run, struct table *tables, size_t count)
{
    struct table *table = table_named(tables, count, run->request->table_name);
    run->schema = table ? &table->schema : NULL;
    check_request(run);
    if (!table)
        report_missing_table(run, run->request);
    x->e->actions = ARENA_ARRAY(run->arena, ddbexpr_action_explanation, 1);
    if (run->broken || !x->e->actions)
        return run->broken ? run->broken : DDBEXPR_NO_MEMORY;
    return run->faults || add_action(x, run, table) ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}

static ddbexpr_status explain_in(struct explaining *x, const ddbexpr_request *request, const ddbexpr_table *given,
                                 size_t count, const ddbexpr_execute_options *options, ddbexpr_diags *diags)
{
    arena *a = x->e->arena;
    struct table *tables = ARENA_ARRAY(a, struct table, count);
    struct table_after *after = ARENA_ARRAY(a, struct table_after, count);
    if (!tables || !after)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = set_up_full_tables(given, count, a, tables, after);
    if (status != DDBEXPR_OK)
        return status;
    struct run run = run_begin(request, options, a, diags);
    status = request->operation == DDBEXPR_TRANSACT_WRITE_ITEMS ? explain_transaction(x, &run, tables, count)
                                                                : explain_one(x, &run, tables, count);
    diags_set_layer(diags, LAYER_CLASSIC);
    diags_set_action(diags, -1);
    if (status == DDBEXPR_OK && diags_status(diags) != DDBEXPR_OK)
        status = DDBEXPR_NO_MEMORY;
    return status == DDBEXPR_OK && run.faults ? DDBEXPR_INVALID : status;
}

static bool is_write(ddbexpr_operation operation)
{
    return operation == DDBEXPR_PUT_ITEM || operation == DDBEXPR_UPDATE_ITEM || operation == DDBEXPR_DELETE_ITEM ||
           operation == DDBEXPR_TRANSACT_WRITE_ITEMS;
}

ddbexpr_status ddbexpr_explain_request(const ddbexpr_request *request, const ddbexpr_table *tables, size_t table_count,
                                       const ddbexpr_execute_options *options, const ddbexpr_alloc *alloc,
                                       ddbexpr_diags *diags, ddbexpr_request_explanation **ret_explanation)
{
    if (!usable_request(request) || table_count == 0 || !is_write(request->operation))
        return DDBEXPR_MISUSE;
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_request_explanation *e = ARENA_NEW(a, struct ddbexpr_request_explanation);
    if (!e) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *e = (struct ddbexpr_request_explanation){.arena = a};
    struct explaining x = {.e = e, .alloc = alloc};
    ddbexpr_status status = explain_in(&x, request, tables, table_count, options, diags);
    if (status == DDBEXPR_OK)
        *ret_explanation = e;
    else
        ddbexpr_request_explanation_free(e);
    return status;
}

/* The actions hold what they own as const, for readers. */
void ddbexpr_request_explanation_free(ddbexpr_request_explanation *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < e->action_count; i++) {
        ddbexpr_explanation_free((ddbexpr_explanation *)e->actions[i].condition);
        ddbexpr_update_explanation_free((ddbexpr_update_explanation *)e->actions[i].update);
        ddbexpr_diags_free((ddbexpr_diags *)e->actions[i].diags);
    }
    ddbexpr_arena_free(e->arena);
}

bool ddbexpr_request_explanation_passes(const ddbexpr_request_explanation *e)
{
    for (size_t i = 0; i < e->action_count; i++)
        if (e->actions[i].verdict != DDBEXPR_ACTION_PASSES)
            return false;
    return true;
}

bool ddbexpr_request_explanation_is_transaction(const ddbexpr_request_explanation *e) { return e->is_transaction; }
size_t ddbexpr_request_explanation_action_count(const ddbexpr_request_explanation *e) { return e->action_count; }

const ddbexpr_action_explanation *ddbexpr_request_explanation_action_at(const ddbexpr_request_explanation *e,
                                                                        size_t index)
{
    return index < e->action_count ? &e->actions[index] : NULL;
}
