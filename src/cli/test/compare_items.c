/* SPDX-License-Identifier: Apache-2.0 */
/* Items that were expected beside those that are there: one by one, with what differs within. */
#include "cli/test/test_compare.h"

#include <string.h>

/* Of an item only the attributes that another one has. NULL: no memory (told). */
static const ddbexpr_value *restricted(struct differences *d, const ddbexpr_value *item, const ddbexpr_value *to)
{
    size_t room = ddbexpr_value_count(to), count = 0;
    ddbexpr_str *names = ddbexpr_arena_alloc(d->arena, (room + 1) * sizeof *names);
    const ddbexpr_value **values = ddbexpr_arena_alloc(d->arena, (room + 1) * sizeof *values);
    for (size_t i = 0; names && values && i < room; i++) {
        names[count] = ddbexpr_value_name_at(to, i);
        values[count] = ddbexpr_value_get(item, names[count]);
        count += values[count] != NULL;
    }
    const ddbexpr_value *part = names && values ? ddbexpr_value_map(d->arena, names, values, count) : NULL;
    d->no_memory |= !part;
    return part;
}

/* What is to be compared: of an item that may have more attributes only those that are named. */
static const ddbexpr_value *compared(struct differences *d, const struct expected_item *e, const ddbexpr_value *actual)
{
    return e->is_part && e->item && actual ? restricted(d, actual, e->item) : actual;
}

static bool same_item(const ddbexpr_value *a, const ddbexpr_value *b)
{
    return a && b ? ddbexpr_value_equal(a, b) : a == b;
}

bool item_is_expected(struct differences *d, const struct expected_item *e, const ddbexpr_value *actual)
{
    return !e->given || same_item(e->item, compared(d, e, actual));
}

static void put_diff(struct differences *d, const ddbexpr_value *expected, const ddbexpr_value *actual)
{
    const ddbexpr_change *changes;
    size_t count;
    if (!expected || !actual)
        return;
    d->no_memory |= ddbexpr_diff(expected, actual, d->arena, &changes, &count) != DDBEXPR_OK ||
                    ddbexpr_diff_render(changes, count, &d->style, d->text) != DDBEXPR_OK;
}

static void put_part(struct differences *d, const struct expected_item *e, const ddbexpr_value *item)
{
    bool is_part = e->is_part && item;
    say_words(d, is_part ? "{\"contains\": " : "");
    say_item(d, item);
    say_words(d, is_part ? "}" : "");
}

void compare_item(struct differences *d, const char *what, const struct expected_item *e, const ddbexpr_value *actual)
{
    if (item_is_expected(d, e, actual))
        return;
    const ddbexpr_value *part = compared(d, e, actual);
    struct difference *difference = add_difference(d, what, e->place, e->node);
    put_part(d, e, e->item);
    difference->expected = said(d);
    put_part(d, e, part);
    difference->actual = difference->replacement = said(d);
    if (e->is_part && part && ddbexpr_value_count(part) < ddbexpr_value_count(e->item)) {
        say_item(d, actual); /* that an attribute is not there only a whole item can say */
        difference->replacement = said(d);
    }
    put_diff(d, e->item, part);
    difference->diff = said(d);
}

/* --- many --- */

struct pairing {
    const ddbexpr_value **expected, **actual; /* those that have no partner */
    size_t expected_count, actual_count;
};

static bool has_partner(const ddbexpr_value *item, const ddbexpr_value **others, size_t *count, bool ordered)
{
    for (size_t i = 0; i < *count && (!ordered || i == 0); i++) {
        if (!ddbexpr_value_equal(item, others[i]))
            continue;
        memmove(others + i, others + i + 1, (*count - i - 1) * sizeof *others);
        --*count;
        return true;
    }
    return false;
}

/* Items without order are mostly in the same one: then each finds its partner at the first try. In order, what is left
 * is the first that differs and all that follow. False: no memory. */
static bool pair_up(struct differences *d, const struct expected_items *e, const ddbexpr_value *const *actual,
                    size_t count, struct pairing *p)
{
    *p = (struct pairing){.expected = ddbexpr_arena_alloc(d->arena, (e->count + 1) * sizeof *p->expected),
                          .actual = ddbexpr_arena_alloc(d->arena, (count + 1) * sizeof *p->actual),
                          .actual_count = count};
    if (!p->expected || !p->actual) {
        d->no_memory = true;
        return false;
    }
    if (count)
        memcpy(p->actual, actual, count * sizeof *actual);
    bool in_order = true;
    for (size_t i = 0; i < e->count; i++) {
        in_order = in_order && has_partner(e->items[i], p->actual, &p->actual_count, e->ordered);
        bool found = in_order || (!e->ordered && has_partner(e->items[i], p->actual, &p->actual_count, false));
        if (!found)
            p->expected[p->expected_count++] = e->items[i];
    }
    return true;
}

static void put_items(struct differences *d, const ddbexpr_value *const *items, size_t count)
{
    say_words(d, "[");
    for (size_t i = 0; i < count; i++) {
        say_words(d, i ? ", " : "");
        say_item(d, items[i]);
    }
    say_words(d, "]");
}

static void put_rows(struct differences *d, const ddbexpr_value *const *items, size_t count)
{
    if (count == 0)
        say_words(d, "no items");
    for (size_t i = 0; i < count; i++) {
        say_words(d, i ? "\n" : "");
        say_item(d, items[i]);
    }
}

/* One without a partner on either side are the same item, most probably. */
static void put_pairing(struct differences *d, const struct pairing *p)
{
    if (p->expected_count == 1 && p->actual_count == 1) {
        put_diff(d, p->expected[0], p->actual[0]);
        return;
    }
    for (size_t i = 0; i < p->expected_count; i++) {
        say_words(d, "- ");
        say_item(d, p->expected[i]);
        say_words(d, "\n");
    }
    for (size_t i = 0; i < p->actual_count; i++) {
        say_words(d, "+ ");
        say_item(d, p->actual[i]);
        say_words(d, "\n");
    }
}

void compare_items(struct differences *d, const char *what, const struct expected_items *e, bool is_there,
                   const ddbexpr_value *const *actual, size_t count)
{
    struct pairing p;
    if (!e->given || !pair_up(d, e, actual, count, &p))
        return;
    if (is_there ? !e->absent && p.expected_count == 0 && p.actual_count == 0 : e->absent)
        return;
    struct difference *difference = add_difference(d, what, e->place, e->node);
    if (e->absent)
        say_words(d, "null");
    else
        put_rows(d, e->items, e->count);
    difference->expected = said(d);
    if (is_there)
        put_rows(d, actual, count);
    else
        say_words(d, "null");
    difference->actual = said(d);
    if (is_there)
        put_items(d, actual, count);
    else
        say_words(d, "null");
    difference->replacement = said(d);
    if (is_there && !e->absent)
        put_pairing(d, &p);
    difference->diff = said(d);
}

/* --- tables afterwards --- */

/* By name or ARN; where there is one table it need not be named. */
static const ddbexpr_table *table_named(const struct answer *a, ddbexpr_str name)
{
    const ddbexpr_table *named = ddbexpr_table_named(a->tables, a->table_count, name);
    return named || a->table_count != 1 ? named : &a->tables[0];
}

static bool has_key(const ddbexpr_table *table, const ddbexpr_value *item, const ddbexpr_value *key)
{
    for (size_t i = 0; i < table->key_count; i++) {
        const ddbexpr_value *there = ddbexpr_value_get(item, table->key[i].name);
        const ddbexpr_value *wanted = ddbexpr_value_get(key, table->key[i].name);
        if (!there || !wanted || ddbexpr_value_is_faulty(wanted) || !ddbexpr_value_equal(there, wanted))
            return false;
    }
    return true;
}

static bool names_an_item(const ddbexpr_table *table, const ddbexpr_request *r)
{
    const ddbexpr_value *key = r->key ? r->key : r->item;
    for (size_t i = 0; table && key && i < table->key_count; i++)
        if (!ddbexpr_value_get(key, table->key[i].name))
            return false;
    return table && key;
}

static const ddbexpr_value *item_at_key(const ddbexpr_table *table, const ddbexpr_request *r)
{
    const ddbexpr_value *key = r->key ? r->key : r->item;
    for (size_t i = 0; i < table->item_count; i++)
        if (has_key(table, table->items[i], key))
            return table->items[i];
    return NULL;
}

/* The item at the request's key. One that names none (a Scan, a transaction) has nothing to compare: no item is not
 * the same as that there is none. */
static void compare_after(struct differences *d, const struct test_step *step, const struct answer *a)
{
    const struct expected_item *e = &step->expect.after;
    const ddbexpr_table *table = table_named(a, step->request.table_name);
    if (!e->given)
        return;
    if (names_an_item(table, &step->request)) {
        compare_item(d, "item after", e, item_at_key(table, &step->request));
        return;
    }
    struct difference *difference = add_difference(d, "item after", e->place, NULL);
    say_item(d, e->item);
    difference->expected = said(d);
    difference->actual = ddbexpr_cstr("the request has no key that names an item: expect the `table`");
}

void compare_tables(struct differences *d, const struct test_step *step, const struct answer *a)
{
    const struct expectation *e = &step->expect;
    compare_after(d, step, a);
    for (size_t i = 0; i < e->table_count; i++) {
        const ddbexpr_table *table = table_named(a, e->tables[i].name);
        compare_items(d, "table after", &e->tables[i].items, true, table ? table->items : NULL,
                      table ? table->item_count : 0);
    }
}

static void say_table(struct differences *d, const struct answer *a, ddbexpr_str name)
{
    const ddbexpr_table *table = table_named(a, name);
    put_items(d, table ? table->items : NULL, table ? table->item_count : 0);
}

void say_tables(struct differences *d, const struct test_step *step, const struct answer *a, const char *lead)
{
    const struct expectation *e = &step->expect;
    const ddbexpr_table *table = table_named(a, step->request.table_name);
    if (e->after.given && names_an_item(table, &step->request)) {
        say_words(d, lead);
        say_words(d, "\"after\": ");
        say_item(d, item_at_key(table, &step->request));
        lead = ", ";
    }
    bool named = e->table_count && e->tables[0].name.len && a->table_count > 1;
    for (size_t i = 0; i < e->table_count; i++) {
        say_words(d, i ? ", " : lead);
        say_words(d, named ? i ? "" : "\"tables\": {" : "\"table\": ");
        if (named) {
            say_quoted(d, e->tables[i].name);
            say_words(d, ": ");
        }
        say_table(d, a, e->tables[i].name);
    }
    say_words(d, named ? "}" : "");
}
