/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholder maps: looking up, remembering what was used, and what the service refuses about the maps themselves. */
#include "check/scope.h"

#include "check/key_order.h"
#include "check/value_faults.h"

static bool make_names(struct scope *scope, const ddbexpr_bindings *b, struct map_entry *entries)
{
    for (size_t i = 0; i < b->name_count; i++) {
        str key = arena_copy(scope->arena, b->names[i].placeholder), name = arena_copy(scope->arena, b->names[i].name);
        if (!key.ptr || !name.ptr)
            return false;
        entries[i] = (struct map_entry){key.ptr, (uint32_t)key.len, 0, value_of_string(name)};
    }
    return true;
}

static bool make_values(struct scope *scope, const ddbexpr_bindings *b, struct map_entry *entries)
{
    for (size_t i = 0; i < b->value_count; i++) {
        str key = arena_copy(scope->arena, b->values[i].placeholder);
        if (!key.ptr)
            return false;
        entries[i] = (struct map_entry){key.ptr, (uint32_t)key.len, 0, *b->values[i].value};
    }
    return true;
}

/* DDBEXPR_MISUSE for a key twice: a JSON reader has told of it before. */
static ddbexpr_status make_map(arena *a, struct map_entry *entries, size_t count, value *ret)
{
    ddbexpr_status status = value_map_from(a, entries, (uint32_t)count, ret, NULL);
    return status == DDBEXPR_INVALID ? DDBEXPR_MISUSE : status;
}

ddbexpr_status scope_init(struct scope *scope, arena *a, const ddbexpr_bindings *bindings)
{
    static const ddbexpr_bindings none = {0};
    const ddbexpr_bindings *b = bindings ? bindings : &none;
    if (b->name_count > LIMIT_TEXT_BYTES || b->value_count > LIMIT_TEXT_BYTES)
        return DDBEXPR_LIMIT;
    *scope = (struct scope){
        .arena = a,
        .name_used = ARENA_ARRAY(a, bool, b->name_count),
        .value_used = ARENA_ARRAY(a, bool, b->value_count),
        .name_wanted = ARENA_ARRAY(a, str, b->name_count),
        .value_wanted = ARENA_ARRAY(a, str, b->value_count),
    };
    struct map_entry *names = ARENA_ARRAY(a, struct map_entry, b->name_count);
    struct map_entry *values = ARENA_ARRAY(a, struct map_entry, b->value_count);
    if (!scope->name_used || !scope->value_used || !scope->name_wanted || !scope->value_wanted || !names || !values ||
        !make_names(scope, b, names) || !make_values(scope, b, values))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = make_map(a, names, b->name_count, &scope->names);
    return status == DDBEXPR_OK ? make_map(a, values, b->value_count, &scope->values) : status;
}

/* --- texts --- */

static uint32_t find(const value *map, str placeholder)
{
    const value *v = value_map_get(map, placeholder, str_hash(placeholder));
    if (!v)
        return SCOPE_NONE;
    const struct map_entry *e =
        (const struct map_entry *)(const void *)((const char *)v - offsetof(struct map_entry, value));
    return (uint32_t)(e - map->at.entries);
}

void scope_add_text(struct scope *scope, str text)
{
    if (text.ptr && scope->text_count < SCOPE_TEXTS)
        scope->texts[scope->text_count++] = text;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool scope_mentions(const struct scope *scope, str placeholder)
{
    for (uint32_t t = 0; t < scope->text_count; t++) {
        str text = scope->texts[t];
        for (size_t at = 0; at + placeholder.len <= text.len; at++) {
            const char *sign = memchr(text.ptr + at, placeholder.ptr[0], text.len - at);
            if (!sign)
                break;
            at = (size_t)(sign - text.ptr);
            size_t end = at + placeholder.len;
            if (end <= text.len && memcmp(sign, placeholder.ptr, placeholder.len) == 0 &&
                !(end < text.len && is_word_character(text.ptr[end])))
                return true;
        }
    }
    return false;
}

/* One pass over the texts, however many keys there are. */
static void find_mentioned_in(struct scope *scope, str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at++;
        char sign = text.ptr[start];
        if (sign != '#' && sign != ':')
            continue;
        while (at < text.len && is_word_character(text.ptr[at]))
            at++;
        uint32_t position = find(sign == '#' ? &scope->names : &scope->values, str_of(text.ptr + start, at - start));
        if (position != SCOPE_NONE)
            (sign == '#' ? scope->name_mentioned : scope->value_mentioned)[position] = true;
    }
}

bool scope_find_mentioned(struct scope *scope)
{
    if (scope->name_mentioned && scope->value_mentioned)
        return true;
    scope->name_mentioned = ARENA_ARRAY(scope->arena, bool, scope->names.count);
    scope->value_mentioned = ARENA_ARRAY(scope->arena, bool, scope->values.count);
    if (!scope->name_mentioned || !scope->value_mentioned) {
        scope->no_memory = true;
        return false;
    }
    for (uint32_t t = 0; t < scope->text_count; t++)
        find_mentioned_in(scope, scope->texts[t]);
    return true;
}

/* --- using --- */

static uint32_t use(const value *map, bool *used, str placeholder)
{
    uint32_t position = find(map, placeholder);
    if (position != SCOPE_NONE)
        used[position] = true;
    return position;
}

uint32_t scope_use_name(struct scope *scope, str placeholder)
{
    return use(&scope->names, scope->name_used, placeholder);
}

uint32_t scope_use_value(struct scope *scope, str placeholder)
{
    return use(&scope->values, scope->value_used, placeholder);
}

bool scope_is_unknown(const struct scope *scope, str placeholder)
{
    for (size_t i = 0; i < scope->unknown_value_count; i++)
        if (str_equal(scope->unknown_values[i], placeholder))
            return true;
    return false;
}

str scope_name(const struct scope *scope, uint32_t position)
{
    return value_bytes(&scope->names.at.entries[position].value);
}

const value *scope_value(const struct scope *scope, uint32_t position)
{
    return &scope->values.at.entries[position].value;
}

/* --- checking the maps themselves --- */

bool scope_key_is_well_formed(str key, char sign)
{
    if (key.len < 2 || key.ptr[0] != sign)
        return false;
    for (size_t i = 1; i < key.len; i++)
        if (!is_word_character(key.ptr[i]))
            return false;
    return true;
}

static str decimal(struct scope *scope, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    str text = arena_copy(scope->arena, str_of(digits + at, sizeof digits - at));
    scope->no_memory |= !text.ptr;
    return text;
}

/* Keys that are too long or malformed, in the service's order of keys. */
static size_t check_keys(struct scope *scope, const value *map, const uint32_t *order, bool names, ddbexpr_diags *diags)
{
    size_t faults = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        str key = scope_key_at(map, order[i]);
        struct diag_draft draft = {.source = names ? DDBEXPR_SOURCE_NAMES : DDBEXPR_SOURCE_VALUES, .member = key};
        if (key.len > LIMIT_PLACEHOLDER_BYTES) {
            draft.id = names ? DIAG_NAME_KEY_TOO_LONG : DIAG_VALUE_KEY_TOO_LONG;
            draft.args[0] = decimal(scope, key.len);
        } else if (!scope_key_is_well_formed(key, names ? '#' : ':')) {
            draft.id = names ? DIAG_BAD_NAME_KEY : DIAG_BAD_VALUE_KEY;
            draft.args[0] = key;
        } else {
            continue;
        }
        diags_add(diags, &draft);
        faults++;
    }
    return faults;
}

size_t scope_check_names(struct scope *scope, ddbexpr_diags *diags)
{
    const uint32_t *order = key_order(scope->arena, &scope->names);
    if (!order) {
        scope->no_memory = true;
        return 0;
    }
    size_t faults = check_keys(scope, &scope->names, order, true, diags);
    for (uint32_t i = 0; i < scope->names.count; i++) {
        str key = scope_key_at(&scope->names, order[i]), name = scope_name(scope, order[i]);
        if (name.len > 0 && name.len <= LIMIT_ATTRIBUTE_NAME_BYTES)
            continue;
        diags_add(diags, &(struct diag_draft){.id = name.len ? DIAG_NAME_TARGET_TOO_LONG : DIAG_EMPTY_NAME_TARGET,
                                              .source = DDBEXPR_SOURCE_NAMES,
                                              .member = key,
                                              .args = {key, decimal(scope, name.len)}});
        faults++;
    }
    return faults;
}

size_t scope_check_values(struct scope *scope, ddbexpr_diags *diags)
{
    const uint32_t *order = key_order(scope->arena, &scope->values);
    if (!order) {
        scope->no_memory = true;
        return 0;
    }
    size_t faults = check_keys(scope, &scope->values, order, false, diags);
    for (uint32_t i = 0; i < scope->values.count; i++) {
        const value *v = scope_value(scope, order[i]);
        if (scope->any_height && !(v->flags & VALUE_FAULTY))
            continue;
        faults += report_value_fault(v, DDBEXPR_SOURCE_VALUES, scope_key_at(&scope->values, order[i]), true, diags);
    }
    return faults;
}
