/* SPDX-License-Identifier: Apache-2.0 */
/* Maps: entries in the order given, and for more than a few of them an index by hash. Lookups are constant on average
 * and log n at worst, also where names were chosen to collide: entries of one bucket are sorted by hash and name. */
#include "value/value.h"

#include "base/checked.h"

#define SMALL_MAP 8 /* up to here looking at every hash is as fast as an index */

static str entry_name(const struct map_entry *e) { return str_of(e->name, e->name_len); }

/* The index: [0] how far to shift a hash to get its bucket; then for each bucket and one past the last where its
 * entries begin in the order; then the order: entry numbers, bucket by bucket. */
struct index_view {
    uint32_t shift;
    const uint32_t *starts;
    const uint32_t *order;
};

static uint32_t bucket_bits(uint32_t count)
{
    uint32_t bits = 4;
    while (bits < 31 && (1u << bits) < count)
        bits++;
    return bits;
}

static struct index_view view_index(const uint32_t *index)
{
    return (struct index_view){index[0], index + 1, index + 1 + ((size_t)1 << (32 - index[0])) + 1};
}

static int compare_key(const struct map_entry *e, uint32_t hash, str name)
{
    if (e->hash != hash)
        return e->hash < hash ? -1 : 1;
    return str_compare(entry_name(e), name);
}

static bool entry_before(const struct map_entry *entries, uint32_t a, uint32_t b)
{
    int order = compare_key(&entries[a], entries[b].hash, entry_name(&entries[b]));
    return order < 0 || (order == 0 && a < b);
}

/* Heap sort: in place and n log n whatever the names are. */
static void sift_down(const struct map_entry *entries, uint32_t *order, size_t root, size_t count)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && entry_before(entries, order[child], order[child + 1]))
            child++;
        if (!entry_before(entries, order[root], order[child]))
            return;
        uint32_t swap = order[root];
        order[root] = order[child];
        order[child] = swap;
    }
}

static void sort_bucket(const struct map_entry *entries, uint32_t *order, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(entries, order, i, count);
    for (size_t end = count; end-- > 1;) {
        uint32_t swap = order[0];
        order[0] = order[end];
        order[end] = swap;
        sift_down(entries, order, 0, end);
    }
}

/* Counting sort by bucket, then each bucket by hash and name. */
static uint32_t *build_index(arena *a, const struct map_entry *entries, uint32_t count)
{
    uint32_t bits = bucket_bits(count);
    size_t buckets = (size_t)1 << bits;
    uint32_t *index = ARENA_ARRAY(a, uint32_t, 1 + buckets + 1 + count);
    if (!index)
        return NULL;
    index[0] = 32 - bits;
    uint32_t *starts = index + 1, *order = starts + buckets + 1;
    for (uint32_t i = 0; i < count; i++)
        starts[(entries[i].hash >> index[0]) + 1]++;
    for (size_t b = 0; b < buckets; b++)
        starts[b + 1] += starts[b];
    for (uint32_t i = count; i-- > 0;) { /* each start is moved to its bucket's end and back down again */
        uint32_t b = entries[i].hash >> index[0];
        order[--starts[b + 1]] = i;
    }
    /* Now starts[b + 1] is where bucket b begins: move all down by one place. */
    memmove(starts, starts + 1, buckets * sizeof *starts);
    starts[buckets] = count;
    for (size_t b = 0; b < buckets; b++)
        if (starts[b + 1] - starts[b] > 1)
            sort_bucket(entries, order + starts[b], starts[b + 1] - starts[b]);
    return index;
}

/* The later one of two entries with one name, or count. */
static uint32_t find_duplicate(const struct map_entry *entries, uint32_t count, const uint32_t *index)
{
    if (index) {
        const uint32_t *order = view_index(index).order;
        for (uint32_t i = 1; i < count; i++)
            if (compare_key(&entries[order[i - 1]], entries[order[i]].hash, entry_name(&entries[order[i]])) == 0)
                return order[i];
        return count;
    }
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (entries[i].hash == entries[j].hash && str_equal(entry_name(&entries[i]), entry_name(&entries[j])))
                return i;
    return count;
}

static bool make_map(arena *a, struct map_entry *entries, uint32_t count, bool hashed, value *ret)
{
    value map = {.type = DDBEXPR_M, .count = count, .at.entries = entries, .more.box = {.height = 1}};
    for (uint32_t i = 0; i < count; i++) {
        if (!hashed)
            entries[i].hash = str_hash(entry_name(&entries[i]));
        const value *v = &entries[i].value;
        map.flags |= v->flags & VALUE_FAULTY;
        if (entries[i].name_len == 0 || entries[i].name_len > LIMIT_ATTRIBUTE_NAME_BYTES)
            map.flags |= VALUE_FAULTY;
        if (value_height(v) + 1 > map.more.box.height)
            map.more.box.height = value_height(v) + 1;
    }
    if (count > SMALL_MAP && !(map.more.box.index = build_index(a, entries, count)))
        return false;
    *ret = map;
    return true;
}

ddbexpr_status value_map_from(arena *a, struct map_entry *entries, uint32_t count, value *ret, uint32_t *ret_duplicate)
{
    value map;
    if (!make_map(a, entries, count, false, &map))
        return DDBEXPR_NO_MEMORY;
    uint32_t duplicate = find_duplicate(entries, count, map.more.box.index);
    if (duplicate < count) {
        if (ret_duplicate)
            *ret_duplicate = duplicate;
        return DDBEXPR_INVALID;
    }
    *ret = map;
    return DDBEXPR_OK;
}

bool value_map_from_distinct(arena *a, struct map_entry *entries, uint32_t count, value *ret)
{
    return make_map(a, entries, count, true, ret);
}

const value *value_map_get(const value *map, str name, uint32_t hash)
{
    const struct map_entry *entries = map->at.entries;
    if (!map->more.box.index) {
        for (uint32_t i = 0; i < map->count; i++)
            if (entries[i].hash == hash && str_equal(entry_name(&entries[i]), name))
                return &entries[i].value;
        return NULL;
    }
    struct index_view index = view_index(map->more.box.index);
    uint32_t low = index.starts[hash >> index.shift], high = index.starts[(hash >> index.shift) + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct map_entry *e = &entries[index.order[middle]];
        int order = compare_key(e, hash, name);
        if (order == 0)
            return &e->value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
