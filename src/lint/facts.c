/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of facts, and how those of clauses make those of a condition: AND meets, OR joins, NOT swaps. One pass over the
 * nodes in the order of their ids, which is children before parents. The sets of children are used up by their parent,
 * so that a chain of any depth costs no more than its leaves. */
#include "lint/facts.h"

/* --- places --- */

const struct key_attribute *facts_key_attribute(const struct key_schema *key, const struct document_path *path)
{
    for (uint32_t i = 0; key && i < key->count && path->count == 1; i++)
        if (str_equal(key->attributes[i].name, path->steps[0].name))
            return &key->attributes[i];
    return NULL;
}

static bool same_path(const struct document_path *a, const struct document_path *b)
{
    if (a->count != b->count || (a->count && a->steps[a->count - 1].hash != b->steps[b->count - 1].hash))
        return false;
    return path_equal(a, b);
}

static struct facts_entry *find(const struct facts *facts, const struct document_path *path)
{
    for (uint32_t i = 0; i < facts->count; i++)
        if (same_path(&facts->entries[i].path, path))
            return &facts->entries[i];
    return NULL;
}

static type_set container_of(const struct document_step *step)
{
    return TYPE_BIT(step->is_index ? DDBEXPR_L : DDBEXPR_M);
}

static bool index_is_past(const struct range *size, uint32_t index)
{
    if (!size->upper)
        return false;
    struct number needed = number_of((uint64_t)index + 1), upper = value_number(size->upper);
    int order = number_compare(&upper, &needed);
    return order < 0 || (order == 0 && size->upper_open);
}

/* Whether nothing can be there because of what is known on the way. */
static bool is_unreachable(const struct facts *facts, const struct document_path *path)
{
    for (uint32_t n = 0; n < path->count; n++) {
        const struct document_path before = {path->steps, n};
        const struct facts_entry *entry = find(facts, &before);
        if (!entry)
            continue;
        const struct document_step *step = &path->steps[n];
        if (!entry->fact.may_exist || !(entry->fact.types & container_of(step)))
            return true;
        if (step->is_index && index_is_past(&entry->fact.ranges[RANGE_SIZE], step->index))
            return true;
    }
    return false;
}

static bool item_is_there(const struct facts_given *given, const struct facts *facts)
{
    const struct document_path item = {NULL, 0};
    const struct facts_entry *entry = find(facts, &item);
    return given->item_exists || (entry && !entry->fact.may_miss);
}

struct fact facts_at(const struct facts_given *given, const struct facts *facts, const struct document_path *path)
{
    struct fact fact = fact_unknown();
    if (facts->impossible) {
        fact.may_exist = fact.may_miss = false;
        return fact;
    }
    const struct facts_entry *entry = find(facts, path);
    if (entry)
        fact = entry->fact;
    const struct key_attribute *key = facts_key_attribute(given->key, path);
    if (key) {
        fact.types &= TYPE_BIT(key->type);
        fact.may_exist &= fact.types != 0;
    }
    if (key || path->count == 0)
        fact.may_miss &= !item_is_there(given, facts);
    if (is_unreachable(facts, path))
        fact.may_exist = false;
    return fact;
}

/* --- adding --- */

static bool grow(struct facts_given *given, struct facts *facts)
{
    if (facts->count < facts->room)
        return true;
    uint32_t room = facts->room ? facts->room * 2 : 4; /* a text has too few bytes for it to wrap */
    struct facts_entry *entries = ARENA_ARRAY(given->memory.arena, struct facts_entry, room);
    if (!entries) {
        given->memory.failed = true;
        return false;
    }
    if (facts->count)
        memcpy(entries, facts->entries, facts->count * sizeof *entries);
    facts->entries = entries;
    facts->room = room;
    return true;
}

void facts_add(struct facts_given *given, struct facts *facts, const struct document_path *path, struct fact fact)
{
    struct facts_entry *entry = find(facts, path);
    if (!entry) {
        if (!grow(given, facts))
            return;
        entry = &facts->entries[facts->count++];
        *entry = (struct facts_entry){*path, fact_unknown()};
        const struct key_attribute *key = facts_key_attribute(given->key, path);
        if (key)
            entry->fact.types &= TYPE_BIT(key->type);
        if (given->item_exists && (key || path->count == 0))
            entry->fact.may_miss = false;
    }
    entry->fact = fact_meet(&given->memory, &entry->fact, &fact);
    if (fact_is_impossible(&entry->fact))
        facts->impossible = true;
}

/* The list has an element at `index`. */
static void bound_size(struct facts_given *given, struct fact *list, uint32_t index)
{
    value *size = ARENA_NEW(given->memory.arena, value);
    if (!size) {
        given->memory.failed = true;
        return;
    }
    struct number number = number_of((uint64_t)index + 1);
    *size = value_of_number(&number);
    fact_bound_below(list, RANGE_SIZE, size, false);
}

void facts_add_existence(struct facts_given *given, struct facts *facts, const struct document_path *path,
                         struct fact fact, const struct node *because)
{
    for (uint32_t n = 0; n < path->count; n++) {
        const struct document_path before = {path->steps, n};
        struct fact parent = fact_exists(container_of(&path->steps[n]));
        if (path->steps[n].is_index)
            bound_size(given, &parent, path->steps[n].index);
        parent.because = because;
        facts_add(given, facts, &before, parent);
    }
    fact.may_miss = false;
    fact.because = because;
    facts_add(given, facts, path, fact);
}

void facts_add_absence(struct facts_given *given, struct facts *facts, const struct document_path *path,
                       const struct node *because)
{
    struct fact missing = fact_missing();
    missing.because = because;
    facts_add(given, facts, path, missing);
    if (!facts_key_attribute(given->key, path))
        return;
    const struct document_path item = {NULL, 0}; /* an item without its key is none */
    facts_add(given, facts, &item, missing);
}

/* --- literals --- */

bool facts_knows_constant(const struct facts_given *given, const struct operand *operand)
{
    for (size_t i = 0; i < given->unknown_count; i++)
        if (given->unknown[i] == operand->constant)
            return false;
    return operand->constant != NULL;
}

static bool same_operand(const struct facts_given *given, const struct operand *a, const struct operand *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->path)
        return same_path(a->path, b->path);
    return a->constant == b->constant || (facts_knows_constant(given, a) && facts_knows_constant(given, b) &&
                                          ddbexpr_value_equal(a->constant, b->constant));
}

static bool is_size(const struct operand *operand)
{
    return operand->kind == OPERAND_SIZE_OF_CONSTANT || operand->kind == OPERAND_SIZE_OF_PATH;
}

/* `<>` is exactly what `=` is not, and the two existence tests are opposites; but with size() both can be false. */
static struct literal plain_literal(const struct test *test, bool truth, enum test_kind *kind)
{
    *kind = test->kind;
    if (test->kind == TEST_NE && !is_size(&test->operands[0]) && !is_size(&test->operands[1])) {
        *kind = TEST_EQ;
        truth = !truth;
    } else if (test->kind == TEST_NOT_EXISTS) {
        *kind = TEST_EXISTS;
        truth = !truth;
    }
    return (struct literal){test, truth};
}

static bool same_test(const struct facts_given *given, const struct test *a, enum test_kind kind_a,
                      const struct test *b, enum test_kind kind_b)
{
    if (kind_a != kind_b || a->operand_count != b->operand_count)
        return false;
    const struct operand *x = a->operands, *y = b->operands;
    bool same = true;
    for (uint32_t i = 0; i < a->operand_count && same; i++)
        same = same_operand(given, &x[i], &y[i]);
    return same || (kind_a == TEST_EQ && same_operand(given, &x[0], &y[1]) && same_operand(given, &x[1], &y[0]));
}

void facts_add_literal(struct facts_given *given, struct facts *facts, const struct test *test, bool truth)
{
    enum test_kind kind, other_kind;
    struct literal literal = plain_literal(test, truth, &kind);
    for (uint32_t i = 0; i < facts->literal_count; i++) {
        const struct literal *l = &facts->literals[i];
        struct literal other = plain_literal(l->test, l->truth, &other_kind);
        if (!same_test(given, test, kind, l->test, other_kind))
            continue;
        facts->impossible |= other.truth != literal.truth;
        return;
    }
    if (facts->literal_count == facts->literal_room) {
        uint32_t room = facts->literal_room ? facts->literal_room * 2 : 4;
        struct literal *literals = ARENA_ARRAY(given->memory.arena, struct literal, room);
        if (!literals) {
            given->memory.failed = true;
            return;
        }
        if (facts->literal_count)
            memcpy(literals, facts->literals, facts->literal_count * sizeof *literals);
        facts->literals = literals;
        facts->literal_room = room;
    }
    facts->literals[facts->literal_count++] = (struct literal){test, truth};
}

/* --- sets --- */

void facts_meet(struct facts_given *given, struct facts *facts, const struct facts *from)
{
    facts->impossible |= from->impossible;
    for (uint32_t i = 0; i < from->count; i++)
        facts_add(given, facts, &from->entries[i].path, from->entries[i].fact);
    for (uint32_t i = 0; i < from->literal_count; i++)
        facts_add_literal(given, facts, from->literals[i].test, from->literals[i].truth);
}

static bool has_literal(const struct facts_given *given, const struct facts *facts, const struct literal *literal)
{
    enum test_kind kind, other_kind;
    struct literal plain = plain_literal(literal->test, literal->truth, &kind);
    for (uint32_t i = 0; i < facts->literal_count; i++) {
        const struct literal *l = &facts->literals[i];
        struct literal other = plain_literal(l->test, l->truth, &other_kind);
        if (other.truth == plain.truth && same_test(given, literal->test, kind, l->test, other_kind))
            return true;
    }
    return false;
}

/* What `b` says is joined as far as `a` has anything to say about it, too. */
static void join_entries(struct facts_given *given, const struct facts *a, const struct facts *b, struct facts *ret)
{
    for (uint32_t i = 0; i < a->count; i++) {
        const struct document_path *path = &a->entries[i].path;
        if (find(ret, path))
            continue;
        struct fact of_a = facts_at(given, a, path), of_b = facts_at(given, b, path);
        struct fact either = fact_join(&given->memory, &of_a, &of_b);
        if (fact_says_something(&either))
            facts_add(given, ret, path, either);
    }
}

static struct facts facts_join(struct facts_given *given, const struct facts *a, const struct facts *b)
{
    if (a->impossible || b->impossible)
        return a->impossible ? *b : *a;
    struct facts either = {.impossible = false};
    join_entries(given, a, b, &either);
    join_entries(given, b, a, &either);
    for (uint32_t i = 0; i < a->literal_count; i++)
        if (has_literal(given, b, &a->literals[i]))
            facts_add_literal(given, &either, a->literals[i].test, a->literals[i].truth);
    return either;
}

/* --- the tree --- */

struct outcomes {
    struct facts of[2]; /* [false], [true] */
};

static bool is_clause(const struct node *node)
{
    return node->kind != NODE_AND && node->kind != NODE_OR && node->kind != NODE_NOT;
}

static struct node *next_condition(const struct node *root, struct node *node)
{
    if (!is_clause(node))
        return node->first_child;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* All children have this outcome: the largest set grows by the others. */
static struct facts meet_children(struct facts_given *given, const struct node *node, struct outcomes *outcomes,
                                  bool outcome)
{
    const struct node *largest = node->first_child;
    for (const struct node *child = node->first_child; child; child = child->next)
        if (outcomes[child->id].of[outcome].count > outcomes[largest->id].of[outcome].count)
            largest = child;
    struct facts all = outcomes[largest->id].of[outcome];
    for (const struct node *child = node->first_child; child; child = child->next)
        if (child != largest)
            facts_meet(given, &all, &outcomes[child->id].of[outcome]);
    return all;
}

static struct facts join_children(struct facts_given *given, const struct node *node, struct outcomes *outcomes,
                                  bool outcome)
{
    struct facts any = outcomes[node->first_child->id].of[outcome];
    for (const struct node *child = node->first_child->next; child; child = child->next)
        any = facts_join(given, &any, &outcomes[child->id].of[outcome]);
    return any;
}

static void fold(struct facts_given *given, const struct node *node, struct outcomes *outcomes)
{
    struct outcomes *own = &outcomes[node->id];
    if (node->kind == NODE_NOT) {
        own->of[true] = outcomes[node->first_child->id].of[false];
        own->of[false] = outcomes[node->first_child->id].of[true];
        return;
    }
    bool common = node->kind == NODE_AND; /* the outcome that all children share */
    own->of[common] = meet_children(given, node, outcomes, common);
    own->of[!common] = join_children(given, node, outcomes, !common);
}

bool facts_of_condition(struct facts_given *given, const struct ddbexpr_program *condition, struct condition_facts *ret)
{
    const struct ddbexpr_expression *expression = condition->checked->expression;
    struct node *root = expression->root;
    struct outcomes *outcomes = ARENA_ARRAY(given->memory.arena, struct outcomes, expression->node_count);
    const struct node **parts = ARENA_ARRAY(given->memory.arena, const struct node *, expression->node_count);
    bool *never_true = ARENA_ARRAY(given->memory.arena, bool, expression->node_count);
    bool *never_false = ARENA_ARRAY(given->memory.arena, bool, expression->node_count);
    if (!outcomes || !parts || !never_true || !never_false) {
        given->memory.failed = true;
        return false;
    }
    const struct test *test = condition->tests;
    for (struct node *node = root; node; node = next_condition(root, node)) {
        parts[node->id] = node;
        if (!is_clause(node))
            continue;
        outcomes[node->id].of[true] = facts_of_clause(given, test, true);
        outcomes[node->id].of[false] = facts_of_clause(given, test, false);
        test++;
    }
    for (uint32_t id = 0; id < expression->node_count; id++) {
        if (!parts[id])
            continue;
        if (!is_clause(parts[id]))
            fold(given, parts[id], outcomes);
        never_true[id] = outcomes[id].of[true].impossible;
        never_false[id] = outcomes[id].of[false].impossible;
    }
    *ret = (struct condition_facts){outcomes[root->id].of[true], outcomes[root->id].of[false], never_true, never_false};
    return !given->memory.failed;
}
