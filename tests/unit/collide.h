/* SPDX-License-Identifier: Apache-2.0 */
/* Two names with one hash, found by trying: for code that must look at the names as well. Knows no hash. */
#ifndef DDBEXPR_TESTS_COLLIDE_H
#define DDBEXPR_TESTS_COLLIDE_H

#include "support.h"

#define COLLIDE_NAMES 400000u /* of 32-bit hashes: some twenty pairs; the same ones in every run */

struct collide_name {
    uint32_t hash, number;
};

struct colliding {
    char texts[2][16];
    str names[2];
};

/* Names of 8 bytes, and every second one of 7: digits in no order, lest a hash spread them too well. */
static inline str collide_name_of(uint32_t number, char text[16])
{
    uint32_t mixed = number * 0x9e3779b1u;
    int length = number % 2 ? snprintf(text, 16, "%08x", mixed) : snprintf(text, 16, "%07x", mixed & 0xfffffff);
    return str_of(text, (size_t)length);
}

static inline int collide_order(const void *a, const void *b)
{
    const struct collide_name *x = a, *y = b;
    return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash)
                              : (x->number > y->number) - (x->number < y->number);
}

/* A pair, of equal lengths or not. It must stay where it is: the names point into it. */
static inline void find_colliding(uint32_t (*hash)(str), bool same_length, struct colliding *ret)
{
    struct collide_name *all = malloc(COLLIDE_NAMES * sizeof *all);
    assert_non_null(all);
    for (uint32_t i = 0; i < COLLIDE_NAMES; i++) {
        char text[16];
        all[i] = (struct collide_name){hash(collide_name_of(i, text)), i};
    }
    qsort(all, COLLIDE_NAMES, sizeof *all, collide_order);
    uint32_t i = 1;
    while (i < COLLIDE_NAMES &&
           (all[i].hash != all[i - 1].hash || (all[i].number % 2 == all[i - 1].number % 2) != same_length))
        i++;
    assert_true(i < COLLIDE_NAMES);
    for (int n = 0; n < 2; n++)
        ret->names[n] = collide_name_of(all[i - (uint32_t)n].number, ret->texts[n]);
    free(all);
}

#endif
