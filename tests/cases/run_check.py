#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares what check says of every case with what the service says, and prints the table of confusion as TAP.

usage: run_check.py DDBEXPR KNOWN FILE...    KNOWN: known_differences.md, whose cases may be judged otherwise

Check looks at no item and knows the key schema of each case. A case that the service accepts must get no error; one
that it refuses with a ValidationException on account of its expressions, names or values must get one, with the
service's message marked as the verdict. Refusals that only a stored item brings about (an update that does not apply,
an item that grows too large), missing tables, and what ddbexpr leaves to legacy parameters are told apart.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Tap  # noqa: E402

ENVELOPE = "1 validation error detected: "


def bare(text):
    return text[len(ENVELOPE) :] if text.startswith(ENVELOPE) else text


def answers(binary, lines):
    """What running each case comes to: the answers of the coprocess, with diagnostics."""
    done = subprocess.run(
        [binary, "request", "--jsonl", "--explain"], input="\n".join(lines).encode(), capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def is_refused_when_run(answer):
    """Codes DX80x: the update does not apply to the item, or the item gets too large."""
    codes = [diag["code"] for diag in answer.get("diagnostics", [])]
    actions = answer.get("explanation", {}).get("actions", [])
    codes += [diag["code"] for action in actions for diag in action.get("diagnostics", [])]
    return bool(codes) and codes[0].startswith("DX80")


def is_cancelled_by_validation(case):
    reasons = case["expect"].get("error", {}).get("CancellationReasons", [])
    return any(reason.get("Code") == "ValidationError" for reason in reasons)


def refusal(case):
    """-> the messages that the case allows, or None if it is no ValidationException of the whole request."""
    expect = case["expect"]
    if expect.get("ok"):
        return None
    error = expect["error"]
    if error.get("__type") != "ValidationException":
        return None
    message = error.get("message_current") or error.get("message")
    return message if isinstance(message, list) else [message] if message else []


def schema(case):
    def text(key):
        return ",".join(f"{name}:{kind}" for name, kind in key.items())

    if "tables" in case:
        return [word for name, table in case["tables"].items() for word in ("--key-schema", f"{name}={text(table['key'])}")]
    return ["--key-schema", text(case["key"])]


def check(binary, case):
    words = [binary, "check", "--format", "json", "--no-config", "--op", case["op"], "--cli-input-json", "-", *schema(case)]
    done = subprocess.run(words, input=json.dumps(case["request"]).encode(), capture_output=True, check=False)
    if done.returncode not in (0, 1, 2):
        return None
    return [finding for finding in json.loads(done.stdout) if finding["severity"] == "error"]


def judge(case, answer, faults):
    """-> (row, column) of the table."""
    expect = case["expect"]
    messages = refusal(case)
    kind = expect.get("error", {}).get("__type")
    if is_refused_when_run(answer):
        row = "refused when run"
    elif messages is not None:
        row = "refused"
    elif is_cancelled_by_validation(case):
        row = "cancelled by keys"
    elif expect.get("ok") or kind in ("ConditionalCheckFailedException", "TransactionCanceledException"):
        row = "accepted"
    else:
        row = "other errors"
    if faults is None:
        return row, "unreadable"
    if not faults:
        return row, "no error"
    verdict = bare(next((fault["service_message"] for fault in faults if fault["verdict"]), ""))
    if row == "refused" and messages and verdict not in [bare(message) for message in messages]:
        return row, "another error"
    return row, "error"


WRONG = {("accepted", "error"), ("refused", "no error"), ("refused", "another error"), ("cancelled by keys", "no error")}
ROWS = ("accepted", "refused", "cancelled by keys", "refused when run", "other errors")
COLUMNS = ("no error", "error", "another error", "unreadable")


def judge_file(binary, path, table):
    """-> ids that are judged otherwise than the case says"""
    lines = [line for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n") if line]
    wrong = []
    for line, answer in zip(lines, answers(binary, lines), strict=True):
        case = json.loads(line)
        place = judge(case, answer, check(binary, case))
        table[place] += 1
        if place in WRONG:
            wrong.append((case["id"], f"{case['id']} ({case['evidence']}): {place[0]}, {place[1]}"))
    return wrong


def main():
    binary, known_path, *paths = sys.argv[1:]
    known = set(re.findall(r"^\| (\S+) \|", pathlib.Path(known_path).read_text(encoding="utf-8"), re.M))
    tap = Tap()
    table = collections.Counter()
    for path in paths:
        wrong = judge_file(binary, path, table)
        tap.case(pathlib.Path(path).name, [text for case, text in wrong if case not in known])
    print(f"# {'the service':<18}" + "".join(f"{column:>15}" for column in COLUMNS))
    for row in ROWS:
        print(f"# {row:<18}" + "".join(f"{table[row, column]:>15}" for column in COLUMNS))
    sys.exit(tap.finish())


if __name__ == "__main__":
    main()
