/* SPDX-License-Identifier: Apache-2.0 */
/* What readers ask of nodes: members by a table, choices, lists; with a fault told where what they want is not
 * there. Knows no member. */
#ifndef DDBEXPR_CLI_YAML_YAML_MEMBERS_H
#define DDBEXPR_CLI_YAML_YAML_MEMBERS_H

#include "cli/yaml/yaml_tree.h"

#include <stdint.h>

/* A member of a map, and who reads its value. Tables have at most 31, and end with an entry without a name. */
struct yaml_member {
    const char *name;
    void (*read)(struct yaml_reader *reader, const struct yaml_node *value, void *to);
};

/* Whether a node is a map (a value that was left out is an empty one) in which no name stands twice. */
bool yaml_is_map(struct yaml_reader *reader, const struct yaml_node *node, const char *what);

/* Reads a map of known members into `to`, each at most once. */
void yaml_read_members(struct yaml_reader *reader, const struct yaml_node *node, const char *what,
                       const struct yaml_member *members, void *to);

/* One entry of such a map. `read` has a bit for each member that was read, none at first. */
void yaml_read_member(struct yaml_reader *reader, const struct yaml_node *entry, const char *what,
                      const struct yaml_member *members, void *to, uint32_t *read);

/* A text that is not empty. */
bool yaml_is_text(struct yaml_reader *reader, const struct yaml_node *node, const char *what);

/* The number of a text among `choices` (ends with NULL). `what` says what was to be chosen: "a level". */
bool yaml_choose(struct yaml_reader *reader, const struct yaml_node *node, const char *what, const char *const *choices,
                 size_t *ret);

/* The elements of a list, or the node itself where one stands alone: the first; the others follow by `next`. NULL:
 * told. */
const struct yaml_node *yaml_elements(struct yaml_reader *reader, const struct yaml_node *node, const char *what,
                                      size_t *ret_count);

bool yaml_text_is(ddbexpr_str text, const char *word);

/* The entry of a map with a name; NULL: there is none, or it is no map. */
const struct yaml_node *yaml_entry(const struct yaml_node *map, const char *name);

/* Which of several words was probably meant: try each, and look at `best`, whose pointer is NULL if none is near. */
struct yaml_nearest {
    ddbexpr_str name, best;
    size_t distance;
};
void yaml_nearest_try(struct yaml_nearest *nearest, ddbexpr_str word);

/* "there is no table `Order`; did you mean `Orders`?"; where nothing is near (`meant` without a pointer), with `rest`
 * behind the name. */
void yaml_fault_no_such(struct yaml_reader *reader, const struct yaml_node *name, const char *what, ddbexpr_str meant,
                        const char *rest);

#endif
