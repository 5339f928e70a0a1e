/* SPDX-License-Identifier: Apache-2.0 */
/* Query and Scan over one page: key condition, order by sort key, start key, limit, filter, projection. */
#include "request/outcome.h"

struct page {
    const value **items; /* what the key condition selects, in order */
    size_t count;
};

static const value *sort_key(const value *item, const struct key_schema *schema)
{
    str name = schema->attributes[1].name;
    return value_map_get(item, name, str_hash(name));
}

/* Stable merge sort from the bottom up; descending order is the ascending one backwards. */
static const value **sort_by_key(const value **from, const value **to, size_t count, const struct key_schema *schema)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t left = start, middle = start + width < count ? start + width : count;
            size_t right = middle, end = start + 2 * width < count ? start + 2 * width : count;
            for (size_t at = start; at < end; at++) {
                bool take_left =
                    left < middle && (right == end || value_order_members(sort_key(from[left], schema),
                                                                          sort_key(from[right], schema)) <= 0);
                to[at] = from[take_left ? left++ : right++];
            }
        }
        const value **swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static void select_items(struct run *run, const struct table *table, struct page *page)
{
    size_t count = table->given->item_count;
    const value **items = ARENA_ARRAY(run->arena, const value *, count);
    const value **spare = ARENA_ARRAY(run->arena, const value *, count);
    struct ddbexpr_program *key_condition = run_compile(run, run->key_condition);
    *page = (struct page){items, 0};
    if (!items || !spare || run->broken) {
        run->broken = DDBEXPR_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (!key_condition || program_matches(key_condition, table->given->items[i]))
            items[page->count++] = table->given->items[i];
    if (run->request->operation == DDBEXPR_QUERY && table->schema.count > 1)
        page->items = sort_by_key(items, spare, page->count, &table->schema);
    if (!run->request->scan_backward)
        return;
    for (size_t i = 0; i < page->count / 2; i++) {
        const value *swap = page->items[i];
        page->items[i] = page->items[page->count - 1 - i];
        page->items[page->count - 1 - i] = swap;
    }
}

/* In a Query's order: whether an item follows a start key that no item has, as one deleted since the last page. */
static bool follows(const value *item, const struct run *run, const struct key_schema *schema)
{
    int order = value_order_members(sort_key(item, schema), sort_key(run->request->exclusive_start_key, schema));
    return run->request->scan_backward ? order < 0 : order > 0;
}

static bool can_follow(const struct run *run, const struct page *page, const struct key_schema *schema)
{
    const value *start = run->request->exclusive_start_key;
    const struct key_schema partition = {schema->attributes, 1};
    if (run->request->operation != DDBEXPR_QUERY || schema->count < 2 || page->count == 0)
        return false;
    const value *from = sort_key(start, schema);
    return from && from->type == schema->attributes[1].type && item_has_key(page->items[0], start, &partition);
}

/* The position after the item with the start key. Without such an item a Query goes on where it would be; a Scan, which
 * has no order, begins anew. */
static size_t first_position(const struct run *run, const struct table *table, const struct page *page)
{
    const value *start = run->request->exclusive_start_key;
    if (!start)
        return 0;
    for (size_t i = 0; i < page->count; i++)
        if (item_has_key(page->items[i], start, &table->schema))
            return i + 1;
    if (!can_follow(run, page, &table->schema))
        return 0;
    size_t position = 0;
    while (position < page->count && !follows(page->items[position], run, &table->schema))
        position++;
    return position;
}

static const value *projected(struct run *run, const struct ddbexpr_program *projection, const value *item)
{
    if (projection && ddbexpr_project(projection, item, run->arena, &item) != DDBEXPR_OK)
        run->broken = DDBEXPR_NO_MEMORY;
    return item;
}

void execute_query(struct run *run, struct table *table, struct ddbexpr_outcome *outcome)
{
    const ddbexpr_request *r = run->request;
    struct page page;
    select_items(run, table, &page);
    struct ddbexpr_program *filter = run_compile(run, run->filter), *projection = run_compile(run, run->projection);
    if (run->broken)
        return;
    size_t at = first_position(run, table, &page);
    const value *last = NULL;
    bool full = false;
    for (; at < page.count && !run->broken; at++) {
        if (r->limit_given && (uint64_t)outcome->scanned_count == (uint64_t)r->limit) {
            full = true;
            break;
        }
        last = page.items[at];
        outcome->scanned_count++;
        if (!filter || program_matches(filter, last))
            page.items[outcome->count++] = projected(run, projection, last); /* never overtakes `at` */
    }
    /* A full page names its last key even where nothing follows, as the service does. */
    full |= r->limit_given && (uint64_t)outcome->scanned_count == (uint64_t)r->limit;
    if (full) { /* a limit is at least 1 */
        value *key = ARENA_NEW(run->arena, value);
        if (!key || !key_of_item(last, &table->schema, run->arena, key))
            run->broken = DDBEXPR_NO_MEMORY;
        outcome->last_evaluated_key = key;
    }
    outcome->has_counts = true;
    outcome->has_items = !str_equal(r->select, STR("COUNT"));
    outcome->items = page.items;
}
