/* SPDX-License-Identifier: Apache-2.0 */
/* Heap sort. */
#include "json/sort.h"

#include <string.h>

struct sort {
    char *array;
    size_t size;
    int (*compare)(const void *a, const void *b, const void *context);
    const void *context;
};

static int compare_at(const struct sort *s, size_t a, size_t b)
{
    return s->compare(s->array + a * s->size, s->array + b * s->size, s->context);
}

static void swap(const struct sort *s, size_t a, size_t b)
{
    char kept[SORT_LARGEST];
    memcpy(kept, s->array + a * s->size, s->size);
    memcpy(s->array + a * s->size, s->array + b * s->size, s->size);
    memcpy(s->array + b * s->size, kept, s->size);
}

static void sift_down(const struct sort *s, size_t root, size_t count)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare_at(s, child, child + 1) < 0)
            child++;
        if (compare_at(s, root, child) >= 0)
            return;
        swap(s, root, child);
    }
}

void json_sort(void *array, size_t count, size_t size,
               int (*compare)(const void *a, const void *b, const void *context), const void *context)
{
    const struct sort s = {array, size, compare, context};
    for (size_t i = count / 2; i-- > 0;)
        sift_down(&s, i, count);
    for (size_t end = count; end-- > 1;) {
        swap(&s, 0, end);
        sift_down(&s, 0, end);
    }
}
