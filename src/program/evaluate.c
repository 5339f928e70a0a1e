/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluating conditions: a loop over tests. Allocates nothing, recurses only into values (bounded by their height).
 * Missing attributes: `<>` and attribute_not_exists are true, all else is false (aws; ruling 6). */
#define _GNU_SOURCE 1 /* memmem: linear, where a search of our own would be quadratic or long */
#include "program/program.h"

#include "value/set.h"

const value *operand_value(const struct operand *o, const value *item, value *scratch)
{
    const value *measured = NULL;
    switch (o->kind) {
    case OPERAND_CONSTANT:
        return o->constant;
    case OPERAND_PATH:
        return path_find(o->path, item);
    case OPERAND_SIZE_OF_CONSTANT:
        measured = o->constant;
        break;
    case OPERAND_SIZE_OF_PATH:
        measured = path_find(o->path, item);
        break;
    }
    uint64_t size;
    if (!measured || !value_function_size(measured, &size))
        return NULL;
    struct number number = number_of(size);
    *scratch = value_of_number(&number);
    return scratch;
}

static bool ordered(enum test_kind kind, const value *a, const value *b)
{
    int order;
    if (!ddbexpr_value_compare(a, b, &order))
        return false;
    switch (kind) {
    case TEST_LT:
        return order < 0;
    case TEST_LE:
        return order <= 0;
    case TEST_GT:
        return order > 0;
    case TEST_GE:
        return order >= 0;
    case TEST_EQ:
    case TEST_NE:
    case TEST_BETWEEN:
    case TEST_IN:
    case TEST_EXISTS:
    case TEST_NOT_EXISTS:
    case TEST_TYPE:
    case TEST_BEGINS_WITH:
    case TEST_CONTAINS:
        break;
    }
    return false;
}

static bool in_list(const struct test *test, const value *first, const value *item)
{
    value scratch;
    for (uint32_t i = 1; i < test->operand_count; i++) {
        const value *v = operand_value(&test->operands[i], item, &scratch);
        if (v && ddbexpr_value_equal(first, v))
            return true;
    }
    return false;
}

static bool begins_with(const value *v, const value *prefix)
{
    return v->type == prefix->type && (v->type == DDBEXPR_S || v->type == DDBEXPR_B) && v->count >= prefix->count &&
           memcmp(v->at.bytes ? v->at.bytes : "", prefix->at.bytes ? prefix->at.bytes : "", prefix->count) == 0;
}

/* A substring, part of a binary, member of a set, or element of a list; of other types nothing (spec:
 * alternator-suite 6). */
static bool contains(const value *v, const value *part)
{
    if (v->type == DDBEXPR_S || v->type == DDBEXPR_B)
        return v->type == part->type &&
               (part->count == 0 ||
                (v->count >= part->count && memmem(v->at.bytes, v->count, part->at.bytes, part->count)));
    if (value_is_set(v))
        return value_set_has(v, part);
    if (v->type != DDBEXPR_L)
        return false;
    for (uint32_t i = 0; i < v->count; i++)
        if (ddbexpr_value_equal(&v->at.elements[i], part))
            return true;
    return false;
}

static bool has_type_named(const value *v, const value *name)
{
    return str_equal(ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)v->type)), value_bytes(name));
}

/* size() of what has none is not a missing attribute: every comparison with it is false, `<>` too (claimed; spec:
 * conformance-suite 8, alternator-suite 6). */
static bool is_size(const struct operand *o)
{
    return o->kind == OPERAND_SIZE_OF_CONSTANT || o->kind == OPERAND_SIZE_OF_PATH;
}

bool test_holds(const struct test *test, const value *item)
{
    value scratch[3];
    const value *a = operand_value(&test->operands[0], item, &scratch[0]);
    if (test->kind == TEST_EXISTS)
        return a != NULL;
    if (test->kind == TEST_NOT_EXISTS)
        return a == NULL;
    if (test->kind == TEST_IN)
        return a && in_list(test, a, item);
    const value *b = operand_value(&test->operands[1], item, &scratch[1]);
    if (!a || !b)
        return test->kind == TEST_NE && (a || !is_size(&test->operands[0])) && (b || !is_size(&test->operands[1]));
    switch (test->kind) {
    case TEST_EQ:
        return ddbexpr_value_equal(a, b);
    case TEST_NE:
        return !ddbexpr_value_equal(a, b);
    case TEST_LT:
    case TEST_LE:
    case TEST_GT:
    case TEST_GE:
        return ordered(test->kind, a, b);
    case TEST_BETWEEN: {
        const value *upper = operand_value(&test->operands[2], item, &scratch[2]);
        return upper && ordered(TEST_GE, a, b) && ordered(TEST_LE, a, upper);
    }
    case TEST_TYPE:
        return has_type_named(a, b);
    case TEST_BEGINS_WITH:
        return begins_with(a, b);
    case TEST_CONTAINS:
        return contains(a, b);
    case TEST_IN:
    case TEST_EXISTS:
    case TEST_NOT_EXISTS:
        break;
    }
    return false;
}

bool program_matches(const struct ddbexpr_program *program, const value *item)
{
    int32_t at = 0;
    while (at >= 0) {
        const struct test *test = &program->tests[at];
        at = test_holds(test, item) ? test->on_true : test->on_false;
    }
    return at == GO_TRUE;
}

static bool usable(const ddbexpr_value *item)
{
    return !item || (item->type == DDBEXPR_M && !(item->flags & VALUE_FAULTY));
}

ddbexpr_status ddbexpr_evaluate(const ddbexpr_program *program, const ddbexpr_value *item, bool *ret_matched)
{
    if (!program->tests || !usable(item))
        return DDBEXPR_MISUSE;
    *ret_matched = program_matches(program, item);
    return DDBEXPR_OK;
}
