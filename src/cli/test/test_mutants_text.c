/* SPDX-License-Identifier: Apache-2.0 */
/* The mutants of all conditions for people: of each condition those that survive, in their place in the text, and what
 * would have to be tested. */
#include "cli/test/print.h"
#include "cli/test/test_mutants_entry.h"

#include <stdio.h>

#define INDENT    2
#define NARROWEST 20 /* where a text with a mark still says something */

/* --- the place in the text --- */

/* A character of UTF-8 that begins at `at` ends here. */
static size_t next_character(ddbexpr_str text, size_t at)
{
    do
        at++;
    while (at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
    return at;
}

/* Prints text in at most so many columns, and gives how many it took. */
static size_t put_cut(struct printer *p, ddbexpr_str text, size_t room)
{
    size_t columns = 0;
    for (size_t at = 0, next; at < text.len && p->status == DDBEXPR_OK; at = next) {
        size_t wide = 0;
        next = next_character(text, at);
        ddbexpr_buffer_clear(p->text);
        p->status = ddbexpr_buffer_append_visible(p->text, (ddbexpr_str){text.ptr + at, next - at}, &wide);
        if (columns + wide > room)
            break;
        print_str(p, ddbexpr_buffer_text(p->text));
        columns += wide;
    }
    return columns;
}

/* How many columns text takes. */
static size_t measure(struct printer *p, ddbexpr_str text)
{
    size_t columns = 0;
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append_visible(p->text, text, &columns);
    return columns;
}

/* Where the line that is shown begins: at the beginning of the text's line, or, if the place is far behind it, a third
 * of the width before the place. */
static size_t find_start(struct printer *p, ddbexpr_str text, ddbexpr_span span)
{
    size_t start = span.start;
    while (start > 0 && text.ptr[start - 1] != '\n')
        start--;
    if (span.start - start > 4 * p->width)
        start = span.start - 4 * p->width;
    while (start < span.start && measure(p, (ddbexpr_str){text.ptr + start, span.start - start}) > p->width / 3)
        start = next_character(text, start);
    return start;
}

/* The line of the text with the place, and `^` under it. */
static void put_place(struct printer *p, ddbexpr_str text, ddbexpr_span span)
{
    if (p->width < NARROWEST)
        return;
    size_t start = find_start(p, text, span), end = span.start;
    while (end < text.len && text.ptr[end] != '\n')
        end++;
    bool cut = start > 0 && text.ptr[start - 1] != '\n';
    size_t marked_end = span.end < end ? span.end : end, room = p->width - INDENT - 3;
    print_line(p, 0);
    print_line(p, INDENT);
    if (cut)
        print_text(p, "...");
    size_t before = put_cut(p, (ddbexpr_str){text.ptr + start, span.start - start}, room) + (cut ? 3 : 0);
    size_t marked = put_cut(p, (ddbexpr_str){text.ptr + span.start, marked_end - span.start}, room - before);
    ddbexpr_str rest = {text.ptr + marked_end, end - marked_end};
    bool is_longer = before + marked + measure(p, rest) > room + 3;
    put_cut(p, rest, is_longer ? room - before - marked : room + 3 - before - marked);
    if (is_longer)
        print_text(p, "...");
    print_line(p, INDENT + before);
    print_colour(p, RED);
    for (size_t i = 0; i < (marked ? marked : 1); i++)
        print_text(p, "^");
    print_colour(p, PLAIN);
}

/* --- what would tell it --- */

static void put_outcomes(struct printer *p, bool matched)
{
    print_words(p,
                ddbexpr_cstr(matched ? "the condition is true and the mutant false:"
                                     : "the condition is false and the mutant true:"),
                4);
}

static void put_example(struct printer *p, const ddbexpr_mutant_example *example, const struct mutant_base *base)
{
    print_line(p, 4);
    if (!example->sought) {
        print_words(p, ddbexpr_cstr("No item was looked for that tells it: the time was up."), 4);
        return;
    }
    if (!example->found) {
        print_words(p, ddbexpr_cstr("No item was found by simple means that tells it; there may be none."), 4);
        return;
    }
    if (!example->item) {
        print_words(p, ddbexpr_cstr("If there were no item, "), 4);
        put_outcomes(p, example->matched);
        print_line(p, 6);
        print_text(p, "given: []");
    } else if (!base->item) {
        print_words(p, ddbexpr_cstr("Of this item "), 4);
        put_outcomes(p, example->matched);
        print_given(p, example->item);
    } else {
        bool as_it_is = ddbexpr_value_equal(base->item, example->item);
        print_words(p, ddbexpr_cstr(as_it_is ? "Already of " : "With this change of "), 4);
        print_item_name(p, base->item, base->key, base->test, 4);
        print_words(p, ddbexpr_cstr(as_it_is ? ", where no test looks at the outcome, " : " "), 4);
        put_outcomes(p, example->matched);
        print_change(p, base->item, example->item);
    }
    print_values(p, example->values);
}

/* --- conditions --- */

static void put_survivor(struct printer *p, const struct mutants_entry *entry, size_t index)
{
    print_line(p, INDENT);
    print_text(p, "- ");
    print_colour(p, BOLD);
    print_user_words(p, ddbexpr_mutants_at(entry->mutants, index)->description, 4);
    print_colour(p, PLAIN);
    if (entry->examples)
        put_example(p, &entry->examples[index], &entry->made_of[index]);
}

/* Those in one place follow each other. */
static void put_survivors(struct printer *p, const struct mutants_entry *entry)
{
    ddbexpr_span last = {0, 0};
    for (size_t i = 0; i < ddbexpr_mutants_count(entry->mutants); i++) {
        const ddbexpr_mutant *mutant = ddbexpr_mutants_at(entry->mutants, i);
        if (mutant->killed)
            continue;
        if (mutant->span.start != last.start || mutant->span.end != last.end)
            put_place(p, ddbexpr_mutants_text(entry->mutants), mutant->span);
        last = mutant->span;
        put_survivor(p, entry, i);
    }
}

static void put_counts(struct printer *p, const struct mutants_entry *entry)
{
    size_t mutants = ddbexpr_mutants_count(entry->mutants), unpinned = entry->evaluations - entry->pinned;
    char counts[128], left_out[96] = "", open[96] = "";
    snprintf(counts, sizeof counts, "%zu of %zu mutant%s killed by %zu evaluation%s",
             ddbexpr_mutants_killed_count(entry->mutants), mutants, mutants == 1 ? "" : "s", entry->pinned,
             entry->pinned == 1 ? "" : "s");
    if (entry->left_out)
        snprintf(left_out, sizeof left_out, ", of which %zu %s not looked at: the time was up", entry->left_out,
                 entry->left_out == 1 ? "was" : "were");
    if (unpinned)
        snprintf(open, sizeof open, "; of %zu more no test looks at the outcome", unpinned);
    print_words(p, ddbexpr_cstr(counts), INDENT);
    print_words(p, ddbexpr_cstr(left_out), INDENT);
    print_words(p, ddbexpr_cstr(open), INDENT);
}

static void put_entry(struct printer *p, const struct mutants_entry *entry)
{
    p->column = 0;
    print_colour(p, BOLD);
    print_user_words(p, entry->label, INDENT);
    print_colour(p, PLAIN);
    print_line(p, INDENT);
    put_counts(p, entry);
    if (entry->left_out) {
        print_line(p, INDENT);
        print_user_words(p, ddbexpr_mutants_text(entry->mutants), INDENT);
    } else {
        put_survivors(p, entry);
    }
    print_line(p, 0);
    print_line(p, 0);
}

static void put_total(struct printer *p, struct test_mutants_counts counts)
{
    char text[160];
    p->column = 0;
    if (!counts.mutants) {
        print_text(p, "No mutants: the tests evaluate no condition\n");
        return;
    }
    snprintf(text, sizeof text, "%zu mutant%s, %zu killed, ", counts.mutants, counts.mutants == 1 ? "" : "s",
             counts.killed);
    print_words(p, ddbexpr_cstr(text), 0);
    print_colour(p, counts.survived ? RED : GREEN);
    snprintf(text, sizeof text, "%zu survived", counts.survived);
    print_words(p, ddbexpr_cstr(text), 0);
    print_colour(p, PLAIN);
    snprintf(text, sizeof text, ", %zu undecided as the time was up", counts.undecided);
    print_words(p, ddbexpr_cstr(counts.undecided ? text : ""), 0);
    snprintf(text, sizeof text, " (score %s%.1f %%)", counts.undecided ? "at least " : "", counts.score);
    print_words(p, ddbexpr_cstr(text), 0);
    print_text(p, "\n");
}

ddbexpr_status test_mutants_text(struct test_mutants *m, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    struct printer p;
    if (mutants_find_examples(m) != DDBEXPR_OK || printer_begin(&p, style, m->arena, out) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < m->count && p.status == DDBEXPR_OK; i++)
        if (mutants_entry_alive(&m->entries[i]))
            put_entry(&p, &m->entries[i]);
    put_total(&p, test_mutants_count(m));
    return printer_end(&p);
}
