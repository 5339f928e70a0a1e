/* SPDX-License-Identifier: Apache-2.0 */
/* Finding what is wrong in a faulty value. INVARIANT relied on: values are at most LIMIT_VALUE_HEIGHT_KEPT levels high
 * (what was higher was replaced by FAULT_NESTING), so is the recursion. */
#include "value/value.h"

/* Faults of values and bad names, whichever is asked for. */
static bool search(const value *v, bool names, struct fault_place *ret)
{
    if (!(v->flags & VALUE_FAULTY))
        return false;
    if (value_is_fault(v)) {
        *ret = (struct fault_place){.fault = v->at.fault};
        return !names;
    }
    for (uint32_t i = 0; i < v->count; i++) {
        const struct map_entry *e = v->type == DDBEXPR_M ? &v->at.entries[i] : NULL;
        if (names && e && (e->name_len == 0 || e->name_len > LIMIT_ATTRIBUTE_NAME_BYTES)) {
            *ret = (struct fault_place){.bad_name = true, .name_length = e->name_len};
            return true;
        }
        if (search(e ? &e->value : &v->at.elements[i], names, ret))
            return true;
    }
    return false;
}

/* A value that is too deep is told before an empty name inside a map (spec: conformance-suite 5). */
bool value_first_fault(const value *v, struct fault_place *ret)
{
    return search(v, false, ret) || search(v, true, ret);
}
