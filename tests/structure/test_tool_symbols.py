#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tool is linked with our archives and with libraries of the system. A function that both have would be ours for
all of them, and the other library would go astray.

usage: test_tool_symbols.py TOOL ARCHIVE..."""
import re
import subprocess
import sys

from tree import Tap


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def defined(*command):
    """Names of functions and variables that others can be linked with."""
    lines = (line.split() for line in run("nm", "--defined-only", *command).splitlines())
    return {words[2].split("@")[0] for words in lines if len(words) == 3 and words[1] in "TDBR"}


def main():
    tool, *archives = sys.argv[1:]
    ours = set().union(*(defined(archive) for archive in archives))
    tap = Tap()
    for name, path in re.findall(r"^\s*(\S+) => (/\S+)", run("ldd", tool), re.MULTILINE):
        tap.case(f"no name of ours is one of {name}", sorted(ours & defined("-D", path)))
    return tap.finish()


sys.exit(main())
