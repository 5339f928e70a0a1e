/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions by hash, and evaluations as JSON. */
#include "cli/test/kept.h"

#include <string.h>

static bool same(ddbexpr_str a, ddbexpr_str b) { return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len)); }

static bool is_of_placeholder(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The placeholder with this sign at or behind *at, which goes on to its end. False: there is none. */
static bool next_placeholder(ddbexpr_str text, char sign, size_t *at, ddbexpr_str *ret)
{
    size_t start = *at;
    while (start < text.len && text.ptr[start] != sign)
        start++;
    if (start == text.len)
        return false;
    size_t end = start + 1;
    while (end < text.len && is_of_placeholder(text.ptr[end]))
        end++;
    *at = end;
    *ret = (ddbexpr_str){text.ptr + start, end - start};
    return true;
}

/* --- which expression it is --- */

struct expression {
    ddbexpr_str identity;
    uint64_t hash;
};

struct kept_expressions {
    ddbexpr_arena *arena;
    ddbexpr_buffer *text; /* the identity that is looked for */
    struct expression *expressions;
    size_t count, room;
    size_t *slots; /* 2 * room, a power of two: numbers from 1, in the next free slot after their hash */
};

static ddbexpr_status put_part(ddbexpr_buffer *out, ddbexpr_str part)
{
    ddbexpr_status status = ddbexpr_buffer_append(out, part);
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(out, (ddbexpr_str){"", 1}) : status;
}

static ddbexpr_str name_of(const ddbexpr_request *request, ddbexpr_str placeholder)
{
    size_t i = 0;
    while (i < request->name_count && !same(request->names[i].placeholder, placeholder))
        i++;
    return i < request->name_count ? request->names[i].name : placeholder;
}

static ddbexpr_status make_identity(ddbexpr_buffer *out, const char *scope, ddbexpr_kind kind, ddbexpr_str text,
                                    const ddbexpr_request *request)
{
    ddbexpr_str placeholder;
    ddbexpr_buffer_clear(out);
    ddbexpr_status status = put_part(out, ddbexpr_cstr(scope));
    if (status == DDBEXPR_OK)
        status = put_part(out, ddbexpr_cstr(ddbexpr_kind_name(kind)));
    if (status == DDBEXPR_OK)
        status = put_part(out, text);
    for (size_t at = 0; status == DDBEXPR_OK && next_placeholder(text, '#', &at, &placeholder);)
        status = put_part(out, name_of(request, placeholder));
    return status;
}

static uint64_t hash_of(ddbexpr_str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

/* The slot of an expression, or the free one where it belongs. At least half of the slots are free. */
static size_t find_slot(const struct kept_expressions *k, uint64_t hash, ddbexpr_str identity)
{
    size_t mask = 2 * k->room - 1, at = (size_t)hash & mask;
    for (; k->slots[at]; at = (at + 1) & mask) {
        const struct expression *one = &k->expressions[k->slots[at] - 1];
        if (one->hash == hash && same(one->identity, identity))
            break;
    }
    return at;
}

/* Twice the room. What was outgrown stays in the arena: together less than what is in use. */
static bool grow(struct kept_expressions *k)
{
    size_t room = k->room ? 2 * k->room : 16;
    struct expression *expressions = ddbexpr_arena_alloc(k->arena, room * sizeof *expressions);
    size_t *slots = ddbexpr_arena_alloc(k->arena, 2 * room * sizeof *slots);
    if (!expressions || !slots)
        return false;
    if (k->count)
        memcpy(expressions, k->expressions, k->count * sizeof *expressions);
    memset(slots, 0, 2 * room * sizeof *slots);
    k->expressions = expressions;
    k->room = room;
    k->slots = slots;
    for (size_t i = 0; i < k->count; i++)
        slots[find_slot(k, expressions[i].hash, expressions[i].identity)] = i + 1;
    return true;
}

static bool copy(ddbexpr_arena *arena, ddbexpr_str text, ddbexpr_str *ret)
{
    char *bytes = ddbexpr_arena_alloc(arena, text.len + 1);
    if (!bytes)
        return false;
    if (text.len)
        memcpy(bytes, text.ptr, text.len);
    bytes[text.len] = '\0';
    *ret = (ddbexpr_str){bytes, text.len};
    return true;
}

bool kept_label(ddbexpr_arena *arena, const char *label, ddbexpr_str *ret)
{
    return copy(arena, ddbexpr_cstr(label), ret);
}

ddbexpr_status kept_expressions_find(struct kept_expressions *k, const char *scope, ddbexpr_kind kind, ddbexpr_str text,
                                     const ddbexpr_request *request, size_t *ret_number)
{
    ddbexpr_status status = make_identity(k->text, scope, kind, text, request);
    if (status != DDBEXPR_OK)
        return status;
    struct expression one = {.identity = ddbexpr_buffer_text(k->text)};
    one.hash = hash_of(one.identity);
    size_t slot = find_slot(k, one.hash, one.identity);
    if (!k->slots[slot]) {
        if ((k->count == k->room && !grow(k)) || !copy(k->arena, one.identity, &one.identity))
            return DDBEXPR_NO_MEMORY;
        slot = find_slot(k, one.hash, one.identity);
        k->expressions[k->count] = one;
        k->slots[slot] = ++k->count;
    }
    *ret_number = k->slots[slot] - 1;
    return DDBEXPR_OK;
}

ddbexpr_status kept_expressions_new(struct kept_expressions **ret)
{
    ddbexpr_arena *arena;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct kept_expressions *k = ddbexpr_arena_alloc(arena, sizeof *k);
    if (!k) {
        ddbexpr_arena_free(arena);
        return DDBEXPR_NO_MEMORY;
    }
    *k = (struct kept_expressions){.arena = arena};
    if (ddbexpr_buffer_new(NULL, &k->text) != DDBEXPR_OK || !grow(k)) {
        kept_expressions_free(k);
        return DDBEXPR_NO_MEMORY;
    }
    *ret = k;
    return DDBEXPR_OK;
}

void kept_expressions_free(struct kept_expressions *k)
{
    if (!k)
        return;
    ddbexpr_buffer_free(k->text);
    ddbexpr_arena_free(k->arena);
}

/* --- keeping an evaluation --- */

/* What an evaluation is copied with: `scratch` goes when it is done. */
struct keeper {
    ddbexpr_arena *kept, *scratch;
    ddbexpr_buffer *text;
};

static ddbexpr_status keep_item(const struct keeper *k, const ddbexpr_value *item, ddbexpr_json_form form,
                                ddbexpr_str *ret)
{
    *ret = (ddbexpr_str){NULL, 0};
    if (!item)
        return DDBEXPR_OK;
    ddbexpr_buffer_clear(k->text);
    ddbexpr_status status = ddbexpr_json_write_item(item, form, 0, k->text);
    if (status == DDBEXPR_OK && !copy(k->kept, ddbexpr_buffer_text(k->text), ret))
        status = DDBEXPR_NO_MEMORY;
    return status;
}

static ddbexpr_status keep_map(const struct keeper *k, const ddbexpr_str *names, const ddbexpr_value *const *values,
                               size_t count, ddbexpr_json_form form, ddbexpr_str *ret)
{
    const ddbexpr_value *map = ddbexpr_value_map(k->scratch, names, values, count);
    return map ? keep_item(k, map, form, ret) : DDBEXPR_NO_MEMORY;
}

static bool is_in(const ddbexpr_str *names, size_t count, ddbexpr_str name)
{
    for (size_t i = 0; i < count; i++)
        if (same(names[i], name))
            return true;
    return false;
}

static const ddbexpr_value *value_of(const ddbexpr_request *request, ddbexpr_str placeholder)
{
    size_t i = 0;
    while (i < request->value_count && !same(request->values[i].placeholder, placeholder))
        i++;
    return i < request->value_count ? request->values[i].value : NULL;
}

/* Only what the text uses: of one placeholder once. */
static ddbexpr_status keep_values(const struct keeper *k, ddbexpr_str text, const ddbexpr_request *request,
                                  ddbexpr_str *ret)
{
    ddbexpr_str *used = ddbexpr_arena_alloc(k->scratch, (request->value_count + 1) * sizeof *used);
    const ddbexpr_value **values = ddbexpr_arena_alloc(k->scratch, (request->value_count + 1) * sizeof *values);
    if (!used || !values)
        return DDBEXPR_NO_MEMORY;
    size_t count = 0;
    ddbexpr_str placeholder;
    for (size_t at = 0; next_placeholder(text, ':', &at, &placeholder);) {
        const ddbexpr_value *value = value_of(request, placeholder);
        if (!value || is_in(used, count, placeholder))
            continue;
        used[count] = placeholder;
        values[count++] = value;
    }
    return keep_map(k, used, values, count, DDBEXPR_JSON_TYPED, ret);
}

static ddbexpr_status keep_names(const struct keeper *k, const ddbexpr_request *request, ddbexpr_str *ret)
{
    ddbexpr_str *placeholders = ddbexpr_arena_alloc(k->scratch, (request->name_count + 1) * sizeof *placeholders);
    const ddbexpr_value **names = ddbexpr_arena_alloc(k->scratch, (request->name_count + 1) * sizeof *names);
    if (!placeholders || !names)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < request->name_count; i++) {
        placeholders[i] = request->names[i].placeholder;
        names[i] = ddbexpr_value_string(k->scratch, request->names[i].name);
        if (!names[i])
            return DDBEXPR_NO_MEMORY;
    }
    return keep_map(k, placeholders, names, request->name_count, DDBEXPR_JSON_PLAIN, ret);
}

static ddbexpr_status keep(const struct keeper *k, ddbexpr_str test, const ddbexpr_explanation *e,
                           const ddbexpr_request *request, struct kept_evaluation *ret)
{
    ret->matched = ddbexpr_explanation_matched(e);
    if (!copy(k->kept, test, &ret->test))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = keep_item(k, ddbexpr_explanation_item(e), DDBEXPR_JSON_TYPED, &ret->item);
    if (status == DDBEXPR_OK)
        status = keep_item(k, ddbexpr_explanation_key(e), DDBEXPR_JSON_TYPED, &ret->key);
    if (status == DDBEXPR_OK)
        status = keep_names(k, request, &ret->names);
    return status == DDBEXPR_OK ? keep_values(k, ddbexpr_explanation_text(e), request, &ret->values) : status;
}

static bool is_wanted(const struct kept_evaluations *kept, bool matched)
{
    size_t of_this_outcome = 0;
    for (size_t i = 0; i < kept->count; i++)
        of_this_outcome += kept->all[i].matched == matched;
    return kept->count < BUDGET_KEPT && of_this_outcome < (matched ? 1 : 2);
}

ddbexpr_status kept_evaluations_add(struct kept_evaluations *all, ddbexpr_arena *arena, ddbexpr_str test,
                                    const ddbexpr_explanation *explanation, const ddbexpr_request *request)
{
    struct keeper k = {.kept = arena};
    if (!is_wanted(all, ddbexpr_explanation_matched(explanation)))
        return DDBEXPR_OK;
    struct kept_evaluation kept = {.matched = false};
    ddbexpr_status status = ddbexpr_arena_new(NULL, &k.scratch);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(NULL, &k.text);
    if (status == DDBEXPR_OK)
        status = keep(&k, test, explanation, request, &kept);
    if (status == DDBEXPR_OK)
        all->all[all->count++] = kept;
    ddbexpr_buffer_free(k.text);
    ddbexpr_arena_free(k.scratch);
    return status;
}

/* --- making it again --- */

static ddbexpr_status read_item(ddbexpr_arena *arena, ddbexpr_str json, const ddbexpr_value **ret)
{
    return json.len ? ddbexpr_json_read_item(arena, json, DDBEXPR_JSON_TYPED, NULL, ret) : DDBEXPR_OK;
}

ddbexpr_status kept_evaluation_revive(const struct kept_evaluation *kept, ddbexpr_kind kind, ddbexpr_str text,
                                      ddbexpr_arena *arena, struct revived *ret)
{
    ddbexpr_bindings bindings = {.size = sizeof bindings, .allow_unused = true};
    struct revived revived = {.program = NULL};
    ddbexpr_status status = read_item(arena, kept->item, &revived.item);
    if (status == DDBEXPR_OK)
        status = read_item(arena, kept->key, &revived.key);
    if (status == DDBEXPR_OK)
        status = read_item(arena, kept->values, &revived.values);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_names(arena, kept->names, NULL, &bindings.names, &bindings.name_count);
    if (status == DDBEXPR_OK)
        status = ddbexpr_json_read_values(arena, kept->values, DDBEXPR_JSON_TYPED, NULL, &bindings.values,
                                          &bindings.value_count);
    if (status == DDBEXPR_OK)
        status = ddbexpr_compile(kind, text, &bindings, NULL, NULL, &revived.program);
    if (status == DDBEXPR_OK)
        *ret = revived;
    return status;
}
