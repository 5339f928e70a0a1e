/* SPDX-License-Identifier: Apache-2.0 */
/* The collector and its rendering: order, verdict, wording by layer, carets; diagnostic.c, render.c, input.c. */
#define _GNU_SOURCE 1 /* memmem */
#include "kit.h"

#include "base/limits.h"
#include "diagnostic/diagnostic.h"

static void templates_are_filled(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const str args[DIAG_ARGS] = {STR("x"), STR("y")};
    diag_fill(k.text, "a {0} {{1}} {kind} {2}{ {9} {", DDBEXPR_FILTER, args);
    assert_str_is(ddbexpr_buffer_text(k.text), "a x {y} FilterExpression { {9} {");
    kit_close(&k);
}

static void order_is_kept_and_the_first_error_is_the_verdict(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_null(ddbexpr_diags_verdict(k.diags));
    diags_add(k.diags, &(struct diag_draft){.id = DIAG_RESERVED_WORD, .args = {STR("name")}});
    diags_add(k.diags, &(struct diag_draft){.id = DIAG_EMPTY_NAMES});
    assert_codes(&k, "DX107 DX113");
    assert_true(ddbexpr_diag_is_verdict(ddbexpr_diags_at(k.diags, 0)));
    assert_false(ddbexpr_diag_is_verdict(ddbexpr_diags_at(k.diags, 1)));
    assert_null(ddbexpr_diags_at(k.diags, 2));
    assert_string_equal(ddbexpr_diag_name(ddbexpr_diags_at(k.diags, 1)), "empty-placeholder-map");
    ddbexpr_diags_clear(k.diags);
    assert_int_equal(ddbexpr_diags_count(k.diags), 0);
    diags_add(NULL, &(struct diag_draft){.id = DIAG_EMPTY_NAMES});
    kit_close(&k);
}

static void layers_choose_the_wording(void **state)
{
    (void)state;
    static const struct {
        enum diag_layer layer;
        const char *names, *key, *values;
    } rows[] = {
        {LAYER_CLASSIC, "ExpressionAttributeNames must not be empty", "Empty attribute name",
         "ExpressionAttributeValues can only be specified when using expressions: T"},
        {LAYER_CURRENT, "ExpressionAttributeNames must not be empty", "Empty attribute name",
         "ExpressionAttributeValues can only be specified when using expressions"},
        {LAYER_ENVELOPED, "1 validation error detected: ExpressionAttributeNames must not be empty",
         "Empty attribute name",
         "1 validation error detected: ExpressionAttributeValues can only be specified when using expressions"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit k;
        kit_open(&k);
        diags_set_layer(k.diags, rows[i].layer);
        diags_add(k.diags, &(struct diag_draft){.id = DIAG_EMPTY_NAMES});
        diags_add(k.diags, &(struct diag_draft){.id = DIAG_EMPTY_ATTRIBUTE_NAME});
        diags_add(k.diags, &(struct diag_draft){.id = DIAG_VALUES_WITHOUT_EXPRESSION, .args = {STR("T")}});
        assert_str_is(ddbexpr_diag_service_message(ddbexpr_diags_at(k.diags, 0)), rows[i].names);
        assert_str_is(ddbexpr_diag_service_message(ddbexpr_diags_at(k.diags, 1)), rows[i].key);
        assert_str_is(ddbexpr_diag_service_message(ddbexpr_diags_at(k.diags, 2)), rows[i].values);
        kit_close(&k);
    }
}

static void collectors_are_bounded(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (int i = 0; i < LIMIT_DIAGNOSTICS + 50; i++)
        diags_add(k.diags, &(struct diag_draft){.id = DIAG_EMPTY_NAMES});
    assert_int_equal(ddbexpr_diags_count(k.diags), LIMIT_DIAGNOSTICS);
    kit_close(&k);
}

static void assert_rendered(const char *text, uint32_t start, uint32_t end, unsigned width, const char *lines)
{
    struct kit k;
    kit_open(&k);
    diags_add(k.diags, &(struct diag_draft){.id = DIAG_LEGACY_UNSUPPORTED,
                                            .source = DDBEXPR_SOURCE_CONDITION,
                                            .text = ddbexpr_cstr(text),
                                            .has_span = true,
                                            .span = {start, end},
                                            .args = {STR("X")}});
    const ddbexpr_style style = {.size = sizeof style, .colour = false, .width = width};
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    assert_int_equal(ddbexpr_diag_render(ddbexpr_diags_at(k.diags, 0), &style, k.text), DDBEXPR_OK);
    str all = ddbexpr_buffer_text(k.text);
    const char *place = memmem(all.ptr, all.len, "  --> ", 6), *help = memmem(all.ptr, all.len, "   = help", 9);
    assert_non_null(place);
    assert_non_null(help);
    assert_str_is(str_of(place, (size_t)(help - place)), lines);
    kit_close(&k);
}

static void carets_stand_under_the_span(void **state)
{
    (void)state;
    assert_rendered("a = bc", 4, 6, 0, "  --> ConditionExpression, column 5\n   |\n   | a = bc\n   |     ^^\n");
    assert_rendered("a =", 3, 3, 0, "  --> ConditionExpression, column 4\n   |\n   | a =\n   |    ^\n");
    assert_rendered("é = bc", 5, 7, 0, "  --> ConditionExpression, column 5\n   |\n   | é = bc\n   |     ^^\n");
    assert_rendered("a\nbc = d\ne", 2, 4, 0,
                    "  --> ConditionExpression, line 2, column 1\n   |\n   | bc = d\n   | ^^\n");
    assert_rendered("a\tb", 2, 3, 0, "  --> ConditionExpression, column 3\n   |\n   | a\\tb\n   |    ^\n");
    assert_rendered("\x1b[2J", 0, 1, 0, "  --> ConditionExpression, column 1\n   |\n   | \\x1b[2J\n   | ^^^^\n");
    assert_rendered("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaXbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", 40, 41, 40,
                    "  --> ConditionExpression, column 41\n   |\n   | …aaaaaaaaaaXbbbbbbbbbbbbbbbbbbbbb…\n"
                    "   |            ^\n");
}

static void collecting_may_run_out_of_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_diags *d = NULL;
        ddbexpr_buffer *out = NULL;
        ddbexpr_status status = ddbexpr_diags_new(&t.alloc, &d);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_new(&t.alloc, &out);
        if (status == DDBEXPR_OK) {
            status = ddbexpr_diags_report_input(d, DDBEXPR_INPUT_DUPLICATE_MEMBER, STR("{\"a\":1}"),
                                                (ddbexpr_span){1, 4}, STR("a"), STR(""));
            for (size_t i = 0; status == DDBEXPR_OK && i < ddbexpr_diags_count(d); i++)
                status = ddbexpr_diag_render(ddbexpr_diags_at(d, i), NULL, out);
        }
        bool failed = t.failed;
        assert_int_equal(status, failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        ddbexpr_buffer_free(out);
        ddbexpr_diags_free(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_are_filled),
        cmocka_unit_test(order_is_kept_and_the_first_error_is_the_verdict),
        cmocka_unit_test(layers_choose_the_wording),
        cmocka_unit_test(collectors_are_bounded),
        cmocka_unit_test(carets_stand_under_the_span),
        cmocka_unit_test(collecting_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
