/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest program that evaluates a condition.
 * cc embed.c $(pkg-config --cflags --libs ddbexpr-json) */
#include <ddbexpr/json.h>

#include <stdio.h>

int main(void)
{
    ddbexpr_arena *arena;
    ddbexpr_program *program;
    ddbexpr_bindings bindings = {.size = sizeof bindings};
    const ddbexpr_value *item;
    bool matched = false;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return 1;
    ddbexpr_json_read_item(arena, ddbexpr_cstr("{\"id\": {\"S\": \"a\"}, \"version\": {\"N\": \"5\"}}"),
                           DDBEXPR_JSON_TYPED, NULL, &item);
    ddbexpr_json_read_values(arena, ddbexpr_cstr("{\":v\": {\"N\": \"4\"}}"), DDBEXPR_JSON_TYPED, NULL,
                             &bindings.values, &bindings.value_count);
    ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr("version = :v"), &bindings, NULL, NULL, &program);
    ddbexpr_evaluate(program, item, &matched);
    printf("version = :v is %s\n", matched ? "true" : "false");
    ddbexpr_program_free(program);
    ddbexpr_arena_free(arena);
    return 0;
}
