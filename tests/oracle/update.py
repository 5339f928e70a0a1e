# SPDX-License-Identifier: Apache-2.0
"""Applies a checked update to an item: finds every fault first, against the item as it was, then writes."""
import decimals
from evaluate import MISSING, look_up
from refusals import bare

BAD_PATH = "The document path provided in the update expression is invalid for update"
NOT_THERE = "The provided expression refers to an attribute that does not exist in the item"
WRONG_TYPE = "An operand in the update expression has an incorrect data type"
SETS = ("SS", "NS", "BS")
GONE = ("gone", None)


def updated(actions, item, exists):
    """-> the new item; `item` has at least its key. Where there was none, nothing is taken away from it, and what
    would take away cannot fail (aws)."""
    if not exists:
        actions = [action for action in actions if action[0] not in ("REMOVE", "DELETE")]
    for _, steps, _ in actions:
        if parent_of(steps, item) == "wrong":
            raise bare(BAD_PATH)
    for word, steps, operand in actions:
        check_types(word, steps, operand, item)
    for section in reversed(list(dict.fromkeys(word for word, _, _ in actions))):
        of_section = [(steps, operand) for word, steps, operand in actions if word == section]
        for steps, _ in of_section:
            if parent_of(steps, item):
                raise bare(BAD_PATH)
        for _, operand in of_section:
            if section == "SET" and evaluate(operand, item, exact=False) is MISSING:
                raise bare(NOT_THERE)
    try:
        effects = [(steps, effect(word, steps, operand, item)) for word, steps, operand in actions]
    except decimals.BadNumber as fault:
        raise bare(str(fault)) from None
    return write_map(item, effects)


def parent_of(steps, item):
    """-> None if the place can be written, "wrong" if something on the way is of another kind, "missing" otherwise"""
    value = ("M", item)
    for depth, step in enumerate(steps):
        tag, content = value
        if tag != ("L" if isinstance(step, int) else "M"):
            return "wrong"
        if depth == len(steps) - 1:
            return None
        if step not in content if tag == "M" else step >= len(content):
            return "missing"
        value = content[step]
    return None


def check_types(word, steps, operand, item):
    if word == "SET":
        evaluate(operand, item, exact=False)
    elif word in ("ADD", "DELETE"):
        stored = look_up(steps, item)
        if stored is not MISSING and stored[0] != operand[1][0]:
            raise bare(WRONG_TYPE)


def evaluate(tree, item, exact=True):
    """-> the value of an operand of SET, or MISSING; raises for stored values of a wrong type. Without `exact` sums
    are not computed: any number stands for them."""
    what = tree[0]
    if what == "value":
        return tree[1]
    if what == "path":
        return look_up(tree[1], item)
    if what == "sum":
        left, right = two(tree[2:], "N", item, exact)
        if left is MISSING or not exact:
            return left
        return "N", (decimals.add if tree[1] == "+" else decimals.subtract)(left[1], right[1])
    if tree[1] == "if_not_exists":
        first = look_up(tree[2][0][1], item)
        return evaluate(tree[2][1], item, exact) if first is MISSING else first
    first, second = two(tree[2], "L", item, exact)
    return MISSING if first is MISSING else ("L", first[1] + second[1])


def two(operands, tag, item, exact):
    """-> both values; where one of them is missing, nothing is said of the other one's type (mot-emu-024; otherwise
    docs/behaviour.md, open question 19)"""
    first, second = (evaluate(operand, item, exact) for operand in operands)
    if first is MISSING or second is MISSING:
        return MISSING, MISSING
    return need(first, tag), need(second, tag)


def need(value, tag):
    if value[0] != tag:
        raise bare(WRONG_TYPE)
    return value


def effect(word, steps, operand, item):
    """-> the value to be stored, or GONE"""
    if word == "REMOVE":
        return GONE
    if word == "SET":
        return evaluate(operand, item)
    stored = look_up(steps, item)
    tag, content = operand[1]
    if word == "DELETE":
        left = [member for member in stored[1] if member not in content] if stored is not MISSING else ()
        return (tag, tuple(left)) if left else GONE
    if stored is MISSING:
        return operand[1]
    if tag == "N":
        return "N", decimals.add(stored[1], content)
    return tag, tuple(sorted(set(stored[1]) | set(content)))


def write(value, effects):
    """-> the value with the effects (steps from here, value) applied"""
    return ("M", write_map(value[1], effects)) if value[0] == "M" else ("L", write_list(value[1], effects))


def write_map(content, effects):
    new = dict(content)
    for step, inner in by_step(effects).items():
        result = inner[0][1] if inner[0][0] == [] else write(content[step], inner)
        if result is GONE:
            new.pop(step, None)
        else:
            new[step] = result
    return new


def write_list(content, effects):
    """Indexes are positions before the update; what lies past the end is appended in order of index."""
    new = dict(enumerate(content))
    for step, inner in by_step(effects).items():
        new[step] = inner[0][1] if inner[0][0] == [] else write(content[step], inner)
    return [new[index] for index in sorted(new) if new[index] is not GONE]


def by_step(effects):
    groups = {}
    for steps, value in effects:
        groups.setdefault(steps[0], []).append((steps[1:], value))
    return groups
