/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values: building, reading, faults, order, size, printing, paths; value.c, compare.c, size.c, fault.c,
 * print.c and path.c, which have no life apart from values. */
#include "kit.h"

#include "value/path.h"
#include "value/print.h"

static void values_read_back(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static const char *const texts[] = {
        "'text'",           "''", "12.5",   "b'bytes'",      "true",           "false",  "null",  "[]",
        "[1, 'a', [null]]", "{}", "{a: 1}", "{b: {c: [1]}}", "<'a', 'b', ''>", "<1, 2>", "<b'x'>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(ddbexpr_value_is_faulty(value_of(k.arena, texts[i])));
    assert_value_is(value_of(k.arena, "[1, 'a', [null]]"), "[1, 'a', [null]]");
    assert_value_is(value_of(k.arena, "<'b', '', 'a'>"), "<'', 'a', 'b'>"); /* sorted: ruling 19 */
    assert_value_is(value_of(k.arena, "<10, 9, -1>"), "<-1, 9, 10>");
    const ddbexpr_value *map = value_of(k.arena, "{a: 1, b: 'x'}");
    assert_int_equal(ddbexpr_value_count(map), 2);
    assert_str_is(ddbexpr_value_name_at(map, 1), "b");
    assert_value_is(ddbexpr_value_get(map, STR("b")), "'x'");
    assert_null(ddbexpr_value_get(map, STR("c")));
    assert_null(ddbexpr_value_at(map, 2));
    assert_null(ddbexpr_value_get(ddbexpr_value_at(map, 0), STR("a")));
    kit_close(&k);
}

static void wrong_building_gives_nothing(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *one = value_of(k.arena, "1"), *text = value_of(k.arena, "'a'");
    const ddbexpr_value *mixed[] = {text, one};
    const ddbexpr_str names[] = {{"a", 1}, {"a", 1}};
    assert_null(ddbexpr_value_set(k.arena, DDBEXPR_SS, mixed, 2));
    assert_null(ddbexpr_value_set(k.arena, DDBEXPR_L, mixed, 1));
    assert_null(ddbexpr_value_map(k.arena, names, mixed, 2));
    const size_t too_many = (size_t)UINT32_MAX + 1; /* none of which is looked at */
    assert_null(ddbexpr_value_list(k.arena, mixed, too_many));
    assert_null(ddbexpr_value_map(k.arena, names, mixed, too_many));
    const ddbexpr_str too_long = {"", too_many};
    assert_null(ddbexpr_value_map(k.arena, &too_long, mixed, 1));
    kit_close(&k);
}

static void faults_are_kept(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static const struct {
        const char *text;
        enum value_fault_kind kind;
        ddbexpr_type type;
    } rows[] = {
        {"SS<>", FAULT_EMPTY_SET, DDBEXPR_SS},           {"<'a', 'a'>", FAULT_DUPLICATES, DDBEXPR_SS},
        {"<1, 1.0>", FAULT_DUPLICATES, DDBEXPR_NS},      {"n'x'", FAULT_NOT_NUMERIC, DDBEXPR_N},
        {"n'1e126'", FAULT_OVERFLOW, DDBEXPR_N},         {"n'1e-131'", FAULT_UNDERFLOW, DDBEXPR_N},
        {"[1, {a: BS<>}]", FAULT_EMPTY_SET, DDBEXPR_BS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fault_place place;
        const ddbexpr_value *v = value_of(k.arena, rows[i].text);
        assert_true(ddbexpr_value_is_faulty(v));
        assert_true(value_first_fault(v, &place));
        assert_false(place.bad_name);
        assert_int_equal(place.fault->kind, rows[i].kind);
        assert_int_equal(place.fault->type, rows[i].type);
    }
    struct fault_place place;
    assert_false(value_first_fault(value_of(k.arena, "{a: [1]}"), &place));
    assert_true(value_first_fault(value_of(k.arena, "{x: {'': 1}}"), &place));
    assert_true(place.bad_name && place.name_length == 0);
    /* a value's fault before a name's (spec: conformance-suite 5) */
    assert_true(value_first_fault(value_of(k.arena, "{x: {'': 1, b: SS<>}}"), &place));
    assert_false(place.bad_name);
    kit_close(&k);
}

/* Lists around lists, so many levels. */
static const ddbexpr_value *levels_of(ddbexpr_arena *a, int levels)
{
    const ddbexpr_value *v = ddbexpr_value_null(a);
    assert_non_null(v);
    while (levels-- > 0)
        assert_non_null(v = ddbexpr_value_list(a, &v, 1));
    return v;
}

/* An attribute has 31 levels at most; three more are kept, so that it can be told of, and are no fault of the value. */
static void levels_are_counted_by_the_attribute(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_str name = STR("a");
    for (int levels = 0; levels < 40; levels++) {
        const ddbexpr_value *v = levels_of(k.arena, levels);
        const ddbexpr_value *item = ddbexpr_value_map(k.arena, &name, &v, 1);
        assert_non_null(item);
        assert_int_equal(ddbexpr_value_is_faulty(v), levels > 34);
        assert_int_equal(ddbexpr_value_is_faulty(item), levels > 33);
        assert_int_equal(ddbexpr_item_is_faulty(item), levels > 31);
    }
    assert_true(ddbexpr_item_is_faulty(value_of(k.arena, "{a: SS<>}")));
    assert_true(ddbexpr_item_is_faulty(value_of(k.arena, "[{}]")));
    assert_false(ddbexpr_item_is_faulty(value_of(k.arena, "{}")));
    kit_close(&k);
}

/* What is itself the fault has nothing to read, whatever its type. */
static void faults_read_as_nothing(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static const ddbexpr_type types[] = {DDBEXPR_S, DDBEXPR_B, DDBEXPR_BOOL, DDBEXPR_L, DDBEXPR_M, DDBEXPR_NS};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        value v;
        assert_true(value_of_fault(k.arena, (struct value_fault){.kind = FAULT_NESTING, .type = types[i]}, &v));
        v.count = 1; /* not to be believed */
        assert_int_equal(ddbexpr_value_type(&v), types[i]);
        assert_true(ddbexpr_value_is_faulty(&v));
        assert_int_equal(ddbexpr_value_count(&v), 0);
        assert_null(ddbexpr_value_at(&v, 0));
        assert_int_equal(ddbexpr_value_name_at(&v, 0).len, 0);
        assert_null(ddbexpr_value_get(&v, STR("a")));
        assert_int_equal(ddbexpr_value_bytes(&v).len, 0);
        assert_false(ddbexpr_value_truth(&v));
        ddbexpr_buffer_clear(k.text);
        assert_int_equal(ddbexpr_value_print_number(&v, k.text), DDBEXPR_OK);
        assert_int_equal(ddbexpr_value_print(&v, 0, k.text), DDBEXPR_OK);
        assert_str_is(ddbexpr_buffer_text(k.text), "(refused)");
    }
    kit_close(&k);
}

/* And what is read of a value of another type is nothing, too. */
static void readers_are_for_their_types(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static const char *const all[] = {"'text'", "12",     "b'bytes'", "true", "null",
                                      "[1]",    "{a: 1}", "<'a'>",    "<1>",  "<b'a'>"};
    for (int type = DDBEXPR_S; type <= DDBEXPR_BS; type++) {
        const ddbexpr_value *v = value_of(k.arena, all[type]);
        bool bytes = type == DDBEXPR_S || type == DDBEXPR_B, members = type >= DDBEXPR_L;
        assert_int_equal(ddbexpr_value_type(v), type);
        assert_int_equal(ddbexpr_value_bytes(v).len > 0, bytes);
        assert_int_equal(ddbexpr_value_count(v), members);
        assert_int_equal(ddbexpr_value_at(v, 0) != NULL, members);
        assert_null(ddbexpr_value_at(v, 1));
        assert_int_equal(ddbexpr_value_name_at(v, 0).len, type == DDBEXPR_M);
        assert_int_equal(ddbexpr_value_name_at(v, 1).len, 0);
        assert_int_equal(ddbexpr_value_get(v, STR("a")) != NULL, type == DDBEXPR_M);
        assert_int_equal(ddbexpr_value_truth(v), type == DDBEXPR_BOOL);
        ddbexpr_buffer_clear(k.text);
        assert_int_equal(ddbexpr_value_print_number(v, k.text), DDBEXPR_OK);
        assert_str_is(ddbexpr_buffer_text(k.text), type == DDBEXPR_N ? "12" : "");
    }
    kit_close(&k);
}

static void equality_is_deep_and_typed(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static const char *const different[] = {"1",      "'1'",    "b'1'",   "true",   "false",  "null",
                                            "[1]",    "{a: 1}", "<1>",    "<'1'>",  "<b'1'>", "[1, 2]",
                                            "[2, 1]", "{}",     "{a: 2}", "{b: 1}", "<1, 2>", "2"};
    size_t count = sizeof different / sizeof *different;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            assert_int_equal(ddbexpr_value_equal(value_of(k.arena, different[i]), value_of(k.arena, different[j])),
                             i == j);
    assert_true(
        ddbexpr_value_equal(value_of(k.arena, "{a: 1.0, b: <2, 1>}"), value_of(k.arena, "{b: <1, 2.0>, a: 1}")));
    kit_close(&k);
}

static void order_is_for_three_types(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    int order;
    assert_true(ddbexpr_value_compare(value_of(k.arena, "'B'"), value_of(k.arena, "'a'"), &order) && order == -1);
    assert_true(ddbexpr_value_compare(value_of(k.arena, "'abd'"), value_of(k.arena, "'abd\\0'"), &order) &&
                order == -1);
    assert_true(ddbexpr_value_compare(value_of(k.arena, "10"), value_of(k.arena, "9"), &order) && order == 1);
    assert_true(ddbexpr_value_compare(value_of(k.arena, "b'\xff'"), value_of(k.arena, "b'\x7f'"), &order) &&
                order == 1);
    assert_false(ddbexpr_value_compare(value_of(k.arena, "1"), value_of(k.arena, "'1'"), &order));
    assert_false(ddbexpr_value_compare(value_of(k.arena, "[1]"), value_of(k.arena, "[1]"), &order));
    assert_false(ddbexpr_value_compare(value_of(k.arena, "true"), value_of(k.arena, "true"), &order));
    kit_close(&k);
}

static void sizes_are_the_services(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    /* spec: documentation-dynalite-moto 8: 23 bytes */
    assert_int_equal(ddbexpr_item_size(value_of(k.arena, "{'shirt-color': 'R', 'shirt-size': 'M'}")), 23);
    assert_int_equal(ddbexpr_value_size(value_of(k.arena, "'é'")), 2);
    assert_int_equal(ddbexpr_value_size(value_of(k.arena, "null")), 1);
    assert_int_equal(ddbexpr_value_size(value_of(k.arena, "<'ab', 'c'>")), 3);
    assert_int_equal(ddbexpr_value_size(value_of(k.arena, "[]")), 3);
    assert_int_equal(ddbexpr_value_size(value_of(k.arena, "['a', true]")), 3 + 2 + 2);
    assert_int_equal(ddbexpr_value_size(value_of(k.arena, "{ab: 'c'}")), 3 + 3 + 1);
    assert_int_equal(ddbexpr_item_size(value_of(k.arena, "[1]")), 0);
    kit_close(&k);
}

static void size_function_counts_utf16(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    uint64_t size;
    assert_true(value_function_size(value_of(k.arena, "'é\xf0\x9f\x98\x80'"), &size)); /* ruling 3 */
    assert_int_equal(size, 3);
    assert_true(value_function_size(value_of(k.arena, "b'abc'"), &size) && size == 3);
    assert_true(value_function_size(value_of(k.arena, "{a: [1, 2]}"), &size) && size == 1);
    assert_false(value_function_size(value_of(k.arena, "5"), &size));
    assert_false(value_function_size(value_of(k.arena, "true"), &size));
    assert_false(value_function_size(value_of(k.arena, "null"), &size));
    kit_close(&k);
}

static void assert_printed(struct kit *k, const char *notation, size_t width, const char *expected)
{
    ddbexpr_buffer_clear(k->text);
    assert_int_equal(ddbexpr_value_print(value_of(k->arena, notation), width, k->text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k->text), expected);
}

static void values_print_for_people(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_printed(&k, "5", 60, "N 5");
    assert_printed(&k, "'shipped'", 60, "S \"shipped\"");
    assert_printed(&k, "b'abc'", 60, "B YWJj");
    assert_printed(&k, "false", 60, "BOOL false");
    assert_printed(&k, "null", 60, "NULL true");
    assert_printed(&k, "<'a', 'b'>", 60, "SS {\"a\", \"b\"}");
    assert_printed(&k, "{a: [1, 'x']}", 60, "M {a: L [N 1, S \"x\"]}");
    assert_printed(&k, "'\x1b[31mred'", 60, "S \"\\x1b[31mred\"");
    assert_printed(&k, "'aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd'", 20, "S \"aaaaaaaaaabbbbbbbb…\" (40 bytes)");
    assert_printed(&k, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", 12, "L [N 1, N 2, …] (10 elements)");
    assert_printed(&k, "['aaaaaaaaaabbbbbbbbbb']", 12, "L [S \"aaaaaaaaaabbbbbb…\"] (1 element)");
    assert_printed(&k, "{a: 'aaaaaaaaaabbbbbbbbbb'}", 12, "M {a: S \"aaaaaaaaaabbbbbb…\"} (1 entry)");
    assert_printed(&k, "<'aaaaaaaaaabbbbbbbbbb'>", 12, "SS {\"aaaaaaaaaabbbbbb…\"} (1 member)");
    assert_printed(&k, "b'0123456789012345678901234567890123456789'", 20,
                   "B MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz… (40 bytes)");
    assert_printed(&k, "b'012345678901234567890123456789'", 0, "B MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5");
    assert_printed(&k, "'aaaaaaaaaaaaaaaéz'", 10, "S \"aaaaaaaaaaaaaaa…\" (18 bytes)"); /* no half of a character */
    assert_printed(&k, "'\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80'", 10,
                   "S \"…\" (20 bytes)"); /* which has no beginning, either */
    assert_printed(&k, "SS<>", 60, "(refused)");
    assert_printed(&k, "[1, n'x', {a: SS<>}]", 60, "L [N 1, (refused), M {a: (refused)}]");
    kit_close(&k);
}

static void paths_find_and_reach(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, "{a: {b: [10, {c: 'x'}]}}");
    const struct document_step steps[] = {{STR("a"), str_hash(STR("a")), 0, false},
                                          {STR("b"), str_hash(STR("b")), 0, false},
                                          {STR(""), 0, 1, true},
                                          {STR("c"), str_hash(STR("c")), 0, false}};
    struct document_path path = {steps, 4};
    assert_value_is(path_find(&path, item), "'x'");
    assert_null(path_find(&path, NULL));
    const ddbexpr_value *last = item;
    assert_int_equal(path_reach(&path, NULL, &last), 0);
    assert_null(last);
    const struct document_step wrong[] = {steps[0], steps[1], steps[3]};
    struct document_path off = {wrong, 3};
    assert_null(path_find(&off, item));
    assert_int_equal(path_reach(&off, item, &last), 2);
    assert_value_is(last, "[10, {c: 'x'}]");
    path_print(&path, 4, k.text);
    assert_str_is(ddbexpr_buffer_text(k.text), "a.b[1].c");
    ddbexpr_buffer_clear(k.text);
    path_print_bracketed(&path, 4, k.text);
    assert_str_is(ddbexpr_buffer_text(k.text), "[a, b, [1], c]");
    assert_true(path_equal(&path, &path));
    assert_false(path_equal(&path, &off));
    kit_close(&k);
}

static void building_may_fail_anywhere(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK) {
            const ddbexpr_value *s = ddbexpr_value_string(a, STR("text"));
            const ddbexpr_value *n = ddbexpr_value_number(a, STR("12"));
            const ddbexpr_value *bad = ddbexpr_value_number(a, STR("x"));
            const ddbexpr_value *bytes = ddbexpr_value_binary(a, STR("bytes"));
            const ddbexpr_value *both[] = {s, s}, *numbers[] = {n};
            const ddbexpr_str names[] = {STR("a")};
            if (s && n && bad && bytes) {
                const ddbexpr_value *list = ddbexpr_value_list(a, both, 2);
                const ddbexpr_value *map = ddbexpr_value_map(a, names, both, 1);
                const ddbexpr_value *set = ddbexpr_value_set(a, DDBEXPR_NS, numbers, 1);
                const ddbexpr_value *twice = ddbexpr_value_set(a, DDBEXPR_SS, both, 2);
                assert_true(t.failed || (list && map && set && twice));
                const ddbexpr_value *v = s, *m = s;
                for (int i = 0; i <= LIMIT_VALUE_HEIGHT_KEPT && v && m; i++) { /* one level more than is kept */
                    v = ddbexpr_value_list(a, &v, 1);
                    m = ddbexpr_value_map(a, names, &m, 1);
                }
                assert_true(t.failed || (v && m && ddbexpr_value_is_faulty(v) && ddbexpr_value_is_faulty(m)));
            } else {
                assert_true(t.failed);
            }
        }
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_read_back),
        cmocka_unit_test(wrong_building_gives_nothing),
        cmocka_unit_test(faults_are_kept),
        cmocka_unit_test(levels_are_counted_by_the_attribute),
        cmocka_unit_test(faults_read_as_nothing),
        cmocka_unit_test(readers_are_for_their_types),
        cmocka_unit_test(equality_is_deep_and_typed),
        cmocka_unit_test(order_is_for_three_types),
        cmocka_unit_test(sizes_are_the_services),
        cmocka_unit_test(size_function_counts_utf16),
        cmocka_unit_test(values_print_for_people),
        cmocka_unit_test(paths_find_and_reach),
        cmocka_unit_test(building_may_fail_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
