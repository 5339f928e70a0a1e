/* SPDX-License-Identifier: Apache-2.0 */
/* A request's expressions while they are written: they share placeholders, and know the item that they are about. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_DRAFT_H
#define DDBEXPR_CLI_GENERATE_GENERATE_DRAFT_H

#include "cli/generate/generate_places.h"

struct draft {
    struct generator *g;
    struct doc *names, *values;
    const struct places *places;
    bool keys; /* key attributes may be named */
};

/* Writes a name (as it is or as a #placeholder), a path, a :value, a whole number. */
void put_name(struct draft *d, ddbexpr_str name);
void put_path(struct draft *d, const struct place *place);
void put_value(struct draft *d, struct doc *value);
void put_whole(struct draft *d, uint32_t number);

/* A condition that is meant to be true, or false, of the item: mostly it is. */
void write_condition(struct draft *d, bool aim);

/* A key condition that selects `item`, mostly, and others of its partition; or the whole partition. */
void write_key_condition(struct draft *d, const struct doc *key, const struct doc *item, bool whole);

/* An update that mostly can be applied. */
void write_update(struct draft *d);

void write_projection(struct draft *d);

/* Clauses and operands of the wrong types, in the wrong places, of the wrong number. */
void write_wild_clause(struct draft *d);
void write_wild_key_condition(struct draft *d, const struct doc *key, const struct doc *item);
void write_wild_operand(struct draft *d);

/* A clause by itself: no AND, OR, NOT. */
void write_clause(struct draft *d, bool aim);

#endif
