/* SPDX-License-Identifier: Apache-2.0 */
/* The passes over one parsed expression, in the service's order (spec: local-engine, passes; rulings 9, 11, 13):
 * first words, indexes and functions in text order; then the number of operators; then, clause by clause (updates:
 * from the last action to the first), placeholders, operand counts and operand types. Walks are loops: no text may
 * recurse on the C stack. */
#include "check/check.h"

#include "check/reserved.h"
#include "check/suggest.h"
#include "syntax/parse.h"

/* --- first pass: words, indexes, functions, in text order --- */

static void check_reserved_step(struct checked *c, const struct node *path, const struct path_step *step)
{
    if (step->is_placeholder)
        return;
    struct diag_draft draft = check_draft(c, DIAG_RESERVED_WORD, path);
    draft.span = step->span;
    draft.args[0] = step->name;
    if (step->is_index) {
        if (check_list_index(step->name) <= LIMIT_LIST_INDEX)
            return;
        draft.id = DIAG_LIST_INDEX;
    } else {
        enum reserved_state state = reserved_word(step->name);
        if (state == RESERVED_NOT)
            return;
        if (state == RESERVED_DISPUTED)
            draft.id = DIAG_RESERVED_WORD_DISPUTED;
    }
    check_report(c, &draft);
    if (draft.id == DIAG_LIST_INDEX)
        checked_at(c, path)->faulty = true;
}

static void check_words(struct checked *c, const struct node *path)
{
    for (uint32_t i = 0; i < path->step_count; i++)
        check_reserved_step(c, path, &path->steps[i]);
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
    case NODE_PROJECTION:
        return true;
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
    if (found.len)
        draft.args[1] = check_fill(c, TEXT_DID_YOU_MEAN_FUNCTION, found);
    check_report(c, &draft);
    checked_at(c, call)->faulty = true;
}

/* Whether the function may stand where it does; which of the service's three texts tells it if not (ruling 11). */
static void check_function(struct checked *c, const struct node *call)
{
    enum function_id id = function_find(call->name);
    checked_at(c, call)->function = id;
    if (id == FUNCTION_UNKNOWN) {
        report_unknown_function(c, call);
        return;
    }
    bool update = c->expression->kind == DDBEXPR_UPDATE;
    enum function_place place = function_at(id)->place;
    struct diag_draft draft = check_draft(c, DIAG_FUNCTION_MISUSED, call);
    if (update && place != PLACE_UPDATE) {
        draft.id = DIAG_FUNCTION_NOT_IN_UPDATE;
    } else if (!update && place == PLACE_UPDATE) {
        draft.id = DIAG_FUNCTION_NOT_IN_CONDITION;
    } else if (!update && place == PLACE_CONDITION && is_operand(call)) {
        draft.args[1] = ddbexpr_cstr(diag_text(TEXT_FUNCTION_IS_A_CONDITION));
    } else if (!update && place == PLACE_OPERAND && !is_operand(call)) {
        draft.args[1] = ddbexpr_cstr(diag_text(TEXT_SIZE_IS_NO_CONDITION));
    } else if (id == FUNCTION_LIST_APPEND && call->parent->kind == NODE_CALL &&
               function_find(call->parent->name) == FUNCTION_LIST_APPEND) { /* aws: scy-upd-*, ruling 11 */
        draft.args[1] = ddbexpr_cstr(diag_text(TEXT_NESTED_LIST_APPEND));
    } else {
        return;
    }
    draft.span = call->op_span;
    draft.args[0] = call->name;
    check_report(c, &draft);
    checked_at(c, call)->faulty = true;
}

static void check_words_under(struct checked *c, struct node *root)
{
    for (struct node *node = root; node; node = ast_next(root, node))
        if (node->kind == NODE_PATH)
            check_words(c, node);
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
        else if (node->kind == NODE_CALL)
            check_function(c, node);
    }
}

static bool section_seen(const struct node *update, const struct node *before, enum section_kind kind)
{
    for (const struct node *s = update->first_child; s != before; s = s->next)
        if (s->section == kind)
            return true;
    return false;
}

static void check_repeated_section(struct checked *c, const struct node *update, const struct node *section)
{
    static const str keywords[] = {[SECTION_SET] = {"SET", 3},
                                   [SECTION_REMOVE] = {"REMOVE", 6},
                                   [SECTION_ADD] = {"ADD", 3},
                                   [SECTION_DELETE] = {"DELETE", 6}};
    if (!section_seen(update, section, section->section))
        return;
    struct diag_draft draft = check_draft(c, DIAG_DUPLICATE_SECTION, section);
    draft.span = section->op_span;
    draft.args[0] = keywords[section->section];
    check_report(c, &draft);
}

/* Section by section in the order in which each kind first appears; in one action reserved words before functions; a
 * repeated section after its own actions. */
static void check_update_words(struct checked *c, struct node *update)
{
    for (struct node *first = update->first_child; first; first = first->next) {
        if (section_seen(update, first, first->section))
            continue;
        for (struct node *section = first; section; section = section->next) {
            if (section->section != first->section)
                continue;
            for (struct node *action = section->first_child; action; action = action->next) {
                check_words_under(c, action);
                check_functions_under(c, action);
            }
            check_repeated_section(c, update, section);
        }
    }
}

/* --- operators --- */

/* Comparators, BETWEEN, IN, NOT, functions and the ANDs and ORs between clauses (ruling 9). */
static uint64_t count_operators(struct node *root)
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
        case NODE_PROJECTION:
            break;
        }
    return count;
}

static void check_operator_count(struct checked *c)
{
    uint64_t count = count_operators(c->expression->root);
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
    for (struct node *node = root; node; node = ast_next(root, node))
        if (node->kind == NODE_COMPARISON || node->kind == NODE_BETWEEN || node->kind == NODE_IN ||
            (node->kind == NODE_CALL && !is_operand(node)))
            check_clause(c, node);
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
    struct checked *c = ARENA_NEW(a, struct checked);
    struct checked_node *nodes = ARENA_ARRAY(a, struct checked_node, expression->node_count);
    if (!c || !nodes)
        return DDBEXPR_NO_MEMORY;
    *c = (struct checked){.expression = expression, .scope = scope, .nodes = nodes, .diags = diags, .arena = a};
    for (uint32_t i = 0; i < expression->node_count; i++)
        nodes[i].value_position = SCOPE_NONE;
    switch (expression->kind) {
    case DDBEXPR_CONDITION:
    case DDBEXPR_FILTER:
    case DDBEXPR_KEY_CONDITION:
        check_condition(c);
        break;
    case DDBEXPR_UPDATE:
        check_update_words(c, expression->root);
        check_operator_count(c);
        check_update(c);
        break;
    case DDBEXPR_PROJECTION:
        check_projection(c);
        break;
    }
    if (c->no_memory || scope->no_memory || diags_status(diags) != DDBEXPR_OK)
        return DDBEXPR_NO_MEMORY;
    *ret = c;
    return c->faults ? DDBEXPR_INVALID : DDBEXPR_OK;
}

ddbexpr_status check_text(ddbexpr_kind kind, str text, struct scope *scope, arena *a, ddbexpr_diags *diags,
                          struct checked **ret)
{
    *ret = NULL;
    struct ddbexpr_expression *expression;
    ddbexpr_status status = expression_parse_lenient_into(a, kind, text, diags, &expression);
    if (status != DDBEXPR_OK)
        return status;
    status = check_expression(expression, scope, a, diags, ret);
    if (status != DDBEXPR_OK || !expression->redundant_parentheses)
        return status;
    (*ret)->faults++; /* told while parsing */
    return DDBEXPR_INVALID;
}
