/* SPDX-License-Identifier: Apache-2.0 */
/* The names of objects that are open, and whether one comes twice; for readers that build nothing. There is room for
 * what items commonly have, all on the stack: whoever has more is read otherwise. Also for the members of sets. */
#ifndef DDBEXPR_JSON_NAMES_H
#define DDBEXPR_JSON_NAMES_H

#include "json/text.h"

#define JSON_NAMES_OPEN 512 /* of all objects that are open */
#define JSON_NAMES_EACH 128 /* of one: all are compared with all of one hash's top bits */

struct json_name {
    const char *ptr;
    uint32_t len, hash;
};

struct json_names {
    struct json_name *end; /* of those that are there */
    struct json_name names[JSON_NAMES_OPEN];
};

/* One object. Where the top bits of a name's hash choose a mark that is not set, the name is new, and nearly always
 * that is so. More marks would take longer to clear than they save. */
struct json_names_mark {
    struct json_name *first, *limit; /* its names are those from the one to before the other at most */
    bool marks[64];
};

static inline void json_names_open(const struct json_names *n, struct json_names_mark *ret)
{
    const size_t room = (size_t)(n->names + JSON_NAMES_OPEN - n->end);
    ret->first = n->end;
    ret->limit = n->end + (room < JSON_NAMES_EACH ? room : JSON_NAMES_EACH);
    memset(ret->marks, 0, sizeof ret->marks);
}

static inline void json_names_close(struct json_names *n, const struct json_names_mark *object)
{
    n->end = object->first;
}

static inline bool json_names_has(const struct json_names *n, const struct json_name *first,
                                  const struct json_name *name)
{
    for (const struct json_name *other = first; other < n->end; other++)
        if (other->hash == name->hash && other->len == name->len && memcmp(other->ptr, name->ptr, name->len) == 0)
            return true;
    return false;
}

/* Adds a name with that json_hash to the innermost object. False: it is there already, or there is no room. */
static inline bool json_names_add(struct json_names *n, struct json_names_mark *object, ddbexpr_str name, uint32_t hash)
{
    const struct json_name own = {name.ptr, (uint32_t)name.len, hash};
    bool *mark = &object->marks[hash >> 26];
    if (n->end == object->limit || (*mark && json_names_has(n, object->first, &own)))
        return false;
    *mark = true;
    *n->end++ = own;
    return true;
}

#endif
