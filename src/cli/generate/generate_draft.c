/* SPDX-License-Identifier: Apache-2.0 */
/* Names, paths and values in an expression, with their placeholders. */
#include "cli/generate/generate_draft.h"

#include "cli/generate/generate_names.h"

#include <inttypes.h>

static bool is_word(ddbexpr_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return text.len > 0;
}

/* A #placeholder that is not taken: the name itself, a number, an underscore. */
static ddbexpr_str new_name(struct draft *d, ddbexpr_str name)
{
    struct generator *g = d->g;
    ddbexpr_str placeholder;
    uint32_t kind = throw_below(g, 4);
    if (kind == 0 && is_word(name))
        placeholder = keep_joined(g, STR("#"), name);
    else if (kind == 1)
        placeholder = keep_format(g, "#%zu", d->names->count);
    else
        placeholder = keep_format(g, "%s%zu", kind == 2 ? "#n" : "#_", d->names->count);
    while (doc_get(d->names, placeholder) && !g->failed)
        placeholder = keep_joined(g, placeholder, STR("x"));
    return placeholder;
}

static const struct doc *member_like(const struct doc *object, const struct doc *value)
{
    for (const struct doc *member = object->first; member; member = member->next)
        if (doc_same(member, value))
            return member;
    return NULL;
}

void put_name(struct draft *d, ddbexpr_str name)
{
    struct generator *g = d->g;
    if (names_is_plain(name) && throw_percent(g, 75)) {
        put_str(g, name);
        return;
    }
    struct doc *target = doc_string(g, name);
    const struct doc *known = member_like(d->names, target);
    if (known && throw_percent(g, 90)) {
        put_str(g, known->name);
        return;
    }
    ddbexpr_str placeholder = new_name(d, name);
    doc_put(g, d->names, placeholder, target);
    put_str(g, placeholder);
}

void put_whole(struct draft *d, uint32_t number) { put_str(d->g, keep_format(d->g, "%" PRIu32, number)); }

static void put_step(struct draft *d, const struct place *place)
{
    if (place->is_index) {
        put(d->g, "[");
        put_whole(d, place->index);
        put(d->g, "]");
        return;
    }
    if (place->parent)
        put(d->g, ".");
    put_name(d, place->name);
}

void put_path(struct draft *d, const struct place *place)
{
    const struct place *steps[64];
    uint32_t count = 0;
    for (; place && count < COUNT(steps); place = place->parent)
        steps[count++] = place;
    while (count)
        put_step(d, steps[--count]);
}

void put_value(struct draft *d, struct doc *value)
{
    struct generator *g = d->g;
    const struct doc *known = throw_percent(g, 30) ? member_like(d->values, value) : NULL;
    if (known) {
        put_str(g, known->name);
        return;
    }
    uint32_t kind = throw_below(g, 8);
    const char *sign = kind == 0 ? ":" : kind == 1 ? ":val_" : ":v";
    ddbexpr_str placeholder = keep_format(g, "%s%zu", sign, d->values->count);
    doc_put(g, d->values, placeholder, value);
    put_str(g, placeholder);
}
