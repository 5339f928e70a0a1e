/* SPDX-License-Identifier: Apache-2.0 */
/* The order in which the service goes through a placeholder map: that of a hash set, not that of the request. */
#ifndef DDBEXPR_CHECK_KEY_ORDER_H
#define DDBEXPR_CHECK_KEY_ORDER_H

#include "base/arena.h"
#include "value/value.h"

/* Positions of the map's entries in the service's order, or NULL: no memory. Spec: local-engine, pass 4; ruling 15. */
const uint32_t *key_order(arena *a, const value *map);

#endif
