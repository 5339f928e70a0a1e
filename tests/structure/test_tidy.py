#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy finds nothing in src, by the checks of .clang-tidy. Files are those of a build's compile_commands.json.

usage: test_tidy.py BUILD_DIR"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tree import ROOT, Tap, name

AT_ONCE = 8  # files a process: reading the system's headers is most of the time
# For a build by another compiler, with warnings that clang does not know.
COMMAND = ["clang-tidy", "--quiet", "--extra-arg=-Wno-unknown-warning-option"]

FAULTY = "int twice(int a);\nint twice(int a)\n{\n    if (a == 1 || a == 1)\n        return 2;\n    return a * 2;\n}\n"


def sources(build):
    """The C files of src that the build compiles, each once."""
    found = set()
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        path = pathlib.Path(os.path.normpath(pathlib.Path(entry["directory"]) / entry["file"]))
        if (ROOT / "src") in path.parents and path.suffix == ".c":
            found.add(path)
    return sorted(found)


def findings(arguments, paths):
    done = subprocess.run([*COMMAND, *arguments, *map(str, paths)], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.findall(r"^(.*: (?:error|warning): .*)$", done.stdout, re.M)
    if done.returncode and not found:
        found = [f"clang-tidy ended with status {done.returncode}", *done.stderr.splitlines()[:5]]
    return [line.replace(f"{ROOT}/", "") for line in found]


def finds_something():
    """Whether clang-tidy reads .clang-tidy and finds what it is to find."""
    with tempfile.TemporaryDirectory() as folder:
        faulty = pathlib.Path(folder) / "faulty.c"
        faulty.write_text(FAULTY, encoding="utf-8")
        found = findings([f"--config-file={ROOT / '.clang-tidy'}"], [faulty])
    return [] if any("misc-redundant-expression" in line for line in found) else ["it found: ", *found]


def main():
    tap = Tap()
    if not shutil.which("clang-tidy"):
        tap.skip("clang-tidy finds nothing", "no clang-tidy")
        return tap.finish()
    build = pathlib.Path(sys.argv[1])
    paths = sources(build)
    tap.case("clang-tidy finds a fault that is there", finds_something())
    tap.case("there are files to look at", [] if len(paths) > 100 else map(name, paths))
    groups = [paths[i:i + AT_ONCE] for i in range(0, len(paths), AT_ONCE)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda group: findings(["-p", str(build)], group), groups)
    tap.case(f"clang-tidy finds nothing in {len(paths)} files of src", sorted({line for lines in results for line in lines}))
    return tap.finish()


sys.exit(main())
