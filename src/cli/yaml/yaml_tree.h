/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML or JSON text as a tree with the place of everything. Knows no member of any file. */
#ifndef DDBEXPR_CLI_YAML_YAML_TREE_H
#define DDBEXPR_CLI_YAML_YAML_TREE_H

#include <ddbexpr/ddbexpr.h>

enum yaml_kind { YAML_KIND_SCALAR, YAML_KIND_LIST, YAML_KIND_MAP };

/* Scalars are texts: what `off`, NULL or 1e3 stands for is said by who reads them, and not by YAML. */
struct yaml_node {
    enum yaml_kind kind;
    bool is_plain;       /* a scalar without quotes that is no block scalar; of JSON: one that is no string */
    bool is_null;        /* a plain scalar that is not there at all (`rules:`), or ~, or null */
    bool is_flow;        /* a list or map in brackets */
    size_t line, column; /* from 1, columns in characters */
    size_t begin, end;   /* the bytes of the value in the text, without blanks, comments and line ends behind it */
    ddbexpr_str text;    /* of a scalar; a NUL byte follows it */
    const struct yaml_node *key; /* of an entry of a map: its name, a scalar; NULL elsewhere */
    struct yaml_node *first, *last, *next;
    size_t count; /* of elements or entries */
};

/* Who reads a text, what it may be, and what was wrong so far. Zero-initialise. */
struct yaml_reader {
    ddbexpr_arena *arena; /* where the tree lives */
    const char *name;     /* of the file, as messages show it */
    const char *what;     /* "a configuration" */
    size_t largest;       /* bytes */
    size_t levels;
    bool is_json;        /* by RFC 8259, and nothing more */
    bool nul_is_text;    /* NUL characters may stand in texts */
    bool has_no_offsets; /* set: the text is UTF-16, so `begin` and `end` of its nodes mean nothing */
    size_t faults;
    bool no_memory;
};

/* Tells a fault with its place, unless many were told already. */
void yaml_fault(struct yaml_reader *reader, const struct yaml_node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void yaml_fault_at(struct yaml_reader *reader, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Says how many faults were not told, and how to exit. */
int yaml_exit(const struct yaml_reader *reader);

/* Memory of the reader's arena, zeros; NULL is remembered. */
void *yaml_alloc(struct yaml_reader *reader, size_t count, size_t size);

/* The tree of a text; NULL where there is nothing in it, or where something was wrong, which the reader knows. Nothing
 * of the text is kept. */
const struct yaml_node *yaml_read(struct yaml_reader *reader, ddbexpr_str text);

#endif
