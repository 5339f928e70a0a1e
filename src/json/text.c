/* SPDX-License-Identifier: Apache-2.0 */
/* Escapes and hashes of JSON strings. */
#include "json/text.h"

/* --- escapes --- */

static uint32_t hex_digit(char c) { return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

static uint32_t hex4(const char *p)
{
    return hex_digit(p[0]) << 12 | hex_digit(p[1]) << 8 | hex_digit(p[2]) << 4 | hex_digit(p[3]);
}

static char *put_utf8(char *out, uint32_t code)
{
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        *out++ = (char)(0xe0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    } else {
        *out++ = (char)(0xf0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3f));
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
        *out++ = (char)(0x80 | (code & 0x3f));
    }
    return out;
}

/* One escape after its backslash; the lexer has seen that it is a good one. */
static const char *unescape_one(const char *p, char **out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (*p != 'u') {
        *(*out)++ = to[strchr(from, *p) - from];
        return p + 1;
    }
    uint32_t code = hex4(p + 1);
    p += 5;
    if (code >= 0xd800 && code < 0xdc00) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
        p += 6;
    }
    *out = put_utf8(*out, code);
    return p;
}

ddbexpr_status json_unescape(ddbexpr_arena *arena, ddbexpr_str inside, ddbexpr_str *ret)
{
    char *copy = ddbexpr_arena_alloc(arena, inside.len + 1), *out = copy; /* escapes never make a text longer */
    if (!copy)
        return DDBEXPR_NO_MEMORY;
    const char *end = inside.ptr + inside.len;
    for (const char *p = inside.ptr; p < end;) {
        if (*p == '\\')
            p = unescape_one(p + 1, &out);
        else
            *out++ = *p++;
    }
    *ret = (ddbexpr_str){copy, (size_t)(out - copy)};
    return DDBEXPR_OK;
}

size_t json_raw_offset(ddbexpr_str inside, size_t offset)
{
    const char *p = inside.ptr, *end = inside.ptr + inside.len;
    for (size_t decoded = 0; p < end && decoded < offset;) {
        char bytes[4], *out = bytes;
        const char *next = *p == '\\' ? unescape_one(p + 1, &out) : p + 1;
        decoded += *p == '\\' ? (size_t)(out - bytes) : 1;
        if (decoded > offset)
            break; /* inside of a character that an escape stands for */
        p = next;
    }
    return (size_t)(p - inside.ptr);
}

/* --- skipping --- */

static bool is_hex(unsigned char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

/* The code unit of \uXXXX at its `u`; UINT32_MAX if it is none. */
static uint32_t code_unit(const unsigned char *p, const unsigned char *limit)
{
    if (limit - p < 5 || *p != 'u')
        return UINT32_MAX;
    for (size_t i = 1; i < 5; i++)
        if (!is_hex(p[i]))
            return UINT32_MAX;
    return hex4((const char *)p + 1);
}

const unsigned char *json_skip_escape(const unsigned char *p, const unsigned char *limit)
{
    if (p == limit)
        return NULL;
    if (*p != 'u')
        return *p && strchr("\"\\/bfnrt", *p) ? p + 1 : NULL;
    uint32_t unit = code_unit(p, limit);
    if (unit < 0xd800 || (unit > 0xdfff && unit != UINT32_MAX))
        return p + 5;
    if (unit > 0xdbff || limit - p < 6 || p[5] != '\\')
        return NULL;
    uint32_t low = code_unit(p + 6, limit);
    return low >= 0xdc00 && low <= 0xdfff ? p + 11 : NULL;
}

static bool continues(unsigned char c) { return (c & 0xc0) == 0x80; }

/* One character beyond ASCII, as RFC 3629 has it. */
static const unsigned char *skip_character(const unsigned char *p, const unsigned char *limit)
{
    unsigned char c = *p;
    ptrdiff_t length = c >= 0xc2 && c <= 0xdf ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    if (length == 0 || limit - p < length || !continues(p[1]) || (length > 2 && !continues(p[2])) ||
        (length > 3 && !continues(p[3])))
        return NULL;
    if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f) || (c == 0xf0 && p[1] < 0x90) ||
        (c == 0xf4 && p[1] > 0x8f))
        return NULL;
    return p + length;
}

const unsigned char *json_skip_encoded(const unsigned char *p, const unsigned char *limit)
{
    do
        p = skip_character(p, limit);
    while (p && p < limit && *p >= 0x80);
    return p;
}

/* --- hashes --- */

static uint64_t eight_bytes(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

static uint64_t four_bytes(const char *p)
{
    uint32_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* Up to eight bytes, the first of them the lowest; the same one may be put twice at its place. */
static uint64_t few_bytes(const char *p, size_t n)
{
    if (n >= 4)
        return four_bytes(p) | four_bytes(p + n - 4) << 8 * (n - 4);
    if (n == 0)
        return 0;
    return (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 * (n / 2) |
           (uint64_t)(unsigned char)p[n - 1] << 8 * (n - 1);
}

/* Eight bytes at a time; the last ones may be looked at twice, which costs less than looking at them one by one. */
uint32_t json_hash(ddbexpr_str text)
{
    const char *p = text.ptr;
    size_t n = text.len;
    if (n <= 8)
        return json_mix_last(n, few_bytes(p, n));
    uint64_t hash = n;
    for (size_t i = 0; i + 8 < n; i += 8)
        hash = json_mix(hash, eight_bytes(p + i));
    return json_mix_last(hash, eight_bytes(p + n - 8));
}
