/* SPDX-License-Identifier: Apache-2.0 */
/* JSON to a tree, by RFC 8259. libyaml refuses some of it: pairs of \u escapes, names of more than 1024 characters, DEL
 * and a tab before the first bracket; and it takes U+2028 in a string for the end of a line. */
#include "cli/yaml/yaml_build.h"

#include "cli/report/report_clean.h"

#include <string.h>

struct json {
    struct yaml_builder *tree;
    const char *begin, *end, *at;
    struct yaml_place seen; /* the place that was asked for last */
};

/* --- places --- */

static struct yaml_place place_of(struct json *j, const char *at)
{
    size_t offset = (size_t)(at - j->begin);
    for (; j->seen.offset < offset; j->seen.offset++) {
        char c = j->begin[j->seen.offset];
        const char *next = j->begin + j->seen.offset + 1;
        bool ends_line = c == '\n' || (c == '\r' && (next == j->end || *next != '\n'));
        j->seen.line += ends_line;
        j->seen.column = ends_line ? 1 : j->seen.column + (((unsigned char)c & 0xc0) != 0x80);
    }
    return j->seen;
}

static bool fault(struct json *j, const char *at, const char *what)
{
    struct yaml_place place = place_of(j, at);
    yaml_fault_at(j->tree->reader, place.line, place.column, "no JSON: %s", what);
    return false;
}

static bool is_next(const struct json *j, char c) { return j->at < j->end && *j->at == c; }

static void skip_blanks(struct json *j)
{
    while (is_next(j, ' ') || is_next(j, '\n') || is_next(j, '\r') || is_next(j, '\t'))
        j->at++;
}

/* --- strings --- */

static size_t put_utf8(char *to, unsigned long c)
{
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(first[length] | c);
    return length;
}

/* Four hexadecimal digits. */
static bool read_hex(const char *at, const char *end, unsigned long *ret)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    *ret = 0;
    for (size_t i = 0; i < 4; i++) {
        const char *digit = (size_t)(end - at) > i ? memchr(digits, at[i], 32) : NULL;
        if (!digit)
            return false;
        *ret = *ret << 4 | ((unsigned long)(digit - digits) & 15);
    }
    return true;
}

/* \u and what follows, at its first digit; a pair where it must be one. 0: no such escape. */
static size_t read_unicode(const char *at, const char *end, unsigned long *ret)
{
    unsigned long low;
    if (!read_hex(at, end, ret) || (*ret >= 0xdc00 && *ret <= 0xdfff))
        return 0;
    if (*ret < 0xd800 || *ret > 0xdfff)
        return 4;
    if (end - at < 10 || at[4] != '\\' || at[5] != 'u' || !read_hex(at + 6, end, &low) || low < 0xdc00 || low > 0xdfff)
        return 0;
    *ret = 0x10000 + ((*ret - 0xd800) << 10) + (low - 0xdc00);
    return 10;
}

/* The characters between the quotes, whose escapes were not looked at before. */
static bool decode(struct json *j, ddbexpr_str raw, ddbexpr_str *ret)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char *to = yaml_alloc(j->tree->reader, raw.len, 1);
    const char *at = raw.ptr, *end = raw.ptr + raw.len;
    if (!to)
        return false;
    *ret = (ddbexpr_str){to, 0};
    while (at < end) {
        unsigned long c = (unsigned char)*at;
        const char *name = *at == '\\' ? memchr(names, at[1], sizeof names - 1) : NULL;
        size_t used = 1;
        if (name) {
            c = (unsigned char)meant[name - names];
            used = 2;
        } else if (*at == '\\') {
            used = at[1] == 'u' ? read_unicode(at + 2, end, &c) : 0;
            if (used == 0)
                return fault(j, at,
                             at[1] == 'u' ? "\\u needs four digits, and pairs where pairs belong"
                                          : "no escape begins like that");
            used += 2;
        }
        if (*at == '\\')
            ret->len += put_utf8(to + ret->len, c);
        else
            to[ret->len++] = *at;
        at += used;
    }
    return true;
}

/* From one quote to the next. False: told. */
static bool read_string(struct json *j, ddbexpr_str *ret)
{
    const char *start = ++j->at;
    bool has_escapes = false;
    while (j->at < j->end && *j->at != '"') {
        bool escaped = *j->at == '\\' && j->end - j->at > 1 && (j->at[1] == '"' || j->at[1] == '\\');
        size_t length = escaped ? 2 : clean_length((ddbexpr_str){j->at, (size_t)(j->end - j->at)});
        if ((unsigned char)*j->at < 0x20)
            return fault(j, j->at, "control characters of a string are written as escapes");
        if (length == 0)
            return fault(j, j->at, "these bytes are not UTF-8");
        has_escapes |= *j->at == '\\';
        j->at += length;
    }
    if (j->at == j->end)
        return fault(j, start - 1, "this string has no end");
    *ret = (ddbexpr_str){start, (size_t)(j->at++ - start)};
    return !has_escapes || decode(j, *ret, ret);
}

/* --- values --- */

static bool is_digit(const struct json *j) { return j->at < j->end && *j->at >= '0' && *j->at <= '9'; }

static bool skip_digits(struct json *j)
{
    bool some = is_digit(j);
    while (is_digit(j))
        j->at++;
    return some;
}

static bool skip_number(struct json *j)
{
    if (is_next(j, '-'))
        j->at++;
    if (is_next(j, '0'))
        j->at++;
    else if (!skip_digits(j))
        return false;
    if (is_next(j, '.')) {
        j->at++;
        if (!skip_digits(j))
            return false;
    }
    if (is_next(j, 'e') || is_next(j, 'E')) {
        j->at++;
        if (is_next(j, '+') || is_next(j, '-'))
            j->at++;
        if (!skip_digits(j))
            return false;
    }
    return true;
}

static bool skip_word(struct json *j, const char *word)
{
    size_t length = strlen(word);
    bool is_there = (size_t)(j->end - j->at) >= length && memcmp(j->at, word, length) == 0;
    if (is_there)
        j->at += length;
    return is_there;
}

static bool read_text(struct json *j)
{
    const char *start = j->at;
    ddbexpr_str text;
    struct yaml_place place = place_of(j, start);
    return read_string(j, &text) && yaml_build_scalar(j->tree, place, (size_t)(j->at - j->begin), text, false);
}

static bool read_plain(struct json *j)
{
    const char *start = j->at;
    struct yaml_place place = place_of(j, start);
    if (j->at == j->end)
        return fault(j, start, "a value is missing");
    if (!skip_word(j, "true") && !skip_word(j, "false") && !skip_word(j, "null") && !skip_number(j))
        return fault(j, start, "this is no value");
    const ddbexpr_str text = {start, (size_t)(j->at - start)};
    return yaml_build_scalar(j->tree, place, (size_t)(j->at - j->begin), text, true);
}

/* --- what follows what --- */

enum expected { A_VALUE, A_NAME, WHAT_FOLLOWS };

static bool close_one(struct json *j, enum expected *next)
{
    j->at++;
    yaml_build_close(j->tree, (size_t)(j->at - j->begin));
    *next = WHAT_FOLLOWS;
    return true;
}

static bool read_value(struct json *j, enum expected *next)
{
    bool is_map = is_next(j, '{');
    *next = WHAT_FOLLOWS;
    if (is_next(j, '"'))
        return read_text(j);
    if (!is_map && !is_next(j, '['))
        return read_plain(j);
    if (!yaml_build_open(j->tree, is_map ? YAML_KIND_MAP : YAML_KIND_LIST, true, place_of(j, j->at)))
        return false;
    j->at++;
    skip_blanks(j);
    if (is_next(j, is_map ? '}' : ']'))
        return close_one(j, next);
    *next = is_map ? A_NAME : A_VALUE;
    return true;
}

static bool read_name(struct json *j, enum expected *next)
{
    if (!is_next(j, '"'))
        return fault(j, j->at, "a name in quotes belongs here");
    if (!read_text(j))
        return false;
    skip_blanks(j);
    if (!is_next(j, ':'))
        return fault(j, j->at, "a colon belongs here");
    j->at++;
    *next = A_VALUE;
    return true;
}

static bool read_what_follows(struct json *j, enum expected *next)
{
    bool in_map = j->tree->open[j->tree->depth - 1]->kind == YAML_KIND_MAP;
    if (is_next(j, in_map ? '}' : ']'))
        return close_one(j, next);
    if (!is_next(j, ','))
        return fault(j, j->at, in_map ? "a comma or } belongs here" : "a comma or ] belongs here");
    j->at++;
    *next = in_map ? A_NAME : A_VALUE;
    return true;
}

void yaml_parse_json(struct yaml_builder *tree, ddbexpr_str text)
{
    struct json j = {tree, text.ptr, text.ptr + text.len, text.ptr, {1, 1, 0}};
    enum expected next = A_VALUE;
    bool good = true;
    if (text.len >= 3 && memcmp(text.ptr, "\xef\xbb\xbf", 3) == 0) /* a mark of the encoding */
        j.at += j.seen.offset = 3;
    while (good) {
        skip_blanks(&j);
        if (next == WHAT_FOLLOWS && tree->depth == 0) {
            if (j.at < j.end)
                fault(&j, j.at, "nothing may follow the value");
            return;
        }
        good = next == A_VALUE  ? read_value(&j, &next)
               : next == A_NAME ? read_name(&j, &next)
                                : read_what_follows(&j, &next);
    }
}
