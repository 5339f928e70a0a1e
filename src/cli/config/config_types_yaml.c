/* SPDX-License-Identifier: Apache-2.0 */
/* Types as a configuration: any reader of YAML finds the same names and types in it, and people how often they were. */
#include "cli/config/config_types.h"

#include "cli/limits.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const ddbexpr_key_attribute *types_key_attribute(const struct types_report *r, const struct sample_place *place)
{
    for (size_t i = 0; place->parent == &r->sample.items && i < r->table.key_count; i++) {
        ddbexpr_str name = r->table.key[i].name;
        if (name.len == place->name.len && memcmp(name.ptr, place->name.ptr, name.len) == 0)
            return &r->table.key[i];
    }
    return NULL;
}

struct report {
    const struct types_report *types;
    ddbexpr_arena *arena;
    ddbexpr_buffer *out;
    ddbexpr_status status; /* of the first text that found no memory */
};

static void put(struct report *r, ddbexpr_str text)
{
    if (r->status == DDBEXPR_OK)
        r->status = ddbexpr_buffer_append(r->out, text);
}

__attribute__((format(printf, 2, 3))) static void put_words(struct report *r, const char *format, ...);

static void put_words(struct report *r, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put(r, ddbexpr_cstr(text));
}

/* Whether any reader of YAML takes the text, as it stands, for itself: some think that `no` is false. */
static bool is_plain(ddbexpr_str text)
{
    static const char *const others[] = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"};
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", more[] = "0123456789_.-[]";
    for (size_t i = 0; i < text.len; i++)
        if (!memchr(letters, text.ptr[i], sizeof letters - 1) &&
            (i == 0 || !memchr(more, text.ptr[i], sizeof more - 1)))
            return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text.len == strlen(others[i]) && strncasecmp(text.ptr, others[i], text.len) == 0)
            return false;
    return text.len > 0;
}

/* A text in double quotes: what JSON makes of it is YAML as well. */
static void put_quoted(struct report *r, ddbexpr_str text)
{
    const ddbexpr_value *value = ddbexpr_value_string(r->arena, text);
    if (r->status == DDBEXPR_OK)
        r->status = value ? ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, r->out) : DDBEXPR_NO_MEMORY;
}

static void put_name(struct report *r, ddbexpr_str text)
{
    if (is_plain(text))
        put(r, text);
    else
        put_quoted(r, text);
}

/* S, or [S, "NULL"]: without its quotes, NULL is nothing to other readers. */
static void put_types(struct report *r, const struct sample_place *place)
{
    unsigned types = sample_types(place);
    bool several = types & (types - 1);
    const char *before = several ? "[" : "";
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++) {
        if (!(types & 1U << type))
            continue;
        put_words(r, type == DDBEXPR_NULL ? "%s\"%s\"" : "%s%s", before, ddbexpr_type_name((ddbexpr_type)type));
        before = ", ";
    }
    put_words(r, several ? "]" : "");
}

/* How often it was there, and of which type if of several. */
static void put_counts(struct report *r, const struct sample_place *place)
{
    unsigned types = sample_types(place);
    if (place->name.len)
        put_words(r, "  # %" PRIu64 " of %" PRIu64, place->seen, place->parent->types[DDBEXPR_M]);
    else
        put_words(r, "  # %" PRIu64 "%s", place->seen, place->seen == 1 ? " element" : " elements");
    const char *before = ": ";
    for (int type = 0; (types & (types - 1)) && type < DDBEXPR_TYPE_COUNT; type++)
        if (place->types[type]) {
            put_words(r, "%s%s %" PRIu64, before, ddbexpr_type_name((ddbexpr_type)type), place->types[type]);
            before = ", ";
        }
    if (place->varies)
        put_words(r, "; more than %d names inside, left out", LIMIT_SAMPLE_NAMES);
    put_words(r, "\n");
}

static void put_left_out(struct report *r)
{
    const struct {
        uint64_t count;
        const char *why;
    } all[] = {{r->types->sample.deep, "deep inside others"},
               {r->types->sample.more, "at further places"},
               {r->types->sample.unsaid, "with . [ ] or control characters in their names"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].count)
            put_words(r, "# left out: %" PRIu64 "%s %s\n", all[i].count, all[i].count == 1 ? " value" : " values",
                      all[i].why);
}

static void put_path(struct report *r, const struct sample_place *place)
{
    ddbexpr_buffer *path;
    if (ddbexpr_buffer_new(NULL, &path) != DDBEXPR_OK) {
        r->status = DDBEXPR_NO_MEMORY;
        return;
    }
    if (r->status == DDBEXPR_OK)
        r->status = sample_put_path(place, "[]", path);
    put_name(r, ddbexpr_buffer_text(path));
    ddbexpr_buffer_free(path);
}

static ddbexpr_status append_key(const ddbexpr_table *table, ddbexpr_buffer *to)
{
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < table->key_count && status == DDBEXPR_OK; i++) {
        const char *type = ddbexpr_type_name(table->key[i].type);
        const ddbexpr_str parts[] = {ddbexpr_cstr(i ? "," : ""), table->key[i].name, ddbexpr_cstr(":"),
                                     ddbexpr_cstr(type)};
        for (size_t n = 0; n < sizeof parts / sizeof *parts && status == DDBEXPR_OK; n++)
            status = ddbexpr_buffer_append(to, parts[n]);
    }
    return status;
}

/* The key as --key-schema has it. */
static void put_key(struct report *r)
{
    ddbexpr_buffer *text;
    bool plain = true;
    for (size_t i = 0; i < r->types->table.key_count; i++)
        plain = plain && is_plain(r->types->table.key[i].name);
    if (r->status == DDBEXPR_OK)
        r->status = ddbexpr_buffer_new(NULL, &text);
    if (r->status != DDBEXPR_OK)
        return;
    r->status = append_key(&r->types->table, text);
    put_words(r, "    key: ");
    if (plain)
        put(r, ddbexpr_buffer_text(text));
    else
        put_quoted(r, ddbexpr_buffer_text(text));
    put_words(r, "\n");
    ddbexpr_buffer_free(text);
}

static void put_all(struct report *r)
{
    uint64_t items = r->types->sample.items.seen;
    const struct sample_place *place = &r->types->sample.items;
    put_words(r, "# %" PRIu64 "%s; the comments say of how many, or of how many maps, an attribute is\ntables:\n  ",
              items, items == 1 ? " item" : " items");
    put_name(r, r->types->table.name);
    put_words(r, ":\n");
    if (r->types->table.key_count)
        put_key(r);
    put_words(r, "    attributes:\n");
    while ((place = sample_next(&r->types->sample, place))) {
        if (types_key_attribute(r->types, place))
            continue;
        put_words(r, "      ");
        put_path(r, place);
        put_words(r, ": ");
        put_types(r, place);
        put_counts(r, place);
    }
    put_left_out(r);
}

ddbexpr_status types_put_yaml(const struct types_report *types)
{
    struct report r = {types, types->session->arena, types->session->out, DDBEXPR_OK};
    put_all(&r);
    return r.status;
}
