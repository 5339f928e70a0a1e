/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of ExpressionAttributeNames and ExpressionAttributeValues: entries missing, left over, misspelt, too long. */
#include "cli/generate/generate_case.h"

#include "cli/generate/generate_names.h"

struct maps {
    struct generator *g;
    struct doc *body;
    struct doc *map; /* the one that is changed; there or new */
    bool names;
};

static struct doc *some_content(struct maps *m)
{
    ddbexpr_str name = names_attribute(m->g);
    return m->names ? doc_string(m->g, name) : typed_make_any(m->g, 0, 1);
}

static void put_entry(struct maps *m, ddbexpr_str name) { doc_put(m->g, m->map, name, some_content(m)); }

static struct doc *some_entry(struct maps *m)
{
    return m->map->count ? doc_at(m->map, throw_below(m->g, (uint32_t)m->map->count)) : NULL;
}

/* A name for an entry in place of its own, if no other has it. */
static bool rename_entry(struct maps *m, ddbexpr_str name)
{
    struct doc *entry = some_entry(m);
    if (!entry || doc_get(m->map, name))
        return false;
    entry->name = name;
    return true;
}

static bool drop_entry(struct maps *m)
{
    struct doc *entry = some_entry(m);
    if (!entry)
        return false;
    note(m->g, "a placeholder not defined");
    doc_drop(m->map, entry);
    if (m->map->count == 0 && throw_percent(m->g, 80))
        doc_drop(m->body, m->map);
    return true;
}

static bool add_unused(struct maps *m)
{
    static const char *const unused[] = {"unused", "n7", "v7", "other", "0", "_"};
    uint32_t count = 1 + throw_below(m->g, 3);
    note(m->g, "placeholders that nothing uses");
    for (uint32_t i = 0; i < count; i++) {
        ddbexpr_str name = ddbexpr_cstr(PICK(m->g, unused));
        put_entry(m, keep_joined(m->g, m->names ? STR("#") : STR(":"), name));
    }
    return true;
}

static bool make_map_empty(struct maps *m)
{
    note(m->g, "an empty map of placeholders");
    m->map->first = m->map->last = NULL;
    m->map->count = 0;
    return true;
}

static bool bad_key(struct maps *m)
{
    static const char *const keys[] = {"n",   "",    "#",  ":",  "#a-b", ":a.b", "##a",
                                       "::a", "# a", "#é", ":é", ":v:",  "a#",   "#a b"};
    ddbexpr_str key = ddbexpr_cstr(PICK(m->g, keys));
    note(m->g, "a key that is no placeholder");
    if (throw_percent(m->g, 50) && rename_entry(m, key))
        return true;
    put_entry(m, key);
    return true;
}

static bool long_key(struct maps *m)
{
    ddbexpr_str tail = keep_repeated(m->g, STR("n"), 253 + throw_below(m->g, 3));
    note(m->g, "a placeholder of about 255 bytes");
    put_entry(m, keep_joined(m->g, m->names ? STR("#") : STR(":"), tail));
    return true;
}

static bool other_case(struct maps *m)
{
    struct doc *entry = some_entry(m);
    if (!entry)
        return false;
    char *name = ddbexpr_arena_alloc(m->g->arena, entry->name.len + 1);
    for (size_t i = 0; name && i < entry->name.len; i++) {
        char c = entry->name.ptr[i];
        name[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    ddbexpr_str upper = {name, entry->name.len};
    if (!name || doc_get(m->map, upper))
        return false;
    note(m->g, "a placeholder in another letter case");
    entry->name = upper;
    return true;
}

static bool odd_target(struct maps *m)
{
    static const char *const targets[] = {"", "a.b", "a[0]", "#a", ":a", " ", "\xe2\x80\xae", "SET", "pk"};
    struct doc *entry = some_entry(m);
    if (!m->names || !entry)
        return false;
    ddbexpr_str target = ddbexpr_cstr(PICK(m->g, targets));
    if (throw_percent(m->g, 2)) /* these are long, so they are few */
        target = keep_repeated(m->g, STR("n"), 65535 + throw_below(m->g, 2));
    note(m->g, "a placeholder for an odd name");
    entry->text = target;
    return true;
}

static bool no_expressions(struct maps *m)
{
    struct doc *next;
    note(m->g, "placeholders without an expression");
    for (struct doc *member = m->body->first; member; member = next) {
        next = member->next;
        bool key_condition = str_is(member->name, "KeyConditionExpression");
        if (member->kind == DOC_STRING && member->name.len > 10 && !key_condition &&
            memcmp(member->name.ptr + member->name.len - 10, "Expression", 10) == 0)
            doc_drop(m->body, member);
    }
    put_entry(m, m->names ? STR("#n") : STR(":v"));
    return true;
}

static bool other_type(struct maps *m)
{
    struct doc *entry = some_entry(m);
    if (m->names || !entry)
        return false;
    note(m->g, "a value of another type");
    unsigned except = TYPE_BIT(typed_type(entry));
    doc_become(entry, typed_make_any(m->g, except, 2));
    return true;
}

static bool (*const changes[])(struct maps *m) = {drop_entry, add_unused, make_map_empty, bad_key,   long_key,
                                                  other_case, odd_target, no_expressions, other_type};
static const uint8_t weights[COUNT(changes)] = {18, 14, 7, 12, 5, 8, 12, 8, 16};

bool spoil_placeholders(struct generated_case *c)
{
    struct generator *g = c->g;
    struct maps maps = {.g = g, .body = spoil_body(c), .names = throw_percent(g, 45)};
    if (doc_get(maps.body, STR("TransactItems")))
        return false;
    ddbexpr_str name = maps.names ? STR("ExpressionAttributeNames") : STR("ExpressionAttributeValues");
    maps.map = doc_get(maps.body, name);
    if (!maps.map)
        maps.map = doc_put(g, maps.body, name, doc_object(g));
    bool changed = changes[dice_weighted(&g->dice, weights, COUNT(weights))](&maps);
    if (!changed && maps.map->count == 0)
        doc_drop(maps.body, maps.map);
    return changed;
}
