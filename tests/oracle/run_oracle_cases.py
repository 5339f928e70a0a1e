#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs case files through the oracle and prints TAP, one test a case.

usage: run_oracle_cases.py [--known FILE] [--messages current|classic] [--sizes FILE] [-v] FILE...

As with tests/cases/run_cases.py, whose comparison it uses, a case in the list of known differences must differ.
--sizes has the bytes that numbers take (tests/data/sizes.jsonl), which cases show only at 400 KB.
"""
import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parent / "cases")]

import decimals  # noqa: E402
import run_cases  # noqa: E402
import serve  # noqa: E402
from tap import Tap  # noqa: E402


def problems(case, known, args):
    question = json.dumps({member: case[member] for member in run_cases.QUESTION if member in case})
    got = serve.answer_line(question, args.messages)
    differs = run_cases.differences(case, got, args.messages)
    if bool(differs) == (case["id"] in known):
        return []
    if not differs:
        return ["agrees, but is listed as a known difference"]
    found = [f"differs in {', '.join(differs)}: {case['about']}"]
    if args.verbose:
        found += ["asked " + question, "wanted " + json.dumps(case["expect"]), "got " + json.dumps(got)]
    return found


def check_sizes(path, tap):
    for line in pathlib.Path(path).read_bytes().splitlines():
        row = json.loads(line)
        if row["kind"] == "number-bytes":
            got = decimals.size(decimals.read(row["number"]))
            tap.case(row["id"], [] if got == row["bytes"] else [f"{got} bytes, not {row['bytes']}"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--known")
    parser.add_argument("--messages", default="current")
    parser.add_argument("--sizes")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    sys.setrecursionlimit(serve.FRAMES)
    known = run_cases.read_known(args.known) if args.known else {}
    tap, ids = Tap(), set()
    for path in args.files:
        for line in pathlib.Path(path).read_bytes().splitlines():
            case = json.loads(line)
            ids.add(case["id"])
            tap.case(f"{case['id']} {case['evidence']}", problems(case, known, args))
    if args.sizes:
        check_sizes(args.sizes, tap)
    tap.case("every known difference names a case", [f"unknown: {i}" for i in sorted(set(known) - ids)])
    sys.exit(tap.finish())


if __name__ == "__main__":
    main()
