/* SPDX-License-Identifier: Apache-2.0 */
/* Checking of whole expressions: what is refused, in which words, and in which order. check.c, check_operands.c,
 * check_update.c, check_overlap.c with path_tree.c. */
#include "collide.h"
#include "kit.h"

#include "check/path_tree.h"

#define V                                                                                                              \
    "{':n': 1, ':m': 2, ':s': 'a', ':t': 'b', ':b': b'x', ':bool': true, ':null': null, ':l': [], ':map': {}, ':ss': " \
    "<'a'>}"

/* All placeholders of V that a text does not use are reported, too: only the first diagnostic matters here. */
static void refused(ddbexpr_kind kind, const char *text, const char *message)
{
    struct kit k;
    kit_open(&k);
    assert_refused(&k, kind, text, "{'#n': 'name', '#d': 'a.b', '#i': '[3]'}", V, message);
    kit_close(&k);
}

#define REFUSED_CONDITION(text, message) refused(DDBEXPR_CONDITION, text, "Invalid ConditionExpression: " message)
#define REFUSED_UPDATE(text, message)    refused(DDBEXPR_UPDATE, text, "Invalid UpdateExpression: " message)

static void words_indexes_and_functions_come_first(void **state)
{
    (void)state;
    REFUSED_CONDITION("status = :x", "Attribute name is a reserved keyword; reserved keyword: status");
    REFUSED_CONDITION("a.Name.b = :n", "Attribute name is a reserved keyword; reserved keyword: Name");
    REFUSED_CONDITION("a[2147483648] = :n", "List index is not within the allowable range; index: [2147483648]");
    REFUSED_CONDITION("a = :n AND f(name)", "Invalid function name; function: f");
    REFUSED_CONDITION("Attribute_Exists(name)", "Invalid function name; function: Attribute_Exists");
    REFUSED_CONDITION("attribute_exists(a) = :n",
                      "The function is not allowed to be used this way in an expression; function: attribute_exists");
    REFUSED_CONDITION("size(a)", "The function is not allowed to be used this way in an expression; function: size");
    REFUSED_CONDITION("if_not_exists(a, :n) = :n",
                      "The function is not allowed in a condition expression; function: if_not_exists");
    REFUSED_UPDATE("SET a = size(b)", "The function is not allowed in an update expression; function: size");
    REFUSED_UPDATE("SET a = f(name)", "Attribute name is a reserved keyword; reserved keyword: name");
    REFUSED_UPDATE("SET a = list_append(list_append(b, :l), :l)",
                   "The function is not allowed to be used this way in an expression; function: list_append");
    REFUSED_UPDATE("SET a = :x REMOVE b SET c = :x",
                   "The \"SET\" section can only be used once in an update expression;");
}

static void placeholders_come_clause_by_clause(void **state)
{
    (void)state;
    REFUSED_CONDITION("a = :x", "An expression attribute value used in expression is not defined; attribute value: :x");
    REFUSED_CONDITION(":x = #y",
                      "An expression attribute name used in the document path is not defined; attribute name: #y");
    REFUSED_CONDITION("a < :bool AND b = :x",
                      "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL");
    REFUSED_CONDITION("b = :x AND a < :bool",
                      "An expression attribute value used in expression is not defined; attribute value: :x");
    REFUSED_CONDITION("begins_with(a.#y)",
                      "An expression attribute name used in the document path is not defined; attribute name: #y");
}

static void operand_counts(void **state)
{
    (void)state;
#define COUNT(text, f, n)                                                                                              \
    REFUSED_CONDITION(text, "Incorrect number of operands for operator or function; operator or function: " f          \
                            ", number of operands: " n)
    COUNT("attribute_exists(a, b)", "attribute_exists", "2");
    COUNT("begins_with(a)", "begins_with", "1");
    COUNT("contains(a, :n, :m)", "contains", "3");
    COUNT("size(a, b) > :n", "size", "2");
    COUNT("attribute_type(a)", "attribute_type", "1");
    REFUSED_UPDATE("SET a = if_not_exists(b)", "Incorrect number of operands for operator or function; operator or "
                                               "function: if_not_exists, number of operands: 1");
    REFUSED_UPDATE("SET a = list_append(:l)", "Incorrect number of operands for operator or function; operator or "
                                              "function: list_append, number of operands: 1");
}

static void the_same_operand_twice(void **state)
{
    (void)state;
#define SAME(text, f, path)                                                                                            \
    REFUSED_CONDITION(text, "The first operand must be distinct from the remaining operands for this operator or "     \
                            "function; operator: " f ", first operand: " path)
    SAME("a = a", "=", "[a]");
    SAME("a[1].b <> a[1].b", "<>", "[a, [1], b]");
    SAME("#n < #n", "<", "[name]");
    SAME("contains(a, a)", "contains", "[a]");
    SAME("begins_with(a, a)", "begins_with", "[a]");
    SAME("a IN (:n, a)", "IN", "[a]");
    SAME("a BETWEEN :n AND a", "BETWEEN", "[a]");
    struct kit k;
    kit_open(&k);
    kit_compile(&k, DDBEXPR_CONDITION, ":v = :v", NULL, "{':v': 1}");
    kit_compile(&k, DDBEXPR_CONDITION, "size(a) = a", NULL, NULL);
    kit_close(&k);
}

static void types_of_constants(void **state)
{
    (void)state;
#define TYPE(text, f, type)                                                                                            \
    REFUSED_CONDITION(text, "Incorrect operand type for operator or function; operator or function: " f                \
                            ", operand type: " type)
    TYPE("a >= :bool", ">=", "BOOL");
    TYPE(":l < a", "<", "L");
    TYPE("a BETWEEN :null AND :n", "BETWEEN", "NULL");
    TYPE("begins_with(a, :n)", "begins_with", "N");
    TYPE("begins_with(size(a), :s)", "begins_with", "N");
    TYPE("size(:n) > :m", "size", "N");
    TYPE("size(size(a)) > :m", "size", "N");
    TYPE("attribute_type(a, :n)", "attribute_type", "N");
    REFUSED_CONDITION("attribute_type(a, :s)",
                      "Invalid attribute type name found; type: a, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    REFUSED_CONDITION("attribute_exists(:n)",
                      "Operator or function requires a document path; operator or function: attribute_exists");
    REFUSED_CONDITION("a BETWEEN :n AND :s",
                      "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
                      "AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}");
    REFUSED_CONDITION("a BETWEEN :m AND :n",
                      "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower "
                      "bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}");
    REFUSED_UPDATE("SET a = b + :s",
                   "Incorrect operand type for operator or function; operator or function: +, operand "
                   "type: S");
    REFUSED_UPDATE(
        "SET a = list_append(b, :map)",
        "Incorrect operand type for operator or function; operator or function: list_append, operand type: M");
    REFUSED_UPDATE("SET a = if_not_exists(:n, :m)",
                   "Operator or function requires a document path; operator or function: if_not_exists");
    REFUSED_UPDATE("ADD a :s", "Incorrect operand type for operator or function; operator: ADD, operand type: STRING");
    REFUSED_UPDATE("DELETE a :n",
                   "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER");
}

/* Bounds are told as they were sent; a number that was computed, in its normal form. */
static void bounds_are_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const struct number computed = number_of(5);
    const value upper = value_of_number(&computed);
    const ddbexpr_value_binding values[] = {{STR(":lower"), ddbexpr_value_number(k.arena, STR("10.0"))},
                                            {STR(":upper"), &upper}};
    assert_non_null(values[0].value);
    const ddbexpr_bindings b = {.size = sizeof b, .values = values, .value_count = 2};
    ddbexpr_program *program = NULL;
    assert_int_equal(
        ddbexpr_compile(DDBEXPR_CONDITION, STR("a BETWEEN :lower AND :upper"), &b, &k.memory.alloc, k.diags, &program),
        DDBEXPR_INVALID);
    assert_verdict(&k, "Invalid ConditionExpression: The BETWEEN operator requires upper bound to be greater than or "
                       "equal to lower bound; lower bound operand: AttributeValue: {N:10.0}, upper bound operand: "
                       "AttributeValue: {N:5}");
    kit_close(&k);
}

static void updates_are_judged_from_the_last_action(void **state)
{
    (void)state;
    REFUSED_UPDATE("SET a = list_append(:s, b), c = if_not_exists(d) ADD e :s",
                   "Incorrect operand type for operator or function; operator: ADD, operand type: STRING");
    REFUSED_UPDATE("SET a = :x, b = :y",
                   "An expression attribute value used in expression is not defined; attribute value: :y");
}

static void paths_that_clash(void **state)
{
    (void)state;
#define OVERLAP(text, one, two)                                                                                        \
    REFUSED_UPDATE(text,                                                                                               \
                   "Two document paths overlap with each other; must remove or rewrite one of these paths; path "      \
                   "one: " one ", path two: " two)
#define CONFLICT(text, one, two)                                                                                       \
    REFUSED_UPDATE(text, "Two document paths conflict with each other; must remove or rewrite one of these paths; "    \
                         "path one: " one ", path two: " two)
    OVERLAP("SET a = :n, a = :m", "[a]", "[a]");
    OVERLAP("SET a = :n, a.b = :m", "[a]", "[a, b]");
    OVERLAP("SET a.b[1] = :n REMOVE a", "[a, b, [1]]", "[a]");
    OVERLAP("SET #n = :n REMOVE #n.x", "[name]", "[name, x]");
    CONFLICT("SET a.b = :n, a[1] = :m", "[a, b]", "[a, [1]]");
    CONFLICT("SET a[1] = :n, a.#i = :m", "[a, [1]]", "[a, [3]]");
    struct kit k;
    kit_open(&k);
    kit_compile(&k, DDBEXPR_UPDATE, "SET a.b = :n, a.c = :n, d[0] = :n, d[1] = :n, #d = :n", "{'#d': 'a.b'}",
                "{':n': 1}");
    kit_close(&k);
}

static void projections_are_checked(void **state)
{
    (void)state;
#define REFUSED_PROJECTION(text, message) refused(DDBEXPR_PROJECTION, text, "Invalid ProjectionExpression: " message)
    REFUSED_PROJECTION("a, status", "Attribute name is a reserved keyword; reserved keyword: status");
    REFUSED_PROJECTION("a, #x",
                       "An expression attribute name used in the document path is not defined; attribute name: "
                       "#x");
    REFUSED_PROJECTION("a.b, a",
                       "Two document paths overlap with each other; must remove or rewrite one of these paths; "
                       "path one: [a, b], path two: [a]");
    REFUSED_PROJECTION("a.b, a[1]", "Two document paths conflict with each other; must remove or rewrite one of these "
                                    "paths; path one: [a, b], path two: [a, [1]]");
}

static void every_fault_is_found_once(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_null(kit_try(&k, DDBEXPR_CONDITION, "status = :x AND f(#y) AND a < :bool AND size(b)", NULL,
                        "{':bool': true, ':u': 1}"));
    assert_codes(&k, "DX107 DX118 DX121 DX110 DX109 DX201 DX112");
    assert_spanned(&k, 0, "status");
    assert_spanned(&k, 1, "f");
    assert_spanned(&k, 2, "size");
    assert_spanned(&k, 3, ":x");
    assert_spanned(&k, 4, "#y");
    assert_spanned(&k, 5, ":bool");
    kit_close(&k);
}

static void suggestions_are_near(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_null(kit_try(&k, DDBEXPR_CONDITION, "begin_with(#nam, :pre)", "{'#name': 'x'}", "{':prefix': 'a'}"));
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 0)),
                  "function names are case-sensitive; did you mean `begins_with`?");
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 1)),
                  "add \"#nam\" to ExpressionAttributeNames, or did you mean `#name`?");
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 2)), "add \":pre\" to ExpressionAttributeValues");
    kit_close(&k);
}

/* Of maps with very many keys the first ones are compared: help must not cost more than checking. */
static void suggestions_come_from_the_first_keys(void **state)
{
    (void)state;
    enum { COUNT = 300, ASKED = 256 };
    static const struct {
        int at;
        const char *hint;
    } rows[] = {{ASKED - 1, "add \"#nearr\" to ExpressionAttributeNames, or did you mean `#near`?"},
                {ASKED, "add \"#nearr\" to ExpressionAttributeNames"}};
    for (size_t r = 0; r < 2; r++) {
        struct kit k;
        kit_open(&k);
        ddbexpr_name_binding names[COUNT];
        for (int i = 0; i < COUNT; i++) {
            char *text = arena_alloc(k.arena, 32);
            assert_non_null(text);
            size_t length = (size_t)snprintf(text, 32, "#another_name_%d", i);
            names[i] = (ddbexpr_name_binding){str_of(text, length), STR("x")};
        }
        names[rows[r].at].placeholder = STR("#near");
        const ddbexpr_bindings b = {.size = sizeof b, .names = names, .name_count = COUNT};
        ddbexpr_program *program = NULL;
        assert_int_equal(ddbexpr_compile(DDBEXPR_PROJECTION, STR("#nearr"), &b, &k.memory.alloc, k.diags, &program),
                         DDBEXPR_INVALID);
        assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 0)), rows[r].hint);
        kit_close(&k);
    }
}

/* --- limits, each at and one past --- */

static bool accepted(ddbexpr_kind kind, const char *text)
{
    struct kit k;
    kit_open(&k);
    bool good = kit_try(&k, kind, text, NULL, "{':v': 1}") != NULL;
    kit_close(&k);
    return good;
}

static char *repeated(const char *first, const char *next, int count)
{
    char *text = malloc(strlen(first) + strlen(next) * (size_t)count + 1);
    assert_non_null(text);
    strcpy(text, first);
    for (int i = 0; i < count; i++)
        strcat(text, next);
    return text;
}

static void assert_limit(ddbexpr_kind kind, const char *first, const char *next, const char *end, int count, bool good)
{
    char *body = repeated(first, next, count), *text = malloc(strlen(body) + strlen(end) + 1);
    assert_non_null(text);
    sprintf(text, "%s%s", body, end);
    assert_int_equal(accepted(kind, text), good);
    free(body);
    free(text);
}

static void operators_are_limited(void **state)
{
    (void)state;
    /* a comparison and 149 of an OR and a comparison are 299; NOT makes 300 and 301 */
    assert_limit(DDBEXPR_CONDITION, "a=:v", " OR a=:v", "", 149, true);
    assert_limit(DDBEXPR_CONDITION, "NOT a=:v", " OR a=:v", "", 149, true);
    assert_limit(DDBEXPR_CONDITION, "NOT NOT a=:v", " OR a=:v", "", 149, false);
}

static void in_operands_are_limited(void **state)
{
    (void)state;
    assert_limit(DDBEXPR_CONDITION, "a IN (:v", ",:v", ")", 99, true);
    assert_limit(DDBEXPR_CONDITION, "a IN (:v", ",:v", ")", 100, false);
}

static void path_steps_are_limited(void **state)
{
    (void)state;
    assert_limit(DDBEXPR_PROJECTION, "a", "[0]", "", 31, false); /* :v is not used */
    struct kit k;
    kit_open(&k);
    char *at = repeated("a", ".b", 31), *past = repeated("a", ".b", 32);
    kit_compile(&k, DDBEXPR_PROJECTION, at, NULL, NULL);
    assert_refused(&k, DDBEXPR_PROJECTION, past, NULL, NULL,
                   "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33");
    free(at);
    free(past);
    char *both = repeated("a[2147483648]", ".b", 32); /* it has been told of already */
    assert_null(kit_try(&k, DDBEXPR_PROJECTION, both, NULL, NULL));
    assert_codes(&k, "DX124");
    free(both);
    kit_close(&k);
}

static void text_is_limited(void **state)
{
    (void)state;
    char *text = malloc(4098);
    assert_non_null(text);
    memset(text, ' ', 4097);
    memcpy(text, "a=:v", 4);
    text[4097] = '\0';
    assert_false(accepted(DDBEXPR_CONDITION, text));
    text[4096] = '\0';
    assert_true(accepted(DDBEXPR_CONDITION, text));
    free(text);
}

static void trees_sort_indexes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    struct path_branch *root = path_tree_new(k.arena);
    assert_non_null(root);
    static const uint32_t indexes[] = {7, 2, 9, 0, 5};
    for (uint32_t i = 0; i < 5; i++) {
        struct document_step *steps = ARENA_ARRAY(k.arena, struct document_step, 2);
        assert_non_null(steps);
        steps[0] = (struct document_step){.name = STR("l"), .hash = str_hash(STR("l"))};
        steps[1] = (struct document_step){.index = indexes[i], .is_index = true};
        const struct document_path path = {steps, 2};
        assert_true(path_tree_add(k.arena, root, &path, i));
    }
    path_tree_sort(root);
    assert_int_equal(root->child_count, 1);
    assert_int_equal(root->first->child_count, 5);
    uint32_t last = 0, count = 0;
    for (const struct path_branch *b = root->first->first; b; b = b->next, count++) {
        assert_true(count == 0 || b->step.index > last);
        assert_int_equal(indexes[b->path], b->step.index);
        last = b->step.index;
    }
    assert_int_equal(count, 5);
    kit_close(&k);
}

/* Every child is found, and no other, before there is a table and with it; indexes and names do not mix. */
static void children_are_found(void **state)
{
    (void)state;
    struct kit k;
    struct colliding pair;
    kit_open(&k);
    find_colliding(str_hash, true, &pair);
    struct path_branch *root = path_tree_new(k.arena);
    for (uint32_t count = 0; count < 300; count++) {
        const uint32_t number = count / 2;
        char *text = arena_alloc(k.arena, 16);
        str name = str_of(text, (size_t)snprintf(text, 16, "n%u", number));
        if (count == 0)
            name = pair.names[0];
        const struct document_step step = count % 2 ? (struct document_step){.index = number, .is_index = true}
                                                    : (struct document_step){.name = name, .hash = str_hash(name)};
        assert_null(path_tree_child(root, &step));
        assert_true(path_tree_add(k.arena, root, &(struct document_path){&step, 1}, count));
        const struct path_branch *child = path_tree_child(root, &step);
        assert_non_null(child);
        assert_int_equal(child->path, count);
        assert_true(path_tree_add(k.arena, root, &(struct document_path){&step, 1}, 1000));
        assert_int_equal(child->path, count);
        assert_int_equal(child->newest_path, 1000);
        assert_int_equal(root->child_count, count + 1);
        const struct document_step other = {.name = pair.names[1], .hash = str_hash(pair.names[1])};
        assert_null(path_tree_child(root, &other)); /* though it has the hash of the first */
    }
    kit_close(&k);
}

static void growing_trees_may_run_out_of_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        struct path_branch *root = ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK ? path_tree_new(a) : NULL;
        bool done = root != NULL;
        for (uint32_t i = 0; i < 100 && done; i++) {
            const struct document_step step = {.index = i, .is_index = true};
            done = path_tree_add(a, root, &(struct document_path){&step, 1}, i);
        }
        assert_int_equal(done, !t.failed);
        ddbexpr_arena_free(a);
    }
}

static void compiling_may_run_out_of_memory(void **state)
{
    (void)state;
    static const struct {
        ddbexpr_kind kind;
        const char *text;
        bool good;
    } rows[] = {
        {DDBEXPR_CONDITION, "a = :v AND (b < :v OR NOT contains(c.d[1], :v))", true},
        {DDBEXPR_UPDATE, "SET a.b = if_not_exists(c, :v) + :v, d = list_append(e, f) REMOVE g[1] ADD h :v", true},
        {DDBEXPR_PROJECTION, "a, b.c, d[0]", true},
        {DDBEXPR_CONDITION, "status = :v AND f(:x) AND a = a AND #q BETWEEN :v AND b", false},
        {DDBEXPR_CONDITION, "a = = :v", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct test_alloc t;
        ddbexpr_arena *values = NULL;
        assert_int_equal(ddbexpr_arena_new(NULL, &values), DDBEXPR_OK);
        const ddbexpr_bindings *b = bindings_of(values, NULL, rows[i].kind == DDBEXPR_PROJECTION ? NULL : "{':v': 1}");
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_diags *d = NULL;
            ddbexpr_program *program = NULL;
            if (ddbexpr_diags_new(&t.alloc, &d) == DDBEXPR_OK) {
                ddbexpr_status status =
                    ddbexpr_compile(rows[i].kind, ddbexpr_cstr(rows[i].text), b, &t.alloc, d, &program);
                bool failed = t.failed;
                assert_int_equal(status, failed ? DDBEXPR_NO_MEMORY : rows[i].good ? DDBEXPR_OK : DDBEXPR_INVALID);
                assert_int_equal(program != NULL, status == DDBEXPR_OK);
            }
            ddbexpr_program_free(program);
            ddbexpr_diags_free(d);
        }
        ddbexpr_arena_free(values);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_indexes_and_functions_come_first),
        cmocka_unit_test(placeholders_come_clause_by_clause),
        cmocka_unit_test(operand_counts),
        cmocka_unit_test(the_same_operand_twice),
        cmocka_unit_test(types_of_constants),
        cmocka_unit_test(bounds_are_told),
        cmocka_unit_test(updates_are_judged_from_the_last_action),
        cmocka_unit_test(paths_that_clash),
        cmocka_unit_test(projections_are_checked),
        cmocka_unit_test(every_fault_is_found_once),
        cmocka_unit_test(suggestions_are_near),
        cmocka_unit_test(suggestions_come_from_the_first_keys),
        cmocka_unit_test(operators_are_limited),
        cmocka_unit_test(in_operands_are_limited),
        cmocka_unit_test(path_steps_are_limited),
        cmocka_unit_test(text_is_limited),
        cmocka_unit_test(trees_sort_indexes),
        cmocka_unit_test(children_are_found),
        cmocka_unit_test(growing_trees_may_run_out_of_memory),
        cmocka_unit_test(compiling_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
