#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of the workload's operations with valgrind, and compares or keeps them.

usage: instructions.py --update|--check|--show PROGRAM COMPILER MACHINE

PROGRAM is bench/count of a build by COMPILER ("gcc 12.2.0") for MACHINE ("x86_64"), or - if there is none.
  --update  writes the counts to bench/instructions.json
  --check   prints TAP: fails where a count is more than a tenth above the file's. Skipped without valgrind, and where
            compiler or machine are others than the file's: then counts say nothing
  --show    prints the counts beside the file's"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BENCH = pathlib.Path(__file__).resolve().parent
KEPT = BENCH / "instructions.json"
sys.path.insert(0, str(BENCH.parent / "tests"))

from tap import Tap  # noqa: E402

GROWTH_ALLOWED = 0.10
SUMMARY = re.compile(r"^(?:summary|totals): (\d+)", re.MULTILINE)

# The C library's functions for memory are the same ones then whatever the processor has.
PLAIN_PROCESSOR = "glibc.cpu.hwcaps=" + ",".join(
    "-" + feature for feature in ("AVX2", "AVX", "SSSE3", "SSE4_1", "SSE4_2", "ERMS", "FSRM", "RTM", "BMI2")
)


def count(program):
    """Instructions of one repetition, by operation."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=counted"]
        command += ["--dump-after=counted", f"--callgrind-out-file={folder}/out", program, BENCH / "workload.json"]
        environment = {**os.environ, "GLIBC_TUNABLES": PLAIN_PROCESSOR}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode:
            sys.exit(f"{program}: status {done.returncode} under valgrind\n{done.stderr}")
        between, *names = done.stdout.split()
        counts = [
            int(SUMMARY.search((pathlib.Path(folder) / f"out.{i + 1}").read_text())[1]) for i in range(2 * len(names))
        ]
    pairs = zip(counts[::2], counts[1::2])
    return {name: round((many - few) / int(between)) for name, (few, many) in zip(names, pairs)}


def reason_to_skip(program, kept, compiler, machine):
    if program == "-":
        return "not built here"
    if not shutil.which("valgrind"):
        return "no valgrind"
    if (compiler, machine) != (kept["compiler"], kept["machine"]):
        return f"{compiler} on {machine}: the counts are of {kept['compiler']} on {kept['machine']}"
    return None


def check(program, kept, compiler, machine):
    tap = Tap()
    reason = reason_to_skip(program, kept, compiler, machine)
    counts = {} if reason else count(program)
    for name, before in kept["instructions"].items():
        title = f"{name} takes no more instructions than it did"
        if reason:
            tap.skip(title, reason)
        elif name not in counts:
            tap.case(title, ["is not counted any more"])
        elif counts[name] > before * (1 + GROWTH_ALLOWED):
            tap.case(title, [f"{counts[name]} in place of {before}; if it must be: scripts/bench --instructions"])
        else:
            tap.case(title)
    if not reason:
        tap.case("every operation is kept", sorted(counts.keys() - kept["instructions"].keys()))
    return tap.finish()


def show(counts, kept):
    for name, now in counts.items():
        before = kept["instructions"].get(name)
        print(f"{name:28} {now:9}", f"{before:9} {now / before:6.2f}" if before else "")


def main():
    mode, program, compiler, machine = sys.argv[1:]
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {"compiler": "", "machine": "", "instructions": {}}
    if mode == "--check":
        return check(program, kept, compiler, machine)
    counts = count(program)
    show(counts, kept)
    if mode == "--update":
        content = {"compiler": compiler, "machine": machine, "instructions": counts}
        KEPT.write_text(json.dumps(content, indent=1) + "\n")
    return 0


sys.exit(main())
