/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON reader: what is JSON, where it is not, and agreement with jansson; document.c with its lexer. */
#include "kit.h"
#include "prng.h"

#include "json/document.h"

#include <jansson.h>
#include <pthread.h>

/* Parses an exact-length copy, so that a read past the end is found. */
static ddbexpr_status parse(struct kit *k, str text, struct json_document *d)
{
    char *exact = malloc(text.len ? text.len : 1);
    assert_non_null(exact);
    memcpy(exact, text.ptr, text.len);
    ddbexpr_diags_clear(k->diags);
    ddbexpr_status status = json_parse(k->arena, str_of(exact, text.len), k->diags, d);
    free(exact);
    return status;
}

static void assert_fault(const char *text, size_t length, const char *code, uint32_t start, uint32_t end)
{
    struct kit k;
    struct json_document d;
    kit_open(&k);
    assert_int_equal(parse(&k, str_of(text, length), &d), DDBEXPR_INVALID);
    const ddbexpr_diag *diag = ddbexpr_diags_verdict(k.diags);
    assert_string_equal(ddbexpr_diag_code(diag), code);
    assert_int_equal(ddbexpr_diag_span(diag).start, start);
    assert_int_equal(ddbexpr_diag_span(diag).end, end);
    kit_close(&k);
}

#define FAULT_AT(text, code, start, end) assert_fault(text, sizeof(text) - 1, code, start, end)

static void faults_have_their_place(void **state)
{
    (void)state;
    FAULT_AT("", "DX901", 0, 0);
    FAULT_AT("   ", "DX901", 3, 3);
    FAULT_AT("{\"a\" 1}", "DX901", 5, 6);
    FAULT_AT("{\"a\":1,}", "DX901", 7, 8);
    FAULT_AT("[1 2]", "DX901", 3, 4);
    FAULT_AT("{a:1}", "DX901", 1, 2);
    FAULT_AT("[01]", "DX901", 2, 3);
    FAULT_AT("nul", "DX901", 0, 1);
    FAULT_AT("1 1", "DX901", 2, 3);
    FAULT_AT("\"ab", "DX901", 3, 3);
    FAULT_AT("\"a\nb\"", "DX901", 2, 3);
    FAULT_AT("\"a\\x\"", "DX901", 2, 3);
    FAULT_AT("\"\\ud800\"", "DX901", 1, 2);
    FAULT_AT("\"a\xff\"", "DX901", 2, 3);
    FAULT_AT("\"\xed\xa0\x80\"", "DX901", 1, 2);
    FAULT_AT("[1\0]", "DX901", 2, 3);
    FAULT_AT("{\"a\":1,\"b\":2,\"a\":3}", "DX903", 13, 16);
    FAULT_AT("{\"a\":1,\"\\u0061\":3}", "DX903", 7, 15);
}

static void members_twice_among_many(void **state)
{
    (void)state;
    static char text[200000];
    for (int count = 2; count <= 5000; count = count * 3 + 1) {
        size_t n = (size_t)sprintf(text, "{");
        for (int i = 0; i < count; i++)
            n += (size_t)sprintf(text + n, "\"m%d\":{\"x\":[%d]},", i, i);
        uint32_t start = (uint32_t)n;
        n += (size_t)sprintf(text + n, "\"m%d\":0}", count / 2);
        struct kit k;
        struct json_document d;
        kit_open(&k);
        assert_int_equal(parse(&k, str_of(text, n), &d), DDBEXPR_INVALID);
        assert_int_equal(ddbexpr_diag_span(ddbexpr_diags_verdict(k.diags)).start, start);
        kit_close(&k);
    }
}

static void nodes_have_spans_and_texts(void **state)
{
    (void)state;
    struct kit k;
    struct json_document d;
    kit_open(&k);
    static const char text[] = " {\"a\": [1, \"x\\n\\u00e9\\ud83d\\ude00\"], \"b\": {}} ";
    assert_int_equal(json_parse(k.arena, ddbexpr_cstr(text), k.diags, &d), DDBEXPR_OK);
    assert_int_equal(d.nodes[0].kind, JSON_KIND_OBJECT);
    assert_int_equal(d.nodes[0].count, 2);
    assert_int_equal(d.nodes[0].span.start, 1);
    assert_int_equal(d.nodes[0].span.end, sizeof text - 2);
    uint32_t a = json_member(&d, 0, STR("a")), b = json_member(&d, 0, STR("b"));
    assert_int_equal(d.nodes[a].count, 2);
    assert_str_is(d.nodes[a + 1].text, "1");
    assert_str_is(d.nodes[a + 2].text, "x\né\xf0\x9f\x98\x80");
    assert_str_is(str_slice(d.text, d.nodes[a + 2].span), "\"x\\n\\u00e9\\ud83d\\ude00\"");
    assert_int_equal(d.nodes[b].kind, JSON_KIND_OBJECT);
    assert_int_equal(json_member(&d, 0, STR("c")), 0);
    kit_close(&k);
}

static char *brackets(size_t count)
{
    char *text = malloc(2 * count + 1);
    assert_non_null(text);
    memset(text, '[', count);
    memset(text + count, ']', count);
    text[2 * count] = '\0';
    return text;
}

static void depth_is_limited(void **state)
{
    (void)state;
    for (size_t depth = 1024; depth <= 1025; depth++) {
        struct kit k;
        struct json_document d;
        kit_open(&k);
        char *text = brackets(depth);
        assert_int_equal(parse(&k, str_of(text, 2 * depth), &d), depth == 1024 ? DDBEXPR_OK : DDBEXPR_INVALID);
        if (depth == 1025)
            assert_codes(&k, "DX902");
        free(text);
        kit_close(&k);
    }
}

static void *parse_deep(void *text)
{
    ddbexpr_arena *a;
    struct json_document d;
    ddbexpr_status status = ddbexpr_arena_new(NULL, &a);
    if (status == DDBEXPR_OK)
        status = json_parse(a, str_of(text, 2000000), NULL, &d);
    ddbexpr_arena_free(a);
    return status == DDBEXPR_INVALID ? text : NULL;
}

static void a_million_levels_need_no_stack(void **state)
{
    (void)state;
    pthread_t thread;
    pthread_attr_t attributes;
    void *result = NULL;
    char *text = brackets(1000000);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 131072), 0); /* sanitizers need more than 64 KB */
    assert_int_equal(pthread_create(&thread, &attributes, parse_deep, text), 0);
    assert_int_equal(pthread_join(thread, &result), 0);
    assert_ptr_equal(result, text);
    pthread_attr_destroy(&attributes);
    free(text);
}

/* --- jansson as judge. It refuses NUL escapes and huge exponents unless told otherwise, and so is told. --- */

static bool jansson_accepts(str text)
{
    json_error_t error;
    json_t *json = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    bool number_too_large = !json && json_error_code(&error) == json_error_numeric_overflow;
    json_decref(json);
    return json || number_too_large;
}

static void assert_same_verdict(str text)
{
    struct kit k;
    struct json_document d;
    kit_open(&k);
    bool ours = parse(&k, text, &d) == DDBEXPR_OK;
    if (ours != jansson_accepts(text)) {
        test_print_str(ours ? "only we accept: " : "only jansson accepts: ", text);
        fail();
    }
    kit_close(&k);
}

static void tricky_texts_agree_with_jansson(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "-",
                                        "+1",
                                        "1.",
                                        ".5",
                                        "1.5",
                                        "1e5",
                                        "1e",
                                        "1e+",
                                        "1E-2",
                                        "01",
                                        "-01",
                                        "1.0e+007",
                                        "\"\"",
                                        "\"\\u0000\"",
                                        "\"\\u00zz\"",
                                        "\"\\ud83d\\ude00\"",
                                        "\"\\ude00\"",
                                        "\"\\ud83dx\"",
                                        "\"\\/\"",
                                        "\"\\'\"",
                                        "\"\t\"",
                                        "\"\x7f\"",
                                        "\"\xc3\xa9\"",
                                        "\"\xc3\"",
                                        "\"\xc0\x80\"",
                                        "\"\xf4\x90\x80\x80\"",
                                        "\"\xf0\x9f\x98\x80\"",
                                        "true",
                                        "True",
                                        "nulll",
                                        "[]",
                                        "[,]",
                                        "[1,]",
                                        "[1,,2]",
                                        "[",
                                        "]",
                                        "{}",
                                        "{,}",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{\"a\":1,}",
                                        "{\"a\":1 \"b\":2}",
                                        "{\"a\":1,\"a\":2}",
                                        "{1:2}",
                                        "\xef\xbb\xbf{}",
                                        "{} {}",
                                        "[1]x",
                                        "[\"a\",\n\t{\"b\": null}]",
                                        "'a'",
                                        "[1//x\n]",
                                        "[NaN]",
                                        "[Infinity]",
                                        "[1_000]",
                                        "\"unterminated",
                                        "[\"a\" \"b\"]",
                                        "{\"a\":{\"a\":{\"a\":1}}}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_same_verdict(ddbexpr_cstr(texts[i]));
}

static void mutations_agree_with_jansson(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "{\"pk\": {\"S\": \"a\\u00e9\\n\"}, \"n\": {\"N\": \"1.5e3\"}, \"l\": {\"L\": [{\"BOOL\": true}, {\"NULL\": "
        "true}]}}",
        "[0, -1.25, 1e5, \"x\\\\y\", [], {}, [[{\"a\": [null, false]}]], \"\xf0\x9f\x98\x80\"]"};
    static const char spice[] = "{}[]:,\"\\u0eE+-.1ntf \n\x01\x80\xc3\xff";
    struct prng p = {6};
    for (int i = 0; i < 60000; i++) {
        const char *seed = seeds[prng_below(&p, 2)];
        char text[256];
        size_t length = strlen(seed);
        memcpy(text, seed, length);
        for (uint32_t edits = 1 + prng_below(&p, 3); edits > 0; edits--) {
            size_t at = prng_below(&p, (uint32_t)length);
            if (prng_once_in(&p, 3)) {
                memmove(text + at, text + at + 1, length - at - 1);
                length--;
            } else if (prng_once_in(&p, 2)) {
                memmove(text + at + 1, text + at, length - at);
                text[at] = spice[prng_below(&p, sizeof spice - 1)];
                length++;
            } else {
                text[at] = spice[prng_below(&p, sizeof spice - 1)];
            }
        }
        assert_same_verdict(str_of(text, length));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_have_their_place),        cmocka_unit_test(members_twice_among_many),
        cmocka_unit_test(nodes_have_spans_and_texts),     cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(a_million_levels_need_no_stack), cmocka_unit_test(tricky_texts_agree_with_jansson),
        cmocka_unit_test(mutations_agree_with_jansson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
