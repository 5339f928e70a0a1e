/* SPDX-License-Identifier: Apache-2.0 */
/* What a mutant is called, and the text that it would be. */
#include "mutants/mutants.h"

str test_text(enum test_kind kind)
{
    static const char *const texts[] = {
        [TEST_EQ] = "=",
        [TEST_NE] = "<>",
        [TEST_LT] = "<",
        [TEST_LE] = "<=",
        [TEST_GT] = ">",
        [TEST_GE] = ">=",
        [TEST_BETWEEN] = "BETWEEN",
        [TEST_IN] = "IN",
        [TEST_EXISTS] = "attribute_exists",
        [TEST_NOT_EXISTS] = "attribute_not_exists",
        [TEST_TYPE] = "attribute_type",
        [TEST_BEGINS_WITH] = "begins_with",
        [TEST_CONTAINS] = "contains",
    };
    return ddbexpr_cstr(texts[kind]);
}

/* --- texts --- */

/* Whether two characters side by side would be one word. */
static bool is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '#' ||
           c == ':' || (unsigned char)c >= 0x80;
}

/* Up to eight texts put together. */
static str join(struct ddbexpr_mutants *m, const str *parts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].len;
    char *bytes = arena_alloc(m->arena, length + 1);
    if (!bytes)
        return (str){NULL, 0};
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        if (parts[i].len) {
            memcpy(bytes + at, parts[i].ptr, parts[i].len);
            at += parts[i].len;
        }
    bytes[at] = '\0';
    return (str){bytes, at};
}

/* Sets what is replaced by what, with blanks beside it where words would run together. `operators`: how many there are
 * then. What the service would not take for its length, or for its operators, has no text. False: no memory. */
static bool replace(struct ddbexpr_mutants *m, ddbexpr_mutant *mutant, span replaced, str replacement,
                    uint64_t operators)
{
    char left = replaced.start > 0 ? m->text.ptr[replaced.start - 1] : ' ';
    char right = replaced.end < m->text.len ? m->text.ptr[replaced.end] : ' ';
    bool before = is_of_word(left) && is_of_word(replacement.len ? replacement.ptr[0] : right);
    bool after = replacement.len && is_of_word(replacement.ptr[replacement.len - 1]) && is_of_word(right);
    if (before || after) {
        const str parts[] = {before ? STR(" ") : STR(""), replacement, after ? STR(" ") : STR("")};
        replacement = join(m, parts, 3);
        if (!replacement.ptr)
            return false;
    }
    size_t length = m->text.len - (replaced.end - replaced.start) + replacement.len;
    mutant->has_text = length <= LIMIT_EXPRESSION_BYTES && operators <= LIMIT_OPERATORS;
    mutant->replaced = replaced;
    mutant->replacement = replacement;
    return true;
}

/* Of two conditions the other one remains, in the place of both and of their parentheses: it has its own, unless it is
 * an AND that stood in an OR. Of more conditions the operator beside it goes. */
bool mutant_write_drop(struct ddbexpr_mutants *m, const struct node *part, ddbexpr_mutant *mutant)
{
    const struct node *parent = part->parent, *previous = NULL;
    for (const struct node *child = parent->first_child; child != part; child = child->next)
        previous = child;
    if (parent->child_count == 2) {
        const struct node *other = previous ? previous : part->next;
        bool bare = other->kind == NODE_AND && !other->parens;
        return replace(m, mutant, bare ? parent->span : parent->outer, str_slice(m->text, other->outer), 0);
    }
    span gone =
        previous ? (span){previous->outer.end, part->outer.end} : (span){part->outer.start, part->next->outer.start};
    return replace(m, mutant, gone, STR(""), 0);
}

/* --- words --- */

static bool becomes(struct ddbexpr_mutants *m, ddbexpr_mutant *mutant, str from, str to)
{
    const str parts[] = {STR("`"), from, STR("` becomes `"), to, STR("`")};
    mutant->description = join(m, parts, 5);
    return mutant->description.ptr;
}

static bool about_operand(struct ddbexpr_mutants *m, ddbexpr_mutant *mutant, str what)
{
    const str parts[] = {STR("`"), str_slice(m->text, mutant->span), STR("` "), what};
    mutant->description = join(m, parts, 4);
    return mutant->description.ptr;
}

static str operand_text(const struct ddbexpr_mutants *m, const struct test *test, uint32_t operand)
{
    return str_slice(m->text, test->operands[operand].node->outer);
}

/* --- clauses --- */

static bool word_negation(struct ddbexpr_mutants *m, const struct test *test, uint64_t operators, ddbexpr_mutant *seen)
{
    const struct node *node = test->node;
    static const enum test_kind opposites[] = {
        [TEST_EQ] = TEST_NE, [TEST_NE] = TEST_EQ, [TEST_EXISTS] = TEST_NOT_EXISTS, [TEST_NOT_EXISTS] = TEST_EXISTS};
    if (test->kind == TEST_EQ || test->kind == TEST_NE || test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS) {
        str other = test_text(opposites[test->kind]);
        return replace(m, seen, node->op_span, other, operators) && becomes(m, seen, test_text(test->kind), other);
    }
    const str parts[] = {STR("NOT "), str_slice(m->text, node->outer)};
    str text = join(m, parts, 2);
    seen->description = STR("negated");
    return text.ptr && replace(m, seen, node->outer, text, operators + 1);
}

static bool word_kind(struct ddbexpr_mutants *m, const struct test *test, const struct mutant *mutant,
                      ddbexpr_mutant *seen)
{
    const struct node *node = test->node;
    str name = test_text(mutant->kind);
    bool same_form = (test->kind <= TEST_GE) == (mutant->kind <= TEST_GE) && mutant->kind != TEST_EXISTS;
    if (same_form)
        return replace(m, seen, node->op_span, name, 0) && becomes(m, seen, test_text(test->kind), name);
    str first = operand_text(m, test, 0);
    const str call[] = {name, STR("("), first, STR(")")};
    const str comparison[] = {first, STR(" "), name, STR(" "), operand_text(m, test, 1)};
    str text = mutant->kind == TEST_EXISTS ? join(m, call, 4) : join(m, comparison, 5);
    return text.ptr && replace(m, seen, node->span, text, 0) && becomes(m, seen, test_text(test->kind), name);
}

/* A BETWEEN as the comparisons that it is. */
static bool word_between(struct ddbexpr_mutants *m, const struct test *test, const struct mutant *mutant,
                         uint64_t operators, ddbexpr_mutant *seen)
{
    bool lower = mutant->operand == 1, unbound = mutant->test == CHANGE_UNBOUND;
    str first = operand_text(m, test, 0);
    bool bare = test->node->parens == 0;
    const str one[] = {first, lower ? STR(" <= ") : STR(" >= "), operand_text(m, test, lower ? 2 : 1)};
    const str both[] = {bare ? STR("(") : STR(""),
                        first,
                        lower ? STR(" > ") : STR(" >= "),
                        operand_text(m, test, 1),
                        STR(" AND "),
                        first,
                        lower ? STR(" <= ") : STR(" < "),
                        operand_text(m, test, 2),
                        bare ? STR(")") : STR("")};
    str text = unbound ? join(m, one, 3) : join(m, both, 9);
    uint64_t more = unbound ? 0 : test->operands[0].kind >= OPERAND_SIZE_OF_CONSTANT ? 3 : 2;
    if (!text.ptr || !replace(m, seen, test->node->span, text, operators + more))
        return false;
    seen->has_text &= m->kind != DDBEXPR_KEY_CONDITION; /* which has no room for two comparisons */
    return about_operand(m, seen, unbound ? STR("is no bound") : STR("is excluded"));
}

/* With the comma beside it. */
static bool word_without(struct ddbexpr_mutants *m, const struct test *test, uint32_t operand, ddbexpr_mutant *seen)
{
    span here = test->operands[operand].node->outer;
    span gone = operand > 1 ? (span){test->operands[operand - 1].node->outer.end, here.end}
                            : (span){here.start, test->operands[operand + 1].node->outer.start};
    return replace(m, seen, gone, STR(""), 0) && about_operand(m, seen, STR("is not in the list"));
}

bool mutant_word(struct ddbexpr_mutants *m, const struct ddbexpr_program *program, struct mutant *mutant)
{
    ddbexpr_mutant *seen = &mutant->seen;
    const struct test *test = seen->clause < program->test_count ? &program->tests[seen->clause] : NULL;
    uint64_t operators = check_count_operators(program->checked->expression->root);
    switch (mutant->test) {
    case CHANGE_NOTHING:
        break;
    case CHANGE_OUTCOME:
        return word_negation(m, test, operators, seen);
    case CHANGE_KIND:
        return word_kind(m, test, mutant, seen);
    case CHANGE_BESIDE:
        return about_operand(m, seen, mutant->above ? STR("is one more") : STR("is one less"));
    case CHANGE_EXCLUDE:
    case CHANGE_UNBOUND:
        return word_between(m, test, mutant, operators, seen);
    case CHANGE_WITHOUT:
        return word_without(m, test, mutant->operand, seen);
    }
    if (mutant->change.flipped != NO_TOKEN) {
        bool is_and = m->skeleton.joints[mutant->change.flipped].kind == JOINT_AND;
        str from = is_and ? STR("AND") : STR("OR"), to = is_and ? STR("OR") : STR("AND");
        return replace(m, seen, seen->span, to, operators) && becomes(m, seen, from, to);
    }
    if (mutant->change.skipped != NO_TOKEN) {
        seen->description = STR("`NOT` dropped");
        return replace(m, seen, seen->replaced, seen->replacement, 0);
    }
    seen->description = seen->mutation == DDBEXPR_MUTATION_DROP ? STR("dropped")
                        : mutant->change.forced                 ? STR("always true")
                                                                : STR("always false");
    return true;
}
