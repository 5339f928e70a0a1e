/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions on items: semantics of each clause, the jump code against the tree, no allocation; evaluate.c, compile.c,
 * project.c. */
#include "kit.h"
#include "prng.h"

#include "program/program.h"

#define ITEM                                                                                                           \
    "{n: 5, s: 'abc', b: b'\x01\x02\xff', t: true, z: null, l: [1, 'x', [2], {k: 1}, <3>], m: {k: 'v', e: {}}, ss: "   \
    "<'a', 'b'>, ns: <1, 2.5>, bs: <b'q'>, n2: 5.0}"

static void assert_outcome(const char *text, const char *values, bool expected)
{
    struct kit k;
    kit_open(&k);
    bool got = kit_matches(&k, text, NULL, values, ITEM);
    if (got != expected) {
        fprintf(stderr, "%s is %s\n", text, got ? "true" : "false");
        fail();
    }
    kit_close(&k);
}

#define IS_TRUE(text, values)  assert_outcome(text, values, true)
#define IS_FALSE(text, values) assert_outcome(text, values, false)

static void comparisons(void **state)
{
    (void)state;
    IS_TRUE("n = :v", "{':v': 5.00}");
    IS_FALSE("n = :v", "{':v': '5'}");
    IS_TRUE("n <> :v", "{':v': '5'}");
    IS_FALSE("n < :v", "{':v': '9'}");
    IS_TRUE("n = n2", NULL);
    IS_TRUE("s < :v AND s >= :w", "{':v': 'abd', ':w': 'abc'}");
    IS_TRUE("b > :v", "{':v': b'\x01\x02\x7f'}");
    IS_FALSE("t < n", NULL);
    IS_FALSE("l <= m", NULL);
    IS_TRUE("m = :v", "{':v': {e: {}, k: 'v'}}");
    IS_TRUE("ns = :v", "{':v': <2.50, 1.0>}");
}

static void missing_attributes(void **state)
{
    (void)state;
    static const char *const false_ones[] = {"q = :v",
                                             "q < :v",
                                             "q <= :v",
                                             "q > :v",
                                             "q >= :v",
                                             ":v = q",
                                             "q BETWEEN :v AND :v",
                                             "q IN (:v)",
                                             "size(q) >= :v",
                                             "m.q = :v",
                                             "l[9] = :v",
                                             "n.x = :v",
                                             "l.k = :v",
                                             "m[0] = :v",
                                             "begins_with(q, s)",
                                             "contains(q, :v)",
                                             "attribute_exists(q)"};
    for (size_t i = 0; i < sizeof false_ones / sizeof *false_ones; i++)
        if (strcmp(false_ones[i], "begins_with(q, s)") == 0 || strcmp(false_ones[i], "attribute_exists(q)") == 0)
            IS_FALSE(false_ones[i], NULL);
        else
            IS_FALSE(false_ones[i], "{':v': 0}");
    IS_TRUE("q <> :v", "{':v': 0}");
    IS_TRUE("q <> r", NULL);
    IS_FALSE("q = r", NULL);
    IS_FALSE("q <= r", NULL);
    IS_TRUE("NOT q < :v", "{':v': 0}");
    IS_TRUE("attribute_not_exists(m.k.x)", NULL);
    IS_TRUE("attribute_exists(z)", NULL); /* a stored NULL exists */
}

static void no_item_at_all(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_true(kit_matches(&k, "attribute_not_exists(a)", NULL, NULL, NULL));
    assert_true(kit_matches(&k, "a <> :v", NULL, "{':v': 1}", NULL));
    assert_false(kit_matches(&k, "a = :v", NULL, "{':v': 1}", NULL));
    kit_close(&k);
}

static void functions(void **state)
{
    (void)state;
    IS_TRUE("attribute_type(l[3], :v)", "{':v': 'M'}");
    IS_FALSE("attribute_type(q, :v)", "{':v': 'M'}");
    IS_TRUE("attribute_type(:w, :v)", "{':v': 'N', ':w': 1}");
    IS_TRUE("begins_with(s, :v)", "{':v': 'ab'}");
    IS_TRUE("begins_with(s, :v)", "{':v': ''}");
    IS_FALSE("begins_with(n, :v)", "{':v': '5'}");
    IS_FALSE("begins_with(s, :v)", "{':v': b'ab'}");
    IS_TRUE("begins_with(b, :v)", "{':v': b'\x01'}");
    IS_TRUE("begins_with(b, :v)", "{':v': b''}");
    IS_FALSE("begins_with(s, :v)", "{':v': 'abcd'}");
    IS_FALSE("begins_with(n, n2)", NULL); /* of one type, but neither S nor B */
    IS_TRUE("contains(s, :v)", "{':v': 'bc'}");
    IS_TRUE("contains(s, :v)", "{':v': ''}");
    IS_FALSE("contains(s, :v)", "{':v': 'cb'}");
    IS_TRUE("contains(b, :v)", "{':v': b'\x02\xff'}");
    IS_TRUE("contains(ss, :v)", "{':v': 'a'}");
    IS_TRUE("contains(ns, :v)", "{':v': 1.0}");
    IS_FALSE("contains(ss, :v)", "{':v': <'a'>}");
    IS_TRUE("contains(l, :v)", "{':v': [2]}");
    IS_TRUE("contains(l, :v)", "{':v': <3>}");
    IS_FALSE("contains(l, :v)", "{':v': 2}");
    IS_FALSE("contains(m, :v)", "{':v': 'k'}");
    IS_TRUE("size(s) = :v AND size(l) > :v AND size(ns) < :v", "{':v': 3}");
    IS_TRUE("size(m) BETWEEN :v AND n", "{':v': 2}");
    IS_FALSE("size(n) >= :v", "{':v': 0}");
    IS_FALSE("size(s) = :v", "{':v': '3'}");
    IS_TRUE("size(:w) = :v", "{':v': 2, ':w': 'ab'}");
    IS_TRUE("n IN (:v, s, n2)", "{':v': 1}");
    IS_TRUE("l[2] IN (:v)", "{':v': [2]}");
    IS_TRUE("n BETWEEN :v AND :w", "{':v': 5, ':w': 5}");
    IS_FALSE("s BETWEEN :v AND :w", "{':v': 1, ':w': 9}");
}

/* --- the jump code against the tree --- */

static bool naive(const struct ddbexpr_program *p, const struct node *node, const value *item, uint32_t *test)
{
    if (node->kind == NODE_NOT)
        return !naive(p, node->first_child, item, test);
    if (node->kind != NODE_AND && node->kind != NODE_OR)
        return test_holds(&p->tests[(*test)++], item);
    bool all = true, any = false;
    for (const struct node *child = node->first_child; child; child = child->next) {
        bool outcome = naive(p, child, item, test);
        all = all && outcome;
        any = any || outcome;
    }
    return node->kind == NODE_AND ? all : any;
}

/* Leaves compare x0 to x9, which the item sets at random. */
static size_t random_condition(struct prng *p, char *out, unsigned depth)
{
    size_t n = 0;
    if (depth == 0 || prng_once_in(p, 4))
        return (size_t)sprintf(out, "x%u = :v", prng_below(p, 10));
    if (prng_once_in(p, 4)) {
        n += (size_t)sprintf(out, "NOT ");
        if (prng_once_in(p, 2))
            return n + (size_t)sprintf(out + n, "x%u <> :v", prng_below(p, 10));
        n += (size_t)sprintf(out + n, "(");
        n += random_condition(p, out + n, depth - 1);
        char *inner = out + n;
        *inner++ = ')';
        *inner = '\0';
        return n + 1;
    }
    unsigned children = 2 + prng_below(p, 3);
    const char *word = prng_once_in(p, 2) ? " AND " : " OR ";
    for (unsigned i = 0; i < children; i++) {
        n += (size_t)sprintf(out + n, "%s(", i ? word : "");
        n += random_condition(p, out + n, depth - 1);
        n += (size_t)sprintf(out + n, ")");
    }
    return n;
}

/* The generator may wrap twice, which the service refuses: such texts are passed over, and counted. */
static void jumps_agree_with_the_tree(void **state)
{
    (void)state;
    struct prng p = {4};
    unsigned compiled = 0;
    for (int round = 0; round < 3000; round++) {
        struct kit k;
        kit_open(&k);
        char text[8192];
        random_condition(&p, text, 3);
        if (strlen(text) <= 4096) {
            ddbexpr_program *program = kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}");
            for (int i = 0; program && i < 16; i++) {
                char item[256] = "{";
                for (int x = 0; x < 10; x++)
                    sprintf(item + strlen(item), "%sx%d: %d", x ? ", " : "", x, (int)prng_below(&p, 2));
                strcat(item, "}");
                const ddbexpr_value *v = value_of(k.arena, item);
                uint32_t test = 0;
                bool matched;
                assert_int_equal(ddbexpr_evaluate(program, v, &matched), DDBEXPR_OK);
                assert_int_equal(matched, naive(program, program->checked->expression->root, v, &test));
                assert_int_equal(test, program->test_count);
            }
            compiled += program != NULL;
        }
        kit_close(&k);
    }
    assert_true(compiled > 1000);
}

static void evaluating_allocates_nothing(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program =
        kit_compile(&k, DDBEXPR_CONDITION, "contains(l, :v) OR size(s) IN (:v, n) OR m.k BETWEEN s AND :s OR ns = :set",
                    NULL, "{':v': 9, ':s': 'a', ':set': <1>}");
    const ddbexpr_value *item = value_of(k.arena, ITEM);
    size_t calls = k.memory.calls;
    bool matched;
    for (int i = 0; i < 100; i++)
        assert_int_equal(ddbexpr_evaluate(program, item, &matched), DDBEXPR_OK);
    assert_int_equal(k.memory.calls, calls);
    kit_close(&k);
}

static void rebinding_checks_and_changes(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "n < :v", NULL, "{':v': 5}");
    const ddbexpr_value *item = value_of(k.arena, ITEM);
    bool matched;
    assert_int_equal(ddbexpr_evaluate(program, item, &matched), DDBEXPR_OK);
    assert_false(matched);
    const ddbexpr_bindings *six = bindings_of(k.arena, NULL, "{':v': 6, ':other': 1}");
    assert_int_equal(ddbexpr_program_set_values(program, six->values, six->value_count, k.diags), DDBEXPR_OK);
    assert_int_equal(ddbexpr_evaluate(program, item, &matched), DDBEXPR_OK);
    assert_true(matched);
    const ddbexpr_bindings *list = bindings_of(k.arena, NULL, "{':v': []}");
    assert_int_equal(ddbexpr_program_set_values(program, list->values, 1, k.diags), DDBEXPR_INVALID);
    assert_verdict(&k, "Invalid ConditionExpression: Incorrect operand type for operator or function; operator or "
                       "function: <, operand type: L");
    assert_int_equal(ddbexpr_program_set_values(program, NULL, 0, NULL), DDBEXPR_INVALID);
    assert_int_equal(ddbexpr_evaluate(program, item, &matched), DDBEXPR_OK);
    assert_true(matched); /* as it was */
    kit_close(&k);
}

static void rebinding_looks_at_the_values_themselves(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "n < :v", NULL, "{':v': 6}");
    const ddbexpr_bindings *empty_set = bindings_of(k.arena, NULL, "{':v': NS<>}");
    assert_int_equal(ddbexpr_program_set_values(program, empty_set->values, 1, k.diags), DDBEXPR_INVALID);
    assert_verdict(&k,
                   "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An "
                   "number set  may not be empty for key :v");
    bool matched;
    assert_int_equal(ddbexpr_evaluate(program, value_of(k.arena, ITEM), &matched), DDBEXPR_OK);
    assert_true(matched); /* as it was */
    kit_close(&k);
}

/* A value that the expression does not use need not be there when others are. */
static void rebinding_leaves_out_what_is_unused(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_bindings both = *bindings_of(k.arena, NULL, "{':v': 6, ':other': 1}");
    both.allow_unused = true;
    ddbexpr_program *program = NULL;
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR("n < :v"), &both, &k.memory.alloc, k.diags, &program),
                     DDBEXPR_OK);
    const ddbexpr_bindings *five = bindings_of(k.arena, NULL, "{':v': 5}");
    assert_int_equal(ddbexpr_program_set_values(program, five->values, 1, k.diags), DDBEXPR_OK);
    bool matched;
    assert_int_equal(ddbexpr_evaluate(program, value_of(k.arena, ITEM), &matched), DDBEXPR_OK);
    assert_false(matched);
    ddbexpr_program_free(program);
    kit_close(&k);
}

static void rebinding_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, ITEM), *other = value_of(k.arena, "4");
    const ddbexpr_value *empty_set = value_of(k.arena, "SS<>");
    const ddbexpr_bindings *bindings = bindings_of(k.arena, "{'#n': 'n', '#m': 'n2'}", "{':v': 6}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_program *program = NULL;
        ddbexpr_status status =
            ddbexpr_compile(DDBEXPR_CONDITION, STR("#n > :v AND #m > :v"), bindings, &t.alloc, NULL, &program);
        if (status == DDBEXPR_OK) {
            const ddbexpr_value_binding four[] = {{STR(":v"), other}}, none[] = {{STR(":v"), empty_set}};
            bool matched;
            status = ddbexpr_program_set_values(program, none, 1, NULL);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID);
            if (!t.failed)
                status = ddbexpr_program_set_values(program, four, 1, NULL);
            assert_int_equal(ddbexpr_evaluate(program, item, &matched), DDBEXPR_OK);
            assert_int_equal(matched, !t.failed); /* as it was, or with the new value */
        }
        assert_true(t.failed || status == DDBEXPR_OK);
        ddbexpr_program_free(program);
    }
    kit_close(&k);
}

/* A key that is too long is told with its length: for that, too, there may be no memory. */
static void faults_of_rebinding_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_bindings *bindings = bindings_of(k.arena, NULL, "{':v': 6}");
    char name[300] = ":";
    memset(name + 1, 'v', sizeof name - 1);
    const ddbexpr_value_binding long_key[] = {{str_of(name, sizeof name), value_of(k.arena, "1")}};
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_program *program = NULL;
        ddbexpr_diags *diags = NULL;
        if (ddbexpr_diags_new(&t.alloc, &diags) == DDBEXPR_OK &&
            ddbexpr_compile(DDBEXPR_CONDITION, STR("n > :v"), bindings, &t.alloc, diags, &program) == DDBEXPR_OK) {
            ddbexpr_status status = ddbexpr_program_set_values(program, long_key, 1, diags);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID);
            if (status == DDBEXPR_INVALID)
                assert_int_equal(ddbexpr_diags_count(diags), 1);
        }
        ddbexpr_program_free(program);
        ddbexpr_diags_free(diags);
    }
    kit_close(&k);
}

/* What a program says of itself. */
static void programs_can_be_asked(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static const struct {
        ddbexpr_kind kind;
        const char *text;
    } rows[] = {{DDBEXPR_CONDITION, "a = b"},
                {DDBEXPR_FILTER, "a < b"},
                {DDBEXPR_KEY_CONDITION, "a = :v"},
                {DDBEXPR_UPDATE, "REMOVE a"},
                {DDBEXPR_PROJECTION, "a, b"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *values = rows[i].kind == DDBEXPR_KEY_CONDITION ? "{':v': 1}" : NULL;
        ddbexpr_program *program = kit_compile(&k, rows[i].kind, rows[i].text, NULL, values);
        assert_int_equal(ddbexpr_program_kind(program), rows[i].kind);
        assert_str_is(ddbexpr_program_text(program), rows[i].text);
    }
    ddbexpr_program_free(NULL);
    kit_close(&k);
}

/* No bindings at all, and more than any expression can use. */
static void few_and_many_placeholders(void **state)
{
    (void)state;
    enum { MANY = LIMIT_EXPRESSION_BYTES + 1 };
    struct kit k;
    kit_open(&k);
    bool matched;
    ddbexpr_program *program = NULL;
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR("n = n2"), NULL, &k.memory.alloc, k.diags, &program),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_evaluate(program, value_of(k.arena, ITEM), &matched), DDBEXPR_OK);
    assert_true(matched);
    ddbexpr_program_free(program);
    ddbexpr_value_binding *values = arena_alloc(k.arena, MANY * sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < MANY; i++) {
        char name[16];
        int length = snprintf(name, sizeof name, ":v%zu", i);
        values[i] = (ddbexpr_value_binding){arena_copy(k.arena, str_of(name, (size_t)length)), value_of(k.arena, "5")};
    }
    const ddbexpr_bindings many = {.size = sizeof many, .values = values, .value_count = MANY, .allow_unused = true};
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR("n = :v4096"), &many, &k.memory.alloc, k.diags, &program),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_evaluate(program, value_of(k.arena, ITEM), &matched), DDBEXPR_OK);
    assert_true(matched);
    ddbexpr_program_free(program);
    kit_close(&k);
}

static void misuse_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *condition = kit_compile(&k, DDBEXPR_CONDITION, "attribute_exists(a)", NULL, NULL);
    ddbexpr_program *projection = kit_compile(&k, DDBEXPR_PROJECTION, "a", NULL, NULL);
    bool matched = true;
    const ddbexpr_bindings no_size = {.size = 0};
    ddbexpr_program *untouched = condition;
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, STR("a = b"), &no_size, NULL, NULL, &untouched),
                     DDBEXPR_MISUSE);
    assert_ptr_equal(untouched, condition);
    assert_int_equal(ddbexpr_evaluate(projection, NULL, &matched), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_evaluate(condition, value_of(k.arena, "[1]"), &matched), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_evaluate(condition, value_of(k.arena, "{a: SS<>}"), &matched), DDBEXPR_MISUSE);
    assert_true(matched);
    const ddbexpr_value *item = NULL;
    assert_int_equal(ddbexpr_project(condition, value_of(k.arena, "{}"), k.arena, &item), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_project(projection, value_of(k.arena, "[]"), k.arena, &item), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_project(projection, NULL, k.arena, &item), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_project(projection, value_of(k.arena, "{a: SS<>}"), k.arena, &item), DDBEXPR_MISUSE);
    assert_null(item);
    const ddbexpr_str *names;
    size_t count;
    assert_int_equal(ddbexpr_program_attributes(projection, k.arena, &names, &count), DDBEXPR_MISUSE);
    kit_close(&k);
}

static void assert_projected(const char *paths, const char *item, const char *expected)
{
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *part = NULL;
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_PROJECTION, paths, NULL, NULL);
    assert_int_equal(ddbexpr_project(program, value_of(k.arena, item), k.arena, &part), DDBEXPR_OK);
    assert_value_is(part, expected);
    kit_close(&k);
}

static void projections_keep_containers(void **state)
{
    (void)state;
    assert_projected("a, b", "{a: 1, c: 2}", "{a: 1}");
    assert_projected("a.x.y", "{a: {x: {y: 1, z: 2}, w: 3}}", "{a: {x: {y: 1}}}");
    assert_projected("a[2], a[0]", "{a: [10, 11, 12]}", "{a: [10, 12]}");
    assert_projected("a[0].p, a[0].q, a[2].p", "{a: [{p: 1, q: 2, r: 3}, 5, {p: 6}]}", "{a: [{p: 1, q: 2}, {p: 6}]}");
    assert_projected("a.b, c[0], d.e", "{a: [1], c: {x: 1}, d: 5}", "{}");
    assert_projected("a[9]", "{a: [1]}", "{}");
}

/* A list, and a map of so many names that it has an index. */
static void reading_may_run_out_of_memory(void **state)
{
    (void)state;
    enum { NAMES = 40 };
    struct kit k;
    kit_open(&k);
    char text[512] = "l[1]", fields[1024] = "{l: [1, 2]";
    for (int i = 0; i < NAMES; i++) {
        sprintf(text + strlen(text), ", m.n%d", i);
        sprintf(fields + strlen(fields), "%sn%d: %d", i ? ", " : ", m: {", i, i);
    }
    strcat(fields, "}}");
    ddbexpr_program *projection = kit_compile(&k, DDBEXPR_PROJECTION, text, NULL, NULL);
    ddbexpr_program *condition = kit_compile(&k, DDBEXPR_CONDITION, "l[0] = size(m) OR a = l", NULL, NULL);
    const ddbexpr_value *item = value_of(k.arena, fields), *part = NULL;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        const ddbexpr_str *names = NULL;
        size_t count = 0;
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK) {
            ddbexpr_status status = ddbexpr_project(projection, item, a, &part);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            if (status == DDBEXPR_OK) {
                assert_int_equal(ddbexpr_value_count(ddbexpr_value_get(part, STR("m"))), NAMES);
                assert_value_is(ddbexpr_value_get(part, STR("l")), "[2]");
                status = ddbexpr_program_attributes(condition, a, &names, &count);
                assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            }
            if (status == DDBEXPR_OK) {
                assert_int_equal(count, 3);
                assert_str_is(names[0], "l");
                assert_str_is(names[1], "m");
                assert_str_is(names[2], "a");
            }
        }
        ddbexpr_arena_free(a);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparisons),
        cmocka_unit_test(missing_attributes),
        cmocka_unit_test(no_item_at_all),
        cmocka_unit_test(functions),
        cmocka_unit_test(jumps_agree_with_the_tree),
        cmocka_unit_test(evaluating_allocates_nothing),
        cmocka_unit_test(rebinding_checks_and_changes),
        cmocka_unit_test(rebinding_looks_at_the_values_themselves),
        cmocka_unit_test(rebinding_leaves_out_what_is_unused),
        cmocka_unit_test(rebinding_may_run_out_of_memory),
        cmocka_unit_test(faults_of_rebinding_may_run_out_of_memory),
        cmocka_unit_test(programs_can_be_asked),
        cmocka_unit_test(few_and_many_placeholders),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(projections_keep_containers),
        cmocka_unit_test(reading_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
