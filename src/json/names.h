/* SPDX-License-Identifier: Apache-2.0 */
/* The names of objects that are open, and whether one comes twice; for readers that build nothing. There is room for
 * what items commonly have, all on the stack: whoever has more is read otherwise. Also for the members of sets. */
#ifndef DDBEXPR_JSON_NAMES_H
#define DDBEXPR_JSON_NAMES_H

#include "json/text.h"

#define JSON_NAMES_OPEN 512 /* of all objects that are open */
#define JSON_NAMES_EACH 128 /* of one: all are compared with all of one hash's top bits */

struct json_names {
    uint32_t count;
    uint32_t hashes[JSON_NAMES_OPEN];
    ddbexpr_str names[JSON_NAMES_OPEN];
};

/* One object. Of 256 marks those are set that the top bits of its names' hashes choose: where a mark is not set, a name
 * is new, and nearly always that is so. */
struct json_names_mark {
    uint32_t first;
    uint64_t marks[4];
};

static inline struct json_names_mark json_names_open(const struct json_names *n)
{
    return (struct json_names_mark){.first = n->count};
}

static inline void json_names_close(struct json_names *n, const struct json_names_mark *object)
{
    n->count = object->first;
}

static inline bool json_names_has(const struct json_names *n, uint32_t first, ddbexpr_str name, uint32_t hash)
{
    for (uint32_t i = first; i < n->count; i++)
        if (n->hashes[i] == hash && n->names[i].len == name.len && memcmp(n->names[i].ptr, name.ptr, name.len) == 0)
            return true;
    return false;
}

/* Adds a name to the innermost object. False: it is there already, or there is no room. ret_hash (may be NULL): its
 * json_hash. */
static inline bool json_names_add(struct json_names *n, struct json_names_mark *object, ddbexpr_str name,
                                  uint32_t *ret_hash)
{
    uint32_t hash = json_hash(name), bit = hash >> 24;
    uint64_t *mark = &object->marks[bit / 64], one = (uint64_t)1 << bit % 64;
    if (n->count == JSON_NAMES_OPEN || n->count - object->first == JSON_NAMES_EACH)
        return false;
    if ((*mark & one) && json_names_has(n, object->first, name, hash))
        return false;
    *mark |= one;
    n->hashes[n->count] = hash;
    n->names[n->count++] = name;
    if (ret_hash)
        *ret_hash = hash;
    return true;
}

#endif
