/* SPDX-License-Identifier: Apache-2.0 */
/* Whole requests over items held in memory, answered as the service answers them: the response body with the table
 * after it, or the error with type, message and members. Knows no JSON: a reader fills the struct. Since 0.1.0. */
#ifndef DDBEXPR_REQUEST_H
#define DDBEXPR_REQUEST_H

#include <ddbexpr/diagnostic.h>
#include <ddbexpr/program.h>
#include <ddbexpr/value.h>

DDBEXPR_BEGIN_DECLS

typedef enum ddbexpr_operation {
    DDBEXPR_PUT_ITEM,
    DDBEXPR_UPDATE_ITEM,
    DDBEXPR_DELETE_ITEM,
    DDBEXPR_GET_ITEM,
    DDBEXPR_QUERY,
    DDBEXPR_SCAN,
    DDBEXPR_TRANSACT_WRITE_ITEMS,
    DDBEXPR_CONDITION_CHECK /* only as an action of a transaction */
} ddbexpr_operation;

/* "PutItem", …, "ConditionCheck". Static. Any thread. */
DDBEXPR_API const char *ddbexpr_operation_name(ddbexpr_operation operation);

/* The operation of a name as the service writes it. False: there is none. Any thread. */
DDBEXPR_API bool ddbexpr_operation_from_name(ddbexpr_str name, ddbexpr_operation *ret_operation);

/* One action of TransactWriteItems is a request of its own; see `actions`. Zero-initialise and set `size`.
 * A string with a NULL pointer, a NULL value, or a false `…_given` means that the member was not sent. Everything is
 * borrowed for the duration of the call; an outcome's values share with the request's and the tables' values. */
typedef struct ddbexpr_request {
    size_t size; /* sizeof(ddbexpr_request) */
    ddbexpr_operation operation;
    ddbexpr_str table_name;

    const ddbexpr_value *item; /* PutItem: an M */
    const ddbexpr_value *key;  /* the others but Query and Scan: an M */

    ddbexpr_str condition_expression;
    ddbexpr_str update_expression;
    ddbexpr_str filter_expression;
    ddbexpr_str projection_expression;
    ddbexpr_str key_condition_expression;

    bool names_given; /* ExpressionAttributeNames, even if empty */
    bool values_given;
    const ddbexpr_name_binding *names;
    size_t name_count;
    const ddbexpr_value_binding *values;
    size_t value_count;

    ddbexpr_str return_values;
    ddbexpr_str return_values_on_condition_check_failure;
    ddbexpr_str return_consumed_capacity;
    ddbexpr_str return_item_collection_metrics;
    ddbexpr_str select;
    ddbexpr_str client_request_token;
    ddbexpr_str index_name;

    bool limit_given;
    int64_t limit;
    bool scan_backward; /* ScanIndexForward: false */
    const ddbexpr_value *exclusive_start_key;

    const ddbexpr_str *legacy; /* names of legacy parameters that were sent: "Expected", "AttributeUpdates", … */
    size_t legacy_count;
    bool legacy_in_effect; /* at least one of them is no empty map */

    bool actions_given; /* TransactItems */
    const struct ddbexpr_request *actions;
    size_t action_count;
    bool action_malformed; /* this action names no operation, or several */
    bool action_ambiguous; /* several */
    size_t payload_bytes;  /* of the whole request as sent, for the limit of 4 MB; 0: not known */

    /* For ddbexpr_request_check, what is filled in only when the program runs; of a transaction each action has its
     * own. Placeholders with their sign (":v"), and attributes of Key and Item: the values given in their place have
     * the right type and no meaning, and what depends on their content is not checked. */
    const ddbexpr_str *unknown_values;
    size_t unknown_value_count;
    bool incomplete; /* members are, too: those that must be there may be left out, as if `partial` */
} ddbexpr_request;

/* A key schema's attribute; its type is S, N or B. */
typedef struct ddbexpr_key_attribute {
    ddbexpr_str name;
    ddbexpr_type type;
} ddbexpr_key_attribute;

/* A table: its key schema and what it holds. */
typedef struct ddbexpr_table {
    size_t size;                      /* sizeof(ddbexpr_table) */
    ddbexpr_str name;                 /* may be empty where there is only one */
    const ddbexpr_key_attribute *key; /* partition key first */
    size_t key_count;                 /* 1 or 2 */
    const ddbexpr_value *const *items;
    size_t item_count;
} ddbexpr_table;

typedef struct ddbexpr_execute_options {
    size_t size;               /* sizeof(ddbexpr_execute_options) */
    ddbexpr_messages messages; /* whose wording; the default is the current one */
    bool partial;              /* ddbexpr_request_check: members that must be there, such as Key, may be left out */
} ddbexpr_execute_options;

/* The table that a TableName stands for: an ARN ("arn:aws:dynamodb:REGION:ACCOUNT:table/NAME") is NAME, anything else
 * is itself. Borrowed from `name`. Any thread. */
DDBEXPR_API ddbexpr_str ddbexpr_table_name_of(ddbexpr_str name);

/* The table that a TableName means: the one with exactly this name, before the one whose ARN it is; a single table also
 * where one of the two has no name. NULL: there is none. Any thread. */
DDBEXPR_API const ddbexpr_table *ddbexpr_table_named(const ddbexpr_table *tables, size_t table_count, ddbexpr_str name);

/* What a request comes to. Immutable; owned by the caller. */
typedef struct ddbexpr_outcome ddbexpr_outcome;

/* Runs a request against tables. A request that the service would refuse, or a false condition, is an outcome, not an
 * error of this function. All faults that can be found without running it go to `diags` (may be NULL), in the service's
 * order, and after them those of running it; the first of them is the outcome's error, unless that is a false
 * condition. options NULL: defaults. Errors: NO_MEMORY; MISUSE (no table, a stored item without its key, a placeholder
 * or a table twice, wrong sizes, an operation that is none or cannot stand there). */
DDBEXPR_API ddbexpr_status ddbexpr_execute(const ddbexpr_request *request, const ddbexpr_table *tables,
                                           size_t table_count, const ddbexpr_execute_options *options,
                                           const ddbexpr_alloc *alloc, ddbexpr_diags *diags,
                                           ddbexpr_outcome **ret_outcome);

/* Checks a request without items: everything that ddbexpr_execute finds before it looks at one. `tables` are those
 * whose key schema is known, if any (their items are not read); what needs the key schema of another is not checked.
 * Errors: INVALID (faults were added), NO_MEMORY, MISUSE. */
DDBEXPR_API ddbexpr_status ddbexpr_request_check(const ddbexpr_request *request, const ddbexpr_table *tables,
                                                 size_t table_count, const ddbexpr_execute_options *options,
                                                 const ddbexpr_alloc *alloc, ddbexpr_diags *diags);

/* Frees the outcome. NULL is fine. */
DDBEXPR_API void ddbexpr_outcome_free(ddbexpr_outcome *outcome);

/* --- reading an outcome: borrowed from it. Any thread. --- */

/* Whether the service would answer with success. */
DDBEXPR_API bool ddbexpr_outcome_ok(const ddbexpr_outcome *outcome);

/* Errors: "ValidationException", "ConditionalCheckFailedException", …; the exact message; the stored item where
 * ReturnValuesOnConditionCheckFailure asked for it, else NULL. Empty for a success. */
DDBEXPR_API const char *ddbexpr_outcome_error_type(const ddbexpr_outcome *outcome);
DDBEXPR_API ddbexpr_str ddbexpr_outcome_error_message(const ddbexpr_outcome *outcome);
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_error_item(const ddbexpr_outcome *outcome);

/* CancellationReasons of a TransactionCanceledException, one for each action. */
typedef struct ddbexpr_reason {
    const char *code;          /* "None", "ConditionalCheckFailed", "ValidationError" */
    ddbexpr_str message;       /* empty for None */
    const ddbexpr_value *item; /* or NULL */
} ddbexpr_reason;

/* How many there are, and one of them; None past the end. */
DDBEXPR_API size_t ddbexpr_outcome_reason_count(const ddbexpr_outcome *outcome);
DDBEXPR_API ddbexpr_reason ddbexpr_outcome_reason_at(const ddbexpr_outcome *outcome, size_t index);

/* Members of the response; NULL where the service sends none. */
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_attributes(const ddbexpr_outcome *outcome);
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_item(const ddbexpr_outcome *outcome);

/* Query and Scan: Count, ScannedCount and LastEvaluatedKey (or NULL); Items is absent for Select=COUNT. */
DDBEXPR_API bool ddbexpr_outcome_has_counts(const ddbexpr_outcome *outcome);
DDBEXPR_API bool ddbexpr_outcome_has_items(const ddbexpr_outcome *outcome);
DDBEXPR_API size_t ddbexpr_outcome_count(const ddbexpr_outcome *outcome);
DDBEXPR_API size_t ddbexpr_outcome_scanned_count(const ddbexpr_outcome *outcome);
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_item_at(const ddbexpr_outcome *outcome, size_t index);
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_last_evaluated_key(const ddbexpr_outcome *outcome);

/* The tables after the request, in the order they were given; as they were before for everything but a successful
 * write. Items keep their places; a new one comes last. */
DDBEXPR_API size_t ddbexpr_outcome_table_count(const ddbexpr_outcome *outcome);
DDBEXPR_API size_t ddbexpr_outcome_table_item_count(const ddbexpr_outcome *outcome, size_t table);
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_table_item_at(const ddbexpr_outcome *outcome, size_t table,
                                                               size_t index);

/* For a write of one item: the item before and after (or NULL). For explaining and diffs. */
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_old_item(const ddbexpr_outcome *outcome);
DDBEXPR_API const ddbexpr_value *ddbexpr_outcome_new_item(const ddbexpr_outcome *outcome);

DDBEXPR_END_DECLS

#endif
