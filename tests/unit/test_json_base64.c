/* SPDX-License-Identifier: Apache-2.0 */
/* Reading base64 (json/base64.c): as strict as the service, and the opposite of what is written. */
#include "kit.h"
#include "prng.h"

#include "json/decode.h"

static void assert_decoded(struct kit *k, const char *text, const char *bytes, size_t length)
{
    str decoded = {NULL, 0};
    assert_int_equal(json_decode_base64(k->arena, ddbexpr_cstr(text), &decoded), DDBEXPR_OK);
    assert_true(json_is_base64(ddbexpr_cstr(text)));
    assert_str_equal(decoded, str_of(bytes, length));
}

static void the_examples_of_the_rfc(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"", ""},
                                           {"Zg==", "f"},
                                           {"Zm8=", "fo"},
                                           {"Zm9v", "foo"},
                                           {"Zm9vYg==", "foob"},
                                           {"Zm9vYmE=", "fooba"},
                                           {"Zm9vYmFy", "foobar"}};
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_decoded(&k, pairs[i][0], pairs[i][1], strlen(pairs[i][1]));
    assert_decoded(&k, "AAAA", "\0\0", 3);
    assert_decoded(&k, "+/+/", "\xfb\xff\xbf", 3);
    kit_close(&k);
}

static void what_is_no_base64_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"A",          "AA",      "AAA",    "AAAAA",    "A===",     "====",     "=AAA",
                                      "A=AA",       "AA=A",    "AAA==",  "AA==AAAA", "AAA=AAAA", "AA==AA==", "AA A",
                                      " AAAA",      "AAAA ",   "AAAA\n", "AA\r\n",   "-_-_",     "AA.=",     "AAA\x80",
                                      "\xc3\xa9++", "AA=\xff", "Zh==", /* the bits that padding leaves over are zero */
                                      "Zm9="};
    struct kit k;
    kit_open(&k);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str decoded = STR("untouched");
        ddbexpr_status status = json_decode_base64(k.arena, ddbexpr_cstr(bad[i]), &decoded);
        if (status != DDBEXPR_INVALID)
            test_print_str("accepted: ", ddbexpr_cstr(bad[i]));
        assert_int_equal(status, DDBEXPR_INVALID);
        assert_str_is(decoded, "untouched");
    }
    str decoded;
    assert_int_equal(json_decode_base64(k.arena, STR("AA\0A"), &decoded), DDBEXPR_INVALID);
    kit_close(&k);
}

/* Each of the four places takes the 64 characters of the alphabet and nothing else. */
static void the_alphabet_has_sixty_four_characters(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    for (size_t place = 0; place < 4; place++) {
        size_t accepted = 0;
        for (int byte = 0; byte < 256; byte++) {
            char text[] = "AAAABBBB"; /* followed by four more, so that padding is wrong, too */
            text[place] = (char)byte;
            str decoded;
            bool good = json_decode_base64(k.arena, str_of(text, 8), &decoded) == DDBEXPR_OK;
            assert_int_equal(json_is_base64(str_of(text, 8)), good);
            accepted += good;
        }
        assert_int_equal(accepted, 64);
    }
    kit_close(&k);
}

/* Every text that is accepted is the one that would be written for its bytes. */
static void what_is_read_is_written_the_same(void **state)
{
    (void)state;
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct prng p = {11};
    struct kit k;
    kit_open(&k);
    for (int round = 0; round < 20000; round++) {
        char text[20], quoted[24];
        size_t length = 4 * prng_below(&p, 5), padding = length ? prng_below(&p, 3) : 0;
        for (size_t i = 0; i < length; i++)
            text[i] = i >= length - padding ? '=' : alphabet[prng_below(&p, 64)];
        str decoded;
        ddbexpr_arena_reset(k.arena);
        ddbexpr_status status = json_decode_base64(k.arena, str_of(text, length), &decoded);
        assert_int_equal(json_is_base64(str_of(text, length)), status == DDBEXPR_OK);
        if (status != DDBEXPR_OK) {
            assert_true(padding > 0);
            continue;
        }
        assert_int_equal(decoded.len, length / 4 * 3 - padding);
        ddbexpr_buffer_clear(k.text);
        const ddbexpr_value *value = ddbexpr_value_binary(k.arena, decoded);
        assert_non_null(value);
        assert_int_equal(ddbexpr_json_write_value(value, DDBEXPR_JSON_PLAIN, 0, k.text), DDBEXPR_OK);
        snprintf(quoted, sizeof quoted, "\"%.*s\"", (int)length, text);
        assert_str_is(ddbexpr_buffer_text(k.text), quoted);
    }
    kit_close(&k);
}

static void a_lack_of_memory_is_told(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        str decoded = STR("untouched");
        ddbexpr_status status = ddbexpr_arena_new(&t.alloc, &a);
        if (status == DDBEXPR_OK)
            status = json_decode_base64(a, STR("Zm9v"), &decoded);
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        assert_str_is(decoded, t.failed ? "untouched" : "foo");
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_rfc),
        cmocka_unit_test(what_is_no_base64_is_refused),
        cmocka_unit_test(the_alphabet_has_sixty_four_characters),
        cmocka_unit_test(what_is_read_is_written_the_same),
        cmocka_unit_test(a_lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
