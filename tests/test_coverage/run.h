/* SPDX-License-Identifier: Apache-2.0 */
/* Requests as tests of the tool's collectors say them. Knows no collector. */
#ifndef DDBEXPR_TESTS_RUN_H
#define DDBEXPR_TESTS_RUN_H

#include "../unit/values.h"

#include <ddbexpr/explain.h>
#include <ddbexpr/request.h>

/* A request with its item; all of it is gone when the run is over, so nothing of it can be borrowed. */
struct run {
    const char *scope; /* or NULL: the same as all others without one */
    const char *test;  /* likewise: not known */
    const char *label, *condition, *update;
    const char *names, *values, *item, *key; /* in the notation, or NULL */
    bool is_only_declared;                   /* to coverage: nothing is counted */
};

static inline void fill_bindings(ddbexpr_arena *a, const struct run *run, ddbexpr_request *request)
{
    const ddbexpr_value *names = run->names ? value_of(a, run->names) : NULL;
    const ddbexpr_value *values = run->values ? value_of(a, run->values) : NULL;
    request->name_count = names ? ddbexpr_value_count(names) : 0;
    request->value_count = values ? ddbexpr_value_count(values) : 0;
    ddbexpr_name_binding *n = ddbexpr_arena_alloc(a, (request->name_count + 1) * sizeof *n);
    ddbexpr_value_binding *v = ddbexpr_arena_alloc(a, (request->value_count + 1) * sizeof *v);
    for (size_t i = 0; i < request->name_count; i++)
        n[i] = (ddbexpr_name_binding){ddbexpr_value_name_at(names, i), ddbexpr_value_bytes(ddbexpr_value_at(names, i))};
    for (size_t i = 0; i < request->value_count; i++)
        v[i] = (ddbexpr_value_binding){ddbexpr_value_name_at(values, i), ddbexpr_value_at(values, i)};
    request->names = n;
    request->values = v;
}

static inline ddbexpr_program *compile(ddbexpr_kind kind, const char *text, const ddbexpr_request *request)
{
    const ddbexpr_bindings bindings = {.size = sizeof bindings,
                                       .names = request->names,
                                       .name_count = request->name_count,
                                       .values = request->values,
                                       .value_count = request->value_count,
                                       .allow_unused = true};
    ddbexpr_program *program = NULL;
    assert_int_equal(ddbexpr_compile(kind, ddbexpr_cstr(text), &bindings, NULL, NULL, &program), DDBEXPR_OK);
    return program;
}

#endif
