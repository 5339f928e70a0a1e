/* SPDX-License-Identifier: Apache-2.0 */
/* A case before it is printed: tables, operation, request. */
#ifndef DDBEXPR_CLI_GENERATE_GENERATE_CASE_H
#define DDBEXPR_CLI_GENERATE_GENERATE_CASE_H

#include "cli/generate/generate_draft.h"

struct generated_table {
    ddbexpr_str name;
    struct doc *key;   /* {"pk": "S", "sk": "N"} */
    struct doc *items; /* an array */
};

struct generated_case {
    struct generator *g;
    ddbexpr_operation operation;
    struct generated_table tables[2];
    uint32_t table_count;
    bool named; /* the tables are, in the question */
    struct doc *request;
    struct places places; /* of the item that is being written about */
};

/* --- tables --- */

void table_make(struct generator *g, struct generated_table *table);

/* An item of the table, or NULL if it has none. */
const struct doc *table_pick(struct generator *g, const struct generated_table *table);

/* The attributes of an item that are its key; a key that no item of the table has. */
struct doc *table_key_of(struct generator *g, const struct generated_table *table, const struct doc *item);
struct doc *table_new_key(struct generator *g, const struct generated_table *table);

/* An item with a key, like those of the table; `model` may be NULL. */
struct doc *table_item_like(struct generator *g, const struct doc *key, const struct doc *model);

/* --- requests --- */

/* A well-typed case. */
void case_make(struct generator *g, ddbexpr_operation operation, struct generated_case *ret);

/* Appends what a question is made of, without its braces: "op":…,"key":…,"items":…,"request":… */
void case_print(const struct generated_case *c, ddbexpr_buffer *out);

/* The body of an action on one item, whose condition shall be true or false; `item` is what the table has, or NULL. */
void case_write_action(struct generated_case *c, struct doc *body, ddbexpr_operation operation,
                       const struct generated_table *table, const struct doc *item, struct doc *key, bool aim);

/* TransactItems. */
void case_write_transaction(struct generated_case *c);

/* --- spoiling --- */

/* Changes a case so that the service probably refuses it, and notes how. */
void case_spoil(struct generated_case *c);

/* Single changes of one sort. False: nothing here to be changed so. */
bool spoil_text(struct generated_case *c);
bool spoil_structure(struct generated_case *c);
bool spoil_placeholders(struct generated_case *c);
bool spoil_value(struct generated_case *c);
bool spoil_key(struct generated_case *c);
bool spoil_parameter(struct generated_case *c);
bool spoil_transaction(struct generated_case *c);

/* The request, or of a transaction one of its actions' bodies. */
struct doc *spoil_body(struct generated_case *c);

/* One of the body's expressions, or NULL. `ending` is that of its name: "Expression" for any. */
struct doc *spoil_expression(struct generated_case *c, const struct doc *body, const char *ending);

/* The table of a body. */
const struct generated_table *spoil_table(const struct generated_case *c, const struct doc *body);

#endif
