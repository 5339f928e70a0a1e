#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts test cases, not programs, in the logs of `meson test`. It runs nothing.

usage: count_tests.py BUILD=LOG...      LOG is a meson-logs/testlog.json

Prints a line a build, then every failed case with what it said, and last `N passed, N failed` (`, N skipped` if any
were). A case that several builds ran counts once: failed if it failed in one of them, skipped if it ran in none. A
program that crashed, printed no case, or printed fewer or more than it had planned counts as one more failed case;
so does a build without a log. The exit status is 0 if nothing failed and something passed."""
import collections
import json
import re
import sys

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

PLAN = re.compile(r"1\.\.(\d+)(?:\s*#\s*skip\S*\s*(.*))?$", re.IGNORECASE)
CASE = re.compile(r"(not )?ok\b\s*\d*\s*-?\s*(.*?)(?:(?:^|(?<=\s))#\s*(skip|todo)\b\s*(.*))?$", re.IGNORECASE)
WHOLE_PROGRAM = "(the program as a whole)"
NOTES_AT_MOST = 30

Case = collections.namedtuple("Case", "test name state notes")


def state_of(not_ok, directive):
    if directive.lower() == "skip":
        return SKIPPED
    if directive.lower() == "todo":  # a gap that is known: it must not pass unnoticed
        return SKIPPED if not_ok else FAILED
    return FAILED if not_ok else PASSED


def cases_of_output(test, output):
    """The cases that a program printed, and how many it had planned (None: no plan)."""
    cases, planned = [], None
    for line in output.splitlines():
        plan = PLAN.match(line)
        if plan:
            planned = int(plan[1])
            if planned == 0 and plan[2] is not None:
                cases.append(Case(test, WHOLE_PROGRAM, SKIPPED, [plan[2]]))
                planned = 1
            continue
        case = CASE.match(line)
        if case:
            # cmocka has the name of a skipped case behind the directive, where others have the reason.
            cases.append(Case(test, case[2].strip() or case[4] or "(no name)", state_of(case[1], case[3] or ""), []))
        elif line.startswith("#") and cases:
            cases[-1].notes.append(line)
    return cases, planned


def cases_of_program(entry):
    """The cases of one line of the log."""
    test = entry["name"].removeprefix("ddbexpr:")
    cases, planned = cases_of_output(test, entry.get("stdout") or "")
    complaint = None
    if planned is None:
        complaint = "printed no plan"
    elif len(cases) != planned:
        complaint = f"planned {planned} cases and printed {len(cases)}"
    elif not cases:
        complaint = "has no cases"
    elif entry["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and not any(c.state == FAILED for c in cases):
        complaint = "did not end well"
    if complaint:
        notes = [f"# {complaint}; meson says {entry['result']}, status {entry.get('returncode')}"]
        notes += (entry.get("stderr") or "").splitlines()
        cases.append(Case(test, WHOLE_PROGRAM, FAILED, notes))
    return cases


def cases_of_log(build, path):
    try:
        with open(path, encoding="utf-8", errors="replace") as log:
            cases = [case for line in log for case in cases_of_program(json.loads(line))]
    except (OSError, ValueError, KeyError) as error:
        return [Case(build, "the build and its test run", FAILED, [f"# {error}"])]
    return cases or [Case(build, "the test run", FAILED, ["# ran nothing"])]


def summary(states):
    count = collections.Counter(states)
    text = f"{count[PASSED]} passed, {count[FAILED]} failed"
    return f"{text}, {count[SKIPPED]} skipped" if count[SKIPPED] else text


def print_failure(builds, case):
    print(f"FAILED in {', '.join(builds)}: {case.test}: {case.name}")
    for note in case.notes[:NOTES_AT_MOST]:
        print(f"    {note.removeprefix('#').rstrip()}")
    if len(case.notes) > NOTES_AT_MOST:
        print(f"    ... {len(case.notes) - NOTES_AT_MOST} lines more")


def main():
    states = collections.defaultdict(list)  # of each case, in all builds
    failures = collections.defaultdict(list)  # of each case: (build, case)
    for argument in sys.argv[1:]:
        build, _, path = argument.partition("=")
        cases = cases_of_log(build, path)
        print(f"{build}: {summary(case.state for case in cases)}")
        nth = collections.Counter()  # a program may use a name twice
        for case in cases:
            key = (case.test, case.name, nth[case.test, case.name])
            nth[case.test, case.name] += 1
            states[key].append(case.state)
            if case.state == FAILED:
                failures[key].append((build, case))

    print()
    for failed in failures.values():
        print_failure([build for build, _ in failed], failed[0][1])
    totals = [next(state for state in (FAILED, PASSED, SKIPPED) if state in found) for found in states.values()]
    print(summary(totals))
    return 0 if not failures and PASSED in totals else 1


sys.exit(main())
