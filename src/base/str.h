/* SPDX-License-Identifier: Apache-2.0 */
/* Byte strings: making, comparing, hashing. Knows nothing of their meaning. */
#ifndef DDBEXPR_BASE_STR_H
#define DDBEXPR_BASE_STR_H

#include <ddbexpr/api.h>
#include <string.h>

typedef ddbexpr_str str;

/* A str of a literal, also in static tables; nothing else compiles. */
#define STR(literal) ((str){"" literal, sizeof(literal) - 1})

static inline str str_of(const char *ptr, size_t len) { return (str){ptr, len}; }

static inline uint64_t load_8_bytes(const char *from)
{
    uint64_t bytes;
    memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

static inline uint32_t load_4_bytes(const char *from)
{
    uint32_t bytes;
    memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/* Whether two times `len` bytes are the same, without a call: for short ones, as names are. Two loads of each suffice
 * up to 16 bytes; they may overlap. */
static inline bool bytes_equal(const char *a, const char *b, size_t len)
{
    for (; len > 16; a += 8, b += 8, len -= 8)
        if (load_8_bytes(a) != load_8_bytes(b))
            return false;
    if (len >= 8)
        return load_8_bytes(a) == load_8_bytes(b) && load_8_bytes(a + len - 8) == load_8_bytes(b + len - 8);
    if (len >= 4)
        return load_4_bytes(a) == load_4_bytes(b) && load_4_bytes(a + len - 4) == load_4_bytes(b + len - 4);
    return len == 0 || (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

static inline bool str_equal(str a, str b)
{
    return a.len == b.len && (a.len > 64 ? memcmp(a.ptr, b.ptr, a.len) == 0 : bytes_equal(a.ptr, b.ptr, a.len));
}

/* <0, 0, >0 as unsigned bytes; a prefix is less. That is UTF-8 order for strings, and the service's order for binary
 * (spec: alternator-suite 2). */
static inline int str_compare(str a, str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

/* The part of a text that a span covers. */
static inline str str_slice(str text, ddbexpr_span span)
{
    return str_of(text.ptr + span.start, span.end - span.start);
}

static inline uint64_t hash_step(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 32);
}

/* A 32-bit hash, any bits of which are usable as a table slot. Eight bytes at a time; the last ones may overlap. */
static inline uint32_t str_hash(str s)
{
    uint64_t hash = s.len;
    const char *at = s.ptr;
    size_t left = s.len;
    for (; left > 8; at += 8, left -= 8)
        hash = hash_step(hash, load_8_bytes(at));
    if (left >= 4)
        hash = hash_step(hash, load_4_bytes(at) | (uint64_t)load_4_bytes(at + left - 4) << 32);
    else if (left > 0)
        hash = hash_step(hash, (uint64_t)(unsigned char)at[0] | (uint64_t)(unsigned char)at[left / 2] << 8 |
                                   (uint64_t)(unsigned char)at[left - 1] << 16);
    return (uint32_t)hash_step(hash, 0);
}

static inline unsigned char lower_case(char c)
{
    unsigned char u = (unsigned char)c;
    return (unsigned char)(u >= 'A' && u <= 'Z' ? u + 32 : u);
}

/* Equal but for the case of ASCII letters. Locale plays no part. */
static inline bool str_equal_ignoring_case(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower_case(a.ptr[i]) != lower_case(b.ptr[i]))
            return false;
    return true;
}

#endif
