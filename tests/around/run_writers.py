#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files that are replaced: by several processes at once, by some that get signals, with names as long as they may be, and
with owners. Nothing that was written may be lost, and nothing may lie beside the file.

usage: run_writers.py DDBEXPR"""
import fcntl
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
WRITERS, TURNS = 3, 40
ZERO = '[{"pk":{"S":"a"},"n":{"N":"0"}}]\n'
ONE = ZERO.replace('"0"', '"1"')


def add_one(name):
    return [BINARY, "update-item", "--key", '{"pk": {"S": "a"}}', "--update-expression", "ADD n :one", "--expression-attribute-values",
            '{":one": {"N": "1"}}', "--items", name, "--key-schema", "pk:S", "--write"]


def run(command):
    return subprocess.run(command, capture_output=True)


def beside(*names):
    yield from (f"{name} lies around" for name in sorted(set(os.listdir()) - set(names)))


def at_once():
    """Each that says that it has added one has."""
    pathlib.Path("count.json").write_text(ZERO)
    results = []

    def write():
        for _ in range(TURNS):
            results.append(run(add_one("count.json")))

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    added = sum(result.returncode == 0 for result in results)
    there = int(json.loads(pathlib.Path("count.json").read_text())[0]["n"]["N"])
    if there != added or not added:
        yield f"{added} times one was added, and {there} is there"
    for result in results:
        if result.returncode != 0 and b"nothing was written" not in result.stderr:
            yield f"exit status {result.returncode}: {result.stderr[-200:]!r}"
    yield from beside("count.json")


def locked():
    """Another process is between looking and writing."""
    path = pathlib.Path("locked.json")
    path.write_text(ZERO)
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        result = run(add_one("locked.json"))
    if result.returncode == 0 or b"locked.json: another process is writing it; nothing was written" not in result.stderr:
        yield f"exit status {result.returncode}: {result.stderr[-200:]!r}"
    if path.read_text() != ZERO:
        yield f"there is {path.read_text()!r}"
    yield from beside("count.json", "locked.json")


def signalled(which):
    """At some moments of a write that takes long: the file is as before or as afterwards."""
    path = pathlib.Path("large.json")
    before = "[\n" + ",\n".join('{"pk":{"S":"%s"},"n":{"N":"0"},"t":{"S":"%s"}}' % (key, "x" * 400) for key in ("a", *range(10000))) + "\n]\n"
    path.write_text(before)
    start = time.monotonic()
    run(add_one("large.json"))
    takes, after = time.monotonic() - start, path.read_text()
    names = os.listdir()
    for _ in range(12):
        path.write_text(before)
        process = subprocess.Popen(add_one("large.json"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(takes * random.uniform(0.2, 1))
        process.send_signal(which)
        process.wait()
        if path.read_text() not in (before, after):
            yield "the file is neither as before nor as afterwards"
    yield from beside(*names)
    os.remove("large.json")


def longest_name():
    for length in (248, 249, 255):
        name = ("ü" * length)[: (length - 5) // 2] + ".json"
        name = "x" * (length - len(name.encode())) + name
        pathlib.Path(name).write_text(ZERO)
        result = run(add_one(name))
        if result.returncode != 0 or pathlib.Path(name).read_text() != ONE:
            yield f"{length} bytes: exit status {result.returncode}: {result.stderr[-200:]!r}"
        os.remove(name)


def owner():
    path = pathlib.Path("owned.json")
    path.write_text(ZERO)
    path.chmod(0o640)
    os.chown(path, 1234, 4321)
    result, entry = run(add_one("owned.json")), path.stat()
    if result.returncode != 0 or (entry.st_uid, entry.st_gid, entry.st_mode & 0o7777) != (1234, 4321, 0o640):
        yield f"exit status {result.returncode}, owner {entry.st_uid}:{entry.st_gid}, mode {entry.st_mode:o}"


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        tap.case("several processes at once", at_once())
        tap.case("a file that is locked", locked())
        for which in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            tap.case(which.name, signalled(which))
        tap.case("names as long as they may be", longest_name())
        if os.geteuid() == 0:
            tap.case("the owner stays", owner())
        else:
            tap.skip("the owner stays", "only root gives files away")
        os.chdir("/")
    return tap.finish()


sys.exit(main())
