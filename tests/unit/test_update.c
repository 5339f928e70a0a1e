/* SPDX-License-Identifier: Apache-2.0 */
/* Updates on items: what they make of them, what they cannot do and in which order that is told; update.c, apply.c. */
#include "kit.h"

#include "program/program.h"

/* The new item in the notation, "(none)", or the service's message. */
static void assert_updated(const char *text, const char *values, const char *item, const char *expected)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_UPDATE, text, NULL, values);
    const ddbexpr_value *old = item ? value_of(k.arena, item) : NULL, *fresh = NULL;
    ddbexpr_status status = ddbexpr_update(program, old, k.arena, k.diags, &fresh);
    if (status == DDBEXPR_INVALID) {
        assert_verdict(&k, expected);
    } else {
        assert_int_equal(status, DDBEXPR_OK);
        if (fresh)
            assert_value_is(fresh, expected);
        else
            assert_string_equal("(none)", expected);
    }
    if (old) /* the old item is as it was */
        assert_true(ddbexpr_value_equal(old, value_of(k.arena, item)));
    kit_close(&k);
}

#define MISSING "The provided expression refers to an attribute that does not exist in the item"
#define PATH    "The document path provided in the update expression is invalid for update"
#define TYPE    "An operand in the update expression has an incorrect data type"

static void set_writes(void **state)
{
    (void)state;
    assert_updated("SET a = :v", "{':v': 1}", "{}", "{a: 1}");
    assert_updated("SET a = :v, b = a", "{':v': 1}", "{a: 0}", "{a: 1, b: 0}");
    assert_updated("SET a = b, b = a", NULL, "{a: 1, b: 2}", "{a: 2, b: 1}");
    assert_updated("SET a.b.c = :v", "{':v': 1}", "{a: {b: {c: 0, d: 2}, e: 3}}", "{a: {b: {c: 1, d: 2}, e: 3}}");
    assert_updated("SET a = b + :v, c = b - :v", "{':v': 0.2}", "{b: 0.1}", "{b: 0.1, a: 0.3, c: -0.1}");
    assert_updated("SET a = (if_not_exists(a, :z) + :v)", "{':v': 1, ':z': 0}", "{}", "{a: 1}");
    assert_updated("SET a = if_not_exists(x, if_not_exists(y, z))", NULL, "{z: 3}", "{z: 3, a: 3}");
    assert_updated("SET a = if_not_exists(z, y)", NULL, "{z: 3}", "{z: 3, a: 3}"); /* y is not looked at */
    assert_updated("SET a = list_append(if_not_exists(a, :e), :v)", "{':v': [1], ':e': []}", "{}", "{a: [1]}");
    assert_updated("SET a = list_append(:v, a)", "{':v': [0]}", "{a: [1, 2]}", "{a: [0, 1, 2]}");
    assert_updated("SET a = :v", "{':v': 1}", NULL, "{a: 1}");
}

static void lists_keep_old_positions(void **state)
{
    (void)state;
    assert_updated("SET a[9] = :x, a[4] = :y, a[0] = :z", "{':x': 9, ':y': 4, ':z': 0}", "{a: [1, 2]}",
                   "{a: [0, 2, 4, 9]}");
    assert_updated("REMOVE a[0], a[2]", NULL, "{a: [10, 11, 12, 13]}", "{a: [11, 13]}");
    assert_updated("REMOVE a[1] SET a[3] = :v", "{':v': 99}", "{a: [0, 1, 2]}", "{a: [0, 2, 99]}");
    assert_updated("SET a[3] = :v REMOVE a[1]", "{':v': 99}", "{a: [0, 1, 2]}", "{a: [0, 2, 99]}");
    assert_updated("REMOVE a[7]", NULL, "{a: [0]}", "{a: [0]}");
    assert_updated("REMOVE a[0]", NULL, "{a: [0]}", "{a: []}");
    assert_updated("SET a[1].b = :v, a[0][1] = :v", "{':v': 5}", "{a: [[1], {b: 2}]}", "{a: [[1, 5], {b: 5}]}");
}

static void remove_add_delete(void **state)
{
    (void)state;
    assert_updated("REMOVE a, b.c, q", NULL, "{a: 1, b: {c: 2}, d: 3}", "{b: {}, d: 3}");
    assert_updated("ADD a :n, b :s", "{':n': 2, ':s': <'x'>}", "{a: 1.5, b: <'y'>}", "{a: 3.5, b: <'x', 'y'>}");
    assert_updated("ADD a :n, b :s", "{':n': 2, ':s': <1>}", "{}", "{a: 2, b: <1>}");
    assert_updated("ADD m.l[0] :n", "{':n': 2}", "{m: {l: [1]}}", "{m: {l: [3]}}");
    assert_updated("DELETE a :s, b :s, q :s", "{':s': <'x', 'z'>}", "{a: <'x', 'y'>, b: <'x'>}", "{a: <'y'>}");
    assert_updated("DELETE m.a :s", "{':s': <10.0>}", "{m: {a: <10>}}", "{m: {}}");
}

static void no_item(void **state)
{
    (void)state;
    assert_updated("REMOVE a.b, c[0]", NULL, NULL, "(none)");
    assert_updated("DELETE a.b :s", "{':s': <1>}", NULL, "(none)");
    assert_updated("REMOVE x.y SET a = :v", "{':v': 1}", NULL, "{a: 1}");
    assert_updated("SET a.b = :v", "{':v': 1}", NULL, PATH);
    assert_updated("ADD a.b :v", "{':v': 1}", NULL, PATH);
}

static void what_cannot_be_done(void **state)
{
    (void)state;
    assert_updated("SET a = b", NULL, "{}", MISSING);
    assert_updated("SET a = b + :v", "{':v': 1}", "{}", MISSING);
    assert_updated("SET a.b = :v", "{':v': 1}", "{}", PATH);
    assert_updated("SET a.b = :v", "{':v': 1}", "{a: 1}", PATH);
    assert_updated("SET a[0] = :v", "{':v': 1}", "{a: {}}", PATH);
    assert_updated("REMOVE a.b", NULL, "{}", PATH);
    assert_updated("REMOVE a.b", NULL, "{a: [1]}", PATH);
    assert_updated("SET a = b + :v", "{':v': 1}", "{b: '1'}", TYPE);
    assert_updated("SET a = list_append(b, :v)", "{':v': [1]}", "{b: <1>}", TYPE);
    assert_updated("ADD a :v", "{':v': 1}", "{a: 'x'}", TYPE);
    assert_updated("ADD a :v", "{':v': <1>}", "{a: [1]}", TYPE);
    assert_updated("DELETE a :v", "{':v': <1>}", "{a: <'1'>}", TYPE);
    assert_updated("SET a = b + :v", "{':v': 1}", "{b: 1e50}",
                   "Number overflow. Attempting to store a number with magnitude larger than supported range");
}

/* Spec: local-engine, running an update: wrong parents, types, then sections from the last to the first, ranges. */
static void the_order_of_faults(void **state)
{
    (void)state;
    assert_updated("SET a = q, c = d + :v, e.f = :v", "{':v': 1}", "{d: 'x', e: 1}", PATH);
    assert_updated("SET a = q, c = d + :v", "{':v': 1}", "{d: 'x'}", TYPE);
    assert_updated("SET a = q REMOVE b.c", NULL, "{}", PATH);
    assert_updated("REMOVE b.c SET a = q", NULL, "{}", MISSING);
    assert_updated("SET a = q, c = d + :v", "{':v': 9e125}", "{d: 9e125}", MISSING);
}

static void diagnostics_say_what_is_there(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *fresh = NULL;
    ddbexpr_program *program =
        kit_compile(&k, DDBEXPR_UPDATE, "SET profile.city = :v, hits = visits + :n", NULL, "{':v': 'Ulm', ':n': 1}");
    assert_int_equal(ddbexpr_update(program, value_of(k.arena, "{profile: [1]}"), k.arena, k.diags, &fresh),
                     DDBEXPR_INVALID);
    assert_null(fresh);
    assert_codes(&k, "DX801 DX802");
    assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(k.diags, 0)),
                  "`profile.city` cannot be written: `profile` is L, not a map");
    assert_spanned(&k, 0, "profile.city");
    assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(k.diags, 1)),
                  "`visits` is read, but the item has no such attribute");
    assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 1)), "give a default: if_not_exists(visits, :default)");
    assert_spanned(&k, 1, "visits");
    kit_close(&k);
}

static void wrong_types_are_told_what_would_help(void **state)
{
    (void)state;
    static const struct {
        const char *update, *values, *item, *hint;
    } rows[] = {
        {"SET n = n + :v", "{':v': 1}", "{n: '5'}", "write `n` as N wherever it is written, or SET it whole"},
        {"SET l = list_append(l, :v)", "{':v': []}", "{l: <'a'>}",
         "write `l` as L wherever it is written, or SET it whole"},
        {"SET n = if_not_exists(n, :v) + :v", "{':v': 1}", "{n: '5'}",
         "what is stored there and the default must both be N"},
        {"SET n = n + :v", "{':v': 1}", "{n: null}",
         "NULL was stored in place of nothing: REMOVE `n` first, and never write NULL there"},
        {"ADD t :v", "{':v': <'a'>}", "{t: ['a']}", "to add to a list, write SET t = list_append(t, :list)"},
        {"DELETE t :v", "{':v': <'a'>}", "{t: ['a']}", "to take from a list, REMOVE by index, as in REMOVE t[0]"},
        {"ADD t :v", "{':v': <'a'>}", "{t: <1>}", "send the value as NS, the type that is stored, or SET `t` whole"},
        {"DELETE t :v", "{':v': <'a'>}", "{t: 'a'}", "write `t` as SS wherever it is written, or SET it whole"},
        {"ADD n :v", "{':v': 1}", "{n: true}", "write `n` as N wherever it is written, or SET it whole"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit k;
        kit_open(&k);
        ddbexpr_program *program = kit_compile(&k, DDBEXPR_UPDATE, rows[i].update, NULL, rows[i].values);
        const ddbexpr_value *fresh;
        assert_int_equal(ddbexpr_update(program, value_of(k.arena, rows[i].item), k.arena, k.diags, &fresh),
                         DDBEXPR_INVALID);
        assert_codes(&k, "DX803");
        assert_str_is(ddbexpr_diag_hint(ddbexpr_diags_at(k.diags, 0)), rows[i].hint);
        kit_close(&k);
    }
}

static void untouched_parts_are_shared(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(&k, DDBEXPR_UPDATE, "SET a.b = :v", NULL, "{':v': 1}");
    const ddbexpr_value *old = value_of(k.arena, "{a: {b: 0, c: [1, 2]}, d: [3, 4]}"), *fresh = NULL;
    assert_int_equal(ddbexpr_update(program, old, k.arena, NULL, &fresh), DDBEXPR_OK);
    const ddbexpr_value *old_d = ddbexpr_value_get(old, STR("d")), *new_d = ddbexpr_value_get(fresh, STR("d"));
    assert_ptr_equal(ddbexpr_value_at(old_d, 0), ddbexpr_value_at(new_d, 0));
    kit_close(&k);
}

static void results_may_not_be_too_deep(void **state)
{
    (void)state;
    for (int levels = 30; levels <= 31; levels++) {
        char values[160] = "{':v': ", deep[80];
        memset(deep, '[', (size_t)levels);
        deep[levels] = '1';
        memset(deep + levels + 1, ']', (size_t)levels);
        deep[2 * levels + 1] = '\0';
        strcat(strcat(values, deep), "}");
        struct kit k;
        kit_open(&k);
        const ddbexpr_value *fresh = NULL;
        ddbexpr_program *program = kit_compile(&k, DDBEXPR_UPDATE, "SET a.b = :v", NULL, values);
        ddbexpr_status status = ddbexpr_update(program, value_of(k.arena, "{a: {}}"), k.arena, k.diags, &fresh);
        assert_int_equal(status, levels == 30 ? DDBEXPR_OK : DDBEXPR_INVALID);
        kit_close(&k);
    }
}

static void misuse_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *fresh = NULL;
    ddbexpr_program *condition = kit_compile(&k, DDBEXPR_CONDITION, "a = b", NULL, NULL);
    ddbexpr_program *update = kit_compile(&k, DDBEXPR_UPDATE, "REMOVE a", NULL, NULL);
    const ddbexpr_value *item = value_of(k.arena, "{a: 1}"), *list = value_of(k.arena, "[1]");
    assert_int_equal(ddbexpr_update(condition, item, k.arena, k.diags, &fresh), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_update(update, list, k.arena, k.diags, &fresh), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_update(update, value_of(k.arena, "{b: NS<>}"), k.arena, k.diags, &fresh), DDBEXPR_MISUSE);
    assert_null(fresh);
    assert_codes(&k, "");
    kit_close(&k);
}

static void updating_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *program = kit_compile(
        &k, DDBEXPR_UPDATE, "SET a.b = a.b + :n, l = list_append(l, :l) REMOVE m[0], u ADD s :s DELETE t :s", NULL,
        "{':n': 1, ':l': [1], ':s': <'x'>}");
    const ddbexpr_value *old = value_of(k.arena, "{a: {b: 1}, l: [0], m: [1, 2], s: <'y'>, t: <'x', 'y'>, u: 1}");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        const ddbexpr_value *fresh = NULL;
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK) {
            ddbexpr_status status = ddbexpr_update(program, old, a, NULL, &fresh);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            if (status == DDBEXPR_OK)
                assert_value_is(fresh, "{a: {b: 2}, l: [0, 1], m: [2], s: <'x', 'y'>, t: <'y'>}");
        }
        ddbexpr_arena_free(a);
    }
    kit_close(&k);
}

/* Many targets: out of order, far apart, and by name; more than a handful has a table to be found in. */
static void many_targets(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    char text[8192] = "SET ", expected[8192] = "{l: [";
    for (int i = 0; i < COUNT; i++) {
        int rank = i * 7 % COUNT; /* each once */
        sprintf(text + strlen(text), "%sl[%d]=%s", i ? "," : "", rank * 16, rank % 3 ? ":v" : ":w");
        sprintf(expected + strlen(expected), "%s%d", i ? ", " : "", i % 3 ? 1 : 2);
    }
    assert_true(strlen(text) <= 4096);
    strcat(expected, "]}");
    assert_updated(text, "{':v': 1, ':w': 2}", "{l: []}", expected);

    strcpy(text, "SET ");
    strcpy(expected, "{");
    for (int i = 0; i < COUNT; i++) {
        sprintf(text + strlen(text), "%sn%d=:v", i ? "," : "", i);
        sprintf(expected + strlen(expected), "%sn%d: 1", i ? ", " : "", i);
    }
    strcat(expected, "}");
    assert_updated(text, "{':v': 1}", "{}", expected);
}

/* Updates one after another, of which each adds two attributes, changes one, and (every other) drops one: at each step
 * all that should be there is found, and nothing else, however it came to be. */
static void updates_follow_each_other(void **state)
{
    (void)state;
    enum { STEPS = 40, ATTRIBUTES = 2 * STEPS };
    for (int period = 1; period <= 8; period++) {
        struct kit k;
        kit_open(&k);
        const ddbexpr_value *item = value_of(k.arena, "{}");
        bool there[ATTRIBUTES] = {false};
        for (int step = 0; step < STEPS; step++) {
            char text[80];
            int changed = step / 2 * 2, dropped = step;
            bool drops = step % period == period - 1 && dropped != changed;
            int n = sprintf(text, "SET a%d = :v, a%d = :v", 2 * step, 2 * step + 1);
            if (there[changed])
                n += sprintf(text + n, ", a%d = :v", changed);
            if (drops)
                sprintf(text + n, " REMOVE a%d", dropped);
            there[2 * step] = there[2 * step + 1] = true;
            there[dropped] &= !drops;
            ddbexpr_program *program = kit_compile(&k, DDBEXPR_UPDATE, text, NULL, "{':v': 1}");
            assert_int_equal(ddbexpr_update(program, item, k.arena, NULL, &item), DDBEXPR_OK);
            size_t count = 0;
            for (int i = 0; i < ATTRIBUTES; i++) {
                char name[8];
                sprintf(name, "a%d", i);
                assert_int_equal(ddbexpr_value_get(item, ddbexpr_cstr(name)) != NULL, there[i]);
                count += there[i];
            }
            assert_int_equal(ddbexpr_value_count(item), count);
        }
        kit_close(&k);
    }
}

/* Runs what is refused with each allocation failing in turn. */
static void assert_refused_or_no_memory(struct kit *k, const ddbexpr_program *program, const ddbexpr_value *old,
                                        const char *codes)
{
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        ddbexpr_diags *diags = NULL;
        const ddbexpr_value *fresh = NULL;
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK && ddbexpr_diags_new(&t.alloc, &diags) == DDBEXPR_OK) {
            ddbexpr_status status = ddbexpr_update(program, old, a, diags, &fresh);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID);
            if (status == DDBEXPR_INVALID)
                test_codes(diags, k->text, codes, __FILE__, __LINE__);
        }
        ddbexpr_diags_free(diags);
        ddbexpr_arena_free(a);
    }
}

static void faults_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_program *faulty =
        kit_compile(&k, DDBEXPR_UPDATE, "SET a.b = :n, c = d, e = f + :n REMOVE g.h ADD i :n", NULL, "{':n': 1}");
    assert_refused_or_no_memory(&k, faulty, value_of(k.arena, "{a: 1, f: 'x', i: 'y'}"),
                                "DX801 DX803 DX803 DX801 DX802");
    ddbexpr_program *deep = kit_compile(&k, DDBEXPR_UPDATE, "SET a.b = :v", NULL,
                                        "{':v': [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}");
    assert_refused_or_no_memory(&k, deep, value_of(k.arena, "{a: {}}"), "DX805");
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_writes),
        cmocka_unit_test(lists_keep_old_positions),
        cmocka_unit_test(remove_add_delete),
        cmocka_unit_test(no_item),
        cmocka_unit_test(what_cannot_be_done),
        cmocka_unit_test(the_order_of_faults),
        cmocka_unit_test(diagnostics_say_what_is_there),
        cmocka_unit_test(wrong_types_are_told_what_would_help),
        cmocka_unit_test(untouched_parts_are_shared),
        cmocka_unit_test(results_may_not_be_too_deep),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(updating_may_run_out_of_memory),
        cmocka_unit_test(many_targets),
        cmocka_unit_test(updates_follow_each_other),
        cmocka_unit_test(faults_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
