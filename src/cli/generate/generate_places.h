/* SPDX-License-Identifier: Apache-2.0 */
/* The places of an item: attributes, and what is inside them, as paths that expressions can name. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_PLACES_H
#define DDBEXPR_CLI_GENERATE_GENERATE_PLACES_H

#include "cli/generate/generate_value.h"

struct place {
    const struct place *parent; /* NULL: an attribute of the item */
    ddbexpr_str name;           /* of a member; of an element it is the index */
    uint32_t index;
    bool is_index;
    bool is_key;
    const struct doc *value; /* NULL: nothing is there */
};

#define PLACES_AT_MOST 96

struct places {
    struct place list[PLACES_AT_MOST];
    uint32_t count;
};

/* All places of an item, up to as many as there is room for; `item` NULL has none. Key attributes are those of `key`,
 * an object like {"pk": "S"}. */
void places_collect(struct places *places, const struct doc *item, const struct doc *key);

/* A place that holds one of some types (a bit each, as TYPE_BIT), not `except` (may be NULL) and no key unless they may
 * be; NULL if there is none. */
const struct place *places_pick(struct generator *g, const struct places *places, unsigned types, bool keys,
                                const struct place *except);

/* A place where nothing is, inside what is there: an attribute, a member of a map, an element past the end of a list.
 * With `writable` false also inside what has no inside. */
const struct place *places_missing(struct generator *g, const struct places *places, bool writable);

/* A place where nothing is: a member of another (NULL: an attribute), an element. */
const struct place *place_inside(struct generator *g, const struct place *parent, ddbexpr_str name);
const struct place *place_element(struct generator *g, const struct place *parent, uint32_t index);

/* Whether one is the other, or inside it. */
bool place_overlaps(const struct place *a, const struct place *b);

#endif
