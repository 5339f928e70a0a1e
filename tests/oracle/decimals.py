# SPDX-License-Identifier: Apache-2.0
"""Numbers: 38 digits, 1E-130 to 9.99...E+125, exact. Texts in, decimal.Decimal inside, canonical texts out."""
import decimal
import functools
import re

NUMBER = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?", re.ASCII)
EXACT = decimal.Context(prec=600, Emax=10**6, Emin=-(10**6), traps=[])
DIGITS, LARGEST, SMALLEST = 38, 125, -130

OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range"
UNDERFLOW = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
TOO_LONG = "Attempting to store more than 38 significant digits in a Number"


class BadNumber(Exception):
    """A text that the service does not store as a number."""


def range_fault(number):
    """-> what is wrong with the size or length of an exact number, or None"""
    if not number:
        return None
    exponent = number.adjusted()
    if exponent > LARGEST:
        return OVERFLOW
    if exponent < SMALLEST:
        return UNDERFLOW
    sign, digits, _ = number.as_tuple()
    return TOO_LONG if len("".join(map(str, digits)).strip("0")) > DIGITS else None


@functools.lru_cache(100000)
def read(text):
    """-> Decimal; raises BadNumber with the service's text"""
    match = NUMBER.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise BadNumber("The parameter cannot be converted to a numeric value: " + text)
    exponent = int(match[4] or 0)
    if not -(2**63) <= exponent < 2**63:
        raise BadNumber("The parameter cannot be converted to a numeric value: " + text)
    digits, scale = match[2] + (match[3] or ""), len(match[3] or "")
    if not digits.strip("0"):
        # A zero is judged by the exponent that is written (aws: 0E+125 is stored, 0E+126 and 0E-131 are not).
        if exponent > LARGEST:
            raise BadNumber(OVERFLOW)
        if exponent < SMALLEST:
            raise BadNumber(UNDERFLOW)
        return decimal.Decimal(0)
    stripped = digits.lstrip("0")
    magnitude = exponent - scale + len(stripped) - 1
    if magnitude > LARGEST:
        raise BadNumber(OVERFLOW)
    if magnitude < SMALLEST:
        raise BadNumber(UNDERFLOW)
    significant = stripped.rstrip("0")
    if len(significant) > DIGITS:
        raise BadNumber(TOO_LONG)
    return decimal.Decimal(f"{match[1]}{significant}E{exponent - scale + len(stripped) - len(significant)}")


def add(left, right):
    """-> the exact sum; raises BadNumber. A sum of more than 38 digits is told as an overflow (aws)."""
    return _judged(EXACT.add(left, right))


def subtract(left, right):
    return _judged(EXACT.subtract(left, right))


def _judged(number):
    fault = range_fault(number)
    if fault:
        raise BadNumber(OVERFLOW if fault == TOO_LONG else fault)
    return number


@functools.lru_cache(100000)
def write(number):
    """Plain decimal: no exponent, no idle zeros, no sign on zero."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def size(number):
    """Bytes that the service counts: a pair of digits each, before and after the point, and one, and one for a minus."""
    if not number:
        return 1
    text = write(number.copy_abs())
    whole, _, fraction = text.partition(".")
    whole, fraction = whole.lstrip("0"), fraction
    if fraction:
        fraction = fraction.lstrip("0") if not whole else fraction
    else:
        whole = whole.rstrip("0")
    return 1 + (len(whole) + 1) // 2 + (len(fraction) + 1) // 2 + (number < 0)
