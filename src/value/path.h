/* SPDX-License-Identifier: Apache-2.0 */
/* Document paths with their names resolved, and what they lead to in an item. */
#ifndef DDBEXPR_VALUE_PATH_H
#define DDBEXPR_VALUE_PATH_H

#include "value/value.h"

struct document_step {
    str name;       /* an attribute's or a map entry's name; empty for an index */
    uint32_t hash;  /* of the name */
    uint32_t index; /* into a list */
    bool is_index;
};

/* At least one step, the first of which is a name. */
struct document_path {
    const struct document_step *steps;
    uint32_t count;
};

static inline const value *path_step_into(const value *v, const struct document_step *step)
{
    if (step->is_index)
        return v->type == DDBEXPR_L && step->index < v->count ? &v->at.elements[step->index] : NULL;
    return v->type == DDBEXPR_M ? value_map_get(v, step->name, step->hash) : NULL;
}

/* The value the path leads to, or NULL. `item` NULL: there is no item. Allocates nothing. */
static inline const value *path_find(const struct document_path *path, const value *item)
{
    const struct document_step *step = path->steps, *end = step + path->count;
    const value *v = item;
    for (; v && step < end; step++)
        v = path_step_into(v, step);
    return v;
}

/* How many leading steps lead to something: path->count if the path leads to a value. *ret_last is the value of the
 * last of them (the item itself for 0). */
uint32_t path_reach(const struct document_path *path, const value *item, const value **ret_last);

bool path_equal(const struct document_path *a, const struct document_path *b);

/* Appends the path as the service's messages have it: [a, [1], b]. */
void path_print_bracketed(const struct document_path *path, uint32_t steps, buffer *out);

/* Appends the path as it is written, with resolved names: a[1].b */
void path_print(const struct document_path *path, uint32_t steps, buffer *out);

#endif
