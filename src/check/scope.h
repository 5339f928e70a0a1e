/* SPDX-License-Identifier: Apache-2.0 */
/* The scope of a request: what the placeholders of all its expressions stand for, and which of them were used. */
#ifndef DDBEXPR_CHECK_SCOPE_H
#define DDBEXPR_CHECK_SCOPE_H

#include "diagnostic/diagnostic.h"
#include "value/value.h"

#include <ddbexpr/program.h>

struct scope {
    arena *arena;
    value names;                  /* an M: placeholder -> S */
    value values;                 /* an M: placeholder -> the attribute value */
    bool *name_used, *value_used; /* by position in the maps */
    bool any_height;              /* values are not refused for too many levels of lists and maps */
    bool no_memory;               /* sticks: a check could not be made */
};

#define SCOPE_NONE UINT32_MAX

/* Copies keys and names into the arena; values keep pointing to what they were made of. Errors: NO_MEMORY, MISUSE (a
 * placeholder twice). bindings NULL: none. */
ddbexpr_status scope_init(struct scope *scope, arena *a, const ddbexpr_bindings *bindings);

/* Position of a placeholder, which is marked as used, or SCOPE_NONE. */
uint32_t scope_use_name(struct scope *scope, str placeholder);
uint32_t scope_use_value(struct scope *scope, str placeholder);

str scope_name(const struct scope *scope, uint32_t position);
const value *scope_value(const struct scope *scope, uint32_t position);

/* What the service refuses about the maps by themselves, before it reads any text: their keys, what names stand for,
 * and (in that order) the values. Adds to diags; returns the number of faults
 * (look at no_memory as well). */
size_t scope_check_names(struct scope *scope, ddbexpr_diags *diags);
size_t scope_check_values(struct scope *scope, ddbexpr_diags *diags);

/* Placeholders that no expression used: names before values. Returns the number of faults. */
size_t scope_check_unused(struct scope *scope, ddbexpr_diags *diags);

#endif
