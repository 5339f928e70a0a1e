#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""With little of everything: memory, stack, files, room in them, standard streams. Every command must give the answer that
it gives otherwise, or say in a line that it cannot and end with the status for that; it must never crash, and a file that it
was to replace must be whole.

usage: run_resources.py DDBEXPR [--sanitized]"""
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

from commands import commands, fill  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
SANITIZED = "--sanitized" in sys.argv
MEGABYTE = 1 << 20
UNUSABLE, INTERNAL = 3, 4


def run(command, folder, limits=(), prepare=None, given=True):
    def before():
        for which, value in limits:
            resource.setrlimit(which, (value, value))
        if prepare:
            prepare()

    return subprocess.run([os.fsencode(BINARY), *command.arguments], input=command.stdin if given else None, capture_output=True, cwd=folder,
                          preexec_fn=before, env={"PATH": os.environ["PATH"], "TERM": "xterm"})


def wrong(command, usual, done, also=()):
    """The usual answer, or a complaint with one of these exit statuses."""
    if done.returncode == usual.returncode and done.stdout == usual.stdout:
        return None
    if done.returncode in (INTERNAL, *also) and done.stderr.strip():
        return None
    if done.returncode == UNUSABLE and b"which cannot be loaded" in done.stderr:  # libxml2, for want of memory
        return None
    return f"{command.name}: exit status {done.returncode}, usually {usual.returncode}: {done.stderr[-200:]!r}"


def each(made, usual, folder, limits, also=()):
    return filter(None, (wrong(c, u, run(c, folder, limits), also) for c, u in zip(made, usual)))


def closed(made, usual, folder, descriptor, also=()):
    for command, before in zip(made, usual):
        if command.stdin and descriptor == 0:
            continue
        done = run(command, folder, prepare=lambda: os.close(descriptor), given=descriptor != 0)
        # Where nothing can be said, the status has to say it.
        if done.returncode not in (before.returncode, INTERNAL, *also):
            yield f"{command.name}: exit status {done.returncode}, usually {before.returncode}: {done.stderr[-200:]!r}"


def closed_input(folder):
    """Standard input is asked for and is not there."""
    for arguments in ([b"check", b"-"], [b"request", b"--jsonl"], [b"types", b"-"], [b"eval", b"--condition-expression", b"attribute_exists(a)", b"--items", b"-"]):
        done = subprocess.run([os.fsencode(BINARY), *arguments], capture_output=True, cwd=folder, preexec_fn=lambda: os.close(0))
        if done.returncode not in (UNUSABLE, INTERNAL) or not done.stderr.strip():
            yield f"{arguments}: exit status {done.returncode}: {done.stderr[-200:]!r}"


def small_file(folder):
    """A file that may not grow: the item does not fit. The old file stays, and nothing beside it."""
    path = pathlib.Path(folder) / "small.json"
    path.write_text('[{"pk": {"S": "a"}}]')
    before, names = path.read_bytes(), set(os.listdir(folder))
    arguments = [BINARY, "put-item", "--item", '{"pk": {"S": "b"}, "t": {"S": "%s"}}' % ("x" * 100000), "--items", "small.json", "--key-schema", "pk:S", "--write"]
    for ignored in (True, False):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN if ignored else signal.SIG_DFL)

        done = subprocess.run(arguments, capture_output=True, cwd=folder, preexec_fn=limit, restore_signals=False)
        if done.returncode not in (INTERNAL, -signal.SIGXFSZ) or (ignored and not done.stderr.strip()):
            yield f"exit status {done.returncode}: {done.stderr[-200:]!r}"
        if path.read_bytes() != before:
            yield "the file has changed"
        left = set(os.listdir(folder)) - names
        if left:
            yield f"left behind: {left}"


def too_large(folder):
    """A file that there is no memory for, in every place where one is read as a whole."""
    condition = ["--condition-expression", "attribute_exists(a)"]
    lines = (["check", "large"], ["check", "--diff", "large"], ["check", "--fix", "large"], ["check", "--baseline", "large", *condition],
             ["check", "--config", "large", *condition], ["check", "--op", "GetItem", "--cli-input-json", "file://large"], ["check", "-"],
             ["fmt", "large"], ["ast", "large"], ["test", "large"], ["test", "-"], ["scan", "--items", "large", "--key-schema", "pk:S"],
             ["eval", *condition, "--item", "file://large"], ["eval", "--condition-expression", "file://large", "--item", "{}"],
             ["explain", *condition, "--item", "file://large"], ["put-item", "--item", "file://large", "--key-schema", "pk:S"],
             ["get-item", "--cli-input-json", "file://large"], ["transact-write-items", "--transact-items", "file://large"])

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (64 * MEGABYTE, 64 * MEGABYTE))

    path = os.path.join(folder, "large")
    with open(path, "w") as file:
        file.truncate(1 << 30)
    for words in lines:
        with open(path if "-" in words else os.devnull) as given:
            done = subprocess.run([BINARY, *words], stdin=given, capture_output=True, cwd=folder, preexec_fn=limit)
        wanted = b"ddbexpr: %s: out of memory" % (b"standard input" if "-" in words else b"large")
        if done.returncode != INTERNAL or wanted not in done.stderr.split(b"\n"):
            yield f"{words}: exit status {done.returncode}: {done.stderr[-200:]!r}"
    os.remove(path)


def many_items(folder):
    """Two megabytes of items, which several threads read."""
    with open(os.path.join(folder, "many.json"), "w") as file:
        for i in range(20000):
            file.write('{"pk": {"S": "%d"}, "n": {"N": "%d"}, "text": {"S": "some text that takes room"}}\n' % (i, i))
    return [b"eval", b"--condition-expression", b"n > :v", b"--expression-attribute-values", b'{":v": {"N": "19990"}}', b"--items", b"many.json", b"--jobs", b"8"]


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        fill(os.fsencode(folder), "plain", b"-x")
        made = commands(BINARY, "plain", b"-x")
        made.append(made[0]._replace(name="eval of many items", arguments=many_items(folder)))
        usual = [run(command, folder) for command in made]
        tap.case("commands answer", [f"{c.name}: {u.returncode}" for c, u in zip(made, usual) if not 0 <= u.returncode <= 3])
        # The sanitizer reserves terabytes, and keeps a zone around every variable.
        if not SANITIZED:
            for megabytes in (8, 16, 32, 64):
                # Less than the loader needs for the libraries is not the tool's to tell.
                also = (127,) if megabytes < 32 else ()
                tap.case(f"{megabytes} MB of memory", each(made, usual, folder, [(resource.RLIMIT_AS, megabytes * MEGABYTE)], also))
            tap.case("files too large for the memory", too_large(folder))
            for kilobytes in (256,):
                tap.case(f"{kilobytes} KB of stack", each(made, usual, folder, [(resource.RLIMIT_STACK, kilobytes << 10)]))
        for count in (3, 4, 8):
            # Three: the loader cannot open a library.
            tap.case(f"{count} open files", each(made, usual, folder, [(resource.RLIMIT_NOFILE, count)], (UNUSABLE, 127)))
        tap.case("no standard input", closed(made, usual, folder, 0))
        tap.case("no standard output", closed(made, usual, folder, 1))
        tap.case("no standard error", closed(made, usual, folder, 2))
        tap.case("no standard input where it is read", closed_input(folder))
        tap.case("a file that may not grow", small_file(folder))
    return tap.finish()


sys.exit(main())
