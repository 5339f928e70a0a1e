/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholders for fixes: found in the map or made up. Knows no fix. */
#include "check/alias.h"

struct alias {
    ddbexpr_source map;
    str stands_for, placeholder;
    bool is_new;
    struct alias *next;
};

/* A placeholder of the names map that stands for the name already. */
static str find_in_names(struct scope *scope, str name)
{
    for (uint32_t i = 0; i < scope->names.count && i < LIMIT_ASKED_ENTRIES; i++) {
        str key = scope_key_at(&scope->names, i);
        if (!str_equal(scope_name(scope, i), name) || !scope_key_is_well_formed(key, '#'))
            continue;
        scope->name_wanted[i] = name;
        return key;
    }
    return STR("");
}

static bool is_taken(const struct scope *scope, str placeholder)
{
    const value *map = placeholder.ptr[0] == '#' ? &scope->names : &scope->values;
    if (value_map_get(map, placeholder, str_hash(placeholder)) || scope_mentions(scope, placeholder))
        return true;
    for (const struct alias *a = scope->aliases; a; a = a->next)
        if (str_equal(a->placeholder, placeholder))
            return true;
    return false;
}

/* The sign and what can stand in a placeholder of what it is for: `#movie_id`. Values have no name: `:v`. */
static void put_base(buffer *out, ddbexpr_source map, str stands_for)
{
    if (map == DDBEXPR_SOURCE_VALUES) {
        buffer_text_literal(out, ":v");
        return;
    }
    buffer_char(out, '#');
    bool gap = false;
    for (size_t i = 0; i < stands_for.len && i < LIMIT_ALIAS_NAME_BYTES; i++) {
        char c = stands_for.ptr[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            buffer_char(out, c);
            gap = false;
        } else if (!gap) {
            buffer_char(out, '_');
            gap = true;
        }
    }
}

/* #word, #word2, #word3, … */
static str make_up(struct scope *scope, ddbexpr_source map, str stands_for)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(scope->arena), &text) != DDBEXPR_OK)
        return str_of(NULL, 0);
    uint64_t number = 1;
    do {
        ddbexpr_buffer_clear(text);
        put_base(text, map, stands_for);
        if (number > 1)
            buffer_unsigned(text, number);
        number++;
    } while (buffer_status(text) == DDBEXPR_OK && is_taken(scope, ddbexpr_buffer_text(text)));
    str made =
        buffer_status(text) == DDBEXPR_OK ? arena_copy(scope->arena, ddbexpr_buffer_text(text)) : str_of(NULL, 0);
    ddbexpr_buffer_free(text);
    return made;
}

static const struct alias *add_alias(struct scope *scope, ddbexpr_source map, str stands_for)
{
    struct alias *a = ARENA_NEW(scope->arena, struct alias);
    str copy = arena_copy(scope->arena, stands_for);
    if (!a || !copy.ptr)
        return NULL;
    a->map = map;
    a->stands_for = copy;
    if (map == DDBEXPR_SOURCE_NAMES)
        a->placeholder = find_in_names(scope, copy);
    a->is_new = a->placeholder.len == 0;
    if (a->is_new)
        a->placeholder = make_up(scope, map, copy);
    if (!a->placeholder.ptr)
        return NULL;
    a->next = scope->aliases;
    scope->aliases = a;
    return a;
}

str scope_alias(struct scope *scope, ddbexpr_source map, str stands_for, bool *ret_is_new)
{
    const struct alias *a = scope->aliases;
    while (a && !(a->map == map && str_equal(a->stands_for, stands_for)))
        a = a->next;
    if (!a)
        a = add_alias(scope, map, stands_for);
    if (!a) {
        scope->no_memory = true;
        return str_of(NULL, 0);
    }
    *ret_is_new = a->is_new;
    return a->placeholder;
}
