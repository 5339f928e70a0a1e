/* SPDX-License-Identifier: Apache-2.0 */
/* How the cost of stages grows with what they are given: inputs of size n, 2n and 4n in one dimension each. */
#ifndef DDBEXPR_BENCH_GROWTH_H
#define DDBEXPR_BENCH_GROWTH_H

#include "results.h"

#define GROWTH_WANTED 2.3 /* time at twice the size; 2 is linear, the rest is caches and noise */

/* Measures every case that `wanted` says yes to and adds its results; `data` is handed to it. ret_steep: how many grew
 * more than wanted. False: something could not be made ready; told on standard error. */
bool growth_run(const struct effort *effort, bool (*wanted)(const void *data, const char *name), const void *data,
                struct results *results, size_t *ret_steep);

/* Adds a row for each of `count` figures, of sizes n, 2n, … `notes` (may be NULL) stand behind the growth; *steep
 * counts what grew more than wanted. False: no memory. */
bool growth_add(const char *what, size_t n, const struct figure *figures, size_t count, const char *const *notes,
                struct results *results, size_t *steep);

#endif
