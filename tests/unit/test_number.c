/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers: reading, printing, comparing and adding, the last two against arithmetic on digit strings. */
#include "prng.h"
#include "support.h"

#include "value/number.h"

static struct number parsed(const char *text)
{
    struct number n = {0};
    if (number_parse(ddbexpr_cstr(text), &n) != NUMBER_OK) {
        fprintf(stderr, "no number: %s\n", text);
        fail();
    }
    return n;
}

static void assert_prints(const char *text, const char *expected)
{
    char out[NUMBER_TEXT_MAX];
    struct number n = parsed(text);
    assert_str_is(str_of(out, number_print(&n, out)), expected);
}

static void spellings_have_one_normal_form(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"0", "0"},
        {"-0", "0"},
        {"0.0", "0"},
        {"0e125", "0"},
        {"+1", "1"},
        {"001000", "1000"},
        {"1e3", "1000"},
        {"1E+3", "1000"},
        {"1000.0", "1000"},
        {".5", "0.5"},
        {"5.", "5"},
        {"1.e5", "100000"},
        {"-0015.789e6", "-15789000"},
        {"12.50", "12.5"},
        {"1e-003", "0.001"},
        {"100e-2", "1"},
        {"0.42", "0.42"},
        {"1.5e1", "15"},
        {"-1.5e-1", "-0.15"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_prints(rows[i][0], rows[i][1]);
}

static void the_extremes_print_in_full(void **state)
{
    (void)state;
    char expected[160] = "1";
    memset(expected + 1, '0', 125);
    assert_prints("1e125", expected);
    memcpy(expected, "0.", 2);
    memset(expected + 2, '0', 129);
    memcpy(expected + 131, "1", 2);
    assert_prints("1e-130", expected);
}

static void faults_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum number_fault fault;
    } rows[] = {
        {"", NUMBER_NOT_NUMERIC},
        {" 1", NUMBER_NOT_NUMERIC},
        {"1 ", NUMBER_NOT_NUMERIC},
        {"NaN", NUMBER_NOT_NUMERIC},
        {"Infinity", NUMBER_NOT_NUMERIC},
        {"0x10", NUMBER_NOT_NUMERIC},
        {"--1", NUMBER_NOT_NUMERIC},
        {"1e", NUMBER_NOT_NUMERIC},
        {"+e2", NUMBER_NOT_NUMERIC},
        {".", NUMBER_NOT_NUMERIC},
        {"1e+", NUMBER_NOT_NUMERIC},
        {"1e5x", NUMBER_NOT_NUMERIC},
        {"1e99999999999999999999999", NUMBER_NOT_NUMERIC},
        {"1e9223372036854775808", NUMBER_NOT_NUMERIC},
        {"1e-9223372036854775809", NUMBER_NOT_NUMERIC},
        {"1e9223372036854775807", NUMBER_OVERFLOW}, /* exponents have 64 bits */
        {"1e-9223372036854775808", NUMBER_UNDERFLOW},
        {"1e126", NUMBER_OVERFLOW},
        {"-1e126", NUMBER_OVERFLOW},
        {"0e126", NUMBER_OVERFLOW},
        {"1e2147483647", NUMBER_OVERFLOW},
        {"1e1099511627776", NUMBER_OVERFLOW},
        {"1e1099511627777", NUMBER_OVERFLOW},
        {"1e9223372036854775799", NUMBER_OVERFLOW},
        {"1e-9223372036854775799", NUMBER_UNDERFLOW},
        {"1e9223372036854775807", NUMBER_OVERFLOW}, /* the last exponent of 64 bits */
        {"1e9223372036854775808", NUMBER_NOT_NUMERIC},
        {"1e-9223372036854775808", NUMBER_UNDERFLOW},
        {"1e-9223372036854775809", NUMBER_NOT_NUMERIC},
        {"9.9e-131", NUMBER_UNDERFLOW},
        {"0e-131", NUMBER_UNDERFLOW},
        {"-1e-2147483648", NUMBER_UNDERFLOW},
        {"123456789012345678901234567890123456789", NUMBER_TOO_MANY_DIGITS},
        {"1.00000000000000000000000000000000000001", NUMBER_TOO_MANY_DIGITS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct number n = {.exponent = 77};
        assert_int_equal(number_parse(ddbexpr_cstr(rows[i].text), &n), rows[i].fault);
        assert_int_equal(n.exponent, 77); /* untouched */
    }
}

static void limits_are_exact(void **state)
{
    (void)state;
    struct number n;
    assert_int_equal(number_parse(STR("99999999999999999999999999999999999999"), &n), NUMBER_OK);
    assert_int_equal(number_parse(STR("9.9999999999999999999999999999999999999e125"), &n), NUMBER_OK);
    assert_int_equal(number_parse(STR("100000000000000000000000000000000000000000"), &n),
                     NUMBER_OK); /* zeros are free */
    assert_int_equal(number_parse(STR("1e-130"), &n), NUMBER_OK);
    assert_int_equal(number_parse(STR("0.9e-129"), &n), NUMBER_OK);
}

static void order_is_by_value(void **state)
{
    (void)state;
    static const char *const ascending[] = {
        "-9e125", "-10",  "-9.99", "-1e-130", "0",
        "1e-130", "0.1",  "0.11",  "1",       "1.01",
        "9",      "10",   "99",    "100.001", "12345678901234567890123456789012345678",
        "1e38",   "9e125"};
    size_t count = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            struct number a = parsed(ascending[i]), b = parsed(ascending[j]);
            assert_int_equal(number_compare(&a, &b), (i > j) - (i < j));
        }
}

/* --- grade-school arithmetic on strings of digits, scaled to 10^-60 --- */

#define PLACES 120
#define SCALE  60

struct digits {
    unsigned char d[PLACES]; /* least significant first */
    bool negative;
};

static struct digits digits_of(const struct number *n)
{
    struct digits result = {.negative = n->negative};
    int place = n->exponent + SCALE;
    for (coefficient c = n->coefficient; c; c /= 10)
        result.d[place++] = (unsigned char)(c % 10);
    return result;
}

static int compare_digits(const struct digits *a, const struct digits *b)
{
    for (int i = PLACES - 1; i >= 0; i--)
        if (a->d[i] != b->d[i])
            return a->d[i] < b->d[i] ? -1 : 1;
    return 0;
}

static struct digits add_digits(const struct digits *a, const struct digits *b)
{
    if (a->negative != b->negative && compare_digits(a, b) < 0)
        return add_digits(b, a);
    struct digits sum = {.negative = a->negative};
    int carry = 0;
    for (int i = 0; i < PLACES; i++) {
        int digit = a->negative == b->negative ? a->d[i] + b->d[i] + carry : a->d[i] - b->d[i] - carry;
        carry = digit > 9 || digit < 0;
        sum.d[i] = (unsigned char)(digit < 0 ? digit + 10 : digit % 10);
    }
    return sum;
}

static int significant(const struct digits *n)
{
    int high = PLACES - 1, low = 0;
    while (high >= 0 && n->d[high] == 0)
        high--;
    while (low < high && n->d[low] == 0)
        low++;
    return high < 0 ? 0 : high - low + 1;
}

static struct number random_number(struct prng *p)
{
    char text[64];
    int length = 0, digits = 1 + (int)prng_below(p, 38);
    if (prng_once_in(p, 2))
        text[length++] = '-';
    for (int i = 0; i < digits; i++)
        text[length++] = (char)('0' + (prng_once_in(p, 4) ? (prng_once_in(p, 2) ? 9 : 0) : (int)prng_below(p, 10)));
    length += snprintf(text + length, sizeof text - (size_t)length, "e%d", (int)prng_below(p, 50) - 50);
    struct number n = {0};
    assert_int_equal(number_parse(str_of(text, (size_t)length), &n), NUMBER_OK);
    return n;
}

static void sums_agree_with_digit_strings(void **state)
{
    (void)state;
    struct prng p = {1};
    for (int i = 0; i < 200000; i++) {
        struct number a = random_number(&p), b = random_number(&p), sum = {0}, difference = {0};
        struct digits x = digits_of(&a), y = digits_of(&b), expected = add_digits(&x, &y);
        enum number_fault fault = number_add(&a, &b, &sum);
        if (significant(&expected) > 38) {
            assert_int_equal(fault, NUMBER_OVERFLOW);
            continue;
        }
        assert_int_equal(fault, NUMBER_OK);
        struct digits got = digits_of(&sum);
        assert_int_equal(compare_digits(&got, &expected), 0);
        assert_int_equal(sum.negative, significant(&expected) ? expected.negative : false);
        /* and back again, where that fits */
        if (number_subtract(&sum, &b, &difference) == NUMBER_OK)
            assert_int_equal(number_compare(&difference, &a), 0);
        int order = x.negative != y.negative ? 0 : compare_digits(&x, &y) * (x.negative ? -1 : 1);
        if (x.negative == y.negative)
            assert_int_equal(number_compare(&a, &b), order);
    }
}

static void printing_and_reading_agree(void **state)
{
    (void)state;
    struct prng p = {2};
    for (int i = 0; i < 50000; i++) {
        struct number n = random_number(&p), again = {0};
        char out[NUMBER_TEXT_MAX];
        assert_int_equal(number_parse(str_of(out, number_print(&n, out)), &again), NUMBER_OK);
        assert_int_equal(number_compare(&n, &again), 0);
        assert_true(n.coefficient == again.coefficient && n.exponent == again.exponent);
    }
}

static void results_out_of_range_are_refused(void **state)
{
    (void)state;
    struct number a = parsed("9e125"), b = parsed("1e125"), tiny = parsed("1.1e-130"), ten = parsed("1e-130"), out;
    assert_int_equal(number_add(&a, &b, &out), NUMBER_OVERFLOW);
    assert_int_equal(number_subtract(&tiny, &ten, &out), NUMBER_UNDERFLOW);
    struct number big = parsed("1e50"), one = parsed("1"); /* needs 51 digits (scy-num-033) */
    assert_int_equal(number_add(&big, &one, &out), NUMBER_OVERFLOW);
    struct number nines = parsed("99999999999999999999999999999999999999");
    assert_int_equal(number_add(&nines, &one, &out), NUMBER_OK);
    assert_prints("100000000000000000000000000000000000000", "100000000000000000000000000000000000000");
}

static void assert_beside(const char *text, bool above, const char *expected)
{
    struct number n = parsed(text), beside, wanted = {0};
    assert_int_equal(number_beside(&n, above, &beside), expected != NULL);
    if (expected)
        wanted = parsed(expected);
    if (expected && number_compare(&beside, &wanted) != 0)
        fail_msg("beside %s is not %s", text, expected);
}

static void numbers_have_neighbours(void **state)
{
    (void)state;
    assert_beside("0", false, "-1");
    assert_beside("-1", true, "0");
    assert_beside("0.25", true, "1.25");
    assert_beside("99999999999999999999999999999999999999", true, "1e38");
    assert_beside("1e50", true, "1.0000000000000000000000000000000000001e50");
    assert_beside("1e50", false, "9.999999999999999999999999999999999999e49");
    assert_beside("-1e50", true, "-9.999999999999999999999999999999999999e49");
    assert_beside("1e-100", true, "1.000000000000000000000000000001e-100");
    assert_beside("1e-130", false, "0");
    assert_beside("1e-130", true, "2e-130");
    assert_beside("9.9999999999999999999999999999999999999e125", true, NULL);
    assert_beside("-9.9999999999999999999999999999999999999e125", false, NULL);
}

static void integers_are_normalised(void **state)
{
    (void)state;
    struct number n = number_of(12000);
    assert_true(n.coefficient == 12 && n.exponent == 3 && !n.negative);
    n = number_of(0);
    assert_true(n.coefficient == 0 && n.exponent == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_have_one_normal_form),
        cmocka_unit_test(the_extremes_print_in_full),
        cmocka_unit_test(faults_are_told_apart),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(order_is_by_value),
        cmocka_unit_test(sums_agree_with_digit_strings),
        cmocka_unit_test(printing_and_reading_agree),
        cmocka_unit_test(results_out_of_range_are_refused),
        cmocka_unit_test(numbers_have_neighbours),
        cmocka_unit_test(integers_are_normalised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
