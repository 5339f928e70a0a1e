#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the tool does not do, seen from outside: every command, in every format, runs under strace. It must not talk to a
network, read what nobody named, or write but beside the file that it replaces; of the environment it reads NO_COLOR and
TERM. Where strace is not there or not permitted, what the program could call at all is still looked at.

usage: run_quiet.py DDBEXPR"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

from commands import Command, commands, fill, uncovered  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())

# The loader, and what libraries look up; nothing of a person's or a project's.
OF_THE_SYSTEM = re.compile(r"/(?:etc/ld\.so|lib|usr/(?:local/)?lib|proc/self/|proc/sys/vm/|sys/devices/system/|sys/fs/cgroup|dev/(?:null|tty|urandom))")
# Looked for upwards from the files: the project's configuration.
CONFIGURATION = re.compile(r"(?:^|/)ddbexpr\.yaml$")
NETWORK = {"socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "recvfrom", "recvmsg", "socketpair"}
WORDS_OF_ENVIRONMENT = {"NO_COLOR", "TERM"}
NOT_CALLED = NETWORK | {"secure_getenv", "environ", "__environ", "setenv", "putenv", "getaddrinfo", "gethostbyname", "tmpfile", "tmpfile64",
                        "tmpnam", "tempnam", "system", "popen", "execve", "execvp", "execv", "setlocale", "newlocale", "uselocale"}


def imported():
    told = subprocess.run(["nm", "-D", "--undefined-only", BINARY], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in told.splitlines() if line.strip()}


def read_from_environment():
    """Names in getenv calls of our sources, and calls of it with something else."""
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        for argument in re.findall(r"\bgetenv\(([^)]*)\)", path.read_text()):
            if argument.strip('"') not in WORDS_OF_ENVIRONMENT or not argument.startswith('"'):
                yield f"{path.relative_to(ROOT)}: getenv({argument})"


def can_trace():
    if not shutil.which("strace"):
        return False
    done = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True)
    return done.returncode == 0


def trace(command, folder):
    """(name, arguments, result) of each system call."""
    log = folder + ".log"
    calls = "trace=network,open,openat,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,execve"
    subprocess.run(["strace", "-f", "-s", "4096", "-e", calls, "-o", log, os.fsencode(BINARY), *command.arguments], input=command.stdin,
                   capture_output=True, cwd=folder, env={"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": "/nowhere"})
    text = pathlib.Path(log).read_text(errors="replace")
    os.remove(log)
    for match in re.finditer(r"^\d+ +(\w+)\((.*)\) += (\S+)", text, re.MULTILINE):
        yield match.groups()


def problems(command, folder):
    given = b"\0".join(command.arguments) + command.stdin
    inside = os.path.realpath(folder)
    count = 0
    for name, arguments, _ in trace(command, folder):
        count += 1
        paths = re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)
        if name in NETWORK:
            yield f"{name}({arguments})"
        elif name == "execve":
            if paths[:1] != [BINARY]:
                yield f"runs {paths[:1]}"
        else:
            writes = name not in ("open", "openat") or re.search(r"O_(?:WRONLY|RDWR|CREAT|TRUNC)", arguments)
            for path in paths:
                own = not path.startswith("/") or path.startswith(inside)
                if writes and not (own and command.name in WRITERS):
                    yield f"writes: {name}({arguments})"
                elif not own and not OF_THE_SYSTEM.match(path) and not CONFIGURATION.search(path) and path.encode() not in given:
                    yield f"reads {path}"
    if count == 0:
        yield "nothing was traced"


WRITERS = {"put-item --write", "check --fix", "check --write-baseline", "test --coverage-json", "test --update"}


def writing_commands():
    yield Command("put-item --write", [b"put-item", b"--item", b'{"pk": {"S": "new"}}', b"--items", b"items-x.json", b"--key-schema", b"pk:S", b"--write"], b"", True)
    yield Command("check --fix", [b"check", b"--fix", b"--unsafe-fixes", b"mend-x.json"], b"", True)
    yield Command("check --write-baseline", [b"check", b"--write-baseline", b"baseline.json", b"request-x.json"], b"", True)
    yield Command("test --coverage-json", [b"test", b"--coverage-json", b"coverage.json", b"suite-x.ddbtest.yaml"], b"", True)
    yield Command("test --update", [b"test", b"--update", b"suite-x.ddbtest.yaml"], b"", True)


def strays(folder, before):
    """Files that are there afterwards and that nobody has asked for."""
    wanted = before | {"baseline.json", "coverage.json"}
    return sorted(set(os.listdir(folder)) - wanted)


def main():
    tap = Tap()
    tap.case("of the environment NO_COLOR and TERM are read", read_from_environment())
    tap.case("what reads the environment, runs programs, knows networks or locales is not called",
             sorted(imported() & NOT_CALLED))
    with tempfile.TemporaryDirectory() as folder:
        fill(os.fsencode(folder), "plain", b"-x")
        before = set(os.listdir(folder))
        made = commands(BINARY, "plain", b"-x") + list(writing_commands())
        tap.case("every command is tried", uncovered(BINARY, made))
        traced = can_trace()
        for command in made:
            if traced:
                tap.case(command.name, problems(command, folder))
            else:
                tap.skip(command.name, "strace is not there, or not permitted")
        if traced:
            tap.case("nothing is left lying around", strays(folder, before))
    return tap.finish()


sys.exit(main())
