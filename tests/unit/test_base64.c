/* SPDX-License-Identifier: Apache-2.0 */
/* Writing base64. */
#include "prng.h"
#include "support.h"

#include "base/base64.h"

static void check(str bytes, const char *expected, const char *file, int line)
{
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    base64_print(bytes, out);
    test_str_equal(ddbexpr_buffer_text(out), ddbexpr_cstr(expected), file, line);
    ddbexpr_buffer_free(out);
}

#define assert_base64(bytes, expected) check((bytes), (expected), __FILE__, __LINE__)

/* RFC 4648, section 10. */
static void vectors_of_the_rfc(void **state)
{
    (void)state;
    assert_base64(STR(""), "");
    assert_base64(STR("f"), "Zg==");
    assert_base64(STR("fo"), "Zm8=");
    assert_base64(STR("foo"), "Zm9v");
    assert_base64(STR("foob"), "Zm9vYg==");
    assert_base64(STR("fooba"), "Zm9vYmE=");
    assert_base64(STR("foobar"), "Zm9vYmFy");
}

static void all_bits(void **state)
{
    (void)state;
    assert_base64(str_of("\0", 1), "AA==");
    assert_base64(STR("\xff"), "/w==");
    assert_base64(STR("\xfb\xef\xbe"), "++++");
    assert_base64(STR("\xff\xff\xff"), "////");
}

static int sextet_of(char c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

/* Bit by bit back again. */
static void random_bytes_come_back(void **state)
{
    (void)state;
    struct prng random = {64};
    ddbexpr_buffer *out = NULL;
    assert_int_equal(ddbexpr_buffer_new(NULL, &out), DDBEXPR_OK);
    for (size_t length = 0; length < 300; length++) {
        unsigned char bytes[300];
        for (size_t i = 0; i < length; i++)
            bytes[i] = (unsigned char)prng_next(&random);
        ddbexpr_buffer_clear(out);
        base64_print(str_of((char *)bytes, length), out);
        str text = ddbexpr_buffer_text(out);
        assert_int_equal(text.len, (length + 2) / 3 * 4);
        for (size_t bit = 0; bit < length * 8; bit++) {
            int sextet = sextet_of(text.ptr[bit / 6]);
            assert_true(sextet >= 0);
            assert_int_equal(sextet >> (5 - bit % 6) & 1, bytes[bit / 8] >> (7 - bit % 8) & 1);
        }
        for (size_t i = (length * 8 + 5) / 6; i < text.len; i++)
            assert_int_equal(text.ptr[i], '=');
    }
    ddbexpr_buffer_free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_of_the_rfc),
        cmocka_unit_test(all_bits),
        cmocka_unit_test(random_bytes_come_back),
    };
    return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
