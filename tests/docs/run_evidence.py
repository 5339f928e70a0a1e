#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The cases that documents name are there, docs/behaviour.md names none as seen on the service that is not, and documents
say how many there are.

usage: run_evidence.py"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from markdown import pages  # noqa: E402
from tap import Tap  # noqa: E402

ID = re.compile(r"\b(?:nub|scy|aws|dyl|dyx|mot|note)-[a-z]+-\d{3}\b")
# The part of docs/behaviour.md that is about what was seen.
SEEN = re.compile(r"^## Where the documentation says otherwise\n(.*?)^## ", re.M | re.S)


def cases():
    """-> {id: strength of its evidence}"""
    found = {}
    for path in sorted((ROOT / "tests" / "cases").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            case = json.loads(line or "{}")
            found |= {case["id"]: case["evidence"]} if case else {}
    return found


def main():
    tap = Tap()
    known = cases()
    for page in pages(ROOT):
        named = ID.findall(page.read_text(encoding="utf-8"))
        if named:
            tap.case(str(page.relative_to(ROOT)), [f"there is no case {name}" for name in named if name not in known])
    seen = SEEN.search((ROOT / "docs" / "behaviour.md").read_text(encoding="utf-8"))
    named = ID.findall(seen[1]) if seen else []
    tap.case("what was seen on the service was seen there", [n for n in named if known.get(n) != "aws"] if len(named) > 10 else ["too few"])
    counts = {"README.md": (f"{len(known):,} requests", f"{list(known.values()).count('aws'):,} of them"), "docs/verification.md": (f"{len(known):,} requests",)}
    for page, words in counts.items():
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        tap.case(f"{page} says how many cases there are", [f"it does not say {w!r}" for w in words if w not in text])
    sys.exit(tap.finish())


main()
