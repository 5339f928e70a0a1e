/* SPDX-License-Identifier: Apache-2.0 */
/* The small parts of checking: scope.c, key_order.c, reserved.c, functions.c, suggest.c, value_faults.c. */
#include "kit.h"

#include "check/alias.h"
#include "check/functions.h"
#include "check/key_order.h"
#include "check/reserved.h"
#include "check/scope.h"
#include "check/suggest.h"
#include "check/value_faults.h"

static void functions_are_found_by_exact_name(void **state)
{
    (void)state;
    for (int id = FUNCTION_UNKNOWN + 1; id < FUNCTION_COUNT; id++)
        assert_int_equal(function_find(function_at((enum function_id)id)->name), id);
    assert_int_equal(function_find(STR("SIZE")), FUNCTION_UNKNOWN);
    assert_int_equal(function_find(STR("attribute_exist")), FUNCTION_UNKNOWN);
    assert_int_equal(function_find(STR("")), FUNCTION_UNKNOWN);
}

static void reserved_words_are_found_in_any_case(void **state)
{
    (void)state;
    static const char *const yes[] = {"ABORT", "abort", "Status", "ZONE", "name", "TTL", "year", "Data"};
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(reserved_word(ddbexpr_cstr(yes[i])), RESERVED_YES);
    assert_int_equal(reserved_word(STR("size")), RESERVED_DISPUTED); /* ruling 17 */
    assert_int_equal(reserved_word(STR("Convert")), RESERVED_DISPUTED);
    static const char *const no[] = {"",  "version", "abor",  "aborts",  "remove",
                                     "x", "zzz",     "statu", "status_", "averyveryverylongwordindeedthatisinnolist",
                                     "1", "_name"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_int_equal(reserved_word(ddbexpr_cstr(no[i])), RESERVED_NOT);
}

static void all_reserved_words_of_the_list(void **state)
{
    (void)state;
    char path[4096], word[64];
    snprintf(path, sizeof path, "%s/grammar/reserved_words.txt", getenv("DDBEXPR_SOURCE_DIR"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int count = 0;
    while (fscanf(f, "%63s", word) == 1) {
        count++;
        assert_int_not_equal(reserved_word(ddbexpr_cstr(word)), RESERVED_NOT);
    }
    fclose(f);
    assert_int_equal(count, 573);
}

static void distances_count_edits(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned distance;
    } rows[] = {{"abc", "abc", 0},  {"abc", "ABC", 0}, {"abc", "abd", 1},          {"abc", "ab", 1},
                {"abc", "abcd", 1}, {"abc", "acb", 1}, {"abcd", "badc", 2},        {"abc", "xyz", 3},
                {"", "ab", 2},      {"", "abc", 3},    {"contain", "contains", 1}, {"begin_with", "begins_with", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(edit_distance(ddbexpr_cstr(rows[i].a), ddbexpr_cstr(rows[i].b)), rows[i].distance);
        assert_int_equal(edit_distance(ddbexpr_cstr(rows[i].b), ddbexpr_cstr(rows[i].a)), rows[i].distance);
    }
}

/* Values of String.hashCode computed by hand: ":a" is 58 * 31 + 97 = 1895, 1895 & 15 = 7; ":b" 8; ":p" 1910 & 15 = 6.
 */
static void keys_come_in_hash_order(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const uint32_t *order = key_order(k.arena, value_of(k.arena, "{':b': 1, ':p': 1, ':a': 1}"));
    assert_non_null(order);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[1], 2);
    assert_int_equal(order[2], 0);
    kit_close(&k);
}

/* Java counts in UTF-16: U+1F600 is the units 0xd83d and 0xde00, so that ":\U0001f600" is 58 * 961 + 0xd83d * 31 +
 * 0xde00 = 0x1be71d; with the upper half, 0x1b, that ends in 6 as ":p" does, and the request's order decides. */
static void order_counts_utf16(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const uint32_t *order = key_order(k.arena, value_of(k.arena, "{':i': 1, ':\U0001f600': 1, ':p': 1}"));
    assert_non_null(order);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[1], 2);
    assert_int_equal(order[2], 0);
    kit_close(&k);
}

/* What no caller with a right mind gives, and where it stops. */
static void bindings_that_cannot_be_are_refused(void **state)
{
    (void)state;
    struct kit k;
    struct scope scope;
    kit_open(&k);
    const ddbexpr_value *v = value_of(k.arena, "1");
    const str huge = str_of("#", SIZE_MAX); /* none of its bytes are looked at */
    const ddbexpr_name_binding long_key = {huge, STR("a")}, long_name = {STR("#a"), huge};
    const ddbexpr_value_binding long_value_key = {huge, v};
    const ddbexpr_name_binding twice[] = {{STR("#a"), STR("x")}, {STR("#a"), STR("y")}};
    const ddbexpr_value_binding value_twice[] = {{STR(":v"), v}, {STR(":v"), v}};
    const size_t too_many = (size_t)UINT32_MAX;
    const struct {
        ddbexpr_bindings bindings;
        ddbexpr_status status;
    } rows[] = {
        {{.names = &long_key, .name_count = 1}, DDBEXPR_NO_MEMORY},
        {{.names = &long_name, .name_count = 1}, DDBEXPR_NO_MEMORY},
        {{.values = &long_value_key, .value_count = 1}, DDBEXPR_NO_MEMORY},
        {{.names = twice, .name_count = too_many}, DDBEXPR_LIMIT},
        {{.values = value_twice, .value_count = too_many}, DDBEXPR_LIMIT},
        {{.names = twice, .name_count = 2}, DDBEXPR_MISUSE},
        {{.values = value_twice, .value_count = 2}, DDBEXPR_MISUSE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(scope_init(&scope, k.arena, &rows[i].bindings), rows[i].status);
    assert_int_equal(scope_init(&scope, k.arena, NULL), DDBEXPR_OK);
    assert_int_equal(scope_use_name(&scope, STR("#a")), SCOPE_NONE);
    kit_close(&k);
}

/* There are as many texts as kinds of expressions; more are passed over. */
static void texts_are_bounded(void **state)
{
    (void)state;
    struct kit k;
    struct scope scope;
    kit_open(&k);
    assert_int_equal(scope_init(&scope, k.arena, NULL), DDBEXPR_OK);
    scope_add_text(&scope, str_of(NULL, 0));
    for (int i = 0; i < SCOPE_TEXTS - 1; i++)
        scope_add_text(&scope, STR("a = :v"));
    scope_add_text(&scope, STR("a = :last"));
    scope_add_text(&scope, STR("a = :beyond"));
    assert_int_equal(scope.text_count, SCOPE_TEXTS);
    assert_true(scope_mentions(&scope, STR(":last")));
    assert_false(scope_mentions(&scope, STR(":beyond")));
    kit_close(&k);
}

static str alias_of(struct scope *scope, ddbexpr_source map, const char *stands_for, bool expect_new)
{
    bool is_new = !expect_new;
    str alias = scope_alias(scope, map, ddbexpr_cstr(stands_for), &is_new);
    assert_int_equal(is_new, expect_new);
    return alias;
}

static void placeholders_are_made_of_names(void **state)
{
    (void)state;
    struct kit k;
    struct scope scope;
    kit_open(&k);
    const ddbexpr_bindings *b = bindings_of(k.arena, "{'no sign': 'a', '#k': 'known', '#z': 'x', '#x': 'y'}", NULL);
    assert_int_equal(scope_init(&scope, k.arena, b), DDBEXPR_OK);
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "known", false), "#k");
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "a", true), "#a"); /* that key stands for nothing */
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "a", true), "#a");
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "z", true), "#z2");
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "a-{}~bC9 ", true), "#a_bC9_");
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_VALUES, "{\"N\": \"1\"}", true), ":v");
    char name[101];
    memset(name, 'n', 100);
    name[100] = '\0';
    str alias = alias_of(&scope, DDBEXPR_SOURCE_NAMES, name, true);
    assert_int_equal(alias.len, 1 + 64);
    assert_memory_equal(alias.ptr + 1, name, 64);
    kit_close(&k);
}

/* Of maps with very many keys the first ones are looked at. */
static void known_placeholders_are_among_the_first(void **state)
{
    (void)state;
    enum { COUNT = 300, ASKED = 256 };
    struct kit k;
    struct scope scope;
    kit_open(&k);
    ddbexpr_name_binding names[COUNT];
    for (int i = 0; i < COUNT; i++) {
        char *text = arena_alloc(k.arena, 16);
        assert_non_null(text);
        str key = str_of(text, (size_t)snprintf(text, 16, "#k%d", i));
        names[i] = (ddbexpr_name_binding){key, str_of(key.ptr + 1, key.len - 1)};
    }
    const ddbexpr_bindings b = {.size = sizeof b, .names = names, .name_count = COUNT};
    assert_int_equal(scope_init(&scope, k.arena, &b), DDBEXPR_OK);
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "k255", false), "#k255");
    assert_str_is(alias_of(&scope, DDBEXPR_SOURCE_NAMES, "k256", true), "#k2562");
    kit_close(&k);
}

static void what_is_used_is_remembered(void **state)
{
    (void)state;
    struct kit k;
    struct scope scope;
    kit_open(&k);
    const ddbexpr_bindings *b = bindings_of(k.arena, "{'#a': 'x', '#b': 'y'}", "{':v': 1}");
    assert_int_equal(scope_init(&scope, k.arena, b), DDBEXPR_OK);
    assert_int_equal(scope_use_name(&scope, STR("#c")), SCOPE_NONE);
    assert_str_is(scope_name(&scope, scope_use_name(&scope, STR("#b"))), "y");
    assert_value_is(scope_value(&scope, scope_use_value(&scope, STR(":v"))), "1");
    assert_int_equal(scope_check_unused(&scope, k.diags), 1);
    assert_verdict(&k, "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}");
    kit_close(&k);
}

static void placeholders_are_found_in_any_order(void **state)
{
    (void)state;
    static const char *const uses[] = {":a", ":b", ":b", ":a", ":c", ":d", ":none", ":a", ":bb", ":b", ":d", ":a"};
    static const uint32_t positions[] = {0, 1, 1, 0, 2, 3, SCOPE_NONE, 0, SCOPE_NONE, 1, 3, 0};
    struct kit k;
    struct scope scope;
    kit_open(&k);
    const ddbexpr_bindings *b = bindings_of(k.arena, "{}", "{':a': 1, ':b': 2, ':c': 3, ':d': 4}");
    assert_int_equal(scope_init(&scope, k.arena, b), DDBEXPR_OK);
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        assert_int_equal(scope_use_value(&scope, ddbexpr_cstr(uses[i])), positions[i]);
    assert_int_equal(scope_check_unused(&scope, k.diags), 0);
    kit_close(&k);
}

static void maps_are_checked_by_themselves(void **state)
{
    (void)state;
    struct kit k;
    struct scope scope;
    kit_open(&k);
    const ddbexpr_bindings *b = bindings_of(k.arena, "{'#a-b': 'x', 'c': 'y', '#': 'z', '#ok': '', '#_1': 'q'}",
                                            "{'v': 1, ':': 1, ':ok': SS<>}");
    assert_int_equal(scope_init(&scope, k.arena, b), DDBEXPR_OK);
    assert_int_equal(scope_check_names(&scope, k.diags), 4);
    assert_codes(&k, "DX114 DX114 DX114 DX114");
    ddbexpr_diags_clear(k.diags);
    assert_int_equal(scope_check_values(&scope, k.diags), 3);
    assert_codes(&k, "DX114 DX114 DX209");
    kit_close(&k);
}

static void placeholders_have_255_bytes(void **state)
{
    (void)state;
    for (size_t length = 255; length <= 256; length++) {
        struct kit k;
        struct scope scope;
        kit_open(&k);
        char key[256];
        memset(key, 'a', sizeof key);
        key[0] = '#';
        const ddbexpr_name_binding name = {{key, length}, STR("x")};
        const ddbexpr_bindings b = {.size = sizeof b, .names = &name, .name_count = 1};
        assert_int_equal(scope_init(&scope, k.arena, &b), DDBEXPR_OK);
        assert_int_equal(scope_check_names(&scope, k.diags), length == 256);
        if (length == 256)
            assert_verdict(&k, "ExpressionAttributeNames contains invalid key: The expression attribute map contains a "
                               "key that is too long; size of key: 256");
        kit_close(&k);
    }
}

static void assert_fault(const char *notation, enum diag_layer layer, const char *message)
{
    struct kit k;
    kit_open(&k);
    diags_set_layer(k.diags, layer);
    assert_true(report_value_fault(value_of(k.arena, notation), DDBEXPR_SOURCE_VALUES, STR(":v"), true, k.diags));
    assert_verdict(&k, message);
    kit_close(&k);
}

static void faults_have_the_wording_of_their_layer(void **state)
{
    (void)state;
    assert_fault("<'b', 'a', 'b', 'a'>", LAYER_CLASSIC,
                 "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: Input "
                 "collection [b, a, b, a] contains duplicates. for key :v");
    assert_fault("<'b', 'a', 'b', 'a'>", LAYER_ENVELOPED,
                 "1 validation error detected: One or more parameter values were invalid: Input collection [\"a\", "
                 "\"b\", \"b\", \"a\"] contains duplicates.");
    assert_fault("<b'\xff', b'a', b'\xff'>", LAYER_CURRENT,
                 "One or more parameter values were invalid: Input collection [\"YQ==\",\"/w==\",\"/w==\"]of type BS "
                 "contains duplicates.");
    assert_fault("<1, 1.0>", LAYER_CLASSIC,
                 "ExpressionAttributeValues contains invalid value: Input collection contains duplicates for key :v");
    assert_fault("n''", LAYER_CURRENT, "The parameter cannot be converted to a numeric value: ");
    assert_fault("n'abc'", LAYER_CURRENT, "The parameter cannot be converted to a numeric value: abc");
}

/* The CDK's stand-ins are named in our words; the service's are as ever. */
static void stand_ins_of_the_cdk(void **state)
{
    (void)state;
    static const struct {
        const char *notation, *message;
    } rows[] = {
        {"n'-1.8881545897087626e+289'",
         "`-1.8881545897087626e+289` is a stand-in of the AWS CDK for a number that was not known yet"},
        {"[{a: n'-1.8881545897087503e+289'}]",
         "`-1.8881545897087503e+289` is a stand-in of the AWS CDK for a number that was not known yet"},
        {"n'${Token[TOKEN.7]}'", "`${Token[TOKEN.7]}` is a stand-in of the AWS CDK for a text that was not known yet"},
        /* near misses */
        {"n'1.8881545897087626e+289'", "`1.8881545897087626e+289` is too large"},
        {"n'-1.8881545897087626e+288'", "`-1.8881545897087626e+288` is too large"},
        {"n'-1.9e+289'", "`-1.9e+289` is too large"},
        {"n'$5'", "`$5` is no number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kit k;
        kit_open(&k);
        assert_true(
            report_value_fault(value_of(k.arena, rows[i].notation), DDBEXPR_SOURCE_VALUES, STR(":v"), true, k.diags));
        assert_int_equal(ddbexpr_diags_count(k.diags), 1);
        assert_string_equal(ddbexpr_diag_code(ddbexpr_diags_at(k.diags, 0)), "DX210");
        assert_str_is(ddbexpr_diag_message(ddbexpr_diags_at(k.diags, 0)), rows[i].message);
        kit_close(&k);
    }
    assert_fault("n'-1.8881545897087626e+289'", LAYER_CURRENT,
                 "Number overflow. Attempting to store a number with magnitude larger than supported range");
}

static void heights_are_limited(void **state)
{
    (void)state;
    for (int levels = 31; levels <= 32; levels++) {
        struct kit k;
        kit_open(&k);
        char text[128] = "";
        memset(text, '[', (size_t)levels);
        text[levels] = '1';
        memset(text + levels + 1, ']', (size_t)levels);
        bool told = report_value_fault(value_of(k.arena, text), DDBEXPR_SOURCE_ITEM, STR("a"), false, k.diags);
        assert_int_equal(told, levels == 32);
        kit_close(&k);
    }
}

/* Higher than is kept: the value itself is the fault. */
static void what_was_too_high_to_keep_is_told(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *v = ddbexpr_value_null(k.arena);
    for (int i = 0; i <= LIMIT_VALUE_HEIGHT_KEPT; i++)
        v = v ? ddbexpr_value_list(k.arena, &v, 1) : NULL;
    assert_non_null(v);
    assert_int_equal(value_height(v), 0);
    assert_true(report_value_fault(v, DDBEXPR_SOURCE_ITEM, STR("a"), false, k.diags));
    assert_verdict(&k,
                   "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond "
                   "supported limit");
    kit_close(&k);
}

/* The members of a set with one twice are listed in two ways, the longer of which needs more room. */
static void lists_of_members_may_run_out_of_memory(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    const ddbexpr_value *v =
        value_of(k.arena, "<'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'b', 'c', 'd', 'e', 'f', "
                          "'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 'a', 'a'>");
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_diags *d = NULL;
        ddbexpr_status status = ddbexpr_diags_new(&t.alloc, &d);
        if (status == DDBEXPR_OK) {
            assert_true(report_value_fault(v, DDBEXPR_SOURCE_VALUES, STR(":v"), true, d));
            status = diags_status(d);
        }
        assert_int_equal(status, t.failed ? DDBEXPR_NO_MEMORY : DDBEXPR_OK);
        ddbexpr_diags_free(d);
    }
    kit_close(&k);
}

static void checking_may_run_out_of_memory(void **state)
{
    (void)state;
    struct test_alloc t;
    FOR_EACH_FAILURE(t)
    {
        ddbexpr_arena *a = NULL;
        ddbexpr_diags *d = NULL;
        struct scope scope;
        const ddbexpr_name_binding names[] = {{STR("#a"), STR("x")}, {STR("b"), STR("y")}};
        const ddbexpr_bindings b = {.size = sizeof b, .names = names, .name_count = 2};
        if (ddbexpr_arena_new(&t.alloc, &a) == DDBEXPR_OK && ddbexpr_diags_new(&t.alloc, &d) == DDBEXPR_OK) {
            ddbexpr_status status = scope_init(&scope, a, &b);
            if (status == DDBEXPR_OK) {
                size_t faults = scope_check_names(&scope, d) + scope_check_unused(&scope, d);
                assert_true(faults == 2 || scope.no_memory);
                assert_true(!t.failed || scope.no_memory || diags_status(d) == DDBEXPR_NO_MEMORY);
            } else {
                assert_int_equal(status, DDBEXPR_NO_MEMORY);
            }
        }
        ddbexpr_diags_free(d);
        ddbexpr_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_are_found_by_exact_name),
        cmocka_unit_test(reserved_words_are_found_in_any_case),
        cmocka_unit_test(all_reserved_words_of_the_list),
        cmocka_unit_test(distances_count_edits),
        cmocka_unit_test(keys_come_in_hash_order),
        cmocka_unit_test(order_counts_utf16),
        cmocka_unit_test(bindings_that_cannot_be_are_refused),
        cmocka_unit_test(texts_are_bounded),
        cmocka_unit_test(placeholders_are_made_of_names),
        cmocka_unit_test(known_placeholders_are_among_the_first),
        cmocka_unit_test(what_is_used_is_remembered),
        cmocka_unit_test(placeholders_are_found_in_any_order),
        cmocka_unit_test(maps_are_checked_by_themselves),
        cmocka_unit_test(placeholders_have_255_bytes),
        cmocka_unit_test(faults_have_the_wording_of_their_layer),
        cmocka_unit_test(stand_ins_of_the_cdk),
        cmocka_unit_test(heights_are_limited),
        cmocka_unit_test(what_was_too_high_to_keep_is_told),
        cmocka_unit_test(lists_of_members_may_run_out_of_memory),
        cmocka_unit_test(checking_may_run_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
