/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that counts. */
#include "allocations.h"

#include <stdlib.h>

static void *resize_and_count(void *context, void *ptr, size_t old_size, size_t new_size)
{
    size_t *count = context;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    ++*count;
    return realloc(ptr, new_size);
}

size_t allocations_of(const struct stage *stage, const struct operation *operation, const struct stored_item *item)
{
    size_t count = 0;
    const ddbexpr_alloc alloc = {&count, resize_and_count};
    struct subject subject;
    if (!subject_begin(operation, item, &alloc, &subject))
        return SIZE_MAX;
    stage->repeat(&subject, 3); /* an arena that is reset keeps its largest piece only */
    count = 0;
    stage->repeat(&subject, 1);
    size_t once = count;
    subject_end(&subject);
    return once;
}
