#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The oracle as a coprocess: a question a line on standard input, its answer a line on standard output, flushed.

usage: serve.py [--service-messages current|classic]

The form is that of `ddbexpr request --jsonl` (docs/json-output.md). Other members of a question are ignored, so a line
of a case file will do.
"""
import argparse
import json
import re
import sys

from refusals import unreadable
from request import answer

# Texts and values nest deeper than Python's own bound allows: 4096 NOTs, 1024 levels of JSON.
FRAMES = 30000


def once(pairs):
    """An object of JSON, in which no member stands twice (docs/rules DX903)."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a member stands twice")
    return made


def no_constant(name):
    raise ValueError(name + " is no JSON")


SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
DECODER = json.JSONDecoder(object_pairs_hook=once, parse_constant=no_constant)


def answer_line(line, messages="current"):
    """-> the answer to one line"""
    try:
        question = DECODER.decode(line)
        if SURROGATE.search(line):
            json.dumps(question, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError):
        refusal = unreadable()
        return {"ok": False, "error": {"__type": refusal.kind, "message": refusal.message}}
    return answer(question, messages)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--service-messages", default="current", choices=("current", "classic"))
    args = parser.parse_args()
    sys.setrecursionlimit(FRAMES)
    for line in sys.stdin:
        given = answer_line(line, args.service_messages)
        print(json.dumps(given, ensure_ascii=False, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
