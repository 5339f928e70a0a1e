/* SPDX-License-Identifier: Apache-2.0 */
/* The workload: twelve realistic expressions with their placeholders, and stored items of three sizes, read from
 * workload.json. Knows nothing of measuring. */
#ifndef DDBEXPR_BENCH_WORKLOAD_H
#define DDBEXPR_BENCH_WORKLOAD_H

#include <ddbexpr/json.h>

#define WORKLOAD_MOST 32 /* operations, items */

/* An expression as it comes with a request. */
struct operation {
    const char *id; /* "c02_version" */
    ddbexpr_kind kind;
    ddbexpr_str text;
    ddbexpr_str names_text, values_text; /* the two maps as JSON */
    ddbexpr_bindings bindings;
};

struct stored_item {
    const char *id;   /* "s", "m", "l" */
    ddbexpr_str text; /* DynamoDB JSON, on one line */
    const ddbexpr_value *value;
};

struct workload {
    struct operation operations[WORKLOAD_MOST];
    size_t operation_count;
    struct stored_item items[WORKLOAD_MOST];
    size_t item_count;
};

/* Reads the file. What is read stays until the program ends. NULL: told on standard error. */
struct workload *workload_read(const char *path);

#endif
