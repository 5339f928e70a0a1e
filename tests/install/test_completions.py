#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The completions, in the shells that they are for: a line is typed and Tab pressed.

usage: test_completions.py HELP.json BASH ZSH FISH"""
import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402

# What is typed, and the line that Tab makes of it. In the folder there is a file orders.json.
TYPED = [
    ("ddbexpr expl", "ddbexpr explain"),
    ("ddbexpr check --unsa", "ddbexpr check --unsafe-fixes"),
    ("ddbexpr check --format sari", "ddbexpr check --format sarif"),
    ("ddbexpr check --format=checks", "ddbexpr check --format=checkstyle"),
    ("ddbexpr explain --format mark", "ddbexpr explain --format markdown"),
    ("ddbexpr check --fail-on warn", "ddbexpr check --fail-on warning"),
    ("ddbexpr check ord", "ddbexpr check orders.json"),
    ("ddbexpr put-item --item file://ord", "ddbexpr put-item --item file://orders.json"),
    ("ddbexpr scan --items ord", "ddbexpr scan --items orders.json"),
    ("ddbexpr help transact", "ddbexpr help transact-write-items"),
    ("ddbexpr update-item --return-values UPDATED_N", "ddbexpr update-item --return-values UPDATED_NEW"),
    ("ddbexpr scan --select COU", "ddbexpr scan --select COUNT"),
    ("ddbexpr generate --op Upd", "ddbexpr generate --op UpdateItem"),
]
SECONDS = 20


class Shell:
    """An interactive shell at the other end of a terminal."""

    def __init__(self, command, folder):
        environment = dict(os.environ, TERM="dumb", HOME=folder, INPUTRC="/dev/null", ZDOTDIR=folder)
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)

    def type(self, text):
        os.write(self.master, text.encode())

    def read_until(self, wanted):
        """What the terminal shows until it shows `wanted`; without colours and the like."""
        seen, end = "", time.monotonic() + SECONDS
        while wanted not in seen and time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                seen += os.read(self.master, 65536).decode(errors="replace")
                seen = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x07", "", seen)
        return seen

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


def typed_otherwise(shell, typed, wanted):
    shell.type(typed + "\t")
    seen = shell.read_until(wanted)
    shell.type("\x15")  # takes the line away
    return [] if wanted in seen else [f"Tab made of it {seen!r}"]


def type_lines(tap, name, command, begin):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "orders.json").write_text("{}", encoding="utf-8")
        shell = Shell(command, folder)
        for line in begin:
            shell.type(line + "\n")
        shell.type("echo beg''un\n")
        shell.read_until("begun")
        for typed, wanted in TYPED:
            tap.case(f"{name}: {typed}", typed_otherwise(shell, typed, wanted))
        shell.close()


def try_bash(tap, script):
    type_lines(tap, "bash", ["bash", "--norc", "--noprofile", "-i"], [f". '{script}'"])


def try_zsh(tap, script):
    begin = [f"fpath=('{script.parent}' $fpath)", "autoload -Uz compinit", "compinit -u -D"]
    type_lines(tap, "zsh", ["zsh", "-f", "-i"], begin)


def try_fish(tap, script):
    """Fish says itself what it would offer."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "orders.json").write_text("{}", encoding="utf-8")
        for typed, wanted in TYPED:
            done = subprocess.run(
                ["fish", "--no-config", "-c", f"source '{script}'; complete -C '{typed}'"],
                cwd=folder, env=dict(os.environ, HOME=folder), capture_output=True, text=True, check=False,
            )
            offered = [line.split("\t")[0] for line in done.stdout.splitlines()]
            problems = [] if wanted.split(" ")[-1] in offered else [done.stdout, done.stderr, "was offered"]
            tap.case(f"fish: {typed}", problems)


def without_options(script, commands):
    """Options that a script does not name."""
    text = script.read_text(encoding="utf-8")
    for command in commands:
        for option in command["options"]:
            if not option.get("ignored") and not re.search(rf"(--|-l ){option['name']}\b", text):
                yield f"{command['name']} --{option['name']}"


def main():
    commands = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))["commands"]
    scripts = dict(zip(("bash", "zsh", "fish"), map(pathlib.Path, sys.argv[2:])))
    tap = Tap()
    for name, attempt in (("bash", try_bash), ("zsh", try_zsh), ("fish", try_fish)):
        script = scripts[name].resolve()
        tap.case(f"{name}: every option is there", without_options(script, commands))
        if shutil.which(name):
            done = subprocess.run([name, "-n", str(script)], capture_output=True, text=True, check=False)
            tap.case(f"{name}: the script can be read", [done.stderr] if done.returncode else [])
            attempt(tap, script)
        else:
            tap.skip(f"{name}: lines are completed", f"no {name}")
    return tap.finish()


sys.exit(main())
