/* SPDX-License-Identifier: Apache-2.0 */
/* Sets: sorted on the way in (the service returns them sorted: ruling 19), so that equality, union and difference are
 * walks over two sorted arrays. Refuses what the service refuses: no members, members twice. */
#include "value/set.h"

int value_order_members(const value *a, const value *b)
{
    if (a->type != DDBEXPR_N)
        return str_compare(value_bytes(a), value_bytes(b));
    struct number x = value_number(a), y = value_number(b);
    return number_compare(&x, &y);
}

/* Merges two sorted runs that stand side by side in `from` into `to`. */
static void merge_runs(const value *from, uint32_t middle, uint32_t end, value *to)
{
    uint32_t left = 0, right = middle, at = 0;
    while (left < middle || right < end) {
        bool take_left = right == end || (left < middle && value_order_members(&from[left], &from[right]) <= 0);
        to[at++] = from[take_left ? left++ : right++];
    }
}

/* Merge sort from the bottom up, between two arrays: n log n, no recursion. Returns the one that holds the result. */
static value *sort_members(value *members, value *spare, uint32_t count)
{
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t i = 0; i < count; i += 2 * width) {
            uint64_t rest = count - i;
            uint32_t middle = (uint32_t)(width < rest ? width : rest);
            merge_runs(members + i, middle, (uint32_t)(2 * width < rest ? 2 * width : rest), spare + i);
        }
        value *swap = members;
        members = spare;
        spare = swap;
    }
    return members;
}

static bool is_sorted(const value *members, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (value_order_members(&members[i - 1], &members[i]) >= 0)
            return false;
    return true;
}

bool value_set_from(arena *a, ddbexpr_type type, value *members, uint32_t count, value *ret)
{
    if (count == 0)
        return value_of_fault(a, (struct value_fault){.kind = FAULT_EMPTY_SET, .type = type}, ret);
    for (uint32_t i = 0; i < count; i++)
        if (members[i].flags & VALUE_FAULTY) { /* a number that is none: told as such */
            struct value_fault fault = *members[i].at.fault;
            fault.type = type;
            return value_of_fault(a, fault, ret);
        }
    const value *sorted = members;
    if (!is_sorted(members, count)) {
        value *copy = ARENA_ROOM(a, value, count), *spare = ARENA_ROOM(a, value, count);
        if (!copy || !spare)
            return false;
        memcpy(copy, members, count * sizeof *copy);
        sorted = sort_members(copy, spare, count);
        if (!is_sorted(sorted, count))
            return value_of_fault(
                a, (struct value_fault){.kind = FAULT_DUPLICATES, .type = type, .elements = members, .count = count},
                ret);
    }
    *ret = (value){.type = (uint8_t)type, .count = count, .at.elements = sorted};
    return true;
}

bool value_set_has(const value *set, const value *member)
{
    if (member->type != set->type - DDBEXPR_SS)
        return false;
    uint32_t low = 0, high = set->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = value_order_members(&set->at.elements[middle], member);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Walks both sorted arrays once. Keeps what is only in `a` always, what is in both if `keep_common`, what is only in
 * `b` if `keep_new`. */
static bool walk_both(arena *memory, const value *a, const value *b, bool keep_common, bool keep_new, value *ret)
{
    value *members = ARENA_ROOM(memory, value, keep_new ? (size_t)a->count + b->count : a->count);
    if (!members)
        return false;
    uint32_t i = 0, j = 0, count = 0;
    while (i < a->count || j < b->count) {
        int order = i == a->count   ? 1
                    : j == b->count ? -1
                                    : value_order_members(&a->at.elements[i], &b->at.elements[j]);
        if (order < 0 || (order == 0 && keep_common))
            members[count++] = a->at.elements[i];
        else if (order > 0 && keep_new)
            members[count++] = b->at.elements[j];
        i += order <= 0;
        j += order >= 0;
    }
    *ret = (value){.type = a->type, .count = count, .at.elements = members};
    return true;
}

bool value_set_union(arena *memory, const value *a, const value *b, value *ret)
{
    return walk_both(memory, a, b, true, true, ret);
}

bool value_set_difference(arena *memory, const value *a, const value *b, value *ret)
{
    return walk_both(memory, a, b, false, false, ret);
}
