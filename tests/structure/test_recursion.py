#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nothing that a text or an item can do may use up the C stack: which functions of the libraries and of the tool can come
to themselves again, read off the assembly of each source compiled without optimisation, against the list of those that
may (recursion.txt), each with its bound. What calls through pointers may lead to stands there as well.

usage: test_recursion.py BUILD_DIRECTORY"""
import collections
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from tree import ROOT, Tap, read

PARTS = {
    "the libraries": ("libddbexpr.a.p", "libddbexpr-generated.a.p", "libddbexpr-json.a.p", "libddbexpr-json-generated.a.p"),
    "the tool": ("ddbexpr.p",),
}
LIST = pathlib.Path(__file__).with_name("recursion.txt")

LABEL = re.compile(r"^([A-Za-z_][\w.$]*):")
SYMBOL = re.compile(r"[A-Za-z_][\w.$]*")
CALL = re.compile(r"^\s+(?:call|callq|jmp|jmpq|bl|b)\s+([A-Za-z_][\w.$]*)(?:@PLT)?\s*$")
THROUGH_POINTER = re.compile(r"^\s+(?:callq?\s+\*|blr\s)")


def source_of(command):
    """Where a source stands in the project; of a made one: its name alone."""
    path = (pathlib.Path(command["directory"]) / command["file"]).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT / "src") else path.name


def assembly_of(command, folder):
    words = shlex.split(command["command"])
    for option in ("-o", "-MF", "-MQ"):
        at = words.index(option)
        del words[at:at + 2]
    words = [word for word in words if word not in ("-c", "-MD", "-g")]
    out = pathlib.Path(folder) / (re.sub(r"\W", "_", command["output"]) + ".s")
    subprocess.run(words + ["-S", "-O0", "-g0", "-w", "-o", str(out)], cwd=command["directory"], check=True)
    return out.read_text()


class Calls:
    """Who calls whom. Functions are (source, name) where they are private to a source, else (None, name)."""

    def __init__(self):
        self.edges = collections.defaultdict(set)
        self.home = {}  # the source that a function stands in
        self.taken = set()  # functions whose address somebody holds
        self.through_pointers = set()

    def add(self, source, text):
        local = set(re.findall(r"^\s+\.type\s+([\w.$]+), [@%]function", text, re.MULTILINE))
        shared = set(re.findall(r"^\s+\.globl\s+([\w.$]+)", text, re.MULTILINE))
        known = local | shared

        def function(name):
            return (source if name in local - shared else None, name)

        current = None
        for line in text.splitlines():
            label = LABEL.match(line)
            if label:
                current = function(label[1]) if label[1] in local else current
                if label[1] in local:
                    self.home[current] = source
                continue
            call = CALL.match(line)
            if call:
                self.edges[current].add(function(call[1]))
            elif THROUGH_POINTER.match(line):
                self.through_pointers.add(current)
            elif not line.lstrip().startswith(".") or re.match(r"^\s+\.(?:quad|xword|8byte|long)\s", line):
                operands = line.split(None, 1)[1:] or [""]
                for name in SYMBOL.findall(operands[0].split("#")[0]):
                    if name in known or "GOT" in line or "@PLT" in line:
                        self.taken.add(function(name))

    def cycles(self):
        """The groups of functions that can come to themselves again, each sorted."""
        edges = {f: {g for g in called if g in self.home} for f, called in self.edges.items() if f in self.home}
        return [sorted(f"{self.home[f]}:{f[1]}" for f in group) for group in strongly_connected(edges)]


def strongly_connected(edges):
    """Groups of more than one, and single ones that call themselves. By Tarjan, without recursion."""
    number, lowest, stack, on_stack = {}, {}, [], set()
    for root in list(edges):
        if root in number:
            continue
        work = [(root, iter(edges.get(root, ())))]
        number[root] = lowest[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, rest = work[-1]
            below = next(rest, None)
            if below is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    group = stack[stack.index(node):]
                    del stack[stack.index(node):]
                    on_stack.difference_update(group)
                    if len(group) > 1 or node in edges.get(node, ()):
                        yield group
            elif below not in number:
                number[below] = lowest[below] = len(number)
                stack.append(below)
                on_stack.add(below)
                work.append((below, iter(edges.get(below, ()))))
            elif below in on_stack:
                lowest[node] = min(lowest[node], number[below])


# --- the list ---


def read_list():
    """(callers, targets) of the lines `pointer`, and (functions, bound) of the lines `cycle`."""
    pointers, cycles = [], []
    for line in read(LIST).splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "pointer":
            callers, _, targets = rest.partition(" -> ")
            pointers.append((callers.split(), targets.split()))
        elif kind == "cycle":
            names, _, bound = rest.partition(" | ")
            cycles.append((set(names.split()), bound.strip()))
        elif line and not line.startswith("#"):
            raise SystemExit(f"{LIST.name}: what is this? {line}")
    return pointers, cycles


def join_pointers(calls, pointers):
    """Adds what calls through pointers may reach. Returns what is not in the list, or does nothing there."""
    full = {f: f"{calls.home[f]}:{f[1]}" for f in calls.home}
    taken = {full[f]: f for f in calls.taken if f in calls.home}
    callers = {full[f]: f for f in calls.through_pointers}
    listed = set()
    for patterns, targets in pointers:
        reached = [taken[name] for name in taken if any(fnmatch.fnmatchcase(name, target) for target in targets)]
        for name in callers:
            if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
                listed.add(name)
                calls.edges[callers[name]].update(reached)
    reachable = [target for _, targets in pointers for target in targets]
    for name in sorted(set(callers) - listed):
        yield f"{name} calls through a pointer: which functions may that be?"
    for name in sorted(taken):
        if not any(fnmatch.fnmatchcase(name, target) for target in reachable):
            yield f"the address of {name} is taken: who may call it?"


def compile_part(commands, folders):
    calls = Calls()
    chosen = [command for command in commands
              if command["output"].startswith("src/") and pathlib.PurePath(command["output"]).parts[-2] in folders]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for command, text in zip(chosen, pool.map(lambda c: assembly_of(c, folder), chosen)):
            calls.add(source_of(command), text)
    return calls


def unbounded(found, cycles):
    for group in found:
        entry = next((listed for listed, _ in cycles if set(group) <= listed), None)
        if entry is None:
            yield "can come to themselves again without a bound in the list: " + " ".join(group)


def stale(found, cycles):
    in_cycles = {name for group in found for name in group}
    for listed, bound in cycles:
        if not bound:
            yield "has no bound: " + " ".join(sorted(listed))
        for name in sorted(listed - in_cycles):
            yield f"{name} does not come to itself any more"


def main():
    commands = json.loads((pathlib.Path(sys.argv[1]) / "compile_commands.json").read_text())
    pointers, cycles = read_list()
    tap = Tap()
    everything = []
    for part, folders in PARTS.items():
        calls = compile_part(commands, folders)
        # So that an empty build, or assembly that this cannot read, does not pass.
        tap.case(f"{part}: functions are found", [] if len(calls.home) > 1000 else [f"only {len(calls.home)}"])
        tap.case(f"{part}: it is known what calls through pointers may reach", join_pointers(calls, pointers))
        found = calls.cycles()
        everything += found
        tap.case(f"{part}: whatever calls itself has a bound", unbounded(found, cycles))
    tap.case("the list has nothing else", stale(everything, cycles))
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
