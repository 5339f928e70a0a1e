#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests of bindings/python from the sources, over the libraries of a build.

usage: run_package.py LIBRARY_DIR [RUNTIME]     RUNTIME: AddressSanitizer's, for libraries that are built with it
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

from interpreters import with_modules  # noqa: E402

package = ROOT / "bindings" / "python"
sanitized = {}
if len(sys.argv) > 2:
    # Python must begin with it. What Python itself never frees is no leak of ours: tests count what is freed.
    options = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    sanitized = {"LD_PRELOAD": sys.argv[2], "PYTHONMALLOC": "malloc", "ASAN_OPTIONS": options}
done = subprocess.run(
    [
        with_modules("boto3") or sys.executable,
        str(pathlib.Path(__file__).with_name("unittest_to_tap.py")),
        str(package / "tests"),
    ],
    env={
        **os.environ,
        "DDBEXPR_LIBRARY_DIR": sys.argv[1],
        "PYTHONPATH": str(package),
        "PYTHONDONTWRITEBYTECODE": "1",
        **sanitized,
    },
    check=False,
)
sys.exit(done.returncode)
