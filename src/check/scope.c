/* SPDX-License-Identifier: Apache-2.0 */
/* Placeholder maps: looking up, remembering what was used, and what the service refuses about the maps themselves. */
#include "check/scope.h"

#include "base/checked.h"
#include "check/key_order.h"
#include "check/value_faults.h"

/* Copies a text to *at, with a NUL after it, and moves *at on. */
static str copy_to(char **at, str text)
{
    str copy = str_of(*at, text.len);
    if (text.len)
        memcpy(*at, text.ptr, text.len);
    (*at)[text.len] = '\0';
    *at += text.len + 1;
    return copy;
}

/* Bytes of all keys and names with a NUL after each. False: more than there can be. */
static bool size_of_texts(const ddbexpr_bindings *b, size_t *ret)
{
    size_t size = 2 * b->name_count + b->value_count;
    for (size_t i = 0; i < b->name_count; i++)
        if (!checked_add(size, b->names[i].placeholder.len, &size) || !checked_add(size, b->names[i].name.len, &size))
            return false;
    for (size_t i = 0; i < b->value_count; i++)
        if (!checked_add(size, b->values[i].placeholder.len, &size))
            return false;
    *ret = size;
    return true;
}

static void make_entries(const ddbexpr_bindings *b, char *texts, struct map_entry *names, struct map_entry *values)
{
    for (size_t i = 0; i < b->name_count; i++) {
        str key = copy_to(&texts, b->names[i].placeholder), name = copy_to(&texts, b->names[i].name);
        names[i] = (struct map_entry){key.ptr, (uint32_t)key.len, 0, value_of_string(name)};
    }
    for (size_t i = 0; i < b->value_count; i++) {
        str key = copy_to(&texts, b->values[i].placeholder);
        values[i] = (struct map_entry){key.ptr, (uint32_t)key.len, 0, *b->values[i].value};
    }
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
    size_t count = b->name_count + b->value_count, texts_size;
    if (!size_of_texts(b, &texts_size))
        return DDBEXPR_NO_MEMORY;
    struct map_entry *entries = ARENA_ROOM(a, struct map_entry, count);
    str *wanted = ARENA_ARRAY(a, str, count);
    bool *used = ARENA_ARRAY(a, bool, count);
    char *texts = arena_alloc(a, texts_size);
    if (!entries || !wanted || !used || !texts)
        return DDBEXPR_NO_MEMORY;
    *scope = (struct scope){
        .arena = a,
        .name_used = used,
        .value_used = used + b->name_count,
        .name_wanted = wanted,
        .value_wanted = wanted + b->name_count,
    };
    struct map_entry *names = entries, *values = entries + b->name_count;
    make_entries(b, texts, names, values);
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

static uint32_t use(const value *map, bool *used, uint32_t *next, str placeholder)
{
    uint32_t position = *next;
    if (position >= map->count || !str_equal(scope_key_at(map, position), placeholder))
        position = find(map, placeholder);
    if (position == SCOPE_NONE)
        return position;
    used[position] = true;
    *next = position + 1;
    return position;
}

uint32_t scope_use_name(struct scope *scope, str placeholder)
{
    return use(&scope->names, scope->name_used, &scope->name_next, placeholder);
}

uint32_t scope_use_value(struct scope *scope, str placeholder)
{
    return use(&scope->values, scope->value_used, &scope->value_next, placeholder);
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

static bool is_good_key(str key, char sign)
{
    return key.len <= LIMIT_PLACEHOLDER_BYTES && scope_key_is_well_formed(key, sign);
}

static bool is_good_name(str name) { return name.len > 0 && name.len <= LIMIT_ATTRIBUTE_NAME_BYTES; }

static bool is_good_value(const struct scope *scope, const value *v)
{
    return !(v->flags & VALUE_FAULTY) && (scope->any_height || value_height(v) <= LIMIT_VALUE_HEIGHT);
}

/* Whether there is nothing to report about a map: then its keys need not be put in order. */
static bool is_clean(const struct scope *scope, const value *map, bool names)
{
    for (uint32_t i = 0; i < map->count; i++)
        if (!is_good_key(scope_key_at(map, i), names ? '#' : ':') ||
            !(names ? is_good_name(scope_name(scope, i)) : is_good_value(scope, scope_value(scope, i))))
            return false;
    return true;
}

/* Keys that are too long or malformed, in the service's order of keys. */
static size_t check_keys(struct scope *scope, const value *map, const uint32_t *order, bool names, ddbexpr_diags *diags)
{
    size_t faults = 0;
    for (uint32_t i = 0; i < map->count; i++) {
        str key = scope_key_at(map, order[i]);
        struct diag_draft draft = {.source = names ? DDBEXPR_SOURCE_NAMES : DDBEXPR_SOURCE_VALUES, .member = key};
        if (is_good_key(key, names ? '#' : ':'))
            continue;
        if (key.len > LIMIT_PLACEHOLDER_BYTES) {
            draft.id = names ? DIAG_NAME_KEY_TOO_LONG : DIAG_VALUE_KEY_TOO_LONG;
            draft.args[0] = decimal(scope, key.len);
        } else {
            draft.id = names ? DIAG_BAD_NAME_KEY : DIAG_BAD_VALUE_KEY;
            draft.args[0] = key;
        }
        diags_add(diags, &draft);
        faults++;
    }
    return faults;
}

size_t scope_check_names(struct scope *scope, ddbexpr_diags *diags)
{
    if (is_clean(scope, &scope->names, true))
        return 0;
    const uint32_t *order = key_order(scope->arena, &scope->names);
    if (!order) {
        scope->no_memory = true;
        return 0;
    }
    size_t faults = check_keys(scope, &scope->names, order, true, diags);
    for (uint32_t i = 0; i < scope->names.count; i++) {
        str key = scope_key_at(&scope->names, order[i]), name = scope_name(scope, order[i]);
        if (is_good_name(name))
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
    if (is_clean(scope, &scope->values, false))
        return 0;
    const uint32_t *order = key_order(scope->arena, &scope->values);
    if (!order) {
        scope->no_memory = true;
        return 0;
    }
    size_t faults = check_keys(scope, &scope->values, order, false, diags);
    for (uint32_t i = 0; i < scope->values.count; i++) {
        const value *v = scope_value(scope, order[i]);
        if (is_good_value(scope, v))
            continue;
        faults += report_value_fault(v, DDBEXPR_SOURCE_VALUES, scope_key_at(&scope->values, order[i]), true, diags);
    }
    return faults;
}
