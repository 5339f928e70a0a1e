/* SPDX-License-Identifier: Apache-2.0 */
/* The coverage of all tests for people: of each condition and update a table, and what would have to be tested. */
#include "cli/test/test_coverage_entry.h"
#include "cli/test/test_words.h"

#include <stdio.h>
#include <string.h>

#define WIDTH         80
#define LONGEST_VALUE 300 /* bytes of a value that is written out; longer ones are shortened */
#define LONGEST_NAME  60  /* likewise of an item that is only spoken of */

#define GREEN "\033[32m"
#define RED   "\033[31m"
#define BOLD  "\033[1m"
#define PLAIN "\033[0m"

/* Where the text goes. A failure sticks in the status. */
struct printer {
    struct test_coverage *coverage;
    ddbexpr_buffer *out;
    ddbexpr_buffer *text; /* to build parts in, which may have to begin a new line */
    ddbexpr_status status;
    bool colour;
    size_t width;
    size_t column;
    bool blank; /* one is to come before what follows, unless that begins a new line */
};

/* --- pieces --- */

/* Characters of UTF-8. */
static size_t columns_of(ddbexpr_str text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.len; i++)
        columns += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return columns;
}

static void put_str(struct printer *p, ddbexpr_str text)
{
    if (p->status == DDBEXPR_OK && p->blank)
        p->status = ddbexpr_buffer_append(p->out, ddbexpr_cstr(" "));
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append(p->out, text);
    p->column += columns_of(text) + p->blank;
    p->blank = false;
}

static void put(struct printer *p, const char *text) { put_str(p, ddbexpr_cstr(text)); }

static void put_colour(struct printer *p, const char *code)
{
    if (p->colour && p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append(p->out, ddbexpr_cstr(code));
}

static void new_line(struct printer *p, size_t indent)
{
    p->blank = false;
    put(p, "\n");
    p->column = 0;
    for (size_t i = 0; i < indent; i++)
        put(p, " ");
}

/* Appends what must stay together; on a new line where it would not fit. */
static void put_piece(struct printer *p, ddbexpr_str piece, size_t indent)
{
    if (p->column > indent && p->column + p->blank + columns_of(piece) > p->width)
        new_line(p, indent);
    put_str(p, piece);
}

/* Appends running text, broken at blanks. */
static void put_words(struct printer *p, ddbexpr_str text, size_t indent)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t start = i;
        while (i < text.len && text.ptr[i] != ' ')
            i++;
        if (i > start)
            put_piece(p, (ddbexpr_str){text.ptr + start, i - start}, indent);
        p->blank |= i < text.len;
    }
}

/* The same for what users wrote, made visible. */
static void put_user_words(struct printer *p, ddbexpr_str text, size_t indent)
{
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append_visible(p->text, text, NULL);
    put_words(p, ddbexpr_buffer_text(p->text), indent);
}

static void put_number(struct printer *p, uint64_t n, int width)
{
    char text[64];
    snprintf(text, sizeof text, "%*llu", width, (unsigned long long)n);
    put(p, text);
}

/* A count of a table, marked where it is none and should be some. */
static void put_count(struct printer *p, uint64_t count)
{
    put_colour(p, count ? "" : RED);
    put_number(p, count, 6);
    put(p, count ? "  " : "! ");
    put_colour(p, count ? "" : PLAIN);
}

static void put_plural(struct printer *p, uint64_t n, const char *one, const char *many)
{
    put_number(p, n, 0);
    put(p, n == 1 ? one : many);
}

/* --- items --- */

/* `name: value` in p->text. */
static void build_member(struct printer *p, const ddbexpr_value *item, size_t index)
{
    const ddbexpr_value *value = ddbexpr_value_at(item, index);
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = test_put_name(ddbexpr_value_name_at(item, index), TEST_YAML, p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_buffer_append(p->text, ddbexpr_cstr(": "));
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_value_size(value) > LONGEST_VALUE ? ddbexpr_value_print(value, 60, p->text)
                                                              : test_put_value(value, TEST_YAML, p->text);
}

/* What ends a member: a comma, if more follow. */
static void put_member_end(struct printer *p, bool first, size_t indent)
{
    ddbexpr_str member = ddbexpr_buffer_text(p->text);
    if (!first) {
        put(p, ",");
        if (p->column + 1 + columns_of(member) < p->width)
            put(p, " ");
        else
            new_line(p, indent);
    }
    put_str(p, member);
}

static bool is_changed(const ddbexpr_value *before, const ddbexpr_value *after, size_t index)
{
    const ddbexpr_value *old = before ? ddbexpr_value_get(before, ddbexpr_value_name_at(after, index)) : NULL;
    return !old || !ddbexpr_value_equal(old, ddbexpr_value_at(after, index));
}

/* `set: {…}`: what is new or another value; `before` NULL: all of it. */
static void put_set(struct printer *p, const char *lead, const ddbexpr_value *before, const ddbexpr_value *after)
{
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_value_count(after); i++) {
        if (!is_changed(before, after, i))
            continue;
        if (!told) {
            new_line(p, 6);
            put(p, lead);
        }
        build_member(p, after, i);
        put_member_end(p, told++ == 0, 8);
    }
    if (told)
        put(p, "}");
}

static void put_removed(struct printer *p, const ddbexpr_value *before, const ddbexpr_value *after)
{
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_value_count(before); i++) {
        ddbexpr_str name = ddbexpr_value_name_at(before, i);
        if (ddbexpr_value_get(after, name))
            continue;
        if (!told) {
            new_line(p, 6);
            put(p, "remove: [");
        }
        ddbexpr_buffer_clear(p->text);
        if (p->status == DDBEXPR_OK)
            p->status = test_put_name(name, TEST_YAML, p->text);
        put_member_end(p, told++ == 0, 8);
    }
    if (told)
        put(p, "]");
}

/* By its key, where that is known. */
static void put_item_name(struct printer *p, const struct coverage_example *example)
{
    const ddbexpr_value *name = example->key ? example->key : example->before;
    ddbexpr_buffer_clear(p->text);
    if (p->status == DDBEXPR_OK)
        p->status = ddbexpr_value_size(name) > LONGEST_NAME ? ddbexpr_value_print(name, 40, p->text)
                                                            : test_put_item(name, TEST_YAML, p->text);
    put_words(p, ddbexpr_buffer_text(p->text), 4);
}

static bool is_mentioned(ddbexpr_str text, ddbexpr_str placeholder)
{
    for (size_t i = 0; i + placeholder.len <= text.len; i++) {
        char after = i + placeholder.len < text.len ? text.ptr[i + placeholder.len] : ' ';
        bool goes_on = (after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z') ||
                       (after >= '0' && after <= '9') || after == '_';
        if (!goes_on && memcmp(text.ptr + i, placeholder.ptr, placeholder.len) == 0)
            return true;
    }
    return false;
}

/* `with: {…}`: the values that it holds for. */
static void put_values(struct printer *p, ddbexpr_str text, const ddbexpr_value *values)
{
    size_t told = 0;
    for (size_t i = 0; i < ddbexpr_value_count(values); i++) {
        if (!is_mentioned(text, ddbexpr_value_name_at(values, i)))
            continue;
        if (!told) {
            new_line(p, 6);
            put(p, "with: {");
        }
        build_member(p, values, i);
        put_member_end(p, told++ == 0, 8);
    }
    if (told)
        put(p, "}");
}

static void put_example(struct printer *p, const struct coverage_entry *entry, size_t goal)
{
    const ddbexpr_coverage_example *found = &entry->found[goal];
    const struct coverage_example *example = &entry->examples[goal];
    new_line(p, 4);
    if (!found->found) {
        put_words(p, ddbexpr_cstr("No item was found by simple means that would do; there may be none."), 4);
    } else if (!found->item) {
        put(p, "It would decide if there were no item:");
        new_line(p, 6);
        put(p, "given: []");
    } else if (!example->before) {
        put(p, "It would decide of this item:");
        put_set(p, "given: {", NULL, found->item);
    } else {
        put_words(p, ddbexpr_cstr("It would decide with this change of "), 4);
        put_item_name(p, example);
        put(p, ":");
        put_set(p, "set: {", example->before, found->item);
        put_removed(p, example->before, found->item);
    }
    if (found->found)
        put_values(p, ddbexpr_coverage_text(entry->condition), example->values);
}

/* --- conditions --- */

static void put_clause_row(struct printer *p, ddbexpr_clause_coverage clause)
{
    new_line(p, 0);
    put_count(p, clause.seen[true]);
    put_count(p, clause.seen[false]);
    put(p, "  ");
    put_count(p, clause.decided[true]);
    put_count(p, clause.decided[false]);
    put(p, " ");
    put_user_words(p, clause.text, p->column);
}

static void put_clause_table(struct printer *p, const ddbexpr_coverage *coverage)
{
    new_line(p, 0);
    new_line(p, 0);
    put(p, "       seen            decided");
    new_line(p, 0);
    put(p, "  true   false      true   false");
    for (size_t i = 0; i < ddbexpr_coverage_clause_count(coverage); i++)
        put_clause_row(p, ddbexpr_coverage_clause_at(coverage, i));
}

/* Why a goal is not reached. */
static void put_why(struct printer *p, ddbexpr_clause_coverage clause, bool outcome)
{
    char why[128];
    uint64_t seen = clause.seen[outcome];
    const char *word = outcome ? "true" : "false";
    if (seen == 0)
        snprintf(why, sizeof why, " was never %s.", word);
    else if (seen == 1)
        snprintf(why, sizeof why, " was %s once, but other clauses had settled the outcome.", word);
    else
        snprintf(why, sizeof why, " was %s %llu times, but other clauses had settled the outcome.", word,
                 (unsigned long long)seen);
    put_words(p, ddbexpr_cstr(why), 4);
}

static void put_missing_goals(struct printer *p, const struct coverage_entry *entry)
{
    for (size_t goal = 0; goal < coverage_entry_goals(entry); goal++) {
        ddbexpr_clause_coverage clause = ddbexpr_coverage_clause_at(entry->condition, goal / 2);
        if (clause.decided[goal % 2])
            continue;
        new_line(p, 0);
        new_line(p, 2);
        put(p, "- ");
        put_colour(p, BOLD);
        put_user_words(p, clause.text, 4);
        put_colour(p, PLAIN);
        put_why(p, clause, goal % 2);
        put_example(p, entry, goal);
    }
}

static void put_condition(struct printer *p, struct coverage_entry *entry)
{
    const ddbexpr_coverage *coverage = entry->condition;
    put(p, ": ");
    put_plural(p, ddbexpr_coverage_total_count(coverage), " evaluation, ", " evaluations, ");
    put_number(p, ddbexpr_coverage_matched_count(coverage), 0);
    put(p, " true");
    if (coverage_entry_reached(entry) == coverage_entry_goals(entry))
        return;
    if (p->status == DDBEXPR_OK)
        p->status = coverage_find_examples(p->coverage, entry);
    if (p->status != DDBEXPR_OK)
        return;
    put_clause_table(p, coverage);
    put_missing_goals(p, entry);
}

/* --- updates --- */

static void put_action_rows(struct printer *p, const ddbexpr_update_coverage *coverage)
{
    new_line(p, 0);
    new_line(p, 0);
    put(p, " effect");
    for (size_t i = 0; i < ddbexpr_update_coverage_action_count(coverage); i++) {
        ddbexpr_action_coverage action = ddbexpr_update_coverage_action_at(coverage, i);
        new_line(p, 0);
        put_count(p, action.effective);
        put(p, " ");
        size_t indent = p->column;
        put(p, action.section);
        put(p, " ");
        put_user_words(p, action.text, indent);
    }
}

static void put_default_rows(struct printer *p, const ddbexpr_update_coverage *coverage)
{
    if (!ddbexpr_update_coverage_default_count(coverage))
        return;
    new_line(p, 0);
    new_line(p, 0);
    put(p, " there missing");
    for (size_t i = 0; i < ddbexpr_update_coverage_default_count(coverage); i++) {
        ddbexpr_default_coverage one = ddbexpr_update_coverage_default_at(coverage, i);
        new_line(p, 0);
        put_count(p, one.found[true]);
        put_count(p, one.found[false]);
        put(p, " ");
        put_user_words(p, one.text, p->column);
    }
}

/* "- REMOVE tags", and why it is there. */
static void put_lack(struct printer *p, const char *section, ddbexpr_str what, const char *why)
{
    new_line(p, 2);
    put(p, "- ");
    put_colour(p, BOLD);
    put(p, section);
    put(p, *section ? " " : "");
    put_user_words(p, what, 4);
    put_colour(p, PLAIN);
    put_words(p, ddbexpr_cstr(why), 4);
}

static void put_lacking_default(struct printer *p, ddbexpr_default_coverage one, bool there)
{
    put_lack(p, "", one.text, there ? " was never run on an item with " : " was never run on an item without ");
    put_user_words(p, one.path, 4);
    put(p, ".");
}

static void put_lacks(struct printer *p, const ddbexpr_update_coverage *coverage)
{
    const char *why = ddbexpr_update_coverage_applied_count(coverage)
                          ? " never took anything away: there was nothing to take."
                          : " was never applied.";
    new_line(p, 0);
    for (size_t i = 0; i < ddbexpr_update_coverage_action_count(coverage); i++) {
        ddbexpr_action_coverage action = ddbexpr_update_coverage_action_at(coverage, i);
        if (!action.effective)
            put_lack(p, action.section, action.text, why);
    }
    for (size_t i = 0; i < ddbexpr_update_coverage_default_count(coverage); i++) {
        ddbexpr_default_coverage one = ddbexpr_update_coverage_default_at(coverage, i);
        if (!one.found[true])
            put_lacking_default(p, one, true);
        if (!one.found[false])
            put_lacking_default(p, one, false);
    }
}

static void put_update(struct printer *p, const struct coverage_entry *entry)
{
    const ddbexpr_update_coverage *coverage = entry->update;
    put(p, ": ");
    put_plural(p, ddbexpr_update_coverage_total_count(coverage), " update, ", " updates, ");
    put_number(p, ddbexpr_update_coverage_applied_count(coverage), 0);
    put(p, " applied");
    if (coverage_entry_reached(entry) == coverage_entry_goals(entry))
        return;
    put_action_rows(p, coverage);
    put_default_rows(p, coverage);
    put_lacks(p, coverage);
}

/* --- the whole --- */

static void put_share(struct printer *p, size_t reached, size_t goals)
{
    put_colour(p, reached == goals ? GREEN : RED);
    put_number(p, reached, 0);
    put(p, " of ");
    put_plural(p, goals, " goal", " goals");
    put_colour(p, PLAIN);
}

static void put_entry(struct printer *p, struct coverage_entry *entry)
{
    put_colour(p, BOLD);
    put_user_words(p, entry->label, 2);
    put_colour(p, PLAIN);
    new_line(p, 2);
    put_user_words(
        p, entry->condition ? ddbexpr_coverage_text(entry->condition) : ddbexpr_update_coverage_text(entry->update), 2);
    new_line(p, 2);
    put_share(p, coverage_entry_reached(entry), coverage_entry_goals(entry));
    if (entry->condition)
        put_condition(p, entry);
    else
        put_update(p, entry);
    new_line(p, 0);
    new_line(p, 0);
}

static void put_total(struct printer *p)
{
    const struct test_coverage *c = p->coverage;
    char percent[64];
    put(p, "Coverage: ");
    put_share(p, test_coverage_reached(c), test_coverage_goals(c));
    snprintf(percent, sizeof percent, " (%.1f %%)\n", test_coverage_percent(c));
    put(p, percent);
}

ddbexpr_status test_coverage_text(struct test_coverage *coverage, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    struct printer p = {.coverage = coverage,
                        .out = out,
                        .colour = style && style->colour,
                        .width = style && style->width ? style->width : WIDTH};
    p.status = ddbexpr_buffer_new(NULL, &p.text);
    if (p.status != DDBEXPR_OK)
        return p.status;
    for (size_t i = 0; i < coverage->count && p.status == DDBEXPR_OK; i++) {
        p.column = 0;
        put_entry(&p, &coverage->entries[i]);
    }
    put_total(&p);
    ddbexpr_buffer_free(p.text);
    return p.status;
}
