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

/* A 32-bit hash, the same on every machine (FNV-1a with a final mix, so that low bits are usable as a table slot). */
static inline uint32_t str_hash(str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 16777619u;
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    return h ^ (h >> 13);
}

/* Equal but for the case of ASCII letters. Locale plays no part. */
bool str_equal_ignoring_case(str a, str b);

#endif
