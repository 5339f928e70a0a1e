/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal numbers: reading, printing, comparing, adding. No binary floating point anywhere. Invariant of every struct
 * number here: coefficient < 10^38 and not divisible by 10, or all zero. */
#include "value/number.h"

#include "base/limits.h"

#define LARGEST_POWER 38

/* 10^0 to 10^38; 10^19 is the largest that fits in 64 bits. */
static coefficient power_of_ten(int n)
{
    static const uint64_t small[] = {1u,
                                     10u,
                                     100u,
                                     1000u,
                                     10000u,
                                     100000u,
                                     1000000u,
                                     10000000u,
                                     100000000u,
                                     1000000000u,
                                     10000000000u,
                                     100000000000u,
                                     1000000000000u,
                                     10000000000000u,
                                     100000000000000u,
                                     1000000000000000u,
                                     10000000000000000u,
                                     100000000000000000u,
                                     1000000000000000000u,
                                     10000000000000000000u};
    return n < 20 ? (coefficient)small[n] : (coefficient)small[19] * small[n - 19];
}

/* Decimal digits of a coefficient that is not zero. The number of its bits leaves two answers (1233 / 4096 is
 * near enough the logarithm of 2 for 128 of them); one comparison decides. */
static int digit_count(coefficient c)
{
    uint64_t high = (uint64_t)(c >> 64), low = (uint64_t)c;
    int bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll(low);
    int digits = bits * 1233 >> 12;
    return c >= power_of_ten(digits) ? digits + 1 : digits;
}

/* Exponent of the leading digit: 12.5 has 1. */
static int magnitude(const struct number *n) { return n->exponent + digit_count(n->coefficient) - 1; }

/* Drops trailing zeros. `exponent` may be out of an int16's range on the way in. Dividing 128 bits is slow: what fits
 * in 64 is divided there (a comparison with a size() took 67 ns, now 41). */
static coefficient strip_zeros(coefficient c, int *exponent)
{
    static const int steps[] = {16, 8, 4, 2, 1};
    for (size_t i = 0; c >> 64 && i < sizeof steps / sizeof *steps; i++)
        while (c >> 64 && c % power_of_ten(steps[i]) == 0) {
            c /= power_of_ten(steps[i]);
            *exponent += steps[i];
        }
    if (c >> 64)
        return c;
    uint64_t low = (uint64_t)c;
    while (low % 10 == 0) {
        low /= 10;
        (*exponent)++;
    }
    return low;
}

/* --- reading --- */

struct digits {
    char kept[LIMIT_NUMBER_DIGITS]; /* significant digits, leading zeros dropped */
    int64_t count;                  /* of significant digits so far, trailing zeros included; may exceed the array */
    int64_t last_nonzero;           /* index after the last digit that is not 0 */
    int64_t after_point;            /* digits after the point */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void take_digit(struct digits *d, char c)
{
    if (d->count == 0 && c == '0')
        return;
    if (d->count < LIMIT_NUMBER_DIGITS)
        d->kept[d->count] = c;
    d->count++;
    if (c != '0')
        d->last_nonzero = d->count;
}

/* Exponents are read up to this; beyond 64 bits the text is no number to the service (spec: conformance-suite 6), and
 * beyond this the verdict is the same as at it. */
#define EXPONENT_CAP ((uint64_t)1 << 40)

/* The digits of an exponent. False: none, or other characters among them. */
static bool read_exponent(const char *p, const char *end, int64_t *ret_exponent)
{
    bool negative = false;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    if (p == end)
        return false;
    const uint64_t largest = (uint64_t)INT64_MAX + negative;
    uint64_t exponent = 0;
    bool beyond_64_bits = false;
    for (; p < end; p++) {
        if (!is_digit(*p))
            return false;
        uint64_t digit = (uint64_t)(*p - '0');
        if (exponent > (largest - digit) / 10)
            beyond_64_bits = true;
        else
            exponent = exponent * 10 + digit;
    }
    if (beyond_64_bits)
        return false;
    if (exponent > EXPONENT_CAP)
        exponent = EXPONENT_CAP;
    *ret_exponent = negative ? -(int64_t)exponent : (int64_t)exponent;
    return true;
}

/* sign? (digits point? digits? | point digits) ([eE] sign? digits)? (spec: conformance-suite 6) */
static bool read_text(str text, struct digits *d, bool *ret_negative, int64_t *ret_exponent)
{
    const char *p = text.ptr, *end = p + text.len;
    *ret_negative = false;
    if (p < end && (*p == '+' || *p == '-'))
        *ret_negative = *p++ == '-';
    bool any = false;
    for (; p < end && is_digit(*p); p++, any = true)
        take_digit(d, *p);
    if (p < end && *p == '.')
        for (p++; p < end && is_digit(*p); p++, any = true) {
            take_digit(d, *p);
            d->after_point++;
        }
    *ret_exponent = 0;
    if (!any)
        return false;
    if (p == end)
        return true;
    return (*p == 'e' || *p == 'E') && read_exponent(p + 1, end, ret_exponent);
}

/* Zero is judged by its written exponent: 0e126 is too large, 0e-131 too small, 0e125 is 0 (aws: spec
 * conformance-suite 6). */
static enum number_fault zero_with_exponent(int64_t exponent)
{
    if (exponent > LIMIT_NUMBER_MAX_MAGNITUDE)
        return NUMBER_OVERFLOW;
    return exponent < LIMIT_NUMBER_MIN_MAGNITUDE ? NUMBER_UNDERFLOW : NUMBER_OK;
}

enum number_fault number_parse(str text, struct number *ret_number)
{
    struct digits d = {.count = 0};
    bool negative;
    int64_t exponent;
    if (!read_text(text, &d, &negative, &exponent))
        return NUMBER_NOT_NUMERIC;
    if (d.last_nonzero == 0) {
        enum number_fault fault = zero_with_exponent(exponent);
        if (fault == NUMBER_OK)
            *ret_number = (struct number){0};
        return fault;
    }
    int64_t lowest = exponent - d.after_point + (d.count - d.last_nonzero); /* exponent of the last kept digit */
    int64_t highest = lowest + d.last_nonzero - 1;
    if (highest > LIMIT_NUMBER_MAX_MAGNITUDE)
        return NUMBER_OVERFLOW;
    if (highest < LIMIT_NUMBER_MIN_MAGNITUDE)
        return NUMBER_UNDERFLOW;
    if (d.last_nonzero > LIMIT_NUMBER_DIGITS)
        return NUMBER_TOO_MANY_DIGITS;
    coefficient c = 0;
    for (int i = 0; i < d.last_nonzero; i++)
        c = c * 10 + (unsigned)(d.kept[i] - '0');
    *ret_number = (struct number){c, (int16_t)lowest, negative};
    return NUMBER_OK;
}

struct number number_of(uint64_t n)
{
    int exponent = 0;
    coefficient c = n ? strip_zeros(n, &exponent) : 0;
    return (struct number){c, (int16_t)exponent, false};
}

/* --- printing --- */

static char *put_zeros(char *p, int count)
{
    memset(p, '0', (size_t)count);
    return p + count;
}

size_t number_print(const struct number *n, char out[NUMBER_TEXT_MAX])
{
    if (n->coefficient == 0) {
        out[0] = '0';
        return 1;
    }
    char digits[LIMIT_NUMBER_DIGITS];
    int count = digit_count(n->coefficient);
    coefficient c = n->coefficient;
    for (int i = count - 1; i >= 0; i--, c /= 10)
        digits[i] = (char)('0' + (int)(c % 10));
    char *p = out;
    if (n->negative)
        *p++ = '-';
    int whole = count + n->exponent; /* digits before the point; not positive: zeros after it */
    if (whole <= 0) {
        *p++ = '0';
        *p++ = '.';
        p = put_zeros(p, -whole);
        memcpy(p, digits, (size_t)count);
        p += count;
    } else if (whole >= count) {
        memcpy(p, digits, (size_t)count);
        p = put_zeros(p + count, whole - count);
    } else {
        memcpy(p, digits, (size_t)whole);
        p += whole;
        *p++ = '.';
        memcpy(p, digits + whole, (size_t)(count - whole));
        p += count - whole;
    }
    return (size_t)(p - out);
}

/* --- comparing --- */

/* Of two numbers that are not zero, by absolute value. */
static int compare_magnitudes(const struct number *a, const struct number *b)
{
    coefficient x = a->coefficient, y = b->coefficient;
    if (a->exponent != b->exponent) {
        int high_a = magnitude(a), high_b = magnitude(b);
        if (high_a != high_b)
            return high_a < high_b ? -1 : 1;
        /* With equal leading places the one with the higher exponent has fewer digits: scaled, it has 38 at most. */
        if (a->exponent > b->exponent)
            x *= power_of_ten(a->exponent - b->exponent);
        else
            y *= power_of_ten(b->exponent - a->exponent);
    }
    return (x > y) - (x < y);
}

int number_compare(const struct number *a, const struct number *b)
{
    int sign_a = a->coefficient == 0 ? 0 : a->negative ? -1 : 1;
    int sign_b = b->coefficient == 0 ? 0 : b->negative ? -1 : 1;
    if (sign_a != sign_b)
        return sign_a < sign_b ? -1 : 1;
    if (sign_a == 0)
        return 0;
    return sign_a * compare_magnitudes(a, b);
}

/* --- adding --- */

/* Normalises a result and judges its size. c may have 39 digits. */
static enum number_fault finish(coefficient c, int exponent, bool negative, struct number *ret)
{
    if (c == 0) {
        *ret = (struct number){0};
        return NUMBER_OK;
    }
    c = strip_zeros(c, &exponent);
    int digits = digit_count(c);
    if (digits > LIMIT_NUMBER_DIGITS || exponent + digits - 1 > LIMIT_NUMBER_MAX_MAGNITUDE)
        return NUMBER_OVERFLOW;
    if (exponent + digits - 1 < LIMIT_NUMBER_MIN_MAGNITUDE)
        return NUMBER_UNDERFLOW;
    *ret = (struct number){c, (int16_t)exponent, negative};
    return NUMBER_OK;
}

enum number_fault number_add(const struct number *a, const struct number *b, struct number *ret_sum)
{
    if (a->coefficient == 0 || b->coefficient == 0) {
        *ret_sum = a->coefficient == 0 ? *b : *a;
        return NUMBER_OK;
    }
    const struct number *high = a->exponent >= b->exponent ? a : b, *low = high == a ? b : a;
    int shift = high->exponent - low->exponent;
    coefficient x = high->coefficient, y = low->coefficient;
    if (shift > 0) {
        /* The last digit of `low` is not 0 and stays: the result spans from the leading digit of `high` down to it.
         * Above 2 * 10^38 not even a borrow brings that down to 38 digits; below, the sums fit in 128 bits. */
        if (shift > LARGEST_POWER || x > 2 * power_of_ten(LARGEST_POWER) / power_of_ten(shift))
            return NUMBER_OVERFLOW;
        x *= power_of_ten(shift);
    }
    if (high->negative == low->negative)
        return finish(x + y, low->exponent, high->negative, ret_sum);
    return x >= y ? finish(x - y, low->exponent, high->negative, ret_sum)
                  : finish(y - x, low->exponent, low->negative, ret_sum);
}

enum number_fault number_subtract(const struct number *a, const struct number *b, struct number *ret_difference)
{
    struct number negated = *b;
    negated.negative = b->coefficient != 0 && !b->negative;
    return number_add(a, &negated, ret_difference);
}

bool number_beside(const struct number *n, bool above, struct number *ret_beside)
{
    struct number step = {.coefficient = 1, .negative = !above};
    if (number_add(n, &step, ret_beside) == NUMBER_OK)
        return true;
    int last_digit = magnitude(n) - (LIMIT_NUMBER_DIGITS - 1);
    step.exponent = (int16_t)(last_digit > LIMIT_NUMBER_MIN_MAGNITUDE ? last_digit : LIMIT_NUMBER_MIN_MAGNITUDE);
    return number_add(n, &step, ret_beside) == NUMBER_OK;
}

/* --- measuring --- */

static size_t pairs(int digits) { return (size_t)(digits + 1) / 2; }

/* 1, and a byte for each two significant digits on either side of the point, and 1 below zero; 0 costs 1 (aws: cases
 * nub-size-num-*). Zeros that end the integer part or begin the fraction are not significant when nothing is beyond. */
size_t number_size(const struct number *n)
{
    if (n->coefficient == 0)
        return 1;
    int count = digit_count(n->coefficient);
    int whole = count + n->exponent;
    int before = whole <= 0 ? 0 : whole < count ? whole : count;
    return 1 + pairs(before) + pairs(count - before) + (n->negative ? 1 : 0);
}
