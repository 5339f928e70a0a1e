/* SPDX-License-Identifier: Apache-2.0 */
/* What a table cannot hold: values that the service refuses, items without their key, a key twice. */
#include "json/stored.h"

#include "json/decode.h"
#include "json/sort.h"
#include "json/text.h"

/* --- one item --- */

/* What is wrong is what the service would say of a PutItem. */
static ddbexpr_status refuse(const struct json_document *d, uint32_t node, const ddbexpr_value *item)
{
    const ddbexpr_request put = {.size = sizeof put, .operation = DDBEXPR_PUT_ITEM, .item = item};
    ddbexpr_status status = json_fault(d, node, DDBEXPR_INPUT_STORED_VALUE, STR(""), STR(""));
    if (status != DDBEXPR_INVALID || !d->diags)
        return status;
    status = ddbexpr_request_check(&put, NULL, 0, NULL, ddbexpr_arena_allocator(d->arena), d->diags);
    return status == DDBEXPR_NO_MEMORY ? status : DDBEXPR_INVALID;
}

ddbexpr_status json_decode_stored(const struct json_document *d, uint32_t node, ddbexpr_json_form form,
                                  const ddbexpr_value **ret)
{
    const ddbexpr_value *item;
    ddbexpr_status status = json_decode_item(d, node, form, &item);
    if (status == DDBEXPR_OK && ddbexpr_item_is_faulty(item))
        status = refuse(d, node, item);
    if (status == DDBEXPR_OK)
        *ret = item;
    return status;
}

/* --- its key --- */

static ddbexpr_status check_own_key(const struct json_document *d, const ddbexpr_table *table,
                                    const ddbexpr_value *item, ddbexpr_span place)
{
    for (size_t i = 0; i < table->key_count; i++) {
        const ddbexpr_key_attribute *key = &table->key[i];
        const ddbexpr_value *v = ddbexpr_value_get(item, key->name);
        if (v && ddbexpr_value_type(v) == key->type)
            continue;
        ddbexpr_status status = ddbexpr_diags_report_input(d->diags, DDBEXPR_INPUT_STORED_KEY, d->text, place,
                                                           key->name, ddbexpr_cstr(ddbexpr_type_name(key->type)));
        return status == DDBEXPR_OK ? DDBEXPR_INVALID : status;
    }
    return DDBEXPR_OK;
}

/* --- all keys --- */

struct keyed {
    uint32_t hash; /* of the whole key: what mostly decides */
    size_t item;
    const ddbexpr_value *key[2];
};

/* Equal numbers have one hash however they are written. */
static ddbexpr_status hash_of(const ddbexpr_value *v, ddbexpr_buffer *scratch, uint32_t *ret)
{
    if (ddbexpr_value_type(v) != DDBEXPR_N) {
        *ret = json_hash(ddbexpr_value_bytes(v));
        return DDBEXPR_OK;
    }
    ddbexpr_buffer_clear(scratch);
    ddbexpr_status status = ddbexpr_value_print_number(v, scratch);
    *ret = json_hash(ddbexpr_buffer_text(scratch));
    return status;
}

static int compare_keys(const struct keyed *a, const struct keyed *b, size_t key_count)
{
    int order = (a->hash > b->hash) - (a->hash < b->hash);
    for (size_t i = 0; i < key_count && order == 0; i++)
        ddbexpr_value_compare(a->key[i], b->key[i], &order);
    return order;
}

/* By key, then by place. */
static int compare(const void *a, const void *b, const void *context)
{
    const struct keyed *x = a, *y = b;
    int order = compare_keys(x, y, *(const size_t *)context);
    return order ? order : (x->item > y->item) - (x->item < y->item);
}

static ddbexpr_status collect_keys(const ddbexpr_table *table, struct keyed *keys, ddbexpr_buffer *scratch)
{
    for (size_t i = 0; i < table->item_count; i++) {
        keys[i] = (struct keyed){.item = i};
        for (size_t k = 0; k < table->key_count; k++) {
            uint32_t hash;
            keys[i].key[k] = ddbexpr_value_get(table->items[i], table->key[k].name);
            ddbexpr_status status = hash_of(keys[i].key[k], scratch, &hash);
            if (status != DDBEXPR_OK)
                return status;
            keys[i].hash = keys[i].hash * 31 + hash;
        }
    }
    return DDBEXPR_OK;
}

static ddbexpr_status report_same_key(const struct json_document *d, size_t earlier, ddbexpr_span place)
{
    char digits[20];
    size_t at = sizeof digits;
    for (size_t n = earlier + 1; n; n /= 10)
        digits[--at] = (char)('0' + n % 10);
    ddbexpr_status status = ddbexpr_diags_report_input(d->diags, DDBEXPR_INPUT_SAME_KEY, d->text, place,
                                                       (str){digits + at, sizeof digits - at}, STR(""));
    return status == DDBEXPR_OK ? DDBEXPR_INVALID : status;
}

/* Told is the first item in the text that has an earlier one's key. */
static ddbexpr_status find_same_key(const struct json_document *d, const ddbexpr_table *table,
                                    const ddbexpr_span *places, ddbexpr_buffer *scratch)
{
    struct keyed *keys = ddbexpr_arena_alloc(d->arena, table->item_count * sizeof *keys);
    const struct keyed *found = NULL;
    if (!keys)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = collect_keys(table, keys, scratch);
    if (status != DDBEXPR_OK)
        return status;
    json_sort(keys, table->item_count, sizeof *keys, compare, &table->key_count);
    for (size_t i = 1; i < table->item_count; i++)
        if (compare_keys(&keys[i - 1], &keys[i], table->key_count) == 0 && (!found || keys[i].item < found->item))
            found = &keys[i];
    return found ? report_same_key(d, found[-1].item, places[found->item]) : DDBEXPR_OK;
}

ddbexpr_status json_check_stored_keys(const struct json_document *d, const ddbexpr_table *table,
                                      const ddbexpr_span *places)
{
    for (size_t i = 0; i < table->item_count; i++) {
        ddbexpr_status status = check_own_key(d, table, table->items[i], places[i]);
        if (status != DDBEXPR_OK)
            return status;
    }
    ddbexpr_buffer *scratch;
    if (table->item_count < 2)
        return DDBEXPR_OK;
    ddbexpr_status status = ddbexpr_buffer_new(ddbexpr_arena_allocator(d->arena), &scratch);
    if (status != DDBEXPR_OK)
        return status;
    status = find_same_key(d, table, places, scratch);
    ddbexpr_buffer_free(scratch);
    return status;
}
