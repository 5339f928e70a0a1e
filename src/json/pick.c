/* SPDX-License-Identifier: Apache-2.0 */
/* From the attributes that are wanted to an item. Strings and numbers, which conditions mostly compare, are built
 * straight from the text; the rest goes through the parser. INVARIANT: the text was scanned and found to be in order,
 * so that behind the beginning of a value there is all of it, and an object's end: no look here can go beyond. */
#include "json/pick.h"

#include "json/decode.h"
#include "json/text.h"

/* What the entries of an item are made of. */
struct entries {
    str *names;
    const ddbexpr_value **values;
    size_t count;
};

static bool make_room(ddbexpr_arena *arena, size_t most, struct entries *ret)
{
    *ret = (struct entries){ddbexpr_arena_alloc(arena, (most + 1) * sizeof *ret->names),
                            ddbexpr_arena_alloc(arena, (most + 1) * sizeof *ret->values), 0};
    return ret->names && ret->values;
}

static ddbexpr_status finish(ddbexpr_arena *arena, const struct entries *e, const ddbexpr_value **ret)
{
    *ret = ddbexpr_value_map(arena, e->names, e->values, e->count);
    return *ret ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
}

static size_t skip_blanks(str text, size_t at)
{
    while (text.ptr[at] == ' ' || text.ptr[at] == '\t' || text.ptr[at] == '\r' || text.ptr[at] == '\n')
        at++;
    return at;
}

/* The inside of the string that begins at `at`, if there is one without escapes. */
static bool find_string(str text, size_t at, str *ret)
{
    const unsigned char *limit = (const unsigned char *)text.ptr + text.len;
    if (text.ptr[at] != '"')
        return false;
    const unsigned char *start = (const unsigned char *)text.ptr + at + 1, *end = json_skip_plain(start, limit);
    while (*end >= 0x80)
        end = json_skip_plain(end + 1, limit);
    if (*end != '"')
        return false;
    *ret = (str){(const char *)start, (size_t)(end - start)};
    return true;
}

/* The tag of a typed value, of one letter, and its string; of a plain string: as if it had the tag S. */
static bool find_tagged_string(str text, size_t at, ddbexpr_json_form form, char *ret_tag, str *ret)
{
    at = skip_blanks(text, at);
    *ret_tag = 'S';
    if (form == DDBEXPR_JSON_PLAIN)
        return find_string(text, at, ret);
    at = skip_blanks(text, at + 1);
    if (text.ptr[at + 2] != '"')
        return false;
    *ret_tag = text.ptr[at + 1];
    at = skip_blanks(text, at + 3);
    return find_string(text, skip_blanks(text, at + 1), ret);
}

static ddbexpr_status build_value(const struct json_document *d, size_t at, ddbexpr_json_form form,
                                  const ddbexpr_value **ret)
{
    struct json_document value;
    str inside;
    char tag;
    if (find_tagged_string(d->text, at, form, &tag, &inside) && (tag == 'S' || tag == 'N')) {
        *ret = tag == 'S' ? ddbexpr_value_string(d->arena, inside) : ddbexpr_value_number(d->arena, inside);
        return *ret ? DDBEXPR_OK : DDBEXPR_NO_MEMORY;
    }
    ddbexpr_status status = json_parse_at(d->arena, d->text, at, NULL, &value);
    return status == DDBEXPR_OK ? json_decode_value(&value, 0, form, ret) : status;
}

ddbexpr_status json_build_scanned(const struct json_document *d, const struct json_scan *scan, ddbexpr_json_form form,
                                  const ddbexpr_value **ret)
{
    struct entries e;
    if (!make_room(d->arena, scan->attribute_count, &e))
        return DDBEXPR_NO_MEMORY;
    for (; e.count < scan->attribute_count; e.count++) {
        const struct json_attribute *a = &scan->attributes[e.count];
        ddbexpr_status status = build_value(d, a->value, form, &e.values[e.count]);
        if (status != DDBEXPR_OK)
            return status;
        e.names[e.count] = a->name;
    }
    return finish(d->arena, &e, ret);
}

ddbexpr_status json_pick(ddbexpr_arena *arena, const ddbexpr_value *item, const ddbexpr_json_wanted *wanted,
                         const ddbexpr_value **ret)
{
    struct entries e;
    if (!make_room(arena, wanted->count, &e))
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < ddbexpr_value_count(item); i++) {
        str name = ddbexpr_value_name_at(item, i);
        if (!json_is_wanted(wanted, name, json_hash(name)))
            continue;
        e.names[e.count] = name;
        e.values[e.count++] = ddbexpr_value_at(item, i);
    }
    return finish(arena, &e, ret);
}
