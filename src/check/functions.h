/* SPDX-License-Identifier: Apache-2.0 */
/* The table of functions, by name. */
#ifndef DDBEXPR_CHECK_FUNCTIONS_H
#define DDBEXPR_CHECK_FUNCTIONS_H

#include "base/str.h"

enum function_id {
    FUNCTION_UNKNOWN,
#define FUNCTION(id, name, operands, wanted, usage, place) id,
#include "check/functions.def"
#undef FUNCTION
    FUNCTION_COUNT
};

enum function_place { PLACE_NOWHERE, PLACE_CONDITION, PLACE_OPERAND, PLACE_UPDATE };

struct function {
    str name;
    uint32_t operands;
    str wanted; /* the operands in words */
    str usage;  /* an example */
    enum function_place place;
};

/* By id; for FUNCTION_UNKNOWN an entry without a name. */
const struct function *function_at(enum function_id id);

/* By its exact name, or FUNCTION_UNKNOWN. */
enum function_id function_find(str name);

#endif
