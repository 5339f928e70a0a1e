/* SPDX-License-Identifier: Apache-2.0 */
/* Witnesses: items on which a clause decides, made for every kind of clause, compared with what trying all items of a
 * small world finds, and always evaluated by another way; witness.c, proposals.c, neighbours.c, edit.c of src/coverage.
 */
#include "conditions.h"
#include "kit.h"
#include "turned.h"

#include <ddbexpr/coverage.h>

/* --- the judge: turning the clause by hand --- */

static bool decides(const ddbexpr_program *program, const ddbexpr_value *item, size_t clause, bool outcome)
{
    ddbexpr_explanation *e = NULL;
    assert_int_equal(ddbexpr_explain(program, item, NULL, NULL, &e), DDBEXPR_OK);
    bool does = ddbexpr_explanation_clause_at(e, clause)->outcome == outcome && turns_the_whole(e, clause);
    ddbexpr_explanation_free(e);
    return does;
}

/* Whether a witness is found; one that is must stand before the judge. */
static bool find(struct kit *k, const ddbexpr_program *program, const ddbexpr_value *item, const ddbexpr_value *key,
                 size_t clause, bool outcome, const ddbexpr_value **ret_item)
{
    const ddbexpr_witness_options options = {.size = sizeof options, .key = key};
    bool found = false;
    *ret_item = NULL;
    assert_int_equal(
        ddbexpr_coverage_witness(program, item, clause, outcome, key ? &options : NULL, k->arena, &found, ret_item),
        DDBEXPR_OK);
    if (!found) {
        assert_null(*ret_item);
        return false;
    }
    assert_true(decides(program, *ret_item, clause, outcome));
    assert_true(!*ret_item || !ddbexpr_item_is_faulty(*ret_item));
    for (size_t i = 0; key && *ret_item && i < ddbexpr_value_count(key); i++) {
        const ddbexpr_value *kept = ddbexpr_value_get(*ret_item, ddbexpr_value_name_at(key, i));
        assert_true(kept && ddbexpr_value_equal(kept, ddbexpr_value_at(key, i)));
    }
    return true;
}

/* --- single cases --- */

static void assert_witness(const char *text, const char *values, const char *item, const char *key, size_t clause,
                           bool outcome, const char *expected)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_bindings bindings = *bindings_of(k.arena, NULL, values);
    ddbexpr_program *program;
    bindings.allow_unused = true;
    assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, ddbexpr_cstr(text), &bindings, &k.memory.alloc, NULL, &program),
                     DDBEXPR_OK);
    k.programs[k.program_count++] = program;
    const ddbexpr_value *witness;
    bool found = find(&k, program, item ? value_of(k.arena, item) : NULL, key ? value_of(k.arena, key) : NULL, clause,
                      outcome, &witness);
    if (found != (expected != NULL))
        fprintf(stderr, "%s: clause %zu, %d\n", text, clause, outcome);
    assert_int_equal(found, expected != NULL);
    kit_free_programs(&k); /* the item does not need it */
    if (found)
        assert_value_is(witness, expected);
    kit_close(&k);
}

static void changes_are_small(void **state)
{
    (void)state;
    const char *v = "{':v': 4}";
    assert_witness("version = :v", v, "{id: 'a', version: 5}", NULL, 0, true, "{id: 'a', version: 4}");
    assert_witness("version = :v", v, "{id: 'a', version: 4}", NULL, 0, false, "{id: 'a', version: 5}");
    assert_witness("version <> :v", v, "{version: 4}", NULL, 0, true, "{version: 5}");
    assert_witness("version < :v", v, "{version: 1}", NULL, 0, false, "{version: 4}");
    assert_witness("version < :v", v, "{version: 9}", NULL, 0, true, "{version: 3}");
    assert_witness("version <= :v", v, "{version: 1}", NULL, 0, false, "{version: 5}");
    assert_witness("version >= :v", v, "{version: 9}", NULL, 0, false, "{version: 3}");
    assert_witness(":v < version", v, "{version: 9}", NULL, 0, false, "{version: 4}");
    assert_witness("a > :v", "{':v': 'ab'}", "{a: 'a'}", NULL, 0, true, "{a: 'abx'}");
    assert_witness("a < :v", "{':v': 'a\xc3\xa4'}", NULL, NULL, 0, true, "{a: 'a'}");
    assert_witness("b = :v", "{':v': true}", "{b: true}", NULL, 0, false, "{b: false}");
    /* what does it already is left as it is */
    assert_witness("version = :v", v, "{version: 4, a: 1}", NULL, 0, true, "{version: 4, a: 1}");
}

static void every_kind_of_clause_can_be_turned(void **state)
{
    (void)state;
    const char *v = "{':a': 2, ':b': 5}";
    assert_witness("a BETWEEN :a AND :b", v, NULL, NULL, 0, true, "{a: 2}");
    assert_witness("a BETWEEN :a AND :b", v, "{a: 3}", NULL, 0, false, "{a: 6}");
    assert_witness("a IN (:a, :b)", v, NULL, NULL, 0, true, "{a: 2}");
    assert_witness("a IN (:a, :b)", v, "{a: 2}", NULL, 0, false, "{a: 3}");
    assert_witness(":a IN (x, y)", "{':a': 2}", NULL, NULL, 0, true, "{x: 2}");
    assert_witness("attribute_exists(a)", NULL, NULL, NULL, 0, true, "{a: 'x'}");
    assert_witness("attribute_exists(a)", NULL, "{a: 1, b: 2}", NULL, 0, false, "{b: 2}");
    assert_witness("attribute_not_exists(a)", NULL, "{a: 1, b: 2}", NULL, 0, true, "{b: 2}");
    assert_witness("attribute_type(a, :t)", "{':t': 'SS'}", NULL, NULL, 0, true, "{a: <'x1'>}");
    assert_witness("attribute_type(a, :t)", "{':t': 'N'}", "{a: 5}", NULL, 0, false, "{a: 'x'}");
    assert_witness("begins_with(a, :p)", "{':p': 'ab'}", "{a: 'b'}", NULL, 0, true, "{a: 'ab'}");
    assert_witness("begins_with(a, :p)", "{':p': 'ab'}", "{a: 'abc'}", NULL, 0, false, "{a: 'a'}");
    assert_witness("begins_with(:p, a)", "{':p': 'ab'}", NULL, NULL, 0, true, "{a: 'ab'}");
    assert_witness("contains(t, :p)", "{':p': 'ab'}", "{t: <'x'>}", NULL, 0, true, "{t: <'ab', 'x'>}");
    assert_witness("contains(t, :p)", "{':p': 'ab'}", "{t: <'ab', 'x'>}", NULL, 0, false, "{t: <'x'>}");
    assert_witness("contains(t, :p)", "{':p': 'ab'}", "{t: 'x'}", NULL, 0, true, "{t: 'xab'}");
    assert_witness("contains(t, :p)", "{':p': 7}", "{t: ['x']}", NULL, 0, true, "{t: ['x', 7]}");
    assert_witness("contains(t, :p)", "{':p': 7}", NULL, NULL, 0, true, "{t: <7>}");
    assert_witness("contains(t, :p)", "{':p': 7}", "{t: <7>}", NULL, 0, false, "(none)");
    assert_witness("contains(:p, t)", "{':p': <7, 8>}", NULL, NULL, 0, true, "{t: 7}");
    assert_witness("size(a) > :a", v, "{a: 'z'}", NULL, 0, true, "{a: 'zxx'}");
    assert_witness("size(a) = :a", v, "{a: [1, 2, 3]}", NULL, 0, true, "{a: [1, 2]}");
    assert_witness("size(a) = :a", v, "{a: <1>}", NULL, 0, true, "{a: <1, 2>}");
    assert_witness("size(a) = :a", v, "{a: {x1: 1}}", NULL, 0, true, "{a: {x1: 1, x2: null}}");
    assert_witness("size(a) < :a", v, "{a: 'zzzz'}", NULL, 0, true, "{a: 'z'}");
    assert_witness(":a = size(a)", v, "{a: <'b'>}", NULL, 0, true, "{a: <'b', 'x1'>}");
}

static void paths_are_made_and_taken_away(void **state)
{
    (void)state;
    const char *v = "{':v': 1}";
    assert_witness("a.b.c = :v", v, NULL, NULL, 0, true, "{a: {b: {c: 1}}}");
    assert_witness("a.b[1] = :v", v, "{a: {x: 1}}", NULL, 0, true, "{a: {x: 1, b: [null, 1]}}");
    assert_witness("a[1] = :v", v, "{a: [5, 6, 7]}", NULL, 0, true, "{a: [5, 1, 7]}");
    assert_witness("attribute_exists(a[1])", NULL, "{a: [5, 6, 7]}", NULL, 0, false, "{a: [5]}");
    assert_witness("attribute_exists(a.b)", NULL, "{a: {b: 1, c: 2}}", NULL, 0, false, "{a: {c: 2}}");
    assert_witness("a.b = :v", v, "{a: 'text'}", NULL, 0, true, "{a: {b: 1}}");
    assert_witness("a[2000000] = :v", v, NULL, NULL, 0, true, NULL);
    assert_witness("a < b", NULL, NULL, NULL, 0, true, "{b: 1, a: 0}");
    assert_witness("a < b", NULL, "{a: 5}", NULL, 0, true, "{a: 5, b: 6}");
    assert_witness("a = b", NULL, "{b: 5}", NULL, 0, true, "{b: 5, a: 5}");
}

/* What the other operands are is looked up where it is: one that is missing suggests nothing. */
static void operands_may_be_missing_or_of_any_type(void **state)
{
    (void)state;
    assert_witness("a BETWEEN b AND c", NULL, NULL, NULL, 0, true, NULL); /* no such guess */
    assert_witness("a BETWEEN b AND c", NULL, "{b: 2}", NULL, 0, true, NULL);
    assert_witness("a BETWEEN b AND c", NULL, "{b: 2, c: 4}", NULL, 0, true, "{b: 2, c: 4, a: 2}");
    assert_witness("begins_with(a, b)", NULL, NULL, NULL, 0, true, "{b: 'x', a: 'x'}");
    assert_witness("contains(a, b)", NULL, NULL, NULL, 0, true, "{b: 1, a: <1>}");
    assert_witness("contains(a, b)", NULL, "{a: <1>}", NULL, 0, false, "{a: <1>}");
    assert_witness("contains(:l, t)", "{':l': [true, 8]}", NULL, NULL, 0, true, "{t: true}");
    assert_witness("contains(t, :p)", "{':p': true}", "{t: [1]}", NULL, 0, true, "{t: [1, true]}");
    assert_witness("contains(t, :p)", "{':p': b'x'}", NULL, NULL, 0, true, "{t: <b'x'>}");
    assert_witness("contains(t, :p)", "{':p': 7}", "{t: ['x', 7, 7]}", NULL, 0, false, "{t: ['x']}");
    assert_witness("NOT contains(t, :b) AND t = :x", "{':b': b'y', ':x': 'x'}", "{t: 'q'}", NULL, 1, true, "{t: 'x'}");
    assert_witness("contains(size(a), :v) OR a = :w", "{':v': 1, ':w': 2}", "{a: 'z'}", NULL, 1, true, "{a: 2}");
    assert_witness("size(a) = :v", "{':v': 2}", "{a: '\xc3\xa4'}", NULL, 0, true, "{a: 'xx'}");
    assert_witness("size(a) = :v", "{':v': 2}", "{a: b'z'}", NULL, 0, true, "{a: b'zx'}");
    assert_witness("size(a) > :v", "{':v': 1e10}", NULL, NULL, 0, true, NULL);
    assert_witness("a > :v", "{':v': 1e125}", NULL, NULL, 0, true, NULL); /* one more has too many digits */
}

static void siblings_are_brought_to_leave_it_to_the_clause(void **state)
{
    (void)state;
    const char *v = "{':v': 1, ':w': 2}";
    assert_witness("a = :v AND b = :v", v, NULL, NULL, 1, false, "{a: 1}");
    assert_witness("a = :v OR b = :v", v, "{a: 1, b: 1}", NULL, 1, true, "{a: 2, b: 1}");
    assert_witness("a = :v AND (b = :v OR c = :w) AND d = :v", v, "{c: 2}", NULL, 3, true, "{c: 2, a: 1, d: 1}");
    assert_witness("NOT (a = :v AND b = :w)", v, NULL, NULL, 0, true, "{a: 1, b: 2}");
    /* one place that several clauses are about */
    assert_witness("a > :v AND a < :w", v, "{a: 0}", NULL, 0, true, "{a: 1.5}");
    assert_witness("a >= :v AND a <= :w", v, "{a: 1}", NULL, 1, false, "{a: 3}");
    assert_witness("attribute_not_exists(a) OR a < :v", v, NULL, NULL, 1, true, "{a: 0}");
    assert_witness("attribute_type(a, :t) AND size(a) > :v", "{':t': 'L', ':v': 1}", NULL, NULL, 1, true,
                   "{a: [null, null]}");
    /* the cheapest way cannot be had together with the clause, another one can */
    assert_witness("(a = :v OR b = :v) AND a = :w", v, "{a: 2}", NULL, 1, true, "{a: 2, b: 1}");
}

static void keys_stay(void **state)
{
    (void)state;
    const char *key = "{pk: 'k'}", *v = "{':v': 1}";
    assert_witness("attribute_not_exists(pk)", NULL, "{pk: 'k', a: 1}", key, 0, true, "(none)");
    assert_witness("attribute_not_exists(pk)", NULL, NULL, key, 0, false, "{pk: 'k'}");
    assert_witness("attribute_exists(pk) AND a = :v", v, NULL, key, 1, true, "{pk: 'k', a: 1}");
    assert_witness("attribute_exists(pk) AND a = :v", v, "{pk: 'k', a: 1}", key, 0, false, NULL);
    assert_witness("pk = :v", v, "{pk: 'k'}", key, 0, true, NULL);
    assert_witness("pk = :v", v, "{pk: 'k'}", NULL, 0, true, "{pk: 1}");
    assert_witness("attribute_not_exists(pk) OR a < :v", v, "{pk: 'k', a: 0}", key, 0, false, "{pk: 'k', a: 1}");
}

static void some_cannot_be_had(void **state)
{
    (void)state;
    const char *v = "{':v': 1, ':w': 2}";
    assert_witness("a = :v OR a = :v", v, NULL, NULL, 0, true, NULL);
    assert_witness("a = :v AND a = :w", v, NULL, NULL, 0, true, NULL);
    assert_witness(":v = :w", v, NULL, NULL, 0, true, NULL);
    assert_witness("a = :v AND :v = :w", v, NULL, NULL, 0, true, NULL);
    assert_witness("size(a) = :v", "{':v': 'x'}", NULL, NULL, 0, true, NULL);
    assert_witness("size(a) > :v", "{':v': 409601}", NULL, NULL, 0, true, NULL);
    assert_witness("size(a) > :v", "{':v': -1}", NULL, NULL, 0, true, "{a: ''}");
    /* one of thirty would do, if it were not for the other clause */
    char text[1024] = "(";
    for (int i = 0; i < 30; i++)
        strcat(text, i ? " OR a = :v" : "a = :v");
    strcat(text, ") AND a = :w");
    assert_witness(text, v, NULL, NULL, 30, true, NULL);
}

/* 32 steps, and a value that is as deep: such an item is not kept at all. One of 33 levels is, but is refused. */
static const char deep_values[] = "{':v': [[[[[[[[[[1]]]]]]]]]]}";

static const char *deep_condition(int steps)
{
    static char text[256];
    strcpy(text, "a");
    for (int i = 1; i < steps; i++)
        strcat(text, ".b");
    return strcat(text, " = :v");
}

static void items_can_be_too_deep(void **state)
{
    (void)state;
    assert_witness(deep_condition(32), deep_values, NULL, NULL, 0, true, NULL);
    assert_witness(deep_condition(23), deep_values, NULL, NULL, 0, true, NULL);
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *witness;
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, deep_condition(21), NULL, deep_values);
    assert_true(find(&k, program, NULL, NULL, 0, true, &witness));
    kit_close(&k);
}

static const ddbexpr_value *text_of_length(ddbexpr_arena *a, size_t length)
{
    char *bytes = arena_alloc(a, length);
    assert_non_null(bytes);
    memset(bytes, 'z', length);
    return ddbexpr_value_string(a, str_of(bytes, length));
}

/* A value of the request may be larger than any item; and what else an item has counts as well: without it, it fits. */
static void items_can_be_too_large(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t value, stored; /* lengths */
        bool found, keeps_other;
    } rows[] = {
        {"a > :v", 409601, 1, false, false},        {"a > :v", 409000, 1, true, true},
        {"a > :v", 400000, 20000, true, false},     {"contains(a, :v)", 409601, 1, false, false},
        {"contains(a, :v)", 400000, 1, true, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit k;
        kit_open(&k);
        const ddbexpr_value_binding values[] = {{STR(":v"), text_of_length(k.arena, rows[i].value)}};
        assert_non_null(values[0].value);
        const ddbexpr_bindings bindings = {.size = sizeof bindings, .values = values, .value_count = 1};
        const ddbexpr_str names[] = {STR("a"), STR("other")}, text = ddbexpr_cstr(rows[i].text);
        const ddbexpr_value *stored[] = {value_of(k.arena, "'x'"), text_of_length(k.arena, rows[i].stored)};
        assert_non_null(stored[1]);
        const ddbexpr_value *item = ddbexpr_value_map(k.arena, names, stored, 2), *witness;
        assert_non_null(item);
        ddbexpr_program *program = NULL;
        assert_int_equal(ddbexpr_compile(DDBEXPR_CONDITION, text, &bindings, &k.memory.alloc, NULL, &program),
                         DDBEXPR_OK);
        k.programs[k.program_count++] = program;
        assert_int_equal(find(&k, program, item, NULL, 0, true, &witness), rows[i].found);
        if (rows[i].found)
            assert_int_equal(ddbexpr_value_get(witness, STR("other")) != NULL, rows[i].keeps_other);
        kit_close(&k);
    }
}

static void only_conditions_and_items_will_do(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *update = kit_compile(&k, DDBEXPR_UPDATE, "REMOVE a", NULL, NULL);
    ddbexpr_program *filter = kit_compile(&k, DDBEXPR_FILTER, "attribute_exists(a)", NULL, NULL);
    ddbexpr_witness_options options = {.size = sizeof options - 1};
    const ddbexpr_value *item = NULL;
    bool found = true;
    assert_int_equal(ddbexpr_coverage_witness(update, NULL, 0, true, NULL, k.arena, &found, &item), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_coverage_witness(filter, NULL, 1, true, NULL, k.arena, &found, &item), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_coverage_witness(filter, NULL, 0, true, &options, k.arena, &found, &item), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_coverage_witness(filter, value_of(k.arena, "1"), 0, true, NULL, k.arena, &found, &item),
                     DDBEXPR_MISUSE);
    assert_int_equal(
        ddbexpr_coverage_witness(filter, value_of(k.arena, "{a: SS<>}"), 0, true, NULL, k.arena, &found, &item),
        DDBEXPR_MISUSE);
    options = (ddbexpr_witness_options){.size = sizeof options, .key = value_of(k.arena, "[1]")};
    assert_int_equal(ddbexpr_coverage_witness(filter, NULL, 0, true, &options, k.arena, &found, &item), DDBEXPR_MISUSE);
    assert_true(found);
    assert_int_equal(ddbexpr_coverage_witness(filter, NULL, 0, true, NULL, k.arena, &found, &item), DDBEXPR_OK);
    assert_true(found && item);
    kit_close(&k);
}

/* --- properties --- */

/* Each clause is about an attribute of its own: every goal can be reached, and must be. */
static void put_free_condition(struct prng *p, char *out, unsigned depth, unsigned *leaves)
{
    static const char *const clauses[][2] = {{"", " = :v"},          {"", " <> :v"},
                                             {"", " > :v"},          {"attribute_exists(", ")"},
                                             {"size(", ") >= :v"},   {"", " BETWEEN :v AND :w"},
                                             {"contains(", ", :s)"}, {"begins_with(", ", :s)"},
                                             {"", " IN (:v, :w)"},   {"attribute_type(", ", :t)"}};
    if (depth == 0 || *leaves >= 8 || prng_once_in(p, 5)) {
        const char *const *clause = clauses[prng_below(p, 10)];
        sprintf(out, "%sx%u%s", clause[0], (*leaves)++, clause[1]);
        return;
    }
    if (prng_once_in(p, 4)) {
        out += sprintf(out, "NOT (");
        put_free_condition(p, out, 0, leaves);
        strcat(out, ")");
        return;
    }
    const char *word = prng_once_in(p, 2) ? " AND " : " OR ";
    *out = '\0';
    for (unsigned i = 0, children = 2 + prng_below(p, 2); i < children; i++) {
        strcat(out, i ? word : "");
        strcat(out, "(");
        put_free_condition(p, out + strlen(out), depth - 1, leaves);
        strcat(out, ")");
    }
}

static void free_clauses_all_have_witnesses(void **state)
{
    (void)state;
    struct prng p = {31};
    unsigned goals = 0;
    for (int round = 0; round < 1500; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096] = "";
        unsigned leaves = 0;
        put_free_condition(&p, text, 3, &leaves);
        /* all placeholders are used */
        strcat(text, " OR (:v = :w AND :s = :t)");
        const ddbexpr_program *program =
            kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1, ':w': 3, ':s': 'ab', ':t': 'N'}");
        const ddbexpr_value *item = prng_once_in(&p, 2) ? NULL : value_of(k.arena, "{x0: 1, x1: 'ab', x2: [1], x3: 2}");
        for (unsigned clause = 0; program && clause < leaves; clause++)
            for (int outcome = 0; outcome < 2; outcome++, goals++) {
                const ddbexpr_value *witness;
                if (!find(&k, program, item, NULL, clause, outcome, &witness))
                    fail_msg("%s: clause %u, %d", text, clause, outcome);
            }
        kit_close(&k);
    }
    assert_true(goals > 3000);
}

/* A small world: two attributes, each missing or one of five values. */
static const char *const world[] = {"", "0", "1", "1.5", "2", "3", "'ab'"};

static const ddbexpr_value *item_of_world(ddbexpr_arena *a, unsigned number)
{
    char text[64] = "{";
    unsigned x = number % 7, y = number / 7;
    if (x)
        sprintf(text + strlen(text), "x: %s", world[x]);
    if (y)
        sprintf(text + strlen(text), "%sy: %s", x ? ", " : "", world[y]);
    strcat(text, "}");
    return value_of(a, text);
}

static void put_bound_condition(struct prng *p, char *out, unsigned depth, unsigned *leaves)
{
    static const char *const clauses[] = {"x = :v",
                                          "x > :v",
                                          "y < :w",
                                          "x <> y",
                                          "x < y",
                                          "y BETWEEN :v AND :w",
                                          "attribute_exists(x)",
                                          "x IN (:v, :w, y)",
                                          "y = :w",
                                          "attribute_not_exists(y)"};
    if (depth == 0 || *leaves >= 8 || prng_once_in(p, 6)) {
        strcpy(out, clauses[prng_below(p, 10)]);
        ++*leaves;
        return;
    }
    const char *word = prng_once_in(p, 2) ? " AND " : " OR ";
    *out = '\0';
    for (unsigned i = 0; i < 2; i++) {
        strcat(out, i ? word : "");
        strcat(out, prng_once_in(p, 4) ? "(NOT " : "(");
        put_bound_condition(p, out + strlen(out), depth - 1, leaves);
        strcat(out, ")");
    }
}

/* Clauses that get in each other's way: what trying all items finds, is found nearly always. */
static void few_witnesses_are_missed(void **state)
{
    (void)state;
    struct prng p = {32};
    unsigned possible = 0, missed = 0;
    for (int round = 0; round < 200; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096] = "";
        unsigned leaves = 0;
        put_bound_condition(&p, text, 3, &leaves);
        strcat(text, " OR :v = :w");
        const ddbexpr_program *program = kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1, ':w': 2}");
        for (unsigned clause = 0; program && clause < leaves; clause++)
            for (int outcome = 0; outcome < 2; outcome++) {
                const ddbexpr_value *witness, *item = item_of_world(k.arena, prng_below(&p, 49));
                bool found = find(&k, program, item, NULL, clause, outcome, &witness);
                bool exists = false;
                for (unsigned i = 0; i < 49 && !exists; i++)
                    exists = decides(program, item_of_world(k.arena, i), clause, outcome);
                possible += exists;
                missed += exists && !found;
            }
        kit_close(&k);
    }
    print_message("# %u of %u witnesses were missed\n", missed, possible);
    assert_true(possible > 800);
    assert_true(missed * 50 <= possible); /* at most 2 in 100 */
}

/* --- bounds --- */

/* x0 = :v OR x0 = :w OR …, all about few attributes: nothing can be found, and that soon. */
static void hard_conditions_end(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[4096] = "";
    size_t n = 0;
    for (unsigned i = 0; i < 70; i++)
        n += (size_t)sprintf(text + n, "%s(x%u = :v OR x%u = :w)", i ? " AND " : "", i % 7, (i + 1) % 7);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1, ':w': 2}");
    const ddbexpr_value *witness;
    for (unsigned clause = 0; clause < 140; clause += 20)
        find(&k, program, NULL, NULL, clause, clause % 40 == 0, &witness);
    assert_true(k.memory.live_bytes < 64u << 20);
    kit_close(&k);
}

static void long_conditions_are_no_matter(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[4096] = "";
    size_t n = 0;
    for (unsigned i = 0; i < 150; i++)
        n += (size_t)sprintf(text + n, "%sx%u = :v", i ? " AND " : "", i);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 1}");
    const ddbexpr_value *witness;
    for (unsigned clause = 0; clause < 150; clause += 10)
        assert_true(find(&k, program, NULL, NULL, clause, clause % 20 == 0, &witness));
    kit_close(&k);
}

/* Texts of the largest size take long to measure: of these there are few tries. */
static void large_sizes_end(void **state)
{
    (void)state;
    assert_witness("size(a) > :v AND size(b) > :v", "{':v': 399000}", NULL, NULL, 0, true, NULL);
    struct kit k;
    kit_open(&k);
    char text[4096] = "";
    size_t n = 0;
    for (unsigned i = 0; i < 100; i++)
        n += (size_t)sprintf(text + n, "%ssize(x%u) > :v", i ? " AND " : "", i % 2);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 399000}");
    const ddbexpr_value *witness;
    assert_false(find(&k, program, NULL, NULL, 7, false, &witness));
    assert_true(k.memory.live_bytes < 64u << 20);
    kit_close(&k);
}

static void witnesses_may_run_out_of_memory(void **state)
{
    (void)state;
    static const struct {
        const char *text, *values, *item;
        bool outcome, found;
    } rows[] = {
        {"a.b[0] = :v AND size(c) > :v AND contains(d, :v)", "{':v': 1}", NULL, true, true},
        {"NOT a < b OR c IN (:v, d)", "{':v': 1}", NULL, true, true},
        {"contains(t, :v)", "{':v': 1}", "{t: [1, 2]}", false, true},
        {"size(a) = :v", "{':v': 40}", "{a: <'x'>}", true, true}, /* sets to sort, and maps with an index */
        {"a > :v AND a < :w AND attribute_type(a, :t)", "{':v': 1, ':w': 2, ':t': 'N'}", "{a: 'x'}", true, true},
        {"a > :v AND a < :w AND a <> :x", "{':v': 1, ':w': 2, ':x': 1.5}", NULL, true, false},
        {NULL, deep_values, NULL, true, false},
    };
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = rows[i].text ? rows[i].text : deep_condition(32);
        ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, rows[i].values);
        const ddbexpr_value *stored = rows[i].item ? value_of(k.arena, rows[i].item) : NULL;
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            bool found = false;
            const ddbexpr_value *item = NULL;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = ddbexpr_coverage_witness(program, stored, 0, rows[i].outcome, NULL, a, &found, &item);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(found, rows[i].found && status == DDBEXPR_OK);
            ddbexpr_arena_free(a);
        }
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_small),
        cmocka_unit_test(every_kind_of_clause_can_be_turned),
        cmocka_unit_test(paths_are_made_and_taken_away),
        cmocka_unit_test(operands_may_be_missing_or_of_any_type),
        cmocka_unit_test(siblings_are_brought_to_leave_it_to_the_clause),
        cmocka_unit_test(keys_stay),
        cmocka_unit_test(some_cannot_be_had),
        cmocka_unit_test(items_can_be_too_deep),
        cmocka_unit_test(items_can_be_too_large),
        cmocka_unit_test(only_conditions_and_items_will_do),
        cmocka_unit_test(free_clauses_all_have_witnesses),
        cmocka_unit_test(few_witnesses_are_missed),
        cmocka_unit_test(hard_conditions_end),
        cmocka_unit_test(long_conditions_are_no_matter),
        cmocka_unit_test(large_sizes_end),
        cmocka_unit_test(witnesses_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
