/* SPDX-License-Identifier: Apache-2.0 */
/* Why is a condition false? The clauses that are to blame, as data and as text for people. */
#include <ddbexpr/json.h>

#include <stdio.h>

/* [blame] */
static void print_blame(const ddbexpr_explanation *explanation)
{
    for (size_t i = 0; i < ddbexpr_explanation_clause_count(explanation); i++) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(explanation, i);
        printf("%.*s: %s%s\n", (int)clause->text.len, clause->text.ptr, clause->outcome ? "true" : "false",
               clause->blamed ? ", to blame" : "");
    }
}
/* [end] */

/* [explain] */
static ddbexpr_status explain(const ddbexpr_program *program, const ddbexpr_value *item)
{
    ddbexpr_explanation *explanation;
    ddbexpr_buffer *out;
    ddbexpr_status status = ddbexpr_explain(program, item, NULL, NULL, &explanation);
    if (status != DDBEXPR_OK)
        return status;
    print_blame(explanation);
    status = ddbexpr_buffer_new(NULL, &out);
    if (status == DDBEXPR_OK) {
        status = ddbexpr_explanation_render(explanation, NULL, out);
        if (status == DDBEXPR_OK)
            printf("\n%s", ddbexpr_buffer_text(out).ptr);
        ddbexpr_buffer_free(out);
    }
    ddbexpr_explanation_free(explanation);
    return status;
}
/* [end] */

int main(void)
{
    ddbexpr_arena *arena;
    ddbexpr_program *program;
    ddbexpr_bindings bindings = {.size = sizeof bindings};
    const ddbexpr_value *item;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return 1;
    ddbexpr_status status =
        ddbexpr_json_read_values(arena, ddbexpr_cstr("{\":now\": {\"N\": \"1000\"}, \":v\": {\"N\": \"4\"}}"),
                                 DDBEXPR_JSON_TYPED, NULL, &bindings.values, &bindings.value_count);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_item(
            arena, ddbexpr_cstr("{\"version\": {\"N\": \"5\"}, \"locked_until\": {\"N\": \"900\"}}"),
            DDBEXPR_JSON_TYPED, NULL, &item);
    if (status == DDBEXPR_OK)
        status = ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr("version = :v AND locked_until < :now"), &bindings,
                                 NULL, NULL, &program);
    if (status == DDBEXPR_OK) {
        status = explain(program, item);
        ddbexpr_program_free(program);
    }
    ddbexpr_arena_free(arena);
    return status != DDBEXPR_OK;
}
