# SPDX-License-Identifier: Apache-2.0
"""What can be told of conditions and projections without an item, in the service's order.

A checked tree is a parsed one with its placeholders replaced: paths hold names (str) and indexes (int), values are
attribute values.
"""
import pathlib

from parse import parse_condition, parse_projection
from refusals import Refusal

RESERVED = frozenset((pathlib.Path(__file__).parent / "reserved_words.txt").read_text(encoding="ascii").split())
TEXT_BYTES, OPERATORS, IN_OPERANDS, PATH_STEPS, INDEX = 4096, 300, 100, 32, 2**31 - 1
CONDITIONS = {"attribute_exists": 1, "attribute_not_exists": 1, "attribute_type": 2, "begins_with": 2, "contains": 2}
OPERANDS_OF = dict(CONDITIONS, size=1, if_not_exists=2, list_append=2)
UPDATES = ("if_not_exists", "list_append")
ORDERED = ("S", "N", "B")
TYPE_NAMES = ("B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M")
ANY_TYPE = (
    "{SS,M,DECIMAL,DOUBLESET,HDS,N,B,DICT,INTSET,BOOL,HD,BS,INT,DECIMALSET,NULL,FLOAT,FS,S,L,NS,DOUBLE}"
)


def fail(kind, text):
    raise Refusal(f"Invalid {kind}: {text}")


def check_text(text, kind):
    """What is told before the text is parsed."""
    if not text:
        fail(kind, "The expression can not be empty;")
    length = len(text.encode())
    if length > TEXT_BYTES:
        tail = "" if kind == "UpdateExpression" else f" expression size: {length}"
        fail(kind, "Expression size has exceeded the maximum allowed size;" + tail)


def check_words(path, kind):
    """Reserved words and list indexes of a path, in text order."""
    for what, text in path[1]:
        if what == "word" and text.upper() in RESERVED:
            fail(kind, "Attribute name is a reserved keyword; reserved keyword: " + text)
        if what == "index" and int(text) > INDEX:
            fail(kind, f"List index is not within the allowable range; index: [{text}]")


# --- conditions ---


def check_condition(text, kind, scope):
    """-> the checked tree"""
    check_text(text, kind)
    tree = parse_condition(text, kind)
    check_use(tree, kind, as_condition=True)
    count_operators(operators(tree), kind)
    return check_clauses(tree, kind, scope)


def check_use(tree, kind, as_condition):
    """Words, indexes and functions in text order."""
    what = tree[0]
    if what == "path":
        check_words(tree, kind)
    elif what == "call":
        check_function(tree[1], kind, as_condition)
        for operand in tree[2]:
            check_use(operand, kind, False)
    elif what in ("and", "or", "not"):
        for part in tree[1:]:
            check_use(part, kind, True)
    elif what in ("compare", "between", "in"):
        for operand in clause_operands(tree):
            check_use(operand, kind, False)


def check_function(name, kind, as_condition):
    if name not in OPERANDS_OF:
        fail(kind, "Invalid function name; function: " + name)
    if name in UPDATES:
        fail(kind, "The function is not allowed in a condition expression; function: " + name)
    if as_condition != (name in CONDITIONS):
        fail(kind, "The function is not allowed to be used this way in an expression; function: " + name)


def clause_operands(clause):
    what = clause[0]
    if what == "compare":
        return [clause[2], clause[3]]
    if what == "between":
        return list(clause[1:])
    if what == "in":
        return [clause[1]] + clause[2]
    return clause[2]  # a call


def operators(tree):
    """Comparators, AND, OR, NOT, BETWEEN, IN and calls count one each (docs/behaviour.md, open question 3)."""
    what = tree[0]
    if what in ("path", "value"):
        return 0
    if what in ("and", "or", "not"):
        return 1 + sum(map(operators, tree[1:]))
    if what == "sum":
        return 1 + operators(tree[2]) + operators(tree[3])
    return 1 + sum(map(operators, clause_operands(tree)))


def count_operators(count, kind):
    if count > OPERATORS:
        fail(kind, "The expression contains too many operators; operator count: 301")


def check_clauses(tree, kind, scope):
    if tree[0] in ("and", "or", "not"):
        return (tree[0], *[check_clauses(part, kind, scope) for part in tree[1:]])
    operands = clause_operands(tree)
    check_names(operands, kind, scope)
    check_values(operands, kind, scope)
    clause = resolve(tree, scope)
    judge(clause, kind, scope)
    return clause


def judge(tree, kind, scope):
    """Counts, the same operand twice, types. A call within is judged whole before what it stands in
    (docs/behaviour.md, open question 21)."""
    for operand in clause_operands(tree):
        if operand[0] == "call":
            judge(operand, kind, scope)
    check_count(tree, kind)
    check_distinct(tree, kind)
    check_types(tree, kind, scope)


def check_names(operands, kind, scope):
    """That every #name is defined, and that no path is too long."""
    for operand in operands:
        if operand[0] == "path":
            check_path(operand, kind, scope)
        elif operand[0] in ("call", "sum"):
            check_names(operand[2] if operand[0] == "call" else operand[2:], kind, scope)


def check_path(path, kind, scope):
    for what, text in path[1]:
        if what == "name" and scope.name(text) is None:
            fail(
                kind,
                "An expression attribute name used in the document path is not defined; attribute name: " + text,
            )
    if len(path[1]) > PATH_STEPS:
        fail(kind, f"The document path has too many nesting levels; nesting levels: {len(path[1])}")


def check_values(operands, kind, scope):
    for operand in operands:
        if operand[0] == "value":
            if scope.value(operand[1]) is None:
                fail(
                    kind,
                    "An expression attribute value used in expression is not defined; attribute value: " + operand[1],
                )
        elif operand[0] in ("call", "sum"):
            check_values(operand[2] if operand[0] == "call" else operand[2:], kind, scope)


def check_count(tree, kind):
    what = tree[0]
    if what == "in" and len(tree[2]) > IN_OPERANDS:
        fail(kind, f"The IN operator is provided with too many operands; number of operands: {len(tree[2])}")
    if what == "call" and len(tree[2]) != OPERANDS_OF[tree[1]]:
        fail(
            kind,
            "Incorrect number of operands for operator or function; "
            f"operator or function: {tree[1]}, number of operands: {len(tree[2])}",
        )


def resolve(tree, scope):
    """The same tree with placeholders replaced."""
    what = tree[0]
    if what == "path":
        return "path", resolve_steps(tree, scope)
    if what == "value":
        return "value", scope.value(tree[1]), tree[1]
    if what == "call":
        return "call", tree[1], [resolve(operand, scope) for operand in tree[2]]
    if what in ("compare", "sum"):
        return what, tree[1], resolve(tree[2], scope), resolve(tree[3], scope)
    if what == "between":
        return what, *[resolve(operand, scope) for operand in tree[1:]]
    return what, resolve(tree[1], scope), [resolve(operand, scope) for operand in tree[2]]  # IN


def resolve_steps(path, scope):
    return [int(t) if what == "index" else scope.name(t) if what == "name" else t for what, t in path[1]]


def shown_path(steps):
    return "[" + ", ".join(f"[{step}]" if isinstance(step, int) else step for step in steps) + "]"


def operator_of(clause):
    return clause[1] if clause[0] in ("compare", "call") else clause[0].upper()


def check_distinct(clause, kind):
    """No operand may be the same path as the first one; size and list_append do not mind."""
    if clause[0] == "call" and clause[1] in ("size", "list_append"):
        return
    first, *others = clause_operands(clause)
    if first[0] == "path" and first in others:
        fail(
            kind,
            "The first operand must be distinct from the remaining operands for this operator or function; "
            f"operator: {operator_of(clause)}, first operand: {shown_path(first[1])}",
        )


def known_type(operand):
    """What type an operand surely has: that of a value, N of size(); None for what an item holds."""
    if operand[0] == "value":
        return operand[1][0]
    if operand[0] == "call" and operand[1] == "size":
        return "N"
    return None


def fail_type(kind, operator, tag):
    fail(
        kind,
        f"Incorrect operand type for operator or function; operator or function: {operator}, operand type: {tag}",
    )


def need_types(operands, allowed, operator, kind):
    for operand in operands:
        tag = known_type(operand)
        if tag and tag not in allowed:
            fail_type(kind, operator, tag)


def check_types(clause, kind, scope):
    what = clause[0]
    if what == "compare" and clause[1] not in ("=", "<>"):
        need_types(clause[2:], ORDERED, clause[1], kind)
    elif what == "between":
        need_types(clause[1:], ORDERED, "BETWEEN", kind)
        check_bounds(clause[2], clause[3], kind, scope)
    elif what == "call":
        check_function_types(clause[1], clause[2], kind)


def check_function_types(name, operands, kind):
    if name in ("attribute_exists", "attribute_not_exists"):
        need_path(name, operands[0], kind)
    elif name == "begins_with":
        need_types(operands, ("S", "B"), name, kind)
    elif name == "size":
        need_types(operands, ("S", "B", "SS", "NS", "BS", "L", "M"), name, kind)
    elif name == "attribute_type":
        check_type_name(operands[1], kind)


def need_path(name, operand, kind):
    if operand[0] != "path":
        fail(kind, "Operator or function requires a document path; operator or function: " + name)


def check_type_name(operand, kind):
    if operand[0] == "path":
        fail_type(kind, "attribute_type", ANY_TYPE)
    need_types([operand], ("S",), "attribute_type", kind)
    if operand[1][1] not in TYPE_NAMES:
        fail(
            kind,
            f"Invalid attribute type name found; type: {operand[1][1]}, valid types: {{{','.join(TYPE_NAMES)}}}",
        )


def check_bounds(low, high, kind, scope):
    """Two bounds that are both values."""
    if low[0] != "value" or high[0] != "value":
        return
    (low_type, low_content), (high_type, high_content) = low[1], high[1]
    if low_type != high_type:
        rule = "same data type for lower and upper bounds"
    elif low_content > high_content:
        rule = "upper bound to be greater than or equal to lower bound"
    else:
        return
    fail(
        kind,
        f"The BETWEEN operator requires {rule}; lower bound operand: AttributeValue: {scope.shown(low[2])}, "
        f"upper bound operand: AttributeValue: {scope.shown(high[2])}",
    )


# --- projections ---


def check_projection(text, scope):
    """-> the paths, as lists of steps"""
    kind = "ProjectionExpression"
    check_text(text, kind)
    paths = parse_projection(text, kind)
    for path in paths:
        check_words(path, kind)
    for path in paths:
        check_path(path, kind, scope)
    resolved = [resolve_steps(path, scope) for path in paths]
    check_overlap(resolved, kind)
    return resolved


# --- paths that get in each other's way ---


def check_overlap(paths, kind):
    """The paths form a tree in text order, which is walked with the newest branch first, what is below it before the
    branch itself. Which pair is told of several at one place: docs/behaviour.md, open question 28."""
    clash = find_clash(plant(paths))
    if clash:
        what, one, two = clash
        one, two = sorted((one, two))
        fail(
            kind,
            f"Two document paths {what} with each other; must remove or rewrite one of these paths; "
            f"path one: {shown_path(paths[one])}, path two: {shown_path(paths[two])}",
        )


class Branch:
    """A step of the tree: the numbers of the paths that go through it, of those that end in it, and what follows."""

    def __init__(self):
        self.through, self.ends, self.below = [], [], {}


def plant(paths):
    root = Branch()
    for number, steps in enumerate(paths):
        branch = root
        for step in steps:
            branch = branch.below.setdefault((isinstance(step, int), step), Branch())
            branch.through.append(number)
        branch.ends.append(number)
    return root


def find_clash(parent):
    """-> (overlap or conflict, number of a path, number of another), or None"""
    branches = list(parent.below.items())
    for place, ((is_index, _), branch) in reversed(list(enumerate(branches))):
        clash = find_clash(branch)
        if clash:
            return clash
        if len(branch.ends) > 1:
            return "overlap", branch.ends[0], branch.ends[-1]
        if branch.ends and branch.below:
            return "overlap", branch.ends[0], list(branch.below.values())[-1].through[-1]
        older = [other for (other_is_index, _), other in branches[:place] if other_is_index != is_index]
        if older:
            return "conflict", branch.through[-1], older[-1].through[-1]
    return None
