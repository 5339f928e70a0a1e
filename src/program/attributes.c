/* SPDX-License-Identifier: Apache-2.0 */
/* Which attributes of an item a condition looks at: the first steps of its paths. */
#include "program/program.h"

/* The path of an operand, or NULL. */
static const struct document_path *path_of(const struct operand *o)
{
    return o->kind == OPERAND_PATH || o->kind == OPERAND_SIZE_OF_PATH ? o->path : NULL;
}

static bool is_among(const str *names, size_t count, str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

ddbexpr_status ddbexpr_program_attributes(const ddbexpr_program *program, ddbexpr_arena *a,
                                          const ddbexpr_str **ret_names, size_t *ret_count)
{
    size_t operands = 0, count = 0;
    if (!program->tests)
        return DDBEXPR_MISUSE;
    for (uint32_t i = 0; i < program->test_count; i++)
        operands += program->tests[i].operand_count;
    str *names = ARENA_ARRAY(a, str, operands + 1);
    if (!names)
        return DDBEXPR_NO_MEMORY;
    for (uint32_t i = 0; i < program->test_count; i++)
        for (uint32_t k = 0; k < program->tests[i].operand_count; k++) {
            const struct document_path *path = path_of(&program->tests[i].operands[k]);
            if (path && !is_among(names, count, path->steps[0].name))
                names[count++] = path->steps[0].name;
        }
    *ret_names = names;
    *ret_count = count;
    return DDBEXPR_OK;
}
