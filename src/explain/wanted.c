/* SPDX-License-Identifier: Apache-2.0 */
/* What would have to be different for a blamed clause to turn, in one sentence: "`version` would have to be N 4, or
 * `:v` N 5". */
#include "explain/explain.h"

#include "value/print.h"

/* The same comparison seen from its other side. */
static enum test_kind mirrored(enum test_kind kind)
{
    switch (kind) {
    case TEST_LT:
        return TEST_GT;
    case TEST_LE:
        return TEST_GE;
    case TEST_GT:
        return TEST_LT;
    case TEST_GE:
        return TEST_LE;
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
    return kind;
}

/* What must be so for the test to be true, after "`a` would have to ". */
static str phrase_of(enum test_kind kind)
{
    static const char *const phrases[] = {
        [TEST_EQ] = "be ",
        [TEST_NE] = "be anything but ",
        [TEST_LT] = "be less than ",
        [TEST_LE] = "be at most ",
        [TEST_GT] = "be greater than ",
        [TEST_GE] = "be at least ",
        [TEST_BETWEEN] = "be from ",
        [TEST_IN] = "be one of ",
        [TEST_EXISTS] = "exist",
        [TEST_NOT_EXISTS] = "be missing",
        [TEST_TYPE] = "be of type ",
        [TEST_BEGINS_WITH] = "begin with ",
        [TEST_CONTAINS] = "contain ",
    };
    return ddbexpr_cstr(phrases[kind]);
}

/* The same for it to be false. Only what has no opposite of its own is put as a negation. */
static str negated_phrase_of(enum test_kind kind)
{
    static const char *const phrases[] = {
        [TEST_EQ] = "be anything but ",
        [TEST_NE] = "be ",
        [TEST_LT] = "be not less than ",
        [TEST_LE] = "be not at most ",
        [TEST_GT] = "be not greater than ",
        [TEST_GE] = "be not at least ",
        [TEST_BETWEEN] = "be not from ",
        [TEST_IN] = "be none of ",
        [TEST_EXISTS] = "be missing",
        [TEST_NOT_EXISTS] = "exist",
        [TEST_TYPE] = "be of another type than ",
        [TEST_BEGINS_WITH] = "not begin with ",
        [TEST_CONTAINS] = "not contain ",
    };
    return ddbexpr_cstr(phrases[kind]);
}

static void put_value(const ddbexpr_operand *o, buffer *out)
{
    if (o->value)
        value_print(o->value, VALUE_WIDTH, out);
    else
        put_quoted(out, o->text);
}

#define MOST_LISTED 6

static void put_list(const ddbexpr_clause *clause, buffer *out)
{
    for (size_t i = 1; i < clause->operand_count; i++) {
        if (i > 1)
            buffer_text_literal(out, ", ");
        if (i > MOST_LISTED) {
            buffer_unsigned(out, clause->operand_count - i);
            buffer_text_literal(out, " more");
            return;
        }
        put_value(&clause->operands[i], out);
    }
}

/* The type that attribute_type asks for is the content of its operand. */
static void put_objects(enum test_kind kind, const ddbexpr_clause *clause, const ddbexpr_operand *other, buffer *out)
{
    if (kind == TEST_IN) {
        put_list(clause, out);
    } else if (kind == TEST_BETWEEN) {
        put_value(other, out);
        buffer_text_literal(out, " to ");
        put_value(&clause->operands[2], out);
    } else if (kind == TEST_TYPE && other->value && other->value->type == DDBEXPR_S) {
        buffer_put(out, value_bytes(other->value));
    } else {
        put_value(other, out);
    }
}

bool explain_wanted(struct explainer *x, const struct test *test, ddbexpr_clause *clause)
{
    enum test_kind kind = test->kind;
    bool want = !clause->outcome;
    const ddbexpr_operand *subject = &clause->operands[0];
    const ddbexpr_operand *other = clause->operand_count > 1 ? &clause->operands[1] : NULL;
    /* An item can change, a value of the request as well; the one that is stored is spoken of first. */
    bool comparison = kind <= TEST_GE;
    if (comparison && subject->kind == DDBEXPR_OPERAND_VALUE && other->kind != DDBEXPR_OPERAND_VALUE) {
        const ddbexpr_operand *swap = subject;
        subject = other;
        other = swap;
        kind = mirrored(kind);
    }
    buffer *out = x->text;
    put_quoted(out, subject->text);
    buffer_text_literal(out, " would have to ");
    bool alone = kind == TEST_EXISTS || kind == TEST_NOT_EXISTS;
    if (!alone && other && !other->value && !subject->value) {
        buffer_text_literal(out, "be there");
    } else {
        buffer_put(out, want ? phrase_of(kind) : negated_phrase_of(kind));
        if (!alone)
            put_objects(kind, clause, other, out);
    }
    if ((want ? kind == TEST_EQ : kind == TEST_NE) && subject->value && other->value) {
        buffer_text_literal(out, ", or ");
        put_quoted(out, other->text);
        buffer_char(out, ' ');
        value_print(subject->value, VALUE_WIDTH, out);
    }
    clause->wanted = explainer_keep(x);
    return clause->wanted.ptr != NULL;
}
