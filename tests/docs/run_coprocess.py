#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs examples/coprocess.py and counts its tests. usage: run_coprocess.py DDBEXPR"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

done = subprocess.run(
    [sys.executable, ROOT / "examples" / "coprocess.py", sys.argv[1], "-v"],
    stdout=subprocess.PIPE,
    stderr=subprocess.STDOUT,
    text=True,
    check=False,
)
tap = Tap()
results = re.findall(r"^(test_\w+) .*\.\.\. (\w+)$", done.stdout, re.M)
for name, result in results:
    tap.case(f"coprocess.py: {name}", [] if result == "ok" else [done.stdout])
tap.case("coprocess.py: three tests ran", [] if len(results) == 3 and done.returncode == 0 else [done.stdout])
sys.exit(tap.finish())
