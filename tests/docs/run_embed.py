#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs examples/embed.c, built against the shared libraries, and looks at what it prints. usage: run_embed.py EMBED"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Tap  # noqa: E402

done = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=False)
tap = Tap()
wanted = b"version = :v is false\n"
tap.case("embed prints the condition's outcome", [] if done.stdout == wanted else [f"printed {done.stdout!r}"])
tap.case("embed exits with 0", [] if done.returncode == 0 else [f"exit status {done.returncode}"])
sys.exit(tap.finish())
