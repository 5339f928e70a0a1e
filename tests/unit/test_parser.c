/* SPDX-License-Identifier: Apache-2.0 */
/* Text to tree: what is accepted and as what, what is refused where and with which hint. Knows nothing of what the
 * checks later say. */
#include "support.h"

#include "base/limits.h"
#include "diagnostic/diagnostic.h"
#include "syntax/ast.h"
#include "syntax/parse.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* --- helpers --- */

static ddbexpr_diags *new_diags(void)
{
    ddbexpr_diags *diags;
    assert_int_equal(ddbexpr_diags_new(NULL, &diags), DDBEXPR_OK);
    return diags;
}

static ddbexpr_expression *parse(ddbexpr_kind kind, str text)
{
    ddbexpr_expression *expression = NULL;
    ddbexpr_diags *diags = new_diags();
    ddbexpr_status status = ddbexpr_parse(kind, text, NULL, diags, &expression);
    if (status == DDBEXPR_INVALID) {
        test_print_str("refused:  ", text);
        test_print_str("because:  ", ddbexpr_diag_service_message(ddbexpr_diags_at(diags, 0)));
    }
    assert_int_equal(status, DDBEXPR_OK);
    assert_int_equal(ddbexpr_diags_count(diags), 0);
    ddbexpr_diags_free(diags);
    return expression;
}

static void check_sexpr(const ddbexpr_expression *expression, const char *expected)
{
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    assert_int_equal(ddbexpr_expression_print(expression, DDBEXPR_TREE_SEXPR, out), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(out), expected);
    ddbexpr_buffer_free(out);
}

static void check_tree(ddbexpr_kind kind, const char *text, const char *expected)
{
    ddbexpr_expression *expression = parse(kind, ddbexpr_cstr(text));
    check_sexpr(expression, expected);
    ddbexpr_expression_free(expression);
}

/* The service's message for a syntax error, less what all of them begin with. */
static void check_message(ddbexpr_kind kind, const ddbexpr_diag *diag, str token, str near)
{
    ddbexpr_buffer *out;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    const str pieces[] = {STR("Invalid "),
                          ddbexpr_cstr(ddbexpr_kind_name(kind)),
                          STR(": Syntax error; token: \""),
                          token,
                          STR("\", near: \""),
                          near,
                          STR("\"")};
    for (size_t i = 0; i < COUNT_OF(pieces); i++)
        assert_int_equal(ddbexpr_buffer_append(out, pieces[i]), DDBEXPR_OK);
    assert_str_equal(ddbexpr_diag_service_message(diag), ddbexpr_buffer_text(out));
    ddbexpr_buffer_free(out);
}

static void check_refused(ddbexpr_kind kind, str text, str token, str near, const char *hint)
{
    ddbexpr_diags *diags = new_diags();
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(kind, text, NULL, diags, &expression), DDBEXPR_INVALID);
    assert_null(expression);
    assert_int_equal(ddbexpr_diags_count(diags), 1);
    const ddbexpr_diag *diag = ddbexpr_diags_verdict(diags);
    assert_true(ddbexpr_diag_has_span(diag)); /* which of ours it is: test_slips.c */
    assert_str_equal(ddbexpr_diag_text(diag), text);
    check_message(kind, diag, token, near);
    if (hint)
        assert_str_is(ddbexpr_diag_hint(diag), hint);
    else
        assert_true(ddbexpr_diag_hint(diag).len > 0);
    ddbexpr_diags_free(diags);
}

#define REFUSED(kind, text, token, near) check_refused((kind), STR(text), STR(token), STR(near), NULL)

static void check_hint(ddbexpr_kind kind, const char *text, const char *hint)
{
    ddbexpr_diags *diags = new_diags();
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(kind, ddbexpr_cstr(text), NULL, diags, &expression), DDBEXPR_INVALID);
    str found = ddbexpr_diag_hint(ddbexpr_diags_verdict(diags));
    if (!str_equal(found, ddbexpr_cstr(hint)))
        test_print_str("text:     ", ddbexpr_cstr(text));
    assert_str_is(found, hint);
    ddbexpr_diags_free(diags);
}

#define SPAN_IS(span_, first, last)                                                                                    \
    do {                                                                                                               \
        assert_int_equal((span_).start, first);                                                                        \
        assert_int_equal((span_).end, last);                                                                           \
    } while (0)

/* What others build on: ids in post-order, links in both directions, spans within spans and in order. */
static void check_invariants(const ddbexpr_expression *expression)
{
    uint32_t id = 0;
    for (struct ast_walk walk = ast_walk_begin(expression->root); walk.node; ast_walk_advance(&walk)) {
        const struct node *node = walk.node;
        if (!walk.leaving)
            continue;
        assert_int_equal(node->id, id++);
        assert_true(node->outer.start <= node->span.start && node->span.start < node->span.end);
        assert_true(node->span.end <= node->outer.end && node->outer.end <= expression->text.len);
        assert_int_equal(node->parens > 0, node->outer.start < node->span.start);
        uint32_t count = 0;
        for (const struct node *child = node->first_child; child; child = child->next, count++) {
            assert_ptr_equal(child->parent, node);
            assert_true(!child->next || child->outer.end <= child->next->outer.start);
            assert_true(node->span.start <= child->outer.start && child->outer.end <= node->span.end);
        }
        assert_int_equal(node->child_count, count);
    }
    assert_int_equal(id, expression->node_count);
    uint32_t nodes = 0;
    for (struct node *node = expression->root; node; node = ast_next(expression->root, node))
        nodes++;
    assert_int_equal(nodes, expression->node_count);
}

/* --- conditions --- */

static void comparisons(void **state)
{
    (void)state;
    check_tree(DDBEXPR_CONDITION, "a = :v", "(= (path a) :v)");
    check_tree(DDBEXPR_FILTER, ":v<>#a", "(<> :v (path #a))");
    check_tree(DDBEXPR_KEY_CONDITION, "a < b", "(< (path a) (path b))");
    check_tree(DDBEXPR_CONDITION, "a<=b", "(<= (path a) (path b))");
    check_tree(DDBEXPR_CONDITION, "a\n>\tb", "(> (path a) (path b))");
    check_tree(DDBEXPR_CONDITION, "a >= size(b)", "(>= (path a) (call size (path b)))");
    check_tree(DDBEXPR_CONDITION, ":v = :v", "(= :v :v)");
    check_tree(DDBEXPR_CONDITION, "a between :x and :y", "(between (path a) :x :y)");
    check_tree(DDBEXPR_CONDITION, "a IN (:x)", "(in (path a) :x)");
    check_tree(DDBEXPR_CONDITION, "a in(:x,b , size (c))", "(in (path a) :x (path b) (call size (path c)))");
}

static void paths(void **state)
{
    (void)state;
    check_tree(DDBEXPR_PROJECTION, "a", "(projection (path a))");
    check_tree(DDBEXPR_PROJECTION, "a.b.#c[0][12].d", "(projection (path a b #c [0] [12] d))");
    check_tree(DDBEXPR_PROJECTION, "#a [ 0 ] . b", "(projection (path #a [0] b))");
    check_tree(DDBEXPR_PROJECTION, "a[99999999999999999999]", "(projection (path a [99999999999999999999]))");
    check_tree(DDBEXPR_PROJECTION, "a, b.c ,#d", "(projection (path a) (path b c) (path #d))");
    check_tree(DDBEXPR_PROJECTION, "size, contains", "(projection (path size) (path contains))");
    check_tree(DDBEXPR_PROJECTION, "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r, s",
               "(projection (path a b c d e f g h i j k l m n o p q r) (path s))");
}

/* Keywords bind NOT, AND, OR; chains without parentheses are one node. */
static void chains(void **state)
{
    (void)state;
    check_tree(DDBEXPR_CONDITION, "f(a) OR f(b) AND f(c) or f(d)",
               "(or (call f (path a)) (and (call f (path b)) (call f (path c))) (call f (path d)))");
    check_tree(DDBEXPR_CONDITION, "a = b AND c = d AND e = f",
               "(and (= (path a) (path b)) (= (path c) (path d)) (= (path e) (path f)))");
    check_tree(DDBEXPR_CONDITION, "(f(a) AND f(b)) AND f(c)",
               "(and (and (call f (path a)) (call f (path b))) (call f (path c)))");
    check_tree(DDBEXPR_CONDITION, "f(a) AND (f(b) AND f(c))",
               "(and (call f (path a)) (and (call f (path b)) (call f (path c))))");
    check_tree(DDBEXPR_CONDITION, "not f(a) and not not f(b)",
               "(and (not (call f (path a))) (not (not (call f (path b)))))");
    check_tree(DDBEXPR_CONDITION, "a BETWEEN b AND c AND d = e",
               "(and (between (path a) (path b) (path c)) (= (path d) (path e)))");
    check_tree(DDBEXPR_CONDITION, "NOT (f(a) OR f(b))", "(not (or (call f (path a)) (call f (path b))))");
    check_tree(DDBEXPR_CONDITION, "NOT a IN (b)", "(not (in (path a) (path b)))");
}

/* A call in parentheses is a condition or an operand, as what follows decides. */
static void parentheses(void **state)
{
    (void)state;
    check_tree(DDBEXPR_CONDITION, "(f(a))", "(call f (path a))");
    check_tree(DDBEXPR_CONDITION, "(f(a)) = :v", "(= (call f (path a)) :v)");
    check_tree(DDBEXPR_CONDITION, "(f(a)) AND (f(b))", "(and (call f (path a)) (call f (path b)))");
    check_tree(DDBEXPR_CONDITION, "((f(a)) AND (f(b)) = :v)", "(and (call f (path a)) (= (call f (path b)) :v))");
    check_tree(DDBEXPR_CONDITION, "(f(a) OR f(b))", "(or (call f (path a)) (call f (path b)))");
    check_tree(DDBEXPR_CONDITION, "(a) = (:v)", "(= (path a) :v)");
    check_tree(DDBEXPR_CONDITION, "((a) = :v)", "(= (path a) :v)");
    check_tree(DDBEXPR_CONDITION, "(a) BETWEEN (b) AND (f(c))", "(between (path a) (path b) (call f (path c)))");
    check_tree(DDBEXPR_CONDITION, "(a) IN ((b), (f(c)))", "(in (path a) (path b) (call f (path c)))");
    check_tree(DDBEXPR_CONDITION, "f((a), (g((b))))", "(call f (path a) (call g (path b)))");
    check_tree(DDBEXPR_CONDITION, "(NOT (f(a)))", "(not (call f (path a)))");
    check_tree(DDBEXPR_CONDITION, "((a = b) AND (c = d))", "(and (= (path a) (path b)) (= (path c) (path d)))");
}

/* What the checks answer is no syntax error. */
static void accepted_for_the_checks(void **state)
{
    (void)state;
    check_tree(DDBEXPR_KEY_CONDITION, "NOT a = :v OR size(b)", "(or (not (= (path a) :v)) (call size (path b)))");
    check_tree(DDBEXPR_CONDITION, "list_append(a, b, c)", "(call list_append (path a) (path b) (path c))");
    check_tree(DDBEXPR_CONDITION, "No_Such(:v) = true", "(= (call No_Such :v) (path true))");
    check_tree(DDBEXPR_UPDATE, "SET a = size(a) SET b = :v",
               "(update (SET (action (path a) (call size (path a)))) (SET (action (path b) :v)))");
}

/* --- updates --- */

static void updates(void **state)
{
    (void)state;
    check_tree(DDBEXPR_UPDATE, "SET a = :v", "(update (SET (action (path a) :v)))");
    check_tree(DDBEXPR_UPDATE, "set a.b[1]=c,#d = f(e, :v)",
               "(update (SET (action (path a b [1]) (path c)) (action (path #d) (call f (path e) :v))))");
    check_tree(DDBEXPR_UPDATE, "SET a = b + :v, c = d-e",
               "(update (SET (action (path a) (+ (path b) :v)) (action (path c) (- (path d) (path e)))))");
    check_tree(DDBEXPR_UPDATE, "SET a = (b + :v)", "(update (SET (action (path a) (+ (path b) :v))))");
    check_tree(DDBEXPR_UPDATE, "SET a = ((b) + (f(:v)))", "(update (SET (action (path a) (+ (path b) (call f :v)))))");
    check_tree(DDBEXPR_UPDATE, "SET a = (f(b)) - (c)",
               "(update (SET (action (path a) (- (call f (path b)) (path c)))))");
    check_tree(DDBEXPR_UPDATE, "SET a = (b)", "(update (SET (action (path a) (path b))))");
    check_tree(DDBEXPR_UPDATE, "remove a, b[0] REMOVE c",
               "(update (REMOVE (action (path a)) (action (path b [0]))) (REMOVE (action (path c))))");
    check_tree(DDBEXPR_UPDATE, "DELETE a :v ADD b.c :w, d :x SET e = :y REMOVE f",
               "(update (DELETE (action (path a) :v)) (ADD (action (path b c) :w) (action (path d) :x)) "
               "(SET (action (path e) :y)) (REMOVE (action (path f))))");
}

/* --- nodes --- */

static void spans_and_names(void **state)
{
    (void)state;
    ddbexpr_expression *e = parse(DDBEXPR_CONDITION, STR(" ( a.#b[10]  <= :v ) or begins_with ( c , :d ) "));
    check_invariants(e);
    assert_int_equal(e->root->kind, NODE_OR);
    SPAN_IS(e->root->span, 1, 46);
    SPAN_IS(e->root->op_span, 21, 23);
    const struct node *comparison = ast_child(e->root, 0);
    assert_int_equal(comparison->op, OP_LE);
    assert_int_equal(comparison->parens, 1);
    SPAN_IS(comparison->span, 3, 18);
    SPAN_IS(comparison->outer, 1, 20);
    SPAN_IS(comparison->op_span, 13, 15);
    const struct node *path = ast_child(comparison, 0);
    assert_int_equal(path->step_count, 3);
    assert_str_is(path->steps[0].name, "a");
    assert_str_is(path->steps[1].name, "#b");
    assert_true(path->steps[1].is_placeholder && !path->steps[1].is_index && !path->steps[0].is_placeholder);
    assert_str_is(path->steps[2].name, "10");
    assert_true(path->steps[2].is_index);
    SPAN_IS(path->steps[2].span, 8, 10);
    SPAN_IS(path->span, 3, 11);
    assert_str_is(ast_child(comparison, 1)->name, ":v");
    const struct node *call = ast_child(e->root, 1);
    assert_str_is(call->name, "begins_with");
    SPAN_IS(call->op_span, 24, 35);
    SPAN_IS(call->span, 24, 46);
    assert_null(ast_child(e->root, 2));
    ddbexpr_expression_free(e);
}

static void spans_of_operators(void **state)
{
    (void)state;
    ddbexpr_expression *e = parse(DDBEXPR_CONDITION, STR("NOT a BETWEEN b AND c AND d IN (e) AND f(g)"));
    check_invariants(e);
    SPAN_IS(e->root->op_span, 22, 25); /* the first AND of the chain */
    SPAN_IS(ast_child(e->root, 0)->op_span, 0, 3);
    SPAN_IS(ast_child(ast_child(e->root, 0), 0)->op_span, 6, 13);
    SPAN_IS(ast_child(e->root, 1)->op_span, 28, 30);
    SPAN_IS(ast_child(e->root, 1)->span, 26, 34);
    ddbexpr_expression_free(e);
}

static void spans_of_updates(void **state)
{
    (void)state;
    ddbexpr_expression *e = parse(DDBEXPR_UPDATE, STR("SET a = (b - :v), c = d REMOVE e ADD f :w"));
    check_invariants(e);
    const struct node *set = ast_child(e->root, 0), *remove = ast_child(e->root, 1), *add = ast_child(e->root, 2);
    assert_int_equal(set->section, SECTION_SET);
    SPAN_IS(set->span, 0, 23);
    SPAN_IS(set->op_span, 0, 3);
    assert_int_equal(set->first_child->section, SECTION_SET);
    SPAN_IS(set->first_child->op_span, 6, 7);
    const struct node *sum = set->first_child->first_child->next;
    assert_int_equal(sum->op, OP_MINUS);
    SPAN_IS(sum->span, 9, 15);
    SPAN_IS(sum->outer, 8, 16);
    SPAN_IS(sum->op_span, 11, 12);
    assert_int_equal(remove->first_child->section, SECTION_REMOVE);
    assert_int_equal(remove->first_child->child_count, 1);
    SPAN_IS(remove->first_child->op_span, 24, 30);
    assert_int_equal(add->first_child->section, SECTION_ADD);
    SPAN_IS(add->first_child->op_span, 33, 36);
    SPAN_IS(add->span, 33, 41);
    ddbexpr_expression_free(e);
}

static void text_is_copied(void **state)
{
    (void)state;
    char text[] = "abc = :v";
    ddbexpr_expression *e = parse(DDBEXPR_FILTER, str_of(text, strlen(text)));
    memset(text, 'x', sizeof text - 1);
    assert_str_is(ddbexpr_expression_text(e), "abc = :v");
    assert_int_equal(ddbexpr_expression_kind(e), DDBEXPR_FILTER);
    assert_str_is(ast_child(e->root, 0)->steps[0].name, "abc");
    ddbexpr_expression_free(e);
    ddbexpr_expression_free(NULL);
}

/* --- syntax errors: token and near window --- */

static void windows(void **state)
{
    (void)state;
    REFUSED(DDBEXPR_CONDITION, "f(", "<EOF>", "(");
    REFUSED(DDBEXPR_CONDITION, "a = = b", "=", "= = b");
    REFUSED(DDBEXPR_CONDITION, "a =   = \t b", "=", "=   = \t b");  /* blanks between are kept */
    REFUSED(DDBEXPR_UPDATE, "CHANGE a = :v", "CHANGE", "CHANGE a"); /* none before */
    REFUSED(DDBEXPR_UPDATE, "CHANGE", "CHANGE", "CHANGE");
    REFUSED(DDBEXPR_UPDATE, "  CHANGE ", "CHANGE", "CHANGE");
    REFUSED(DDBEXPR_UPDATE, "SET a = :v b", "b", ":v b"); /* none behind */
    REFUSED(DDBEXPR_UPDATE, "SET  REMOVE #a", "REMOVE", "SET  REMOVE #a");
    REFUSED(DDBEXPR_PROJECTION, "!!!", "!", "!!");
    REFUSED(DDBEXPR_PROJECTION, "a-b", "-", "a-b");
    REFUSED(DDBEXPR_PROJECTION, "#a-0-1", "-", "#a-0");
    REFUSED(DDBEXPR_PROJECTION, "#a.-04", "-", ".-0");
    REFUSED(DDBEXPR_CONDITION, "_a = :v", "_", "_a");
    REFUSED(DDBEXPR_KEY_CONDITION, "a = :v AND _b = :w", "_", "AND _b");
    REFUSED(DDBEXPR_CONDITION, "__a = :v", "_", "__");
    REFUSED(DDBEXPR_UPDATE, "ADD a : b", ":", "a : b");
    REFUSED(DDBEXPR_UPDATE, "REMOVE #a, #, #b", "#", ", #,");
    REFUSED(DDBEXPR_FILTER, "a = b:c-d", ":c", "b:c-");
    REFUSED(DDBEXPR_PROJECTION, "a[].b", "]", "[].");
    REFUSED(DDBEXPR_UPDATE, "SET a = :v,", "<EOF>", ",");
    REFUSED(DDBEXPR_UPDATE, "SET a = (:v ", "<EOF>", ":v");
}

static void offenders(void **state)
{
    (void)state;
    REFUSED(DDBEXPR_CONDITION, "a", "<EOF>", "a");
    REFUSED(DDBEXPR_CONDITION, "(a)", "<EOF>", ")");
    REFUSED(DDBEXPR_CONDITION, "(:v) AND a = b", "AND", ") AND a");
    REFUSED(DDBEXPR_CONDITION, "NOT #a", "<EOF>", "#a");
    REFUSED(DDBEXPR_CONDITION, "a = :v OR NOT :w", "<EOF>", ":w");
    REFUSED(DDBEXPR_CONDITION, "f()", ")", "()");
    REFUSED(DDBEXPR_CONDITION, "a IN ()", ")", "()");
    REFUSED(DDBEXPR_CONDITION, "a IN b", "b", "IN b");
    REFUSED(DDBEXPR_CONDITION, "a IN (b", "<EOF>", "b");
    REFUSED(DDBEXPR_CONDITION, "a IN (b,)", ")", ",)");
    REFUSED(DDBEXPR_CONDITION, "a+:b<c", "+", "a+:b");
    REFUSED(DDBEXPR_CONDITION, "a = b = c", "=", "b = c");
    REFUSED(DDBEXPR_CONDITION, "a.b c", "c", "b c");
    REFUSED(DDBEXPR_CONDITION, "f([0])", "[", "([0");
    REFUSED(DDBEXPR_CONDITION, "(a.b).c = :v", ".", ").c");
    REFUSED(DDBEXPR_CONDITION, "f(a).b = :v", ".", ").b");
    REFUSED(DDBEXPR_CONDITION, "(f(a))[0] = b", "[", ")[0");
    REFUSED(DDBEXPR_CONDITION, ":v.a = b", ".", ":v.a");
    REFUSED(DDBEXPR_CONDITION, "a.:v = b", ":v", ".:v =");
    REFUSED(DDBEXPR_CONDITION, "a = :v)", ")", ":v)");
    REFUSED(DDBEXPR_CONDITION, "set = :v", "set", "set =");
    REFUSED(DDBEXPR_CONDITION, "a.in = :v", "in", ".in =");
    REFUSED(DDBEXPR_CONDITION, "a = between", "between", "= between");
    REFUSED(DDBEXPR_CONDITION, "a BETWEEN b OR c", "OR", "b OR c");
    REFUSED(DDBEXPR_CONDITION, "a BETWEEN (b AND c)", "AND", "b AND c");
    REFUSED(DDBEXPR_UPDATE, "SET a", "<EOF>", "a");
    REFUSED(DDBEXPR_UPDATE, "SET a, b = :v", ",", "a, b");
    REFUSED(DDBEXPR_UPDATE, "SET a = :v + :w + :x", "+", ":w + :x");
    REFUSED(DDBEXPR_UPDATE, "SET a = (:v + :w) + :x", "+", ") + :x");
    REFUSED(DDBEXPR_UPDATE, "SET a = f(b + :v)", "+", "b + :v");
    REFUSED(DDBEXPR_UPDATE, "SET (a) = :v", "(", "SET (a");
    REFUSED(DDBEXPR_UPDATE, "SET f(a) = :v", "(", "f(a");
    REFUSED(DDBEXPR_UPDATE, "SET :a = :v", ":a", "SET :a =");
    REFUSED(DDBEXPR_UPDATE, "REMOVE a = b", "=", "a = b");
    REFUSED(DDBEXPR_UPDATE, "ADD a :v, b = :w", "=", "b = :w");
    REFUSED(DDBEXPR_UPDATE, "ADD a b", "b", "a b");
    REFUSED(DDBEXPR_UPDATE, "DELETE a f(b)", "f", "a f(");
    REFUSED(DDBEXPR_UPDATE, "DELETE a (:v)", "(", "a (:v");
    REFUSED(DDBEXPR_PROJECTION, "f(a)", "(", "f(a");
    REFUSED(DDBEXPR_PROJECTION, "(a)", "(", "(a");
    REFUSED(DDBEXPR_PROJECTION, ":a", ":a", ":a");
    REFUSED(DDBEXPR_PROJECTION, "a,,b", ",", ",,b");
    REFUSED(DDBEXPR_PROJECTION, "a[01]", "1", "01]");
}

static void blanks_only(void **state)
{
    (void)state;
    REFUSED(DDBEXPR_CONDITION, "  \t\r\n", "<EOF>", "");
    REFUSED(DDBEXPR_UPDATE, " ", "<EOF>", "");
    REFUSED(DDBEXPR_PROJECTION, "\n", "<EOF>", "");
}

/* Bytes that are not UTF-8 become U+FFFD in messages, one each; NUL stays. */
static void strange_bytes(void **state)
{
    (void)state;
    REFUSED(DDBEXPR_CONDITION, "a \xff\xfe b", "\ufffd", "a \ufffd\ufffd");
    REFUSED(DDBEXPR_CONDITION, "\xe2\x82", "\ufffd", "\ufffd\ufffd");
    REFUSED(DDBEXPR_CONDITION, "\u00fc > a", "\u00fc", "\u00fc >");
    REFUSED(DDBEXPR_CONDITION, "a\0b", "\0", "a\0b");
    REFUSED(DDBEXPR_CONDITION, "\0", "\0", "\0");
}

static void places_of_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t start, end;
        const char *message;
    } cases[] = {
        {"a = = b", 4, 5, "unexpected `=`"},
        {"a =  ", 3, 3, "unexpected end of the expression"},
        {"  ", 0, 0, "unexpected end of the expression"},
        {"a \xff", 2, 3, "unexpected `\ufffd`"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        ddbexpr_diags *diags = new_diags();
        ddbexpr_expression *expression;
        assert_int_equal(ddbexpr_parse(DDBEXPR_FILTER, ddbexpr_cstr(cases[i].text), NULL, diags, &expression),
                         DDBEXPR_INVALID);
        const ddbexpr_diag *diag = ddbexpr_diags_verdict(diags);
        SPAN_IS(ddbexpr_diag_span(diag), cases[i].start, cases[i].end);
        assert_int_equal(ddbexpr_diag_source(diag), DDBEXPR_SOURCE_FILTER);
        assert_str_is(ddbexpr_diag_message(diag), cases[i].message);
        ddbexpr_diags_free(diags);
    }
}

/* --- syntax errors: hints --- */

static void hints_on_signs(void **state)
{
    (void)state;
    check_hint(DDBEXPR_CONDITION, "a == :v", "equality is written with one `=`");
    check_hint(DDBEXPR_CONDITION, "a =< :v", "the `=` comes last: write `<=` or `>=`");
    check_hint(DDBEXPR_CONDITION, "a != :v", "\"not equal\" is written `<>`");
    check_hint(DDBEXPR_CONDITION, "!f(a)", "negation is written NOT");
    check_hint(DDBEXPR_CONDITION, "a = :v && f(b)", "write AND");
    check_hint(DDBEXPR_CONDITION, "a = :v || f(b)", "write OR");
    check_hint(DDBEXPR_CONDITION, "a = :v;", "no `;` ends an expression: drop it");
    check_hint(DDBEXPR_CONDITION, "a is null",
               "there is no IS: use attribute_exists(path), attribute_not_exists(path) or attribute_type(path, :type)");
    check_hint(DDBEXPR_CONDITION, "a Like :v",
               "there is no LIKE: use begins_with(path, :prefix) or contains(path, :part)");
    check_hint(DDBEXPR_CONDITION, "a contains :v",
               "`contains` is a function and stands before its operands, as in contains(a, \u2026)");
    check_hint(DDBEXPR_CONDITION, "a NOT IN (:v)", "NOT stands before the whole comparison, as in NOT a IN (:x, :y)");
    check_hint(DDBEXPR_UPDATE, "SET a = :v WHERE b = :w",
               "an update has no WHERE: conditions are written in the ConditionExpression");
}

static void hints_on_paths(void **state)
{
    (void)state;
    static const char placeholder[] = "a list index cannot be a placeholder: write the number itself, as in `[0]`";
    static const char whole_number[] = "a list index is a whole number written out, as in `[0]`";
    static const char letter[] =
        "a name begins with a letter: for others use a placeholder such as `#n` and ExpressionAttributeNames";
    static const char path_only[] = "only paths go on with `.` and `[`: no values, functions or parentheses";
    check_hint(DDBEXPR_PROJECTION, "a[:i]", placeholder);
    check_hint(DDBEXPR_PROJECTION, "a[#i]", placeholder);
    check_hint(DDBEXPR_PROJECTION, "a[*]", "there is no `[*]`: a path names one element");
    check_hint(DDBEXPR_PROJECTION, "a[-1]", "a list index counts from 0 at the start and is never negative");
    check_hint(DDBEXPR_PROJECTION, "a[]", "a list index is missing between `[` and `]`");
    check_hint(DDBEXPR_PROJECTION, "a[01]", "a list index has no leading zeros");
    check_hint(DDBEXPR_PROJECTION, "a[b]", whole_number);
    check_hint(DDBEXPR_PROJECTION, "a[0.4]", whole_number);
    check_hint(DDBEXPR_PROJECTION, "a[0", "expected `]` after `0`");
    check_hint(DDBEXPR_PROJECTION, "a[", "expected a list index after `[`");
    check_hint(DDBEXPR_PROJECTION, "a.0", "list elements are written in brackets: `[0]` instead of `.0`");
    check_hint(DDBEXPR_PROJECTION, "a.1st", letter);
    check_hint(DDBEXPR_CONDITION, "1st = :v", letter);
    check_hint(DDBEXPR_UPDATE, "SET _a = :v", letter);
    check_hint(DDBEXPR_UPDATE, "SET first-name = :v",
               "a name with `-` in it needs a placeholder such as `#n` and ExpressionAttributeNames");
    check_hint(DDBEXPR_CONDITION, "#a-b = :v", "a placeholder is its sign, then letters, digits and `_` only");
    check_hint(DDBEXPR_CONDITION, "a = :", "`:` must be followed at once by letters, digits or `_`");
    check_hint(DDBEXPR_CONDITION, "add = :v",
               "`add` is a keyword: for an attribute of that name use a placeholder such as `#n` and "
               "ExpressionAttributeNames");
    check_hint(DDBEXPR_CONDITION, "a..b = :v", "a name is missing between the two dots");
    check_hint(DDBEXPR_CONDITION, ":v.a = b", path_only);
    check_hint(DDBEXPR_CONDITION, "(a)[0] = b", path_only);
    check_hint(DDBEXPR_PROJECTION, "*", "there is no `*`: leave the ProjectionExpression out to get all attributes");
    check_hint(DDBEXPR_PROJECTION, "size(a)", "a ProjectionExpression is a list of paths, separated by commas");
    check_hint(DDBEXPR_PROJECTION, "a b", "if `b` begins another path, a comma is missing before it");
}

static void hints_on_values(void **state)
{
    (void)state;
    static const char number[] =
        "numbers are not written into expressions: use a placeholder such as `:v` and ExpressionAttributeValues";
    static const char string[] =
        "strings are not written into expressions: use a placeholder such as `:v` and ExpressionAttributeValues";
    static const char container[] =
        "lists and maps are not written into expressions: use a placeholder such as `:v` and ExpressionAttributeValues";
    static const char quoted_name[] = "names are not quoted: where a plain name will not do, use a placeholder such as "
                                      "`#n` and ExpressionAttributeNames";
    check_hint(DDBEXPR_CONDITION, "a > 5", number);
    check_hint(DDBEXPR_CONDITION, "a > -5", number);
    check_hint(DDBEXPR_CONDITION, "a IN (:v, .5)", number);
    check_hint(DDBEXPR_UPDATE, "SET a = 0", number);
    check_hint(DDBEXPR_UPDATE, "ADD a 1", number);
    check_hint(DDBEXPR_CONDITION, "a = \"x\"", string);
    check_hint(DDBEXPR_UPDATE, "SET a = 'x'", string);
    check_hint(DDBEXPR_CONDITION, "begins_with(a, \u201cx\u201d)", string);
    check_hint(DDBEXPR_CONDITION, "\"a\" = :v", quoted_name);
    check_hint(DDBEXPR_UPDATE, "SET `a` = :v", quoted_name);
    check_hint(DDBEXPR_CONDITION, "f(\"a\")", quoted_name);
    check_hint(DDBEXPR_UPDATE, "SET a = [:v]", container);
    check_hint(DDBEXPR_UPDATE, "SET a = {}", container);
}

static void hints_on_arithmetic(void **state)
{
    (void)state;
    static const char product[] = "`+` and `-` are the only arithmetic there is, between two operands of a SET";
    static const char in_condition[] =
        "a condition has no arithmetic: compute the value first and pass it as a placeholder";
    check_hint(DDBEXPR_UPDATE, "SET a = b * :v", product);
    check_hint(DDBEXPR_UPDATE, "SET a = b / :v", product);
    check_hint(DDBEXPR_CONDITION, "a + :v > :w", in_condition);
    check_hint(DDBEXPR_CONDITION, "a > b * :w", in_condition);
    check_hint(DDBEXPR_UPDATE, "SET a = b + c + :v",
               "a SET adds or subtracts two operands, no more: combine the others into one placeholder");
    check_hint(DDBEXPR_UPDATE, "SET a = f(b - :v)",
               "the operands of a function have no arithmetic: pass the result as a placeholder");
    check_hint(DDBEXPR_UPDATE, "SET a += :v", "there is no `+=`: write the path again, as in SET a = a + :n");
    check_hint(DDBEXPR_UPDATE, "SET a = b + - c", "expected a path, a :value or a function after `+`");
}

static void hints_on_updates(void **state)
{
    (void)state;
    static const char target[] = "what SET changes is a path: an attribute name or a #name, without parentheses";
    check_hint(DDBEXPR_UPDATE, "a = :v", "an UpdateExpression begins with SET, REMOVE, ADD or DELETE");
    check_hint(DDBEXPR_UPDATE, "SET a = :v AND b = :w", "actions are separated by commas, not by AND");
    check_hint(DDBEXPR_UPDATE, "SET a = :v, SET b = :w", "write SET once and go on after the comma without it");
    check_hint(DDBEXPR_UPDATE, "SET a = :v, Remove b", "no comma stands between sections: drop the one before Remove");
    check_hint(DDBEXPR_UPDATE, "SET REMOVE a", "nothing follows SET: add an action or drop it");
    check_hint(DDBEXPR_UPDATE, "SET a = :v REMOVE", "nothing follows REMOVE: add an action or drop it");
    check_hint(DDBEXPR_UPDATE, "ADD a = :v", "ADD takes a path and a :value with nothing between them, as in ADD a :v");
    check_hint(DDBEXPR_UPDATE, "delete a, b :v", "expected a :value after `a`");
    check_hint(DDBEXPR_UPDATE, "REMOVE a = :v", "REMOVE takes paths only: to assign, use SET");
    check_hint(DDBEXPR_UPDATE, "DELETE a b", "DELETE takes a :value here, no path and no function");
    check_hint(DDBEXPR_UPDATE, "SET :a = :v", target);
    check_hint(DDBEXPR_UPDATE, "SET a = :v, (b) = :w", target);
    check_hint(DDBEXPR_UPDATE, "SET a = :v b = :w", "if `b` begins another action, a comma is missing before it");
    check_hint(DDBEXPR_UPDATE, "SET a :v", "expected `=` after `a`");
    check_hint(DDBEXPR_UPDATE, "SET a = :v)", "no `(` is open here: drop this `)`");
    check_hint(DDBEXPR_UPDATE, "SET a = :v :w", "if `:w` begins another action, a comma is missing before it");
    check_hint(DDBEXPR_UPDATE, "SET a = :v NOT b",
               "expected `+`, `-`, `,`, another section or the end of the "
               "expression after `:v`");
}

static void hints_on_lists(void **state)
{
    (void)state;
    static const char trailing[] = "something is missing after the last comma: drop the comma or go on";
    check_hint(DDBEXPR_UPDATE, "SET a = :v,", trailing);
    check_hint(DDBEXPR_CONDITION, "a IN (:v,)", trailing);
    check_hint(DDBEXPR_PROJECTION, "a,,b", "one comma too many");
    check_hint(DDBEXPR_CONDITION, "a IN :v, :w", "the list of IN stands in parentheses, as in IN (:x, :y)");
    check_hint(DDBEXPR_CONDITION, "a IN ()", "the list of IN is empty: it needs one operand at least");
    check_hint(DDBEXPR_CONDITION, "f()", "a function needs one operand at least");
    check_hint(DDBEXPR_CONDITION, "()", "nothing stands between these parentheses");
    check_hint(DDBEXPR_CONDITION, "a = :v)", "no `(` is open here: drop this `)`");
    check_hint(DDBEXPR_CONDITION, "(a = :v", "a `(` is not closed: expected `)`");
    check_hint(DDBEXPR_CONDITION, "f(a b)", "if `b` begins another operand, a comma is missing before it");
}

static void hints_on_conditions(void **state)
{
    (void)state;
    check_hint(DDBEXPR_CONDITION, "NOT #flag", "compare it, as in #flag = :true, or ask for attribute_exists(#flag)");
    check_hint(DDBEXPR_CONDITION, ":v OR f(a)", "compare something with it, as in a = :v");
    check_hint(DDBEXPR_CONDITION, "(a)", "compare it, with a sign such as `=` or with IN");
    check_hint(DDBEXPR_CONDITION, "a BETWEEN :x, :y", "BETWEEN takes two bounds, as in BETWEEN :low AND :high");
    check_hint(DDBEXPR_CONDITION, "a b", "expected a comparison such as `=` or IN after `a`");
    check_hint(DDBEXPR_CONDITION, "a = :v b", "expected AND, OR or the end of the expression after `:v`");
    check_hint(DDBEXPR_CONDITION, "f(a) AND", "expected a condition after `AND`");
    check_hint(DDBEXPR_CONDITION, "a =", "expected a path, a :value or a function after `=`");
    check_hint(DDBEXPR_CONDITION, " ", "expected a condition");
    check_hint(DDBEXPR_CONDITION, "a.", "expected an attribute name or a #name after `.`");
}

static void hints_on_characters(void **state)
{
    (void)state;
    check_hint(DDBEXPR_CONDITION, "a\u00a0= :v", "this is no ordinary blank: use blanks, tabs and line ends only");
    check_hint(DDBEXPR_CONDITION, "a\xff = :v", "this byte is not UTF-8");
    check_hint(DDBEXPR_CONDITION, "a$ = :v",
               "a name with `$` in it needs a placeholder such as `#n` and ExpressionAttributeNames");
    check_hint(DDBEXPR_CONDITION, "a ? = :v",
               "this character means nothing here: in names it needs a placeholder such as `#n` and "
               "ExpressionAttributeNames");
}

/* --- redundant parentheses --- */

static void check_redundant(ddbexpr_kind kind, const char *text, uint32_t start, uint32_t end)
{
    ddbexpr_diags *diags = new_diags();
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(kind, ddbexpr_cstr(text), NULL, diags, &expression), DDBEXPR_INVALID);
    assert_null(expression);
    const ddbexpr_diag *diag = ddbexpr_diags_verdict(diags);
    assert_string_equal(ddbexpr_diag_code(diag), "DX117");
    SPAN_IS(ddbexpr_diag_span(diag), start, end);
    ddbexpr_diags_free(diags);
}

static void redundant_parentheses(void **state)
{
    (void)state;
    check_redundant(DDBEXPR_CONDITION, "((a = :v))", 0, 10);
    check_redundant(DDBEXPR_FILTER, "f(a) AND ((b = :v OR f(c)))", 9, 27);
    check_redundant(DDBEXPR_CONDITION, "((f(a)))", 0, 8);
    check_redundant(DDBEXPR_CONDITION, "((f(a))) = :v", 0, 8);
    check_redundant(DDBEXPR_CONDITION, "((a)) = :v", 0, 5);
    check_redundant(DDBEXPR_KEY_CONDITION, "( (a) ) = :v", 0, 7);
    check_redundant(DDBEXPR_CONDITION, "f(((a)))", 2, 7);
    check_redundant(DDBEXPR_CONDITION, "((NOT f(a)))", 0, 12);
    check_redundant(DDBEXPR_UPDATE, "SET a = ((b + :v))", 8, 18);
    check_redundant(DDBEXPR_UPDATE, "SET a = ((b))", 8, 13);
    check_redundant(DDBEXPR_UPDATE, "SET a = ((b)) + :v", 8, 13);
    /* before a syntax error behind it */
    check_redundant(DDBEXPR_CONDITION, "((a)) )", 0, 5);
    check_redundant(DDBEXPR_CONDITION, "(b)between(((c.d)).e)and(f)", 11, 18);
    check_redundant(DDBEXPR_CONDITION, "((a = :v)) AND", 0, 10);
}

/* One pair is told however many there are, and a pair around each of two things is not redundant. */
static void redundant_once(void **state)
{
    (void)state;
    ddbexpr_diags *diags = new_diags();
    ddbexpr_expression *expression = NULL;
    assert_int_equal(
        ddbexpr_parse_lenient(DDBEXPR_CONDITION, STR("((((a = :v)))) OR ((f(b)))"), NULL, diags, &expression),
        DDBEXPR_OK);
    assert_int_equal(ddbexpr_diags_count(diags), 2);
    SPAN_IS(ddbexpr_diag_span(ddbexpr_diags_at(diags, 0)), 2, 12);
    SPAN_IS(ddbexpr_diag_span(ddbexpr_diags_at(diags, 1)), 18, 26);
    assert_true(expression->redundant_parentheses);
    check_invariants(expression);
    assert_int_equal(expression->root->first_child->parens, 4);
    SPAN_IS(expression->root->first_child->outer, 0, 14);
    check_sexpr(expression, "(or (= (path a) :v) (call f (path b)))");
    ddbexpr_expression_free(expression);
    ddbexpr_diags_free(diags);

    ddbexpr_expression_free(parse(DDBEXPR_CONDITION, STR("((a = b) AND ((c) = d))")));
}

static void lenient_refuses_the_rest(void **state)
{
    (void)state;
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse_lenient(DDBEXPR_CONDITION, STR("((a))"), NULL, NULL, &expression), DDBEXPR_INVALID);
    assert_int_equal(ddbexpr_parse_lenient(DDBEXPR_CONDITION, STR(""), NULL, NULL, &expression), DDBEXPR_INVALID);
    assert_null(expression);
    assert_int_equal(ddbexpr_parse_lenient(DDBEXPR_CONDITION, STR("f(a)"), NULL, NULL, &expression), DDBEXPR_OK);
    assert_false(expression->redundant_parentheses);
    ddbexpr_expression_free(expression);
}

/* --- size --- */

static void check_verdict(ddbexpr_kind kind, str text, const char *message)
{
    ddbexpr_diags *diags = new_diags();
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse(kind, text, NULL, diags, &expression), DDBEXPR_INVALID);
    assert_null(expression);
    assert_int_equal(ddbexpr_diags_count(diags), 1);
    assert_str_is(ddbexpr_diag_service_message(ddbexpr_diags_verdict(diags)), message);
    ddbexpr_diags_free(diags);
}

static void empty(void **state)
{
    (void)state;
    check_verdict(DDBEXPR_UPDATE, str_of(NULL, 0), "Invalid UpdateExpression: The expression can not be empty;");
    check_verdict(DDBEXPR_KEY_CONDITION, STR(""), "Invalid KeyConditionExpression: The expression can not be empty;");
}

static void size_limit(void **state)
{
    (void)state;
    char text[LIMIT_EXPRESSION_BYTES + 2];
    memset(text, ' ', sizeof text);
    memcpy(text, "a = :v", 6);
    ddbexpr_expression_free(parse(DDBEXPR_CONDITION, str_of(text, LIMIT_EXPRESSION_BYTES)));
    check_verdict(
        DDBEXPR_CONDITION, str_of(text, LIMIT_EXPRESSION_BYTES + 1),
        "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: "
        "4097");
    /* nothing else is looked at: not even whether it is text */
    memset(text, 0xff, sizeof text);
    check_verdict(DDBEXPR_FILTER, str_of(text, LIMIT_EXPRESSION_BYTES + 2),
                  "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: "
                  "4098");
}

/* --- deep and long --- */

/* `count` times `repeated` around a middle; returns the text's length. */
static size_t surround(char *text, const char *before, const char *middle, const char *after, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++, length += strlen(before))
        memcpy(text + length, before, strlen(before));
    memcpy(text + length, middle, strlen(middle));
    length += strlen(middle);
    for (size_t i = 0; i < count; i++, length += strlen(after))
        memcpy(text + length, after, strlen(after));
    return length;
}

static void deepest_nesting(void **state)
{
    (void)state;
    char text[LIMIT_EXPRESSION_BYTES + 16];
    memset(text, '(', LIMIT_EXPRESSION_BYTES);
    check_refused(DDBEXPR_CONDITION, str_of(text, LIMIT_EXPRESSION_BYTES), STR("<EOF>"), STR("("), NULL);

    size_t length = surround(text, "(", "a=:v", ")", (LIMIT_EXPRESSION_BYTES - 4) / 2);
    assert_int_equal(length, LIMIT_EXPRESSION_BYTES);
    ddbexpr_expression *expression = NULL;
    assert_int_equal(ddbexpr_parse_lenient(DDBEXPR_CONDITION, str_of(text, length), NULL, NULL, &expression),
                     DDBEXPR_OK);
    assert_int_equal(expression->root->parens, (LIMIT_EXPRESSION_BYTES - 4) / 2);
    ddbexpr_expression_free(expression);

    length = surround(text, "f(", "a", ")", 1365);
    expression = parse(DDBEXPR_CONDITION, str_of(text, length));
    check_invariants(expression);
    assert_int_equal(expression->node_count, 1366);
    ddbexpr_expression_free(expression);

    length = surround(text, "NOT ", "f(a)", "", 1023);
    expression = parse(DDBEXPR_CONDITION, str_of(text, length));
    check_invariants(expression);
    assert_int_equal(expression->node_count, 1025);
    ddbexpr_expression_free(expression);

    length = surround(text, "NOT(", "f(a)", ")", 818);
    expression = parse(DDBEXPR_CONDITION, str_of(text, length));
    check_invariants(expression);
    ddbexpr_expression_free(expression);
}

static void longest_chains(void **state)
{
    (void)state;
    char text[LIMIT_EXPRESSION_BYTES + 16];
    size_t length = surround(text, "a<b OR ", "a<b", "", 584);
    ddbexpr_expression *expression = parse(DDBEXPR_CONDITION, str_of(text, length));
    check_invariants(expression);
    assert_int_equal(expression->root->child_count, 585);
    ddbexpr_expression_free(expression);

    /* more steps than fit into a chunk of the arena */
    length = surround(text, "a.", "a", "", 2047);
    expression = parse(DDBEXPR_PROJECTION, str_of(text, length));
    const struct node *path = expression->root->first_child;
    assert_int_equal(path->step_count, 2048);
    for (uint32_t i = 0; i < path->step_count; i++) {
        assert_str_is(path->steps[i].name, "a");
        SPAN_IS(path->steps[i].span, 2 * i, 2 * i + 1);
    }
    ddbexpr_expression_free(expression);

    length = surround(text, "a,", "a", "", 2047);
    expression = parse(DDBEXPR_PROJECTION, str_of(text, length));
    check_invariants(expression);
    assert_int_equal(expression->root->child_count, 2048);
    ddbexpr_expression_free(expression);
}

/* --- any input --- */

/* Every text of three tokens out of these is accepted or refused with a message and a hint. */
static void all_short_texts(void **state)
{
    (void)state;
    static const char *const tokens[] = {"a",      "#n",  ":v",     "0", "AND", "OR", "NOT", "BETWEEN", "IN", "SET",
                                         "REMOVE", "ADD", "DELETE", "=", "<",   "(",  ")",   "[",       "]",  ",",
                                         ".",      "+",   "-",      "!", "_",   "\"", "*",   "\xff",    "IS", ""};
    char text[64];
    for (size_t i = 0; i < COUNT_OF(tokens) * COUNT_OF(tokens) * COUNT_OF(tokens); i++) {
        size_t n = COUNT_OF(tokens);
        int length = snprintf(text, sizeof text, "%s %s %s", tokens[i % n], tokens[i / n % n], tokens[i / n / n]);
        ddbexpr_kind kind = (ddbexpr_kind)(i % 5);
        ddbexpr_diags *diags = new_diags();
        ddbexpr_expression *expression = NULL;
        ddbexpr_status status = ddbexpr_parse(kind, str_of(text, (size_t)length), NULL, diags, &expression);
        if (status == DDBEXPR_OK) {
            check_invariants(expression);
        } else {
            assert_int_equal(status, DDBEXPR_INVALID);
            const ddbexpr_diag *diag = ddbexpr_diags_verdict(diags);
            assert_true(ddbexpr_diag_hint(diag).len > 0 && ddbexpr_diag_service_message(diag).len > 0);
        }
        ddbexpr_expression_free(expression);
        ddbexpr_diags_free(diags);
    }
}

/* --- memory --- */

static const struct {
    ddbexpr_kind kind;
    const char *text;
    ddbexpr_status status;
} memory_cases[] = {
    {DDBEXPR_CONDITION, "a.b[0] = :v AND (f(c, :d) OR NOT e IN (:f, :g)) AND h BETWEEN :i AND :j", DDBEXPR_OK},
    {DDBEXPR_UPDATE, "SET a = b + :c, d = f(e) REMOVE g ADD h :i DELETE j :k", DDBEXPR_OK},
    {DDBEXPR_PROJECTION, "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t, u", DDBEXPR_OK},
    {DDBEXPR_CONDITION,
     "f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f(f("
     "a))))))))))))))))))))))))))))))))))))))))))))",
     DDBEXPR_OK},
    {DDBEXPR_CONDITION, "((a = :v))", DDBEXPR_INVALID},
    {DDBEXPR_CONDITION, "((a)) = :v \xff", DDBEXPR_INVALID},
    {DDBEXPR_CONDITION, "", DDBEXPR_INVALID},
};

static void failing_allocations(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(memory_cases); i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_diags *diags = NULL;
            ddbexpr_expression *expression = NULL;
            if (ddbexpr_diags_new(&t.alloc, &diags) == DDBEXPR_OK) {
                ddbexpr_status status = ddbexpr_parse(memory_cases[i].kind, ddbexpr_cstr(memory_cases[i].text),
                                                      &t.alloc, diags, &expression);
                assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : memory_cases[i].status);
                assert_int_equal(expression != NULL, status == DDBEXPR_OK);
            }
            ddbexpr_expression_free(expression);
            ddbexpr_diags_free(diags);
        }
    }
}

/* An expression in somebody's arena is freed with it, not by itself. */
static void within_an_arena(void **state)
{
    (void)state;
    struct test_alloc t;
    test_alloc_init(&t);
    ddbexpr_arena *a;
    assert_int_equal(ddbexpr_arena_new(&t.alloc, &a), DDBEXPR_OK);
    struct ddbexpr_expression *first = NULL, *second = NULL;
    assert_int_equal(expression_parse_into(a, DDBEXPR_CONDITION, STR("a = :v"), NULL, &first), DDBEXPR_OK);
    assert_int_equal(expression_parse_into(a, DDBEXPR_CONDITION, STR("a = "), NULL, &second), DDBEXPR_INVALID);
    assert_int_equal(expression_parse_into(a, DDBEXPR_UPDATE, STR("SET a = ((:v))"), NULL, &second), DDBEXPR_INVALID);
    assert_null(second);
    assert_int_equal(expression_parse_lenient_into(a, DDBEXPR_UPDATE, STR("SET a = ((:v))"), NULL, &second),
                     DDBEXPR_OK);
    check_sexpr(first, "(= (path a) :v)");
    check_sexpr(second, "(update (SET (action (path a) :v)))");
    assert_ptr_equal(first->arena, a);
    ddbexpr_expression_free(first);
    check_sexpr(first, "(= (path a) :v)");
    ddbexpr_arena_free(a);
    test_alloc_check_clean(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparisons),
        cmocka_unit_test(paths),
        cmocka_unit_test(chains),
        cmocka_unit_test(parentheses),
        cmocka_unit_test(accepted_for_the_checks),
        cmocka_unit_test(updates),
        cmocka_unit_test(spans_and_names),
        cmocka_unit_test(spans_of_operators),
        cmocka_unit_test(spans_of_updates),
        cmocka_unit_test(text_is_copied),
        cmocka_unit_test(windows),
        cmocka_unit_test(offenders),
        cmocka_unit_test(blanks_only),
        cmocka_unit_test(strange_bytes),
        cmocka_unit_test(places_of_errors),
        cmocka_unit_test(hints_on_signs),
        cmocka_unit_test(hints_on_paths),
        cmocka_unit_test(hints_on_values),
        cmocka_unit_test(hints_on_arithmetic),
        cmocka_unit_test(hints_on_updates),
        cmocka_unit_test(hints_on_lists),
        cmocka_unit_test(hints_on_conditions),
        cmocka_unit_test(hints_on_characters),
        cmocka_unit_test(redundant_parentheses),
        cmocka_unit_test(redundant_once),
        cmocka_unit_test(lenient_refuses_the_rest),
        cmocka_unit_test(empty),
        cmocka_unit_test(size_limit),
        cmocka_unit_test(deepest_nesting),
        cmocka_unit_test(longest_chains),
        cmocka_unit_test(all_short_texts),
        cmocka_unit_test(failing_allocations),
        cmocka_unit_test(within_an_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
