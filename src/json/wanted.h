/* SPDX-License-Identifier: Apache-2.0 */
/* The names of attributes that somebody wants, found by hash. */
#ifndef DDBEXPR_JSON_WANTED_H
#define DDBEXPR_JSON_WANTED_H

#include "json/document.h"

#include <string.h>

struct ddbexpr_json_wanted {
    size_t count;
    const str *names;
    const uint32_t *slots; /* numbers of names from 1, in the next free slot after their hash; 0: free */
    uint32_t mask;         /* slots, a power of two, less one: nearly all are free */
};

/* Whether a name is wanted; `hash` is json_hash of it. */
static inline bool json_is_wanted(const struct ddbexpr_json_wanted *w, str name, uint32_t hash)
{
    for (uint32_t at = hash & w->mask; w->slots[at]; at = (at + 1) & w->mask) {
        str wanted = w->names[w->slots[at] - 1];
        if (wanted.len == name.len && memcmp(wanted.ptr, name.ptr, name.len) == 0)
            return true;
    }
    return false;
}

#endif
