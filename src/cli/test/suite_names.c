/* SPDX-License-Identifier: Apache-2.0 */
/* A tree that stays balanced (Andersson's: a node's level is one above that of its less, and at most one above that of
 * its more). A table of hashes would be faster, and as slow as a list for names that were chosen to have one hash. */
#include "cli/test/suite_names.h"

#include "cli/limits.h"
#include "cli/yaml/yaml_members.h"

#include <string.h>

#define ROOM_PATH (2 * 64) /* links from the root to any node: twice the bits of their number at most */

static int compare(ddbexpr_str a, ddbexpr_str b)
{
    return a.len != b.len ? (a.len > b.len ? 1 : -1) : a.len ? memcmp(a.ptr, b.ptr, a.len) : 0;
}

void *suite_names_get(const struct suite_names *names, ddbexpr_str name)
{
    for (const struct suite_name *at = names->root; at;) {
        int order = compare(name, at->name);
        if (order == 0)
            return at->value;
        at = order < 0 ? at->less : at->more;
    }
    return NULL;
}

/* Where a node and its less have one level, the less comes above it. */
static void skew(struct suite_name **link)
{
    struct suite_name *top = *link, *less = top->less;
    if (!less || less->level != top->level)
        return;
    top->less = less->more;
    less->more = top;
    *link = less;
}

/* Where three in a row have one level, the middle one comes above the others. */
static void split(struct suite_name **link)
{
    struct suite_name *top = *link, *more = top->more;
    if (!more || !more->more || more->more->level != top->level)
        return;
    top->more = more->less;
    more->less = top;
    more->level++;
    *link = more;
}

bool suite_names_put(struct yaml_reader *r, struct suite_names *names, ddbexpr_str name, void *value)
{
    struct suite_name **path[ROOM_PATH], **link = &names->root, *added = yaml_alloc(r, 1, sizeof *added);
    size_t depth = 0;
    if (!added)
        return false;
    *added = (struct suite_name){.name = name, .value = value, .level = 1};
    while (*link) {
        path[depth++] = link;
        link = compare(name, (*link)->name) < 0 ? &(*link)->less : &(*link)->more;
    }
    *link = added;
    while (depth-- > 0) {
        skew(path[depth]);
        split(path[depth]);
    }
    *(names->last ? &names->last->next : &names->first) = added;
    names->last = added;
    return true;
}

ddbexpr_str suite_names_nearest(const struct yaml_reader *r, const struct suite_names *names, ddbexpr_str name)
{
    struct yaml_nearest nearest = {.name = name};
    for (const struct suite_name *at = names->first; r->faults < LIMIT_YAML_FAULTS_TOLD && at; at = at->next)
        yaml_nearest_try(&nearest, at->name);
    return nearest.best;
}
