/* SPDX-License-Identifier: Apache-2.0 */
/* Decimal numbers as the service has them: 38 significant digits, exact. Knows nothing of values. */
#ifndef DDBEXPR_VALUE_NUMBER_H
#define DDBEXPR_VALUE_NUMBER_H

#include "base/str.h"

__extension__ typedef unsigned __int128 coefficient;

/* (negative ? -1 : 1) * coefficient * 10^exponent. Normalised: the coefficient is below 10^38 and does not end in 0,
 * or all is zero. Two equal numbers have equal fields. */
struct number {
    coefficient coefficient;
    int16_t exponent;
    bool negative;
};

enum number_fault {
    NUMBER_OK,
    NUMBER_NOT_NUMERIC,     /* the text is no number */
    NUMBER_TOO_MANY_DIGITS, /* more than 38 significant digits */
    NUMBER_OVERFLOW,        /* magnitude of 1E126 or more */
    NUMBER_UNDERFLOW        /* magnitude below 1E-130 */
};

/* The longest normal form: sign, "0.", 129 zeros, 38 digits… rounded up. */
#define NUMBER_TEXT_MAX 176

/* Reads a number's text. On a fault *ret_number is untouched. */
enum number_fault number_parse(str text, struct number *ret_number);

/* Writes the normal form (not NUL-terminated) and returns its length. */
size_t number_print(const struct number *number, char out[NUMBER_TEXT_MAX]);

/* -1, 0, 1. */
int number_compare(const struct number *a, const struct number *b);

/* Exact sums. A result that needs more than 38 digits, or is too large, is NUMBER_OVERFLOW (aws: scy-num-033;
 * ruling 18); one that is too small NUMBER_UNDERFLOW. */
enum number_fault number_add(const struct number *a, const struct number *b, struct number *ret_sum);
enum number_fault number_subtract(const struct number *a, const struct number *b, struct number *ret_difference);

/* The number and one, or less one; where that takes more than 38 digits its 38th digit is one more or less.
 * False: it would be out of range. */
bool number_beside(const struct number *number, bool above, struct number *ret_beside);

/* Bytes the number counts in an item (spec: conformance-suite 12; cases nub-size-num-*). */
size_t number_size(const struct number *number);

/* The number as an unsigned integer constant. */
struct number number_of(uint64_t n);

#endif
