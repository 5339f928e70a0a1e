/* SPDX-License-Identifier: Apache-2.0 */
/* What a clause compares an operand with, and what lies beside it: boundaries first, since these are what tests should
 * be about. What a value must be is not worked out here: the program's own test says so of each proposal. */
#include "coverage/proposals.h"

/* Everything near a value, after what is likeliest. */
static void propose_around(struct proposals *p, const value *v)
{
    propose(p, v);
    propose_other(p, v);
    propose_above(p, v);
    propose_below(p, v);
    propose_halves(p, v);
}

/* What would turn a comparison, by as little as can be. */
static void propose_likeliest(struct proposals *p, enum test_kind kind, bool want, const value *other)
{
    bool wants_equal = kind == TEST_EQ || kind == TEST_LE || kind == TEST_GE ? want : !want;
    if (wants_equal)
        propose(p, other);
    else if (kind == TEST_EQ || kind == TEST_NE)
        propose_other(p, other);
    else if (kind == TEST_LT || kind == TEST_GE)
        propose_below(p, other);
    else
        propose_above(p, other);
}

static void propose_compared(struct proposals *p, enum test_kind kind, bool want, const value *other)
{
    propose_likeliest(p, kind, want, other);
    propose_around(p, other);
    propose_other_types(p, (ddbexpr_type)other->type);
}

static void propose_between(struct proposals *p, bool want, const value *lower, const value *upper)
{
    if (want) {
        propose(p, lower);
        propose(p, upper);
    } else {
        propose_above(p, upper);
        propose_below(p, lower);
    }
    propose_around(p, lower);
    propose_around(p, upper);
    propose_other_types(p, (ddbexpr_type)lower->type);
}

/* The subject of an IN: one of the list, or beside each of them. */
static void propose_listed(struct proposals *p, const struct test *test, bool want, const value *item)
{
    value scratch;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 1; i < test->operand_count; i++) {
            const value *listed = operand_value(&test->operands[i], item, &scratch);
            value *kept = listed ? ARENA_NEW(p->arena, value) : NULL;
            if (!listed)
                continue;
            if (!kept) {
                p->no_memory = true;
                return;
            }
            *kept = *listed;
            if ((round == 0) == want)
                propose(p, kept);
            else
                propose_other(p, kept);
        }
}

static void propose_prefixed(struct proposals *p, bool want, const value *prefix)
{
    if (want) {
        propose(p, prefix);
        propose_above(p, prefix);
    } else {
        propose_below(p, prefix);
        propose_other_types(p, (ddbexpr_type)prefix->type);
    }
}

static void propose_typed(struct proposals *p, bool want, const value *name)
{
    for (unsigned type = 0; type < DDBEXPR_TYPE_COUNT; type++) {
        str own = ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type));
        if (str_equal(own, value_bytes(name)) == want)
            propose_type(p, (ddbexpr_type)type);
    }
}

/* The other way round: what a container has in it. */
static void propose_part(struct proposals *p, const value *whole)
{
    if (whole->type == DDBEXPR_L || value_is_set(whole))
        for (uint32_t i = 0; i < whole->count; i++)
            propose_around(p, &whole->at.elements[i]);
    else
        propose_around(p, whole);
}

/* With what the other operands are; those that are missing propose nothing. */
static void propose_against(struct proposals *p, const struct test *test, uint32_t operand, bool want,
                            const value *const *others, const value *stored)
{
    const value *first = others[0], *second = others[1], *third = others[2];
    if (operand > 0 && test->kind >= TEST_BETWEEN) {
        if (first && test->kind == TEST_CONTAINS)
            propose_part(p, first);
        else if (first)
            propose_around(p, first);
        return;
    }
    if (test->kind <= TEST_GE) {
        const value *other = operand ? first : second;
        if (other)
            propose_compared(p, operand ? test_mirrored(test->kind) : test->kind, want, other);
    } else if (test->kind == TEST_BETWEEN && second && third) {
        propose_between(p, want, second, third);
    } else if (test->kind == TEST_TYPE) {
        propose_typed(p, want, second);
    } else if (test->kind == TEST_BEGINS_WITH && second) {
        propose_prefixed(p, want, second);
    } else if (test->kind == TEST_CONTAINS && second && want) {
        propose_with(p, stored, second);
    } else if (test->kind == TEST_CONTAINS && second) {
        propose_without(p, stored, second);
    } else if (test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS) {
        for (unsigned type = 0; type < DDBEXPR_TYPE_COUNT; type++)
            propose_type(p, (ddbexpr_type)type);
    }
}

static void propose_values(struct proposals *p, const struct test *test, uint32_t operand, bool want, const value *item,
                           const value *stored)
{
    bool is_list = test->kind == TEST_IN;
    uint32_t count = is_list ? 1 : test->operand_count;
    value *scratch = ARENA_ARRAY(p->arena, value, 3);
    const value *others[3] = {NULL, NULL, NULL};
    if (!scratch) {
        p->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) /* at most 3 */
        others[i] = i == operand ? NULL : operand_value(&test->operands[i], item, &scratch[i]);
    if (is_list && operand == 0)
        propose_listed(p, test, want, item);
    else
        propose_against(p, test, operand, want, others, stored);
}

/* Values whose size is one of the numbers proposed. */
static void propose_sizes(struct proposals *p, const struct proposals *numbers, const value *stored)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->values[i])
            propose_sized(p, stored, numbers->values[i]);
    propose_type(p, DDBEXPR_N);
}

void propose_for(struct proposals *p, const struct test *test, uint32_t operand, bool want, const value *item)
{
    const struct operand *o = &test->operands[operand];
    const value *stored = path_find(o->path, item);
    bool wants_nothing = (test->kind == TEST_EXISTS && !want) || (test->kind == TEST_NOT_EXISTS && want);
    if (wants_nothing)
        propose(p, NULL);
    if (o->kind == OPERAND_SIZE_OF_PATH) {
        struct proposals numbers = {.arena = p->arena};
        propose_values(&numbers, test, operand, want, item, stored);
        propose_sizes(p, &numbers, stored);
        p->no_memory |= numbers.no_memory;
    } else {
        propose_values(p, test, operand, want, item, stored);
    }
    propose(p, NULL);
}
