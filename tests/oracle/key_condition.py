# SPDX-License-Identifier: Apache-2.0
"""Key conditions: their form, and whether they fit the key schema. Whether one holds is said as for any condition."""
import values
from keys import check_empty
from refusals import bare

FORM = "Invalid KeyConditionExpression: "
NOT_SUPPORTED = "Query key condition not supported"


def check_form(tree):
    """-> [(attribute, operator, [value])] in text order, the operator as if the attribute stood left"""
    found = []
    collect(tree, found)
    return found


def collect(tree, found):
    """The clauses that AND joins, each refused as it is met."""
    what = tree[0]
    if what == "and":
        collect(tree[1], found)
        collect(tree[2], found)
        return
    operator = operator_of(tree)
    if what in ("or", "not", "in") or operator == "<>" or (what == "call" and operator != "begins_with"):
        raise bare("Invalid operator used in KeyConditionExpression: " + operator)
    steps, operator, operands = one_clause(tree)
    if len(steps) > 1:
        raise bare(FORM + "KeyConditionExpressions cannot have conditions on nested attributes")
    if steps[0] in [name for name, _, _ in found]:
        raise bare(FORM + "KeyConditionExpressions must only contain one condition per key")
    found.append((steps[0], operator, operands))


def operator_of(tree):
    return tree[1] if tree[0] in ("compare", "call") else tree[0].upper()


def one_clause(clause):
    operator = operator_of(clause)
    if clause[0] == "compare":
        operands = list(clause[2:])
    elif clause[0] == "between":
        operands = list(clause[1:])
    else:
        operands = clause[2]
    if clause[0] != "compare" and operands[0][0] != "path":
        raise bare(
            f"Invalid condition in KeyConditionExpression: {operator} operator must have the key attribute "
            "as its first operand"
        )
    paths = []
    for operand in operands:
        if operand[0] == "call":
            raise bare("KeyConditionExpressions cannot contain nested operations")
        if operand[0] == "path" and paths:
            raise bare("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition")
        if operand[0] == "path":
            paths.append(operand)
    if not paths:
        raise bare("Invalid condition in KeyConditionExpression: No key attribute specified")
    if operands[0][0] != "path":
        operator = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
    return paths[0][1], operator, [operand[1] for operand in operands if operand[0] == "value"]


def check_schema(conditions, key):
    """`key`: {attribute: type}, the partition key first."""
    if len(conditions) > len(key):
        raise bare(
            f"The number of query conditions ({len(conditions)}) exceeds the number of key attributes "
            f"defined in the schema ({len(key)})"
        )
    by_name = {name: (operator, operands) for name, operator, operands in conditions}
    partition, *_ = key
    if partition not in by_name:
        raise bare("Query condition missed key schema element: " + partition)
    for name in by_name:
        if name not in key:
            raise bare("Query condition missed key schema element: " + list(key)[-1])
    operands = [(name, tag, operand) for name, tag in key.items() if name in by_name for operand in by_name[name][1]]
    if any(operand[0] != tag for _, tag, operand in operands):
        raise bare(values.PREFIX + "Condition parameter type does not match schema type")
    if by_name[partition][0] != "=":
        raise bare(NOT_SUPPORTED)
    for name, _, operand in operands:
        check_empty(name, operand)
