/* SPDX-License-Identifier: Apache-2.0 */
/* The scope of a request: what the placeholders of all its expressions stand for, and which of them were used. */
#ifndef DDBEXPR_CHECK_SCOPE_H
#define DDBEXPR_CHECK_SCOPE_H

#include "diagnostic/diagnostic.h"
#include "value/value.h"

#include <ddbexpr/program.h>

#define SCOPE_TEXTS 5 /* one of each kind at most */

struct scope {
    arena *arena;
    value names;                     /* an M: placeholder -> S */
    value values;                    /* an M: placeholder -> the attribute value */
    uint32_t name_next, value_next;  /* positions behind those used last: mostly they are used in their order */
    bool *name_used, *value_used;    /* by position in the maps */
    str *name_wanted, *value_wanted; /* by position: what a fix would write the placeholder for, or empty */
    str texts[SCOPE_TEXTS];          /* the request's expressions: what they hold is no new placeholder */
    uint32_t text_count;
    const str *unknown_values; /* placeholders of which only the type is known; borrowed */
    size_t unknown_value_count;
    bool *name_mentioned, *value_mentioned; /* by position: some text holds it; NULL: not looked for yet */
    struct alias *aliases;                  /* the new placeholders, see alias.h */
    bool any_height;                        /* values are not refused for too many levels of lists and maps */
    bool no_memory;                         /* sticks: a check could not be made */
};

#define SCOPE_NONE UINT32_MAX

/* Copies keys and names into the arena; values keep pointing to what they were made of. Errors: NO_MEMORY, MISUSE (a
 * placeholder twice). bindings NULL: none. */
ddbexpr_status scope_init(struct scope *scope, arena *a, const ddbexpr_bindings *bindings);

/* Tells the scope of an expression before any is checked; it is borrowed. A NULL pointer: there is none. */
void scope_add_text(struct scope *scope, str text);

/* Whether any of the texts holds the placeholder, defined or not. */
bool scope_mentions(const struct scope *scope, str placeholder);

/* Finds out which keys of the maps any of the texts holds. False: no memory (scope->no_memory is set). */
bool scope_find_mentioned(struct scope *scope);

/* Whether a key is its sign and one or more letters, digits, underscores (aws: spec alternator-suite 7). */
bool scope_key_is_well_formed(str key, char sign);

/* Position of a placeholder, which is marked as used, or SCOPE_NONE. */
uint32_t scope_use_name(struct scope *scope, str placeholder);
uint32_t scope_use_value(struct scope *scope, str placeholder);

static inline str scope_key_at(const value *map, uint32_t position)
{
    return str_of(map->at.entries[position].name, map->at.entries[position].name_len);
}

/* Whether the content of a value is not known before the program runs. */
bool scope_is_unknown(const struct scope *scope, str placeholder);

str scope_name(const struct scope *scope, uint32_t position);
const value *scope_value(const struct scope *scope, uint32_t position);

/* What the service refuses about the maps by themselves, before it reads any text: their keys, what names stand for,
 * and (in that order) the values. Adds to diags; returns the number of faults
 * (look at no_memory as well). */
size_t scope_check_names(struct scope *scope, ddbexpr_diags *diags);
size_t scope_check_values(struct scope *scope, ddbexpr_diags *diags);

/* Placeholders that no expression used: names before values (unused.c). Returns the number of faults. */
size_t scope_check_unused(struct scope *scope, ddbexpr_diags *diags);

#endif
