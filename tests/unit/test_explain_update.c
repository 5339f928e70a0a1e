/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations of updates: what each action read, what it left, which one fails; explain_update.c, render_update.c of
 * src/explain. */
#include "kit.h"

#include <ddbexpr/explain.h>

static ddbexpr_update_explanation *explained(struct kit *k, const char *text, const char *values, const char *item,
                                             const char *key)
{
    ddbexpr_update_explanation *e = NULL;
    ddbexpr_program *program = kit_compile(k, DDBEXPR_UPDATE, text, NULL, values);
    const ddbexpr_explain_options options = {sizeof options, key ? value_of(k->arena, key) : NULL, false};
    assert_int_equal(
        ddbexpr_explain_update(program, item ? value_of(k->arena, item) : NULL, &options, &k->memory.alloc, &e),
        DDBEXPR_OK);
    return e;
}

static void actions_tell_what_they_read_and_leave(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e =
        explained(&k, "SET a = if_not_exists(b, :v) + c, l[9] = :v REMOVE d ADD n :v DELETE s :s",
                  "{':v': 1, ':s': <'x'>}", "{c: 2, l: [], d: 4, s: <'x'>}", NULL);
    assert_true(ddbexpr_update_explanation_applies(e) && ddbexpr_update_explanation_has_item(e));
    assert_value_is(ddbexpr_update_explanation_item(e), "{c: 2, l: [1], a: 3, n: 1}");
    assert_int_equal(ddbexpr_update_explanation_action_count(e), 5);
    const ddbexpr_update_action *set = ddbexpr_update_explanation_action_at(e, 0);
    assert_string_equal(set->section, "SET");
    assert_str_is(set->text, "a = if_not_exists(b, :v) + c");
    assert_str_is(set->target.path, "a");
    assert_null(set->target.value);
    assert_int_equal(set->operand_count, 3);
    assert_str_is(set->operands[0].path, "b");
    assert_str_is(set->operands[1].text, ":v");
    assert_value_is(set->operands[2].value, "2");
    assert_value_is(set->after, "3");
    assert_str_is(set->effect, "N 3");
    assert_str_is(set->reason, "`a` is missing where `b` is missing, `:v` is N 1, `c` is N 2");
    assert_null(set->fault);
    assert_value_is(ddbexpr_update_explanation_action_at(e, 1)->after, "1"); /* wherever it came to stand */
    const ddbexpr_update_action *remove = ddbexpr_update_explanation_action_at(e, 2);
    assert_string_equal(remove->section, "REMOVE");
    assert_int_equal(remove->operand_count, 0);
    assert_value_is(remove->target.value, "4");
    assert_null(remove->after);
    assert_str_is(remove->effect, "missing");
    assert_str_is(ddbexpr_update_explanation_action_at(e, 3)->reason, "`n` is missing where `:v` is N 1");
    assert_null(ddbexpr_update_explanation_action_at(e, 4)->after); /* an emptied set vanishes */
    assert_null(ddbexpr_update_explanation_action_at(e, 5));
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

static void list_elements_are_told_where_they_go(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e = explained(&k, "REMOVE l[0] SET l[1] = :v, l[9] = :v, l[7] = :w, m[2].x = :v",
                                              "{':v': 9, ':w': 8}", "{l: [0, 1, 2], m: [0, 1, {}]}", NULL);
    assert_value_is(ddbexpr_update_explanation_item(e), "{l: [9, 2, 8, 9], m: [0, 1, {x: 9}]}");
    static const char *const paths[] = {"", "l[0]", "l[3]", "l[2]", "m[2].x"};
    static const char *const effects[] = {"removed; what follows it in the list moves up", "N 9, now as `l[0]`",
                                          "N 9, appended as `l[3]`", "N 8, appended as `l[2]`", "N 9"};
    for (size_t i = 0; i < 5; i++) {
        assert_str_is(ddbexpr_update_explanation_action_at(e, i)->after_path, paths[i]);
        assert_str_is(ddbexpr_update_explanation_action_at(e, i)->effect, effects[i]);
    }
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

/* Everything that is missing is told, not the first only. */
static void all_missing_operands_are_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e = explained(&k, "SET a = b + c, d = list_append(e, f)", NULL, "{}", NULL);
    const ddbexpr_diags *diags = ddbexpr_update_explanation_diags(e);
    assert_int_equal(ddbexpr_diags_count(diags), 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(ddbexpr_diag_code(ddbexpr_diags_at(diags, i)), "DX802");
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

/* The size is counted as UpdateItem counts it, or as a transaction does (cases nub-size-upd-ceiling,
 * nub-size-tx-upd-over). */
static void too_large_items_do_not_apply(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static char large[300000];
    memset(large, 'x', sizeof large);
    const ddbexpr_str names[] = {STR("b")};
    const ddbexpr_value *b = ddbexpr_value_string(k.arena, str_of(large, sizeof large));
    assert_non_null(b);
    const ddbexpr_value *item = ddbexpr_value_map(k.arena, names, &b, 1);
    const ddbexpr_value_binding values[] = {{STR(":v"), ddbexpr_value_string(k.arena, str_of(large, 109590))}};
    assert_true(item && values[0].value);
    const ddbexpr_bindings bindings = {.size = sizeof bindings, .values = values, .value_count = 1};
    ddbexpr_program *program = NULL;
    assert_int_equal(ddbexpr_compile(DDBEXPR_UPDATE, STR("SET c = :v"), &bindings, &k.memory.alloc, k.diags, &program),
                     DDBEXPR_OK);
    for (int large_enough = 0; large_enough < 2; large_enough++) {
        ddbexpr_update_explanation *e = NULL;
        assert_int_equal(ddbexpr_explain_update(program, item, NULL, &k.memory.alloc, &e), DDBEXPR_OK);
        assert_int_equal(ddbexpr_update_explanation_applies(e), !large_enough);
        if (large_enough)
            assert_string_equal(ddbexpr_diag_code(ddbexpr_update_explanation_action_at(e, 0)->fault), "DX806");
        ddbexpr_update_explanation_free(e);
        const ddbexpr_value_binding more[] = {{STR(":v"), ddbexpr_value_string(k.arena, str_of(large, 200000))}};
        assert_non_null(more[0].value);
        assert_int_equal(ddbexpr_program_set_values(program, more, 1, k.diags), DDBEXPR_OK);
    }
    ddbexpr_program_free(program);
    kit_close(&k);
}

static void failing_actions_have_their_fault(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e =
        explained(&k, "SET x = :v, n = n + :v, p.q = :v, t = t + :v", "{':v': 1}", "{t: 'five'}", NULL);
    assert_false(ddbexpr_update_explanation_applies(e));
    assert_null(ddbexpr_update_explanation_item(e));
    assert_null(ddbexpr_update_explanation_action_at(e, 0)->fault);
    const ddbexpr_update_action *missing = ddbexpr_update_explanation_action_at(e, 1);
    assert_string_equal(ddbexpr_diag_code(missing->fault), "DX802");
    assert_false(missing->told);
    assert_str_is(missing->reason, "`n` is missing where `:v` is N 1");
    assert_str_is(missing->effect, "");
    const ddbexpr_update_action *parent = ddbexpr_update_explanation_action_at(e, 2);
    assert_string_equal(ddbexpr_diag_code(parent->fault), "DX801");
    assert_str_is(parent->target.missing_from, "p");
    const ddbexpr_update_action *type = ddbexpr_update_explanation_action_at(e, 3);
    assert_string_equal(ddbexpr_diag_code(type->fault), "DX803");
    assert_true(type->told); /* operand types come first */
    assert_int_equal(ddbexpr_diags_count(ddbexpr_update_explanation_diags(e)), 3);
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

static void missing_items_begin_with_the_key(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e = explained(&k, "ADD n :v", "{':v': 1}", NULL, "{pk: 'a'}");
    assert_false(ddbexpr_update_explanation_has_item(e));
    assert_value_is(ddbexpr_update_explanation_item(e), "{pk: 'a', n: 1}");
    ddbexpr_update_explanation_free(e);
    e = explained(&k, "REMOVE n", NULL, NULL, "{pk: 'a'}");
    assert_true(ddbexpr_update_explanation_applies(e));
    assert_null(ddbexpr_update_explanation_item(e)); /* and there is still none */
    ddbexpr_update_explanation_free(e);
    e = explained(&k, "SET pk = :v", "{':v': 'b'}", "{pk: 'a'}", "{pk: 'a'}");
    assert_false(ddbexpr_update_explanation_applies(e));
    assert_string_equal(ddbexpr_diag_code(ddbexpr_update_explanation_action_at(e, 0)->fault), "DX308");
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

static void assert_rendered(const char *text, const char *values, const char *item, bool markdown, const char *expected)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e = explained(&k, text, values, item, NULL);
    const ddbexpr_style style = {.size = sizeof style, .markdown = markdown, .colour = markdown};
    assert_int_equal(ddbexpr_update_explanation_render(e, &style, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    ddbexpr_update_explanation_free(e);
    kit_close(&k);
}

static void renderings_mark_what_fails(void **state)
{
    (void)state;
    assert_rendered("SET seen = :v, hits = hits + :v", "{':v': 1}", "{}", false,
                    "UpdateExpression cannot be applied: The provided expression refers to an attribute that does not "
                    "exist in the item\n\n"
                    "  SET seen = :v, hits = hits + :v\n"
                    "                 ^^^^^^^^^^^^^^^^\n\n"
                    "  SET seen = :v         fine   `seen` is missing where `:v` is N 1\n"
                    "> SET hits = hits + :v  fails  `hits` is missing where `:v` is N 1\n\n"
                    "To blame:\n"
                    "  DX802: `hits` is read, but the item has no such attribute\n"
                    "    needed: give a default: if_not_exists(hits, :default)\n");
    assert_rendered("SET a = :v", "{':v': 1}", "{a: 'x'}", true,
                    "**UpdateExpression applies**\n\n"
                    "~~~text\n"
                    "  SET a = :v  fine   `a` is S \"x\" where `:v` is N 1\n"
                    "                     afterwards: N 1\n"
                    "~~~\n");
}

/* A key that is written, and an item that becomes too large: both are told by diagnostics of their own. */
static void refusals_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    static char large[409600];
    memset(large, 'x', sizeof large);
    const ddbexpr_value_binding values[] = {{STR(":v"), ddbexpr_value_string(k.arena, str_of(large, sizeof large))}};
    assert_non_null(values[0].value);
    const ddbexpr_bindings bindings = {.size = sizeof bindings, .values = values, .value_count = 1};
    const ddbexpr_explain_options options = {sizeof options, value_of(k.arena, "{pk: 'a'}"), false};
    const str texts[] = {STR("SET b = :v"), STR("SET pk = :v")};
    static const char *const codes[] = {"DX806", "DX308"};
    for (size_t i = 0; i < 2; i++) {
        ddbexpr_program *program = NULL;
        assert_int_equal(ddbexpr_compile(DDBEXPR_UPDATE, texts[i], &bindings, &k.memory.alloc, k.diags, &program),
                         DDBEXPR_OK);
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_update_explanation *e = NULL;
            ddbexpr_status status = ddbexpr_explain_update(program, options.key, &options, &t.alloc, &e);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(e != NULL, status == DDBEXPR_OK);
            if (e) {
                assert_false(ddbexpr_update_explanation_applies(e));
                test_codes(ddbexpr_update_explanation_diags(e), k.text, codes[i], __FILE__, __LINE__);
            }
            ddbexpr_update_explanation_free(e);
        }
        ddbexpr_program_free(program);
    }
    kit_close(&k);
}

static void misuse_and_lack_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_update_explanation *e = NULL;
    ddbexpr_program *condition = kit_compile(&k, DDBEXPR_CONDITION, "a = b", NULL, NULL);
    ddbexpr_program *update = kit_compile(&k, DDBEXPR_UPDATE, "SET a = b + :v, l[0].x = :v", NULL, "{':v': 1}");
    ddbexpr_explain_options options = {.size = 1};
    assert_int_equal(ddbexpr_explain_update(condition, NULL, NULL, NULL, &e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_explain_update(update, value_of(k.arena, "5"), NULL, NULL, &e), DDBEXPR_MISUSE);
    assert_int_equal(ddbexpr_explain_update(update, NULL, &options, NULL, &e), DDBEXPR_MISUSE);
    ddbexpr_update_explanation_free(NULL);
    const ddbexpr_value *items[] = {value_of(k.arena, "{b: 1, l: [{x: 2}]}"), value_of(k.arena, "{l: []}")};
    for (size_t i = 0; i < 2; i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            e = NULL;
            ddbexpr_status status = ddbexpr_explain_update(update, items[i], NULL, &t.alloc, &e);
            bool failed = t.failed;
            assert_int_equal(status, failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(e != NULL, status == DDBEXPR_OK);
            ddbexpr_update_explanation_free(e);
        }
    }
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actions_tell_what_they_read_and_leave),
        cmocka_unit_test(list_elements_are_told_where_they_go),
        cmocka_unit_test(all_missing_operands_are_told),
        cmocka_unit_test(too_large_items_do_not_apply),
        cmocka_unit_test(failing_actions_have_their_fault),
        cmocka_unit_test(missing_items_begin_with_the_key),
        cmocka_unit_test(renderings_mark_what_fails),
        cmocka_unit_test(refusals_may_run_out_of_memory),
        cmocka_unit_test(misuse_and_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
