/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes by what they should be; with what was probably meant where they are not. */
#include "cli/config/config_members.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool config_text_is(ddbexpr_str text, const char *word)
{
    return text.len == strlen(word) && memcmp(text.ptr, word, text.len) == 0;
}

/* --- did you mean --- */

#define WORD_LENGTH 32
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

static const char *nearest_member(ddbexpr_str name, const struct config_member *members)
{
    const char *best = NULL;
    size_t best_distance = SLIPS + 1;
    for (; members->name; members++) {
        size_t d = distance(name, ddbexpr_cstr(members->name));
        if (d < best_distance && d < name.len) {
            best = members->name;
            best_distance = d;
        }
    }
    return best;
}

/* --- maps --- */

/* By name, then by place. */
static int compare_entries(const void *a, const void *b)
{
    const struct config_node *x = *(const struct config_node *const *)a, *y = *(const struct config_node *const *)b;
    ddbexpr_str p = x->key->text, q = y->key->text;
    int order = memcmp(p.ptr, q.ptr, least(p.len, q.len));
    if (order == 0)
        order = (p.len > q.len) - (p.len < q.len);
    if (order == 0)
        order = (x->key->line > y->key->line) - (x->key->line < y->key->line);
    return order ? order : (x->key->column > y->key->column) - (x->key->column < y->key->column);
}

static void find_doubles(struct config_reader *r, const struct config_node *map)
{
    const struct config_node **entries = config_alloc(r, map->count, sizeof *entries);
    size_t count = 0;
    if (!entries)
        return;
    for (const struct config_node *e = map->first; e; e = e->next)
        entries[count++] = e;
    qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 1; i < count; i++) {
        const struct config_node *one = entries[i - 1]->key, *other = entries[i]->key;
        if (one->text.len == other->text.len && memcmp(one->text.ptr, other->text.ptr, one->text.len) == 0)
            config_fault(r, other, "`%.*s` is already there, in line %zu", (int)other->text.len, other->text.ptr,
                         one->line);
    }
}

bool config_is_map(struct config_reader *r, const struct config_node *node, const char *what)
{
    if (node->kind != CONFIG_MAP && !node->is_null) {
        config_fault(r, node, "%s is a map of names and values", what);
        return false;
    }
    find_doubles(r, node);
    return true;
}

static void unknown_member(struct config_reader *r, const struct config_node *entry, const char *what,
                           const struct config_member *members)
{
    const char *meant = nearest_member(entry->key->text, members);
    ddbexpr_str name = entry->key->text;
    if (meant)
        config_fault(r, entry->key, "%s has no `%.*s`; did you mean `%s`?", what, (int)name.len, name.ptr, meant);
    else if (entry->is_null && memchr(name.ptr, ':', name.len)) /* {key: pk:S,sk:N} */
        config_fault(r, entry->key, "%s has no `%.*s`; inside {} a text with a comma needs quotes", what, (int)name.len,
                     name.ptr);
    else
        config_fault(r, entry->key, "%s has no `%.*s`", what, (int)name.len, name.ptr);
}

void config_read_members(struct config_reader *r, const struct config_node *node, const char *what,
                         const struct config_member *members, void *to)
{
    uint32_t read = 0; /* bits of members: one that is there twice was told and is read once */
    if (!config_is_map(r, node, what))
        return;
    for (const struct config_node *e = node->first; e; e = e->next) {
        unsigned n = 0;
        while (members[n].name && !config_text_is(e->key->text, members[n].name))
            n++;
        if (!members[n].name)
            unknown_member(r, e, what, members);
        else if (!(read & UINT32_C(1) << n))
            members[n].read(r, e, to);
        read |= UINT32_C(1) << n;
    }
}

/* --- texts and lists --- */

bool config_is_text(struct config_reader *r, const struct config_node *node, const char *what)
{
    bool good = node->kind == CONFIG_SCALAR && node->text.len > 0;
    if (!good)
        config_fault(r, node, "%s is a text", what);
    return good;
}

/* "a level is off, info, warning or error, not `warn`" */
bool config_choose(struct config_reader *r, const struct config_node *node, const char *what,
                   const char *const *choices, size_t *ret)
{
    char list[160] = "";
    for (size_t i = 0; choices[i]; i++) {
        if (node->kind == CONFIG_SCALAR && config_text_is(node->text, choices[i])) {
            *ret = i;
            return true;
        }
        const char *before = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        strncat(list, before, sizeof list - strlen(list) - 1);
        strncat(list, choices[i], sizeof list - strlen(list) - 1);
    }
    if (node->kind == CONFIG_SCALAR && node->text.len)
        config_fault(r, node, "%s is %s, not `%.*s`", what, list, (int)node->text.len, node->text.ptr);
    else
        config_fault(r, node, "%s is %s", what, list);
    return false;
}

const struct config_node *config_elements(struct config_reader *r, const struct config_node *node, const char *what,
                                          size_t *ret_count)
{
    if (node->kind == CONFIG_SCALAR && node->text.len) {
        *ret_count = 1;
        return node;
    }
    if (node->kind == CONFIG_LIST && node->count) {
        *ret_count = node->count;
        return node->first;
    }
    config_fault(r, node, "%s is a text or a list of them", what);
    return NULL;
}

/* --- keys --- */

/* "pk:S" */
static bool read_key_attribute(ddbexpr_str text, ddbexpr_key_attribute *ret)
{
    static const char types[] = "SNB";
    const char *type = text.len > 2 && text.ptr[text.len - 2] == ':' ? memchr(types, text.ptr[text.len - 1], 3) : NULL;
    if (type)
        *ret = (ddbexpr_key_attribute){{text.ptr, text.len - 2}, (ddbexpr_type)(type - types)};
    return type != NULL;
}

void config_read_key(struct config_reader *r, const struct config_node *node, size_t most,
                     const ddbexpr_key_attribute **ret, size_t *ret_count)
{
    ddbexpr_key_attribute *key = config_alloc(r, most, sizeof *key);
    ddbexpr_str rest = node->text;
    size_t count = 0;
    bool good = key && node->kind == CONFIG_SCALAR;
    for (bool more = true; good && more; count++) {
        const char *comma = rest.len ? memchr(rest.ptr, ',', rest.len) : NULL;
        ddbexpr_str one = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        more = comma != NULL;
        rest = (ddbexpr_str){rest.ptr + one.len + more, rest.len - one.len - more};
        while (more && rest.len && rest.ptr[0] == ' ')
            rest = (ddbexpr_str){rest.ptr + 1, rest.len - 1};
        good = count < most && read_key_attribute(one, &key[count]);
    }
    if (!good) {
        config_fault(r, node, "a key is one text, pk:S or pk:S,sk:N: partition key first, at most %zu attributes",
                     most);
        return;
    }
    *ret = key;
    *ret_count = count;
}
