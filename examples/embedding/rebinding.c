/* SPDX-License-Identifier: Apache-2.0 */
/* One program, many values: compiled once, bound again for each request. Needs libddbexpr alone: values are built by
 * hand. */
#include <ddbexpr/ddbexpr.h>

#include <stdio.h>

/* [item] */
static const ddbexpr_value *stock_of(ddbexpr_arena *arena, const char *count)
{
    const ddbexpr_str names[] = {ddbexpr_cstr("sku"), ddbexpr_cstr("stock")};
    const ddbexpr_value *values[] = {
        ddbexpr_value_string(arena, ddbexpr_cstr("lamp-1")),
        ddbexpr_value_number(arena, ddbexpr_cstr(count)),
    };
    return values[0] && values[1] ? ddbexpr_value_map(arena, names, values, 2) : NULL;
}
/* [end] */

int main(void)
{
    static const char *const wanted[] = {"1", "4", "5", "4.00"};
    ddbexpr_arena *arena;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return 1;
    const ddbexpr_value *item = stock_of(arena, "4");
    if (!item) /* no memory; for ddbexpr_evaluate it would mean that there is no item */
        return 1;

    /* [compile] */
    ddbexpr_name_binding name = {ddbexpr_cstr("#n"), ddbexpr_cstr("stock")};
    ddbexpr_value_binding quantity = {ddbexpr_cstr(":q"), ddbexpr_value_number(arena, ddbexpr_cstr("0"))};
    ddbexpr_bindings bindings = {
        .size = sizeof bindings, .names = &name, .name_count = 1, .values = &quantity, .value_count = 1};
    ddbexpr_program *program;
    ddbexpr_str text = ddbexpr_cstr("#n >= :q");
    if (!quantity.value || ddbexpr_compile(DDBEXPR_CONDITION, text, &bindings, NULL, NULL, &program) != DDBEXPR_OK)
        return 1;
    /* [end] */

    /* [loop] */
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool enough;
        quantity.value = ddbexpr_value_number(arena, ddbexpr_cstr(wanted[i]));
        if (!quantity.value || ddbexpr_program_set_values(program, &quantity, 1, NULL) != DDBEXPR_OK ||
            ddbexpr_evaluate(program, item, &enough) != DDBEXPR_OK)
            return 1;
        printf("4 >= %s is %s\n", wanted[i], enough ? "true" : "false");
    }
    /* [end] */
    ddbexpr_program_free(program);
    ddbexpr_arena_free(arena);
    return 0;
}
