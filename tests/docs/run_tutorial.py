#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The step of docs/tutorial.md that writes files: --fix makes the requests of the second folder of those of the first.
All other steps are for run_documents.py. usage: run_tutorial.py DDBEXPR"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
STEPS = ROOT / "docs" / "examples" / "tutorial"
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402


def texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "requests").iterdir())}


tap = Tap()
with tempfile.TemporaryDirectory() as place:
    shutil.copytree(STEPS / "1" / "requests", pathlib.Path(place) / "requests")
    command = [pathlib.Path(sys.argv[1]).resolve(), "check", "--fix", "--unsafe-fixes", "requests"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    tap.case("the draft is mended", [] if done.returncode == 0 else [done.stdout, done.stderr])
    mended, wanted = texts(pathlib.Path(place)), texts(STEPS / "2")
for name in sorted(mended.keys() | wanted.keys()):
    tap.case(f"{name} is what the second step has", [] if mended.get(name) == wanted.get(name) else [str(mended.get(name))])
tap.case("something was mended", [] if mended != texts(STEPS / "1") else ["nothing"])
sys.exit(tap.finish())
