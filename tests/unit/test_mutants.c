/* SPDX-License-Identifier: Apache-2.0 */
/* Mutants: which there are, and that each is what its text says; src/mutants. */
#include "conditions.h"
#include "kit.h"

#include <ddbexpr/mutants.h>

static ddbexpr_mutants *mutants_of(struct kit *k, const ddbexpr_program *program)
{
    ddbexpr_explanation *e = NULL;
    ddbexpr_mutants *m = NULL;
    assert_non_null(program);
    assert_int_equal(ddbexpr_explain(program, NULL, NULL, &k->memory.alloc, &e), DDBEXPR_OK);
    assert_int_equal(ddbexpr_mutants_new(e, &k->memory.alloc, &m), DDBEXPR_OK);
    ddbexpr_explanation_free(e);
    return m;
}

/* --- which there are --- */

static void put_mutant(const ddbexpr_mutants *m, size_t index, ddbexpr_buffer *out)
{
    const ddbexpr_mutant *mutant = ddbexpr_mutants_at(m, index);
    notation_put(out, ddbexpr_mutation_name(mutant->mutation));
    notation_put(out, " ");
    ddbexpr_buffer_append(out, str_slice(ddbexpr_mutants_text(m), mutant->span));
    notation_put(out, ": ");
    ddbexpr_buffer_append(out, mutant->description);
    if (mutant->has_text) {
        notation_put(out, " -> ");
        assert_int_equal(ddbexpr_mutants_write(m, index, out), DDBEXPR_OK);
    }
    notation_put(out, "\n");
}

static void test_listed(ddbexpr_kind kind, const char *text, const char *values, const char *expected, const char *file,
                        int line)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_mutants *m = mutants_of(&k, test_compile(&k, kind, text, NULL, values, file, line));
    kit_free_programs(&k); /* nothing of it is needed */
    ddbexpr_buffer_clear(k.text);
    for (size_t i = 0; i < ddbexpr_mutants_count(m); i++)
        put_mutant(m, i, k.text);
    test_str_equal(ddbexpr_buffer_text(k.text), ddbexpr_cstr(expected), file, line);
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

#define assert_listed(text, values, expected)                                                                          \
    test_listed(DDBEXPR_CONDITION, (text), (values), (expected), __FILE__, __LINE__)
#define assert_listed_of_key(text, values, expected)                                                                   \
    test_listed(DDBEXPR_KEY_CONDITION, (text), (values), (expected), __FILE__, __LINE__)

static void comparators_become_others(void **state)
{
    (void)state;
    assert_listed("a < :v", "{':v': 5}",
                  "constant a < :v: always false\n"
                  "constant a < :v: always true\n"
                  "negate a < :v: negated -> NOT a < :v\n"
                  "comparator <: `<` becomes `<=` -> a <= :v\n"
                  "comparator <: `<` becomes `<>` -> a <> :v\n"
                  "bound :v: `:v` is one less\n");
    assert_listed("a>=:v", "{':v': 5}",
                  "constant a>=:v: always false\n"
                  "constant a>=:v: always true\n"
                  "negate a>=:v: negated -> NOT a>=:v\n"
                  "comparator >=: `>=` becomes `>` -> a>:v\n"
                  "comparator >=: `>=` becomes `=` -> a=:v\n"
                  "bound :v: `:v` is one less\n");
    assert_listed(":v < a", "{':v': 5}",
                  "constant :v < a: always false\n"
                  "constant :v < a: always true\n"
                  "negate :v < a: negated -> NOT :v < a\n"
                  "comparator <: `<` becomes `<=` -> :v <= a\n"
                  "comparator <: `<` becomes `<>` -> :v <> a\n"
                  "bound :v: `:v` is one more\n");
    assert_listed("a <= :v", "{':v': 'x'}",
                  "constant a <= :v: always false\n"
                  "constant a <= :v: always true\n"
                  "negate a <= :v: negated -> NOT a <= :v\n"
                  "comparator <=: `<=` becomes `<` -> a < :v\n"
                  "comparator <=: `<=` becomes `=` -> a = :v\n");
    assert_listed("a > b", NULL,
                  "constant a > b: always false\n"
                  "constant a > b: always true\n"
                  "negate a > b: negated -> NOT a > b\n"
                  "comparator >: `>` becomes `>=` -> a >= b\n"
                  "comparator >: `>` becomes `<>` -> a <> b\n");
    assert_listed("a = :v", "{':v': 5}",
                  "constant a = :v: always false\n"
                  "constant a = :v: always true\n"
                  "negate =: `=` becomes `<>` -> a <> :v\n"
                  "comparator =: `=` becomes `<=` -> a <= :v\n"
                  "comparator =: `=` becomes `>=` -> a >= :v\n");
    assert_listed("a <> :v", "{':v': 5}",
                  "constant a <> :v: always false\n"
                  "constant a <> :v: always true\n"
                  "negate <>: `<>` becomes `=` -> a = :v\n"
                  "comparator <>: `<>` becomes `<` -> a < :v\n"
                  "comparator <>: `<>` becomes `>` -> a > :v\n");
    assert_listed("a = :v", "{':v': 'x'}",
                  "constant a = :v: always false\n"
                  "constant a = :v: always true\n"
                  "negate =: `=` becomes `<>` -> a <> :v\n");
    assert_listed("size(a) = :v", "{':v': 5}",
                  "constant size(a) = :v: always false\n"
                  "constant size(a) = :v: always true\n"
                  "comparator =: `=` becomes `<>` -> size(a) <> :v\n"
                  "comparator =: `=` becomes `<=` -> size(a) <= :v\n"
                  "comparator =: `=` becomes `>=` -> size(a) >= :v\n");
    assert_listed("b > size(a)", NULL,
                  "constant b > size(a): always false\n"
                  "constant b > size(a): always true\n"
                  "negate b > size(a): negated -> NOT b > size(a)\n"
                  "comparator >: `>` becomes `>=` -> b >= size(a)\n"
                  "comparator >: `>` becomes `<>` -> b <> size(a)\n"
                  "bound b: `b` is one less\n");
    assert_listed("a < :v", "{':v': 9.9999999999999999999999999999999999999E125}",
                  "constant a < :v: always false\n"
                  "constant a < :v: always true\n"
                  "negate a < :v: negated -> NOT a < :v\n"
                  "comparator <: `<` becomes `<=` -> a <= :v\n"
                  "comparator <: `<` becomes `<>` -> a <> :v\n"
                  "bound :v: `:v` is one less\n");
}

static void connectives_bind_as_the_changed_text_does(void **state)
{
    (void)state;
    const char *v = "{':v': 's'}";
    assert_listed("a = :v AND b = :v OR c = :v", v,
                  "constant a = :v AND b = :v OR c = :v: always true\n"
                  "drop a = :v AND b = :v: dropped -> c = :v\n"
                  "drop a = :v: dropped -> b = :v OR c = :v\n"
                  "negate =: `=` becomes `<>` -> a <> :v AND b = :v OR c = :v\n"
                  "connective AND: `AND` becomes `OR` -> a = :v OR b = :v OR c = :v\n"
                  "drop b = :v: dropped -> a = :v OR c = :v\n"
                  "negate =: `=` becomes `<>` -> a = :v AND b <> :v OR c = :v\n"
                  "connective OR: `OR` becomes `AND` -> a = :v AND b = :v AND c = :v\n"
                  "drop c = :v: dropped -> a = :v AND b = :v\n"
                  "negate =: `=` becomes `<>` -> a = :v AND b = :v OR c <> :v\n");
    assert_listed("(a = :v or b = :v)AND(c = :v)", v,
                  "constant (a = :v or b = :v)AND(c = :v): always false\n"
                  "drop (a = :v or b = :v): dropped -> (c = :v)\n"
                  "drop a = :v: dropped -> b = :v AND(c = :v)\n"
                  "negate =: `=` becomes `<>` -> (a <> :v or b = :v)AND(c = :v)\n"
                  "connective or: `OR` becomes `AND` -> (a = :v AND b = :v)AND(c = :v)\n"
                  "drop b = :v: dropped -> a = :v AND(c = :v)\n"
                  "negate =: `=` becomes `<>` -> (a = :v or b <> :v)AND(c = :v)\n"
                  "connective AND: `AND` becomes `OR` -> (a = :v or b = :v)OR(c = :v)\n"
                  "drop (c = :v): dropped -> (a = :v or b = :v)\n"
                  "negate =: `=` becomes `<>` -> (a = :v or b = :v)AND(c <> :v)\n");
    assert_listed("NOT (a = :v AND NOT b = :v)", v,
                  "constant NOT (a = :v AND NOT b = :v): always true\n"
                  "negate NOT: `NOT` dropped -> (a = :v AND NOT b = :v)\n"
                  "drop a = :v: dropped -> NOT NOT b = :v\n"
                  "negate =: `=` becomes `<>` -> NOT (a <> :v AND NOT b = :v)\n"
                  "connective AND: `AND` becomes `OR` -> NOT (a = :v OR NOT b = :v)\n"
                  "negate NOT: `NOT` dropped -> NOT (a = :v AND b = :v)\n"
                  "drop NOT b = :v: dropped -> NOT a = :v\n");
    assert_listed("a = :v AND (b = :v AND c = :v) AND d = :v", v,
                  "constant a = :v AND (b = :v AND c = :v) AND d = :v: always false\n"
                  "drop a = :v: dropped -> (b = :v AND c = :v) AND d = :v\n"
                  "negate =: `=` becomes `<>` -> a <> :v AND (b = :v AND c = :v) AND d = :v\n"
                  "connective AND: `AND` becomes `OR` -> a = :v OR (b = :v AND c = :v) AND d = :v\n"
                  "drop b = :v: dropped -> a = :v AND c = :v AND d = :v\n"
                  "negate =: `=` becomes `<>` -> a = :v AND (b <> :v AND c = :v) AND d = :v\n"
                  "connective AND: `AND` becomes `OR` -> a = :v AND (b = :v OR c = :v) AND d = :v\n"
                  "drop c = :v: dropped -> a = :v AND b = :v AND d = :v\n"
                  "negate =: `=` becomes `<>` -> a = :v AND (b = :v AND c <> :v) AND d = :v\n"
                  "connective AND: `AND` becomes `OR` -> a = :v AND (b = :v AND c = :v) OR d = :v\n"
                  "drop d = :v: dropped -> a = :v AND (b = :v AND c = :v)\n"
                  "negate =: `=` becomes `<>` -> a = :v AND (b = :v AND c = :v) AND d <> :v\n");
    assert_listed("((a = :v AND b = :v)OR c = :v) AND d = :v", v,
                  "constant ((a = :v AND b = :v)OR c = :v) AND d = :v: always false\n"
                  "drop ((a = :v AND b = :v)OR c = :v): dropped -> d = :v\n"
                  "drop (a = :v AND b = :v): dropped -> c = :v AND d = :v\n"
                  "drop a = :v: dropped -> (b = :v OR c = :v) AND d = :v\n"
                  "negate =: `=` becomes `<>` -> ((a <> :v AND b = :v)OR c = :v) AND d = :v\n"
                  "connective AND: `AND` becomes `OR` -> ((a = :v OR b = :v)OR c = :v) AND d = :v\n"
                  "drop b = :v: dropped -> (a = :v OR c = :v) AND d = :v\n"
                  "negate =: `=` becomes `<>` -> ((a = :v AND b <> :v)OR c = :v) AND d = :v\n"
                  "connective OR: `OR` becomes `AND` -> ((a = :v AND b = :v)AND c = :v) AND d = :v\n"
                  "drop c = :v: dropped -> (a = :v AND b = :v) AND d = :v\n"
                  "negate =: `=` becomes `<>` -> ((a = :v AND b = :v)OR c <> :v) AND d = :v\n"
                  "connective AND: `AND` becomes `OR` -> ((a = :v AND b = :v)OR c = :v) OR d = :v\n"
                  "drop d = :v: dropped -> ((a = :v AND b = :v)OR c = :v)\n"
                  "negate =: `=` becomes `<>` -> ((a = :v AND b = :v)OR c = :v) AND d <> :v\n");
}

static void nots_are_dropped(void **state)
{
    (void)state;
    assert_listed("NOT NOT a = :v", "{':v': 's'}",
                  "constant NOT NOT a = :v: always false\n"
                  "constant NOT NOT a = :v: always true\n"
                  "negate NOT: `NOT` dropped -> NOT a = :v\n");
    assert_listed("(NOT (a = :v OR b = :v)) AND c = :v", "{':v': 's'}",
                  "constant (NOT (a = :v OR b = :v)) AND c = :v: always false\n"
                  "negate NOT: `NOT` dropped -> (a = :v OR b = :v) AND c = :v\n"
                  "drop a = :v: dropped -> (NOT b = :v) AND c = :v\n"
                  "negate =: `=` becomes `<>` -> (NOT (a <> :v OR b = :v)) AND c = :v\n"
                  "connective OR: `OR` becomes `AND` -> (NOT (a = :v AND b = :v)) AND c = :v\n"
                  "drop b = :v: dropped -> (NOT a = :v) AND c = :v\n"
                  "negate =: `=` becomes `<>` -> (NOT (a = :v OR b <> :v)) AND c = :v\n"
                  "connective AND: `AND` becomes `OR` -> (NOT (a = :v OR b = :v)) OR c = :v\n"
                  "drop c = :v: dropped -> (NOT (a = :v OR b = :v))\n"
                  "negate =: `=` becomes `<>` -> (NOT (a = :v OR b = :v)) AND c <> :v\n");
}

static void functions_lists_and_bounds(void **state)
{
    (void)state;
    assert_listed(
        "attribute_exists(a)", NULL,
        "constant attribute_exists(a): always false\n"
        "constant attribute_exists(a): always true\n"
        "negate attribute_exists: `attribute_exists` becomes `attribute_not_exists` -> attribute_not_exists(a)\n");
    assert_listed(
        "attribute_not_exists(a.b[0])", NULL,
        "constant attribute_not_exists(a.b[0]): always false\n"
        "constant attribute_not_exists(a.b[0]): always true\n"
        "negate attribute_not_exists: `attribute_not_exists` becomes `attribute_exists` -> attribute_exists(a.b[0])\n");
    assert_listed("attribute_type(a, :t)", "{':t': 'S'}",
                  "constant attribute_type(a, :t): always false\n"
                  "constant attribute_type(a, :t): always true\n"
                  "negate attribute_type(a, :t): negated -> NOT attribute_type(a, :t)\n"
                  "function attribute_type: `attribute_type` becomes `attribute_exists` -> attribute_exists(a)\n");
    assert_listed("begins_with(a, :p)", "{':p': 'x'}",
                  "constant begins_with(a, :p): always false\n"
                  "constant begins_with(a, :p): always true\n"
                  "negate begins_with(a, :p): negated -> NOT begins_with(a, :p)\n"
                  "function begins_with: `begins_with` becomes `contains` -> contains(a, :p)\n"
                  "function begins_with: `begins_with` becomes `=` -> a = :p\n");
    assert_listed("contains(a, :p)", "{':p': 'x'}",
                  "constant contains(a, :p): always false\n"
                  "constant contains(a, :p): always true\n"
                  "negate contains(a, :p): negated -> NOT contains(a, :p)\n"
                  "function contains: `contains` becomes `begins_with` -> begins_with(a, :p)\n");
    assert_listed("contains(a, :p)", "{':p': 5}",
                  "constant contains(a, :p): always false\n"
                  "constant contains(a, :p): always true\n"
                  "negate contains(a, :p): negated -> NOT contains(a, :p)\n");
    assert_listed("a IN (:x, :y, (:x), b)", "{':x': 1, ':y': 2}",
                  "constant a IN (:x, :y, (:x), b): always false\n"
                  "constant a IN (:x, :y, (:x), b): always true\n"
                  "negate a IN (:x, :y, (:x), b): negated -> NOT a IN (:x, :y, (:x), b)\n"
                  "operand :y: `:y` is not in the list -> a IN (:x, (:x), b)\n"
                  "operand b: `b` is not in the list -> a IN (:x, :y, (:x))\n");
    assert_listed("a IN (:x)", "{':x': 1}",
                  "constant a IN (:x): always false\n"
                  "constant a IN (:x): always true\n"
                  "negate a IN (:x): negated -> NOT a IN (:x)\n");
    assert_listed("a BETWEEN :x AND :y", "{':x': 1, ':y': 2}",
                  "constant a BETWEEN :x AND :y: always false\n"
                  "constant a BETWEEN :x AND :y: always true\n"
                  "negate a BETWEEN :x AND :y: negated -> NOT a BETWEEN :x AND :y\n"
                  "bound :x: `:x` is excluded -> (a > :x AND a <= :y)\n"
                  "bound :x: `:x` is one less\n"
                  "bound :y: `:y` is excluded -> (a >= :x AND a < :y)\n"
                  "bound :y: `:y` is one more\n");
    assert_listed("c = :s OR(a BETWEEN :x AND b)", "{':x': 'a', ':s': 's'}",
                  "constant c = :s OR(a BETWEEN :x AND b): always true\n"
                  "drop c = :s: dropped -> (a BETWEEN :x AND b)\n"
                  "negate =: `=` becomes `<>` -> c <> :s OR(a BETWEEN :x AND b)\n"
                  "connective OR: `OR` becomes `AND` -> c = :s AND(a BETWEEN :x AND b)\n"
                  "drop (a BETWEEN :x AND b): dropped -> c = :s\n"
                  "negate a BETWEEN :x AND b: negated -> c = :s OR NOT (a BETWEEN :x AND b)\n"
                  "bound :x: `:x` is excluded -> c = :s OR(a > :x AND a <= b)\n"
                  "bound :x: `:x` is no bound -> c = :s OR(a <= b)\n"
                  "bound b: `b` is excluded -> c = :s OR(a >= :x AND a < b)\n"
                  "bound b: `b` is no bound -> c = :s OR(a >= :x)\n");
    assert_listed("size(a) BETWEEN b AND c", NULL,
                  "constant size(a) BETWEEN b AND c: always false\n"
                  "constant size(a) BETWEEN b AND c: always true\n"
                  "negate size(a) BETWEEN b AND c: negated -> NOT size(a) BETWEEN b AND c\n"
                  "bound b: `b` is excluded -> (size(a) > b AND size(a) <= c)\n"
                  "bound b: `b` is one less\n"
                  "bound c: `c` is excluded -> (size(a) >= b AND size(a) < c)\n"
                  "bound c: `c` is one more\n");
}

static void key_conditions_stay_key_conditions(void **state)
{
    (void)state;
    const char *v = "{':p': 's', ':v': 3, ':w': 4}";
    assert_listed_of_key("a = :p", "{':p': 's'}", "constant a = :p: always false\n");
    assert_listed_of_key("a = :p AND b < :v", "{':p': 's', ':v': 3}",
                         "constant a = :p AND b < :v: always false\n"
                         "drop b < :v: dropped -> a = :p\n"
                         "comparator <: `<` becomes `<=` -> a = :p AND b <= :v\n"
                         "bound :v: `:v` is one less\n");
    assert_listed_of_key("a = :p AND b BETWEEN :v AND :w", v,
                         "constant a = :p AND b BETWEEN :v AND :w: always false\n"
                         "drop b BETWEEN :v AND :w: dropped -> a = :p\n"
                         "bound :v: `:v` is excluded\n"
                         "bound :v: `:v` is one less\n"
                         "bound :w: `:w` is excluded\n"
                         "bound :w: `:w` is one more\n");
    assert_listed_of_key("a = :p AND begins_with(b, :v)", "{':p': 's', ':v': 's'}",
                         "constant a = :p AND begins_with(b, :v): always false\n"
                         "drop begins_with(b, :v): dropped -> a = :p\n"
                         "function begins_with: `begins_with` becomes `=` -> a = :p AND b = :v\n");
}

/* What attribute_exists, begins_with or a number would not be understood of has no such mutant. */
static void mutants_can_be_written(void **state)
{
    (void)state;
    assert_listed("attribute_type(:v, :t)", "{':v': 1, ':t': 'N'}",
                  "constant attribute_type(:v, :t): always false\n"
                  "constant attribute_type(:v, :t): always true\n"
                  "negate attribute_type(:v, :t): negated -> NOT attribute_type(:v, :t)\n");
    assert_listed("attribute_type(size(a), :t)", "{':t': 'N'}",
                  "constant attribute_type(size(a), :t): always false\n"
                  "constant attribute_type(size(a), :t): always true\n"
                  "negate attribute_type(size(a), :t): negated -> NOT attribute_type(size(a), :t)\n");
    assert_listed("a < size(b)", NULL,
                  "constant a < size(b): always false\n"
                  "constant a < size(b): always true\n"
                  "negate a < size(b): negated -> NOT a < size(b)\n"
                  "comparator <: `<` becomes `<=` -> a <= size(b)\n"
                  "comparator <: `<` becomes `<>` -> a <> size(b)\n"
                  "bound a: `a` is one more\n");
    assert_listed("size(a) <= size(b)", NULL,
                  "constant size(a) <= size(b): always false\n"
                  "constant size(a) <= size(b): always true\n"
                  "negate size(a) <= size(b): negated -> NOT size(a) <= size(b)\n"
                  "comparator <=: `<=` becomes `<` -> size(a) < size(b)\n"
                  "comparator <=: `<=` becomes `=` -> size(a) = size(b)\n"
                  "bound size(b): `size(b)` is one more\n");
    assert_listed(":v = size(a)", "{':v': 1}",
                  "constant :v = size(a): always false\n"
                  "constant :v = size(a): always true\n"
                  "comparator =: `=` becomes `<>` -> :v <> size(a)\n"
                  "comparator =: `=` becomes `<=` -> :v <= size(a)\n"
                  "comparator =: `=` becomes `>=` -> :v >= size(a)\n");
    assert_listed("size(:v) > n", "{':v': 'ab'}",
                  "constant size(:v) > n: always false\n"
                  "constant size(:v) > n: always true\n"
                  "negate size(:v) > n: negated -> NOT size(:v) > n\n"
                  "comparator >: `>` becomes `>=` -> size(:v) >= n\n"
                  "comparator >: `>` becomes `<>` -> size(:v) <> n\n"
                  "bound n: `n` is one more\n");
    assert_listed("a <= :v", "{':v': 9.9999999999999999999999999999999999999E125}",
                  "constant a <= :v: always false\n"
                  "constant a <= :v: always true\n"
                  "negate a <= :v: negated -> NOT a <= :v\n"
                  "comparator <=: `<=` becomes `<` -> a < :v\n"
                  "comparator <=: `<=` becomes `=` -> a = :v\n");
    assert_listed("a IN (b, c) AND a IN (b)", NULL,
                  "constant a IN (b, c) AND a IN (b): always false\n"
                  "drop a IN (b, c): dropped -> a IN (b)\n"
                  "negate a IN (b, c): negated -> NOT a IN (b, c) AND a IN (b)\n"
                  "operand b: `b` is not in the list -> a IN (c) AND a IN (b)\n"
                  "operand c: `c` is not in the list -> a IN (b) AND a IN (b)\n"
                  "connective AND: `AND` becomes `OR` -> a IN (b, c) OR a IN (b)\n"
                  "drop a IN (b): dropped -> a IN (b, c)\n"
                  "negate a IN (b): negated -> a IN (b, c) AND NOT a IN (b)\n");
    assert_listed("NOT(a = :v AND b = :v)", "{':v': 1}",
                  "constant NOT(a = :v AND b = :v): always true\n"
                  "negate NOT: `NOT` dropped -> (a = :v AND b = :v)\n"
                  "drop a = :v: dropped -> NOT b = :v\n"
                  "negate =: `=` becomes `<>` -> NOT(a <> :v AND b = :v)\n"
                  "comparator =: `=` becomes `<=` -> NOT(a <= :v AND b = :v)\n"
                  "comparator =: `=` becomes `>=` -> NOT(a >= :v AND b = :v)\n"
                  "connective AND: `AND` becomes `OR` -> NOT(a = :v OR b = :v)\n"
                  "drop b = :v: dropped -> NOT a = :v\n"
                  "negate =: `=` becomes `<>` -> NOT(a = :v AND b <> :v)\n"
                  "comparator =: `=` becomes `<=` -> NOT(a = :v AND b <= :v)\n"
                  "comparator =: `=` becomes `>=` -> NOT(a = :v AND b >= :v)\n");
    assert_listed("a = :v AND(b = :v)AND c = :v", "{':v': 'x'}",
                  "constant a = :v AND(b = :v)AND c = :v: always false\n"
                  "drop a = :v: dropped -> (b = :v)AND c = :v\n"
                  "negate =: `=` becomes `<>` -> a <> :v AND(b = :v)AND c = :v\n"
                  "connective AND: `AND` becomes `OR` -> a = :v OR(b = :v)AND c = :v\n"
                  "drop (b = :v): dropped -> a = :v AND c = :v\n"
                  "negate =: `=` becomes `<>` -> a = :v AND(b <> :v)AND c = :v\n"
                  "connective AND: `AND` becomes `OR` -> a = :v AND(b = :v)OR c = :v\n"
                  "drop c = :v: dropped -> a = :v AND(b = :v)\n"
                  "negate =: `=` becomes `<>` -> a = :v AND(b = :v)AND c <> :v\n");
}

static void the_same_is_not_listed(void **state)
{
    (void)state;
    const char *v = "{':v': 's'}";
    assert_listed("a = :v AND a = :v", v, "constant a = :v AND a = :v: always false\n");
    assert_listed("a = :v OR NOT a = :v", v,
                  "drop a = :v: dropped -> NOT a = :v\n"
                  "connective OR: `OR` becomes `AND` -> a = :v AND NOT a = :v\n"
                  "negate NOT: `NOT` dropped -> a = :v OR a = :v\n");
    assert_listed("a = :v AND (a = :v OR b = :v)", v,
                  "constant a = :v AND (a = :v OR b = :v): always false\n"
                  "drop a = :v: dropped -> (a = :v OR b = :v)\n"
                  "negate =: `=` becomes `<>` -> a <> :v AND (a = :v OR b = :v)\n"
                  "drop a = :v: dropped -> a = :v AND b = :v\n");
}

/* --- each mutant is what its text says --- */

/* A clause of any kind over x0 to x3, written with the values of random_values. */
static size_t put_clause(struct prng *p, char *out)
{
    static const char *const comparators[] = {"=", "<>", "<", "<=", ">", ">="};
    static const char *const values[] = {":n", ":m", ":s", ":t"};
    const char *comparator = comparators[prng_below(p, 6)], *v = values[prng_below(p, 4)];
    unsigned x = prng_below(p, 4), y = (x + 1 + prng_below(p, 3)) % 4;
    bool number = prng_once_in(p, 2);
    switch (prng_below(p, 13)) {
    case 0:
        return (size_t)sprintf(out, "attribute_exists(x%u)", x);
    case 1:
        return (size_t)sprintf(out, "attribute_not_exists ( x%u )", x);
    case 2:
        return (size_t)sprintf(out, "attribute_type(x%u,:type)", x);
    case 3:
        return (size_t)sprintf(out, "begins_with(x%u, %s)", x, number ? ":s" : ":t");
    case 4:
        return (size_t)sprintf(out, "contains(x%u, %s)", x, v);
    case 5:
        return (size_t)sprintf(out, "x%u IN (%s, :n,(:t),x%u , :m)", x, v, y);
    case 6:
        return (size_t)sprintf(out, number ? "x%u BETWEEN :n AND :m" : "x%u BETWEEN :s and :t", x);
    case 7:
        return (size_t)sprintf(out, "%s BETWEEN x%u AND x%u", v, x, y);
    case 8:
        return (size_t)sprintf(out, "size(x%u) %s %s", x, comparator, v);
    case 9:
        return (size_t)sprintf(out, "x%u%sx%u", x, comparator, y);
    case 10:
        return (size_t)sprintf(out, "%s %s x%u", v, comparator, x);
    default:
        return (size_t)sprintf(out, "x%u%s%s", x, comparator, v);
    }
}

/* Clauses, some in parentheses, some after NOT, joined without regard to precedence. */
static size_t put_wild_condition(struct prng *p, char *out, unsigned depth)
{
    size_t n = 0;
    unsigned parts = depth ? 1 + prng_below(p, 4) : 1;
    for (unsigned i = 0; i < parts; i++) {
        if (i)
            n += (size_t)sprintf(out + n, prng_once_in(p, 2) ? " AND " : " or ");
        if (prng_once_in(p, 4))
            n += (size_t)sprintf(out + n, "NOT ");
        bool parentheses = prng_once_in(p, 3);
        if (parentheses && n && prng_once_in(p, 2))
            n--; /* the blank before them */
        n += (size_t)sprintf(out + n, parentheses ? "(" : "");
        n += parentheses && depth ? put_wild_condition(p, out + n, depth - 1) : put_clause(p, out + n);
        n += (size_t)sprintf(out + n, parentheses ? ")" : "");
    }
    return n;
}

static const char *random_number(struct prng *p)
{
    static const char *const numbers[] = {"0", "1", "2", "3", "1.5", "-1"};
    return numbers[prng_below(p, 6)];
}

static const char *random_string(struct prng *p)
{
    static const char *const strings[] = {"''", "'a'", "'b'", "'ab'", "'ba'"};
    return strings[prng_below(p, 5)];
}

static const char *random_value(struct prng *p)
{
    static const char *const others[] = {"true", "<'a', 'b'>", "<1, 2>", "[1, 'a']", "b'a'", "null", "{k: 1}"};
    return prng_once_in(p, 5) ? others[prng_below(p, 7)] : prng_once_in(p, 2) ? random_string(p) : random_number(p);
}

static const ddbexpr_value *random_item(struct prng *p, ddbexpr_arena *a)
{
    char item[256] = "{";
    size_t n = 1;
    for (unsigned x = 0; x < 4; x++)
        if (!prng_once_in(p, 6))
            n += (size_t)sprintf(item + n, "%sx%u: %s", n > 1 ? ", " : "", x, random_value(p));
    sprintf(item + n, "}");
    return value_of(a, item);
}

static void put_random_values(struct prng *p, char *out)
{
    static const char *const types[] = {"'S'", "'N'", "'SS'", "'L'"};
    sprintf(out, "{':n': %s, ':m': %s, ':s': %s, ':t': %s, ':type': %s}", random_number(p), random_number(p),
            random_string(p), random_string(p), types[prng_below(p, 4)]);
}

static ddbexpr_program *compile(struct kit *k, str text, const char *values)
{
    ddbexpr_bindings bindings = *bindings_of(k->arena, NULL, values);
    bindings.allow_unused = true;
    ddbexpr_program *program = NULL;
    ddbexpr_diags_clear(k->diags);
    ddbexpr_status status = ddbexpr_compile(DDBEXPR_CONDITION, text, &bindings, &k->memory.alloc, k->diags, &program);
    assert_int_equal(status == DDBEXPR_OK, program != NULL);
    return program;
}

static bool evaluate(const ddbexpr_program *program, const ddbexpr_value *item)
{
    bool matched = false;
    assert_int_equal(ddbexpr_evaluate(program, item, &matched), DDBEXPR_OK);
    return matched;
}

static bool evaluate_mutant(ddbexpr_mutants *m, size_t index, const ddbexpr_program *program, const ddbexpr_value *item)
{
    bool matched = false;
    assert_int_equal(ddbexpr_mutants_evaluate(m, index, program, item, &matched), DDBEXPR_OK);
    return matched;
}

/* The text of a mutant that moves a number has the operand replaced by a placeholder for what is beside it. */
static ddbexpr_program *compile_mutant(struct kit *k, const ddbexpr_mutants *m, size_t index, const char *values)
{
    const ddbexpr_mutant *mutant = ddbexpr_mutants_at(m, index);
    str text = ddbexpr_mutants_text(m), operand = str_slice(text, mutant->span);
    ddbexpr_buffer_clear(k->text);
    char all[256];
    if (mutant->has_text) {
        assert_int_equal(ddbexpr_mutants_write(m, index, k->text), DDBEXPR_OK);
        return compile(k, ddbexpr_buffer_text(k->text), values);
    }
    if (mutant->mutation != DDBEXPR_MUTATION_BOUND || operand.ptr[0] != ':')
        return NULL;
    const ddbexpr_value *v = ddbexpr_value_get(value_of(k->arena, values), operand);
    ddbexpr_value_print_number(v, k->text);
    double number = strtod(ddbexpr_buffer_text(k->text).ptr, NULL);
    bool more = strstr(mutant->description.ptr, "one more") != NULL;
    sprintf(all, "%.*s, ':beside': %g}", (int)strlen(values) - 1, values, number + (more ? 1 : -1));
    ddbexpr_buffer_clear(k->text);
    ddbexpr_buffer_append(k->text, str_of(text.ptr, mutant->span.start));
    notation_put(k->text, ":beside");
    ddbexpr_buffer_append(k->text, str_of(text.ptr + mutant->span.end, text.len - mutant->span.end));
    return compile(k, ddbexpr_buffer_text(k->text), all);
}

/* What was refused for its constants' order (BETWEEN 3 AND 2) is no fault of the mutant. */
static bool is_refused_for_bounds(const ddbexpr_diags *diags)
{
    const ddbexpr_diag *verdict = ddbexpr_diags_verdict(diags);
    return verdict && strcmp(ddbexpr_diag_name(verdict), "between-bounds") == 0;
}

struct counts {
    size_t mutants, compiled, killed;
};

static void check_mutants(struct kit *k, struct prng *p, const ddbexpr_program *program, const char *values,
                          struct counts *counts)
{
    ddbexpr_mutants *m = mutants_of(k, program);
    const ddbexpr_value *items[12] = {NULL};
    for (size_t i = 1; i < 12; i++)
        items[i] = random_item(p, k->arena);
    size_t calls = k->memory.calls;
    for (size_t i = 0; i < ddbexpr_mutants_count(m); i++)
        evaluate_mutant(m, i, program, items[i % 12]);
    assert_int_equal(k->memory.calls, calls);
    for (size_t i = 0; i < ddbexpr_mutants_count(m); i++) {
        ddbexpr_program *changed = compile_mutant(k, m, i, values);
        const ddbexpr_mutant *mutant = ddbexpr_mutants_at(m, i);
        counts->mutants++;
        if (!changed && mutant->has_text && !is_refused_for_bounds(k->diags)) {
            test_print_str("refused: ", ddbexpr_buffer_text(k->text));
            kit_print_diags(k->diags);
            fail();
        }
        if (mutant->mutation == DDBEXPR_MUTATION_CONSTANT)
            assert_int_equal(evaluate_mutant(m, i, program, items[1]),
                             str_equal(mutant->description, STR("always true")));
        if (!changed)
            continue;
        counts->compiled++;
        for (size_t j = 0; j < 12; j++)
            if (evaluate(changed, items[j]) != evaluate_mutant(m, i, program, items[j])) {
                test_print_str("condition: ", ddbexpr_mutants_text(m));
                test_print_str("mutant:    ", ddbexpr_buffer_text(k->text));
                fprintf(stderr, "values: %s\n", values);
                assert_value_is(items[j], "");
            }
        ddbexpr_program_free(changed);
    }
    for (size_t j = 0; j < 12; j++) {
        ddbexpr_explanation *e = NULL;
        size_t killed = 0, expected = 0;
        for (size_t i = 0; i < ddbexpr_mutants_count(m); i++)
            expected += !ddbexpr_mutants_at(m, i)->killed &&
                        evaluate_mutant(m, i, program, items[j]) != evaluate(program, items[j]);
        assert_int_equal(ddbexpr_explain(program, items[j], NULL, &k->memory.alloc, &e), DDBEXPR_OK);
        calls = k->memory.calls;
        assert_int_equal(ddbexpr_mutants_kill(m, e, &killed), DDBEXPR_OK);
        assert_int_equal(k->memory.calls, calls);
        assert_int_equal(killed, expected);
        counts->killed += killed;
        ddbexpr_explanation_free(e);
    }
    ddbexpr_mutants_free(m);
}

static void mutants_are_what_their_texts_say(void **state)
{
    (void)state;
    struct prng p = {23};
    struct counts counts = {0};
    for (int round = 0; round < 600; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096], values[256];
        size_t length = put_wild_condition(&p, text, 2);
        put_random_values(&p, values);
        ddbexpr_program *program = compile(&k, str_of(text, length), values);
        if (program)
            check_mutants(&k, &p, program, values, &counts);
        ddbexpr_program_free(program);
        kit_close(&k);
    }
    assert_true(counts.mutants > 6000 && counts.compiled > counts.mutants * 8 / 10);
    assert_true(counts.killed > counts.mutants / 3);
}

/* --- items that tell a mutant from the condition --- */

static bool find_witness(struct kit *k, ddbexpr_mutants *m, size_t index, const ddbexpr_program *program,
                         const ddbexpr_value *item, const ddbexpr_value *key)
{
    const ddbexpr_witness_options options = {.size = sizeof options, .key = key};
    bool found = false;
    const ddbexpr_value *witness = NULL;
    assert_int_equal(ddbexpr_mutants_witness(m, index, program, item, &options, k->arena, &found, &witness),
                     DDBEXPR_OK);
    if (!found) {
        assert_null(witness);
        return false;
    }
    assert_true(!witness || !ddbexpr_item_is_faulty(witness));
    assert_int_not_equal(evaluate(program, witness), evaluate_mutant(m, index, program, witness));
    for (size_t i = 0; witness && i < ddbexpr_value_count(key); i++) {
        const ddbexpr_value *kept = ddbexpr_value_get(witness, ddbexpr_value_name_at(key, i));
        assert_true(kept && ddbexpr_value_equal(kept, ddbexpr_value_at(key, i)));
    }
    return true;
}

static void simple_conditions_have_all_witnesses(void **state)
{
    (void)state;
    static const char *const conditions[] = {
        "a < :n",
        "a >= :n AND b <= :n",
        "a <> :n",
        "a = :n OR a = :s",
        "size(a) = :n AND attribute_type(b, :type)",
        "a BETWEEN :n AND :m AND NOT (b BETWEEN :s AND :t OR c IN (:n, :m, :s))",
        "attribute_not_exists(pk) OR version = :n",
        "begins_with(a, :s) AND contains(b, :t)",
        "NOT (a.b = :n AND c[1] < :m) OR attribute_exists(d)",
        "(a = :s OR b = :s) AND (c = :s OR d = :s) AND e = :s",
        "a < b",
    };
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct kit k;
        kit_open(&k);
        const char *values = "{':n': 3, ':m': 7, ':s': 'a', ':t': 'b', ':type': 'SS'}";
        ddbexpr_program *program = compile(&k, ddbexpr_cstr(conditions[i]), values);
        ddbexpr_mutants *m = mutants_of(&k, program);
        const ddbexpr_value *key = value_of(k.arena, "{pk: 'x'}");
        for (size_t j = 0; j < ddbexpr_mutants_count(m); j++)
            if (!find_witness(&k, m, j, program, NULL, key) || !find_witness(&k, m, j, program, key, key)) {
                put_mutant(m, j, k.text);
                test_print_str("no witness: ", ddbexpr_buffer_text(k.text));
                fail();
            }
        ddbexpr_mutants_free(m);
        ddbexpr_program_free(program);
        kit_close(&k);
    }
}

/* What some random item tells, a witness should be found for. */
static void witnesses_are_seldom_missed(void **state)
{
    (void)state;
    struct prng p = {25};
    size_t possible = 0, found = 0;
    for (int round = 0; round < 200; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096], values[256];
        size_t length = put_wild_condition(&p, text, 1);
        put_random_values(&p, values);
        ddbexpr_program *program = compile(&k, str_of(text, length), values);
        ddbexpr_mutants *m = program ? mutants_of(&k, program) : NULL;
        const ddbexpr_value *items[60], *key = value_of(k.arena, "{pk: 1}");
        for (size_t i = 0; i < 60; i++)
            items[i] = random_item(&p, k.arena);
        for (size_t i = 0; m && i < ddbexpr_mutants_count(m); i++) {
            bool told = false;
            for (size_t j = 0; j < 60; j++)
                told |= evaluate(program, items[j]) != evaluate_mutant(m, i, program, items[j]);
            bool has = find_witness(&k, m, i, program, NULL, key);
            possible += told;
            found += told && has;
        }
        ddbexpr_mutants_free(m);
        ddbexpr_program_free(program);
        kit_close(&k);
    }
    assert_true(possible > 1000 && found > possible * 95 / 100);
}

/* --- no mutant is the same as another --- */

/* Outcomes of all items of x0 to x11 that are or are not :v, for the variables that the condition has. */
static void each_mutant_is_another_condition(void **state)
{
    (void)state;
    struct prng p = {24};
    size_t mutants = 0;
    for (int round = 0; round < 40; round++) {
        struct kit k;
        kit_open(&k);
        char text[4096];
        unsigned leaves = 0;
        put_condition(&p, text, 3, &leaves);
        const ddbexpr_program *program = kit_try(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 's'}");
        ddbexpr_mutants *m = program ? mutants_of(&k, program) : NULL;
        size_t count = m ? ddbexpr_mutants_count(m) : 0;
        uint8_t(*seen)[4096] = calloc(count + 1, sizeof *seen);
        assert_non_null(seen);
        for (unsigned bits = 0; m && bits < 4096; bits++) {
            struct arena_mark mark = arena_mark(k.arena);
            char item[256] = "{";
            size_t n = 1;
            for (unsigned x = 0; x < 12; x++)
                n += (size_t)sprintf(item + n, "%sx%u: '%s'", x ? ", " : "", x, bits >> x & 1 ? "s" : "");
            sprintf(item + n, "}");
            const ddbexpr_value *v = value_of(k.arena, item);
            for (size_t i = 0; i < count; i++)
                seen[i][bits] = evaluate_mutant(m, i, program, v);
            seen[count][bits] = evaluate(program, v);
            arena_rewind(k.arena, mark);
        }
        for (size_t i = 0; i < count; i++)
            for (size_t j = i + 1; j <= count; j++)
                assert_memory_not_equal(seen[i], seen[j], sizeof *seen);
        mutants += count;
        free(seen);
        ddbexpr_mutants_free(m);
        kit_close(&k);
    }
    assert_true(mutants > 250);
}

/* --- other values, wrong use, no memory --- */

static void numbers_without_room_move_to_their_neighbours(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "a <= :v", NULL, "{':v': 1E50}");
    ddbexpr_mutants *m = mutants_of(&k, program);
    size_t bound = ddbexpr_mutants_count(m) - 1;
    assert_str_is(ddbexpr_mutants_at(m, bound)->description, "`:v` is one more");
    assert_false(evaluate(program, value_of(k.arena, "{a: 1.0000000000000000000000000000000000001E50}")));
    assert_true(
        evaluate_mutant(m, bound, program, value_of(k.arena, "{a: 1.0000000000000000000000000000000000001E50}")));
    assert_false(
        evaluate_mutant(m, bound, program, value_of(k.arena, "{a: 1.0000000000000000000000000000000000002E50}")));
    /* other values of the same condition: a number without a neighbour, and none */
    ddbexpr_program *other =
        kit_compile(&k, DDBEXPR_CONDITION, "a <= :v", NULL, "{':v': 9.9999999999999999999999999999999999999E125}");
    assert_true(evaluate_mutant(m, bound, other, value_of(k.arena, "{a: 5}")));
    other = kit_compile(&k, DDBEXPR_CONDITION, "a <= :v", NULL, "{':v': 'x'}");
    assert_true(evaluate_mutant(m, bound, other, value_of(k.arena, "{a: 'x'}")));
    assert_false(evaluate_mutant(m, bound, other, value_of(k.arena, "{a: 'y'}")));
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

static void other_conditions_are_refused(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "a = :v", NULL, "{':v': 1}");
    ddbexpr_mutants *m = mutants_of(&k, program);
    size_t count = ddbexpr_mutants_count(m), killed = 12345;
    const ddbexpr_program *others[] = {kit_compile(&k, DDBEXPR_FILTER, "a = :v", NULL, "{':v': 1}"),
                                       kit_compile(&k, DDBEXPR_CONDITION, "b = :v", NULL, "{':v': 1}")};
    bool matched = false;
    for (int i = 0; i < 2; i++) {
        ddbexpr_explanation *e = NULL;
        assert_int_equal(ddbexpr_explain(others[i], NULL, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
        assert_int_equal(ddbexpr_mutants_kill(m, e, &killed), DDBEXPR_MISUSE);
        assert_int_equal(ddbexpr_mutants_evaluate(m, 0, others[i], NULL, &matched), DDBEXPR_MISUSE);
        ddbexpr_explanation_free(e);
    }
    assert_int_equal(killed, 12345);
    assert_int_equal(ddbexpr_mutants_evaluate(m, count, program, NULL, &matched), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_mutants_evaluate(m, 0, program, value_of(k.arena, "1"), &matched), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_mutants_evaluate(m, 0, program, value_of(k.arena, "{a: SS<>}"), &matched), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_mutants_write(m, count, k.text), DDBEXPR_MISUSE);
    assert_null(ddbexpr_mutants_at(m, count));
    assert_int_equal(ddbexpr_mutants_killed_count(m), 0);
    assert_int_equal(ddbexpr_mutants_kind(m), DDBEXPR_CONDITION);
    ddbexpr_mutants_free(m);
    ddbexpr_mutants_free(NULL);
    kit_close(&k);
}

static void the_dead_stay_dead(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, "a < :v", NULL, "{':v': 5}");
    ddbexpr_mutants *m = mutants_of(&k, program);
    static const char *const items[] = {"{a: 3}", "{a: 3}", "{a: 5}", "{a: 4.5}", "{}"};
    static const size_t killed_then[] = {2, 2, 4, 5, 6};
    for (int i = 0; i < 5; i++) {
        ddbexpr_explanation *e = NULL;
        assert_int_equal(ddbexpr_explain(program, value_of(k.arena, items[i]), NULL, &k.memory.alloc, &e), DDBEXPR_OK);
        assert_int_equal(ddbexpr_mutants_kill(m, e, NULL), DDBEXPR_OK);
        ddbexpr_explanation_free(e);
        assert_int_equal(ddbexpr_mutants_killed_count(m), killed_then[i]);
    }
    assert_int_equal(ddbexpr_mutants_count(m), 6);
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

/* A text as long as it may be: mutants that are longer have no text. */
static void long_conditions_have_many_mutants(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[8192];
    size_t n = 0;
    for (unsigned i = 0; i < 150; i++)
        n += (size_t)sprintf(text + n, "%sx%u<:v", i ? " AND " : "", i);
    memset(text + n, ' ', 4096 - n);
    text[4096] = '\0';
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 5}");
    ddbexpr_mutants *m = mutants_of(&k, program);
    assert_int_equal(ddbexpr_mutants_count(m), 1 + 150 * 5 + 149);
    for (size_t i = 0; i < ddbexpr_mutants_count(m); i++) {
        const ddbexpr_mutant *mutant = ddbexpr_mutants_at(m, i);
        bool shorter = mutant->mutation == DDBEXPR_MUTATION_DROP || mutant->mutation == DDBEXPR_MUTATION_CONNECTIVE;
        assert_int_equal(mutant->has_text, shorter);
    }
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

/* 300 operators are allowed: what has one more has no text. */
static void conditions_full_of_operators(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char text[4096] = "NOT contains(x, :v)";
    for (unsigned i = 1; i < 150; i++)
        sprintf(text + strlen(text), " AND contains(x%u, :v)", i);
    ddbexpr_mutants *m = mutants_of(&k, kit_compile(&k, DDBEXPR_CONDITION, text, NULL, "{':v': 'x'}"));
    size_t negations = 0;
    for (size_t i = 0; i < ddbexpr_mutants_count(m); i++) {
        const ddbexpr_mutant *mutant = ddbexpr_mutants_at(m, i);
        bool one_more = mutant->mutation == DDBEXPR_MUTATION_NEGATE && mutant->clause != 0;
        assert_int_equal(mutant->has_text, !one_more && mutant->mutation != DDBEXPR_MUTATION_CONSTANT);
        negations += one_more;
    }
    assert_int_equal(negations, 149);
    ddbexpr_mutants_free(m);
    kit_close(&k);
}

static void mutants_may_run_out_of_memory(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a < :v AND NOT (b IN (:v, c) OR a BETWEEN :v AND d) AND begins_with(a, b)",
        "NOT(a = :v AND b = :v)", /* these two need blanks where something is dropped */
        "a = :v AND(b = :v)AND c = :v",
    };
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const ddbexpr_program *program = kit_compile(&k, DDBEXPR_CONDITION, texts[i], NULL, "{':v': 5}");
        ddbexpr_explanation *e = NULL;
        assert_int_equal(ddbexpr_explain(program, NULL, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_mutants *m = NULL;
            ddbexpr_status status = ddbexpr_mutants_new(e, &t.alloc, &m);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(m != NULL, status == DDBEXPR_OK);
            ddbexpr_mutants_free(m);
        }
        ddbexpr_explanation_free(e);
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparators_become_others),
        cmocka_unit_test(connectives_bind_as_the_changed_text_does),
        cmocka_unit_test(nots_are_dropped),
        cmocka_unit_test(functions_lists_and_bounds),
        cmocka_unit_test(key_conditions_stay_key_conditions),
        cmocka_unit_test(mutants_can_be_written),
        cmocka_unit_test(the_same_is_not_listed),
        cmocka_unit_test(mutants_are_what_their_texts_say),
        cmocka_unit_test(simple_conditions_have_all_witnesses),
        cmocka_unit_test(witnesses_are_seldom_missed),
        cmocka_unit_test(each_mutant_is_another_condition),
        cmocka_unit_test(numbers_without_room_move_to_their_neighbours),
        cmocka_unit_test(other_conditions_are_refused),
        cmocka_unit_test(the_dead_stay_dead),
        cmocka_unit_test(long_conditions_have_many_mutants),
        cmocka_unit_test(conditions_full_of_operators),
        cmocka_unit_test(mutants_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
