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

/* The same with sixteen bytes at once where the machine has them. Compared as signed bytes, those of no ASCII are below
 * the blank, as control characters are. */
static inline const unsigned char *json_skip_plain(const unsigned char *p, const unsigned char *limit)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');
    for (; limit - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                                     _mm_cmplt_epi8(bytes, blank));
        unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    return json_skip_plain_words(p, limit);
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

#endif
