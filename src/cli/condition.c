/* SPDX-License-Identifier: Apache-2.0 */
/* Finding and compiling the condition of a command line, and its update. */
#include "cli/condition.h"

static ddbexpr_status compile_one(struct session *s, ddbexpr_kind kind, ddbexpr_str text,
                                  const ddbexpr_bindings *bindings, ddbexpr_program **ret)
{
    return text.ptr ? ddbexpr_compile(kind, text, bindings, NULL, s->diags, ret) : DDBEXPR_OK;
}

/* A write has one condition, a read a filter, a key condition, or both. False: told. */
static bool fit_together(const ddbexpr_request *r)
{
    bool read = r->filter_expression.ptr || r->key_condition_expression.ptr;
    bool write = r->condition_expression.ptr || r->update_expression.ptr;
    if (read && write)
        complain("a filter or key condition does not stand beside a condition or update");
    else if (!read && !write)
        complain("give a condition: --condition-expression or --filter-expression");
    return read != write;
}

int compile_expressions(struct session *s, const ddbexpr_request *r, struct expressions *ret)
{
    *ret = (struct expressions){.key = r->key};
    if (!fit_together(r))
        return EXIT_UNUSABLE;
    ddbexpr_str first = r->key_condition_expression, second = r->filter_expression;
    const ddbexpr_bindings bindings = {.size = sizeof bindings,
                                       .names = r->names,
                                       .name_count = r->name_count,
                                       .values = r->values,
                                       .value_count = r->value_count,
                                       .allow_unused = (r->update_expression.ptr && r->condition_expression.ptr) ||
                                                       (first.ptr && second.ptr)};
    const ddbexpr_status statuses[] = {
        compile_one(s, DDBEXPR_UPDATE, r->update_expression, &bindings, &ret->update),
        compile_one(s, DDBEXPR_CONDITION, r->condition_expression, &bindings, &ret->condition),
        compile_one(s, DDBEXPR_FILTER, second, &bindings, &ret->condition),
        compile_one(s, DDBEXPR_KEY_CONDITION, first, &bindings, second.ptr ? &ret->key_condition : &ret->condition),
    };
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i] != DDBEXPR_OK)
            status = statuses[i];
    if (status == DDBEXPR_OK)
        return EXIT_TRUE;
    if (status == DDBEXPR_INVALID)
        session_print_diags(s);
    expressions_free(ret);
    return exit_for_status(status);
}

void expressions_free(struct expressions *expressions)
{
    ddbexpr_program_free(expressions->key_condition);
    ddbexpr_program_free(expressions->condition);
    ddbexpr_program_free(expressions->update);
    *expressions = (struct expressions){.key = NULL};
}

int compile_condition(struct session *s, ddbexpr_program **ret_program)
{
    ddbexpr_request r;
    struct expressions expressions;
    int exit = read_request_of_condition(s, &r);
    if (exit == EXIT_TRUE)
        exit = compile_expressions(s, &r, &expressions);
    if (exit != EXIT_TRUE)
        return exit;
    if (expressions.condition && !expressions.key_condition) {
        ddbexpr_program_free(expressions.update);
        *ret_program = expressions.condition;
        return EXIT_TRUE;
    }
    complain(expressions.key_condition ? "give one condition: the filter or the key condition"
                                       : "give a condition: --condition-expression or --filter-expression");
    expressions_free(&expressions);
    return EXIT_UNUSABLE;
}

int condition_attributes(struct session *s, const ddbexpr_program *condition, const ddbexpr_json_wanted **ret)
{
    const ddbexpr_str *names;
    size_t count;
    ddbexpr_status status = ddbexpr_program_attributes(condition, s->arena, &names, &count);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_wanted_new(s->arena, names, count, ret);
    return exit_for_status(status);
}
