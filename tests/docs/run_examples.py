#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the scenarios of examples/ and compares what they print with their `expected` files.

usage: run_examples.py DDBEXPR [--update]        with --update the files are rewritten: read the diff
"""
import difflib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402


def run(folder, binary):
    environment = dict(os.environ, PATH=f"{pathlib.Path(binary).resolve().parent}:{os.environ['PATH']}", NO_COLOR="1")
    done = subprocess.run(
        [ROOT / "scripts" / "run_scenario", folder],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode(), done.returncode


def main():
    binary, update = sys.argv[1], "--update" in sys.argv
    tap = Tap()
    for commands in sorted(ROOT.glob("examples/*/commands")):
        folder = commands.parent
        printed, status = run(folder, binary)
        expected = folder / "expected"
        if update:
            expected.write_text(printed, encoding="utf-8")
        wanted = expected.read_text(encoding="utf-8") if expected.exists() else ""
        problems = list(difflib.unified_diff(wanted.splitlines(), printed.splitlines(), "expected", "printed", lineterm=""))
        if status:
            problems.append(f"exit status {status}")
        tap.case(folder.name, problems)
    sys.exit(tap.finish())


main()
