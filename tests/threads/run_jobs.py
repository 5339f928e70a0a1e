#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tool reads a file of items in several threads: what it says must be what one thread says. In a build with
ThreadSanitizer (scripts/test) a race ends it with a status of its own.

usage: run_jobs.py DDBEXPR"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
CONDITION = ["--condition-expression", "n > :v AND contains(tags, :t)", "--expression-attribute-values", '{":v": {"N": "30"}, ":t": {"S": "a"}}']
COMMANDS = {
    "eval": ["eval", *CONDITION, "--items"],
    "explain": ["explain", *CONDITION, "--key-schema", "pk:S", "--items"],
    "explain as JSON": ["explain", *CONDITION, "--format", "json", "--items"],
}


def run(arguments, jobs):
    environment = {**os.environ, "TSAN_OPTIONS": os.environ.get("TSAN_OPTIONS", "") + " exitcode=66"}
    return subprocess.run([BINARY, *arguments, "--jobs", str(jobs)], capture_output=True, env=environment)


def complaints(done):
    """Without the lines that tell every ten seconds how far a long run is."""
    return [line for line in done.stderr.splitlines() if not re.match(rb"\d+ items,", line)]


def problems(arguments):
    alone = run(arguments, 1)
    if not alone.stdout or not 0 <= alone.returncode <= 1:
        yield f"exit status {alone.returncode}: {alone.stderr[-1000:]!r}"
    for jobs in (2, 5):
        together = run(arguments, jobs)
        if together.returncode != alone.returncode:
            yield f"exit status {together.returncode} and not {alone.returncode}: {together.stderr[-3000:].decode(errors='replace')}"
        elif (together.stdout, complaints(together)) != (alone.stdout, complaints(alone)):
            at = next((i for i, (a, b) in enumerate(zip(alone.stdout, together.stdout)) if a != b), -1)
            yield f"{jobs} threads say otherwise at {at}: {together.stdout[at:at + 200]!r}, {together.stderr[:500]!r}"


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "items.json")
        with open(path, "w") as file:
            for i in range(12000):  # several pieces of 256 KB
                file.write(json.dumps({"pk": {"S": f"k{i}"}, "n": {"N": str(i % 60)}, "tags": {"SS": ["a" if i % 3 else "c", "b"]},
                                       "text": {"S": "some words " * (i % 9)}}) + "\n")
            broken = os.path.join(folder, "broken.json")
        pathlib.Path(broken).write_text(pathlib.Path(path).read_text() + '{"pk": 5}\n')
        for name, arguments in COMMANDS.items():
            tap.case(f"{name}: several threads say what one says", problems([*arguments, path]))
        alone, together = (run([*COMMANDS["eval"], broken], jobs) for jobs in (1, 4))
        tap.case("a fault at the end is told as by one thread",
                 [] if (alone.returncode, alone.stdout, complaints(alone)) == (together.returncode, together.stdout, complaints(together)) and b"pk" in alone.stderr
                 else [f"{alone.returncode} {together.returncode}", alone.stderr[-500:], together.stderr[-2000:]])
    return tap.finish()


sys.exit(main())
