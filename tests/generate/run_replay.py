#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Replays generated cases and asks for them again. usage: run_replay.py DDBEXPR COUNT

Each line is a case that `ddbexpr request --jsonl` answers as it says and that run_cases.py passes; the cases of a seed
are the same in every run, in every number and on every machine.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from tap import Tap  # noqa: E402

BINARY, COUNT = sys.argv[1], sys.argv[2]
OPERATIONS = ["PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan", "TransactWriteItems"]
MEMBERS = ["id", "about", "op", "key", "items", "request", "expect", "source", "evidence"]

# Of the questions of seed 1, whatever our answers. A change of the generator changes this: see that it is meant.
QUESTIONS = "2e937e43d0a5fbc42b9d5612cb11977a2441c8350347f8a6ffc5b304fa1aae4d"


def generate(*options):
    done = subprocess.run([BINARY, "generate", *options], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().split("\n")[:-1]


def answers(lines, *options):
    done = subprocess.run(
        [BINARY, "request", "--jsonl", *options],
        input="".join(line + "\n" for line in lines).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


def differing(lines, *options):
    """The cases whose answer is not what they expect."""
    for line, answer in zip(lines, answers(lines, *options), strict=True):
        answer.pop("diagnostics", None)
        if answer != json.loads(line)["expect"]:
            yield line


def malformed(lines):
    for line in lines:
        case = json.loads(line)
        members = [m for m in case if m != "tables"]
        wanted = [m for m in MEMBERS if m in case or "tables" not in case]
        if members != wanted or case["source"] != "ddbexpr generate" or case["evidence"] != "emulator":
            yield line


def failing(lines):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "cases.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        runner = [sys.executable, ROOT / "tests/cases/run_cases.py", BINARY, path]
        done = subprocess.run(runner, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode or not done.stdout.startswith(f"1..{len(lines) + 1}\n"):
        yield from (line for line in done.stdout.split("\n") if line.startswith("not ok"))
        yield f"exit status {done.returncode}"


def digest():
    questions = hashlib.sha256()
    for operation in [*OPERATIONS, None]:
        for wild in [[], ["--wild"]]:
            for line in generate("--count", "300", *wild, *(["--op", operation] if operation else [])):
                questions.update(line[: line.index(',"expect":')].encode())
    return questions.hexdigest()


def peaks(lines):
    """The most memory in MB that the generator has had, each time that some of its lines were read."""
    found = []
    with subprocess.Popen([BINARY, "generate", "--wild", "--count", str(lines)], stdout=subprocess.PIPE) as process:
        while process.stdout.read(1 << 20):
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            found += [int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:")]
    return found


def check_memory(tap):
    if not pathlib.Path("/proc/self/status").exists():
        tap.skip("memory stays flat", "no /proc")
        return
    found = peaks(int(COUNT))
    name = f"memory stays flat: {found[len(found) // 4]} MB, then {found[-1]} MB"
    tap.case(name, [] if found[-1] < 32 else ["it grows"])


def main():
    tap = Tap()
    if "--memory" in sys.argv:
        check_memory(tap)
        sys.exit(tap.finish())
    for operation in OPERATIONS:
        for wild in [[], ["--wild"]]:
            lines = generate("--op", operation, "--count", COUNT, "--seed", "42", *wild)
            name = " ".join(["wild"] * len(wild) + [operation])
            tap.case(f"{name}: {COUNT} lines", [] if len(lines) == int(COUNT) else [str(len(lines))])
            tap.case(f"{name}: all have the members of a case", malformed(lines))
            tap.case(f"{name}: the coprocess gives the same answers", differing(lines))
            tap.case(f"{name}: run_cases.py passes", failing(lines))
    classic = generate("--wild", "--count", COUNT, "--service-messages", "classic")
    tap.case("classic: the coprocess gives the same answers", differing(classic, "--service-messages", "classic"))
    last = ["--wild", "--seed", "18446744073709551615"]
    mixed = generate(*last, "--count", "500")
    ids = {json.loads(line)["id"] for line in mixed + classic}
    operations = {json.loads(line)["op"] for line in mixed}
    for name, good in [
        ("a seed gives the same cases again", mixed == generate(*last, "--count", "500")),
        ("fewer cases are the first ones", mixed[:20] == generate(*last, "--count", "20")),
        ("another seed gives others", mixed[:20] != generate("--wild", "--count", "20")),
        ("all operations are among mixed cases", operations == set(OPERATIONS)),
        ("ids differ", len(ids) == len(mixed + classic)),
    ]:
        tap.case(name, [] if good else ["it is not so"])
    found = digest()
    tap.case("the questions of seed 1 are what they were", [] if found == QUESTIONS else [f"their digest is {found}"])
    sys.exit(tap.finish())


main()
