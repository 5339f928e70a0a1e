/* SPDX-License-Identifier: Apache-2.0 */
/* DX214, DX511 to DX513: values whose type contradicts what is known of their attribute: from the key schema or the
 * caller, from what the update does with it, or (of what is written) from the condition. */
#include "lint/rules.h"

/* --- what is expected of a path --- */

struct expectation {
    type_set types;
    str reason;
    bool by_update;
};

static bool expect_by_table(struct lint *l, const struct document_path *path, struct expectation *ret)
{
    bool key = facts_key_attribute(&l->key, path) != NULL;
    *ret = (struct expectation){lint_known_types(l, path),
                                ddbexpr_cstr(diag_text(key ? TEXT_BY_SCHEMA : TEXT_BY_TABLE)), false};
    return ret->types != TYPES_ALL;
}

static bool expect_by_update(struct lint *l, const struct document_path *path, struct expectation *ret)
{
    for (uint32_t i = 0; l->update && i < l->effects.count; i++) {
        const struct need *need = &l->effects.needs[i];
        if (need->types == TYPES_ALL || !path_equal(&need->path, path))
            continue;
        str action = lint_action(l, need->action);
        *ret = (struct expectation){need->types, lint_fill(l, TEXT_BY_UPDATE, action, STR(""), STR("")), true};
        return true;
    }
    return false;
}

static bool expect(struct lint *l, const struct document_path *path, struct expectation *ret)
{
    return expect_by_table(l, path, ret) || expect_by_update(l, path, ret);
}

/* --- strings that are no strings --- */

static bool is_number_text(str text)
{
    struct number number;
    return number_parse(text, &number) == NUMBER_OK;
}

static bool is_truth(str text, const char *word) { return str_equal_ignoring_case(text, ddbexpr_cstr(word)); }

/* The value that a string probably was meant to be; empty if there is none. */
static str meant_instead(struct lint *l, const value *v, type_set expected)
{
    if (!v || v->type != DDBEXPR_S)
        return STR("");
    str text = value_bytes(v);
    if ((expected & TYPE_BIT(DDBEXPR_BOOL)) && (is_truth(text, "true") || is_truth(text, "false")))
        return lint_fill(l, TEXT_TYPED_BOOL, ddbexpr_cstr(diag_text(is_truth(text, "true") ? TEXT_TRUE : TEXT_FALSE)),
                         STR(""), STR(""));
    if ((expected & TYPE_BIT(DDBEXPR_N)) && is_number_text(text))
        return lint_fill(l, TEXT_TYPED_NUMBER, text, STR(""), STR(""));
    return STR("");
}

/* One value of a wrong type, for one of the two rules that look for them. */
struct finding {
    const struct checked *c;
    const struct node *path, *constant;
    const struct expectation *expected;
    enum diag_id id; /* of DX511 */
    bool outcome;    /* of a comparison */
};

static void report_type(struct lint *l, const struct finding *f, bool as_string)
{
    const value *v = lint_constant(l, f->c, f->constant);
    str instead = meant_instead(l, v, f->expected->types);
    if ((instead.len > 0) != as_string)
        return;
    struct diag_draft draft = check_draft(f->c, as_string ? LINT_BOOLEAN_AS_STRING : f->id, f->constant);
    draft.args[0] = lint_text(f->c, f->path);
    draft.args[1] = lint_types(l, f->expected->types);
    draft.args[2] = f->expected->reason;
    draft.args[3] = v ? lint_value(l, v) : lint_types(l, TYPE_BIT(checked_constant(f->c, f->constant)->type));
    draft.args[4] = as_string ? instead : ddbexpr_cstr(diag_text(f->outcome ? TEXT_TRUE : TEXT_FALSE));
    lint_report(l, &draft);
}

/* --- comparisons --- */

static bool is_comparison(enum test_kind kind)
{
    return kind <= TEST_IN || kind == TEST_BEGINS_WITH; /* the comparators, BETWEEN and IN come first */
}

/* The constant of a test, if none of its constants has an expected type. */
static const struct operand *unexpected_constant(const struct test *test, type_set expected)
{
    const struct operand *found = NULL;
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind != OPERAND_CONSTANT)
            continue;
        if (expected & TYPE_BIT(o->constant->type))
            return NULL;
        found = o;
    }
    return found;
}

/* What the test compares: its only plain path. */
static const struct operand *only_path(const struct test *test)
{
    const struct operand *found = NULL;
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind == OPERAND_CONSTANT)
            continue;
        if (o->kind != OPERAND_PATH || found)
            return NULL;
        found = o;
    }
    return found;
}

static void find_comparisons(struct lint *l, const struct lint_condition *condition, bool as_string)
{
    for (uint32_t i = 0; condition->program && i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        const struct operand *path = is_comparison(test->kind) ? only_path(test) : NULL;
        struct expectation expected;
        if (!path || !expect(l, path->path, &expected))
            continue;
        struct fact fact = lint_fact(l, path->path);
        if (expected.by_update && !(fact.types & expected.types))
            continue; /* DX607 tells it */
        const struct operand *constant = unexpected_constant(test, expected.types);
        if (!constant)
            continue;
        const struct finding finding = {condition->checked, path->node,         constant->node,
                                        &expected,          LINT_TYPE_COMPARED, test->kind == TEST_NE};
        report_type(l, &finding, as_string);
    }
}

/* --- writes --- */

/* Who tests the type is about to change it. There is a condition: it is what the type is known from. */
static bool tests_type(const struct lint *l, const struct document_path *path)
{
    const struct ddbexpr_program *condition = l->conditions[0].program;
    for (uint32_t i = 0; i < condition->test_count; i++)
        if (condition->tests[i].kind == TEST_TYPE && condition->tests[i].operands[0].path &&
            path_equal(condition->tests[i].operands[0].path, path))
            return true;
    return false;
}

static bool expect_by_condition(const struct lint *l, const struct document_path *path, struct expectation *ret)
{
    struct fact fact = lint_fact(l, path);
    *ret = (struct expectation){fact.types, ddbexpr_cstr(diag_text(TEXT_BY_CONDITION)), false};
    return fact_proves_existence(&fact) && fact.types != TYPES_ALL && !(fact.types & TYPE_BIT(DDBEXPR_NULL)) &&
           !tests_type(l, path);
}

static void find_writes(struct lint *l, bool as_string)
{
    for (uint32_t i = 0; l->update && i < l->update->action_count; i++) {
        const struct action *action = &l->update->actions[i];
        const struct checked *c = l->update->checked;
        const struct node *operand = action->node->first_child->next;
        if (action->section != SECTION_SET || operand->kind != NODE_VALUE)
            continue;
        struct expectation expected;
        type_set type = TYPE_BIT(checked_constant(c, operand)->type);
        if ((!expect_by_table(l, action->target, &expected) && !expect_by_condition(l, action->target, &expected)) ||
            (expected.types & type) || type == TYPE_BIT(DDBEXPR_NULL))
            continue;
        const struct finding finding = {c, action->node->first_child, operand, &expected, LINT_TYPE_WRITTEN, false};
        report_type(l, &finding, as_string);
    }
}

void rule_boolean_as_string(struct lint *l)
{
    for (size_t i = 0; i < LINT_CONDITIONS; i++)
        find_comparisons(l, &l->conditions[i], true);
    find_writes(l, true);
}

void rule_cross_type(struct lint *l)
{
    for (size_t i = 0; i < LINT_CONDITIONS; i++)
        find_comparisons(l, &l->conditions[i], false);
    find_writes(l, false);
}

/* --- DX512 --- */

static void check_contains(struct lint *l, const struct checked *c, const struct test *test)
{
    const struct operand *whole = &test->operands[0], *part = &test->operands[1];
    if (part->kind != OPERAND_CONSTANT || whole->kind != OPERAND_PATH)
        return;
    type_set type = TYPE_BIT(part->constant->type);
    struct expectation expected;
    bool known = expect(l, whole->path, &expected);
    struct diag_draft draft = check_draft(c, LINT_CONTAINS_TYPE, part->node);
    if (known && !(expected.types & facts_types_containing(part->constant->type))) {
        draft.args[0] = lint_text(c, whole->node);
        draft.args[1] = lint_types(l, expected.types);
        draft.args[2] = expected.reason;
        draft.args[3] = lint_placeholder(l, c, part->node);
    } else if (!known && (type & (TYPES_SETS | TYPE_BIT(DDBEXPR_L)))) {
        draft.id = LINT_CONTAINS_WHOLE;
        draft.args[0] = lint_placeholder(l, c, part->node);
        draft.args[1] = lint_types(l, type);
    } else {
        return;
    }
    lint_report(l, &draft);
}

void rule_contains_type(struct lint *l)
{
    for (size_t n = 0; n < LINT_CONDITIONS; n++) {
        const struct ddbexpr_program *program = l->conditions[n].program;
        for (uint32_t i = 0; program && i < program->test_count; i++)
            if (program->tests[i].kind == TEST_CONTAINS)
                check_contains(l, program->checked, &program->tests[i]);
    }
}

/* --- DX513 --- */

static void check_size(struct lint *l, const struct checked *c, const struct test *test)
{
    struct expectation expected;
    struct diag_draft draft = check_draft(c, LINT_SIZE_COMPARED, test->node);
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind == OPERAND_CONSTANT && lint_compares_size(test)) {
            draft.args[0] = lint_placeholder(l, c, o->node);
        } else if (o->kind == OPERAND_SIZE_OF_PATH && expect(l, o->path, &expected) &&
                   !(expected.types & TYPES_SIZED)) {
            draft.id = LINT_SIZE_NONE;
            draft.args[0] = lint_text(c, o->node->first_child);
            draft.args[1] = lint_types(l, expected.types);
            draft.args[2] = expected.reason;
        } else {
            continue;
        }
        lint_report(l, &draft);
        return;
    }
}

void rule_size_misuse(struct lint *l)
{
    for (size_t n = 0; n < LINT_CONDITIONS; n++) {
        const struct ddbexpr_program *program = l->conditions[n].program;
        for (uint32_t i = 0; program && i < program->test_count; i++)
            check_size(l, program->checked, &program->tests[i]);
    }
}
