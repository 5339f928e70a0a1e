/* SPDX-License-Identifier: Apache-2.0 */
/* One write of one item: the condition, then what Put, Update or Delete make of it. */
#include "request/run.h"

static bool condition_holds(struct run *run, const value *stored)
{
    struct ddbexpr_program *program = run_compile(run, run->condition);
    return !program || program_matches(program, stored);
}

static bool item_fits(struct run *run, const struct ddbexpr_program *program, const value *item)
{
    size_t size = update_counted_size(program, item, run->in_transaction);
    if (size <= LIMIT_ITEM_BYTES)
        return true;
    run_report(run, &(struct diag_draft){.id = DIAG_UPDATED_ITEM_SIZE,
                                         .source = DDBEXPR_SOURCE_UPDATE,
                                         .args = {run_decimal(run, size)}});
    return false;
}

/* No update expression creates or keeps the item; key attributes are refused after the condition (aws: spec
 * conformance-suite 4, #38). */
static void run_update(struct run *run, const value *stored, struct write *ret)
{
    value *base = ARENA_NEW(run->arena, value);
    if (!base || (!stored && !key_of_item(run->request->key, run->schema, run->arena, base))) {
        run->broken = DDBEXPR_NO_MEMORY;
        return;
    }
    if (stored)
        *base = *stored;
    ret->new_item = base;
    if (!run->update)
        return;
    ddbexpr_diags *checked_with = run->update->diags;
    run->update->diags = run->diags; /* an action of a transaction runs with a collector of its own */
    size_t key_faults = check_update_keys(run->update, run->schema);
    run->update->diags = checked_with;
    run->faults += key_faults;
    struct ddbexpr_program *program = run_compile(run, run->update);
    if (!program)
        return;
    struct update_result result;
    ddbexpr_status status = update_apply(program, base, stored != NULL, run->arena, run->diags, &result);
    if (status == DDBEXPR_NO_MEMORY)
        run->broken = status;
    if (status != DDBEXPR_OK || key_faults) {
        run->faults += status != DDBEXPR_OK;
        ret->refused = true;
        return;
    }
    *base = result.item;
    ret->update = program;
    if (!result.creates)
        ret->new_item = NULL;
    else
        ret->refused = !item_fits(run, program, base);
}

void run_write(struct run *run, const value *stored, struct write *ret)
{
    *ret = (struct write){.old_item = stored, .new_item = stored};
    if (!condition_holds(run, stored)) {
        ret->condition_failed = true;
        return;
    }
    ddbexpr_operation operation = run->request->operation;
    if (operation == DDBEXPR_PUT_ITEM)
        ret->new_item = run->request->item;
    else if (operation == DDBEXPR_DELETE_ITEM)
        ret->new_item = NULL;
    else if (operation == DDBEXPR_UPDATE_ITEM)
        run_update(run, stored, ret);
}
