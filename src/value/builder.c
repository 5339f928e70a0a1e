/* SPDX-License-Identifier: Apache-2.0 */
/* Building values step by step, for readers that see only the public headers. Members of open containers wait on one
 * stack; closing a container moves them into the arena. No recursion: the stack is on the heap, and what lies deeper
 * than the service allows is counted, not kept. */
#include "value/value.h"

/* Deeper levels are skipped. */
struct frame {
    uint32_t type;
    uint32_t first; /* its first member on the stack */
    str name;       /* of the container itself, in its map */
};

struct ddbexpr_builder {
    arena *arena;
    struct map_entry *stack; /* members of all open containers; names only used for maps */
    size_t count, size;
    struct frame frames[LIMIT_VALUE_HEIGHT_KEPT];
    uint32_t depth;
    uint32_t skipped; /* containers open below the deepest */
    str name;
    bool no_memory, misused;
};

ddbexpr_status ddbexpr_builder_new(ddbexpr_arena *a, ddbexpr_builder **ret_builder)
{
    ddbexpr_builder *b = allocator_resize(arena_allocator(a), NULL, 0, sizeof *b);
    if (!b)
        return DDBEXPR_NO_MEMORY;
    *b = (ddbexpr_builder){.arena = a};
    *ret_builder = b;
    return DDBEXPR_OK;
}

void ddbexpr_builder_free(ddbexpr_builder *b)
{
    if (!b)
        return;
    const ddbexpr_alloc *alloc = arena_allocator(b->arena);
    if (b->stack)
        allocator_resize(alloc, b->stack, b->size * sizeof *b->stack, 0);
    allocator_resize(alloc, b, sizeof *b, 0);
}

static bool make_room(ddbexpr_builder *b)
{
    if (b->count < b->size)
        return true;
    /* Does not wrap: nothing that was allocated is as large as half of what a size_t can say. */
    size_t size = b->size ? b->size * 2 : 64;
    struct map_entry *stack =
        allocator_resize(arena_allocator(b->arena), b->stack, b->size * sizeof *stack, size * sizeof *stack);
    if (!stack) {
        b->no_memory = true;
        return false;
    }
    b->stack = stack;
    b->size = size;
    return true;
}

static void push(ddbexpr_builder *b, str name, value v)
{
    if (make_room(b))
        b->stack[b->count++] = (struct map_entry){name.ptr, (uint32_t)name.len, 0, v};
}

static void push_value(ddbexpr_builder *b, value v)
{
    if (b->skipped)
        return;
    b->misused |= b->depth == 0 && b->count > 0;
    push(b, b->name, v);
    b->name = STR("");
}

void ddbexpr_builder_name(ddbexpr_builder *b, ddbexpr_str name)
{
    b->misused |= name.len > UINT32_MAX;
    b->name = name.ptr ? name : STR("");
}

void ddbexpr_builder_string(ddbexpr_builder *b, ddbexpr_str text)
{
    b->misused |= text.len > UINT32_MAX;
    push_value(b, value_of_string(text));
}

void ddbexpr_builder_binary(ddbexpr_builder *b, ddbexpr_str bytes)
{
    b->misused |= bytes.len > UINT32_MAX;
    push_value(b, value_of_binary(bytes));
}

void ddbexpr_builder_bool(ddbexpr_builder *b, bool truth) { push_value(b, value_of_bool(truth)); }

void ddbexpr_builder_null(ddbexpr_builder *b) { push_value(b, value_of_null()); }

void ddbexpr_builder_number(ddbexpr_builder *b, ddbexpr_str text)
{
    value v;
    if (value_from_number_text(b->arena, text, &v))
        push_value(b, v);
    else
        b->no_memory = true;
}

static void push_fault(ddbexpr_builder *b, struct value_fault fault)
{
    value v;
    if (value_of_fault(b->arena, fault, &v))
        push_value(b, v);
    else
        b->no_memory = true;
}

void ddbexpr_builder_fault(ddbexpr_builder *b, ddbexpr_value_fault fault)
{
    static const enum value_fault_kind kinds[] = {
        [DDBEXPR_VALUE_NO_TYPE] = FAULT_NO_TYPE,
        [DDBEXPR_VALUE_SEVERAL_TYPES] = FAULT_SEVERAL_TYPES,
        [DDBEXPR_VALUE_NULL_FALSE] = FAULT_NULL_FALSE,
        [DDBEXPR_VALUE_TOO_DEEP] = FAULT_NESTING,
    };
    push_fault(b, (struct value_fault){.kind = kinds[fault], .type = DDBEXPR_NULL});
}

void ddbexpr_builder_begin(ddbexpr_builder *b, ddbexpr_type type)
{
    b->misused |= type != DDBEXPR_L && type != DDBEXPR_M && type < DDBEXPR_SS;
    if (b->skipped || b->depth == LIMIT_VALUE_HEIGHT_KEPT) {
        if (!b->skipped)
            push_fault(b, (struct value_fault){.kind = FAULT_NESTING, .type = type});
        b->skipped++;
        return;
    }
    b->frames[b->depth++] = (struct frame){type, (uint32_t)b->count, b->name};
    b->name = STR("");
}

static bool close_list(ddbexpr_builder *b, const struct map_entry *members, uint32_t count, value *ret)
{
    value *elements = ARENA_ARRAY(b->arena, value, count);
    for (uint32_t i = 0; elements && i < count; i++)
        elements[i] = members[i].value;
    if (!elements)
        return false;
    *ret = value_of_list(elements, count); /* not too high: DEEPEST */
    return true;
}

static bool close_set(ddbexpr_builder *b, ddbexpr_type type, const struct map_entry *members, uint32_t count,
                      value *ret)
{
    value *elements = ARENA_ARRAY(b->arena, value, count);
    if (!elements)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        elements[i] = members[i].value;
        b->misused |= ddbexpr_value_type(&elements[i]) != (ddbexpr_type)(type - DDBEXPR_SS);
    }
    *ret = value_of_null();
    return b->misused || value_set_from(b->arena, type, elements, count, ret);
}

static bool close_map(ddbexpr_builder *b, const struct map_entry *members, uint32_t count, value *ret)
{
    struct map_entry *entries = ARENA_ARRAY(b->arena, struct map_entry, count);
    if (!entries)
        return false;
    if (count)
        memcpy(entries, members, count * sizeof *entries);
    ddbexpr_status status = value_map_from(b->arena, entries, count, ret, NULL);
    if (status == DDBEXPR_INVALID) {
        b->misused = true;
        *ret = value_of_null();
        return true;
    }
    return status == DDBEXPR_OK;
}

void ddbexpr_builder_end(ddbexpr_builder *b)
{
    if (b->skipped) {
        b->skipped--;
        return;
    }
    if (b->depth == 0) {
        b->misused = true;
        return;
    }
    struct frame frame = b->frames[--b->depth];
    const struct map_entry *members = b->stack ? b->stack + frame.first : NULL; /* NULL: nothing was ever built */
    uint32_t count = (uint32_t)(b->count - frame.first);
    value v;
    bool done = frame.type == DDBEXPR_L   ? close_list(b, members, count, &v)
                : frame.type == DDBEXPR_M ? close_map(b, members, count, &v)
                                          : close_set(b, (ddbexpr_type)frame.type, members, count, &v);
    if (!done) {
        b->no_memory = true;
        v = value_of_null();
    }
    b->count = frame.first;
    b->name = frame.name;
    push_value(b, v);
}

ddbexpr_status ddbexpr_builder_finish(ddbexpr_builder *b, const ddbexpr_value **ret_value)
{
    /* Where containers are skipped, others are open. */
    ddbexpr_status status = b->no_memory                              ? DDBEXPR_NO_MEMORY
                            : b->misused || b->depth || b->count != 1 ? DDBEXPR_MISUSE
                                                                      : DDBEXPR_OK;
    if (status == DDBEXPR_OK) {
        value *v = ARENA_NEW(b->arena, value);
        if (v) {
            *v = b->stack[0].value;
            *ret_value = v;
        } else {
            status = DDBEXPR_NO_MEMORY;
        }
    }
    b->count = b->depth = b->skipped = 0;
    b->no_memory = b->misused = false;
    b->name = STR("");
    return status;
}
