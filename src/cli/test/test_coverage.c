/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting: evaluations to their condition or update, and of each condition a few kept. */
#include "cli/test/test_coverage_entry.h"

#include <string.h>

/* --- finding --- */

/* The entries are as many as the expressions; what was outgrown stays in the arena. */
static bool grow(struct test_coverage *c)
{
    size_t room = c->room ? 2 * c->room : 16;
    struct coverage_entry *entries = ddbexpr_arena_alloc(c->arena, room * sizeof *entries);
    if (!entries)
        return false;
    memset(entries, 0, room * sizeof *entries);
    if (c->count)
        memcpy(entries, c->entries, c->count * sizeof *entries);
    c->entries = entries;
    c->room = room;
    return true;
}

/* The entry of an expression, a new one if need be. */
static ddbexpr_status find_entry(struct test_coverage *c, const char *scope, const char *label, ddbexpr_kind kind,
                                 ddbexpr_str text, const ddbexpr_request *request, struct coverage_entry **ret)
{
    size_t number;
    if (c->count == c->room && !grow(c))
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = kept_expressions_find(c->expressions, scope, kind, text, request, &number);
    if (status != DDBEXPR_OK)
        return status;
    struct coverage_entry *entry = &c->entries[number];
    if (!entry->label.ptr && !kept_label(c->arena, label, &entry->label))
        return DDBEXPR_NO_MEMORY;
    if (number == c->count)
        c->count++;
    *ret = entry;
    return DDBEXPR_OK;
}

/* --- adding --- */

/* Finds a condition; one that is new has no evaluation yet. */
static ddbexpr_status find_condition(struct test_coverage *c, const char *scope, const char *label,
                                     const ddbexpr_explanation *e, const ddbexpr_request *request,
                                     struct coverage_entry **ret)
{
    ddbexpr_status status =
        find_entry(c, scope, label, ddbexpr_explanation_kind(e), ddbexpr_explanation_text(e), request, ret);
    return status == DDBEXPR_OK && !(*ret)->condition ? ddbexpr_coverage_new(e, NULL, &(*ret)->condition) : status;
}

static ddbexpr_status find_update(struct test_coverage *c, const char *scope, const char *label,
                                  const ddbexpr_update_explanation *e, const ddbexpr_request *request,
                                  struct coverage_entry **ret)
{
    ddbexpr_status status =
        find_entry(c, scope, label, DDBEXPR_UPDATE, ddbexpr_update_explanation_text(e), request, ret);
    return status == DDBEXPR_OK && !(*ret)->update ? ddbexpr_update_coverage_new(e, NULL, &(*ret)->update) : status;
}

int test_coverage_condition(struct test_coverage *coverage, const char *scope, const char *label, ddbexpr_str test,
                            const ddbexpr_explanation *explanation, const ddbexpr_request *request)
{
    struct coverage_entry *entry;
    ddbexpr_status status = find_condition(coverage, scope, label, explanation, request, &entry);
    if (status == DDBEXPR_OK)
        status = ddbexpr_coverage_add(entry->condition, explanation);
    if (status == DDBEXPR_OK)
        status = kept_evaluations_add(&entry->kept, coverage->arena, test, explanation, request);
    return exit_for_status(status);
}

int test_coverage_update(struct test_coverage *coverage, const char *scope, const char *label,
                         const ddbexpr_update_explanation *explanation, const ddbexpr_request *request)
{
    struct coverage_entry *entry;
    ddbexpr_status status = find_update(coverage, scope, label, explanation, request, &entry);
    if (status == DDBEXPR_OK)
        status = ddbexpr_update_coverage_add(entry->update, explanation);
    return exit_for_status(status);
}

int test_coverage_declare_condition(struct test_coverage *coverage, const char *scope, const char *label,
                                    const ddbexpr_explanation *explanation, const ddbexpr_request *request)
{
    struct coverage_entry *entry;
    return exit_for_status(find_condition(coverage, scope, label, explanation, request, &entry));
}

int test_coverage_declare_update(struct test_coverage *coverage, const char *scope, const char *label,
                                 const ddbexpr_update_explanation *explanation, const ddbexpr_request *request)
{
    struct coverage_entry *entry;
    return exit_for_status(find_update(coverage, scope, label, explanation, request, &entry));
}

/* --- the whole --- */

uint64_t coverage_entry_runs(const struct coverage_entry *entry)
{
    return entry->condition ? ddbexpr_coverage_total_count(entry->condition)
           : entry->update  ? ddbexpr_update_coverage_total_count(entry->update)
                            : 0;
}

size_t coverage_entry_goals(const struct coverage_entry *entry)
{
    return entry->condition ? ddbexpr_coverage_goal_count(entry->condition)
           : entry->update  ? ddbexpr_update_coverage_goal_count(entry->update)
                            : 0;
}

size_t coverage_entry_reached(const struct coverage_entry *entry)
{
    return entry->condition ? ddbexpr_coverage_reached_count(entry->condition)
           : entry->update  ? ddbexpr_update_coverage_reached_count(entry->update)
                            : 0;
}

size_t test_coverage_goals(const struct test_coverage *c)
{
    size_t goals = 0;
    for (size_t i = 0; i < c->count; i++)
        goals += coverage_entry_goals(&c->entries[i]);
    return goals;
}

size_t test_coverage_reached(const struct test_coverage *c)
{
    size_t reached = 0;
    for (size_t i = 0; i < c->count; i++)
        reached += coverage_entry_reached(&c->entries[i]);
    return reached;
}

double test_coverage_percent(const struct test_coverage *c)
{
    size_t goals = test_coverage_goals(c);
    return goals ? 100.0 * (double)test_coverage_reached(c) / (double)goals : 0;
}

int test_coverage_new(struct session *session, struct test_coverage **ret)
{
    ddbexpr_arena *arena;
    if (ddbexpr_arena_new(NULL, &arena) != DDBEXPR_OK)
        return exit_for_status(DDBEXPR_NO_MEMORY);
    struct test_coverage *c = ddbexpr_arena_alloc(arena, sizeof *c);
    if (!c) {
        ddbexpr_arena_free(arena);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    *c = (struct test_coverage){.session = session, .arena = arena};
    if (kept_expressions_new(&c->expressions) != DDBEXPR_OK) {
        test_coverage_free(c);
        return exit_for_status(DDBEXPR_NO_MEMORY);
    }
    *ret = c;
    return EXIT_TRUE;
}

void test_coverage_free(struct test_coverage *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++) {
        ddbexpr_coverage_free(c->entries[i].condition);
        ddbexpr_update_coverage_free(c->entries[i].update);
    }
    kept_expressions_free(c->expressions);
    ddbexpr_arena_free(c->arena);
}
