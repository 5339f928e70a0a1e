#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs case files through `ddbexpr request --jsonl` and prints TAP, one test a case.

usage: run_cases.py DDBEXPR [--known FILE] [--messages current|classic] [--figures] [-v] FILE...

A case listed in the known-differences file (a Markdown table whose first column is the case's id) must differ: one
that starts to agree is a failure, so that the list cannot rot. --figures prints a table by source and evidence instead.
"""
import argparse
import collections
import json
import re
import subprocess
import sys

ENVELOPE = "1 validation error detected: "
QUESTION = ("op", "key", "items", "tables", "request")


def normal(value):
    """DynamoDB JSON with set members sorted: sets have no order."""
    if isinstance(value, list):
        return [normal(v) for v in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        tag, members = next(iter(value.items()))
        if tag in ("SS", "NS", "BS") and isinstance(members, list):
            return {tag: sorted(members)}
    return {k: normal(v) for k, v in value.items()}


def bag(items):
    """Items without their order."""
    return sorted(json.dumps(normal(i), sort_keys=True) for i in items or [])


def bare(message):
    return message[len(ENVELOPE):] if message.startswith(ENVELOPE) else message


def message_differs(error, got, messages):
    text = got.get("message")
    if text is None:
        return any(k in error for k in ("message", "message_contains", "message_current"))
    if "message_current" in error and messages == "current":
        return text != error["message_current"]
    if "message" in error:
        allowed = error["message"] if isinstance(error["message"], list) else [error["message"]]
        return bare(text) not in [bare(m) for m in allowed]
    parts = error.get("message_contains", [])
    return any(p not in text for p in ([parts] if isinstance(parts, str) else parts))


def items_of(table):
    return table.get("items", []) if isinstance(table, dict) else table


def success_differences(expect, got):
    response = got.get("response") or {}
    for member, wanted in (expect.get("response") or {}).items():
        have = response.get(member)
        if wanted is None or have is None:
            same = wanted is None and have is None
        elif member == "Items":
            same = bag(have) == bag(wanted)
        else:
            same = normal(have) == normal(wanted)
        if not same:
            yield "response." + member
    if "items" in expect and bag(got.get("items")) != bag(expect["items"]):
        yield "items"
    for name, table in (expect.get("tables") or {}).items():
        if bag(items_of((got.get("tables") or {}).get(name) or [])) != bag(items_of(table)):
            yield "tables." + name


def error_differences(error, got, messages):
    if error.get("__type") and got.get("__type", "").split("#")[-1] != error["__type"]:
        yield "type"
    if message_differs(error, got, messages):
        yield "message"
    if "Item" in error and normal(got.get("Item")) != normal(error["Item"]):
        yield "Item"
    if "CancellationReasons" in error:
        have, wanted = got.get("CancellationReasons") or [], error["CancellationReasons"]
        if len(have) != len(wanted) or any(
            normal(h.get(k)) != normal(w[k]) for h, w in zip(have, wanted) for k in w
        ):
            yield "CancellationReasons"


def unchanged_differences(case, got):
    """A refused request leaves the table as it was; the answer need not repeat it."""
    if "items" in got and bag(got["items"]) != bag(case.get("items")):
        yield "items"


def differences(case, got, messages):
    expect = case["expect"]
    if bool(expect["ok"]) != bool(got.get("ok")):
        return ["verdict"]
    if expect["ok"]:
        return list(success_differences(expect, got))
    return list(error_differences(expect["error"], got.get("error") or {}, messages)) + list(
        unchanged_differences(case, got)
    )


def read_known(path):
    """-> {id: reason} from the table rows of a Markdown file"""
    known = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            row = re.match(r"\|\s*`?([a-z]+-[\w-]+)`?\s*\|(.*)\|\s*$", line)
            if row:
                known[row.group(1)] = row.group(2).strip()
    return known


def answers_of(binary, cases, messages):
    questions = "".join(json.dumps({k: c[k] for k in QUESTION if k in c}) + "\n" for c in cases)
    done = subprocess.run(
        [binary, "request", "--jsonl", "--service-messages", messages],
        input=questions.encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if done.returncode != 0 or len(answers) != len(cases):
        sys.exit(f"Bail out! {len(cases)} questions, {len(answers)} answers, exit status {done.returncode}")
    return answers


def print_figures(cases, answers, messages):
    total, good = collections.Counter(), collections.Counter()
    for case, got in zip(cases, answers):
        key = (case["source"], case["evidence"])
        total[key] += 1
        good[key] += not differences(case, got, messages)
    print("| source | evidence | agree | cases |\n| --- | --- | ---: | ---: |")
    for source, evidence in sorted(total):
        print(f"| {source} | {evidence} | {good[source, evidence]} | {total[source, evidence]} |")
    for evidence in ("aws", "claimed", "emulator"):
        print(
            f"| all | {evidence} | {sum(v for k, v in good.items() if k[1] == evidence)}"
            f" | {sum(v for k, v in total.items() if k[1] == evidence)} |"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--known")
    parser.add_argument("--messages", default="current")
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    cases = []
    for path in args.files:
        with open(path, encoding="utf-8") as f:
            cases += [json.loads(line) for line in f if line.strip()]
    answers = answers_of(args.binary, cases, args.messages)
    if args.figures:
        print_figures(cases, answers, args.messages)
        return
    known = read_known(args.known) if args.known else {}
    ids = {c["id"] for c in cases}
    failed = 0
    print(f"1..{len(cases) + 1}")
    for number, (case, got) in enumerate(zip(cases, answers), 1):
        differs = differences(case, got, args.messages)
        good = bool(differs) == (case["id"] in known)
        failed += not good
        note = " # known difference" if good and differs else ""
        print(f"{'ok' if good else 'not ok'} {number} - {case['id']} {case['evidence']}{note}")
        if not good and differs:
            print(f"# differs in {', '.join(differs)}: {case['about']}")
            if args.verbose:
                print("# asked", json.dumps({k: case[k] for k in QUESTION if k in case}))
                print("# wanted", json.dumps(case["expect"]))
                print("# got", json.dumps(got))
        elif not good:
            print("# agrees, but is listed as a known difference")
    strangers = sorted(set(known) - ids) if not args.figures else []
    print(f"{'not ok' if strangers else 'ok'} {len(cases) + 1} - every known difference names a case")
    if strangers:
        print("# unknown ids: " + ", ".join(strangers))
    sys.exit(1 if failed or strangers else 0)


if __name__ == "__main__":
    main()
