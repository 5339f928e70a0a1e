/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the keys of stored items: the request's Key, or a key schema to cut them out by. */
#ifndef DDBEXPR_CLI_EXPLAIN_ITEM_KEYS_H
#define DDBEXPR_CLI_EXPLAIN_ITEM_KEYS_H

#include "cli/stored.h"

struct item_keys {
    const ddbexpr_value *given;          /* the request's Key; NULL: none was given */
    const ddbexpr_key_attribute *schema; /* of --key-schema */
    size_t count;                        /* 0: none was given */
};

/* From --key-schema and the request's Key (or NULL). EXIT_TRUE, or told. */
int item_keys_of(struct session *session, const ddbexpr_value *given, struct item_keys *ret);

/* The key of an item (NULL: there is none), in the arena; NULL if nothing is known. INVALID: it is another
 * item's, which is told. NO_MEMORY: not told. */
ddbexpr_status item_key(const struct item_keys *keys, ddbexpr_arena *arena, const ddbexpr_value *item,
                        const ddbexpr_value **ret);

#endif
