/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of key conditions, in the service's order: operators, then what each condition compares, clause by clause
 * as written; then their number, the key schema, types, and that the partition key is compared by `=` (spec:
 * conformance-suite 11, alternator-suite 16; cases dyl-kce-*, nub-kc-*, mot-qry-*). */
#include "check/key_condition.h"

/* One condition on one attribute, as it will be looked up. */
struct key_clause {
    const struct node *node;
    const struct node *path_node;
    str attribute;
    const struct node *values[2]; /* placeholders compared with */
    uint32_t value_count;
    bool equality;
};

struct clause_list {
    struct key_clause *clauses;
    uint32_t count;
};

/* The name of an operator that no key condition has: OR, NOT, IN, <> and every function but begins_with. Empty for all
 * others. */
static str forbidden_operator(const struct checked *c, const struct node *node)
{
    if (node->kind == NODE_COMPARISON)
        return node->op == OP_NE ? STR("<>") : STR("");
    if (node->kind == NODE_CALL)
        return checked_at(c, node)->function == FUNCTION_BEGINS_WITH ? STR("") : node->name;
    return node->kind == NODE_OR    ? STR("OR")
           : node->kind == NODE_NOT ? STR("NOT")
           : node->kind == NODE_IN  ? STR("IN")
                                    : STR("");
}

static bool operator_allowed(struct checked *c, const struct node *node)
{
    str name = forbidden_operator(c, node);
    if (name.len == 0)
        return true;
    struct diag_draft draft = check_draft(c, DIAG_KEY_OPERATOR, node);
    draft.span = node->op_span;
    draft.args[0] = name;
    check_report(c, &draft);
    return false;
}

static bool clause_fault(struct checked *c, enum diag_id id, const struct node *node, str argument)
{
    struct diag_draft draft = check_draft(c, id, node);
    draft.args[0] = argument;
    check_report(c, &draft);
    return false;
}

/* The one attribute that the clause compares and the values it compares it with. */
static bool read_clause(struct checked *c, const struct node *node, struct key_clause *clause)
{
    *clause = (struct key_clause){.node = node, .equality = node->kind == NODE_COMPARISON && node->op == OP_EQ};
    if (node->kind != NODE_COMPARISON && node->first_child->kind != NODE_PATH)
        return clause_fault(c, DIAG_KEY_FIRST_OPERAND, node,
                            node->kind == NODE_BETWEEN ? STR("BETWEEN") : STR("begins_with"));
    for (const struct node *operand = node->first_child; operand; operand = operand->next) {
        if (operand->kind == NODE_CALL)
            return clause_fault(c, DIAG_KEY_NESTED_OPERATION, operand, STR(""));
        if (operand->kind == NODE_VALUE) {
            if (clause->value_count < 2)
                clause->values[clause->value_count++] = operand;
            continue;
        }
        if (clause->path_node)
            return clause_fault(c, DIAG_KEY_SEVERAL_ATTRIBUTES, operand, STR(""));
        clause->path_node = operand;
    }
    if (!clause->path_node)
        return clause_fault(c, DIAG_KEY_NO_ATTRIBUTE, node, STR(""));
    const struct document_path *path = &checked_at(c, clause->path_node)->path;
    if (path->count > 1)
        return clause_fault(c, DIAG_KEY_NESTED_ATTRIBUTE, clause->path_node, STR(""));
    clause->attribute = path->count ? path->steps[0].name : STR("");
    return true;
}

static bool is_repeated(const struct clause_list *list, str attribute)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (str_equal(list->clauses[i].attribute, attribute))
            return true;
    return false;
}

static void read_clauses(struct checked *c, struct clause_list *list)
{
    struct node *root = c->expression->root;
    for (struct node *node = root, *skip = NULL; node; node = skip) {
        bool allowed = operator_allowed(c, node);
        if (node->kind == NODE_AND) {
            skip = node->first_child;
            continue;
        }
        skip = ast_next_after(root, node);
        if (!allowed)
            continue;
        struct key_clause clause;
        if (!read_clause(c, node, &clause))
            continue;
        if (is_repeated(list, clause.attribute)) {
            clause_fault(c, DIAG_KEY_SEVERAL_CONDITIONS, node, clause.attribute);
            continue;
        }
        list->clauses[list->count++] = clause;
    }
}

/* --- against the schema --- */

static const struct key_clause *clause_of(const struct clause_list *list, str attribute)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (str_equal(list->clauses[i].attribute, attribute))
            return &list->clauses[i];
    return NULL;
}

static void check_value_types(struct checked *c, const struct key_clause *clause, const struct key_attribute *key)
{
    for (uint32_t i = 0; i < clause->value_count; i++) {
        const value *v = checked_constant(c, clause->values[i]);
        if (!v || v->type == key->type)
            continue;
        struct diag_draft draft = check_draft(c, DIAG_KEY_CONDITION_TYPE, clause->values[i]);
        draft.args[0] = key->name;
        draft.args[1] = ddbexpr_cstr(ddbexpr_type_name(key->type));
        draft.args[2] = ddbexpr_cstr(ddbexpr_type_name((ddbexpr_type)v->type));
        check_report(c, &draft);
    }
}

static void check_empty_values(struct checked *c, const struct key_clause *clause, const struct key_attribute *key)
{
    for (uint32_t i = 0; i < clause->value_count; i++) {
        const value *v = checked_constant(c, clause->values[i]);
        if (v && v->type == key->type && v->type != DDBEXPR_N && v->count == 0)
            clause_fault(c, v->type == DDBEXPR_S ? DIAG_EMPTY_KEY_STRING : DIAG_EMPTY_KEY_BINARY, clause->values[i],
                         key->name);
    }
}

static void check_against_schema(struct checked *c, const struct clause_list *list, const struct key_schema *schema)
{
    struct node *root = c->expression->root;
    if (list->count > schema->count) {
        struct diag_draft draft = check_draft(c, DIAG_KEY_CONDITION_COUNT, root);
        draft.args[0] = check_decimal(c, list->count);
        draft.args[1] = check_decimal(c, schema->count);
        check_report(c, &draft);
        return;
    }
    for (uint32_t i = 0; i < schema->count; i++) {
        /* The sort key may be left out, but not be replaced by another attribute. */
        if (clause_of(list, schema->attributes[i].name) || (i > 0 && list->count == 1))
            continue;
        clause_fault(c, DIAG_KEY_MISSED, root, schema->attributes[i].name);
        return;
    }
    for (uint32_t i = 0; i < schema->count; i++) {
        const struct key_clause *clause = clause_of(list, schema->attributes[i].name);
        if (clause)
            check_value_types(c, clause, &schema->attributes[i]);
    }
    const struct key_clause *partition = clause_of(list, schema->attributes[0].name);
    if (!partition->equality)
        clause_fault(c, DIAG_KEY_NOT_SUPPORTED, partition->node, schema->attributes[0].name);
    for (uint32_t i = 0; i < schema->count; i++) {
        const struct key_clause *clause = clause_of(list, schema->attributes[i].name);
        if (clause)
            check_empty_values(c, clause, &schema->attributes[i]);
    }
}

size_t check_key_condition(struct checked *c, const struct key_schema *schema)
{
    size_t before = c->faults;
    struct clause_list list = {ARENA_ARRAY(c->arena, struct key_clause, c->expression->node_count), 0};
    if (!list.clauses) {
        c->no_memory = true;
        return 0;
    }
    read_clauses(c, &list);
    if (c->faults == before && schema)
        check_against_schema(c, &list, schema);
    return c->faults - before;
}
