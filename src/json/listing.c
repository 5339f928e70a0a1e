/* SPDX-License-Identifier: Apache-2.0 */
/* {"Items": […], "Count": 2, "ScannedCount": 2}: where the items are, without reading them, as there may be more than
 * memory holds. The members come in any order. Judges nothing and allocates nothing: the parser reads it all later. */
#include "json/listing.h"

/* --- skimming: each says where what begins at `at` ends, or 0 if it breaks off --- */

static size_t skim_string(str text, size_t at)
{
    for (at++; at < text.len; at++) {
        if (text.ptr[at] == '"')
            return at + 1;
        at += text.ptr[at] == '\\';
    }
    return 0;
}

static size_t skim_container(str text, size_t at)
{
    size_t depth = 0;
    while (at < text.len) {
        char c = text.ptr[at];
        if (c == '"') {
            at = skim_string(text, at);
            if (at == 0)
                return 0;
            continue;
        }
        at++;
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static size_t skim_word(str text, size_t at)
{
    while (at < text.len && !is_blank(text.ptr[at]) && text.ptr[at] != ',' && text.ptr[at] != '}')
        at++;
    return at;
}

static size_t skim_value(str text, size_t at)
{
    char c = at < text.len ? text.ptr[at] : '\0';
    return c == '"' ? skim_string(text, at) : c == '{' || c == '[' ? skim_container(text, at) : skim_word(text, at);
}

static size_t skip_blanks(str text, size_t at)
{
    while (at < text.len && is_blank(text.ptr[at]))
        at++;
    return at;
}

static bool stands_at(str text, size_t at, char c) { return at < text.len && text.ptr[at] == c; }

/* --- members --- */

struct member {
    str name; /* as written */
    ddbexpr_span value;
};

enum step { STEP_MEMBER, STEP_END, STEP_CUT };

/* The member that begins at *at, which then is where the next one begins. Without one: why. Where the text ends in a
 * value, *ret has the member, with its value up to there. */
static enum step next_member(str text, size_t *at, struct member *ret)
{
    ret->name.len = 0;
    if (*at == text.len)
        return STEP_CUT;
    if (!stands_at(text, *at, '"'))
        return STEP_END;
    size_t name_end = skim_string(text, *at);
    size_t colon = skip_blanks(text, name_end);
    if (!name_end || colon == text.len)
        return STEP_CUT;
    if (!stands_at(text, colon, ':'))
        return STEP_END;
    size_t start = skip_blanks(text, colon + 1), end = skim_value(text, start);
    if (start == text.len)
        return STEP_CUT;
    *ret =
        (struct member){{text.ptr + *at + 1, name_end - *at - 2}, {(uint32_t)start, (uint32_t)(end ? end : text.len)}};
    if (!end || end == text.len)
        return STEP_CUT;
    *at = skip_blanks(text, end);
    if (stands_at(text, *at, ','))
        *at = skip_blanks(text, *at + 1);
    return STEP_MEMBER;
}

static bool is_listing(str text, const struct member *member)
{
    return str_is(member->name, STR("Items")) && text.ptr[member->value.start] == '[';
}

static bool is_number(str text, ddbexpr_span value)
{
    return text.ptr[value.start] >= '0' && text.ptr[value.start] <= '9';
}

enum json_listing json_find_listing(str text, size_t at, ddbexpr_json_form form, ddbexpr_span *ret)
{
    struct member member;
    enum step step;
    bool items = false, count = false, scanned = false;
    for (at = skip_blanks(text, at + 1); (step = next_member(text, &at, &member)) == STEP_MEMBER;) {
        if (is_listing(text, &member)) {
            *ret = member.value;
            items = true;
        }
        count |= str_is(member.name, STR("Count")) && is_number(text, member.value);
        scanned |= str_is(member.name, STR("ScannedCount")) && is_number(text, member.value);
    }
    bool found = items && (form == DDBEXPR_JSON_TYPED || (count && scanned));
    if (step == STEP_END || found)
        return found ? JSON_LISTING_FOUND : JSON_LISTING_NONE;
    return items || (member.name.len && is_listing(text, &member)) ? JSON_LISTING_BEGUN : JSON_LISTING_CUT;
}
