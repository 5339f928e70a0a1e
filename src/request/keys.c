/* SPDX-License-Identifier: Apache-2.0 */
/* Item and Key: their values, the key schema, key sizes, item size. */
#include "request/run.h"

#include "check/value_faults.h"

static const value *attribute(const value *map, str name) { return value_map_get(map, name, str_hash(name)); }

/* --- values --- */

/* Empty names at the top come first, then values, then names inside (spec: conformance-suite 5). */
static void check_map_values(struct run *run, const value *map, ddbexpr_source source)
{
    if (value_is_fault(map)) { /* too high to be kept at all */
        run->faults += report_value_fault(map, source, STR(""), false, run->diags);
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *e = &map->at.entries[i];
        if (e->name_len > 0 && e->name_len <= LIMIT_ATTRIBUTE_NAME_BYTES)
            continue;
        run_report(run,
                   &(struct diag_draft){.id = e->name_len ? DIAG_ATTRIBUTE_NAME_TOO_LONG : DIAG_EMPTY_ATTRIBUTE_NAME,
                                        .source = source});
        return;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct map_entry *e = &map->at.entries[i];
        if (report_value_fault(&e->value, source, str_of(e->name, e->name_len), false, run->diags))
            run->faults++;
    }
}

void check_item_values(struct run *run)
{
    if (run->request->item)
        check_map_values(run, run->request->item, DDBEXPR_SOURCE_ITEM);
}

void check_key_values(struct run *run)
{
    if (run->request->key)
        check_map_values(run, run->request->key, DDBEXPR_SOURCE_KEY);
    if (run->request->exclusive_start_key)
        check_map_values(run, run->request->exclusive_start_key, DDBEXPR_SOURCE_KEY);
}

void check_item_size(struct run *run)
{
    const value *item = run->request->item;
    if (!item || (item->flags & VALUE_FAULTY))
        return;
    size_t size = value_item_size(item);
    if (size > LIMIT_ITEM_BYTES)
        run_report(run, &(struct diag_draft){
                            .id = DIAG_ITEM_SIZE, .source = DDBEXPR_SOURCE_ITEM, .args = {run_decimal(run, size)}});
}

/* --- the key schema --- */

static str type_str(ddbexpr_type type) { return ddbexpr_cstr(ddbexpr_type_name(type)); }

/* What is judged: whether the key attributes are there and no others, whether they have their types, or both. Types
 * alone are judged only where all are there. */
enum key_part { KEY_SHAPE = 1, KEY_TYPES = 2, KEY_SCHEMA = KEY_SHAPE | KEY_TYPES };

static void check_item_keys(struct run *run, enum key_part part)
{
    for (uint32_t i = 0; i < run->schema->count; i++) {
        const struct key_attribute *key = &run->schema->attributes[i];
        const value *v = attribute(run->request->item, key->name);
        struct diag_draft draft = {.source = DDBEXPR_SOURCE_ITEM, .member = key->name, .args = {key->name}};
        if (!v) {
            draft.id = DIAG_MISSING_KEY;
        } else if (v->type != key->type && (part & KEY_TYPES)) {
            draft.id = DIAG_KEY_TYPE;
            draft.args[1] = type_str(key->type);
            draft.args[2] = type_str(ddbexpr_value_type(v));
        } else {
            continue;
        }
        run_report(run, &draft);
    }
}

/* Why a Key does not match, in words; empty if it does. */
static str key_mismatch(struct run *run, enum key_part part)
{
    const value *map = run->request->key;
    for (uint32_t i = 0; i < run->schema->count; i++) {
        const struct key_attribute *key = &run->schema->attributes[i];
        const value *v = attribute(map, key->name);
        if (!v)
            return run_fill(run, diag_text(TEXT_KEY_ATTRIBUTE_MISSING), key->name, STR(""), STR(""));
        if (v->type != key->type && (part & KEY_TYPES))
            return run_fill(run, diag_text(TEXT_KEY_ATTRIBUTE_TYPE), key->name, type_str(key->type), STR(""));
    }
    for (uint32_t i = 0; i < map->count && (part & KEY_SHAPE); i++) {
        str name = str_of(map->at.entries[i].name, map->at.entries[i].name_len);
        bool known = false;
        for (uint32_t k = 0; k < run->schema->count; k++)
            known |= str_equal(run->schema->attributes[k].name, name);
        if (!known)
            return run_fill(run, diag_text(TEXT_KEY_ATTRIBUTE_SURPLUS), name, STR(""), STR(""));
    }
    return STR("");
}

static void check_key(struct run *run, enum key_part part)
{
    const ddbexpr_request *r = run->request;
    if (!run->schema)
        return;
    if (r->item) {
        check_item_keys(run, part);
    } else if (r->key) {
        str mismatch = key_mismatch(run, part);
        if (mismatch.len)
            run_report(run,
                       &(struct diag_draft){.id = DIAG_KEY_SCHEMA, .source = DDBEXPR_SOURCE_KEY, .args = {mismatch}});
    }
}

void check_key_schema(struct run *run) { check_key(run, KEY_SCHEMA); }
void check_key_shape(struct run *run) { check_key(run, KEY_SHAPE); }
void check_key_types(struct run *run) { check_key(run, KEY_TYPES); }

void check_key_content(struct run *run)
{
    const value *map = run->request->item ? run->request->item : run->request->key;
    if (!run->schema || !map)
        return;
    for (uint32_t i = 0; i < run->schema->count; i++) {
        const struct key_attribute *key = &run->schema->attributes[i];
        const value *v = attribute(map, key->name);
        struct diag_draft draft = {.source = run->request->item ? DDBEXPR_SOURCE_ITEM : DDBEXPR_SOURCE_KEY,
                                   .member = key->name,
                                   .args = {key->name}};
        if (!v || (v->type != DDBEXPR_S && v->type != DDBEXPR_B)) /* no fault has such a type */
            continue;
        if (v->count == 0)
            draft.id = v->type == DDBEXPR_S ? DIAG_EMPTY_KEY_STRING : DIAG_EMPTY_KEY_BINARY;
        else if (v->type == key->type && i == 0 && v->count > LIMIT_HASH_KEY_BYTES)
            draft.id = DIAG_HASH_KEY_SIZE;
        else if (v->type == key->type && i == 1 && v->count > LIMIT_RANGE_KEY_BYTES)
            draft.id = DIAG_RANGE_KEY_SIZE;
        else
            continue;
        run_report(run, &draft);
    }
}

/* --- finding items --- */

bool item_has_key(const value *item, const value *key, const struct key_schema *schema)
{
    for (uint32_t i = 0; i < schema->count; i++) {
        const value *a = attribute(item, schema->attributes[i].name), *b = attribute(key, schema->attributes[i].name);
        if (!a || !b || !ddbexpr_value_equal(a, b))
            return false;
    }
    return true;
}

bool key_of_item(const value *item, const struct key_schema *schema, arena *a, value *ret)
{
    struct map_entry *entries = ARENA_ARRAY(a, struct map_entry, schema->count);
    if (!entries)
        return false;
    for (uint32_t i = 0; i < schema->count; i++) {
        str name = schema->attributes[i].name;
        entries[i] = (struct map_entry){name.ptr, (uint32_t)name.len, str_hash(name), *attribute(item, name)};
    }
    return value_map_from_distinct(a, entries, schema->count, ret);
}
