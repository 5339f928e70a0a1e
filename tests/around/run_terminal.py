#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Terminals: how far a long run is, which is told when a second has passed and goes when the run ends; and one so narrow
that a text with a mark under it would say nothing.

usage: run_terminal.py DDBEXPR"""
import fcntl
import json
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
LOOKS = 256  # results between two looks at the clock (src/cli/progress.c)


def terminal(columns=80):
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    return master, slave


def read_all(master):
    told = b""
    while True:
        try:
            block = os.read(master, 65536)
        except OSError:  # how the end of a terminal is told
            os.close(master)
            return told
        told += block


def case(number, right=True):
    answer = {"ok": True, "response": {}} if right else {"ok": False}
    return json.dumps({"id": str(number), "op": "GetItem", "key": {"pk": "S"}, "items": [],
                       "request": {"Key": {"pk": {"S": "a"}}}, "expect": answer}).encode() + b"\n"


def progress(last):
    """What standard error gets while cases come slowly; `last` come behind those that are told of."""
    master, slave = terminal()
    with subprocess.Popen([BINARY, "test", "--format", "json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave,
                          env={"TERM": "xterm", "PATH": os.environ["PATH"]}) as process:
        os.close(slave)
        process.stdin.write(b"".join(case(i) for i in range(LOOKS - 1)))
        process.stdin.flush()
        time.sleep(2.1)
        process.stdin.write(b"".join(case(i) for i in range(LOOKS - 1, LOOKS + last)))
        process.stdin.close()
        out = process.stdout.read()
        process.wait(timeout=60)
    return process.returncode, out, read_all(master)


def progress_is_told():
    status, out, told = progress(5)
    if status != 0 or json.loads(out)["summary"]["passed"] != LOOKS + 5:
        yield f"status {status}: {out[-300:]!r}"
    if not re.search(rb"\r%d tests\x1b\[K" % LOOKS, told):
        yield f"{told!r}"


def items_progress_ends():
    """Of items the last count stays."""
    master, slave = terminal()
    line = b'{"pk": {"S": "%s"}}\n' % (b"x" * 1000)
    with subprocess.Popen([BINARY, "eval", "--count", "--condition-expression", "attribute_exists(pk)", "--items", "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=slave, env={"TERM": "xterm", "PATH": os.environ["PATH"]}) as process:
        os.close(slave)
        for _ in range(3):
            process.stdin.write(line * 1000)
            process.stdin.flush()
            time.sleep(1.1)
        process.stdin.close()
        out = process.stdout.read()
        process.wait(timeout=60)
    told = read_all(master)
    if process.returncode != 0 or not re.search(rb"\r3000 items[^\r]*\r?\n$", told):
        yield f"status {process.returncode}, out {out!r}, err {told!r}"


def items_progress_knows_the_file():
    """Nobody reads the answers for a while: then it is told how much of the file there was, and how long the rest takes."""
    master, slave = terminal()
    with tempfile.NamedTemporaryFile() as file:
        file.write(b'{"pk":{"S":"a"}}\n' * 300000)
        file.flush()
        with subprocess.Popen([BINARY, "eval", "--jobs", "1", "--condition-expression", "attribute_exists(pk)", "--items", file.name],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=slave,
                              env={"TERM": "xterm", "PATH": os.environ["PATH"]}) as process:
            os.close(slave)
            time.sleep(2.1)
            out = process.stdout.read()
            process.wait(timeout=60)
    told = read_all(master)
    if process.returncode != 0 or out != b"true\n" * 300000 or not re.search(rb"\r\d+ items, \d+ MB/s, \d+ %, \d+ s left\x1b\[K", told):
        yield f"status {process.returncode}, out of {len(out)} bytes, err {told!r}"


def narrow(columns):
    """What --mutate shows of a condition."""
    suite = ("table: {key: {id: S}}\ntests:\n  - {name: there, given: {id: a}, request: {op: DeleteItem, Key: {id: a}, "
             "ConditionExpression: attribute_exists(id)}, expect: success}\n")
    master, slave = terminal(columns)
    with subprocess.Popen([BINARY, "test", "--mutate", "-"], stdin=subprocess.PIPE, stdout=slave, stderr=subprocess.PIPE,
                          env={"TERM": "xterm", "PATH": os.environ["PATH"]}) as process:
        os.close(slave)
        process.stdin.write(suite.encode())
        process.stdin.close()
        told = read_all(master)
        process.wait(timeout=60)
    return told


def marks_need_room():
    for columns, marked in ((19, False), (20, True)):
        told = narrow(columns)
        if (b"^" in told) != marked or b"dropped" not in told and b"always true" not in told.replace(b"\r\n    ", b" "):
            yield f"{columns} columns: {told!r}"


def main():
    tap = Tap()
    tap.case("progress is told after a second", progress_is_told())
    tap.case("the last count of items stays", items_progress_ends())
    tap.case("how much of a file of items is read", items_progress_knows_the_file())
    tap.case("a mark under a text needs room", marks_need_room())
    return tap.finish()


sys.exit(main())
