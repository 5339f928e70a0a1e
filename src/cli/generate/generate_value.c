/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values. A sort's extremes come up as often as they matter: empty texts, numbers at the edge of their range,
 * characters of several bytes. */
#include "cli/generate/generate_value.h"

#include "cli/generate/generate_names.h"

#include <string.h>

/* --- around a content --- */

/* Asked for every place of every item, so not by comparing ten names. */
ddbexpr_type typed_type(const struct doc *value)
{
    ddbexpr_str tag = value->first ? value->first->name : STR("");
    char first = tag.len ? tag.ptr[0] : 'N', second = tag.len > 1 ? tag.ptr[1] : ' ';
    switch (first) {
    case 'S':
        return second == 'S' ? DDBEXPR_SS : DDBEXPR_S;
    case 'B':
        return second == 'S' ? DDBEXPR_BS : second == 'O' ? DDBEXPR_BOOL : DDBEXPR_B;
    case 'L':
        return DDBEXPR_L;
    case 'M':
        return DDBEXPR_M;
    default:
        return second == 'S' ? DDBEXPR_NS : second == ' ' && tag.len ? DDBEXPR_N : DDBEXPR_NULL;
    }
}

struct doc *typed_content(const struct doc *value) { return value->first; }

struct doc *typed_wrap(struct generator *g, ddbexpr_type type, struct doc *content)
{
    struct doc *value = doc_object(g);
    doc_put(g, value, ddbexpr_cstr(ddbexpr_type_name(type)), content);
    return value;
}

struct doc *typed_text(struct generator *g, ddbexpr_type type, ddbexpr_str text)
{
    return typed_wrap(g, type, doc_string(g, text));
}

static struct doc *base64(struct generator *g, ddbexpr_str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = (bytes.len + 2) / 3 * 4;
    char *text = ddbexpr_arena_alloc(g->arena, length ? length : 1);
    struct doc *doc = doc_string(g, STR(""));
    if (!text) {
        g->failed = true;
        return doc;
    }
    for (size_t i = 0, at = 0; i < bytes.len; i += 3) {
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (i + k < bytes.len ? (unsigned char)bytes.ptr[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            text[at++] = i + k > bytes.len ? '=' : digits[group >> (18 - 6 * k) & 63];
    }
    doc->text = (ddbexpr_str){text, length};
    doc->bytes = bytes;
    return doc;
}

struct doc *typed_binary(struct generator *g, ddbexpr_str bytes) { return typed_wrap(g, DDBEXPR_B, base64(g, bytes)); }

struct doc *typed_number(struct generator *g, int32_t number)
{
    return typed_text(g, DDBEXPR_N, keep_format(g, "%d", (int)number));
}

/* --- scalars --- */

ddbexpr_str typed_word(struct generator *g)
{
    static const char *const words[] = {"open",  "closed", "shipped", "a",    "ab",     "abc",     "b",      "Zoë",
                                        "red",   "green",  "blue",    "Ab",   "user-7", "user-70", "2026-1", "2026-10",
                                        "S",     "N",      "L",       "true", "0",      "10",      "9",      "日本",
                                        "\"q\"", "\\",     "x y",     "\n",   "😀",      "é",       "/",      "~"};
    return ddbexpr_cstr(PICK(g, words));
}

static ddbexpr_str make_string(struct generator *g)
{
    uint32_t kind = throw_below(g, 20);
    if (kind == 0)
        return STR("");
    if (kind == 1)
        return keep_repeated(g, STR("long text "), 1 + throw_below(g, 30));
    ddbexpr_str word = typed_word(g);
    if (kind < 4)
        word = keep_joined(g, word, typed_word(g));
    return word;
}

static ddbexpr_str make_bytes(struct generator *g)
{
    char bytes[8];
    uint32_t length = throw_below(g, sizeof bytes);
    for (uint32_t i = 0; i < length; i++)
        bytes[i] = (char)(throw_percent(g, 60) ? throw_below(g, 4) : throw_below(g, 256));
    return keep(g, (ddbexpr_str){bytes, length});
}

/* Texts of numbers that are the service's to take, but not everybody's. */
static const char *const odd_numbers[] = {
    "0.1",
    "-7.50",
    "3.14",
    "1e3",
    "1E-3",
    "+5",
    "007",
    "-0",
    ".5",
    "1e0",
    "12345678901234567890",
    "0.30000000000000004",
    "9.9999999999999999999999999999999999999E125",
    "-9.9999999999999999999999999999999999999E125",
    "1E-130",
    "-1E-130",
    "12345678901234567890123456789012345678",
    "0.12345678901234567890123456789012345678",
    "100000000000000000000000000000000000000",
    "1E125",
};

static ddbexpr_str make_number(struct generator *g)
{
    uint32_t kind = throw_below(g, 10);
    if (kind == 0)
        return ddbexpr_cstr(PICK(g, odd_numbers));
    int32_t whole = dice_between(&g->dice, kind < 5 ? 0 : -5, kind < 8 ? 12 : 1200);
    if (kind > 2)
        return keep_format(g, "%d", (int)whole);
    return keep_format(g, "%d.%u", (int)whole, (unsigned)throw_below(g, 100));
}

struct doc *typed_make_small(struct generator *g) { return typed_number(g, dice_between(&g->dice, -9, 30)); }

bool typed_is_small(const struct doc *number)
{
    ddbexpr_str text = typed_content(number) ? typed_content(number)->text : STR("");
    return text.len <= 8 && !memchr(text.ptr, 'e', text.len) && !memchr(text.ptr, 'E', text.len);
}

/* --- containers --- */

static struct doc *make_scalar(struct generator *g, ddbexpr_type type)
{
    switch (type) {
    case DDBEXPR_N:
    case DDBEXPR_NS:
        return doc_string(g, make_number(g));
    case DDBEXPR_B:
    case DDBEXPR_BS:
        return base64(g, make_bytes(g));
    default:
        return doc_string(g, make_string(g));
    }
}

/* Members of a number set are told apart by their texts, so these have one spelling each. */
static struct doc *make_member(struct generator *g, ddbexpr_type set)
{
    return set == DDBEXPR_NS ? doc_string(g, keep_format(g, "%d", (int)dice_between(&g->dice, -3, 15)))
                             : make_scalar(g, set);
}

static bool has_text(const struct doc *array, ddbexpr_str text)
{
    for (const struct doc *member = array->first; member; member = member->next)
        if (str_same(member->text, text))
            return true;
    return false;
}

static struct doc *make_set(struct generator *g, ddbexpr_type type)
{
    struct doc *set = doc_array(g);
    uint32_t count = 1 + throw_below(g, 4);
    for (uint32_t i = 0; i < count; i++) {
        struct doc *member = make_member(g, type);
        if (!has_text(set, member->text))
            doc_add(g, set, member);
    }
    return set;
}

static struct doc *make_list(struct generator *g, unsigned depth)
{
    struct doc *list = doc_array(g);
    uint32_t count = throw_below(g, 5);
    for (uint32_t i = 0; i < count; i++)
        doc_add(g, list, typed_make_any(g, 0, depth));
    return list;
}

static struct doc *make_map(struct generator *g, unsigned depth)
{
    struct doc *map = doc_object(g);
    uint32_t count = throw_below(g, 4);
    for (uint32_t i = 0; i < count; i++) {
        ddbexpr_str name = names_attribute(g);
        doc_put(g, map, name, typed_make_any(g, 0, depth));
    }
    return map;
}

struct doc *typed_make(struct generator *g, ddbexpr_type type, unsigned depth)
{
    struct doc *content;
    switch (type) {
    case DDBEXPR_BOOL:
        content = doc_word(g, throw_percent(g, 50) ? "true" : "false");
        break;
    case DDBEXPR_NULL:
        content = doc_word(g, "true");
        break;
    case DDBEXPR_L:
        content = depth ? make_list(g, depth - 1) : doc_array(g);
        break;
    case DDBEXPR_M:
        content = depth ? make_map(g, depth - 1) : doc_object(g);
        break;
    case DDBEXPR_SS:
    case DDBEXPR_NS:
    case DDBEXPR_BS:
        content = make_set(g, type);
        break;
    default:
        content = make_scalar(g, type);
        break;
    }
    return typed_wrap(g, type, content);
}

struct doc *typed_make_any(struct generator *g, unsigned except, unsigned depth)
{
    /* in the order of ddbexpr_type */
    static const uint8_t weights[DDBEXPR_TYPE_COUNT] = {24, 26, 7, 7, 5, 9, 9, 5, 5, 3};
    ddbexpr_type type;
    do
        type = (ddbexpr_type)dice_weighted(&g->dice, weights, DDBEXPR_TYPE_COUNT);
    while (TYPE_BIT(type) & except);
    return typed_make(g, type, depth);
}

/* --- beside another --- */

/* The whole part of a plain number of few digits. */
static bool read_whole(ddbexpr_str text, int32_t *ret, bool *ret_fraction)
{
    bool negative = text.len && text.ptr[0] == '-';
    int32_t whole = 0;
    size_t i = negative;
    if (text.len > 8 || i == text.len)
        return false;
    for (; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        whole = whole * 10 + (text.ptr[i] - '0');
    *ret_fraction = i < text.len;
    *ret = negative ? -whole : whole;
    return i == text.len || text.ptr[i] == '.';
}

static ddbexpr_str number_beside(struct generator *g, ddbexpr_str text, int order)
{
    int32_t whole;
    bool fraction;
    if (!read_whole(text, &whole, &fraction))
        return order ? ddbexpr_cstr(order > 0 ? odd_numbers[12] : odd_numbers[13]) : text;
    if (order)
        return keep_format(g, "%d", (int)(whole + order * (int32_t)(1 + throw_below(g, 3))));
    if (fraction || throw_percent(g, 85))
        return text;
    return keep_format(g, "%d%s", (int)whole, throw_percent(g, 50) ? ".0" : "e0");
}

/* Without its last character. */
static ddbexpr_str shortened(ddbexpr_str text, bool utf8)
{
    if (text.len == 0)
        return text;
    text.len--;
    while (utf8 && text.len && ((unsigned char)text.ptr[text.len] & 0xc0) == 0x80)
        text.len--;
    return text;
}

struct doc *typed_beside(struct generator *g, const struct doc *value, int order)
{
    ddbexpr_type type = typed_type(value);
    const struct doc *content = typed_content(value);
    if (!content) /* the one that stands for a lack of memory */
        return typed_text(g, type, STR(""));
    if (type == DDBEXPR_N)
        return typed_text(g, type, number_beside(g, content->text, order));
    ddbexpr_str bytes = type == DDBEXPR_B ? content->bytes : content->text;
    if (order > 0)
        bytes = keep_joined(g, bytes, throw_percent(g, 50) ? STR("a") : STR("~"));
    else if (order < 0)
        bytes = shortened(bytes, type == DDBEXPR_S);
    return type == DDBEXPR_B ? typed_binary(g, bytes) : typed_text(g, type, bytes);
}

struct doc *typed_equal(struct generator *g, const struct doc *value)
{
    ddbexpr_type type = typed_type(value);
    if (TYPES_ORDERED & TYPE_BIT(type))
        return typed_beside(g, value, 0);
    struct doc *copy = doc_copy(g, value);
    struct doc *content = typed_content(copy);
    if (content && (TYPES_SETS & TYPE_BIT(type)) && content->count > 1 &&
        throw_percent(g, 50)) { /* a set has no order */
        struct doc *member = content->first;
        doc_drop(content, member);
        doc_add(g, content, member);
    }
    return copy;
}

struct doc *typed_other(struct generator *g, const struct doc *value)
{
    ddbexpr_type type = typed_type(value);
    if (TYPES_ORDERED & TYPE_BIT(type))
        return typed_beside(g, value, throw_percent(g, 50) ? 1 : -1);
    if (type == DDBEXPR_BOOL && typed_content(value))
        return typed_wrap(g, type, doc_word(g, str_is(typed_content(value)->text, "true") ? "false" : "true"));
    return typed_make(g, type, 2);
}
