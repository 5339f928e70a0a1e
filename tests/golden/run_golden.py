#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the command line of every folder under tests/golden/cli and compares what comes out, each stream by itself.

usage: run_golden.py DDBEXPR [--update] [NAME...]    all cases if none is named; with --update what came out is written
                                                     into the folders: read the diff

A case is a folder:
    cmd           one command line that begins with ddbexpr; words as a shell has them, but no shell runs it
    stdin         standard input (none: empty)
    env           NAME=VALUE, one a line, on top of an environment that has nothing else
    tty           standard output is a terminal of this many columns
    files/        what is in the folder in which the command runs (none: nothing)
    out err       what it prints to standard output and standard error (none: nothing)
    status        its exit status
    files_after/  what is in the folder afterwards, where that is something else

It also sees to it that every diagnostic there is comes out of some case, here or in the documents beside this file.
"""
import difflib
import fcntl
import os
import pathlib
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

PARTS = {"cmd", "stdin", "env", "tty", "files", "out", "err", "status", "files_after"}

# Diagnostics that take more bytes than a repository should hold; tests/cases and tests/limits have them.
TOO_LARGE = {"DX806": "an item of 400 KB", "DX841": "a request of 4 MB"}


def content(path):
    return path.read_bytes() if path.is_file() else b""


def tree(folder):
    """-> {path in the folder: content}"""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- running ---


class Terminal:
    """A terminal as wide as the case wants it, that hands on every byte as it is."""

    def __init__(self, columns):
        self.master, self.slave = pty.openpty()
        attributes = termios.tcgetattr(self.slave)
        attributes[1] &= ~termios.OPOST
        termios.tcsetattr(self.slave, termios.TCSANOW, attributes)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def read(self):
        os.close(self.slave)
        printed = b""
        while True:
            try:
                block = os.read(self.master, 65536)
            except OSError:  # how the end of a terminal is told
                block = b""
            if not block:
                os.close(self.master)
                return printed
            printed += block


def environment_of(case):
    lines = content(case / "env").decode().split("\n")
    kept = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ}
    return kept | dict(line.split("=", 1) for line in lines if line)


def run(case, binary, folder):
    """-> what came out: {part: content}, without empty ones"""
    words = shlex.split((case / "cmd").read_text(encoding="utf-8"))
    if words[0] != "ddbexpr":
        raise ValueError("cmd must begin with ddbexpr")
    terminal = Terminal(int((case / "tty").read_text())) if (case / "tty").exists() else None
    with subprocess.Popen(
        [binary, *words[1:]],
        cwd=folder,
        env=environment_of(case),
        stdin=subprocess.PIPE,
        stdout=terminal.slave if terminal else subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        out, err = process.communicate(content(case / "stdin"), timeout=60)
    if terminal:
        out = terminal.read()
    parts = {"out": out, "err": err, "status": f"{process.returncode}\n".encode()}
    return {name: text for name, text in parts.items() if text}


def run_case(case, binary):
    """-> (what came out, what is in the folder afterwards)"""
    with tempfile.TemporaryDirectory() as folder:
        if (case / "files").is_dir():
            shutil.copytree(case / "files", folder, dirs_exist_ok=True)
        return run(case, binary, folder), tree(pathlib.Path(folder))


# --- comparing ---


def differences(name, expected, actual):
    if expected == actual:
        return []
    texts = [text.decode("utf-8", "backslashreplace").splitlines() for text in (expected, actual)]
    found = list(difflib.unified_diff(*texts, f"{name} (expected)", f"{name} (came out)", lineterm=""))
    return found or [f"{name}: the line ends differ"]


def problems_of(case, parts, after):
    problems = [f"what is {p.name}?" for p in sorted(case.iterdir()) if p.name not in PARTS]
    for name in ("out", "err", "status"):
        problems += differences(name, content(case / name), parts.get(name, b""))
    wanted = tree(case / ("files_after" if (case / "files_after").is_dir() else "files"))
    for name in sorted(wanted.keys() | after.keys()):
        problems += differences(name, wanted.get(name, b"(no file)\n"), after.get(name, b"(no file)\n"))
    return problems


def update(case, parts, after):
    for name in ("out", "err", "status"):
        (case / name).unlink(missing_ok=True)
        if name in parts:
            (case / name).write_bytes(parts[name])
    shutil.rmtree(case / "files_after", ignore_errors=True)
    if after != tree(case / "files"):
        for name, text in after.items():
            path = case / "files_after" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)


# --- every diagnostic ---


def diagnostics_without_case():
    table = (ROOT / "src/diagnostic/diagnostics.def").read_text(encoding="utf-8")
    codes = {f"DX{number}" for number in re.findall(r"^(?:FAULT|INPUT|OTHER)\(\w+, (\d+)", table, re.M)}
    notes = (ROOT / "src/explain/notes.def").read_text(encoding="utf-8")
    codes |= {f"DX{number}" for number in re.findall(r"^NOTE\(\w+, (\d+)", notes, re.M)}
    lints = {f"DX{number}" for number in re.findall(r"^LINT\(\w+, (\d+)", table, re.M)}
    golden = [*HERE.glob("*.md"), *HERE.glob("cli/*/out"), *HERE.glob("cli/*/err")]
    golden = [path for path in golden if not path.parent.name.startswith("rule")]  # they list codes, whatever comes out
    shown = {code for path in golden for code in re.findall(r"DX\d{3}", path.read_text(encoding="utf-8", errors="replace"))}
    yield from (f"{code} has no case" for code in sorted(codes - shown - TOO_LARGE.keys()))
    yield from (f"{code} is no diagnostic" for code in sorted(shown - codes - lints))
    yield from (f"{code} has a case after all" for code in sorted(shown & TOO_LARGE.keys()))


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    names = [word for word in sys.argv[2:] if word != "--update"]
    tap = Tap()
    for case in sorted((HERE / "cli").iterdir()):
        if names and case.name not in names:
            continue
        parts, after = run_case(case, binary)
        if "--update" in sys.argv:
            update(case, parts, after)
        tap.case(case.name, problems_of(case, parts, after))
    if not names:
        tap.case("every diagnostic has a case", diagnostics_without_case())
    sys.exit(tap.finish())


main()
