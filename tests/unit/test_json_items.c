/* SPDX-License-Identifier: Apache-2.0 */
/* Items one after another (items.c): the shapes a text may have, where each item stands, and what is told of texts
 * that hold none. */
#include "kit.h"

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

static void many_items_are_read_in_order(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char *text = malloc(64 * 5000), *end = text;
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
    static const char *const texts[] = {
        "[{\"a\\n\": {\"L\": [{\"B\": \"YWI=\"}, {\"SS\": [\"y\", \"x\"]}, {\"NS\": [\"1\", \"1.0\"]}]}}, {}]",
        "{\"Item\": {\"a\": {\"M\": {}}, \"b\": {\"N\": \"no\"}, \"c\": {\"S\": \"x\", \"N\": \"1\"}}}\n{}\n",
        "{\"a1\":{},\"a2\":{},\"a3\":{},\"a4\":{},\"a5\":{},\"a6\":{},\"a7\":{},\"a8\":{},\"a9\":{},\"b1\":{},\"b2\":{}"
        ","
        "\"b3\":{},\"b4\":{},\"b5\":{},\"b6\":{},\"b7\":{},\"b8\":{},\"b9\":{}}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct test_alloc t;
        FOR_EACH_FAILURE(t)
        {
            ddbexpr_arena *a = NULL;
            const ddbexpr_value *const *all = NULL;
            size_t count = 99;
            ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
            if (status == DDBEXPR_OK)
                status = ddbexpr_json_read_items(a, ddbexpr_cstr(texts[i]), DDBEXPR_JSON_TYPED, NULL, &all, &count);
            assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
            assert_int_equal(count, t.failed ? 99 : i == 2 ? 1 : 2);
            ddbexpr_arena_free(a);
        }
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
        cmocka_unit_test(each_item_has_its_place),
        cmocka_unit_test(faults_are_told_with_their_place_in_the_whole_text),
        cmocka_unit_test(many_items_are_read_in_order),
        cmocka_unit_test(a_walk_keeps_no_memory),
        cmocka_unit_test(misuse_is_told),
        cmocka_unit_test(every_failed_allocation_is_told),
        cmocka_unit_test(a_fault_without_memory_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
