/* SPDX-License-Identifier: Apache-2.0 */
/* What refuses a TransactWriteItems as a whole, before any item is looked at: faults of the actions' expressions and
 * values, missing tables, two actions on one item, keys that do not have the attributes of the key schema. */
#include "request/transaction.h"

static void check_payload(struct run *run)
{
    if (run->request->payload_bytes > LIMIT_TRANSACT_BYTES)
        run_report(run, &(struct diag_draft){.id = DIAG_TRANSACT_SIZE,
                                             .source = DDBEXPR_SOURCE_REQUEST,
                                             .args = {run_decimal(run, run->request->payload_bytes)}});
}

static void check_own_faults(struct run *run)
{
    const ddbexpr_request *action = run->request;
    if (action->action_malformed)
        run_report(run, &(struct diag_draft){.id = action->action_ambiguous ? DIAG_TRANSACT_SEVERAL_OPERATIONS
                                                                            : DIAG_TRANSACT_NO_OPERATION,
                                             .source = DDBEXPR_SOURCE_REQUEST});
    else
        check_action(run);
}

/* Runs one stage of every action; its faults are the request's. */
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

static void find_tables(struct transaction *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct action_run *a = &t->actions[i];
        diags_set_action(t->run->diags, (int)i);
        a->table = table_named(t->tables, t->table_count, a->run.request->table_name);
        if (a->table)
            a->run.schema = &a->table->schema;
        else if (!t->tables_unknown)
            report_missing_table(t->run, a->run.request);
    }
}

/* Where the key schema is not known two Keys can still be compared as a whole; a Put's Item cannot. */
static bool same_item(const struct action_run *a, const struct action_run *b)
{
    const value *at_a = target_of(a->run.request), *at_b = target_of(b->run.request);
    if (!at_a || !at_b || a->table != b->table)
        return false;
    if (a->table)
        return item_has_key(at_a, at_b, &a->table->schema);
    return a->run.request->key && b->run.request->key &&
           str_equal(a->run.request->table_name, b->run.request->table_name) && ddbexpr_value_equal(at_a, at_b);
}

/* Each action against those before it; at most 100, so pairs are few. */
static void check_same_items(struct transaction *t)
{
    for (size_t i = 0; i < t->count; i++)
        for (size_t j = 0; j < i; j++) {
            if (!same_item(&t->actions[i], &t->actions[j]))
                continue;
            diags_set_action(t->run->diags, (int)i);
            run_report(t->run, &(struct diag_draft){.id = DIAG_TRANSACT_SAME_ITEM, .source = DDBEXPR_SOURCE_REQUEST});
            break;
        }
}

static bool make_actions(struct transaction *t)
{
    t->actions = ARENA_ARRAY(t->run->arena, struct action_run, t->run->request->action_count);
    if (!t->actions) {
        t->run->broken = DDBEXPR_NO_MEMORY;
        return false;
    }
    t->count = t->run->request->action_count;
    for (size_t i = 0; i < t->count; i++) {
        t->actions[i] = (struct action_run){.run = *t->run};
        t->actions[i].run.request = &t->run->request->actions[i];
        t->actions[i].run.in_transaction = true;
    }
    return true;
}

/* Spec: conformance-suite 5, TransactWriteItems. A stage is run after one with faults only where it does not build on
 * what was found to be wrong. */
void transaction_check(struct transaction *t)
{
    struct run *run = t->run;
    check_constraints(run);
    if (run->faults || run->broken || !make_actions(t))
        return;
    check_payload(run);
    check_stage(t, check_own_faults);
    if (!run->faults && !run->broken) {
        find_tables(t);
        check_same_items(t);
        check_stage(t, check_key_shape);
    }
    if (!run->faults && !run->broken) {
        check_stage(t, check_key_content);
        check_stage(t, check_key_uses);
    }
    diags_set_action(run->diags, -1);
}
