/* SPDX-License-Identifier: Apache-2.0 */
/* Is a condition true of an item? Nothing that can go wrong is looked at: see diagnostics.c. */
#include <ddbexpr/json.h>

#include <stdio.h>

int main(void)
{
    ddbexpr_arena *arena;
    ddbexpr_program *program;
    const ddbexpr_value *item;
    bool matched;
    ddbexpr_arena_new(NULL, &arena);
    ddbexpr_json_read_item(arena, ddbexpr_cstr("{\"paid\": {\"N\": \"40\"}, \"price\": {\"N\": \"55\"}}"),
                           DDBEXPR_JSON_TYPED, NULL, &item);
    ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr("paid < price"), NULL, NULL, NULL, &program);
    ddbexpr_evaluate(program, item, &matched);
    printf("paid < price is %s\n", matched ? "true" : "false");
    ddbexpr_program_free(program);
    ddbexpr_arena_free(arena);
    return 0;
}
