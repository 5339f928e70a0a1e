/* SPDX-License-Identifier: Apache-2.0 */
/* From edits of nodes to splices of bytes. How a value is best taken out of a text has many cases, so nothing is
 * trusted that has not been read again. */
#include "cli/yaml/yaml_edit.h"

#include "cli/output.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that are dropped, and what comes in for them. */
struct splice {
    size_t begin, end;
    const char *lead; /* before the text */
    ddbexpr_str text;
};

#define SPLICES_OF_AN_EDIT 2 /* at most */

struct editing {
    struct yaml_reader *reader;
    ddbexpr_str text;
    const struct yaml_edit *edits;
    size_t count;
    struct splice *splices;
    size_t splice_count;
};

/* --- walking over a tree, a node before what is in it --- */

struct walk {
    const struct yaml_node **open; /* those that the node is in, outermost first */
    size_t depth;
};

static bool begin_walk(struct yaml_reader *r, struct walk *walk)
{
    *walk = (struct walk){yaml_alloc(r, r->levels, sizeof(struct yaml_node *)), 0};
    return walk->open != NULL;
}

static const struct yaml_node *step(struct walk *walk, const struct yaml_node *node, bool into)
{
    if (into && node->first) {
        walk->open[walk->depth++] = node;
        return node->first;
    }
    while (!node->next && walk->depth)
        node = walk->open[--walk->depth];
    return node->next;
}

/* --- edits of nodes --- */

static int compare_places(const void *a, const void *b)
{
    const struct yaml_edit *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static const struct yaml_edit *edit_of(const struct editing *e, const struct yaml_node *node)
{
    const struct yaml_edit wanted = {.begin = node->begin, .end = node->end};
    return bsearch(&wanted, e->edits, e->count, sizeof wanted, compare_places);
}

static bool is_removed(const struct editing *e, const struct yaml_node *node)
{
    const struct yaml_edit *edit = node->key ? edit_of(e, node) : NULL;
    return edit && edit->text.len == 0;
}

static size_t count_removed(const struct editing *e, const struct yaml_node *map)
{
    size_t count = 0;
    for (const struct yaml_node *entry = map->first; entry; entry = entry->next)
        count += is_removed(e, entry);
    return count;
}

/* What a node becomes as a whole; empty: it stays, though not all in it may. */
static ddbexpr_str replacement_of(const struct editing *e, const struct yaml_node *node, size_t *ret_removed)
{
    const struct yaml_edit *edit = edit_of(e, node);
    *ret_removed = 0;
    if (edit)
        return edit->text;
    if (node->kind == YAML_KIND_MAP)
        *ret_removed = count_removed(e, node);
    return *ret_removed && *ret_removed == node->count ? ddbexpr_cstr("{}") : (ddbexpr_str){NULL, 0};
}

/* --- the text around a node --- */

#define NOWHERE SIZE_MAX

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool is_break(char c) { return c == '\n' || c == '\r'; }

static size_t over_blanks(ddbexpr_str text, size_t at)
{
    while (at < text.len && is_blank(text.ptr[at]))
        at++;
    return at;
}

static size_t back_over_blanks(ddbexpr_str text, size_t at)
{
    while (at && is_blank(text.ptr[at - 1]))
        at--;
    return at;
}

static size_t over_line(ddbexpr_str text, size_t at)
{
    while (at < text.len && !is_break(text.ptr[at]))
        at++;
    return at;
}

static size_t over_break(ddbexpr_str text, size_t at)
{
    if (at + 1 < text.len && text.ptr[at] == '\r' && text.ptr[at + 1] == '\n')
        return at + 2;
    return at < text.len ? at + 1 : at;
}

static bool begins_line(ddbexpr_str text, size_t at) { return at == 0 || is_break(text.ptr[at - 1]); }

static bool ends_line(ddbexpr_str text, size_t at) { return at == text.len || is_break(text.ptr[at]); }

/* Whether there is nothing but white space. */
static bool is_white(ddbexpr_str text, size_t begin, size_t end)
{
    while (begin < end && (is_blank(text.ptr[begin]) || is_break(text.ptr[begin])))
        begin++;
    return begin >= end;
}

static bool has_break(ddbexpr_str text, size_t begin, size_t end) { return over_line(text, begin) < end; }

/* The comma that follows, perhaps behind comments and lines further down; NOWHERE: something else does. */
static size_t find_comma(ddbexpr_str text, size_t at)
{
    while (at < text.len && text.ptr[at] != ',') {
        if (text.ptr[at] == '#')
            at = over_line(text, at);
        else if (is_blank(text.ptr[at]) || is_break(text.ptr[at]))
            at++;
        else
            return NOWHERE;
    }
    return at < text.len ? at : NOWHERE;
}

/* --- splices --- */

static void put(struct editing *e, size_t begin, size_t end, const char *lead, ddbexpr_str text)
{
    e->splices[e->splice_count++] = (struct splice){begin, end, lead, text};
}

static void drop(struct editing *e, size_t begin, size_t end) { put(e, begin, end, "", (ddbexpr_str){NULL, 0}); }

/* Drops bytes, and the lines that would be empty then, or the blanks that would stand where nothing follows. */
static void drop_neatly(struct editing *e, size_t begin, size_t end)
{
    size_t start = back_over_blanks(e->text, begin), stop = over_blanks(e->text, end);
    if (!ends_line(e->text, stop)) /* before a comment a blank must be left */
        drop(e, begin, e->text.ptr[stop] == '#' && start == begin && !begins_line(e->text, begin) ? end : stop);
    else
        drop(e, start, begins_line(e->text, start) ? over_break(e->text, stop) : stop);
}

/* --- values --- */

/* A list or map without brackets that begins below its name: what comes for it stands beside the name. (A list may
 * begin right under the name, where nothing else could stand.) */
static bool put_beside_name(struct editing *e, const struct yaml_node *node, ddbexpr_str text)
{
    if (node->kind == YAML_KIND_SCALAR || node->is_flow || !node->key)
        return false;
    size_t colon = over_blanks(e->text, node->key->end);
    if (!has_break(e->text, colon, node->begin) || e->text.ptr[colon] != ':')
        return false;
    put(e, colon + 1, colon + 1, " ", text);
    drop_neatly(e, node->begin, node->end);
    return true;
}

/* A block scalar may have a comment beside its sign, which stays. */
static bool put_before_comment(struct editing *e, const struct yaml_node *node, ddbexpr_str text)
{
    if (node->kind != YAML_KIND_SCALAR || node->is_plain || node->begin == node->end ||
        !strchr("|>", e->text.ptr[node->begin]))
        return false;
    size_t line = over_line(e->text, node->begin);
    const char *comment = memchr(e->text.ptr + node->begin, '#', line - node->begin);
    if (!comment)
        return false;
    put(e, node->begin, back_over_blanks(e->text, (size_t)(comment - e->text.ptr)), "", text);
    if (line < node->end)
        drop(e, line, node->end);
    return true;
}

/* A value that is not written at all: behind the colon, the dash, or the name alone. */
static void put_in_gap(struct editing *e, const struct yaml_node *node, ddbexpr_str text)
{
    size_t name = node->key ? node->key->end : node->begin;
    bool is_name_alone = node->key && !memchr(e->text.ptr + name, ':', node->begin - name);
    bool has_blank = node->begin > 0 && is_blank(e->text.ptr[node->begin - 1]);
    put(e, node->begin, node->end, is_name_alone ? ": " : has_blank ? "" : " ", text);
}

static void replace(struct editing *e, const struct yaml_node *node, ddbexpr_str text)
{
    if (node->begin == node->end)
        put_in_gap(e, node, text);
    else if (!put_beside_name(e, node, text) && !put_before_comment(e, node, text))
        put(e, node->begin, node->end, "", text);
}

/* --- entries --- */

static size_t end_of_entry(const struct yaml_node *entry)
{
    return entry->end > entry->key->end ? entry->end : entry->key->end;
}

/* In brackets the comma behind an entry goes with it; of the last one that in front. `kept` is the last entry before it
 * that stays. */
static void remove_from_flow(struct editing *e, const struct yaml_node *entry, const struct yaml_node *kept)
{
    size_t begin = entry->key->begin, end = end_of_entry(entry), comma = find_comma(e->text, end);
    if (comma != NOWHERE && is_white(e->text, end, comma)) {
        drop_neatly(e, begin, comma + 1);
    } else if (comma != NOWHERE) {
        drop_neatly(e, begin, end);
        drop_neatly(e, comma, comma + 1);
    } else {
        comma = kept ? find_comma(e->text, end_of_entry(kept)) : NOWHERE;
        if (comma != NOWHERE && comma < begin && is_white(e->text, comma + 1, begin)) {
            drop(e, comma, end);
            return;
        }
        if (comma != NOWHERE && comma < begin)
            drop(e, comma, comma + 1);
        drop_neatly(e, begin, end);
    }
}

/* An entry beside the dash of a list leaves its place to the next. */
static void remove_from_block(struct editing *e, const struct yaml_node *entry)
{
    size_t begin = entry->key->begin, end = end_of_entry(entry);
    const struct yaml_node *next = entry->next;
    if (!begins_line(e->text, back_over_blanks(e->text, begin)) && next && !is_removed(e, next) &&
        is_white(e->text, end, next->key->begin))
        drop(e, begin, next->key->begin);
    else
        drop_neatly(e, begin, end);
}

static void remove_entries(struct editing *e, const struct yaml_node *map)
{
    const struct yaml_node *kept = NULL;
    for (const struct yaml_node *entry = map->first; entry; entry = entry->next) {
        if (!is_removed(e, entry))
            kept = entry;
        else if (map->is_flow)
            remove_from_flow(e, entry, kept);
        else
            remove_from_block(e, entry);
    }
}

static bool plan(struct editing *e, const struct yaml_node *root)
{
    struct walk walk;
    if (!begin_walk(e->reader, &walk))
        return false;
    e->splices = yaml_alloc(e->reader, e->count * SPLICES_OF_AN_EDIT, sizeof *e->splices);
    if (!e->splices)
        return false;
    for (const struct yaml_node *node = root; node;) {
        size_t removed;
        ddbexpr_str text = replacement_of(e, node, &removed);
        if (text.len)
            replace(e, node, text);
        else if (removed)
            remove_entries(e, node);
        node = step(&walk, node, text.len == 0 && !is_removed(e, node));
    }
    return true;
}

/* --- the new text --- */

static int compare_splices(const void *a, const void *b)
{
    const struct splice *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Two entries that are taken out may want to drop the same blanks. */
static ddbexpr_status apply(struct editing *e, ddbexpr_buffer *to)
{
    size_t at = 0;
    ddbexpr_status status = DDBEXPR_OK;
    qsort(e->splices, e->splice_count, sizeof *e->splices, compare_splices);
    for (size_t i = 0; i < e->splice_count && status == DDBEXPR_OK; i++) {
        const struct splice *s = &e->splices[i];
        if (s->begin > at)
            status = ddbexpr_buffer_append(to, (ddbexpr_str){e->text.ptr + at, s->begin - at});
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(to, ddbexpr_cstr(s->lead));
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(to, s->text);
        at = s->end > at ? s->end : at;
    }
    return status == DDBEXPR_OK ? ddbexpr_buffer_append(to, (ddbexpr_str){e->text.ptr + at, e->text.len - at}) : status;
}

/* --- read again --- */

static bool same(ddbexpr_str a, ddbexpr_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool is_as_it_was(const struct yaml_node *old, const struct yaml_node *new)
{
    return old->kind == new->kind &&same(old->text, new->text) && old->is_plain == new->is_plain &&
           old->is_null == new->is_null;
}

/* Whether the new tree is the old one with its edits, and no more. */
static bool is_as_meant(const struct editing *e, const struct yaml_node *old, const struct yaml_node *new,
                        ddbexpr_str new_text)
{
    struct walk olds, news;
    size_t found = 0;
    if (!begin_walk(e->reader, &olds) || !begin_walk(e->reader, &news))
        return false;
    while (old) {
        size_t removed;
        ddbexpr_str text = replacement_of(e, old, &removed);
        found += edit_of(e, old) ? 1 : text.len ? removed : 0;
        if (is_removed(e, old)) {
            old = step(&olds, old, false);
            continue;
        }
        if (edit_of(e, old) && text.len == 0) /* an element cannot be taken out */
            return false;
        if (!new || olds.depth != news.depth || !old->key != !new->key ||
            (old->key && !same(old->key->text, new->key->text)))
            return false;
        if (text.len ? !same((ddbexpr_str){new_text.ptr + new->begin, new->end - new->begin}, text)
                     : !is_as_it_was(old, new))
            return false;
        old = step(&olds, old, text.len == 0);
        new = step(&news, new, text.len == 0);
    }
    return !new &&found == e->count;
}

static int cannot_change(const struct yaml_reader *r)
{
    if (r->no_memory)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    complain("%s: cannot be changed without changing something else", r->name);
    return EXIT_UNUSABLE;
}

static int check(const struct editing *e, const struct yaml_node *old, ddbexpr_str new_text)
{
    struct yaml_reader *r = e->reader;
    const struct yaml_node *new = yaml_read(r, new_text);
    return new &&is_as_meant(e, old, new, new_text) ? EXIT_TRUE : cannot_change(r);
}

int yaml_edit_text(struct yaml_reader *r, ddbexpr_str text, const struct yaml_edit *edits, size_t count,
                   ddbexpr_buffer *to)
{
    struct editing e = {.reader = r, .text = text, .edits = edits, .count = count};
    ddbexpr_buffer *made;
    const struct yaml_node *old = yaml_read(r, text);
    if (!old || r->has_no_offsets)
        return cannot_change(r);
    if (!plan(&e, old) || ddbexpr_buffer_new(NULL, &made) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    ddbexpr_status status = apply(&e, made);
    int exit = status == DDBEXPR_OK ? check(&e, old, ddbexpr_buffer_text(made)) : exit_for_status(status);
    if (exit == EXIT_TRUE)
        exit = exit_for_status(ddbexpr_buffer_append(to, ddbexpr_buffer_text(made)));
    ddbexpr_buffer_free(made);
    return exit;
}
