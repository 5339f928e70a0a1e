/* SPDX-License-Identifier: Apache-2.0 */
/* One request (or one action of a transaction) on its way: what was checked, what it will run, what came out. */
#ifndef DDBEXPR_REQUEST_RUN_H
#define DDBEXPR_REQUEST_RUN_H

#include "check/check.h"
#include "program/program.h"

#include <ddbexpr/request.h>

struct run {
    const ddbexpr_request *request;
    const struct key_schema *schema; /* NULL: not known */
    arena *arena;
    ddbexpr_diags *diags;
    enum diag_layer layer;
    ddbexpr_messages messages;
    bool in_transaction;
    bool partial; /* members that must be there may be left out */
    bool alone;   /* only checked: there are no items */
    struct scope scope;
    struct checked *condition, *update, *filter, *projection, *key_condition; /* NULL: not given, or no tree */
    size_t faults;
    ddbexpr_status broken; /* NO_MEMORY or MISUSE: nothing can be said */
};

/* A diagnostic without a text: counts and adds. */
void run_report(struct run *run, const struct diag_draft *draft);

static inline bool text_given(str text) { return text.ptr != NULL; }

/* What a buffer holds, kept in the run's arena; frees the buffer. */
str run_keep(struct run *run, buffer *text);

/* A text in the run's arena: a template filled with arguments. */
str run_fill(struct run *run, const char *template, str a, str b, str c);
str run_decimal(struct run *run, uint64_t n);

/* --- the stages, in the order in which the service goes through them. Each adds its faults. --- */

/* Members of the request by themselves: enums, lengths, members that must be there (constraints.c). */
void check_constraints(struct run *run);

/* Legacy parameters beside expressions, placeholders without any expression (parameters.c). */
void check_parameters(struct run *run);

/* The placeholder maps, then each text, then unused placeholders (expressions.c). */
void check_maps(struct run *run);
void check_texts(struct run *run);
void check_unused_placeholders(struct run *run);

/* ReturnValues of PutItem and DeleteItem; Select; legacy parameters by themselves (parameters.c). */
void check_return_values(struct run *run);
void check_select(struct run *run);
void check_unsupported(struct run *run);

/* Values of Item and Key (keys.c). */
void check_item_values(struct run *run);
void check_key_values(struct run *run);

/* Item and Key against the key schema (keys.c; expressions.c for the uses). A missing or surplus attribute is a matter
 * of shape, a wrong type one of types, both together of the schema; empty and over-long key values of content. The uses
 * are what expressions may not do with key attributes. */
void check_key_schema(struct run *run);
void check_key_shape(struct run *run);
void check_key_types(struct run *run);
void check_key_content(struct run *run);
void check_key_uses(struct run *run);
void check_item_size(struct run *run);

/* All stages of a request that is no transaction: what can be said without a stored item. With `schema` NULL what
 * needs it is left out. */
void check_request(struct run *run);

/* Those of a transaction's action that concern the whole request: all but the key schema. */
void check_action(struct run *run);

/* --- running --- */

/* Whether an item has the key of the request (keys.c). */
bool item_has_key(const value *item, const value *key, const struct key_schema *schema);

/* The key attributes of an item, as an M. False: no memory. */
bool key_of_item(const value *item, const struct key_schema *schema, arena *a, value *ret);

/* What an action makes of the stored item (or NULL). */
struct write {
    bool condition_failed;
    bool refused; /* a fault was added to the run's diagnostics */
    const value *old_item;
    const value *new_item; /* NULL: none is left */
    const struct ddbexpr_program *update;
};
void run_write(struct run *run, const value *stored, struct write *ret);

/* Compiles what was checked. NULL for NULL; a lack of memory goes to run->broken. */
struct ddbexpr_program *run_compile(struct run *run, struct checked *checked);

#endif
