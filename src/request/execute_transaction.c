/* SPDX-License-Identifier: Apache-2.0 */
/* Running TransactWriteItems: all actions or none. Wrong key types, false conditions and updates that cannot be applied
 * cancel it, with a reason for each action (aws; ruling 28). */
#include "request/transaction.h"

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
        check_key_types(&run);
        if (run.faults) {
            set_validation_reason(t, outcome, i, diags);
            a->run.faults = 0;
            diags_set_action(t->run->diags, (int)i);
            check_key_types(&a->run); /* once more for the caller's collector */
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
    transaction_check(&t);
    outcome->reasons = ARENA_ARRAY(run->arena, ddbexpr_reason, t.count);
    if (!outcome->reasons)
        run->broken = DDBEXPR_NO_MEMORY;
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
