/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an update's actions. What the service does with each is in src/program/update.c: this file says beforehand
 * what that one finds out. Walks are loops. */
#include "lint/effects.h"

static bool is_call_of(const struct checked *c, const struct node *node, enum function_id id)
{
    return node->kind == NODE_CALL && checked_at(c, node)->function == id;
}

static bool is_looked_at(const struct checked *c, const struct node *node)
{
    return is_call_of(c, node->parent, FUNCTION_IF_NOT_EXISTS) && node == node->parent->first_child;
}

/* --- needs --- */

/* What an operand is used for: if_not_exists hands through what is wanted of it. */
static enum need_kind use_of(const struct checked *c, const struct node *node)
{
    const struct node *user = node->parent;
    while (is_call_of(c, user, FUNCTION_IF_NOT_EXISTS))
        user = user->parent;
    return user->kind == NODE_ARITHMETIC ? NEED_NUMBER : user->kind == NODE_CALL ? NEED_LIST : NEED_COPIED;
}

static type_set types_for(enum need_kind kind)
{
    return kind == NEED_NUMBER ? TYPE_BIT(DDBEXPR_N) : kind == NEED_LIST ? TYPE_BIT(DDBEXPR_L) : TYPES_ALL;
}

static const struct node *default_around(const struct checked *c, const struct node *node)
{
    const struct node *inner = node;
    for (const struct node *outer = node->parent; outer->kind != NODE_ACTION; inner = outer, outer = outer->parent)
        if (is_call_of(c, outer, FUNCTION_IF_NOT_EXISTS) && inner != outer->first_child)
            return outer;
    return NULL;
}

static void add_operands(struct effects *e, const struct action *action)
{
    const struct checked *c = e->update->checked;
    struct node *root = action->node->first_child->next;
    for (struct node *node = root; node; node = ast_next(root, node)) {
        if (node->kind != NODE_PATH)
            continue;
        enum need_kind kind = use_of(c, node);
        e->needs[e->count++] = (struct need){.kind = kind,
                                             .path = checked_at(c, node)->path,
                                             .types = types_for(kind),
                                             .may_miss = is_looked_at(c, node),
                                             .unless = default_around(c, node),
                                             .node = node,
                                             .action = action};
    }
}

static void add_target(struct effects *e, const struct action *action)
{
    const struct document_path *target = action->target;
    bool drops = action->section == SECTION_REMOVE || action->section == SECTION_DELETE;
    struct need need = {.path = *target, .node = action->node->first_child, .action = action};
    if (target->count > 1) {
        need.kind = NEED_PARENT;
        need.path.count = target->count - 1;
        need.types = TYPE_BIT(target->steps[need.path.count].is_index ? DDBEXPR_L : DDBEXPR_M);
        need.item_may_miss = drops;
        e->needs[e->count++] = need;
    }
    if (action->operand) {
        need.kind = NEED_STORED;
        need.path = *target;
        need.types = TYPE_BIT(action->operand->type);
        need.may_miss = true;
        e->needs[e->count++] = need;
    }
}

bool effects_of_update(const struct ddbexpr_program *update, arena *a, struct effects *ret)
{
    size_t most = update->checked->expression->node_count + (size_t)update->action_count * 2;
    *ret = (struct effects){.update = update, .needs = ARENA_ARRAY(a, struct need, most)};
    if (!ret->needs)
        return false;
    for (uint32_t i = 0; i < update->action_count; i++) {
        const struct action *action = &update->actions[i];
        add_target(ret, action);
        if (action->section == SECTION_SET)
            add_operands(ret, action);
    }
    return true;
}

/* --- answers --- */

/* Whether a default comes up. */
enum coming { COMES_NEVER, COMES_PERHAPS, COMES_ALWAYS };

static enum coming default_comes_up(const struct effects *e, const struct node *unless, const struct facts_given *given,
                                    const struct facts *facts)
{
    const struct checked *c = e->update->checked;
    enum coming least = COMES_ALWAYS;
    for (; unless; unless = default_around(c, unless)) {
        struct fact looked_at = facts_at(given, facts, &checked_at(c, unless->first_child)->path);
        if (fact_proves_existence(&looked_at))
            return COMES_NEVER;
        if (!fact_proves_absence(&looked_at))
            least = COMES_PERHAPS;
    }
    return least;
}

enum need_state need_state_of(const struct effects *e, const struct need *need, const struct facts_given *given,
                              const struct facts *facts)
{
    enum coming comes_up = default_comes_up(e, need->unless, given, facts);
    const struct key_attribute *key = facts_key_attribute(given->key, &need->path);
    struct fact fact = facts_at(given, facts, &need->path);
    bool can_fit = fact.may_exist && (fact.types & need->types);
    if (comes_up == COMES_NEVER)
        return NEED_MET;
    bool doomed = need->may_miss ? fact_proves_existence(&fact) && !can_fit : !can_fit;
    if (key) /* a new item begins with its key */
        doomed = !(TYPE_BIT(key->type) & need->types);
    if (doomed && need->item_may_miss) {
        const struct document_path item = {NULL, 0};
        struct fact whole = facts_at(given, facts, &item);
        if (fact_proves_absence(&whole))
            return NEED_MET;
        doomed = fact_proves_existence(&whole);
    }
    if (doomed)
        return comes_up == COMES_ALWAYS ? NEED_DOOMED : NEED_IDLE;
    if (need->may_miss || key || fact_proves_existence(&fact))
        return NEED_MET;
    return comes_up == COMES_ALWAYS ? NEED_OPEN : NEED_IDLE;
}

/* --- writes --- */

bool paths_overlap(const struct document_path *a, const struct document_path *b)
{
    uint32_t count = a->count < b->count ? a->count : b->count;
    const struct document_path start_a = {a->steps, count}, start_b = {b->steps, count};
    return path_equal(&start_a, &start_b);
}

const struct action *effects_writer(const struct effects *e, const struct document_path *path)
{
    for (uint32_t i = 0; i < e->update->action_count; i++)
        if (paths_overlap(e->update->actions[i].target, path))
            return &e->update->actions[i];
    return NULL;
}

/* The operand is the target itself, or what it is unless it is missing. */
static bool is_target(const struct checked *c, const struct action *action, const struct node *node,
                      const struct node **ret_default)
{
    if (is_call_of(c, node, FUNCTION_IF_NOT_EXISTS)) {
        *ret_default = node;
        node = node->first_child;
    }
    return node->kind == NODE_PATH && path_equal(&checked_at(c, node)->path, action->target);
}

bool effects_change(const struct effects *e, const struct action *action, struct change *ret)
{
    const struct checked *c = e->update->checked;
    const struct node *operand = action->node->first_child->next;
    *ret = (struct change){.lowers = false};
    if (action->section == SECTION_ADD && action->operand->type == DDBEXPR_N) {
        ret->amount = operand;
        return true;
    }
    if (action->section != SECTION_SET || operand->kind != NODE_ARITHMETIC)
        return false;
    const struct node *left = operand->first_child, *right = left->next;
    ret->lowers = operand->op == OP_MINUS;
    if (right->kind == NODE_VALUE && is_target(c, action, left, &ret->by_default))
        ret->amount = right;
    else if (left->kind == NODE_VALUE && !ret->lowers && is_target(c, action, right, &ret->by_default))
        ret->amount = left;
    return ret->amount != NULL;
}
