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
    ddbexpr_buffer_clear(k.text);
    diag_fill(k.text, "{1x} {0", DDBEXPR_FILTER, args);
    assert_str_is(ddbexpr_buffer_text(k.text), "{1x} {0");
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
        assert_int_equal(ddbexpr_diags_count(k.diags), 3);
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

static void what_is_not_there_is_left_alone(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_edit edit = edit_replace(DDBEXPR_SOURCE_CONDITION, (ddbexpr_span){0, 1}, STR("x"));
    diags_add(k.diags, &(struct diag_draft){.id = DIAG_EMPTY_NAMES,
                                            .labels = {{{1, 2}, STR("label")}},
                                            .label_count = 1,
                                            .fix = {.safety = DDBEXPR_FIX_SAFE, .edits = &edit, .edit_count = 1}});
    const ddbexpr_diag *diag = ddbexpr_diags_at(k.diags, 0);
    assert_non_null(diag);
    ddbexpr_diags_set_severity(k.diags, 1, DDBEXPR_INFO);
    ddbexpr_diags_drop_fix(k.diags, 1);
    assert_int_equal(ddbexpr_diag_severity(diag), DDBEXPR_ERROR);
    assert_int_equal(ddbexpr_diag_fix_safety(diag), DDBEXPR_FIX_SAFE);
    assert_int_equal(ddbexpr_diag_edit_count(diag), 1);
    assert_str_is(ddbexpr_diag_label_at(diag, 0).text, "label");
    assert_int_equal(ddbexpr_diag_label_at(diag, 1).text.len, 0);
    assert_int_equal(ddbexpr_diag_label_at(diag, 1).span.end, 0);
    assert_str_is(ddbexpr_diag_edit_at(diag, 0).text, "x");
    assert_int_equal(ddbexpr_diag_edit_at(diag, 1).text.len, 0);
    ddbexpr_diags_set_severity(k.diags, 0, DDBEXPR_INFO);
    ddbexpr_diags_drop_fix(k.diags, 0);
    assert_int_equal(ddbexpr_diag_severity(diag), DDBEXPR_INFO);
    assert_int_equal(ddbexpr_diag_edit_count(diag), 0);
    kit_close(&k);
}

/* Whatever a reader of another format says, what is shown lies in the text. */
static void spans_of_others_are_cut(void **state)
{
    (void)state;
    static const ddbexpr_span spans[][2] = {
        {{1, 2}, {1, 2}}, {{2, 12}, {2, 3}}, {{10, 12}, {3, 3}}, {{3, 3}, {3, 3}}, {{2, 1}, {1, 1}}};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct kit k;
        kit_open(&k);
        assert_int_equal(
            ddbexpr_diags_report_input(k.diags, DDBEXPR_INPUT_TRAILING, STR("abc"), spans[i][0], STR(""), STR("")),
            DDBEXPR_OK);
        const ddbexpr_diag *diag = ddbexpr_diags_at(k.diags, 0);
        assert_int_equal(ddbexpr_diag_span(diag).start, spans[i][1].start);
        assert_int_equal(ddbexpr_diag_span(diag).end, spans[i][1].end);
        assert_int_equal(ddbexpr_diag_render(diag, NULL, k.text), DDBEXPR_OK);
        kit_close(&k);
    }
}

static void without_a_text_there_is_no_column(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    assert_int_equal(ddbexpr_diags_report_input(k.diags, DDBEXPR_INPUT_TRAILING, str_of(NULL, 0), (ddbexpr_span){4, 5},
                                                STR(""), STR("")),
                     DDBEXPR_OK);
    assert_int_equal(ddbexpr_diag_render(ddbexpr_diags_at(k.diags, 0), NULL, k.text), DDBEXPR_OK);
    str all = ddbexpr_buffer_text(k.text);
    assert_non_null(memmem(all.ptr, all.len, "  --> JSON\n", 11));
    assert_null(memmem(all.ptr, all.len, "   | ", 5));
    kit_close(&k);
}

static void markdown_has_no_colours(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    diags_add(k.diags, &(struct diag_draft){.id = DIAG_EMPTY_NAMES, .source = DDBEXPR_SOURCE_NAMES});
    const ddbexpr_style markdown = {.size = sizeof markdown, .colour = true, .markdown = true};
    const ddbexpr_style colour = {.size = sizeof colour, .colour = true};
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    assert_int_equal(ddbexpr_diag_render(ddbexpr_diags_at(k.diags, 0), &markdown, k.text), DDBEXPR_OK);
    assert_null(memchr(ddbexpr_buffer_text(k.text).ptr, '\x1b', ddbexpr_buffer_text(k.text).len));
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_diag_render(ddbexpr_diags_at(k.diags, 0), &colour, k.text), DDBEXPR_OK);
    assert_non_null(memchr(ddbexpr_buffer_text(k.text).ptr, '\x1b', ddbexpr_buffer_text(k.text).len));
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
    assert_int_equal(ddbexpr_buffer_status(k.text), DDBEXPR_OK);
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

#define TEN_BYTES(byte) byte byte byte byte byte byte byte byte byte byte

static void windows_show_whole_characters(void **state)
{
    (void)state;
    /* the end of the line */
    assert_rendered(TEN_BYTES("a") TEN_BYTES("b") TEN_BYTES("c") TEN_BYTES("d") TEN_BYTES("e"), 49, 50, 40,
                    "  --> ConditionExpression, column 50\n"
                    "   |\n   | …bbccccccccccddddddddddeeeeeeeeee\n"
                    "   |                                 ^\n");
    /* 33 bytes from 11 before the span on, which is in the middle of a character; and their end is, too */
    assert_rendered(
        TEN_BYTES("\u00e9") TEN_BYTES("\u00e9") TEN_BYTES("\u00e9"), 30, 32, 41,
        "  --> ConditionExpression, column 16\n"
        "   |\n   | "
        "…\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9…\n"
        "   |        ^\n");
    /* bytes that are in no character's middle, though they look like it */
    assert_rendered(TEN_BYTES("\x80") TEN_BYTES("\x80") TEN_BYTES("\x80"), 20, 21, 25,
                    "  --> ConditionExpression, column 21\n"
                    "   |\n   | …\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80…\n"
                    "   |                                          ^^^^\n");
    assert_rendered(TEN_BYTES("\x80") TEN_BYTES("\x80") TEN_BYTES("\x80"), 7, 8, 25,
                    "  --> ConditionExpression, column 8\n"
                    "   |\n   | \\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80\\x80…\n"
                    "   |                             ^^^^\n");
}

static void labels_are_shown_where_they_fit(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    diags_add(k.diags, &(struct diag_draft){
                           .id = DIAG_LEGACY_UNSUPPORTED,
                           .source = DDBEXPR_SOURCE_CONDITION,
                           .text = STR(TEN_BYTES("a") TEN_BYTES("b") TEN_BYTES("c") TEN_BYTES("d")),
                           .has_span = true,
                           .span = {20, 21},
                           .labels = {{{22, 24}, STR("here")}, {{25, 38}, STR("beyond")}, {{0, 1}, STR("before")}},
                           .label_count = 3,
                           .args = {STR("X")}});
    const ddbexpr_style style = {.size = sizeof style, .width = 25};
    assert_int_equal(ddbexpr_diags_count(k.diags), 1);
    assert_int_equal(ddbexpr_diag_render(ddbexpr_diags_at(k.diags, 0), &style, k.text), DDBEXPR_OK);
    str all = ddbexpr_buffer_text(k.text);
    assert_non_null(memmem(all.ptr, all.len, "   |       ^\n   |         -- here\n   = help", 39));
    kit_close(&k);
}

/* A diagnostic of "abcdefghijklmnopqrstuvwxyz" with fixes that write X in place of each span. */
static void add_fix(struct kit *k, ddbexpr_source source, const ddbexpr_span *spans, size_t count)
{
    ddbexpr_edit edits[3];
    for (size_t i = 0; i < count; i++)
        edits[i] = edit_replace(source, spans[i], STR("X"));
    diags_add(k->diags, &(struct diag_draft){.id = DIAG_LEGACY_UNSUPPORTED,
                                             .source = DDBEXPR_SOURCE_CONDITION,
                                             .text = STR("abcdefghijklmnopqrstuvwxyz"),
                                             .fix = {.safety = DDBEXPR_FIX_SAFE, .edits = edits, .edit_count = count}});
}

static void fixes_that_clash_are_not_made_together(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    add_fix(&k, DDBEXPR_SOURCE_CONDITION, (const ddbexpr_span[]){{1, 2}, {20, 22}}, 2);
    add_fix(&k, DDBEXPR_SOURCE_CONDITION, (const ddbexpr_span[]){{4, 5}}, 1);
    add_fix(&k, DDBEXPR_SOURCE_CONDITION, (const ddbexpr_span[]){{8, 9}, {21, 23}}, 2); /* with the first */
    add_fix(&k, DDBEXPR_SOURCE_UPDATE, (const ddbexpr_span[]){{10, 11}}, 1);            /* changes another text */
    add_fix(&k, DDBEXPR_SOURCE_CONDITION, (const ddbexpr_span[]){{12, 13}}, 1);
    bool applied[5] = {false};
    size_t count = 0;
    assert_int_equal(ddbexpr_fix_text(k.diags, -1, DDBEXPR_SOURCE_CONDITION, STR("abcdefghijklmnopqrstuvwxyz"), false,
                                      k.text, applied, &count),
                     DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "aXcdXfghijklXnopqrstXwxyz");
    assert_int_equal(count, 3);
    assert_true(applied[0] && applied[1] && !applied[2] && !applied[3] && applied[4]);
    kit_close(&k);
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

/* Whoever looks at a collector that memory ran out for finds less than was to be told, and no place in a text that is
 * not there. */
static void what_lacks_its_text_has_no_place_in_it(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_diags *d = NULL;
        if (ddbexpr_diags_new(&t.alloc, &d) == DDBEXPR_OK) {
            ddbexpr_buffer *out = NULL;
            assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
            ddbexpr_diags_report_input(d, DDBEXPR_INPUT_DUPLICATE_MEMBER, STR("{\"a\":1}"), (ddbexpr_span){1, 4},
                                       STR("a"), STR(""));
            for (size_t i = 0; i < ddbexpr_diags_count(d); i++) {
                const ddbexpr_diag *diag = ddbexpr_diags_at(d, i);
                assert_int_equal(ddbexpr_diag_has_span(diag), ddbexpr_diag_text(diag).len > 0);
                assert_int_equal(ddbexpr_diag_render(diag, NULL, out), DDBEXPR_OK);
            }
            ddbexpr_buffer_free(out);
        }
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
        cmocka_unit_test(what_is_not_there_is_left_alone),
        cmocka_unit_test(spans_of_others_are_cut),
        cmocka_unit_test(without_a_text_there_is_no_column),
        cmocka_unit_test(markdown_has_no_colours),
        cmocka_unit_test(carets_stand_under_the_span),
        cmocka_unit_test(windows_show_whole_characters),
        cmocka_unit_test(labels_are_shown_where_they_fit),
        cmocka_unit_test(fixes_that_clash_are_not_made_together),
        cmocka_unit_test(collecting_may_run_out_of_memory),
        cmocka_unit_test(what_lacks_its_text_has_no_place_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
