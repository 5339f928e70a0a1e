/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same in every run (splitmix64): a property test that fails must fail again. Knows nothing
 * of what they are used for. */
#ifndef DDBEXPR_TESTS_PRNG_H
#define DDBEXPR_TESTS_PRNG_H

#include <stdbool.h>
#include <stdint.h>

struct prng {
    uint64_t state;
};

static inline uint64_t prng_next(struct prng *p)
{
    uint64_t z = p->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 to n - 1. The slight bias is of no interest here. */
static inline uint32_t prng_below(struct prng *p, uint32_t n) { return (uint32_t)(prng_next(p) % n); }

/* True once in n times. */
static inline bool prng_once_in(struct prng *p, uint32_t n) { return prng_below(p, n) == 0; }

#endif
