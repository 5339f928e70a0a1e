/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator of one's own: it counts, and refuses what would go over a budget. Every call comes back with NO_MEMORY
 * then, and leaves nothing behind. */
#include <ddbexpr/json.h>

#include <stdio.h>
#include <stdlib.h>

/* [allocator] */
struct budget {
    size_t used, most;
    unsigned calls;
};

static void *resize_within(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    struct budget *budget = ctx;
    budget->calls++;
    if (new_size == 0) {
        free(ptr);
        budget->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && new_size - old_size > budget->most - budget->used)
        return NULL; /* the old block stays as it was */
    void *block = realloc(ptr, new_size);
    if (block)
        budget->used = budget->used - old_size + new_size;
    return block;
}
/* [end] */

static ddbexpr_status run(struct budget *budget)
{
    /* [use] */
    ddbexpr_alloc alloc = {.ctx = budget, .resize = resize_within};
    ddbexpr_arena *arena;
    ddbexpr_program *program;
    const ddbexpr_value *item;
    bool matched;
    ddbexpr_status status = ddbexpr_arena_new(&alloc, &arena);
    if (status != DDBEXPR_OK)
        return status;
    status = ddbexpr_json_read_item(arena, ddbexpr_cstr("{\"n\": {\"N\": \"1\"}}"), DDBEXPR_JSON_TYPED, NULL, &item);
    if (status == DDBEXPR_OK)
        status = ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr("attribute_exists(n)"), NULL, &alloc, NULL, &program);
    if (status == DDBEXPR_OK) {
        unsigned before = budget->calls;
        for (unsigned i = 0; i < 1000 && status == DDBEXPR_OK; i++)
            status = ddbexpr_evaluate(program, item, &matched);
        printf("1000 evaluations called the allocator %u times\n", budget->calls - before);
        ddbexpr_program_free(program);
    }
    ddbexpr_arena_free(arena);
    return status;
    /* [end] */
}

int main(void)
{
    struct budget wide = {.most = 1 << 20}, narrow = {.most = 1500};
    printf("1 MB: %s\n", ddbexpr_status_name(run(&wide)));
    printf("1500 bytes: %s\n", ddbexpr_status_name(run(&narrow)));
    printf("left: %zu and %zu bytes\n", wide.used, narrow.used);
    return 0;
}
