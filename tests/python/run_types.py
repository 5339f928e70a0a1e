#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The annotations of the Python package hold: mypy, strictly, for the oldest Python that it runs on."""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402
from interpreters import problems_of, with_modules  # noqa: E402

def main():
    tap = Tap()
    python = with_modules("mypy", "pytest")
    if python is None:
        tap.skip("mypy --strict finds nothing", "mypy or python3-pytest is not there")
        return tap.finish()
    with tempfile.TemporaryDirectory() as cache:
        command = [python, "-m", "mypy", "--cache-dir", cache]
        package = ROOT / "bindings" / "python"
        done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    tap.case("mypy --strict finds nothing", problems_of(done))
    return tap.finish()


sys.exit(main())
