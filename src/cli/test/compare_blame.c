/* SPDX-License-Identifier: Apache-2.0 */
/* `because`: are these the clauses that made the condition false? Of several smallest sets of clauses that would turn
 * it any one may be named, not only the one that explanations show. */
#include "cli/test/test_compare.h"

#include <stdio.h>
#include <string.h>

/* --- clauses as texts --- */

/* A clause in the form in which white space and keyword case do not matter. One that cannot be parsed is itself. */
static ddbexpr_str formatted(struct differences *d, ddbexpr_str clause)
{
    const ddbexpr_format_options options = {sizeof options, 0, true};
    ddbexpr_expression *expression;
    ddbexpr_status status = ddbexpr_parse_lenient(DDBEXPR_CONDITION, clause, NULL, NULL, &expression);
    if (status == DDBEXPR_OK) {
        status = ddbexpr_expression_format(expression, &options, d->text);
        ddbexpr_expression_free(expression);
    } else {
        say_text(d, clause);
    }
    d->no_memory |= status == DDBEXPR_NO_MEMORY;
    return said(d);
}

static void put_clauses(struct differences *d, const ddbexpr_str *clauses, size_t count)
{
    say_words(d, count == 1 ? "" : "[");
    for (size_t i = 0; i < count; i++) {
        say_words(d, i ? ", " : "");
        say_quoted(d, clauses[i]);
    }
    say_words(d, count == 1 ? "" : "]");
}

void say_blamed(struct differences *d, const ddbexpr_explanation *condition)
{
    size_t count = ddbexpr_explanation_clause_count(condition), blamed = 0, put = 0;
    for (size_t i = 0; i < count; i++)
        blamed += ddbexpr_explanation_clause_at(condition, i)->blamed;
    say_words(d, blamed == 1 ? "" : "[");
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(condition, i);
        if (!clause->blamed)
            continue;
        say_words(d, put++ ? ", " : "");
        say_quoted(d, clause->text);
    }
    say_words(d, blamed == 1 ? "" : "]");
}

/* --- which are to blame --- */

/* The outcome of the whole if the marked clauses came to the opposite. Branches are in text order with their depth;
 * from the end to the beginning, each depth gathers what its nodes come to until their parent is reached. */
static bool outcome_with(struct differences *d, const ddbexpr_explanation *e, const bool *turned)
{
    size_t count = ddbexpr_explanation_branch_count(e), deepest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t depth = ddbexpr_explanation_branch_at(e, i)->depth;
        deepest = depth > deepest ? depth : deepest;
    }
    bool *all = ddbexpr_arena_alloc(d->arena, (deepest + 2) * sizeof *all);
    bool *any = ddbexpr_arena_alloc(d->arena, (deepest + 2) * sizeof *any);
    if (!all || !any) {
        d->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < deepest + 2; i++) {
        all[i] = true;
        any[i] = false;
    }
    for (size_t i = count; i-- > 0;) {
        const ddbexpr_branch *b = ddbexpr_explanation_branch_at(e, i);
        bool outcome = b->kind == DDBEXPR_BRANCH_CLAUSE ? b->outcome != turned[b->clause]
                       : b->kind == DDBEXPR_BRANCH_NOT  ? !any[b->depth + 1]
                       : b->kind == DDBEXPR_BRANCH_AND  ? all[b->depth + 1]
                                                        : any[b->depth + 1];
        if (b->kind != DDBEXPR_BRANCH_CLAUSE) {
            all[b->depth + 1] = true;
            any[b->depth + 1] = false;
        }
        all[b->depth] = all[b->depth] && outcome;
        any[b->depth] = any[b->depth] || outcome;
    }
    return any[0];
}

/* Marks the clause that a text means: one of those that read so and are not marked yet; one that is blamed first. */
static bool mark(struct differences *d, const ddbexpr_explanation *e, ddbexpr_str wanted, bool *marked)
{
    size_t count = ddbexpr_explanation_clause_count(e), found = count;
    ddbexpr_str text = formatted(d, wanted);
    for (size_t i = count; i-- > 0;) {
        const ddbexpr_clause *clause = ddbexpr_explanation_clause_at(e, i);
        if (marked[i] || !same_text(text, formatted(d, clause->text)))
            continue;
        if (found == count || clause->blamed || !ddbexpr_explanation_clause_at(e, found)->blamed)
            found = i;
    }
    if (found < count)
        marked[found] = true;
    return found < count;
}

/* NULL: they are to blame; else why not. */
static const char *why_not(struct differences *d, const ddbexpr_explanation *e, const struct expected_blame *blame)
{
    size_t count = ddbexpr_explanation_clause_count(e), smallest = 0;
    bool *marked = ddbexpr_arena_alloc(d->arena, (count + 1) * sizeof *marked);
    if (!marked) {
        d->no_memory = true;
        return NULL;
    }
    memset(marked, 0, (count + 1) * sizeof *marked);
    for (size_t i = 0; i < blame->clause_count; i++)
        if (!mark(d, e, blame->clauses[i], marked))
            return "no clause of the condition reads so";
    for (size_t i = 0; i < count; i++)
        smallest += ddbexpr_explanation_clause_at(e, i)->blamed;
    return blame->clause_count == smallest && outcome_with(d, e, marked) ? NULL : "";
}

#define MANY_SETS ", or one of very many other sets as small"

/* Any one of the smallest sets may be named. */
static void say_other_sets(struct differences *d, uint64_t count)
{
    char words[64];
    if (count == 0)
        return;
    if (count == UINT64_MAX)
        snprintf(words, sizeof words, "%s", MANY_SETS); /* UNREACHABLE: it takes 160 clauses, and 150 are allowed */
    else if (count == 1)
        snprintf(words, sizeof words, ", or one other set as small");
    else
        snprintf(words, sizeof words, ", or one of %llu other sets as small", (unsigned long long)count);
    say_words(d, words);
}

static void add_blame(struct differences *d, const struct expected_blame *blame, const char *why,
                      const ddbexpr_explanation *condition)
{
    struct difference *difference = add_difference(d, "because", blame->place, blame->node);
    put_clauses(d, blame->clauses, blame->clause_count);
    if (*why) {
        say_words(d, " (");
        say_words(d, why);
        say_words(d, ")");
    }
    difference->expected = said(d);
    if (condition) {
        say_blamed(d, condition);
        difference->replacement = said(d);
        say_text(d, difference->replacement);
        say_other_sets(d, ddbexpr_explanation_other_blame_sets(condition));
    } else {
        say_words(d, blame->action ? "the condition of this action is not false"
                     : *why        ? "the conditions of several actions are false"
                                   : "no condition is false");
        if (blame->action == 0)
            difference->node = NULL; /* what should stand there instead is not to be guessed */
    }
    difference->actual = said(d);
}

static void compare_blame(struct differences *d, const struct expected_blame *blame,
                          const ddbexpr_request_explanation *e)
{
    size_t count = e ? ddbexpr_request_explanation_action_count(e) : 0, failed = 0;
    const ddbexpr_explanation *condition = NULL;
    for (size_t i = 0; i < count; i++) {
        const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(e, i);
        bool is_meant = blame->action == 0 || blame->action == i + 1;
        if (!is_meant || action->verdict != DDBEXPR_ACTION_CONDITION_FALSE)
            continue;
        failed++;
        condition = action->condition;
    }
    if (failed > 1) {
        add_blame(d, blame, "say of which action, as {1: clause}", NULL);
        return;
    }
    const char *why = condition ? why_not(d, condition, blame) : "";
    if (why)
        add_blame(d, blame, why, condition);
}

static bool is_named(const struct expectation *e, size_t action)
{
    for (size_t i = 0; i < e->blame_count; i++)
        if (e->blames[i].action == 0 || e->blames[i].action == action)
            return true;
    return false;
}

/* Where actions are named all that failed must be. */
static void compare_unnamed(struct differences *d, const struct expectation *e,
                            const ddbexpr_request_explanation *explanation)
{
    for (size_t i = 0; i < ddbexpr_request_explanation_action_count(explanation); i++) {
        const ddbexpr_action_explanation *action = ddbexpr_request_explanation_action_at(explanation, i);
        char number[40];
        if (action->verdict != DDBEXPR_ACTION_CONDITION_FALSE || is_named(e, i + 1))
            continue;
        struct difference *difference = add_difference(d, "because", e->blames[0].place, NULL);
        difference->expected = ddbexpr_cstr("only the actions that are named");
        snprintf(number, sizeof number, "action %zu as well: ", i + 1);
        say_words(d, number);
        say_blamed(d, action->condition);
        difference->actual = said(d);
    }
}

void compare_blames(struct differences *d, const struct test_step *step, const struct answer *a)
{
    for (size_t i = 0; i < step->expect.blame_count; i++)
        compare_blame(d, &step->expect.blames[i], a->explanation);
    if (step->expect.blame_count && a->explanation)
        compare_unnamed(d, &step->expect, a->explanation);
}
