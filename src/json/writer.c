/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON writer. Output is always valid UTF-8: bytes that are not become U+FFFD. */
#include "json/writer.h"

static void put(struct json_writer *w, str text)
{
    if (ddbexpr_buffer_append(w->out, text) != DDBEXPR_OK)
        w->status = DDBEXPR_NO_MEMORY;
}

static void new_line(struct json_writer *w)
{
    static const char blanks[] = "                                                                ";
    if (!w->indent)
        return;
    put(w, STR("\n"));
    for (size_t left = (size_t)w->indent * w->depth; left > 0;) {
        size_t n = left < sizeof blanks - 1 ? left : sizeof blanks - 1;
        put(w, (str){blanks, n});
        left -= n;
    }
}

/* What stands before a value or a member's name. */
static void separate(struct json_writer *w)
{
    if (w->after_name) {
        w->after_name = false;
        return;
    }
    if (w->depth == 0)
        return;
    if (!w->empty)
        put(w, STR(","));
    new_line(w);
    w->empty = false;
}

void json_begin(struct json_writer *w, char bracket)
{
    separate(w);
    put(w, (str){&bracket, 1});
    w->depth++;
    w->empty = true;
}

void json_end(struct json_writer *w, char bracket)
{
    w->depth--;
    if (!w->empty)
        new_line(w);
    put(w, (str){&bracket, 1});
    w->empty = false;
}

/* Length of the UTF-8 character at the start of the text, which is not ASCII; 0 if it is none. */
static size_t utf8_length(str text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t length = p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
    if (length == 0 || length > text.len)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
        (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return length;
}

/* Characters of two and three bytes that are harmless for a program and not for people: C1 controls and the two Unicode
 * line ends, at which some readers of JSON Lines break lines, and the marks that turn text around or hide in it
 * (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069, U+FEFF), as what is written may go to a terminal. The
 * code, or 0. */
static uint32_t unsafe_code(str text, size_t length)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    if (length == 2) {
        uint32_t code = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
        return code < 0xa0 || code == 0x61c ? code : 0;
    }
    if (length != 3)
        return 0;
    uint32_t code = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    bool unsafe = code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
                  (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
    return unsafe ? code : 0;
}

static void put_code(struct json_writer *w, uint32_t code)
{
    static const char digits[] = "0123456789abcdef";
    char hex[6] = {'\\', 'u', digits[code >> 12], digits[code >> 8 & 15], digits[code >> 4 & 15], digits[code & 15]};
    put(w, (str){hex, sizeof hex});
}

static void put_escape(struct json_writer *w, unsigned char c)
{
    const char *name = c == '"'    ? "\\\""
                       : c == '\\' ? "\\\\"
                       : c == '\n' ? "\\n"
                       : c == '\r' ? "\\r"
                       : c == '\t' ? "\\t"
                                   : NULL;
    if (name) {
        put(w, ddbexpr_cstr(name));
    } else {
        put_code(w, c);
    }
}

static void put_string(struct json_writer *w, str text)
{
    put(w, STR("\""));
    size_t start = 0, i = 0;
    while (i < text.len) {
        unsigned char c = (unsigned char)text.ptr[i];
        size_t length = c < 0x80 ? 1 : utf8_length((str){text.ptr + i, text.len - i});
        uint32_t unsafe = unsafe_code((str){text.ptr + i, text.len - i}, length);
        if (length && !unsafe && c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) {
            i += length;
            continue;
        }
        put(w, (str){text.ptr + start, i - start});
        if (unsafe)
            put_code(w, unsafe);
        else if (length)
            put_escape(w, c);
        else
            put(w, STR("\xef\xbf\xbd"));
        i += length ? length : 1;
        start = i;
    }
    put(w, (str){text.ptr + start, i - start});
    put(w, STR("\""));
}

void json_name(struct json_writer *w, str name)
{
    separate(w);
    put_string(w, name);
    put(w, w->indent ? STR(": ") : STR(":"));
    w->after_name = true;
}

void json_put_string(struct json_writer *w, str text)
{
    separate(w);
    put_string(w, text);
}

void json_raw(struct json_writer *w, str text)
{
    separate(w);
    put(w, text);
}

void json_more(struct json_writer *w, str text) { put(w, text); }

/* {"S": and }: a type's tag stands on one line with what it tags. */
void json_open_tag(struct json_writer *w, str type)
{
    separate(w);
    put(w, STR("{\""));
    put(w, type);
    put(w, w->indent ? STR("\": ") : STR("\":"));
    w->after_name = true;
}

void json_close_tag(struct json_writer *w)
{
    put(w, STR("}"));
    w->empty = false;
}

void json_bool(struct json_writer *w, bool truth) { json_raw(w, truth ? STR("true") : STR("false")); }

void json_unsigned(struct json_writer *w, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + n % 10);
    while (n /= 10);
    json_raw(w, (str){digits + at, sizeof digits - at});
}

void json_string_field(struct json_writer *w, const char *name, str text)
{
    if (text.len == 0)
        return;
    json_name(w, ddbexpr_cstr(name));
    json_put_string(w, text);
}

void json_item_field(struct json_writer *w, const char *name, const ddbexpr_value *item)
{
    if (!item)
        return;
    json_name(w, ddbexpr_cstr(name));
    json_entries(w, item, DDBEXPR_JSON_TYPED);
}
