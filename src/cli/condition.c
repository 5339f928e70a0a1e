/* SPDX-License-Identifier: Apache-2.0 */
/* Finding and compiling the condition of a command line. */
#include "cli/condition.h"

struct wanted {
    ddbexpr_kind kind;
    ddbexpr_str text;
};

static bool find_condition(const ddbexpr_request *r, struct wanted *ret)
{
    const struct wanted all[] = {{DDBEXPR_CONDITION, r->condition_expression},
                                 {DDBEXPR_FILTER, r->filter_expression},
                                 {DDBEXPR_KEY_CONDITION, r->key_condition_expression}};
    size_t found = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].text.ptr) {
            *ret = all[i];
            found++;
        }
    if (found == 1)
        return true;
    complain(found ? "give one condition only" : "give a condition: --condition-expression or --filter-expression");
    return false;
}

/* A program that is only checked: the update beside the condition. */
static ddbexpr_status check_update(struct session *s, const ddbexpr_request *r, const ddbexpr_bindings *bindings)
{
    ddbexpr_program *update = NULL;
    if (!r->update_expression.ptr)
        return DDBEXPR_OK;
    ddbexpr_status status = ddbexpr_compile(DDBEXPR_UPDATE, r->update_expression, bindings, NULL, s->diags, &update);
    ddbexpr_program_free(update);
    return status;
}

int compile_condition(struct session *s, ddbexpr_program **ret_program)
{
    ddbexpr_request r;
    struct wanted wanted;
    int exit = read_request_of_condition(s, &r);
    if (exit != EXIT_TRUE || !find_condition(&r, &wanted))
        return exit != EXIT_TRUE ? exit : EXIT_UNUSABLE;
    const ddbexpr_bindings bindings = {.size = sizeof bindings,
                                       .names = r.names,
                                       .name_count = r.name_count,
                                       .values = r.values,
                                       .value_count = r.value_count,
                                       .allow_unused = r.update_expression.ptr != NULL};
    ddbexpr_program *program = NULL;
    ddbexpr_status update_status = check_update(s, &r, &bindings);
    ddbexpr_status status = ddbexpr_compile(wanted.kind, wanted.text, &bindings, NULL, s->diags, &program);
    if (status == DDBEXPR_OK && update_status != DDBEXPR_OK) {
        ddbexpr_program_free(program);
        status = update_status;
    }
    if (status == DDBEXPR_INVALID)
        session_print_diags(s);
    if (status != DDBEXPR_OK)
        return exit_for_status(status);
    *ret_program = program;
    return EXIT_TRUE;
}
