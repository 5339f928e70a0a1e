/* SPDX-License-Identifier: Apache-2.0 */
/* TransactWriteItems: all actions or none. Faults of the expressions refuse the whole request; wrong key types and
 * updates that cannot be applied cancel it, with a reason for each action (aws; ruling 28). */
#include "request/outcome.h"

struct action_run {
    struct run run;
    struct table *table;
    size_t position; /* of the stored item in its table */
    struct write write;
    ddbexpr_diags *diags; /* of running it: they become the reason */
};

struct transaction {
    struct run *run;
    struct table *tables;
    size_t table_count;
    struct action_run *actions;
    size_t count;
};

static const value *target_of(const ddbexpr_request *action) { return action->item ? action->item : action->key; }

/* --- faults of the whole request --- */

static void report_malformed(struct run *run, const ddbexpr_request *action)
{
    run_report(run, &(struct diag_draft){.id = action->action_ambiguous ? DIAG_TRANSACT_SEVERAL_OPERATIONS
                                                                        : DIAG_TRANSACT_NO_OPERATION,
                                         .source = DDBEXPR_SOURCE_REQUEST});
}

static void check_actions(struct transaction *t)
{
    for (size_t i = 0; i < t->count && !t->run->broken; i++) {
        struct action_run *a = &t->actions[i];
        a->run = *t->run;
        a->run.request = &t->run->request->actions[i];
        a->run.in_transaction = true;
        diags_set_action(t->run->diags, (int)i);
        if (a->run.request->action_malformed)
            report_malformed(&a->run, a->run.request);
        else
            check_action(&a->run);
        t->run->faults = a->run.faults;
        t->run->broken = a->run.broken;
    }
}

static void find_tables(struct transaction *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct action_run *a = &t->actions[i];
        diags_set_action(t->run->diags, (int)i);
        a->table = table_named(t->tables, t->table_count, a->run.request->table_name);
        if (a->table)
            a->run.schema = &a->table->schema;
        else
            run_report(t->run, &(struct diag_draft){.id = DIAG_TABLE_MISSING,
                                                    .source = DDBEXPR_SOURCE_REQUEST,
                                                    .args = {a->run.request->table_name}});
    }
}

/* Each action against those before it; at most 100, so pairs are few. */
static void check_same_items(struct transaction *t)
{
    for (size_t i = 0; i < t->count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct action_run *a = &t->actions[i], *b = &t->actions[j];
            if (!a->table || a->table != b->table ||
                !item_has_key(target_of(a->run.request), target_of(b->run.request), &a->table->schema))
                continue;
            diags_set_action(t->run->diags, (int)i);
            run_report(t->run, &(struct diag_draft){.id = DIAG_TRANSACT_SAME_ITEM, .source = DDBEXPR_SOURCE_REQUEST});
            break;
        }
}

/* Run one stage of every action; its faults are the request's. */
static void check_stage(struct transaction *t, void (*stage)(struct run *run))
{
    for (size_t i = 0; i < t->count && !t->run->broken; i++) {
        struct action_run *a = &t->actions[i];
        diags_set_action(t->run->diags, (int)i);
        a->run.faults = t->run->faults;
        stage(&a->run);
        t->run->faults = a->run.faults;
        t->run->broken = a->run.broken;
    }
}

static void check_payload(struct run *run)
{
    if (run->request->payload_bytes > LIMIT_TRANSACT_BYTES)
        run_report(run, &(struct diag_draft){.id = DIAG_TRANSACT_SIZE,
                                             .source = DDBEXPR_SOURCE_REQUEST,
                                             .args = {run_decimal(run, run->request->payload_bytes)}});
}

/* --- cancellation --- */

static ddbexpr_reason no_reason(void) { return (ddbexpr_reason){"None", {NULL, 0}, NULL}; }

static void set_validation_reason(struct transaction *t, struct ddbexpr_outcome *outcome, size_t index,
                                  const ddbexpr_diags *diags)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    str message = verdict ? arena_copy(outcome->arena, ddbexpr_diag_service_message(verdict)) : STR("");
    if (!message.ptr)
        t->run->broken = DDBEXPR_NO_MEMORY;
    outcome->reasons[index] = (ddbexpr_reason){"ValidationError", message, NULL};
}

static void set_condition_reason(struct ddbexpr_outcome *outcome, size_t index, const struct action_run *a)
{
    bool with_item = str_equal(a->run.request->return_values_on_condition_check_failure, STR("ALL_OLD"));
    outcome->reasons[index] = (ddbexpr_reason){"ConditionalCheckFailed", ddbexpr_cstr(diag_text(TEXT_CONDITION_FAILED)),
                                               with_item ? a->write.old_item : NULL};
}

static void cancel(struct transaction *t, struct ddbexpr_outcome *outcome)
{
    str codes = STR("");
    for (size_t i = 0; i < t->count; i++) {
        str code = ddbexpr_cstr(outcome->reasons[i].code);
        codes = i ? run_fill(t->run, "{0}, {1}", codes, code, STR("")) : code;
    }
    outcome->ok = false;
    outcome->reason_count = t->count;
    outcome->error_type = "TransactionCanceledException";
    outcome->error_message = run_fill(t->run, diag_text(TEXT_TRANSACTION_CANCELLED), codes, STR(""), STR(""));
}

/* Wrong key types: the first offender alone has a reason, conditions are not looked at (case scy-trn-023). */
static bool cancelled_by_key(struct transaction *t, struct ddbexpr_outcome *outcome)
{
    for (size_t i = 0; i < t->count; i++) {
        struct action_run *a = &t->actions[i];
        ddbexpr_diags *diags;
        if (ddbexpr_diags_new(arena_allocator(t->run->arena), &diags) != DDBEXPR_OK) {
            t->run->broken = DDBEXPR_NO_MEMORY;
            return false;
        }
        struct run run = a->run;
        run.diags = diags;
        run.faults = 0;
        check_key_schema(&run);
        if (run.faults) {
            set_validation_reason(t, outcome, i, diags);
            a->run.faults = 0;
            diags_set_action(t->run->diags, (int)i);
            check_key_schema(&a->run); /* once more for the caller's collector */
            cancel(t, outcome);
        }
        if (run.broken || a->run.broken || diags_status(diags) != DDBEXPR_OK)
            t->run->broken = DDBEXPR_NO_MEMORY;
        ddbexpr_diags_free(diags);
        if (run.faults || t->run->broken)
            return true;
    }
    return false;
}

/* --- running --- */

static void run_action(struct transaction *t, struct ddbexpr_outcome *outcome, size_t index, bool *refused_before,
                       bool *cancelled)
{
    struct action_run *a = &t->actions[index];
    a->position = table_find(a->table, target_of(a->run.request));
    const value *stored = a->position < a->table->given->item_count ? a->table->given->items[a->position] : NULL;
    ddbexpr_diags *diags;
    if (ddbexpr_diags_new(arena_allocator(t->run->arena), &diags) != DDBEXPR_OK) {
        t->run->broken = DDBEXPR_NO_MEMORY;
        return;
    }
    struct run run = a->run;
    run.diags = diags;
    run_write(&run, stored, &a->write);
    if (a->write.condition_failed) {
        set_condition_reason(outcome, index, a);
        *cancelled = true;
    } else if (a->write.refused) {
        if (!*refused_before)
            set_validation_reason(t, outcome, index, diags);
        *refused_before = *cancelled = true;
        diags_set_action(t->run->diags, (int)index);
        run.diags = t->run->diags;
        run_write(&run, stored, &a->write); /* once more for the caller's collector */
    }
    if (run.broken || diags_status(diags) != DDBEXPR_OK)
        t->run->broken = DDBEXPR_NO_MEMORY;
    ddbexpr_diags_free(diags);
}

static void run_actions(struct transaction *t, struct ddbexpr_outcome *outcome)
{
    bool refused = false, cancelled = false;
    for (size_t i = 0; i < t->count && !t->run->broken; i++)
        run_action(t, outcome, i, &refused, &cancelled);
    if (t->run->broken)
        return;
    if (cancelled) {
        cancel(t, outcome);
        return;
    }
    for (size_t i = 0; i < t->count; i++) {
        struct action_run *a = &t->actions[i];
        if (a->run.request->operation == DDBEXPR_CONDITION_CHECK)
            continue;
        /* No two actions have one item, so a new one cannot meet another's place. */
        size_t position = a->write.old_item ? a->position : a->table->after->count;
        if (!table_put(a->table, position, a->write.new_item, t->run->arena))
            t->run->broken = DDBEXPR_NO_MEMORY;
    }
}

void execute_transaction(struct run *run, struct table *tables, size_t table_count, struct ddbexpr_outcome *outcome)
{
    struct transaction t = {.run = run, .tables = tables, .table_count = table_count};
    check_constraints(run);
    if (!run->faults) {
        t.count = run->request->action_count;
        t.actions = ARENA_ARRAY(run->arena, struct action_run, t.count);
        outcome->reasons = ARENA_ARRAY(run->arena, ddbexpr_reason, t.count);
        if (!t.actions || !outcome->reasons) {
            run->broken = DDBEXPR_NO_MEMORY;
            return;
        }
        check_payload(run);
        check_actions(&t);
    }
    if (!run->faults && !run->broken) {
        find_tables(&t);
        check_same_items(&t);
    }
    if (!run->faults && !run->broken) {
        check_stage(&t, check_key_content);
        check_stage(&t, check_key_uses);
    }
    diags_set_action(run->diags, -1);
    if (run->broken)
        return;
    if (run->faults) {
        outcome_refuse(outcome, run);
        return;
    }
    for (size_t i = 0; i < t.count; i++)
        outcome->reasons[i] = no_reason();
    if (!cancelled_by_key(&t, outcome) && !run->broken)
        run_actions(&t, outcome);
}
