/* SPDX-License-Identifier: Apache-2.0 */
/* Applies an update to an item, and says what has changed, or why it cannot be applied. */
#include <ddbexpr/json.h>

#include <stdio.h>

/* [show] */
static void show(const ddbexpr_value *before, const ddbexpr_value *after, ddbexpr_arena *arena)
{
    const ddbexpr_change *changes;
    size_t count;
    ddbexpr_buffer *out;
    if (ddbexpr_buffer_new(NULL, &out) != DDBEXPR_OK)
        return;
    if (ddbexpr_diff(before, after, arena, &changes, &count) == DDBEXPR_OK &&
        ddbexpr_diff_render(changes, count, NULL, out) == DDBEXPR_OK &&
        ddbexpr_json_write_item(after, DDBEXPR_JSON_TYPED, 0, out) == DDBEXPR_OK)
        puts(ddbexpr_buffer_text(out).ptr);
    ddbexpr_buffer_free(out);
}
/* [end] */

static ddbexpr_status apply(const char *item_text, ddbexpr_arena *arena, ddbexpr_diags *diags)
{
    /* [update] */
    const ddbexpr_value *before, *after;
    ddbexpr_program *program;
    ddbexpr_bindings bindings = {.size = sizeof bindings};
    ddbexpr_status status =
        ddbexpr_json_read_values(arena, ddbexpr_cstr("{\":one\": {\"N\": \"1\"}}"), DDBEXPR_JSON_TYPED, diags,
                                 &bindings.values, &bindings.value_count);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_item(arena, ddbexpr_cstr(item_text), DDBEXPR_JSON_TYPED, diags, &before);
    if (status == DDBEXPR_OK)
        status = ddbexpr_compile(DDBEXPR_UPDATE, ddbexpr_cstr("SET hits = hits + :one REMOVE draft"), &bindings, NULL,
                                 diags, &program);
    if (status != DDBEXPR_OK)
        return status;
    status = ddbexpr_update(program, before, arena, diags, &after);
    if (status == DDBEXPR_OK)
        show(before, after, arena);
    else if (status == DDBEXPR_INVALID)
        puts(ddbexpr_diag_code(ddbexpr_diags_verdict(diags)));
    ddbexpr_program_free(program); /* `after` shares with it, and is not used any more */
    return status;
    /* [end] */
}

int main(void)
{
    ddbexpr_arena *arena;
    ddbexpr_diags *diags;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK || ddbexpr_diags_new(NULL, &diags) != DDBEXPR_OK)
        return 1;
    ddbexpr_status good =
        apply("{\"id\": {\"S\": \"a\"}, \"hits\": {\"N\": \"9\"}, \"draft\": {\"BOOL\": true}}", arena, diags);
    ddbexpr_arena_reset(arena);
    ddbexpr_status bad = apply("{\"id\": {\"S\": \"b\"}}", arena, diags);
    ddbexpr_diags_free(diags);
    ddbexpr_arena_free(arena);
    return good != DDBEXPR_OK || bad != DDBEXPR_INVALID;
}
