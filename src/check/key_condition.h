/* SPDX-License-Identifier: Apache-2.0 */
/* Key conditions: a condition with fewer rights, which must name the partition key and may name the sort key. */
#ifndef DDBEXPR_CHECK_KEY_CONDITION_H
#define DDBEXPR_CHECK_KEY_CONDITION_H

#include "check/check.h"

/* Checks an already checked key condition's shape (schema NULL: only that), then against the key schema. Returns the
 * number of faults. */
size_t check_key_condition(struct checked *c, const struct key_schema *schema);

#endif
