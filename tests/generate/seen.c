/* SPDX-License-Identifier: Apache-2.0 */
/* Walks the trees of a question's expressions and counts. Types are those of constants and of what the item has. */
#include "seen.h"

#include <string.h>

static const char *const shape_texts[] = {
#define X(id, words) words,
    SHAPES(X)
#undef X
};

const char *shape_words(enum shape shape) { return shape_texts[shape]; }

const char *meeting_words(enum meeting meeting)
{
    static const char *const words[] = {"=",   "<>",          "<",        "<=",          ">",
                                        ">=",  "+",           "-",        "BETWEEN",     "bounds",
                                        "IN",  "begins_with", "contains", "list_append", "if_not_exists",
                                        "ADD", "DELETE"};
    return words[meeting];
}

/* --- what operands are --- */

/* A request, or an action, and the item that its expressions are about. */
struct subject {
    const ddbexpr_request *request;
    const ddbexpr_value *item; /* NULL: none */
};

static const ddbexpr_value *constant(const struct subject *s, str placeholder)
{
    for (size_t i = 0; i < s->request->value_count; i++)
        if (str_equal(s->request->values[i].placeholder, placeholder))
            return s->request->values[i].value;
    return NULL;
}

/* A step's name, or a NULL text if its placeholder is not defined. */
static str step_name(const struct subject *s, const struct path_step *step)
{
    if (!step->is_placeholder)
        return step->name;
    for (size_t i = 0; i < s->request->name_count; i++)
        if (str_equal(s->request->names[i].placeholder, step->name))
            return s->request->names[i].name;
    return (str){NULL, 0};
}

static size_t index_of(str digits)
{
    size_t index = 0;
    for (size_t i = 0; i < digits.len && index < 1000000; i++)
        index = index * 10 + (size_t)(digits.ptr[i] - '0');
    return index;
}

#define UNKNOWN (-1)

static int type_of_path(const struct subject *s, const struct node *path)
{
    const ddbexpr_value *at = s->item;
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        str name = step->is_index ? STR("") : step_name(s, step);
        if (!name.ptr)
            return UNKNOWN;
        if (!at)
            continue; /* the other names must be defined all the same */
        if (step->is_index)
            at = ddbexpr_value_type(at) == DDBEXPR_L ? ddbexpr_value_at(at, index_of(step->name)) : NULL;
        else
            at = ddbexpr_value_get(at, name);
    }
    return at ? (int)ddbexpr_value_type(at) : SEEN_MISSING;
}

static int type_of(const struct subject *s, const struct node *operand)
{
    if (operand->kind == NODE_PATH)
        return type_of_path(s, operand);
    if (operand->kind == NODE_CALL)
        return str_equal(operand->name, STR("size")) ? (int)DDBEXPR_N : UNKNOWN;
    const ddbexpr_value *value = operand->kind == NODE_VALUE ? constant(s, operand->name) : NULL;
    return value ? (int)ddbexpr_value_type(value) : UNKNOWN;
}

static void meet(struct seen *seen, const struct subject *s, enum meeting meeting, const struct node *a,
                 const struct node *b)
{
    int x = type_of(s, a), y = type_of(s, b);
    if (x != UNKNOWN && y != UNKNOWN)
        seen->meetings[meeting][x][y]++;
}

/* --- nodes --- */

static void see_path(struct seen *seen, const struct node *path)
{
    bool member = false, index = false;
    for (uint32_t i = 0; i < path->step_count; i++) {
        const struct path_step *step = &path->steps[i];
        index |= step->is_index;
        member |= !step->is_index && i > 0;
        seen->shapes[SHAPE_PATH_WITH_PLACEHOLDER] += step->is_placeholder && i > 0;
    }
    seen->shapes[path->steps[0].is_placeholder ? SHAPE_PATH_OF_PLACEHOLDER : SHAPE_PATH_OF_WORD]++;
    seen->shapes[SHAPE_PATH_WITH_MEMBER] += member;
    seen->shapes[SHAPE_PATH_WITH_INDEX] += index;
    seen->shapes[SHAPE_PATH_MIXED] += member && index;
    seen->shapes[SHAPE_PATH_OF_THREE] += path->step_count == 3;
    seen->shapes[SHAPE_PATH_AT_LIMIT] += path->step_count == 32;
}

static bool is_call(const struct node *call, const char *name)
{
    return call->child_count == 2 && str_equal(call->name, ddbexpr_cstr(name));
}

static void see_call(struct seen *seen, const struct subject *s, const struct node *call)
{
    const struct node *parent = call->parent, *first = call->first_child;
    bool operand =
        parent && (parent->kind == NODE_COMPARISON || parent->kind == NODE_BETWEEN || parent->kind == NODE_IN);
    seen->functions[function_find(call->name)]++;
    if (parent && parent->kind == NODE_CALL)
        seen->shapes[SHAPE_CALL_IN_CALL]++;
    else if (parent && parent->kind == NODE_ARITHMETIC)
        seen->shapes[SHAPE_CALL_IN_SUM]++;
    else if (parent && parent->kind == NODE_ACTION)
        seen->shapes[SHAPE_CALL_AS_RIGHT_SIDE]++;
    else
        seen->shapes[operand ? SHAPE_CALL_AS_OPERAND : SHAPE_CALL_AS_CONDITION]++;
    if (is_call(call, "begins_with"))
        meet(seen, s, MEETING_BEGINS_WITH, first, first->next);
    else if (is_call(call, "contains"))
        meet(seen, s, MEETING_CONTAINS, first, first->next);
    else if (is_call(call, "list_append"))
        meet(seen, s, MEETING_LIST_APPEND, first, first->next);
    else if (is_call(call, "if_not_exists"))
        meet(seen, s, MEETING_IF_NOT_EXISTS, first, first->next);
}

static void see_action(struct seen *seen, const struct subject *s, const struct node *action)
{
    const struct node *operand = action->first_child->next;
    seen->shapes[SHAPE_SET + (int)action->section]++;
    if (action->section == SECTION_ADD || action->section == SECTION_DELETE)
        meet(seen, s, action->section == SECTION_ADD ? MEETING_ADD : MEETING_DELETE, action->first_child, operand);
    if (operand && action->section == SECTION_SET) {
        seen->shapes[SHAPE_RIGHT_SIDE_PATH] += operand->kind == NODE_PATH;
        seen->shapes[SHAPE_RIGHT_SIDE_VALUE] += operand->kind == NODE_VALUE;
    }
}

static void see_parentheses(struct seen *seen, const struct node *node)
{
    if (node->parens == 0)
        return;
    enum shape shape = SHAPE_PARENTHESES_AROUND_CONDITION;
    if (node->kind == NODE_CALL)
        shape = SHAPE_PARENTHESES_AROUND_CALL;
    else if (node->kind == NODE_PATH)
        shape = SHAPE_PARENTHESES_AROUND_PATH;
    else if (node->kind == NODE_VALUE)
        shape = SHAPE_PARENTHESES_AROUND_VALUE;
    else if (node->kind == NODE_ARITHMETIC)
        shape = SHAPE_PARENTHESES_AROUND_SUM;
    seen->shapes[shape]++;
}

static void see_node(struct seen *seen, const struct subject *s, const struct node *node)
{
    const struct node *first = node->first_child;
    see_parentheses(seen, node);
    switch (node->kind) {
    case NODE_OR:
        seen->shapes[node->child_count > 2 ? SHAPE_OR_OF_THREE : SHAPE_OR]++;
        break;
    case NODE_AND:
        seen->shapes[node->child_count > 2 ? SHAPE_AND_OF_THREE : SHAPE_AND]++;
        break;
    case NODE_NOT:
        seen->shapes[first->kind == NODE_NOT ? SHAPE_NOT_NOT : SHAPE_NOT]++;
        break;
    case NODE_COMPARISON:
    case NODE_ARITHMETIC:
        seen->shapes[SHAPE_EQ + (int)node->op]++;
        meet(seen, s, (enum meeting)(MEETING_EQ + (int)node->op), first, first->next);
        break;
    case NODE_BETWEEN:
        seen->shapes[SHAPE_BETWEEN]++;
        meet(seen, s, MEETING_BETWEEN, first, first->next);
        meet(seen, s, MEETING_BOUNDS, first->next, first->next->next);
        break;
    case NODE_IN:
        seen->shapes[node->child_count > 2 ? SHAPE_IN_SEVERAL : SHAPE_IN_ONE]++;
        for (const struct node *other = first->next; other; other = other->next)
            meet(seen, s, MEETING_IN, first, other);
        break;
    case NODE_CALL:
        see_call(seen, s, node);
        break;
    case NODE_PATH:
        see_path(seen, node);
        break;
    case NODE_VALUE:
        break;
    case NODE_UPDATE:
        seen->shapes[SHAPE_FOUR_SECTIONS] += node->child_count == 4;
        break;
    case NODE_SECTION:
        seen->shapes[SHAPE_SEVERAL_ACTIONS] += node->child_count > 1;
        break;
    case NODE_ACTION:
        see_action(seen, s, node);
        break;
    case NODE_PROJECTION:
        seen->shapes[node->child_count > 1 ? SHAPE_SEVERAL_PATHS : SHAPE_ONE_PATH]++;
        break;
    }
}

static void see_expression(struct seen *seen, const struct subject *s, ddbexpr_kind kind, str text)
{
    ddbexpr_expression *expression;
    if (!text.ptr)
        return;
    if (ddbexpr_parse_lenient(kind, text, NULL, NULL, &expression) != DDBEXPR_OK) {
        seen->unparsed++;
        return;
    }
    seen->parsed++;
    for (struct node *node = expression->root; node; node = ast_next(expression->root, node))
        see_node(seen, s, node);
    ddbexpr_expression_free(expression);
}

/* --- questions --- */

static void see_values(struct seen *seen, const ddbexpr_value *map)
{
    const ddbexpr_value *value;
    for (size_t i = 0; map && (value = ddbexpr_value_at(map, i)); i++)
        if (!ddbexpr_value_is_faulty(value))
            seen->values[ddbexpr_value_type(value)]++;
}

static bool has_key(const ddbexpr_value *item, const ddbexpr_value *key, const ddbexpr_table *table)
{
    for (size_t i = 0; i < table->key_count; i++) {
        const ddbexpr_value *a = ddbexpr_value_get(item, table->key[i].name);
        const ddbexpr_value *b = ddbexpr_value_get(key, table->key[i].name);
        if (!a || !b || ddbexpr_value_is_faulty(b) || !ddbexpr_value_equal(a, b))
            return false;
    }
    return true;
}

static void see_request(struct seen *seen, const ddbexpr_request *r, const ddbexpr_value *item)
{
    const struct subject s = {r, item};
    see_expression(seen, &s, DDBEXPR_CONDITION, r->condition_expression);
    see_expression(seen, &s, DDBEXPR_UPDATE, r->update_expression);
    see_expression(seen, &s, DDBEXPR_FILTER, r->filter_expression);
    see_expression(seen, &s, DDBEXPR_PROJECTION, r->projection_expression);
    see_expression(seen, &s, DDBEXPR_KEY_CONDITION, r->key_condition_expression);
}

/* A request about its item, a read about each item there is; without one about none. */
static void see_body(struct seen *seen, const ddbexpr_request *r, const ddbexpr_question *q)
{
    const ddbexpr_value *key = r->item ? r->item : r->key;
    bool found = false;
    for (size_t t = 0; t < q->table_count; t++) {
        const ddbexpr_table *table = &q->tables[t];
        if (r->table_name.ptr && table->name.ptr && !str_equal(r->table_name, table->name))
            continue;
        for (size_t i = 0; i < table->item_count; i++) {
            if (key && (ddbexpr_value_is_faulty(key) || !has_key(table->items[i], key, table)))
                continue;
            see_request(seen, r, table->items[i]);
            found = true;
        }
    }
    if (!found)
        see_request(seen, r, NULL);
    see_values(seen, r->item);
    for (size_t i = 0; i < r->value_count; i++)
        if (!ddbexpr_value_is_faulty(r->values[i].value))
            seen->values[ddbexpr_value_type(r->values[i].value)]++;
}

void seen_question(struct seen *seen, const ddbexpr_question *q)
{
    if (!q->request.actions_given)
        see_body(seen, &q->request, q);
    for (size_t i = 0; i < q->request.action_count && i < 8; i++)
        see_body(seen, &q->request.actions[i], q);
}

/* --- diagnostics --- */

static const struct {
    const char *id;
    int code;
    bool is_lint;
    const char *message;
} entries[] = {
#define FAULT(id, code, name, layer, service, current, message, hint) {#id, code, false, message},
#define INPUT(id, code, name, service, message, hint)                 {#id, code, false, message},
#define OTHER(id, code, name, type, service, message, hint)           {#id, code, false, message},
#define LINT(id, code, name, severity, message, hint)                 {#id, code, true, message},
#include "diagnostic/diagnostics.def"
#undef FAULT
#undef INPUT
#undef OTHER
#undef TEXT
};

const char *seen_diag_id(size_t id) { return entries[id].id; }
int seen_diag_code(size_t id) { return entries[id].code; }
bool seen_diag_is_lint(size_t id) { return entries[id].is_lint; }

static const char *find(const char *text, size_t length, const char *piece, size_t piece_length)
{
    for (size_t i = 0; i + piece_length <= length; i++)
        if (memcmp(text + i, piece, piece_length) == 0)
            return text + i;
    return NULL;
}

/* Whether the pieces of a template between its arguments stand in a text, in their order. */
static bool may_be_made_from(str text, const char *template)
{
    bool any = *template != '\0'; /* one without a text is never reported */
    while (*template) {
        size_t length = strcspn(template, "{");
        const char *at = find(text.ptr, text.len, template, length);
        if (!at)
            return false;
        text.len -= (size_t)(at - text.ptr) + length;
        text.ptr = at + length;
        template += length;
        template += strcspn(template, "}");
        template += *template == '}';
    }
    return any;
}

void seen_diags(struct seen *seen, const ddbexpr_diags *diags)
{
    for (size_t i = 0; i < ddbexpr_diags_count(diags); i++) {
        const ddbexpr_diag *diag = ddbexpr_diags_at(diags, i);
        int code = 0;
        for (const char *digit = ddbexpr_diag_code(diag) + 2; *digit; digit++)
            code = code * 10 + (*digit - '0');
        for (size_t id = 0; id < DIAG_COUNT; id++)
            if (entries[id].code == code && may_be_made_from(ddbexpr_diag_message(diag), entries[id].message))
                seen->diagnostics[id]++;
    }
}
