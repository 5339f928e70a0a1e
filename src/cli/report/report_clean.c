/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding UTF-8 strictly and replacing what is none. Must not know any report. */
#include "cli/report/report_clean.h"

#include <string.h>

/* A byte in front of which the shortest form, the surrogates and the end of Unicode forbid some second bytes. */
static bool second_byte_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xe0:
        return second >= 0xa0;
    case 0xed:
        return second <= 0x9f;
    case 0xf0:
        return second >= 0x90;
    case 0xf4:
        return second <= 0x8f;
    default:
        return true;
    }
}

size_t clean_length(ddbexpr_str text)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t length = 0;
    if (bytes[0] < 0x80)
        length = 1;
    else if (bytes[0] >= 0xc2 && bytes[0] < 0xe0)
        length = 2;
    else if (bytes[0] >= 0xe0 && bytes[0] < 0xf0)
        length = 3;
    else if (bytes[0] >= 0xf0 && bytes[0] < 0xf5)
        length = 4;
    if (length > text.len)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    return length > 1 && !second_byte_fits(bytes[0], bytes[1]) ? 0 : length;
}

unsigned clean_unsafe_code(ddbexpr_str text)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    if (text.len >= 2 && (bytes[0] & 0xe0) == 0xc0) {
        unsigned code = (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu);
        return code < 0xa0 || code == 0x61c ? code : 0;
    }
    if (text.len < 3 || (bytes[0] & 0xf0) != 0xe0)
        return 0;
    unsigned code = (bytes[0] & 0xfu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
    bool unsafe = code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
                  (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
    return unsafe ? code : 0;
}

unsigned clean_unprintable_code(ddbexpr_str text)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    bool is_none = text.len >= 3 && bytes[0] == 0xef && bytes[1] == 0xbf && bytes[2] >= 0xbe;
    return is_none ? 0xff00u | (bytes[2] + 0x40u) : clean_unsafe_code(text);
}

/* Control characters, and what is not to be printed. */
static bool xml_forbids(ddbexpr_str character)
{
    const unsigned char *bytes = (const unsigned char *)character.ptr;
    if (character.len == 1)
        return (bytes[0] < 0x20 && bytes[0] != '\t' && bytes[0] != '\n' && bytes[0] != '\r') || bytes[0] == 0x7f;
    return clean_unprintable_code(character) != 0;
}

ddbexpr_status clean_append(ddbexpr_buffer *buffer, ddbexpr_str text, enum clean_for format)
{
    size_t start = 0; /* of what can be taken as it is */
    ddbexpr_status status = DDBEXPR_OK;
    if (text.len == 0) /* its pointer may be NULL */
        return DDBEXPR_OK;
    for (size_t i = 0; status == DDBEXPR_OK && i < text.len;) {
        size_t length = clean_length((ddbexpr_str){text.ptr + i, text.len - i});
        bool kept = length && !(format == CLEAN_FOR_XML && xml_forbids((ddbexpr_str){text.ptr + i, length}));
        if (!kept) {
            status = ddbexpr_buffer_append(buffer, (ddbexpr_str){text.ptr + start, i - start});
            if (status == DDBEXPR_OK)
                status = ddbexpr_buffer_append(buffer, ddbexpr_cstr("\xef\xbf\xbd"));
            start = i + (length ? length : 1);
        }
        i += length ? length : 1;
    }
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(buffer, (ddbexpr_str){text.ptr + start, text.len - start})
                                : status;
}

size_t clean_characters(ddbexpr_str text, size_t offset)
{
    size_t count = 0;
    for (size_t i = 0; i < offset && i < text.len; count++) {
        size_t length = clean_length((ddbexpr_str){text.ptr + i, text.len - i});
        i += length ? length : 1;
    }
    return count;
}
