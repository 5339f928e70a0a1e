/* SPDX-License-Identifier: Apache-2.0 */
/* What conditions prove: clause by clause, through AND, OR and NOT, and, over random conditions and items, that every
 * fact holds of every item. */
#include "kit.h"
#include "prng.h"

#include "lint/facts.h"

/* --- one fact in words --- */

struct proof {
    struct kit kit;
    struct facts_given given;
    struct condition_facts facts;
};

static const struct key_attribute key_attributes[] = {{{"pk", 2}, DDBEXPR_S}};
static const struct key_schema key = {key_attributes, 1};

static void open_proof(struct proof *p, const char *condition, const char *values)
{
    kit_open(&p->kit);
    p->given = (struct facts_given){.key = &key, .memory = {.arena = p->kit.arena}};
    ddbexpr_program *program = kit_compile(&p->kit, DDBEXPR_CONDITION, condition, NULL, values);
    assert_true(facts_of_condition(&p->given, program, &p->facts));
}

/* The path of a text such as a.b[1]; at most four steps. */
static struct document_path path_of(struct kit *k, const char *text)
{
    struct document_step *steps = arena_alloc_zeroed(k->arena, 4, sizeof *steps);
    assert_non_null(steps);
    uint32_t count = 0;
    for (const char *at = text; *at; count++) {
        assert_true(count < 4);
        at += *at == '.';
        if (*at == '[') {
            steps[count].is_index = true;
            steps[count].index = (uint32_t)(at[1] - '0');
            at += 3;
        } else {
            size_t length = strcspn(at, ".[");
            steps[count].name = str_of(at, length);
            at += length;
        }
        steps[count].hash = str_hash(steps[count].name);
    }
    return (struct document_path){steps, count};
}

static void put_bound(ddbexpr_buffer *out, const char *open, const char *closed, bool is_open, const value *bound)
{
    if (!bound)
        return;
    notation_put(out, is_open ? open : closed);
    notation_write(bound, out);
}

/* "exists N >= 1 < 5", "perhaps S", "missing", "perhaps", "impossible". */
static str fact_text(struct proof *p, const struct facts *facts, const char *path_text)
{
    static const char *const range_names[RANGE_COUNT] = {" S:", " N:", " B:", " size:"};
    struct document_path path = path_of(&p->kit, path_text);
    struct fact fact = facts_at(&p->given, facts, &path);
    ddbexpr_buffer *out = p->kit.text;
    ddbexpr_buffer_clear(out);
    notation_put(out, fact_is_impossible(&fact)      ? "impossible"
                      : fact_proves_existence(&fact) ? "exists"
                      : fact_proves_absence(&fact)   ? "missing"
                                                     : "perhaps");
    if (!fact.may_exist)
        return ddbexpr_buffer_text(out);
    for (int type = 0; type < DDBEXPR_TYPE_COUNT && fact.types != TYPES_ALL; type++)
        if (fact.types & TYPE_BIT(type)) {
            notation_put(out, " ");
            notation_put(out, ddbexpr_type_name((ddbexpr_type)type));
        }
    for (int r = 0; r < RANGE_COUNT; r++) {
        const struct range *range = &fact.ranges[r];
        if (range->lower || range->upper)
            notation_put(out, range_names[r]);
        put_bound(out, ">", ">=", range->lower_open, range->lower);
        put_bound(out, "<", "<=", range->upper_open, range->upper);
    }
    for (uint32_t i = 0; i < fact.value_count; i++) {
        notation_put(out, i ? "|" : " =");
        notation_write(fact.values[i], out);
    }
    if (fact.prefix) {
        notation_put(out, " prefix ");
        notation_write(fact.prefix, out);
    }
    return ddbexpr_buffer_text(out);
}

static void test_proves(const char *condition, const char *values, bool truth, const char *path, const char *expected,
                        int line)
{
    struct proof p;
    open_proof(&p, condition, values);
    test_str_equal(fact_text(&p, truth ? &p.facts.when_true : &p.facts.when_false, path), ddbexpr_cstr(expected),
                   __FILE__, line);
    kit_close(&p.kit);
}

#define ONLY(text) values_used(text)

/* The values that a condition uses, as the service refuses others. */
static const char *values_used(const char *condition)
{
    static char used[256];
    static const char *const all[][2] = {{":n", "5"},   {":m", "9"},      {":s", "'abc'"}, {":p", "'a'"},
                                         {":l", "[1]"}, {":ss", "<'a'>"}, {":t", "'N'"},   {":map", "{x: 1}"}};
    strcpy(used, "{");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *at = condition;
        size_t length = strlen(all[i][0]);
        while ((at = strstr(at, all[i][0])) != NULL && strchr("abcdefghijklmnopqrstuvwxyz", at[length]) && at[length])
            at += length;
        if (at)
            sprintf(used + strlen(used), "%s'%s': %s", used[1] ? ", " : "", all[i][0], all[i][1]);
    }
    strcat(used, "}");
    return used;
}

#define assert_proves(condition, path, expected)                                                                       \
    test_proves((condition), ONLY(condition), true, (path), (expected), __LINE__)
#define assert_refutes(condition, path, expected)                                                                      \
    test_proves((condition), ONLY(condition), false, (path), (expected), __LINE__)

static void clauses_prove_existence(void **state)
{
    (void)state;
    assert_proves("attribute_exists(a)", "a", "exists");
    assert_proves("attribute_exists(a)", "b", "perhaps");
    assert_proves("attribute_exists(a)", "", "exists M");
    assert_proves("attribute_exists(a)", "pk", "exists S");
    assert_proves("attribute_exists(a.b)", "a", "exists M");
    assert_proves("attribute_exists(a[2])", "a", "exists L size:>=3");
    assert_proves("attribute_exists(a[2])", "a[1]", "perhaps");
    assert_proves("attribute_not_exists(a)", "a", "missing");
    assert_proves("attribute_not_exists(a)", "a.b", "missing");
    assert_proves("attribute_not_exists(a.b)", "a", "perhaps");
    assert_proves("attribute_not_exists(pk)", "a", "missing");
    assert_proves("attribute_not_exists(pk)", "", "missing");
    assert_refutes("attribute_not_exists(a)", "a", "exists");
    assert_refutes("attribute_exists(a)", "a", "missing");
}

static void comparisons_prove_types_and_bounds(void **state)
{
    (void)state;
    assert_proves("a = :n", "a", "exists N N:>=5<=5 =5");
    assert_proves("a = :l", "a", "exists L =[1]");
    assert_proves("a = b", "b", "exists");
    assert_proves("a <> :n", "a", "perhaps");
    assert_refutes("a <> :n", "a", "exists N N:>=5<=5 =5");
    assert_refutes("a = :n", "a", "perhaps");
    assert_proves("a < :n", "a", "exists N N:<5");
    assert_proves(":n <= a", "a", "exists N N:>=5");
    assert_refutes("a < :n", "a", "perhaps N:>=5");
    assert_proves("a < b", "a", "exists S N B");
    assert_proves("a BETWEEN :n AND :m", "a", "exists N N:>=5<=9");
    assert_refutes("a BETWEEN :n AND :m", "a", "perhaps");
    assert_proves("a BETWEEN b AND :m", "b", "exists S N B");
    assert_proves("a IN (:n, :m, :s)", "a", "exists S N S:>='abc'<='abc' N:>=5<=9 =5|9|'abc'");
    assert_proves("a IN (:n, b)", "a", "exists");
    assert_proves("a IN (:n, b)", "b", "perhaps");
    assert_proves("a.b = :n", "a", "exists M");
}

static void functions_prove_types(void **state)
{
    (void)state;
    assert_proves("attribute_type(a, :t)", "a", "exists N");
    assert_refutes("attribute_type(a, :t)", "a", "perhaps S B BOOL NULL L M SS NS BS");
    assert_proves("begins_with(a, :p)", "a", "exists S S:>='a' prefix 'a'");
    assert_refutes("begins_with(a, :p)", "a", "perhaps");
    assert_proves("contains(a, :s)", "a", "exists S L SS");
    assert_proves("contains(a, :n)", "a", "exists L NS");
    assert_proves("contains(a, :map)", "a", "exists L");
    assert_proves("contains(:ss, a)", "a", "exists S");
    assert_refutes("contains(a, :s)", "a", "perhaps");
    assert_proves("size(a) > :n", "a", "exists S B L M SS NS BS size:>5");
    assert_refutes("size(a) > :n", "a", "perhaps size:<=5");
    assert_proves("size(a) <> :n", "a", "exists S B L M SS NS BS");
    assert_refutes("size(a) <> :n", "a", "perhaps size:>=5<=5");
    assert_proves("size(a) = b", "b", "exists N");
}

static void and_meets_or_joins_not_swaps(void **state)
{
    (void)state;
    assert_proves("a > :n AND a < :m", "a", "exists N N:>5<9");
    assert_proves("a = :n OR a = :m", "a", "exists N N:>=5<=9 =5|9");
    assert_proves("a = :n OR a > :m", "a", "exists N N:>=5");
    assert_proves("a = :n OR b = :n", "a", "perhaps");
    assert_proves("a = :n OR b = :n", "", "exists M");
    assert_proves("attribute_not_exists(a) OR a = :n", "a", "perhaps N N:>=5<=5 =5");
    assert_proves("attribute_not_exists(a) OR a.b = :n", "a", "perhaps M");
    assert_proves("attribute_not_exists(a) OR a.b = :n", "a.b", "perhaps N N:>=5<=5 =5");
    assert_proves("(attribute_exists(a) AND b = :n) OR (a = :s AND c = :n)", "a", "exists");
    assert_proves("NOT (a <> :n OR b <> :m)", "b", "exists N N:>=9<=9 =9");
    assert_proves("NOT (NOT a = :n)", "a", "exists N N:>=5<=5 =5");
    assert_proves("NOT (a < :n AND b = :n)", "a", "perhaps");
    assert_proves("attribute_exists(a) AND NOT a < :n", "a", "exists N:>=5");
    assert_proves("attribute_type(a, :t) AND NOT a < :n AND a < :m", "a", "exists N N:>=5<9");
    assert_proves("a = :n OR attribute_not_exists(pk)", "a", "perhaps N N:>=5<=5 =5");
    assert_proves("a IN (:n, :m, :s) AND a > :n", "a", "exists N S:>='abc'<='abc' N:>5<=9 =9");
}

/* --- what cannot be --- */

static void test_outcomes(const char *condition, const char *values, bool never_true, bool never_false, int line)
{
    struct proof p;
    open_proof(&p, condition, values);
    if (p.facts.when_true.impossible != never_true || p.facts.when_false.impossible != never_false)
        _fail(condition, line);
    kit_close(&p.kit);
}

#define assert_never_true(condition)  test_outcomes((condition), ONLY(condition), true, false, __LINE__)
#define assert_never_false(condition) test_outcomes((condition), ONLY(condition), false, true, __LINE__)
#define assert_open(condition)        test_outcomes((condition), ONLY(condition), false, false, __LINE__)

static void contradictions_are_found(void **state)
{
    (void)state;
    assert_never_true("a > :m AND a < :n");
    assert_never_true("a = :n AND a = :m");
    assert_never_true("a = :n AND a = :s");
    assert_never_true("a = :n AND NOT a = :n");
    assert_never_true("a <> :n AND a = :n");
    assert_never_true("a < :n AND a >= :n");
    assert_never_true("contains(a, :s) AND NOT contains(a, :s)");
    assert_never_true("attribute_exists(a) AND attribute_not_exists(a)");
    assert_never_true("attribute_not_exists(a) AND a.b = :n");
    assert_never_true("attribute_not_exists(pk) AND a = :n");
    assert_never_true("attribute_type(a, :t) AND begins_with(a, :p)");
    assert_never_true("begins_with(a, :s) AND a < :p");
    assert_never_true("a = :n AND a.b = :n");
    assert_never_true("size(a) > :n AND attribute_type(a, :t)");
    assert_never_true("size(a) = :s");
    assert_never_true("size(a) < :n AND attribute_exists(a[5])");
    assert_never_true("a = :s AND size(a) > :n");
    assert_never_true(":n = :m");
    assert_never_true("(a = :n OR a = :m) AND a > :m");
    assert_never_false("attribute_exists(a) OR attribute_not_exists(a)");
    assert_never_false("a <> :n OR a <> :m");
    assert_never_false("a = :n OR a <> :n");
    assert_never_false(":n < :m");
    assert_never_false("NOT (a = :n AND a = :m)");
    assert_open("a < :m AND a > :n");
    assert_open("a < :n OR a >= :n"); /* false of what is missing */
    assert_open("NOT a < :n AND NOT a >= :n");
    assert_open("a <> :n AND a <> :m");
    assert_open("a = :n OR a = :m");
    assert_open("size(a) <> :n OR size(a) = :n");
    assert_open("a.b = :n AND a[0] <> :n");
    assert_open("begins_with(a, :p) AND a > :s");
}

static void unknown_values_prove_types_only(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program =
        kit_compile(&k, DDBEXPR_CONDITION, "a = :n AND a < :m AND b = :n", NULL, "{':n': 5, ':m': 0}");
    const value *unknown = scope_value(program->scope, 0);
    struct proof p = {.kit = k, .given = {.unknown = &unknown, .unknown_count = 1, .memory = {.arena = k.arena}}};
    assert_true(facts_of_condition(&p.given, program, &p.facts));
    assert_str_is(fact_text(&p, &p.facts.when_true, "b"), "exists N");
    assert_str_is(fact_text(&p, &p.facts.when_true, "a"), "exists N N:<0");
    kit_close(&k);
}

/* --- soundness --- */

static const char *const paths[] = {"a", "b", "c", "a.b", "a[0]", "a[1]", "a.b.c", "a[0].b", "b[1]", "pk"};
#define PATH_COUNT (sizeof paths / sizeof *paths)

static const char *const constants[] = {"0",    "1",     "2",    "5",      "'a'",         "'ab'",   "'b'",
                                        "''",   "true",  "null", "[1]",    "[]",          "{b: 1}", "b'a'",
                                        "b'b'", "<'a'>", "<1>",  "<b'a'>", "<'a', 'ab'>", "[1, 2]"};
#define CONSTANT_COUNT (sizeof constants / sizeof *constants)

/* A placeholder for a constant; ordered ones only where the service wants one. */
static int constant_at(struct prng *p, bool ordered) { return (int)prng_below(p, ordered ? 8 : CONSTANT_COUNT); }

struct text {
    char *at;
    unsigned leaves;
    bool used[CONSTANT_COUNT];
    bool type_used[3];
};

static void put(struct text *t, const char *text) { t->at += sprintf(t->at, "%s", text); }

static void put_constant(struct text *t, struct prng *p, bool ordered)
{
    int constant = constant_at(p, ordered);
    t->used[constant] = true;
    t->at += sprintf(t->at, ":c%d", constant);
}

static void put_operand(struct text *t, struct prng *p, bool ordered)
{
    if (prng_once_in(p, 6))
        t->at += sprintf(t->at, "size(%s)", paths[prng_below(p, PATH_COUNT - 1)]);
    else if (prng_once_in(p, 3))
        put(t, paths[prng_below(p, 4)]);
    else
        put_constant(t, p, ordered);
}

static void put_clause(struct text *t, struct prng *p)
{
    static const char *const comparators[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    static const char *const types[] = {"N", "S", "M"};
    const char *path = paths[prng_below(p, PATH_COUNT)];
    uint32_t comparator = prng_below(p, 6), type = prng_below(p, 3);
    t->leaves++;
    switch (prng_below(p, 10)) {
    case 0:
        t->at += sprintf(t->at, "attribute_exists(%s)", path);
        break;
    case 1:
        t->at += sprintf(t->at, "attribute_not_exists(%s)", path);
        break;
    case 2:
        t->type_used[type] = true;
        t->at += sprintf(t->at, "attribute_type(%s, :t%s)", path, types[type]);
        break;
    case 3:
        t->at += sprintf(t->at, "begins_with(%s, :c%u)", path, 4 + prng_below(p, 4));
        t->used[t->at[-2] - '0'] = true;
        break;
    case 4:
        t->at += sprintf(t->at, "contains(%s, ", path);
        put_constant(t, p, false);
        put(t, ")");
        break;
    case 5:
        t->at += sprintf(t->at, "%s IN (", path);
        for (uint32_t i = 0, count = 1 + prng_below(p, 3); i < count; i++) {
            put(t, i ? ", " : "");
            put_operand(t, p, false);
        }
        put(t, ")");
        break;
    case 6:
        t->at += sprintf(t->at, "%s BETWEEN :c%u AND :c%u", path, prng_below(p, 2), 2 + prng_below(p, 2));
        t->used[t->at[-1] - '0'] = true;
        t->used[t->at[-9] - '0'] = true;
        break;
    case 7: {
        t->at += sprintf(t->at, "size(%s)%s", paths[prng_below(p, 4)], comparators[comparator]);
        uint32_t number = prng_below(p, 4);
        t->at += sprintf(t->at, ":c%u", number);
        t->used[number] = true;
        break;
    }
    default:
        if (prng_once_in(p, 2)) {
            put(t, path);
            put(t, comparators[comparator]);
            put_operand(t, p, comparator > 1);
        } else {
            put_operand(t, p, comparator > 1);
            put(t, comparators[comparator]);
            put(t, path);
        }
    }
}

static void put_condition(struct text *t, struct prng *p, unsigned depth)
{
    if (depth == 0 || t->leaves > 12 || prng_once_in(p, 5)) {
        put_clause(t, p);
        return;
    }
    if (prng_once_in(p, 4)) {
        put(t, "NOT (");
        put_condition(t, p, depth - 1);
        put(t, ")");
        return;
    }
    const char *word = prng_once_in(p, 2) ? " AND " : " OR ";
    for (uint32_t i = 0, count = 2 + prng_below(p, 2); i < count; i++) {
        put(t, i ? word : "");
        put(t, "(");
        put_condition(t, p, depth - 1);
        put(t, ")");
    }
}

static const char *values_text(const struct text *t, char *out)
{
    static const char *const types[] = {"N", "S", "M"};
    strcpy(out, "{");
    for (size_t i = 0; i < CONSTANT_COUNT; i++)
        if (t->used[i])
            sprintf(out + strlen(out), "%s':c%zu': %s", out[1] ? ", " : "", i, constants[i]);
    for (size_t i = 0; i < 3; i++)
        if (t->type_used[i])
            sprintf(out + strlen(out), "%s':t%s': '%s'", out[1] ? ", " : "", types[i], types[i]);
    strcat(out, "}");
    return out;
}

static const ddbexpr_value *random_value(struct kit *k, struct prng *p, unsigned depth);

static const ddbexpr_value *random_container(struct kit *k, struct prng *p, unsigned depth)
{
    const ddbexpr_value *members[3];
    const str names[] = {STR("b"), STR("c"), STR("d")};
    size_t count = prng_below(p, 4);
    for (size_t i = 0; i < count; i++)
        assert_non_null(members[i] = random_value(k, p, depth - 1));
    return prng_once_in(p, 2) ? ddbexpr_value_list(k->arena, members, count)
                              : ddbexpr_value_map(k->arena, names, members, count);
}

static const ddbexpr_value *random_value(struct kit *k, struct prng *p, unsigned depth)
{
    return depth > 0 && prng_once_in(p, 2) ? random_container(k, p, depth)
                                           : value_of(k->arena, constants[prng_below(p, CONSTANT_COUNT)]);
}

/* With its key; or NULL: there is none. */
static const ddbexpr_value *random_item(struct kit *k, struct prng *p)
{
    const str names[] = {STR("pk"), STR("a"), STR("b"), STR("c")};
    str used[4];
    const ddbexpr_value *members[4];
    size_t count = 0;
    if (prng_once_in(p, 8))
        return NULL;
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && prng_once_in(p, 3))
            continue;
        used[count] = names[i];
        members[count] = i ? random_value(k, p, 3) : value_of(k->arena, constants[4 + prng_below(p, 3)]);
        assert_non_null(members[count++]);
    }
    return ddbexpr_value_map(k->arena, used, members, count);
}

static void check_item(struct proof *p, const ddbexpr_program *program, const ddbexpr_value *item, const char *text)
{
    bool truth = false;
    assert_int_equal(ddbexpr_evaluate(program, item, &truth), DDBEXPR_OK);
    const struct facts *facts = truth ? &p->facts.when_true : &p->facts.when_false;
    for (size_t i = 0; i <= PATH_COUNT; i++) {
        struct document_path path = path_of(&p->kit, i < PATH_COUNT ? paths[i] : "");
        struct fact fact = facts_at(&p->given, facts, &path);
        if (!facts->impossible && fact_admits(&fact, path_find(&path, item)))
            continue;
        fprintf(stderr, "%s is %s, but of %s: ", text, truth ? "true" : "false",
                i < PATH_COUNT ? paths[i] : "the item");
        test_print_str("", facts->impossible ? STR("impossible") : fact_text(p, facts, i < PATH_COUNT ? paths[i] : ""));
        assert_value_is(item, "(an item of which the fact holds)");
    }
}

static void facts_hold_of_random_items(void **state)
{
    (void)state;
    struct prng p = {11};
    unsigned conditions = 0, says_something = 0, decided = 0;
    for (int round = 0; round < 20000; round++) {
        struct proof proof;
        struct kit *k = &proof.kit;
        kit_open(k);
        char text[4096], values[1024];
        struct text t = {.at = text};
        put_condition(&t, &p, prng_below(&p, 4));
        ddbexpr_program *program = kit_try(k, DDBEXPR_CONDITION, text, NULL, values_text(&t, values));
        if (program) {
            conditions++;
            proof.given = (struct facts_given){.key = prng_once_in(&p, 2) ? &key : NULL, .memory = {.arena = k->arena}};
            assert_true(facts_of_condition(&proof.given, program, &proof.facts));
            says_something += proof.facts.when_true.count > 0;
            decided += proof.facts.when_true.impossible || proof.facts.when_false.impossible;
            for (int i = 0; i < 30; i++)
                check_item(&proof, program, random_item(k, &p), text);
        }
        kit_close(k);
    }
    assert_true(conditions > 5000);
    assert_true(says_something > 2000);
    assert_true(decided > 100);
}

static void proving_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(
        &k, DDBEXPR_CONDITION,
        "(a.b[1] = :n OR a IN (:n, :m)) AND NOT (size(b) < :n OR c BETWEEN :n AND :m) AND (d = :n OR d = :m)", NULL,
        "{':n': 5, ':m': 9}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        arena *a = NULL;
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK) {
            struct facts_given given = {.memory = {.arena = a}};
            struct condition_facts facts;
            bool done = facts_of_condition(&given, program, &facts);
            assert_int_equal(done, !t.failed);
        }
        ddbexpr_arena_free(a);
    }
    kit_close(&k);
}

/* A fact judges values one by one; one that contradicts itself proves nothing. */
static void facts_admit_values(void **state)
{
    (void)state;
    static const struct {
        const char *condition, *value;
        bool admitted;
    } rows[] = {
        {"attribute_not_exists(a)", "1", false},
        {"attribute_exists(a)", "1", true},
        {"a < :n", "'x'", false},
        {"a < :n", "4", true},
        {"a < :n", "5", false},
        {"a IN (:n, :m)", "7", true},
        {"a IN (:n, :m)", "6", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct proof p;
        char condition[64];
        snprintf(condition, sizeof condition, "%s AND b IN (:n, :m)", rows[i].condition);
        open_proof(&p, condition, "{':n': 5, ':m': 7}");
        struct document_path path = path_of(&p.kit, "a");
        struct fact fact = facts_at(&p.given, &p.facts.when_true, &path);
        assert_int_equal(fact_admits(&fact, value_of(p.kit.arena, rows[i].value)), rows[i].admitted);
        assert_int_equal(fact_admits(&fact, NULL), i == 0);
        kit_close(&p.kit);
    }
    const struct fact never = {.may_exist = false};
    assert_true(fact_is_impossible(&never));
    assert_false(fact_proves_absence(&never) || fact_proves_existence(&never) || fact_admits(&never, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_prove_existence),    cmocka_unit_test(comparisons_prove_types_and_bounds),
        cmocka_unit_test(functions_prove_types),      cmocka_unit_test(and_meets_or_joins_not_swaps),
        cmocka_unit_test(contradictions_are_found),   cmocka_unit_test(unknown_values_prove_types_only),
        cmocka_unit_test(facts_hold_of_random_items), cmocka_unit_test(proving_may_run_out_of_memory),
        cmocka_unit_test(facts_admit_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
