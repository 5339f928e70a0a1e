#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No command in a document is only text: run_documents.py runs it, or the golden tests do, or shown_only.txt says what
does, and then its script is there and knows its options.

usage: run_shown.py"""
import pathlib
import re
import shlex
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests"))
from markdown import FENCED, pages  # noqa: E402
from tap import Tap  # noqa: E402

# What run_documents.py runs, wherever it stands.
RUN = re.compile(r"(ddbexpr|cat|diff|echo|printf|cd)\b")
IN_CONSOLE = re.compile(r"^\$ (.*)$", re.M)
# In a block that is only indented: what begins like a command.
INDENTED = re.compile(r"^    ((?:[A-Z_]+=\S+ )?(?:\./|(?:scripts|build)/|meson |ninja |python3 |sudo |cc |git |pip |for \w+ in \S+/|ddbexpr (?!.*…)).*)$", re.M)
# Kinds of blocks that hold commands, and are run by nobody: they belong into one of kind `console`.
SHELL = {"sh", "bash", "shell", "zsh", "fish", "shellsession", "shell-session", "sh-session", "terminal"}


def commands(page, text):
    """The commands that nothing runs because they stand here."""
    for block in FENCED.finditer(text):
        if block["kind"] == "console":
            yield from (c for c in IN_CONSOLE.findall(block["body"]) if not RUN.match(c))
    if page.name != "commands.md":  # how commands are used, which is no command
        yield from INDENTED.findall(FENCED.sub("", text))


def reasons():
    lines = (HERE / "shown_only.txt").read_text(encoding="utf-8").splitlines()
    return [re.split(r"  +", line, maxsplit=1) for line in lines if line and not line.startswith("#")]


def stale_options(command):
    """What the script that a command calls does not have."""
    words = shlex.split(command, comments=True)
    scripts = [w for w in words if re.match(r"(\./)?(scripts|tests)/[\w/]+(\.py)?$", w)]
    for script in scripts[:1]:
        path = ROOT / script
        if not path.is_file():
            yield f"there is no {script}: {command}"
            continue
        source = path.read_text(encoding="utf-8")
        yield from (f"{script} has no {w}: {command}" for w in words if re.match(r"--[a-z]", w) and w.split("=")[0] not in source)


def main():
    tap = Tap()
    known = reasons()
    used = set()
    for page in pages(ROOT):
        text = page.read_text(encoding="utf-8")
        problems = [f"a block of kind {b['kind']}: commands belong into console" for b in FENCED.finditer(text) if b["kind"].split(" ")[0] in SHELL]
        found = list(commands(page, text))
        for command in found:
            fitting = [begin for begin, _ in known if command.startswith(begin)]
            used.update(fitting)
            problems += [] if fitting else [f"nothing runs it: {command}"]
            problems += stale_options(command)
        if found or problems:
            tap.case(str(page.relative_to(ROOT)), problems)
    tap.case("shown_only.txt has no more than is shown", [begin for begin, _ in known if begin not in used])
    sys.exit(tap.finish())


main()
