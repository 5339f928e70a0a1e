/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes that cannot wrap: sums and products that say when they do not fit. */
#ifndef DDBEXPR_BASE_CHECKED_H
#define DDBEXPR_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>

static inline bool checked_add(size_t a, size_t b, size_t *ret) { return !__builtin_add_overflow(a, b, ret); }

static inline bool checked_multiply(size_t a, size_t b, size_t *ret) { return !__builtin_mul_overflow(a, b, ret); }

#endif
