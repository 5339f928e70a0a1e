#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""User data must not be able to drive a terminal: names, values, expressions and names of files with escapes, control
characters and direction marks go through every command and every format. What is for people must hold none of them, and
be UTF-8; what is for programs must hold no control characters, which every one of its formats can write in another way.

usage: run_hostile.py DDBEXPR"""
import os
import pathlib
import pty
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

from commands import commands, fill, uncovered  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())

TEXTS = {
    "terminal escapes": "\x1b[31mred\x1b]0;title\x07\x1b[2J",
    "control characters": "\x01\x08\x0b\x0c\r\x0e\x7f",
    "C1 controls": "\u0080\u009b31m\u009d0;title\u009c\u0085",
    "direction marks": "\u202eabc\u202d\u2066x\u2067\u2068\u2069\u200f\u061c\u202a\u202c",
}
# A name of a file may hold whatever is no slash.
FILES = {
    "a newline": b"\nx\n",
    "bytes that are not UTF-8": b"\xff\xfe\xc0\x80\xed\xa0\x80",
    "a terminal escape": b"\x1b[31m\x9b",
}

CONTROLS = {chr(code) for code in [*range(0x20), *range(0x7f, 0xa0)]} - {"\n"}
MARKS = {chr(code) for code in [0x61c, 0x200e, 0x200f, *range(0x202a, 0x202f), *range(0x2066, 0x206a)]}


def harmful(command, stream, output):
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"{stream} is not UTF-8: {output[max(0, error.start - 60):error.start + 20]!r}"
    # JSON and XML write C0 controls in another way; the others are characters to them like all others.
    forbidden = CONTROLS | MARKS if command.readable or stream == "standard error" else {c for c in CONTROLS if c < " "}
    found = next((at for at, c in enumerate(text) if c in forbidden), None)
    if found is not None:
        return f"{stream} has {text[found]!r}: {text[max(0, found - 60):found + 20]!r}"
    return None


shown = []  # all that was said, so that it can be seen that user data was in it


def problems(command, folder):
    done = subprocess.run([os.fsencode(BINARY), *command.arguments], input=command.stdin, capture_output=True, cwd=folder,
                          env={"PATH": os.environ["PATH"], "TERM": "xterm"})
    if not 0 <= done.returncode <= 3:
        yield f"exit status {done.returncode}: {done.stderr[-300:]!r}"
    if not done.stdout and not done.stderr:
        yield "says nothing at all"
    shown.append(done.stdout + done.stderr)
    for stream, output in (("standard output", done.stdout), ("standard error", done.stderr)):
        fault = harmful(command, stream, output)
        if fault:
            yield fault


def on_terminal(arguments, folder):
    """What is shown on a terminal, with its line ends as they were written."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([os.fsencode(BINARY), *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, cwd=folder,
                               env={"PATH": os.environ["PATH"], "TERM": "dumb"})
    os.close(theirs)
    output = b""
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not block:
            break
        output += block
    os.close(ours)
    process.wait()
    return output.replace(b"\r\n", b"\n").decode()


def patches():
    """They are exact in a file or pipe, and harmless on a terminal."""
    name = "t\u202e\u009b31m"
    request = '{"TableName": "%s",\n\t"Key": {"a": {"S": "x"}},\n"UpdateExpression": "SET status = :b",\n"ExpressionAttributeValues": {":b": {"S": "x"}}}\n' % name
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "r.json"
        path.write_text(request, encoding="utf-8")
        exact = subprocess.run([BINARY, "check", "--diff", "r.json"], cwd=folder, capture_output=True).stdout.decode()
        shown_there = on_terminal([b"check", b"--diff", b"r.json"], folder)
    if f' {{"TableName": "{name}",\n' not in exact:
        yield f"a pipe gets {exact!r}"
    if ' {"TableName": "t\\u{202e}\\x9b31m",\n \t"Key"' not in shown_there or ((CONTROLS | MARKS) - {"\t"}) & set(shown_there):
        yield f"a terminal gets {shown_there!r}"


def main():
    tap = Tap()
    tap.case("patches", patches())
    for text_name, text in TEXTS.items():
        run_all(tap, text_name, text, b"-x")
    for file_name, file_text in FILES.items():
        run_all(tap, f"files called with {file_name}", "plain", file_text)
    return tap.finish()


def run_all(tap, about, text, file_text):
    with tempfile.TemporaryDirectory() as folder:
        fill(os.fsencode(folder), text, file_text)
        made = commands(BINARY, text, file_text)
        tap.case(f"{about}: every command is tried", uncovered(BINARY, made))
        for command in made:
            tap.case(f"{about}: {command.name}", problems(command, folder))
        tap.case(f"{about}: it is shown, made visible", not_visible())


def not_visible():
    marks = sum(output.count(mark) for output in shown for mark in (b"\\x", b"\\u{", b"\\n", b"\\r"))
    shown.clear()
    if marks < 30:
        yield f"only {marks} escapes"


sys.exit(main())
