#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets every allocation and every call of the system fail once, in command lines of the tool: the first, then the
second, and so on. What comes out must be what comes out without a failure, or exit status 4 and a line that says why
(3 where it is the input that cannot be used). Files are as before or as afterwards, and nothing lies beside them;
nothing leaks.

usage: run_tool.py FAULT-TOOL DDBEXPR [--all] [NAME...]    lines of lines.py; without --all few lines that use every
                                                           command, option and format, and of each a part of its points
"""
import errno
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from lines import WHOLE, Abilities, all_lines, chosen, tree  # noqa: E402
from tap import Tap  # noqa: E402

ALL = "--all" in sys.argv
NAMES = [word for word in sys.argv[3:] if not word.startswith("--")]
FIRST, SPREAD = 60, 40  # of the points of one line, where not all are walked
MOST_PROBLEMS = 8  # told of one line

# The ways of calls.h.
FAILS, SHORT, ENDS, KILLS = range(4)

# What the system may say of a call, and what is done to it beside that.
ERRORS = {
    "open": (errno.EACCES, errno.EMFILE),
    "fopen": (errno.EACCES,),
    "opendir": (errno.EACCES, errno.ENOMEM),
    "read": (errno.EIO,),
    "read-stream": (errno.EIO,),
    "write": (errno.ENOSPC, errno.EIO),
    "write-stream": (errno.ENOSPC, errno.EPIPE),
    "pthread_create": (errno.EAGAIN,),
    "flock": (errno.EWOULDBLOCK, errno.ENOLCK),
}
OTHER_ERRORS = (errno.EIO,)
INTERRUPTED = ("read", "write")
READS = ("read", "read-stream")
WRITES = ("mkostemp", "flock", "fchown", "fchmod", "write", "fsync", "close", "rename", "unlink", "write-stream")


class Server:
    """The tool in a process that runs it again and again. It ends where the tool crashes."""

    def __init__(self, binary, line, folder, stdin):
        kept = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}
        here, there = socket.socketpair()
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec 3<&{there.fileno()}; exec "$@"', "sh", binary, stdin, *line.words],
            cwd=folder, env=kept | line.environment, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.errors)  # fmt: skip
        there.close()
        self.socket = here.makefile("rwb")
        here.close()

    def ask(self, question):
        """-> Run; None: it crashed"""
        try:
            self.socket.write(question.encode() + b"\n")
            self.socket.flush()
            head = [int(word) for word in self.socket.readline().split()]
            return Run(head, *(self.socket.read(length) for length in head[5:])) if head else None
        except (BrokenPipeError, ConnectionResetError):
            return None

    def stop(self):
        """-> how it ended, where it crashed"""
        try:
            self.socket.close()
        except OSError:
            pass
        status = self.process.wait()
        self.errors.seek(0)
        told = self.errors.read().decode("utf-8", "replace")
        self.errors.close()
        return f"ended with {status}: {told[-1500:]}"


class Run:
    def __init__(self, head, out, err, calls):
        self.status, self.failed, self.allocations, self.leaked, self.first_leaked = head[:5]
        self.out, self.err, self.calls = out, err, calls.decode().split()
        self.files = None  # afterwards

    def same(self, other):
        return (self.status, self.out, self.err, self.files) == (other.status, other.out, other.err, other.files)


class Walk:
    """One command line."""

    def __init__(self, binary, line, folder):
        self.binary, self.line = binary, line
        self.folder = pathlib.Path(folder) / "files"
        self.stdin = pathlib.Path(folder) / "stdin"
        self.stdin.write_bytes(line.stdin)
        self.files = None
        self.server = None
        self.points, self.problems = 0, []

    # --- running ---

    def restore(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, text in self.line.files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        self.files = self.line.files

    def run(self, question):
        """-> Run; None: it crashed, which is told"""
        if self.files != self.line.files:
            if self.server:
                self.server.stop()
                self.server = None
            self.restore()
        if not self.server:
            self.server = Server(self.binary, self.line, self.folder, str(self.stdin))
        run = self.server.ask(question)
        self.files = tree(self.folder)
        if run is None:
            self.problems.append(f"{question}: {self.server.stop()}")
            self.server = None
        else:
            run.files = dict(self.files)
        return run

    def close(self):
        if self.server:
            self.server.stop()

    # --- judging ---

    def files_problem(self, run, of_less=False):
        """`of_less`: what is written may be made of less than is there, as some file could not be read."""
        for name in sorted(run.files.keys() | self.good.files.keys()):
            text = run.files.get(name)
            if name not in self.good.files and name not in self.line.files:
                yield f"{name} lies around"
            elif text not in (self.good.files.get(name), self.line.files.get(name)) and not (of_less and is_whole(text)):
                yield f"{name} is neither as before nor as afterwards: {text}"

    def judge(self, run, statuses, told, of_less):
        """What is wrong with a run in which something went wrong. `told`: a pattern of what the complaint says; None: there
        need be none."""
        if run.leaked:
            yield f"{run.leaked} blocks leaked, first of allocation {run.first_leaked}"
        if run.same(self.good):
            return
        yield from self.files_problem(run, of_less)
        if run.status not in statuses:
            yield f"exit status {run.status} (without a failure {self.good.status}); out {run.out[-300:]}, err {run.err[-300:]}"
        elif told is not None and not re.search(rb"^ddbexpr: .*(?:" + told + rb")", run.err, re.M):
            yield f"exit status {run.status}, and it is not told why: {run.err[-300:]}"

    def point(self, question, statuses, told, of_less=False):
        if len(self.problems) >= MOST_PROBLEMS:
            return
        run = self.run(question)
        self.points += 1
        if run:
            self.problems += (f"{question}: {problem}" for problem in self.judge(run, statuses, told, of_less))

    # --- walking ---

    def begin(self):
        """How it runs without a failure. False: this cannot be walked."""
        first = self.run("alloc -1 once")  # what libraries keep for ever is allocated here
        self.good = first and self.run("alloc -1 once")
        self.writes = self.good and self.good.files != self.line.files
        return bool(self.good)

    def allocations(self):
        count = self.good.allocations + 3
        points = [(number, "once") for number in some(count, self.line.name in WHOLE)] + [(number, "all") for number in some(count)]
        for number, which in points:
            self.point(f"alloc {number} {which}", (4,), rb"out of memory|Cannot allocate memory")

    def calls(self):
        for number, name in [(i, self.good.calls[i]) for i in some(len(self.good.calls))]:
            for error in ERRORS.get(name, OTHER_ERRORS):
                self.point(f"call {number} once {FAILS} {error}", (3, 4), b"", name not in WRITES)
            if name in INTERRUPTED:
                self.point(f"call {number} once {FAILS} {errno.EINTR}", (), b"")
                self.point(f"call {number} once {SHORT} 0", (), b"")
            if name in READS:
                self.point(f"call {number} once {ENDS} 0", (0, 1, 2, 3, 4), None, True)  # a shorter file
            if self.writes:
                self.killed(f"call {number} once {KILLS} 0")
        self.point(f"call 0 all {SHORT} 0", (), b"")

    def killed(self, question):
        """Old or new; what was to become the file may lie beside it."""
        run = self.run(question)
        self.points += 1
        if not run:
            return
        if run.status != -9:
            self.problems.append(f"{question}: it was not killed: {run.status}")
        for name in [n for n in run.files if re.fullmatch(r".+\.[A-Za-z0-9]{6}", n) and n[:-7] in self.good.files]:
            del run.files[name]
        self.problems += (f"{question}: {problem}" for problem in self.files_problem(run))


def is_whole(text):
    """Whether a text is JSON or JSON Lines, and ends."""
    try:
        json.loads(text)
    except ValueError:
        try:
            [json.loads(line) for line in text.splitlines()]
        except ValueError:
            return False
    return text.endswith(b"\n")


def some(count, whole=False):
    """The numbers below one: the first, and some of the others, as far apart as they can be."""
    if ALL or whole or count <= FIRST + SPREAD:
        return range(count)
    return [*range(FIRST), *(FIRST + i * (count - FIRST) // SPREAD for i in range(SPREAD))]


def walk(binary, line):
    with tempfile.TemporaryDirectory() as folder:
        w = Walk(binary, line, folder)
        if w.begin():
            w.allocations()
            w.calls()
        w.close()
        return w


def main():
    fault_tool, tool = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
    tap = Tap()
    abilities = Abilities(tool)
    lines = [line for line in abilities.with_formats(all_lines()) if not NAMES or line.name in NAMES]
    if not NAMES:
        used = set().union(*map(abilities.used, lines))
        tap.case("every command and format has a line", sorted(set(abilities.wanted()) - used))
    if not ALL and not NAMES:
        few = chosen(lines, abilities)
        lines = few + [line for line in lines if line.name in WHOLE and line not in few]
    points = 0
    for line in lines:
        w = walk(fault_tool, line)
        points += w.points
        tap.case(f"{line.name}: {w.points} points", w.problems[:MOST_PROBLEMS])
    print(f"# {len(lines)} command lines, {points} points")
    sys.exit(tap.finish())


main()
