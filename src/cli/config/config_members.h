/* SPDX-License-Identifier: Apache-2.0 */
/* What readers of a configuration ask of its nodes: members by a table, choices, lists; with a fault told where what
 * they want is not there. Knows no member. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_MEMBERS_H
#define DDBEXPR_CLI_CONFIG_CONFIG_MEMBERS_H

#include "cli/config/config_node.h"

/* A member of a map, and who reads its value. Tables have at most 31, and end with an entry without a name. */
struct config_member {
    const char *name;
    void (*read)(struct config_reader *reader, const struct config_node *value, void *to);
};

/* Whether a node is a map (a value that was left out is an empty one) in which no name stands twice. */
bool config_is_map(struct config_reader *reader, const struct config_node *node, const char *what);

/* Reads a map of known members into `to`, each at most once. */
void config_read_members(struct config_reader *reader, const struct config_node *node, const char *what,
                         const struct config_member *members, void *to);

/* A text that is not empty. */
bool config_is_text(struct config_reader *reader, const struct config_node *node, const char *what);

/* The number of a text among `choices` (ends with NULL). `what` says what was to be chosen: "a level". */
bool config_choose(struct config_reader *reader, const struct config_node *node, const char *what,
                   const char *const *choices, size_t *ret);

/* The elements of a list, or the node itself where one stands alone: the first; the others follow by `next`. NULL:
 * told. */
const struct config_node *config_elements(struct config_reader *reader, const struct config_node *node,
                                          const char *what, size_t *ret_count);

/* "pk:S,sk:N": at most `most` attributes. */
void config_read_key(struct config_reader *reader, const struct config_node *node, size_t most,
                     const ddbexpr_key_attribute **ret, size_t *ret_count);

bool config_text_is(ddbexpr_str text, const char *word);

#endif
