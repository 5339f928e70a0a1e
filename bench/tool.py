#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the command-line tool as people run it: whole processes, from start to end, on one core.

usage: tool.py [--runs N] [--megabytes N] [--json FILE] [--compare FILE] LAUNCH DDBEXPR [PART ...]

What is read is made by generate.py in a folder that goes away again. Times are those that the processor ran: others on
the machine disturb them least. The note has the time on the wall, and the most memory. With PARTs only what has one of them in its name."""
import argparse
import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import figures
import generate

CONDITION = [
    "--condition-expression", "#status = :status AND version > :version AND #total < :total",
    "--expression-attribute-names", '{"#status": "status", "#total": "total"}',
    "--expression-attribute-values", '{":status": {"S": "paid"}, ":version": {"N": "20"}, ":total": {"N": "500"}}',
]  # fmt: skip


class Bench:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.core = max(os.sched_getaffinity(0))
        self.baseline = figures.read(arguments.compare)
        self.results = []

    def wants(self, name):
        return not self.arguments.part or any(part in name for part in self.arguments.part)

    def run(self, name, command, size=0, runs=None, core=True, allowed=(0, 1)):
        """One figure of a command."""
        if not self.wants(name):
            return
        core = self.core if core else None
        samples = figures.launch(self.arguments.launch, command, runs or self.arguments.runs, core)
        status = samples[-1][3]
        if status not in allowed:
            sys.exit(f"{name}: exit status {status}: {' '.join(command)}")
        seconds, processor, memory = (list(column) for column in list(zip(*samples))[:3])
        result = figures.figure(name, processor, size)
        wall = figures.figure(name, seconds)["median_ns"]
        result["note"] = f"wall {figures.duration(wall)}, {max(memory) / 1024:.0f} MB"
        result |= {"wall_ns": wall, "memory_kb": max(memory)}
        self.results.append(result)
        figures.print_row(result, self.baseline)


def works(command):
    return subprocess.run(command, capture_output=True).returncode in (0, 1)


def compressed(folder, items, tool):
    """The same items in the forms that the tool can read -> [(suffix, path)]."""
    forms = []
    path = folder / "items.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=6) as f:
        f.write(items.read_bytes())
    forms.append(("gzip", path))
    if shutil.which("zstd"):
        path = folder / "items.jsonl.zst"
        subprocess.run(["zstd", "-q", items, "-o", path], check=True)
        forms.append(("zstd", path))
    readable = []
    for name, path in forms:
        if works([tool, "eval", *CONDITION, "--count", "--items", path]):
            readable.append((name, path))
        else:
            print(f"eval/{name}: the tool cannot read it")
    return readable


def measure_items(bench, tool):
    if not any(bench.wants(name) for name in ("eval/", "explain/")):
        return
    size = bench.arguments.megabytes * 1000000
    items = bench.folder / "items.jsonl"
    half = bench.folder / "half.jsonl"
    with items.open("w") as f:
        for line in generate.items(sys.maxsize):
            f.write(line)
            if f.tell() >= size:
                break
    size = items.stat().st_size
    with items.open("rb") as whole, half.open("wb") as f:
        f.write(whole.read(size // 2))
        f.write(whole.readline())
    for path in (items, half):
        path.read_bytes()  # so that it is in memory
    evaluate = [tool, "eval", *CONDITION]
    bench.run("eval/count", [*evaluate, "--count", "--items", str(items)], size)
    bench.run("eval/count, half of it", [*evaluate, "--count", "--items", str(half)], half.stat().st_size)
    bench.run("eval/lines", [*evaluate, "--items", str(items)], size)
    bench.run("eval/count, all cores", [*evaluate, "--count", "--items", str(items)], size, core=False)
    bench.run("explain/items", [tool, "explain", *CONDITION, "--items", str(items)], size)
    for name, path in compressed(bench.folder, items, tool) if bench.wants("eval/") else []:
        bench.run(f"eval/{name}", [*evaluate, "--count", "--items", str(path)], size)


def measure_requests(bench, tool):
    if bench.wants("check/folder"):
        folder = bench.folder / "requests"
        generate.requests(10000, folder)
        bench.run("check/folder of 10,000", [tool, "check", str(folder)], allowed=(2,))
        shutil.rmtree(folder)


def measure_suite(bench, tool):
    if not bench.wants("test/suite"):
        return
    if not works([tool, "help", "test"]):
        print("test/suite: the tool has no command `test`")
        return
    path = bench.folder / "many.ddbtest.json"
    with path.open("w") as f:
        f.write(generate.json.dumps(generate.suite(10000), indent=1) + "\n")
    bench.run("test/suite of 10,000", [tool, "test", str(path)], allowed=(0,))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--json")
    parser.add_argument("--compare")
    parser.add_argument("launch")
    parser.add_argument("tool")
    parser.add_argument("part", nargs="*")
    arguments = parser.parse_args()
    tool = str(pathlib.Path(arguments.tool).resolve())
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        bench.run("start/version", [tool, "version"], runs=51)
        bench.run("start/true, for comparison", ["true"], runs=51)
        measure_items(bench, tool)
        measure_requests(bench, tool)
        measure_suite(bench, tool)
    if arguments.json:
        figures.write(arguments.json, bench.results)


if __name__ == "__main__":
    main()
