/* SPDX-License-Identifier: Apache-2.0 */
/* Small help for the stages of a request, and their order. */
#include "request/run.h"

void run_report(struct run *run, const struct diag_draft *draft)
{
    run->faults++;
    diags_add(run->diags, draft);
}

str run_keep(struct run *run, buffer *text)
{
    str kept = buffer_status(text) == DDBEXPR_OK ? arena_copy(run->arena, ddbexpr_buffer_text(text)) : str_of(NULL, 0);
    ddbexpr_buffer_free(text);
    if (!kept.ptr)
        run->broken = DDBEXPR_NO_MEMORY;
    return kept.ptr ? kept : STR("");
}

str run_fill(struct run *run, const char *template, str a, str b, str c)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(run->arena), &text) != DDBEXPR_OK) {
        run->broken = DDBEXPR_NO_MEMORY;
        return STR("");
    }
    diag_fill(text, template, DDBEXPR_CONDITION, (str[DIAG_ARGS]){a, b, c});
    return run_keep(run, text);
}

str run_decimal(struct run *run, uint64_t n)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(run->arena), &text) != DDBEXPR_OK) {
        run->broken = DDBEXPR_NO_MEMORY;
        return STR("");
    }
    buffer_unsigned(text, n);
    return run_keep(run, text);
}

struct ddbexpr_program *run_compile(struct run *run, struct checked *checked)
{
    struct ddbexpr_program *program = NULL;
    if (checked && program_compile(checked, &program) != DDBEXPR_OK)
        run->broken = DDBEXPR_NO_MEMORY;
    return program;
}

/* Spec: conformance-suite 5, documentation-dynalite-moto 2, ruling 14. A stage after one with faults is run all the
 * same where it does not build on it: people want all faults, and the service's verdict is the first. */
void check_request(struct run *run)
{
    check_constraints(run);
    check_item_values(run);
    check_parameters(run);
    check_key_values(run);
    check_maps(run);
    check_texts(run);
    check_unused_placeholders(run);
    check_return_values(run);
    check_item_size(run);
    check_key_schema(run);
    check_key_content(run);
    check_key_uses(run);
    check_unsupported(run); /* last: what the service refuses anyway, it refuses in its own words */
}

/* Spec: conformance-suite 5, TransactWriteItems: within an action its expressions come before the values of its Key,
 * but the values of a Put's Item before its expressions. */
void check_action(struct run *run)
{
    check_item_values(run);
    check_parameters(run);
    check_maps(run);
    check_texts(run);
    check_unused_placeholders(run);
    check_key_values(run);
    check_return_values(run);
    check_unsupported(run);
    check_item_size(run);
}
