/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting: evaluations to their condition or update, found by hash, and of each condition a few evaluations kept. */
#include "cli/test/test_coverage_entry.h"

#include <string.h>

/* --- copies --- */

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

/* An item as JSON; empty for none. */
static bool copy_item(struct test_coverage *c, const ddbexpr_value *item, ddbexpr_str *ret)
{
    *ret = (ddbexpr_str){NULL, 0};
    if (!item)
        return true;
    ddbexpr_buffer_clear(c->text);
    return ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 0, c->text) == DDBEXPR_OK &&
           copy(c->kept, ddbexpr_buffer_text(c->text), ret);
}

/* A map of placeholders as JSON: of values as an item, of names as strings. */
static bool copy_placeholders(struct test_coverage *c, const ddbexpr_str *placeholders,
                              const ddbexpr_value *const *values, size_t count, ddbexpr_json_form form,
                              ddbexpr_str *ret)
{
    const ddbexpr_value *map = ddbexpr_value_map(c->scratch, placeholders, values, count);
    ddbexpr_buffer_clear(c->text);
    return map && ddbexpr_json_write_item(map, form, 0, c->text) == DDBEXPR_OK &&
           copy(c->kept, ddbexpr_buffer_text(c->text), ret);
}

static bool copy_bindings(struct test_coverage *c, const ddbexpr_request *request, struct coverage_base *base)
{
    size_t room = request->name_count + request->value_count + 1;
    ddbexpr_str *placeholders = ddbexpr_arena_alloc(c->scratch, room * sizeof *placeholders);
    const ddbexpr_value **values = ddbexpr_arena_alloc(c->scratch, room * sizeof *values);
    if (!placeholders || !values)
        return false;
    for (size_t i = 0; i < request->name_count; i++) {
        placeholders[i] = request->names[i].placeholder;
        values[i] = ddbexpr_value_string(c->scratch, request->names[i].name);
        if (!values[i])
            return false;
    }
    if (!copy_placeholders(c, placeholders, values, request->name_count, DDBEXPR_JSON_PLAIN, &base->names))
        return false;
    for (size_t i = 0; i < request->value_count; i++) {
        placeholders[i] = request->values[i].placeholder;
        values[i] = request->values[i].value;
    }
    return copy_placeholders(c, placeholders, values, request->value_count, DDBEXPR_JSON_TYPED, &base->values);
}

/* --- identity --- */

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static ddbexpr_str name_of(const ddbexpr_request *request, ddbexpr_str placeholder)
{
    for (size_t i = 0; i < request->name_count; i++) {
        ddbexpr_str given = request->names[i].placeholder;
        if (given.len == placeholder.len && memcmp(given.ptr, placeholder.ptr, given.len) == 0)
            return request->names[i].name;
    }
    return (ddbexpr_str){NULL, 0};
}

/* The kind, the text, and what its name placeholders stand for, in text order. */
static ddbexpr_status make_identity(struct test_coverage *c, const char *kind, ddbexpr_str text,
                                    const ddbexpr_request *request)
{
    static const ddbexpr_str end = {"", 1};
    ddbexpr_buffer_clear(c->text);
    ddbexpr_status status = ddbexpr_buffer_append(c->text, ddbexpr_cstr(kind));
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(c->text, end);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_append(c->text, text);
    for (size_t i = 0; i < text.len && status == DDBEXPR_OK; i++) {
        if (text.ptr[i] != '#')
            continue;
        size_t start = i;
        while (i + 1 < text.len && is_name_character(text.ptr[i + 1]))
            i++;
        status = ddbexpr_buffer_append(c->text, end);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(c->text, name_of(request, (ddbexpr_str){text.ptr + start, i + 1 - start}));
    }
    return status;
}

/* --- finding --- */

static uint64_t hash_of(ddbexpr_str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

/* The slot of an entry, or the free one where it belongs. At least half of the slots are free. */
static size_t find_slot(const struct test_coverage *c, uint64_t hash, ddbexpr_str identity)
{
    size_t mask = 2 * c->room - 1, at = (size_t)hash & mask;
    for (; c->slots[at]; at = (at + 1) & mask) {
        const struct coverage_entry *entry = &c->entries[c->slots[at] - 1];
        if (entry->hash == hash && entry->identity.len == identity.len &&
            memcmp(entry->identity.ptr, identity.ptr, identity.len) == 0)
            break;
    }
    return at;
}

/* Twice the room. What was outgrown stays in the arena: together less than what is in use. */
static bool grow(struct test_coverage *c)
{
    size_t room = c->room ? 2 * c->room : 16;
    struct coverage_entry *entries = ddbexpr_arena_alloc(c->kept, room * sizeof *entries);
    size_t *slots = ddbexpr_arena_alloc(c->kept, 2 * room * sizeof *slots);
    if (!entries || !slots)
        return false;
    if (c->count)
        memcpy(entries, c->entries, c->count * sizeof *entries);
    memset(slots, 0, 2 * room * sizeof *slots);
    c->entries = entries;
    c->room = room;
    c->slots = slots;
    for (size_t i = 0; i < c->count; i++)
        slots[find_slot(c, entries[i].hash, entries[i].identity)] = i + 1;
    return true;
}

/* The entry of the identity in c->text, a new one if need be. NULL: no memory. */
static struct coverage_entry *find_entry(struct test_coverage *c, const char *label)
{
    ddbexpr_str identity = ddbexpr_buffer_text(c->text);
    uint64_t hash = hash_of(identity);
    size_t slot = find_slot(c, hash, identity);
    if (c->slots[slot])
        return &c->entries[c->slots[slot] - 1];
    if (c->count == c->room) {
        if (!grow(c))
            return NULL;
        slot = find_slot(c, hash, identity);
    }
    struct coverage_entry *entry = &c->entries[c->count];
    *entry = (struct coverage_entry){.hash = hash};
    if (!copy(c->kept, identity, &entry->identity) || !copy(c->kept, ddbexpr_cstr(label), &entry->label))
        return NULL;
    c->slots[slot] = ++c->count;
    return entry;
}

/* --- adding --- */

static bool wants_base(const struct coverage_entry *entry, bool matched)
{
    size_t of_this_kind = 0;
    for (size_t i = 0; i < entry->base_count; i++)
        of_this_kind += entry->bases[i].matched == matched;
    return entry->base_count < COVERAGE_BASES && of_this_kind < (matched ? 1 : 2);
}

static bool keep_base(struct test_coverage *c, struct coverage_entry *entry, const ddbexpr_explanation *e,
                      const ddbexpr_request *request)
{
    struct coverage_base base = {.matched = ddbexpr_explanation_matched(e)};
    ddbexpr_arena_reset(c->scratch);
    if (!copy_item(c, ddbexpr_explanation_item(e), &base.item) ||
        !copy_item(c, ddbexpr_explanation_key(e), &base.key) || !copy_bindings(c, request, &base))
        return false;
    entry->bases[entry->base_count++] = base;
    return true;
}

static ddbexpr_status add_condition(struct test_coverage *c, const char *label, const ddbexpr_explanation *e,
                                    const ddbexpr_request *request)
{
    const char *kind = ddbexpr_kind_name(ddbexpr_explanation_kind(e));
    ddbexpr_status status = make_identity(c, kind, ddbexpr_explanation_text(e), request);
    struct coverage_entry *entry = status == DDBEXPR_OK ? find_entry(c, label) : NULL;
    if (!entry)
        return DDBEXPR_NO_MEMORY;
    if (!entry->condition)
        status = ddbexpr_coverage_new(e, NULL, &entry->condition);
    if (status == DDBEXPR_OK)
        status = ddbexpr_coverage_add(entry->condition, e);
    if (status == DDBEXPR_OK && wants_base(entry, ddbexpr_explanation_matched(e)) && !keep_base(c, entry, e, request))
        status = DDBEXPR_NO_MEMORY;
    return status;
}

int test_coverage_condition(struct test_coverage *coverage, const char *label, const ddbexpr_explanation *explanation,
                            const ddbexpr_request *request)
{
    return exit_for_status(add_condition(coverage, label, explanation, request));
}

static ddbexpr_status add_update(struct test_coverage *c, const char *label, const ddbexpr_update_explanation *e,
                                 const ddbexpr_request *request)
{
    const char *kind = ddbexpr_kind_name(DDBEXPR_UPDATE);
    ddbexpr_status status = make_identity(c, kind, ddbexpr_update_explanation_text(e), request);
    struct coverage_entry *entry = status == DDBEXPR_OK ? find_entry(c, label) : NULL;
    if (!entry)
        return DDBEXPR_NO_MEMORY;
    if (!entry->update)
        status = ddbexpr_update_coverage_new(e, NULL, &entry->update);
    return status == DDBEXPR_OK ? ddbexpr_update_coverage_add(entry->update, e) : status;
}

int test_coverage_update(struct test_coverage *coverage, const char *label,
                         const ddbexpr_update_explanation *explanation, const ddbexpr_request *request)
{
    return exit_for_status(add_update(coverage, label, explanation, request));
}

/* --- the whole --- */

size_t coverage_entry_goals(const struct coverage_entry *entry)
{
    return entry->condition ? ddbexpr_coverage_goal_count(entry->condition)
           : entry->update  ? ddbexpr_update_coverage_goal_count(entry->update)
                            : 0;
}

size_t coverage_entry_reached(const struct coverage_entry *entry)
{
    return entry->condition ? ddbexpr_coverage_reached_count(entry->condition)
           : entry->update  ? ddbexpr_update_coverage_reached_count(entry->update)
                            : 0;
}

size_t test_coverage_goals(const struct test_coverage *c)
{
    size_t goals = 0;
    for (size_t i = 0; i < c->count; i++)
        goals += coverage_entry_goals(&c->entries[i]);
    return goals;
}

size_t test_coverage_reached(const struct test_coverage *c)
{
    size_t reached = 0;
    for (size_t i = 0; i < c->count; i++)
        reached += coverage_entry_reached(&c->entries[i]);
    return reached;
}

double test_coverage_percent(const struct test_coverage *c)
{
    size_t goals = test_coverage_goals(c);
    return goals ? 100.0 * (double)test_coverage_reached(c) / (double)goals : 100.0;
}

int test_coverage_new(struct session *session, struct test_coverage **ret)
{
    ddbexpr_arena *kept;
    if (ddbexpr_arena_new(NULL, &kept) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    struct test_coverage *c = ddbexpr_arena_alloc(kept, sizeof *c);
    if (!c) {
        ddbexpr_arena_free(kept);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    *c = (struct test_coverage){.session = session, .kept = kept};
    ddbexpr_status status = ddbexpr_arena_new(NULL, &c->scratch);
    if (status == DDBEXPR_OK)
        status = ddbexpr_buffer_new(NULL, &c->text);
    if (status != DDBEXPR_OK || !grow(c)) {
        test_coverage_free(c);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    *ret = c;
    return EXIT_TRUE;
}

void test_coverage_free(struct test_coverage *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++) {
        ddbexpr_coverage_free(c->entries[i].condition);
        ddbexpr_update_coverage_free(c->entries[i].update);
    }
    ddbexpr_buffer_free(c->text);
    ddbexpr_arena_free(c->scratch);
    ddbexpr_arena_free(c->kept);
}
