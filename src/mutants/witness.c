/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for an item that tells a mutant from its condition. Where a clause decides (src/coverage), it is the clause's
 * own change that shows; so items on which one does are made first, and then what the clause is about is moved to the
 * values where the change matters. Whatever comes of it is evaluated: nothing is worked out. */
#include "coverage/edit.h"
#include "coverage/proposals.h"
#include "mutants/mutants.h"

#include "explain/explain.h"

struct search {
    struct ddbexpr_mutants *m;
    const struct mutant *mutant;
    const struct ddbexpr_program *program;
    const ddbexpr_witness_options *options;
    arena *arena;
    const value *found;
    ddbexpr_status status; /* of whatever was called */
};

static bool try(struct search *s, const value *item)
{
    if (item && (ddbexpr_item_is_faulty(item) || value_item_size(item) > LIMIT_ITEM_BYTES))
        return false;
    s->found = item && item->count ? item : NULL; /* without attributes there is none */
    return mutant_differs(s->m, s->mutant, s->program, item);
}

static bool is_of_key(const struct search *s, const struct document_path *path)
{
    const value *key = s->options ? s->options->key : NULL;
    return key && value_map_get(key, path->steps[0].name, path->steps[0].hash);
}

/* Other values in the place of one operand, which a test suggests. */
static bool try_place(struct search *s, const struct test *test, uint32_t operand, bool want, const value *item)
{
    struct proposals p = {.arena = s->arena};
    if (s->status != DDBEXPR_OK)
        return false;
    propose_for(&p, test, operand, want, item);
    for (size_t i = 0; i < p.count && !p.no_memory; i++) {
        struct arena_mark mark = arena_mark(s->arena);
        const value *edited = NULL;
        p.no_memory = !edit_item(s->arena, item, test->operands[operand].path, p.values[i], &edited);
        if (edited && try(s, edited))
            return true;
        arena_rewind(s->arena, mark);
    }
    if (p.no_memory)
        s->status = DDBEXPR_NO_MEMORY;
    return false;
}

/* Near an item on which the clause decides: with other values of what it is about. */
static bool try_near(struct search *s, const value *item)
{
    static const value nothing = {.type = DDBEXPR_M, .more.box = {.height = 1}};
    if (s->mutant->test == CHANGE_NOTHING)
        return false;
    if (!item)
        item = s->options && s->options->key ? s->options->key : &nothing;
    const struct test *test = &s->program->tests[s->mutant->seen.clause];
    struct test changed = *test;
    if (s->mutant->test == CHANGE_KIND)
        changed.kind = s->mutant->kind;
    for (uint32_t i = 0; i < test->operand_count; i++)
        for (int want = 0; want < 2 && test->operands[i].path && !is_of_key(s, test->operands[i].path); want++)
            if (try_place(s, test, i, want, item) || try_place(s, &changed, i, want, item))
                return true;
    return false;
}

/* Makes an item on which a clause decides, and tries it and what is near. */
static bool try_clause(struct search *s, const value *item, size_t clause, bool outcome)
{
    struct arena_mark mark = arena_mark(s->arena);
    bool found = false;
    const value *decided = NULL;
    s->status = ddbexpr_coverage_witness(s->program, item, clause, outcome, s->options, s->arena, &found, &decided);
    if (found && (try(s, decided) || try_near(s, decided)))
        return true;
    arena_rewind(s->arena, mark);
    return false;
}

/* The clause that the mutant is about, or the first one behind the place that it changes. */
static size_t first_clause(const struct search *s)
{
    const struct skeleton_change *change = &s->mutant->change;
    uint32_t at = change->flipped != NO_TOKEN   ? change->flipped
                  : change->skipped != NO_TOKEN ? change->skipped
                                                : change->first;
    while (s->m->skeleton.joints[at].kind != JOINT_CLAUSE)
        at++;
    return s->m->skeleton.joints[at].clause;
}

static bool find(struct search *s, const value *item)
{
    size_t count = s->m->skeleton.clause_count, first = first_clause(s);
    if (try(s, item))
        return true;
    size_t most = s->mutant->test != CHANGE_NOTHING ? 1 : count < BUDGET_CLAUSES ? count : BUDGET_CLAUSES;
    for (size_t i = 0; i < most; i++)
        for (int outcome = 1; outcome >= 0 && s->status == DDBEXPR_OK; outcome--)
            if (try_clause(s, item, (first + i) % count, outcome))
                return true;
    return false;
}

ddbexpr_status ddbexpr_mutants_witness(ddbexpr_mutants *m, size_t index, const ddbexpr_program *program,
                                       const ddbexpr_value *item, const ddbexpr_witness_options *options,
                                       ddbexpr_arena *a, bool *ret_found, const ddbexpr_value **ret_item)
{
    if (index >= m->count || !mutants_are_of(m, program) || !explain_usable(item, NULL) ||
        (options && (options->size != sizeof *options || !explain_usable(options->key, NULL))))
        return DDBEXPR_MISUSE;
    struct arena_mark mark = arena_mark(a);
    struct search s = {
        .m = m, .mutant = &m->mutants[index], .program = program, .options = options, .arena = a, .status = DDBEXPR_OK};
    bool found = find(&s, item);
    if (!found)
        arena_rewind(a, mark);
    if (s.status != DDBEXPR_OK)
        return s.status;
    *ret_found = found;
    *ret_item = found ? s.found : NULL;
    return DDBEXPR_OK;
}
