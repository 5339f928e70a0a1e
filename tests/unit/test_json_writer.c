/* SPDX-License-Identifier: Apache-2.0 */
/* Writing values as JSON (writer.c, encode.c): every byte, every type, indentation, and jansson as the judge of whether
 * it is JSON and of what it says. */
#include "kit.h"
#include "prng.h"

#include "base/utf8.h"

#include <ddbexpr/json.h>

#include <jansson.h>

/* What is written is JSON: jansson reads it. The caller releases the root. */
static json_t *read_back(const ddbexpr_buffer *text)
{
    json_error_t error;
    str bytes = ddbexpr_buffer_text(text);
    json_t *root = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!root) {
        test_print_str("no JSON: ", bytes);
        fail();
    }
    return root;
}

static void assert_string_survives(struct kit *k, str bytes, str expected)
{
    ddbexpr_buffer_clear(k->text);
    const ddbexpr_value *value = ddbexpr_value_string(k->arena, bytes);
    assert_non_null(value);
    assert_int_equal(ddbexpr_json_write_value(value, DDBEXPR_JSON_TYPED, 0, k->text), DDBEXPR_OK);
    json_t *root = read_back(k->text), *string = json_object_get(root, "S");
    assert_non_null(string);
    assert_str_equal(str_of(json_string_value(string), json_string_length(string)), expected);
    json_decref(root);
    str written = ddbexpr_buffer_text(k->text);
    for (size_t i = 0; i < written.len; i++)
        assert_true((unsigned char)written.ptr[i] >= 0x20 && written.ptr[i] != 0x7f); /* one line, harmless */
}

static void every_byte_can_be_written(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (int byte = 0; byte < 256; byte++) {
        char text[] = {'<', (char)byte, '>'};
        assert_string_survives(&k, str_of(text, 3), byte < 0x80 ? str_of(text, 3) : STR("<\xef\xbf\xbd>"));
    }
    kit_close(&k);
}

/* What turns text around, hides in it or breaks its lines is written as its code; its neighbours are not. */
static void marks_that_deceive_are_escaped(void **state)
{
    (void)state;
    static const struct {
        uint32_t first, last;
    } unsafe[] = {{0x80, 0x9f}, {0x61c, 0x61c}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}};
    struct kit k;
    kit_open(&k);
    for (uint32_t code = 0x80; code < 0x10000; code = code == 0xd7ff ? 0xe000 : code + 1) {
        char bytes[4], expected[32];
        str text = str_of(bytes, utf8_write(code, bytes));
        bool escaped = false;
        for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
            escaped |= code >= unsafe[i].first && code <= unsafe[i].last;
        if (escaped)
            snprintf(expected, sizeof expected, "{\"S\":\"\\u%04x\"}", (unsigned)code);
        else
            snprintf(expected, sizeof expected, "{\"S\":\"%.*s\"}", (int)text.len, text.ptr);
        assert_string_survives(&k, text, text);
        assert_str_is(ddbexpr_buffer_text(k.text), expected);
        ddbexpr_arena_reset(k.arena);
    }
    kit_close(&k);
}

/* Characters at the edges of each length of UTF-8 stay; what only looks like one becomes one U+FFFD a byte. */
static void characters_stay_and_bad_bytes_are_replaced(void **state)
{
    (void)state;
    static const char *const good[] = {"\xc2\x80",     "\xdf\xbf",     "\xe0\xa0\x80",     "\xed\x9f\xbf",
                                       "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
                                       "\xe2\x80\xa8", "\xc2\x9f"};
    static const char *const bad[] = {"\xc1\xbf",
                                      "\xc2",
                                      "\xc2\x41" /* the A stays */,
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xe2\x82",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf0\x9f\x98",
                                      "\xf8\x88\x80",
                                      "\x80"};
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_string_survives(&k, ddbexpr_cstr(good[i]), ddbexpr_cstr(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char expected[16] = "";
        for (const char *p = bad[i]; *p; p++)
            strcat(expected, (unsigned char)*p < 0x80 ? (char[]){*p, '\0'} : "\xef\xbf\xbd");
        assert_string_survives(&k, ddbexpr_cstr(bad[i]), ddbexpr_cstr(expected));
    }
    kit_close(&k);
}

static void names_are_escaped_as_strings_are(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, "{'a\"\\\\\n': 1, '': 2}");
    assert_int_equal(ddbexpr_json_write_item(item, DDBEXPR_JSON_PLAIN, 0, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "{\"a\\\"\\\\\\n\":1,\"\":2}");
    kit_close(&k);
}

/* Lengths around three, and all values of a byte. */
static void binaries_are_base64(void **state)
{
    (void)state;
    static const char *const expected[] = {"", "AA==", "AAE=", "AAEC", "AAECAw==", "AAECAwQ=", "AAECAwQF"};
    struct kit k;
    kit_open(&k);
    for (size_t length = 0; length < sizeof expected / sizeof *expected; length++) {
        static const char bytes[] = {0, 1, 2, 3, 4, 5};
        ddbexpr_buffer_clear(k.text);
        const ddbexpr_value *value = ddbexpr_value_binary(k.arena, str_of(bytes, length));
        assert_non_null(value);
        assert_int_equal(ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, k.text), DDBEXPR_OK);
        char quoted[16];
        sprintf(quoted, "\"%s\"", expected[length]);
        assert_str_is(ddbexpr_buffer_text(k.text), quoted);
    }
    char all[256];
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    const ddbexpr_value *again = NULL, *value = ddbexpr_value_binary(k.arena, str_of(all, sizeof all));
    assert_non_null(value);
    const ddbexpr_value *item = ddbexpr_value_map(k.arena, &STR("b"), &value, 1);
    assert_non_null(item);
    ddbexpr_buffer_clear(k.text);
    assert_int_equal(ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 0, k.text), DDBEXPR_OK);
    assert_int_equal(ddbexpr_json_read_item(k.arena, ddbexpr_buffer_text(k.text), DDBEXPR_JSON_TYPED, k.diags, &again),
                     DDBEXPR_OK);
    assert_true(ddbexpr_value_equal(item, again));
    kit_close(&k);
}

static void numbers_are_in_normal_form(void **state)
{
    (void)state;
    static const char *const forms[][2] = {{"-0", "0"},     {"0015.50", "15.5"},
                                           {"1E3", "1000"}, {"-1.5e-3", "-0.0015"},
                                           {".5", "0.5"},   {"12345678901234567890123456789012345678", NULL}};
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *normal = forms[i][1] ? forms[i][1] : forms[i][0];
        const ddbexpr_value *value = ddbexpr_value_number(k.arena, ddbexpr_cstr(forms[i][0]));
        assert_non_null(value);
        ddbexpr_buffer_clear(k.text);
        assert_int_equal(ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, k.text), DDBEXPR_OK);
        assert_str_is(ddbexpr_buffer_text(k.text), normal);
        ddbexpr_buffer_clear(k.text);
        char typed[64];
        sprintf(typed, "{\"N\":\"%s\"}", normal);
        assert_int_equal(ddbexpr_json_write_value(value, DDBEXPR_JSON_TYPED, 0, k.text), DDBEXPR_OK);
        assert_str_is(ddbexpr_buffer_text(k.text), typed);
    }
    kit_close(&k);
}

static void indentation_has_one_form(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *item = value_of(k.arena, "{a: [], b: {}, c: [1, {d: <'x', 'y'>}]}");
    assert_int_equal(ddbexpr_json_write_item(item, DDBEXPR_JSON_PLAIN, 3, k.text), DDBEXPR_OK);
    assert_str_is(ddbexpr_buffer_text(k.text), "{\n"
                                               "   \"a\": [],\n"
                                               "   \"b\": {},\n"
                                               "   \"c\": [\n"
                                               "      1,\n"
                                               "      {\n"
                                               "         \"d\": [\n"
                                               "            \"x\",\n"
                                               "            \"y\"\n"
                                               "         ]\n"
                                               "      }\n"
                                               "   ]\n"
                                               "}");
    kit_close(&k);
}

/* The deepest value that can be built, indented far: no level is lost, and it reads back. */
static void the_deepest_value_is_written(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    char notation[128] = "{a: ";
    for (int i = 0; i < 30; i++)
        strcat(notation, "[");
    for (int i = 0; i < 30; i++)
        strcat(notation, "]");
    strcat(notation, "}");
    const ddbexpr_value *item = value_of(k.arena, notation), *again = NULL;
    assert_false(ddbexpr_value_is_faulty(item));
    assert_int_equal(ddbexpr_json_write_item(item, DDBEXPR_JSON_TYPED, 9, k.text), DDBEXPR_OK);
    assert_int_equal(ddbexpr_json_read_item(k.arena, ddbexpr_buffer_text(k.text), DDBEXPR_JSON_TYPED, k.diags, &again),
                     DDBEXPR_OK);
    assert_true(ddbexpr_value_equal(item, again));
    kit_close(&k);
}

/* What is appended comes after what the buffer had, and nothing is lost of that where memory ends. */
static void a_lack_of_memory_is_told(void **state)
{
    (void)state;
    char *long_text = malloc(3000);
    assert_non_null(long_text);
    memset(long_text, '\n', 3000);
    struct test_alloc t;
    ddbexpr_arena *a = NULL;
    assert_int_equal(ddbexpr_arena_new(NULL, &a), DDBEXPR_OK);
    const ddbexpr_value *members[] = {ddbexpr_value_string(a, str_of(long_text, 3000)),
                                      ddbexpr_value_binary(a, str_of(long_text, 3000)),
                                      value_of(a, "[1, true, {b: null}]")};
    assert_true(members[0] && members[1]);
    const ddbexpr_value *list = ddbexpr_value_list(a, members, 3);
    assert_non_null(list);
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_buffer *out = NULL;
        ddbexpr_status status = ddbexpr_buffer_new(&t.alloc, &out);
        if (status == DDBEXPR_OK)
            status = ddbexpr_buffer_append(out, STR("before"));
        if (status == DDBEXPR_OK) {
            status = ddbexpr_json_write_value(list, DDBEXPR_JSON_TYPED, 2, out);
            assert_memory_equal(ddbexpr_buffer_text(out).ptr, "before", 6);
        }
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        ddbexpr_buffer_free(out);
    }
    ddbexpr_arena_free(a);
    free(long_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_can_be_written),
        cmocka_unit_test(marks_that_deceive_are_escaped),
        cmocka_unit_test(characters_stay_and_bad_bytes_are_replaced),
        cmocka_unit_test(names_are_escaped_as_strings_are),
        cmocka_unit_test(binaries_are_base64),
        cmocka_unit_test(numbers_are_in_normal_form),
        cmocka_unit_test(indentation_has_one_form),
        cmocka_unit_test(the_deepest_value_is_written),
        cmocka_unit_test(a_lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
