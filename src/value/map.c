/* SPDX-License-Identifier: Apache-2.0 */
/* Maps: entries in the order given, and for more than a few of them an index by hash. Lookups are constant on average
 * and log n at worst, also where names were chosen to collide: large buckets are sorted by hash and name. A map made
 * from another by an update shares its index; a few entries behind the indexed ones are looked at one by one. */
#include "value/value.h"

#include "base/checked.h"

#define SMALL_MAP    8 /* up to here looking at every hash is as fast as an index */
#define SMALL_BUCKET 4 /* up to here looking at every one is as fast as halving */

static str entry_name(const struct map_entry *e) { return str_of(e->name, e->name_len); }

/* The index: [0] how far to shift a hash to get its bucket; [1] where in the index the order begins; then for each
 * bucket and one past the last where its entries begin in the order; then the order: entry numbers, bucket by bucket.
 */
#define INDEX_HEAD 2

struct index_view {
    uint32_t shift;
    const uint32_t *starts;
    const uint32_t *order;
};

/* As many buckets as entries, up to the next power of two: 16 at least, 2^31 at most. */
static uint32_t bucket_bits(uint32_t count) { return 32 - (uint32_t)__builtin_clz(((count - 1) & INT32_MAX) | 15); }

static struct index_view view_index(const uint32_t *index)
{
    return (struct index_view){index[0], index + INDEX_HEAD, index + index[1]};
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

/* Counting sort by bucket, then each large bucket by hash and name. */
static uint32_t *build_index(arena *a, const struct map_entry *entries, uint32_t count)
{
    uint32_t bits = bucket_bits(count);
    size_t buckets = (size_t)1 << bits;
    uint32_t *index = ARENA_ARRAY(a, uint32_t, INDEX_HEAD + buckets + 1 + count);
    if (!index)
        return NULL;
    index[0] = 32 - bits;
    index[1] = (uint32_t)(INDEX_HEAD + buckets + 1);
    uint32_t *starts = index + INDEX_HEAD, *order = index + index[1];
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
        if (starts[b + 1] - starts[b] > SMALL_BUCKET)
            sort_bucket(entries, order + starts[b], starts[b + 1] - starts[b]);
    return index;
}

/* The hash decides, the name confirms. */
static inline bool is_named(const struct map_entry *e, uint32_t hash, str name)
{
    return e->hash == hash && e->name_len == name.len && bytes_equal(e->name, name.ptr, name.len);
}

static bool same_name(const struct map_entry *a, const struct map_entry *b)
{
    return is_named(a, b->hash, entry_name(b));
}

/* The later one of two entries of a bucket with one name, or none. In a sorted one they stand side by side. */
static uint32_t find_duplicate_in(const struct map_entry *entries, const uint32_t *order, uint32_t size, uint32_t none)
{
    for (uint32_t i = 1; i < size; i++)
        for (uint32_t j = size > SMALL_BUCKET ? i - 1 : 0; j < i; j++)
            if (same_name(&entries[order[i]], &entries[order[j]]))
                return order[i];
    return none;
}

/* The later one of two entries with one name, or count. */
static uint32_t find_duplicate(const struct map_entry *entries, uint32_t count, const uint32_t *index)
{
    if (index) {
        struct index_view view = view_index(index);
        for (const uint32_t *start = view.starts; *start < count; start++) {
            uint32_t found = find_duplicate_in(entries, view.order + start[0], start[1] - start[0], count);
            if (found != count)
                return found;
        }
        return count;
    }
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (same_name(&entries[i], &entries[j]))
                return i;
    return count;
}

/* The flags and the height that a map has from its entries. */
static void measure(value *map)
{
    uint32_t flags = 0, height = 0;
    for (uint32_t i = 0; i < map->count; i++) { /* without entries there is no pointer to count from */
        const struct map_entry *e = &map->at.entries[i];
        flags |= e->value.flags;
        if (e->name_len == 0 || e->name_len > LIMIT_ATTRIBUTE_NAME_BYTES)
            flags |= VALUE_FAULTY;
        if (value_height(&e->value) > height)
            height = value_height(&e->value);
    }
    map->flags = flags & VALUE_FAULTY;
    map->more.box.height = height + 1;
}

static bool make_map(arena *a, struct map_entry *entries, uint32_t count, value *ret)
{
    *ret = (value){.type = DDBEXPR_M, .count = count, .at.entries = entries};
    measure(ret);
    return count <= SMALL_MAP || (ret->more.box.index = build_index(a, entries, count));
}

ddbexpr_status value_map_from(arena *a, struct map_entry *entries, uint32_t count, value *ret, uint32_t *ret_duplicate)
{
    for (uint32_t i = 0; i < count; i++)
        entries[i].hash = str_hash(entry_name(&entries[i]));
    if (!make_map(a, entries, count, ret))
        return DDBEXPR_NO_MEMORY;
    uint32_t duplicate = find_duplicate(entries, count, ret->more.box.index);
    if (duplicate == count)
        return DDBEXPR_OK;
    if (ret_duplicate)
        *ret_duplicate = duplicate;
    return DDBEXPR_INVALID;
}

bool value_map_from_distinct(arena *a, struct map_entry *entries, uint32_t count, value *ret)
{
    return make_map(a, entries, count, ret);
}

bool value_map_from_changed(arena *a, const value *old, struct map_entry *entries, uint32_t count,
                            const struct map_changes *changes, value *ret)
{
    uint32_t unindexed = old->more.box.unindexed + (count - old->count);
    if ((old->flags & VALUE_FAULTY) || (old->more.box.index ? unindexed : count) > SMALL_MAP)
        return make_map(a, entries, count, ret);
    value map = *old;
    map.count = count;
    map.at.entries = entries;
    map.flags |= changes->flags & VALUE_FAULTY;
    if (old->more.box.index)
        map.more.box.unindexed = (uint8_t)unindexed;
    if (changes->height + 1 > map.more.box.height)
        map.more.box.height = changes->height + 1;
    else if (changes->lower)
        measure(&map);
    *ret = map;
    return true;
}

/* Which of a large bucket's entries is the one: they are sorted. Not inline: see value_map_get. */
__attribute__((noinline)) static const value *search_bucket(const struct map_entry *entries, const uint32_t *order,
                                                            uint32_t count, uint32_t hash, str name)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct map_entry *e = &entries[order[middle]];
        int where = compare_key(e, hash, name);
        if (where == 0)
            return &e->value;
        if (where < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Calls nothing but for large buckets: a third of the instructions were for registers saved and restored. */
const value *value_map_get(const value *map, str name, uint32_t hash)
{
    const struct map_entry *entries = map->at.entries;
    if (!map->more.box.index) {
        for (uint32_t i = 0; i < map->count; i++)
            if (is_named(&entries[i], hash, name))
                return &entries[i].value;
        return NULL;
    }
    for (uint32_t i = map->count - map->more.box.unindexed; i < map->count; i++)
        if (is_named(&entries[i], hash, name))
            return &entries[i].value;
    struct index_view index = view_index(map->more.box.index);
    uint32_t bucket = hash >> index.shift, at = index.starts[bucket], end = index.starts[bucket + 1];
    if (end - at > SMALL_BUCKET)
        return search_bucket(entries, index.order + at, end - at, hash, name);
    for (; at < end; at++)
        if (is_named(&entries[index.order[at]], hash, name))
            return &entries[index.order[at]].value;
    return NULL;
}
