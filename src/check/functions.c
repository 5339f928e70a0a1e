/* SPDX-License-Identifier: Apache-2.0 */
/* The table of functions. Knows nothing of what they do. */
#include "check/functions.h"

static const struct function functions[FUNCTION_COUNT] = {
#define FUNCTION(id, name, operands, wanted, usage, place)                                                             \
    [id] = {                                                                                                           \
        {name, sizeof(name) - 1}, operands, {wanted, sizeof(wanted) - 1}, {usage, sizeof(usage) - 1}, PLACE_##place},
#include "check/functions.def"
#undef FUNCTION
};

const struct function *function_at(enum function_id id) { return &functions[id]; }

enum function_id function_find(str name)
{
    for (int id = FUNCTION_UNKNOWN + 1; id < FUNCTION_COUNT; id++)
        if (str_equal(functions[id].name, name))
            return (enum function_id)id;
    return FUNCTION_UNKNOWN;
}
