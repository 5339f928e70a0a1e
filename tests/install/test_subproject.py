#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A meson project that has ddbexpr in its folder subprojects builds and runs.

usage: test_subproject.py CC..."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(folder, *command):
    environment = dict(os.environ, CC=" ".join(sys.argv[1:]))
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout, [done.stdout[-4000:]] if done.returncode else []


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        outside = pathlib.Path(folder) / "outside"
        shutil.copytree(ROOT / "tests/install/subproject", outside)
        shutil.copy(ROOT / "examples/embed.c", outside)
        (outside / "subprojects").mkdir()
        (outside / "subprojects/ddbexpr").symlink_to(ROOT)
        _, problems = run(outside, "meson", "setup", "--wrap-mode=forcefallback", "build")
        tap.case("it is configured as a subproject", problems)
        if not problems:
            _, problems = run(outside, "ninja", "-C", "build", "-j2")
            tap.case("it builds", problems)
            printed, problems = run(outside, "build/outside")
            tap.case("its program runs", problems or ([] if printed == "version = :v is false\n" else [printed]))
    return tap.finish()


sys.exit(main())
