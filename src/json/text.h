/* SPDX-License-Identifier: Apache-2.0 */
/* What is inside a JSON string: runs without anything special, escapes, hashes. Knows nothing of documents. */
#ifndef DDBEXPR_JSON_TEXT_H
#define DDBEXPR_JSON_TEXT_H

#include <ddbexpr/memory.h>

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Whether a byte of a string needs a closer look: a quote, a backslash, a control character, or no ASCII. */
static inline bool json_is_special(unsigned char c) { return c < 0x20 || c >= 0x80 || c == '"' || c == '\\'; }

/* The same for eight bytes at once: the top bits of special ones, and nothing below the first of them (above it there
 * may be bits too many, as a subtraction borrows). */
static inline uint64_t json_find_special(uint64_t bytes)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t quote = bytes ^ ones * '"', backslash = bytes ^ ones * '\\';
    return ((quote - ones) | (backslash - ones) | (bytes - ones * 0x20) | bytes) & tops;
}

/* The first special byte at or after `p`, or the limit. Never reads at the limit or after it. */
static inline const unsigned char *json_skip_plain_words(const unsigned char *p, const unsigned char *limit)
{
    while (limit - p >= 8) {
        uint64_t bytes;
        memcpy(&bytes, p, sizeof bytes);
        uint64_t found = json_find_special(bytes);
        if (found) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            return p + __builtin_ctzll(found) / 8;
#else
            break;
#endif
        }
        p += 8;
    }
    while (p < limit && !json_is_special(*p))
        p++;
    return p;
}

#ifdef __SSE2__
/* How many of the sixteen bytes at `p` come before the first special one. Compared as signed bytes, those of no ASCII
 * are below the blank, as control characters are. */
static inline unsigned json_count_plain(const unsigned char *p)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    __m128i plain = _mm_andnot_si128(_mm_or_si128(quote, backslash), _mm_cmpgt_epi8(bytes, _mm_set1_epi8(' ' - 1)));
    return (unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(plain));
}
#endif

/* The same with sixteen bytes at once where the machine has them. */
static inline const unsigned char *json_skip_plain(const unsigned char *p, const unsigned char *limit)
{
#ifdef __SSE2__
    for (; limit - p >= 16; p += 16) {
        unsigned count = json_count_plain(p);
        if (count < 16)
            return p + count;
    }
#endif
    return json_skip_plain_words(p, limit);
}

/* A byte with none but plain ones from `p` to it: the first special one where that is near. Or NULL, near the limit.
 * Most strings are so short that one look finds their end. */
static inline const unsigned char *json_skip_plain_near(const unsigned char *p, const unsigned char *limit)
{
#ifdef __SSE2__
    return limit - p > 16 ? p + json_count_plain(p) : NULL;
#else
    p = json_skip_plain_words(p, limit);
    return p < limit ? p : NULL;
#endif
}

/* The first byte at or after `p` that is no digit, or the limit. Eight at once: less the bits of '0', digits are 0 to
 * 9, and stay below 0x80 when 0x76 is added; others do not. A carry goes to bytes behind the first of these only. */
static inline const unsigned char *json_skip_digits(const unsigned char *p, const unsigned char *limit)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; limit - p >= 8; p += 8) {
        uint64_t bytes;
        memcpy(&bytes, p, sizeof bytes);
        bytes ^= 0x3030303030303030u;
        uint64_t others = ((bytes + 0x7676767676767676u) | bytes) & 0x8080808080808080u;
        if (others)
            return p + __builtin_ctzll(others) / 8;
    }
#endif
    while (p < limit && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* What follows a backslash: where the escape ends, or NULL if it is none, as the lexer judges it. A pair of surrogates
 * is one. */
const unsigned char *json_skip_escape(const unsigned char *p, const unsigned char *limit);

/* Where the characters beyond ASCII that begin at `p` end, or NULL if they are not UTF-8. */
const unsigned char *json_skip_encoded(const unsigned char *p, const unsigned char *limit);

/* The text that the inside of a string token with escapes stands for, in the arena. The token must be a good one. */
ddbexpr_status json_unescape(ddbexpr_arena *arena, ddbexpr_str inside, ddbexpr_str *ret);

/* Where the byte `offset` of that text comes from: an offset into `inside`, at which its character or escape begins. */
size_t json_raw_offset(ddbexpr_str inside, size_t offset);

/* A hash of a name: fast, the same for equal names, and no more than that. */
uint32_t json_hash(ddbexpr_str text);

/* One step of it. All bytes have a part in the upper half of the product, which comes down into the lower. */
static inline uint64_t json_mix(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* The last one: only the uppermost byte of the product depends on them all, so it counts twice. */
static inline uint32_t json_mix_last(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 32 ^ hash >> 56);
}

/* json_hash of a name in a text that goes to the limit: of eight bytes or less they are taken all at once, with what
 * follows them cut off. */
static inline uint32_t json_hash_in(ddbexpr_str text, const unsigned char *limit)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (text.len - 1 < 8 && limit - (const unsigned char *)text.ptr >= 8) {
        uint64_t bytes;
        memcpy(&bytes, text.ptr, sizeof bytes);
        return json_mix_last(text.len, bytes & UINT64_MAX >> (64 - 8 * text.len));
    }
#else
    (void)limit;
#endif
    return json_hash(text);
}

#endif
