/* SPDX-License-Identifier: Apache-2.0 */
/* What was measured, as a table for people and as JSON for programs, also beside an earlier run. */
#ifndef DDBEXPR_BENCH_RESULTS_H
#define DDBEXPR_BENCH_RESULTS_H

#include "measure.h"

#include <jansson.h>

struct result {
    const char *name; /* "evaluate/c02_version/s": the same in every run */
    struct figure figure;
    size_t bytes;       /* of the text or item that was gone through; 0: a rate means nothing */
    size_t allocations; /* SIZE_MAX: not counted */
    double growth;      /* against the row before, of half the size; 0: there is none */
    const char *note;   /* "true", "refused", …; may be empty */
};

/* All results of a run. */
struct results {
    json_t *list;     /* an array of objects */
    json_t *baseline; /* name to median, or NULL */
};

/* baseline: the path of an earlier run's JSON, or NULL. False: told on standard error. */
bool results_begin(struct results *results, const char *baseline);

/* The head of the table, and a row. False: no memory. */
void results_head(const struct results *results);
bool results_add(struct results *results, const struct result *result);

/* Writes the file, and frees the results. path NULL: no file. False: told on standard error. */
bool results_end(struct results *results, const struct effort *effort, const char *path);

#endif
