/* SPDX-License-Identifier: Apache-2.0 */
/* What a request comes to: built by the files that run requests, read through <ddbexpr/request.h>. */
#ifndef DDBEXPR_REQUEST_OUTCOME_H
#define DDBEXPR_REQUEST_OUTCOME_H

#include "request/run.h"

struct table_after {
    const value **items;
    size_t count;
};

struct ddbexpr_outcome {
    arena *arena; /* owns all */
    bool ok;
    const char *error_type;
    str error_message;
    const value *error_item;
    ddbexpr_reason *reasons;
    size_t reason_count;
    const value *attributes, *item;
    bool has_counts, has_items;
    size_t count, scanned_count;
    const value **items; /* of a Query or Scan */
    const value *last_evaluated_key;
    struct table_after *tables;
    size_t table_count;
    const value *old_item, *new_item;
};

/* A table as the request layer uses it. */
struct table {
    const ddbexpr_table *given;
    struct key_schema schema;
    struct table_after *after;
};

/* Tables with their key schemas, not with items. Errors: MISUSE, NO_MEMORY. */
ddbexpr_status set_up_tables(const ddbexpr_table *given, size_t count, arena *a, struct table *tables);

/* The same with their items, which are checked; each table after the request starts as what it was before. Errors:
 * MISUSE, NO_MEMORY. */
ddbexpr_status set_up_full_tables(const ddbexpr_table *given, size_t count, arena *a, struct table *tables,
                                  struct table_after *after);

/* Whether a caller gave a request of this version's size, with an operation, and actions that can be some. */
bool usable_request(const ddbexpr_request *request);

/* A run of the whole request; sets the collector's wording. */
struct run run_begin(const ddbexpr_request *request, const ddbexpr_execute_options *options, arena *a,
                     ddbexpr_diags *diags);

/* Answers with the first fault of the run's diagnostics. */
void outcome_refuse(struct ddbexpr_outcome *outcome, struct run *run);

/* Answers with a false condition. The stored item is shown where it was asked for. */
void outcome_condition_failed(struct ddbexpr_outcome *outcome, const ddbexpr_request *request, const value *stored);

/* Position of the item with the key of `key` in the table, or its count. */
size_t table_find(const struct table *table, const value *key);

/* Replaces, adds or (new_item NULL) drops the item at `position` of the table after. False: no memory. */
bool table_put(struct table *table, size_t position, const value *new_item, arena *a);

/* --- one file each --- */
void execute_write(struct run *run, struct table *table, struct ddbexpr_outcome *outcome);
void execute_get(struct run *run, struct table *table, struct ddbexpr_outcome *outcome);
void execute_query(struct run *run, struct table *table, struct ddbexpr_outcome *outcome);
void execute_transaction(struct run *run, struct table *tables, size_t count, struct ddbexpr_outcome *outcome);

/* The fault that a request, or an action of the run's request, is on a table that is not there. */
void report_missing_table(struct run *run, const ddbexpr_request *request);

/* The table that a name means, as ddbexpr_table_named has it (table_name.c). */
struct table *table_named(struct table *tables, size_t count, str name);

#endif
