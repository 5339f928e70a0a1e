/* SPDX-License-Identifier: Apache-2.0 */
/* The passes over one parsed expression, in the service's order (spec: local-engine, passes; rulings 9, 11, 13):
 * first words, indexes and functions in text order; then the number of operators; then, clause by clause (updates:
 * from the last action to the first), placeholders, operand counts and operand types. Walks are loops: no text may
 * recurse on the C stack. */
#include "check/check.h"

#include "check/alias.h"
#include "check/reserved.h"
#include "check/suggest.h"
#include "syntax/parse.h"

/* --- first pass: words, indexes, functions, in text order. Placeholders are resolved on the way; what is not defined
 * is told in its turn --- */

static void check_index(struct checked *c, const struct node *path, const struct path_step *step)
{
    if (check_list_index(step->name) <= LIMIT_LIST_INDEX)
        return;
    struct diag_draft draft = check_draft(c, DIAG_LIST_INDEX, path);
    draft.span = step->span;
    draft.args[0] = step->name;
    check_report(c, &draft);
    checked_at(c, path)->faulty = true;
}

static void check_words(struct checked *c, const struct node *path)
{
    for (uint32_t i = 0; i < path->step_count; i++)
        if (path->steps[i].is_index)
            check_index(c, path, &path->steps[i]);
        else if (!path->steps[i].is_placeholder && reserved_word(path->steps[i].name) != RESERVED_NOT)
            check_word(c, path, &path->steps[i]);
    check_resolve_path(c, path);
}

static bool is_operand(const struct node *node)
{
    if (!node->parent)
        return false;
    switch (node->parent->kind) {
    case NODE_OR:
    case NODE_AND:
    case NODE_NOT:
        return false;
    case NODE_COMPARISON:
    case NODE_BETWEEN:
    case NODE_IN:
    case NODE_CALL:
    case NODE_PATH:
    case NODE_VALUE:
    case NODE_ARITHMETIC:
    case NODE_UPDATE:
    case NODE_SECTION:
    case NODE_ACTION:
    case NODE_PROJECTION:;
    }
    return true;
}

static void report_unknown_function(struct checked *c, const struct node *call)
{
    unsigned nearest = 3;
    str found = STR("");
    for (int id = FUNCTION_UNKNOWN + 1; id < FUNCTION_COUNT; id++) {
        unsigned distance = edit_distance(function_at((enum function_id)id)->name, call->name);
        if (distance < nearest) {
            nearest = distance;
            found = function_at((enum function_id)id)->name;
        }
    }
    struct diag_draft draft = check_draft(c, DIAG_UNKNOWN_FUNCTION, call);
    draft.span = call->op_span;
    draft.args[0] = call->name;
    ddbexpr_edit edit = edit_replace(draft.source, draft.span, found);
    if (found.len) {
        draft.args[1] = check_fill(c, TEXT_DID_YOU_MEAN_FUNCTION, found);
        check_fix(&draft, nearest == 0 ? DDBEXPR_FIX_SAFE : DDBEXPR_FIX_UNSAFE, TEXT_FIX_WRITE, found, &edit, 1);
    }
    check_report(c, &draft);
    checked_at(c, call)->faulty = true;
}

static void report_function(struct checked *c, const struct node *call, enum diag_id id, const char *hint)
{
    struct diag_draft draft = check_draft(c, id, call);
    draft.span = call->op_span;
    draft.args[0] = call->name;
    draft.args[1] = ddbexpr_cstr(hint);
    check_report(c, &draft);
    checked_at(c, call)->faulty = true;
}

/* Whether the function may stand where it does; which of the service's three texts tells it if not (ruling 11). */
static void check_function(struct checked *c, const struct node *call)
{
    enum function_id id = function_find(call->name);
    checked_at(c, call)->function = id;
    c->any_call = true;
    if (id == FUNCTION_UNKNOWN) {
        report_unknown_function(c, call);
        return;
    }
    bool update = c->expression->kind == DDBEXPR_UPDATE;
    enum function_place place = function_at(id)->place;
    if (update && place != PLACE_UPDATE)
        report_function(c, call, DIAG_FUNCTION_NOT_IN_UPDATE, "");
    else if (!update && place == PLACE_UPDATE)
        report_function(c, call, DIAG_FUNCTION_NOT_IN_CONDITION,
                        diag_text(id == FUNCTION_LIST_APPEND ? TEXT_NO_LIST_APPEND : TEXT_NO_DEFAULT));
    else if (!update && place == PLACE_CONDITION && is_operand(call))
        report_function(c, call, DIAG_FUNCTION_MISUSED, diag_text(TEXT_FUNCTION_IS_A_CONDITION));
    else if (!update && place == PLACE_OPERAND && !is_operand(call))
        report_function(c, call, DIAG_SIZE_AS_CONDITION, "");
    else if (id == FUNCTION_LIST_APPEND && call->parent->kind == NODE_CALL &&
             function_find(call->parent->name) == FUNCTION_LIST_APPEND) /* aws: scy-upd-*, ruling 11 */
        report_function(c, call, DIAG_FUNCTION_MISUSED, diag_text(TEXT_NESTED_LIST_APPEND));
}

/* Whether there are functions to be looked at. */
static bool check_words_under(struct checked *c, struct node *root)
{
    bool any_call = false;
    for (struct node *node = root; node; node = ast_next(root, node)) {
        if (node->kind == NODE_PATH)
            check_words(c, node);
        else if (node->kind == NODE_VALUE)
            check_resolve_value(c, node);
        else if (node->kind == NODE_CALL)
            any_call = true;
    }
    return any_call;
}

static void check_functions_under(struct checked *c, struct node *root)
{
    for (struct node *node = root; node; node = ast_next(root, node))
        if (node->kind == NODE_CALL)
            check_function(c, node);
}

static void check_condition_words(struct checked *c, struct node *root)
{
    for (struct node *node = root; node; node = ast_next(root, node)) {
        if (node->kind == NODE_PATH)
            check_words(c, node);
        else if (node->kind == NODE_VALUE)
            check_resolve_value(c, node);
        else if (node->kind == NODE_CALL)
            check_function(c, node);
    }
}

/* The first section of a kind in front of one, or NULL. */
static const struct node *section_before(const struct node *update, const struct node *before, enum section_kind kind)
{
    for (const struct node *s = update->first_child; s != before; s = s->next)
        if (s->section == kind)
            return s;
    return NULL;
}

/* The fix: a comma in place of the keyword if it goes on straight behind its first half; or else its actions move. */
static void merge_sections(struct checked *c, const struct node *first, const struct node *again,
                           struct diag_draft *draft, ddbexpr_edit *edits)
{
    const struct node *previous = first;
    while (previous->next != again)
        previous = previous->next;
    span keyword = {previous->span.end, again->op_span.end};
    edits[0] = edit_replace(draft->source, keyword, STR(","));
    size_t count = 1;
    if (previous->section != again->section) {
        span actions = {again->first_child->span.start, again->span.end};
        uint32_t end = first->span.end;
        str moved = check_fill(c, TEXT_MOVED_ACTIONS, str_slice(c->expression->text, actions));
        edits[0] = edit_replace(draft->source, (span){end, end}, moved);
        edits[1] = edit_replace(draft->source, (span){previous->span.end, again->span.end}, STR(""));
        count = 2;
    }
    check_fix(draft, DDBEXPR_FIX_UNSAFE, TEXT_FIX_MERGE, draft->args[0], edits, count);
}

static void check_repeated_section(struct checked *c, const struct node *update, const struct node *section)
{
    const struct node *first = section_before(update, section, section->section);
    if (!first)
        return;
    struct diag_draft draft = check_draft(c, DIAG_DUPLICATE_SECTION, section);
    ddbexpr_edit edits[2];
    draft.span = section->op_span;
    draft.args[0] = ast_section_text(section->section);
    merge_sections(c, first, section, &draft, edits);
    check_report(c, &draft);
}

/* Section by section in the order in which each kind first appears; in one action reserved words before functions; a
 * repeated section after its own actions. */
static void check_update_words(struct checked *c, struct node *update)
{
    for (struct node *first = update->first_child; first; first = first->next) {
        if (section_before(update, first, first->section))
            continue;
        for (struct node *section = first; section; section = section->next) {
            if (section->section != first->section)
                continue;
            for (struct node *action = section->first_child; action; action = action->next) {
                if (check_words_under(c, action))
                    check_functions_under(c, action);
            }
            check_repeated_section(c, update, section);
        }
    }
}

/* --- operators --- */

/* Comparators, BETWEEN, IN, NOT, functions and the ANDs and ORs between clauses (ruling 9). */
uint64_t check_count_operators(struct node *root)
{
    uint64_t count = 0;
    for (struct node *node = root; node; node = ast_next(root, node))
        switch (node->kind) {
        case NODE_OR:
        case NODE_AND:
            count += node->child_count - 1;
            break;
        case NODE_NOT:
        case NODE_COMPARISON:
        case NODE_BETWEEN:
        case NODE_IN:
        case NODE_CALL:
        case NODE_ARITHMETIC:
            count++;
            break;
        case NODE_PATH:
        case NODE_VALUE:
        case NODE_UPDATE:
        case NODE_SECTION:
        case NODE_ACTION:
        case NODE_PROJECTION:;
        }
    return count;
}

static void check_operator_count(struct checked *c)
{
    if (c->expression->node_count <= LIMIT_OPERATORS)
        return; /* nodes with children stand for one operator; chains for fewer than they have leaves under them */
    uint64_t count = check_count_operators(c->expression->root);
    if (count <= LIMIT_OPERATORS)
        return;
    struct diag_draft draft = check_draft(c, DIAG_OPERATOR_COUNT, c->expression->root);
    draft.args[0] = check_decimal(c, count);
    check_report(c, &draft);
}

/* --- the order of it all --- */

static void check_condition(struct checked *c)
{
    struct node *root = c->expression->root;
    check_condition_words(c, root);
    check_operator_count(c);
    for (struct node *node = root, *next; node; node = next) {
        bool joins = node->kind == NODE_OR || node->kind == NODE_AND || node->kind == NODE_NOT;
        next = joins ? ast_next(root, node) : ast_next_after(root, node);
        if (!joins)
            check_clause(c, node);
    }
}

/* Reserved words, then names that are not defined, then overlap and conflict (spec: documentation-dynalite-moto 2). */
static void check_projection(struct checked *c)
{
    struct node *root = c->expression->root;
    const struct node **paths = ARENA_ARRAY(c->arena, const struct node *, root->child_count);
    if (!paths) {
        c->no_memory = true;
        return;
    }
    check_words_under(c, root);
    size_t count = 0;
    for (struct node *path = root->first_child; path; path = path->next) {
        check_path_names(c, path);
        paths[count++] = path;
    }
    check_overlap(c, paths, count);
}

ddbexpr_status check_expression(const ddbexpr_expression *expression, struct scope *scope, arena *a,
                                ddbexpr_diags *diags, struct checked **ret)
{
    struct checked *c = ARENA_ROOM(a, struct checked, 1);
    struct checked_node *nodes = ARENA_ROOM(a, struct checked_node, expression->node_count);
    if (!c || !nodes)
        return DDBEXPR_NO_MEMORY;
    *c = (struct checked){.expression = expression, .scope = scope, .nodes = nodes, .diags = diags, .arena = a};
    for (uint32_t i = 0; i < expression->node_count; i++)
        nodes[i] = (struct checked_node){.value_position = SCOPE_NONE};
    if (expression->kind == DDBEXPR_UPDATE) {
        check_update_words(c, expression->root);
        check_operator_count(c);
        check_update(c);
    } else if (expression->kind == DDBEXPR_PROJECTION) {
        check_projection(c);
    } else {
        check_condition(c);
    }
    if (c->no_memory || scope->no_memory || diags_status(diags) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    *ret = c;
    return c->faults ? DDBEXPR_INVALID : DDBEXPR_OK;
}

static str make_placeholder(void *context, ddbexpr_source map, str stands_for, bool *ret_is_new)
{
    return scope_alias(context, map, stands_for, ret_is_new);
}

ddbexpr_status check_text(ddbexpr_kind kind, str text, struct scope *scope, arena *a, ddbexpr_diags *diags,
                          struct checked **ret)
{
    *ret = NULL;
    struct ddbexpr_expression *expression;
    const struct placeholder_source placeholders = {scope, make_placeholder};
    ddbexpr_status status = expression_parse_for_request(a, kind, text, &placeholders, diags, &expression);
    if (status != DDBEXPR_OK)
        return status;
    status = check_expression(expression, scope, a, diags, ret);
    if (status != DDBEXPR_OK || !expression->redundant_parentheses)
        return status;
    (*ret)->faults++; /* told while parsing */
    return DDBEXPR_INVALID;
}
