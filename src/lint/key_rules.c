/* SPDX-License-Identifier: Apache-2.0 */
/* DX507, DX508, DX510: conditions on key attributes. A condition sees the one item with exactly the request's key, so
 * what it says of key attributes is known beforehand, but for whether there is an item. */
#include "lint/rules.h"

/* The key attribute whose existence a clause tests, or NULL. */
static const struct key_attribute *tested_key(const struct lint *l, const struct test *test, enum test_kind kind)
{
    return test->kind == kind ? facts_key_attribute(&l->key, test->operands[0].path) : NULL;
}

/* --- DX507 --- */

static void find_redundant(struct lint *l, enum test_kind kind)
{
    const struct lint_condition *condition = &l->conditions[0];
    const struct test *first = NULL;
    for (uint32_t i = 0; i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        const struct key_attribute *key = tested_key(l, test, kind);
        if (!key)
            continue;
        if (!first) {
            first = test;
        } else if (test->node->parent == first->node->parent && key != tested_key(l, first, kind)) {
            const struct checked *c = condition->checked;
            struct diag_draft draft = check_draft(c, LINT_REDUNDANT_KEY_EXISTS, test->node);
            draft.args[0] = lint_text(c, first->operands[0].node);
            draft.args[1] = lint_text(c, test->operands[0].node);
            draft.labels[0] = (ddbexpr_label){first->node->span, ddbexpr_cstr(diag_text(TEXT_THE_OTHER))};
            draft.label_count = 1;
            lint_report(l, &draft);
            return;
        }
    }
}

void rule_redundant_key_exists(struct lint *l)
{
    if (!l->conditions[0].program)
        return;
    find_redundant(l, TEST_EXISTS);
    find_redundant(l, TEST_NOT_EXISTS);
}

/* --- DX508 --- */

/* All paths are key attributes whose values are known, and so are all constants. */
static bool is_about_key(const struct lint *l, const struct checked *c, const struct test *test)
{
    bool any = false;
    for (uint32_t i = 0; i < test->operand_count; i++) {
        const struct operand *o = &test->operands[i];
        if (o->kind == OPERAND_CONSTANT && lint_constant(l, c, o->node))
            continue;
        if (o->kind != OPERAND_PATH || !facts_key_attribute(&l->key, o->path) ||
            !lint_attribute(l, l->key_values, o->path->steps[0].name))
            return false;
        any = true;
    }
    return any;
}

static const struct operand *first_path(const struct test *test)
{
    const struct operand *o = test->operands;
    while (!o->path)
        o++;
    return o;
}

void rule_key_compared(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    for (uint32_t i = 0; condition->program && l->key_values && i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        const struct checked *c = condition->checked;
        bool truth;
        if (test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS || !lint_is_required(test->node, &truth) ||
            !is_about_key(l, c, test))
            continue;
        /* Where the other truth is possible, whether there is an item decides it: a way to ask that. And a guard that
         * lets this key through, such as `pk <> :root`, does what it is for. */
        if (test_holds(test, l->key_values) == truth || test_holds(test, NULL) == truth)
            continue;
        const struct operand *path = first_path(test);
        struct diag_draft draft = check_draft(c, LINT_KEY_COMPARED, test->node);
        draft.args[0] = lint_text(c, path->node);
        draft.args[1] = lint_value(l, lint_attribute(l, l->key_values, path->path->steps[0].name));
        draft.args[2] =
            ddbexpr_cstr(ddbexpr_source_name(l->key_values == l->item ? DDBEXPR_SOURCE_ITEM : DDBEXPR_SOURCE_KEY));
        draft.args[3] = ddbexpr_cstr(diag_text(truth ? TEXT_FALSE : TEXT_TRUE));
        lint_report(l, &draft);
    }
}

/* --- DX510 --- */

void rule_partition_illusion(struct lint *l)
{
    const struct lint_condition *condition = &l->conditions[0];
    const struct test *found = NULL;
    if (!condition->program || l->key.count < 2 || !l->key_order_known)
        return;
    for (uint32_t i = 0; i < condition->program->test_count; i++) {
        const struct test *test = &condition->program->tests[i];
        const struct key_attribute *key = tested_key(l, test, TEST_NOT_EXISTS);
        if (key == &l->key.attributes[1])
            return; /* who names the sort key knows that it is one item */
        if (key && !found)
            found = test;
    }
    if (!found)
        return;
    struct diag_draft draft = check_draft(condition->checked, LINT_PARTITION_ILLUSION, found->node);
    draft.args[0] = lint_text(condition->checked, found->operands[0].node);
    draft.args[1] = l->key.attributes[1].name;
    lint_report(l, &draft);
}
