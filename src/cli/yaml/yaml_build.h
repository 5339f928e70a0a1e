/* SPDX-License-Identifier: Apache-2.0 */
/* A tree while it grows. Parsers call this; it knows neither YAML nor JSON. */
#ifndef DDBEXPR_CLI_YAML_YAML_BUILD_H
#define DDBEXPR_CLI_YAML_YAML_BUILD_H

#include "cli/yaml/yaml_tree.h"

/* Where something begins. */
struct yaml_place {
    size_t line, column, offset;
};

struct yaml_builder {
    struct yaml_reader *reader;
    struct yaml_node *root;
    struct yaml_node **open;       /* containers, outermost first */
    const struct yaml_node **keys; /* of a map: the name whose value comes next */
    size_t depth;
};

/* All of these are false where something was wrong, which the reader knows. */
bool yaml_build_start(struct yaml_builder *builder, struct yaml_reader *reader);
bool yaml_build_scalar(struct yaml_builder *builder, struct yaml_place begin, size_t end, ddbexpr_str text,
                       bool is_plain);
bool yaml_build_open(struct yaml_builder *builder, enum yaml_kind kind, bool is_flow, struct yaml_place begin);

/* Closes the innermost container. `end` 0: it ends with what is last in it. */
void yaml_build_close(struct yaml_builder *builder, size_t end);

/* The tree of a text of RFC 8259. */
void yaml_parse_json(struct yaml_builder *builder, ddbexpr_str text);

#endif
