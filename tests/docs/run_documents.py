#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the examples in Markdown files and compares what they print.

usage: run_documents.py DDBEXPR [--update] [FILE...]    all of the repository that have examples if no file is named
                                                        (but those of tests/golden, which run_golden.py runs); with
                                                        --update the files are rewritten: read the diff

A block of kind `console` is an example: a line that begins with `$ ` is a command (a line that ends in \\ goes on in the
next), what follows is its output, standard output and errors together. Commands run in the repository's root, or in the
folder that a comment straight before the block names: <!-- in: examples/01-optimistic-locking -->. Only commands that
begin with ddbexpr, cd, cat, diff, echo or printf, or that pipe into ddbexpr, are run; others (./scripts/test) are only shown
and must have no output; run_shown.py wants to know what runs them.
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from markdown import pages  # noqa: E402
from tap import Tap  # noqa: E402

BLOCK = re.compile(r"(?:<!-- in: (?P<folder>\S+) -->\n)?```console\n(?P<body>.*?)```\n", re.S)
RUNNABLE = re.compile(r"(ddbexpr|cat|diff|echo|printf|cd)\b")


def split(body):
    """-> [(command, output)]"""
    steps, lines = [], body.splitlines(keepends=True)
    while lines:
        line = lines.pop(0)
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\\n") and lines:
                command += lines.pop(0)
            steps.append([command, ""])
        elif steps:
            steps[-1][1] += line
        else:
            raise ValueError(f"output before a command: {line!r}")
    return steps


def run(command, folder, binary):
    environment = dict(os.environ, PATH=f"{pathlib.Path(binary).resolve().parent}:{os.environ['PATH']}", NO_COLOR="1")
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT / (folder or "."),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


def check_block(match, binary, problems):
    """-> the block as it should be"""
    body = ""
    for command, output in split(match["body"]):
        printed = run(command, match["folder"], binary) if RUNNABLE.match(command) else ""
        if printed != output:
            problems += [f"$ {command.strip()}"]
            problems += difflib.unified_diff(output.splitlines(), printed.splitlines(), "document", "printed", lineterm="")
        body += f"$ {command}{printed}"
    return match[0].replace(match["body"], body)


def main():
    binary, update = sys.argv[1], "--update" in sys.argv
    named = [pathlib.Path(a).resolve() for a in sys.argv[2:] if a != "--update"]
    tap = Tap()
    for path in named or [page for page in pages(ROOT) if ROOT / "tests" / "golden" not in page.parents]:
        text = path.read_text(encoding="utf-8")
        if not named and not BLOCK.search(text):
            continue
        problems = []
        fresh = BLOCK.sub(lambda m: check_block(m, binary, problems), text)
        if update and fresh != text:
            path.write_text(fresh, encoding="utf-8")
        tap.case(str(path.relative_to(ROOT)), problems)
    sys.exit(tap.finish())


main()
