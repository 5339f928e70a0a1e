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
    static const char of_words[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_#:";
    return memchr(of_words, c, sizeof of_words - 1) != NULL;
}

/* Texts put together; without memory an empty one, and m->no_memory. */
static str join(struct ddbexpr_mutants *m, const str *parts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].len;
    char *bytes = arena_alloc(m->arena, length + 1);
    if (!bytes) {
        m->no_memory = true;
        return STR("");
    }
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
 * then. What the service would not take for its length, or for its operators, has no text. */
static void replace(struct ddbexpr_mutants *m, ddbexpr_mutant *mutant, span replaced, str replacement,
                    uint64_t operators)
{
    char left = replaced.start > 0 ? m->text.ptr[replaced.start - 1] : ' ';
    char right = replaced.end < m->text.len ? m->text.ptr[replaced.end] : ' ';
    bool before = is_of_word(left) && is_of_word(replacement.len ? replacement.ptr[0] : right);
    bool after = replacement.len && is_of_word(replacement.ptr[replacement.len - 1]) && is_of_word(right);
    if (before || after) {
        const str parts[] = {before ? STR(" ") : STR(""), replacement, after ? STR(" ") : STR("")};
        replacement = join(m, parts, 3);
    }
    size_t length = m->text.len - (replaced.end - replaced.start) + replacement.len;
    mutant->has_text = length <= LIMIT_EXPRESSION_BYTES && operators <= LIMIT_OPERATORS;
    mutant->replaced = replaced;
    mutant->replacement = replacement;
}

/* Of two conditions the other one remains, in the place of both and of their parentheses: it has its own, unless it is
 * an AND that stood in an OR. Of more conditions the operator beside it goes. */
void mutant_write_drop(struct ddbexpr_mutants *m, const struct node *part, ddbexpr_mutant *mutant)
{
    const struct node *parent = part->parent, *previous = NULL;
    for (const struct node *child = parent->first_child; child != part; child = child->next)
        previous = child;
    if (parent->child_count == 2) {
        const struct node *other = previous ? previous : part->next;
        bool bare = other->kind == NODE_AND && !other->parens;
        replace(m, mutant, bare ? parent->span : parent->outer, str_slice(m->text, other->outer), 0);
        return;
    }
    span gone =
        previous ? (span){previous->outer.end, part->outer.end} : (span){part->outer.start, part->next->outer.start};
    replace(m, mutant, gone, STR(""), 0);
}

/* --- words --- */

static void becomes(struct ddbexpr_mutants *m, ddbexpr_mutant *mutant, str from, str to)
{
    const str parts[] = {STR("`"), from, STR("` becomes `"), to, STR("`")};
    mutant->description = join(m, parts, 5);
}

static void about_operand(struct ddbexpr_mutants *m, ddbexpr_mutant *mutant, str what)
{
    const str parts[] = {STR("`"), str_slice(m->text, mutant->span), STR("` "), what};
    mutant->description = join(m, parts, 4);
}

static str operand_text(const struct ddbexpr_mutants *m, const struct test *test, uint32_t operand)
{
    return str_slice(m->text, test->operands[operand].node->outer);
}

/* --- clauses --- */

static void word_negation(struct ddbexpr_mutants *m, const struct test *test, uint64_t operators, ddbexpr_mutant *seen)
{
    const struct node *node = test->node;
    static const enum test_kind opposites[] = {
        [TEST_EQ] = TEST_NE, [TEST_NE] = TEST_EQ, [TEST_EXISTS] = TEST_NOT_EXISTS, [TEST_NOT_EXISTS] = TEST_EXISTS};
    if (test->kind == TEST_EQ || test->kind == TEST_NE || test->kind == TEST_EXISTS || test->kind == TEST_NOT_EXISTS) {
        str other = test_text(opposites[test->kind]);
        replace(m, seen, node->op_span, other, operators);
        becomes(m, seen, test_text(test->kind), other);
        return;
    }
    const str parts[] = {STR("NOT "), str_slice(m->text, node->outer)};
    seen->description = STR("negated");
    replace(m, seen, node->outer, join(m, parts, 2), operators + 1);
}

static void word_kind(struct ddbexpr_mutants *m, const struct test *test, const struct mutant *mutant,
                      ddbexpr_mutant *seen)
{
    const struct node *node = test->node;
    str name = test_text(mutant->kind);
    bool same_form = (test->kind <= TEST_GE) == (mutant->kind <= TEST_GE) && mutant->kind != TEST_EXISTS;
    becomes(m, seen, test_text(test->kind), name);
    if (same_form) {
        replace(m, seen, node->op_span, name, 0);
        return;
    }
    str first = operand_text(m, test, 0);
    const str call[] = {name, STR("("), first, STR(")")};
    const str comparison[] = {first, STR(" "), name, STR(" "), operand_text(m, test, 1)};
    replace(m, seen, node->span, mutant->kind == TEST_EXISTS ? join(m, call, 4) : join(m, comparison, 5), 0);
}

/* A BETWEEN as the comparisons that it is. */
static void word_between(struct ddbexpr_mutants *m, const struct test *test, const struct mutant *mutant,
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
    replace(m, seen, test->node->span, text, operators + more);
    seen->has_text &= m->kind != DDBEXPR_KEY_CONDITION; /* which has no room for two comparisons */
    about_operand(m, seen, unbound ? STR("is no bound") : STR("is excluded"));
}

/* With the comma beside it. */
static void word_without(struct ddbexpr_mutants *m, const struct test *test, uint32_t operand, ddbexpr_mutant *seen)
{
    span here = test->operands[operand].node->outer;
    span gone = operand > 1 ? (span){test->operands[operand - 1].node->outer.end, here.end}
                            : (span){here.start, test->operands[operand + 1].node->outer.start};
    replace(m, seen, gone, STR(""), 0);
    about_operand(m, seen, STR("is not in the list"));
}

/* Of a mutant that changes no test. */
static void word_skeleton(struct ddbexpr_mutants *m, const struct mutant *mutant, uint64_t operators,
                          ddbexpr_mutant *seen)
{
    if (mutant->change.flipped != NO_TOKEN) {
        bool is_and = m->skeleton.joints[mutant->change.flipped].kind == JOINT_AND;
        str from = is_and ? STR("AND") : STR("OR"), to = is_and ? STR("OR") : STR("AND");
        replace(m, seen, seen->span, to, operators);
        becomes(m, seen, from, to);
    } else if (mutant->change.skipped != NO_TOKEN) {
        seen->description = STR("`NOT` dropped");
        replace(m, seen, seen->replaced, seen->replacement, 0);
    } else {
        seen->description = seen->mutation == DDBEXPR_MUTATION_DROP ? STR("dropped")
                            : mutant->change.forced                 ? STR("always true")
                                                                    : STR("always false");
    }
}

void mutant_word(struct ddbexpr_mutants *m, const struct ddbexpr_program *program, struct mutant *mutant)
{
    ddbexpr_mutant *seen = &mutant->seen;
    const struct test *test = seen->clause < program->test_count ? &program->tests[seen->clause] : NULL;
    uint64_t operators = m->operators;
    switch (mutant->test) { /* UNREACHABLE: another change */
    case CHANGE_NOTHING:
        word_skeleton(m, mutant, operators, seen);
        break;
    case CHANGE_OUTCOME:
        word_negation(m, test, operators, seen);
        break;
    case CHANGE_KIND:
        word_kind(m, test, mutant, seen);
        break;
    case CHANGE_BESIDE:
        about_operand(m, seen, mutant->above ? STR("is one more") : STR("is one less"));
        break;
    case CHANGE_EXCLUDE:
    case CHANGE_UNBOUND:
        word_between(m, test, mutant, operators, seen);
        break;
    case CHANGE_WITHOUT:
        word_without(m, test, mutant->operand, seen);
        break;
    }
}
