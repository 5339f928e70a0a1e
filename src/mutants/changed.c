/* SPDX-License-Identifier: Apache-2.0 */
/* Running the test of a clause with one change. It is no second evaluator: a changed test is a test of the program's
 * kind, with some of its operands. */
#include "mutants/mutants.h"

static bool holds(enum test_kind kind, const struct operand *a, const struct operand *b, const value *item)
{
    const struct operand operands[] = {*a, *b};
    const struct test test = {.kind = kind, .operand_count = 2, .operands = operands};
    return test_holds(&test, item);
}

/* With the neighbour of an operand's number in its place. What is no number, or has no neighbour, stays. */
static bool holds_beside(const struct mutant *mutant, const struct test *test, const value *item, bool outcome)
{
    value scratch;
    const value *v = operand_value(&test->operands[mutant->operand], item, &scratch);
    if (!v || v->type != DDBEXPR_N)
        return outcome;
    struct number number = value_number(v), beside;
    if (!number_beside(&number, mutant->above, &beside))
        return outcome;
    const value moved = value_of_number(&beside);
    struct operand operands[3];
    memcpy(operands, test->operands, test->operand_count * sizeof *operands);
    operands[mutant->operand] = (struct operand){.kind = OPERAND_CONSTANT, .constant = &moved};
    struct test changed = *test;
    changed.operands = operands;
    return test_holds(&changed, item);
}

/* The two comparisons that BETWEEN is, one of them strict or left out. */
static bool holds_between(const struct mutant *mutant, const struct test *test, const value *item)
{
    const struct operand *o = test->operands;
    bool lower = mutant->operand == 1, unbound = mutant->test == CHANGE_UNBOUND;
    return ((unbound && lower) || holds(lower ? TEST_GT : TEST_GE, &o[0], &o[1], item)) &&
           ((unbound && !lower) || holds(lower ? TEST_LE : TEST_LT, &o[0], &o[2], item));
}

/* IN without an operand: it can only make a difference if that is the one that was found. */
static bool holds_without(const struct mutant *mutant, const struct test *test, const value *item, bool outcome)
{
    const struct operand *o = test->operands;
    if (!outcome || !holds(TEST_IN, &o[0], &o[mutant->operand], item))
        return outcome;
    for (uint32_t i = 1; i < test->operand_count; i++)
        if (i != mutant->operand && holds(TEST_IN, &o[0], &o[i], item))
            return true;
    return false;
}

bool mutant_test_holds(const struct mutant *mutant, const struct test *test, const value *item, bool outcome)
{
    struct test changed = *test;
    switch (mutant->test) { /* UNREACHABLE: another change */
    case CHANGE_NOTHING:    /* has no test to run */
    case CHANGE_OUTCOME:
        break;
    case CHANGE_KIND:
        changed.kind = mutant->kind;
        return test_holds(&changed, item);
    case CHANGE_BESIDE:
        return holds_beside(mutant, test, item, outcome);
    case CHANGE_EXCLUDE:
    case CHANGE_UNBOUND:
        return holds_between(mutant, test, item);
    case CHANGE_WITHOUT:
        return holds_without(mutant, test, item, outcome);
    }
    return !outcome;
}
