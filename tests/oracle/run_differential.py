#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks ddbexpr and the oracle the same generated questions, and prints each that they answer differently.

usage: run_differential.py DDBEXPR [--count N] [--seed S] [--wild | --soup] [--jobs N] [--show N] [--op OPERATION]
                           [--service-messages current|classic] [--keep FILE]

Cases come from `ddbexpr generate`, or with --soup from soup.py, and are asked in blocks; one `ddbexpr request --jsonl` a
block answers them. All of an answer is compared: verdict, exception, message, response, items, cancellation reasons.
The order of items counts only where the service promises one (Query). --keep writes the questions that differ, one a
line.
"""
import argparse
import json
import multiprocessing
import pathlib
import subprocess
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))

import serve  # noqa: E402
from soup import Soup  # noqa: E402
from tap import Tap  # noqa: E402

BLOCK = 10000


def blocks(args):
    """[(seed, count)]: each block has a seed of its own, so that a long run repeats no case."""
    starts = range(0, args.count, BLOCK)
    return [(args.seed * 1000003 + number, min(BLOCK, args.count - start)) for number, start in enumerate(starts)]


def run_block(task):
    """-> (cases, [(case line, answer of ddbexpr, answer of the oracle)])"""
    tool, kind, op, messages, seed, count = task
    sys.setrecursionlimit(serve.FRAMES)
    cases = questions(tool, kind, op, seed, count)
    given = subprocess.run(
        [tool, "request", "--jsonl", "--service-messages", messages],
        input=b"\n".join(cases) + b"\n", stdout=subprocess.PIPE, check=True
    ).stdout.split(b"\n")[:-1]
    if len(cases) != count or len(given) != count:
        raise RuntimeError(f"seed {seed}: {count} cases wanted, {len(cases)} made, {len(given)} answered")
    found = []
    for case, line in zip(cases, given):
        theirs = json.loads(line)
        ours = judge(case.decode(), messages)
        if theirs != ours and normal(theirs) != normal(ours):
            found.append((case.decode(), theirs, ours))
    return count, found


def questions(tool, kind, op, seed, count):
    """-> lines of JSON"""
    if kind == "soup":
        soup = Soup(seed)
        return [soup.question().encode() for _ in range(count)]
    generate = [tool, "generate", "--count", str(count), "--seed", str(seed)]
    generate += (["--wild"] if kind == "wild" else []) + (["--op", op] if op else [])
    return subprocess.run(generate, stdout=subprocess.PIPE, check=True).stdout.split(b"\n")[:-1]


def judge(line, messages):
    try:
        return serve.answer_line(line, messages)
    except Exception as error:  # a fault of the oracle is a difference, and must not end a long run
        return {"oracle failed": repr(error)}


def normal(answer):
    """Without the order of the items of a table and of a Scan, which nobody promises."""
    answer = {member: value for member, value in answer.items() if member not in ("diagnostics", "explanation")}
    if "items" in answer:
        answer["items"] = bag(answer["items"])
    if "tables" in answer:
        answer["tables"] = {name: bag(table["items"]) for name, table in answer["tables"].items()}
    return answer


def bag(items):
    return sorted(json.dumps(item, sort_keys=True) for item in items)


def show(case, theirs, ours):
    question = json.loads(case)
    question.pop("expect", None)
    print("#", question.pop("id", ""), question.pop("about", ""))
    print("#   asked   ", json.dumps(question, ensure_ascii=False)[:3000])
    print("#   ddbexpr ", json.dumps({m: v for m, v in theirs.items() if m != "diagnostics"}, ensure_ascii=False)[:2000])
    print("#   oracle  ", json.dumps(ours, ensure_ascii=False)[:2000], flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wild", action="store_const", dest="kind", const="wild", default="well-typed")
    parser.add_argument("--soup", action="store_const", dest="kind", const="soup", help="questions from soup.py")
    parser.add_argument("--op")
    parser.add_argument("--service-messages", default="current", choices=("current", "classic"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=20, help="how many differences are printed")
    parser.add_argument("--keep", help="a file for the questions that differ")
    args = parser.parse_args()
    started, asked, differ = time.monotonic(), 0, 0
    keep = open(args.keep, "a", encoding="utf-8") if args.keep else None
    messages = args.service_messages
    tasks = [(args.tool, args.kind, args.op, messages, seed, count) for seed, count in blocks(args)]
    tap = Tap()
    with multiprocessing.Pool(args.jobs) as pool:
        for count, found in pool.imap_unordered(run_block, tasks):
            asked += count
            for case, theirs, ours in found:
                differ += 1
                if differ <= args.show:
                    show(case, theirs, ours)
                if keep:
                    keep.write(case + "\n")
    seconds = time.monotonic() - started
    print(f"# {asked} {args.kind} cases, seed {args.seed}: {differ} differ; {seconds:.0f} s, {asked / seconds:.0f} a second")
    tap.case(
        f"{args.count} {args.kind} cases are answered as the oracle answers them",
        [f"{differ} of {asked} differ"] if differ or asked != args.count else [],
    )
    sys.exit(tap.finish())


if __name__ == "__main__":
    main()
