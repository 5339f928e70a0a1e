/* SPDX-License-Identifier: Apache-2.0 */
/* Making user data harmless for terminals. */
#include "base/visible.h"

#include "base/utf8.h"

/* Marks that reorder or hide text: they let a value look like something else. */
static bool is_direction_mark(uint32_t code)
{
    return code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x061c || code == 0xfeff;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || is_direction_mark(code);
}

static size_t put_hex(char *out, uint32_t code, size_t digits)
{
    for (size_t i = 0; i < digits; i++)
        out[i] = "0123456789abcdef"[code >> 4 * (digits - 1 - i) & 15];
    return digits;
}

/* \n, \x1b or \u{202e}; at most 10 bytes. */
static size_t escape(uint32_t code, char out[12])
{
    size_t n = 0;
    out[n++] = '\\';
    const char *name = code == '\n' ? "n" : code == '\r' ? "r" : code == '\t' ? "t" : NULL;
    if (name) {
        out[n++] = *name;
    } else if (code < 0x100) {
        out[n++] = 'x';
        n += put_hex(out + n, code, 2);
    } else {
        out[n++] = 'u';
        out[n++] = '{';
        n += put_hex(out + n, code, 4);
        out[n++] = '}';
    }
    return n;
}

size_t visible_put(buffer *out, str text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len;) {
        size_t length = utf8_length(str_of(text.ptr + i, text.len - i));
        uint32_t code = length ? utf8_decode(text.ptr + i, length) : (unsigned char)text.ptr[i];
        if (length && !is_control(code)) {
            if (out)
                buffer_put(out, str_of(text.ptr + i, length));
            columns++;
        } else {
            char escaped[12];
            size_t n = escape(code, escaped);
            if (out)
                buffer_put(out, str_of(escaped, n));
            columns += n;
        }
        i += length ? length : 1;
    }
    return columns;
}

ddbexpr_status ddbexpr_buffer_append_visible(ddbexpr_buffer *out, ddbexpr_str bytes, size_t *ret_columns)
{
    size_t columns = visible_put(out, bytes);
    ddbexpr_status status = buffer_status(out);
    if (ret_columns && status == DDBEXPR_OK)
        *ret_columns = columns;
    return status;
}
