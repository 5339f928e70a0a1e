/* SPDX-License-Identifier: Apache-2.0 */
/* A parser by hand for texts without a fault, which most are: the tables of the grammar take three times as long. It
 * must not judge: whatever it does not take (any fault, and what is nested deeply), it leaves to the grammar's parser
 * without a word. What it takes, that one would take as well, with the very same tree (tests/unit/test_quick.c).
 *
 * INVARIANT: `depth` bounds the recursion. */
#include "syntax/quick.h"

#include "base/limits.h"
#include "syntax/build.h"

struct quick {
    struct parser *p;
    struct token token; /* the next one */
    uint32_t depth;
    bool no_memory;
};

/* What was read last; the grammar tells these apart by its nonterminals. */
enum sort {
    SORT_OPERAND,
    SORT_CALL, /* an operand and a condition */
    SORT_CONDITION,
    SORT_SUM
};

struct part {
    struct node *node; /* NULL: given up */
    enum sort sort;
};

static const struct part nothing = {NULL, SORT_OPERAND};

static bool is_operand(struct part part) { return part.node && part.sort <= SORT_CALL; }

static bool is_condition(struct part part)
{
    return part.node && (part.sort == SORT_CALL || part.sort == SORT_CONDITION);
}

static bool sees(const struct quick *q, enum token_kind kind) { return q->token.kind == kind; }

/* The next token is taken. */
static span take(struct quick *q)
{
    span where = q->token.span;
    q->token = lexer_next(q->p->text, where.end);
    return where;
}

static span from_to(span first, span last) { return (span){first.start, last.end}; }

static struct part made(struct quick *q, struct node *node, enum sort sort)
{
    q->no_memory |= !node;
    return (struct part){node, sort};
}

static struct part read_term(struct quick *q);

/* --- operands --- */

static bool read_step(struct quick *q, span *where)
{
    bool is_index = sees(q, TOKEN_LBRACKET);
    take(q);
    enum token_kind kind = q->token.kind;
    if (is_index ? kind != TOKEN_INTEGER : kind != TOKEN_WORD && kind != TOKEN_NAME)
        return false;
    where->end = q->token.span.end;
    span step = take(q);
    if (!(is_index ? build_path_index(q->p, step) : build_path_name(q->p, step, kind))) {
        q->no_memory = true;
        return false;
    }
    if (!is_index)
        return true;
    if (!sees(q, TOKEN_RBRACKET))
        return false;
    where->end = take(q).end;
    return true;
}

/* A path the first name of which was taken. */
static struct part read_path(struct quick *q, struct token name)
{
    span where = name.span;
    if (!build_path_begin(q->p, name.span, name.kind))
        return made(q, NULL, SORT_OPERAND);
    while (sees(q, TOKEN_DOT) || sees(q, TOKEN_LBRACKET))
        if (!read_step(q, &where))
            return nothing;
    return made(q, build_path(q->p, where), SORT_OPERAND);
}

/* Operands with commas between and a parenthesis behind, which is taken. */
static bool read_operands(struct quick *q, struct node_list *ret_list, span *ret_end)
{
    struct part operand = read_term(q);
    if (!is_operand(operand))
        return false;
    struct node_list list = build_list(operand.node);
    while (sees(q, TOKEN_COMMA)) {
        take(q);
        operand = read_term(q);
        if (!is_operand(operand))
            return false;
        list = build_list_append(list, operand.node);
    }
    if (!sees(q, TOKEN_RPAREN))
        return false;
    *ret_end = take(q);
    *ret_list = list;
    return true;
}

static struct part read_call(struct quick *q, span name)
{
    struct node_list operands;
    span end;
    take(q);
    if (q->depth == LIMIT_QUICK_DEPTH)
        return nothing;
    q->depth++;
    bool done = read_operands(q, &operands, &end);
    q->depth--;
    return done ? made(q, build_call(q->p, from_to(name, end), name, operands), SORT_CALL) : nothing;
}

static struct part read_condition(struct quick *q);
static struct part read_right_side(struct quick *q);

static struct part read_parentheses(struct quick *q)
{
    span start = take(q);
    if (q->depth == LIMIT_QUICK_DEPTH)
        return nothing;
    q->depth++;
    struct part inner = q->p->kind == DDBEXPR_UPDATE ? read_right_side(q) : read_condition(q);
    q->depth--;
    if (!inner.node || inner.node->parens || !sees(q, TOKEN_RPAREN)) /* redundant ones are told by the other parser */
        return nothing;
    build_parentheses(q->p, inner.node, from_to(start, take(q)));
    return inner;
}

/* An operand, a call, or anything in parentheses. */
static struct part read_term(struct quick *q)
{
    struct token token = q->token;
    switch (token.kind) {
    case TOKEN_VALUE:
        return made(q, build_value(q->p, take(q)), SORT_OPERAND);
    case TOKEN_NAME:
        take(q);
        return read_path(q, token);
    case TOKEN_WORD:
        take(q);
        return sees(q, TOKEN_LPAREN) ? read_call(q, token.span) : read_path(q, token);
    case TOKEN_LPAREN:
        return read_parentheses(q);
    default:
        return nothing;
    }
}

/* --- conditions --- */

static struct part read_comparison(struct quick *q, struct node *left)
{
    enum node_op op = OP_EQ + (q->token.kind - TOKEN_EQ);
    span where = take(q);
    struct part right = read_term(q);
    if (!is_operand(right))
        return nothing;
    span whole = from_to(left->outer, right.node->outer);
    return made(q, build_binary(q->p, NODE_COMPARISON, op, whole, where, left, right.node), SORT_CONDITION);
}

static struct part read_between(struct quick *q, struct node *first)
{
    span op = take(q);
    struct part lower = read_term(q);
    if (!is_operand(lower) || !sees(q, TOKEN_AND))
        return nothing;
    take(q);
    struct part upper = read_term(q);
    if (!is_operand(upper))
        return nothing;
    struct node_list operands = build_list_append(build_list_append(build_list(first), lower.node), upper.node);
    span whole = from_to(first->outer, upper.node->outer);
    return made(q, build_node(q->p, NODE_BETWEEN, whole, op, operands), SORT_CONDITION);
}

static struct part read_in(struct quick *q, struct node *first)
{
    struct node_list operands;
    span op = take(q), end;
    if (!sees(q, TOKEN_LPAREN))
        return nothing;
    take(q);
    if (!read_operands(q, &operands, &end))
        return nothing;
    operands = build_list_prepend(first, operands);
    return made(q, build_node(q->p, NODE_IN, from_to(first->outer, end), op, operands), SORT_CONDITION);
}

static struct part read_clause(struct quick *q)
{
    struct part first = read_term(q);
    if (!is_operand(first))
        return first;
    if (q->token.kind >= TOKEN_EQ && q->token.kind <= TOKEN_GE)
        return read_comparison(q, first.node);
    if (sees(q, TOKEN_BETWEEN))
        return read_between(q, first.node);
    return sees(q, TOKEN_IN) ? read_in(q, first.node) : first;
}

static struct part read_not(struct quick *q)
{
    if (!sees(q, TOKEN_NOT))
        return read_clause(q);
    if (q->depth == LIMIT_QUICK_DEPTH)
        return nothing;
    q->depth++;
    span op = take(q);
    struct part inner = read_not(q);
    q->depth--;
    if (!is_condition(inner))
        return nothing;
    span whole = from_to(op, inner.node->outer);
    return made(q, build_node(q->p, NODE_NOT, whole, op, build_list(inner.node)), SORT_CONDITION);
}

typedef struct part read_function(struct quick *q);

/* One condition, or several with the word between. */
static struct part read_chain(struct quick *q, enum token_kind word, enum node_kind kind, read_function *read_inner)
{
    struct part part = read_inner(q);
    if (!sees(q, word) || !is_condition(part))
        return part;
    struct node_list conditions = build_list(part.node);
    span first = part.node->outer, op = q->token.span;
    while (sees(q, word)) {
        take(q);
        part = read_inner(q);
        if (!is_condition(part))
            return nothing;
        conditions = build_list_append(conditions, part.node);
    }
    return made(q, build_node(q->p, kind, from_to(first, part.node->outer), op, conditions), SORT_CONDITION);
}

static struct part read_and(struct quick *q) { return read_chain(q, TOKEN_AND, NODE_AND, read_not); }

/* Also a mere operand, which may stand in parentheses. */
static struct part read_condition(struct quick *q) { return read_chain(q, TOKEN_OR, NODE_OR, read_and); }

/* --- updates --- */

static struct part read_right_side(struct quick *q)
{
    struct part left = read_term(q);
    if (!sees(q, TOKEN_PLUS) && !sees(q, TOKEN_MINUS))
        return left;
    enum node_op op = sees(q, TOKEN_PLUS) ? OP_PLUS : OP_MINUS;
    span where = take(q);
    if (!is_operand(left))
        return nothing;
    struct part right = read_term(q);
    if (!is_operand(right))
        return nothing;
    span whole = from_to(left.node->outer, right.node->outer);
    return made(q, build_binary(q->p, NODE_ARITHMETIC, op, whole, where, left.node, right.node), SORT_SUM);
}

static struct part read_name_and_path(struct quick *q)
{
    struct token name = q->token;
    if (name.kind != TOKEN_WORD && name.kind != TOKEN_NAME)
        return nothing;
    take(q);
    return read_path(q, name);
}

static struct part read_action(struct quick *q, enum section_kind section)
{
    struct part target = read_name_and_path(q), operand = nothing;
    if (!target.node)
        return nothing;
    struct node_list parts = build_list(target.node);
    span whole = target.node->outer, op = whole;
    if (section != SECTION_REMOVE) {
        if (section == SECTION_SET) {
            if (!sees(q, TOKEN_EQ))
                return nothing;
            op = take(q);
            operand = read_right_side(q);
        } else if (sees(q, TOKEN_VALUE)) {
            operand = read_term(q);
        }
        if (!operand.node)
            return nothing;
        parts = build_list_append(parts, operand.node);
        whole.end = operand.node->outer.end;
    }
    return made(q, build_node(q->p, NODE_ACTION, whole, section == SECTION_SET ? op : whole, parts), SORT_SUM);
}

static struct part read_section(struct quick *q)
{
    if (!token_is_section(q->token.kind))
        return nothing;
    enum section_kind section = SECTION_SET + (q->token.kind - TOKEN_SET);
    span keyword = take(q);
    struct part action = read_action(q, section);
    if (!action.node)
        return nothing;
    struct node_list actions = build_list(action.node);
    while (sees(q, TOKEN_COMMA)) {
        take(q);
        action = read_action(q, section);
        if (!action.node)
            return nothing;
        actions = build_list_append(actions, action.node);
    }
    span whole = from_to(keyword, action.node->outer);
    return made(q, build_section(q->p, section, whole, keyword, actions), SORT_SUM);
}

static struct part read_update(struct quick *q)
{
    struct part section = read_section(q);
    if (!section.node)
        return nothing;
    struct node_list sections = build_list(section.node);
    span whole = section.node->outer;
    while (!sees(q, TOKEN_END)) {
        section = read_section(q);
        if (!section.node)
            return nothing;
        sections = build_list_append(sections, section.node);
        whole.end = section.node->outer.end;
    }
    return made(q, build_node(q->p, NODE_UPDATE, whole, whole, sections), SORT_SUM);
}

/* --- projections --- */

static struct part read_projection(struct quick *q)
{
    struct part path = read_name_and_path(q);
    if (!path.node)
        return nothing;
    struct node_list paths = build_list(path.node);
    span whole = path.node->outer;
    while (sees(q, TOKEN_COMMA)) {
        take(q);
        path = read_name_and_path(q);
        if (!path.node)
            return nothing;
        paths = build_list_append(paths, path.node);
        whole.end = path.node->outer.end;
    }
    return made(q, build_node(q->p, NODE_PROJECTION, whole, whole, paths), SORT_SUM);
}

/* --- the whole --- */

enum quick_result quick_run(struct parser *p)
{
    struct quick q = {.p = p, .token = lexer_next(p->text, 0)};
    struct part whole = nothing;
    if (p->kind == DDBEXPR_UPDATE) {
        whole = read_update(&q);
    } else if (p->kind == DDBEXPR_PROJECTION) {
        whole = read_projection(&q);
    } else {
        whole = read_condition(&q);
        if (!is_condition(whole))
            whole = nothing;
    }
    if (q.no_memory)
        return QUICK_NO_MEMORY;
    if (!whole.node || !sees(&q, TOKEN_END))
        return QUICK_GIVES_UP;
    p->root = whole.node;
    return QUICK_ACCEPTED;
}
