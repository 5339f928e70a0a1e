#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Pastes the example of every command's help into a shell; also where nothing can be written, which is told once.

usage: run_help.py DDBEXPR"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

folder = pathlib.Path(sys.argv[1]).resolve().parent
environment = dict(os.environ, PATH=f"{folder}:{os.environ['PATH']}")


def shell(command, cwd=None, stdout=subprocess.PIPE):
    return subprocess.run(
        ["bash", "-c", command],
        env=environment,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


tap = Tap()
commands = re.findall(r"^  ([a-z-]+) +\S", shell("ddbexpr help").stdout, re.M)
tap.case("help lists the commands", [] if len(commands) == 20 else commands)
for command in commands:
    for text in (shell(f"ddbexpr help {command}").stdout, shell(f"ddbexpr {command} --help").stdout):
        problems = []
        if f"usage: ddbexpr {command} " not in text or "\nexample:\n" not in text:
            problems.append(text)
        tap.case(f"{command}: help has usage and example", problems)
    example = text.split("\nexample:\n", 1)[-1]
    with tempfile.TemporaryDirectory() as empty:
        done = shell(example, empty)
    # check and explain show something to mend; the others succeed
    wanted = {"check": 2, "explain": 1}.get(command, 0)
    good = done.returncode == wanted and done.stdout and not done.stderr
    tap.case(f"{command}: the example runs when pasted", [] if good else [example, done.stdout, done.stderr, str(done.returncode)])
    with tempfile.TemporaryDirectory() as empty, open("/dev/full", "wb") as full:
        done = shell(example, empty, full)
    told = done.stderr.count("cannot write to standard output")
    tap.case(f"{command}: a full disk is told once", [] if (done.returncode, told) == (4, 1) else [done.stderr, str(done.returncode)])
sys.exit(tap.finish())
