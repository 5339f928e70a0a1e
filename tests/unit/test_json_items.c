/* SPDX-License-Identifier: Apache-2.0 */
/* Items one after another and whole tables (items.c, listing.c, stored.c): the shapes a text may have, where each item
 * stands, and what is told of texts that hold none and of items that no table can hold. */
#include "kit.h"
#include "prng.h"

#include <ddbexpr/json.h>

static ddbexpr_json_items items_of(str text, ddbexpr_json_form form)
{
    return (ddbexpr_json_items){.size = sizeof(ddbexpr_json_items), .text = text, .form = form};
}

/* Walks over an exact-length copy, with the arena reset between two items; the items joined by a blank. */
static void assert_walk(const char *text, ddbexpr_json_form form, const char *expected)
{
    struct kit k;
    kit_open(&k);
    size_t length = strlen(text);
    char *exact = malloc(length ? length : 1);
    assert_non_null(exact);
    memcpy(exact, text, length);
    ddbexpr_json_items items = items_of(str_of(exact, length), form);
    for (;;) {
        const ddbexpr_value *item = NULL;
        ddbexpr_arena_reset(k.arena);
        ddbexpr_status status = ddbexpr_json_next_item(&items, k.arena, k.diags, &item);
        if (status != DDBEXPR_OK)
            kit_print_diags(k.diags);
        assert_int_equal(status, DDBEXPR_OK);
        if (!item)
            break;
        if (ddbexpr_buffer_text(k.text).len)
            notation_put(k.text, " ");
        notation_write(item, k.text);
    }
    assert_str_is(ddbexpr_buffer_text(k.text), expected);
    free(exact);
    kit_close(&k);
}

static void every_shape_is_walked(void **state)
{
    (void)state;
    assert_walk("", DDBEXPR_JSON_PLAIN, "");
    assert_walk(" \r\n\t", DDBEXPR_JSON_PLAIN, "");
    assert_walk("[]", DDBEXPR_JSON_PLAIN, "");
    assert_walk(" [ \n ] \n", DDBEXPR_JSON_PLAIN, "");
    assert_walk("{}", DDBEXPR_JSON_PLAIN, "{}");
    assert_walk("{\"a\": 1}", DDBEXPR_JSON_PLAIN, "{a: 1}");
    assert_walk("{\n  \"a\": 1\n}\n", DDBEXPR_JSON_PLAIN, "{a: 1}");
    assert_walk("[{\"a\": 1}]", DDBEXPR_JSON_PLAIN, "{a: 1}");
    assert_walk(" [{\"a\": 1} , {\"a\": [\"]\"]}\n,{}]\n", DDBEXPR_JSON_PLAIN, "{a: 1} {a: [']']} {}");
    assert_walk("{\"a\": 1}\n{\"a\": 2}", DDBEXPR_JSON_PLAIN, "{a: 1} {a: 2}");
    assert_walk("\r\n{\"a\": 1}\r\n\r\n{\"a\": 2}\r\n", DDBEXPR_JSON_PLAIN, "{a: 1} {a: 2}");
    assert_walk("{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n", DDBEXPR_JSON_PLAIN,
                "{a: 1} {a: 2}"); /* indented, one after another */
    assert_walk("{\"Item\": {\"a\": {\"N\": \"1\"}}}\n{\"Item\": {}}\n", DDBEXPR_JSON_TYPED, "{a: 1} {}");
    assert_walk("[{\"Item\": {\"a\": {\"N\": \"1\"}}}, {\"b\": {\"S\": \"x\"}}]", DDBEXPR_JSON_TYPED,
                "{a: 1} {b: 'x'}");
}

/* What stands in {"Item": …} alone is an item, unless it is an attribute value. */
static void an_attribute_called_item_is_no_export(void **state)
{
    (void)state;
    assert_walk("{\"Item\": {\"S\": \"x\"}}", DDBEXPR_JSON_TYPED, "{Item: 'x'}");
    assert_walk("{\"Item\": {\"L\": [{\"S\": \"x\"}]}}", DDBEXPR_JSON_TYPED, "{Item: ['x']}");
    assert_walk("{\"Item\": {\"M\": {\"a\": {\"S\": \"x\"}}}}", DDBEXPR_JSON_TYPED, "{Item: {a: 'x'}}");
    assert_walk("{\"Item\": {\"M\": {}}}", DDBEXPR_JSON_TYPED, "{Item: {}}");
    assert_walk("{\"Item\": {\"M\": {\"S\": \"x\"}}}", DDBEXPR_JSON_TYPED, "{M: 'x'}");
    assert_walk("{\"Item\": {\"S\": {\"S\": \"x\"}}}", DDBEXPR_JSON_TYPED, "{S: 'x'}");
    assert_walk("{\"Item\": {\"a\": {\"S\": \"x\"}}, \"b\": {\"S\": \"y\"}}", DDBEXPR_JSON_PLAIN,
                "{Item: {a: {S: 'x'}}, b: {S: 'y'}}");
    assert_walk("{\"Item\": {\"a\": 1}}", DDBEXPR_JSON_PLAIN, "{Item: {a: 1}}");
}

/* The answer of Scan or Query: its members in any order, and whatever else is in it. */
static void the_items_of_an_answer_are_walked(void **state)
{
    (void)state;
    const ddbexpr_json_form typed = DDBEXPR_JSON_TYPED, plain = DDBEXPR_JSON_PLAIN;
    assert_walk("{\"Items\":[]}", typed, "");
    assert_walk(" {\"Items\" : [ ] }\n", typed, "");
    assert_walk("{\"Items\": [{\"a\": {\"N\": \"1\"}}, {\"Item\": {\"b\": {\"S\": \"x\"}}}], \"Count\": 2, "
                "\"ScannedCount\": 2, \"ConsumedCapacity\": null}",
                typed, "{a: 1} {b: 'x'}");
    assert_walk(
        "{\"LastEvaluatedKey\":{\"a\":{\"S\":\"]}\\\"\"}},\"x\":\"\\\\\",\"Items\":[{\"a\":{\"S\":\"]\\\"}\"}}\n,\n{}],"
        "\"Count\":2}",
        typed, "{a: ']\"}'} {}");
    assert_walk("{\"Count\": 1, \"Items\": [{\"a\": 1}], \"ScannedCount\": 5}", plain, "{a: 1}");
    assert_walk("{\"Items\": [{\"a\": 1}], \"ScannedCount\": 1, \"Count\": 1}", plain, "{a: 1}");
}

/* An attribute called Items is a typed value, which is no array; plain it needs the counts beside it. */
static void an_attribute_called_items_is_no_answer(void **state)
{
    (void)state;
    const ddbexpr_json_form typed = DDBEXPR_JSON_TYPED, plain = DDBEXPR_JSON_PLAIN;
    assert_walk("{\"Items\": {\"L\": [{\"M\": {}}]}, \"Count\": {\"N\": \"1\"}}", typed, "{Items: [{}], Count: 1}");
    assert_walk("{\"Item\": {\"Items\": {\"L\": []}}}", typed, "{Items: []}");
    assert_walk("{\"a\": {\"M\": {\"Items\": {\"L\": []}}}}\n{}", typed, "{a: {Items: []}} {}");
    assert_walk("{\"Items\": [{\"a\": 1}]}", plain, "{Items: [{a: 1}]}");
    assert_walk("{\"Items\": [{\"a\": 1}], \"Count\": 1}", plain, "{Items: [{a: 1}], Count: 1}");
    assert_walk("{\"Items\": [], \"Count\": \"1\", \"ScannedCount\": 1}", plain,
                "{Items: [], Count: '1', ScannedCount: 1}");
    assert_walk("{\"Items\": 5, \"Count\": 1, \"ScannedCount\": 1}", plain, "{Items: 5, Count: 1, ScannedCount: 1}");
    assert_walk("{\"a\": {\"Items\": [], \"Count\": 1, \"ScannedCount\": 1}}", plain,
                "{a: {Items: [], Count: 1, ScannedCount: 1}}");
}

static void assert_layout(const char *text, ddbexpr_json_layout layout)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_json_items items = items_of(ddbexpr_cstr(text), DDBEXPR_JSON_TYPED);
    const ddbexpr_value *item = NULL;
    do {
        assert_false(items.ended);
        assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
        assert_int_equal(items.layout, layout);
    } while (item);
    assert_true(items.ended);
    assert_int_equal(items.offset, items.text.len);
    kit_close(&k);
}

static void the_layout_is_told(void **state)
{
    (void)state;
    assert_layout("", DDBEXPR_JSON_LINES);
    assert_layout("{}\n", DDBEXPR_JSON_LINES);
    assert_layout("{\"Item\": {}}\n{}", DDBEXPR_JSON_LINES);
    assert_layout("[]", DDBEXPR_JSON_ARRAY);
    assert_layout("[{}, {}]\n", DDBEXPR_JSON_ARRAY);
    assert_layout("{\"Items\": []}", DDBEXPR_JSON_ANSWER);
    assert_layout("\n{\"Count\": 1, \"Items\": [{}]} ", DDBEXPR_JSON_ANSWER);
}

/* No beginning of an answer is one, wherever it breaks off; nothing after the text is looked at. */
static void answers_that_break_off_are_told(void **state)
{
    (void)state;
    static const char whole[] =
        "{\"Count\":1,\"x\":\"\\\"\",\"Items\":[{\"a\":{\"S\":\"\\\\\"}},{}],\"ScannedCount\":1}";
    for (size_t length = 1; length < sizeof whole - 1; length++) {
        struct kit k;
        kit_open(&k);
        char *exact = malloc(length);
        assert_non_null(exact);
        memcpy(exact, whole, length);
        const ddbexpr_value *const *items = NULL;
        size_t count = 99;
        assert_int_equal(
            ddbexpr_json_read_items(k.arena, str_of(exact, length), DDBEXPR_JSON_TYPED, k.diags, &items, &count),
            DDBEXPR_INVALID);
        assert_codes(&k, "DX901");
        free(exact);
        kit_close(&k);
    }
}

static void each_item_has_its_place(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    ddbexpr_json_items items = items_of(STR(" {\"a\":{\"S\":\"\"}}\n\n{\"Item\":{}}\n"), DDBEXPR_JSON_TYPED);
    const ddbexpr_value *item = NULL;
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
    assert_str_is(str_slice(items.text, items.span), "{\"a\":{\"S\":\"\"}}");
    assert_false(items.exported);
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
    assert_str_is(str_slice(items.text, items.span), "{\"Item\":{}}");
    assert_true(items.exported);
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
    assert_null(item);
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
    assert_null(item);
    kit_close(&k);
}

/* After `good` items comes the fault; the walk stays there, and reading all at once says the same. */
static void assert_fault_after(size_t good, const char *text, ddbexpr_json_form form, const char *code,
                               const char *spanned, size_t start)
{
    struct kit k;
    kit_open(&k);
    ddbexpr_json_items items = items_of(ddbexpr_cstr(text), form);
    const ddbexpr_value *item = NULL;
    for (size_t i = 0; i < good; i++) {
        assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
        assert_non_null(item);
    }
    const ddbexpr_value *const kept = item;
    const ddbexpr_json_items before = items;
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_INVALID);
    assert_ptr_equal(item, kept);
    assert_int_equal(items.offset, before.offset);
    assert_codes(&k, code);
    assert_spanned(&k, 0, spanned);
    assert_int_equal(ddbexpr_diag_span(ddbexpr_diags_at(k.diags, 0)).start, start);
    const ddbexpr_value *const *all = NULL;
    size_t count = 99;
    assert_int_equal(ddbexpr_json_read_items(k.arena, ddbexpr_cstr(text), form, NULL, &all, &count), DDBEXPR_INVALID);
    assert_null(all);
    assert_int_equal(count, 99);
    kit_close(&k);
}

static void faults_are_told_with_their_place_in_the_whole_text(void **state)
{
    (void)state;
    const ddbexpr_json_form plain = DDBEXPR_JSON_PLAIN;
    assert_fault_after(1, "{}\n{\"a\": 2,}\n{}", plain, "DX901", "}", 11);
    assert_fault_after(1, "{}\n{\"a\": 1, \"a\": 2}", plain, "DX903", "\"a\"", 12);
    assert_fault_after(1, "{}\n{\"a\": ", plain, "DX901", "", 9);
    assert_fault_after(1, "{}\n5\n", plain, "DX906", "5", 3);
    assert_fault_after(0, "\"x\"", plain, "DX906", "\"x\"", 0);
    assert_fault_after(0, "null", plain, "DX906", "null", 0);
    assert_fault_after(1, "{}{}", plain, "DX901", "{", 2);
    assert_fault_after(1, "{},{}", plain, "DX901", ",", 2);
    assert_fault_after(1, "{}]", plain, "DX901", "]", 2);
    assert_fault_after(1, "{}\n]", plain, "DX901", "]", 3);
    assert_fault_after(1, "{}\n[{}]", plain, "DX906", "[{}]", 3);
    assert_fault_after(0, "[", plain, "DX901", "", 1);
    assert_fault_after(1, "[{}", plain, "DX901", "", 3);
    assert_fault_after(1, "[{},", plain, "DX901", "", 4);
    assert_fault_after(1, "[{},]", plain, "DX901", "]", 4);
    assert_fault_after(0, "[,{}]", plain, "DX901", ",", 1);
    assert_fault_after(1, "[{} {}]", plain, "DX901", "{", 4);
    assert_fault_after(1, "[{}, 7]", plain, "DX906", "7", 5);
    assert_fault_after(1, "[{}, [{}]]", plain, "DX906", "[{}]", 5);
    assert_fault_after(1, "[{}] {}", plain, "DX901", "{", 5);
    assert_fault_after(1, "[{}] \"", plain, "DX901", "", 6);
    assert_fault_after(0, "[]]", plain, "DX901", "]", 2);
    assert_fault_after(1, "{\"a\":{\"S\":\"\"}}\n{\"a\":{\"N\":5}}", DDBEXPR_JSON_TYPED, "DX904", "5", 25);
    assert_fault_after(1, "{\"a\":{\"S\":\"\"}}\n{\"Item\":{\"a\":5}}", DDBEXPR_JSON_TYPED, "DX904", "5", 28);
}

/* The frame of an answer is looked at before the items, which are told of in their turn. */
static void faults_of_answers_are_told(void **state)
{
    (void)state;
    const ddbexpr_json_form typed = DDBEXPR_JSON_TYPED;
    assert_fault_after(0, "{\"Items\":[{}],}", typed, "DX901", "}", 14);
    assert_fault_after(0, "{\"Items\":[{}]} {}", typed, "DX901", "{", 15);
    assert_fault_after(0, "{\"Items\":[{}],\"Items\":[]}", typed, "DX903", "\"Items\"", 14);
    assert_fault_after(0, "{\"Count\":01,\"Items\":[{}]}", typed, "DX901", "1", 10);
    assert_fault_after(0, "{\"Count\",\"Items\":[{}]}", typed, "DX901", ",", 8);
    assert_fault_after(1, "{\"Items\":[{},]}", typed, "DX901", "]", 13);
    assert_fault_after(1, "{\"Items\":[{} {}]}", typed, "DX901", "{", 13);
    assert_fault_after(1, "{\"Items\":[{},5]}", typed, "DX906", "5", 13);
    assert_fault_after(1, "{\"Items\":[{},{\"a\":{\"N\":5}}]}", typed, "DX904", "5", 23);
    assert_fault_after(0, "{\"Items\":[{\"a\":[}]}", typed, "DX901", "}", 16);
    assert_fault_after(0, "{\"Items\":[{\"a\":{\"S\":\"\\x\"}}]}", typed, "DX901", "\\", 21);
}

/* What no table can hold is refused where it stands, with the words of the service for a PutItem. */
static void items_that_no_table_can_hold_are_told(void **state)
{
    (void)state;
    const ddbexpr_json_form typed = DDBEXPR_JSON_TYPED;
    assert_fault_after(1, "{}\n{\"a\":{\"SS\":[]}}", typed, "DX908 DX209", "{\"a\":{\"SS\":[]}}", 3);
    assert_fault_after(1, "[{},{\"Item\":{\"a\":{\"N\":\"x\"}}}]", typed, "DX908 DX210", "{\"a\":{\"N\":\"x\"}}", 12);
    assert_fault_after(0, "{\"a\":{\"S\":\"\",\"N\":\"1\"},\"b\":{}}", typed, "DX908 DX212 DX212",
                       "{\"a\":{\"S\":\"\",\"N\":\"1\"},\"b\":{}}", 0);
    assert_fault_after(0, "{\"\":1}", DDBEXPR_JSON_PLAIN, "DX908 DX212", "{\"\":1}", 0);
}

static void attributes_have_31_levels_at_most(void **state)
{
    (void)state;
    for (int levels = 30; levels < 45; levels++) {
        struct kit k;
        kit_open(&k);
        ddbexpr_buffer *text = NULL;
        assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
        notation_put(text, "{\"a\":");
        for (int i = 0; i < levels; i++)
            notation_put(text, i % 2 ? "[" : "{\"b\":");
        notation_put(text, "1");
        for (int i = levels; i-- > 0;)
            notation_put(text, i % 2 ? "]" : "}");
        notation_put(text, "}");
        const ddbexpr_value *const *items = NULL;
        size_t count = 0;
        ddbexpr_status status =
            ddbexpr_json_read_items(k.arena, ddbexpr_buffer_text(text), DDBEXPR_JSON_PLAIN, k.diags, &items, &count);
        assert_int_equal(status, levels <= 31 ? DDBEXPR_OK : DDBEXPR_INVALID);
        assert_codes(&k, levels <= 31 ? "" : "DX908 DX212");
        if (levels > 31)
            assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(k.diags, 1)),
                          "the value is nested more than 31 levels deep");
        ddbexpr_buffer_free(text);
        kit_close(&k);
    }
}

/* --- tables --- */

static ddbexpr_status read_table(struct kit *k, const char *text, const ddbexpr_key_attribute *key, size_t key_count,
                                 ddbexpr_table *ret)
{
    *ret = (ddbexpr_table){.size = sizeof *ret, .key = key, .key_count = key_count};
    return ddbexpr_json_read_table(k->arena, ddbexpr_cstr(text), DDBEXPR_JSON_TYPED, k->diags, ret);
}

static void assert_table_fault(const char *text, const ddbexpr_key_attribute *key, size_t key_count, const char *code,
                               const char *message, uint32_t start)
{
    struct kit k;
    ddbexpr_table table;
    kit_open(&k);
    assert_int_equal(read_table(&k, text, key, key_count, &table), DDBEXPR_INVALID);
    assert_int_equal(table.item_count, 0);
    assert_null(table.items);
    assert_codes(&k, code);
    const ddbexpr_diag *diag = ddbexpr_diags_at(k.diags, 0);
    assert_str_is(ddbexpr_diag_message(diag), message);
    assert_int_equal(ddbexpr_diag_span(diag).start, start);
    assert_int_equal(read_table(&k, text, key, key_count, &table), DDBEXPR_INVALID);
    kit_close(&k);
}

static void tables_have_keys(void **state)
{
    (void)state;
    static const ddbexpr_key_attribute string[] = {{{"a", 1}, DDBEXPR_S}}, binary[] = {{{"a", 1}, DDBEXPR_B}},
                                       both[] = {{{"a", 1}, DDBEXPR_S}, {{"b", 1}, DDBEXPR_N}};
    static const char same[] = "item 1 of the table has the same key";
    assert_table_fault("{\"a\":{\"S\":\"x\"}}\n{}", string, 1, "DX908",
                       "this item lacks the key attribute `a` of type S", 16);
    assert_table_fault("{\"a\":{\"S\":\"x\"},\"b\":{\"S\":\"1\"}}", both, 2, "DX908",
                       "this item lacks the key attribute `b` of type N", 0);
    assert_table_fault("[{\"a\":{\"S\":\"x\"}},{\"a\":{\"S\":\"x\"},\"c\":{\"S\":\"\"}}]", string, 1, "DX909", same,
                       17);
    assert_table_fault("{\"a\":{\"B\":\"AA==\"}}\n{\"Item\":{\"a\":{\"B\":\"AA==\"}}}", binary, 1, "DX909", same, 19);
    assert_table_fault("{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}} {\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"10e-1\"}}", both,
                       2, "DX909", same, 30);
    struct kit k;
    ddbexpr_table table;
    kit_open(&k);
    assert_int_equal(
        read_table(&k,
                   "{\"Items\":[{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"}},{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"2\"}},"
                   "{\"a\":{\"S\":\"y\"},\"b\":{\"N\":\"1\"}}]}",
                   both, 2, &table),
        DDBEXPR_OK);
    assert_int_equal(table.item_count, 3);
    assert_value_is(table.items[2], "{a: 'y', b: 1}");
    assert_int_equal(read_table(&k, "", both, 2, &table), DDBEXPR_OK);
    assert_int_equal(table.item_count, 0);
    assert_int_equal(read_table(&k, "", both, 0, &table), DDBEXPR_MISUSE);
    assert_int_equal(read_table(&k, "", both, 3, &table), DDBEXPR_MISUSE);
    const ddbexpr_key_attribute list[] = {{{"a", 1}, DDBEXPR_L}};
    assert_int_equal(read_table(&k, "", list, 1, &table), DDBEXPR_MISUSE);
    table.size = 1;
    assert_int_equal(ddbexpr_json_read_table(k.arena, STR(""), DDBEXPR_JSON_TYPED, NULL, &table), DDBEXPR_MISUSE);
    kit_close(&k);
}

/* The item that is told is the one that comparing each with all before it would find. */
static void same_keys_are_found_as_by_looking_at_every_pair(void **state)
{
    (void)state;
    static const ddbexpr_key_attribute key[] = {{{"a", 1}, DDBEXPR_N}, {{"b", 1}, DDBEXPR_S}};
    struct prng random = {5};
    for (int round = 0; round < 500; round++) {
        struct kit k;
        kit_open(&k);
        ddbexpr_buffer *text = NULL;
        assert_int_equal(ddbexpr_buffer_new(NULL, &text), DDBEXPR_OK);
        uint32_t keys[60], count = prng_below(&random, 60), spread = 1 + prng_below(&random, 3000), told = count;
        for (uint32_t i = 0; i < count; i++) {
            char item[80];
            keys[i] = prng_below(&random, spread);
            snprintf(item, sizeof item, "{\"a\":{\"N\":\"%u%s\"},\"b\":{\"S\":\"%c\"}}\n", (unsigned)keys[i] / 3,
                     prng_once_in(&random, 2) ? ".0" : "", (int)('x' + keys[i] % 3));
            notation_put(text, item);
            for (uint32_t j = 0; j < i && told == count; j++)
                told = keys[j] == keys[i] ? i : told;
        }
        ddbexpr_table table;
        ddbexpr_status status = read_table(&k, ddbexpr_buffer_text(text).ptr, key, 2, &table);
        assert_int_equal(status, told == count ? DDBEXPR_OK : DDBEXPR_INVALID);
        if (told < count) {
            uint32_t start = ddbexpr_diag_span(ddbexpr_diags_at(k.diags, 0)).start, line = 0;
            for (uint32_t i = 0; i < start; i++)
                line += ddbexpr_buffer_text(text).ptr[i] == '\n';
            assert_int_equal(line, told);
        }
        ddbexpr_buffer_free(text);
        kit_close(&k);
    }
}

static void many_items_are_read_in_order(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char *text = malloc(64 * 5000), *end = text;
    assert_non_null(text);
    for (int i = 0; i < 5000; i++)
        end += sprintf(end, "{\"n\": %d, \"x\": [\"\\n\", {}]}\n", i);
    const ddbexpr_value *const *all = NULL;
    size_t count = 0;
    assert_int_equal(
        ddbexpr_json_read_items(k.arena, str_of(text, (size_t)(end - text)), DDBEXPR_JSON_PLAIN, k.diags, &all, &count),
        DDBEXPR_OK);
    assert_int_equal(count, 5000);
    for (int i = 0; i < 5000; i++) {
        char expected[64];
        sprintf(expected, "{n: %d, x: ['\n', {}]}", i);
        assert_value_is(all[i], expected);
    }
    free(text);
    kit_close(&k);
}

/* The memory of a walk is that of one item, however long the text is. */
static void a_walk_keeps_no_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char *text = malloc(40 * 20000), *end = text;
    assert_non_null(text);
    for (int i = 0; i < 20000; i++)
        end += sprintf(end, "{\"pk\": {\"S\": \"item %06d\"}}\n", i);
    ddbexpr_json_items items = items_of(str_of(text, (size_t)(end - text)), DDBEXPR_JSON_TYPED);
    size_t settled = 0, count = 0;
    for (const ddbexpr_value *item = NULL;; count++) {
        ddbexpr_arena_reset(k.arena);
        assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_OK);
        if (!item)
            break;
        if (count == 10)
            settled = k.memory.live_bytes;
    }
    assert_int_equal(count, 20000);
    assert_true(k.memory.live_bytes < 2 * settled);
    free(text);
    kit_close(&k);
}

static void misuse_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = NULL;
    ddbexpr_json_items items = {.text = STR("{}")};
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_MISUSE);
    items = items_of(STR("{}"), DDBEXPR_JSON_PLAIN);
    items.offset = 3;
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_MISUSE);
    /* The text is not looked at if it is too long. */
    items = items_of(str_of("{}", (size_t)INT32_MAX + 1), DDBEXPR_JSON_PLAIN);
    assert_int_equal(ddbexpr_json_next_item(&items, k.arena, k.diags, &item), DDBEXPR_LIMIT);
    assert_null(item);
    kit_close(&k);
}

static void every_failed_allocation_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
    } rows[] = {
        {"[{\"a\\n\": {\"L\": [{\"B\": \"YWI=\"}, {\"SS\": [\"y\", \"x\"]}, {\"NS\": [\"1\", \"2\"]}]}}, {}]", 2},
        {"{\"Item\": {\"a\": {\"M\": {}}, \"b\": {\"N\": \"1\"}}}\n{}\n", 2},
        {"{\"Items\": [{\"a\": {\"M\": {}}}], \"Count\": 1}", 1},
        {"{\"a1\":{\"S\":\"\"},\"a2\":{\"S\":\"\"},\"a3\":{\"S\":\"\"},\"a4\":{\"S\":\"\"},\"a5\":{\"S\":\"\"},\"a6\":{"
         "\"S\":\"\"},"
         "\"a7\":{\"S\":\"\"},\"a8\":{\"S\":\"\"},\"a9\":{\"S\":\"\"},\"b1\":{\"S\":\"\"},\"b2\":{\"S\":\"\"},\"b3\":{"
         "\"S\":\"\"},"
         "\"b4\":{\"S\":\"\"},\"b5\":{\"S\":\"\"},\"b6\":{\"S\":\"\"},\"b7\":{\"S\":\"\"},\"b8\":{\"S\":\"\"}}",
         1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            const ddbexpr_value *const *all = NULL;
            size_t count = 99;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = ddbexpr_json_read_items(a, ddbexpr_cstr(rows[i].text), DDBEXPR_JSON_TYPED, NULL, &all, &count);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(count, t.failed ? 99 : rows[i].count);
            ddbexpr_arena_free(a);
        }
    }
}

/* A table: read, with keys that differ and with one twice, with a value that is refused. */
static void every_failed_allocation_of_a_table_is_told(void **state)
{
    (void)state;
    static const ddbexpr_key_attribute key[] = {{{"a", 1}, DDBEXPR_N}};
    static const char *const texts[] = {"{\"a\":{\"N\":\"1\"}} {\"a\":{\"N\":\"2\"}} {\"a\":{\"N\":\"3\"}}",
                                        "{\"a\":{\"N\":\"1\"}} {\"a\":{\"N\":\"2\"}} {\"a\":{\"N\":\"1.0\"}}",
                                        "{\"a\":{\"N\":\"1\"},\"b\":{\"SS\":[\"x\",\"x\"]}}", "{\"a\":{\"S\":\"1\"}}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            ddbexpr_diags *diags = NULL;
            ddbexpr_table table = {.size = sizeof table, .key = key, .key_count = 1};
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = ddbexpr_diags_new(&t.alloc, &diags);
            if (status == DDBEXPR_OK)
                status = ddbexpr_json_read_table(a, ddbexpr_cstr(texts[i]), DDBEXPR_JSON_TYPED, diags, &table);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : i == 0 ? DDBEXPR_OK : DDBEXPR_INVALID);
            assert_int_equal(table.item_count, status == DDBEXPR_OK ? 3 : 0);
            ddbexpr_diags_free(diags);
            ddbexpr_arena_free(a);
        }
    }
}

/* A text that breaks off, where it is not clear what it is of. */
static void a_lack_of_memory_is_told_where_a_text_breaks_off(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\"a\": {\"L\": [{\"S\": \"x\"}, ",
                                        "{\"a\\u0061\": {\"S\": \"x\"}, \"Items\": [{",
                                        "{\"a\": 1, \"b\": x, \"c\": \"a long text that ends the look around\", "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct test_alloc t;
        ddbexpr_status last = DDBEXPR_OK;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            const ddbexpr_value *item = NULL;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            ddbexpr_json_items items = items_of(ddbexpr_cstr(texts[i]), DDBEXPR_JSON_TYPED);
            items.partial = true;
            if (status == DDBEXPR_OK)
                status = ddbexpr_json_next_item(&items, a, NULL, &item);
            assert_true(status == DDBEXPR_NO_MEMORY || !t.failed);
            assert_null(item);
            assert_int_equal(status == DDBEXPR_OK, items.breaks_off);
            last = status;
            ddbexpr_arena_free(a);
        }
        assert_int_equal(last, i < 2 ? DDBEXPR_OK : DDBEXPR_INVALID);
    }
}

/* Telling a fault takes memory, too. */
static void a_fault_without_memory_is_no_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        ddbexpr_diags *diags = NULL;
        const ddbexpr_value *item = NULL;
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = ddbexpr_diags_new(&t.alloc, &diags);
        if (status == DDBEXPR_OK)
            status = ddbexpr_json_read_item(a, STR("{\"a\": 1, \"\\u0061\": 2}"), DDBEXPR_JSON_PLAIN, diags, &item);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_INVALID);
        assert_null(item);
        ddbexpr_diags_free(diags);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_is_walked),
        cmocka_unit_test(an_attribute_called_item_is_no_export),
        cmocka_unit_test(the_items_of_an_answer_are_walked),
        cmocka_unit_test(an_attribute_called_items_is_no_answer),
        cmocka_unit_test(the_layout_is_told),
        cmocka_unit_test(answers_that_break_off_are_told),
        cmocka_unit_test(each_item_has_its_place),
        cmocka_unit_test(faults_are_told_with_their_place_in_the_whole_text),
        cmocka_unit_test(faults_of_answers_are_told),
        cmocka_unit_test(items_that_no_table_can_hold_are_told),
        cmocka_unit_test(attributes_have_31_levels_at_most),
        cmocka_unit_test(tables_have_keys),
        cmocka_unit_test(same_keys_are_found_as_by_looking_at_every_pair),
        cmocka_unit_test(many_items_are_read_in_order),
        cmocka_unit_test(a_walk_keeps_no_memory),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(every_failed_allocation_is_told),
        cmocka_unit_test(every_failed_allocation_of_a_table_is_told),
        cmocka_unit_test(a_lack_of_memory_is_told_where_a_text_breaks_off),
        cmocka_unit_test(a_fault_without_memory_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
