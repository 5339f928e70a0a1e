/* SPDX-License-Identifier: Apache-2.0 */
/* The growth of ways that are no stage of the workload. */
#ifndef DDBEXPR_BENCH_WAYS_H
#define DDBEXPR_BENCH_WAYS_H

#include "growth.h"

/* As growth_run; adds to *steep. */
bool ways_run(const struct effort *effort, bool (*wanted)(const void *data, const char *name), const void *data,
              struct results *results, size_t *steep);

#endif
