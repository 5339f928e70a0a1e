/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of stored items. */
#include "cli/explain/item_keys.h"

int item_keys_of(struct session *s, const ddbexpr_value *given, struct item_keys *ret)
{
    ddbexpr_table *tables;
    size_t count;
    *ret = (struct item_keys){.given = given};
    int exit = read_schemas(s, &tables, &count);
    if (exit == EXIT_TRUE && count) {
        ret->schema = tables[0].key;
        ret->count = tables[0].key_count;
    }
    return exit;
}

/* The service would have looked at another item. */
static bool agrees(const ddbexpr_value *given, const ddbexpr_value *item)
{
    for (size_t i = 0; i < ddbexpr_value_count(given); i++) {
        const ddbexpr_value *stored = ddbexpr_value_get(item, ddbexpr_value_name_at(given, i));
        if (stored && !ddbexpr_value_equal(stored, ddbexpr_value_at(given, i)))
            return false;
    }
    return true;
}

ddbexpr_status item_key(const struct item_keys *keys, ddbexpr_arena *arena, const ddbexpr_value *item,
                        const ddbexpr_value **ret)
{
    *ret = keys->given;
    if (keys->given && item && !agrees(keys->given, item)) {
        complain("--key and the stored item are not the same item: the key attributes differ");
        return DDBEXPR_INVALID;
    }
    if (keys->given || !keys->count || !item)
        return DDBEXPR_OK;
    const ddbexpr_value *values[2];
    ddbexpr_str names[2];
    size_t count = 0;
    for (size_t i = 0; i < keys->count; i++) {
        values[count] = ddbexpr_value_get(item, keys->schema[i].name);
        names[count] = keys->schema[i].name;
        count += values[count] != NULL;
    }
    *ret = ddbexpr_value_map(arena, names, values, count);
    return *ret ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}
