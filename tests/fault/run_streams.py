#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs command lines of the tool where its streams and files are not what they should be: standard streams closed, on a
full device, read by nobody; input files that are folders or not there. It must not crash, say what is wrong, and leave
files as they were or as they should become.

usage: run_streams.py DDBEXPR [NAME...]    lines of lines.py; few that use every command, option and format, if none is
                                           named
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from lines import Abilities, Line, all_lines, chosen, tree  # noqa: E402
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
NAMES = sys.argv[2:]


class Result:
    def __init__(self, status, out, err, files):
        self.status, self.out, self.err, self.files = status, out, err, files

    def __repr__(self):
        return f"status {self.status}, out {self.out[-200:]!r}, err {self.err[-300:]!r}"

    def complains(self, about=rb""):
        return re.search(rb"^ddbexpr: .*" + about, self.err, re.M) is not None


def run(line, redirections="", change=None, out=subprocess.PIPE, ignores_pipe=True):
    """-> Result; `redirections` are a shell's. `change` is called with the folder before the tool runs."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "files"
        folder.mkdir()
        for name, text in line.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
        if change:
            change(folder)
        kept = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ}
        done = subprocess.run(
            ["/bin/sh", "-c", f'exec "$@" {redirections}', "sh", BINARY, *line.words],
            cwd=folder, env=kept | {"PATH": os.environ["PATH"]} | line.environment, input=line.stdin, stdout=out,
            stderr=subprocess.PIPE, check=False, timeout=120, preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN if ignores_pipe else signal.SIG_DFL),
        )  # fmt: skip
        return Result(done.returncode, done.stdout or b"", done.stderr, tree(folder))


def whole_files(line, good, result):
    for name in sorted(result.files.keys() | good.files.keys()):
        if result.files.get(name) not in (line.files.get(name), good.files.get(name)):
            yield f"{name}: {result.files.get(name)}"


# --- standard streams ---


def reads_stdin(line):
    return line.words[:1] == ["request"] or any(re.search(r"(?:^|=)-$", word) for word in line.words)


def without_output(line, good, redirections, why):
    """Nothing can be written to standard output: told, unless nothing was to be written."""
    result = run(line, redirections)
    told = result.status == 4 and result.complains(b"cannot write to standard output: " + why)
    if not told and (good.out or (result.status, result.err) != (good.status, good.err)):
        yield f"{redirections}: {result}"
    if result.err.count(b"cannot write to standard output") > 1:
        yield f"{redirections}: told more than once: {result}"
    yield from whole_files(line, good, result)


def without_errors(line, good, redirections):
    """Nothing can be written to standard error: the rest stays as it is."""
    result = run(line, redirections)
    if (result.status, result.out, result.files) != (good.status, good.out, good.files):
        yield f"{redirections}: {result} in place of {good}"


def without_input(line, good):
    result = run(line, "<&-")
    if reads_stdin(line):
        if not (result.status == 3 and result.complains()) and (result.status, result.out) != (good.status, good.out):
            yield f"<&-: {result}"
    elif (result.status, result.out, result.err, result.files) != (good.status, good.out, good.err, good.files):
        yield f"<&-: {result} in place of {good}"


def streams(line, good):
    yield from without_output(line, good, ">&-", b"Bad file descriptor")
    yield from without_output(line, good, ">/dev/full", b"No space left on device")
    yield from without_output(line, good, ">/dev/full <&-", b"") if not reads_stdin(line) else ()
    yield from without_errors(line, good, "2>&-")
    yield from without_errors(line, good, "2>/dev/full")
    yield from without_input(line, good)
    result = run(line, "<&- >&- 2>&-")
    if result.status not in (0, 1, 2, 3, 4) or (good.out and not reads_stdin(line) and result.status != 4):
        yield f"all closed: {result} in place of {good}"
    yield from whole_files(line, good, result)
    yield from broken_pipe(line, good)


def broken_pipe(line, good):
    """Nobody reads: an error if signals are ignored, otherwise the end."""
    reader, writer = os.pipe()
    os.close(reader)
    for ignores, status in ((True, 4), (False, -signal.SIGPIPE)):
        result = run(line, out=writer, ignores_pipe=ignores)
        if good.out and (result.status != status or (ignores and not result.complains(b"Broken pipe"))):
            yield f"broken pipe, SIGPIPE {'ignored' if ignores else 'as ever'}: {result}"
    os.close(writer)


# --- files ---


def named_files(line):
    """The files that words name, but not those in folders that they name."""
    words = [re.sub(r"^(?:[\w.-]+=)?(?:file://)?", "", word) for word in line.words]
    return [name for name in line.files if name in words]


def replace_by_folder(name):
    def change(folder):
        (folder / name).unlink()
        (folder / name).mkdir()

    return change


def files(line, good):
    for name in named_files(line):
        for what, change in (("a folder", replace_by_folder(name)), ("missing", lambda folder: (folder / name).unlink())):
            result = run(line, "", change)
            takes_folders = what == "a folder" and line.words[0] in ("check", "test")
            if not (result.complains() and (result.status == 3 or takes_folders)):
                yield f"{name} is {what}: {result}"
            for other in sorted(result.files.keys() - line.files.keys() - good.files.keys()):
                yield f"{name} is {what}: {other} lies around"


# --- more than a stream keeps back ---


def large_lines():
    """Lines that print more than what is written when they end, so that it is in the middle that nothing can be written; and
    one that has printed something when its input turns out to be damaged."""
    values = json.dumps({":v": {"S": "x" * 9000}, ":w": {"S": "y"}})
    condition = ["--condition-expression", "a = :v AND b = :v AND c = :v AND d = :v AND e = :v"]
    clauses = ["--condition-expression", " OR ".join(f"a{i} = :v" for i in range(100))]
    given = ["--expression-attribute-values", json.dumps({":v": {"N": "1"}})]
    request = json.dumps({"op": "DeleteItem", "TableName": "T", "Key": {"pk": {"S": "a"}}, "ConditionExpression": "a == :v",
                          "ExpressionAttributeValues": {":v": {"S": "x" * 9000}}})
    items = [{name: {"N": "1" if i >> n & 1 else "2"} for n, name in enumerate("abcde")} for i in range(32)]
    many = "".join(json.dumps(i) + "\n" for i in items * 40).encode()
    # What is kept back ends in all parts of an answer: `true` and the comma before it.
    for false in range(7):
        answers = "".join(f'{{"a": {{"N": "{int(i >= false)}"}}}}\n' for i in range(3000)).encode()
        yield Line(f"eval, {false} false", ["eval", "--condition-expression", "a = :v", *given, "--items", "items", "--format", "json"], files={"items": answers})
    yield Line("explain --each", ["explain", "--each", *condition, *given, "--items", "items"], files={"items": many})
    yield Line("explain of many", ["explain", *condition, *given, "--items", "items", "--format", "json"], files={"items": b'{"a": {"N": "1"}}\n' * 16000 + many})
    for count in (1, 2):
        yield Line(f"explain --each of {count}", ["explain", "--each", *clauses, *given, "--items", "items"], files={"items": b'{"b": {"N": "1"}}\n' * count})
    for option in ("--fix", "--diff"):
        yield Line(f"check {option} of options", ["check", option, "--update-expression", "SET a == :v", "--expression-attribute-values", values])
    yield Line("check --diff", ["check", "--diff", "request.json"], files={"request.json": request.encode() + b"\n"})
    packed = gzip.compress(answers[: answers.index(b"\n") * 600], mtime=0)
    yield Line("eval of damaged items", ["eval", "--condition-expression", "a = :v", *given, "--items", "items"], files={"items": packed[: len(packed) // 2]})


def main():
    tap = Tap()
    abilities = Abilities(BINARY)
    lines = [line for line in abilities.with_formats(all_lines()) if not NAMES or line.name in NAMES]
    for line in lines if NAMES else chosen(lines, abilities):
        good = run(line)
        tap.case(f"{line.name}: streams", streams(line, good))
        tap.case(f"{line.name}: files", files(line, good))
    for line in [] if NAMES else large_lines():
        tap.case(f"{line.name}: much output", without_output(line, run(line), ">/dev/full", b"No space left on device"))
    sys.exit(tap.finish())


main()
