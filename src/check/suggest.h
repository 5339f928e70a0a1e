/* SPDX-License-Identifier: Apache-2.0 */
/* Did you mean …? */
#ifndef DDBEXPR_CHECK_SUGGEST_H
#define DDBEXPR_CHECK_SUGGEST_H

#include "base/str.h"

/* Edits (insert, drop, change, swap neighbours; the case of letters does not count) between two texts, or 3 if there
 * are more than two. */
unsigned edit_distance(str a, str b);

#endif
