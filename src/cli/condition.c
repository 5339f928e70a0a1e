/* SPDX-License-Identifier: Apache-2.0 */
/* Finding and compiling the condition of a command line, and its update. */
#include "cli/condition.h"

struct wanted {
    ddbexpr_kind kind;
    ddbexpr_str text;
};

/* False: told. Without any, ret->text.ptr stays NULL. */
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
    if (found > 1)
        complain("give one condition only");
    return found <= 1;
}

static ddbexpr_status compile_one(struct session *s, ddbexpr_kind kind, ddbexpr_str text,
                                  const ddbexpr_bindings *bindings, ddbexpr_program **ret)
{
    return text.ptr ? ddbexpr_compile(kind, text, bindings, NULL, s->diags, ret) : DDBEXPR_OK;
}

int compile_expressions(struct session *s, struct expressions *ret)
{
    ddbexpr_request r;
    struct wanted wanted = {DDBEXPR_CONDITION, {NULL, 0}};
    *ret = (struct expressions){NULL, NULL, NULL};
    int exit = read_request_of_condition(s, &r);
    if (exit != EXIT_TRUE || !find_condition(&r, &wanted))
        return exit != EXIT_TRUE ? exit : EXIT_UNUSABLE;
    if (!wanted.text.ptr && !r.update_expression.ptr) {
        complain("give a condition: --condition-expression or --filter-expression");
        return EXIT_UNUSABLE;
    }
    const ddbexpr_bindings bindings = {.size = sizeof bindings,
                                       .names = r.names,
                                       .name_count = r.name_count,
                                       .values = r.values,
                                       .value_count = r.value_count,
                                       .allow_unused = r.update_expression.ptr && wanted.text.ptr};
    ret->key = r.key;
    ddbexpr_status update_status = compile_one(s, DDBEXPR_UPDATE, r.update_expression, &bindings, &ret->update);
    ddbexpr_status status = compile_one(s, wanted.kind, wanted.text, &bindings, &ret->condition);
    if (status == DDBEXPR_OK)
        status = update_status;
    if (status == DDBEXPR_OK)
        return EXIT_TRUE;
    if (status == DDBEXPR_INVALID)
        session_print_diags(s);
    expressions_free(ret);
    return exit_for_status(status);
}

void expressions_free(struct expressions *expressions)
{
    ddbexpr_program_free(expressions->condition);
    ddbexpr_program_free(expressions->update);
    *expressions = (struct expressions){NULL, NULL, NULL};
}

int compile_condition(struct session *s, ddbexpr_program **ret_program)
{
    struct expressions expressions;
    int exit = compile_expressions(s, &expressions);
    if (exit != EXIT_TRUE)
        return exit;
    ddbexpr_program_free(expressions.update);
    *ret_program = expressions.condition;
    if (expressions.condition)
        return EXIT_TRUE;
    complain("give a condition: --condition-expression or --filter-expression");
    return EXIT_UNUSABLE;
}
