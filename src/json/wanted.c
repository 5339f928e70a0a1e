/* SPDX-License-Identifier: Apache-2.0 */
/* Names of attributes into a table with open addresses. They come from expressions: there are few, so that the table
 * can be large, and other names nearly always meet a free slot. */
#include "json/wanted.h"

#include "json/text.h"

static bool copy_name(ddbexpr_arena *arena, str name, str *ret)
{
    char *copy = ddbexpr_arena_alloc(arena, name.len + 1);
    if (!copy)
        return false;
    if (name.len)
        memcpy(copy, name.ptr, name.len);
    copy[name.len] = '\0';
    *ret = (str){copy, name.len};
    return true;
}

ddbexpr_status ddbexpr_json_wanted_new(ddbexpr_arena *arena, const ddbexpr_str *names, size_t count,
                                       const ddbexpr_json_wanted **ret_wanted)
{
    size_t room = 8;
    if (count > UINT32_MAX / 16) /* there is no memory for so many, and numbers are 32-bit */
        return DDBEXPR_NO_MEMORY;
    while (room < 8 * count)
        room *= 2;
    struct ddbexpr_json_wanted *w = ddbexpr_arena_alloc(arena, sizeof *w);
    str *copies = ddbexpr_arena_alloc(arena, (count + 1) * sizeof *copies);
    uint32_t *slots = ddbexpr_arena_alloc(arena, room * sizeof *slots);
    if (!w || !copies || !slots)
        return DDBEXPR_NO_MEMORY;
    memset(slots, 0, room * sizeof *slots);
    *w = (struct ddbexpr_json_wanted){.count = count, .names = copies, .slots = slots, .mask = (uint32_t)(room - 1)};
    for (size_t i = 0; i < count; i++) {
        if (!copy_name(arena, names[i], &copies[i]))
            return DDBEXPR_NO_MEMORY;
        uint32_t at = json_hash(copies[i]) & w->mask;
        while (slots[at])
            at = (at + 1) & w->mask;
        slots[at] = (uint32_t)i + 1;
    }
    *ret_wanted = w;
    return DDBEXPR_OK;
}
