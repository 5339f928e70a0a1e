/* SPDX-License-Identifier: Apache-2.0 */
/* A table of hashes with linear probing, half empty. */
#include "cli/test/suite_names.h"

#include "cli/input.h"
#include "cli/limits.h"
#include "cli/yaml/yaml_members.h"

static size_t hash_of(ddbexpr_str name)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.ptr[i]) * 16777619U;
    return hash;
}

/* The slot of a name, or the free one where it would be. `size` is a power of two. */
static struct suite_name *slot_of(struct suite_name *slots, size_t size, ddbexpr_str name)
{
    size_t at = hash_of(name) & (size - 1);
    while (slots[at].value && !same_text(slots[at].name, name))
        at = (at + 1) & (size - 1);
    return &slots[at];
}

void *suite_names_get(const struct suite_names *names, ddbexpr_str name)
{
    return names->size ? slot_of(names->slots, names->size, name)->value : NULL;
}

static bool grow(struct yaml_reader *r, struct suite_names *names)
{
    size_t size = names->size ? names->size * 2 : 16;
    struct suite_name *slots = yaml_alloc(r, size, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < names->size; i++)
        if (names->slots[i].value)
            *slot_of(slots, size, names->slots[i].name) = names->slots[i];
    names->slots = slots;
    names->size = size;
    return true;
}

bool suite_names_put(struct yaml_reader *r, struct suite_names *names, ddbexpr_str name, void *value)
{
    if (names->count * 2 >= names->size && !grow(r, names))
        return false;
    *slot_of(names->slots, names->size, name) = (struct suite_name){name, value};
    names->count++;
    return true;
}

ddbexpr_str suite_names_nearest(const struct yaml_reader *r, const struct suite_names *names, ddbexpr_str name)
{
    struct yaml_nearest nearest = {.name = name};
    for (size_t i = 0; r->faults < LIMIT_YAML_FAULTS_TOLD && i < names->size; i++)
        if (names->slots[i].value)
            yaml_nearest_try(&nearest, names->slots[i].name);
    return nearest.best;
}
