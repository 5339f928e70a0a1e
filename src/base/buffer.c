/* SPDX-License-Identifier: Apache-2.0 */
/* The growing text. Invariant: bytes[len] is NUL whenever bytes is not NULL. */
#include "base/buffer.h"

#include "base/arena.h"
#include "base/checked.h"

struct ddbexpr_buffer {
    ddbexpr_alloc alloc;
    char *bytes;
    size_t len;
    size_t size;
    bool failed;
};

ddbexpr_status ddbexpr_buffer_new(const ddbexpr_alloc *alloc, ddbexpr_buffer **ret_buffer)
{
    if (!alloc)
        alloc = &default_allocator;
    buffer *b = alloc->resize(alloc->ctx, NULL, 0, sizeof *b);
    if (!b)
        return DDBEXPR_NO_MEMORY;
    *b = (buffer){.alloc = *alloc};
    *ret_buffer = b;
    return DDBEXPR_OK;
}

ddbexpr_str ddbexpr_buffer_text(const ddbexpr_buffer *b) { return b->bytes ? str_of(b->bytes, b->len) : STR(""); }

void ddbexpr_buffer_clear(ddbexpr_buffer *b)
{
    b->len = 0;
    b->failed = false;
    if (b->bytes)
        b->bytes[0] = '\0';
}

void ddbexpr_buffer_free(ddbexpr_buffer *b)
{
    if (!b)
        return;
    ddbexpr_alloc alloc = b->alloc;
    if (b->bytes)
        alloc.resize(alloc.ctx, b->bytes, b->size, 0);
    alloc.resize(alloc.ctx, b, sizeof *b, 0);
}

/* Room for `more` bytes and the NUL. */
static bool make_room(buffer *b, size_t more)
{
    size_t needed;
    if (b->failed || !checked_add(b->len, more, &needed) || !checked_add(needed, 1, &needed)) {
        b->failed = true;
        return false;
    }
    if (needed <= b->size)
        return true;
    size_t size = b->size ? b->size : 128;
    while (size < needed)
        if (!checked_add(size, size, &size)) {
            size = needed;
            break;
        }
    char *bytes = b->alloc.resize(b->alloc.ctx, b->bytes, b->size, size);
    if (!bytes) {
        b->failed = true;
        return false;
    }
    b->bytes = bytes;
    b->size = size;
    return true;
}

void buffer_put(buffer *b, str bytes)
{
    if (bytes.len == 0 || !make_room(b, bytes.len))
        return;
    memcpy(b->bytes + b->len, bytes.ptr, bytes.len);
    b->len += bytes.len;
    b->bytes[b->len] = '\0';
}

void buffer_char(buffer *b, char c) { buffer_put(b, str_of(&c, 1)); }

void buffer_repeat(buffer *b, char c, size_t count)
{
    if (count == 0 || !make_room(b, count))
        return;
    memset(b->bytes + b->len, c, count);
    b->len += count;
    b->bytes[b->len] = '\0';
}

void buffer_unsigned(buffer *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    buffer_put(b, str_of(digits + at, sizeof digits - at));
}

ddbexpr_status buffer_status(const buffer *b) { return b->failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK; }

ddbexpr_status ddbexpr_buffer_status(const ddbexpr_buffer *b) { return buffer_status(b); }

ddbexpr_status ddbexpr_buffer_append(ddbexpr_buffer *b, ddbexpr_str bytes)
{
    bool failed_before = b->failed;
    b->failed = false;
    buffer_put(b, bytes);
    ddbexpr_status status = buffer_status(b);
    b->failed |= failed_before;
    return status;
}
