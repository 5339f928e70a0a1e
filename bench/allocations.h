/* SPDX-License-Identifier: Apache-2.0 */
/* How often a stage asks its allocator for memory. */
#ifndef DDBEXPR_BENCH_ALLOCATIONS_H
#define DDBEXPR_BENCH_ALLOCATIONS_H

#include "stages.h"

/* Allocations and growths in one repetition, once the arenas and buffers that are used again have what they need.
 * SIZE_MAX: it could not be made ready. */
size_t allocations_of(const struct stage *stage, const struct operation *operation, const struct stored_item *item);

#endif
