/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes by what they should be; with what was probably meant where they are not. */
#include "cli/yaml/yaml_members.h"

#include "cli/input.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool yaml_text_is(ddbexpr_str text, const char *word)
{
    return text.len == strlen(word) && memcmp(text.ptr, word, text.len) == 0;
}

/* --- did you mean --- */

#define WORD_LENGTH 48
#define SLIPS       2

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Letters to change, add, drop or swap with the next: how far two words are from each other. */
static size_t distance(ddbexpr_str a, ddbexpr_str b)
{
    size_t rows[3][WORD_LENGTH + 1]; /* the row before the last one, the last one, this one: by turns */
    if (a.len > WORD_LENGTH || b.len > WORD_LENGTH)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            row[j] = least(change, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

void yaml_nearest_try(struct yaml_nearest *n, ddbexpr_str word)
{
    size_t d = distance(n->name, word);
    if (d < n->name.len && d < (n->best.ptr ? n->distance : SLIPS + 1)) {
        n->best = word;
        n->distance = d;
    }
}

void yaml_fault_no_such(struct yaml_reader *r, const struct yaml_node *name, const char *what, ddbexpr_str meant,
                        const char *rest)
{
    if (meant.ptr)
        yaml_fault(r, name, "there is no %s `%.*s`; did you mean `%.*s`?", what, (int)name->text.len, name->text.ptr,
                   (int)meant.len, meant.ptr);
    else
        yaml_fault(r, name, "there is no %s `%.*s`%s", what, (int)name->text.len, name->text.ptr, rest);
}

static ddbexpr_str nearest_member(ddbexpr_str name, const struct yaml_member *members)
{
    struct yaml_nearest nearest = {.name = name};
    for (; members->name; members++)
        yaml_nearest_try(&nearest, ddbexpr_cstr(members->name));
    return nearest.best;
}

/* --- maps --- */

/* By name, then by place. */
static int compare_entries(const void *a, const void *b)
{
    const struct yaml_node *x = *(const struct yaml_node *const *)a, *y = *(const struct yaml_node *const *)b;
    ddbexpr_str p = x->key->text, q = y->key->text;
    int order = memcmp(p.ptr, q.ptr, least(p.len, q.len));
    if (order == 0)
        order = (p.len > q.len) - (p.len < q.len);
    if (order == 0)
        order = (x->key->line > y->key->line) - (x->key->line < y->key->line);
    return order ? order : (x->key->column > y->key->column) - (x->key->column < y->key->column);
}

static void told_twice(struct yaml_reader *r, const struct yaml_node *one, const struct yaml_node *other)
{
    if (same_text(one->text, other->text))
        yaml_fault(r, other, "`%.*s` is already there, in line %zu", (int)other->text.len, other->text.ptr, one->line);
}

#define FEW 8 /* entries that are compared with each other: most maps have no more */

static void find_doubles(struct yaml_reader *r, const struct yaml_node *map)
{
    const struct yaml_node *few[FEW], **entries = map->count > FEW ? yaml_alloc(r, map->count, sizeof *entries) : few;
    size_t count = 0;
    if (!entries)
        return;
    for (const struct yaml_node *e = map->first; e; e = e->next)
        entries[count++] = e;
    if (count > FEW)
        qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 1; i < count; i++)
        for (size_t n = count > FEW ? i - 1 : 0; n < i; n++)
            told_twice(r, entries[n]->key, entries[i]->key);
}

bool yaml_is_map(struct yaml_reader *r, const struct yaml_node *node, const char *what)
{
    if (node->kind != YAML_KIND_MAP && !node->is_null) {
        yaml_fault(r, node, "%s is a map of names and values", what);
        return false;
    }
    find_doubles(r, node);
    return true;
}

static void unknown_member(struct yaml_reader *r, const struct yaml_node *entry, const char *what,
                           const struct yaml_member *members)
{
    ddbexpr_str name = entry->key->text, meant = nearest_member(name, members);
    if (meant.ptr)
        yaml_fault(r, entry->key, "%s has no `%.*s`; did you mean `%.*s`?", what, (int)name.len, name.ptr,
                   (int)meant.len, meant.ptr);
    else if (entry->is_null && memchr(name.ptr, ':', name.len)) /* {key: pk:S,sk:N} */
        yaml_fault(r, entry->key, "%s has no `%.*s`; inside {} a text with a comma needs quotes", what, (int)name.len,
                   name.ptr);
    else
        yaml_fault(r, entry->key, "%s has no `%.*s`", what, (int)name.len, name.ptr);
}

void yaml_read_member(struct yaml_reader *r, const struct yaml_node *e, const char *what,
                      const struct yaml_member *members, void *to, uint32_t *read)
{
    unsigned n = 0;
    while (members[n].name && !yaml_text_is(e->key->text, members[n].name))
        n++;
    if (!members[n].name)
        unknown_member(r, e, what, members);
    else if (!(*read & UINT32_C(1) << n))
        members[n].read(r, e, to);
    *read |= UINT32_C(1) << n;
}

void yaml_read_members(struct yaml_reader *r, const struct yaml_node *node, const char *what,
                       const struct yaml_member *members, void *to)
{
    uint32_t read = 0; /* one that is there twice was told and is read once */
    if (!yaml_is_map(r, node, what))
        return;
    for (const struct yaml_node *e = node->first; e; e = e->next)
        yaml_read_member(r, e, what, members, to, &read);
}

const struct yaml_node *yaml_entry(const struct yaml_node *map, const char *name)
{
    for (const struct yaml_node *e = map->kind == YAML_KIND_MAP ? map->first : NULL; e; e = e->next)
        if (yaml_text_is(e->key->text, name))
            return e;
    return NULL;
}

/* --- texts and lists --- */

bool yaml_is_text(struct yaml_reader *r, const struct yaml_node *node, const char *what)
{
    bool good = node->kind == YAML_KIND_SCALAR && node->text.len > 0;
    if (!good)
        yaml_fault(r, node, "%s is a text", what);
    return good;
}

/* "a level is off, info, warning or error, not `warn`" */
bool yaml_choose(struct yaml_reader *r, const struct yaml_node *node, const char *what, const char *const *choices,
                 size_t *ret)
{
    char list[160] = "";
    for (size_t i = 0; choices[i]; i++) {
        if (node->kind == YAML_KIND_SCALAR && yaml_text_is(node->text, choices[i])) {
            *ret = i;
            return true;
        }
        const char *before = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        strncat(list, before, sizeof list - strlen(list) - 1);
        strncat(list, choices[i], sizeof list - strlen(list) - 1);
    }
    if (node->kind == YAML_KIND_SCALAR && node->text.len)
        yaml_fault(r, node, "%s is %s, not `%.*s`", what, list, (int)node->text.len, node->text.ptr);
    else
        yaml_fault(r, node, "%s is %s", what, list);
    return false;
}

const struct yaml_node *yaml_elements(struct yaml_reader *r, const struct yaml_node *node, const char *what,
                                      size_t *ret_count)
{
    if (node->kind == YAML_KIND_SCALAR && node->text.len) {
        *ret_count = 1;
        return node;
    }
    if (node->kind == YAML_KIND_LIST && node->count) {
        *ret_count = node->count;
        return node->first;
    }
    yaml_fault(r, node, "%s is a text or a list of them", what);
    return NULL;
}
