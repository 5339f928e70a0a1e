/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for an item on which a clause decides. From the top of the tree it is known what is demanded of the clauses:
 * this one as wanted, all siblings under an AND true, all under an OR false; where one of several would do, the one
 * that is cheapest to have, and then others. The item is then changed place by place, each time so that more demands
 * are met than before. What meets a demand is not worked out but tried, with values that the clauses about that place
 * suggest; all is bounded, and what comes of it is evaluated. */
#include "coverage/edit.h"
#include "coverage/proposals.h"
#include "coverage/shape.h"

#include <ddbexpr/coverage.h>

#define HOPELESS UINT32_MAX

/* What is demanded of a clause. */
struct demand {
    const struct test *test;
    bool want;
    bool met; /* by the item as it has become */
};

struct search {
    arena *arena;
    const struct ddbexpr_program *program;
    struct shape shape;
    const value *key; /* or NULL */
    uint32_t clause;
    bool outcome;
    bool *outcomes;       /* by clause */
    uint32_t (*costs)[2]; /* by node: clauses to turn for it to be [false], [true] */
    signed char *wanted;  /* by node; -1: nothing is demanded of it */
    struct demand *demands;
    uint32_t demand_count;
    uint32_t *affected; /* numbers of the demands that a change has to do with */
    uint32_t affected_count;
    const value *item; /* as it has become */
    uint32_t tests_left;
    bool no_memory;
};

/* --- evaluating --- */

static void fold_outcomes(struct search *s, const value *item)
{
    for (uint32_t i = 0; i < s->shape.clause_count; i++)
        s->outcomes[i] = test_holds(&s->program->tests[i], item);
    shape_decide(&s->shape, s->outcomes);
}

static uint32_t node_of_clause(const struct search *s)
{
    uint32_t at = 0;
    while (s->shape.nodes[at].kind != DDBEXPR_BRANCH_CLAUSE || s->shape.nodes[at].clause != s->clause)
        at++;
    return at;
}

/* Whether it is a witness. The item is not taken at its word: all is evaluated. */
static bool is_witness(struct search *s, const value *item)
{
    const struct shape_node *node = &s->shape.nodes[node_of_clause(s)];
    fold_outcomes(s, item);
    return node->decides && node->outcome == s->outcome &&
           (!item || (!ddbexpr_item_is_faulty(item) && value_item_size(item) <= LIMIT_ITEM_BYTES));
}

/* Takes from the work that may be done: a test, and what reading or writing so many bytes costs in tests. */
static void spend(struct search *s, size_t bytes)
{
    size_t cost = 1 + bytes / BUDGET_BYTES_OF_A_TEST;
    s->tests_left -= s->tests_left < cost ? s->tests_left : (uint32_t)cost;
}

/* --- what is demanded --- */

/* Whether something of the item that may be changed is what the operand is about. */
static bool is_changeable(const struct search *s, const struct operand *o)
{
    return o->path && !(s->key && value_map_get(s->key, o->path->steps[0].name, o->path->steps[0].hash));
}

static bool can_turn(const struct search *s, const struct test *test)
{
    for (uint32_t i = 0; i < test->operand_count; i++)
        if (is_changeable(s, &test->operands[i]))
            return true;
    return false;
}

static uint32_t add_costs(uint32_t a, uint32_t b) { return a > HOPELESS - b ? HOPELESS : a + b; }

/* An AND is true if all children are, false if the cheapest is; OR the other way round. */
static void pass_up(struct search *s, uint32_t child)
{
    uint32_t at = s->shape.nodes[child].parent, *own = s->costs[child], *parent = s->costs[at];
    bool all = s->shape.nodes[at].kind == DDBEXPR_BRANCH_AND;
    if (s->shape.nodes[at].kind == DDBEXPR_BRANCH_NOT) {
        parent[false] = own[true];
        parent[true] = own[false];
    } else {
        parent[all] = add_costs(parent[all], own[all]);
        parent[!all] = own[!all] < parent[!all] ? own[!all] : parent[!all];
    }
}

/* From the leaves up. */
static void find_costs(struct search *s)
{
    for (uint32_t i = 0; i < s->shape.node_count; i++) {
        bool all = s->shape.nodes[i].kind == DDBEXPR_BRANCH_AND;
        s->costs[i][all] = 0;
        s->costs[i][!all] = HOPELESS;
    }
    for (uint32_t i = s->shape.node_count; i-- > 0;) {
        const struct shape_node *node = &s->shape.nodes[i];
        if (node->kind == DDBEXPR_BRANCH_CLAUSE) {
            s->costs[i][node->outcome] = 0;
            s->costs[i][!node->outcome] = can_turn(s, &s->program->tests[node->clause]) ? 1 : HOPELESS;
        }
        if (i > 0)
            pass_up(s, i);
    }
}

/* The nth best child for an outcome that one child is enough for: the cheapest, and then the others in text order.
 * INVARIANT: nth is less than the number of children. */
static uint32_t choose_child(const struct search *s, uint32_t parent, bool want, uint32_t nth)
{
    uint32_t cheapest = 0;
    for (uint32_t i = parent + 1; i < s->shape.node_count; i++)
        if (s->shape.nodes[i].parent == parent && (!cheapest || s->costs[i][want] < s->costs[cheapest][want]))
            cheapest = i;
    uint32_t chosen = cheapest;
    for (uint32_t i = parent + 1; nth > 0; i++)
        if (s->shape.nodes[i].parent == parent && i != cheapest) {
            chosen = i;
            nth--;
        }
    return chosen;
}

/* Hands a demand down to the children of a node. `*choice` has the choices still to be made as digits. */
static void pass_down(struct search *s, uint32_t parent, uint32_t *choice)
{
    const struct shape_node *node = &s->shape.nodes[parent];
    bool want = s->wanted[parent];
    if (node->kind == DDBEXPR_BRANCH_CLAUSE)
        return;
    bool all = node->kind == DDBEXPR_BRANCH_NOT || want == (node->kind == DDBEXPR_BRANCH_AND);
    if (!all) {
        s->wanted[choose_child(s, parent, want, *choice % node->child_count)] = want;
        *choice /= node->child_count;
        return;
    }
    for (uint32_t i = parent + 1; i < s->shape.node_count; i++)
        if (s->shape.nodes[i].parent == parent)
            s->wanted[i] = want != (node->kind == DDBEXPR_BRANCH_NOT);
}

/* What the way from the whole to the clause demands: of its siblings that they leave the matter to it. */
static void demand_way(struct search *s)
{
    uint32_t at = node_of_clause(s);
    s->wanted[at] = s->outcome;
    for (uint32_t parent; at > 0; at = parent) {
        parent = s->shape.nodes[at].parent;
        for (uint32_t i = parent + 1; i < s->shape.node_count; i++)
            if (s->shape.nodes[i].parent == parent && i != at)
                s->wanted[i] = s->shape.nodes[parent].kind == DDBEXPR_BRANCH_AND;
    }
}

/* Fills in the demands for one of the choices; the shape has the outcomes of the base. False: the choices have all been
 * had, or one cannot be met. */
static bool make_demands(struct search *s, uint32_t choice)
{
    for (uint32_t i = 0; i < s->shape.node_count; i++)
        s->wanted[i] = -1;
    demand_way(s);
    s->demand_count = 0;
    for (uint32_t i = 0; i < s->shape.node_count; i++) {
        const struct shape_node *node = &s->shape.nodes[i];
        if (s->wanted[i] < 0)
            continue;
        pass_down(s, i, &choice);
        if (node->kind == DDBEXPR_BRANCH_CLAUSE)
            s->demands[s->demand_count++] = (struct demand){
                .test = &s->program->tests[node->clause], .want = s->wanted[i], .met = node->outcome == s->wanted[i]};
    }
    return choice == 0;
}

/* --- changing the item --- */

static void propose_of_others(struct search *s, const struct demand *demand, const struct document_path *path,
                              const value *item, struct proposals *p)
{
    for (uint32_t i = 0; i < s->demand_count; i++) {
        const struct demand *other = &s->demands[i];
        for (uint32_t j = 0; other != demand && j < other->test->operand_count; j++)
            if (other->test->operands[j].path && path_equal(other->test->operands[j].path, path))
                propose_for(p, other->test, j, other->want, item);
    }
}

/* Values for the place of an operand: what its own clause suggests, then every other clause that is about the place.
 * Something that is only to be there is better what the others compare it with: it has the type that is meant. */
static bool propose_all(struct search *s, const struct demand *demand, uint32_t operand, const value *item,
                        struct proposals *p)
{
    const struct document_path *path = demand->test->operands[operand].path;
    bool only_there = demand->test->kind == (demand->want ? TEST_EXISTS : TEST_NOT_EXISTS);
    *p = (struct proposals){.arena = s->arena};
    if (!only_there)
        propose_for(p, demand->test, operand, demand->want, item);
    propose_of_others(s, demand, path, item, p);
    if (only_there)
        propose_for(p, demand->test, operand, demand->want, item);
    spend(s, p->bytes);
    s->no_memory |= p->no_memory;
    return !s->no_memory;
}

/* The item with the value in its place; NULL: it cannot be had. */
static const value *edit(struct search *s, const value *item, const struct operand *o, const value *to)
{
    const value *edited = NULL;
    spend(s, item->count * sizeof(struct map_entry));
    s->no_memory |= !edit_item(s->arena, item, o->path, to, &edited);
    return edited;
}

static bool is_about(const struct test *test, const struct document_path *path)
{
    for (uint32_t i = 0; path && i < test->operand_count; i++) {
        const struct document_path *own = test->operands[i].path;
        if (own && str_equal(own->steps[0].name, path->steps[0].name))
            return true;
    }
    return false;
}

/* Finds the demands that a change of one attribute, or of two, can make a difference to. */
static void find_affected(struct search *s, const struct document_path *path, const struct document_path *other)
{
    s->affected_count = 0;
    for (uint32_t i = 0; i < s->demand_count; i++)
        if (is_about(s->demands[i].test, path) || is_about(s->demands[i].test, other))
            s->affected[s->affected_count++] = i;
}

/* How many of the affected demands an item meets; 0 if there is no time to say. */
static uint32_t count_met(struct search *s, const value *item)
{
    size_t bytes = value_item_size(item); /* size() and contains() read all of a text */
    uint32_t met = 0;
    for (uint32_t i = 0; i < s->affected_count; i++) {
        const struct demand *demand = &s->demands[s->affected[i]];
        if (!s->tests_left)
            return 0;
        spend(s, bytes);
        met += test_holds(demand->test, item) == demand->want;
    }
    return met;
}

static uint32_t count_met_already(const struct search *s)
{
    uint32_t met = 0;
    for (uint32_t i = 0; i < s->affected_count; i++)
        met += s->demands[s->affected[i]].met;
    return met;
}

static void become(struct search *s, const value *item)
{
    s->item = item;
    for (uint32_t i = 0; i < s->affected_count; i++) {
        struct demand *demand = &s->demands[s->affected[i]];
        demand->met = test_holds(demand->test, item) == demand->want;
    }
}

/* Tries the values of one place of `item`, which may be changed in the place `other` already (NULL: it is not), and
 * takes the one that meets most, if that is more than before. */
static bool improve_place(struct search *s, const struct demand *demand, uint32_t operand, const value *item,
                          const struct document_path *other)
{
    const struct operand *o = &demand->test->operands[operand];
    struct arena_mark start = arena_mark(s->arena);
    struct proposals p;
    if (!propose_all(s, demand, operand, item, &p))
        return false;
    find_affected(s, o->path, other);
    uint32_t best_met = count_met_already(s);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < p.count && best_met < s->affected_count && s->tests_left && !s->no_memory; i++) {
        struct arena_mark mark = arena_mark(s->arena);
        const value *edited = edit(s, item, o, p.values[i]);
        uint32_t met = edited ? count_met(s, edited) : 0;
        if (met > best_met) {
            best_met = met;
            best = i;
        }
        arena_rewind(s->arena, mark);
    }
    const value *edited = best < SIZE_MAX ? edit(s, item, o, p.values[best]) : NULL;
    if (!edited) {
        arena_rewind(s->arena, start);
        return false;
    }
    become(s, edited);
    return true;
}

/* Gives one operand a value and looks whether the other can then be had. */
static bool improve_with(struct search *s, const struct demand *demand, uint32_t first, const value *to,
                         uint32_t second)
{
    const struct operand *o = &demand->test->operands[first];
    const value *edited = to ? edit(s, s->item, o, to) : NULL;
    return edited && improve_place(s, demand, second, edited, o->path);
}

/* Two operands at once: `a < b` where neither is there. */
static bool improve_pair(struct search *s, const struct demand *demand, uint32_t first, uint32_t second)
{
    struct arena_mark start = arena_mark(s->arena);
    struct proposals p, samples = {.arena = s->arena};
    if (!propose_all(s, demand, first, s->item, &p))
        return false;
    propose_type(&samples, DDBEXPR_S);
    propose_type(&samples, DDBEXPR_N);
    s->no_memory |= samples.no_memory;
    for (size_t i = 0; i < p.count && i < BUDGET_FIRST_VALUES && s->tests_left && !s->no_memory; i++)
        if (improve_with(s, demand, first, p.values[i], second))
            return true;
    for (size_t i = samples.count; i-- > 0 && s->tests_left && !s->no_memory;)
        if (improve_with(s, demand, first, samples.values[i], second))
            return true;
    arena_rewind(s->arena, start);
    return false;
}

/* Meets one more demand through the operands of a clause. */
static bool improve_clause(struct search *s, const struct demand *demand)
{
    const struct test *test = demand->test;
    for (uint32_t i = 0; i < test->operand_count; i++)
        if (is_changeable(s, &test->operands[i]) && improve_place(s, demand, i, s->item, NULL))
            return true;
    for (uint32_t i = 0; i < test->operand_count; i++)
        for (uint32_t j = 0; j < test->operand_count; j++)
            if (i != j && is_changeable(s, &test->operands[i]) && is_changeable(s, &test->operands[j]) &&
                improve_pair(s, demand, j, i))
                return true;
    return false;
}

/* One pass over what is not met. False: nothing could be done. */
static bool improve(struct search *s)
{
    bool improved = false;
    for (uint32_t i = 0; i < s->demand_count && s->tests_left && !s->no_memory; i++)
        if (!s->demands[i].met)
            improved |= improve_clause(s, &s->demands[i]);
    return improved;
}

static bool all_met(const struct search *s)
{
    for (uint32_t i = 0; i < s->demand_count; i++)
        if (!s->demands[i].met)
            return false;
    return true;
}

/* Whether a demand is not met and never will be: constants and keys cannot be changed. */
static bool is_hopeless(const struct search *s)
{
    for (uint32_t i = 0; i < s->demand_count; i++)
        if (!s->demands[i].met && !can_turn(s, s->demands[i].test))
            return true;
    return false;
}

/* Changes an item until it meets all demands, or no change meets more of them. */
static bool meet_demands(struct search *s, const value *base)
{
    s->item = base;
    if (is_hopeless(s))
        return false;
    while (!all_met(s) && !s->no_memory)
        if (!improve(s))
            return false;
    if (s->no_memory || is_witness(s, s->item))
        return !s->no_memory;
    fold_outcomes(s, base); /* for the next choice */
    return false;
}

/* --- the whole --- */

static bool search_from(struct search *s, const value *base)
{
    fold_outcomes(s, base);
    find_costs(s);
    for (uint32_t choice = 0; choice < BUDGET_CHOICES && s->tests_left && !s->no_memory; choice++) {
        struct arena_mark mark = arena_mark(s->arena);
        if (!make_demands(s, choice))
            return false;
        if (meet_demands(s, base))
            return true;
        arena_rewind(s->arena, mark);
    }
    return false;
}

/* The item as it is, as it can be made, what can be made of the key alone, and that there is none. */
static bool search_all(struct search *s, const value *item, const value **ret_item)
{
    static const value nothing = {.type = DDBEXPR_M, .more.box = {.height = 1}};
    const value *bare = s->key ? s->key : &nothing;
    s->tests_left = BUDGET_TESTS;
    if (search_from(s, item ? item : bare)) {
        *ret_item = s->item->count ? s->item : NULL;
        return true;
    }
    *ret_item = NULL;
    if (s->no_memory || is_witness(s, NULL))
        return !s->no_memory;
    s->tests_left = item ? BUDGET_TESTS : 0;
    if (!item || !search_from(s, bare))
        return false;
    *ret_item = s->item; /* not empty: that would be as if there were none */
    return true;
}

static bool init(struct search *s)
{
    if (!shape_init(&s->shape, s->program, s->arena))
        return false;
    s->outcomes = ARENA_ARRAY(s->arena, bool, s->shape.clause_count);
    s->costs = arena_alloc_zeroed(s->arena, s->shape.node_count, sizeof *s->costs);
    s->wanted = ARENA_ARRAY(s->arena, signed char, s->shape.node_count);
    s->demands = ARENA_ARRAY(s->arena, struct demand, s->shape.clause_count);
    s->affected = ARENA_ARRAY(s->arena, uint32_t, s->shape.clause_count);
    return s->outcomes && s->costs && s->wanted && s->demands && s->affected;
}

static bool is_usable(const value *v) { return !v || (v->type == DDBEXPR_M && !(v->flags & VALUE_FAULTY)); }

ddbexpr_status ddbexpr_coverage_witness(const ddbexpr_program *program, const ddbexpr_value *item, size_t clause,
                                        bool outcome, const ddbexpr_witness_options *options, ddbexpr_arena *a,
                                        bool *ret_found, const ddbexpr_value **ret_item)
{
    if (!program->tests || clause >= program->test_count || !is_usable(item) ||
        (options && (options->size != sizeof *options || !is_usable(options->key))))
        return DDBEXPR_MISUSE;
    struct arena_mark mark = arena_mark(a);
    struct search s = {.arena = a,
                       .program = program,
                       .key = options ? options->key : NULL,
                       .clause = (uint32_t)clause,
                       .outcome = outcome};
    const value *witness = NULL;
    s.no_memory = !init(&s);
    bool found = !s.no_memory && search_all(&s, item, &witness);
    if (!found)
        arena_rewind(a, mark);
    if (s.no_memory)
        return DDBEXPR_NO_MEMORY;
    *ret_found = found;
    *ret_item = witness;
    return DDBEXPR_OK;
}
