# SPDX-License-Identifier: Apache-2.0
"""The functions that C headers declare, as far as our own style of writing them goes. Knows nothing of libraries."""
import re

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
DIRECTIVE = re.compile(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
FUNCTION = re.compile(r"\b(\w+)\s*\(")


def _statements(text):
    text = DIRECTIVE.sub("", COMMENT.sub(" ", text))
    return re.split(r"[;{}]", text)


def exported(text):
    """Names of the functions declared DDBEXPR_API."""
    names = []
    for statement in _statements(text):
        _, marked, declaration = statement.partition("DDBEXPR_API")
        if marked:
            match = FUNCTION.search(declaration)
            names.append(match[1] if match else f"(no function: {' '.join(declaration.split())})")
    return names


def unexported(text):
    """Names of functions that are declared without DDBEXPR_API: a program could not link them."""
    names = []
    for statement in _statements(text):
        if re.search(r"\bDDBEXPR_API\b|\btypedef\b|\bstatic\b|\breturn\b|\(\s*\*|=", statement):
            continue
        match = FUNCTION.search(statement)
        if match and match[1].startswith("ddbexpr_"):
            names.append(match[1])
    return names
