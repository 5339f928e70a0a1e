/* SPDX-License-Identifier: Apache-2.0 */
/* Reading base64, as strictly as the service: standard alphabet, padded, no blanks (cases scy-ser-*). */
#include "json/decode.h"

static int sextet(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four characters to one to three bytes; 0: they are no base64. Padding only stands at the end of the last four, and
 * the bits that it leaves over are zero. */
static size_t decode_four(const char *four, bool last, char *out)
{
    int bits[4];
    size_t padding = !last || four[3] != '=' ? 0 : four[2] == '=' ? 2 : 1;
    for (size_t i = 0; i < 4; i++) {
        bits[i] = i >= 4 - padding ? 0 : sextet(four[i]);
        if (bits[i] < 0)
            return 0;
    }
    uint32_t three = (uint32_t)bits[0] << 18 | (uint32_t)bits[1] << 12 | (uint32_t)bits[2] << 6 | (uint32_t)bits[3];
    if (three & ((1u << 8 * padding) - 1))
        return 0;
    for (size_t i = 0; i < 3 - padding; i++)
        out[i] = (char)(three >> (16 - 8 * i));
    return 3 - padding;
}

ddbexpr_status json_decode_base64(ddbexpr_arena *arena, str text, str *ret)
{
    if (text.len % 4 != 0)
        return DDBEXPR_INVALID;
    char *bytes = ddbexpr_arena_alloc(arena, text.len / 4 * 3 + 1);
    if (!bytes)
        return DDBEXPR_NO_MEMORY;
    size_t length = 0;
    for (size_t i = 0; i < text.len; i += 4) {
        size_t n = decode_four(text.ptr + i, i + 4 == text.len, bytes + length);
        if (n == 0)
            return DDBEXPR_INVALID;
        length += n;
    }
    *ret = (str){bytes, length};
    return DDBEXPR_OK;
}

bool json_is_base64(str text)
{
    char unused[3];
    int bits = 0;
    if (text.len % 4 != 0)
        return false;
    if (text.len == 0)
        return true;
    for (size_t i = 0; i < text.len - 4; i++)
        bits |= sextet(text.ptr[i]); /* of one that is none all bits are set, the sign among them */
    return bits >= 0 && decode_four(text.ptr + text.len - 4, true, unused) > 0;
}
