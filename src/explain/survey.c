/* SPDX-License-Identifier: Apache-2.0 */
/* Counting the blame of many items: one entry for each set of clauses that was ever to blame, found by its bits. There
 * are at most as many sets as items, and as clauses have subsets; the memory of one is linear in the clauses. */
#include "explain/blame.h"

#include <ddbexpr/survey.h>

struct set {
    ddbexpr_survey_set seen;
    const uint64_t *bits; /* one a clause */
};

struct ddbexpr_survey {
    arena *arena; /* owns all */
    const struct ddbexpr_program *program;
    uint64_t total, matched;
    struct blame blame;
    bool *outcomes, *blamed; /* by clause, of the item that is being added */
    uint64_t *bits;          /* those blamed */
    size_t word_count;       /* of any set's bits */
    struct set *sets;
    size_t set_count, set_room;
    size_t *slots; /* 2 * set_room, a power of two: numbers of sets from 1, in the next free slot after their hash */
};

/* --- finding --- */

static uint64_t hash_bits(const uint64_t *bits, size_t count)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ bits[i]) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
    return hash;
}

/* The slot of the set with these bits, or the free one where it belongs. At least half of the slots are free. */
static size_t find_slot(const struct ddbexpr_survey *s, const uint64_t *bits)
{
    size_t mask = 2 * s->set_room - 1;
    size_t at = (size_t)hash_bits(bits, s->word_count) & mask;
    while (s->slots[at] && memcmp(s->sets[s->slots[at] - 1].bits, bits, s->word_count * sizeof *bits) != 0)
        at = (at + 1) & mask;
    return at;
}

/* Twice the room. What was outgrown stays in the arena: together less than what is in use. */
static bool grow(struct ddbexpr_survey *s)
{
    size_t room = s->set_room ? 2 * s->set_room : 8;
    struct set *sets = ARENA_ARRAY(s->arena, struct set, room);
    size_t *slots = ARENA_ARRAY(s->arena, size_t, 2 * room);
    if (!sets || !slots)
        return false;
    if (s->set_count)
        memcpy(sets, s->sets, s->set_count * sizeof *sets);
    s->sets = sets;
    s->set_room = room;
    s->slots = slots;
    for (size_t i = 0; i < s->set_count; i++)
        slots[find_slot(s, sets[i].bits)] = i + 1;
    return true;
}

/* --- adding --- */

/* A set of the clauses that are `blamed` now, with no items. */
static bool make_set(const struct ddbexpr_survey *s, struct set *ret)
{
    size_t count = 0;
    for (uint32_t i = 0; i < s->program->test_count; i++)
        count += s->blamed[i];
    size_t *clauses = ARENA_ARRAY(s->arena, size_t, count);
    bool *outcomes = ARENA_ARRAY(s->arena, bool, count);
    uint64_t *bits = ARENA_ARRAY(s->arena, uint64_t, s->word_count);
    if (!clauses || !outcomes || !bits)
        return false;
    count = 0;
    for (uint32_t i = 0; i < s->program->test_count; i++)
        if (s->blamed[i]) {
            clauses[count] = i;
            outcomes[count++] = s->outcomes[i];
        }
    memcpy(bits, s->bits, s->word_count * sizeof *bits);
    *ret = (struct set){.seen = {.clauses = clauses, .outcomes = outcomes, .clause_count = count}, .bits = bits};
    return true;
}

static bool add_set(struct ddbexpr_survey *s)
{
    struct arena_mark mark = arena_mark(s->arena);
    struct set set;
    if (!make_set(s, &set) || (s->set_count == s->set_room && !grow(s))) {
        arena_rewind(s->arena, mark); /* so that trying again and again takes no more */
        return false;
    }
    s->sets[s->set_count++] = set;
    s->slots[find_slot(s, set.bits)] = s->set_count;
    return true;
}

/* The blame for an item of which the condition is false, as bits. */
static void find_bits(struct ddbexpr_survey *s, const value *item)
{
    uint32_t count = s->program->test_count;
    for (uint32_t i = 0; i < count; i++)
        s->outcomes[i] = test_holds(&s->program->tests[i], item);
    blame_find(&s->blame, s->outcomes, s->blamed);
    memset(s->bits, 0, s->word_count * sizeof *s->bits);
    for (uint32_t i = 0; i < count; i++)
        s->bits[i / 64] |= (uint64_t)s->blamed[i] << i % 64;
}

ddbexpr_status ddbexpr_survey_add(ddbexpr_survey *s, const ddbexpr_value *item, size_t *ret_set)
{
    bool matched;
    ddbexpr_status status = ddbexpr_evaluate(s->program, item, &matched);
    if (status != DDBEXPR_OK)
        return status;
    size_t number = SIZE_MAX;
    if (!matched) {
        find_bits(s, item);
        if (!s->slots[find_slot(s, s->bits)] && !add_set(s))
            return DDBEXPR_NO_MEMORY;
        number = s->slots[find_slot(s, s->bits)] - 1;
        s->sets[number].seen.count++;
    }
    s->matched += matched;
    s->total++;
    if (ret_set)
        *ret_set = number;
    return DDBEXPR_OK;
}

/* --- adding up --- */

/* The number of the set with the bits and clauses of another survey's; with no items if it was not there. */
static bool find_or_add(struct ddbexpr_survey *s, const struct set *other, size_t *ret)
{
    if (!s->slots[find_slot(s, other->bits)]) {
        memset(s->blamed, 0, s->program->test_count * sizeof *s->blamed);
        for (size_t i = 0; i < other->seen.clause_count; i++) {
            s->blamed[other->seen.clauses[i]] = true;
            s->outcomes[other->seen.clauses[i]] = other->seen.outcomes[i];
        }
        memcpy(s->bits, other->bits, s->word_count * sizeof *s->bits);
        if (!add_set(s))
            return false;
    }
    *ret = s->slots[find_slot(s, other->bits)] - 1;
    return true;
}

/* Drops the sets from number `count` on. */
static void drop_sets(struct ddbexpr_survey *s, size_t count)
{
    s->set_count = count;
    memset(s->slots, 0, 2 * s->set_room * sizeof *s->slots);
    for (size_t i = 0; i < count; i++)
        s->slots[find_slot(s, s->sets[i].bits)] = i + 1;
}

ddbexpr_status ddbexpr_survey_merge(ddbexpr_survey *s, const ddbexpr_survey *from, size_t *ret_sets)
{
    size_t before = s->set_count, number;
    if (s->program != from->program)
        return DDBEXPR_MISUSE;
    for (size_t i = 0; i < from->set_count; i++)
        if (!find_or_add(s, &from->sets[i], &number)) {
            drop_sets(s, before);
            return DDBEXPR_NO_MEMORY;
        }
    for (size_t i = 0; i < from->set_count; i++) {
        number = s->slots[find_slot(s, from->sets[i].bits)] - 1;
        s->sets[number].seen.count += from->sets[i].seen.count;
        if (ret_sets)
            ret_sets[i] = number;
    }
    s->matched += from->matched;
    s->total += from->total;
    return DDBEXPR_OK;
}

/* --- making and reading --- */

ddbexpr_status ddbexpr_survey_new(const ddbexpr_program *program, const ddbexpr_alloc *alloc,
                                  ddbexpr_survey **ret_survey)
{
    if (!program->tests)
        return DDBEXPR_MISUSE;
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    struct ddbexpr_survey *s = ARENA_NEW(a, struct ddbexpr_survey);
    if (s) {
        s->arena = a;
        s->program = program;
        s->outcomes = ARENA_ARRAY(a, bool, program->test_count);
        s->blamed = ARENA_ARRAY(a, bool, program->test_count);
        s->word_count = (program->test_count + 63) / 64;
        s->bits = ARENA_ARRAY(a, uint64_t, s->word_count);
    }
    if (!s || !s->outcomes || !s->blamed || !s->bits || !blame_init(&s->blame, program, a) || !grow(s)) {
        ddbexpr_arena_free(a);
        return DDBEXPR_NO_MEMORY;
    }
    *ret_survey = s;
    return DDBEXPR_OK;
}

void ddbexpr_survey_free(ddbexpr_survey *s)
{
    if (s)
        ddbexpr_arena_free(s->arena);
}

uint64_t ddbexpr_survey_total_count(const ddbexpr_survey *s) { return s->total; }
uint64_t ddbexpr_survey_matched_count(const ddbexpr_survey *s) { return s->matched; }
size_t ddbexpr_survey_set_count(const ddbexpr_survey *s) { return s->set_count; }

ddbexpr_survey_set ddbexpr_survey_set_at(const ddbexpr_survey *s, size_t index)
{
    return index < s->set_count ? s->sets[index].seen : (ddbexpr_survey_set){0};
}

size_t ddbexpr_survey_clause_count(const ddbexpr_survey *s) { return s->program->test_count; }

ddbexpr_str ddbexpr_survey_clause_text(const ddbexpr_survey *s, size_t clause)
{
    if (clause >= s->program->test_count)
        return STR("");
    return str_slice(s->program->checked->expression->text, s->program->tests[clause].node->span);
}
