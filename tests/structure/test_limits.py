#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every limit stands in one of two headers, with its reason, and has a test that is called as it is. A number that bounds
something and has no name, or a name of its own somewhere else, cannot be found like this: only the names that such numbers
mostly have."""
import re
import sys

from tree import ROOT, Tap, files, name, read

LIBRARIES = ROOT / "src/base/limits.h"
TOOL = ROOT / "src/cli/limits.h"
TESTS = {LIBRARIES: ROOT / "tests/limits/test_limits.c", TOOL: ROOT / "tests/limits/run_limits.py"}

DEFINITION = re.compile(r"^#define ((?:LIMIT|BUDGET|ROOM)_\w+)\s+(.*)$", re.MULTILINE)
ELSEWHERE = re.compile(r"^\s*#\s*define\s+(\w*(?:MOST|LONGEST|LARGEST|DEEPEST|LIMIT|AT_MOST)\w*)\s+\S", re.MULTILINE)

# What chooses the faster of two ways, or bounds what the tool makes up by itself (generate): no limit of any input.
NO_LIMITS = {
    "src/base/arena.c": {"LARGEST_STEP"},  # how fast arenas grow
    "src/value/number.c": {"LARGEST_POWER"},  # that fits the type
    "src/json/items.c": {"LONGEST_LOOK"},  # how far the lexer looks ahead
    "src/json/sort.h": {"SORT_LARGEST"},  # room for an element of one of our own arrays
    "src/program/compile.c": {"MOST_ROOM"},  # of the first allocation
    "src/cli/test/print.c": {"LONGEST_VALUE", "LONGEST_ITEM", "LONGEST_NAME"},  # the look of reports
}


def limits_of(header):
    return [match[1] for match in DEFINITION.finditer(read(header))]


def without_reason(header):
    """Limits without a comment on their line or in front of it."""
    lines = read(header).splitlines()
    for number, line in enumerate(lines):
        match = DEFINITION.match(line)
        if match and "/*" not in line and not lines[number - 1].rstrip().endswith("*/"):
            yield match[1]


def untested(header):
    test = read(TESTS[header])
    for limit in limits_of(header):
        if limit.startswith("LIMIT_") and not re.search(rf"(?:cmocka_unit_test\(|^def ){limit.lower()}\b", test, re.MULTILINE):
            yield f"{limit} has no test {limit.lower()} in {name(TESTS[header])}"


def unused(header):
    users = "\n".join(read(path) for path in files(".c", ".h", folders=["src"]) if path != header)
    for limit in limits_of(header):
        if not re.search(rf"\b{limit}\b", users):
            yield f"{limit} bounds nothing"


def elsewhere():
    for path in files(".c", ".h", ".re", ".y", folders=["src", "grammar"]):
        if path in TESTS or name(path).startswith("src/cli/generate/"):
            continue
        for match in ELSEWHERE.finditer(read(path)):
            if match[1] not in NO_LIMITS.get(name(path), ()):
                yield f"{name(path)}: {match[1]}"


def main():
    tap = Tap()
    for header in TESTS:
        tap.case(f"{name(header)} has limits", [] if limits_of(header) else ["none was found"])
        tap.case(f"every limit of {name(header)} has its reason", without_reason(header))
        tap.case(f"every limit of {name(header)} has a test", untested(header))
        tap.case(f"every limit of {name(header)} is one", unused(header))
    tap.case("no limit stands elsewhere", elsewhere())
    return tap.finish()


sys.exit(main())
