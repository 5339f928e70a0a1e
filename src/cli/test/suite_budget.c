/* SPDX-License-Identifier: Apache-2.0 */
/* How much the changes of a suite make. A few bytes of it can make another item of 400 KB, and a million of them more
 * than any memory holds. */
#include "cli/test/suite_reader.h"

#include "cli/limits.h"

bool suite_may_make(struct suite_reader *r, const struct yaml_node *change, size_t bytes)
{
    if (r->made <= LIMIT_SUITE_CHANGED_BYTES)
        r->made += bytes;
    if (r->made <= LIMIT_SUITE_CHANGED_BYTES)
        return true;
    yaml_fault(&r->yaml, change, "with this, what changes make of items and requests has more than %zu MB",
               LIMIT_SUITE_CHANGED_BYTES >> 20);
    return false;
}
