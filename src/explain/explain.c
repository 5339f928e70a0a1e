/* SPDX-License-Identifier: Apache-2.0 */
/* Explaining a condition: every test is run by itself, without short cuts, and the outcomes are folded back onto the
 * tree. It is no second evaluator: the tests are the program's. */
#include "explain/explain.h"

struct node *explain_next(const struct node *root, struct node *node)
{
    if (!is_leaf(node))
        return node->first_child;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* What the service would have looked at: the tests on the way through the program. */
static void mark_skipped(struct ddbexpr_explanation *e)
{
    for (size_t i = 0; i < e->clause_count; i++)
        e->clauses[i].skipped = true;
    int32_t at = 0;
    while (at >= 0) {
        const struct test *test = &e->program->tests[at];
        e->clauses[at].skipped = false;
        at = e->clauses[at].outcome ? test->on_true : test->on_false;
    }
    e->matched = at == GO_TRUE;
}

/* Outcomes from the leaves up: a node is finished when the walk comes back to it, so ids ascend. */
static void fold(const struct node *node, bool *outcomes)
{
    if (node->kind == NODE_NOT) {
        outcomes[node->id] = !outcomes[node->first_child->id];
        return;
    }
    bool all = node->kind == NODE_AND;
    bool outcome = all;
    for (const struct node *child = node->first_child; child; child = child->next)
        outcome = all ? outcome && outcomes[child->id] : outcome || outcomes[child->id];
    outcomes[node->id] = outcome;
}

static bool explain_tree(struct ddbexpr_explanation *e)
{
    const ddbexpr_expression *expression = e->program->checked->expression;
    struct node *root = expression->root;
    bool *outcomes = e->outcomes = ARENA_ARRAY(e->arena, bool, expression->node_count);
    const struct node **inner = ARENA_ARRAY(e->arena, const struct node *, expression->node_count);
    uint32_t *depths = ARENA_ARRAY(e->arena, uint32_t, expression->node_count); /* by node id */
    e->branches = ARENA_ARRAY(e->arena, ddbexpr_branch, expression->node_count);
    if (!outcomes || !inner || !depths || !e->branches)
        return false;
    uint32_t test = 0;
    for (struct node *node = root; node; node = explain_next(root, node)) {
        ddbexpr_branch *branch = &e->branches[e->branch_count++];
        depths[node->id] = node == root ? 0 : depths[node->parent->id] + 1; /* parents come first */
        *branch = (ddbexpr_branch){.kind = branch_kind(node),
                                   .depth = depths[node->id],
                                   .last_child = !node->next,
                                   .span = node->outer,
                                   .clause = test};
        if (is_leaf(node)) {
            outcomes[node->id] = e->clauses[test++].outcome;
        } else {
            inner[node->id] = node;
        }
    }
    for (uint32_t id = 0; id < expression->node_count; id++)
        if (inner[id])
            fold(inner[id], outcomes);
    size_t at = 0;
    for (struct node *node = root; node; node = explain_next(root, node))
        e->branches[at++].outcome = outcomes[node->id];
    return explain_blame(e);
}

static bool explain_clauses(struct ddbexpr_explanation *e, struct explainer *x, const value *key)
{
    for (size_t i = 0; i < e->clause_count; i++)
        if (!explain_clause(x, &e->program->tests[i], &e->clauses[i]))
            return false;
    mark_skipped(e);
    if (!explain_tree(e))
        return false;
    for (size_t i = 0; i < e->clause_count; i++)
        if (!explain_traps(x, &e->program->tests[i], key, e->outcomes, &e->clauses[i]))
            return false;
    e->blamed_spans = ARENA_ARRAY(e->arena, ddbexpr_span, e->clause_count);
    if (!e->blamed_spans)
        return false;
    for (size_t i = 0; i < e->clause_count; i++) {
        if (!e->clauses[i].blamed)
            continue;
        e->blamed_spans[e->blamed_count++] = e->clauses[i].span;
        if (!e->matched && !explain_wanted(x, &e->program->tests[i], key, &e->clauses[i]))
            return false;
    }
    return true;
}

static ddbexpr_status explain_in(arena *a, const ddbexpr_program *program, const value *item, const value *key,
                                 struct ddbexpr_explanation **ret)
{
    struct ddbexpr_explanation *e = ARENA_NEW(a, struct ddbexpr_explanation);
    struct explainer x = {.arena = a, .checked = program->checked, .item = item};
    if (!e || ddbexpr_buffer_new(arena_allocator(a), &x.text) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    *e = (struct ddbexpr_explanation){.arena = a,
                                      .program = program,
                                      .item = item,
                                      .key = key,
                                      .has_item = item != NULL,
                                      .clauses = ARENA_ARRAY(a, ddbexpr_clause, program->test_count),
                                      .clause_count = program->test_count};
    bool done = e->clauses && explain_clauses(e, &x, key);
    ddbexpr_buffer_free(x.text);
    if (!done)
        return DDBEXPR_NO_MEMORY;
    *ret = e;
    return DDBEXPR_OK;
}

bool explain_usable(const value *item, const ddbexpr_explain_options *options)
{
    if (item && (item->type != DDBEXPR_M || (item->flags & VALUE_FAULTY)))
        return false;
    return !options || (options->size == sizeof *options && (!options->key || options->key->type == DDBEXPR_M));
}

ddbexpr_status ddbexpr_explain(const ddbexpr_program *program, const ddbexpr_value *item,
                               const ddbexpr_explain_options *options, const ddbexpr_alloc *alloc,
                               ddbexpr_explanation **ret_explanation)
{
    if (!program->tests || !explain_usable(item, options))
        return DDBEXPR_MISUSE;
    arena *a;
    if (ddbexpr_arena_new(alloc, &a) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    ddbexpr_status status = explain_in(a, program, item, options ? options->key : NULL, ret_explanation);
    if (status != DDBEXPR_OK)
        ddbexpr_arena_free(a);
    return status;
}

void ddbexpr_explanation_free(ddbexpr_explanation *e)
{
    if (e)
        ddbexpr_arena_free(e->arena);
}

bool ddbexpr_explanation_matched(const ddbexpr_explanation *e) { return e->matched; }
bool ddbexpr_explanation_has_item(const ddbexpr_explanation *e) { return e->has_item; }
ddbexpr_kind ddbexpr_explanation_kind(const ddbexpr_explanation *e) { return e->program->kind; }
ddbexpr_str ddbexpr_explanation_text(const ddbexpr_explanation *e) { return e->program->checked->expression->text; }
const ddbexpr_value *ddbexpr_explanation_item(const ddbexpr_explanation *e) { return e->item; }
const ddbexpr_value *ddbexpr_explanation_key(const ddbexpr_explanation *e) { return e->key; }
size_t ddbexpr_explanation_clause_count(const ddbexpr_explanation *e) { return e->clause_count; }

const ddbexpr_clause *ddbexpr_explanation_clause_at(const ddbexpr_explanation *e, size_t index)
{
    return index < e->clause_count ? &e->clauses[index] : NULL;
}

size_t ddbexpr_explanation_branch_count(const ddbexpr_explanation *e) { return e->branch_count; }

const ddbexpr_branch *ddbexpr_explanation_branch_at(const ddbexpr_explanation *e, size_t index)
{
    return index < e->branch_count ? &e->branches[index] : NULL;
}

uint64_t ddbexpr_explanation_other_blame_sets(const ddbexpr_explanation *e) { return e->other_blame_sets; }
