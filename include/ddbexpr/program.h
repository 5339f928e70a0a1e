/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: expressions bound to their placeholders, checked as the service checks them, and compiled. Compile once,
 * evaluate as often as you like: an evaluation allocates nothing. Since 0.1.0. */
#ifndef DDBEXPR_PROGRAM_H
#define DDBEXPR_PROGRAM_H

#include <ddbexpr/diagnostic.h>
#include <ddbexpr/expression.h>
#include <ddbexpr/value.h>

DDBEXPR_BEGIN_DECLS

/* One entry of ExpressionAttributeNames: "#s" stands for the attribute name "status". */
typedef struct ddbexpr_name_binding {
    ddbexpr_str placeholder; /* with its # */
    ddbexpr_str name;
} ddbexpr_name_binding;

/* One entry of ExpressionAttributeValues. */
typedef struct ddbexpr_value_binding {
    ddbexpr_str placeholder; /* with its : */
    const ddbexpr_value *value;
} ddbexpr_value_binding;

/* What the placeholders of a request's expressions stand for. Zero-initialise and set `size`. */
typedef struct ddbexpr_bindings {
    size_t size; /* sizeof(ddbexpr_bindings) */
    const ddbexpr_name_binding *names;
    size_t name_count;
    const ddbexpr_value_binding *values;
    size_t value_count;
    bool allow_unused; /* other expressions of the request may use what this one does not: say nothing about it */
} ddbexpr_bindings;

/* A compiled expression. Immutable after compiling (but for ddbexpr_program_set_values): any number of threads may
 * evaluate it at once. */
typedef struct ddbexpr_program ddbexpr_program;

/* Parses, binds, checks and compiles one expression by itself. `text` and the bindings' names are copied; the
 * bindings' *values* are borrowed and must live as long as the program. All faults are added to `diags` (may be NULL)
 * in the service's order, unused placeholders included. bindings NULL: none. Errors: INVALID, NO_MEMORY; MISUSE for a
 * placeholder that is bound twice, and for a `size` that is not set. */
DDBEXPR_API ddbexpr_status ddbexpr_compile(ddbexpr_kind kind, ddbexpr_str text, const ddbexpr_bindings *bindings,
                                           const ddbexpr_alloc *alloc, ddbexpr_diags *diags,
                                           ddbexpr_program **ret_program);

/* Binds the program to other values without compiling again: every :placeholder that the expression uses must be
 * there. The new values are checked as ddbexpr_compile checks them. On an error the program stays as it was. No other
 * thread may use the program meanwhile. Errors: INVALID, NO_MEMORY; MISUSE for a placeholder that is bound twice. */
DDBEXPR_API ddbexpr_status ddbexpr_program_set_values(ddbexpr_program *program, const ddbexpr_value_binding *values,
                                                      size_t value_count, ddbexpr_diags *diags);

/* Frees the program. NULL is fine. */
DDBEXPR_API void ddbexpr_program_free(ddbexpr_program *program);

/* The expression's kind and text (borrowed). Any thread. */
DDBEXPR_API ddbexpr_kind ddbexpr_program_kind(const ddbexpr_program *program);
DDBEXPR_API ddbexpr_str ddbexpr_program_text(const ddbexpr_program *program);

/* The attributes of an item that a condition, filter or key condition looks at, each once: of an item of those alone it
 * is as true or false. The array lives in `arena`, the names are borrowed from the program. Errors: MISUSE (the program
 * is no condition: whether an update can be applied depends on the whole item), NO_MEMORY. */
DDBEXPR_API ddbexpr_status ddbexpr_program_attributes(const ddbexpr_program *program, ddbexpr_arena *arena,
                                                      const ddbexpr_str **ret_names, size_t *ret_count);

/* Whether a condition, filter or key condition is true of an item. item NULL: there is no item (every attribute is
 * missing). Allocates nothing. Errors: MISUSE (the program is no condition, or the item is no map or is faulty). */
DDBEXPR_API ddbexpr_status ddbexpr_evaluate(const ddbexpr_program *program, const ddbexpr_value *item,
                                            bool *ret_matched);

/* Applies an update to an item and gives the new item, which lives in `arena` and shares what was not touched with the
 * old one, and what was written with the program and its values: all of these must live as long. item NULL: there is no
 * item; *ret_item is then NULL if the update creates none (REMOVE and DELETE alone). The old item is unchanged. Errors:
 * INVALID (the update cannot be applied to this item: the diagnostics say why, first what the service says), NO_MEMORY,
 * MISUSE. */
DDBEXPR_API ddbexpr_status ddbexpr_update(const ddbexpr_program *program, const ddbexpr_value *item,
                                          ddbexpr_arena *arena, ddbexpr_diags *diags, const ddbexpr_value **ret_item);

/* The part of an item that a projection, or the target paths of an update, name: an item with what was found in its
 * containers, lists packed. Lives in `arena`, shares with `item`. Errors: NO_MEMORY, MISUSE (the program is a
 * condition, or the item is none, no map or faulty). */
DDBEXPR_API ddbexpr_status ddbexpr_project(const ddbexpr_program *program, const ddbexpr_value *item,
                                           ddbexpr_arena *arena, const ddbexpr_value **ret_item);

DDBEXPR_END_DECLS

#endif
