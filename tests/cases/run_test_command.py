#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the case files with `ddbexpr test` and compares its verdicts with those of run_cases.py, the judge beside it: both
must find the same cases to agree and the same ones to differ, which are those of KNOWN.

usage: run_test_command.py DDBEXPR [--messages classic] KNOWN FILE...
"""
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Tap  # noqa: E402

arguments = sys.argv[1:]
binary, options = arguments.pop(0), []
if arguments[0] == "--messages":
    options = ["--service-messages", arguments[1]]
    arguments = arguments[2:]
known = set(re.findall(r"^\|\s*`?([a-z]+-[\w-]+)`?\s*\|", pathlib.Path(arguments[0]).read_text(), re.M))
files = arguments[1:]
ids = [json.loads(line)["id"] for path in files for line in pathlib.Path(path).read_text().split("\n") if line]

done = subprocess.run([binary, "test", "--format", "json", *options, *files], capture_output=True, check=False)
report = json.loads(done.stdout)
tests = report["tests"]
failed = {test["name"] for test in tests if test["verdict"] == "failed"}

tap = Tap()
tap.case("every case was run once", [] if [test["name"] for test in tests] == ids else [f"{len(tests)} of {len(ids)}"])
tap.case("nothing was complained about", done.stderr.decode().splitlines())
status = 1 if failed else 0
tap.case("the exit status says whether any differs", [] if done.returncode == status else [str(done.returncode)])
tap.case("no case differs but those that are known to", sorted(failed - known))
tap.case("those that are known to differ do", sorted((known & set(ids)) - failed))
sys.exit(tap.finish())
