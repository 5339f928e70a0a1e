/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML text as a tree with the place of everything. Knows no member of a configuration. */
#ifndef DDBEXPR_CLI_CONFIG_CONFIG_NODE_H
#define DDBEXPR_CLI_CONFIG_CONFIG_NODE_H

#include "cli/arguments.h"

enum config_kind { CONFIG_SCALAR, CONFIG_LIST, CONFIG_MAP };

/* Scalars are texts: what `off`, NULL or 1e3 stands for is said by who reads them, and not by YAML. */
struct config_node {
    enum config_kind kind;
    bool is_null;                  /* a scalar that is not there at all: `rules:` */
    size_t line, column;           /* from 1, columns in characters */
    ddbexpr_str text;              /* of a scalar */
    const struct config_node *key; /* of an entry of a map: its name, a scalar; NULL elsewhere */
    struct config_node *first, *last, *next;
    size_t count; /* of elements or entries */
};

/* Who reads a configuration, and what was wrong so far. */
struct config_reader {
    struct session *session;
    const char *name; /* of the file, as messages show it */
    size_t faults;
    bool no_memory;
};

#define CONFIG_FAULTS_TOLD 20

/* Tells a fault with its place, unless many were told already. */
void config_fault(struct config_reader *reader, const struct config_node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void config_fault_at(struct config_reader *reader, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Memory of the session; NULL is remembered. */
void *config_alloc(struct config_reader *reader, size_t count, size_t size);

/* The tree of a text; NULL where there is nothing in it, or where something was wrong, which the reader knows. */
const struct config_node *config_read_yaml(struct config_reader *reader, ddbexpr_str text);

#endif
