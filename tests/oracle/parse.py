# SPDX-License-Identifier: Apache-2.0
"""Tokens to trees, by recursive descent.

    path     ("path", [("word" | "name" | "index", text)])
    value    ("value", ":v")
    call     ("call", function, [operand])
    clauses  ("compare", sign, left, right), ("between", operand, low, high), ("in", operand, [operand]), a call
    joined   ("and", left, right), ("or", left, right), ("not", condition)
    update   [(section, [(path, operand)])]; a sum is ("sum", "+" | "-", left, right); REMOVE has no operand
"""
from tokens import Tokens

SIGNS = ("=", "<>", "<", "<=", ">", ">=")
OPERANDS = ("path", "value")


def parse_condition(text, kind):
    tokens = Tokens(text, kind)
    tree, _ = either(tokens, inside=False)
    if tokens.peek() != "<EOF>":
        tokens.fail()
    return tree


def either(tokens, inside):
    """OR of ANDs of NOTs. Inside parentheses a lone operand will do as well: what follows them decides what it was.
    -> (tree, whether it is one pair of parentheses)"""
    tree, pair = both(tokens, inside)
    while tokens.is_word("OR"):
        tokens.take()
        right, _ = both(tokens, False)
        tree, pair = ("or", tree, right), False
    return tree, pair


def both(tokens, inside):
    tree, pair = negation(tokens, inside)
    while tokens.is_word("AND"):
        tokens.take()
        right, _ = negation(tokens, False)
        tree, pair = ("and", tree, right), False
    return tree, pair


def negation(tokens, inside):
    if tokens.is_word("NOT"):
        tokens.take()
        tree, _ = negation(tokens, False)
        return ("not", tree), False
    return primary(tokens, inside)


def primary(tokens, inside):
    pair = False
    if tokens.peek() == "(":
        tokens.take()
        tree, doubled = either(tokens, inside=True)
        tokens.take(")")
        if doubled:
            tokens.fail_redundant()
        pair = True
    else:
        tree = operand_alone(tokens)
    if tree[0] in OPERANDS or tree[0] == "call":
        clause = rest_of_clause(tokens, tree)
        if clause:
            return clause, False
        if tree[0] in OPERANDS and not (inside and tokens.peek() == ")"):
            tokens.fail()
    return tree, pair


def rest_of_clause(tokens, left):
    """-> what a comparator, BETWEEN or IN makes of the operand, or None"""
    if tokens.peek() in SIGNS:
        sign = tokens.take()
        return "compare", sign, left, operand(tokens)
    if tokens.is_word("BETWEEN"):
        tokens.take()
        low = operand(tokens)
        tokens.take_word("AND")
        return "between", left, low, operand(tokens)
    if tokens.is_word("IN"):
        tokens.take()
        return "in", left, operand_list(tokens)
    return None


def operand(tokens):
    return operand_and_pair(tokens)[0]


def operand_and_pair(tokens):
    if tokens.peek() != "(":
        return operand_alone(tokens), False
    tokens.take()
    inner, doubled = operand_and_pair(tokens)
    tokens.take(")")
    if doubled:
        tokens.fail_redundant()
    return inner, True


def operand_alone(tokens):
    what = tokens.peek()
    if what == "value":
        return "value", tokens.take()
    if what == "word" and tokens.peek_second() == "(":
        name = tokens.take()
        return "call", name, operand_list(tokens)
    return path(tokens)


def operand_list(tokens):
    tokens.take("(")
    operands = [operand(tokens)]
    while tokens.peek() == ",":
        tokens.take()
        operands.append(operand(tokens))
    tokens.take(")")
    return operands


def path(tokens):
    steps = [name(tokens)]
    while True:
        if tokens.peek() == ".":
            tokens.take()
            steps.append(name(tokens))
        elif tokens.peek() == "[":
            tokens.take()
            steps.append(("index", tokens.take("index")))
            tokens.take("]")
        else:
            return "path", steps


def name(tokens):
    if tokens.peek() not in ("word", "name"):
        tokens.fail()
    return tokens.peek(), tokens.take()


def parse_projection(text, kind):
    """-> [path]"""
    tokens = Tokens(text, kind)
    paths = [path(tokens)]
    while tokens.peek() == ",":
        tokens.take()
        paths.append(path(tokens))
    if tokens.peek() != "<EOF>":
        tokens.fail()
    return paths


def parse_update(text, kind):
    """-> [(section, [(target, operand or None)])] as written"""
    tokens = Tokens(text, kind)
    sections = [section(tokens)]
    while tokens.peek() != "<EOF>":
        sections.append(section(tokens))
    return sections


def section(tokens):
    for word in ("SET", "REMOVE", "ADD", "DELETE"):
        if tokens.is_word(word):
            tokens.take()
            actions = [action(tokens, word)]
            while tokens.peek() == ",":
                tokens.take()
                actions.append(action(tokens, word))
            return word, actions
    return tokens.fail()


def action(tokens, word):
    target = path(tokens)
    if word == "REMOVE":
        return target, None
    if word == "SET":
        tokens.take("=")
        return target, right_side(tokens)[0]
    return target, ("value", tokens.take("value"))


def right_side(tokens):
    """An operand, or two with a sign between them; either may stand in parentheses. -> (tree, whether it does)"""
    pair = False
    if tokens.peek() == "(":
        tokens.take()
        left, doubled = right_side(tokens)
        tokens.take(")")
        if doubled:
            tokens.fail_redundant()
        pair = True
        if left[0] == "sum":
            return left, True
    else:
        left = operand_alone(tokens)
    if tokens.peek() in ("+", "-"):
        sign = tokens.take()
        return ("sum", sign, left, operand(tokens)), False
    return left, pair
