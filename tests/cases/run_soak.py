#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A short run of scripts/soak as a test. usage: run_soak.py DDBEXPR COUNT"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

done = subprocess.run([sys.executable, ROOT / "scripts" / "soak", *sys.argv[1:]], stdout=subprocess.PIPE, text=True, check=False)
tap = Tap()
tap.case(f"the coprocess answers {sys.argv[2]} mixed questions without growing", [] if done.returncode == 0 else [done.stdout])
sys.exit(tap.finish())
