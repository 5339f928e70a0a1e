#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Evaluates the conditions in the tables of docs/language.md. usage: run_language.py DDBEXPR

A row of such a table is `| condition | placeholders | outcome |`: the outcome, of the item that the page shows, is true,
false, or a link to the page of the rule because of which the service refuses it."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

PAGE = ROOT / "docs" / "language.md"
ITEM = ROOT / "docs" / "examples" / "language" / "order.json"
TABLE = re.compile(r"^\| condition \| placeholders \| \|\n\| --- \| --- \| --- \|\n((?:\|.*\n)+)", re.M)
ROW = re.compile(r"\| `([^`]+)` \| (?:`([^`]+)`)? *\| (true|false|\[(DX\d+)\]\(rules/\4\.md\)) \|(?: .*)?$")


def outcome(binary, condition, placeholders):
    given = json.loads(placeholders or "{}")
    words = [binary, "eval", "--item", f"file://{ITEM}", "--condition-expression", condition]
    for option, sign in (("names", "#"), ("values", ":")):
        chosen = {name: value for name, value in given.items() if name.startswith(sign)}
        words += [f"--expression-attribute-{option}", json.dumps(chosen)] if chosen else []
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode in (0, 1):
        return done.stdout.strip()
    code = re.search(r"\[(DX\d+)\]", done.stderr)
    return code[1] if code else done.stderr


def main():
    tap = Tap()
    rows = [row for table in TABLE.findall(PAGE.read_text(encoding="utf-8")) for row in table.splitlines()]
    for line in rows:
        row = ROW.fullmatch(line)
        if not row:
            tap.case(line, ["no row as it should be"])
            continue
        came = outcome(sys.argv[1], row[1], row[2])
        tap.case(row[1].replace("#", "\\#"), [] if came == (row[4] or row[3]) else [f"came: {came}", line])
    tap.case("there are rows", [] if len(rows) > 50 else [str(len(rows))])
    sys.exit(tap.finish())


main()
