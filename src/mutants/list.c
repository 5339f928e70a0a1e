/* SPDX-License-Identifier: Apache-2.0 */
/* Which mutants a condition has; the reasons are in ddbexpr/mutants.h. Must not know how they are worded or run. */
#include "explain/explain.h"
#include "mutants/mutants.h"

struct lister {
    struct ddbexpr_mutants *m;
    const struct ddbexpr_program *program;
    bool of_key; /* a key condition: only what can stand in one */
};

static struct mutant *grow(struct ddbexpr_mutants *m)
{
    uint32_t room = m->room ? 2 * m->room : 32; /* far below the limit: a text of 4096 bytes has few clauses */
    struct mutant *mutants = ARENA_ARRAY(m->arena, struct mutant, room);
    if (!mutants)
        return NULL;
    if (m->count)
        memcpy(mutants, m->mutants, m->count * sizeof *mutants);
    m->room = room;
    return m->mutants = mutants;
}

/* Adds a mutant, described and all. `part`: what it drops, else NULL. */
static void add(struct lister *l, struct mutant mutant, const struct node *part)
{
    if (part)
        mutant_write_drop(l->m, part, &mutant.seen);
    mutant_word(l->m, l->program, &mutant);
    if (l->m->no_memory || (l->m->count == l->m->room && !grow(l->m)))
        l->m->no_memory = true;
    else
        l->m->mutants[l->m->count++] = mutant;
}

/* --- the skeleton --- */

/* A clause or part with the NOTs before it. */
static const struct node *with_nots(const struct node *node, bool *turned)
{
    *turned = false;
    for (; node->parent && node->parent->kind == NODE_NOT; node = node->parent)
        *turned = !*turned;
    return node;
}

/* The outcome that decides what ANDs or ORs join. */
static bool decisive_outcome(const struct node *group) { return group->kind == NODE_OR; }

static void add_constant(struct lister *l, bool outcome)
{
    struct mutant mutant = {
        .seen = {.mutation = DDBEXPR_MUTATION_CONSTANT,
                 .span = l->program->checked->expression->root->outer,
                 .clause = l->m->skeleton.clause_count == 1 ? 0 : SIZE_MAX},
        .change = {NO_TOKEN, NO_TOKEN, 0, l->m->skeleton.count - 1, outcome ? UINT64_MAX : 0},
    };
    add(l, mutant, NULL);
}

/* What the whole comes to if it is dropped. Of an AND that is always true no more need be said than of its clauses. */
static void list_constants(struct lister *l)
{
    const struct node *node = l->program->checked->expression->root;
    bool turned = false;
    for (; node->kind == NODE_NOT; node = node->first_child)
        turned = !turned;
    bool single = is_leaf(node), outcome = decisive_outcome(node) != turned;
    if (single || l->of_key || !outcome)
        add_constant(l, false);
    if (!l->of_key && (single || outcome))
        add_constant(l, true);
}

/* A clause or group leaves its AND or OR: it is as if it came to what does not matter there. Of a group in which that
 * comes about by dropping what is in it, dropping that is enough. */
static void list_drop(struct lister *l, const struct node *node, uint32_t first, uint32_t last, size_t clause)
{
    bool turned;
    const struct node *part = with_nots(node, &turned);
    if (!part->parent)
        return;
    bool outcome = (part->parent->kind == NODE_AND) != turned;
    if (!is_leaf(node) && outcome != decisive_outcome(node))
        return;
    struct mutant mutant = {
        .seen = {.mutation = DDBEXPR_MUTATION_DROP, .span = part->outer, .clause = clause},
        .change = {NO_TOKEN, NO_TOKEN, first, last, outcome ? UINT64_MAX : 0},
    };
    add(l, mutant, part);
}

/* Of NOTs in a row one is enough. */
static void list_not(struct lister *l, uint32_t at)
{
    const struct node *node = l->m->skeleton.joints[at].node;
    if (node->parent && node->parent->kind == NODE_NOT)
        return;
    const struct node *child = node->first_child;
    struct mutant mutant = {
        .seen = {.mutation = DDBEXPR_MUTATION_NEGATE,
                 .span = node->op_span,
                 .clause = SIZE_MAX,
                 .has_text = true,
                 .replaced = node->outer,
                 .replacement = str_slice(l->m->text, child->outer)},
        .change = SKELETON_UNCHANGED,
    };
    mutant.change.skipped = at;
    while (child->kind == NODE_NOT)
        child = child->first_child;
    for (uint32_t i = at; is_leaf(child) && mutant.seen.clause == SIZE_MAX; i++)
        if (l->m->skeleton.joints[i].kind == JOINT_CLAUSE)
            mutant.seen.clause = l->m->skeleton.joints[i].clause;
    add(l, mutant, NULL);
}

static void list_connective(struct lister *l, uint32_t at)
{
    struct mutant mutant = {
        .seen = {.mutation = DDBEXPR_MUTATION_CONNECTIVE, .span = l->m->skeleton.joints[at].span, .clause = SIZE_MAX},
        .change = SKELETON_UNCHANGED,
    };
    mutant.change.flipped = at;
    add(l, mutant, NULL);
}

/* --- clauses --- */

/* A clause whose mutants are being listed. */
struct clause {
    const struct test *test;
    uint32_t number;
    uint32_t at; /* its joint */
};

static void add_test(struct lister *l, const struct clause *c, struct mutant mutant)
{
    mutant.seen.clause = c->number;
    if (mutant.seen.span.end == 0)
        mutant.seen.span = c->test->node->op_span;
    mutant.change = (struct skeleton_change){NO_TOKEN, NO_TOKEN, c->at, c->at, 0};
    add(l, mutant, NULL);
}

static void add_kind(struct lister *l, const struct clause *c, enum test_kind kind)
{
    bool compares = c->test->kind <= TEST_GE;
    add_test(l, c,
             (struct mutant){.seen.mutation = compares ? DDBEXPR_MUTATION_COMPARATOR : DDBEXPR_MUTATION_FUNCTION,
                             .test = CHANGE_KIND,
                             .kind = kind});
}

static bool is_size(const struct operand *o)
{
    return o->kind == OPERAND_SIZE_OF_CONSTANT || o->kind == OPERAND_SIZE_OF_PATH;
}

static bool is_constant_of(const struct operand *o, ddbexpr_type type)
{
    return o->kind == OPERAND_CONSTANT && o->constant->type == type;
}

/* Whether the text says that numbers are compared. */
static bool is_of_numbers(const struct test *test)
{
    bool any = false;
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind == OPERAND_CONSTANT && o->constant->type != DDBEXPR_N)
            return false;
        any |= is_size(o) || is_constant_of(o, DDBEXPR_N);
    }
    return any;
}

/* `NOT` and a clause is the clause, which the NOT's own mutant says. `<>` of what has no size is no negation of `=`,
 * but it is near enough: whoever tells it from the clause has told the negation. */
static void list_negation(struct lister *l, const struct clause *c)
{
    const struct test *test = c->test;
    const struct node *parent = test->node->parent;
    if ((parent && parent->kind == NODE_NOT) || l->of_key)
        return;
    bool equality = test->kind == TEST_EQ || test->kind == TEST_NE;
    if (equality && (is_size(&test->operands[0]) || is_size(&test->operands[1]))) {
        add_kind(l, c, test->kind == TEST_EQ ? TEST_NE : TEST_EQ);
        return;
    }
    bool in_place = equality || test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS;
    add_test(l, c,
             (struct mutant){.seen.mutation = DDBEXPR_MUTATION_NEGATE,
                             .seen.span = in_place ? test->node->op_span : test->node->span,
                             .test = CHANGE_OUTCOME});
}

static void list_comparators(struct lister *l, const struct clause *c)
{
    static const enum test_kind others[][2] = {
        [TEST_EQ] = {TEST_LE, TEST_GE}, [TEST_NE] = {TEST_LT, TEST_GT}, [TEST_LT] = {TEST_LE, TEST_NE},
        [TEST_LE] = {TEST_LT, TEST_EQ}, [TEST_GT] = {TEST_GE, TEST_NE}, [TEST_GE] = {TEST_GT, TEST_EQ},
    };
    enum test_kind kind = c->test->kind;
    if ((kind == TEST_EQ || kind == TEST_NE) && !is_of_numbers(c->test)) /* of a key condition there are none here */
        return;
    for (int i = 0; i < 2; i++)
        if (!l->of_key || others[kind][i] != TEST_NE)
            add_kind(l, c, others[kind][i]);
}

static bool has_neighbour(const struct operand *o, bool above)
{
    struct number beside, number;
    if (o->kind != OPERAND_CONSTANT)
        return true;
    number = value_number(o->constant);
    return number_beside(&number, above, &beside);
}

static void add_beside(struct lister *l, const struct clause *c, uint32_t operand, bool above)
{
    const struct operand *o = &c->test->operands[operand];
    if (has_neighbour(o, above))
        add_test(l, c,
                 (struct mutant){.seen.mutation = DDBEXPR_MUTATION_BOUND,
                                 .seen.span = o->node->span,
                                 .test = CHANGE_BESIDE,
                                 .operand = operand,
                                 .above = above});
}

/* The side of a comparison that is a bound for the other: a constant, or what a size is compared with. */
static uint32_t bound_of(const struct test *test)
{
    const struct operand *o = test->operands;
    if (is_constant_of(&o[1], DDBEXPR_N))
        return 1;
    return is_constant_of(&o[0], DDBEXPR_N) || (is_size(&o[1]) && !is_size(&o[0])) ? 0 : 1;
}

/* `a < 5`, `a >= 5`: one less. `a <= 5`, `a > 5`: one more. Seen from the other side the other way round. */
static void list_bound(struct lister *l, const struct clause *c)
{
    enum test_kind kind = c->test->kind;
    if (kind == TEST_EQ || kind == TEST_NE || !is_of_numbers(c->test))
        return;
    uint32_t operand = bound_of(c->test);
    bool above = kind == TEST_LE || kind == TEST_GT;
    add_beside(l, c, operand, operand == 1 ? above : !above);
}

static void list_between(struct lister *l, const struct clause *c)
{
    bool numbers = is_of_numbers(c->test);
    for (uint32_t i = 1; i <= 2; i++) {
        struct mutant mutant = {.seen.mutation = DDBEXPR_MUTATION_BOUND,
                                .seen.span = c->test->operands[i].node->span,
                                .test = CHANGE_EXCLUDE,
                                .operand = i};
        add_test(l, c, mutant);
        mutant.test = CHANGE_UNBOUND;
        if (numbers)
            add_beside(l, c, i, i == 2);
        else
            add_test(l, c, mutant);
    }
}

static void list_in(struct lister *l, const struct clause *c)
{
    const struct test *test = c->test;
    for (uint32_t i = 1; i < test->operand_count; i++) {
        bool again = test->operand_count == 2; /* nothing would be left: that is the clause dropped */
        for (uint32_t j = 1; j < test->operand_count; j++)
            again |= j != i && operand_same(&test->operands[i], &test->operands[j]);
        if (!again)
            add_test(l, c,
                     (struct mutant){.seen.mutation = DDBEXPR_MUTATION_OPERAND,
                                     .seen.span = test->operands[i].node->span,
                                     .test = CHANGE_WITHOUT,
                                     .operand = i});
    }
}

/* begins_with takes S and B only; of contains nobody knows whether it is of a string. */
static bool may_begin(const struct test *test)
{
    for (uint32_t i = 0; i < 2; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind != OPERAND_PATH && !is_constant_of(o, DDBEXPR_S) && !is_constant_of(o, DDBEXPR_B))
            return false;
    }
    return true;
}

static void list_function(struct lister *l, const struct clause *c)
{
    if (c->test->kind == TEST_TYPE && c->test->operands[0].kind == OPERAND_PATH) /* attribute_exists takes no other */
        add_kind(l, c, TEST_EXISTS);
    if (c->test->kind == TEST_BEGINS_WITH && !l->of_key)
        add_kind(l, c, TEST_CONTAINS);
    if (c->test->kind == TEST_BEGINS_WITH)
        add_kind(l, c, TEST_EQ);
    if (c->test->kind == TEST_CONTAINS && may_begin(c->test))
        add_kind(l, c, TEST_BEGINS_WITH);
}

static void list_clause(struct lister *l, uint32_t at)
{
    const struct joint *joint = &l->m->skeleton.joints[at];
    struct clause c = {.test = &l->program->tests[joint->clause], .number = joint->clause, .at = at};
    if (l->of_key && c.test->kind == TEST_EQ) /* it may be the partition key's */
        return;
    list_drop(l, joint->node, at, at, joint->clause);
    list_negation(l, &c);
    if (c.test->kind <= TEST_GE) {
        list_comparators(l, &c);
        list_bound(l, &c);
    } else if (c.test->kind == TEST_BETWEEN) {
        list_between(l, &c);
    } else if (c.test->kind == TEST_IN) {
        list_in(l, &c);
    } else {
        list_function(l, &c);
    }
}

/* --- all --- */

bool mutants_list(struct ddbexpr_mutants *m, const struct ddbexpr_program *program)
{
    struct lister l = {.m = m, .program = program, .of_key = program->kind == DDBEXPR_KEY_CONDITION};
    const struct skeleton *s = &m->skeleton;
    m->operators = check_count_operators(program->checked->expression->root);
    list_constants(&l);
    for (uint32_t i = 0, group = 0; i < s->count && !m->no_memory; i++) {
        for (; group < s->group_count && s->groups[group].first == i; group++)
            if (!l.of_key)
                list_drop(&l, s->groups[group].node, i, s->groups[group].last, SIZE_MAX);
        if (s->joints[i].kind == JOINT_CLAUSE)
            list_clause(&l, i);
        else if (s->joints[i].kind == JOINT_NOT) /* which a key condition has not */
            list_not(&l, i);
        else if ((s->joints[i].kind == JOINT_AND || s->joints[i].kind == JOINT_OR) && !l.of_key)
            list_connective(&l, i);
    }
    return !m->no_memory;
}
