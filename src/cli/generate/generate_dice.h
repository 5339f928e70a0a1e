/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same for a seed on every machine (splitmix64): whole numbers of fixed width only. Two
 * throws must never stand in one expression or argument list, since C leaves open which comes first. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_DICE_H
#define DDBEXPR_CLI_GENERATE_GENERATE_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
    const uint8_t *tape; /* throws that are given, two bytes each; fuzzing steers by it. NULL elsewhere */
    size_t tape_length;
};

static inline uint64_t dice_mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline uint64_t dice_next(struct dice *dice)
{
    if (dice->tape_length < 2)
        return dice_mix(dice->state += UINT64_C(0x9e3779b97f4a7c15));
    uint64_t given = (uint64_t)dice->tape[0] << 56 | (uint64_t)dice->tape[1] << 48;
    dice->tape += 2;
    dice->tape_length -= 2;
    return given;
}

/* The dice of one case: near seeds and numbers have nothing in common, and no case depends on those before it. */
static inline struct dice dice_of(uint64_t seed, uint64_t number)
{
    struct dice dice = {.state = seed};
    dice.state = dice_next(&dice) ^ dice_mix(number);
    dice_next(&dice);
    return dice;
}

/* 0 to n - 1; n is not 0. Without the low bits and without division. */
static inline uint32_t dice_below(struct dice *dice, uint32_t n)
{
    return (uint32_t)(((dice_next(dice) >> 32) * n) >> 32);
}

/* low to high, both included. */
static inline int32_t dice_between(struct dice *dice, int32_t low, int32_t high)
{
    return low + (int32_t)dice_below(dice, (uint32_t)(high - low) + 1);
}

/* True so many times in a hundred. */
static inline bool dice_percent(struct dice *dice, uint32_t percent) { return dice_below(dice, 100) < percent; }

/* The place of a weight that is drawn: each as often as it says. */
static inline uint32_t dice_weighted(struct dice *dice, const uint8_t *weights, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += weights[i];
    uint32_t at = 0, left = dice_below(dice, sum);
    while (left >= weights[at])
        left -= weights[at++];
    return at;
}

#endif
