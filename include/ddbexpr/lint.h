/* SPDX-License-Identifier: Apache-2.0 */
/* Lint: what the service accepts but was probably not meant: conditions that are never or always true, updates that
 * fail unless the item happens to fit, guards that do not guard. The condition of a request and its update are looked
 * at together: a rule is silent where the condition proves what it asks for, and where what it asks for cannot be
 * known. Since 0.1.0. */
#ifndef DDBEXPR_LINT_H
#define DDBEXPR_LINT_H

#include <ddbexpr/request.h>

DDBEXPR_BEGIN_DECLS

/* The types that an attribute, or a place inside one, has in a table. */
typedef struct ddbexpr_known_attribute {
    ddbexpr_str table; /* empty: any */
    ddbexpr_str path;  /* status, address.city, lines[*].price, tags[0] */
    unsigned types;    /* bits 1 << ddbexpr_type; 0: there is such an attribute, of whatever type */
} ddbexpr_known_attribute;

/* A key attribute of a secondary index. */
typedef struct ddbexpr_index_key {
    ddbexpr_str table; /* empty: any */
    ddbexpr_str index;
    ddbexpr_str attribute;
    ddbexpr_type type; /* S, N or B */
} ddbexpr_index_key;

/* What is known beside the request. Zero-initialise and set `size`; all is borrowed for the duration of the call. */
typedef struct ddbexpr_lint_options {
    size_t size;                 /* sizeof(ddbexpr_lint_options) */
    ddbexpr_messages messages;   /* whose rules of checking; the default is the current ones */
    const ddbexpr_table *tables; /* those whose key schema is known; their items are not read */
    size_t table_count;
    const ddbexpr_known_attribute *attributes;
    size_t attribute_count;
    const ddbexpr_index_key *index_keys;
    size_t index_key_count;

    /* What is filled in only when the program runs: placeholders with their sign (":v"), and attributes of Key and
     * Item. The request holds a value of the right type in their place, whose content means nothing: rules that need
     * the content are silent. Serves all actions of a transaction. */
    const ddbexpr_str *unknown_values;
    size_t unknown_value_count;
} ddbexpr_lint_options;

/* Adds what the rules find, by action, then by code. Only expressions without faults are looked at, and what depends on
 * one with faults is not judged; the faults themselves are not added: see ddbexpr_request_check. options NULL: nothing
 * more is known. Findings are no error of this function. Errors: NO_MEMORY; MISUSE (wrong sizes, a placeholder twice, a
 * table without a usable key). */
DDBEXPR_API ddbexpr_status ddbexpr_lint(const ddbexpr_request *request, const ddbexpr_lint_options *options,
                                        const ddbexpr_alloc *alloc, ddbexpr_diags *diags);

/* --- every code there is: lints, and what the service or a reader refuses --- */

typedef struct ddbexpr_rule {
    const char *code;          /* "DX503" */
    const char *name;          /* "ne-accepts-missing" */
    const char *summary;       /* what it finds, in one line */
    ddbexpr_severity severity; /* the most severe it reports with: some say less where they know less */
    bool is_lint;              /* false: what it finds is refused */
} ddbexpr_rule;

/* How many, and one of them, in the order of their codes; zero past the end. Static. Any thread. */
DDBEXPR_API size_t ddbexpr_rule_count(void);
DDBEXPR_API ddbexpr_rule ddbexpr_rule_at(size_t index);

DDBEXPR_END_DECLS

#endif
