/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, strictly as RFC 3629 has it. Knows nothing of where the bytes came from. */
#include "base/utf8.h"

static bool continues(unsigned char c) { return (c & 0xc0) == 0x80; }

size_t utf8_length(str text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    unsigned char c = p[0];
    if (c < 0x80)
        return 1;
    size_t length = c >= 0xc2 && c <= 0xdf ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    if (length == 0 || text.len < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (!continues(p[i]))
            return 0;
    if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] > 0x9f) || (c == 0xf0 && p[1] < 0x90) ||
        (c == 0xf4 && p[1] > 0x8f))
        return 0;
    return length;
}

uint32_t utf8_decode(const char *ptr, size_t length)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = (unsigned char)ptr[0] & masks[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)ptr[i] & 0x3f);
    return code;
}

size_t utf8_write(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(leads[length] | code);
    return length;
}

size_t utf8_utf16_units(str text)
{
    size_t units = 0;
    for (size_t i = 0; i < text.len;) {
        size_t length = utf8_length(str_of(text.ptr + i, text.len - i));
        units += length == 4 ? 2 : 1;
        i += length ? length : 1;
    }
    return units;
}

size_t utf8_characters(str text, size_t offset)
{
    size_t characters = 0;
    for (size_t i = 0; i < offset && i < text.len; characters++) {
        size_t length = utf8_length(str_of(text.ptr + i, text.len - i));
        i += length ? length : 1;
    }
    return characters;
}

bool utf8_valid(str text)
{
    for (size_t i = 0; i < text.len;) {
        size_t length = utf8_length(str_of(text.ptr + i, text.len - i));
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}
