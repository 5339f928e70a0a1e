/* SPDX-License-Identifier: Apache-2.0 */
/* DX401 to DX408: updates that succeed or fail by what happens to be stored. Each is silent where the condition proves
 * what the update needs; where it proves the opposite DX607 speaks. */
#include "lint/rules.h"

#include "check/alias.h"

/* --- what is open --- */

static bool is_open(const struct lint *l, const struct need *need)
{
    return need_state_of(&l->effects, need, l->given, l->facts) == NEED_OPEN;
}

static bool judges_updates(const struct lint *l) { return l->update && l->facts; }

static bool is_plain_operand(const struct need *need) { return need->kind == NEED_COPIED || need->kind == NEED_NUMBER; }

/* The same lack was told for an earlier action or operand. */
static bool told_before(const struct lint *l, uint32_t index)
{
    const struct need *need = &l->effects.needs[index];
    for (uint32_t i = 0; i < index; i++) {
        const struct need *earlier = &l->effects.needs[i];
        if ((earlier->kind == need->kind || (is_plain_operand(earlier) && is_plain_operand(need))) &&
            earlier->item_may_miss == need->item_may_miss && path_equal(&earlier->path, &need->path) &&
            is_open(l, earlier))
            return true;
    }
    return false;
}

static struct diag_draft draft_of(const struct lint *l, enum diag_id id, const struct node *node)
{
    return check_draft(l->update->checked, id, node);
}

/* --- DX401, DX402: operands --- */

/* ADD does the same as adding to a top-level or nested number in a SET, and starts from zero. */
static str add_instead(struct lint *l, const struct need *need)
{
    struct change change;
    if (!effects_change(&l->effects, need->action, &change) || change.lowers)
        return STR("");
    return lint_fill(l, TEXT_OR_ADD, lint_text(l->update->checked, need->node),
                     lint_text(l->update->checked, change.amount), STR(""));
}

/* The default that code mostly has in mind; somebody else must know whether an item may begin with it. */
static void suggest_default(struct lint *l, const struct need *need, struct diag_draft *draft, ddbexpr_edit edits[2])
{
    struct checked *c = (struct checked *)l->update->checked;
    bool is_new;
    str start = need->kind == NEED_LIST ? STR("{\"L\": []}") : STR("{\"N\": \"0\"}");
    str placeholder = scope_alias(c->scope, DDBEXPR_SOURCE_VALUES, start, &is_new);
    if (!placeholder.ptr) {
        l->no_memory = true;
        return;
    }
    str text = lint_fill(l, TEXT_WITH_DEFAULT, lint_text(c, need->node), placeholder, STR(""));
    edits[0] = edit_replace(draft->source, need->node->span, text);
    edits[1] = edit_member(DDBEXPR_EDIT_ADD_MEMBER, DDBEXPR_SOURCE_VALUES, placeholder, start);
    check_fix(draft, DDBEXPR_FIX_UNSAFE, TEXT_FIX_WRITE, text, edits, 2); /* a value is always a new one */
}

static void report_operand(struct lint *l, const struct need *need)
{
    ddbexpr_edit edits[2];
    bool list = need->kind == NEED_LIST, item = lint_item_exists(l);
    enum diag_id id = list   ? (item ? LINT_MISSING_LIST_ITEM : LINT_MISSING_LIST)
                      : item ? LINT_MISSING_OPERAND_ITEM
                             : LINT_MISSING_OPERAND;
    struct diag_draft draft = draft_of(l, id, need->node);
    draft.args[0] = lint_text(l->update->checked, need->node);
    if (need->kind == NEED_NUMBER)
        draft.args[1] = add_instead(l, need);
    if (list || need->kind == NEED_NUMBER)
        suggest_default(l, need, &draft, edits);
    lint_report(l, &draft);
}

void rule_missing_operand(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        bool idle = need->kind == NEED_COPIED && path_equal(&need->path, need->action->target); /* DX310 */
        if (is_plain_operand(need) && is_open(l, need) && !idle && !told_before(l, i))
            report_operand(l, need);
    }
}

void rule_missing_list(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (need->kind == NEED_LIST && is_open(l, need) && !told_before(l, i))
            report_operand(l, need);
    }
}

/* --- DX408: whose index it is --- */

/* The first index of a path, or its count. */
static uint32_t first_index(const struct document_path *path)
{
    uint32_t i = 0;
    while (i < path->count && !path->steps[i].is_index)
        i++;
    return i;
}

/* Whether the condition looks at a list, at something in it or at its size. */
static bool condition_looks_into(const struct lint *l, const struct document_path *list)
{
    const struct checked *c = l->conditions[0].checked;
    if (!l->conditions[0].program)
        return false;
    for (struct node *node = c->expression->root; node; node = ast_next(c->expression->root, node))
        if (node->kind == NODE_PATH && checked_at(c, node)->path.count >= list->count &&
            paths_overlap(&checked_at(c, node)->path, list))
            return true;
    return false;
}

/* REMOVE of an element, which others may have moved, or any action inside one. To SET a whole element is another
 * matter: lists of fixed places are written so, and a large index is a way to append. */
static bool lacks_identity(const struct lint *l, const struct action *action)
{
    uint32_t index = first_index(action->target);
    const struct document_path list = {action->target->steps, index};
    bool inside = index + 1 < action->target->count;
    bool removed = index < action->target->count && action->section == SECTION_REMOVE;
    return (inside || removed) && !condition_looks_into(l, &list) && !l->guarded;
}

void rule_index_without_identity(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        if (!lacks_identity(l, action))
            continue;
        const struct node *target = action->node->first_child;
        uint32_t index = first_index(action->target);
        struct diag_draft draft = draft_of(l, LINT_INDEX_IDENTITY, target);
        draft.args[0] = lint_path_start(l->update->checked, target, index + 1);
        draft.args[1] = lint_path_start(l->update->checked, target, index);
        lint_report(l, &draft);
    }
}

/* --- DX403, DX404, DX406: parents --- */

/* The action also reads below the parent: what is said of that includes the parent. */
static bool operand_tells_it(const struct lint *l, const struct need *parent)
{
    for (uint32_t i = 0; i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (need->action == parent->action && need->kind != NEED_PARENT && need->kind != NEED_STORED &&
            need->path.count >= parent->path.count && paths_overlap(&need->path, &parent->path) && is_open(l, need))
            return true;
    }
    return false;
}

/* The if_not_exists whose first operand lies below the parent, or NULL. */
static const struct node *default_below(const struct lint *l, const struct need *parent)
{
    for (uint32_t i = 0; i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (need->action == parent->action && need->may_miss && need->kind != NEED_STORED &&
            need->path.count > parent->path.count && paths_overlap(&need->path, &parent->path))
            return need->node->parent;
    }
    return NULL;
}

static void report_parent(struct lint *l, const struct need *need, enum diag_id id, const struct node *node)
{
    const struct checked *c = l->update->checked;
    struct diag_draft draft = draft_of(l, id, node);
    draft.args[0] = lint_text(c, need->node);
    draft.args[1] = lint_path_start(c, need->node, need->path.count);
    draft.args[2] = ddbexpr_cstr(diag_text(need->node->steps[need->path.count].is_index ? TEXT_A_LIST : TEXT_A_MAP));
    lint_report(l, &draft);
}

static bool is_open_parent(const struct lint *l, uint32_t index, bool of_removal)
{
    const struct need *need = &l->effects.needs[index];
    return need->kind == NEED_PARENT && need->item_may_miss == of_removal && is_open(l, need) &&
           !operand_tells_it(l, need) && !lacks_identity(l, need->action) && !told_before(l, index);
}

void rule_missing_parent(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (is_open_parent(l, i, false) && !default_below(l, need))
            report_parent(l, need, lint_item_exists(l) ? LINT_MISSING_PARENT_ITEM : LINT_MISSING_PARENT, need->node);
    }
}

void rule_useless_parent_default(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        const struct node *call = default_below(l, need);
        if (call && is_open_parent(l, i, false))
            report_parent(l, need, LINT_USELESS_DEFAULT, call);
    }
}

void rule_remove_missing_parent(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->effects.count; i++)
        if (is_open_parent(l, i, true))
            report_parent(l, &l->effects.needs[i], LINT_REMOVE_PARENT, l->effects.needs[i].node);
}

/* --- DX407 --- */

/* Whether the list is proven to have `elements`; one with an element at an index has all before it. */
static bool has_elements(const struct lint *l, const struct document_path *list, uint32_t elements)
{
    struct fact fact = lint_fact(l, list);
    const struct range *size = &fact.ranges[RANGE_SIZE];
    if (elements == 0 || !size->lower)
        return elements == 0;
    struct number lower = value_number(size->lower), wanted = number_of(elements);
    int order = number_compare(&lower, &wanted);
    return order >= 0;
}

void rule_index_past_end(struct lint *l)
{
    for (uint32_t i = 0; judges_updates(l) && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        uint32_t last = action->target->count - 1, index = action->target->steps[last].index;
        bool sets = action->section == SECTION_SET;
        if (!action->target->steps[last].is_index || !(sets || action->section == SECTION_REMOVE) ||
            lacks_identity(l, action))
            continue;
        const struct document_path list = {action->target->steps, last};
        const struct node *target = action->node->first_child;
        if (has_elements(l, &list, sets ? index : index + 1))
            continue;
        struct diag_draft draft = draft_of(l, sets ? LINT_INDEX_APPENDS : LINT_INDEX_REMOVES_NOTHING, target);
        draft.args[0] = lint_text(l->update->checked, target);
        draft.args[1] = lint_path_start(l->update->checked, target, last);
        draft.args[2] = target->steps[last].name;
        lint_report(l, &draft);
    }
}
