/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting: evaluations to the mutants of their condition, within a time. */
#include "cli/test/test_mutants_entry.h"

#include <string.h>
#include <time.h>

/* --- time --- */

double mutants_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool mutants_have_time(const struct test_mutants *m)
{
    return m->seconds_at_most <= 0 || m->seconds < m->seconds_at_most;
}

/* --- adding --- */

/* The entries are as many as the expressions; what was outgrown stays in the arena. */
static bool grow(struct test_mutants *m)
{
    size_t room = m->room ? 2 * m->room : 16;
    struct mutants_entry *entries = ddbexpr_arena_alloc(m->arena, room * sizeof *entries);
    if (!entries)
        return false;
    memset(entries, 0, room * sizeof *entries);
    if (m->count)
        memcpy(entries, m->entries, m->count * sizeof *entries);
    m->entries = entries;
    m->room = room;
    return true;
}

static ddbexpr_status find_entry(struct test_mutants *m, const char *scope, const char *label,
                                 const ddbexpr_explanation *e, const ddbexpr_request *request,
                                 struct mutants_entry **ret)
{
    size_t number;
    if (m->count == m->room && !grow(m))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = kept_expressions_find(m->expressions, scope, ddbexpr_explanation_kind(e),
                                                  ddbexpr_explanation_text(e), request, &number);
    if (status != DDBEXPR_OK)
        return status;
    struct mutants_entry *entry = &m->entries[number];
    if (number == m->count)
        m->count++;
    if (!entry->label.ptr && !kept_label(m->arena, label, &entry->label))
        return DDBEXPR_NO_MEMORY;
    *ret = entry;
    return entry->mutants ? DDBEXPR_OK : ddbexpr_mutants_new(e, NULL, &entry->mutants);
}

static ddbexpr_status add(struct test_mutants *m, const char *scope, const char *label, ddbexpr_str test,
                          const ddbexpr_explanation *e, const ddbexpr_request *request, bool pinned)
{
    struct mutants_entry *entry;
    ddbexpr_status status = find_entry(m, scope, label, e, request, &entry);
    if (status == DDBEXPR_OK)
        status = kept_evaluations_add(&entry->kept, m->arena, test, e, request);
    if (status != DDBEXPR_OK)
        return status;
    entry->evaluations++;
    entry->pinned += pinned;
    if (!pinned || !mutants_entry_alive(entry))
        return DDBEXPR_OK;
    if (!mutants_have_time(m)) {
        entry->left_out++;
        return DDBEXPR_OK;
    }
    progress_step(&m->progress, ++m->runs);
    return ddbexpr_mutants_kill(entry->mutants, e, NULL);
}

int test_mutants_condition(struct test_mutants *mutants, const char *scope, const char *label, ddbexpr_str test,
                           const ddbexpr_explanation *explanation, const ddbexpr_request *request, bool pinned)
{
    double began = mutants_clock();
    ddbexpr_status status = add(mutants, scope, label, test, explanation, request, pinned);
    mutants->seconds += mutants_clock() - began;
    return exit_for_status(status);
}

/* --- the whole --- */

size_t mutants_entry_alive(const struct mutants_entry *entry)
{
    return ddbexpr_mutants_count(entry->mutants) - ddbexpr_mutants_killed_count(entry->mutants);
}

struct test_mutants_counts test_mutants_count(const struct test_mutants *m)
{
    struct test_mutants_counts counts = {.conditions = m->count};
    for (size_t i = 0; i < m->count; i++) {
        const struct mutants_entry *entry = &m->entries[i];
        size_t alive = mutants_entry_alive(entry);
        counts.mutants += ddbexpr_mutants_count(entry->mutants);
        counts.killed += ddbexpr_mutants_killed_count(entry->mutants);
        *(entry->left_out ? &counts.undecided : &counts.survived) += alive;
    }
    if (counts.mutants)
        counts.score = 100.0 * (double)counts.killed / (double)counts.mutants;
    return counts;
}

int test_mutants_new(struct session *session, double seconds_at_most, struct test_mutants **ret)
{
    ddbexpr_arena *arena;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    struct test_mutants *m = ddbexpr_arena_alloc(arena, sizeof *m);
    if (!m) {
        ddbexpr_arena_free(arena);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    *m = (struct test_mutants){.session = session, .arena = arena, .seconds_at_most = seconds_at_most};
    if (kept_expressions_new(&m->expressions) != DDBEXPR_OK) {
        test_mutants_free(m);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    progress_begin(&m->progress, "evaluations of mutants");
    *ret = m;
    return EXIT_TRUE;
}

void test_mutants_free(struct test_mutants *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->count; i++)
        ddbexpr_mutants_free(m->entries[i].mutants);
    kept_expressions_free(m->expressions);
    ddbexpr_arena_free(m->arena);
}
