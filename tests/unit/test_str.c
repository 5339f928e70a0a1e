/* SPDX-License-Identifier: Apache-2.0 */
/* Byte strings and the names of the enums in <ddbexpr/api.h>; sums and products that do not wrap. */
#include "support.h"

#include "base/checked.h"

static void equal_means_same_bytes(void **state)
{
    (void)state;
    assert_true(str_equal(STR("abc"), STR("abc")));
    assert_false(str_equal(STR("abc"), STR("abd")));
    assert_false(str_equal(STR("abc"), STR("ab")));
    assert_false(str_equal(str_of("a\0b", 3), str_of("a\0c", 3)));
    assert_true(str_equal(str_of(NULL, 0), STR("")));
}

/* Bytes are unsigned and a prefix is less (aws: spec alternator-suite 2). */
static void order_is_by_unsigned_bytes(void **state)
{
    (void)state;
    static const str sorted[] = {{"", 0},      {"\0", 1}, {"A", 1},    {"B", 1},    {"a", 1},        {"abd", 3},
                                 {"abd\0", 4}, {"z", 1},  {"\x7f", 1}, {"\x80", 1}, {"\xc2\xbf", 2}, {"\xff", 1}};
    size_t count = sizeof sorted / sizeof *sorted;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int order = str_compare(sorted[i], sorted[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    assert_int_equal(str_compare(str_of(NULL, 0), str_of(NULL, 0)), 0);
}

static void slices_cover_the_span(void **state)
{
    (void)state;
    assert_str_is(str_slice(STR("SET a = :v"), (ddbexpr_span){4, 5}), "a");
    assert_str_is(str_slice(STR("SET a"), (ddbexpr_span){5, 5}), "");
}

static void case_of_ascii_letters_only_is_ignored(void **state)
{
    (void)state;
    assert_true(str_equal_ignoring_case(STR("BETWEEN"), STR("bEtWeEn")));
    assert_false(str_equal_ignoring_case(STR("AND"), STR("AN")));
    assert_false(str_equal_ignoring_case(STR("@"), STR("`")));
    assert_false(str_equal_ignoring_case(STR("["), STR("{")));
    assert_false(str_equal_ignoring_case(STR("\xc3\x84"), STR("\xc3\xa4"))); /* Ä, ä */
    assert_true(str_equal_ignoring_case(str_of(NULL, 0), STR("")));
}

/* Spread over low bits: a table of 256 slots for 4096 short names is filled about evenly. */
static void hash_spreads_short_names(void **state)
{
    (void)state;
    unsigned used[256] = {0};
    for (unsigned i = 0; i < 4096; i++) {
        char name[] = {'n', (char)('0' + i / 512 % 8), (char)('0' + i / 64 % 8), (char)('0' + i / 8 % 8),
                       (char)('0' + i % 8)};
        used[str_hash(str_of(name, sizeof name)) & 255]++;
        used[str_hash(str_of(name, sizeof name)) >> 24]++;
    }
    for (size_t i = 0; i < 256; i++)
        assert_in_range(used[i], 8, 72); /* 32 on average, by both ends of the hash */
    assert_true(str_hash(STR("")) != str_hash(str_of("\0", 1)));
}

static void from_c_strings(void **state)
{
    (void)state;
    assert_int_equal(ddbexpr_cstr("").len, 0);
    assert_str_equal(ddbexpr_cstr("abc"), STR("abc"));
}

static void enums_have_names(void **state)
{
    (void)state;
    assert_string_equal(ddbexpr_kind_name(DDBEXPR_CONDITION), "ConditionExpression");
    assert_string_equal(ddbexpr_kind_name(DDBEXPR_FILTER), "FilterExpression");
    assert_string_equal(ddbexpr_kind_name(DDBEXPR_KEY_CONDITION), "KeyConditionExpression");
    assert_string_equal(ddbexpr_kind_name(DDBEXPR_UPDATE), "UpdateExpression");
    assert_string_equal(ddbexpr_kind_name(DDBEXPR_PROJECTION), "ProjectionExpression");
    assert_string_equal(ddbexpr_status_name(DDBEXPR_OK), "OK");
    assert_string_equal(ddbexpr_status_name(DDBEXPR_INVALID), "INVALID");
    assert_string_equal(ddbexpr_status_name(DDBEXPR_NO_MEMORY), "NO_MEMORY");
    assert_string_equal(ddbexpr_status_name(DDBEXPR_LIMIT), "LIMIT");
    assert_string_equal(ddbexpr_status_name(DDBEXPR_MISUSE), "MISUSE");
}

static void checked_arithmetic_says_when_it_does_not_fit(void **state)
{
    (void)state;
    size_t result = 0;
    assert_true(checked_add(SIZE_MAX - 1, 1, &result));
    assert_true(result == SIZE_MAX);
    assert_false(checked_add(SIZE_MAX, 1, &result));
    assert_true(checked_multiply(SIZE_MAX / 2, 2, &result));
    assert_true(result == SIZE_MAX - 1);
    assert_false(checked_multiply(SIZE_MAX / 2 + 1, 2, &result));
    assert_true(checked_multiply(SIZE_MAX, 0, &result));
    assert_int_equal(result, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_means_same_bytes),   cmocka_unit_test(order_is_by_unsigned_bytes),
        cmocka_unit_test(slices_cover_the_span),    cmocka_unit_test(case_of_ascii_letters_only_is_ignored),
        cmocka_unit_test(hash_spreads_short_names), cmocka_unit_test(from_c_strings),
        cmocka_unit_test(enums_have_names),         cmocka_unit_test(checked_arithmetic_says_when_it_does_not_fit),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
