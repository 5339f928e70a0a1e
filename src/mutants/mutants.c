/* SPDX-License-Identifier: Apache-2.0 */
/* Making, evaluating and killing mutants. */
#include "mutants/mutants.h"

#include "explain/explain.h"

const char *ddbexpr_mutation_name(ddbexpr_mutation mutation)
{
    static const char *const names[] = {
        [DDBEXPR_MUTATION_CONSTANT] = "constant",     [DDBEXPR_MUTATION_DROP] = "drop",
        [DDBEXPR_MUTATION_NEGATE] = "negate",         [DDBEXPR_MUTATION_CONNECTIVE] = "connective",
        [DDBEXPR_MUTATION_COMPARATOR] = "comparator", [DDBEXPR_MUTATION_BOUND] = "bound",
        [DDBEXPR_MUTATION_FUNCTION] = "function",     [DDBEXPR_MUTATION_OPERAND] = "operand",
    };
    return names[mutation];
}

/* --- making --- */

static bool make(struct ddbexpr_mutants *m, const struct ddbexpr_program *program)
{
    m->kind = program->kind;
    m->text = arena_copy(m->arena, program->checked->expression->text);
    m->outcomes = ARENA_ARRAY(m->arena, uint64_t, program->test_count);
    return m->text.ptr && m->outcomes && skeleton_read(&m->skeleton, program, m->arena) && mutants_list(m, program) &&
           mutants_drop_same(m, program);
}

ddbexpr_status ddbexpr_mutants_new(const ddbexpr_explanation *first, const ddbexpr_alloc *alloc,
                                   ddbexpr_mutants **ret_mutants)
{
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_mutants *m = ARENA_NEW(a, struct ddbexpr_mutants);
    if (m)
        m->arena = a;
    if (!m || !make(m, first->program)) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *ret_mutants = m;
    return DDBEXPR_OK;
}

void ddbexpr_mutants_free(ddbexpr_mutants *m)
{
    if (m)
        ddbexpr_arena_free(m->arena);
}

/* --- evaluating --- */

/* A text has one tree only, whatever its placeholders stand for. */
bool mutants_are_of(const struct ddbexpr_mutants *m, const struct ddbexpr_program *program)
{
    return m->kind == program->kind && str_equal(m->text, program->checked->expression->text);
}

static uint64_t spread(bool outcome) { return outcome ? UINT64_MAX : 0; }

/* The outcome of a mutant for the outcomes at hand; `original` is that of the condition. */
static bool outcome_of(const struct ddbexpr_mutants *m, const struct mutant *mutant,
                       const struct ddbexpr_program *program, const value *item, bool original)
{
    struct skeleton_change change = mutant->change;
    if (mutant->test != CHANGE_NOTHING) {
        bool before = m->outcomes[mutant->seen.clause] != 0;
        bool after = mutant_test_holds(mutant, &program->tests[mutant->seen.clause], item, before);
        if (after == before)
            return original;
        change.forced = spread(after);
    }
    return skeleton_fold(&m->skeleton, &change, m->outcomes) != 0;
}

bool mutant_differs(struct ddbexpr_mutants *m, const struct mutant *mutant, const struct ddbexpr_program *program,
                    const value *item)
{
    for (uint32_t i = 0; i < program->test_count; i++)
        m->outcomes[i] = spread(test_holds(&program->tests[i], item));
    bool original = program_matches(program, item);
    return outcome_of(m, mutant, program, item, original) != original;
}

ddbexpr_status ddbexpr_mutants_evaluate(ddbexpr_mutants *m, size_t index, const ddbexpr_program *program,
                                        const ddbexpr_value *item, bool *ret_matched)
{
    if (index >= m->count || !mutants_are_of(m, program) || !explain_usable(item, NULL))
        return DDBEXPR_MISUSE;
    *ret_matched = program_matches(program, item) != mutant_differs(m, &m->mutants[index], program, item);
    return DDBEXPR_OK;
}

ddbexpr_status ddbexpr_mutants_kill(ddbexpr_mutants *m, const ddbexpr_explanation *e, size_t *ret_killed)
{
    if (!mutants_are_of(m, e->program))
        return DDBEXPR_MISUSE;
    for (size_t i = 0; i < e->clause_count; i++)
        m->outcomes[i] = spread(e->clauses[i].outcome);
    uint32_t before = m->killed;
    for (uint32_t i = 0; i < m->count; i++) {
        struct mutant *mutant = &m->mutants[i];
        if (mutant->seen.killed || outcome_of(m, mutant, e->program, e->item, e->matched) == e->matched)
            continue;
        mutant->seen.killed = true;
        m->killed++;
    }
    if (ret_killed)
        *ret_killed = m->killed - before;
    return DDBEXPR_OK;
}

/* --- reading --- */

ddbexpr_kind ddbexpr_mutants_kind(const ddbexpr_mutants *m) { return m->kind; }
ddbexpr_str ddbexpr_mutants_text(const ddbexpr_mutants *m) { return m->text; }
size_t ddbexpr_mutants_count(const ddbexpr_mutants *m) { return m->count; }
size_t ddbexpr_mutants_killed_count(const ddbexpr_mutants *m) { return m->killed; }

const ddbexpr_mutant *ddbexpr_mutants_at(const ddbexpr_mutants *m, size_t index)
{
    return index < m->count ? &m->mutants[index].seen : NULL;
}

ddbexpr_status ddbexpr_mutants_write(const ddbexpr_mutants *m, size_t index, ddbexpr_buffer *out)
{
    if (index >= m->count)
        return DDBEXPR_MISUSE;
    const ddbexpr_mutant *mutant = &m->mutants[index].seen;
    if (!mutant->has_text)
        return DDBEXPR_OK;
    buffer_put(out, str_of(m->text.ptr, mutant->replaced.start));
    buffer_put(out, mutant->replacement);
    buffer_put(out, str_of(m->text.ptr + mutant->replaced.end, m->text.len - mutant->replaced.end));
    return buffer_status(out);
}
