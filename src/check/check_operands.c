/* SPDX-License-Identifier: Apache-2.0 */
/* Operands of one clause or one update action: placeholders (names first, then values), operand counts, the same
 * operand twice, types of constants. A type of a stored attribute is never known here. Each node is told about once,
 * and what follows from an earlier fault is not told at all. */
#include "check/check.h"

#include "base/base64.h"

/* --- operands and what is known of their types --- */

#define TYPE_UNKNOWN (-1)

/* The type of an operand if the request alone decides it: a constant's, or N for size(). */
static int operand_type(const struct checked *c, const struct node *node)
{
    const value *constant = checked_constant(c, node);
    if (constant)
        return (int)ddbexpr_value_type(constant);
    return node->kind == NODE_CALL && checked_at(c, node)->function == FUNCTION_SIZE ? (int)DDBEXPR_N : TYPE_UNKNOWN;
}

static bool is_ordered(int type) { return type == DDBEXPR_S || type == DDBEXPR_N || type == DDBEXPR_B; }

static str type_str(int type) { return ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)type)); }

/* Reports a constant of a wrong type: {0} operator or function, {1} type, {2} a hint. In list_append it can become a
 * list: whether that is meant, or another value, the request does not say. */
static void report_type(struct checked *c, enum diag_id id, const struct node *operand, str name, int type, str hint)
{
    struct diag_draft draft = check_draft(c, id, operand);
    draft.args[0] = name;
    draft.args[1] = type_str(type);
    draft.args[2] = hint;
    const ddbexpr_edit wrap = edit_member(DDBEXPR_EDIT_WRAP_MEMBER, DDBEXPR_SOURCE_VALUES, operand->name, STR(""));
    if (id == DIAG_LIST_APPEND_OPERAND && operand->kind == NODE_VALUE)
        check_fix(&draft, DDBEXPR_FIX_UNSAFE, TEXT_FIX_WRAP, operand->name, &wrap, 1);
    check_report(c, &draft);
    checked_at(c, operand)->faulty = true;
}

/* --- placeholders --- */

static void check_names_under(struct checked *c, const struct node *root, const struct node *except)
{
    for (const struct node *node = root; node; node = ast_next(root, (struct node *)node))
        if (node->kind == NODE_PATH && node != except)
            check_path_names(c, node);
}

static void check_values_under(struct checked *c, const struct node *root)
{
    for (const struct node *node = root; node; node = ast_next(root, (struct node *)node))
        if (node->kind == NODE_VALUE)
            check_value(c, node);
}

/* --- the same operand twice --- */

/* For comparators, BETWEEN, IN, and the functions but size and list_append: the first operand may not be the same path
 * as another (aws for contains; spec: local-engine, pass 3; ruling 25). */
static void check_distinct(struct checked *c, const struct node *clause, str name)
{
    const struct node *first = clause->first_child;
    const struct document_path *path = &checked_at(c, first)->path;
    if (first->kind != NODE_PATH || path->count == 0)
        return;
    for (const struct node *other = first->next; other; other = other->next) {
        if (other->kind != NODE_PATH || !path_equal(path, &checked_at(c, other)->path))
            continue;
        struct diag_draft draft = check_draft(c, DIAG_SAME_OPERAND, other);
        draft.args[0] = name;
        draft.args[1] = check_bracketed(c, path);
        draft.labels[0] = (ddbexpr_label){first->span, ddbexpr_cstr(diag_text(TEXT_ALSO_HERE))};
        draft.label_count = 1;
        check_report(c, &draft);
        return;
    }
}

/* --- comparators --- */

static str operator_name(enum node_op op)
{
    static const str names[] = {[OP_EQ] = {"=", 1}, [OP_NE] = {"<>", 2}, [OP_LT] = {"<", 1},   [OP_LE] = {"<=", 2},
                                [OP_GT] = {">", 1}, [OP_GE] = {">=", 2}, [OP_PLUS] = {"+", 1}, [OP_MINUS] = {"-", 1}};
    return names[op];
}

static void check_ordered_operands(struct checked *c, const struct node *clause, str name)
{
    for (const struct node *operand = clause->first_child; operand; operand = operand->next) {
        int type = operand_type(c, operand);
        if (type != TYPE_UNKNOWN && !is_ordered(type))
            report_type(c, DIAG_COMPARATOR_TYPE, operand, name, type, STR(""));
    }
}

static void check_comparison(struct checked *c, const struct node *clause)
{
    str name = operator_name(clause->op);
    check_distinct(c, clause, name);
    if (clause->op != OP_EQ && clause->op != OP_NE)
        check_ordered_operands(c, clause, name);
}

/* Whether of a constant only the type is known. */
static bool is_unknown(const struct checked *c, const struct node *constant)
{
    return scope_is_unknown(c->scope, constant->name);
}

/* --- BETWEEN --- */

/* A bound as the service writes it: {S:a}, {N:1} (as sent), {B:Ag==} (case dyx-msg-063). */
static str print_bound(struct checked *c, const value *v)
{
    buffer *text;
    if (ddbexpr_buffer_new(arena_allocator(c->arena), &text) != DDBEXPR_OK) {
        c->no_memory = true;
        return STR("");
    }
    buffer_put(text, type_str(v->type));
    buffer_char(text, ':');
    if (v->type == DDBEXPR_B) {
        base64_print(value_bytes(v), text);
    } else if (v->type == DDBEXPR_N && v->count == 0) {
        ddbexpr_value_print_number(v, text);
    } else {
        buffer_put(text, value_bytes(v));
    }
    str kept = arena_copy(c->arena, ddbexpr_buffer_text(text));
    c->no_memory |= !kept.ptr || buffer_status(text) != DDBEXPR_OK;
    ddbexpr_buffer_free(text);
    return kept;
}

static void check_bounds(struct checked *c, const struct node *lower_node, const struct node *upper_node)
{
    const value *lower = checked_constant(c, lower_node), *upper = checked_constant(c, upper_node);
    if (!lower || !upper || checked_at(c, lower_node)->faulty || checked_at(c, upper_node)->faulty)
        return;
    int order;
    bool same_type = ddbexpr_value_compare(lower, upper, &order);
    if (same_type && (order <= 0 || is_unknown(c, lower_node) || is_unknown(c, upper_node)))
        return;
    struct diag_draft draft = check_draft(c, same_type ? DIAG_BETWEEN_ORDER : DIAG_BETWEEN_TYPES, upper_node);
    draft.span.start = lower_node->outer.start;
    draft.span.end = upper_node->outer.end;
    draft.args[0] = print_bound(c, lower);
    draft.args[1] = print_bound(c, upper);
    const ddbexpr_edit swap[] = {
        edit_replace(draft.source, lower_node->outer, str_slice(c->expression->text, upper_node->outer)),
        edit_replace(draft.source, upper_node->outer, str_slice(c->expression->text, lower_node->outer))};
    if (same_type)
        check_fix(&draft, DDBEXPR_FIX_UNSAFE, TEXT_FIX_SWAP, STR(""), swap, 2);
    check_report(c, &draft);
}

static void check_between(struct checked *c, const struct node *clause)
{
    check_distinct(c, clause, STR("BETWEEN"));
    check_ordered_operands(c, clause, STR("BETWEEN"));
    check_bounds(c, ast_child(clause, 1), ast_child(clause, 2));
}

/* --- IN --- */

static void check_in(struct checked *c, const struct node *clause)
{
    uint32_t count = clause->child_count - 1;
    if (count > LIMIT_IN_OPERANDS) {
        struct diag_draft draft = check_draft(c, DIAG_IN_OPERANDS, clause);
        draft.args[0] = check_decimal(c, count);
        check_report(c, &draft);
    }
    check_distinct(c, clause, STR("IN"));
}

/* --- functions --- */

static bool check_operand_count(struct checked *c, const struct node *call, const struct function *f)
{
    if (call->child_count == f->operands)
        return true;
    struct diag_draft draft = check_draft(c, DIAG_OPERAND_COUNT, call);
    draft.args[0] = f->name;
    draft.args[1] = check_decimal(c, call->child_count);
    draft.args[2] = f->wanted;
    draft.args[3] = f->usage;
    check_report(c, &draft);
    checked_at(c, call)->faulty = true;
    return false;
}

static void require_path(struct checked *c, const struct node *call, const struct function *f)
{
    const struct node *first = call->first_child;
    if (first->kind == NODE_PATH || checked_at(c, first)->faulty)
        return;
    struct diag_draft draft = check_draft(c, DIAG_PATH_REQUIRED, first);
    draft.args[0] = f->name;
    check_report(c, &draft);
    checked_at(c, call)->faulty = true;
}

static void check_begins_with(struct checked *c, const struct node *call, const struct function *f)
{
    for (const struct node *operand = call->first_child; operand; operand = operand->next) {
        int type = operand_type(c, operand);
        if (type != TYPE_UNKNOWN && type != DDBEXPR_S && type != DDBEXPR_B)
            report_type(c, DIAG_FUNCTION_OPERAND_TYPE, operand, f->name, type,
                        ddbexpr_cstr(diag_text(TEXT_STRING_OR_BINARY)));
    }
}

static void check_size(struct checked *c, const struct node *call, const struct function *f)
{
    int type = operand_type(c, call->first_child);
    if (type == DDBEXPR_N || type == DDBEXPR_BOOL || type == DDBEXPR_NULL)
        report_type(c, DIAG_FUNCTION_OPERAND_TYPE, call->first_child, f->name, type,
                    ddbexpr_cstr(diag_text(TEXT_NO_SIZE)));
}

/* The service's list of types where a path stands in place of a type's name (spec: local-engine, pass 3). */
#define ANY_TYPE "{SS,M,DECIMAL,DOUBLESET,HDS,N,B,DICT,INTSET,BOOL,HD,BS,INT,DECIMALSET,NULL,FLOAT,FS,S,L,NS,DOUBLE}"

static bool is_type_name(str name)
{
    for (int type = 0; type < DDBEXPR_TYPE_COUNT; type++)
        if (str_equal(name, type_str(type)))
            return true;
    return false;
}

static void check_attribute_type(struct checked *c, const struct node *call, const struct function *f)
{
    const struct node *type_node = call->first_child->next;
    const value *type = checked_constant(c, type_node);
    if (checked_at(c, type_node)->faulty)
        return;
    struct diag_draft draft = check_draft(c, DIAG_FUNCTION_OPERAND_TYPE, type_node);
    draft.args[0] = f->name;
    draft.args[2] = ddbexpr_cstr(diag_text(TEXT_TYPE_IS_A_STRING));
    if (!type) {
        draft.args[1] = type_node->kind == NODE_PATH ? STR(ANY_TYPE) : type_str(operand_type(c, type_node));
    } else if (type->type != DDBEXPR_S) {
        draft.args[1] = type_str(type->type);
    } else if (!is_type_name(value_bytes(type)) && !is_unknown(c, type_node)) {
        draft.id = DIAG_ATTRIBUTE_TYPE_NAME;
        draft.args[0] = value_bytes(type);
        draft.args[1] = STR("B,NULL,SS,BOOL,L,BS,N,NS,S,M");
    } else {
        return;
    }
    check_report(c, &draft);
}

static void check_list_append(struct checked *c, const struct node *call, const struct function *f)
{
    for (const struct node *operand = call->first_child; operand; operand = operand->next) {
        int type = operand_type(c, operand);
        if (type != TYPE_UNKNOWN && type != DDBEXPR_L)
            report_type(c, DIAG_LIST_APPEND_OPERAND, operand, f->name, type, STR(""));
    }
}

/* What holds of a function's operands, in the order in which the service looks at it. */
static const struct {
    bool path_first, distinct;
    void (*check_types)(struct checked *c, const struct node *call, const struct function *f);
} operand_rules[FUNCTION_COUNT] = {
    [FUNCTION_ATTRIBUTE_EXISTS] = {.path_first = true},
    [FUNCTION_ATTRIBUTE_NOT_EXISTS] = {.path_first = true},
    [FUNCTION_ATTRIBUTE_TYPE] = {.distinct = true, .check_types = check_attribute_type},
    [FUNCTION_BEGINS_WITH] = {.distinct = true, .check_types = check_begins_with},
    [FUNCTION_CONTAINS] = {.distinct = true},
    [FUNCTION_SIZE] = {.check_types = check_size},
    [FUNCTION_IF_NOT_EXISTS] = {.path_first = true, .distinct = true},
    [FUNCTION_LIST_APPEND] = {.check_types = check_list_append},
};

static void check_call(struct checked *c, const struct node *call)
{
    enum function_id id = checked_at(c, call)->function;
    const struct function *f = function_at(id);
    if (checked_at(c, call)->faulty || !check_operand_count(c, call, f))
        return;
    if (operand_rules[id].path_first)
        require_path(c, call, f);
    if (operand_rules[id].distinct)
        check_distinct(c, call, f->name);
    if (operand_rules[id].check_types)
        operand_rules[id].check_types(c, call, f);
}

/* Calls inside others first, as they are what the outer ones work on. Ids are in that order. */
static void check_calls_under(struct checked *c, struct node *root)
{
    struct ast_walk walk = ast_walk_begin(root);
    for (; walk.node; ast_walk_advance(&walk))
        if (walk.leaving && walk.node->kind == NODE_CALL)
            check_call(c, walk.node);
}

static void check_placeholders_and_calls(struct checked *c, struct node *root, const struct node *except)
{
    if (c->any_unresolved) {
        check_names_under(c, root, except);
        check_values_under(c, root);
    }
    if (c->any_call)
        check_calls_under(c, root);
}

/* --- one clause of a condition --- */

void check_clause(struct checked *c, const struct node *clause)
{
    check_placeholders_and_calls(c, (struct node *)clause, NULL);
    switch (clause->kind) {
    case NODE_COMPARISON:
        check_comparison(c, clause);
        break;
    case NODE_BETWEEN:
        check_between(c, clause);
        break;
    case NODE_IN:
        check_in(c, clause);
        break;
    case NODE_OR:
    case NODE_AND:
    case NODE_NOT:
    case NODE_CALL:
    case NODE_PATH:
    case NODE_VALUE:
    case NODE_ARITHMETIC:
    case NODE_UPDATE:
    case NODE_SECTION:
    case NODE_ACTION:
    case NODE_PROJECTION:;
    }
}

/* --- one action of an update --- */

/* The long type words of ADD and DELETE (spec: conformance-suite 4, #18). */
static str long_type(ddbexpr_type type)
{
    static const str words[DDBEXPR_TYPE_COUNT] = {
        [DDBEXPR_S] = {"STRING", 6},      [DDBEXPR_N] = {"NUMBER", 6},       [DDBEXPR_B] = {"BINARY", 6},
        [DDBEXPR_BOOL] = {"BOOLEAN", 7},  [DDBEXPR_NULL] = {"NULL", 4},      [DDBEXPR_L] = {"LIST", 4},
        [DDBEXPR_M] = {"MAP", 3},         [DDBEXPR_SS] = {"STRING_SET", 10}, [DDBEXPR_NS] = {"NUMBER_SET", 10},
        [DDBEXPR_BS] = {"BINARY_SET", 10}};
    return words[type];
}

/* ADD takes N and sets, DELETE sets (ruling 12). */
static void check_add_delete(struct checked *c, const struct node *action)
{
    const struct node *operand = action->first_child->next;
    const value *constant = checked_constant(c, operand);
    bool add = action->section == SECTION_ADD;
    if (!constant || value_is_set(constant) || (add && constant->type == DDBEXPR_N))
        return;
    struct diag_draft draft = check_draft(c, add ? DIAG_ADD_OPERAND : DIAG_DELETE_OPERAND, operand);
    draft.args[0] = long_type((ddbexpr_type)constant->type);
    draft.args[1] = type_str(constant->type);
    check_report(c, &draft);
}

static void check_arithmetic(struct checked *c, const struct node *action)
{
    const struct node *sum = action->first_child->next;
    if (sum->kind != NODE_ARITHMETIC)
        return;
    for (const struct node *operand = sum->first_child; operand; operand = operand->next) {
        int type = operand_type(c, operand);
        if (type != TYPE_UNKNOWN && type != DDBEXPR_N)
            report_type(c, DIAG_ARITHMETIC_OPERAND, operand, operator_name(sum->op), type, STR(""));
    }
}

void check_action_operands(struct checked *c, const struct node *action)
{
    check_placeholders_and_calls(c, (struct node *)action, action->first_child); /* told before */
    if (action->section == SECTION_ADD || action->section == SECTION_DELETE)
        check_add_delete(c, action);
    else if (action->section == SECTION_SET)
        check_arithmetic(c, action);
}
