/* SPDX-License-Identifier: Apache-2.0 */
/* The part `tables` of a configuration. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_TABLES_H
#define DDBEXPR_CLI_CONFIG_CONFIG_TABLES_H

#include "cli/yaml/yaml_tree.h"

/* Reads the map of tables into the struct config that `to` is. */
void config_read_tables(struct yaml_reader *reader, const struct yaml_node *node, void *to);

#endif
