# SPDX-License-Identifier: Apache-2.0
"""What can be told of an update without an item, in the service's order."""
import check
from check import fail
from parse import parse_update

KIND = "UpdateExpression"
LONG_TYPES = {
    "S": "STRING",
    "N": "NUMBER",
    "B": "BINARY",
    "BOOL": "BOOLEAN",
    "NULL": "NULL",
    "L": "LIST",
    "M": "MAP",
    "SS": "STRING_SET",
    "NS": "NUMBER_SET",
    "BS": "BINARY_SET",
}
TAKES = {"ADD": ("N", "SS", "NS", "BS"), "DELETE": ("SS", "NS", "BS")}


def check_update(text, scope):
    """-> [(section, steps of the target, checked operand or None)]"""
    check.check_text(text, KIND)
    sections = parse_update(text, KIND)
    check_sections(sections)
    actions = [(word, target, operand) for word, actions in sections for target, operand in actions]
    check.count_operators(sum(check.operators(operand) for _, _, operand in actions if operand), KIND)
    for _, target, _ in actions:
        check.check_path(target, KIND, scope)
    targets = [check.resolve_steps(target, scope) for _, target, _ in actions]
    check.check_overlap(targets, KIND)
    operands = [check_operand(word, operand, scope) for word, _, operand in reversed(actions)]
    return [(word, steps, op) for (word, _, _), steps, op in zip(actions, targets, reversed(operands))]


def check_sections(sections):
    """Words and functions, section by section in the order in which each first appears; one that stands there twice
    is told after its own actions were looked at."""
    for word in dict.fromkeys(word for word, _ in sections):
        same = [actions for other, actions in sections if other == word]
        for actions in same[:2]:
            for target, operand in actions:
                check_use(target, operand)
        if len(same) > 1:
            fail(KIND, f'The "{word}" section can only be used once in an update expression;')


def check_use(target, operand):
    """The words of an action before its functions (ruling on reserved words in updates)."""
    check.check_words(target, KIND)
    if operand:
        for path in paths_in(operand):
            check.check_words(path, KIND)
        check_operand_use(operand, within="")


def paths_in(tree):
    if tree[0] == "path":
        yield tree
    elif tree[0] != "value":
        for operand in tree[2] if tree[0] == "call" else tree[2:]:
            yield from paths_in(operand)


def check_operand_use(tree, within):
    what = tree[0]
    if what == "sum":
        check_operand_use(tree[2], within)
        check_operand_use(tree[3], within)
    elif what == "call":
        name = tree[1]
        if name not in check.OPERANDS_OF:
            fail(KIND, "Invalid function name; function: " + name)
        if name not in check.UPDATES:
            fail(KIND, "The function is not allowed in an update expression; function: " + name)
        if name == within == "list_append":
            fail(KIND, "The function is not allowed to be used this way in an expression; function: " + name)
        for operand in tree[2]:
            check_operand_use(operand, name)


def check_operand(word, operand, scope):
    """-> the checked operand"""
    if operand is None:
        return None
    check.check_names([operand], KIND, scope)
    check.check_values([operand], KIND, scope)
    checked = check.resolve(operand, scope)
    if word == "SET":
        judge(checked)
    elif checked[1][0] not in TAKES[word]:
        fail(
            KIND,
            "Incorrect operand type for operator or function; "
            f"operator: {word}, operand type: {LONG_TYPES[checked[1][0]]}",
        )
    return checked


def judge(tree):
    """Counts, the same operand twice, types, of what is within first."""
    if tree[0] == "sum":
        judge(tree[2])
        judge(tree[3])
        need_types(tree[2:], "N", tree[1])
    elif tree[0] == "call":
        for operand in tree[2]:
            judge(operand)
        check.check_count(tree, KIND)
        check.check_distinct(tree, KIND)
        if tree[1] == "if_not_exists":
            check.need_path(tree[1], tree[2][0], KIND)
        else:
            need_types(tree[2], "L", tree[1])


def known_type(operand):
    """Of values only: what a call gives is known only with the item (list_append: docs/behaviour.md, open question 27)."""
    return operand[1][0] if operand[0] == "value" else None


def need_types(operands, allowed, operator):
    for operand in operands:
        tag = known_type(operand)
        if tag and tag != allowed:
            check.fail_type(KIND, operator, tag)
