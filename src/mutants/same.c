/* SPDX-License-Identifier: Apache-2.0 */
/* Mutants that are the same as the condition or as another mutant, whatever its clauses come to: told by the table of
 * all outcomes. Two clauses that say the same have one outcome. Must not know what a mutant means. */
#include "mutants/mutants.h"

bool operand_same(const struct operand *a, const struct operand *b)
{
    if (a->kind != b->kind)
        return false;
    return a->path ? path_equal(a->path, b->path) : a->constant == b->constant;
}

static bool test_same(const struct test *a, const struct test *b)
{
    if (a->kind != b->kind || a->operand_count != b->operand_count)
        return false;
    for (uint32_t i = 0; i < a->operand_count; i++)
        if (!operand_same(&a->operands[i], &b->operands[i]))
            return false;
    return true;
}

/* Numbers the different clauses. Gives how many there are, or more than LIMIT_SAME_CLAUSES. */
static uint32_t number_clauses(const struct ddbexpr_program *program, uint32_t *numbers)
{
    uint32_t firsts[LIMIT_SAME_CLAUSES], count = 0;
    for (uint32_t i = 0; i < program->test_count; i++) {
        uint32_t number = 0;
        while (number < count && !test_same(&program->tests[firsts[number]], &program->tests[i]))
            number++;
        if (number == LIMIT_SAME_CLAUSES)
            return LIMIT_SAME_CLAUSES + 1;
        if (number == count)
            firsts[count++] = i;
        numbers[i] = number;
    }
    return count;
}

/* The outcome of one clause in 64 rows. */
static uint64_t column(uint32_t number, uint32_t word)
{
    static const uint64_t patterns[] = {0xaaaaaaaaaaaaaaaau, 0xccccccccccccccccu, 0xf0f0f0f0f0f0f0f0u,
                                        0xff00ff00ff00ff00u, 0xffff0000ffff0000u, 0xffffffff00000000u};
    return number < 6 ? patterns[number] : word >> (number - 6) & 1 ? UINT64_MAX : 0;
}

struct table {
    struct ddbexpr_mutants *m;
    const uint32_t *numbers; /* by clause */
    uint32_t words;
};

/* The rows of a mutant, NULL: of the condition. */
static void fill(const struct table *t, const struct mutant *mutant, uint64_t *rows)
{
    for (uint32_t word = 0; word < t->words; word++) {
        struct skeleton_change change = mutant ? mutant->change : SKELETON_UNCHANGED;
        for (uint32_t i = 0; i < t->m->skeleton.clause_count; i++)
            t->m->outcomes[i] = column(t->numbers[i], word);
        if (mutant && mutant->test == CHANGE_OUTCOME)
            change.forced = ~t->m->outcomes[mutant->seen.clause];
        rows[word] = skeleton_fold(&t->m->skeleton, &change, t->m->outcomes);
    }
}

static bool is_among(const uint64_t *tables, uint32_t count, const uint64_t *rows, uint32_t words)
{
    for (uint32_t i = 0; i < count; i++)
        if (memcmp(tables + (size_t)i * words, rows, words * sizeof *rows) == 0)
            return true;
    return false;
}

bool mutants_drop_same(struct ddbexpr_mutants *m, const struct ddbexpr_program *program)
{
    uint32_t *numbers = ARENA_ARRAY(m->arena, uint32_t, program->test_count);
    if (!numbers)
        return false;
    uint32_t clauses = number_clauses(program, numbers);
    if (clauses > LIMIT_SAME_CLAUSES)
        return true;
    struct table t = {.m = m, .numbers = numbers, .words = clauses <= 6 ? 1 : 1u << (clauses - 6)};
    uint64_t *tables = ARENA_ARRAY(m->arena, uint64_t, (size_t)(m->count + 1) * t.words);
    if (!tables)
        return false;
    fill(&t, NULL, tables);
    uint32_t told = 1, kept = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        const struct mutant *mutant = &m->mutants[i];
        if (mutant->test == CHANGE_NOTHING || mutant->test == CHANGE_OUTCOME) {
            uint64_t *rows = tables + (size_t)told * t.words;
            fill(&t, mutant, rows);
            if (is_among(tables, told, rows, t.words))
                continue;
            told++;
        }
        m->mutants[kept++] = *mutant;
    }
    m->count = kept;
    return true;
}
