/* SPDX-License-Identifier: Apache-2.0 */
/* What one clause proves. The service's rules for what is missing decide most of it: a comparison that is true proves
 * that both sides are there, except for `<>`, which is true of anything missing; one that is false proves little
 * (aws: spec alternator-suite 1, 2; evaluate.c). */
#include "lint/facts.h"

/* An operand as facts see it. */
struct side {
    const struct operand *operand;
    bool is_size;
    bool is_path;         /* a path, or the size of one */
    int type;             /* of a constant or a size; -1: not known */
    const value *content; /* of a constant whose content is known, or its size; else NULL */
};

struct clause {
    struct facts_given *given;
    struct facts *facts;
    const struct test *test;
};

static struct side side_of(struct clause *c, const struct operand *operand)
{
    struct side side = {.operand = operand, .type = -1};
    side.is_size = operand->kind == OPERAND_SIZE_OF_PATH || operand->kind == OPERAND_SIZE_OF_CONSTANT;
    side.is_path = operand->path != NULL;
    if (side.is_size)
        side.type = DDBEXPR_N;
    else if (!side.is_path)
        side.type = operand->constant->type;
    if (side.is_path || !facts_knows_constant(c->given, operand))
        return side;
    side.content = operand->constant;
    if (!side.is_size)
        return side;
    value *size = ARENA_NEW(c->given->memory.arena, value);
    if (!size)
        c->given->memory.failed = true;
    side.content = size ? operand_value(operand, NULL, size) : NULL;
    return side;
}

/* --- what is said of one place --- */

static void add_existence(struct clause *c, const struct side *side, struct fact fact)
{
    if (side->is_path)
        facts_add_existence(c->given, c->facts, side->operand->path, fact, c->test->node);
}

static void add(struct clause *c, const struct side *side, struct fact fact)
{
    facts_add(c->given, c->facts, side->operand->path, fact);
}

/* The types that what is measured, or compared, can have. */
static type_set types_beside(const struct side *side, const struct side *other, bool ordered)
{
    if (side->is_size)
        return TYPES_SIZED;
    type_set types = other->type >= 0 ? TYPE_BIT(other->type) : TYPES_ALL;
    return ordered ? types & TYPES_ORDERED : types;
}

/* Where bounds of a comparison with this constant belong; RANGE_COUNT: nowhere. */
static enum range_of range_beside(const struct side *side, const value *bound)
{
    if (side->is_size)
        return bound->type == DDBEXPR_N ? RANGE_SIZE : RANGE_COUNT;
    return bound->type <= DDBEXPR_B ? (enum range_of)bound->type : RANGE_COUNT;
}

static void bound_fact(struct fact *fact, enum test_kind kind, enum range_of range, const value *bound)
{
    if (range == RANGE_COUNT)
        return;
    if (kind == TEST_EQ || kind == TEST_GE || kind == TEST_GT)
        fact_bound_below(fact, range, bound, kind == TEST_GT);
    if (kind == TEST_EQ || kind == TEST_LE || kind == TEST_LT)
        fact_bound_above(fact, range, bound, kind == TEST_LT);
}

static bool list_value(struct clause *c, struct fact *fact, const value *v)
{
    const value **values = ARENA_ARRAY(c->given->memory.arena, const value *, 1);
    if (!values) {
        c->given->memory.failed = true;
        return false;
    }
    values[0] = v;
    fact->values = values;
    fact->value_count = 1;
    return true;
}

/* --- comparisons --- */

static enum test_kind negated(enum test_kind kind)
{
    return kind == TEST_LT ? TEST_GE : kind == TEST_LE ? TEST_GT : kind == TEST_GT ? TEST_LE : TEST_LT;
}

/* `side kind other` is true, and kind is not `<>`. */
static void add_true_side(struct clause *c, enum test_kind kind, const struct side *side, const struct side *other)
{
    if (!side->is_path)
        return;
    struct fact fact = fact_exists(types_beside(side, other, kind != TEST_EQ));
    if (side->is_size && other->type >= 0 && other->type != DDBEXPR_N)
        c->facts->impossible = true; /* a size is a number */
    if (other->content) {
        bound_fact(&fact, kind, range_beside(side, other->content), other->content);
        if (kind == TEST_EQ && !side->is_size && !list_value(c, &fact, other->content))
            return;
    }
    add_existence(c, side, fact);
}

static void add_true_comparison(struct clause *c, enum test_kind kind, const struct side *a, const struct side *b)
{
    add_true_side(c, kind, a, b);
    add_true_side(c, test_mirrored(kind), b, a);
}

/* `side kind other` is false, kind being an order, or `=` of a size that is there: whatever can be compared lies on the
 * other side of the bound. */
static void add_bound_if_comparable(struct clause *c, enum test_kind kind, const struct side *side,
                                    const struct side *other)
{
    if (!side->is_path || !other->content)
        return;
    struct fact fact = fact_unknown();
    bound_fact(&fact, kind, range_beside(side, other->content), other->content);
    add(c, side, fact);
}

/* `<>` is false: the sides are equal; but with a size in it, it is also false where there is no size. */
static void add_false_inequality(struct clause *c, const struct side *a, const struct side *b)
{
    if (!a->is_size && !b->is_size) {
        add_true_comparison(c, TEST_EQ, a, b);
        return;
    }
    if (a->is_size)
        add_bound_if_comparable(c, TEST_EQ, a, b);
    if (b->is_size)
        add_bound_if_comparable(c, TEST_EQ, b, a);
}

static void add_comparison(struct clause *c, enum test_kind kind, bool truth, const struct side *a,
                           const struct side *b)
{
    if (kind == TEST_NE && truth) { /* nothing, but that sizes are there */
        if (a->is_size)
            add_existence(c, a, fact_exists(TYPES_SIZED));
        if (b->is_size)
            add_existence(c, b, fact_exists(TYPES_SIZED));
    } else if (kind == TEST_NE) {
        add_false_inequality(c, a, b);
    } else if (truth) {
        add_true_comparison(c, kind, a, b);
    } else if (kind != TEST_EQ) {
        add_bound_if_comparable(c, negated(kind), a, b);
        add_bound_if_comparable(c, negated(test_mirrored(kind)), b, a);
    }
}

/* --- BETWEEN and IN --- */

static void add_between(struct clause *c, bool truth)
{
    if (!truth)
        return; /* below or above: no range */
    struct side v = side_of(c, &c->test->operands[0]);
    struct side lower = side_of(c, &c->test->operands[1]), upper = side_of(c, &c->test->operands[2]);
    add_true_comparison(c, TEST_GE, &v, &lower);
    add_true_comparison(c, TEST_LE, &v, &upper);
}

/* The first operand equals one of several: of constants their list and the range around them. */
static void add_membership(struct clause *c, const struct side *first)
{
    const struct test *test = c->test;
    const value **values = ARENA_ARRAY(c->given->memory.arena, const value *, test->operand_count);
    if (!values) {
        c->given->memory.failed = true;
        return;
    }
    struct fact any = fact_missing(); /* the join of none */
    for (uint32_t i = 1; i < test->operand_count; i++) {
        struct side other = side_of(c, &test->operands[i]);
        struct fact one = fact_exists(types_beside(first, &other, false));
        if (other.content) {
            bound_fact(&one, TEST_EQ, range_beside(first, other.content), other.content);
            if (!first->is_size && !list_value(c, &one, other.content))
                return;
        }
        any = fact_join(&c->given->memory, &any, &one);
    }
    add_existence(c, first, any);
}

static void add_in(struct clause *c, bool truth)
{
    struct side first = side_of(c, &c->test->operands[0]);
    if (c->test->operand_count == 2) {
        struct side only = side_of(c, &c->test->operands[1]);
        if (truth)
            add_comparison(c, TEST_EQ, true, &first, &only);
    } else if (truth && first.is_path) {
        add_membership(c, &first);
    }
}

/* --- functions --- */

static void add_type(struct clause *c, bool truth)
{
    struct side v = side_of(c, &c->test->operands[0]), name = side_of(c, &c->test->operands[1]);
    type_set types = TYPES_ALL;
    for (int type = 0; type < DDBEXPR_TYPE_COUNT && name.content; type++)
        if (str_equal(ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type)), value_bytes(name.content)))
            types = TYPE_BIT(type);
    if (v.is_size) { /* the type is that of the size, not of what has it */
        if (truth)
            add_existence(c, &v, fact_exists(TYPES_SIZED));
    } else if (!v.is_path) {
        return;
    } else if (truth) {
        add_existence(c, &v, fact_exists(types));
    } else if (types != TYPES_ALL) {
        struct fact fact = fact_unknown();
        fact.types &= ~types;
        add(c, &v, fact);
    }
}

static void add_prefix(struct clause *c, bool truth)
{
    if (!truth)
        return;
    struct side v = side_of(c, &c->test->operands[0]), prefix = side_of(c, &c->test->operands[1]);
    const type_set texts = TYPE_BIT(DDBEXPR_S) | TYPE_BIT(DDBEXPR_B);
    struct fact whole = fact_exists(texts & types_beside(&v, &prefix, false));
    if (prefix.content) {
        whole.prefix = prefix.content;
        bound_fact(&whole, TEST_GE, range_beside(&v, prefix.content), prefix.content);
    }
    add_existence(c, &v, whole);
    add_existence(c, &prefix, fact_exists(texts & types_beside(&prefix, &v, false)));
}

/* The types that can contain something of this type (evaluate.c, contains). */
type_set facts_types_containing(int part)
{
    type_set types = TYPE_BIT(DDBEXPR_L);
    if (part < 0)
        types |= TYPES_SETS;
    if (part == DDBEXPR_S || part < 0)
        types |= TYPE_BIT(DDBEXPR_S) | TYPE_BIT(DDBEXPR_SS);
    if (part == DDBEXPR_B || part < 0)
        types |= TYPE_BIT(DDBEXPR_B) | TYPE_BIT(DDBEXPR_BS);
    if (part == DDBEXPR_N)
        types |= TYPE_BIT(DDBEXPR_NS);
    return types;
}

static type_set types_contained_in(int whole)
{
    switch (whole) {
    case DDBEXPR_S:
    case DDBEXPR_SS:
        return TYPE_BIT(DDBEXPR_S);
    case DDBEXPR_B:
    case DDBEXPR_BS:
        return TYPE_BIT(DDBEXPR_B);
    case DDBEXPR_NS:
        return TYPE_BIT(DDBEXPR_N);
    default:
        return TYPES_ALL;
    }
}

static void add_content(struct clause *c, bool truth)
{
    if (!truth)
        return;
    struct side whole = side_of(c, &c->test->operands[0]), part = side_of(c, &c->test->operands[1]);
    add_existence(c, &whole, whole.is_size ? fact_exists(TYPES_SIZED) : fact_exists(facts_types_containing(part.type)));
    add_existence(c, &part, part.is_size ? fact_exists(TYPES_SIZED) : fact_exists(types_contained_in(whole.type)));
}

static void add_presence(struct clause *c, bool there)
{
    const struct document_path *path = c->test->operands[0].path;
    if (there)
        facts_add_existence(c->given, c->facts, path, fact_exists(TYPES_ALL), c->test->node);
    else
        facts_add_absence(c->given, c->facts, path, c->test->node);
}

/* --- all --- */

/* Without a path in it the clause is true or false once and for all. */
static bool is_settled(struct clause *c)
{
    for (uint32_t i = 0; i < c->test->operand_count; i++)
        if (c->test->operands[i].path || !facts_knows_constant(c->given, &c->test->operands[i]))
            return false;
    return true;
}

struct facts facts_of_clause(struct facts_given *given, const struct test *test, bool truth)
{
    struct facts facts = {.impossible = false};
    struct clause c = {given, &facts, test};
    facts_add_literal(given, &facts, test, truth);
    if (is_settled(&c)) {
        facts.impossible = test_holds(test, NULL) != truth;
        return facts;
    }
    switch (test->kind) { /* UNREACHABLE: another test */
    case TEST_EQ:
    case TEST_NE:
    case TEST_LT:
    case TEST_LE:
    case TEST_GT:
    case TEST_GE: {
        struct side a = side_of(&c, &test->operands[0]), b = side_of(&c, &test->operands[1]);
        add_comparison(&c, test->kind, truth, &a, &b);
        break;
    }
    case TEST_BETWEEN:
        add_between(&c, truth);
        break;
    case TEST_IN:
        add_in(&c, truth);
        break;
    case TEST_EXISTS:
        add_presence(&c, truth);
        break;
    case TEST_NOT_EXISTS:
        add_presence(&c, !truth);
        break;
    case TEST_TYPE:
        add_type(&c, truth);
        break;
    case TEST_BEGINS_WITH:
        add_prefix(&c, truth);
        break;
    case TEST_CONTAINS:
        add_content(&c, truth);
        break;
    }
    return facts;
}
