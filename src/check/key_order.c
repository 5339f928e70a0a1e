/* SPDX-License-Identifier: Apache-2.0 */
/* A Java HashSet's order over the keys of a placeholder map: messages list unused keys in it (ruling 15). */
#include "check/key_order.h"

#include "base/utf8.h"

/* String.hashCode: the 31-polynomial over UTF-16 units. */
static uint32_t java_hash(str key)
{
    uint32_t h = 0;
    for (size_t i = 0; i < key.len;) {
        size_t length = utf8_length(str_of(key.ptr + i, key.len - i));
        uint32_t code = length ? utf8_decode(key.ptr + i, length) : 0xfffd;
        if (code >= 0x10000) {
            h = h * 31 + (0xd7c0 + (code >> 10));
            code = 0xdc00 | (code & 0x3ff);
        }
        h = h * 31 + code;
        i += length ? length : 1;
    }
    return h ^ (h >> 16);
}

/* The next power of two at or above max(16, n / 0.75 + 1). */
static uint32_t java_capacity(uint32_t count)
{
    uint64_t wanted = (uint64_t)count * 4 / 3 + 1;
    uint64_t capacity = 16;
    while (capacity < wanted)
        capacity *= 2;
    return (uint32_t)capacity;
}

const uint32_t *key_order(arena *a, const value *map)
{
    uint32_t count = map->count, capacity = java_capacity(count);
    uint32_t *order = ARENA_ARRAY(a, uint32_t, count), *slots = ARENA_ARRAY(a, uint32_t, count);
    uint32_t *starts = ARENA_ARRAY(a, uint32_t, (size_t)capacity + 1);
    if (!order || !slots || !starts)
        return NULL;
    /* Counting sort by slot, which keeps the request's order within one. */
    for (uint32_t i = 0; i < count; i++) {
        slots[i] = java_hash(str_of(map->at.entries[i].name, map->at.entries[i].name_len)) & (capacity - 1);
        starts[slots[i] + 1]++;
    }
    for (uint32_t s = 0; s < capacity; s++)
        starts[s + 1] += starts[s];
    for (uint32_t i = 0; i < count; i++)
        order[starts[slots[i]]++] = i;
    return order;
}
