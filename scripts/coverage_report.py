#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges how much of src/ the tests have run, as gcc's gcov has counted and gcovr reads it. It runs no test.

usage: coverage_report.py [--log LOG] BUILD...

BUILD is a build with -Db_coverage=true whose tests have run; of several the counts are added. Prints a table of the folders, what is missed and the lines
that are marked as unreachable. All lines must have been run, and of the libraries all branches taken.
LOG gets the verdicts, a case a folder, as `meson test` writes its log: for count_tests.py. The exit status is 0 if
nothing is missing."""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
MARKER = re.compile(r"/\* UNREACHABLE: (.*)")
LINES_ONLY = "cli"  # lines of the tool, not branches
MISSED_AT_MOST = 40


class Folder:
    def __init__(self):
        self.lines = self.lines_run = self.branches = self.branches_run = self.marked = 0
        self.missed = []

    def add(self, path, line, lines_only):
        branches = [branch["count"] > 0 for branch in line["branches"] if not branch.get("throw")]
        self.lines += 1
        self.lines_run += line["count"] > 0
        self.branches += len(branches)
        self.branches_run += sum(branches)
        if not line["count"]:
            self.missed.append(f"{path}:{line['line_number']}: not run")
        elif not lines_only and not all(branches):
            self.missed.append(f"{path}:{line['line_number']}: {branches.count(False)} of {len(branches)} branches not taken")


def folder_of(path):
    parts = pathlib.PurePath(path).parts
    if len(parts) < 3:
        return "src"
    return "/".join(parts[1:3]) if parts[1] == LINES_ONLY and len(parts) > 3 else parts[1]


def gcovr(*arguments):
    """What gcovr says, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "coverage.json"
        done = subprocess.run(
            ["gcovr", "--config", ROOT / "gcovr.cfg", "--root", ROOT, *arguments, "--json", report],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}coverage_report.py: gcovr has failed")
        return report.read_text(encoding="utf-8")


def measure(builds):
    """All builds together. Each is read by itself: the same file is compiled in all of them."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = []
        for number, build in enumerate(builds):
            path = pathlib.Path(folder) / f"{number}.json"
            path.write_text(gcovr("--object-directory", build, build), encoding="utf-8")
            arguments += ["--add-tracefile", path]
        return json.loads(gcovr(*arguments))


def gather(report):
    folders = collections.defaultdict(Folder)
    for file in report["files"]:
        name = folder_of(file["file"])
        for line in file["lines"]:
            if not line.get("gcovr/noncode") and not line.get("gcovr/excluded"):
                folders[name].add(file["file"], line, name.startswith(LINES_ONLY))
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        relative = path.relative_to(ROOT).as_posix()
        for text in path.read_text(encoding="utf-8").splitlines():
            folders[folder_of(relative)].marked += MARKER.search(text) is not None
    return folders


def percent(part, whole):
    return f"{int(part * 1000 / whole) / 10:.1f}" if whole else "-"  # never rounded up to 100


def print_table(folders):
    print(f"{'':16} {'lines':>7} {'run':>7} {'%':>6} {'branches':>9} {'taken':>7} {'%':>6} {'marked':>7}")
    total = Folder()
    for name, folder in [*sorted(folders.items()), ("all", total)]:
        print(f"{name:16} {folder.lines:7} {folder.lines_run:7} {percent(folder.lines_run, folder.lines):>6} "
              f"{folder.branches:9} {folder.branches_run:7} {percent(folder.branches_run, folder.branches):>6} "
              f"{folder.marked:7}")  # fmt: skip
        for member in ("lines", "lines_run", "branches", "branches_run", "marked"):
            setattr(total, member, getattr(total, member) + getattr(folder, member))


def tap_of(folders):
    yield f"1..{len(folders)}"
    for number, (name, folder) in enumerate(sorted(folders.items()), 1):
        what = "all lines" if name.startswith(LINES_ONLY) else "all lines and branches"
        yield f"{'not ' if folder.missed else ''}ok {number} - {name}: {what}"
        for missed in folder.missed[:MISSED_AT_MOST]:
            yield f"# {missed}"
        if len(folder.missed) > MISSED_AT_MOST:
            yield f"# ... {len(folder.missed) - MISSED_AT_MOST} more"


def main():
    parser = argparse.ArgumentParser(usage="coverage_report.py [--log LOG] BUILD...")
    parser.add_argument("--log", type=pathlib.Path)
    parser.add_argument("builds", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    folders = gather(measure([build.resolve() for build in arguments.builds]))
    tap = "\n".join(tap_of(folders)) + "\n"
    failed = any(folder.missed for folder in folders.values())
    print_table(folders)
    for name, folder in sorted(folders.items()):
        for missed in folder.missed:
            print(missed)
    if arguments.log:
        entry = {"name": "coverage", "stdout": tap, "result": "FAIL" if failed else "OK", "returncode": int(failed)}
        arguments.log.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return int(failed)


sys.exit(main())
