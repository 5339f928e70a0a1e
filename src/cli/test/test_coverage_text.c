/* SPDX-License-Identifier: Apache-2.0 */
/* The coverage of all tests for people: of each condition and update a table, and what would have to be tested. */
#include "cli/test/print.h"
#include "cli/test/test_coverage_entry.h"

#include <stdio.h>

/* --- pieces --- */

/* A count of a table, marked where it is none and should be some. */
static void put_count(struct printer *p, uint64_t count)
{
    print_colour(p, count ? "" : RED);
    print_number(p, count, 6);
    print_text(p, count ? "  " : "! ");
    print_colour(p, count ? "" : PLAIN);
}

/* --- examples --- */

static void put_example(struct printer *p, const struct coverage_entry *entry, size_t goal)
{
    const ddbexpr_coverage_example *found = &entry->found[goal];
    const struct coverage_example *example = &entry->examples[goal];
    print_line(p, 4);
    if (!found->found) {
        print_words(p, ddbexpr_cstr("No item was found by simple means that would do; there may be none."), 4);
    } else if (!found->item) {
        print_text(p, "It would decide if there were no item:");
        print_line(p, 6);
        print_text(p, "given: []");
    } else if (!example->before) {
        print_text(p, "It would decide of this item:");
        print_given(p, found->item);
    } else {
        print_words(p, ddbexpr_cstr("It would decide with this change of "), 4);
        print_item_name(p, example->before, example->key, example->test, 4);
        print_text(p, ":");
        print_change(p, example->before, found->item);
    }
    if (found->found)
        print_values(p, example->values);
}

/* --- conditions --- */

static void put_clause_row(struct printer *p, ddbexpr_clause_coverage clause)
{
    print_line(p, 0);
    put_count(p, clause.seen[true]);
    put_count(p, clause.seen[false]);
    print_text(p, "  ");
    put_count(p, clause.decided[true]);
    put_count(p, clause.decided[false]);
    print_text(p, " ");
    print_user_words(p, clause.text, p->column);
}

static void put_clause_table(struct printer *p, const ddbexpr_coverage *coverage)
{
    print_line(p, 0);
    print_line(p, 0);
    print_text(p, "       seen            decided");
    print_line(p, 0);
    print_text(p, "  true   false      true   false");
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
    print_words(p, ddbexpr_cstr(why), 4);
}

static void put_missing_goals(struct printer *p, const struct coverage_entry *entry)
{
    for (size_t goal = 0; goal < coverage_entry_goals(entry); goal++) {
        ddbexpr_clause_coverage clause = ddbexpr_coverage_clause_at(entry->condition, goal / 2);
        if (clause.decided[goal % 2])
            continue;
        print_line(p, 0);
        print_line(p, 2);
        print_text(p, "- ");
        print_colour(p, BOLD);
        print_user_words(p, clause.text, 4);
        print_colour(p, PLAIN);
        put_why(p, clause, goal % 2);
        put_example(p, entry, goal);
    }
}

static void put_condition(struct printer *p, struct coverage_entry *entry)
{
    const ddbexpr_coverage *coverage = entry->condition;
    print_text(p, ": ");
    print_plural(p, ddbexpr_coverage_total_count(coverage), " evaluation, ", " evaluations, ");
    print_number(p, ddbexpr_coverage_matched_count(coverage), 0);
    print_text(p, " true");
    if (coverage_entry_reached(entry) == coverage_entry_goals(entry))
        return;
    put_clause_table(p, coverage);
    put_missing_goals(p, entry);
}

/* --- updates --- */

static void put_action_rows(struct printer *p, const ddbexpr_update_coverage *coverage)
{
    print_line(p, 0);
    print_line(p, 0);
    print_text(p, " effect");
    for (size_t i = 0; i < ddbexpr_update_coverage_action_count(coverage); i++) {
        ddbexpr_action_coverage action = ddbexpr_update_coverage_action_at(coverage, i);
        print_line(p, 0);
        put_count(p, action.effective);
        print_text(p, " ");
        size_t indent = p->column;
        print_text(p, action.section);
        print_text(p, " ");
        print_user_words(p, action.text, indent);
    }
}

static void put_default_rows(struct printer *p, const ddbexpr_update_coverage *coverage)
{
    if (!ddbexpr_update_coverage_default_count(coverage))
        return;
    print_line(p, 0);
    print_line(p, 0);
    print_text(p, " there missing");
    for (size_t i = 0; i < ddbexpr_update_coverage_default_count(coverage); i++) {
        ddbexpr_default_coverage one = ddbexpr_update_coverage_default_at(coverage, i);
        print_line(p, 0);
        put_count(p, one.found[true]);
        put_count(p, one.found[false]);
        print_text(p, " ");
        print_user_words(p, one.text, p->column);
    }
}

/* "- REMOVE tags", and why it is there. */
static void put_lack(struct printer *p, const char *section, ddbexpr_str what, const char *why)
{
    print_line(p, 2);
    print_text(p, "- ");
    print_colour(p, BOLD);
    print_text(p, section);
    print_text(p, *section ? " " : "");
    print_user_words(p, what, 4);
    print_colour(p, PLAIN);
    print_words(p, ddbexpr_cstr(why), 4);
}

static void put_lacking_default(struct printer *p, ddbexpr_default_coverage one, bool there)
{
    put_lack(p, "", one.text, there ? " was never run on an item with " : " was never run on an item without ");
    print_user_words(p, one.path, 4);
    print_text(p, ".");
}

static void put_lacks(struct printer *p, const ddbexpr_update_coverage *coverage)
{
    const char *why = ddbexpr_update_coverage_applied_count(coverage)
                          ? " never took anything away: there was nothing to take."
                          : " was never applied.";
    print_line(p, 0);
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
    print_text(p, ": ");
    print_plural(p, ddbexpr_update_coverage_total_count(coverage), " update, ", " updates, ");
    print_number(p, ddbexpr_update_coverage_applied_count(coverage), 0);
    print_text(p, " applied");
    if (coverage_entry_reached(entry) == coverage_entry_goals(entry))
        return;
    put_action_rows(p, coverage);
    put_default_rows(p, coverage);
    put_lacks(p, coverage);
}

/* --- the whole --- */

static void put_share(struct printer *p, size_t reached, size_t goals)
{
    print_colour(p, reached == goals ? GREEN : RED);
    print_number(p, reached, 0);
    print_text(p, " of ");
    print_plural(p, goals, " goal", " goals");
    print_colour(p, PLAIN);
}

static void put_entry(struct printer *p, struct coverage_entry *entry)
{
    print_colour(p, BOLD);
    print_user_words(p, entry->label, 2);
    print_colour(p, PLAIN);
    print_line(p, 2);
    print_user_words(
        p, entry->condition ? ddbexpr_coverage_text(entry->condition) : ddbexpr_update_coverage_text(entry->update), 2);
    print_line(p, 2);
    put_share(p, coverage_entry_reached(entry), coverage_entry_goals(entry));
    if (!coverage_entry_runs(entry))
        print_text(p, ": never run");
    else if (entry->condition)
        put_condition(p, entry);
    else
        put_update(p, entry);
    print_line(p, 0);
    print_line(p, 0);
}

static void put_total(struct printer *p, const struct test_coverage *c)
{
    char percent[64];
    print_text(p, "Coverage: ");
    if (!test_coverage_goals(c)) {
        print_text(p, "nothing to cover: there was no condition and no update\n");
        return;
    }
    put_share(p, test_coverage_reached(c), test_coverage_goals(c));
    snprintf(percent, sizeof percent, " (%.1f %%)\n", test_coverage_percent(c));
    print_text(p, percent);
}

ddbexpr_status test_coverage_text(struct test_coverage *coverage, const ddbexpr_style *style, ddbexpr_buffer *out)
{
    struct printer p;
    ddbexpr_status status = DDBEXPR_OK;
    for (size_t i = 0; i < coverage->count && status == DDBEXPR_OK; i++)
        status = coverage_find_examples(coverage, &coverage->entries[i]);
    if (status != DDBEXPR_OK || printer_begin(&p, style, coverage->arena, out) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    for (size_t i = 0; i < coverage->count && p.status == DDBEXPR_OK; i++) {
        p.column = 0;
        put_entry(&p, &coverage->entries[i]);
    }
    put_total(&p, coverage);
    return printer_end(&p);
}
