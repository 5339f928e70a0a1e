/* SPDX-License-Identifier: Apache-2.0 */
/* The part `tables` of a configuration. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_TABLES_H
#define DDBEXPR_CLI_CONFIG_CONFIG_TABLES_H

#include "cli/config/config_node.h"

/* Reads the map of tables into the struct config that `to` is. */
void config_read_tables(struct config_reader *reader, const struct config_node *node, void *to);

#endif
