#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""More than a little of things that are mostly few: requests in a file, files in a folder, changes in a patch. What is
told of them must be right to the last one.

usage: run_many.py DDBEXPR"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
MANY = 1200  # more lines than --diff compares one by one


def request(number, operator="="):
    return {"op": "DeleteItem", "TableName": "T", "Key": {"pk": {"S": str(number)}}, "ConditionExpression": f"a {operator} :v",
            "ExpressionAttributeValues": {":v": {"S": "x"}}, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}


def run(folder, *words):
    return subprocess.run([BINARY, *words], cwd=folder, capture_output=True, text=True, check=False)


def lines_of(made):
    return "".join(json.dumps(one) + "\n" for one in made)


def requests_in_a_file(folder):
    (folder / "requests.jsonl").write_text(lines_of(request(i, "==" if i % 2 else "=") for i in range(100)))
    done = run(folder, "check", "--format", "gcc", "requests.jsonl")
    told = [line.split(":")[1] for line in done.stdout.splitlines()]
    if done.returncode != 2 or told != [str(i + 1) for i in range(100) if i % 2]:
        yield f"status {done.returncode}, lines {told}"


def codes_that_suppress_nothing(folder):
    """Of as many as the test's time would not be enough for, if each were compared with each."""
    made = [{"ddbexpr-ignore": ["DX103", "DX5"][i % 2], **request(i, "==" if i % 4 == 0 else "=")} for i in range(12000)]
    (folder / "requests.jsonl").write_text(lines_of(made))
    (folder / "requests.json").write_text(json.dumps(made))
    for name, place in (("requests.jsonl", 1), ("requests.json", 2)):
        done = run(folder, "check", "--format", "gcc", name)
        told = [int(line.split(":")[place]) for line in done.stdout.splitlines() if "DX708" in line]
        lines = [i + 1 for i in range(len(made)) if i % 4]
        columns = [match.start() + len('"ddbexpr-ignore": "') + 1
                   for i, match in enumerate(re.finditer('"ddbexpr-ignore"', (folder / name).read_text())) if i % 4]
        if done.returncode != 0 or told != (lines if place == 1 else columns):
            yield f"{name}: status {done.returncode}, {len(told)} told, first {told[:5]}"


def files_in_a_folder(folder):
    """A file that is named, too: what is found does not take its place."""
    (folder / "all").mkdir()
    names = ["named.json", *(f"all/{i:03}.json" for i in range(150))]
    for name in names:
        (folder / name).write_text(lines_of([request(1, "==")]))
    for i in range(20):
        (folder / f"{i}.json").write_text(lines_of([request(1, "==")]))
    first = [f"{i}.json" for i in range(20)]
    done = run(folder, "check", "--format", "gcc", *first, "named.json", "all")
    told = [line.split(":")[0] for line in done.stdout.splitlines()]
    if done.returncode != 2 or told != first + names:
        yield f"status {done.returncode}, files {told}"


def changes_in_a_patch(folder):
    """What is too much to compare line by line is replaced as a whole: the patch does the same."""
    path = folder / "wrong.jsonl"
    path.write_text(lines_of(request(i, "==") for i in range(MANY)))
    done = run(folder, "check", "--diff", "wrong.jsonl")
    body = done.stdout.splitlines()[2:]
    old = [line[1:] for line in body if line[:1] in ("-", " ")]
    new = [line[1:] for line in body if line[:1] in ("+", " ")]
    if done.returncode != 1 or old != path.read_text().splitlines() or new != lines_of(request(i) for i in range(MANY)).splitlines():
        yield f"status {done.returncode}: {done.stdout[:300]} {done.stderr[:300]}"


def main():
    tap = Tap()
    for case in (requests_in_a_file, codes_that_suppress_nothing, files_in_a_folder, changes_in_a_patch):
        with tempfile.TemporaryDirectory() as folder:
            tap.case(case.__name__.replace("_", " "), case(pathlib.Path(folder)))
    return tap.finish()


sys.exit(main())
