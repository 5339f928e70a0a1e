/* SPDX-License-Identifier: Apache-2.0 */
/* Finding members twice: few are compared pair by pair, many go through a hash table, and where that is slow because
 * someone chose the names so, they are sorted. */
#include "json/duplicates.h"

#include "json/sort.h"
#include "json/text.h"

#define FEW    ((size_t)16) /* up to here comparing all hashes is the fastest */
#define PROBES 8            /* looks into the table a member on average; more are a sign of chosen names */

struct member {
    uint32_t hash;
    uint32_t node; /* of the name; 0 in a free slot, as node 0 is the root */
};

static bool same_name(const struct json_node *nodes, uint32_t a, uint32_t b)
{
    str x = nodes[a].text, y = nodes[b].text;
    return x.len == y.len && (x.len == 0 || memcmp(x.ptr, y.ptr, x.len) == 0);
}

/* --- few --- */

static uint32_t find_among_few(const struct json_node *nodes, uint32_t object)
{
    struct member members[FEW];
    uint32_t count = nodes[object].count;
    for (uint32_t i = 0, at = object + 1; i < count; at = nodes[at + 1].next, i++) {
        members[i] = (struct member){json_hash(nodes[at].text), at};
        for (uint32_t j = 0; j < i; j++)
            if (members[j].hash == members[i].hash && same_name(nodes, members[j].node, at))
                return at;
    }
    return 0;
}

/* --- many: a table with open addresses --- */

enum search { SEARCH_DONE, SEARCH_TOO_SLOW };

static enum search find_in_table(const struct json_node *nodes, uint32_t object, struct member *table, uint32_t mask,
                                 uint32_t *ret)
{
    const uint32_t end = nodes[object].next;
    size_t budget = (size_t)nodes[object].count * PROBES;
    for (uint32_t at = object + 1; at < end; at = nodes[at + 1].next) {
        uint32_t hash = json_hash(nodes[at].text), slot = hash & mask;
        for (; table[slot].node; slot = (slot + 1) & mask) {
            if (table[slot].hash == hash && same_name(nodes, table[slot].node, at)) {
                *ret = at;
                return SEARCH_DONE;
            }
            if (budget-- == 0)
                return SEARCH_TOO_SLOW;
        }
        table[slot] = (struct member){hash, at};
    }
    *ret = 0;
    return SEARCH_DONE;
}

/* --- many of chosen names --- */

/* By text, then by place. Hashes would not help: they are what was chosen. */
static int compare(const void *a, const void *b, const void *context)
{
    const struct json_node *nodes = context;
    uint32_t i = ((const struct member *)a)->node, j = ((const struct member *)b)->node;
    str x = nodes[i].text, y = nodes[j].text;
    size_t n = x.len < y.len ? x.len : y.len;
    int order = n ? memcmp(x.ptr, y.ptr, n) : 0;
    if (order == 0)
        order = (x.len > y.len) - (x.len < y.len);
    return order ? order : (i > j) - (i < j);
}

static uint32_t find_by_sorting(const struct json_node *nodes, uint32_t object, struct member *members)
{
    uint32_t count = 0, found = 0;
    for (uint32_t at = object + 1; at < nodes[object].next; at = nodes[at + 1].next)
        members[count++].node = at;
    json_sort(members, count, sizeof *members, compare, nodes);
    for (uint32_t i = 1; i < count; i++)
        if (same_name(nodes, members[i - 1].node, members[i].node) && (!found || members[i].node < found))
            found = members[i].node;
    return found;
}

static ddbexpr_status find_among_many(ddbexpr_arena *arena, const struct json_node *nodes, uint32_t object,
                                      uint32_t *ret)
{
    size_t size = 2 * FEW; /* a power of two, at most half full */
    while (size < 2 * (size_t)nodes[object].count)
        size *= 2;
    struct member *table = ddbexpr_arena_alloc(arena, size * sizeof *table);
    if (!table)
        return DDBEXPR_NO_MEMORY;
    memset(table, 0, size * sizeof *table);
    if (find_in_table(nodes, object, table, (uint32_t)(size - 1), ret) == SEARCH_TOO_SLOW)
        *ret = find_by_sorting(nodes, object, table);
    return DDBEXPR_OK;
}

ddbexpr_status json_find_duplicate(ddbexpr_arena *arena, const struct json_node *nodes, uint32_t object, uint32_t *ret)
{
    if (nodes[object].count > FEW)
        return find_among_many(arena, nodes, object, ret);
    *ret = find_among_few(nodes, object);
    return DDBEXPR_OK;
}
