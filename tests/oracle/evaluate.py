# SPDX-License-Identifier: Apache-2.0
"""Whether a checked condition is true of an item."""

import decimal

MISSING = None
NO_SIZE = ("", None)  # size() of what has none: false wherever it is compared
ORDERED = ("S", "N", "B")


def look_up(steps, item):
    """-> the value at a path, or MISSING"""
    value = ("M", item)
    for step in steps:
        tag, content = value
        if isinstance(step, int):
            if tag != "L" or step >= len(content):
                return MISSING
            value = content[step]
        else:
            if tag != "M" or step not in content:
                return MISSING
            value = content[step]
    return value


def holds(tree, item):
    what = tree[0]
    if what == "and":
        return holds(tree[1], item) and holds(tree[2], item)
    if what == "or":
        return holds(tree[1], item) or holds(tree[2], item)
    if what == "not":
        return not holds(tree[1], item)
    if what == "call":
        return call_holds(tree[1], tree[2], item)
    if what == "compare":
        return compare(tree[1], operand(tree[2], item), operand(tree[3], item))
    if what == "between":
        value, low, high = (operand(part, item) for part in tree[1:])
        return compare(">=", value, low) and compare("<=", value, high)
    value = operand(tree[1], item)
    return any(compare("=", value, operand(part, item)) for part in tree[2])


def operand(tree, item):
    if tree[0] == "value":
        return tree[1]
    if tree[0] == "path":
        return look_up(tree[1], item)
    return size(operand(tree[2][0], item))


def size(value):
    """Strings are measured in UTF-16 units (aws), the rest by bytes or members."""
    if value is MISSING or value[0] not in ("S", "B", "L", "M", "SS", "NS", "BS"):
        return NO_SIZE
    tag, content = value
    return "N", decimal.Decimal(len(content.encode("utf-16-le")) // 2 if tag == "S" else len(content))


def compare(sign, left, right):
    if left is NO_SIZE or right is NO_SIZE:
        return False
    if sign == "<>":
        return left is MISSING or right is MISSING or left != right
    if left is MISSING or right is MISSING or left[0] != right[0]:
        return False
    if sign == "=":
        return left == right
    if left[0] not in ORDERED:
        return False
    a, b = left[1], right[1]
    return a < b if sign == "<" else a <= b if sign == "<=" else a > b if sign == ">" else a >= b


def call_holds(name, operands, item):
    first = operand(operands[0], item)
    if name == "attribute_exists":
        return first is not MISSING
    if name == "attribute_not_exists":
        return first is MISSING
    second = operand(operands[1], item)
    if first is MISSING or second is MISSING or first is NO_SIZE or second is NO_SIZE:
        return False
    if name == "attribute_type":
        return first[0] == second[1]
    if name == "begins_with":
        return first[0] == second[0] and first[0] in ("S", "B") and first[1].startswith(second[1])
    return contains(first, second)


def contains(whole, part):
    tag, content = whole
    if tag in ("S", "B"):
        return part[0] == tag and part[1] in content
    if tag == "L":
        return part in content
    return tag in ("SS", "NS", "BS") and part[0] == tag[0] and part[1] in content
