/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting in place, n log n whatever the input: the C library's qsort may allocate, and has no context. */
#ifndef DDBEXPR_JSON_SORT_H
#define DDBEXPR_JSON_SORT_H

#include <stddef.h>

#define SORT_LARGEST 64 /* bytes of an element at most */

/* Not stable: what must keep its order is told apart by `compare`. */
void json_sort(void *array, size_t count, size_t size,
               int (*compare)(const void *a, const void *b, const void *context), const void *context);

#endif
