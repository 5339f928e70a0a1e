/* SPDX-License-Identifier: Apache-2.0 */
/* Number texts against arithmetic on digit strings, written from the rules alone: two texts with a blank between. */
#include "fuzz.h"

#include "value/number.h"

#include <string.h>

#define DIGITS_AT_MOST 38
#define HIGHEST        125
#define LOWEST         (-130)
#define PLACES         (2 + HIGHEST - LOWEST + DIGITS_AT_MOST) /* a carry, and what hangs over at the low end */
#define LOWEST_PLACE   (LOWEST - DIGITS_AT_MOST)

/* --- a number as a row of digits --- */

struct naive {
    unsigned char digits[PLACES]; /* digits[0] counts 10^LOWEST_PLACE */
    bool negative;
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A text taken apart. False: it is no number. */
struct spelled {
    bool negative;
    str whole, fraction;
    bool exponent_negative;
    int64_t exponent; /* beyond anything that matters it stays there */
};

static size_t digits_from(str text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_digit(text.ptr[end]))
        end++;
    return end;
}

static bool spell_exponent(str text, size_t at, struct spelled *s)
{
    if (at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-'))
        s->exponent_negative = text.ptr[at++] == '-';
    if (at == text.len || digits_from(text, at) != text.len)
        return false;
    while (at < text.len && text.ptr[at] == '0')
        at++;
    const char *largest = s->exponent_negative ? "9223372036854775808" : "9223372036854775807";
    if (text.len - at > 19 || (text.len - at == 19 && memcmp(text.ptr + at, largest, 19) > 0))
        return false; /* beyond 64 bits it is no number */
    for (; at < text.len; at++)
        s->exponent = s->exponent > 1000000000 ? s->exponent : s->exponent * 10 + (text.ptr[at] - '0');
    if (s->exponent_negative)
        s->exponent = -s->exponent;
    return true;
}

static bool spell(str text, struct spelled *s)
{
    size_t at = 0;
    *s = (struct spelled){0};
    if (at < text.len && (text.ptr[at] == '+' || text.ptr[at] == '-'))
        s->negative = text.ptr[at++] == '-';
    size_t end = digits_from(text, at);
    s->whole = str_of(text.ptr + at, end - at);
    at = end;
    if (at < text.len && text.ptr[at] == '.') {
        end = digits_from(text, at + 1);
        s->fraction = str_of(text.ptr + at + 1, end - at - 1);
        at = end;
    }
    if (s->whole.len + s->fraction.len == 0)
        return false;
    return at == text.len || ((text.ptr[at] | 0x20) == 'e' && spell_exponent(text, at + 1, s));
}

/* The digit at a place of both parts together. */
static int digit_at(const struct spelled *s, size_t i)
{
    return (i < s->whole.len ? s->whole.ptr[i] : s->fraction.ptr[i - s->whole.len]) - '0';
}

static enum number_fault judge(const struct spelled *s, struct naive *ret)
{
    size_t count = s->whole.len + s->fraction.len, first = 0, last = count;
    int64_t exponent = s->exponent;
    *ret = (struct naive){.negative = false};
    while (first < count && digit_at(s, first) == 0)
        first++;
    while (last > first && digit_at(s, last - 1) == 0)
        last--;
    if (first == count) /* zero is judged by its exponent as written */
        return exponent > HIGHEST ? NUMBER_OVERFLOW : exponent < LOWEST ? NUMBER_UNDERFLOW : NUMBER_OK;
    int64_t highest = exponent + (int64_t)s->whole.len - 1 - (int64_t)first;
    if (highest > HIGHEST)
        return NUMBER_OVERFLOW;
    if (highest < LOWEST)
        return NUMBER_UNDERFLOW;
    if (last - first > DIGITS_AT_MOST)
        return NUMBER_TOO_MANY_DIGITS;
    ret->negative = s->negative;
    for (size_t i = first; i < last; i++)
        ret->digits[highest - (int64_t)(i - first) - LOWEST_PLACE] = (unsigned char)digit_at(s, i);
    return NUMBER_OK;
}

static enum number_fault parse_naively(str text, struct naive *ret)
{
    struct spelled s;
    return spell(text, &s) ? judge(&s, ret) : NUMBER_NOT_NUMERIC;
}

static int compare_digits(const struct naive *a, const struct naive *b)
{
    for (int i = PLACES - 1; i >= 0; i--)
        if (a->digits[i] != b->digits[i])
            return a->digits[i] < b->digits[i] ? -1 : 1;
    return 0;
}

static bool is_zero(const struct naive *n)
{
    static const struct naive zero;
    return compare_digits(n, &zero) == 0;
}

static int compare_naively(const struct naive *a, const struct naive *b)
{
    if (is_zero(a) && is_zero(b))
        return 0;
    bool below = a->negative && !is_zero(a), other = b->negative && !is_zero(b);
    if (below != other)
        return below ? -1 : 1;
    return below ? -compare_digits(a, b) : compare_digits(a, b);
}

static struct naive add_naively(const struct naive *a, const struct naive *b)
{
    if (a->negative != b->negative && compare_digits(a, b) < 0)
        return add_naively(b, a);
    struct naive sum = {.negative = a->negative};
    int carry = 0;
    for (int i = 0; i < PLACES; i++) {
        int digit =
            a->negative == b->negative ? a->digits[i] + b->digits[i] + carry : a->digits[i] - b->digits[i] - carry;
        carry = digit > 9 || digit < 0;
        sum.digits[i] = (unsigned char)(digit < 0 ? digit + 10 : digit % 10);
    }
    REQUIRE(carry == 0);
    return sum;
}

/* A result's fault: it needs too many digits or is too large; or it is too small. */
static enum number_fault judge_sum(const struct naive *n)
{
    int high = PLACES - 1, low = 0;
    if (is_zero(n))
        return NUMBER_OK;
    while (n->digits[high] == 0)
        high--;
    while (n->digits[low] == 0)
        low++;
    if (high - low >= DIGITS_AT_MOST || high + LOWEST_PLACE > HIGHEST)
        return NUMBER_OVERFLOW;
    return high + LOWEST_PLACE < LOWEST ? NUMBER_UNDERFLOW : NUMBER_OK;
}

/* --- the two beside each other --- */

static str printed(const struct number *n, char out[NUMBER_TEXT_MAX])
{
    size_t length = number_print(n, out);
    REQUIRE(length > 0 && length <= NUMBER_TEXT_MAX);
    return str_of(out, length);
}

/* The normal form: no exponent, no sign of zero, no idle zeros. */
static void check_form(str text)
{
    struct spelled s;
    REQUIRE(spell(text, &s) && s.exponent == 0 && text.ptr[0] != '+');
    REQUIRE(s.whole.len > 0 && (s.whole.len == 1 || s.whole.ptr[0] != '0'));
    REQUIRE(s.fraction.len == 0 || s.fraction.ptr[s.fraction.len - 1] != '0');
    REQUIRE(memchr(text.ptr, '.', text.len) == NULL || s.fraction.len > 0);
    REQUIRE(memchr(text.ptr, 'e', text.len) == NULL && memchr(text.ptr, 'E', text.len) == NULL);
}

static void check_same(const struct number *n, const struct naive *naive)
{
    char out[NUMBER_TEXT_MAX];
    struct naive back;
    struct number again;
    str text = printed(n, out);
    check_form(text);
    REQUIRE(parse_naively(text, &back) == NUMBER_OK);
    REQUIRE(compare_naively(&back, naive) == 0);
    REQUIRE(number_parse(text, &again) == NUMBER_OK && number_compare(&again, n) == 0);
    REQUIRE(again.exponent == n->exponent && again.negative == n->negative && again.coefficient == n->coefficient);
    REQUIRE(!is_zero(naive) || (text.len == 1 && text.ptr[0] == '0'));
    REQUIRE(number_size(n) >= 1 && number_size(n) <= 22);
}

static bool check_text(str text, struct number *n, struct naive *naive)
{
    enum number_fault fault = number_parse(text, n);
    REQUIRE(fault == parse_naively(text, naive));
    if (fault == NUMBER_OK)
        check_same(n, naive);
    return fault == NUMBER_OK;
}

static void check_sum(enum number_fault fault, const struct number *sum, const struct naive *naive)
{
    REQUIRE(fault == judge_sum(naive));
    if (fault == NUMBER_OK)
        check_same(sum, naive);
}

static void check_two(const struct number *a, const struct naive *x, const struct number *b, const struct naive *y)
{
    struct number sum, difference;
    struct naive minus = *y, naive_sum = add_naively(x, y);
    minus.negative = !y->negative;
    REQUIRE(number_compare(a, b) == compare_naively(x, y));
    REQUIRE(number_compare(b, a) == compare_naively(y, x));
    check_sum(number_add(a, b, &sum), &sum, &naive_sum);
    naive_sum = add_naively(x, &minus);
    check_sum(number_subtract(a, b, &difference), &difference, &naive_sum);
}

static void check_beside(const struct number *n)
{
    struct number beside;
    if (number_beside(n, true, &beside))
        REQUIRE(number_compare(n, &beside) < 0);
    if (number_beside(n, false, &beside))
        REQUIRE(number_compare(n, &beside) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *blank = size ? memchr(data, ' ', size) : NULL;
    size_t first = blank ? (size_t)(blank - data) : size;
    struct fuzz_input one = fuzz_open(data, first);
    struct fuzz_input two = fuzz_open(data + first + (blank != NULL), size - first - (blank != NULL));
    struct number a, b;
    struct naive x, y;
    bool a_is_one = check_text(fuzz_rest(&one), &a, &x), b_is_one = check_text(fuzz_rest(&two), &b, &y);
    if (a_is_one && b_is_one)
        check_two(&a, &x, &b, &y);
    if (a_is_one)
        check_beside(&a);
    fuzz_close(&one);
    fuzz_close(&two);
    return 0;
}
